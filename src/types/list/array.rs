//! The array behind a list: where it comes from, how it grows and shrinks, how it goes.

use super::{len, this};
use crate::abi::*;
use crate::mem::{domains, refcount};
use crate::object::{Object, Result, error};
use crate::state::{self, FreeList};

/// Arrays of at least this many items grow by half.
const LARGE: usize = 512;

pub(super) fn allocate(n: usize) -> Result<*mut *mut PyObject> {
    if n > isize::MAX as usize / 8 {
        return Err(error::no_memory());
    }
    let array = new_array(n);
    if array.is_null() { Err(error::no_memory()) } else { Ok(array) }
}

/// Arrays of at least this many items are the C library's, which makes them larger where they stand or moves their
/// pages. Copying them is most of what a list costs that grows by appending.
const IN_PAGES: usize = (128 << 10) / 8;

/// Arrays of at most this many items wait for the next list that wants one when they are given up. A list that grows
/// passes a dozen of them, and the pool has a page of its own for each size: it would make and drop these again and
/// again where no other block of that size is in use.
const SHORT: usize = 64;
/// How many of a size wait.
const MAX_FREE: usize = 8;

/// The free list for arrays of at most `room` items, 1 to [`SHORT`]; all its blocks have an even number of places.
#[inline(always)]
fn waiting<'a>(room: usize) -> &'a mut FreeList {
    // SAFETY: attached; used before anything else runs.
    unsafe { &mut (*state::interp()).freelists.arrays[(room - 1) / 2] }
}

#[inline(always)]
fn is_short(room: usize) -> bool {
    room.wrapping_sub(1) < SHORT
}

fn new_array(room: usize) -> *mut *mut PyObject {
    if is_short(room) {
        let array = waiting(room).pop();
        if array.is_null() { domains::mem_malloc(room.next_multiple_of(2) * 8).cast() } else { array.cast() }
    } else if room < IN_PAGES {
        domains::mem_malloc(room * 8).cast()
    } else {
        domains::raw_malloc(room * 8).cast()
    }
}

/// An array for `room` items with the first `n` of `old`, which is for `old_room` and is then gone; NULL without
/// memory.
unsafe fn resized_array(old: *mut *mut PyObject, old_room: usize, room: usize, n: usize) -> *mut *mut PyObject {
    // SAFETY: which allocator an array came from its room says.
    unsafe {
        match (old_room < IN_PAGES, room < IN_PAGES) {
            (true, true) if old_room > SHORT && room > SHORT => domains::mem_realloc(old.cast(), room * 8).cast(),
            (false, false) => domains::raw_realloc(old.cast(), room * 8).cast(),
            _ => {
                let new = new_array(room);
                if !new.is_null() {
                    new.copy_from_nonoverlapping(old, n);
                    drop_array(old, old_room);
                }
                new
            }
        }
    }
}

/// Frees the memory of an array, and of nothing that it holds.
///
/// # Safety
/// `array` has room for `room` items and is not used again.
pub(super) unsafe fn drop_array(array: *mut *mut PyObject, room: usize) {
    // SAFETY: the caller's word.
    unsafe {
        if room >= IN_PAGES {
            domains::raw_free(array.cast());
        } else if array.is_null() || !is_short(room) || !waiting(room).push(array.cast(), MAX_FREE) {
            domains::mem_free(array.cast());
        }
    }
}

/// Makes the array fit `n` items and sets the size, growing by an eighth more than asked for, as CPython does; a large
/// array by half, because it is copied when it grows. New places are not written: the caller does it before anything
/// else runs.
///
/// # Safety
/// As said; items that are cut off were taken over before.
pub(super) unsafe fn resize(list: &Object, n: usize) -> Result<()> {
    // SAFETY: a list's array.
    unsafe {
        let this = this(list);
        let allocated = (*this).allocated as usize;
        if allocated >= n && n >= allocated >> 1 {
            (*this).ob_base.ob_size = n as isize;
            return Ok(());
        }
        let size = len(list);
        let mut room = (n + (n >> if n < LARGE { 3 } else { 1 }) + 6) & !3;
        if n > size && n - size > room - n {
            room = (n + 3) & !3;
        }
        if n == 0 {
            room = 0;
        }
        if room > isize::MAX as usize / 8 {
            return Err(error::no_memory());
        }
        // An array's first block is simply allocated: growing nothing costs more.
        let old = (*this).ob_item;
        let array = match old.is_null() {
            true => new_array(room),
            false => resized_array(old, allocated, room, size.min(n)),
        };
        if array.is_null() {
            return Err(error::no_memory());
        }
        (*this).ob_item = array;
        (*this).allocated = room as isize;
        (*this).ob_base.ob_size = n as isize;
        Ok(())
    }
}

/// Room for `more` items, if there is that much memory. A wrong hint is no error.
pub(super) fn reserve(list: &Object, more: usize) -> Result<()> {
    let n = len(list);
    let Some(total) = n.checked_add(more) else { return Ok(()) };
    // SAFETY: a list; the size stays.
    unsafe {
        if (*this(list)).ob_item.is_null() {
            if total > 0 {
                (*this(list)).ob_item = allocate(total)?;
                (*this(list)).allocated = total as isize;
            }
        } else if total > (*this(list)).allocated as usize {
            resize(list, total)?;
            (*this(list)).ob_base.ob_size = n as isize;
        }
    }
    Ok(())
}

/// Gives up `n` items, the last one first, and the array.
///
/// # Safety
/// `array` has room for `room` items, owns the first `n`, and nobody sees it any more.
pub(super) unsafe fn free_array(array: *mut *mut PyObject, n: usize, room: usize) {
    // SAFETY: the caller's word; C code may have left places NULL.
    unsafe {
        let mut i = n;
        while i > 0 {
            i -= 1;
            refcount::xdecref(*array.add(i));
        }
        drop_array(array, room);
    }
}
