//! `classobject.h`: bound methods.

use crate::abi::*;
use crate::object::{Object, api, error};
use crate::types::classobject;
use std::ptr;

/// New reference: `func` bound to `self`, which is not NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMethod_New(func: *mut PyObject, self_: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        match unsafe { (Object::optional(func), Object::optional(self_)) } {
            (Some(func), Some(on)) => classobject::new(func, on),
            _ => Err(error::bad_internal_call()),
        }
    })
}

/// Borrowed: the function of a bound method.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMethod_Function(method: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe {
        if !Object::from_ptr(method).is_exact(&raw mut classobject::PyMethod_Type) {
            let _raised = error::bad_internal_call();
            return ptr::null_mut();
        }
        (*method.cast::<PyMethodObject>()).im_func
    }
}

/// Borrowed: the object of a bound method.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMethod_Self(method: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe {
        if !Object::from_ptr(method).is_exact(&raw mut classobject::PyMethod_Type) {
            let _raised = error::bad_internal_call();
            return ptr::null_mut();
        }
        (*method.cast::<PyMethodObject>()).im_self
    }
}

/// New reference: a callable that binds to instances, whatever its type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInstanceMethod_New(func: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| classobject::new_instance_method(unsafe { Object::from_ptr(func) }))
}

/// Borrowed: the callable in an instance method.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInstanceMethod_Function(method: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe {
        if !Object::from_ptr(method).is_exact(&raw mut classobject::PyInstanceMethod_Type) {
            let _raised = error::bad_internal_call();
            return ptr::null_mut();
        }
        (*method.cast::<PyInstanceMethodObject>()).func
    }
}
