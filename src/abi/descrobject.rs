//! Descriptors and the tables they are made from.

use super::*;
use std::mem::offset_of;

/// CPython's `PyMemberDef`.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct PyMemberDef {
    pub name: *const c_char,
    pub r#type: c_int,
    pub offset: Py_ssize_t,
    pub flags: c_int,
    pub doc: *const c_char,
}

/// CPython's `PyGetSetDef`.
#[repr(C)]
pub struct PyGetSetDef {
    pub name: *const c_char,
    pub get: getter,
    pub set: setter,
    pub doc: *const c_char,
    pub closure: *mut c_void,
}

/// CPython's `wrapperbase`.
#[repr(C)]
pub struct wrapperbase {
    pub name: *const c_char,
    pub offset: c_int,
    pub function: *mut c_void,
    pub wrapper: wrapperfunc,
    pub doc: *const c_char,
    pub flags: c_int,
    pub name_strobj: *mut PyObject,
}

/// CPython's `PyDescrObject`.
#[repr(C)]
pub struct PyDescrObject {
    pub ob_base: PyObject,
    pub d_type: *mut PyTypeObject,
    pub d_name: *mut PyObject,
    pub d_qualname: *mut PyObject,
}

/// CPython's `PyMethodDescrObject`.
#[repr(C)]
pub struct PyMethodDescrObject {
    pub d_common: PyDescrObject,
    pub d_method: *mut PyMethodDef,
    pub vectorcall: vectorcallfunc,
}

/// CPython's `PyMemberDescrObject`.
#[repr(C)]
pub struct PyMemberDescrObject {
    pub d_common: PyDescrObject,
    pub d_member: *mut PyMemberDef,
}

/// CPython's `PyGetSetDescrObject`.
#[repr(C)]
pub struct PyGetSetDescrObject {
    pub d_common: PyDescrObject,
    pub d_getset: *mut PyGetSetDef,
}

/// CPython's `PyWrapperDescrObject`.
#[repr(C)]
pub struct PyWrapperDescrObject {
    pub d_common: PyDescrObject,
    pub d_base: *mut wrapperbase,
    pub d_wrapped: *mut c_void,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<PyMemberDef>() == 40);
    assert!(offset_of!(PyMemberDef, name) == 0);
    assert!(offset_of!(PyMemberDef, r#type) == 8);
    assert!(offset_of!(PyMemberDef, offset) == 16);
    assert!(offset_of!(PyMemberDef, flags) == 24);
    assert!(offset_of!(PyMemberDef, doc) == 32);
    assert!(size_of::<PyGetSetDef>() == 40);
    assert!(offset_of!(PyGetSetDef, name) == 0);
    assert!(offset_of!(PyGetSetDef, get) == 8);
    assert!(offset_of!(PyGetSetDef, set) == 16);
    assert!(offset_of!(PyGetSetDef, doc) == 24);
    assert!(offset_of!(PyGetSetDef, closure) == 32);
    assert!(size_of::<wrapperbase>() == 56);
    assert!(offset_of!(wrapperbase, name) == 0);
    assert!(offset_of!(wrapperbase, offset) == 8);
    assert!(offset_of!(wrapperbase, function) == 16);
    assert!(offset_of!(wrapperbase, wrapper) == 24);
    assert!(offset_of!(wrapperbase, doc) == 32);
    assert!(offset_of!(wrapperbase, flags) == 40);
    assert!(offset_of!(wrapperbase, name_strobj) == 48);
    assert!(size_of::<PyDescrObject>() == 40);
    assert!(offset_of!(PyDescrObject, ob_base) == 0);
    assert!(offset_of!(PyDescrObject, d_type) == 16);
    assert!(offset_of!(PyDescrObject, d_name) == 24);
    assert!(offset_of!(PyDescrObject, d_qualname) == 32);
    assert!(size_of::<PyMethodDescrObject>() == 56);
    assert!(offset_of!(PyMethodDescrObject, d_common) == 0);
    assert!(offset_of!(PyMethodDescrObject, d_method) == 40);
    assert!(offset_of!(PyMethodDescrObject, vectorcall) == 48);
    assert!(size_of::<PyMemberDescrObject>() == 48);
    assert!(offset_of!(PyMemberDescrObject, d_common) == 0);
    assert!(offset_of!(PyMemberDescrObject, d_member) == 40);
    assert!(size_of::<PyGetSetDescrObject>() == 48);
    assert!(offset_of!(PyGetSetDescrObject, d_common) == 0);
    assert!(offset_of!(PyGetSetDescrObject, d_getset) == 40);
    assert!(size_of::<PyWrapperDescrObject>() == 56);
    assert!(offset_of!(PyWrapperDescrObject, d_common) == 0);
    assert!(offset_of!(PyWrapperDescrObject, d_base) == 40);
    assert!(offset_of!(PyWrapperDescrObject, d_wrapped) == 48);
};
