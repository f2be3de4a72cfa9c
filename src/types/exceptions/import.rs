//! `ImportError`: which module could not be imported, and where it was found.

use super::stop::put;
use super::{base, extended, fields};
use crate::abi::*;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, api};
use crate::types::{dict, tuple, unicode};
use std::mem::offset_of;

struct Where;

impl fields::Fields for Where {
    const OFFSETS: &'static [usize] = &[
        offset_of!(PyImportErrorObject, msg),
        offset_of!(PyImportErrorObject, name),
        offset_of!(PyImportErrorObject, path),
        offset_of!(PyImportErrorObject, name_from),
    ];
}

pub(super) const TYPE: PyTypeObject = PyTypeObject {
    tp_str: Some(str),
    tp_init: Some(init),
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    ..extended::<PyImportErrorObject, Where>(
        c"ImportError",
        &raw mut super::Exception,
        c"A module, or a name in it, could not be imported.",
    )
};

static METHODS: [PyMethodDef; 2] =
    [PyMethodDef::noargs(c"__reduce__", reduce, c"__reduce__($self, /)\n--\n\n"), PyMethodDef::END];

static MEMBERS: [PyMemberDef; 5] = [
    PyMemberDef::new(c"msg", _Py_T_OBJECT, offset_of!(PyImportErrorObject, msg), 0),
    PyMemberDef::new(c"name", _Py_T_OBJECT, offset_of!(PyImportErrorObject, name), 0),
    PyMemberDef::new(c"path", _Py_T_OBJECT, offset_of!(PyImportErrorObject, path), 0),
    PyMemberDef::new(c"name_from", _Py_T_OBJECT, offset_of!(PyImportErrorObject, name_from), 0),
    PyMemberDef::END,
];

unsafe extern "C" fn init(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> c_int {
    const PARAMETERS: Signature<3> = Signature::new("ImportError", ["name", "path", "name_from"]).positional(0);
    api(|| {
        // SAFETY: slot.
        unsafe {
            let args = Object::from_ptr(args);
            base::set_args(Object::from_ptr(op), args);
            let empty = tuple::empty();
            let [name, path, name_from] = PARAMETERS.bind(&empty, Object::optional(kwds))?;
            let this = op.cast::<PyImportErrorObject>();
            put(&raw mut (*this).name, name.map(Object::to_owned));
            put(&raw mut (*this).path, path.map(Object::to_owned));
            put(&raw mut (*this).name_from, name_from.map(Object::to_owned));
            let msg = match tuple::items(args) {
                [one] => Some((*one).to_owned()),
                _ => None,
            };
            put(&raw mut (*this).msg, msg);
        }
        Ok(())
    })
}

unsafe extern "C" fn str(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    unsafe {
        if let Some(msg) = Object::optional((*op.cast::<PyImportErrorObject>()).msg)
            && msg.is_exact(&raw mut unicode::PyUnicode_Type)
        {
            return msg.to_owned().into_raw();
        }
        base::str(op)
    }
}

/// The dict with the fields, if there is anything to keep.
fn state(op: *mut PyObject) -> Result<Option<Owned>> {
    // SAFETY: slot.
    unsafe {
        let this = op.cast::<PyImportErrorObject>();
        let own = base::own_dict(Object::from_ptr(op));
        let given = [("name", (*this).name), ("path", (*this).path), ("name_from", (*this).name_from)];
        if given.iter().all(|(_, value)| value.is_null()) {
            return Ok(own);
        }
        let state = match own {
            Some(own) => dict::copy(&own)?,
            None => dict::new()?,
        };
        for (key, value) in given {
            if let Some(value) = Object::optional(value) {
                dict::set_str(&state, key, value)?;
            }
        }
        Ok(Some(state))
    }
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let this = unsafe { Object::from_ptr(op) };
        let args = base::args(this);
        match state(op)? {
            Some(state) => tuple::from_slice(&[this.type_object(), &args, &state]),
            None => tuple::from_slice(&[this.type_object(), &args]),
        }
    })
}
