//! `context.h`: contexts, their variables, tokens and watchers.

use crate::abi::*;
use crate::context::{self, hamt_type, token, var, watchers};
use crate::object::{Object, Result, api};
use crate::raise;
use crate::state::fatal::fatal_error;

/// The argument as a context, or `TypeError`.
///
/// # Safety
/// `op` is NULL or alive.
unsafe fn as_context(op: *mut PyObject) -> Result<*mut PyContext> {
    // SAFETY: the caller's word.
    match unsafe { Object::optional(op) } {
        Some(o) if context::check(o) => Ok(op.cast()),
        _ => Err(raise!(TypeError, "an instance of Context was expected")),
    }
}

/// The argument as a variable, or `TypeError`.
///
/// # Safety
/// `op` is NULL or alive.
unsafe fn as_var(op: *mut PyObject) -> Result<*mut PyContextVar> {
    // SAFETY: the caller's word.
    match unsafe { Object::optional(op) } {
        Some(o) if var::check(o) => Ok(op.cast()),
        _ => Err(raise!(TypeError, "an instance of ContextVar was expected")),
    }
}

/// An empty context. New reference; `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyContext_New() -> *mut PyObject {
    api(context::new)
}

/// A shallow copy of `ctx`. New reference; `TypeError` if it is no context.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyContext_Copy(ctx: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { context::copy(as_context(ctx)?) })
}

/// A shallow copy of the thread's current context. New reference; `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyContext_CopyCurrent() -> *mut PyObject {
    api(context::copy_current)
}

/// Makes `ctx` the thread's current context. `RuntimeError` if it is entered already.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyContext_Enter(ctx: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { context::enter(as_context(ctx)?) })
}

/// Makes the context before `ctx` current again. `RuntimeError` if `ctx` is not the current one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyContext_Exit(ctx: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { context::exit(as_context(ctx)?) })
}

/// A variable. New reference; `UnicodeDecodeError` if `name` is no UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyContextVar_New(name: *const c_char, def: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        unsafe {
            let name = crate::types::unicode::from_utf8(std::ffi::CStr::from_ptr(name).to_bytes())?;
            var::new(&name, Object::optional(def))
        }
    })
}

/// 0 with the variable's value in the current context, or `default_value`, or the variable's default, or NULL in
/// `value` (a new reference); -1 with `TypeError`, `value` left as it was, if `var` is no variable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyContextVar_Get(
    var: *mut PyObject,
    default_value: *mut PyObject,
    value: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract; the context owns the value.
    unsafe {
        if !value.is_null()
            && let Some(var) = Object::optional(var)
            && var::check(var)
            && let Some(seen) = var::seen(var.cast())
        {
            let found = var::or_default(var.as_ptr().cast(), seen, Object::optional(default_value));
            *value = crate::object::ptr::raw_or_null(found.map(Object::to_owned));
            return 0;
        }
        get_unseen(var, default_value, value)
    }
}

/// The rest of [`PyContextVar_Get`], out of its way.
#[inline(never)]
unsafe fn get_unseen(var: *mut PyObject, default_value: *mut PyObject, value: *mut *mut PyObject) -> c_int {
    if value.is_null() {
        fatal_error("PyContextVar_Get", "value is NULL");
    }
    // SAFETY: the caller's contract.
    unsafe {
        match as_var(var) {
            Ok(var) => {
                *value = crate::object::ptr::raw_or_null(var::get(var, Object::optional(default_value)));
                0
            }
            Err(_) => -1,
        }
    }
}

/// Sets the variable in the current context. A new reference to a token; `TypeError` if `var` is no variable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyContextVar_Set(var: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { var::set(as_var(var)?, Object::new(value)?) })
}

/// Gives the variable back what it had before the set that made `token`. `RuntimeError` if the token was used,
/// `ValueError` if it is of another variable or context, `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyContextVar_Reset(var: *mut PyObject, token: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let var = as_var(var)?;
        match Object::optional(token) {
            Some(token) if token::check(token) => var::reset(var, token),
            _ => Err(raise!(TypeError, "an instance of Token was expected")),
        }
    })
}

/// Has `callback` told when a thread's current context changes. The watcher's number, or -1 with `RuntimeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyContext_AddWatcher(callback: PyContext_WatchCallback) -> c_int {
    api(|| watchers::add(callback))
}

/// Takes a watcher away. `ValueError` for a number that is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyContext_ClearWatcher(watcher_id: c_int) -> c_int {
    api(|| watchers::clear(watcher_id))
}

/// An empty map of the kind that contexts have, for any keys: what CPython's own tests look at it with. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyContext_NewHamtForTests() -> *mut PyObject {
    api(hamt_type::new)
}
