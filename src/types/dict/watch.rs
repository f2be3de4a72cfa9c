//! Dict watchers: functions that hear of a dict's changes before they happen (`PyDict_Watch`).
//!
//! The eight lowest bits of `_ma_watcher_tag` say which of the interpreter's eight watchers want to hear.

use crate::abi::*;
use crate::object::{Object, Result, watchers};
use crate::raise;
use crate::state;
use std::ptr;

pub const MASK: u64 = 0xff;
const MAX: usize = 8;
/// The first two are CPython's own.
const FIRST_FREE: usize = 2;

#[inline(always)]
pub fn watched(dict: &Object) -> bool {
    // SAFETY: a dict.
    unsafe { (*dict.cast::<PyDictObject>())._ma_watcher_tag & MASK != 0 }
}

fn table() -> &'static mut [PyDict_WatchCallback; MAX] {
    // SAFETY: attached; nobody keeps the reference over a call.
    unsafe { &mut (*state::interp()).dict_watchers }
}

/// Tells the watchers. What they raise can't be passed on and is reported.
#[cold]
pub fn send(dict: &Object, event: c_int, key: Option<&Object>, value: Option<&Object>) {
    // SAFETY: a dict.
    let bits = unsafe { (*dict.cast::<PyDictObject>())._ma_watcher_tag };
    send_to(bits, dict, event, key, value);
}

/// As [`send`] to the watchers that `bits` names.
pub fn send_to(bits: u64, dict: &Object, event: c_int, key: Option<&Object>, value: Option<&Object>) {
    let pointer = |o: Option<&Object>| o.map_or(ptr::null_mut(), Object::as_ptr);
    for id in 0..MAX {
        if bits & (1 << id) == 0 {
            continue;
        }
        let Some(callback) = table()[id] else { continue };
        // SAFETY: a watcher's contract; the arguments are alive.
        let failed = unsafe { callback(event, dict.as_ptr(), pointer(key), pointer(value)) } < 0;
        if failed {
            watchers::failed(name(event), &format!("for <dict at {:p}>", dict.as_ptr()), None);
        }
    }
}

fn name(event: c_int) -> &'static str {
    match event {
        PyDict_EVENT_ADDED => "PyDict_EVENT_ADDED",
        PyDict_EVENT_MODIFIED => "PyDict_EVENT_MODIFIED",
        PyDict_EVENT_DELETED => "PyDict_EVENT_DELETED",
        PyDict_EVENT_CLONED => "PyDict_EVENT_CLONED",
        PyDict_EVENT_CLEARED => "PyDict_EVENT_CLEARED",
        _ => "PyDict_EVENT_DEALLOCATED",
    }
}

/// `PyDict_AddWatcher`: the id of a new watcher.
pub fn add_watcher(callback: PyDict_WatchCallback) -> Result<c_int> {
    watchers::add(table(), FIRST_FREE, callback, &watchers::DICT)
}

/// `PyDict_ClearWatcher`.
pub fn clear_watcher(id: c_int) -> Result<()> {
    watchers::clear(table(), id, &watchers::DICT).map(drop)
}

/// `PyDict_Watch`.
pub fn watch(id: c_int, dict: &Object) -> Result<()> {
    if !super::check(dict) {
        return Err(raise!(ValueError, "Cannot watch non-dictionary"));
    }
    let id = watchers::validate(table(), id, &watchers::DICT)?;
    // SAFETY: a dict.
    unsafe { (*dict.cast::<PyDictObject>())._ma_watcher_tag |= 1 << id };
    Ok(())
}

/// `PyDict_Unwatch`.
pub fn unwatch(id: c_int, dict: &Object) -> Result<()> {
    if !super::check(dict) {
        return Err(raise!(ValueError, "Cannot watch non-dictionary"));
    }
    let id = watchers::validate(table(), id, &watchers::DICT)?;
    // SAFETY: a dict.
    unsafe { (*dict.cast::<PyDictObject>())._ma_watcher_tag &= !(1 << id) };
    Ok(())
}
