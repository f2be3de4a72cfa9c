//! The import lock: one for each interpreter, recursive. `_imp.acquire_lock` and the finders of `sys.meta_path` hold it;
//! creating and executing a module does not (that waits for the module's own lock, see `modlock`).
//!
//! The mutex inside guards two words and is held for a moment only. A thread that must wait detaches first, so that the
//! owner can go on.

use super::modules;
use crate::runtime::imports::ImportState;
use crate::runtime::{process, thread};
use crate::state;
use parking_lot::{Condvar, Mutex};

/// Who holds the lock, and how often.
#[derive(Default)]
struct Hold {
    owner: u64,
    depth: usize,
}

impl Hold {
    /// Takes the lock if it is free or ours.
    fn take(&mut self, me: u64) -> bool {
        if self.depth != 0 && self.owner != me {
            return false;
        }
        self.owner = me;
        self.depth += 1;
        true
    }

    /// Gives it back once: `None` if it is not ours, else whether it is free now.
    fn give(&mut self, me: u64) -> Option<bool> {
        if self.depth == 0 || self.owner != me {
            return None;
        }
        self.depth -= 1;
        Some(self.depth == 0)
    }
}

#[derive(Default)]
pub struct ImportLock {
    hold: Mutex<Hold>,
    freed: Condvar,
}

/// The interpreter's lock; made when it is first asked for.
fn lock(state: &mut ImportState) -> &'static ImportLock {
    if state.lock.is_null() {
        state.lock = Box::into_raw(Box::<ImportLock>::default()).cast();
    }
    // SAFETY: freed when the interpreter ends, by when no thread imports in it.
    unsafe { &*state.lock.cast() }
}

/// Takes the lock, waiting for another thread to give it back.
pub fn acquire() {
    let (lock, me) = (lock(modules::state()), process::this_thread());
    if lock.hold.lock().take(me) {
        return;
    }
    let tstate = state::thread();
    // SAFETY: attached; attached again before anything of the interpreter is touched.
    unsafe { thread::detach(tstate) };
    {
        let mut hold = lock.hold.lock();
        while !hold.take(me) {
            lock.freed.wait(&mut hold);
        }
    }
    // SAFETY: as above.
    unsafe { thread::attach(tstate) };
}

/// Gives the lock back once. False if this thread does not hold it.
pub fn release() -> bool {
    let lock = lock(modules::state());
    match lock.hold.lock().give(process::this_thread()) {
        None => return false,
        Some(true) => {}
        Some(false) => return true,
    }
    lock.freed.notify_one();
    true
}

/// Any thread holds it.
pub fn is_held() -> bool {
    lock(modules::state()).hold.lock().depth != 0
}

/// In the child of a fork: the lock is free, or this thread's as often as it held it.
pub fn after_fork(state: &mut ImportState) {
    if state.lock.is_null() {
        return;
    }
    let me = process::this_thread();
    let fresh = Box::<ImportLock>::default();
    // SAFETY: made by `lock`; this thread is the only one, and the old mutex may be held by one that is gone, so that
    // it is neither locked nor freed.
    unsafe {
        let old = (*state.lock.cast::<ImportLock>()).hold.data_ptr();
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
        drop(unsafe { Box::from_raw(state.lock.cast::<ImportLock>()) });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recursive_and_owned() {
        let mut hold = Hold::default();
        assert!(hold.take(1));
        assert!(hold.take(1));
        assert!(!hold.take(2));
        assert_eq!(hold.give(2), None);
        assert_eq!(hold.give(1), Some(false));
        assert!(!hold.take(2));
        assert_eq!(hold.give(1), Some(true));
        assert_eq!(hold.give(1), None);
        assert!(hold.take(2));
    }
}
