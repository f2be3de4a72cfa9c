//! Who holds the lock of which module, and who waits for which: the state machine of module locks. It knows threads by
//! number, and nothing of interpreters; `model` explores it.

use super::sync::{Condvar, Mutex};
use std::collections::HashMap;

pub type Thread = u64;

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

    /// The locks of one thread, in a table of their own: it is the only one that is left.
    pub fn of_one(&mut self, me: Thread) -> Table {
        self.held.retain(|_, hold| hold.owner == me);
        Table { held: std::mem::take(&mut self.held), waits: HashMap::new() }
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
    /// Held for a moment only.
    pub table: Mutex<Table>,
    freed: Condvar,
}

impl Locks {
    /// Asks once; after `Wait` the caller goes on with [`Locks::wait`].
    pub fn ask(&self, me: Thread, name: &str) -> Asked {
        self.table.lock().ask(me, name)
    }

    /// Waits for the lock: `Taken` or `Deadlock`. The caller holds no GIL.
    pub fn wait(&self, me: Thread, name: &str) -> Asked {
        let mut table = self.table.lock();
        loop {
            let asked = table.ask(me, name);
            if asked != Asked::Wait {
                return asked;
            }
            self.freed.wait(&mut table);
        }
    }

    pub fn release(&self, me: Thread, name: &str) {
        let free = self.table.lock().release(me, name);
        if free {
            self.freed.notify_all();
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
    fn a_thread_that_is_left_alone_keeps_its_own() {
        let mut table = Table::default();
        assert_eq!(table.ask(1, "a"), Asked::Taken);
        assert_eq!(table.ask(2, "b"), Asked::Taken);
        assert_eq!(table.ask(2, "a"), Asked::Wait);
        let mut table = table.of_one(1);
        assert_eq!(table.ask(1, "b"), Asked::Taken);
        assert!(table.release(1, "a"));
        assert_eq!(table.ask(3, "b"), Asked::Wait);
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
