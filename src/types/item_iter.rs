//! The iterators over tuples, bytes and bytearrays: the sequence and the place of the next item. At the end the
//! sequence is given up, and a sequence that grows later brings no more items.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::slots::PyObject_SelfIter;
use crate::object::{Object, Owned, Result, above, api, lifecycle};
use crate::types::{bytearray, bytes, iterobject, long, none, tuple, typeobject};
use crate::{dealloc_fields, traverse_fields};
use std::ffi::CStr;
use std::ptr;

/// CPython's `_PyTupleIterObject` and `striterobject`; the one over bytearrays looks the same.
#[repr(C)]
struct ItemIter {
    ob_base: PyObject,
    index: isize,
    /// NULL once the iterator is exhausted.
    seq: *mut PyObject,
}

/// A kind of sequence.
pub trait Items {
    /// The lowest index that `__setstate__` takes. At -1 the iterator is exhausted.
    const FIRST: isize = 0;
    fn ty() -> *mut PyTypeObject;
    fn len(seq: &Object) -> usize;
    fn item(seq: &Object, i: usize) -> Option<Result<Owned>>;
}

pub struct Tuple;
pub struct Bytes;
pub struct ByteArray;

impl Items for Tuple {
    fn ty() -> *mut PyTypeObject {
        &raw mut PyTupleIter_Type
    }
    #[inline(always)]
    fn len(seq: &Object) -> usize {
        tuple::len(seq)
    }
    #[inline(always)]
    fn item(seq: &Object, i: usize) -> Option<Result<Owned>> {
        tuple::items(seq).get(i).map(|item| Ok(Object::to_owned(item)))
    }
}

impl Items for Bytes {
    fn ty() -> *mut PyTypeObject {
        &raw mut PyBytesIter_Type
    }
    #[inline(always)]
    fn len(seq: &Object) -> usize {
        bytes::len(seq)
    }
    #[inline(always)]
    fn item(seq: &Object, i: usize) -> Option<Result<Owned>> {
        bytes::as_slice(seq).get(i).map(|byte| long::from_i64(i64::from(*byte)))
    }
}

impl Items for ByteArray {
    const FIRST: isize = -1;
    fn ty() -> *mut PyTypeObject {
        &raw mut PyByteArrayIter_Type
    }
    #[inline(always)]
    fn len(seq: &Object) -> usize {
        bytearray::len(seq)
    }
    #[inline(always)]
    fn item(seq: &Object, i: usize) -> Option<Result<Owned>> {
        bytearray::as_slice(seq).get(i).map(|byte| long::from_i64(i64::from(*byte)))
    }
}

const fn iterator_type<K: Items>(name: &'static CStr, methods: *mut PyMethodDef) -> PyTypeObject {
    PyTypeObject {
        ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
        tp_name: name.as_ptr(),
        tp_basicsize: size_of::<ItemIter>() as isize,
        tp_dealloc: Some(dealloc),
        tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
        tp_traverse: Some(traverse),
        tp_iter: Some(PyObject_SelfIter),
        tp_iternext: Some(next::<K>),
        tp_methods: methods,
        ..PyTypeObject::EMPTY
    }
}

const fn methods<K: Items>() -> [PyMethodDef; 4] {
    [
        PyMethodDef::noargs(c"__length_hint__", length_hint::<K>, iterobject::LENGTH_HINT_DOC),
        PyMethodDef::noargs(c"__reduce__", reduce, iterobject::REDUCE_DOC),
        PyMethodDef::one(c"__setstate__", setstate::<K>, iterobject::SETSTATE_DOC),
        PyMethodDef::END,
    ]
}

static TUPLE_METHODS: [PyMethodDef; 4] = methods::<Tuple>();
static BYTES_METHODS: [PyMethodDef; 4] = methods::<Bytes>();
static BYTEARRAY_METHODS: [PyMethodDef; 4] = methods::<ByteArray>();

#[unsafe(no_mangle)]
pub static mut PyTupleIter_Type: PyTypeObject = iterator_type::<Tuple>(c"tuple_iterator", table(&TUPLE_METHODS));

#[unsafe(no_mangle)]
pub static mut PyBytesIter_Type: PyTypeObject = iterator_type::<Bytes>(c"bytes_iterator", table(&BYTES_METHODS));

#[unsafe(no_mangle)]
pub static mut PyByteArrayIter_Type: PyTypeObject =
    iterator_type::<ByteArray>(c"bytearray_iterator", table(&BYTEARRAY_METHODS));

/// `tp_iter` of the sequence.
pub unsafe extern "C" fn iter_slot<K: Items>(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        let this = lifecycle::gc_new::<ItemIter>(K::ty())?;
        // SAFETY: slot, fresh.
        unsafe {
            (*this).index = 0;
            (*this).seq = Object::from_ptr(op).to_owned().into_raw();
            gc::track(this.cast());
            Ok(Owned::from_raw(this.cast()))
        }
    })
}

dealloc_fields!(final dealloc, ItemIter, seq);

traverse_fields!(traverse, ItemIter, seq);

unsafe extern "C" fn next<K: Items>(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; the sequence is alive.
    unsafe {
        let this = op.cast::<ItemIter>();
        let Some(seq) = Object::optional((*this).seq) else { return ptr::null_mut() };
        // Below zero there is no item either: the number is far too large.
        if let Some(item) = K::item(seq, (*this).index as usize) {
            (*this).index += 1;
            return api(|| item);
        }
        (*this).seq = ptr::null_mut();
        refcount::decref(seq.as_ptr());
        ptr::null_mut()
    }
}

/// The sequence, unless the iterator is exhausted, and the next item's place.
unsafe fn state<'a>(op: *mut PyObject) -> (Option<&'a Object>, isize) {
    // SAFETY: slot.
    unsafe {
        let this = op.cast::<ItemIter>();
        (Object::optional((*this).seq).filter(|_| (*this).index >= 0), (*this).index)
    }
}

unsafe extern "C" fn length_hint<K: Items>(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let (seq, index) = unsafe { state(op) };
    api(|| long::from_i64(seq.map_or(0, |seq| (K::len(seq) as isize - index).max(0)) as i64))
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        let iter = above::builtin("iter")?;
        // SAFETY: slot; looking up the builtin may have run code, so the fields are looked at now.
        let (seq, index) = unsafe { state(op) };
        iterobject::reduced(&iter, seq, index)
    })
}

unsafe extern "C" fn setstate<K: Items>(op: *mut PyObject, index: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let index = long::as_isize(Object::from_ptr(index))?;
        if let (Some(seq), _) = state(op) {
            (*op.cast::<ItemIter>()).index = index.clamp(K::FIRST, K::len(seq) as isize);
        }
        Ok(none::none())
    })
}
