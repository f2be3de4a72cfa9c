//! Watchers: C functions that hear when a thread's current context changes. Up to eight in each interpreter.

use crate::abi::*;
use crate::object::{Object, Result};
use crate::raise;
use crate::runtime;
use crate::state::ThreadState;
use crate::types::none;

unsafe extern "C" {
    fn PyErr_FormatUnraisable(format: *const c_char, ...);
}

const MAX: usize = 8;

/// `PyContext_AddWatcher`: the watcher's number. `RuntimeError` if there are eight.
pub fn add(callback: PyContext_WatchCallback) -> Result<c_int> {
    // SAFETY: attached.
    unsafe {
        let interp = runtime::interp();
        for i in 0..MAX {
            if (*interp).context_watchers[i].is_none() {
                (*interp).context_watchers[i] = callback;
                (*interp).active_context_watchers |= 1 << i;
                return Ok(i as c_int);
            }
        }
    }
    Err(raise!(RuntimeError, "no more context watcher IDs available"))
}

/// `PyContext_ClearWatcher`. `ValueError` for a number that is none.
pub fn clear(id: c_int) -> Result<()> {
    if !(0..MAX as c_int).contains(&id) {
        return Err(raise!(ValueError, "Invalid context watcher ID {id}"));
    }
    // SAFETY: attached.
    unsafe {
        let interp = runtime::interp();
        if (*interp).context_watchers[id as usize].is_none() {
            return Err(raise!(ValueError, "No context watcher set for ID {id}"));
        }
        (*interp).context_watchers[id as usize] = None;
        (*interp).active_context_watchers &= !(1 << id);
    }
    Ok(())
}

/// Tells them the context that is current now. What they raise is reported and forgotten.
#[cold]
pub(super) unsafe fn notify(tstate: *mut ThreadState) {
    // SAFETY: attached; the context is owned while foreign code runs.
    unsafe {
        let interp = runtime::interp();
        let ctx = Object::optional((*tstate).base.context).unwrap_or(none::none_ref()).to_owned();
        for i in 0..MAX {
            let Some(callback) = (*interp).context_watchers[i] else { continue };
            if callback(Py_CONTEXT_SWITCHED, ctx.as_ptr()) < 0 {
                PyErr_FormatUnraisable(
                    c"Exception ignored in %s watcher callback for %R".as_ptr(),
                    c"Py_CONTEXT_SWITCHED".as_ptr(),
                    ctx.as_ptr(),
                );
            }
        }
    }
}
