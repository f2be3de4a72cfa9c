//! The import lock: one for each interpreter, recursive. `_imp.acquire_lock` and the finders of `sys.meta_path` hold
//! it; creating and executing a module does not (that waits for the module's own lock, see `modlock`).
//!
//! A thread that must wait detaches first, so that the owner can go on.

use super::modules;
use super::recursive::{Hold, RecursiveLock};
use crate::runtime::imports::ImportState;
use crate::runtime::{process, thread};

/// The interpreter's lock; made when it is first asked for.
fn lock(state: &mut ImportState) -> &'static RecursiveLock {
    if state.lock.is_null() {
        state.lock = Box::into_raw(Box::<RecursiveLock>::default()).cast();
    }
    // SAFETY: freed when the interpreter ends, by when no thread imports in it.
    unsafe { &*state.lock.cast() }
}

/// Takes the lock, waiting for another thread to give it back.
pub fn acquire() {
    let (lock, me) = (lock(modules::state()), process::this_thread());
    if lock.try_take(me) {
        return;
    }
    thread::while_detached(|| lock.take(me));
}

/// Gives the lock back once. False if this thread does not hold it.
pub fn release() -> bool {
    lock(modules::state()).give(process::this_thread())
}

/// Any thread holds it.
pub fn is_held() -> bool {
    lock(modules::state()).is_held()
}

/// In the child of a fork: the lock is free, or this thread's as often as it held it.
pub fn after_fork(state: &mut ImportState) {
    if state.lock.is_null() {
        return;
    }
    let me = process::this_thread();
    let fresh = Box::<RecursiveLock>::default();
    // SAFETY: made by `lock`; this thread is the only one, and the old mutex may be held by one that is gone, so that
    // it is neither locked nor freed.
    unsafe {
        let old = (*state.lock.cast::<RecursiveLock>()).hold.data_ptr();
        if (*old).depth != 0 && (*old).owner == me {
            *fresh.hold.lock() = Hold { owner: me, depth: (*old).depth };
        }
    }
    state.lock = Box::into_raw(fresh).cast();
}

/// Frees an interpreter's lock, at its end.
pub fn free(state: &mut ImportState) {
    if !state.lock.is_null() {
        // SAFETY: from `lock`; nobody imports any more.
        drop(unsafe { Box::from_raw(state.lock.cast::<RecursiveLock>()) });
        state.lock = std::ptr::null_mut();
    }
}

/// Holds the lock for a scope.
pub struct Guard(());

impl Guard {
    pub fn new() -> Guard {
        acquire();
        Guard(())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        release();
    }
}
