//! Reference counts, in the 32-bit scheme that extensions have inlined (`Py_INCREF`, `Py_DECREF` of 3.14).
//!
//! A count of 2^31 and above is immortal: it is neither raised nor lowered, so immortal objects may be shared between
//! interpreters that run at the same time. Every function here wants a live object.

use super::{gc, tracer};
use crate::abi::*;
use crate::state;

/// # Safety
/// `op` is a live object.
#[inline(always)]
pub unsafe fn incref(op: *mut PyObject) {
    // SAFETY: the caller's word.
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
        // SAFETY: the caller's word.
        unsafe { decref(op) }
    }
}

/// # Safety
/// NULL, or a live object.
#[inline(always)]
pub unsafe fn xincref(op: *mut PyObject) {
    if !op.is_null() {
        // SAFETY: the caller's word.
        unsafe { incref(op) }
    }
}

/// Empties a place that owns a reference, then gives the reference up: foreign code that runs meanwhile finds NULL.
///
/// # Safety
/// `place` is valid and holds NULL or a reference that it owns.
#[inline(always)]
pub unsafe fn clear(place: *mut *mut PyObject) {
    // SAFETY: the caller's word.
    unsafe { xdecref(place.replace(std::ptr::null_mut())) }
}

/// Whether the object's count never changes.
///
/// # Safety
/// `op` is a live object.
#[inline(always)]
pub unsafe fn is_immortal(op: *mut PyObject) -> bool {
    // SAFETY: the caller's word.
    unsafe { ((*op).ob_refcnt as i32) < 0 }
}

/// Makes `op` live until the process ends. Its count no longer changes, so it may be shared by interpreters.
///
/// # Safety
/// `op` is a live object.
pub unsafe fn make_immortal(op: *mut PyObject) {
    // SAFETY: the caller's word.
    unsafe {
        (*op).ob_refcnt = _Py_IMMORTAL_INITIAL_REFCNT as u32;
        (*op).ob_flags |= _Py_IMMORTAL_FLAGS as u16;
    }
}

/// Ends an object whose count reached zero.
///
/// Containers nest, and so do their destructors. When the C stack runs short a collectable object is not ended but put
/// aside, in a chain through the headers; the destructor that returns to where there is room again ends the chain.
///
/// # Safety
/// The count is zero and nothing else refers to it.
#[inline(never)]
pub unsafe fn dealloc(op: *mut PyObject) {
    // SAFETY: every ready type has a tp_dealloc, and a header if it is collectable.
    unsafe {
        let ty = (*op).ob_type;
        let destructor = (*ty).tp_dealloc.unwrap_unchecked();
        if tracer::active() {
            tracer::report_end(op);
        }
        if (*ty).tp_flags & Py_TPFLAGS_HAVE_GC == 0 {
            return destructor(op);
        }
        let tstate = state::thread();
        let here = state::stack_pointer();
        if here < (*tstate).c_stack_soft_limit + TRASH_MARGIN && gc::is_gc(op) {
            return put_aside(tstate, op);
        }
        destructor(op);
        if !(*tstate).base.delete_later.is_null() && here > (*tstate).c_stack_soft_limit + 2 * TRASH_MARGIN {
            end_chain(tstate);
        }
    }
}

/// Destructors stop nesting this far above the stack's limit.
const TRASH_MARGIN: usize = 64 << 10;

/// Flag in a chained object's link: it was tracked. (Bit 0 is the collector's `FINALIZED`.)
const WAS_TRACKED: usize = 2;

#[cold]
unsafe fn put_aside(tstate: *mut state::ThreadState, op: *mut PyObject) {
    // SAFETY: a collectable object nobody refers to: its header is ours.
    unsafe {
        let head = gc::head_of(op);
        let tracked = gc::is_tracked(op);
        if tracked {
            gc::untrack(op);
        }
        let flags = ((*head).prev & gc::FINALIZED) | if tracked { WAS_TRACKED } else { 0 };
        (*head).prev = (*tstate).base.delete_later as usize | flags;
        (*tstate).base.delete_later = op;
    }
}

#[cold]
unsafe fn end_chain(tstate: *mut state::ThreadState) {
    // SAFETY: chained objects are dead but for their destructor, which runs now.
    unsafe {
        loop {
            let op = (*tstate).base.delete_later;
            if op.is_null() {
                return;
            }
            let head = gc::head_of(op);
            let link = (*head).prev;
            (*tstate).base.delete_later = (link & gc::PREV_MASK) as *mut PyObject;
            (*head).prev = link & gc::FINALIZED;
            if link & WAS_TRACKED != 0 {
                gc::track(op);
            }
            // Room was checked by our caller; what this destructor nests looks for itself.
            (*(*op).ob_type).tp_dealloc.unwrap_unchecked()(op);
        }
    }
}
