//! The iterator over a bytearray, which may change meanwhile.

use super::as_slice;
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::slots::PyObject_SelfIter;
use crate::object::{Object, Owned, above, api, lifecycle};
use crate::traverse_fields;
use crate::types::{iterobject, long, none};
use std::ptr;

#[repr(C)]
struct ByteArrayIter {
    ob_base: PyObject,
    /// -1 once the iterator is exhausted.
    index: isize,
    array: *mut PyObject,
}

#[unsafe(no_mangle)]
pub static mut PyByteArrayIter_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut crate::types::typeobject::PyType_Type, 0),
    tp_name: c"bytearray_iterator".as_ptr(),
    tp_basicsize: size_of::<ByteArrayIter>() as isize,
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
        let this = lifecycle::gc_new::<ByteArrayIter>(&raw mut PyByteArrayIter_Type)?;
        // SAFETY: slot, fresh.
        unsafe {
            (*this).index = 0;
            (*this).array = Object::from_ptr(op).to_owned().into_raw();
            gc::track(this.cast());
            Ok(Owned::from_raw(this.cast()))
        }
    })
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot.
    unsafe {
        gc::untrack(op);
        refcount::xdecref((*op.cast::<ByteArrayIter>()).array);
        lifecycle::gc_free(op);
    }
}

traverse_fields!(traverse, ByteArrayIter, array);

unsafe extern "C" fn next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; the array is alive until the iterator is exhausted.
    unsafe {
        let this = op.cast::<ByteArrayIter>();
        let Some(array) = Object::optional((*this).array).filter(|_| (*this).index >= 0) else {
            return ptr::null_mut();
        };
        if let Some(byte) = as_slice(array).get((*this).index as usize) {
            (*this).index += 1;
            return api(|| long::from_i64(i64::from(*byte)));
        }
        (*this).index = -1;
        refcount::clear(&raw mut (*this).array);
        ptr::null_mut()
    }
}

unsafe extern "C" fn length_hint(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<ByteArrayIter>();
        let left = match Object::optional((*this).array) {
            Some(array) if (*this).index >= 0 => (super::len(array) as isize - (*this).index).max(0),
            _ => 0,
        };
        long::from_i64(left as i64)
    })
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        let iter = above::builtin("iter")?;
        // SAFETY: slot; looking up the builtin may have run code, so the fields are looked at now.
        unsafe {
            let this = op.cast::<ByteArrayIter>();
            iterobject::reduced(&iter, Object::optional((*this).array).filter(|_| (*this).index >= 0), (*this).index)
        }
    })
}

unsafe extern "C" fn setstate(op: *mut PyObject, state: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<ByteArrayIter>();
        let index = long::as_isize(Object::from_ptr(state))?;
        if let Some(array) = Object::optional((*this).array)
            && (*this).index >= 0
        {
            (*this).index = index.clamp(-1, super::len(array) as isize);
        }
        Ok(none::none())
    })
}
