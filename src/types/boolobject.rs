//! `bool`: two immortal ints.

use crate::abi::*;
use crate::object::{Object, Owned};

#[unsafe(no_mangle)]
pub static mut PyBool_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"bool".as_ptr(),
    ..PyTypeObject::EMPTY
};

#[unsafe(no_mangle)]
pub static mut _Py_TrueStruct: PyLongObject = PyLongObject {
    ob_base: PyObject::immortal(&raw mut PyBool_Type),
    long_value: _PyLongValue { lv_tag: _PyLong_TRUE_TAG, ob_digit: [1] },
};

#[unsafe(no_mangle)]
pub static mut _Py_FalseStruct: PyLongObject = PyLongObject {
    ob_base: PyObject::immortal(&raw mut PyBool_Type),
    long_value: _PyLongValue { lv_tag: _PyLong_FALSE_TAG, ob_digit: [0] },
};

/// `True` or `False`.
#[inline(always)]
pub fn from_bool(value: bool) -> Owned {
    let op: *mut PyLongObject = if value { &raw mut _Py_TrueStruct } else { &raw mut _Py_FalseStruct };
    // SAFETY: static and immortal.
    unsafe { Object::from_ptr(op.cast()) }.to_owned()
}
