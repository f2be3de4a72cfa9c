//! Classes on the heap that the runtime makes itself, in each interpreter anew: what CPython has written in Python. A
//! static struct, which never becomes a type, is the pattern of their slots and tables.
//!
//! A start makes some of them that nobody may ever use. So the dict of such a class, as that of a static type, is made
//! when somebody first asks for it (`shared_dict`), out of the class's own tables; but it is the interpreter's, and it
//! may be changed.

use super::alloc::{subtype_clear, subtype_dealloc, subtype_traverse};
use super::instance_dict::MANAGED_WEAKREF_OFFSET;
use super::shared_dict::More;
use super::{exports, fill, metatype, ready, type_attrs};
use crate::abi::*;
use crate::mem::forever::Life;
use crate::object::{Object, Owned, Result, error};
use crate::state::fatal::fatal_error;
use crate::types::{descr, dict, unicode};
use std::ffi::CStr;
use std::ptr::NonNull;

/// The class that `pattern` describes: it gives the name, attributes and slots; memory and `__dict__` are as a `class`
/// statement makes them. Methods come with the dict (`More`). `bases` is a tuple of such classes, or of `object`.
///
/// # Safety
/// `pattern` is static and never made ready.
pub unsafe fn from_pattern(pattern: *const PyTypeObject, bases: Owned) -> Result<Owned> {
    // SAFETY: the caller's word; fresh: until it is ready only we see the class, and dropping it frees what it has.
    unsafe {
        let pattern = &*pattern;
        let base = metatype::best_base(&bases)?;
        let class = super::alloc::generic_alloc(&raw mut metatype::PyType_Type, 0)?;
        let heap = class.cast::<PyHeapTypeObject>();
        let ty = class.cast::<PyTypeObject>();
        (*ty).tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC;
        (*ty).tp_as_async = &raw mut (*heap).as_async;
        (*ty).tp_as_number = &raw mut (*heap).as_number;
        (*ty).tp_as_sequence = &raw mut (*heap).as_sequence;
        (*ty).tp_as_mapping = &raw mut (*heap).as_mapping;
        (*ty).tp_as_buffer = &raw mut (*heap).as_buffer;
        (*ty).tp_bases = bases.into_raw();
        (*ty).tp_base = metatype::own(base);
        (*heap).ht_name = descr::intern_c_name(pattern.tp_name, Life::Counted)?.into_raw();
        (*heap).ht_qualname = Object::from_ptr((*heap).ht_name).to_owned().into_raw();
        (*heap)._ht_tpname = metatype::copy_c_string(CStr::from_ptr(pattern.tp_name).to_bytes());
        (*ty).tp_name = (*heap)._ht_tpname;
        if (*ty).tp_name.is_null() {
            return Err(error::no_memory());
        }
        (*ty).tp_basicsize = (*base).tp_basicsize;
        (*ty).tp_getset = pattern.tp_getset;
        if (*base).tp_dictoffset == 0 {
            (*ty).tp_flags |= Py_TPFLAGS_MANAGED_DICT | Py_TPFLAGS_MANAGED_WEAKREF;
            (*ty).tp_dictoffset = -1;
            (*ty).tp_weaklistoffset = MANAGED_WEAKREF_OFFSET;
            if pattern.tp_getset.is_null() {
                (*ty).tp_getset = type_attrs::instance_getset(true, true);
            }
        }
        (*ty).tp_init = pattern.tp_init;
        (*ty).tp_repr = pattern.tp_repr;
        (*ty).tp_hash = pattern.tp_hash;
        (*ty).tp_richcompare = pattern.tp_richcompare;
        (*ty).tp_iter = pattern.tp_iter;
        if let Some(suite) = NonNull::new(pattern.tp_as_sequence) {
            (*heap).as_sequence = suite.read();
        }
        if let Some(suite) = NonNull::new(pattern.tp_as_mapping) {
            (*heap).as_mapping = suite.read();
        }
        (*ty).tp_dealloc = Some(subtype_dealloc);
        (*ty).tp_traverse = Some(subtype_traverse);
        (*ty).tp_clear = Some(subtype_clear);
        (*ty).tp_alloc = Some(exports::PyType_GenericAlloc);
        (*ty).tp_free = Some(exports::PyObject_GC_Del);
        ready::make_ready(ty, true)?;
        Ok(class)
    }
}

/// The dict of such a class, filled and put into its place. Without memory there is no way on: the class was promised.
pub fn make_dict<'a>(ty: *mut PyTypeObject, more: &dyn More) -> &'a Object {
    let filled = || -> Result<Owned> {
        let pattern = more.pattern();
        // SAFETY: a ready class, whose tables end with an empty entry.
        let dict = dict::with_room(unsafe { fill::count(ty) } + fill::count_operators(pattern) + more.count())?;
        more.add(&dict)?;
        // By now the class itself has what it inherits, too.
        fill::fill(ty, pattern, &dict, Life::Counted)?;
        for name in more.inherited() {
            dict::pop(&dict, &*unicode::intern_str(name)?)?;
        }
        Ok(dict)
    };
    // What is looked up may be looked up while an exception is on its way.
    let Ok(dict) = error::aside(filled) else {
        fatal_error("type_add_methods", "no memory for the dict of a class");
    };
    // SAFETY: attached: the class is this interpreter's, and its place is empty. The class owns the dict.
    unsafe {
        debug_assert!((*ty).tp_dict.is_null());
        (*ty).tp_dict = dict.into_raw();
        Object::from_ptr((*ty).tp_dict)
    }
}

/// `__dict__` and `__weakref__`, for tables of such classes that have more attributes.
pub const DICT: PyGetSetDef = type_attrs::DICT;
pub const WEAKREF: PyGetSetDef = type_attrs::WEAKREF;
