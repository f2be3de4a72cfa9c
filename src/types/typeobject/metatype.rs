//! `type`: the static object, the life of classes, and what a class is made from: the base that decides the layout of
//! instances, and the metaclass.

use super::{
    as_object, cache, call, check, exports, has_flag, is_heap, is_subtype, names, ready, subclasses, type_attrs,
};
use crate::abi::*;
use crate::mem::{domains, gc, refcount};
use crate::object::{Object, Result, api};
use crate::raise;
use crate::types::{dict, tuple, weakref};
use std::mem::offset_of;
use std::ptr;

type O = *mut PyObject;

#[unsafe(no_mangle)]
pub static mut PyType_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut PyType_Type, 0),
    tp_name: c"type".as_ptr(),
    tp_basicsize: size_of::<PyHeapTypeObject>() as isize,
    tp_itemsize: size_of::<PyMemberDef>() as isize,
    tp_dealloc: Some(dealloc),
    tp_vectorcall_offset: offset_of!(PyTypeObject, tp_vectorcall) as isize,
    tp_repr: Some(repr),
    tp_as_number: suite(&type_attrs::NUMBER),
    tp_call: Some(call::type_call),
    tp_getattro: Some(super::attribute::type_getattro),
    tp_setattro: Some(super::attribute::type_setattro),
    tp_flags: Py_TPFLAGS_DEFAULT
        | Py_TPFLAGS_HAVE_GC
        | Py_TPFLAGS_BASETYPE
        | Py_TPFLAGS_TYPE_SUBCLASS
        | Py_TPFLAGS_HAVE_VECTORCALL
        | Py_TPFLAGS_ITEMS_AT_END,
    tp_doc: c"type(object) -> the object's type\ntype(name, bases, dict, **kwds) -> a new type".as_ptr(),
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    tp_weaklistoffset: offset_of!(PyTypeObject, tp_weaklist) as isize,
    tp_methods: table(&type_attrs::METHODS),
    tp_members: table(&type_attrs::MEMBERS),
    tp_getset: table(&type_attrs::GETSET),
    tp_dictoffset: offset_of!(PyTypeObject, tp_dict) as isize,
    tp_init: Some(call::type_init),
    tp_alloc: Some(exports::PyType_GenericAlloc),
    tp_new: Some(call::type_new),
    tp_free: Some(exports::PyObject_GC_Del),
    tp_is_gc: Some(is_gc),
    tp_vectorcall: Some(call::type_vectorcall),
    ..PyTypeObject::EMPTY
};

unsafe extern "C" fn repr(ty: O) -> O {
    // SAFETY: slot.
    api(|| names::repr(ty.cast()))
}

/// Static types are no affair of the collector.
unsafe extern "C" fn is_gc(ty: O) -> c_int {
    c_int::from(is_heap(ty.cast()))
}

unsafe extern "C" fn traverse(op: O, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let ty = op.cast::<PyTypeObject>();
        if !is_heap(ty) {
            crate::state::fatal::fatal_error(
                "type_traverse",
                &format!("type_traverse() called on non-heap type '{}'", names::full_tp_name(ty)),
            );
        }
        let heap = op.cast::<PyHeapTypeObject>();
        let held =
            [(*ty).tp_dict, (*ty).tp_cache, (*ty).tp_mro, (*ty).tp_bases, (*ty).tp_base.cast(), (*heap).ht_module];
        for o in held {
            if !o.is_null() {
                let stop = visit.unwrap_unchecked()(o, arg);
                if stop != 0 {
                    return stop;
                }
            }
        }
        0
    }
}

/// Only what can close a cycle goes; the rest of the class stays whole for instances that are still to be destroyed.
unsafe extern "C" fn clear(op: O) -> c_int {
    // SAFETY: slot: the collector calls it for classes on the heap only.
    unsafe {
        let ty = op.cast::<PyTypeObject>();
        cache::modified(ty);
        if let Some(dict) = Object::optional((*ty).tp_dict) {
            dict::clear(dict);
        }
        refcount::clear(&raw mut (*op.cast::<PyHeapTypeObject>()).ht_module);
        refcount::clear(&raw mut (*ty).tp_mro);
    }
    0
}

unsafe extern "C" fn dealloc(op: O) {
    // SAFETY: slot: only classes on the heap die.
    unsafe {
        let ty = op.cast::<PyTypeObject>();
        let heap = op.cast::<PyHeapTypeObject>();
        gc::untrack(op);
        cache::modified(ty);
        subclasses::remove_from_bases(ty);
        weakref::clear_refs(Object::from_ptr(op));
        subclasses::drop_list(ty);
        for o in [
            (*ty).tp_base.cast(),
            (*ty).tp_dict,
            (*ty).tp_bases,
            (*ty).tp_mro,
            (*ty).tp_cache,
            (*heap).ht_name,
            (*heap).ht_qualname,
            (*heap).ht_slots,
            (*heap).ht_module,
        ] {
            refcount::xdecref(o);
        }
        domains::mem_free((*ty).tp_doc.cast_mut().cast());
        domains::mem_free((*heap)._ht_tpname.cast());
        if let Some(free) = (*(*op).ob_type).tp_free {
            free(op.cast());
        }
    }
}

/// The class nearest to `ty` whose instances have fields of their own: it decides what classes can share a subclass.
pub fn solid_base(ty: *mut PyTypeObject) -> *mut PyTypeObject {
    // SAFETY: a live class; bases are classes.
    unsafe {
        let base = (*ty).tp_base;
        let base = if base.is_null() { &raw mut super::PyBaseObject_Type } else { solid_base(base) };
        let differs = (*ty).tp_basicsize != (*base).tp_basicsize || (*ty).tp_itemsize != (*base).tp_itemsize;
        if differs { ty } else { base }
    }
}

/// Of a class's bases the one that instances are laid out as.
pub fn best_base(bases: &Object) -> Result<*mut PyTypeObject> {
    let mut best: Option<(*mut PyTypeObject, *mut PyTypeObject)> = None;
    for base in tuple::items(bases) {
        if !check(base) {
            return Err(raise!(TypeError, "bases must be types"));
        }
        let base = base.cast::<PyTypeObject>();
        ready(base)?;
        if !has_flag(base, Py_TPFLAGS_BASETYPE) {
            let name = names::cut(names::full_tp_name(base), 100);
            return Err(raise!(TypeError, "type '{name}' is not an acceptable base type"));
        }
        let candidate = solid_base(base);
        match best {
            Some((_, winner)) if is_subtype(winner, candidate) => {}
            Some((_, winner)) if !is_subtype(candidate, winner) => {
                return Err(raise!(TypeError, "multiple bases have instance lay-out conflict"));
            }
            _ => best = Some((base, candidate)),
        }
    }
    Ok(best.map_or(&raw mut super::PyBaseObject_Type, |(base, _)| base))
}

/// The most derived of the metaclass that was asked for and those of the bases.
pub fn calculate_metaclass(meta: *mut PyTypeObject, bases: &Object) -> Result<*mut PyTypeObject> {
    let mut winner = meta;
    for base in tuple::items(bases) {
        let candidate = base.ty();
        if is_subtype(winner, candidate) {
            continue;
        }
        if !is_subtype(candidate, winner) {
            return Err(raise!(
                TypeError,
                "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the \
                 metaclasses of all its bases"
            ));
        }
        winner = candidate;
    }
    Ok(winner)
}

/// A C string of our own, for `tp_doc` and `tp_name` of classes on the heap; NULL without memory.
pub fn copy_c_string(text: &[u8]) -> *mut c_char {
    let copy = domains::mem_malloc(text.len() + 1).cast::<u8>();
    if copy.is_null() {
        return ptr::null_mut();
    }
    // SAFETY: fresh, with room for the NUL.
    unsafe {
        ptr::copy_nonoverlapping(text.as_ptr(), copy, text.len());
        *copy.add(text.len()) = 0;
    }
    copy.cast()
}

/// A class as an object that is kept alive.
pub fn own(ty: *mut PyTypeObject) -> *mut PyTypeObject {
    // SAFETY: a live class.
    unsafe { as_object(ty) }.to_owned().into_raw().cast()
}

/// Points the type's suites at those that a class on the heap has with it.
///
/// # Safety
/// A fresh class.
pub unsafe fn use_own_suites(heap: *mut PyHeapTypeObject) {
    // SAFETY: the caller's word.
    unsafe {
        let ty = &raw mut (*heap).ht_type;
        (*ty).tp_as_async = &raw mut (*heap).as_async;
        (*ty).tp_as_number = &raw mut (*heap).as_number;
        (*ty).tp_as_sequence = &raw mut (*heap).as_sequence;
        (*ty).tp_as_mapping = &raw mut (*heap).as_mapping;
        (*ty).tp_as_buffer = &raw mut (*heap).as_buffer;
    }
}
