//! The iterators over a list, forwards and backwards. They look at the list as it is at each step.

use super::{get, len};
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::slots::PyObject_SelfIter;
use crate::object::{Object, Owned, Result, above, api, lifecycle};
use crate::types::{iterobject, list, long, none, tuple};
use crate::{dealloc_fields, traverse_fields};
use std::ptr;

#[repr(C)]
struct ListIter {
    ob_base: PyObject,
    index: isize,
    /// NULL once the iterator is exhausted.
    list: *mut PyObject,
}

static METHODS: [PyMethodDef; 4] = [
    PyMethodDef::noargs(c"__length_hint__", length_hint, iterobject::LENGTH_HINT_DOC),
    PyMethodDef::noargs(c"__reduce__", reduce, iterobject::REDUCE_DOC),
    PyMethodDef::one(c"__setstate__", setstate, iterobject::SETSTATE_DOC),
    PyMethodDef::END,
];

const ITERATOR: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut crate::types::typeobject::PyType_Type, 0),
    tp_basicsize: size_of::<ListIter>() as isize,
    tp_dealloc: Some(dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: Some(traverse),
    tp_iter: Some(PyObject_SelfIter),
    tp_methods: table(&METHODS),
    ..PyTypeObject::EMPTY
};

#[unsafe(no_mangle)]
pub static mut PyListIter_Type: PyTypeObject =
    PyTypeObject { tp_name: c"list_iterator".as_ptr(), tp_iternext: Some(next), ..ITERATOR };

#[unsafe(no_mangle)]
pub static mut PyListRevIter_Type: PyTypeObject =
    PyTypeObject { tp_name: c"list_reverseiterator".as_ptr(), tp_iternext: Some(next_back), ..ITERATOR };

fn new(ty: *mut PyTypeObject, list: &Object, index: isize) -> Result<Owned> {
    let this = lifecycle::gc_new::<ListIter>(ty)?;
    // SAFETY: fresh.
    unsafe {
        (*this).index = index;
        (*this).list = list.to_owned().into_raw();
        gc::track(this.cast());
        Ok(Owned::from_raw(this.cast()))
    }
}

pub unsafe extern "C" fn iter_slot(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| new(&raw mut PyListIter_Type, unsafe { Object::from_ptr(op) }, 0))
}

pub fn reversed(list: &Object) -> Result<Owned> {
    new(&raw mut PyListRevIter_Type, list, len(list) as isize - 1)
}

dealloc_fields!(final dealloc, ListIter, list);

traverse_fields!(traverse, ListIter, list);

unsafe extern "C" fn next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    unsafe { step(op.cast(), 1) }
}

unsafe extern "C" fn next_back(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    unsafe { step(op.cast(), -1) }
}

#[inline(always)]
unsafe fn step(this: *mut ListIter, by: isize) -> *mut PyObject {
    // SAFETY: the iterator owns the list.
    unsafe {
        let Some(list) = Object::optional((*this).list) else { return ptr::null_mut() };
        let item = if (*this).index >= 0 { get(list, (*this).index as usize) } else { None };
        if let Some(item) = item {
            (*this).index += by;
            return item.into_raw();
        }
        (*this).index = -1;
        (*this).list = ptr::null_mut();
        refcount::decref(list.as_ptr());
        ptr::null_mut()
    }
}

fn is_reversed(op: *mut PyObject) -> bool {
    // SAFETY: slot.
    unsafe { (*op).ob_type == &raw mut PyListRevIter_Type }
}

unsafe extern "C" fn length_hint(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<ListIter>();
        let left = match Object::optional((*this).list) {
            None => 0,
            // The list has become shorter than the place.
            Some(list) if is_reversed(op) => {
                let left = (*this).index + 1;
                if (len(list) as isize) < left { 0 } else { left }
            }
            Some(list) => (len(list) as isize - (*this).index).max(0),
        };
        long::from_i64(left as i64)
    })
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        let function = above::builtin(if is_reversed(op) { "reversed" } else { "iter" })?;
        // SAFETY: slot; looking up the builtin may have run code, so the list is looked at now.
        unsafe {
            let this = op.cast::<ListIter>();
            match Object::optional((*this).list) {
                list @ Some(_) => iterobject::reduced(&function, list, (*this).index),
                None => tuple::from_slice(&[&function, &*tuple::from_slice(&[&*list::new()?])?]),
            }
        }
    })
}

unsafe extern "C" fn setstate(op: *mut PyObject, state: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<ListIter>();
        let index = long::as_isize(Object::from_ptr(state))?;
        if let Some(list) = Object::optional((*this).list) {
            let n = len(list) as isize;
            (*this).index = if is_reversed(op) { index.clamp(-1, n - 1) } else { index.clamp(0, n) };
        }
        Ok(none::none())
    })
}
