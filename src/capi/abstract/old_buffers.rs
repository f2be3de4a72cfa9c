//! The buffer functions from before `PyObject_GetBuffer`, which no header declares any more.

use crate::abi::*;
use crate::object::{Object, Result, api, buffers, error};
use crate::raise;

/// Whether the object exports a simple buffer. Never an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_CheckReadBuffer(obj: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    let Some(o) = (unsafe { Object::optional(obj) }) else { return 0 };
    // SAFETY: the memory is not looked at.
    let readable = unsafe { old_buffer(o, PyBUF_SIMPLE) };
    if readable.is_err() {
        error::clear();
    }
    readable.is_ok().into()
}

/// The memory of an object's buffer, which is given back at once: it is good only while nothing changes the object.
/// 0, or -1 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_AsReadBuffer(
    obj: *mut PyObject,
    buffer: *mut *const c_void,
    buffer_len: *mut Py_ssize_t,
) -> c_int {
    api(|| {
        if obj.is_null() || buffer.is_null() || buffer_len.is_null() {
            return Err(error::null_argument());
        }
        // SAFETY: the caller's contract.
        unsafe {
            let (memory, len) = old_buffer(Object::from_ptr(obj), PyBUF_SIMPLE)?;
            *buffer = memory;
            *buffer_len = len;
        }
        Ok(())
    })
}

/// As [`PyObject_AsReadBuffer`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_AsCharBuffer(
    obj: *mut PyObject,
    buffer: *mut *const c_char,
    buffer_len: *mut Py_ssize_t,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { PyObject_AsReadBuffer(obj, buffer.cast(), buffer_len) }
}

/// As [`PyObject_AsReadBuffer`], for memory that may be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_AsWriteBuffer(
    obj: *mut PyObject,
    buffer: *mut *mut c_void,
    buffer_len: *mut Py_ssize_t,
) -> c_int {
    api(|| {
        if obj.is_null() || buffer.is_null() || buffer_len.is_null() {
            return Err(error::null_argument());
        }
        // SAFETY: the caller's contract.
        unsafe {
            let Ok((memory, len)) = old_buffer(Object::from_ptr(obj), PyBUF_WRITABLE) else {
                error::clear();
                return Err(raise!(TypeError, "expected a writable bytes-like object"));
            };
            *buffer = memory;
            *buffer_len = len;
        }
        Ok(())
    })
}

/// # Safety
/// The caller knows that the memory is good only while nothing changes the object.
unsafe fn old_buffer(o: &Object, flags: c_int) -> Result<(*mut c_void, Py_ssize_t)> {
    let mut view = std::mem::MaybeUninit::<Py_buffer>::uninit();
    // SAFETY: filled in on success, then released.
    unsafe {
        buffers::get(o, view.as_mut_ptr(), flags)?;
        let found = ((*view.as_ptr()).buf, (*view.as_ptr()).len);
        buffers::release(view.as_mut_ptr());
        Ok(found)
    }
}
