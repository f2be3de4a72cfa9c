//! Safe functions as slots, methods and getters: `nb_add: adapt::binary(add)` where `add` is a plain
//! `fn(&Object, &Object) -> Result`.
//!
//! A function item has a type of its own and no size, so each adapter is a C function made for just that item, and the
//! address in the table is a constant.

use crate::abi::*;
use crate::object::{Object, Result, api};
use std::ffi::CStr;
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
    Some(binary_slot::<F>)
}

unsafe extern "C" fn binary_slot<F: Fn(&Object, &Object) -> Result + Copy>(
    a: *mut PyObject,
    b: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { item::<F>()(Object::from_ptr(a), Object::from_ptr(b)) })
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

/// The arguments of a vectorcall or fast method as a slice.
///
/// # Safety
/// `args` has `n` live objects.
#[inline(always)]
pub unsafe fn slice<'a>(args: *const *mut PyObject, n: usize) -> &'a [&'a Object] {
    if n == 0 {
        return &[];
    }
    // SAFETY: the caller's word; `&Object` is one pointer.
    unsafe { std::slice::from_raw_parts(args.cast::<&Object>(), n) }
}

/// A method without arguments.
pub const fn method<F: Fn(&Object) -> Result + Copy>(name: &'static CStr, _: F, doc: &'static CStr) -> PyMethodDef {
    unsafe extern "C" fn slot<F: Fn(&Object) -> Result + Copy>(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
        // SAFETY: slot.
        api(|| item::<F>()(unsafe { Object::from_ptr(op) }))
    }
    PyMethodDef::noargs(name, slot::<F>, doc)
}

/// A method with one positional argument.
pub const fn method_one<F: Fn(&Object, &Object) -> Result + Copy>(
    name: &'static CStr,
    _: F,
    doc: &'static CStr,
) -> PyMethodDef {
    PyMethodDef::one(name, binary_slot::<F>, doc)
}

/// A method with positional arguments.
pub const fn method_fast<F: Fn(&Object, &[&Object]) -> Result + Copy>(
    name: &'static CStr,
    _: F,
    doc: &'static CStr,
) -> PyMethodDef {
    unsafe extern "C" fn slot<F: Fn(&Object, &[&Object]) -> Result + Copy>(
        op: *mut PyObject,
        args: *const *mut PyObject,
        n: Py_ssize_t,
    ) -> *mut PyObject {
        // SAFETY: slot.
        api(|| unsafe { item::<F>()(Object::from_ptr(op), slice(args, n as usize)) })
    }
    PyMethodDef::fast(name, slot::<F>, doc)
}

/// A method whose arguments a [`Signature`](crate::object::args::Signature) binds.
pub const fn method_keywords<F>(name: &'static CStr, _: F, doc: &'static CStr) -> PyMethodDef
where
    F: Fn(&Object, *const *mut PyObject, isize, *mut PyObject) -> Result + Copy,
{
    unsafe extern "C" fn slot<F: Fn(&Object, *const *mut PyObject, isize, *mut PyObject) -> Result + Copy>(
        op: *mut PyObject,
        args: *const *mut PyObject,
        n: Py_ssize_t,
        names: *mut PyObject,
    ) -> *mut PyObject {
        // SAFETY: slot.
        api(|| item::<F>()(unsafe { Object::from_ptr(op) }, args, n, names))
    }
    PyMethodDef::fast_keywords(name, slot::<F>, doc)
}

/// A read-only attribute.
pub const fn attribute<F: Fn(&Object) -> Result + Copy>(name: &'static CStr, _: F, doc: &'static CStr) -> PyGetSetDef {
    unsafe extern "C" fn slot<F: Fn(&Object) -> Result + Copy>(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
        // SAFETY: slot.
        api(|| item::<F>()(unsafe { Object::from_ptr(op) }))
    }
    PyGetSetDef::new(name, Some(slot::<F>), None, doc.as_ptr())
}
