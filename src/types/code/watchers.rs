//! Who hears of code objects that are made and that go (`PyCode_AddWatcher`).

use crate::abi::*;
use crate::object::{Result, error};
use crate::raise;
use crate::state;

pub(super) const CREATE: c_int = 0;
pub(super) const DESTROY: c_int = 1;

pub(super) fn watched() -> bool {
    // SAFETY: attached.
    unsafe { (*state::interp()).code_watchers.iter().any(Option::is_some) }
}

/// Tells the interpreter's watchers. What one raises goes to `sys.unraisablehook`.
pub(super) fn tell_watchers(op: *mut PyObject, event: c_int) {
    unsafe extern "C" {
        fn PyErr_FormatUnraisable(format: *const c_char, ...);
    }
    if !watched() {
        return;
    }
    let before = error::take();
    // SAFETY: attached; the object is whole.
    unsafe {
        for watcher in (*state::interp()).code_watchers.into_iter().flatten() {
            if watcher(event, op.cast()) < 0 {
                let name = if event == CREATE { c"PY_CODE_EVENT_CREATE" } else { c"PY_CODE_EVENT_DESTROY" };
                PyErr_FormatUnraisable(c"Exception ignored in %s watcher callback for %R".as_ptr(), name.as_ptr(), op);
            }
        }
    }
    if let Some(before) = before {
        let _ = error::restore(before);
    }
}

/// `PyCode_AddWatcher`: its number.
pub fn add_watcher(callback: PyCode_WatchCallback) -> Result<c_int> {
    // SAFETY: attached.
    let watchers = unsafe { &mut (*state::interp()).code_watchers };
    match watchers.iter().position(Option::is_none) {
        Some(i) => {
            watchers[i] = callback;
            Ok(i as c_int)
        }
        None => Err(raise!(RuntimeError, "no more code watcher IDs available")),
    }
}

/// `PyCode_ClearWatcher`.
pub fn clear_watcher(id: c_int) -> Result<()> {
    // SAFETY: attached.
    let watchers = unsafe { &mut (*state::interp()).code_watchers };
    match watchers.get_mut(id as usize) {
        None => Err(raise!(ValueError, "Invalid code watcher ID {id}")),
        Some(None) => Err(raise!(ValueError, "No code watcher set for ID {id}")),
        Some(place) => {
            *place = None;
            Ok(())
        }
    }
}
