//! `ModuleSpec`: what is known of a module before it exists. CPython's is a Python class of `_frozen_importlib`; this
//! one has the same attributes and `repr`, in an ordinary instance dict.

use super::classes::{self, Class, pattern, slot};
use super::{cache_paths, paths};
use crate::abi::*;
use crate::name;
use crate::object::args::Signature;
use crate::object::native::{compare, get, init, put, unary};
use crate::object::{Object, Owned, Raised, Result, error};
use crate::raise;
use crate::types::typeobject::native::{DICT, WEAKREF};
use crate::types::{boolobject, dict, exceptions, list, none, typeobject, unicode};

pub static mut SPEC: PyTypeObject = PyTypeObject {
    tp_repr: slot!(reprfunc, unary!(repr)),
    tp_hash: Some(crate::object::slots::PyObject_HashNotImplemented),
    tp_richcompare: slot!(richcmpfunc, compare!(rich_compare)),
    tp_getset: table(&GETSET),
    tp_init: slot!(initproc, init!(init)),
    ..pattern(c"ModuleSpec", c"The specification of a module: where it comes from and who loads it.")
};

static GETSET: [PyGetSetDef; 6] = [
    PyGetSetDef::new(c"parent", get!(parent), put!(set_parent), c"The package that the module is in.".as_ptr()),
    PyGetSetDef::new(c"has_location", get!(has_location), put!(set_has_location), std::ptr::null()),
    PyGetSetDef::new(c"cached", get!(cached), put!(set_cached), std::ptr::null()),
    DICT,
    WEAKREF,
    PyGetSetDef::END,
];

/// `ModuleSpec(name, loader, origin=origin)`, as the importers here make it. `location`: the origin is a file.
pub fn new(name: &Object, loader: &Object, origin: Option<&Object>, location: bool) -> Result<Owned> {
    let class = Class::ModuleSpec.get()?;
    let spec = if Class::ModuleSpec.unchanged() {
        let spec = Class::ModuleSpec.instance()?;
        fill(&spec, name, loader, origin.unwrap_or(none::none_ref()), none::none_ref())?;
        spec
    } else {
        let keywords = dict::new()?;
        dict::set(&keywords, name!(origin), origin.unwrap_or(none::none_ref()))?;
        class.call_dict(&[name, loader], Some(&keywords))?
    };
    if location {
        spec.setattr(name!(_set_fileattr), &boolobject::from_bool(true))?;
    }
    Ok(spec)
}

fn fill(spec: &Object, name: &Object, loader: &Object, origin: &Object, state: &Object) -> Result<()> {
    let (uninitialized, no_file) = (list::new()?, boolobject::from_bool(false));
    let none = none::none_ref();
    let attributes = [
        (name!(name), name),
        (name!(loader), loader),
        (name!(origin), origin),
        (name!(loader_state), state),
        (name!(submodule_search_locations), none),
        (name!(_uninitialized_submodules), &uninitialized),
        (name!(_set_fileattr), &no_file),
        (name!(_cached), none),
    ];
    if Class::ModuleSpec.made(spec) && typeobject::instance_dict(spec).is_none() {
        // None of these is a data descriptor of the class, so they go straight into the dict. Nothing foreign runs.
        let dict = dict::with_room(attributes.len())?;
        for (name, value) in attributes {
            dict::set(&dict, name, value)?;
        }
        classes::set_dict(spec, dict);
        return Ok(());
    }
    for (name, value) in attributes {
        spec.setattr(name, value)?;
    }
    Ok(())
}

const INIT: Signature<5> =
    Signature::python("ModuleSpec.__init__", ["name", "loader", "origin", "loader_state", "is_package"], 1)
        .required(2)
        .positional(2);

fn init(spec: &Object, args: &Object, kwargs: Option<&Object>) -> Result<()> {
    let [name, loader, origin, state, is_package] = INIT.bind(args, kwargs)?;
    let or_none = |given: Option<&'_ Object>| given.unwrap_or(none::none_ref()).to_owned();
    fill(spec, &*or_none(name), &*or_none(loader), &*or_none(origin), &*or_none(state))?;
    if is_package.map_or(Ok(false), |p| p.is_true())? {
        spec.setattr(name!(submodule_search_locations), &*list::new()?)?;
    }
    Ok(())
}

fn repr(spec: &Object) -> Result<Owned> {
    let mut text = format!("{}(name=", typeobject::name(spec.ty()).to_owned());
    let mut push = |prefix: &str, value: &Object| -> Result<()> {
        text += prefix;
        text += unicode::as_str(&*value.repr()?)?;
        Ok(())
    };
    push("", &*spec.getattr(name!(name))?)?;
    push(", loader=", &*spec.getattr(name!(loader))?)?;
    let origin = spec.getattr(name!(origin))?;
    if !origin.is_none() {
        push(", origin=", &origin)?;
    }
    let locations = spec.getattr(name!(submodule_search_locations))?;
    if !locations.is_none() {
        push(", submodule_search_locations=", &locations)?;
    }
    text.push(')');
    unicode::from_str(&text)
}

/// Equal in all that says where the module comes from. What lacks these attributes is no spec.
fn rich_compare(spec: &Object, other: &Object, op: c_int) -> Result<Owned> {
    if op != Py_EQ && op != Py_NE {
        return Ok(none::not_implemented());
    }
    let same = || -> Result<bool> {
        let cached = unicode::intern_str("cached")?;
        let names: [&Object; 6] = [
            name!(name),
            name!(loader),
            name!(origin),
            name!(submodule_search_locations),
            &cached,
            name!(has_location),
        ];
        for name in names {
            let (mine, theirs) = (spec.getattr(name)?, other.getattr(name)?);
            if !mine.equals(&theirs)? {
                return Ok(false);
            }
        }
        Ok(true)
    };
    match same() {
        Ok(same) => Ok(boolobject::from_bool(same == (op == Py_EQ))),
        Err(raised) => {
            error::ignore(raised, &raw mut exceptions::AttributeError)?;
            Ok(none::not_implemented())
        }
    }
}

fn parent(spec: &Object) -> Result<Owned> {
    let name = spec.getattr(name!(name))?;
    if !spec.getattr(name!(submodule_search_locations))?.is_none() {
        return Ok(name);
    }
    let text = paths::text(&name, "rpartition")?;
    unicode::from_str(text.rsplit_once('.').map_or("", |(parent, _)| parent))
}

fn has_location(spec: &Object) -> Result<Owned> {
    spec.getattr(name!(_set_fileattr))
}

fn set_has_location(spec: &Object, value: Option<&Object>) -> Result<()> {
    let value = value.ok_or_else(|| refused(spec, "has_location", "deleter"))?;
    spec.setattr(name!(_set_fileattr), &boolobject::from_bool(value.is_true()?))
}

/// Where CPython would keep the bytecode of the file, if it is one of source or of bytecode.
fn cached(spec: &Object) -> Result<Owned> {
    let known = spec.getattr(name!(_cached))?;
    if !known.is_none() {
        return Ok(known);
    }
    let origin = spec.getattr(name!(origin))?;
    if !origin.is_none()
        && spec.getattr(name!(_set_fileattr))?.is_true()?
        && let Some(file) = cache_paths::of(&origin)?
    {
        spec.setattr(name!(_cached), &file)?;
    }
    spec.getattr(name!(_cached))
}

fn set_cached(spec: &Object, value: Option<&Object>) -> Result<()> {
    spec.setattr(name!(_cached), value.ok_or_else(|| refused(spec, "cached", "deleter"))?)
}

/// They are properties in CPython.
#[cold]
fn refused(spec: &Object, name: &str, what: &str) -> Raised {
    raise!(AttributeError, "property '{name}' of '{}' object has no {what}", typeobject::name(spec.ty()))
}

fn set_parent(spec: &Object, value: Option<&Object>) -> Result<()> {
    Err(refused(spec, "parent", if value.is_some() { "setter" } else { "deleter" }))
}

/// `name` in a spec's dict without attribute access: `_initializing` is looked at on every import.
pub fn is_initializing(module: &Object) -> Result<bool> {
    let Some(spec) = module.getattr_optional(name!(__spec__))? else { return Ok(false) };
    if spec.is_none() {
        return Ok(false);
    }
    match spec.getattr_optional(name!(_initializing))? {
        Some(flag) => flag.is_true(),
        None => Ok(false),
    }
}

/// Marks a spec as being loaded, or not any more.
pub fn set_initializing(spec: &Object, on: bool) -> Result<()> {
    spec.setattr(name!(_initializing), &boolobject::from_bool(on))
}
