//! Calling a C function by the convention its `PyMethodDef` names, from a vectorcall's arguments: shared by builtin
//! functions and the descriptors of methods. The messages about wrong arguments name the function as Python code sees
//! it.

use crate::abi::*;
use crate::object::{Object, Raised, Result, attr, call, error, lifecycle};
use crate::raise;
use crate::types::tuple;
use std::ptr;

/// The flags that choose a convention.
pub const CONVENTION: c_int = METH_VARARGS | METH_FASTCALL | METH_NOARGS | METH_O | METH_KEYWORDS | METH_METHOD;
pub const VARARGS_KEYWORDS: c_int = METH_VARARGS | METH_KEYWORDS;
pub const FASTCALL_KEYWORDS: c_int = METH_FASTCALL | METH_KEYWORDS;
pub const METHOD: c_int = METH_METHOD | METH_FASTCALL | METH_KEYWORDS;

/// "f() TEXT", where f is the function's qualified name.
#[cold]
fn complaint(function: &Object, text: std::fmt::Arguments) -> Raised {
    match attr::function_str(function) {
        Ok(name) => raise!(TypeError, "{} {text}", error::Text(&name)),
        Err(raised) => raised,
    }
}

#[inline(always)]
fn no_keywords(function: &Object, kwnames: *mut PyObject) -> Result<()> {
    // SAFETY: a tuple or NULL.
    match unsafe { Object::optional(kwnames) } {
        Some(names) if !tuple::items(names).is_empty() => {
            Err(complaint(function, format_args!("takes no keyword arguments")))
        }
        _ => Ok(()),
    }
}

/// Calls `def`'s function on `this` (NULL for what has none). `function` is the object that was called, for messages.
/// The result is as C gave it: the caller checks it.
///
/// # Safety
/// `args` has `nargs` objects and behind them as many as `kwnames` (a tuple or NULL) names; `this` and `class` are what
/// the function's convention wants.
#[inline]
pub unsafe fn call(
    function: &Object,
    def: &PyMethodDef,
    this: *mut PyObject,
    class: *mut PyTypeObject,
    args: *const *mut PyObject,
    nargs: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's word; the flags say which signature stands behind the pointer.
    let outcome = unsafe { dispatch(def.ml_flags & CONVENTION, function, def, this, class, args, nargs, kwnames) };
    outcome.unwrap_or(ptr::null_mut())
}

/// As [`call()`], where the convention is known at compile time: `FLAGS` are the entry's, of those in [`CONVENTION`].
///
/// # Safety
/// As [`call()`].
#[inline(always)]
pub unsafe fn call_as<const FLAGS: c_int>(
    function: &Object,
    def: &PyMethodDef,
    this: *mut PyObject,
    class: *mut PyTypeObject,
    args: *const *mut PyObject,
    nargs: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's word.
    let outcome = unsafe { dispatch(FLAGS, function, def, this, class, args, nargs, kwnames) };
    outcome.unwrap_or(ptr::null_mut())
}

/// # Safety
/// As [`call()`].
#[inline(always)]
#[allow(clippy::too_many_arguments, reason = "a vectorcall's, and what they are for")]
unsafe fn dispatch(
    flags: c_int,
    function: &Object,
    def: &PyMethodDef,
    this: *mut PyObject,
    class: *mut PyTypeObject,
    args: *const *mut PyObject,
    nargs: usize,
    kwnames: *mut PyObject,
) -> Result<*mut PyObject> {
    use std::mem::transmute;
    // SAFETY: the caller's word.
    unsafe {
        let f = def.ml_meth;
        Ok(match flags {
            METH_O => {
                no_keywords(function, kwnames)?;
                if nargs != 1 {
                    return Err(complaint(function, format_args!("takes exactly one argument ({nargs} given)")));
                }
                lifecycle::enter_recursive_call(" while calling a Python object")?;
                let result = f.unwrap_unchecked()(this, *args);
                lifecycle::leave_recursive_call();
                result
            }
            METH_NOARGS => {
                no_keywords(function, kwnames)?;
                if nargs != 0 {
                    return Err(complaint(function, format_args!("takes no arguments ({nargs} given)")));
                }
                lifecycle::enter_recursive_call(" while calling a Python object")?;
                let result = f.unwrap_unchecked()(this, ptr::null_mut());
                lifecycle::leave_recursive_call();
                result
            }
            METH_FASTCALL => {
                no_keywords(function, kwnames)?;
                transmute::<PyCFunction, PyCFunctionFast>(f).unwrap_unchecked()(this, args, nargs as isize)
            }
            FASTCALL_KEYWORDS => transmute::<PyCFunction, PyCFunctionFastWithKeywords>(f).unwrap_unchecked()(
                this,
                args,
                nargs as isize,
                kwnames,
            ),
            METHOD => transmute::<PyCFunction, PyCMethod>(f).unwrap_unchecked()(this, class, args, nargs, kwnames),
            VARARGS_KEYWORDS => {
                let (args, kwargs) = call::collect(args, nargs, kwnames)?;
                with_tuple(def, this, &args, kwargs.as_deref())?
            }
            METH_VARARGS => {
                no_keywords(function, kwnames)?;
                let (args, _) = call::collect(args, nargs, ptr::null_mut())?;
                with_tuple(def, this, &args, None)?
            }
            flags => {
                return Err(match attr::function_str(function) {
                    Ok(name) => {
                        raise!(SystemError, "{} method: bad call flags ({flags:#x})", error::Text(&name))
                    }
                    Err(raised) => raised,
                });
            }
        })
    }
}

/// Calls a function of the convention `METH_VARARGS`, with or without `METH_KEYWORDS`.
///
/// # Safety
/// As [`call()`].
pub unsafe fn with_tuple(
    def: &PyMethodDef,
    this: *mut PyObject,
    args: &Object,
    kwargs: Option<&Object>,
) -> Result<*mut PyObject> {
    // SAFETY: the caller's word.
    unsafe {
        lifecycle::enter_recursive_call(" while calling a Python object")?;
        let result = if def.ml_flags & METH_KEYWORDS != 0 {
            let f = std::mem::transmute::<PyCFunction, PyCFunctionWithKeywords>(def.ml_meth).unwrap_unchecked();
            f(this, args.as_ptr(), kwargs.map_or(ptr::null_mut(), Object::as_ptr))
        } else {
            def.ml_meth.unwrap_unchecked()(this, args.as_ptr())
        };
        lifecycle::leave_recursive_call();
        Ok(result)
    }
}
