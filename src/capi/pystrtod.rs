//! `pystrtod.h`.

use crate::abi::*;
use crate::mem::domains;
use crate::object::{Object, api, error};
use crate::raise;
use crate::types::exceptions;
use crate::types::strtod::{self, Kind};
use std::ffi::CStr;
use std::ptr;

/// The double at the beginning of a text: no white space before it. With `endptr` NULL the whole text must be one, else
/// `endptr` becomes the place where reading ended. Too large a number is infinite, or raises `overflow_exception` if
/// that is not NULL. -1.0 with `ValueError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyOS_string_to_double(
    str: *const c_char,
    endptr: *mut *mut c_char,
    overflow_exception: *mut PyObject,
) -> c_double {
    api(|| {
        // SAFETY: the caller's contract.
        let text = unsafe { CStr::from_ptr(str) }.to_bytes();
        let parsed = strtod::parse_prefix(text);
        let end = parsed.map_or(0, |(_, n)| n);
        let quoted = || String::from_utf8_lossy(&text[..text.len().min(200)]).into_owned();
        let result = match parsed {
            None => Err(raise!(ValueError, "could not convert string to float: '{}'", quoted())),
            Some((_, n)) if endptr.is_null() && n != text.len() => {
                Err(raise!(ValueError, "could not convert string to float: '{}'", quoted()))
            }
            // Infinite without saying so.
            Some((x, n)) if x.is_infinite() && !overflow_exception.is_null() && text[n - 1].is_ascii_digit() => {
                // SAFETY: the caller's contract.
                let class = unsafe { Object::from_ptr(overflow_exception) };
                Err(exceptions::raise_str(class, &format!("value too large to convert to float: '{}'", quoted())))
            }
            Some((x, _)) => Ok(x),
        };
        if !endptr.is_null() {
            // SAFETY: the caller's contract; the end is inside the text or at its NUL.
            unsafe { *endptr = str.add(end).cast_mut() };
        }
        result
    })
}

/// The text of a double: `format_code` is one of `e f g E F G r`, `flags` are `Py_DTSF_*`. `ptype`, if not NULL,
/// becomes `Py_DTST_*`. To be freed with `PyMem_Free`; NULL with `SystemError` or `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyOS_double_to_string(
    val: c_double,
    format_code: c_char,
    precision: c_int,
    flags: c_int,
    ptype: *mut c_int,
) -> *mut c_char {
    api(|| {
        let Some((text, kind)) = strtod::format_double(val, format_code as u8, precision, flags) else {
            return Err(error::bad_internal_call());
        };
        let copy = domains::mem_malloc(text.len() + 1).cast::<u8>();
        if copy.is_null() {
            return Err(error::no_memory());
        }
        // SAFETY: fresh; `ptype` is the caller's contract.
        unsafe {
            ptr::copy_nonoverlapping(text.as_ptr(), copy, text.len());
            *copy.add(text.len()) = 0;
            if !ptype.is_null() {
                *ptype = match kind {
                    Kind::Finite => Py_DTST_FINITE,
                    Kind::Infinite => Py_DTST_INFINITE,
                    Kind::NaN => Py_DTST_NAN,
                };
            }
        }
        Ok(copy.cast::<c_char>())
    })
}
