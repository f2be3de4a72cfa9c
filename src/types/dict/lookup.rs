//! Finding a key: its hash, and the entry where it stands.

use super::find::{self, Found};
use super::keys::Entry;
use super::{generation, keys_of};
use crate::abi::*;
use crate::object::{Object, Raised, Result, error};
use crate::raise;
use crate::types::{exceptions, long, typeobject, unicode};
use std::ptr;
use std::sync::atomic::{AtomicIsize, Ordering};

/// The key's hash. `TypeError` "cannot use 'list' as a dict key (unhashable type: 'list')".
#[inline(always)]
pub fn hash_key(key: &Object) -> Result<Py_hash_t> {
    match known_hash(key) {
        Some(hash) => Ok(hash),
        None => hash_any(key),
    }
}

/// The hash of a str that has been hashed before, or of a small int: without a call.
#[inline(always)]
pub fn known_hash(key: &Object) -> Option<Py_hash_t> {
    if key.is_exact(&raw mut unicode::PyUnicode_Type) {
        // SAFETY: a str. Another interpreter may just be hashing a shared one.
        let hash =
            unsafe { AtomicIsize::from_ptr(&raw mut (*key.cast::<PyASCIIObject>()).hash) }.load(Ordering::Relaxed);
        return (hash != -1).then_some(hash);
    }
    if key.is_exact(&raw mut long::PyLong_Type) {
        return long::compact_value(key).map(|value| if value == -1 { -2 } else { value as Py_hash_t });
    }
    None
}

#[inline(always)]
fn hash_any(key: &Object) -> Result<Py_hash_t> {
    // SAFETY: slot.
    if let Some(slot) = unsafe { (*key.ty()).tp_hash } {
        // SAFETY: slot.
        let hash = unsafe { slot(key.as_ptr()) };
        if hash != -1 {
            return Ok(hash);
        }
        // SAFETY: -1 says that an error is set.
        return Err(unhashable(key, unsafe { Raised::already() }, "a dict key"));
    }
    hash_anyway(key)
}

/// By the way of a type that has no slot, or is not ready.
#[cold]
#[inline(never)]
fn hash_anyway(key: &Object) -> Result<Py_hash_t> {
    key.hash().map_err(|raised| unhashable(key, raised, "a dict key"))
}

/// Says of a `TypeError` from hashing what the object was needed for.
#[cold]
pub fn unhashable(key: &Object, raised: Raised, purpose: &str) -> Raised {
    let exception = error::caught(raised);
    if !exception.is_exact(&raw mut exceptions::TypeError) {
        return error::restore(exception);
    }
    let message = (|| {
        let ty = typeobject::fully_qualified_name(key.ty())?;
        let text = exception.str()?;
        Ok(raise!(TypeError, "cannot use '{}' as {purpose} ({})", error::Text(&ty), error::Text(&text)))
    })();
    message.unwrap_or_else(|raised: Raised| raised)
}

/// The entry of `key`, or NULL. The pointer is good until anything else runs.
#[inline(always)]
pub(super) fn lookup(dict: &Object, key: &Object, hash: Py_hash_t) -> Result<*mut Entry> {
    let keys = keys_of(dict);
    // SAFETY: a dict's table.
    unsafe {
        if (*keys).str_only {
            if key.is_exact(&raw mut unicode::PyUnicode_Type) {
                return Ok(find::find_str(keys, key.as_ptr(), hash));
            }
            // No int is equal to a str.
            if key.is_exact(&raw mut long::PyLong_Type) {
                return Ok(ptr::null_mut());
            }
        }
    }
    lookup_any(dict, key, hash)
}

#[inline(never)]
fn lookup_any(dict: &Object, key: &Object, hash: Py_hash_t) -> Result<*mut Entry> {
    // SAFETY: a dict's table.
    match unsafe { find::find_same(keys_of(dict), key.as_ptr(), hash) } {
        Some(entry) => Ok(entry),
        None => lookup_equal(dict, key, hash),
    }
}

/// Compares keys, at first those whose comparison can't change the dict.
#[inline(never)]
fn lookup_equal(dict: &Object, key: &Object, hash: Py_hash_t) -> Result<*mut Entry> {
    // SAFETY: a dict's table.
    match unsafe { find::find_plain(keys_of(dict), key.as_ptr(), hash) } {
        Some(entry) => Ok(entry),
        None => lookup_asking(dict, key, hash),
    }
}

/// Has keys compared by their own `__eq__`, which may change the dict.
#[inline(never)]
fn lookup_asking(dict: &Object, key: &Object, hash: Py_hash_t) -> Result<*mut Entry> {
    'again: loop {
        let keys = keys_of(dict);
        let generation_before = generation(dict);
        let mut resume = None;
        loop {
            // SAFETY: the table is the dict's, checked after each call of foreign code.
            unsafe {
                match find::find(keys, key, hash, resume.take()) {
                    Found::Entry(entry) => return Ok(entry),
                    Found::Nothing => return Ok(ptr::null_mut()),
                    Found::Ask(entry, behind) => {
                        let stored = Object::from_ptr((*entry).key).to_owned();
                        let equal = stored.equals(key)?;
                        if generation(dict) != generation_before || (*entry).key != stored.as_ptr() {
                            continue 'again;
                        }
                        if equal {
                            return Ok(entry);
                        }
                        resume = Some(behind);
                    }
                }
            }
        }
    }
}
