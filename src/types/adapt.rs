//! Safe functions as slots of static types: `nb_add: adapt::binary(add)` where `add` is a plain
//! `fn(&Object, &Object) -> Result`. (`object::native` is for methods and getters, and for the slots of specs, which
//! have no types.)
//!
//! A function item has a type of its own and no size, so each adapter is a C function made for just that item, and the
//! address in the table is a constant.

use crate::abi::*;
use crate::object::{Object, Result, api};
use std::ptr::NonNull;

/// The value of a function item's type.
#[inline(always)]
fn item<F: Copy>() -> F {
    const { assert!(size_of::<F>() == 0) };
    // SAFETY: it has no bytes to read, and the adapter was made from a value of it.
    unsafe { NonNull::<F>::dangling().read() }
}

/// `repr`, `neg`, `__index__` and the like.
pub const fn unary<F: Fn(&Object) -> Result + Copy>(_: F) -> unaryfunc {
    unsafe extern "C" fn slot<F: Fn(&Object) -> Result + Copy>(op: *mut PyObject) -> *mut PyObject {
        // SAFETY: slot.
        api(|| item::<F>()(unsafe { Object::from_ptr(op) }))
    }
    Some(slot::<F>)
}

pub const fn binary<F: Fn(&Object, &Object) -> Result + Copy>(_: F) -> binaryfunc {
    unsafe extern "C" fn slot<F: Fn(&Object, &Object) -> Result + Copy>(
        a: *mut PyObject,
        b: *mut PyObject,
    ) -> *mut PyObject {
        // SAFETY: slot.
        api(|| unsafe { item::<F>()(Object::from_ptr(a), Object::from_ptr(b)) })
    }
    Some(slot::<F>)
}

/// `nb_power`: the third operand is `None` if there is none.
pub const fn ternary<F: Fn(&Object, &Object, &Object) -> Result + Copy>(_: F) -> ternaryfunc {
    unsafe extern "C" fn slot<F: Fn(&Object, &Object, &Object) -> Result + Copy>(
        a: *mut PyObject,
        b: *mut PyObject,
        c: *mut PyObject,
    ) -> *mut PyObject {
        // SAFETY: slot.
        api(|| unsafe { item::<F>()(Object::from_ptr(a), Object::from_ptr(b), Object::from_ptr(c)) })
    }
    Some(slot::<F>)
}

pub const fn inquiry<F: Fn(&Object) -> bool + Copy>(_: F) -> inquiry {
    unsafe extern "C" fn slot<F: Fn(&Object) -> bool + Copy>(op: *mut PyObject) -> c_int {
        // SAFETY: slot.
        item::<F>()(unsafe { Object::from_ptr(op) }) as c_int
    }
    Some(slot::<F>)
}

pub const fn hash<F: Fn(&Object) -> isize + Copy>(_: F) -> hashfunc {
    unsafe extern "C" fn slot<F: Fn(&Object) -> isize + Copy>(op: *mut PyObject) -> Py_hash_t {
        // SAFETY: slot.
        item::<F>()(unsafe { Object::from_ptr(op) })
    }
    Some(slot::<F>)
}

pub const fn richcompare<F: Fn(&Object, &Object, c_int) -> Result + Copy>(_: F) -> richcmpfunc {
    unsafe extern "C" fn slot<F: Fn(&Object, &Object, c_int) -> Result + Copy>(
        a: *mut PyObject,
        b: *mut PyObject,
        op: c_int,
    ) -> *mut PyObject {
        // SAFETY: slot.
        api(|| unsafe { item::<F>()(Object::from_ptr(a), Object::from_ptr(b), op) })
    }
    Some(slot::<F>)
}

/// `tp_new`: the class, the positional arguments as a tuple, the keywords as a dict.
pub const fn new<F: Fn(*mut PyTypeObject, &Object, Option<&Object>) -> Result + Copy>(_: F) -> newfunc {
    unsafe extern "C" fn slot<F: Fn(*mut PyTypeObject, &Object, Option<&Object>) -> Result + Copy>(
        ty: *mut PyTypeObject,
        args: *mut PyObject,
        kwargs: *mut PyObject,
    ) -> *mut PyObject {
        // SAFETY: slot.
        api(|| unsafe { item::<F>()(ty, Object::from_ptr(args), Object::optional(kwargs)) })
    }
    Some(slot::<F>)
}
