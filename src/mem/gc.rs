//! The cycle collector's lists: what is in them and how an object gets in and out. Collecting is the room `collect`.

use crate::abi::*;
use crate::state::{self, GcHead, Interpreter};
use std::ptr;

pub const HEAD_SIZE: usize = size_of::<GcHead>();

/// Flag of `prev`: `tp_finalize` ran.
pub const FINALIZED: usize = 1;
/// Flag of `prev`: in the generation that is being collected.
pub const COLLECTING: usize = 2;
/// What `prev` holds beside flags.
pub const PREV_MASK: usize = !3;

/// The header of a collectable object.
#[inline(always)]
pub fn head_of(op: *mut PyObject) -> *mut GcHead {
    op.cast::<GcHead>().wrapping_sub(1)
}

/// The object behind a header.
#[inline(always)]
pub fn object_of(gc: *mut GcHead) -> *mut PyObject {
    gc.wrapping_add(1).cast()
}

/// Makes `ring` empty.
///
/// # Safety
/// `ring` is a list's own head, which no object is linked to.
#[inline(always)]
pub unsafe fn ring_init(ring: *mut GcHead) {
    // SAFETY: the caller's word.
    unsafe {
        (*ring).next = ring as usize;
        (*ring).prev = ring as usize;
    }
}

/// The interpreter's lists, empty, with CPython's thresholds.
///
/// # Safety
/// `interp` is new.
pub unsafe fn init(interp: *mut Interpreter) {
    // SAFETY: new, so nothing is linked.
    unsafe {
        let gc = &mut (*interp).gc;
        gc.enabled = true;
        for (generation, threshold) in gc.generations.iter_mut().zip([2000, 10, 10]) {
            ring_init(&raw mut generation.head);
            generation.threshold = threshold;
        }
        ring_init(&raw mut gc.permanent.head);
    }
}

/// # Safety
/// `op` is an object of a collectable type that is not tracked yet.
#[inline(always)]
pub unsafe fn track(op: *mut PyObject) {
    // SAFETY: attached; the ring is this interpreter's.
    unsafe {
        let gc = head_of(op);
        debug_assert!((*gc).next == 0, "tracked twice");
        let ring = &raw mut (*state::interp()).gc.generations[0].head;
        let last = (*ring).prev as *mut GcHead;
        (*last).next = gc as usize;
        (*gc).prev = ((*gc).prev & FINALIZED) | last as usize;
        (*gc).next = ring as usize;
        (*ring).prev = gc as usize;
    }
}

/// # Safety
/// `op` is an object of a collectable type; not being tracked is fine.
#[inline(always)]
pub unsafe fn untrack(op: *mut PyObject) {
    // SAFETY: a tracked object's neighbours are valid.
    unsafe {
        let gc = head_of(op);
        let next = (*gc).next as *mut GcHead;
        if next.is_null() {
            return;
        }
        let prev = ((*gc).prev & PREV_MASK) as *mut GcHead;
        (*prev).next = next as usize;
        (*next).prev = ((*next).prev & !PREV_MASK) | prev as usize;
        (*gc).next = 0;
        (*gc).prev &= FINALIZED;
    }
}

/// # Safety
/// `op` has a collector's header.
#[inline(always)]
pub unsafe fn is_tracked(op: *mut PyObject) -> bool {
    // SAFETY: the caller's word.
    unsafe { (*head_of(op)).next != 0 }
}

/// # Safety
/// `op` has a collector's header.
#[inline(always)]
pub unsafe fn is_finalized(op: *mut PyObject) -> bool {
    // SAFETY: the caller's word.
    unsafe { (*head_of(op)).prev & FINALIZED != 0 }
}

/// # Safety
/// `op` has a collector's header.
#[inline(always)]
pub unsafe fn set_finalized(op: *mut PyObject) {
    // SAFETY: the caller's word.
    unsafe { (*head_of(op)).prev |= FINALIZED }
}

/// The object has a collector's header (`PyObject_IS_GC`).
///
/// # Safety
/// `op` is a live object.
#[inline(always)]
pub unsafe fn is_gc(op: *mut PyObject) -> bool {
    // SAFETY: the caller's word.
    unsafe {
        let ty = (*op).ob_type;
        (*ty).tp_flags & Py_TPFLAGS_HAVE_GC != 0 && (*ty).tp_is_gc.is_none_or(|is_gc| is_gc(op) != 0)
    }
}

/// The bytes before an object of `ty`: the collector's header, and two words for a managed dict and weak references.
#[inline(always)]
pub fn prefix_size(ty: *mut PyTypeObject) -> usize {
    // SAFETY: a type of a live object, or one that is about to have instances.
    let flags = unsafe { (*ty).tp_flags };
    let mut size = 0;
    if flags & Py_TPFLAGS_HAVE_GC != 0 {
        size += HEAD_SIZE;
    }
    if flags & (Py_TPFLAGS_MANAGED_DICT | Py_TPFLAGS_MANAGED_WEAKREF) != 0 {
        size += 2 * size_of::<*mut PyObject>();
    }
    size
}

/// Counts one more young object, and asks for a collection when there are many.
#[inline(always)]
pub fn count_allocation() {
    // SAFETY: attached.
    unsafe {
        let tstate = state::thread();
        let gc = &mut (*(*tstate).interp()).gc;
        let young = &mut gc.generations[0];
        young.count += 1;
        if young.count > young.threshold && gc.enabled && young.threshold != 0 && !gc.collecting {
            crate::state::request(tstate, crate::state::GC_SCHEDULED);
        }
    }
}

/// Counts one less.
#[inline(always)]
pub fn count_deallocation() {
    // SAFETY: attached.
    unsafe {
        let young = &mut (*state::interp()).gc.generations[0];
        if young.count > 0 {
            young.count -= 1;
        }
    }
}

/// The first object of a ring, or NULL.
///
/// # Safety
/// `ring` is initialised.
pub unsafe fn first(ring: *mut GcHead) -> *mut GcHead {
    // SAFETY: the caller's word.
    let next = unsafe { (*ring).next } as *mut GcHead;
    if next == ring { ptr::null_mut() } else { next }
}

/// Takes what is left out of the lists: the interpreter ends, and what an extension still holds is no longer
/// collected, but must not point into it.
///
/// # Safety
/// This thread is attached to `interp` and ends it.
pub unsafe fn fini(interp: *mut Interpreter) {
    // SAFETY: the caller's word.
    unsafe {
        let gc = &mut (*interp).gc;
        let rings = gc.generations.iter_mut().chain([&mut gc.permanent]);
        for generation in rings {
            let ring = &raw mut generation.head;
            loop {
                let head = first(ring);
                if head.is_null() {
                    break;
                }
                untrack(object_of(head));
            }
        }
    }
}
