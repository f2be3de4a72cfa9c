//! Type watchers: up to eight callbacks of an interpreter, called when a class that they watch changes.

use super::{cache, check, has_flag, subclasses};
use crate::abi::*;
use crate::object::{Object, Result};
use crate::raise;
use crate::state;

/// `PyType_AddWatcher`: its number. Number 0 is left free, as in CPython, whose own optimizer has it.
pub fn add(callback: PyType_WatchCallback) -> Result<c_int> {
    // SAFETY: attached.
    let watchers = unsafe { &mut (*state::interp()).types.watchers };
    for (id, place) in watchers.iter_mut().enumerate().skip(1) {
        if place.is_none() {
            *place = callback;
            return Ok(id as c_int);
        }
    }
    Err(raise!(RuntimeError, "no more type watcher IDs available"))
}

fn validate(id: c_int) -> Result<usize> {
    if !(0..TYPE_MAX_WATCHERS).contains(&id) {
        return Err(raise!(ValueError, "Invalid type watcher ID {id}"));
    }
    // SAFETY: attached.
    if unsafe { (*state::interp()).types.watchers[id as usize].is_none() } {
        return Err(raise!(ValueError, "No type watcher set for ID {id}"));
    }
    Ok(id as usize)
}

/// `PyType_ClearWatcher`.
pub fn clear(id: c_int) -> Result<()> {
    let id = validate(id)?;
    // SAFETY: attached.
    unsafe { (*state::interp()).types.watchers[id] = None };
    Ok(())
}

/// The watchers of a class, as bits. A static type of the runtime has them in its interpreter.
pub fn watched<'a>(ty: *mut PyTypeObject) -> &'a mut u8 {
    if has_flag(ty, _Py_TPFLAGS_STATIC_BUILTIN) {
        return subclasses::static_watched(ty);
    }
    // SAFETY: a live class of this interpreter.
    unsafe { &mut (*ty).tp_watched }
}

/// `PyType_Watch`.
pub fn watch(id: c_int, class: &Object) -> Result<()> {
    if !check(class) {
        return Err(raise!(ValueError, "Cannot watch non-type"));
    }
    let id = validate(id)?;
    // Only a class with a version is told of changes.
    cache::assign_version(class.cast());
    *watched(class.cast()) |= 1 << id;
    Ok(())
}

/// `PyType_Unwatch`.
pub fn unwatch(id: c_int, class: &Object) -> Result<()> {
    if !check(class) {
        return Err(raise!(ValueError, "Cannot watch non-type"));
    }
    let id = validate(id)?;
    *watched(class.cast()) &= !(1 << id);
    Ok(())
}

/// Tells the watchers of a class that it changed; what they raise is reported.
pub fn notify(ty: *mut PyTypeObject) {
    let mut bits = *watched(ty);
    let mut id: c_int = 0;
    while bits != 0 {
        // SAFETY: attached; a live class.
        unsafe {
            if bits & 1 != 0
                && let Some(callback) = (*state::interp()).types.watchers[id as usize]
                && callback(ty) < 0
            {
                PyErr_FormatUnraisable(c"Exception ignored in type watcher callback #%d for %R".as_ptr(), id, ty);
            }
        }
        bits >>= 1;
        id += 1;
    }
}

unsafe extern "C" {
    fn PyErr_FormatUnraisable(format: *const c_char, ...);
}
