//! `internal/pycore_strhex.h`: bytes as hexadecimal digits.

use crate::abi::*;
use crate::object::{Object, api};
use crate::types::bytesmethods::hex;
use crate::types::{bytes, unicode};

/// # Safety
/// `argbuf` has `arglen` bytes.
unsafe fn input<'a>(argbuf: *const c_char, arglen: Py_ssize_t) -> &'a [u8] {
    // SAFETY: the caller's word.
    if arglen <= 0 { &[] } else { unsafe { std::slice::from_raw_parts(argbuf.cast(), arglen as usize) } }
}

/// New reference: the digits as str.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_strhex(argbuf: *const c_char, arglen: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unicode::new::from_ascii(&hex::text(unsafe { input(argbuf, arglen) }, None, 0)?))
}

/// New reference: the digits as bytes, with a separator between groups, or none for NULL. `ValueError` and `TypeError`
/// for a separator that is not one ASCII character.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_strhex_bytes_with_sep(
    argbuf: *const c_char,
    arglen: Py_ssize_t,
    sep: *mut PyObject,
    bytes_per_group: c_int,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { bytes::from_slice(&hex::text(input(argbuf, arglen), Object::optional(sep), bytes_per_group)?) })
}
