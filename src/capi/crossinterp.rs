//! `internal/pycore_crossinterp.h`: what CPython's own modules that talk between interpreters use.

use crate::abi::*;
use crate::crossinterp::builtin_types::{self, _PyBytes_data_t, bytes_data, new_bytes};
use crate::crossinterp::{_PyXIData_getdata_t, _PyXIData_t, data, error, registry, xid_newobjfunc};
use crate::object::{BorrowedReturn, Object, api};
use crate::raise;
use std::ffi::CStr;

/// An empty struct, to be freed with `_PyXIData_Free`; NULL with `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_New() -> *mut _PyXIData_t {
    let xidata = data::new();
    if xidata.is_null() {
        let _raised = crate::object::error::no_memory();
    }
    xidata
}

/// Frees a struct and what it holds. The data's interpreter is attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_Free(xidata: *mut _PyXIData_t) {
    // SAFETY: the caller's contract.
    unsafe {
        data::clear(xidata);
        crate::mem::domains::raw_free(xidata.cast());
    }
}

/// Fills a struct in; it takes its own reference to `obj`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_Init(
    xidata: *mut _PyXIData_t,
    interp: *mut PyInterpreterState,
    shared: *mut c_void,
    obj: *mut PyObject,
    new_object: xid_newobjfunc,
) {
    // SAFETY: the caller's contract.
    unsafe { data::init(xidata, interp.cast(), shared, obj, new_object) }
}

/// As [`_PyXIData_Init`] with a block of `size` bytes. 0, or -1 with `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_InitWithSize(
    xidata: *mut _PyXIData_t,
    interp: *mut PyInterpreterState,
    size: usize,
    obj: *mut PyObject,
    new_object: xid_newobjfunc,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { data::init_with_size(xidata, interp.cast(), size, obj, new_object) })
}

/// Frees what a struct holds. The data's interpreter is attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_Clear(_interp: *mut PyInterpreterState, xidata: *mut _PyXIData_t) {
    // SAFETY: the caller's contract.
    unsafe { data::clear(xidata) }
}

/// The interpreter's `NotShareableError`, borrowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_GetNotShareableErrorType(_tstate: *mut PyThreadState) -> *mut PyObject {
    api(|| error::class().map(BorrowedReturn::new))
}

/// Raises it with this text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_SetNotShareableError(_tstate: *mut PyThreadState, msg: *const c_char) {
    // SAFETY: the caller's contract.
    let _raised = error::raise_text(&unsafe { CStr::from_ptr(msg) }.to_string_lossy());
}

/// How instances of the object's class become data; both functions NULL if they don't.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_Lookup(_tstate: *mut PyThreadState, obj: *mut PyObject) -> _PyXIData_getdata_t {
    // SAFETY: the caller's contract.
    registry::lookup(unsafe { Object::from_ptr(obj) }).unwrap_or(_PyXIData_getdata_t { basic: None, fallback: None })
}

/// 0 if instances of the object's class can become data, else -1 with `NotShareableError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_CheckXIData(_tstate: *mut PyThreadState, obj: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        let obj = unsafe { Object::from_ptr(obj) };
        registry::lookup(obj).map(drop).ok_or_else(|| error::not_shareable(obj, None))
    })
}

/// The object's data. 0, or -1 with `NotShareableError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_GetXIData(
    _tstate: *mut PyThreadState,
    obj: *mut PyObject,
    fallback: c_int,
    xidata: *mut _PyXIData_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { data::get(Object::from_ptr(obj), fallback, xidata) })
}

/// As [`_PyObject_GetXIData`] without a fallback.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_GetXIDataNoFallback(
    _tstate: *mut PyThreadState,
    obj: *mut PyObject,
    xidata: *mut _PyXIData_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { data::get(Object::from_ptr(obj), 0, xidata) })
}

/// The object that the data stands for, in the attached interpreter. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_NewObject(xidata: *mut _PyXIData_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { data::new_object(xidata) })
}

/// Frees what the data holds, in the interpreter it came from. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_Release(xidata: *mut _PyXIData_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { data::release(xidata, false) })
}

/// As [`_PyXIData_Release`], and frees the struct.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_ReleaseAndRawFree(xidata: *mut _PyXIData_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { data::release(xidata, true) })
}

/// Says how instances of a class become data. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_RegisterClass(
    _tstate: *mut PyThreadState,
    cls: *mut PyTypeObject,
    getdata: _PyXIData_getdata_t,
) -> c_int {
    api(|| {
        if getdata.basic.is_none() && getdata.fallback.is_none() {
            return Err(raise!(ValueError, "missing 'getdata' func"));
        }
        registry::register(cls, getdata)
    })
}

/// Takes a registration back. 1, or 0 if there was none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_UnregisterClass(_tstate: *mut PyThreadState, cls: *mut PyTypeObject) -> c_int {
    registry::unregister(cls).into()
}

/// The bytes of a bytes object, borrowed from it. 0, or -1 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytes_GetData(obj: *mut PyObject, data: *mut _PyBytes_data_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        data.write(builtin_types::bytes_of(Object::from_ptr(obj))?);
        Ok(())
    })
}

/// A bytes object of such data. New reference. `SystemError` if the length is below zero.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytes_FromData(data: *mut _PyBytes_data_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { super::bytesobject::PyBytes_FromStringAndSize((*data).bytes, (*data).len) }
}

/// The bytes object that cross-interpreter data of one stands for. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytes_FromXIData(xidata: *mut _PyXIData_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { new_bytes(xidata) }
}

/// Cross-interpreter data of a bytes object. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytes_GetXIData(
    tstate: *mut PyThreadState,
    obj: *mut PyObject,
    xidata: *mut _PyXIData_t,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { bytes_data(tstate, obj, xidata) }
}
