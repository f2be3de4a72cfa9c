//! The hash of a str: of its characters as they are stored, kept in the object once it is known.

use super::layout;
use crate::abi::*;
use crate::object::Object;
use crate::types::pyhash;
use std::sync::atomic::{AtomicIsize, Ordering};

/// The place that keeps the hash. Static strings are shared by interpreters that run at the same time: all of them
/// write the same number.
#[inline(always)]
fn place(s: &Object) -> &AtomicIsize {
    // SAFETY: layout; only ever accessed atomically once the str is seen by others.
    unsafe { AtomicIsize::from_ptr(&raw mut (*s.cast::<PyASCIIObject>()).hash) }
}

/// The hash of a str or a subclass's instance, by its characters only.
#[inline(always)]
pub fn hash(s: &Object) -> Py_hash_t {
    match place(s).load(Ordering::Relaxed) {
        -1 => compute(s),
        known => known,
    }
}

/// The hash if it is known, else -1.
#[inline(always)]
pub fn known(s: &Object) -> Py_hash_t {
    place(s).load(Ordering::Relaxed)
}

#[inline(never)]
fn compute(s: &Object) -> Py_hash_t {
    let hash = pyhash::hash_bytes(layout::chars(s).bytes());
    place(s).store(hash, Ordering::Relaxed);
    hash
}
