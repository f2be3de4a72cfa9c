//! Type watchers: up to eight callbacks of an interpreter, called when a class that they watch changes.

use super::{cache, check, has_flag, subclasses};
use crate::abi::*;
use crate::object::{Object, Result, above, watchers};
use crate::raise;
use crate::state;

fn places<'a>() -> &'a mut [PyType_WatchCallback; 8] {
    // SAFETY: attached; nobody keeps the reference over a call.
    unsafe { &mut (*state::interp()).types.watchers }
}

/// `PyType_AddWatcher`: its number. Number 0 is left free, as in CPython, whose own optimizer has it.
pub fn add(callback: PyType_WatchCallback) -> Result<c_int> {
    watchers::add(places(), 1, callback, &watchers::TYPE)
}

/// `PyType_ClearWatcher`.
pub fn clear(id: c_int) -> Result<()> {
    watchers::clear(places(), id, &watchers::TYPE).map(drop)
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
    let id = watchers::validate(places(), id, &watchers::TYPE)?;
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
    let id = watchers::validate(places(), id, &watchers::TYPE)?;
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
                && let Some(callback) = places()[id as usize]
                && callback(ty) < 0
            {
                let text = format!("Exception ignored in type watcher callback #{id} for %R");
                above::unraisable(&text, Some(super::as_object(ty)));
            }
        }
        bits >>= 1;
        id += 1;
    }
}
