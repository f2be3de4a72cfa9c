//! The birth and death of objects: allocation with and without a collector's header, initialisation of the head,
//! finalizers, the recursion guard. (What keeps deep destructions off the C stack is in `mem::refcount`.)

use super::{Object, Result, above, error};
use crate::abi::*;
use crate::mem::{domains, gc, refcount, tracer};
use crate::raise;
use crate::state::{self, fatal::fatal_error};
use std::ffi::CStr;
use std::ptr;

/// Sets the head of a new object: type, and a count of one. An instance of a heap type owns a reference to its type.
///
/// # Safety
/// `op` is memory for an instance of `ty`.
#[inline(always)]
pub unsafe fn init(op: *mut PyObject, ty: *mut PyTypeObject) {
    // SAFETY: the caller's word.
    unsafe {
        (*op).ob_type = ty;
        if (*ty).tp_flags & Py_TPFLAGS_HEAPTYPE != 0 {
            refcount::incref(ty.cast());
        }
        new_reference(op);
    }
}

/// A count of one and no flags (`_Py_NewReference`).
///
/// # Safety
/// `op` is memory for an object, its type set.
#[inline(always)]
pub unsafe fn new_reference(op: *mut PyObject) {
    // SAFETY: the caller's word.
    unsafe {
        (*op).ob_refcnt = 1;
        (*op).ob_overflow = 0;
        (*op).ob_flags = 0;
    }
    if tracer::active() {
        tracer::report_birth(op);
    }
}

/// The bytes of an instance with `n` items, or none if that is more than there can be.
#[inline(always)]
pub fn var_size(ty: *mut PyTypeObject, n: isize) -> Option<usize> {
    // SAFETY: a type is alive while its instances are made.
    let (basic, item) = unsafe { ((*ty).tp_basicsize, (*ty).tp_itemsize) };
    let size = n.checked_mul(item)?.checked_add(basic)?.checked_add(7)? & !7;
    usize::try_from(size).ok()
}

/// Memory for an instance of a fixed-size type without collector header, its head set (`PyObject_New`). Fields
/// behind the head are not initialised.
#[inline]
pub fn new<T>(ty: *mut PyTypeObject) -> Result<*mut T> {
    // SAFETY: a type is alive while its instances are made; fresh.
    unsafe {
        let op = domains::object_malloc((*ty).tp_basicsize as usize).cast::<PyObject>();
        if op.is_null() {
            return Err(error::no_memory());
        }
        init(op, ty);
        Ok(op.cast())
    }
}

/// With room for `n` items of the type's item size, and `ob_size` set (`PyObject_NewVar`).
#[inline]
pub fn new_var<T>(ty: *mut PyTypeObject, n: isize) -> Result<*mut T> {
    let Some(size) = var_size(ty, n) else {
        return Err(error::no_memory());
    };
    let op = domains::object_malloc(size).cast::<PyObject>();
    if op.is_null() {
        return Err(error::no_memory());
    }
    // SAFETY: fresh, and a variable-size type begins with PyVarObject.
    unsafe {
        (*op.cast::<PyVarObject>()).ob_size = n;
        init(op, ty);
    }
    Ok(op.cast())
}

/// Memory of `size` bytes behind what stands before an instance of a collectable `ty`; the head is not set.
#[inline]
pub fn gc_alloc(ty: *mut PyTypeObject, size: usize) -> Result<*mut PyObject> {
    let prefix = gc::prefix_size(ty);
    let block = match size.checked_add(prefix) {
        Some(total) => domains::object_malloc(total),
        None => ptr::null_mut(),
    };
    if block.is_null() {
        return Err(error::no_memory());
    }
    // SAFETY: fresh: `prefix` is the collector's header, or twice as much.
    unsafe {
        block.cast::<[u8; gc::HEAD_SIZE]>().write([0; gc::HEAD_SIZE]);
        if prefix != gc::HEAD_SIZE {
            block.cast::<[u8; gc::HEAD_SIZE]>().add(1).write([0; gc::HEAD_SIZE]);
        }
    }
    gc::count_allocation();
    Ok(block.cast::<u8>().wrapping_add(prefix).cast())
}

/// As [`gc_alloc`] and [`new`], for every type: the instance is zeroed, its head set (`PyType_GenericAlloc` without
/// tracking).
#[inline]
pub fn alloc_zeroed(ty: *mut PyTypeObject, size: usize) -> Result<*mut PyObject> {
    let prefix = gc::prefix_size(ty);
    let block = match size.checked_add(prefix) {
        Some(total) => domains::object_calloc(1, total),
        None => ptr::null_mut(),
    };
    if block.is_null() {
        return Err(error::no_memory());
    }
    let op = block.cast::<u8>().wrapping_add(prefix).cast();
    // SAFETY: fresh; a type is alive while its instances are made.
    unsafe {
        if (*ty).tp_flags & Py_TPFLAGS_HAVE_GC != 0 {
            gc::count_allocation();
        }
        init(op, ty);
    }
    Ok(op)
}

/// With a collector's header, not tracked yet (`PyObject_GC_New`).
#[inline]
pub fn gc_new<T>(ty: *mut PyTypeObject) -> Result<*mut T> {
    // SAFETY: a type is alive while its instances are made; fresh.
    unsafe {
        let op = gc_alloc(ty, (*ty).tp_basicsize as usize)?;
        init(op, ty);
        Ok(op.cast())
    }
}

/// As [`gc_new`] for a builtin type whose instances are `T` and no more: nothing of the type need be read.
#[inline(always)]
pub fn gc_new_builtin<T>(ty: *mut PyTypeObject) -> Result<*mut T> {
    // SAFETY: a builtin type is static; fresh.
    unsafe {
        debug_assert!((*ty).tp_basicsize as usize == size_of::<T>());
        let op = gc_alloc_builtin(ty, size_of::<T>())?;
        (*op).ob_type = ty;
        new_reference(op);
        Ok(op.cast())
    }
}

/// As [`gc_alloc`] for a builtin type: nothing but the collector's header stands before an instance.
#[inline(always)]
pub fn gc_alloc_builtin(ty: *mut PyTypeObject, size: usize) -> Result<*mut PyObject> {
    // SAFETY: a builtin type is static.
    debug_assert!(gc::prefix_size(ty) == gc::HEAD_SIZE && unsafe { (*ty).tp_flags } & Py_TPFLAGS_HEAPTYPE == 0);
    let block = domains::object_malloc(gc::HEAD_SIZE + size);
    if block.is_null() {
        return Err(error::no_memory());
    }
    // SAFETY: fresh.
    unsafe { block.cast::<[u8; gc::HEAD_SIZE]>().write([0; gc::HEAD_SIZE]) };
    gc::count_allocation();
    Ok(block.cast::<u8>().wrapping_add(gc::HEAD_SIZE).cast())
}

/// `PyObject_GC_NewVar`.
#[inline]
pub fn gc_new_var<T>(ty: *mut PyTypeObject, n: isize) -> Result<*mut T> {
    let Some(size) = var_size(ty, n) else {
        return Err(error::no_memory());
    };
    // SAFETY: fresh, and a variable-size type begins with PyVarObject.
    unsafe {
        let op = gc_alloc(ty, size)?;
        (*op.cast::<PyVarObject>()).ob_size = n;
        init(op, ty);
        Ok(op.cast())
    }
}

/// Room for `n` items in an object that nobody tracks (`PyObject_GC_Resize`); the old pointer is void.
///
/// # Safety
/// `op` came from [`gc_new_var`], is not tracked, and has no other user.
pub unsafe fn gc_resize(op: *mut PyVarObject, n: isize) -> Result<*mut PyVarObject> {
    // SAFETY: the caller's word.
    unsafe {
        let ty = (*op).ob_base.ob_type;
        let prefix = gc::prefix_size(ty);
        let Some(size) = var_size(ty, n).and_then(|size| size.checked_add(prefix)) else {
            return Err(error::no_memory());
        };
        let block = domains::object_realloc(op.cast::<u8>().wrapping_sub(prefix).cast(), size);
        if block.is_null() {
            return Err(error::no_memory());
        }
        let op = block.cast::<u8>().wrapping_add(prefix).cast::<PyVarObject>();
        (*op).ob_size = n;
        Ok(op)
    }
}

/// Frees the memory of an object without collector header (`PyObject_Free`).
///
/// # Safety
/// `op` came from [`new`] or [`new_var`] and is dead.
#[inline]
pub unsafe fn free(op: *mut PyObject) {
    // SAFETY: the caller's word.
    unsafe { domains::object_free(op.cast()) }
}

/// Frees the memory of an object with a collector's header (`PyObject_GC_Del`). Its type must still be alive.
///
/// # Safety
/// `op` came from [`gc_new`] or [`gc_new_var`] and is dead.
#[inline]
pub unsafe fn gc_free(op: *mut PyObject) {
    // SAFETY: the caller's word.
    unsafe {
        gc::untrack(op);
        gc::count_deallocation();
        let prefix = gc::prefix_size((*op).ob_type);
        domains::object_free(op.cast::<u8>().wrapping_sub(prefix).cast());
    }
}

/// As [`gc_free`] for an instance of a builtin type that is not tracked any more.
///
/// # Safety
/// As [`gc_free`].
#[inline(always)]
pub unsafe fn gc_free_builtin(op: *mut PyObject) {
    // SAFETY: the caller's word.
    unsafe {
        debug_assert!(!gc::is_tracked(op) && gc::prefix_size((*op).ob_type) == gc::HEAD_SIZE);
        gc::count_deallocation();
        domains::object_free(gc::head_of(op).cast());
    }
}

/// Runs `tp_finalize`, once in a collectable object's life (`PyObject_CallFinalizer`).
pub fn call_finalizer(o: &Object) {
    // SAFETY: a borrow is alive, and so is its type.
    unsafe {
        let ty = o.ty();
        let Some(finalize) = (*ty).tp_finalize else {
            return;
        };
        let collectable = (*ty).tp_flags & Py_TPFLAGS_HAVE_GC != 0;
        if collectable && gc::is_finalized(o.as_ptr()) {
            return;
        }
        finalize(o.as_ptr());
        if collectable {
            gc::set_finalized(o.as_ptr());
        }
    }
}

/// Runs the finalizer of an object whose destructor has begun; false if the finalizer brought it back to life, and the
/// destructor has to stop (`PyObject_CallFinalizerFromDealloc`).
///
/// # Safety
/// `op` has a count of zero and its destructor is running.
pub unsafe fn call_finalizer_from_dealloc(op: *mut PyObject) -> bool {
    // SAFETY: the caller's word; while the finalizer runs the object is whole and has one reference.
    unsafe {
        if (*op).ob_refcnt != 0 {
            assertion_failed(
                op,
                c"PyObject_CallFinalizerFromDealloc called on object with a non-zero refcount",
                c"PyObject_CallFinalizerFromDealloc",
            );
        }
        (*op).ob_refcnt = 1;
        call_finalizer(Object::from_ptr(op));
        (*op).ob_refcnt -= 1;
        (*op).ob_refcnt == 0
    }
}

/// Raises `RecursionError` above this much of the C stack, so that there is room for raising it.
pub const STACK_MARGIN: usize = 128 << 10;
/// And has not even room for that above this much.
pub const STACK_HARD_MARGIN: usize = 32 << 10;

/// `Py_EnterRecursiveCall`: `RecursionError` when the C stack is nearly used up; `place` is the message's tail, such
/// as " while calling a Python object".
#[inline(always)]
pub fn enter_recursive_call(place: &str) -> Result<()> {
    // SAFETY: attached.
    if state::stack_pointer() < unsafe { (*state::thread()).c_stack_soft_limit } {
        return stack_is_used_up(place);
    }
    Ok(())
}

/// `RecursionError`, or the end of the process if there is not even room for that.
#[cold]
#[inline(never)]
pub fn stack_is_used_up(place: &str) -> Result<()> {
    // SAFETY: attached.
    let (top, hard) = unsafe { ((*state::thread()).c_stack_top, (*state::thread()).c_stack_hard_limit) };
    let here = state::stack_pointer();
    let used = top.saturating_sub(here) / 1024;
    if here < hard {
        fatal_error("_Py_CheckRecursiveCall", &format!("Unrecoverable stack overflow (used {used} kB){place}"));
    }
    Err(raise!(RecursionError, "Stack overflow (used {used} kB){place}"))
}

#[inline(always)]
pub fn leave_recursive_call() {}

/// Ends the process: `message` says what a caller of `function` did to `op` that must not be.
#[cold]
pub fn assertion_failed(op: *mut PyObject, message: &'static CStr, function: &'static CStr) -> ! {
    above::assertion_failed(op, message, c"object/lifecycle.rs", line!(), function)
}
