//! What `anext(iterator, default)` gives: it awaits what the iterator's `__anext__` gave, and answers with the default
//! when that says `StopAsyncIteration`. Who drives it is C code, or nobody: there is no `await` without an evaluator.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::name;
use crate::object::native::{noargs, one};
use crate::object::slots::{PyObject_GenericGetAttr, PyObject_SelfIter};
use crate::object::{Object, Owned, Result, api, error, lifecycle};
use crate::raise;
use crate::traverse_fields;
use crate::types::{exceptions, genobject, tuple, typeobject};

/// CPython's `anextawaitableobject`.
#[repr(C)]
struct AnextAwaitable {
    ob_base: PyObject,
    wrapped: *mut PyObject,
    default_value: *mut PyObject,
}

static METHODS: [PyMethodDef; 4] = [
    PyMethodDef::one(
        c"send",
        one!(|this: &Object, value: &Object| forward(this, name!(send), &[value])),
        c"send($self, object, /)\n--\n\nSend a value into what is awaited.",
    ),
    PyMethodDef::varargs(
        c"throw",
        throw,
        c"throw(value)\nthrow(type[,value[,tb]])\n\nRaise an exception in what is awaited.",
    ),
    PyMethodDef::noargs(
        c"close",
        noargs!(|this: &Object| forward(this, name!(close), &[])),
        c"close($self, /)\n--\n\nClose what is awaited.",
    ),
    PyMethodDef::END,
];

static AS_ASYNC: PyAsyncMethods = PyAsyncMethods { am_await: Some(PyObject_SelfIter), ..PyAsyncMethods::EMPTY };

pub static mut TYPE: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"anext_awaitable".as_ptr(),
    tp_basicsize: size_of::<AnextAwaitable>() as isize,
    tp_dealloc: Some(dealloc),
    tp_as_async: suite(&AS_ASYNC),
    tp_getattro: Some(PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: Some(traverse),
    tp_iter: Some(PyObject_SelfIter),
    tp_iternext: Some(next),
    tp_methods: table(&METHODS),
    ..PyTypeObject::EMPTY
};

/// An awaitable of `wrapped` with a default.
pub fn new(wrapped: &Object, default: &Object) -> Result<Owned> {
    let this = lifecycle::gc_new::<AnextAwaitable>(&raw mut TYPE)?;
    // SAFETY: fresh.
    unsafe {
        (*this).wrapped = wrapped.to_owned().into_raw();
        (*this).default_value = default.to_owned().into_raw();
        gc::track(this.cast());
        Ok(Owned::from_raw(this.cast()))
    }
}

/// What `await o` goes through (`_PyCoro_GetAwaitableIter`).
pub fn awaitable_iter(o: &Object) -> Result<Owned> {
    let ty = o.ty();
    // SAFETY: a live object's type is alive; slot.
    let result = unsafe {
        let methods = (*ty).tp_as_async;
        let Some(get) = (if methods.is_null() { None } else { (*methods).am_await }) else {
            return Err(raise!(TypeError, "'{}' object can't be awaited", error::cut(typeobject::tp_name(ty), 100)));
        };
        Owned::from_c(get(o.as_ptr()))?
    };
    if result.is_exact(&raw mut genobject::PyCoro_Type) {
        return Err(raise!(TypeError, "__await__() returned a coroutine"));
    }
    if !result.is_iterator() {
        return Err(raise!(
            TypeError,
            "__await__() returned non-iterator of type '{}'",
            error::cut(typeobject::tp_name(result.ty()), 100)
        ));
    }
    Ok(result)
}

/// Raises `StopIteration(value)`: whatever it is, it is the value and not the arguments.
pub fn stop_iteration(value: Option<&Object>) -> error::Raised {
    let class = exceptions::object(&raw mut exceptions::StopIteration);
    match value.map(|value| class.call(&[value])).transpose() {
        Ok(exception) => exceptions::raise(class, exception.as_deref()),
        Err(raised) => raised,
    }
}

fn awaited(this: &Object) -> Result<Owned> {
    // SAFETY: layout; owned until the object goes.
    awaitable_iter(unsafe { Object::new((*this.cast::<AnextAwaitable>()).wrapped) }?)
}

/// The end of the asynchronous iterator is the default, as the value of what is awaited.
fn or_default<T>(this: &Object, result: Result<T>) -> Result<T> {
    result.or_else(|raised| {
        error::ignore(raised, &raw mut exceptions::StopAsyncIteration)?;
        // SAFETY: layout, as above.
        Err(stop_iteration(unsafe { Object::optional((*this.cast::<AnextAwaitable>()).default_value) }))
    })
}

fn forward(this: &Object, name: &Object, args: &[&Object]) -> Result<Owned> {
    let inner = awaited(this)?;
    or_default(this, inner.getattr(name)?.call(args))
}

unsafe extern "C" fn throw(op: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { forward(Object::from_ptr(op), name!(throw), tuple::items(Object::from_ptr(args))) })
}

unsafe extern "C" fn next(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let this = unsafe { Object::from_ptr(op) };
        let inner = awaited(this)?;
        // SAFETY: slot: the awaitable is an iterator. NULL without an exception is the end, as the caller sees it.
        let item = unsafe { (*inner.ty()).tp_iternext.unwrap_unchecked()(inner.as_ptr()) };
        if item.is_null() && !error::occurred() {
            return Ok(None);
        }
        // SAFETY: its result.
        or_default(this, unsafe { Owned::from_c(item) }).map(Some)
    })
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot.
    unsafe {
        gc::untrack(op);
        refcount::clear(&raw mut (*op.cast::<AnextAwaitable>()).wrapped);
        refcount::clear(&raw mut (*op.cast::<AnextAwaitable>()).default_value);
        lifecycle::gc_free(op);
    }
}

traverse_fields!(traverse, AnextAwaitable, wrapped, default_value);
