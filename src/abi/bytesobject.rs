//! `bytes` and `bytearray`.

use super::*;
use std::mem::offset_of;

/// CPython's `PyBytesObject`.
#[repr(C)]
pub struct PyBytesObject {
    pub ob_base: PyVarObject,
    pub ob_shash: Py_hash_t,
    pub ob_sval: [c_char; 1],
}

/// CPython's `PyByteArrayObject`.
#[repr(C)]
pub struct PyByteArrayObject {
    pub ob_base: PyVarObject,
    pub ob_alloc: Py_ssize_t,
    pub ob_bytes: *mut c_char,
    pub ob_start: *mut c_char,
    pub ob_exports: Py_ssize_t,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<PyBytesObject>() == 40);
    assert!(offset_of!(PyBytesObject, ob_base) == 0);
    assert!(offset_of!(PyBytesObject, ob_shash) == 24);
    assert!(offset_of!(PyBytesObject, ob_sval) == 32);
    assert!(size_of::<PyByteArrayObject>() == 56);
    assert!(offset_of!(PyByteArrayObject, ob_base) == 0);
    assert!(offset_of!(PyByteArrayObject, ob_alloc) == 24);
    assert!(offset_of!(PyByteArrayObject, ob_bytes) == 32);
    assert!(offset_of!(PyByteArrayObject, ob_start) == 40);
    assert!(offset_of!(PyByteArrayObject, ob_exports) == 48);
};
