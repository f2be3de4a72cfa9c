//! `tuple`, `list`, `dict`, `set`, `slice`, cells: the fields that macros of the public headers read.

use super::*;
use std::mem::offset_of;

/// CPython's `PyTupleObject`.
#[repr(C)]
pub struct PyTupleObject {
    pub ob_base: PyVarObject,
    pub ob_hash: Py_hash_t,
    pub ob_item: [*mut PyObject; 1],
}

/// CPython's `PyListObject`.
#[repr(C)]
pub struct PyListObject {
    pub ob_base: PyVarObject,
    pub ob_item: *mut *mut PyObject,
    pub allocated: Py_ssize_t,
}

/// CPython's `PyDictObject`.
#[repr(C)]
pub struct PyDictObject {
    pub ob_base: PyObject,
    pub ma_used: Py_ssize_t,
    pub _ma_watcher_tag: u64,
    pub ma_keys: *mut c_void,
    pub ma_values: *mut c_void,
}

/// CPython's `setentry`.
#[repr(C)]
pub struct setentry {
    pub key: *mut PyObject,
    pub hash: Py_hash_t,
}

/// CPython's `PySetObject`.
#[repr(C)]
pub struct PySetObject {
    pub ob_base: PyObject,
    pub fill: Py_ssize_t,
    pub used: Py_ssize_t,
    pub mask: Py_ssize_t,
    pub table: *mut setentry,
    pub hash: Py_hash_t,
    pub finger: Py_ssize_t,
    pub smalltable: [setentry; 8],
    pub weakreflist: *mut PyObject,
}

/// CPython's `PySliceObject`.
#[repr(C)]
pub struct PySliceObject {
    pub ob_base: PyObject,
    pub start: *mut PyObject,
    pub stop: *mut PyObject,
    pub step: *mut PyObject,
}

/// CPython's `PyCellObject`.
#[repr(C)]
pub struct PyCellObject {
    pub ob_base: PyObject,
    pub ob_ref: *mut PyObject,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<PyTupleObject>() == 40);
    assert!(offset_of!(PyTupleObject, ob_base) == 0);
    assert!(offset_of!(PyTupleObject, ob_hash) == 24);
    assert!(offset_of!(PyTupleObject, ob_item) == 32);
    assert!(size_of::<PyListObject>() == 40);
    assert!(offset_of!(PyListObject, ob_base) == 0);
    assert!(offset_of!(PyListObject, ob_item) == 24);
    assert!(offset_of!(PyListObject, allocated) == 32);
    assert!(size_of::<PyDictObject>() == 48);
    assert!(offset_of!(PyDictObject, ob_base) == 0);
    assert!(offset_of!(PyDictObject, ma_used) == 16);
    assert!(offset_of!(PyDictObject, _ma_watcher_tag) == 24);
    assert!(offset_of!(PyDictObject, ma_keys) == 32);
    assert!(offset_of!(PyDictObject, ma_values) == 40);
    assert!(size_of::<setentry>() == 16);
    assert!(offset_of!(setentry, key) == 0);
    assert!(offset_of!(setentry, hash) == 8);
    assert!(size_of::<PySetObject>() == 200);
    assert!(offset_of!(PySetObject, ob_base) == 0);
    assert!(offset_of!(PySetObject, fill) == 16);
    assert!(offset_of!(PySetObject, used) == 24);
    assert!(offset_of!(PySetObject, mask) == 32);
    assert!(offset_of!(PySetObject, table) == 40);
    assert!(offset_of!(PySetObject, hash) == 48);
    assert!(offset_of!(PySetObject, finger) == 56);
    assert!(offset_of!(PySetObject, smalltable) == 64);
    assert!(offset_of!(PySetObject, weakreflist) == 192);
    assert!(size_of::<PySliceObject>() == 40);
    assert!(offset_of!(PySliceObject, ob_base) == 0);
    assert!(offset_of!(PySliceObject, start) == 16);
    assert!(offset_of!(PySliceObject, stop) == 24);
    assert!(offset_of!(PySliceObject, step) == 32);
    assert!(size_of::<PyCellObject>() == 24);
    assert!(offset_of!(PyCellObject, ob_base) == 0);
    assert!(offset_of!(PyCellObject, ob_ref) == 16);
};
