//! `objimpl.h`: allocation of objects, and the collector.

use crate::abi::*;
use crate::collect::{self, tracked};
use crate::mem::{arenas, domains, gc};
use crate::object::{Object, api, error, lifecycle};
use crate::types::weakref;

/// Memory of the object domain; NULL if there is none, or `size` is above `PY_SSIZE_T_MAX`. No error is set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Malloc(size: usize) -> *mut c_void {
    domains::object_malloc(size)
}

/// As `PyObject_Malloc`, zeroed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Calloc(nelem: usize, elsize: usize) -> *mut c_void {
    domains::object_calloc(nelem, elsize)
}

/// Resizes a block of the object domain; on failure the old block stays.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Realloc(ptr: *mut c_void, new_size: usize) -> *mut c_void {
    // SAFETY: the caller's contract.
    unsafe { domains::object_realloc(ptr, new_size) }
}

/// Frees a block of the object domain. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Free(ptr: *mut c_void) {
    // SAFETY: the caller's contract.
    unsafe { domains::object_free(ptr) }
}

/// Sets the head of an object in memory of the caller's. Returns `op`, or NULL with `MemoryError` if it is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Init(op: *mut PyObject, ty: *mut PyTypeObject) -> *mut PyObject {
    if op.is_null() {
        let _raised = error::no_memory();
        return op;
    }
    // SAFETY: the caller's contract.
    unsafe { lifecycle::init(op, ty) };
    op
}

/// As `PyObject_Init`, with the number of items.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_InitVar(
    op: *mut PyVarObject,
    ty: *mut PyTypeObject,
    size: Py_ssize_t,
) -> *mut PyVarObject {
    if op.is_null() {
        let _raised = error::no_memory();
        return op;
    }
    // SAFETY: the caller's contract.
    unsafe {
        (*op).ob_size = size;
        lifecycle::init(op.cast(), ty);
    }
    op
}

/// New reference; `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_New(ty: *mut PyTypeObject) -> *mut PyObject {
    api(|| lifecycle::new::<PyObject>(ty))
}

/// New reference; `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_NewVar(ty: *mut PyTypeObject, nitems: Py_ssize_t) -> *mut PyVarObject {
    api(|| lifecycle::new_var::<PyVarObject>(ty, nitems))
}

/// New reference, not tracked; `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_GC_New(ty: *mut PyTypeObject) -> *mut PyObject {
    api(|| lifecycle::gc_new::<PyObject>(ty))
}

/// New reference, not tracked; `SystemError` for a negative size, `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_GC_NewVar(ty: *mut PyTypeObject, nitems: Py_ssize_t) -> *mut PyVarObject {
    api(|| {
        if nitems < 0 {
            return Err(error::bad_internal_call());
        }
        lifecycle::gc_new_var::<PyVarObject>(ty, nitems)
    })
}

/// The object with room for `nitems`, perhaps elsewhere; NULL with `MemoryError`, and the old object stays.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_GC_Resize(op: *mut PyVarObject, nitems: Py_ssize_t) -> *mut PyVarObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { lifecycle::gc_resize(op, nitems) })
}

/// Frees a collectable object whose destructor is done; it may still be tracked.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GC_Del(op: *mut c_void) {
    // SAFETY: the caller's contract.
    unsafe { lifecycle::gc_free(op.cast()) }
}

/// Puts the object under the collector's eyes: its fields are valid from now on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GC_Track(op: *mut c_void) {
    // SAFETY: the caller's contract.
    unsafe {
        if gc::is_tracked(op.cast()) {
            lifecycle::assertion_failed(
                op.cast(),
                c"object already tracked by the garbage collector",
                c"PyObject_GC_Track",
            );
        }
        gc::track(op.cast());
    }
}

/// Takes the object away from the collector; not being tracked is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GC_UnTrack(op: *mut c_void) {
    // SAFETY: the caller's contract.
    unsafe { gc::untrack(op.cast()) }
}

/// 1 if the collector looks at the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GC_IsTracked(op: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { c_int::from(gc::is_gc(op) && gc::is_tracked(op)) }
}

/// 1 if the object's `tp_finalize` ran.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GC_IsFinalized(op: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { c_int::from(gc::is_gc(op) && gc::is_finalized(op)) }
}

/// 1 if the object has a collector's header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_IS_GC(op: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { c_int::from(gc::is_gc(op)) }
}

/// 1 if instances of `ty` can have weak references.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_SUPPORTS_WEAKREFS(ty: *mut PyTypeObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { c_int::from((*ty).tp_weaklistoffset != 0) }
}

/// An instance of a collectable type with `extra_size` zeroed bytes behind it, not tracked. New reference;
/// `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_Object_GC_NewWithExtraData(
    ty: *mut PyTypeObject,
    extra_size: usize,
) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        unsafe {
            let Some(size) = ((*ty).tp_basicsize as usize).checked_add(extra_size) else {
                return Err(error::no_memory());
            };
            let op = lifecycle::alloc_zeroed(ty, size)?;
            Ok(Object::from_ptr(op).as_ptr())
        }
    })
}

/// A full collection; how many objects were unreachable, 0 if the collector is off. An exception that is set stays.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyGC_Collect() -> Py_ssize_t {
    collect::collect_if_enabled()
}

/// Turns automatic collection on; 1 if it was on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyGC_Enable() -> c_int {
    c_int::from(collect::enable(true))
}

/// Turns automatic collection off; 1 if it was on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyGC_Disable() -> c_int {
    c_int::from(collect::enable(false))
}

/// 1 if automatic collection is on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyGC_IsEnabled() -> c_int {
    c_int::from(collect::is_enabled())
}

/// Calls `callback(op, arg)` with every tracked object until it returns 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_GC_VisitObjects(callback: gcvisitobjects_t, arg: *mut c_void) {
    if let Some(callback) = callback {
        // SAFETY: the caller's contract.
        unsafe { tracked::visit_objects(callback, arg) }
    }
}

/// Where the list of weak references to `op` begins.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GET_WEAKREFS_LISTPTR(op: *mut PyObject) -> *mut *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { weakref::place(op).cast() }
}

/// The arena allocator.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetArenaAllocator(allocator: *mut PyObjectArenaAllocator) {
    // SAFETY: the caller's contract.
    unsafe { arenas::get(allocator) }
}

/// Replaces the arena allocator, which is kept but not used: see `mem::arenas`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_SetArenaAllocator(allocator: *mut PyObjectArenaAllocator) {
    // SAFETY: the caller's contract.
    unsafe { arenas::set(allocator) }
}
