//! The two iterators over a range: one for machine integers, one for ints of any size.

use super::{add, is_zero, less, multiply, new, subtract};
use crate::abi::*;
use crate::mem::refcount;
use crate::object::slots::PyObject_SelfIter;
use crate::object::{Object, Owned, Result, above, api, lifecycle};
use crate::raise;
use crate::types::{iterobject, long, none, tuple, typeobject};

/// The iterator for machine integers, if the one behind the last fits too; else the one for ints of any size.
pub fn new_iterator(start: &Object, step: &Object, length: &Object) -> Result<Owned> {
    if let (Some(start), Some(step), Some(len)) = (long::to_i64(start), long::to_i64(step), long::to_i64(length)) {
        let end = step.checked_mul(len).and_then(|span| start.checked_add(span));
        if end.is_some() {
            let this = lifecycle::new::<RangeIter>(&raw mut PyRangeIter_Type)?;
            // SAFETY: fresh.
            unsafe {
                (*this).start = start;
                (*this).step = step;
                (*this).len = len;
                return Ok(Owned::from_raw(this.cast()));
            }
        }
    }
    let this = lifecycle::new::<LongRangeIter>(&raw mut PyLongRangeIter_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*this).start = start.to_owned().into_raw();
        (*this).step = step.to_owned().into_raw();
        (*this).len = length.to_owned().into_raw();
        Ok(Owned::from_raw(this.cast()))
    }
}

/// What an iterator is reduced to: a range of what is left.
fn reduce_rest(start: &Object, step: &Object, len: &Object) -> Result<Owned> {
    let stop = add(start, &*multiply(len, step)?)?;
    let rest = new(start.to_owned(), stop, step.to_owned())?;
    let iter = above::builtin("iter")?;
    tuple::from_slice(&[&iter, &*tuple::from_slice(&[&rest])?, none::none_ref()])
}

/// CPython's `_PyRangeIterObject`: the next int, and how many are left.
#[repr(C)]
struct RangeIter {
    ob_base: PyObject,
    start: i64,
    step: i64,
    len: i64,
}

static ITER_METHODS: [PyMethodDef; 4] = [
    PyMethodDef::noargs(c"__length_hint__", iter_length_hint, iterobject::LENGTH_HINT_DOC),
    PyMethodDef::noargs(c"__reduce__", iter_reduce, iterobject::REDUCE_DOC),
    PyMethodDef::one(c"__setstate__", iter_setstate, iterobject::SETSTATE_DOC),
    PyMethodDef::END,
];

#[unsafe(no_mangle)]
pub static mut PyRangeIter_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"range_iterator".as_ptr(),
    tp_basicsize: size_of::<RangeIter>() as isize,
    tp_dealloc: Some(iter_dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_iter: Some(PyObject_SelfIter),
    tp_iternext: Some(iter_next),
    tp_methods: table(&ITER_METHODS),
    ..PyTypeObject::EMPTY
};

unsafe extern "C" fn iter_dealloc(op: *mut PyObject) {
    // SAFETY: slot.
    unsafe { lifecycle::free(op) }
}

unsafe extern "C" fn iter_next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; what was checked at the start does not overflow.
    api(|| unsafe {
        let this = op.cast::<RangeIter>();
        if (*this).len <= 0 {
            return Ok(None);
        }
        let value = (*this).start;
        (*this).start = value.wrapping_add((*this).step);
        (*this).len -= 1;
        long::from_i64(value).map(Some)
    })
}

unsafe extern "C" fn iter_length_hint(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| long::from_i64(unsafe { (*op.cast::<RangeIter>()).len }))
}

unsafe extern "C" fn iter_reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<RangeIter>();
        reduce_rest(&*long::from_i64((*this).start)?, &*long::from_i64((*this).step)?, &*long::from_i64((*this).len)?)
    })
}

unsafe extern "C" fn iter_setstate(op: *mut PyObject, state: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<RangeIter>();
        let skip = long::as_i64(Object::from_ptr(state))?.clamp(0, (*this).len);
        (*this).start = (*this).start.wrapping_add(skip.wrapping_mul((*this).step));
        (*this).len -= skip;
        Ok(none::none())
    })
}

/// CPython's `longrangeiterobject`: the same with ints.
#[repr(C)]
struct LongRangeIter {
    ob_base: PyObject,
    start: *mut PyObject,
    step: *mut PyObject,
    len: *mut PyObject,
}

static LONG_ITER_METHODS: [PyMethodDef; 4] = [
    PyMethodDef::noargs(c"__length_hint__", long_length_hint, iterobject::LENGTH_HINT_DOC),
    PyMethodDef::noargs(c"__reduce__", long_reduce, iterobject::REDUCE_DOC),
    PyMethodDef::one(c"__setstate__", long_setstate, iterobject::SETSTATE_DOC),
    PyMethodDef::END,
];

#[unsafe(no_mangle)]
pub static mut PyLongRangeIter_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"longrange_iterator".as_ptr(),
    tp_basicsize: size_of::<LongRangeIter>() as isize,
    tp_dealloc: Some(long_dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_iter: Some(PyObject_SelfIter),
    tp_iternext: Some(long_next),
    tp_methods: table(&LONG_ITER_METHODS),
    ..PyTypeObject::EMPTY
};

unsafe extern "C" fn long_dealloc(op: *mut PyObject) {
    // SAFETY: slot.
    unsafe {
        let this = op.cast::<LongRangeIter>();
        for part in [(*this).start, (*this).step, (*this).len] {
            refcount::decref(part);
        }
        lifecycle::free(op);
    }
}

/// Moves on by `n` ints.
unsafe fn long_advance(this: *mut LongRangeIter, n: &Object) -> Result<()> {
    // SAFETY: ints; arithmetic on them runs nothing foreign.
    unsafe {
        let (start, step, len) =
            (Object::from_ptr((*this).start), Object::from_ptr((*this).step), Object::from_ptr((*this).len));
        let new_start = add(start, &*multiply(n, step)?)?;
        let new_len = subtract(len, n)?;
        refcount::decref((&raw mut (*this).start).replace(new_start.into_raw()));
        refcount::decref((&raw mut (*this).len).replace(new_len.into_raw()));
        Ok(())
    }
}

unsafe extern "C" fn long_next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<LongRangeIter>();
        let len = Object::from_ptr((*this).len);
        if is_zero(len) || long::is_negative(len) {
            return Ok(None);
        }
        let value = Object::from_ptr((*this).start).to_owned();
        long_advance(this, long::one())?;
        Ok(Some(value))
    })
}

unsafe extern "C" fn long_length_hint(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    unsafe { Object::from_ptr((*op.cast::<LongRangeIter>()).len) }.to_owned().into_raw()
}

unsafe extern "C" fn long_reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<LongRangeIter>();
        reduce_rest(Object::from_ptr((*this).start), Object::from_ptr((*this).step), Object::from_ptr((*this).len))
    })
}

unsafe extern "C" fn long_setstate(op: *mut PyObject, state: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let (this, state) = (op.cast::<LongRangeIter>(), Object::from_ptr(state));
        if !long::check(state) {
            return Err(raise!(TypeError, "state must be an int, not {:.100}", typeobject::tp_name(state.ty())));
        }
        let len = Object::from_ptr((*this).len).to_owned();
        let skip = match () {
            () if long::is_negative(state) => long::zero().to_owned(),
            () if less(&len, state)? => len,
            () => state.to_owned(),
        };
        long_advance(this, &skip)?;
        Ok(none::none())
    })
}
