//! `None`, `NotImplemented` and `...`: one object each, immortal, shared by all interpreters.

use crate::abi::*;
use crate::object::{Object, Owned};
use std::ptr;

#[unsafe(no_mangle)]
pub static mut _Py_NoneStruct: PyObject = PyObject::immortal(&raw mut _PyNone_Type);

#[unsafe(no_mangle)]
pub static mut _PyNone_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"NoneType".as_ptr(),
    tp_flags: Py_TPFLAGS_DEFAULT,
    tp_base: ptr::null_mut(),
    ..PyTypeObject::EMPTY
};

/// `None` as a borrowed object.
#[inline(always)]
pub fn none_ref() -> &'static Object {
    // SAFETY: static and immortal.
    unsafe { Object::from_ptr(&raw mut _Py_NoneStruct) }
}

/// `None`.
#[inline(always)]
pub fn none() -> Owned {
    none_ref().to_owned()
}

#[unsafe(no_mangle)]
pub static mut _Py_NotImplementedStruct: PyObject = PyObject::immortal(&raw mut _PyNotImplemented_Type);

#[unsafe(no_mangle)]
pub static mut _PyNotImplemented_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"NotImplementedType".as_ptr(),
    tp_flags: Py_TPFLAGS_DEFAULT,
    ..PyTypeObject::EMPTY
};

/// `NotImplemented` as a borrowed object.
#[inline(always)]
pub fn not_implemented_ref() -> &'static Object {
    // SAFETY: static and immortal.
    unsafe { Object::from_ptr(&raw mut _Py_NotImplementedStruct) }
}

/// `NotImplemented`.
#[inline(always)]
pub fn not_implemented() -> Owned {
    not_implemented_ref().to_owned()
}

/// `o` is `NotImplemented`.
#[inline(always)]
pub fn is_not_implemented(o: &Object) -> bool {
    o.is(not_implemented_ref())
}
