//! `float` and `complex`.

use super::*;
use std::mem::offset_of;

/// CPython's `PyFloatObject`.
#[repr(C)]
pub struct PyFloatObject {
    pub ob_base: PyObject,
    pub ob_fval: f64,
}

/// CPython's `Py_complex`.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Py_complex {
    pub real: f64,
    pub imag: f64,
}

/// CPython's `PyComplexObject`.
#[repr(C)]
pub struct PyComplexObject {
    pub ob_base: PyObject,
    pub cval: Py_complex,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<PyFloatObject>() == 24);
    assert!(offset_of!(PyFloatObject, ob_base) == 0);
    assert!(offset_of!(PyFloatObject, ob_fval) == 16);
    assert!(size_of::<Py_complex>() == 16);
    assert!(offset_of!(Py_complex, real) == 0);
    assert!(offset_of!(Py_complex, imag) == 8);
    assert!(size_of::<PyComplexObject>() == 32);
    assert!(offset_of!(PyComplexObject, ob_base) == 0);
    assert!(offset_of!(PyComplexObject, cval) == 16);
};
