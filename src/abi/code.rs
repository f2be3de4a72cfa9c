//! Code, frames and functions: objects that extensions make for tracebacks; nothing here runs them.

use super::*;
use std::mem::offset_of;

/// CPython's `PyCompilerFlags`.
#[repr(C)]
pub struct PyCompilerFlags {
    pub cf_flags: c_int,
    pub cf_feature_version: c_int,
}

/// CPython's `PyCodeObject`.
#[repr(C)]
pub struct PyCodeObject {
    pub ob_base: PyVarObject,
    pub co_consts: *mut PyObject,
    pub co_names: *mut PyObject,
    pub co_exceptiontable: *mut PyObject,
    pub co_flags: c_int,
    pub co_argcount: c_int,
    pub co_posonlyargcount: c_int,
    pub co_kwonlyargcount: c_int,
    pub co_stacksize: c_int,
    pub co_firstlineno: c_int,
    pub co_nlocalsplus: c_int,
    pub co_framesize: c_int,
    pub co_nlocals: c_int,
    pub co_ncellvars: c_int,
    pub co_nfreevars: c_int,
    pub co_version: u32,
    pub co_localsplusnames: *mut PyObject,
    pub co_localspluskinds: *mut PyObject,
    pub co_filename: *mut PyObject,
    pub co_name: *mut PyObject,
    pub co_qualname: *mut PyObject,
    pub co_linetable: *mut PyObject,
    pub co_weakreflist: *mut PyObject,
    pub co_executors: *mut c_void,
    pub _co_cached: *mut c_void,
    pub _co_instrumentation_version: usize,
    pub _co_monitoring: *mut c_void,
    pub _co_unique_id: Py_ssize_t,
    pub _co_firsttraceable: c_int,
    pub co_extra: *mut c_void,
    pub co_code_adaptive: [c_char; 1],
}

/// CPython's `_opaque`.
#[repr(C)]
pub struct _opaque {
    pub computed_line: c_int,
    pub lo_next: *const u8,
    pub limit: *const u8,
}

/// CPython's `PyCodeAddressRange`.
#[repr(C)]
pub struct PyCodeAddressRange {
    pub ar_start: c_int,
    pub ar_end: c_int,
    pub ar_line: c_int,
    pub opaque: _opaque,
}

/// CPython's `PyFunctionObject`.
#[repr(C)]
pub struct PyFunctionObject {
    pub ob_base: PyObject,
    pub func_globals: *mut PyObject,
    pub func_builtins: *mut PyObject,
    pub func_name: *mut PyObject,
    pub func_qualname: *mut PyObject,
    pub func_code: *mut PyObject,
    pub func_defaults: *mut PyObject,
    pub func_kwdefaults: *mut PyObject,
    pub func_closure: *mut PyObject,
    pub func_doc: *mut PyObject,
    pub func_dict: *mut PyObject,
    pub func_weakreflist: *mut PyObject,
    pub func_module: *mut PyObject,
    pub func_annotations: *mut PyObject,
    pub func_annotate: *mut PyObject,
    pub func_typeparams: *mut PyObject,
    pub vectorcall: vectorcallfunc,
    pub func_version: u32,
}

/// CPython's `PyFrameConstructor`.
#[repr(C)]
pub struct PyFrameConstructor {
    pub fc_globals: *mut PyObject,
    pub fc_builtins: *mut PyObject,
    pub fc_name: *mut PyObject,
    pub fc_qualname: *mut PyObject,
    pub fc_code: *mut PyObject,
    pub fc_defaults: *mut PyObject,
    pub fc_kwdefaults: *mut PyObject,
    pub fc_closure: *mut PyObject,
}

/// CPython's `PyMonitoringState`.
#[repr(C)]
pub struct PyMonitoringState {
    pub active: u8,
    pub opaque: u8,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<PyCompilerFlags>() == 8);
    assert!(offset_of!(PyCompilerFlags, cf_flags) == 0);
    assert!(offset_of!(PyCompilerFlags, cf_feature_version) == 4);
    assert!(size_of::<PyCodeObject>() == 216);
    assert!(offset_of!(PyCodeObject, ob_base) == 0);
    assert!(offset_of!(PyCodeObject, co_consts) == 24);
    assert!(offset_of!(PyCodeObject, co_names) == 32);
    assert!(offset_of!(PyCodeObject, co_exceptiontable) == 40);
    assert!(offset_of!(PyCodeObject, co_flags) == 48);
    assert!(offset_of!(PyCodeObject, co_argcount) == 52);
    assert!(offset_of!(PyCodeObject, co_posonlyargcount) == 56);
    assert!(offset_of!(PyCodeObject, co_kwonlyargcount) == 60);
    assert!(offset_of!(PyCodeObject, co_stacksize) == 64);
    assert!(offset_of!(PyCodeObject, co_firstlineno) == 68);
    assert!(offset_of!(PyCodeObject, co_nlocalsplus) == 72);
    assert!(offset_of!(PyCodeObject, co_framesize) == 76);
    assert!(offset_of!(PyCodeObject, co_nlocals) == 80);
    assert!(offset_of!(PyCodeObject, co_ncellvars) == 84);
    assert!(offset_of!(PyCodeObject, co_nfreevars) == 88);
    assert!(offset_of!(PyCodeObject, co_version) == 92);
    assert!(offset_of!(PyCodeObject, co_localsplusnames) == 96);
    assert!(offset_of!(PyCodeObject, co_localspluskinds) == 104);
    assert!(offset_of!(PyCodeObject, co_filename) == 112);
    assert!(offset_of!(PyCodeObject, co_name) == 120);
    assert!(offset_of!(PyCodeObject, co_qualname) == 128);
    assert!(offset_of!(PyCodeObject, co_linetable) == 136);
    assert!(offset_of!(PyCodeObject, co_weakreflist) == 144);
    assert!(offset_of!(PyCodeObject, co_executors) == 152);
    assert!(offset_of!(PyCodeObject, _co_cached) == 160);
    assert!(offset_of!(PyCodeObject, _co_instrumentation_version) == 168);
    assert!(offset_of!(PyCodeObject, _co_monitoring) == 176);
    assert!(offset_of!(PyCodeObject, _co_unique_id) == 184);
    assert!(offset_of!(PyCodeObject, _co_firsttraceable) == 192);
    assert!(offset_of!(PyCodeObject, co_extra) == 200);
    assert!(offset_of!(PyCodeObject, co_code_adaptive) == 208);
    assert!(size_of::<_opaque>() == 24);
    assert!(offset_of!(_opaque, computed_line) == 0);
    assert!(offset_of!(_opaque, lo_next) == 8);
    assert!(offset_of!(_opaque, limit) == 16);
    assert!(size_of::<PyCodeAddressRange>() == 40);
    assert!(offset_of!(PyCodeAddressRange, ar_start) == 0);
    assert!(offset_of!(PyCodeAddressRange, ar_end) == 4);
    assert!(offset_of!(PyCodeAddressRange, ar_line) == 8);
    assert!(offset_of!(PyCodeAddressRange, opaque) == 16);
    assert!(size_of::<PyFunctionObject>() == 152);
    assert!(offset_of!(PyFunctionObject, ob_base) == 0);
    assert!(offset_of!(PyFunctionObject, func_globals) == 16);
    assert!(offset_of!(PyFunctionObject, func_builtins) == 24);
    assert!(offset_of!(PyFunctionObject, func_name) == 32);
    assert!(offset_of!(PyFunctionObject, func_qualname) == 40);
    assert!(offset_of!(PyFunctionObject, func_code) == 48);
    assert!(offset_of!(PyFunctionObject, func_defaults) == 56);
    assert!(offset_of!(PyFunctionObject, func_kwdefaults) == 64);
    assert!(offset_of!(PyFunctionObject, func_closure) == 72);
    assert!(offset_of!(PyFunctionObject, func_doc) == 80);
    assert!(offset_of!(PyFunctionObject, func_dict) == 88);
    assert!(offset_of!(PyFunctionObject, func_weakreflist) == 96);
    assert!(offset_of!(PyFunctionObject, func_module) == 104);
    assert!(offset_of!(PyFunctionObject, func_annotations) == 112);
    assert!(offset_of!(PyFunctionObject, func_annotate) == 120);
    assert!(offset_of!(PyFunctionObject, func_typeparams) == 128);
    assert!(offset_of!(PyFunctionObject, vectorcall) == 136);
    assert!(offset_of!(PyFunctionObject, func_version) == 144);
    assert!(size_of::<PyFrameConstructor>() == 64);
    assert!(offset_of!(PyFrameConstructor, fc_globals) == 0);
    assert!(offset_of!(PyFrameConstructor, fc_builtins) == 8);
    assert!(offset_of!(PyFrameConstructor, fc_name) == 16);
    assert!(offset_of!(PyFrameConstructor, fc_qualname) == 24);
    assert!(offset_of!(PyFrameConstructor, fc_code) == 32);
    assert!(offset_of!(PyFrameConstructor, fc_defaults) == 40);
    assert!(offset_of!(PyFrameConstructor, fc_kwdefaults) == 48);
    assert!(offset_of!(PyFrameConstructor, fc_closure) == 56);
    assert!(size_of::<PyMonitoringState>() == 2);
    assert!(offset_of!(PyMonitoringState, active) == 0);
    assert!(offset_of!(PyMonitoringState, opaque) == 1);
};
