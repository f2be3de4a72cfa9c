//! The birth and death of objects: allocation with and without a collector's header, initialisation of the head,
//! the trashcan that keeps deep destructions off the C stack, the recursion guard.

use super::{Result, error};
use crate::abi::*;

/// Memory for an instance of a fixed-size type without collector header, its head set (`PyObject_New`). Fields
/// behind the head are not initialised.
pub fn new<T>(ty: *mut PyTypeObject) -> Result<*mut T> {
    let _ = ty;
    Err(error::no_memory())
}

/// With room for `n` items of the type's item size, and `ob_size` set (`PyObject_NewVar`).
pub fn new_var<T>(_ty: *mut PyTypeObject, _n: isize) -> Result<*mut T> {
    todo!()
}

/// With a collector's header, not tracked yet (`PyObject_GC_New`).
pub fn gc_new<T>(_ty: *mut PyTypeObject) -> Result<*mut T> {
    todo!()
}

/// `PyObject_GC_NewVar`.
pub fn gc_new_var<T>(_ty: *mut PyTypeObject, _n: isize) -> Result<*mut T> {
    todo!()
}

/// Frees the memory of an object without collector header (`PyObject_Free`).
///
/// # Safety
/// `op` came from [`new`] or [`new_var`] and is dead.
pub unsafe fn free(_op: *mut PyObject) {
    todo!()
}

/// Frees the memory of an object with a collector's header (`PyObject_GC_Del`).
///
/// # Safety
/// `op` came from [`gc_new`] or [`gc_new_var`] and is dead.
pub unsafe fn gc_free(_op: *mut PyObject) {
    todo!()
}

/// `Py_EnterRecursiveCall`: `RecursionError` when the C stack is nearly used up; `place` is the message's tail, such
/// as " while calling a Python object".
pub fn enter_recursive_call(_place: &str) -> Result<()> {
    todo!()
}

pub fn leave_recursive_call() {}

/// An instance of `ty` in `size` bytes, for types that count their own items (int): head set, no collector header.
pub fn new_sized<T>(_ty: *mut PyTypeObject, _size: usize) -> Result<*mut T> {
    todo!()
}

/// Sets the head of fresh memory: one reference, the type (to which a heap type's instance owns a reference).
///
/// # Safety
/// `op` is memory of an object that nothing else sees.
pub unsafe fn init_object(_op: *mut PyObject, _ty: *mut PyTypeObject) {
    todo!()
}
