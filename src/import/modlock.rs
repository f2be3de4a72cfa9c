//! Module locks: while one thread loads a module, others that import it wait until it is loaded.
//!
//! Two threads that load modules which import each other would wait for each other for ever. So before a thread waits
//! it follows who waits for whom: if that comes back to itself it does not wait, and goes on with the module as far as it
//! is loaded (as importlib's `_ModuleLock` does, and its `_DeadlockError`).
//!
//! [`Table`] is the state machine; it knows threads by number and does not block, so it can be tested alone.
//! [`Locks`] puts a mutex and a condition around it, one for each interpreter.
//!
//! Order: a thread holds its GIL while it takes the mutex, and only for a moment: nothing foreign runs under the mutex,
//! and a thread waits on the condition detached, with no GIL.

use super::modules;
use crate::object::{Object, Result};
use crate::runtime::imports::ImportState;
use crate::runtime::thread;
use crate::state;
use crate::types::unicode;
use parking_lot::{Condvar, Mutex};
use std::collections::HashMap;

type Thread = u64;

/// Who holds which module, and who waits for which.
#[derive(Default)]
pub struct Table {
    held: HashMap<String, Hold>,
    waits: HashMap<Thread, String>,
}

struct Hold {
    owner: Thread,
    /// A thread may import a module while it loads it.
    depth: usize,
}

/// What came of asking for a lock.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    Taken,
    /// Another thread holds it: wait and ask again.
    Wait,
    /// Waiting would never end.
    Deadlock,
}

impl Table {
    /// Asks for the lock of `name`. After `Wait` the thread counts as waiting until it asks again.
    pub fn ask(&mut self, me: Thread, name: &str) -> Asked {
        self.waits.remove(&me);
        match self.held.get_mut(name) {
            None => {
                self.held.insert(name.to_owned(), Hold { owner: me, depth: 1 });
                return Asked::Taken;
            }
            Some(hold) if hold.owner == me => {
                hold.depth += 1;
                return Asked::Taken;
            }
            Some(_) => {}
        }
        if self.would_wait_for_itself(me, name) {
            return Asked::Deadlock;
        }
        self.waits.insert(me, name.to_owned());
        Asked::Wait
    }

    /// Gives the lock back; true if it is free now.
    pub fn release(&mut self, me: Thread, name: &str) -> bool {
        let Some(hold) = self.held.get_mut(name) else { return false };
        debug_assert!(hold.owner == me, "a module lock is released by its owner");
        hold.depth -= 1;
        if hold.depth > 0 {
            return false;
        }
        self.held.remove(name);
        true
    }

    fn would_wait_for_itself(&self, me: Thread, name: &str) -> bool {
        let mut wanted = name;
        // Each thread waits for one lock, so the chain has an end unless it is a circle.
        for _ in 0..=self.waits.len() {
            let Some(hold) = self.held.get(wanted) else { return false };
            if hold.owner == me {
                return true;
            }
            match self.waits.get(&hold.owner) {
                Some(next) => wanted = next,
                None => return false,
            }
        }
        false
    }
}

/// The module locks of an interpreter.
#[derive(Default)]
pub struct Locks {
    table: Mutex<Table>,
    freed: Condvar,
}

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
    let name = unicode::as_str(name)?;
    let (locks, me) = (locks(), me());
    let mut asked = locks.table.lock().ask(me, name);
    if asked == Asked::Wait {
        let tstate = state::thread();
        // SAFETY: attached; attached again before anything of the interpreter is touched.
        unsafe { thread::detach(tstate) };
        {
            let mut table = locks.table.lock();
            loop {
                asked = table.ask(me, name);
                if asked != Asked::Wait {
                    break;
                }
                locks.freed.wait(&mut table);
            }
        }
        // SAFETY: as above.
        unsafe { thread::attach(tstate) };
    }
    Ok((asked == Asked::Taken).then(|| Held { name: name.to_owned() }))
}

/// Waits until no other thread loads `name`.
pub fn wait_until_loaded(name: &Object) -> Result<()> {
    acquire(name).map(drop)
}

impl Drop for Held {
    fn drop(&mut self) {
        let locks = locks();
        if locks.table.lock().release(me(), &self.name) {
            locks.freed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_takes_its_own_lock_again() {
        let mut table = Table::default();
        assert_eq!(table.ask(1, "a"), Asked::Taken);
        assert_eq!(table.ask(1, "a"), Asked::Taken);
        assert!(!table.release(1, "a"));
        assert!(table.release(1, "a"));
        assert_eq!(table.ask(2, "a"), Asked::Taken);
    }

    #[test]
    fn others_wait() {
        let mut table = Table::default();
        assert_eq!(table.ask(1, "a"), Asked::Taken);
        assert_eq!(table.ask(2, "a"), Asked::Wait);
        assert_eq!(table.ask(3, "a"), Asked::Wait);
        assert!(table.release(1, "a"));
        assert_eq!(table.ask(3, "a"), Asked::Taken);
        assert_eq!(table.ask(2, "a"), Asked::Wait);
    }

    #[test]
    fn a_circle_of_three_is_seen_by_who_closes_it() {
        let mut table = Table::default();
        for (thread, name) in [(1, "a"), (2, "b"), (3, "c")] {
            assert_eq!(table.ask(thread, name), Asked::Taken);
        }
        assert_eq!(table.ask(1, "b"), Asked::Wait);
        assert_eq!(table.ask(2, "c"), Asked::Wait);
        assert_eq!(table.ask(3, "a"), Asked::Deadlock);
        // Who got no lock goes on and releases its own: the others come free one after the other.
        assert!(table.release(3, "c"));
        assert_eq!(table.ask(2, "c"), Asked::Taken);
    }

    #[test]
    fn a_chain_is_no_circle() {
        let mut table = Table::default();
        assert_eq!(table.ask(1, "a"), Asked::Taken);
        assert_eq!(table.ask(2, "b"), Asked::Taken);
        assert_eq!(table.ask(2, "a"), Asked::Wait);
        assert_eq!(table.ask(3, "b"), Asked::Wait);
    }
}
