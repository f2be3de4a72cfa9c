//! The one thing that the protocols need of buffers: their bytes.

use super::{Object, Owned, Result};
use crate::abi::*;
use crate::types::bytes;
use std::mem::MaybeUninit;

unsafe extern "C" {
    fn PyObject_GetBuffer(o: *mut PyObject, view: *mut Py_buffer, flags: c_int) -> c_int;
    fn PyBuffer_Release(view: *mut Py_buffer);
}

/// `PyObject_CheckBuffer`.
pub fn supported(o: &Object) -> bool {
    // SAFETY: a live object's type is alive.
    unsafe {
        let procs = (*o.ty()).tp_as_buffer;
        !procs.is_null() && (*procs).bf_getbuffer.is_some()
    }
}

/// The bytes of an object that exports a simple buffer, as a bytes object.
pub fn copy(o: &Object) -> Result<Owned> {
    let mut view = MaybeUninit::<Py_buffer>::uninit();
    // SAFETY: the view is filled in on success, and released.
    unsafe {
        super::error::status(PyObject_GetBuffer(o.as_ptr(), view.as_mut_ptr(), PyBUF_SIMPLE))?;
        let view = view.as_mut_ptr();
        let result = bytes::from_slice(std::slice::from_raw_parts((*view).buf.cast(), (*view).len as usize));
        PyBuffer_Release(view);
        result
    }
}
