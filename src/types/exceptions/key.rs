//! `KeyError`: its text is the key's `repr`, so that an empty key shows.

use super::{base, extended, fields};
use crate::abi::*;
use crate::object::{Object, api};
use crate::types::tuple;

pub(super) const TYPE: PyTypeObject = PyTypeObject {
    tp_str: Some(str),
    tp_init: Some(base::init),
    ..extended::<PyBaseExceptionObject, fields::Base>(
        c"KeyError",
        &raw mut super::LookupError,
        c"A mapping has no such key.",
    )
};

unsafe extern "C" fn str(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let this = unsafe { Object::from_ptr(op) };
        match tuple::items(&base::args(this)) {
            [key] => key.repr(),
            _ => base::text(this),
        }
    })
}
