//! Who hears of code objects that are made and that go (`PyCode_AddWatcher`).

use crate::abi::*;
use crate::object::{Object, Result, error, watchers};
use crate::state;

pub(super) const CREATE: c_int = 0;
pub(super) const DESTROY: c_int = 1;

fn places<'a>() -> &'a mut [PyCode_WatchCallback; 8] {
    // SAFETY: attached; nobody keeps the reference over a call.
    unsafe { &mut (*state::interp()).code_watchers }
}

pub(super) fn watched() -> bool {
    places().iter().any(Option::is_some)
}

/// Tells the interpreter's watchers. What one raises goes to `sys.unraisablehook`.
pub(super) fn tell_watchers(op: *mut PyObject, event: c_int) {
    if !watched() {
        return;
    }
    error::aside(|| {
        for watcher in (*places()).into_iter().flatten() {
            // SAFETY: a watcher's contract; the object is whole.
            unsafe {
                if watcher(event, op.cast()) < 0 {
                    let name = if event == CREATE { "PY_CODE_EVENT_CREATE" } else { "PY_CODE_EVENT_DESTROY" };
                    watchers::failed(name, "for %R", Some(Object::from_ptr(op)));
                }
            }
        }
    });
}

/// `PyCode_AddWatcher`: its number.
pub fn add_watcher(callback: PyCode_WatchCallback) -> Result<c_int> {
    watchers::add(places(), 0, callback, &watchers::CODE)
}

/// `PyCode_ClearWatcher`.
pub fn clear_watcher(id: c_int) -> Result<()> {
    watchers::clear(places(), id, &watchers::CODE).map(drop)
}
