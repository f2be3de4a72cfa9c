//! `pycapsule.h`: C pointers as objects.

use crate::abi::*;
use crate::object::{api, error};
use crate::raise;
use crate::types::capsule;
use std::ffi::CStr;

/// New reference. `ValueError` for a NULL pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_New(
    pointer: *mut c_void,
    name: *const c_char,
    destructor: PyCapsule_Destructor,
) -> *mut PyObject {
    api(|| capsule::new(pointer, name, destructor))
}

/// The pointer. `ValueError` if it is no capsule, or has another name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_GetPointer(capsule: *mut PyObject, name: *const c_char) -> *mut c_void {
    // SAFETY: the caller's contract.
    api(|| unsafe { capsule::pointer(capsule, name) })
}

/// The name, which may be NULL without an error. `ValueError` if it is no capsule.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_GetName(capsule: *mut PyObject) -> *const c_char {
    // SAFETY: the caller's contract.
    api(|| Ok(unsafe { capsule::of(capsule, "PyCapsule_GetName") }?.name))
}

/// The destructor, which may be NULL without an error. `ValueError` if it is no capsule.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_GetDestructor(capsule: *mut PyObject) -> PyCapsule_Destructor {
    // SAFETY: the caller's contract.
    unsafe { capsule::of(capsule, "PyCapsule_GetDestructor") }.ok().and_then(|capsule| capsule.destructor)
}

/// The context, which may be NULL without an error. `ValueError` if it is no capsule.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_GetContext(capsule: *mut PyObject) -> *mut c_void {
    // SAFETY: the caller's contract.
    api(|| Ok(unsafe { capsule::of(capsule, "PyCapsule_GetContext") }?.context))
}

/// 1 if it is a capsule of this name. Never raises.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_IsValid(capsule: *mut PyObject, name: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { c_int::from(capsule::is_valid(capsule, name)) }
}

/// `ValueError` for a NULL pointer, or if it is no capsule.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_SetPointer(capsule: *mut PyObject, pointer: *mut c_void) -> c_int {
    api(|| {
        if pointer.is_null() {
            return Err(raise!(ValueError, "PyCapsule_SetPointer called with null pointer"));
        }
        // SAFETY: the caller's contract.
        unsafe { capsule::of(capsule, "PyCapsule_SetPointer") }?.pointer = pointer;
        Ok(())
    })
}

/// `ValueError` if it is no capsule.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_SetName(capsule: *mut PyObject, name: *const c_char) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        unsafe { capsule::of(capsule, "PyCapsule_SetName") }?.name = name;
        Ok(())
    })
}

/// `ValueError` if it is no capsule.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_SetDestructor(capsule: *mut PyObject, destructor: PyCapsule_Destructor) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        unsafe { capsule::of(capsule, "PyCapsule_SetDestructor") }?.destructor = destructor;
        Ok(())
    })
}

/// `ValueError` if it is no capsule.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_SetContext(capsule: *mut PyObject, context: *mut c_void) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        unsafe { capsule::of(capsule, "PyCapsule_SetContext") }?.context = context;
        Ok(())
    })
}

/// Has the collector look at what the capsule points to. `ValueError` if it is no capsule.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCapsule_SetTraverse(
    op: *mut PyObject,
    traverse_func: traverseproc,
    clear_func: inquiry,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { capsule::set_traverse(op, traverse_func, clear_func) })
}

/// The pointer of the capsule `module.attribute`. `ImportError`, `AttributeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCapsule_Import(name: *const c_char, _no_block: c_int) -> *mut c_void {
    api(|| {
        if name.is_null() {
            return Err(error::null_argument());
        }
        // SAFETY: the caller's contract.
        capsule::import(unsafe { CStr::from_ptr(name) })
    })
}
