//! `pybuffer.h`.

use crate::abi::*;
use crate::object::{Object, api, buffers};

/// 1 if the object exports a buffer, else 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_CheckBuffer(obj: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    buffers::supported(unsafe { Object::from_ptr(obj) }).into()
}

/// Fills `view`, which is to be released with `PyBuffer_Release`. 0, or -1 with `TypeError`, `BufferError` or what the
/// exporter raises.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetBuffer(obj: *mut PyObject, view: *mut Py_buffer, flags: c_int) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { buffers::get(Object::from_ptr(obj), view, flags) })
}

/// Gives a view back. One that was released already, or that no object exported, is left as it is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBuffer_Release(view: *mut Py_buffer) {
    // SAFETY: the caller's contract.
    unsafe { buffers::release(view) }
}

/// Fills `view` for an exporter of plain bytes; the view gets its own reference to `exporter`, which may be NULL.
/// 0, or -1 with `BufferError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBuffer_FillInfo(
    view: *mut Py_buffer,
    exporter: *mut PyObject,
    buf: *mut c_void,
    len: Py_ssize_t,
    readonly: c_int,
    flags: c_int,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        buffers::fill(view, Object::optional(exporter), buf.cast(), len as usize, readonly != 0, flags)
    })
}
