//! The iterator over a bytes object.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::slots::PyObject_SelfIter;
use crate::object::{Object, Owned, above, api, lifecycle};
use crate::traverse_fields;
use crate::types::{bytes, iterobject, long, none};
use std::ptr;

#[repr(C)]
struct BytesIter {
    ob_base: PyObject,
    index: isize,
    /// NULL once the iterator is exhausted.
    bytes: *mut PyObject,
}

#[unsafe(no_mangle)]
pub static mut PyBytesIter_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut crate::types::typeobject::PyType_Type, 0),
    tp_name: c"bytes_iterator".as_ptr(),
    tp_basicsize: size_of::<BytesIter>() as isize,
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
    api(|| {
        let this = lifecycle::gc_new::<BytesIter>(&raw mut PyBytesIter_Type)?;
        // SAFETY: slot, fresh.
        unsafe {
            (*this).index = 0;
            (*this).bytes = Object::from_ptr(op).to_owned().into_raw();
            gc::track(this.cast());
            Ok(Owned::from_raw(this.cast()))
        }
    })
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot.
    unsafe {
        gc::untrack(op);
        refcount::xdecref((*op.cast::<BytesIter>()).bytes);
        lifecycle::gc_free(op);
    }
}

traverse_fields!(traverse, BytesIter, bytes);

unsafe extern "C" fn next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; the bytes are alive.
    unsafe {
        let this = op.cast::<BytesIter>();
        let Some(bytes) = Object::optional((*this).bytes) else { return ptr::null_mut() };
        if let Some(byte) = bytes::as_slice(bytes).get((*this).index as usize) {
            (*this).index += 1;
            return api(|| long::from_i64(i64::from(*byte)));
        }
        (*this).bytes = ptr::null_mut();
        refcount::decref(bytes.as_ptr());
        ptr::null_mut()
    }
}

unsafe extern "C" fn length_hint(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<BytesIter>();
        let left = Object::optional((*this).bytes).map_or(0, |bytes| bytes::len(bytes) as isize - (*this).index);
        long::from_i64(left as i64)
    })
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        let iter = above::builtin("iter")?;
        // SAFETY: slot; looking up the builtin may have run code, so the bytes are looked at now.
        unsafe {
            let this = op.cast::<BytesIter>();
            iterobject::reduced(&iter, Object::optional((*this).bytes), (*this).index)
        }
    })
}

unsafe extern "C" fn setstate(op: *mut PyObject, state: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<BytesIter>();
        let index = long::as_isize(Object::from_ptr(state))?;
        if let Some(bytes) = Object::optional((*this).bytes) {
            (*this).index = index.clamp(0, bytes::len(bytes) as isize);
        }
        Ok(none::none())
    })
}
