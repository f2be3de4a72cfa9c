//! The types of generators and coroutines. Only bytecode makes such objects, so there are none; the types stand for
//! `PyGen_CheckExact` and its like, and for those who register them with abstract classes.

use crate::abi::*;
use crate::object::{Owned, api, error, slots};
use crate::types::{genericalias, typeobject};

/// The size of CPython's `PyGenObject` without its frame.
const SIZE: isize = 152;
const WEAKREFS: isize = 16;

unsafe extern "C" fn refuse(_self: *mut PyObject, _arg: *mut PyObject) -> *mut PyObject {
    api(|| Err::<Owned, _>(error::no_evaluator("generator")))
}

unsafe extern "C" fn refuse_next(_self: *mut PyObject) -> *mut PyObject {
    api(|| Err::<Owned, _>(error::no_evaluator("generator")))
}

const SEND: PyMethodDef = PyMethodDef::one(c"send", refuse, c"send($self, object, /)\n--\n\nNeeds an evaluator.");
const THROW: PyMethodDef =
    PyMethodDef::varargs(c"throw", refuse, c"throw(value)\nthrow(type[,value[,tb]])\n\nNeeds an evaluator.");
const CLOSE: PyMethodDef = PyMethodDef::noargs(c"close", refuse, c"close($self, /)\n--\n\nNeeds an evaluator.");
static METHODS: [PyMethodDef; 5] = [SEND, THROW, CLOSE, genericalias::CLASS_GETITEM, PyMethodDef::END];

/// Asynchronous generators have other names for the rest.
static ASYNC_GENERATOR_METHODS: [PyMethodDef; 2] = [genericalias::CLASS_GETITEM, PyMethodDef::END];

/// What `async_generator.asend()` gives has no class_getitem.
static AWAITABLE_METHODS: [PyMethodDef; 4] = [SEND, THROW, CLOSE, PyMethodDef::END];

static AWAITABLE: PyAsyncMethods = PyAsyncMethods { am_await: Some(refuse_next), ..PyAsyncMethods::EMPTY };
static ASYNC_ITERATOR: PyAsyncMethods =
    PyAsyncMethods { am_aiter: Some(slots::PyObject_SelfIter), am_anext: Some(refuse_next), ..PyAsyncMethods::EMPTY };

/// What the types have in common.
const BASE: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_basicsize: SIZE,
    tp_itemsize: 8,
    tp_getattro: Some(slots::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_weaklistoffset: WEAKREFS,
    tp_methods: table(&METHODS),
    ..PyTypeObject::EMPTY
};

#[unsafe(no_mangle)]
pub static mut PyGen_Type: PyTypeObject = PyTypeObject {
    tp_name: c"generator".as_ptr(),
    tp_iter: Some(slots::PyObject_SelfIter),
    tp_iternext: Some(refuse_next),
    ..BASE
};

#[unsafe(no_mangle)]
pub static mut PyCoro_Type: PyTypeObject =
    PyTypeObject { tp_name: c"coroutine".as_ptr(), tp_as_async: suite(&AWAITABLE), ..BASE };

#[unsafe(no_mangle)]
pub static mut PyAsyncGen_Type: PyTypeObject = PyTypeObject {
    tp_name: c"async_generator".as_ptr(),
    tp_as_async: suite(&ASYNC_ITERATOR),
    tp_methods: table(&ASYNC_GENERATOR_METHODS),
    ..BASE
};

#[unsafe(no_mangle)]
pub static mut _PyAsyncGenASend_Type: PyTypeObject = PyTypeObject {
    tp_name: c"async_generator_asend".as_ptr(),
    tp_basicsize: 40,
    tp_itemsize: 0,
    tp_weaklistoffset: 0,
    tp_methods: table(&AWAITABLE_METHODS),
    tp_as_async: suite(&AWAITABLE),
    tp_iter: Some(slots::PyObject_SelfIter),
    tp_iternext: Some(refuse_next),
    ..BASE
};
