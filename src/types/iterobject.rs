//! What all iterators share, and two of them: over a sequence by index, and over the results of a callable.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::slots::PyObject_SelfIter;
use crate::object::{Object, Owned, Result, above, api, error, lifecycle};
use crate::raise;
use crate::types::{exceptions, long, none, tuple};
use crate::{dealloc_fields, traverse_fields};
use std::ffi::CStr;

pub const LENGTH_HINT_DOC: &CStr = c"__length_hint__($self, /)\n--\n\nAbout how many items are left.";
pub const REDUCE_DOC: &CStr = c"__reduce__($self, /)\n--\n\nWhat the object is pickled as.";
pub const SETSTATE_DOC: &CStr = c"__setstate__($self, object, /)\n--\n\nPut back what __reduce__ gave.";

/// What `__reduce__` of an iterator over `seq` gives: `(callable, (seq,), index)`, or `(callable, ((),))` when it is
/// exhausted.
pub fn reduced(callable: &Object, seq: Option<&Object>, index: isize) -> Result<Owned> {
    match seq {
        Some(seq) => tuple::from_slice(&[callable, &*tuple::from_slice(&[seq])?, &*long::from_i64(index as i64)?]),
        None => tuple::from_slice(&[callable, &*tuple::from_slice(&[tuple::empty_ref()])?]),
    }
}

/// CPython's `seqiterobject`.
#[repr(C)]
struct SeqIter {
    ob_base: PyObject,
    index: isize,
    /// NULL once the iterator is exhausted.
    seq: *mut PyObject,
}

static SEQ_METHODS: [PyMethodDef; 4] = [
    PyMethodDef::noargs(c"__length_hint__", seq_length_hint, LENGTH_HINT_DOC),
    PyMethodDef::noargs(c"__reduce__", seq_reduce, REDUCE_DOC),
    PyMethodDef::one(c"__setstate__", seq_setstate, SETSTATE_DOC),
    PyMethodDef::END,
];

#[unsafe(no_mangle)]
pub static mut PySeqIter_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"iterator".as_ptr(),
    tp_basicsize: size_of::<SeqIter>() as isize,
    tp_dealloc: Some(seq_dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: Some(seq_traverse),
    tp_iter: Some(PyObject_SelfIter),
    tp_iternext: Some(seq_next),
    tp_methods: table(&SEQ_METHODS),
    ..PyTypeObject::EMPTY
};

/// An iterator over `seq[0]`, `seq[1]`, ... up to the first `IndexError` (`PySeqIter_New`).
pub fn new_sequence_iterator(seq: &Object) -> Result<Owned> {
    let this = lifecycle::gc_new::<SeqIter>(&raw mut PySeqIter_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*this).index = 0;
        (*this).seq = seq.to_owned().into_raw();
        gc::track(this.cast());
        Ok(Owned::from_raw(this.cast()))
    }
}

dealloc_fields!(final seq_dealloc, SeqIter, seq);

traverse_fields!(seq_traverse, SeqIter, seq);

unsafe extern "C" fn seq_next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; the sequence is owned while it is asked.
    api(|| unsafe {
        let this = op.cast::<SeqIter>();
        let Some(seq) = Object::optional((*this).seq) else { return Ok(None) };
        let seq = seq.to_owned();
        if (*this).index == isize::MAX {
            return Err(raise!(OverflowError, "iter index too large"));
        }
        match crate::object::sequence::item(&seq, (*this).index) {
            Ok(item) => {
                (*this).index += 1;
                Ok(Some(item))
            }
            Err(raised) => {
                if !error::matches(&raw mut exceptions::IndexError)
                    && !error::matches(&raw mut exceptions::StopIteration)
                {
                    return Err(raised);
                }
                error::clear();
                refcount::clear(&raw mut (*this).seq);
                Ok(None)
            }
        }
    })
}

unsafe extern "C" fn seq_length_hint(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<SeqIter>();
        let Some(seq) = Object::optional((*this).seq) else { return long::from_i64(0) };
        // No __len__, no hint.
        if seq.lookup_special(crate::name!(__len__))?.is_none() {
            return Ok(none::not_implemented());
        }
        let left = seq.to_owned().size()? - (*this).index;
        long::from_i64(left.max(0) as i64)
    })
}

unsafe extern "C" fn seq_reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        let iter = above::builtin("iter")?;
        // SAFETY: slot; looking up the builtin may have run code, so the sequence is looked at now.
        unsafe {
            let this = op.cast::<SeqIter>();
            reduced(&iter, Object::optional((*this).seq), (*this).index)
        }
    })
}

unsafe extern "C" fn seq_setstate(op: *mut PyObject, state: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<SeqIter>();
        let index = long::as_isize(Object::from_ptr(state))?;
        if !(*this).seq.is_null() {
            (*this).index = index.max(0);
        }
        Ok(none::none())
    })
}

/// CPython's `calliterobject`.
#[repr(C)]
struct CallIter {
    ob_base: PyObject,
    /// Both NULL once the iterator is exhausted.
    callable: *mut PyObject,
    sentinel: *mut PyObject,
}

static CALL_METHODS: [PyMethodDef; 2] = [PyMethodDef::noargs(c"__reduce__", call_reduce, REDUCE_DOC), PyMethodDef::END];

#[unsafe(no_mangle)]
pub static mut PyCallIter_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"callable_iterator".as_ptr(),
    tp_basicsize: size_of::<CallIter>() as isize,
    tp_dealloc: Some(call_dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: Some(call_traverse),
    tp_iter: Some(PyObject_SelfIter),
    tp_iternext: Some(call_next),
    tp_methods: table(&CALL_METHODS),
    ..PyTypeObject::EMPTY
};

/// An iterator over the results of `callable()` up to one that equals `sentinel` (`PyCallIter_New`).
pub fn new_call_iterator(callable: &Object, sentinel: &Object) -> Result<Owned> {
    let this = lifecycle::gc_new::<CallIter>(&raw mut PyCallIter_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*this).callable = callable.to_owned().into_raw();
        (*this).sentinel = sentinel.to_owned().into_raw();
        gc::track(this.cast());
        Ok(Owned::from_raw(this.cast()))
    }
}

unsafe fn call_finish(this: *mut CallIter) {
    // SAFETY: the iterator's own references.
    unsafe {
        refcount::clear(&raw mut (*this).callable);
        refcount::clear(&raw mut (*this).sentinel);
    }
}

unsafe extern "C" fn call_dealloc(op: *mut PyObject) {
    // SAFETY: slot.
    unsafe {
        gc::untrack(op);
        call_finish(op.cast());
        lifecycle::gc_free(op);
    }
}

traverse_fields!(call_traverse, CallIter, callable, sentinel);

unsafe extern "C" fn call_next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; the call may exhaust the iterator itself.
    api(|| unsafe {
        let this = op.cast::<CallIter>();
        let Some(callable) = Object::optional((*this).callable) else { return Ok(None) };
        let result = match callable.to_owned().call(&[]) {
            Ok(result) => result,
            Err(raised) => {
                error::ignore(raised, &raw mut exceptions::StopIteration)?;
                call_finish(this);
                return Ok(None);
            }
        };
        let Some(sentinel) = Object::optional((*this).sentinel) else { return Ok(None) };
        if !sentinel.to_owned().equals(&result)? {
            return Ok(Some(result));
        }
        call_finish(this);
        Ok(None)
    })
}

unsafe extern "C" fn call_reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        let iter = above::builtin("iter")?;
        // SAFETY: slot; looking up the builtin may have run code, so the fields are looked at now.
        unsafe {
            let this = op.cast::<CallIter>();
            match (Object::optional((*this).callable), Object::optional((*this).sentinel)) {
                (Some(callable), Some(sentinel)) => {
                    tuple::from_slice(&[&iter, &*tuple::from_slice(&[callable, sentinel])?])
                }
                _ => reduced(&iter, None, 0),
            }
        }
    })
}
