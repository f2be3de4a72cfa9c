//! Tokens: what `ContextVar.set` gives, to undo it with.

use super::var;
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::message;
use crate::name;
use crate::object::slots::{PyObject_GenericGetAttr, PyObject_GenericSetAttr, PyObject_HashNotImplemented};
use crate::object::{Object, Owned, Result, api, error, lifecycle};
use crate::raise;
use crate::state;
use crate::types::typeobject::shared_dict;
use crate::types::{dict, genericalias, none, typeobject, unicode};
use std::ptr;

static METHODS: [PyMethodDef; 4] = [
    genericalias::CLASS_GETITEM,
    PyMethodDef::noargs(c"__enter__", enter, c"__enter__($self, /)\n--\n\nThe token itself."),
    PyMethodDef::fast(
        c"__exit__",
        exit,
        c"__exit__($self, type, val, tb, /)\n--\n\nGives the variable back the value it had before.",
    ),
    PyMethodDef::END,
];

static GETSET: [PyGetSetDef; 3] = [
    PyGetSetDef::new(c"var", Some(get_var), None, ptr::null()),
    PyGetSetDef::new(c"old_value", Some(get_old_value), None, ptr::null()),
    PyGetSetDef::END,
];

#[unsafe(no_mangle)]
pub static mut PyContextToken_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"_contextvars.Token".as_ptr(),
    tp_basicsize: size_of::<PyContextToken>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_hash: Some(PyObject_HashNotImplemented),
    tp_getattro: Some(PyObject_GenericGetAttr),
    tp_setattro: Some(PyObject_GenericSetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    tp_methods: table(&METHODS),
    tp_getset: table(&GETSET),
    tp_new: Some(new_slot),
    ..PyTypeObject::EMPTY
};

/// The type of `Token.MISSING`.
pub static mut _PyContextTokenMissing_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"Token.MISSING".as_ptr(),
    tp_basicsize: size_of::<PyObject>() as isize,
    tp_repr: Some(missing_repr),
    tp_getattro: Some(PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    ..PyTypeObject::EMPTY
};

static mut MISSING: PyObject = PyObject::immortal(&raw mut _PyContextTokenMissing_Type);

/// `Token.MISSING`: the variable had no value before.
pub fn missing() -> &'static Object {
    // SAFETY: static and immortal.
    unsafe { Object::from_ptr(&raw mut MISSING) }
}

/// `Token.MISSING` in the dict of its class.
pub struct More;

impl shared_dict::More for More {
    fn count(&self) -> usize {
        1
    }

    fn add(&self, dict: &Object) -> Result<()> {
        dict::set(dict, name!(MISSING), missing())
    }
}

/// As many dead tokens wait for the next one.
const FREE_TOKENS: usize = 64;

#[inline]
pub fn check(o: &Object) -> bool {
    o.is_exact(&raw mut PyContextToken_Type)
}

/// A token of setting `var` in `ctx`; the old value is still to come.
///
/// # Safety
/// A context and a variable.
pub(super) unsafe fn new(ctx: *mut PyContext, var: *mut PyContextVar) -> Result<Owned> {
    // SAFETY: attached; a waiting block has the size of a token and a header. Fresh.
    unsafe {
        let block = (*state::interp()).freelists.tokens.pop().cast::<PyContextToken>();
        let token = if block.is_null() {
            lifecycle::gc_new_builtin::<PyContextToken>(&raw mut PyContextToken_Type)?
        } else {
            lifecycle::new_reference(block.cast());
            block
        };
        refcount::incref(ctx.cast());
        refcount::incref(var.cast());
        (*token).tok_ctx = ctx;
        (*token).tok_var = var;
        (*token).tok_oldval = ptr::null_mut();
        (*token).tok_used = 0;
        gc::track(token.cast());
        Ok(Owned::from_raw(token.cast()))
    }
}

unsafe extern "C" fn new_slot(_: *mut PyTypeObject, _: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| -> Result<Owned> { Err(raise!(RuntimeError, "Tokens can only be created by ContextVars")) })
}

unsafe extern "C" fn enter(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| Ok(unsafe { Object::from_ptr(op).to_owned() }))
}

unsafe extern "C" fn exit(op: *mut PyObject, _args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| unsafe {
        if n != 3 {
            return Err(raise!(TypeError, "__exit__ expected 3 arguments, got {n}"));
        }
        var::reset((*op.cast::<PyContextToken>()).tok_var, Object::from_ptr(op))?;
        Ok(none::none())
    })
}

unsafe extern "C" fn get_var(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| Ok(unsafe { Object::from_ptr((*op.cast::<PyContextToken>()).tok_var.cast()).to_owned() }))
}

unsafe extern "C" fn get_old_value(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| Ok(unsafe { Object::optional((*op.cast::<PyContextToken>()).tok_oldval).unwrap_or(missing()).to_owned() }))
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| unsafe {
        let token = op.cast::<PyContextToken>();
        let var = Object::from_ptr((*token).tok_var.cast()).repr()?;
        let used = if (*token).tok_used != 0 { " used" } else { "" };
        message!("<Token{used} var={} at {op:p}>", error::Text(&var))
    })
}

unsafe extern "C" fn missing_repr(_: *mut PyObject) -> *mut PyObject {
    api(|| unicode::from_str("<Token.MISSING>"))
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; layout.
    unsafe {
        gc::untrack(op);
        clear(op);
        if !(*state::interp()).freelists.tokens.push(op.cast(), FREE_TOKENS) {
            lifecycle::gc_free(op);
        }
    }
}

crate::traverse_fields!(traverse, PyContextToken, tok_ctx, tok_var, tok_oldval);

unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot; layout.
    unsafe {
        let token = op.cast::<PyContextToken>();
        refcount::clear((&raw mut (*token).tok_ctx).cast());
        refcount::clear((&raw mut (*token).tok_var).cast());
        refcount::clear(&raw mut (*token).tok_oldval);
    }
    0
}
