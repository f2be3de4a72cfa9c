//! The table of a set: an array of (key, hash), a power of two long. A key stands at its hash's place or, if that is
//! taken, up to nine places further; behind those the walk jumps. The layout is public and the order in which a set is
//! iterated shows in its repr, so the walk and the sizes are CPython's. A removed key leaves a dummy behind, which
//! counts as `fill` until the table is built anew.
//!
//! Foreign `__eq__` may change the set in the middle of a lookup: then the lookup starts again.

use super::{late, len, this};
use crate::abi::*;
use crate::mem::{domains, refcount};
use crate::object::{Object, Result, error};
use crate::types::{dict, typeobject, unicode};
use std::ptr;

pub(super) const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
pub(super) const MIN_SIZE: usize = 8;

/// What stands for a removed key. Its type never shows.
static mut DUMMY: PyObject = PyObject::immortal(&raw mut typeobject::PyBaseObject_Type);

#[allow(non_upper_case_globals, reason = "CPython's name")]
#[unsafe(no_mangle)]
pub static mut _PySet_Dummy: *mut PyObject = &raw mut DUMMY;

#[inline(always)]
pub(super) fn dummy() -> *mut PyObject {
    &raw mut DUMMY
}

/// # Safety
/// `this` is a set struct, whose table holds nothing that it owns.
pub(super) unsafe fn make_empty(this: *mut PySetObject) {
    // SAFETY: the caller's word.
    unsafe {
        (*this).fill = 0;
        (*this).used = 0;
        (*this).mask = MIN_SIZE as isize - 1;
        (&raw mut (*this).smalltable).write_bytes(0, 1);
        (*this).table = (&raw mut (*this).smalltable).cast();
        (*this).hash = -1;
        (*this).finger = 0;
    }
}

/// The entry of `key`, or the unused one where the walk ended.
#[inline]
pub(super) fn lookup(set: &Object, key: &Object, hash: Py_hash_t) -> Result<*mut setentry> {
    lookup_or_place(set, key, hash, &mut ptr::null_mut())
}

/// As [`lookup`]; `free` becomes the last dummy on the way, where a key that is not there goes, if there is one.
#[inline(always)]
pub(super) fn lookup_or_place(
    set: &Object,
    key: &Object,
    hash: Py_hash_t,
    free: &mut *mut setentry,
) -> Result<*mut setentry> {
    let this = this(set);
    let is_str = key.is_exact(&raw mut unicode::PyUnicode_Type);
    'again: loop {
        *free = ptr::null_mut();
        // SAFETY: a set's table, read anew after each call of foreign code.
        unsafe {
            let table = late::table(this);
            let mask = (*this).mask as usize;
            let mut perturb = hash as usize;
            let mut at = hash as usize & mask;
            loop {
                let last = if at + LINEAR_PROBES <= mask { at + LINEAR_PROBES } else { at };
                for i in at..=last {
                    let entry = table.add(i);
                    let stored = (*entry).key;
                    if stored.is_null() {
                        if late::is_missing(table) {
                            late::fill(this);
                            continue 'again;
                        }
                        return Ok(entry);
                    }
                    if (*entry).hash != hash || stored == dummy() {
                        if stored == dummy() {
                            *free = entry;
                        }
                        continue;
                    }
                    if key.is_ptr(stored) {
                        return Ok(entry);
                    }
                    if is_str && (*stored).ob_type == &raw mut unicode::PyUnicode_Type {
                        if dict::find::same_text(stored, key.as_ptr()) {
                            return Ok(entry);
                        }
                        continue;
                    }
                    let stored = Object::from_ptr(stored).to_owned();
                    let equal = stored.equals(key)?;
                    if (*this).table != table || (*this).mask as usize != mask || (*entry).key != stored.as_ptr() {
                        continue 'again;
                    }
                    if equal {
                        return Ok(entry);
                    }
                }
                perturb >>= PERTURB_SHIFT;
                at = at.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb) & mask;
            }
        }
    }
}

/// Puts a key that is not there into a table without dummies.
///
/// # Safety
/// `table` has `mask + 1` entries, some of them unused.
pub(super) unsafe fn insert_clean(table: *mut setentry, mask: usize, key: *mut PyObject, hash: Py_hash_t) {
    // SAFETY: the caller's word.
    unsafe {
        let mut perturb = hash as usize;
        let mut at = hash as usize & mask;
        loop {
            let mut entry = table.add(at);
            let last = if at + LINEAR_PROBES <= mask { entry.add(LINEAR_PROBES) } else { entry };
            while entry <= last {
                if (*entry).key.is_null() {
                    entry.write(setentry { key, hash });
                    return;
                }
                entry = entry.add(1);
            }
            perturb >>= PERTURB_SHIFT;
            at = at.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb) & mask;
        }
    }
}

/// Builds the table anew, without dummies, for more than `least` keys.
pub(super) fn resize(set: &Object, least: usize) -> Result<()> {
    let mut size = MIN_SIZE;
    while size <= least {
        size = size.checked_mul(2).filter(|size| *size <= isize::MAX as usize / 16).ok_or_else(error::no_memory)?;
    }
    // SAFETY: a set's table; nothing foreign runs. Keys move from the old table to the new one.
    unsafe {
        let this = this(set);
        let small: *mut setentry = (&raw mut (*this).smalltable).cast();
        let old_mask = (*this).mask as usize;
        let mut old = (*this).table;
        let is_small = old == small;
        // The small table can't be read and written at once.
        let mut copy = [const { setentry { key: ptr::null_mut(), hash: 0 } }; MIN_SIZE];
        let new = if size == MIN_SIZE {
            if is_small {
                if (*this).fill == (*this).used {
                    return Ok(());
                }
                ptr::copy_nonoverlapping(small, copy.as_mut_ptr(), MIN_SIZE);
                old = copy.as_mut_ptr();
            }
            small.write_bytes(0, MIN_SIZE);
            small
        } else {
            let new = domains::mem_calloc(size, size_of::<setentry>()).cast::<setentry>();
            if new.is_null() {
                return Err(error::no_memory());
            }
            new
        };
        (*this).mask = size as isize - 1;
        (*this).table = new;
        for i in 0..=old_mask {
            let entry = old.add(i);
            if !(*entry).key.is_null() && (*entry).key != dummy() {
                insert_clean(new, size - 1, (*entry).key, (*entry).hash);
            }
        }
        (*this).fill = (*this).used;
        if !is_small {
            domains::mem_free(old.cast());
        }
    }
    Ok(())
}

/// More than three fifths of the table would be in use with `more` keys.
#[inline]
pub(super) fn is_full(set: &Object, more: isize) -> bool {
    // SAFETY: a set.
    unsafe { ((*this(set)).fill + more) * 5 >= (*this(set)).mask * 3 }
}

pub(super) fn grow(set: &Object) -> Result<()> {
    let used = len(set) as usize;
    resize(set, if used > 50_000 { used * 2 } else { used * 4 })
}

/// Makes the set empty before any reference is given up.
pub fn clear(set: &Object) {
    // SAFETY: a set; its old table is ours.
    unsafe {
        let this = this(set);
        if (*this).fill == 0 && (*this).table == (&raw mut (*this).smalltable).cast() {
            return;
        }
        let mut small = [const { setentry { key: ptr::null_mut(), hash: 0 } }; MIN_SIZE];
        let (mut table, mask) = ((*this).table, (*this).mask as usize);
        let is_small = table == (&raw mut (*this).smalltable).cast();
        if is_small {
            ptr::copy_nonoverlapping(table, small.as_mut_ptr(), MIN_SIZE);
            table = small.as_mut_ptr();
        }
        make_empty(this);
        drop_keys(table, mask);
        if !is_small {
            domains::mem_free(table.cast());
        }
    }
}

unsafe fn drop_keys(table: *mut setentry, mask: usize) {
    // SAFETY: a table nobody sees any more; the dummy is immortal.
    unsafe {
        for i in 0..=mask {
            refcount::xdecref((*table.add(i)).key);
        }
    }
}

/// Exchanges the contents of two sets (both of the same kind).
pub(super) fn swap(a: &Object, b: &Object) {
    // SAFETY: two sets; a table inside its object moves with the contents.
    unsafe {
        let (a, b) = (this(a), this(b));
        let small = |set: *mut PySetObject| -> *mut setentry { (&raw mut (*set).smalltable).cast() };
        let table = |set: *mut PySetObject| (*set).table == small(set);
        let (a_small, b_small) = (table(a), table(b));
        ptr::swap(&raw mut (*a).fill, &raw mut (*b).fill);
        ptr::swap(&raw mut (*a).used, &raw mut (*b).used);
        ptr::swap(&raw mut (*a).mask, &raw mut (*b).mask);
        ptr::swap(&raw mut (*a).table, &raw mut (*b).table);
        ptr::swap(&raw mut (*a).smalltable, &raw mut (*b).smalltable);
        if b_small {
            (*a).table = small(a);
        }
        if a_small {
            (*b).table = small(b);
        }
        (*a).hash = -1;
        (*b).hash = -1;
    }
}
