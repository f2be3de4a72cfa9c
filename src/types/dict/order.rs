//! The order of a dict's entries: walking it from either end, and moving entries.

use super::{generation, keys, keys_of, len, lookup, replace_keys, resize, watch};
use crate::abi::*;
use crate::object::{Object, Owned, Result};

/// The entry at or behind `pos` in insertion order, `pos` then standing behind it (`PyDict_Next`).
#[inline]
pub fn next<'a>(dict: &'a Object, pos: &mut isize) -> Option<(&'a Object, &'a Object)> {
    next_hashed(dict, pos).map(|(key, value, _)| (key, value))
}

#[inline]
pub fn next_hashed<'a>(dict: &'a Object, pos: &mut isize) -> Option<(&'a Object, &'a Object, Py_hash_t)> {
    let keys = keys_of(dict);
    // SAFETY: a dict's table; entries in use hold references.
    unsafe {
        if *pos < 0 {
            return None;
        }
        while *pos < (*keys).filled {
            let entry = keys::entries(keys).offset(*pos);
            *pos += 1;
            if !(*entry).key.is_null() {
                return Some((Object::from_ptr((*entry).key), Object::from_ptr((*entry).value), (*entry).hash));
            }
        }
    }
    None
}

/// The place behind the last entry, for [`previous`].
pub fn end(dict: &Object) -> isize {
    // SAFETY: a dict's table.
    unsafe { (*keys_of(dict)).filled }
}

/// The entry before `pos`, `pos` then being its place.
pub fn previous<'a>(dict: &'a Object, pos: &mut isize) -> Option<(&'a Object, &'a Object)> {
    let keys = keys_of(dict);
    // SAFETY: a dict's table; entries in use hold references.
    unsafe {
        *pos = (*pos).min((*keys).filled);
        while *pos > 0 {
            *pos -= 1;
            let entry = keys::entries(keys).offset(*pos);
            if !(*entry).key.is_null() {
                return Some((Object::from_ptr((*entry).key), Object::from_ptr((*entry).value)));
            }
        }
    }
    None
}

/// Makes an entry the last or the first in order; false if `key` is not there.
pub fn move_to_end(dict: &Object, key: &Object, hash: Py_hash_t, last: bool) -> Result<bool> {
    let entry = lookup(dict, key, hash)?;
    if entry.is_null() {
        return Ok(false);
    }
    // SAFETY: an entry in use; nothing foreign runs while its references are on the way.
    unsafe {
        let mut keys = keys_of(dict);
        if last && (*keys).usable == 0 {
            let stored = Object::from_ptr((*entry).key).to_owned();
            keys = resize(dict, keys::log2_for_slots(len(dict) as usize * 3))?;
            debug_assert!((*keys).usable > 0);
            return move_to_end(dict, &stored, hash, true);
        }
        if last {
            let moved = keys::remove(keys, entry);
            keys::add(keys, moved.hash, moved.key, moved.value);
        } else {
            let new = keys::rebuild_from(keys, (*keys).log2_size, entry)?;
            replace_keys(dict, new);
            keys::free_block(keys);
        }
    }
    Ok(true)
}

/// The entries in order. What the caller gets is owned, so it may run anything: then it sees the dict as it is by then.
pub fn entries(dict: &Object) -> impl Iterator<Item = (Owned, Owned)> + '_ {
    let mut pos = 0;
    std::iter::from_fn(move || next(dict, &mut pos).map(|(key, value)| (key.to_owned(), value.to_owned())))
}

/// Takes out the entry that was added last; `None` if the dict is empty.
pub fn pop_last(dict: &Object) -> Option<(Owned, Owned)> {
    loop {
        if len(dict) == 0 {
            return None;
        }
        let keys = keys_of(dict);
        // SAFETY: a dict that is not empty has an entry in use.
        unsafe {
            let mut entry = keys::entries(keys).offset((*keys).filled - 1);
            while (*entry).key.is_null() {
                entry = entry.sub(1);
            }
            if watch::watched(dict) {
                let key = Object::from_ptr((*entry).key).to_owned();
                let before = (generation(dict), (*keys).filled);
                watch::send(dict, PyDict_EVENT_DELETED, Some(&key), None);
                if before != (generation(dict), (*keys_of(dict)).filled) || !key.is_ptr((*entry).key) {
                    continue;
                }
            }
            let old = keys::remove_last(keys, entry);
            (*dict.cast::<PyDictObject>()).ma_used -= 1;
            return Some((Owned::from_raw(old.key), Owned::from_raw(old.value)));
        }
    }
}
