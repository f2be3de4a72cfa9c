//! Weak references.

use super::*;
use std::mem::offset_of;

/// CPython's `PyWeakReference`.
#[repr(C)]
pub struct PyWeakReference {
    pub ob_base: PyObject,
    pub wr_object: *mut PyObject,
    pub wr_callback: *mut PyObject,
    pub hash: Py_hash_t,
    pub wr_prev: *mut PyWeakReference,
    pub wr_next: *mut PyWeakReference,
    pub vectorcall: vectorcallfunc,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<PyWeakReference>() == 64);
    assert!(offset_of!(PyWeakReference, ob_base) == 0);
    assert!(offset_of!(PyWeakReference, wr_object) == 16);
    assert!(offset_of!(PyWeakReference, wr_callback) == 24);
    assert!(offset_of!(PyWeakReference, hash) == 32);
    assert!(offset_of!(PyWeakReference, wr_prev) == 40);
    assert!(offset_of!(PyWeakReference, wr_next) == 48);
    assert!(offset_of!(PyWeakReference, vectorcall) == 56);
};
