//! Looking for a key in the table of a dict: the walk over its slots, and what can be told of two keys without foreign
//! code.

use super::keys::{Entry, Keys, Slot, UNUSED, entries, mask, slots, with_slot};
use crate::abi::*;
use crate::object::Object;
use crate::types::{long, unicode};
use std::convert::Infallible;
use std::ptr;

const PERTURB_SHIFT: u32 = 5;

/// The walk of slots that belong to a hash.
pub(super) struct Walk {
    pub(super) at: usize,
    perturb: usize,
    mask: usize,
}

impl Walk {
    #[inline(always)]
    pub(super) fn new(hash: Py_hash_t, mask: usize) -> Walk {
        Walk { at: hash as usize & mask, perturb: hash as usize, mask }
    }

    #[inline(always)]
    pub(super) fn step(&mut self) {
        self.perturb >>= PERTURB_SHIFT;
        self.at = self.at.wrapping_mul(5).wrapping_add(self.perturb).wrapping_add(1) & self.mask;
    }
}

/// Where the walk for a key ended.
pub enum Place {
    /// At its entry.
    Entry(*mut Entry),
    /// At a slot that was never used: there the key may be added.
    Free(usize),
}

/// Goes on with a walk to the place of `key`, or to the first entry of another key with that hash of which `same` does
/// not know whether it is equal: what it says of that entry ends the walk, which stands there.
#[inline(always)]
unsafe fn search<S: Slot, Unknown>(
    keys: *mut Keys,
    key: *mut PyObject,
    hash: Py_hash_t,
    walk: &mut Walk,
    same: impl Fn(*mut Entry) -> Result<bool, Unknown>,
) -> Result<Place, Unknown> {
    // SAFETY: slots hold numbers of entries that are there.
    unsafe {
        let (slots, entries) = (slots::<S>(keys), entries(keys));
        loop {
            let number = (*slots.add(walk.at)).number();
            if number >= 0 {
                let entry = entries.add(number as usize);
                if (*entry).key == key || ((*entry).hash == hash && same(entry)?) {
                    return Ok(Place::Entry(entry));
                }
            } else if number == UNUSED {
                return Ok(Place::Free(walk.at));
            }
            walk.step();
        }
    }
}

/// The place of the exact str `key` in a table of exact str keys.
///
/// # Safety
/// As said, and `hash` is the key's.
#[inline(always)]
pub unsafe fn place_str(keys: *mut Keys, key: *mut PyObject, hash: Py_hash_t) -> Place {
    // SAFETY: the caller's word.
    unsafe {
        let mut walk = Walk::new(hash, mask(keys));
        let same = |entry: *mut Entry| Ok::<_, Infallible>(same_text((*entry).key, key));
        let Ok(place) = with_slot!(keys, S => search::<S, _>(keys, key, hash, &mut walk, same));
        place
    }
}

/// The entry of the exact str `key` in a table of exact str keys; NULL if there is none.
///
/// # Safety
/// As [`place_str`].
#[inline(always)]
pub unsafe fn find_str(keys: *mut Keys, key: *mut PyObject, hash: Py_hash_t) -> *mut Entry {
    // SAFETY: the caller's word.
    match unsafe { place_str(keys, key, hash) } {
        Place::Entry(entry) => entry,
        Place::Free(_) => ptr::null_mut(),
    }
}

/// Whether two str are equal.
///
/// # Safety
/// Both are live exact str; their hashes are equal, or the answer is slow.
#[inline]
pub unsafe fn same_text(a: *mut PyObject, b: *mut PyObject) -> bool {
    // SAFETY: the caller's word.
    unsafe {
        (*a.cast::<PyASCIIObject>()).length == (*b.cast::<PyASCIIObject>()).length
            && unicode::equal(Object::from_ptr(a), Object::from_ptr(b))
    }
}

/// Whether two keys of the same hash are equal, if that is known without foreign code: of exact str, and of exact ints
/// of one digit.
#[inline(always)]
unsafe fn same_plain(a: *mut PyObject, b: *mut PyObject) -> Option<bool> {
    // SAFETY: live keys; layout: checked.
    unsafe {
        let ty = (*a).ob_type;
        if ty != (*b).ob_type {
            return None;
        }
        if ty == &raw mut unicode::PyUnicode_Type {
            return Some(same_text(a, b));
        }
        if ty != &raw mut long::PyLong_Type {
            return None;
        }
        let (a, b) = long::compact_values(Object::from_ptr(a), Object::from_ptr(b))?;
        Some(a == b)
    }
}

/// The entry with `key` itself, NULL if there is none and no key has its hash: else `None`. Compares nothing.
///
/// # Safety
/// `keys` is a table and `key` an object with that hash.
#[inline(always)]
pub unsafe fn find_same(keys: *mut Keys, key: *mut PyObject, hash: Py_hash_t) -> Option<*mut Entry> {
    // SAFETY: the caller's word.
    unsafe { find_if_known(keys, key, hash, |_| Err(())) }
}

/// The entry of any `key`, NULL if there is none, as far as that can be told without foreign code: else `None`.
///
/// # Safety
/// `keys` is a table and `key` an object with that hash.
#[inline(always)]
pub unsafe fn find_plain(keys: *mut Keys, key: *mut PyObject, hash: Py_hash_t) -> Option<*mut Entry> {
    // SAFETY: the caller's word; the entries' keys are alive.
    unsafe { find_if_known(keys, key, hash, |entry| same_plain((*entry).key, key).ok_or(())) }
}

#[inline(always)]
unsafe fn find_if_known(
    keys: *mut Keys,
    key: *mut PyObject,
    hash: Py_hash_t,
    same: impl Fn(*mut Entry) -> Result<bool, ()>,
) -> Option<*mut Entry> {
    // SAFETY: the caller's word.
    unsafe {
        let mut walk = Walk::new(hash, mask(keys));
        match with_slot!(keys, S => search::<S, _>(keys, key, hash, &mut walk, &same)) {
            Ok(Place::Entry(entry)) => Some(entry),
            Ok(Place::Free(_)) => Some(ptr::null_mut()),
            Err(()) => None,
        }
    }
}

/// What a walk over the slots found.
pub enum Found {
    /// The entry with this very key, or with an equal one.
    Entry(*mut Entry),
    /// No such key.
    Nothing,
    /// Whether the key of this entry is equal only its own `__eq__` can say; go on behind it with `resume`.
    Ask(*mut Entry, Resume),
}

pub struct Resume(Walk);

/// Looks for any `key`. Where only foreign code can tell whether two keys are equal, the caller is asked to, because
/// that code may change the dict.
///
/// # Safety
/// `keys` is a table and `key` an object with that hash; a `resume` came from the same table, unchanged since.
pub unsafe fn find(keys: *mut Keys, key: &Object, hash: Py_hash_t, resume: Option<Resume>) -> Found {
    let key = key.as_ptr();
    // SAFETY: the caller's word; the entries' keys are alive.
    unsafe {
        let mut walk = match resume {
            Some(Resume(mut walk)) => {
                walk.step();
                walk
            }
            None => Walk::new(hash, mask(keys)),
        };
        let same = |entry: *mut Entry| same_plain((*entry).key, key).ok_or(entry);
        match with_slot!(keys, S => search::<S, _>(keys, key, hash, &mut walk, same)) {
            Ok(Place::Entry(entry)) => Found::Entry(entry),
            Ok(Place::Free(_)) => Found::Nothing,
            Err(entry) => Found::Ask(entry, Resume(walk)),
        }
    }
}
