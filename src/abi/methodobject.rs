//! Functions in C, bound methods, and their tables.

use super::*;
use std::mem::offset_of;

/// CPython's `PyMethodDef`.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct PyMethodDef {
    pub ml_name: *const c_char,
    pub ml_meth: PyCFunction,
    pub ml_flags: c_int,
    pub ml_doc: *const c_char,
}

/// CPython's `PyCFunctionObject`.
#[repr(C)]
pub struct PyCFunctionObject {
    pub ob_base: PyObject,
    pub m_ml: *mut PyMethodDef,
    pub m_self: *mut PyObject,
    pub m_module: *mut PyObject,
    pub m_weakreflist: *mut PyObject,
    pub vectorcall: vectorcallfunc,
}

/// CPython's `PyCMethodObject`.
#[repr(C)]
pub struct PyCMethodObject {
    pub func: PyCFunctionObject,
    pub mm_class: *mut PyTypeObject,
}

/// CPython's `PyMethodObject`.
#[repr(C)]
pub struct PyMethodObject {
    pub ob_base: PyObject,
    pub im_func: *mut PyObject,
    pub im_self: *mut PyObject,
    pub im_weakreflist: *mut PyObject,
    pub vectorcall: vectorcallfunc,
}

/// CPython's `PyInstanceMethodObject`.
#[repr(C)]
pub struct PyInstanceMethodObject {
    pub ob_base: PyObject,
    pub func: *mut PyObject,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<PyMethodDef>() == 32);
    assert!(offset_of!(PyMethodDef, ml_name) == 0);
    assert!(offset_of!(PyMethodDef, ml_meth) == 8);
    assert!(offset_of!(PyMethodDef, ml_flags) == 16);
    assert!(offset_of!(PyMethodDef, ml_doc) == 24);
    assert!(size_of::<PyCFunctionObject>() == 56);
    assert!(offset_of!(PyCFunctionObject, ob_base) == 0);
    assert!(offset_of!(PyCFunctionObject, m_ml) == 16);
    assert!(offset_of!(PyCFunctionObject, m_self) == 24);
    assert!(offset_of!(PyCFunctionObject, m_module) == 32);
    assert!(offset_of!(PyCFunctionObject, m_weakreflist) == 40);
    assert!(offset_of!(PyCFunctionObject, vectorcall) == 48);
    assert!(size_of::<PyCMethodObject>() == 64);
    assert!(offset_of!(PyCMethodObject, func) == 0);
    assert!(offset_of!(PyCMethodObject, mm_class) == 56);
    assert!(size_of::<PyMethodObject>() == 48);
    assert!(offset_of!(PyMethodObject, ob_base) == 0);
    assert!(offset_of!(PyMethodObject, im_func) == 16);
    assert!(offset_of!(PyMethodObject, im_self) == 24);
    assert!(offset_of!(PyMethodObject, im_weakreflist) == 32);
    assert!(offset_of!(PyMethodObject, vectorcall) == 40);
    assert!(size_of::<PyInstanceMethodObject>() == 24);
    assert!(offset_of!(PyInstanceMethodObject, ob_base) == 0);
    assert!(offset_of!(PyInstanceMethodObject, func) == 16);
};
