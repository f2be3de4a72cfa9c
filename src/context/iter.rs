//! What `keys()`, `values()`, `items()` and iteration over a context, or over its map, give: iterators that know how
//! long the map was.

use super::hamt::{Hamt, Walk};
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::slots::{PyObject_GenericGetAttr, PyObject_SelfIter};
use crate::object::{Object, Owned, Result, lifecycle};
use crate::types::{tuple, typeobject};
use std::ptr;

#[repr(C)]
struct Iter {
    head: PyObject,
    /// Ours, so it does not change.
    map: *mut Hamt,
    walk: Walk,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Keys,
    Values,
    Items,
}

static MAPPING: PyMappingMethods = PyMappingMethods { mp_length: Some(length), ..PyMappingMethods::EMPTY };

const BASE: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_basicsize: size_of::<Iter>() as isize,
    tp_dealloc: Some(dealloc),
    tp_as_mapping: suite(&MAPPING),
    tp_getattro: Some(PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    tp_iter: Some(PyObject_SelfIter),
    tp_iternext: Some(next),
    ..PyTypeObject::EMPTY
};

pub static mut _PyHamtKeys_Type: PyTypeObject = PyTypeObject { tp_name: c"keys".as_ptr(), ..BASE };
pub static mut _PyHamtValues_Type: PyTypeObject = PyTypeObject { tp_name: c"values".as_ptr(), ..BASE };
pub static mut _PyHamtItems_Type: PyTypeObject = PyTypeObject { tp_name: c"items".as_ptr(), ..BASE };

/// Of a trie that the iterator keeps.
///
/// # Safety
/// `map` is a trie.
pub(super) unsafe fn new(map: Owned, kind: Kind) -> Result<Owned> {
    let ty = match kind {
        Kind::Keys => &raw mut _PyHamtKeys_Type,
        Kind::Values => &raw mut _PyHamtValues_Type,
        Kind::Items => &raw mut _PyHamtItems_Type,
    };
    // SAFETY: the caller's word; fresh.
    unsafe {
        let iter = lifecycle::gc_new::<Iter>(ty)?;
        (&raw mut (*iter).walk).write(Walk::new(map.cast()));
        (*iter).map = map.into_raw().cast();
        gc::track(iter.cast());
        Ok(Owned::from_raw(iter.cast()))
    }
}

unsafe extern "C" fn next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; layout. NULL without an error is the end.
    unsafe {
        let iter = op.cast::<Iter>();
        if (*iter).map.is_null() {
            return ptr::null_mut();
        }
        let Some((key, value)) = (*iter).walk.next() else {
            return ptr::null_mut();
        };
        let (key, value) = (Object::from_ptr(key), Object::from_ptr(value));
        let ty = (*op).ob_type;
        if ty == &raw mut _PyHamtKeys_Type {
            key.to_owned().into_raw()
        } else if ty == &raw mut _PyHamtValues_Type {
            value.to_owned().into_raw()
        } else {
            tuple::from_slice(&[key, value]).map_or(ptr::null_mut(), Owned::into_raw)
        }
    }
}

unsafe extern "C" fn length(op: *mut PyObject) -> Py_ssize_t {
    // SAFETY: slot; layout.
    unsafe {
        let map = (*op.cast::<Iter>()).map;
        if map.is_null() { 0 } else { (*map).count }
    }
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; layout.
    unsafe {
        gc::untrack(op);
        clear(op);
        lifecycle::gc_free(op);
    }
}

crate::traverse_fields!(traverse, Iter, map);

unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot; layout.
    unsafe { refcount::clear((&raw mut (*op.cast::<Iter>()).map).cast()) };
    0
}
