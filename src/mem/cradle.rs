//! The cradle: what the first interpreter makes while it starts lies there, side by side.
//!
//! A start takes two hundred and fifty blocks of some forty sizes. The pool has pages of its own for each size, so that
//! they touch three times the memory that they fill, and each page of it costs more than what is written there. Here
//! they come one after the other. Nothing is used again before all of it is free: a start frees next to nothing, and
//! what it makes lives until the interpreter ends, or as long as the process; the latter comes first. When the room is
//! full, and at all other times, blocks come from the pool.
//!
//! Any thread may take a block or give one back at any time.

use crate::abi::*;
use std::cell::UnsafeCell;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// A start takes 55 kB, and its end some more; a page that nobody touches costs nothing.
const ROOM: usize = (128 << 10) - 64;
/// What is larger is better off in the pool.
const LARGE: usize = 8 << 10;
/// What the pool promises too.
const ALIGN: usize = 16;

/// The cradle's state stands before its blocks: a page less to touch.
#[repr(C, align(64))]
struct Cradle {
    /// Where the next block begins, and above that the number of blocks that were not given back.
    state: AtomicUsize,
    /// What lies before this is there for good.
    floor: AtomicUsize,
    is_open: AtomicBool,
    padding: [u64; 5],
    room: UnsafeCell<[u8; ROOM]>,
}

// SAFETY: each piece of the room is handed out once before all are given back.
unsafe impl Sync for Cradle {}

static CRADLE: Cradle = Cradle {
    state: AtomicUsize::new(0),
    floor: AtomicUsize::new(0),
    is_open: AtomicBool::new(false),
    padding: [0; 5],
    room: UnsafeCell::new([0; ROOM]),
};

/// One block in `state`.
const BLOCK: usize = 1 << 32;

fn start() -> *mut u8 {
    CRADLE.room.get().cast()
}

/// Blocks come from here from now on. The main interpreter starts or ends.
pub fn open() {
    CRADLE.is_open.store(true, Ordering::Release);
    if CRADLE.state.load(Ordering::Acquire) < BLOCK {
        // Nobody has a block of which that is not known, so nobody gives one back.
        CRADLE.state.store(CRADLE.floor.load(Ordering::Relaxed), Ordering::Relaxed);
    }
}

pub fn close() {
    CRADLE.is_open.store(false, Ordering::Release);
}

/// What was taken so far lives as long as the process, or may be lost. The first interpreter has all of it.
pub fn keep() {
    let taken = CRADLE.state.load(Ordering::Acquire) % BLOCK;
    CRADLE.floor.store(taken, Ordering::Relaxed);
    CRADLE.state.store(taken, Ordering::Release);
}

/// The block is one of the cradle's.
#[inline(always)]
pub fn holds(block: *mut c_void) -> bool {
    block.addr().wrapping_sub(start().addr()) < ROOM
}

/// A block, or `None` if it has to come from the pool.
#[inline]
pub fn take(size: usize) -> Option<*mut c_void> {
    if size > LARGE || !CRADLE.is_open.load(Ordering::Acquire) {
        return None;
    }
    let piece = BLOCK + size.max(1).next_multiple_of(ALIGN);
    let at = CRADLE.state.fetch_add(piece, Ordering::Acquire) % BLOCK;
    if at + piece % BLOCK > ROOM {
        CRADLE.state.fetch_sub(piece, Ordering::Release);
        return None;
    }
    Some(start().wrapping_add(at).cast())
}

/// Copies what the block holds to a place of `size` bytes; more than its own may come along.
///
/// # Safety
/// The cradle holds `block`, and `to` has room. If the cradle holds that too, it is the newest block.
pub unsafe fn copy_out(block: *mut c_void, to: *mut c_void, size: usize) {
    // A block ends where the next begins, at the latest.
    let end = if holds(to) { to.addr() } else { start().addr() + ROOM };
    // SAFETY: inside the room, and before `to`; the caller's word.
    unsafe { ptr::copy_nonoverlapping(block.cast::<u8>(), to.cast::<u8>(), size.min(end - block.addr())) };
}

/// Gives a block back.
///
/// # Safety
/// The cradle holds it, and nobody uses it again.
#[cold]
#[inline(never)]
pub unsafe fn free(block: *mut c_void) {
    if block.addr() - start().addr() >= CRADLE.floor.load(Ordering::Relaxed) {
        CRADLE.state.fetch_sub(BLOCK, Ordering::Release);
    }
}
