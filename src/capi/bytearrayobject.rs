//! `bytearrayobject.h`.

use crate::abi::*;
use crate::object::{Object, api, error};
use crate::raise;
use crate::types::bytearray;

/// A bytearray of `size` bytes from `bytes`, or not written if it is NULL. New reference; `SystemError` for a negative
/// size.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyByteArray_FromStringAndSize(bytes: *const c_char, size: Py_ssize_t) -> *mut PyObject {
    api(|| {
        if size < 0 {
            return Err(raise!(SystemError, "Negative size passed to PyByteArray_FromStringAndSize"));
        }
        let new = bytearray::with_len(size as usize)?;
        if !bytes.is_null() {
            // SAFETY: the caller's contract; fresh.
            unsafe { bytearray::data(&new).copy_from_nonoverlapping(bytes.cast(), size as usize) };
        }
        Ok(new)
    })
}

/// `bytearray(o)`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyByteArray_FromObject(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| bytearray::from_object(unsafe { Object::new(o) }?))
}

/// `a + b` as a bytearray: both may be anything with a buffer. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyByteArray_Concat(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { bytearray::concat(Object::new(a)?, Object::new(b)?) })
}

/// The number of bytes. The argument must be a bytearray.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyByteArray_Size(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    unsafe { bytearray::len(Object::from_ptr(o)) as isize }
}

/// Where the bytes stand, a zero behind them; until it is resized. The argument must be a bytearray.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyByteArray_AsString(o: *mut PyObject) -> *mut c_char {
    // SAFETY: the caller's contract.
    unsafe { bytearray::data(Object::from_ptr(o)).cast() }
}

/// Another number of bytes. `BufferError` while a buffer is exported.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyByteArray_Resize(bytearray: *mut PyObject, size: Py_ssize_t) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        let o = unsafe { Object::new(bytearray) }?;
        if !bytearray::check(o) {
            return Err(error::bad_internal_call());
        }
        bytearray::resize(o, size)
    })
}
