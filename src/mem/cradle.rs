//! The cradle: what the first interpreter makes while it starts lies there, side by side.
//!
//! A start takes two hundred and fifty blocks of some forty sizes. The pool has pages of its own for each size, so that
//! they touch three times the memory that they fill, and each page of it costs more than what is written there. Here
//! they come one after the other. Nothing is used again before all of it is free: a start frees next to nothing, and
//! what it makes lives until the interpreter ends, or as long as the process; the latter comes first. When the room is full, and at all other times, blocks come from the
//! pool.
//!
//! Any thread may take a block or give one back at any time.

use crate::abi::*;
use std::cell::UnsafeCell;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// A start takes 45 kB, and its end some more; a page that nobody touches costs nothing.
const ROOM: usize = 64 << 10;
/// What is larger is better off in the pool.
const LARGE: usize = 8 << 10;
/// What the pool promises too.
const ALIGN: usize = 16;

#[repr(C, align(4096))]
struct Room(UnsafeCell<[u8; ROOM]>);

// SAFETY: each piece is handed out once before all are given back.
unsafe impl Sync for Room {}

static PLACE: Room = Room(UnsafeCell::new([0; ROOM]));
/// Bytes taken, and above them the number of blocks that were not given back.
static STATE: AtomicUsize = AtomicUsize::new(0);
/// One block in `STATE`.
const BLOCK: usize = 1 << 32;
static IS_OPEN: AtomicBool = AtomicBool::new(false);

/// What lies before this is there for good.
static FLOOR: AtomicUsize = AtomicUsize::new(0);

/// Blocks come from here from now on. The main interpreter starts or ends.
pub fn open() {
    let state = STATE.load(Ordering::Acquire);
    if state < BLOCK {
        // Nobody has a block of which that is not known, so nobody gives one back.
        STATE.store(FLOOR.load(Ordering::Relaxed), Ordering::Relaxed);
    }
    IS_OPEN.store(true, Ordering::Release);
}

/// What was taken so far lives as long as the process, or may be lost. The first interpreter has all of it.
pub fn keep() {
    let taken = STATE.load(Ordering::Acquire) % BLOCK;
    FLOOR.store(taken, Ordering::Relaxed);
    STATE.store(taken, Ordering::Release);
}

pub fn close() {
    IS_OPEN.store(false, Ordering::Release);
}

/// The block is one of the cradle's.
#[inline(always)]
pub fn holds(block: *mut c_void) -> bool {
    block.addr().wrapping_sub(PLACE.0.get().addr()) < ROOM
}

/// A block, or `None` if it has to come from the pool.
#[inline]
pub fn take(size: usize) -> Option<*mut c_void> {
    if size > LARGE || !IS_OPEN.load(Ordering::Acquire) {
        return None;
    }
    let piece = BLOCK + size.max(1).next_multiple_of(ALIGN);
    let at = STATE.fetch_add(piece, Ordering::Acquire) % BLOCK;
    if at + piece % BLOCK > ROOM {
        STATE.fetch_sub(piece, Ordering::Release);
        return None;
    }
    Some(PLACE.0.get().cast::<u8>().wrapping_add(at).cast())
}

/// Copies what the block holds to a place of `size` bytes; more than its own may come along.
///
/// # Safety
/// The cradle holds `block`, and `to` has room.
pub unsafe fn copy_out(block: *mut c_void, to: *mut c_void, size: usize) {
    let behind = ROOM - block.addr().wrapping_sub(PLACE.0.get().addr());
    // SAFETY: inside the room; the caller's word.
    unsafe { ptr::copy_nonoverlapping(block.cast::<u8>(), to.cast::<u8>(), size.min(behind)) };
}

/// Gives a block back.
///
/// # Safety
/// The cradle holds it, and nobody uses it again.
#[cold]
#[inline(never)]
pub unsafe fn free(block: *mut c_void) {
    if block.addr() - PLACE.0.get().addr() >= FLOOR.load(Ordering::Relaxed) {
        STATE.fetch_sub(BLOCK, Ordering::Release);
    }
}
