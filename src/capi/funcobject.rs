//! `funcobject.h`: class methods and static methods.

use crate::abi::*;
use crate::object::{Object, Owned, Result, api, error};
use crate::types::funcobject;

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

/// Python functions run bytecode: `NotImplementedError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_New(_code: *mut PyObject, _globals: *mut PyObject) -> *mut PyObject {
    api(|| -> Result<Owned> { Err(error::no_evaluator("PyFunction_New")) })
}

/// Python functions run bytecode: `NotImplementedError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_NewWithQualName(
    _code: *mut PyObject,
    _globals: *mut PyObject,
    _qualname: *mut PyObject,
) -> *mut PyObject {
    api(|| -> Result<Owned> { Err(error::no_evaluator("PyFunction_NewWithQualName")) })
}

/// `SystemError`: there are no Python functions, so `op` is something else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_GetCode(_op: *mut PyObject) -> *mut PyObject {
    api(|| -> Result<Owned> { Err(error::bad_internal_call()) })
}

/// `SystemError`: there are no Python functions, so `op` is something else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_GetGlobals(_op: *mut PyObject) -> *mut PyObject {
    api(|| -> Result<Owned> { Err(error::bad_internal_call()) })
}

/// `SystemError`: there are no Python functions, so `op` is something else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_GetModule(_op: *mut PyObject) -> *mut PyObject {
    api(|| -> Result<Owned> { Err(error::bad_internal_call()) })
}

/// `SystemError`: there are no Python functions, so `op` is something else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_GetDefaults(_op: *mut PyObject) -> *mut PyObject {
    api(|| -> Result<Owned> { Err(error::bad_internal_call()) })
}

/// `SystemError`: there are no Python functions, so `op` is something else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_GetKwDefaults(_op: *mut PyObject) -> *mut PyObject {
    api(|| -> Result<Owned> { Err(error::bad_internal_call()) })
}

/// `SystemError`: there are no Python functions, so `op` is something else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_GetClosure(_op: *mut PyObject) -> *mut PyObject {
    api(|| -> Result<Owned> { Err(error::bad_internal_call()) })
}

/// `SystemError`: there are no Python functions, so `op` is something else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_GetAnnotations(_op: *mut PyObject) -> *mut PyObject {
    api(|| -> Result<Owned> { Err(error::bad_internal_call()) })
}

/// `SystemError`: there are no Python functions, so `op` is something else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_SetDefaults(_op: *mut PyObject, _value: *mut PyObject) -> c_int {
    api(|| -> Result<()> { Err(error::bad_internal_call()) })
}

/// `SystemError`: there are no Python functions, so `op` is something else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_SetKwDefaults(_op: *mut PyObject, _value: *mut PyObject) -> c_int {
    api(|| -> Result<()> { Err(error::bad_internal_call()) })
}

/// `SystemError`: there are no Python functions, so `op` is something else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_SetClosure(_op: *mut PyObject, _value: *mut PyObject) -> c_int {
    api(|| -> Result<()> { Err(error::bad_internal_call()) })
}

/// `SystemError`: there are no Python functions, so `op` is something else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFunction_SetAnnotations(_op: *mut PyObject, _value: *mut PyObject) -> c_int {
    api(|| -> Result<()> { Err(error::bad_internal_call()) })
}

// not provided: PyFunction_SetVectorcall, which takes a function and reports nothing; PyFunction_AddWatcher and
// PyFunction_ClearWatcher, since nothing could be watched.
