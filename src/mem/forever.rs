//! Memory for what all interpreters share and nobody frees: objects of the process, made once, when they are first
//! needed.
//!
//! It is the library's own, zeroed by the system and touched page by page, so that taking a piece is one addition. No
//! allocator that somebody set is asked: such a piece outlives each of them, and an account of blocks must come out
//! even. Any thread may take one at any time, with no lock.

use super::{gc, refcount};
use crate::abi::*;
use crate::state::fatal::fatal_error;
use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicUsize, Ordering};

/// All dicts of the static types, their descriptors and names take 400 kB; a page that nobody touches costs nothing.
const ROOM: usize = (768 << 10) - 16;
/// What the C library's `malloc` promises too.
const ALIGN: usize = 16;

#[repr(C, align(64))]
struct Room {
    /// Where the next piece begins.
    taken: AtomicUsize,
    padding: usize,
    pieces: UnsafeCell<[u8; ROOM]>,
}

// SAFETY: each piece is handed out once.
unsafe impl Sync for Room {}

static PLACE: Room = Room { taken: AtomicUsize::new(0), padding: 0, pieces: UnsafeCell::new([0; ROOM]) };

/// `size` zeroed bytes that are never freed.
pub fn take(size: usize) -> *mut u8 {
    let size = size.next_multiple_of(ALIGN);
    let at = PLACE.taken.fetch_add(size, Ordering::Relaxed);
    if at + size <= ROOM {
        return PLACE.pieces.get().cast::<u8>().wrapping_add(at);
    }
    // SAFETY: any size is fine.
    let block = unsafe { libc::calloc(1, size) };
    if block.is_null() {
        fatal_error("forever::take", "out of memory for what all interpreters share");
    }
    block.cast()
}

/// How long a new object is to live.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// Until nobody refers to it.
    Counted,
    /// As long as the process, which has it in common: immortal from the start, and no affair of the collector.
    Shared,
}

/// A shared object of `size` bytes, zeroed behind its head.
///
/// # Safety
/// `ty` is a static type whose instances take `size` bytes and have no managed parts.
pub unsafe fn object(ty: *mut PyTypeObject, size: usize) -> *mut PyObject {
    let prefix = gc::prefix_size(ty);
    let op = take(prefix + size).wrapping_add(prefix).cast::<PyObject>();
    // SAFETY: fresh.
    unsafe {
        (*op).ob_type = ty;
        refcount::make_immortal(op);
    }
    op
}
