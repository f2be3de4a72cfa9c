//! `NameError` and `AttributeError`: which name was missing, and of what object.

use super::stop::put;
use super::{base, extended, fields};
use crate::abi::*;
use crate::object::args::Signature;
use crate::object::{Object, api};
use crate::types::{dict, none, tuple};
use std::mem::offset_of;

struct Name;

impl fields::Fields for Name {
    const OFFSETS: &'static [usize] = &[offset_of!(PyNameErrorObject, name)];
}

struct NameAndObject;

impl fields::Fields for NameAndObject {
    const OFFSETS: &'static [usize] =
        &[offset_of!(PyAttributeErrorObject, obj), offset_of!(PyAttributeErrorObject, name)];
}

pub(super) const NAME_ERROR: PyTypeObject = PyTypeObject {
    tp_init: Some(init_name_error),
    tp_members: table(&NAME_MEMBERS),
    ..extended::<PyNameErrorObject, Name>(c"NameError", &raw mut super::Exception, c"A name is not defined.")
};

static NAME_MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::new(c"name", _Py_T_OBJECT, offset_of!(PyNameErrorObject, name), 0), PyMemberDef::END];

pub(super) const ATTRIBUTE_ERROR: PyTypeObject = PyTypeObject {
    tp_init: Some(init_attribute_error),
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    ..extended::<PyAttributeErrorObject, NameAndObject>(
        c"AttributeError",
        &raw mut super::Exception,
        c"An object has no such attribute.",
    )
};

static METHODS: [PyMethodDef; 3] = [
    PyMethodDef::noargs(c"__getstate__", getstate, c"__getstate__($self, /)\n--\n\n"),
    PyMethodDef::noargs(c"__reduce__", reduce, c"__reduce__($self, /)\n--\n\n"),
    PyMethodDef::END,
];

static MEMBERS: [PyMemberDef; 3] = [
    PyMemberDef::new(c"name", _Py_T_OBJECT, offset_of!(PyAttributeErrorObject, name), 0),
    PyMemberDef::new(c"obj", _Py_T_OBJECT, offset_of!(PyAttributeErrorObject, obj), 0),
    PyMemberDef::END,
];

unsafe extern "C" fn init_name_error(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> c_int {
    const PARAMETERS: Signature<1> = Signature::new("NameError", ["name"]).positional(0);
    api(|| {
        // SAFETY: slot.
        unsafe {
            base::set_args(Object::from_ptr(op), Object::from_ptr(args));
            let empty = tuple::empty();
            let [name] = PARAMETERS.bind(&empty, Object::optional(kwds))?;
            put(&raw mut (*op.cast::<PyNameErrorObject>()).name, name.map(Object::to_owned));
        }
        Ok(())
    })
}

unsafe extern "C" fn init_attribute_error(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> c_int {
    const PARAMETERS: Signature<2> = Signature::new("AttributeError", ["name", "obj"]).positional(0);
    api(|| {
        // SAFETY: slot.
        unsafe {
            base::set_args(Object::from_ptr(op), Object::from_ptr(args));
            let empty = tuple::empty();
            let [name, obj] = PARAMETERS.bind(&empty, Object::optional(kwds))?;
            let this = op.cast::<PyAttributeErrorObject>();
            put(&raw mut (*this).name, name.map(Object::to_owned));
            put(&raw mut (*this).obj, obj.map(Object::to_owned));
        }
        Ok(())
    })
}

/// The dict with what pickling keeps; the object itself is left out, as it may be anything.
unsafe extern "C" fn getstate(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let this = op.cast::<PyAttributeErrorObject>();
            let own = base::own_dict(Object::from_ptr(op));
            let (name, args) = (Object::optional((*this).name), Object::optional((*this).args));
            if name.is_none() && args.is_none() {
                return Ok(own.unwrap_or_else(none::none));
            }
            let state = match own {
                Some(own) => dict::copy(&own)?,
                None => dict::new()?,
            };
            if let Some(name) = name {
                dict::set_str(&state, "name", name)?;
            }
            if let Some(args) = args {
                dict::set_str(&state, "args", args)?;
            }
            Ok(state)
        }
    })
}

unsafe extern "C" fn reduce(op: *mut PyObject, unused: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let this = Object::from_ptr(op);
            let state = crate::object::Owned::from_c(getstate(op, unused))?;
            tuple::from_slice(&[this.type_object(), &base::args(this), &state])
        }
    })
}

/// Gives an `AttributeError` its `obj` and `name`, unless it has one of them.
pub fn set_attribute_context(e: &Object, obj: &Object, name: &Object) {
    let this = e.cast::<PyAttributeErrorObject>();
    // SAFETY: layout: an AttributeError.
    unsafe {
        if (*this).name.is_null() && (*this).obj.is_null() {
            put(&raw mut (*this).name, Some(name.to_owned()));
            put(&raw mut (*this).obj, Some(obj.to_owned()));
        }
    }
}
