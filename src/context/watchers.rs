//! Watchers: C functions that hear when a thread's current context changes. Up to eight in each interpreter.

use crate::abi::*;
use crate::object::{Object, Result, watchers};
use crate::runtime;
use crate::state::ThreadState;
use crate::types::none;

/// `PyContext_AddWatcher`: the watcher's number. `RuntimeError` if there are eight.
pub fn add(callback: PyContext_WatchCallback) -> Result<c_int> {
    let interp = runtime::interp();
    // SAFETY: attached.
    unsafe {
        let id = watchers::add(&mut (*interp).context_watchers, 0, callback, &watchers::CONTEXT)?;
        (*interp).active_context_watchers |= 1 << id;
        Ok(id)
    }
}

/// `PyContext_ClearWatcher`. `ValueError` for a number that is none.
pub fn clear(id: c_int) -> Result<()> {
    let interp = runtime::interp();
    // SAFETY: attached.
    unsafe {
        watchers::clear(&mut (*interp).context_watchers, id, &watchers::CONTEXT)?;
        (*interp).active_context_watchers &= !(1 << id);
    }
    Ok(())
}

/// Tells them the context that is current now. What they raise is reported and forgotten.
///
/// # Safety
/// `tstate` is attached.
#[cold]
pub(super) unsafe fn notify(tstate: *mut ThreadState) {
    // SAFETY: the caller's word; the context is owned while foreign code runs.
    unsafe {
        let interp = runtime::interp();
        let ctx = Object::optional((*tstate).base.context).unwrap_or(none::none_ref()).to_owned();
        for callback in (*interp).context_watchers.into_iter().flatten() {
            if callback(Py_CONTEXT_SWITCHED, ctx.as_ptr()) < 0 {
                watchers::failed("Py_CONTEXT_SWITCHED", "for %R", Some(&ctx));
            }
        }
    }
}
