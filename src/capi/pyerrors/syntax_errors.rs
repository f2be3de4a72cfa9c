//! Places in source text: of syntax errors, and the lines there.

use super::file_name;
use crate::abi::*;
use crate::capi::codecs::optional;
use crate::object::{Object, api, error, ptr::raw_or_null};
use crate::types::exceptions;
use std::ptr;

/// Gives the exception that is set a place in a source file.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SyntaxLocation(filename: *const c_char, lineno: c_int) {
    // SAFETY: the caller's contract.
    unsafe { PyErr_SyntaxLocationEx(filename, lineno, -1) }
}

/// As `PyErr_SyntaxLocation`, with a column, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SyntaxLocationEx(filename: *const c_char, lineno: c_int, col_offset: c_int) {
    // SAFETY: the caller's contract.
    unsafe {
        let before = error::take();
        let name = match file_name(filename) {
            Ok(name) => name,
            Err(raised) => {
                drop(error::caught(raised));
                None
            }
        };
        if let Some(before) = before {
            let _raised = error::restore(before);
        }
        exceptions::set_syntax_location(name.as_deref(), lineno, col_offset, lineno, -1);
    }
}

/// As `PyErr_SyntaxLocationEx`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SyntaxLocationObject(filename: *mut PyObject, lineno: c_int, col_offset: c_int) {
    // SAFETY: the caller's contract.
    exceptions::set_syntax_location(unsafe { Object::optional(filename) }, lineno, col_offset, lineno, -1);
}

/// As `PyErr_SyntaxLocationEx`, with the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_RangedSyntaxLocationObject(
    filename: *mut PyObject,
    lineno: c_int,
    col_offset: c_int,
    end_lineno: c_int,
    end_col_offset: c_int,
) {
    // SAFETY: the caller's contract.
    let filename = unsafe { Object::optional(filename) };
    exceptions::set_syntax_location(filename, lineno, col_offset, end_lineno, end_col_offset);
}

/// New reference: a line of a source file, or NULL without an error if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_ProgramText(filename: *const c_char, lineno: c_int) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Ok(file_name(filename)?.and_then(|name| exceptions::program_text(&name, lineno, None))) })
}

/// As `PyErr_ProgramText`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_ProgramTextObject(filename: *mut PyObject, lineno: c_int) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { _PyErr_ProgramDecodedTextObject(filename, lineno, ptr::null()) }
}

/// As `PyErr_ProgramText`, of a file in that encoding; NULL stands for UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyErr_ProgramDecodedTextObject(
    filename: *mut PyObject,
    lineno: c_int,
    encoding: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe {
        let encoding = optional(encoding);
        raw_or_null(Object::optional(filename).and_then(|name| exceptions::program_text(name, lineno, encoding)))
    }
}
