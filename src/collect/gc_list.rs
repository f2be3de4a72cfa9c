//! The collector's lists: rings of the headers that stand before collectable objects. During a collection the copies of
//! reference counts stand where the links to the one before are.
//!
//! What all functions here rely on, called "the caller's word": a `gc` is the header of a live collectable object, and
//! a `ring` was initialised.

use crate::mem::gc::{PREV_MASK, ring_init};
use crate::state::GcHead;

/// Copies of counts stand in `prev` above the two flags.
pub(super) const REFS_SHIFT: u32 = 2;
pub(super) const ONE_REF: usize = 1 << REFS_SHIFT;

/// A ring on our stack.
pub(super) fn ring() -> GcHead {
    GcHead { next: 0, prev: 0 }
}

unsafe fn is_empty(ring: *mut GcHead) -> bool {
    // SAFETY: the caller's word.
    unsafe { (*ring).next == ring as usize }
}

pub(super) unsafe fn set_prev(gc: *mut GcHead, prev: *mut GcHead) {
    // SAFETY: the caller's word.
    unsafe { (*gc).prev = ((*gc).prev & !PREV_MASK) | prev as usize }
}

pub(super) unsafe fn refs(gc: *mut GcHead) -> usize {
    // SAFETY: the caller's word.
    unsafe { (*gc).prev >> REFS_SHIFT }
}

pub(super) unsafe fn set_refs(gc: *mut GcHead, refs: usize) {
    // SAFETY: the caller's word.
    unsafe { (*gc).prev = ((*gc).prev & !PREV_MASK) | refs << REFS_SHIFT }
}

pub(super) unsafe fn append(gc: *mut GcHead, ring: *mut GcHead) {
    // SAFETY: `gc` is in no ring.
    unsafe {
        let last = (*ring).prev as *mut GcHead;
        set_prev(gc, last);
        (*last).next = gc as usize;
        (*gc).next = ring as usize;
        (*ring).prev = gc as usize;
    }
}

/// Takes `gc` out of its ring and appends it to `ring`.
pub(super) unsafe fn move_to(gc: *mut GcHead, ring: *mut GcHead) {
    // SAFETY: both are linked both ways.
    unsafe {
        let from_prev = ((*gc).prev & PREV_MASK) as *mut GcHead;
        let from_next = (*gc).next as *mut GcHead;
        (*from_prev).next = from_next as usize;
        set_prev(from_next, from_prev);
        append(gc, ring);
    }
}

/// Appends all of `from` to `to`; `from` is empty then.
pub(super) unsafe fn merge(from: *mut GcHead, to: *mut GcHead) {
    // SAFETY: both are linked both ways.
    unsafe {
        if !is_empty(from) {
            let to_last = (*to).prev as *mut GcHead;
            let from_first = (*from).next as *mut GcHead;
            let from_last = (*from).prev as *mut GcHead;
            (*to_last).next = from_first as usize;
            set_prev(from_first, to_last);
            (*from_last).next = to as usize;
            (*to).prev = from_last as usize;
        }
        ring_init(from);
    }
}

/// Calls `f` with every member; `f` may take the member it is given out of the ring.
pub(super) unsafe fn each(ring: *mut GcHead, mut f: impl FnMut(*mut GcHead)) {
    // SAFETY: the next member is read before `f` runs.
    unsafe {
        let mut gc = (*ring).next as *mut GcHead;
        while gc != ring {
            let next = (*gc).next as *mut GcHead;
            f(gc);
            gc = next;
        }
    }
}

pub(super) unsafe fn len(ring: *mut GcHead) -> isize {
    let mut n = 0;
    // SAFETY: the caller's word.
    unsafe { each(ring, |_| n += 1) };
    n
}
