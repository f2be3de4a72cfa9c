//! `builtins`: functions that ask an object something: attributes, identity, kind, text.

use crate::abi::*;
use crate::crossinterp::session;
use crate::name;
use crate::object::args::{bad_argument, check_positional};
use crate::object::native::{fast, one};
use crate::object::{Object, Owned, Result, dir};
use crate::raise;
use crate::runtime::audit;
use crate::types::{long, tuple, unicode};

pub const METHODS: [PyMethodDef; 16] = [
    PyMethodDef::one(
        c"ascii",
        one!(ascii),
        c"ascii($module, obj, /)\n--\n\nrepr(obj) in ASCII: everything else escaped.",
    ),
    PyMethodDef::one(c"callable", one!(callable), c"callable($module, obj, /)\n--\n\nWhether obj can be called."),
    PyMethodDef::fast(c"delattr", fast!(delattr), c"delattr($module, obj, name, /)\n--\n\nDelete an attribute."),
    PyMethodDef::fast(
        c"dir",
        fast!(dir_names),
        c"dir([object]) -> list of strings\n\nThe names of an object's attributes.",
    ),
    PyMethodDef::fast(
        c"format",
        fast!(format),
        c"format($module, value, format_spec='', /)\n--\n\nThe value as text, by a format specification.",
    ),
    PyMethodDef::fast(
        c"getattr",
        fast!(getattr),
        c"getattr(object, name[, default]) -> value\n\nAn attribute, or the default.",
    ),
    PyMethodDef::fast(
        c"hasattr",
        fast!(hasattr),
        c"hasattr($module, obj, name, /)\n--\n\nWhether obj has the attribute.",
    ),
    PyMethodDef::one(c"hash", one!(hash), c"hash($module, obj, /)\n--\n\nThe hash of a hashable object."),
    PyMethodDef::one(c"id", one!(id), c"id($module, obj, /)\n--\n\nThe identity of an object."),
    PyMethodDef::fast(
        c"isinstance",
        fast!(isinstance),
        c"isinstance($module, obj, class_or_tuple, /)\n--\n\nWhether obj is an instance of a class or of one of \
        several.",
    ),
    PyMethodDef::fast(
        c"issubclass",
        fast!(issubclass),
        c"issubclass($module, cls, class_or_tuple, /)\n--\n\nWhether cls derives from a class or from one of several.",
    ),
    PyMethodDef::one(c"len", one!(len), c"len($module, obj, /)\n--\n\nThe number of items in a container."),
    PyMethodDef::one(
        c"repr",
        one!(repr),
        c"repr($module, obj, /)\n--\n\nThe text that stands for an object in a program.",
    ),
    PyMethodDef::fast(c"setattr", fast!(setattr), c"setattr($module, obj, name, value, /)\n--\n\nSet an attribute."),
    PyMethodDef::fast(c"vars", fast!(vars), c"vars([object]) -> dictionary\n\nThe object's __dict__."),
    PyMethodDef::END,
];

fn ascii(_module: &Object, o: &Object) -> Result<Owned> {
    o.ascii()
}

fn callable(_module: &Object, o: &Object) -> Result<bool> {
    Ok(o.is_callable())
}

fn hash(_module: &Object, o: &Object) -> Result<isize> {
    o.hash()
}

fn id(_module: &Object, o: &Object) -> Result<Owned> {
    let id = long::from_u64(o.as_ptr().addr() as u64)?;
    audit::audit_with(c"builtins.id", || tuple::from_slice(&[&id]))?;
    Ok(id)
}

fn len(_module: &Object, o: &Object) -> Result<isize> {
    o.size()
}

fn repr(_module: &Object, o: &Object) -> Result<Owned> {
    o.repr()
}

fn delattr(_module: &Object, args: &[&Object]) -> Result<()> {
    check_positional("delattr", args.len(), 2, 2)?;
    args[0].delattr(args[1])
}

fn setattr(_module: &Object, args: &[&Object]) -> Result<()> {
    check_positional("setattr", args.len(), 3, 3)?;
    args[0].setattr(args[1], args[2])
}

fn getattr(_module: &Object, args: &[&Object]) -> Result<Owned> {
    check_positional("getattr", args.len(), 2, 3)?;
    match args.get(2) {
        None => args[0].getattr(args[1]),
        Some(default) => Ok(args[0].getattr_optional(args[1])?.unwrap_or_else(|| Object::to_owned(default))),
    }
}

fn hasattr(_module: &Object, args: &[&Object]) -> Result<bool> {
    check_positional("hasattr", args.len(), 2, 2)?;
    args[0].getattr_optional(args[1]).map(|found| found.is_some())
}

fn isinstance(_module: &Object, args: &[&Object]) -> Result<bool> {
    check_positional("isinstance", args.len(), 2, 2)?;
    args[0].is_instance(args[1])
}

fn issubclass(_module: &Object, args: &[&Object]) -> Result<bool> {
    check_positional("issubclass", args.len(), 2, 2)?;
    args[0].is_subclass(args[1])
}

fn format(_module: &Object, args: &[&Object]) -> Result<Owned> {
    check_positional("format", args.len(), 1, 2)?;
    if let Some(spec) = args.get(1)
        && !unicode::check(spec)
    {
        return Err(bad_argument("format", "argument 2", "str", spec));
    }
    args[0].format(args.get(1).copied())
}

/// Without an argument the names of the calling frame's locals, or of `__main__` while that runs.
fn dir_names(_module: &Object, args: &[&Object]) -> Result<Owned> {
    check_positional("dir", args.len(), 0, 1)?;
    match args.first() {
        Some(o) => dir::dir(o),
        None => session::running_names(),
    }
}

fn vars(_module: &Object, args: &[&Object]) -> Result<Owned> {
    check_positional("vars", args.len(), 0, 1)?;
    let Some(o) = args.first() else { return session::running_locals() };
    match o.getattr_optional(name!(__dict__))? {
        Some(dict) => Ok(dict),
        None => Err(raise!(TypeError, "vars() argument must have __dict__ attribute")),
    }
}
