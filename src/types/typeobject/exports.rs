//! The exports whose addresses are part of how a type looks: extensions put them into their own types and compare slots
//! against them, so the machinery has to use the very same addresses. They are defined in `capi`.

use crate::abi::*;
pub use crate::object::slots::*;

unsafe extern "C" {
    pub fn PyType_GenericAlloc(ty: *mut PyTypeObject, nitems: Py_ssize_t) -> *mut PyObject;
    pub fn PySeqIter_New(sequence: *mut PyObject) -> *mut PyObject;
    pub fn PyErr_WriteUnraisable(object: *mut PyObject);
    pub fn PyType_GenericNew(ty: *mut PyTypeObject, args: *mut PyObject, kwds: *mut PyObject) -> *mut PyObject;
}

/// Reports the exception that is set, which nobody can be given; `object` is where it happened.
pub fn write_unraisable(object: Option<&crate::object::Object>) {
    // SAFETY: attached; an exception is set.
    unsafe { PyErr_WriteUnraisable(object.map_or(std::ptr::null_mut(), crate::object::Object::as_ptr)) }
}

/// The same function, whatever the compiler thinks of comparing addresses.
pub fn same<F: Copy>(a: F, b: *const ()) -> bool {
    const { assert!(size_of::<F>() == size_of::<*const ()>()) };
    // SAFETY: `F` is a nullable function pointer type of the ABI.
    unsafe { std::mem::transmute_copy::<F, *const ()>(&a) == b }
}

/// Two slots hold the same function, or both none.
pub fn same_slot<F: Copy>(a: F, b: F) -> bool {
    const { assert!(size_of::<F>() == size_of::<*const ()>()) };
    // SAFETY: `F` is a nullable function pointer type of the ABI.
    unsafe { std::mem::transmute_copy::<F, *const ()>(&a) == std::mem::transmute_copy::<F, *const ()>(&b) }
}
