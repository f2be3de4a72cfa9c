//! The fields of Unicode errors.

use super::str_of;
use crate::abi::*;
use crate::object::{Object, Result, api};
use crate::types::exceptions::{self, UnicodeErrorKind};
use crate::types::unicode;

/// New reference: a `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_Create(
    encoding: *const c_char,
    object: *const c_char,
    length: Py_ssize_t,
    start: Py_ssize_t,
    end: Py_ssize_t,
    reason: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let (encoding, reason) = (str_of(encoding)?, str_of(reason)?);
        let bytes = (!object.is_null()).then(|| std::slice::from_raw_parts(object.cast(), length as usize));
        exceptions::new_decode_error(unicode::as_str(&encoding)?, bytes, start, end, unicode::as_str(&reason)?)
    })
}

/// Puts a number where C wants it: 0, or -1.
///
/// # Safety
/// `place` is valid.
unsafe fn put_size(place: *mut Py_ssize_t, value: Result<isize>) -> c_int {
    match value {
        Ok(value) => {
            // SAFETY: the caller's contract.
            unsafe { *place = value };
            0
        }
        Err(_raised) => -1,
    }
}

/// New reference: `encoding` of a `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeEncodeError_GetEncoding(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::unicode_field(Object::from_ptr(exc), UnicodeErrorKind::Encode, "encoding") })
}

/// New reference: `object` of a `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeEncodeError_GetObject(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::unicode_field(Object::from_ptr(exc), UnicodeErrorKind::Encode, "object") })
}

/// New reference: `reason` of a `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeEncodeError_GetReason(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::unicode_field(Object::from_ptr(exc), UnicodeErrorKind::Encode, "reason") })
}

/// `start` of a `UnicodeEncodeError`, brought within the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeEncodeError_GetStart(exc: *mut PyObject, start: *mut Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { put_size(start, exceptions::clamped_start(Object::from_ptr(exc), UnicodeErrorKind::Encode)) }
}

/// Sets `start` of a `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeEncodeError_SetStart(exc: *mut PyObject, start: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_start(Object::from_ptr(exc), UnicodeErrorKind::Encode, start) })
}

/// `end` of a `UnicodeEncodeError`, brought within the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeEncodeError_GetEnd(exc: *mut PyObject, end: *mut Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { put_size(end, exceptions::clamped_end(Object::from_ptr(exc), UnicodeErrorKind::Encode)) }
}

/// Sets `end` of a `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeEncodeError_SetEnd(exc: *mut PyObject, end: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_end(Object::from_ptr(exc), UnicodeErrorKind::Encode, end) })
}

/// Sets `reason` of a `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeEncodeError_SetReason(exc: *mut PyObject, reason: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_reason(Object::from_ptr(exc), UnicodeErrorKind::Encode, &*str_of(reason)?) })
}

/// New reference: `encoding` of a `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_GetEncoding(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::unicode_field(Object::from_ptr(exc), UnicodeErrorKind::Decode, "encoding") })
}

/// New reference: `object` of a `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_GetObject(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::unicode_field(Object::from_ptr(exc), UnicodeErrorKind::Decode, "object") })
}

/// New reference: `reason` of a `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_GetReason(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::unicode_field(Object::from_ptr(exc), UnicodeErrorKind::Decode, "reason") })
}

/// `start` of a `UnicodeDecodeError`, brought within the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_GetStart(exc: *mut PyObject, start: *mut Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { put_size(start, exceptions::clamped_start(Object::from_ptr(exc), UnicodeErrorKind::Decode)) }
}

/// Sets `start` of a `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_SetStart(exc: *mut PyObject, start: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_start(Object::from_ptr(exc), UnicodeErrorKind::Decode, start) })
}

/// `end` of a `UnicodeDecodeError`, brought within the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_GetEnd(exc: *mut PyObject, end: *mut Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { put_size(end, exceptions::clamped_end(Object::from_ptr(exc), UnicodeErrorKind::Decode)) }
}

/// Sets `end` of a `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_SetEnd(exc: *mut PyObject, end: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_end(Object::from_ptr(exc), UnicodeErrorKind::Decode, end) })
}

/// Sets `reason` of a `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_SetReason(exc: *mut PyObject, reason: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_reason(Object::from_ptr(exc), UnicodeErrorKind::Decode, &*str_of(reason)?) })
}

/// New reference: `object` of a `UnicodeTranslateError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeTranslateError_GetObject(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::unicode_field(Object::from_ptr(exc), UnicodeErrorKind::Translate, "object") })
}

/// New reference: `reason` of a `UnicodeTranslateError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeTranslateError_GetReason(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::unicode_field(Object::from_ptr(exc), UnicodeErrorKind::Translate, "reason") })
}

/// `start` of a `UnicodeTranslateError`, brought within the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeTranslateError_GetStart(exc: *mut PyObject, start: *mut Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { put_size(start, exceptions::clamped_start(Object::from_ptr(exc), UnicodeErrorKind::Translate)) }
}

/// Sets `start` of a `UnicodeTranslateError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeTranslateError_SetStart(exc: *mut PyObject, start: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_start(Object::from_ptr(exc), UnicodeErrorKind::Translate, start) })
}

/// `end` of a `UnicodeTranslateError`, brought within the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeTranslateError_GetEnd(exc: *mut PyObject, end: *mut Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { put_size(end, exceptions::clamped_end(Object::from_ptr(exc), UnicodeErrorKind::Translate)) }
}

/// Sets `end` of a `UnicodeTranslateError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeTranslateError_SetEnd(exc: *mut PyObject, end: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_end(Object::from_ptr(exc), UnicodeErrorKind::Translate, end) })
}

/// Sets `reason` of a `UnicodeTranslateError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeTranslateError_SetReason(exc: *mut PyObject, reason: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_reason(Object::from_ptr(exc), UnicodeErrorKind::Translate, &*str_of(reason)?) })
}
