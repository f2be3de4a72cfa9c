//! `picklebufobject.h`.

use crate::abi::*;
use crate::object::{Object, api};
use crate::types::picklebuffer;

/// A pickle buffer of what `base` exports. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyPickleBuffer_FromObject(base: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| picklebuffer::new(unsafe { Object::from_ptr(base) }))
}

/// The buffer, which lives until it is released. NULL with `TypeError` or `ValueError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyPickleBuffer_GetBuffer(buf: *mut PyObject) -> *const Py_buffer {
    // SAFETY: the caller's contract.
    api(|| picklebuffer::view(unsafe { Object::from_ptr(buf) }))
}

/// Lets go of the buffer. 0, or -1 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyPickleBuffer_Release(buf: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| picklebuffer::release(unsafe { Object::from_ptr(buf) }))
}
