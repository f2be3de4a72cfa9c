//! `int`: sign and size in a tag, then 30-bit digits.

use super::*;
use std::mem::offset_of;

/// CPython's `PyLongObject`.
#[repr(C)]
pub struct PyLongObject {
    pub ob_base: PyObject,
    pub long_value: _PyLongValue,
}

/// CPython's `_PyLongValue`.
#[repr(C)]
pub struct _PyLongValue {
    pub lv_tag: usize,
    pub ob_digit: [digit; 1],
}

/// CPython's `PyLongLayout`.
#[repr(C)]
pub struct PyLongLayout {
    pub bits_per_digit: u8,
    pub digit_size: u8,
    pub digits_order: i8,
    pub digit_endianness: i8,
}

/// CPython's `PyLongExport`.
#[repr(C)]
pub struct PyLongExport {
    pub value: i64,
    pub negative: u8,
    pub ndigits: Py_ssize_t,
    pub digits: *const c_void,
    pub _reserved: usize,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<PyLongObject>() == 32);
    assert!(offset_of!(PyLongObject, ob_base) == 0);
    assert!(offset_of!(PyLongObject, long_value) == 16);
    assert!(size_of::<_PyLongValue>() == 16);
    assert!(offset_of!(_PyLongValue, lv_tag) == 0);
    assert!(offset_of!(_PyLongValue, ob_digit) == 8);
    assert!(size_of::<PyLongLayout>() == 4);
    assert!(offset_of!(PyLongLayout, bits_per_digit) == 0);
    assert!(offset_of!(PyLongLayout, digit_size) == 1);
    assert!(offset_of!(PyLongLayout, digits_order) == 2);
    assert!(offset_of!(PyLongLayout, digit_endianness) == 3);
    assert!(size_of::<PyLongExport>() == 40);
    assert!(offset_of!(PyLongExport, value) == 0);
    assert!(offset_of!(PyLongExport, negative) == 8);
    assert!(offset_of!(PyLongExport, ndigits) == 16);
    assert!(offset_of!(PyLongExport, digits) == 24);
    assert!(offset_of!(PyLongExport, _reserved) == 32);
};
