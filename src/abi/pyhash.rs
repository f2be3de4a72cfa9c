//! The description of the hash function.

use super::*;
use std::mem::offset_of;

/// CPython's `PyHash_FuncDef`.
#[repr(C)]
pub struct PyHash_FuncDef {
    pub hash: *const c_void,
    pub name: *const c_char,
    pub hash_bits: c_int,
    pub seed_bits: c_int,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<PyHash_FuncDef>() == 24);
    assert!(offset_of!(PyHash_FuncDef, hash) == 0);
    assert!(offset_of!(PyHash_FuncDef, name) == 8);
    assert!(offset_of!(PyHash_FuncDef, hash_bits) == 16);
    assert!(offset_of!(PyHash_FuncDef, seed_bits) == 20);
};
