//! Calls.

use crate::abi::*;
use crate::object::call::{self, nargs};
use crate::object::{Object, api, args};
use crate::types::tuple;
use std::ffi::CStr;
use std::ptr;

/// A vectorcall function, or NULL if the object's type has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyVectorcall_Function(callable: *mut PyObject) -> vectorcallfunc {
    // SAFETY: the caller's contract.
    call::vectorcall_function(unsafe { Object::from_ptr(callable) })
}

/// The number of positional arguments in `nargsf`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyVectorcall_NARGS(nargsf: usize) -> Py_ssize_t {
    nargs(nargsf) as Py_ssize_t
}

/// New reference. Calls with an array of arguments.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Vectorcall(
    callable: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { call::vectorcall(Object::from_ptr(callable), args, nargsf, kwnames) })
}

/// New reference. Calls with an array of positional arguments and a dict of keyword arguments, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_VectorcallDict(
    callable: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let callable = Object::from_ptr(callable);
        match Object::optional(kwargs) {
            None => call::vectorcall(callable, args, nargsf, ptr::null_mut()),
            Some(kwargs) => callable.call_dict(args::slice(args, PyVectorcall_NARGS(nargsf)), Some(kwargs)),
        }
    })
}

/// New reference. Calls the method `name` of the first argument.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_VectorcallMethod(
    name: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { call::vectorcall_method(Object::from_ptr(name), args, nargsf, kwnames) })
}

/// New reference. What `tp_call` is for types with vectorcall.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyVectorcall_Call(
    callable: *mut PyObject,
    tuple: *mut PyObject,
    dict: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        call::vectorcall_call(Object::from_ptr(callable), Object::from_ptr(tuple), Object::optional(dict))
    })
}

/// New reference. Calls with a tuple and a dict, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Call(
    callable: *mut PyObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(callable).call_tuple(Object::from_ptr(args), Object::optional(kwargs)) })
}

/// New reference. As `PyObject_Call`: the old name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCFunction_Call(
    callable: *mut PyObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { PyObject_Call(callable, args, kwargs) }
}

/// New reference. Calls with a tuple, or nothing for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_CallObject(callable: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let callable = Object::from_ptr(callable);
        match Object::optional(args) {
            None => callable.call(&[]),
            Some(args) if !tuple::check(args) => Err(crate::raise!(TypeError, "argument list must be a tuple")),
            Some(args) => callable.call_tuple(args, None),
        }
    })
}

/// New reference. As `PyObject_Call`, with NULL for no arguments.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_CallObjectWithKeywords(
    callable: *mut PyObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let (args, kwargs) = (Object::optional(args), Object::optional(kwargs));
        if args.is_some_and(|a| !tuple::check(a)) {
            return Err(crate::raise!(TypeError, "argument list must be a tuple"));
        }
        if kwargs.is_some_and(|k| !crate::types::dict::check(k)) {
            return Err(crate::raise!(TypeError, "keyword list must be a dictionary"));
        }
        let callable = Object::from_ptr(callable);
        match args {
            None => callable.call_dict(&[], kwargs),
            Some(args) => callable.call_tuple(args, kwargs),
        }
    })
}

/// New reference. Calls without arguments.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_CallNoArgs(func: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(func).call(&[]) })
}

/// New reference. Calls with one argument.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_CallOneArg(func: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract; the place before the argument is free.
    api(|| unsafe {
        let args = [ptr::null_mut(), arg];
        call::vectorcall(Object::from_ptr(func), args[1..].as_ptr(), 1 | call::ARGUMENTS_OFFSET, ptr::null_mut())
    })
}

/// New reference: a dict of the values and the tuple of their names.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyStack_AsDict(values: *const *mut PyObject, kwnames: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { call::stack_as_dict(values, tuple::items(Object::from_ptr(kwnames))) })
}

/// New reference: calls through `tp_call`. `keywords` is a tuple of names whose values stand behind the arguments, a
/// dict, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_MakeTpCall(
    _tstate: *mut PyThreadState,
    callable: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    keywords: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let callable = Object::from_ptr(callable);
        match Object::optional(keywords) {
            Some(names) if tuple::check(names) => {
                let (args, kwargs) = call::collect(args, nargs as usize, names.as_ptr())?;
                call::tp_call(callable, &args, kwargs.as_deref())
            }
            kwargs => call::tp_call(callable, &*tuple::from_slice(args::slice(args, nargs))?, kwargs),
        }
    })
}

/// Steals `result`, which it gives back if it agrees with the error indicator; else NULL with `SystemError`. One of
/// `callable` and `place` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_CheckFunctionResult(
    _tstate: *mut PyThreadState,
    callable: *mut PyObject,
    result: *mut PyObject,
    place: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        match Object::optional(callable) {
            Some(callable) => call::check(callable, result),
            None => call::check_place(&CStr::from_ptr(place).to_string_lossy(), result),
        }
    })
}
