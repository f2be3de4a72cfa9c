//! `str` (PEP 393): a compact object holds its characters behind the struct.

use super::*;
use std::mem::offset_of;

/// CPython's `PyASCIIObject`.
#[repr(C)]
pub struct PyASCIIObject {
    pub ob_base: PyObject,
    pub length: Py_ssize_t,
    pub hash: Py_hash_t,
    pub state: u32,
}

/// CPython's `PyCompactUnicodeObject`.
#[repr(C)]
pub struct PyCompactUnicodeObject {
    pub _base: PyASCIIObject,
    pub utf8_length: Py_ssize_t,
    pub utf8: *mut c_char,
}

/// CPython's `PyUnicodeObject`.
#[repr(C)]
pub struct PyUnicodeObject {
    pub _base: PyCompactUnicodeObject,
    pub data: *mut c_void,
}

/// CPython's `_PyUnicodeWriter`.
#[repr(C)]
pub struct _PyUnicodeWriter {
    pub buffer: *mut PyObject,
    pub data: *mut c_void,
    pub kind: c_int,
    pub maxchar: Py_UCS4,
    pub size: Py_ssize_t,
    pub pos: Py_ssize_t,
    pub min_length: Py_ssize_t,
    pub min_char: Py_UCS4,
    pub overallocate: u8,
    pub readonly: u8,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<PyASCIIObject>() == 40);
    assert!(offset_of!(PyASCIIObject, ob_base) == 0);
    assert!(offset_of!(PyASCIIObject, length) == 16);
    assert!(offset_of!(PyASCIIObject, hash) == 24);
    assert!(offset_of!(PyASCIIObject, state) == 32);
    assert!(size_of::<PyCompactUnicodeObject>() == 56);
    assert!(offset_of!(PyCompactUnicodeObject, _base) == 0);
    assert!(offset_of!(PyCompactUnicodeObject, utf8_length) == 40);
    assert!(offset_of!(PyCompactUnicodeObject, utf8) == 48);
    assert!(size_of::<PyUnicodeObject>() == 64);
    assert!(offset_of!(PyUnicodeObject, _base) == 0);
    assert!(offset_of!(PyUnicodeObject, data) == 56);
    assert!(size_of::<_PyUnicodeWriter>() == 56);
    assert!(offset_of!(_PyUnicodeWriter, buffer) == 0);
    assert!(offset_of!(_PyUnicodeWriter, data) == 8);
    assert!(offset_of!(_PyUnicodeWriter, kind) == 16);
    assert!(offset_of!(_PyUnicodeWriter, maxchar) == 20);
    assert!(offset_of!(_PyUnicodeWriter, size) == 24);
    assert!(offset_of!(_PyUnicodeWriter, pos) == 32);
    assert!(offset_of!(_PyUnicodeWriter, min_length) == 40);
    assert!(offset_of!(_PyUnicodeWriter, min_char) == 48);
    assert!(offset_of!(_PyUnicodeWriter, overallocate) == 52);
    assert!(offset_of!(_PyUnicodeWriter, readonly) == 53);
};
