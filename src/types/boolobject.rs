//! `bool`: two immortal ints.

use crate::abi::*;
use crate::object::args::{self, check_positional, no_keywords};
use crate::object::{Object, Owned, Result, api};
use crate::types::{adapt, exceptions, long, tuple};

#[unsafe(no_mangle)]
pub static mut PyBool_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"bool".as_ptr(),
    tp_basicsize: std::mem::offset_of!(PyLongObject, long_value.ob_digit) as isize,
    tp_itemsize: size_of::<digit>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: adapt::unary(repr),
    tp_as_number: &raw mut NUMBER,
    tp_flags: Py_TPFLAGS_DEFAULT,
    tp_doc: c"bool(object=False, /)\n--\n\nTrue if the object counts as true, else False.\n\nThe two are the only \
        instances of the class, which is a subclass of int and has no subclasses."
        .as_ptr(),
    tp_base: &raw mut long::PyLong_Type,
    tp_new: adapt::new(new),
    tp_vectorcall: Some(vectorcall),
    ..PyTypeObject::EMPTY
};

/// What is empty is inherited from `int`'s when the type becomes ready, so it can't be constant.
static mut NUMBER: PyNumberMethods = PyNumberMethods {
    nb_invert: adapt::unary(invert),
    nb_and: adapt::binary(and),
    nb_xor: adapt::binary(xor),
    nb_or: adapt::binary(or),
    ..PyNumberMethods::EMPTY
};

#[unsafe(no_mangle)]
pub static mut _Py_TrueStruct: PyLongObject = PyLongObject {
    ob_base: PyObject::immortal(&raw mut PyBool_Type),
    long_value: _PyLongValue { lv_tag: _PyLong_TRUE_TAG, ob_digit: [1] },
};

#[unsafe(no_mangle)]
pub static mut _Py_FalseStruct: PyLongObject = PyLongObject {
    ob_base: PyObject::immortal(&raw mut PyBool_Type),
    long_value: _PyLongValue { lv_tag: _PyLong_FALSE_TAG, ob_digit: [0] },
};

/// `True` or `False`.
#[inline(always)]
pub fn from_bool(value: bool) -> Owned {
    let op: *mut PyLongObject = if value { &raw mut _Py_TrueStruct } else { &raw mut _Py_FalseStruct };
    // SAFETY: static and immortal, so there is nothing to count.
    unsafe { Owned::from_raw(op.cast()) }
}

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.is_exact(&raw mut PyBool_Type)
}

#[inline(always)]
fn is_true(o: &Object) -> bool {
    o.is_ptr((&raw mut _Py_TrueStruct).cast())
}

fn repr(o: &Object) -> Result {
    Ok(if is_true(o) { crate::name!(True) } else { crate::name!(False) }.to_owned())
}

/// Slot.
fn new(_: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result {
    no_keywords("bool", kwargs)?;
    let args = tuple::items(args);
    check_positional("bool", args.len(), 0, 1)?;
    Ok(from_bool(args.first().map_or(Ok(false), |x| x.is_true())?))
}

/// `bool(...)` called by its type: no tuple, no dict.
unsafe extern "C" fn vectorcall(
    _: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let args = args::positional("bool", args, nargsf, kwnames, 0, 1)?;
        Ok(from_bool(args.first().map_or(Ok(false), |x| x.is_true())?))
    })
}

fn invert(o: &Object) -> Result {
    exceptions::warn(
        &raw mut exceptions::DeprecationWarning,
        1,
        "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise \
         inversion of the underlying int object and is usually not what you expect from negating a bool. Use the 'not' \
         operator for boolean negation or ~int(x) if you really want the bitwise inversion of the underlying int.",
    )?;
    long::bits::invert(o)
}

/// Two bools give a bool; with anything else they are ints.
fn and(a: &Object, b: &Object) -> Result {
    if check(a) && check(b) { Ok(from_bool(is_true(a) & is_true(b))) } else { long::bits::and(a, b) }
}

fn xor(a: &Object, b: &Object) -> Result {
    if check(a) && check(b) { Ok(from_bool(is_true(a) ^ is_true(b))) } else { long::bits::xor(a, b) }
}

fn or(a: &Object, b: &Object) -> Result {
    if check(a) && check(b) { Ok(from_bool(is_true(a) | is_true(b))) } else { long::bits::or(a, b) }
}

/// Only a caller that gave up references it did not own gets here: the two are immortal again.
unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; static.
    unsafe { (*op).ob_refcnt = PyObject::immortal(std::ptr::null_mut()).ob_refcnt }
}
