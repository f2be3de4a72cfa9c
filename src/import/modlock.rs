//! Module locks: while one thread loads a module, others that import it wait until it is loaded.
//!
//! Two threads that load modules which import each other would wait for each other for ever. So before a thread waits
//! it follows who waits for whom: if that comes back to itself it does not wait, and goes on with the module as far as
//! it is loaded (as importlib's `_ModuleLock` does, and its `_DeadlockError`).
//!
//! The state machine, and how threads wait in it, is `module_table`.
//!
//! Order: a thread holds its GIL while it takes the mutex, and only for a moment: nothing foreign runs under the mutex,
//! and a thread waits on the condition detached, with no GIL.

use super::module_table::{Asked, Locks, Thread};
use super::modules;
use crate::object::{Object, Result, error};
use crate::runtime::imports::ImportState;
use crate::runtime::thread;
use crate::state;
use crate::types::unicode;

/// The interpreter's locks; made when they are first asked for.
fn locks() -> &'static Locks {
    let state = modules::state();
    if state.module_locks.is_null() {
        state.module_locks = Box::into_raw(Box::<Locks>::default()).cast();
    }
    // SAFETY: freed when the interpreter ends, by when no thread imports in it.
    unsafe { &*state.module_locks.cast() }
}

/// Frees an interpreter's locks, at its end.
pub fn free(state: &mut ImportState) {
    if !state.module_locks.is_null() {
        // SAFETY: from `locks`; nobody imports any more.
        drop(unsafe { Box::from_raw(state.module_locks.cast::<Locks>()) });
        state.module_locks = std::ptr::null_mut();
    }
}

/// In the child of a `fork`: the locks that this thread holds, in a new table; none, if another thread was changing it.
/// Who waits in the old one is gone.
pub fn after_fork(state: &mut ImportState) {
    // SAFETY: as in `locks`; this thread is the only one.
    if let Some(locks) = unsafe { state.module_locks.cast::<Locks>().as_ref() } {
        let fresh = Box::<Locks>::default();
        if !locks.table.is_locked() {
            *fresh.table.lock() = locks.table.lock().of_one(me());
        }
        state.module_locks = Box::into_raw(fresh).cast();
    }
}

fn me() -> Thread {
    // SAFETY: attached.
    unsafe { (*state::thread()).base.id }
}

/// A module's lock, held until it is dropped.
pub struct Held {
    name: String,
}

/// Takes the lock of `name`, waiting for the thread that loads the module. `None` if waiting would never end.
pub fn acquire(name: &Object) -> Result<Option<Held>> {
    // A spec may have any object as its name, and a str need not be valid text.
    let shown;
    let name = match unicode::check(name).then(|| unicode::as_str(name)) {
        Some(Ok(text)) => text,
        _ => {
            error::clear();
            shown = name.repr()?;
            unicode::as_str(&shown)?
        }
    };
    let (locks, me) = (locks(), me());
    let mut asked = locks.ask(me, name);
    if asked == Asked::Wait {
        asked = thread::while_detached(|| locks.wait(me, name));
    }
    Ok((asked == Asked::Taken).then(|| Held { name: name.to_owned() }))
}

/// Waits until no other thread loads `name`.
pub fn wait_until_loaded(name: &Object) -> Result<()> {
    acquire(name).map(drop)
}

impl Drop for Held {
    fn drop(&mut self) {
        locks().release(me(), &self.name);
    }
}
