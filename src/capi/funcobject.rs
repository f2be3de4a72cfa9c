//! `funcobject.h`: functions, class methods and static methods.

use crate::abi::*;
use crate::object::{Object, Result, api, error};
use crate::raise;
use crate::types::{code, dict, funcobject, function, tuple, typeobject};
use std::ptr;

/// A class method of any callable. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyClassMethod_New(callable: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| funcobject::new_class_method(unsafe { Object::new(callable) }?))
}

/// A static method of any callable. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyStaticMethod_New(callable: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| funcobject::new_static_method(unsafe { Object::new(callable) }?))
}

/// A function of a code object. It can be looked at, not called. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_New(code: *mut PyObject, globals: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { PyFunction_NewWithQualName(code, globals, ptr::null_mut()) }
}

/// As `PyFunction_New`; `qualname` may be NULL. `SystemError` if `code` is no code object or `globals` no dict.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_NewWithQualName(
    code: *mut PyObject,
    globals: *mut PyObject,
    qualname: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let (code, globals) = (Object::new(code)?, Object::new(globals)?);
        if !code::check(code) || !dict::check(globals) {
            return Err(error::bad_internal_call());
        }
        function::new(code, globals, Object::optional(qualname))
    })
}

/// The code object. Borrowed; `SystemError` if `op` is no function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_GetCode(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { function::checked(op).map(|op| (*op).func_code) })
}

/// The globals. Borrowed; `SystemError` if `op` is no function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_GetGlobals(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { function::checked(op).map(|op| (*op).func_globals) })
}

/// `__module__`, or NULL. Borrowed; `SystemError` if `op` is no function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_GetModule(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { function::checked(op).map(|op| (*op).func_module) })
}

/// The defaults, or NULL. Borrowed; `SystemError` if `op` is no function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_GetDefaults(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { function::checked(op).map(|op| (*op).func_defaults) })
}

/// The defaults of keyword-only parameters, or NULL. Borrowed; `SystemError` if `op` is no function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_GetKwDefaults(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { function::checked(op).map(|op| (*op).func_kwdefaults) })
}

/// The closure, or NULL. Borrowed; `SystemError` if `op` is no function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_GetClosure(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { function::checked(op).map(|op| (*op).func_closure) })
}

/// The annotations: a dict, or None. Borrowed; `SystemError` if `op` is no function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_GetAnnotations(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { function::annotations(function::checked(op)?) })
}

/// The value of a setter, which None takes away; `SystemError` with `message` if it is of the wrong kind.
unsafe fn value_for<'a>(value: *mut PyObject, fits: fn(&Object) -> bool, message: &str) -> Result<Option<&'a Object>> {
    // SAFETY: the caller's contract.
    match unsafe { Object::optional(value) } {
        Some(value) if value.is_none() => Ok(None),
        Some(value) if fits(value) => Ok(Some(value)),
        _ => Err(raise!(SystemError, "{message}")),
    }
}

/// None takes them away; `SystemError` for a value of the wrong kind, or if `op` is no function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_SetDefaults(op: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let op = function::checked(op)?;
        value_for(value, tuple::check, "non-tuple default args").map(|value| function::set_defaults(op, value))
    })
}

/// None takes them away; `SystemError` for a value of the wrong kind, or if `op` is no function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_SetKwDefaults(op: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let op = function::checked(op)?;
        value_for(value, dict::check, "non-dict keyword only default args")
            .map(|value| function::set_kwdefaults(op, value))
    })
}

/// None takes them away; `SystemError` for a value of the wrong kind, or if `op` is no function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_SetAnnotations(op: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let op = function::checked(op)?;
        value_for(value, dict::check, "non-dict annotations").map(|value| function::set_annotations(op, value))
    })
}

/// None takes it away; `SystemError` for what is no tuple, or if `op` is no function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_SetClosure(op: *mut PyObject, closure: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let op = function::checked(op)?;
        let found = Object::optional(closure).map_or("NULL", |closure| typeobject::tp_name(closure.ty()));
        let message = format!("expected tuple for closure, got '{}'", error::cut(found, 100));
        value_for(closure, tuple::check, &message).map(|closure| function::set_closure(op, closure))
    })
}

/// What calls the function from now on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_SetVectorcall(func: *mut PyFunctionObject, vectorcall: vectorcallfunc) {
    // SAFETY: the caller's contract.
    unsafe {
        (*func).func_version = 0;
        (*func).vectorcall = vectorcall;
    }
}

/// Adds a callback for what happens to functions: its number; -1 with `RuntimeError` if there are eight.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_AddWatcher(callback: PyFunction_WatchCallback) -> c_int {
    api(|| function::add_watcher(callback))
}

/// `ValueError` if there is no such watcher.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_ClearWatcher(watcher_id: c_int) -> c_int {
    api(|| function::clear_watcher(watcher_id))
}

/// 0 if the function is nothing but its code, else -1 with `ValueError`, or `TypeError` for namespaces that are no
/// dicts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyFunction_VerifyStateless(_tstate: *mut PyThreadState, func: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| function::stateless::verify(unsafe { Object::from_ptr(func) }))
}
