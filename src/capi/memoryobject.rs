//! `memoryobject.h`.

use crate::abi::*;
use crate::object::{Object, api};
use crate::raise;
use crate::types::memoryview;

/// A view on what `base` exports. New reference. `TypeError` if it exports nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMemoryView_FromObject(base: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| memoryview::from_object(unsafe { Object::new(base) }?, PyBUF_FULL_RO))
}

/// A view on `size` bytes of the caller's, who keeps them while the view lives. `flags` is `PyBUF_READ` or
/// `PyBUF_WRITE`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMemoryView_FromMemory(mem: *mut c_char, size: Py_ssize_t, flags: c_int) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { memoryview::from_memory(mem.cast(), size, flags) })
}

/// A view on memory that the caller describes and keeps while the view lives. New reference. `ValueError` if `buf` is
/// NULL or there are too many dimensions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMemoryView_FromBuffer(info: *const Py_buffer) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { memoryview::from_buffer(&*info) })
}

/// A view whose items stand side by side in `order`, of the object's memory or of a copy. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMemoryView_GetContiguous(
    base: *mut PyObject,
    buffertype: c_int,
    order: c_char,
) -> *mut PyObject {
    api(|| {
        if !matches!(buffertype, PyBUF_READ | PyBUF_WRITE) || !matches!(order as u8, b'C' | b'F' | b'A') {
            return Err(raise!(SystemError, "PyMemoryView_GetContiguous: bad arguments"));
        }
        // SAFETY: the caller's contract.
        memoryview::contiguous(unsafe { Object::from_ptr(base) }, buffertype, order as u8)
    })
}
