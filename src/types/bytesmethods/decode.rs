//! `decode`.

use super::args::codec_name;
use super::{Kind, view::View};
use crate::abi::*;
use crate::object::args::Signature;
use crate::object::{Object, Owned, api};
use std::ffi::{CStr, CString};
use std::ptr;

unsafe extern "C" {
    // The codecs stand above this floor.
    fn PyUnicode_FromEncodedObject(o: *mut PyObject, encoding: *const c_char, errors: *const c_char) -> *mut PyObject;
}

const DECODE: Signature<2> = Signature::new("decode", ["encoding", "errors"]);

pub unsafe extern "C" fn decode<K: Kind>(
    op: *mut PyObject,
    args: *const *mut PyObject,
    n: isize,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot; C strings.
    api(|| unsafe {
        let [encoding, errors] = DECODE.bind_fast(args, n, names)?;
        let encoding = encoding.map(|o| codec_name("decode", "encoding", o)).transpose()?;
        let errors = errors.map(|o| codec_name("decode", "errors", o)).transpose()?;
        let name = |s: &Option<CString>| s.as_deref().map_or(ptr::null(), CStr::as_ptr);
        let o = Object::from_ptr(op);
        let _fixed = K::MUTABLE.then(|| View::array(o));
        Owned::from_c(PyUnicode_FromEncodedObject(op, name(&encoding), name(&errors)))
    })
}
