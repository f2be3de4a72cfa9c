//! `None`, `NotImplemented` and `...`: one object each, immortal, shared by all interpreters.

use crate::abi::*;
use crate::object::{Object, Owned, Result, api, slots};
use crate::raise;
use crate::types::{boolobject, dict, tuple, typeobject, unicode};

#[unsafe(no_mangle)]
pub static mut _Py_NoneStruct: PyObject = PyObject::immortal(&raw mut _PyNone_Type);

#[unsafe(no_mangle)]
pub static mut _Py_NotImplementedStruct: PyObject = PyObject::immortal(&raw mut _PyNotImplemented_Type);

#[unsafe(no_mangle)]
pub static mut _Py_EllipsisObject: PyObject = PyObject::immortal(&raw mut PyEllipsis_Type);

#[unsafe(no_mangle)]
pub static mut _PyNone_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"NoneType".as_ptr(),
    tp_repr: Some(none_repr),
    tp_as_number: suite(&NONE_NUMBER),
    tp_hash: Some(none_hash),
    tp_getattro: Some(slots::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT,
    tp_doc: c"NoneType()\n--\n\nThe class of None.".as_ptr(),
    tp_richcompare: Some(none_compare),
    tp_new: Some(none_new),
    ..PyTypeObject::EMPTY
};

static NONE_NUMBER: PyNumberMethods = PyNumberMethods { nb_bool: Some(none_bool), ..PyNumberMethods::EMPTY };

#[unsafe(no_mangle)]
pub static mut _PyNotImplemented_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"NotImplementedType".as_ptr(),
    tp_repr: Some(not_implemented_repr),
    tp_as_number: suite(&NOT_IMPLEMENTED_NUMBER),
    tp_getattro: Some(slots::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT,
    tp_doc: c"NotImplementedType()\n--\n\nThe class of NotImplemented.".as_ptr(),
    tp_methods: table(&NOT_IMPLEMENTED_METHODS),
    tp_new: Some(not_implemented_new),
    ..PyTypeObject::EMPTY
};

static NOT_IMPLEMENTED_NUMBER: PyNumberMethods =
    PyNumberMethods { nb_bool: Some(not_implemented_bool), ..PyNumberMethods::EMPTY };

static NOT_IMPLEMENTED_METHODS: [PyMethodDef; 2] =
    [PyMethodDef::noargs(c"__reduce__", not_implemented_reduce, c"__reduce__($self, /)\n--\n\n"), PyMethodDef::END];

#[unsafe(no_mangle)]
pub static mut PyEllipsis_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"ellipsis".as_ptr(),
    tp_repr: Some(ellipsis_repr),
    tp_getattro: Some(slots::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT,
    tp_doc: c"ellipsis()\n--\n\nThe type of the Ellipsis singleton.".as_ptr(),
    tp_methods: table(&ELLIPSIS_METHODS),
    tp_new: Some(ellipsis_new),
    ..PyTypeObject::EMPTY
};

static ELLIPSIS_METHODS: [PyMethodDef; 2] =
    [PyMethodDef::noargs(c"__reduce__", ellipsis_reduce, c"__reduce__($self, /)\n--\n\n"), PyMethodDef::END];

/// `None` as a borrowed object.
#[inline(always)]
pub fn none_ref() -> &'static Object {
    // SAFETY: static.
    unsafe { Object::from_ptr(&raw mut _Py_NoneStruct) }
}

/// `None`.
#[inline(always)]
pub fn none() -> Owned {
    none_ref().to_owned()
}

/// `NotImplemented` as a borrowed object.
#[inline(always)]
pub fn not_implemented_ref() -> &'static Object {
    // SAFETY: static.
    unsafe { Object::from_ptr(&raw mut _Py_NotImplementedStruct) }
}

/// `NotImplemented`.
#[inline(always)]
pub fn not_implemented() -> Owned {
    not_implemented_ref().to_owned()
}

#[inline(always)]
pub fn is_not_implemented(o: &Object) -> bool {
    o.is(not_implemented_ref())
}

/// `...` as a borrowed object.
#[inline(always)]
pub fn ellipsis_ref() -> &'static Object {
    // SAFETY: static.
    unsafe { Object::from_ptr(&raw mut _Py_EllipsisObject) }
}

/// What the constructor of a singleton's type gives.
///
/// # Safety
/// As `tp_new` is called.
unsafe fn construct(ty: &str, singleton: &'static Object, args: *mut PyObject, kwargs: *mut PyObject) -> Result<Owned> {
    // SAFETY: the caller's word.
    let (args, kwargs) = unsafe { (Object::from_ptr(args), Object::optional(kwargs)) };
    if !tuple::items(args).is_empty() || kwargs.is_some_and(|kwargs| dict::len(kwargs) != 0) {
        return Err(raise!(TypeError, "{ty} takes no arguments"));
    }
    Ok(singleton.to_owned())
}

unsafe extern "C" fn none_new(_ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { construct("NoneType", none_ref(), args, kwargs) })
}

unsafe extern "C" fn none_repr(_op: *mut PyObject) -> *mut PyObject {
    api(|| unicode::from_str("None"))
}

unsafe extern "C" fn none_bool(_op: *mut PyObject) -> c_int {
    0
}

/// The same in every process.
unsafe extern "C" fn none_hash(_op: *mut PyObject) -> Py_hash_t {
    0xFCA86420
}

unsafe extern "C" fn none_compare(op: *mut PyObject, other: *mut PyObject, how: c_int) -> *mut PyObject {
    api(|| match how {
        Py_EQ if op == other => boolobject::from_bool(true),
        Py_NE if op == other => boolobject::from_bool(false),
        _ => not_implemented(),
    })
}

unsafe extern "C" fn not_implemented_new(
    _ty: *mut PyTypeObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { construct("NotImplementedType", not_implemented_ref(), args, kwargs) })
}

unsafe extern "C" fn not_implemented_repr(_op: *mut PyObject) -> *mut PyObject {
    api(|| unicode::from_str("NotImplemented"))
}

unsafe extern "C" fn not_implemented_reduce(_op: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| unicode::from_str("NotImplemented"))
}

unsafe extern "C" fn not_implemented_bool(_op: *mut PyObject) -> c_int {
    api(|| Err::<c_int, _>(raise!(TypeError, "NotImplemented should not be used in a boolean context")))
}

unsafe extern "C" fn ellipsis_new(_ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { construct("EllipsisType", ellipsis_ref(), args, kwargs) })
}

unsafe extern "C" fn ellipsis_repr(_op: *mut PyObject) -> *mut PyObject {
    api(|| unicode::from_str("Ellipsis"))
}

unsafe extern "C" fn ellipsis_reduce(_op: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| unicode::from_str("Ellipsis"))
}
