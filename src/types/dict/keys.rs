//! The table behind a dict.
//!
//! A block has three parts: a head, a power of two of index slots, and the entries (hash, key, value) in the order they
//! were added. A slot holds the number of an entry, in as few bytes as the table's size needs, or says that it was
//! never used or that its entry is gone. A lookup walks the slots from the hash on; iterating walks the entries. A
//! deleted entry keeps its place, with NULL for key and value, until the table is built anew. At most two thirds of the
//! slots are in use, so a walk always ends.
//!
//! While all keys are exact str (`str_only`), comparing keys runs no foreign code, and lookups of a str can't fail.

use super::find::Walk;
use crate::abi::*;
use crate::mem::{domains, forever, refcount};
use crate::object::{Object, Result, error};
use crate::state;
use crate::types::unicode;
use std::ptr;

#[repr(C)]
pub struct Keys {
    pub log2_size: u8,
    pub log2_index_bytes: u8,
    pub str_only: bool,
    /// The block is one of the process's and never freed.
    pub shared: bool,
    /// Entries that can still be added.
    pub usable: u32,
    /// Entries written, deleted ones included.
    pub filled: isize,
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Entry {
    pub hash: Py_hash_t,
    pub key: *mut PyObject,
    pub value: *mut PyObject,
}

const HEAD: usize = size_of::<Keys>();
pub(super) const UNUSED: isize = -1;
const DELETED: isize = -2;
pub const MIN_LOG2_SIZE: u8 = 3;
/// 2^31 slots hold 1.4 thousand million entries; a bigger table gives `MemoryError`.
const MAX_LOG2_SIZE: u8 = 31;
/// How many tables of the smallest size an interpreter keeps.
const MAX_FREE: usize = 80;

#[repr(C, align(8))]
struct EmptyKeys {
    head: Keys,
    slots: [u8; 8],
}

/// The table of every empty dict: one slot, never used, no room. Nothing is ever written to it.
static EMPTY: EmptyKeys = EmptyKeys {
    head: Keys { log2_size: 0, log2_index_bytes: 3, str_only: true, shared: true, usable: 0, filled: 0 },
    slots: [0xff; 8],
};

#[inline(always)]
pub fn empty() -> *mut Keys {
    (&raw const EMPTY).cast_mut().cast()
}

/// One slot, in the width of its table.
pub(super) trait Slot: Copy {
    fn number(self) -> isize;
    fn of(number: isize) -> Self;
}

macro_rules! slots {
    ($($ty:ty)*) => { $(
        impl Slot for $ty {
            #[inline(always)]
            fn number(self) -> isize {
                self as isize
            }
            #[inline(always)]
            fn of(number: isize) -> $ty {
                number as $ty
            }
        }
    )* };
}
slots!(i8 i16 i32);

/// Runs the body with `$slot` as the type of the table's slots.
macro_rules! with_slot {
    ($keys:expr, $slot:ident => $body:expr) => {
        match (*$keys).log2_size {
            0..8 => {
                type $slot = i8;
                $body
            }
            8..16 => {
                type $slot = i16;
                $body
            }
            _ => {
                type $slot = i32;
                $body
            }
        }
    };
}

pub(super) use with_slot;

/// How many entries a table of this size may hold.
#[inline]
pub fn room(log2_size: u8) -> usize {
    (1usize << log2_size) * 2 / 3
}

/// The smallest table with at least `slots` slots.
pub fn log2_for_slots(slots: usize) -> u8 {
    (slots.max(1).next_power_of_two().trailing_zeros() as u8).max(MIN_LOG2_SIZE)
}

/// The smallest table with room for `n` entries.
pub fn log2_for_entries(n: usize) -> u8 {
    log2_for_slots(n.saturating_mul(3).div_ceil(2))
}

/// A table of 2^`log2_size` slots without entries.
pub fn new(log2_size: u8) -> Result<*mut Keys> {
    if log2_size > MAX_LOG2_SIZE {
        return Err(error::no_memory());
    }
    let mut keys = ptr::null_mut::<Keys>();
    if log2_size == MIN_LOG2_SIZE {
        // SAFETY: attached.
        keys = unsafe { (*state::interp()).freelists.dict_keys.pop().cast() };
    }
    if keys.is_null() {
        keys = domains::object_malloc(block_size(log2_size)).cast::<Keys>();
        if keys.is_null() {
            return Err(error::no_memory());
        }
    }
    // SAFETY: fresh, and as large as asked for.
    unsafe { prepare(keys, log2_size, false) };
    Ok(keys)
}

/// As [`new`], of the process's memory.
pub fn new_shared(log2_size: u8) -> *mut Keys {
    let keys = forever::take(block_size(log2_size)).cast::<Keys>();
    // SAFETY: fresh, and as large as asked for.
    unsafe { prepare(keys, log2_size, true) };
    keys
}

#[inline(always)]
fn log2_index_bytes(log2_size: u8) -> u8 {
    let width = match log2_size {
        0..8 => 0,
        8..16 => 1,
        _ => 2,
    };
    log2_size + width
}

#[inline(always)]
fn block_size(log2_size: u8) -> usize {
    HEAD + (1usize << log2_index_bytes(log2_size)) + room(log2_size) * size_of::<Entry>()
}

#[inline(always)]
unsafe fn prepare(keys: *mut Keys, log2_size: u8, shared: bool) {
    let log2_index_bytes = log2_index_bytes(log2_size);
    let usable = room(log2_size) as u32;
    // SAFETY: the caller's word: room for such a table.
    unsafe {
        keys.write(Keys { log2_size, log2_index_bytes, str_only: true, shared, usable, filled: 0 });
        let slots = keys.cast::<u8>().add(HEAD);
        // Most tables are small: no call for them.
        match log2_index_bytes {
            3 => slots.cast::<[u8; 8]>().write([0xff; 8]),
            4 => slots.cast::<[u8; 16]>().write([0xff; 16]),
            _ => ptr::write_bytes(slots, 0xff, 1 << log2_index_bytes),
        }
    }
}

/// Frees the block alone; its entries are the caller's affair.
///
/// # Safety
/// `keys` is a table that nothing uses.
#[inline]
pub unsafe fn free_block(keys: *mut Keys) {
    // SAFETY: the caller's word; attached.
    unsafe {
        let small = (*keys).log2_size == MIN_LOG2_SIZE;
        let kept = (*keys).shared || small && (*state::interp()).freelists.dict_keys.push(keys.cast(), MAX_FREE);
        if !kept {
            domains::object_free(keys.cast());
        }
    }
}

/// Frees the table and gives up its references.
///
/// # Safety
/// As [`free_block`]: in particular no dict has it.
pub unsafe fn free(keys: *mut Keys) {
    // SAFETY: nobody sees the table, so what runs meanwhile can't change it.
    unsafe {
        let mut entry = entries(keys);
        for _ in 0..(*keys).filled {
            if !(*entry).key.is_null() {
                refcount::decref((*entry).key);
                refcount::decref((*entry).value);
            }
            entry = entry.add(1);
        }
        free_block(keys);
    }
}

/// # Safety
/// `keys` is a table.
#[inline(always)]
pub unsafe fn entries(keys: *mut Keys) -> *mut Entry {
    // SAFETY: the entries stand behind the slots.
    unsafe { keys.cast::<u8>().add(HEAD + (1usize << (*keys).log2_index_bytes)).cast() }
}

/// # Safety
/// `keys` is a table whose slots are of this size.
#[inline(always)]
pub(super) unsafe fn slots<S: Slot>(keys: *mut Keys) -> *mut S {
    // SAFETY: the slots stand behind the head.
    unsafe { keys.cast::<u8>().add(HEAD).cast() }
}

/// # Safety
/// `keys` is a table.
#[inline(always)]
pub(super) unsafe fn mask(keys: *mut Keys) -> usize {
    // SAFETY: the caller's word.
    unsafe { (1usize << (*keys).log2_size) - 1 }
}

/// Writes an entry whose key is not in the table; takes over both references.
///
/// # Safety
/// `usable` is not 0, and `hash` is the key's.
#[inline]
pub unsafe fn add(keys: *mut Keys, hash: Py_hash_t, key: *mut PyObject, value: *mut PyObject) {
    // SAFETY: the caller's word; a free slot exists because slots outnumber entries.
    unsafe {
        debug_assert!((*keys).usable > 0);
        let number = (*keys).filled;
        with_slot!(keys, S => link::<S>(keys, hash, number));
        entries(keys).add(number as usize).write(Entry { hash, key, value });
        (*keys).filled = number + 1;
        (*keys).usable -= 1;
        if (*key).ob_type != &raw mut unicode::PyUnicode_Type {
            (*keys).str_only = false;
        }
    }
}

/// Adds different exact str that are not in the table, with references of its own.
///
/// # Safety
/// `usable` is not less than their number.
#[inline(always)]
pub unsafe fn add_str<const N: usize>(keys: *mut Keys, names: [(&Object, &Object); N]) {
    // SAFETY: as `add`, for each.
    unsafe {
        debug_assert!((*keys).usable as usize >= N);
        let filled = (*keys).filled;
        let mut entry = entries(keys).add(filled as usize);
        with_slot!(keys, S => for (number, (name, value)) in (filled..).zip(names) {
            debug_assert!(unicode::check_exact(name));
            refcount::incref(name.as_ptr());
            refcount::incref(value.as_ptr());
            let hash = unicode::hash::hash(name);
            link::<S>(keys, hash, number);
            entry.write(Entry { hash, key: name.as_ptr(), value: value.as_ptr() });
            entry = entry.add(1);
        });
        (*keys).filled = filled + N as isize;
        (*keys).usable -= N as u32;
    }
}

/// Writes the entry of an exact str where [`find::place_str`](super::find::place_str) said; takes over both references.
///
/// # Safety
/// The table has not changed since, and `usable` is not 0.
#[inline(always)]
pub unsafe fn add_at(keys: *mut Keys, slot: usize, hash: Py_hash_t, key: *mut PyObject, value: *mut PyObject) {
    // SAFETY: the caller's word.
    unsafe {
        let number = (*keys).filled;
        with_slot!(keys, S => *slots::<S>(keys).add(slot) = S::of(number));
        entries(keys).add(number as usize).write(Entry { hash, key, value });
        (*keys).filled = number + 1;
        (*keys).usable -= 1;
    }
}

/// Lets the first slot that is free for `hash` hold `number`.
#[inline(always)]
unsafe fn link<S: Slot>(keys: *mut Keys, hash: Py_hash_t, number: isize) {
    // SAFETY: as `add`.
    unsafe {
        let slots = slots::<S>(keys);
        let mut walk = Walk::new(hash, mask(keys));
        while (*slots.add(walk.at)).number() >= 0 {
            walk.step();
        }
        *slots.add(walk.at) = S::of(number);
    }
}

/// Takes an entry out of the table; its references are the caller's to give up.
///
/// # Safety
/// `entry` is an entry of `keys` that is in use.
pub unsafe fn remove(keys: *mut Keys, entry: *mut Entry) -> Entry {
    // SAFETY: the caller's word.
    unsafe {
        let number = entry.offset_from(entries(keys));
        let old = *entry;
        with_slot!(keys, S => {
            let slots = slots::<S>(keys);
            let mut walk = Walk::new(old.hash, mask(keys));
            while (*slots.add(walk.at)).number() != number {
                walk.step();
            }
            *slots.add(walk.at) = S::of(DELETED);
        });
        (*entry).key = ptr::null_mut();
        (*entry).value = ptr::null_mut();
        old
    }
}

/// Takes out the entry that was added last; its place can be used again.
///
/// # Safety
/// As [`remove`], and no entry in use stands behind it.
pub unsafe fn remove_last(keys: *mut Keys, entry: *mut Entry) -> Entry {
    // SAFETY: the caller's word.
    unsafe {
        let old = remove(keys, entry);
        // The slot is not unused again, so `usable` stays: it bounds the slots that a walk passes.
        (*keys).filled = entry.offset_from(entries(keys));
        old
    }
}

/// A new table of 2^`log2_size` slots with the entries of `keys` in their order; the references move over, and `keys`
/// is left to be freed as a block.
///
/// # Safety
/// The entries in use fit.
pub unsafe fn rebuild(keys: *mut Keys, log2_size: u8) -> Result<*mut Keys> {
    // SAFETY: the caller's word.
    unsafe { rebuild_from(keys, log2_size, ptr::null_mut()) }
}

/// As [`rebuild`] with the entry `lead` before all others, if it is not NULL.
///
/// # Safety
/// As [`rebuild`]; `lead` is NULL or an entry of `keys` in use.
pub unsafe fn rebuild_from(keys: *mut Keys, log2_size: u8, lead: *mut Entry) -> Result<*mut Keys> {
    let new = new(log2_size)?;
    // SAFETY: the caller's word.
    unsafe {
        let (from, mut to) = (entries(keys), entries(new));
        let mut count = 0;
        if !lead.is_null() {
            to.write(*lead);
            to = to.add(1);
            count = 1;
        }
        for i in 0..(*keys).filled {
            let entry = from.offset(i);
            if !(*entry).key.is_null() && entry != lead {
                to.write(*entry);
                to = to.add(1);
                count += 1;
            }
        }
        (*new).str_only = (*keys).str_only;
        (*new).filled = count;
        (*new).usable -= count as u32;
        let first = entries(new);
        with_slot!(new, S => {
            for number in 0..count {
                link::<S>(new, (*first.offset(number)).hash, number);
            }
        });
        Ok(new)
    }
}

/// A copy of the whole block with references of its own.
///
/// # Safety
/// `keys` is a table.
pub unsafe fn duplicate(keys: *mut Keys) -> Result<*mut Keys> {
    if keys == empty() {
        return Ok(keys);
    }
    // SAFETY: the new block is as large as the old one.
    unsafe {
        let new = new((*keys).log2_size)?;
        let bytes = HEAD + (1usize << (*keys).log2_index_bytes) + (*keys).filled as usize * size_of::<Entry>();
        ptr::copy_nonoverlapping(keys.cast::<u8>(), new.cast::<u8>(), bytes);
        (*new).shared = false;
        let first = entries(new);
        for i in 0..(*new).filled {
            let entry = first.offset(i);
            if !(*entry).key.is_null() {
                refcount::incref((*entry).key);
                refcount::incref((*entry).value);
            }
        }
        Ok(new)
    }
}

/// The bytes that the block takes.
///
/// # Safety
/// `keys` is a table.
pub unsafe fn size(keys: *mut Keys) -> usize {
    // SAFETY: a table.
    unsafe { block_size((*keys).log2_size) }
}

#[cfg(test)]
mod tests {
    use super::{MIN_LOG2_SIZE, log2_for_entries, log2_for_slots, room};

    #[test]
    fn a_table_for_n_entries_has_room_for_them_and_is_the_smallest() {
        for n in 0..100_000 {
            let log2_size = log2_for_entries(n);
            assert!(room(log2_size) >= n);
            assert!(log2_size == MIN_LOG2_SIZE || room(log2_size - 1) < n, "{n} entries in 2^{log2_size} slots");
        }
    }

    #[test]
    fn slots_are_a_power_of_two() {
        for n in 0..1000 {
            let log2_size = log2_for_slots(n);
            assert!(1 << log2_size >= n && (log2_size == MIN_LOG2_SIZE || 1 << (log2_size - 1) < n));
        }
    }
}
