//! Attaching and detaching, as a machine of two parts: the state word of a thread state, and its interpreter's GIL.
//!
//! The word is written with the GIL held, so reading it before taking the GIL is a short cut only. What finalization
//! relies on is the second look: once it has marked a state with the GIL held, nobody attaches that state again.

use super::gil::Gil;
use super::sync::{AtomicI32, Ordering};

pub const DETACHED: i32 = 0;
pub const ATTACHED: i32 = 1;
pub const SHUTTING_DOWN: i32 = 3;

/// Takes the GIL and attaches. False if the state is shutting down: then the GIL is not held, and the thread must stop.
#[inline(always)]
pub fn enter(state: &AtomicI32, gil: &Gil) -> bool {
    if state.load(Ordering::Relaxed) == SHUTTING_DOWN {
        return false;
    }
    gil.take();
    if state.load(Ordering::Relaxed) == SHUTTING_DOWN {
        gil.release();
        return false;
    }
    state.store(ATTACHED, Ordering::Relaxed);
    true
}

/// Detaches and drops the GIL. A state that is shutting down stays so.
#[inline(always)]
pub fn leave(state: &AtomicI32, gil: &Gil) {
    let _ = state.compare_exchange(ATTACHED, DETACHED, Ordering::Relaxed, Ordering::Relaxed);
    gil.release();
}

/// Marks a state whose thread must stop when it comes back. The GIL is held.
pub fn shut_down(state: &AtomicI32) {
    state.store(SHUTTING_DOWN, Ordering::Relaxed);
}
