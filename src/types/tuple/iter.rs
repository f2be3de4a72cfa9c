//! The iterator over a tuple.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::slots::PyObject_SelfIter;
use crate::object::{Object, Owned, Result, above, api, lifecycle};
use crate::traverse_fields;
use crate::types::{iterobject, long, none, tuple};
use std::ptr;

#[repr(C)]
struct TupleIter {
    ob_base: PyObject,
    index: isize,
    /// NULL once the iterator is exhausted.
    tuple: *mut PyObject,
}

#[unsafe(no_mangle)]
pub static mut PyTupleIter_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut crate::types::typeobject::PyType_Type, 0),
    tp_name: c"tuple_iterator".as_ptr(),
    tp_basicsize: size_of::<TupleIter>() as isize,
    tp_dealloc: Some(dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: Some(traverse),
    tp_iter: Some(PyObject_SelfIter),
    tp_iternext: Some(next),
    tp_methods: table(&METHODS),
    ..PyTypeObject::EMPTY
};

static METHODS: [PyMethodDef; 4] = [
    PyMethodDef::noargs(c"__length_hint__", length_hint, iterobject::LENGTH_HINT_DOC),
    PyMethodDef::noargs(c"__reduce__", reduce, iterobject::REDUCE_DOC),
    PyMethodDef::one(c"__setstate__", setstate, iterobject::SETSTATE_DOC),
    PyMethodDef::END,
];

pub unsafe extern "C" fn iter_slot(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| new(unsafe { Object::from_ptr(op) }))
}

fn new(tuple: &Object) -> Result<Owned> {
    let this = lifecycle::gc_new::<TupleIter>(&raw mut PyTupleIter_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*this).index = 0;
        (*this).tuple = tuple.to_owned().into_raw();
        gc::track(this.cast());
        Ok(Owned::from_raw(this.cast()))
    }
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot.
    unsafe {
        gc::untrack(op);
        refcount::xdecref((*op.cast::<TupleIter>()).tuple);
        lifecycle::gc_free(op);
    }
}

traverse_fields!(traverse, TupleIter, tuple);

unsafe extern "C" fn next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; the tuple is alive.
    unsafe {
        let this = op.cast::<TupleIter>();
        let Some(tuple) = Object::optional((*this).tuple) else { return ptr::null_mut() };
        if let Some(item) = tuple::items(tuple).get((*this).index as usize) {
            (*this).index += 1;
            return Object::to_owned(item).into_raw();
        }
        (*this).tuple = ptr::null_mut();
        refcount::decref(tuple.as_ptr());
        ptr::null_mut()
    }
}

unsafe extern "C" fn length_hint(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<TupleIter>();
        let left = Object::optional((*this).tuple).map_or(0, |tuple| tuple::len(tuple) as isize - (*this).index);
        long::from_i64(left as i64)
    })
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        let iter = above::builtin("iter")?;
        // SAFETY: slot; looking up the builtin may have run code, so the tuple is looked at now.
        unsafe {
            let this = op.cast::<TupleIter>();
            iterobject::reduced(&iter, Object::optional((*this).tuple), (*this).index)
        }
    })
}

unsafe extern "C" fn setstate(op: *mut PyObject, state: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<TupleIter>();
        let index = long::as_isize(Object::from_ptr(state))?;
        if let Some(tuple) = Object::optional((*this).tuple) {
            (*this).index = index.clamp(0, tuple::len(tuple) as isize);
        }
        Ok(none::none())
    })
}
