//! What every object begins with.

use super::*;
use std::mem::offset_of;

/// CPython's `PyObject`: a count, its flags, and a type. The count is the 32-bit scheme of 3.14, inlined into every
/// extension by `Py_INCREF`: half the range and above is immortal.
#[repr(C, align(8))]
pub struct PyObject {
    pub ob_refcnt: u32,
    pub ob_overflow: u16,
    pub ob_flags: u16,
    pub ob_type: *mut PyTypeObject,
}

/// CPython's `PyVarObject`: an object with a number of items.
#[repr(C)]
pub struct PyVarObject {
    pub ob_base: PyObject,
    pub ob_size: Py_ssize_t,
}

// Opaque in the public headers; `state` says what stands behind the pointer.
#[repr(C)]
pub struct PyInterpreterState {
    _opaque: [u8; 0],
}

#[repr(C)]
pub struct PyHamtObject {
    _opaque: [u8; 0],
}

/// One byte: CPython's small mutex, whose size is part of public structs.
#[repr(C)]
pub struct PyMutex {
    pub _bits: u8,
}

const _: () = {
    assert!(size_of::<PyObject>() == 16);
    assert!(offset_of!(PyObject, ob_overflow) == 4);
    assert!(offset_of!(PyObject, ob_flags) == 6);
    assert!(offset_of!(PyObject, ob_type) == 8);
    assert!(size_of::<PyVarObject>() == 24);
    assert!(offset_of!(PyVarObject, ob_size) == 16);
    assert!(size_of::<PyMutex>() == 1);
};
