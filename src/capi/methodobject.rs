//! `methodobject.h`: builtin functions.

use crate::abi::*;
use crate::object::{Object, api, error};
use crate::types::cfunction;
use std::ptr;

/// New reference: a function object for `ml`, which must outlive it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCFunction_New(ml: *mut PyMethodDef, self_: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { PyCMethod_New(ml, self_, ptr::null_mut(), ptr::null_mut()) }
}

/// As `PyCFunction_New`, with the name of its module, or the module.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCFunction_NewEx(
    ml: *mut PyMethodDef,
    self_: *mut PyObject,
    module: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { PyCMethod_New(ml, self_, module, ptr::null_mut()) }
}

/// As `PyCFunction_NewEx`, with the class that defines a `METH_METHOD` function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCMethod_New(
    ml: *mut PyMethodDef,
    self_: *mut PyObject,
    module: *mut PyObject,
    cls: *mut PyTypeObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { cfunction::new(ml, Object::optional(self_), Object::optional(module), cls) })
}

/// The C function. NULL with `SystemError` if `op` is no builtin function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCFunction_GetFunction(op: *mut PyObject) -> PyCFunction {
    // SAFETY: the caller's contract.
    unsafe {
        if !cfunction::check(Object::from_ptr(op)) {
            let _raised = error::bad_internal_call();
            return None;
        }
        (*(*op.cast::<PyCFunctionObject>()).m_ml).ml_meth
    }
}

/// Borrowed: the object the function is called on, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCFunction_GetSelf(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe {
        let function = Object::from_ptr(op);
        if !cfunction::check(function) {
            let _raised = error::bad_internal_call();
            return ptr::null_mut();
        }
        cfunction::self_of(function)
    }
}

/// The flags of the function's table entry, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCFunction_GetFlags(op: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        if !cfunction::check(Object::from_ptr(op)) {
            let _raised = error::bad_internal_call();
            return -1;
        }
        (*(*op.cast::<PyCFunctionObject>()).m_ml).ml_flags
    }
}
