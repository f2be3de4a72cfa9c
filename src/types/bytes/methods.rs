//! The table of what Python sees of `bytes`: mostly the methods shared with `bytearray`.

use super::as_slice;
use crate::abi::*;
use crate::object::{Object, api};
use crate::types::bytesmethods::{SHARED, shared_methods};
use crate::types::tuple;

pub static METHODS: [PyMethodDef; SHARED + 2] = shared_methods! { Bytes;
    PyMethodDef::noargs(c"__bytes__", as_bytes, c"__bytes__($self, /)\n--\n\nThe same bytes, exactly of class bytes."),
    PyMethodDef::noargs(c"__getnewargs__", getnewargs, c"__getnewargs__($self, /)\n--\n\n"),
};

unsafe extern "C" fn as_bytes(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| super::slots::exact(unsafe { Object::from_ptr(op) }))
}

unsafe extern "C" fn getnewargs(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| tuple::from_slice(&[&*super::from_slice(as_slice(unsafe { Object::from_ptr(op) }))?]))
}
