//! Dict watchers: functions that hear of a dict's changes before they happen (`PyDict_Watch`).
//!
//! The eight lowest bits of `_ma_watcher_tag` say which of the interpreter's eight watchers want to hear.

use crate::abi::*;
use crate::object::{Object, Result};
use crate::raise;
use crate::state;
use std::ffi::CStr;
use std::ptr;

unsafe extern "C" {
    fn PyErr_FormatUnraisable(format: *const c_char, ...);
}

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
            // SAFETY: the format's arguments are a C string and a pointer.
            unsafe {
                PyErr_FormatUnraisable(
                    c"Exception ignored in %s watcher callback for <dict at %p>".as_ptr(),
                    name(event).as_ptr(),
                    dict.as_ptr(),
                );
            }
        }
    }
}

fn name(event: c_int) -> &'static CStr {
    match event {
        PyDict_EVENT_ADDED => c"PyDict_EVENT_ADDED",
        PyDict_EVENT_MODIFIED => c"PyDict_EVENT_MODIFIED",
        PyDict_EVENT_DELETED => c"PyDict_EVENT_DELETED",
        PyDict_EVENT_CLONED => c"PyDict_EVENT_CLONED",
        PyDict_EVENT_CLEARED => c"PyDict_EVENT_CLEARED",
        _ => c"PyDict_EVENT_DEALLOCATED",
    }
}

/// `PyDict_AddWatcher`: the id of a new watcher.
pub fn add_watcher(callback: PyDict_WatchCallback) -> Result<c_int> {
    for (id, place) in table().iter_mut().enumerate().skip(FIRST_FREE) {
        if place.is_none() {
            *place = callback;
            return Ok(id as c_int);
        }
    }
    Err(raise!(RuntimeError, "no more dict watcher IDs available"))
}

fn validate(id: c_int) -> Result<usize> {
    if id < 0 || id as usize >= MAX {
        return Err(raise!(ValueError, "Invalid dict watcher ID {id}"));
    }
    if table()[id as usize].is_none() {
        return Err(raise!(ValueError, "No dict watcher set for ID {id}"));
    }
    Ok(id as usize)
}

/// `PyDict_ClearWatcher`.
pub fn clear_watcher(id: c_int) -> Result<()> {
    let id = validate(id)?;
    table()[id] = None;
    Ok(())
}

/// `PyDict_Watch`.
pub fn watch(id: c_int, dict: &Object) -> Result<()> {
    if !super::check(dict) {
        return Err(raise!(ValueError, "Cannot watch non-dictionary"));
    }
    let id = validate(id)?;
    // SAFETY: a dict.
    unsafe { (*dict.cast::<PyDictObject>())._ma_watcher_tag |= 1 << id };
    Ok(())
}

/// `PyDict_Unwatch`.
pub fn unwatch(id: c_int, dict: &Object) -> Result<()> {
    if !super::check(dict) {
        return Err(raise!(ValueError, "Cannot watch non-dictionary"));
    }
    let id = validate(id)?;
    // SAFETY: a dict.
    unsafe { (*dict.cast::<PyDictObject>())._ma_watcher_tag &= !(1 << id) };
    Ok(())
}
