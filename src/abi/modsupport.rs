//! The argument parser's cached form.

use super::*;
use std::mem::offset_of;

/// CPython's `_PyOnceFlag`.
#[repr(C)]
pub struct _PyOnceFlag {
    pub v: u8,
}

/// CPython's `_PyArg_Parser`.
#[repr(C)]
pub struct _PyArg_Parser {
    pub format: *const c_char,
    pub keywords: *const *const c_char,
    pub fname: *const c_char,
    pub custom_msg: *const c_char,
    pub once: _PyOnceFlag,
    pub is_kwtuple_owned: c_int,
    pub pos: c_int,
    pub min: c_int,
    pub max: c_int,
    pub kwtuple: *mut PyObject,
    pub next: *mut _PyArg_Parser,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<_PyOnceFlag>() == 1);
    assert!(offset_of!(_PyOnceFlag, v) == 0);
    assert!(size_of::<_PyArg_Parser>() == 72);
    assert!(offset_of!(_PyArg_Parser, format) == 0);
    assert!(offset_of!(_PyArg_Parser, keywords) == 8);
    assert!(offset_of!(_PyArg_Parser, fname) == 16);
    assert!(offset_of!(_PyArg_Parser, custom_msg) == 24);
    assert!(offset_of!(_PyArg_Parser, once) == 32);
    assert!(offset_of!(_PyArg_Parser, is_kwtuple_owned) == 36);
    assert!(offset_of!(_PyArg_Parser, pos) == 40);
    assert!(offset_of!(_PyArg_Parser, min) == 44);
    assert!(offset_of!(_PyArg_Parser, max) == 48);
    assert!(offset_of!(_PyArg_Parser, kwtuple) == 56);
    assert!(offset_of!(_PyArg_Parser, next) == 64);
};
