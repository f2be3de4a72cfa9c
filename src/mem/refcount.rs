//! Reference counts, in the 32-bit scheme that extensions have inlined (`Py_INCREF`, `Py_DECREF` of 3.14).
//!
//! A count of 2^31 and above is immortal: it is neither raised nor lowered, so immortal objects may be shared between
//! interpreters that run at the same time. Every function here wants a live object.

use crate::abi::*;

/// # Safety
/// `op` is a live object.
#[inline(always)]
pub unsafe fn incref(op: *mut PyObject) {
    // SAFETY: live.
    unsafe {
        let count = (*op).ob_refcnt;
        if count < _Py_IMMORTAL_INITIAL_REFCNT as u32 {
            (*op).ob_refcnt = count + 1;
        }
    }
}

/// # Safety
/// `op` is a live object, and the caller owns the reference that it gives up.
#[inline(always)]
pub unsafe fn decref(op: *mut PyObject) {
    // SAFETY: live, and the last reference ends it.
    unsafe {
        let count = (*op).ob_refcnt;
        if (count as i32) < 0 {
            return;
        }
        (*op).ob_refcnt = count - 1;
        if count == 1 {
            dealloc(op);
        }
    }
}

/// # Safety
/// NULL, or as [`decref`].
#[inline(always)]
pub unsafe fn xdecref(op: *mut PyObject) {
    if !op.is_null() {
        // SAFETY: passed on.
        unsafe { decref(op) }
    }
}

/// # Safety
/// NULL, or a live object.
#[inline(always)]
pub unsafe fn xincref(op: *mut PyObject) {
    if !op.is_null() {
        // SAFETY: passed on.
        unsafe { incref(op) }
    }
}

/// Empties a place that owns a reference, then gives the reference up: foreign code that runs meanwhile finds NULL.
///
/// # Safety
/// `place` is valid and holds NULL or a reference that it owns.
#[inline(always)]
pub unsafe fn clear(place: *mut *mut PyObject) {
    // SAFETY: passed on.
    unsafe { xdecref(place.replace(std::ptr::null_mut())) }
}

#[inline(always)]
pub unsafe fn is_immortal(op: *mut PyObject) -> bool {
    // SAFETY: live.
    unsafe { ((*op).ob_refcnt as i32) < 0 }
}

/// Makes `op` live until the process ends. Its count no longer changes, so it may be shared by interpreters.
///
/// # Safety
/// `op` is a live object.
pub unsafe fn make_immortal(op: *mut PyObject) {
    // SAFETY: live.
    unsafe {
        (*op).ob_refcnt = _Py_IMMORTAL_INITIAL_REFCNT as u32;
        (*op).ob_flags |= _Py_IMMORTAL_FLAGS as u16;
    }
}

/// Ends an object whose count reached zero.
///
/// # Safety
/// The count is zero and nothing else refers to it.
#[cold]
#[inline(never)]
pub unsafe fn dealloc(op: *mut PyObject) {
    // SAFETY: every ready type has a tp_dealloc.
    unsafe {
        if let Some(dealloc) = (*(*op).ob_type).tp_dealloc {
            dealloc(op);
        }
    }
}
