//! The iterator over a set.

use super::{len, next as next_key};
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::slots::PyObject_SelfIter;
use crate::object::{Object, Owned, Result, above, api, lifecycle};
use crate::raise;
use crate::types::{iterobject, list, long, tuple};
use crate::{dealloc_fields, traverse_fields};
use std::ptr;

#[repr(C)]
struct SetIter {
    ob_base: PyObject,
    /// NULL once the iterator is exhausted.
    set: *mut PyObject,
    /// The set's size at the start; -1 once it was seen to change.
    used: isize,
    pos: isize,
    left: isize,
}

#[unsafe(no_mangle)]
pub static mut PySetIter_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut crate::types::typeobject::PyType_Type, 0),
    tp_name: c"set_iterator".as_ptr(),
    tp_basicsize: size_of::<SetIter>() as isize,
    tp_dealloc: Some(dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: Some(traverse),
    tp_iter: Some(PyObject_SelfIter),
    tp_iternext: Some(next),
    tp_methods: table(&METHODS),
    ..PyTypeObject::EMPTY
};

static METHODS: [PyMethodDef; 3] = [
    PyMethodDef::noargs(c"__length_hint__", length_hint, iterobject::LENGTH_HINT_DOC),
    PyMethodDef::noargs(c"__reduce__", reduce, iterobject::REDUCE_DOC),
    PyMethodDef::END,
];

pub unsafe extern "C" fn iter_slot(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| new(unsafe { Object::from_ptr(op) }))
}

fn new(set: &Object) -> Result<Owned> {
    let this = lifecycle::gc_new::<SetIter>(&raw mut PySetIter_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*this).set = set.to_owned().into_raw();
        (*this).used = len(set);
        (*this).pos = 0;
        (*this).left = len(set);
        gc::track(this.cast());
        Ok(Owned::from_raw(this.cast()))
    }
}

dealloc_fields!(final dealloc, SetIter, set);

traverse_fields!(traverse, SetIter, set);

unsafe extern "C" fn next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot: the set is alive while the iterator has it. What ends the iteration is left to `step`.
    unsafe {
        let this = op.cast::<SetIter>();
        if let Some(set) = Object::optional((*this).set)
            && (*this).used == len(set)
            && let Some((key, _)) = next_key(set, &mut (*this).pos)
        {
            (*this).left -= 1;
            return key.to_owned().into_raw();
        }
        last_step(this)
    }
}

#[cold]
#[inline(never)]
unsafe fn last_step(this: *mut SetIter) -> *mut PyObject {
    // SAFETY: the caller's word.
    api(|| unsafe { step(this) })
}

unsafe fn step(this: *mut SetIter) -> Result<Option<Owned>> {
    // SAFETY: the iterator owns the set.
    unsafe {
        let Some(set) = Object::optional((*this).set) else { return Ok(None) };
        if (*this).used != len(set) {
            (*this).used = -1;
            return Err(raise!(RuntimeError, "Set changed size during iteration"));
        }
        if let Some((key, _)) = next_key(set, &mut (*this).pos) {
            (*this).left -= 1;
            return Ok(Some(key.to_owned()));
        }
        (*this).left = 0;
        (*this).set = ptr::null_mut();
        refcount::decref(set.as_ptr());
        Ok(None)
    }
}

unsafe extern "C" fn length_hint(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<SetIter>();
        let left = match Object::optional((*this).set) {
            Some(set) if (*this).used == len(set) => (*this).left,
            _ => 0,
        };
        long::from_i64(left as i64)
    })
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; a copy of the iterator is walked, so that the iterator itself stays where it is.
    api(|| unsafe {
        let this = op.cast::<SetIter>();
        let rest = list::new()?;
        if let Some(set) = Object::optional((*this).set) {
            let copy = new(set)?;
            let other = copy.cast::<SetIter>();
            (*other).used = (*this).used;
            (*other).pos = (*this).pos;
            (*other).left = (*this).left;
            while let Some(key) = step(other)? {
                list::push(&rest, key)?;
            }
        }
        let iter = above::builtin("iter")?;
        tuple::from_slice(&[&iter, &*tuple::from_slice(&[&rest])?])
    })
}
