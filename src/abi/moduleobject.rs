//! Module definitions and modules.

use super::*;
use std::mem::offset_of;

/// CPython's `PyModuleDef_Base`.
#[repr(C)]
pub struct PyModuleDef_Base {
    pub ob_base: PyObject,
    pub m_init: PyModInitFunction,
    pub m_index: Py_ssize_t,
    pub m_copy: *mut PyObject,
}

/// CPython's `PyModuleDef_Slot`.
#[repr(C)]
pub struct PyModuleDef_Slot {
    pub slot: c_int,
    pub value: *mut c_void,
}

/// CPython's `PyModuleDef`.
#[repr(C)]
pub struct PyModuleDef {
    pub m_base: PyModuleDef_Base,
    pub m_name: *const c_char,
    pub m_doc: *const c_char,
    pub m_size: Py_ssize_t,
    pub m_methods: *mut PyMethodDef,
    pub m_slots: *mut PyModuleDef_Slot,
    pub m_traverse: traverseproc,
    pub m_clear: inquiry,
    pub m_free: freefunc,
}

/// CPython's `PyModuleObject`.
#[repr(C)]
pub struct PyModuleObject {
    pub ob_base: PyObject,
    pub md_dict: *mut PyObject,
    pub md_def: *mut PyModuleDef,
    pub md_state: *mut c_void,
    pub md_weaklist: *mut PyObject,
    pub md_name: *mut PyObject,
}

/// CPython's `_frozen`.
#[repr(C)]
pub struct _frozen {
    pub name: *const c_char,
    pub code: *const u8,
    pub size: c_int,
    pub is_package: c_int,
}

/// CPython's `_inittab`.
#[repr(C)]
pub struct _inittab {
    pub name: *const c_char,
    pub initfunc: PyModInitFunction,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<PyModuleDef_Base>() == 40);
    assert!(offset_of!(PyModuleDef_Base, ob_base) == 0);
    assert!(offset_of!(PyModuleDef_Base, m_init) == 16);
    assert!(offset_of!(PyModuleDef_Base, m_index) == 24);
    assert!(offset_of!(PyModuleDef_Base, m_copy) == 32);
    assert!(size_of::<PyModuleDef_Slot>() == 16);
    assert!(offset_of!(PyModuleDef_Slot, slot) == 0);
    assert!(offset_of!(PyModuleDef_Slot, value) == 8);
    assert!(size_of::<PyModuleDef>() == 104);
    assert!(offset_of!(PyModuleDef, m_base) == 0);
    assert!(offset_of!(PyModuleDef, m_name) == 40);
    assert!(offset_of!(PyModuleDef, m_doc) == 48);
    assert!(offset_of!(PyModuleDef, m_size) == 56);
    assert!(offset_of!(PyModuleDef, m_methods) == 64);
    assert!(offset_of!(PyModuleDef, m_slots) == 72);
    assert!(offset_of!(PyModuleDef, m_traverse) == 80);
    assert!(offset_of!(PyModuleDef, m_clear) == 88);
    assert!(offset_of!(PyModuleDef, m_free) == 96);
    assert!(size_of::<PyModuleObject>() == 56);
    assert!(offset_of!(PyModuleObject, ob_base) == 0);
    assert!(offset_of!(PyModuleObject, md_dict) == 16);
    assert!(offset_of!(PyModuleObject, md_def) == 24);
    assert!(offset_of!(PyModuleObject, md_state) == 32);
    assert!(offset_of!(PyModuleObject, md_weaklist) == 40);
    assert!(offset_of!(PyModuleObject, md_name) == 48);
    assert!(size_of::<_frozen>() == 24);
    assert!(offset_of!(_frozen, name) == 0);
    assert!(offset_of!(_frozen, code) == 8);
    assert!(offset_of!(_frozen, size) == 16);
    assert!(offset_of!(_frozen, is_package) == 20);
    assert!(size_of::<_inittab>() == 16);
    assert!(offset_of!(_inittab, name) == 0);
    assert!(offset_of!(_inittab, initfunc) == 8);
};
