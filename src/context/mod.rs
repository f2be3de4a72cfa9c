//! Contexts: what `contextvars` and `PyContext_*` are made of.
//!
//! A thread state has a current context, made when it is first needed. A context maps variables to values in a trie
//! that copies share (`hamt`, made of `hamt_node`s); setting a variable changes the current context and gives a token
//! that can undo it once.

pub mod hamt;
pub mod hamt_node;
pub mod hamt_type;
pub mod iter;
#[cfg(test)]
mod model;
pub mod token;
pub mod var;
pub mod watchers;

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::slots::{PyObject_GenericGetAttr, PyObject_GenericSetAttr, PyObject_HashNotImplemented};
use crate::object::{Object, Owned, Raised, Result, api, error, lifecycle};
use crate::raise;
use crate::runtime;
use crate::state::{self, ThreadState};
use crate::types::{dict, exceptions, none, tuple, typeobject, weakref};
use hamt::Hamt;
use std::mem::offset_of;
use std::ptr;

static METHODS: [PyMethodDef; 7] = [
    PyMethodDef::fast(
        c"get",
        get_method,
        c"get($self, key, default=None, /)\n--\n\nThe value of the variable, or the default if it has none here.",
    ),
    PyMethodDef::noargs(c"items", items, c"items($self, /)\n--\n\nVariables with their values."),
    PyMethodDef::noargs(c"keys", keys, c"keys($self, /)\n--\n\nThe variables that have a value here."),
    PyMethodDef::noargs(c"values", values, c"values($self, /)\n--\n\nThe values of all variables."),
    PyMethodDef::noargs(c"copy", copy_method, c"copy($self, /)\n--\n\nA context of its own with the same values."),
    PyMethodDef::fast_keywords(c"run", run, c"Calls the first argument with the rest, in this context."),
    PyMethodDef::END,
];

static SEQUENCE: PySequenceMethods = PySequenceMethods { sq_contains: Some(contains), ..PySequenceMethods::EMPTY };

static MAPPING: PyMappingMethods =
    PyMappingMethods { mp_length: Some(length), mp_subscript: Some(subscript), ..PyMappingMethods::EMPTY };

#[unsafe(no_mangle)]
pub static mut PyContext_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"_contextvars.Context".as_ptr(),
    tp_basicsize: size_of::<PyContext>() as isize,
    tp_dealloc: Some(dealloc),
    tp_as_sequence: suite(&SEQUENCE),
    tp_as_mapping: suite(&MAPPING),
    tp_hash: Some(PyObject_HashNotImplemented),
    tp_getattro: Some(PyObject_GenericGetAttr),
    tp_setattro: Some(PyObject_GenericSetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    tp_richcompare: Some(richcompare),
    tp_weaklistoffset: offset_of!(PyContext, ctx_weakreflist) as isize,
    tp_iter: Some(keys_iter),
    tp_methods: table(&METHODS),
    tp_new: Some(new_slot),
    ..PyTypeObject::EMPTY
};

/// As many dead contexts wait for the next one.
const FREE_CONTEXTS: usize = 255;

#[inline]
pub fn check(o: &Object) -> bool {
    o.is_exact(&raw mut PyContext_Type)
}

#[inline]
pub(crate) fn map(ctx: *mut PyContext) -> *mut *mut Hamt {
    // SAFETY: a context.
    unsafe { (&raw mut (*ctx).ctx_vars).cast() }
}

/// A context of `vars`, a reference that moves into it.
fn with_vars(vars: *mut Hamt) -> Result<*mut PyContext> {
    // SAFETY: attached; a waiting block has the size of a context and a header. Fresh.
    unsafe {
        let block = (*state::interp()).freelists.contexts.pop().cast::<PyContext>();
        let ctx = if block.is_null() {
            match lifecycle::gc_new_builtin::<PyContext>(&raw mut PyContext_Type) {
                Ok(ctx) => ctx,
                Err(raised) => {
                    refcount::decref(vars.cast());
                    return Err(raised);
                }
            }
        } else {
            lifecycle::new_reference(block.cast());
            block
        };
        (*ctx).ctx_prev = ptr::null_mut();
        (*ctx).ctx_vars = vars.cast();
        (*ctx).ctx_weakreflist = ptr::null_mut();
        (*ctx).ctx_entered = 0;
        gc::track(ctx.cast());
        Ok(ctx)
    }
}

/// `PyContext_New`: an empty context.
pub fn new() -> Result<Owned> {
    // SAFETY: fresh.
    Ok(unsafe { Owned::from_raw(with_vars(hamt::empty())?.cast()) })
}

/// `PyContext_Copy`: costs one small object, however much is in it.
///
/// # Safety
/// `ctx` is a context.
pub unsafe fn copy(ctx: *mut PyContext) -> Result<Owned> {
    // SAFETY: the caller's word; fresh.
    unsafe {
        let vars = *map(ctx);
        refcount::incref(vars.cast());
        Ok(Owned::from_raw(with_vars(vars)?.cast()))
    }
}

/// The current context of this thread, made if there is none. Borrowed from the thread state.
#[inline]
pub fn current() -> Result<*mut PyContext> {
    // SAFETY: attached.
    unsafe {
        let tstate = state::thread();
        if (*tstate).base.context.is_null() {
            (*tstate).base.context = with_vars(hamt::empty())?.cast();
        }
        Ok((*tstate).base.context.cast())
    }
}

/// `PyContext_CopyCurrent`.
pub fn copy_current() -> Result<Owned> {
    // SAFETY: the current context is alive.
    unsafe { copy(current()?) }
}

/// Another context, or none, became current: what variables remember of this thread is void, and watchers hear of it.
#[inline]
unsafe fn switched(tstate: *mut ThreadState) {
    // SAFETY: attached.
    unsafe {
        (*tstate).base.context_ver += 1;
        if (*(*tstate).interp().cast::<runtime::Interpreter>()).active_context_watchers != 0 {
            watchers::notify(tstate);
        }
    }
}

/// `PyContext_Enter`: `RuntimeError` if it is entered already, by any thread.
///
/// # Safety
/// `ctx` is a context.
#[inline]
pub unsafe fn enter(ctx: *mut PyContext) -> Result<()> {
    // SAFETY: attached; the reference that the thread state had moves to `ctx_prev`.
    unsafe {
        if (*ctx).ctx_entered != 0 {
            return Err(already_entered(Object::from_ptr(ctx.cast())));
        }
        let tstate = state::thread();
        (*ctx).ctx_prev = (*tstate).base.context.cast();
        (*ctx).ctx_entered = 1;
        refcount::incref(ctx.cast());
        (*tstate).base.context = ctx.cast();
        switched(tstate);
        Ok(())
    }
}

/// `PyContext_Exit`: `RuntimeError` if it is not the one entered last in this thread.
///
/// # Safety
/// `ctx` is a context.
#[inline]
pub unsafe fn exit(ctx: *mut PyContext) -> Result<()> {
    // SAFETY: attached; the references move back.
    unsafe {
        let tstate = state::thread();
        if (*ctx).ctx_entered == 0 || (*tstate).base.context != ctx.cast() {
            return Err(not_entered_last(ctx));
        }
        (*tstate).base.context = (*ctx).ctx_prev.cast();
        (*ctx).ctx_prev = ptr::null_mut();
        (*ctx).ctx_entered = 0;
        switched(tstate);
        refcount::decref(ctx.cast());
        Ok(())
    }
}

#[cold]
#[inline(never)]
fn already_entered(ctx: &Object) -> Raised {
    match ctx.repr() {
        Ok(repr) => raise!(RuntimeError, "cannot enter context: {} is already entered", error::Text(&repr)),
        Err(raised) => raised,
    }
}

#[cold]
#[inline(never)]
unsafe fn not_entered_last(ctx: *mut PyContext) -> Raised {
    // SAFETY: a context.
    unsafe {
        if (*ctx).ctx_entered != 0 {
            return raise!(RuntimeError, "cannot exit context: thread state references a different context object");
        }
        match Object::from_ptr(ctx.cast()).repr() {
            Ok(repr) => raise!(RuntimeError, "cannot exit context: {} has not been entered", error::Text(&repr)),
            Err(raised) => raised,
        }
    }
}

/// The value of a key, borrowed, or NULL; `TypeError` if the key is no variable.
unsafe fn lookup(ctx: *mut PyContext, key: &Object) -> Result<*mut PyObject> {
    if !var::check(key) {
        let repr = key.repr()?;
        return Err(raise!(TypeError, "a ContextVar key was expected, got {}", error::Text(&repr)));
    }
    // SAFETY: a context and a variable.
    Ok(unsafe { hamt::find(*map(ctx), key.as_ptr()) })
}

unsafe extern "C" fn new_slot(_ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let some = Object::optional(args).is_some_and(|args| !tuple::items(args).is_empty())
                || Object::optional(kwargs).is_some_and(|kwargs| dict::len(kwargs) != 0);
            if some {
                return Err(raise!(TypeError, "Context() does not accept any arguments"));
            }
        }
        new()
    })
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; layout.
    unsafe {
        gc::untrack(op);
        if !(*op.cast::<PyContext>()).ctx_weakreflist.is_null() {
            weakref::clear_refs(Object::from_ptr(op));
        }
        clear(op);
        if !(*state::interp()).freelists.contexts.push(op.cast(), FREE_CONTEXTS) {
            lifecycle::gc_free(op);
        }
    }
}

crate::traverse_fields!(traverse, PyContext, ctx_prev, ctx_vars);

unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot; layout.
    unsafe {
        let ctx = op.cast::<PyContext>();
        refcount::clear((&raw mut (*ctx).ctx_prev).cast());
        refcount::clear((&raw mut (*ctx).ctx_vars).cast());
    }
    0
}

unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: slot; the tries are owned while they are compared, so nobody changes them.
        unsafe {
            let (x, y) = (Object::from_ptr(a), Object::from_ptr(b));
            if !check(x) || !check(y) || (op != Py_EQ && op != Py_NE) {
                return Ok(none::not_implemented());
            }
            let (x, y) = (owned_map(a.cast()), owned_map(b.cast()));
            let equal = hamt::equal::<hamt::Vars>(x.cast(), y.cast())?;
            Ok(crate::types::boolobject::from_bool(equal == (op == Py_EQ)))
        }
    })
}

/// A reference to the trie: it does not change as long as there is another one.
///
/// # Safety
/// `ctx` is a live context.
pub(crate) unsafe fn owned_map(ctx: *mut PyContext) -> Owned {
    // SAFETY: the caller's word.
    unsafe { Object::from_ptr((*map(ctx)).cast()).to_owned() }
}

unsafe extern "C" fn length(op: *mut PyObject) -> Py_ssize_t {
    // SAFETY: slot; layout.
    unsafe { (**map(op.cast())).count }
}

unsafe extern "C" fn contains(op: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: slot; layout.
    api(|| unsafe { Ok(!lookup(op.cast(), Object::from_ptr(key))?.is_null()) })
}

unsafe extern "C" fn subscript(op: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| unsafe {
        let value = lookup(op.cast(), Object::from_ptr(key))?;
        if value.is_null() {
            let class = exceptions::object(&raw mut exceptions::KeyError);
            return Err(exceptions::raise(class, Some(Object::from_ptr(key))));
        }
        Ok(Object::from_ptr(value).to_owned())
    })
}

unsafe extern "C" fn get_method(op: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| unsafe {
        if n < 1 {
            return Err(raise!(TypeError, "get expected at least 1 argument, got {n}"));
        }
        if n > 2 {
            return Err(raise!(TypeError, "get expected at most 2 arguments, got {n}"));
        }
        let value = lookup(op.cast(), Object::from_ptr(*args))?;
        if !value.is_null() {
            return Ok(Object::from_ptr(value).to_owned());
        }
        Ok(if n == 2 { Object::from_ptr(*args.add(1)).to_owned() } else { none::none() })
    })
}

unsafe extern "C" fn copy_method(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| unsafe { copy(op.cast()) })
}

unsafe extern "C" fn keys_iter(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| unsafe { iter::new(owned_map(op.cast()), iter::Kind::Keys) })
}

unsafe extern "C" fn keys(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| unsafe { iter::new(owned_map(op.cast()), iter::Kind::Keys) })
}

unsafe extern "C" fn values(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| unsafe { iter::new(owned_map(op.cast()), iter::Kind::Values) })
}

unsafe extern "C" fn items(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| unsafe { iter::new(owned_map(op.cast()), iter::Kind::Items) })
}

unsafe extern "C" fn run(
    op: *mut PyObject,
    args: *const *mut PyObject,
    n: Py_ssize_t,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| unsafe { run_in(op.cast(), args, n, kwnames) })
}

/// Calls `args[0]` with the rest, in `ctx`.
///
/// # Safety
/// `ctx` is a context; the rest is what `METH_FASTCALL | METH_KEYWORDS` gives.
pub unsafe fn run_in(
    ctx: *mut PyContext,
    args: *const *mut PyObject,
    n: isize,
    kwnames: *mut PyObject,
) -> Result<Owned> {
    if n < 1 {
        return Err(raise!(TypeError, "run() missing 1 required positional argument"));
    }
    // SAFETY: the caller's word: `n` arguments, then one for each name.
    unsafe {
        let names = Object::optional(kwnames);
        let more = names.map_or(0, |names| tuple::items(names).len());
        let all = std::slice::from_raw_parts(args.cast::<&Object>(), n as usize + more);
        enter(ctx)?;
        let result = all[0].call_keywords(&all[1..], names);
        exit(ctx)?;
        result
    }
}
