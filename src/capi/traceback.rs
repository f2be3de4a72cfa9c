//! `traceback.h`.

use crate::abi::*;
use crate::object::{Object, api, error};
use crate::runtime::unraisable;
use crate::types::traceback;
use std::ffi::CStr;

/// The exception that is set has passed through `frame`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyTraceBack_Here(frame: *mut PyFrameObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| traceback::here(unsafe { Object::from_ptr(frame.cast()) }))
}

/// Writes a traceback to a file object, with its head line. Nothing for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyTraceBack_Print(v: *mut PyObject, file: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| match unsafe { Object::optional(v) } {
        Some(tb) if !traceback::check(tb) => Err(error::bad_internal_call()),
        // SAFETY: the caller's contract.
        Some(tb) => unraisable::print_traceback(tb, unsafe { Object::new(file)? }),
        None => Ok(()),
    })
}

/// Adds a place in C source to the traceback of the exception that is set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTraceback_Add(funcname: *const c_char, filename: *const c_char, lineno: c_int) {
    // SAFETY: the caller's contract.
    let (function, file) = unsafe { (CStr::from_ptr(funcname), CStr::from_ptr(filename)) };
    // A failure is chained to the exception, which is set in any case.
    let _ = traceback::add(function, file, lineno);
}
