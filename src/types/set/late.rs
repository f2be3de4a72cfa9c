//! A frozenset of the process whose keys are made when somebody first looks for one: hundreds of names that most
//! processes never ask for, and whose places depend on a hash that is drawn at start.
//!
//! Such a set has its size from the beginning. Until it is filled its table is one of the process's that is empty, and
//! its small table, which is not in use, says which keys it will have. All interpreters share it; each that wants it at
//! the same time makes a table, the first to put its own in place wins, and nothing is locked. The number of places is
//! the same before and afterwards.

use super::table::{LINEAR_PROBES, MIN_SIZE, insert_clean};
use crate::abi::*;
use crate::mem::forever;
use crate::object::Object;
use crate::types::unicode;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

const MISSING_SIZE: usize = 512;

#[repr(transparent)]
struct Missing([setentry; MISSING_SIZE]);

// SAFETY: nothing writes to it.
unsafe impl Sync for Missing {}

/// The table of every set that was not filled yet. It is zeroes, so that a probe of it costs no memory.
static MISSING: Missing = Missing([const { setentry { key: ptr::null_mut(), hash: 0 } }; MISSING_SIZE]);

#[inline(always)]
pub(super) fn is_missing(table: *mut setentry) -> bool {
    ptr::eq(table, (&raw const MISSING).cast())
}

/// A set that is yet to be filled with these texts, all different and of ASCII.
pub const fn frozenset(keys: &'static [&'static str]) -> PySetObject {
    let size = final_size(keys.len());
    assert!(size <= MISSING_SIZE && size > MIN_SIZE, "a late set of another size");
    let mut smalltable = [const { setentry { key: ptr::null_mut(), hash: 0 } }; MIN_SIZE];
    smalltable[0] = setentry { key: keys.as_ptr().cast_mut().cast(), hash: keys.len() as isize };
    PySetObject {
        ob_base: PyObject::immortal(&raw mut super::PyFrozenSet_Type),
        fill: keys.len() as isize,
        used: keys.len() as isize,
        mask: size as isize - 1,
        table: (&raw const MISSING).cast_mut().cast(),
        hash: -1,
        finger: 0,
        smalltable,
        weakreflist: ptr::null_mut(),
    }
}

/// When so many keys are in a table of so many places, it grows (`table::is_full`, `table::grow`).
const fn grown_size(used: usize, size: usize) -> usize {
    if used * 5 < (size - 1) * 3 {
        return size;
    }
    let mut size = MIN_SIZE;
    while size <= used * 4 {
        size *= 2;
    }
    size
}

/// How large a set is when so many keys were added one by one.
const fn final_size(n: usize) -> usize {
    let mut size = MIN_SIZE;
    let mut used = 0;
    while used < n {
        used += 1;
        size = grown_size(used, size);
    }
    size
}

/// A set's table, which may be the empty one.
///
/// # Safety
/// `set` is a live set.
#[inline(always)]
pub(super) unsafe fn table(set: *mut PySetObject) -> *mut setentry {
    // SAFETY: the caller's word. What is in a late table is seen with it.
    unsafe { AtomicPtr::from_ptr(&raw mut (*set).table).load(Ordering::Acquire) }
}

/// A set's table, filled.
///
/// # Safety
/// `set` is a live set.
#[inline(always)]
pub(super) unsafe fn filled_table(set: *mut PySetObject) -> *mut setentry {
    // SAFETY: the caller's word.
    unsafe {
        let there = table(set);
        if !is_missing(there) {
            return there;
        }
        fill(set);
        table(set)
    }
}

/// The keys of a late set that nobody has read yet; none of any other. It takes no thread state, which filling one
/// does.
pub fn keys(set: &Object) -> Option<&'static [&'static str]> {
    let set = super::this(set);
    // SAFETY: a late set: its small table says what keys there are.
    unsafe {
        is_missing(table(set)).then(|| {
            let keys = &(*set).smalltable[0];
            std::slice::from_raw_parts(keys.key.cast::<&'static str>(), keys.hash as usize)
        })
    }
}

/// Fills a late set, as adding its keys one by one would.
///
/// # Safety
/// `set` is a late set.
#[cold]
#[inline(never)]
pub(super) unsafe fn fill(set: *mut PySetObject) {
    // SAFETY: the caller's word: its small table says what keys there are.
    let keys = unsafe {
        let keys = &(*set).smalltable[0];
        std::slice::from_raw_parts(keys.key.cast::<&'static str>(), keys.hash as usize)
    };
    let empty =
        |size: usize| -> Vec<setentry> { (0..size).map(|_| setentry { key: ptr::null_mut(), hash: 0 }).collect() };
    let mut table = empty(MIN_SIZE);
    for (i, key) in keys.iter().enumerate() {
        let key = unicode::intern::shared(key.as_bytes());
        let mask = table.len() - 1;
        // SAFETY: never more than three fifths of a table are in use.
        unsafe { insert_clean(table.as_mut_ptr(), mask, key.as_ptr(), unicode::hash::hash(key)) };
        let size = grown_size(i + 1, table.len());
        if size > table.len() {
            let old = std::mem::replace(&mut table, empty(size));
            for entry in old.iter().filter(|entry| !entry.key.is_null()) {
                // SAFETY: never more than three fifths of a table are in use.
                unsafe { insert_clean(table.as_mut_ptr(), size - 1, entry.key, entry.hash) };
            }
        }
    }
    // SAFETY: a set of the process; the new table is as large as the set says.
    unsafe {
        debug_assert!(table.len() == (*set).mask as usize + 1);
        let place = forever::take(size_of_val(&table[..])).cast::<setentry>();
        ptr::copy_nonoverlapping(table.as_ptr(), place, table.len());
        let missing = (&raw const MISSING).cast_mut().cast();
        let field = AtomicPtr::from_ptr(&raw mut (*set).table);
        // Another interpreter's is as good.
        let _ = field.compare_exchange(missing, place, Ordering::AcqRel, Ordering::Acquire);
    }
}

/// The set as an object.
pub fn object(set: *mut PySetObject) -> &'static Object {
    // SAFETY: static.
    unsafe { Object::from_ptr(set.cast()) }
}

const _: () = assert!(final_size(5) == 32 && final_size(4) == MIN_SIZE && LINEAR_PROBES == 9);
