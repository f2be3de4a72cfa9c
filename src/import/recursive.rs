//! A lock that its owner may take again, and that only its owner gives back: the state machine of the import lock. It
//! knows threads by number, and nothing of interpreters; `model` explores it.

use super::sync::{Condvar, Mutex};

/// Who holds the lock, and how often.
#[derive(Default)]
pub struct Hold {
    pub owner: u64,
    pub depth: usize,
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
pub struct RecursiveLock {
    /// Held for a moment only.
    pub hold: Mutex<Hold>,
    freed: Condvar,
}

impl RecursiveLock {
    pub fn try_take(&self, me: u64) -> bool {
        self.hold.lock().take(me)
    }

    /// Waits for it; the caller holds no GIL, so that the owner can go on.
    pub fn take(&self, me: u64) {
        let mut hold = self.hold.lock();
        while !hold.take(me) {
            self.freed.wait(&mut hold);
        }
    }

    /// False if the lock is not ours.
    pub fn give(&self, me: u64) -> bool {
        match self.hold.lock().give(me) {
            None => return false,
            Some(true) => {}
            Some(false) => return true,
        }
        self.freed.notify_one();
        true
    }

    pub fn is_held(&self) -> bool {
        self.hold.lock().depth != 0
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
