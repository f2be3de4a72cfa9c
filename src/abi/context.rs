//! Contexts, their variables and tokens.

use super::*;
use std::mem::offset_of;

/// CPython's `PyContext`.
#[repr(C)]
pub struct PyContext {
    pub ob_base: PyObject,
    pub ctx_prev: *mut PyContext,
    pub ctx_vars: *mut PyHamtObject,
    pub ctx_weakreflist: *mut PyObject,
    pub ctx_entered: c_int,
}

/// CPython's `PyContextVar`.
#[repr(C)]
pub struct PyContextVar {
    pub ob_base: PyObject,
    pub var_name: *mut PyObject,
    pub var_default: *mut PyObject,
    pub var_cached: *mut PyObject,
    pub var_cached_tsid: u64,
    pub var_cached_tsver: u64,
    pub var_hash: Py_hash_t,
}

/// CPython's `PyContextToken`.
#[repr(C)]
pub struct PyContextToken {
    pub ob_base: PyObject,
    pub tok_ctx: *mut PyContext,
    pub tok_var: *mut PyContextVar,
    pub tok_oldval: *mut PyObject,
    pub tok_used: c_int,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<PyContext>() == 48);
    assert!(offset_of!(PyContext, ob_base) == 0);
    assert!(offset_of!(PyContext, ctx_prev) == 16);
    assert!(offset_of!(PyContext, ctx_vars) == 24);
    assert!(offset_of!(PyContext, ctx_weakreflist) == 32);
    assert!(offset_of!(PyContext, ctx_entered) == 40);
    assert!(size_of::<PyContextVar>() == 64);
    assert!(offset_of!(PyContextVar, ob_base) == 0);
    assert!(offset_of!(PyContextVar, var_name) == 16);
    assert!(offset_of!(PyContextVar, var_default) == 24);
    assert!(offset_of!(PyContextVar, var_cached) == 32);
    assert!(offset_of!(PyContextVar, var_cached_tsid) == 40);
    assert!(offset_of!(PyContextVar, var_cached_tsver) == 48);
    assert!(offset_of!(PyContextVar, var_hash) == 56);
    assert!(size_of::<PyContextToken>() == 48);
    assert!(offset_of!(PyContextToken, ob_base) == 0);
    assert!(offset_of!(PyContextToken, tok_ctx) == 16);
    assert!(offset_of!(PyContextToken, tok_var) == 24);
    assert!(offset_of!(PyContextToken, tok_oldval) == 32);
    assert!(offset_of!(PyContextToken, tok_used) == 40);
};
