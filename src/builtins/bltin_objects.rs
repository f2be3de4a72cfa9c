//! `builtins`: functions that ask an object something: attributes, identity, kind, text.

use crate::abi::*;
use crate::name;
use crate::object::args::{self, bad_argument, check_positional};
use crate::object::{Object, api, dir};
use crate::raise;
use crate::runtime::audit;
use crate::types::{boolobject, long, none, tuple, unicode};

pub const METHODS: [PyMethodDef; 16] = [
    PyMethodDef::one(c"ascii", ascii, c"ascii($module, obj, /)\n--\n\nrepr(obj) in ASCII: everything else escaped."),
    PyMethodDef::one(c"callable", callable, c"callable($module, obj, /)\n--\n\nWhether obj can be called."),
    PyMethodDef::fast(c"delattr", delattr, c"delattr($module, obj, name, /)\n--\n\nDelete an attribute."),
    PyMethodDef::fast(c"dir", dir_names, c"dir([object]) -> list of strings\n\nThe names of an object's attributes."),
    PyMethodDef::fast(
        c"format",
        format,
        c"format($module, value, format_spec='', /)\n--\n\nThe value as text, by a format specification.",
    ),
    PyMethodDef::fast(
        c"getattr",
        getattr,
        c"getattr(object, name[, default]) -> value\n\nAn attribute, or the default.",
    ),
    PyMethodDef::fast(c"hasattr", hasattr, c"hasattr($module, obj, name, /)\n--\n\nWhether obj has the attribute."),
    PyMethodDef::one(c"hash", hash, c"hash($module, obj, /)\n--\n\nThe hash of a hashable object."),
    PyMethodDef::one(c"id", id, c"id($module, obj, /)\n--\n\nThe identity of an object."),
    PyMethodDef::fast(
        c"isinstance",
        isinstance,
        c"isinstance($module, obj, class_or_tuple, /)\n--\n\nWhether obj is an instance of a class or of one of \
        several.",
    ),
    PyMethodDef::fast(
        c"issubclass",
        issubclass,
        c"issubclass($module, cls, class_or_tuple, /)\n--\n\nWhether cls derives from a class or from one of several.",
    ),
    PyMethodDef::one(c"len", len, c"len($module, obj, /)\n--\n\nThe number of items in a container."),
    PyMethodDef::one(c"repr", repr, c"repr($module, obj, /)\n--\n\nThe text that stands for an object in a program."),
    PyMethodDef::fast(c"setattr", setattr, c"setattr($module, obj, name, value, /)\n--\n\nSet an attribute."),
    PyMethodDef::fast(c"vars", vars, c"vars([object]) -> dictionary\n\nThe object's __dict__."),
    PyMethodDef::END,
];

unsafe extern "C" fn ascii(_module: *mut PyObject, o: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { Object::from_ptr(o) }.ascii())
}

unsafe extern "C" fn callable(_module: *mut PyObject, o: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| boolobject::from_bool(unsafe { Object::from_ptr(o) }.is_callable()))
}

unsafe extern "C" fn hash(_module: *mut PyObject, o: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| long::from_i64(unsafe { Object::from_ptr(o) }.hash()? as i64))
}

unsafe extern "C" fn id(_module: *mut PyObject, o: *mut PyObject) -> *mut PyObject {
    api(|| {
        let id = long::from_u64(o.addr() as u64)?;
        audit::audit_with(c"builtins.id", || tuple::from_slice(&[&id]))?;
        Ok(id)
    })
}

unsafe extern "C" fn len(_module: *mut PyObject, o: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| long::from_i64(unsafe { Object::from_ptr(o) }.size()? as i64))
}

unsafe extern "C" fn repr(_module: *mut PyObject, o: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { Object::from_ptr(o) }.repr())
}

unsafe extern "C" fn delattr(_module: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let args = unsafe { args::slice(args, n) };
        check_positional("delattr", args.len(), 2, 2)?;
        args[0].delattr(args[1])?;
        Ok(none::none())
    })
}

unsafe extern "C" fn setattr(_module: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let args = unsafe { args::slice(args, n) };
        check_positional("setattr", args.len(), 3, 3)?;
        args[0].setattr(args[1], args[2])?;
        Ok(none::none())
    })
}

unsafe extern "C" fn getattr(_module: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let args = unsafe { args::slice(args, n) };
        check_positional("getattr", args.len(), 2, 3)?;
        match args.get(2) {
            None => args[0].getattr(args[1]),
            Some(default) => Ok(args[0].getattr_optional(args[1])?.unwrap_or_else(|| Object::to_owned(default))),
        }
    })
}

unsafe extern "C" fn hasattr(_module: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let args = unsafe { args::slice(args, n) };
        check_positional("hasattr", args.len(), 2, 2)?;
        args[0].getattr_optional(args[1]).map(|found| boolobject::from_bool(found.is_some()))
    })
}

unsafe extern "C" fn isinstance(_module: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let args = unsafe { args::slice(args, n) };
        check_positional("isinstance", args.len(), 2, 2)?;
        args[0].is_instance(args[1]).map(boolobject::from_bool)
    })
}

unsafe extern "C" fn issubclass(_module: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let args = unsafe { args::slice(args, n) };
        check_positional("issubclass", args.len(), 2, 2)?;
        args[0].is_subclass(args[1]).map(boolobject::from_bool)
    })
}

unsafe extern "C" fn format(_module: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let args = unsafe { args::slice(args, n) };
        check_positional("format", args.len(), 1, 2)?;
        if let Some(spec) = args.get(1)
            && !unicode::check(spec)
        {
            return Err(bad_argument("format", "argument 2", "str", spec));
        }
        args[0].format(args.get(1).copied())
    })
}

/// Without an argument the names of the calling frame's locals: there is no frame.
unsafe extern "C" fn dir_names(_module: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let args = unsafe { args::slice(args, n) };
        check_positional("dir", args.len(), 0, 1)?;
        match args.first() {
            Some(o) => dir::dir(o),
            None => Err(raise!(SystemError, "frame does not exist")),
        }
    })
}

unsafe extern "C" fn vars(_module: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let args = unsafe { args::slice(args, n) };
        check_positional("vars", args.len(), 0, 1)?;
        let Some(o) = args.first() else { return Err(raise!(SystemError, "frame does not exist")) };
        match o.getattr_optional(name!(__dict__))? {
            Some(dict) => Ok(dict),
            None => Err(raise!(TypeError, "vars() argument must have __dict__ attribute")),
        }
    })
}
