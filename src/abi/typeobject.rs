//! Types: the type object, its method suites, heap types, specs.

use super::*;
use std::mem::offset_of;

/// CPython's `PyAsyncMethods`.
#[repr(C)]
pub struct PyAsyncMethods {
    pub am_await: unaryfunc,
    pub am_aiter: unaryfunc,
    pub am_anext: unaryfunc,
    pub am_send: sendfunc,
}

/// CPython's `PyNumberMethods`.
#[repr(C)]
pub struct PyNumberMethods {
    pub nb_add: binaryfunc,
    pub nb_subtract: binaryfunc,
    pub nb_multiply: binaryfunc,
    pub nb_remainder: binaryfunc,
    pub nb_divmod: binaryfunc,
    pub nb_power: ternaryfunc,
    pub nb_negative: unaryfunc,
    pub nb_positive: unaryfunc,
    pub nb_absolute: unaryfunc,
    pub nb_bool: inquiry,
    pub nb_invert: unaryfunc,
    pub nb_lshift: binaryfunc,
    pub nb_rshift: binaryfunc,
    pub nb_and: binaryfunc,
    pub nb_xor: binaryfunc,
    pub nb_or: binaryfunc,
    pub nb_int: unaryfunc,
    pub nb_reserved: *mut c_void,
    pub nb_float: unaryfunc,
    pub nb_inplace_add: binaryfunc,
    pub nb_inplace_subtract: binaryfunc,
    pub nb_inplace_multiply: binaryfunc,
    pub nb_inplace_remainder: binaryfunc,
    pub nb_inplace_power: ternaryfunc,
    pub nb_inplace_lshift: binaryfunc,
    pub nb_inplace_rshift: binaryfunc,
    pub nb_inplace_and: binaryfunc,
    pub nb_inplace_xor: binaryfunc,
    pub nb_inplace_or: binaryfunc,
    pub nb_floor_divide: binaryfunc,
    pub nb_true_divide: binaryfunc,
    pub nb_inplace_floor_divide: binaryfunc,
    pub nb_inplace_true_divide: binaryfunc,
    pub nb_index: unaryfunc,
    pub nb_matrix_multiply: binaryfunc,
    pub nb_inplace_matrix_multiply: binaryfunc,
}

/// CPython's `PySequenceMethods`.
#[repr(C)]
pub struct PySequenceMethods {
    pub sq_length: lenfunc,
    pub sq_concat: binaryfunc,
    pub sq_repeat: ssizeargfunc,
    pub sq_item: ssizeargfunc,
    pub was_sq_slice: *mut c_void,
    pub sq_ass_item: ssizeobjargproc,
    pub was_sq_ass_slice: *mut c_void,
    pub sq_contains: objobjproc,
    pub sq_inplace_concat: binaryfunc,
    pub sq_inplace_repeat: ssizeargfunc,
}

/// CPython's `PyMappingMethods`.
#[repr(C)]
pub struct PyMappingMethods {
    pub mp_length: lenfunc,
    pub mp_subscript: binaryfunc,
    pub mp_ass_subscript: objobjargproc,
}

/// CPython's `PyBufferProcs`.
#[repr(C)]
pub struct PyBufferProcs {
    pub bf_getbuffer: getbufferproc,
    pub bf_releasebuffer: releasebufferproc,
}

/// CPython's `PyTypeObject`.
#[repr(C)]
pub struct PyTypeObject {
    pub ob_base: PyVarObject,
    pub tp_name: *const c_char,
    pub tp_basicsize: Py_ssize_t,
    pub tp_itemsize: Py_ssize_t,
    pub tp_dealloc: destructor,
    pub tp_vectorcall_offset: Py_ssize_t,
    pub tp_getattr: getattrfunc,
    pub tp_setattr: setattrfunc,
    pub tp_as_async: *mut PyAsyncMethods,
    pub tp_repr: reprfunc,
    pub tp_as_number: *mut PyNumberMethods,
    pub tp_as_sequence: *mut PySequenceMethods,
    pub tp_as_mapping: *mut PyMappingMethods,
    pub tp_hash: hashfunc,
    pub tp_call: ternaryfunc,
    pub tp_str: reprfunc,
    pub tp_getattro: getattrofunc,
    pub tp_setattro: setattrofunc,
    pub tp_as_buffer: *mut PyBufferProcs,
    pub tp_flags: c_ulong,
    pub tp_doc: *const c_char,
    pub tp_traverse: traverseproc,
    pub tp_clear: inquiry,
    pub tp_richcompare: richcmpfunc,
    pub tp_weaklistoffset: Py_ssize_t,
    pub tp_iter: getiterfunc,
    pub tp_iternext: iternextfunc,
    pub tp_methods: *mut PyMethodDef,
    pub tp_members: *mut PyMemberDef,
    pub tp_getset: *mut PyGetSetDef,
    pub tp_base: *mut PyTypeObject,
    pub tp_dict: *mut PyObject,
    pub tp_descr_get: descrgetfunc,
    pub tp_descr_set: descrsetfunc,
    pub tp_dictoffset: Py_ssize_t,
    pub tp_init: initproc,
    pub tp_alloc: allocfunc,
    pub tp_new: newfunc,
    pub tp_free: freefunc,
    pub tp_is_gc: inquiry,
    pub tp_bases: *mut PyObject,
    pub tp_mro: *mut PyObject,
    pub tp_cache: *mut PyObject,
    pub tp_subclasses: *mut c_void,
    pub tp_weaklist: *mut PyObject,
    pub tp_del: destructor,
    pub tp_version_tag: c_uint,
    pub tp_finalize: destructor,
    pub tp_vectorcall: vectorcallfunc,
    pub tp_watched: u8,
    pub tp_versions_used: u16,
}

/// CPython's `_specialization_cache`.
#[repr(C)]
pub struct _specialization_cache {
    pub getitem: *mut PyObject,
    pub getitem_version: u32,
    pub init: *mut PyObject,
}

/// CPython's `PyHeapTypeObject`.
#[repr(C)]
pub struct PyHeapTypeObject {
    pub ht_type: PyTypeObject,
    pub as_async: PyAsyncMethods,
    pub as_number: PyNumberMethods,
    pub as_mapping: PyMappingMethods,
    pub as_sequence: PySequenceMethods,
    pub as_buffer: PyBufferProcs,
    pub ht_name: *mut PyObject,
    pub ht_slots: *mut PyObject,
    pub ht_qualname: *mut PyObject,
    pub ht_cached_keys: *mut c_void,
    pub ht_module: *mut PyObject,
    pub _ht_tpname: *mut c_char,
    pub ht_token: *mut c_void,
    pub _spec_cache: _specialization_cache,
}

/// CPython's `PyType_Slot`.
#[repr(C)]
pub struct PyType_Slot {
    pub slot: c_int,
    pub pfunc: *mut c_void,
}

/// CPython's `PyType_Spec`.
#[repr(C)]
pub struct PyType_Spec {
    pub name: *const c_char,
    pub basicsize: c_int,
    pub itemsize: c_int,
    pub flags: c_uint,
    pub slots: *mut PyType_Slot,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<PyAsyncMethods>() == 32);
    assert!(offset_of!(PyAsyncMethods, am_await) == 0);
    assert!(offset_of!(PyAsyncMethods, am_aiter) == 8);
    assert!(offset_of!(PyAsyncMethods, am_anext) == 16);
    assert!(offset_of!(PyAsyncMethods, am_send) == 24);
    assert!(size_of::<PyNumberMethods>() == 288);
    assert!(offset_of!(PyNumberMethods, nb_add) == 0);
    assert!(offset_of!(PyNumberMethods, nb_subtract) == 8);
    assert!(offset_of!(PyNumberMethods, nb_multiply) == 16);
    assert!(offset_of!(PyNumberMethods, nb_remainder) == 24);
    assert!(offset_of!(PyNumberMethods, nb_divmod) == 32);
    assert!(offset_of!(PyNumberMethods, nb_power) == 40);
    assert!(offset_of!(PyNumberMethods, nb_negative) == 48);
    assert!(offset_of!(PyNumberMethods, nb_positive) == 56);
    assert!(offset_of!(PyNumberMethods, nb_absolute) == 64);
    assert!(offset_of!(PyNumberMethods, nb_bool) == 72);
    assert!(offset_of!(PyNumberMethods, nb_invert) == 80);
    assert!(offset_of!(PyNumberMethods, nb_lshift) == 88);
    assert!(offset_of!(PyNumberMethods, nb_rshift) == 96);
    assert!(offset_of!(PyNumberMethods, nb_and) == 104);
    assert!(offset_of!(PyNumberMethods, nb_xor) == 112);
    assert!(offset_of!(PyNumberMethods, nb_or) == 120);
    assert!(offset_of!(PyNumberMethods, nb_int) == 128);
    assert!(offset_of!(PyNumberMethods, nb_reserved) == 136);
    assert!(offset_of!(PyNumberMethods, nb_float) == 144);
    assert!(offset_of!(PyNumberMethods, nb_inplace_add) == 152);
    assert!(offset_of!(PyNumberMethods, nb_inplace_subtract) == 160);
    assert!(offset_of!(PyNumberMethods, nb_inplace_multiply) == 168);
    assert!(offset_of!(PyNumberMethods, nb_inplace_remainder) == 176);
    assert!(offset_of!(PyNumberMethods, nb_inplace_power) == 184);
    assert!(offset_of!(PyNumberMethods, nb_inplace_lshift) == 192);
    assert!(offset_of!(PyNumberMethods, nb_inplace_rshift) == 200);
    assert!(offset_of!(PyNumberMethods, nb_inplace_and) == 208);
    assert!(offset_of!(PyNumberMethods, nb_inplace_xor) == 216);
    assert!(offset_of!(PyNumberMethods, nb_inplace_or) == 224);
    assert!(offset_of!(PyNumberMethods, nb_floor_divide) == 232);
    assert!(offset_of!(PyNumberMethods, nb_true_divide) == 240);
    assert!(offset_of!(PyNumberMethods, nb_inplace_floor_divide) == 248);
    assert!(offset_of!(PyNumberMethods, nb_inplace_true_divide) == 256);
    assert!(offset_of!(PyNumberMethods, nb_index) == 264);
    assert!(offset_of!(PyNumberMethods, nb_matrix_multiply) == 272);
    assert!(offset_of!(PyNumberMethods, nb_inplace_matrix_multiply) == 280);
    assert!(size_of::<PySequenceMethods>() == 80);
    assert!(offset_of!(PySequenceMethods, sq_length) == 0);
    assert!(offset_of!(PySequenceMethods, sq_concat) == 8);
    assert!(offset_of!(PySequenceMethods, sq_repeat) == 16);
    assert!(offset_of!(PySequenceMethods, sq_item) == 24);
    assert!(offset_of!(PySequenceMethods, was_sq_slice) == 32);
    assert!(offset_of!(PySequenceMethods, sq_ass_item) == 40);
    assert!(offset_of!(PySequenceMethods, was_sq_ass_slice) == 48);
    assert!(offset_of!(PySequenceMethods, sq_contains) == 56);
    assert!(offset_of!(PySequenceMethods, sq_inplace_concat) == 64);
    assert!(offset_of!(PySequenceMethods, sq_inplace_repeat) == 72);
    assert!(size_of::<PyMappingMethods>() == 24);
    assert!(offset_of!(PyMappingMethods, mp_length) == 0);
    assert!(offset_of!(PyMappingMethods, mp_subscript) == 8);
    assert!(offset_of!(PyMappingMethods, mp_ass_subscript) == 16);
    assert!(size_of::<PyBufferProcs>() == 16);
    assert!(offset_of!(PyBufferProcs, bf_getbuffer) == 0);
    assert!(offset_of!(PyBufferProcs, bf_releasebuffer) == 8);
    assert!(size_of::<PyTypeObject>() == 416);
    assert!(offset_of!(PyTypeObject, ob_base) == 0);
    assert!(offset_of!(PyTypeObject, tp_name) == 24);
    assert!(offset_of!(PyTypeObject, tp_basicsize) == 32);
    assert!(offset_of!(PyTypeObject, tp_itemsize) == 40);
    assert!(offset_of!(PyTypeObject, tp_dealloc) == 48);
    assert!(offset_of!(PyTypeObject, tp_vectorcall_offset) == 56);
    assert!(offset_of!(PyTypeObject, tp_getattr) == 64);
    assert!(offset_of!(PyTypeObject, tp_setattr) == 72);
    assert!(offset_of!(PyTypeObject, tp_as_async) == 80);
    assert!(offset_of!(PyTypeObject, tp_repr) == 88);
    assert!(offset_of!(PyTypeObject, tp_as_number) == 96);
    assert!(offset_of!(PyTypeObject, tp_as_sequence) == 104);
    assert!(offset_of!(PyTypeObject, tp_as_mapping) == 112);
    assert!(offset_of!(PyTypeObject, tp_hash) == 120);
    assert!(offset_of!(PyTypeObject, tp_call) == 128);
    assert!(offset_of!(PyTypeObject, tp_str) == 136);
    assert!(offset_of!(PyTypeObject, tp_getattro) == 144);
    assert!(offset_of!(PyTypeObject, tp_setattro) == 152);
    assert!(offset_of!(PyTypeObject, tp_as_buffer) == 160);
    assert!(offset_of!(PyTypeObject, tp_flags) == 168);
    assert!(offset_of!(PyTypeObject, tp_doc) == 176);
    assert!(offset_of!(PyTypeObject, tp_traverse) == 184);
    assert!(offset_of!(PyTypeObject, tp_clear) == 192);
    assert!(offset_of!(PyTypeObject, tp_richcompare) == 200);
    assert!(offset_of!(PyTypeObject, tp_weaklistoffset) == 208);
    assert!(offset_of!(PyTypeObject, tp_iter) == 216);
    assert!(offset_of!(PyTypeObject, tp_iternext) == 224);
    assert!(offset_of!(PyTypeObject, tp_methods) == 232);
    assert!(offset_of!(PyTypeObject, tp_members) == 240);
    assert!(offset_of!(PyTypeObject, tp_getset) == 248);
    assert!(offset_of!(PyTypeObject, tp_base) == 256);
    assert!(offset_of!(PyTypeObject, tp_dict) == 264);
    assert!(offset_of!(PyTypeObject, tp_descr_get) == 272);
    assert!(offset_of!(PyTypeObject, tp_descr_set) == 280);
    assert!(offset_of!(PyTypeObject, tp_dictoffset) == 288);
    assert!(offset_of!(PyTypeObject, tp_init) == 296);
    assert!(offset_of!(PyTypeObject, tp_alloc) == 304);
    assert!(offset_of!(PyTypeObject, tp_new) == 312);
    assert!(offset_of!(PyTypeObject, tp_free) == 320);
    assert!(offset_of!(PyTypeObject, tp_is_gc) == 328);
    assert!(offset_of!(PyTypeObject, tp_bases) == 336);
    assert!(offset_of!(PyTypeObject, tp_mro) == 344);
    assert!(offset_of!(PyTypeObject, tp_cache) == 352);
    assert!(offset_of!(PyTypeObject, tp_subclasses) == 360);
    assert!(offset_of!(PyTypeObject, tp_weaklist) == 368);
    assert!(offset_of!(PyTypeObject, tp_del) == 376);
    assert!(offset_of!(PyTypeObject, tp_version_tag) == 384);
    assert!(offset_of!(PyTypeObject, tp_finalize) == 392);
    assert!(offset_of!(PyTypeObject, tp_vectorcall) == 400);
    assert!(offset_of!(PyTypeObject, tp_watched) == 408);
    assert!(offset_of!(PyTypeObject, tp_versions_used) == 410);
    assert!(size_of::<_specialization_cache>() == 24);
    assert!(offset_of!(_specialization_cache, getitem) == 0);
    assert!(offset_of!(_specialization_cache, getitem_version) == 8);
    assert!(offset_of!(_specialization_cache, init) == 16);
    assert!(size_of::<PyHeapTypeObject>() == 936);
    assert!(offset_of!(PyHeapTypeObject, ht_type) == 0);
    assert!(offset_of!(PyHeapTypeObject, as_async) == 416);
    assert!(offset_of!(PyHeapTypeObject, as_number) == 448);
    assert!(offset_of!(PyHeapTypeObject, as_mapping) == 736);
    assert!(offset_of!(PyHeapTypeObject, as_sequence) == 760);
    assert!(offset_of!(PyHeapTypeObject, as_buffer) == 840);
    assert!(offset_of!(PyHeapTypeObject, ht_name) == 856);
    assert!(offset_of!(PyHeapTypeObject, ht_slots) == 864);
    assert!(offset_of!(PyHeapTypeObject, ht_qualname) == 872);
    assert!(offset_of!(PyHeapTypeObject, ht_cached_keys) == 880);
    assert!(offset_of!(PyHeapTypeObject, ht_module) == 888);
    assert!(offset_of!(PyHeapTypeObject, _ht_tpname) == 896);
    assert!(offset_of!(PyHeapTypeObject, ht_token) == 904);
    assert!(offset_of!(PyHeapTypeObject, _spec_cache) == 912);
    assert!(size_of::<PyType_Slot>() == 16);
    assert!(offset_of!(PyType_Slot, slot) == 0);
    assert!(offset_of!(PyType_Slot, pfunc) == 8);
    assert!(size_of::<PyType_Spec>() == 32);
    assert!(offset_of!(PyType_Spec, name) == 0);
    assert!(offset_of!(PyType_Spec, basicsize) == 8);
    assert!(offset_of!(PyType_Spec, itemsize) == 12);
    assert!(offset_of!(PyType_Spec, flags) == 16);
    assert!(offset_of!(PyType_Spec, slots) == 24);
};

impl PyAsyncMethods {
    /// Every slot empty: what a static definition fills in with `..PyAsyncMethods::EMPTY`.
    pub const EMPTY: PyAsyncMethods = PyAsyncMethods { am_await: None, am_aiter: None, am_anext: None, am_send: None };
}

impl PyNumberMethods {
    /// Every slot empty: what a static definition fills in with `..PyNumberMethods::EMPTY`.
    pub const EMPTY: PyNumberMethods = PyNumberMethods {
        nb_add: None,
        nb_subtract: None,
        nb_multiply: None,
        nb_remainder: None,
        nb_divmod: None,
        nb_power: None,
        nb_negative: None,
        nb_positive: None,
        nb_absolute: None,
        nb_bool: None,
        nb_invert: None,
        nb_lshift: None,
        nb_rshift: None,
        nb_and: None,
        nb_xor: None,
        nb_or: None,
        nb_int: None,
        nb_reserved: std::ptr::null_mut(),
        nb_float: None,
        nb_inplace_add: None,
        nb_inplace_subtract: None,
        nb_inplace_multiply: None,
        nb_inplace_remainder: None,
        nb_inplace_power: None,
        nb_inplace_lshift: None,
        nb_inplace_rshift: None,
        nb_inplace_and: None,
        nb_inplace_xor: None,
        nb_inplace_or: None,
        nb_floor_divide: None,
        nb_true_divide: None,
        nb_inplace_floor_divide: None,
        nb_inplace_true_divide: None,
        nb_index: None,
        nb_matrix_multiply: None,
        nb_inplace_matrix_multiply: None,
    };
}

impl PySequenceMethods {
    /// Every slot empty: what a static definition fills in with `..PySequenceMethods::EMPTY`.
    pub const EMPTY: PySequenceMethods = PySequenceMethods {
        sq_length: None,
        sq_concat: None,
        sq_repeat: None,
        sq_item: None,
        was_sq_slice: std::ptr::null_mut(),
        sq_ass_item: None,
        was_sq_ass_slice: std::ptr::null_mut(),
        sq_contains: None,
        sq_inplace_concat: None,
        sq_inplace_repeat: None,
    };
}

impl PyMappingMethods {
    /// Every slot empty: what a static definition fills in with `..PyMappingMethods::EMPTY`.
    pub const EMPTY: PyMappingMethods =
        PyMappingMethods { mp_length: None, mp_subscript: None, mp_ass_subscript: None };
}

impl PyBufferProcs {
    /// Every slot empty: what a static definition fills in with `..PyBufferProcs::EMPTY`.
    pub const EMPTY: PyBufferProcs = PyBufferProcs { bf_getbuffer: None, bf_releasebuffer: None };
}

impl PyTypeObject {
    /// Every slot empty: what a static definition fills in with `..PyTypeObject::EMPTY`.
    pub const EMPTY: PyTypeObject = PyTypeObject {
        ob_base: PyVarObject::immortal(std::ptr::null_mut(), 0),
        tp_name: std::ptr::null(),
        tp_basicsize: 0,
        tp_itemsize: 0,
        tp_dealloc: None,
        tp_vectorcall_offset: 0,
        tp_getattr: None,
        tp_setattr: None,
        tp_as_async: std::ptr::null_mut(),
        tp_repr: None,
        tp_as_number: std::ptr::null_mut(),
        tp_as_sequence: std::ptr::null_mut(),
        tp_as_mapping: std::ptr::null_mut(),
        tp_hash: None,
        tp_call: None,
        tp_str: None,
        tp_getattro: None,
        tp_setattro: None,
        tp_as_buffer: std::ptr::null_mut(),
        tp_flags: 0,
        tp_doc: std::ptr::null(),
        tp_traverse: None,
        tp_clear: None,
        tp_richcompare: None,
        tp_weaklistoffset: 0,
        tp_iter: None,
        tp_iternext: None,
        tp_methods: std::ptr::null_mut(),
        tp_members: std::ptr::null_mut(),
        tp_getset: std::ptr::null_mut(),
        tp_base: std::ptr::null_mut(),
        tp_dict: std::ptr::null_mut(),
        tp_descr_get: None,
        tp_descr_set: None,
        tp_dictoffset: 0,
        tp_init: None,
        tp_alloc: None,
        tp_new: None,
        tp_free: None,
        tp_is_gc: None,
        tp_bases: std::ptr::null_mut(),
        tp_mro: std::ptr::null_mut(),
        tp_cache: std::ptr::null_mut(),
        tp_subclasses: std::ptr::null_mut(),
        tp_weaklist: std::ptr::null_mut(),
        tp_del: None,
        tp_version_tag: 0,
        tp_finalize: None,
        tp_vectorcall: None,
        tp_watched: 0,
        tp_versions_used: 0,
    };
}
