//! Named tuples made in C.

use super::*;
use std::mem::offset_of;

/// CPython's `PyStructSequence_Field`.
#[repr(C)]
pub struct PyStructSequence_Field {
    pub name: *const c_char,
    pub doc: *const c_char,
}

/// CPython's `PyStructSequence_Desc`.
#[repr(C)]
pub struct PyStructSequence_Desc {
    pub name: *const c_char,
    pub doc: *const c_char,
    pub fields: *mut PyStructSequence_Field,
    pub n_in_sequence: c_int,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<PyStructSequence_Field>() == 16);
    assert!(offset_of!(PyStructSequence_Field, name) == 0);
    assert!(offset_of!(PyStructSequence_Field, doc) == 8);
    assert!(size_of::<PyStructSequence_Desc>() == 32);
    assert!(offset_of!(PyStructSequence_Desc, name) == 0);
    assert!(offset_of!(PyStructSequence_Desc, doc) == 8);
    assert!(offset_of!(PyStructSequence_Desc, fields) == 16);
    assert!(offset_of!(PyStructSequence_Desc, n_in_sequence) == 24);
};
