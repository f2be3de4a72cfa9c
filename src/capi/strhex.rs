//! `internal/pycore_strhex.h`: bytes as hexadecimal digits.

use crate::abi::*;
use crate::object::{Object, api, raw_bytes};
use crate::types::bytesmethods::hex;
use crate::types::{bytes, unicode};

/// New reference: the digits as str.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_strhex(argbuf: *const c_char, arglen: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unicode::new::from_ascii(&hex::text(unsafe { raw_bytes(argbuf, arglen) }, None, 0)?))
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
    api(|| unsafe { bytes::from_slice(&hex::text(raw_bytes(argbuf, arglen), Object::optional(sep), bytes_per_group)?) })
}
