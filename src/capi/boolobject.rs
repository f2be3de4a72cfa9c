//! `boolobject.h`.

use crate::abi::*;
use crate::object::api;
use crate::types::boolobject;

/// `True` or `False`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBool_FromLong(value: c_long) -> *mut PyObject {
    api(|| boolobject::from_bool(value != 0))
}

/// 1 if `x` is `True`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_IsTrue(x: *mut PyObject) -> c_int {
    (x == (&raw mut boolobject::_Py_TrueStruct).cast()) as c_int
}

/// 1 if `x` is `False`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_IsFalse(x: *mut PyObject) -> c_int {
    (x == (&raw mut boolobject::_Py_FalseStruct).cast()) as c_int
}
