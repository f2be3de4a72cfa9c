//! The import lock and the module locks, with every interleaving of two or three threads tried; `runtime::model` says
//! how. A GIL goes with them, as it does in the runtime: held while asking, dropped while waiting.

#![allow(clippy::duplicate_mod, reason = "the files under test, over the primitives of loom")]

use crate::runtime::model::gil::Gil;
use crate::runtime::model::{explore, sync};
use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::thread;
use module_table::{Asked, Locks};
use recursive::RecursiveLock;

#[path = "module_table.rs"]
#[allow(dead_code, reason = "the tests use a part")]
mod module_table;
#[path = "recursive.rs"]
#[allow(dead_code, reason = "the tests use a part")]
mod recursive;

struct Guarded<T> {
    gil: Gil,
    lock: T,
    /// Guarded by `lock` alone: the GIL is dropped while it is in use.
    count: UnsafeCell<u32>,
}

impl<T> Guarded<T> {
    fn new(lock: T) -> Arc<Guarded<T>> {
        sync::patience(1);
        Arc::new(Guarded { gil: Gil::new(), lock, count: UnsafeCell::new(0) })
    }

    /// What a thread does while it has the lock, other threads running.
    fn work(&self) {
        self.gil.release();
        // SAFETY: the lock is held; loom says so if it is not.
        self.count.with_mut(|count| unsafe { *count += 1 });
        self.gil.take();
    }
}

/// `import::lock::acquire`, a nested one, and back.
fn import(shared: &Guarded<RecursiveLock>, me: u64) {
    shared.gil.take();
    if !shared.lock.try_take(me) {
        shared.gil.release();
        shared.lock.take(me);
        shared.gil.take();
    }
    assert!(shared.lock.try_take(me));
    assert!(shared.lock.give(me));
    shared.work();
    assert!(shared.lock.give(me));
    shared.gil.release();
}

#[test]
fn the_import_lock_excludes_and_wakes() {
    explore(2, || {
        let shared = Guarded::new(RecursiveLock::default());
        let other = shared.clone();
        let thread = thread::spawn(move || import(&other, 2));
        import(&shared, 1);
        thread.join().unwrap();
        assert!(!shared.lock.is_held());
        // SAFETY: the other thread is done.
        assert_eq!(shared.count.with(|count| unsafe { *count }), 2);
    });
}

#[test]
fn three_wait_for_the_import_lock() {
    explore(2, || {
        let lock = Arc::new(RecursiveLock::default());
        let others: Vec<_> = (2..4)
            .map(|me| {
                let lock = lock.clone();
                thread::spawn(move || {
                    lock.take(me);
                    assert!(!lock.give(me + 10));
                    assert!(lock.give(me));
                })
            })
            .collect();
        lock.take(1);
        assert!(lock.give(1));
        others.into_iter().for_each(|thread| thread.join().unwrap());
        assert!(!lock.give(1));
    });
}

/// `import::modlock::acquire`: false if waiting would never end. `gil` is held before and after.
fn acquire(gil: &Gil, locks: &Locks, me: u64, name: &str) -> bool {
    let mut asked = locks.ask(me, name);
    if asked == Asked::Wait {
        gil.release();
        asked = locks.wait(me, name);
        gil.take();
    }
    asked == Asked::Taken
}

#[test]
fn one_thread_loads_a_module_and_the_others_wait() {
    explore(2, || {
        let shared = Guarded::new(Locks::default());
        let load = |shared: &Guarded<Locks>, me| {
            shared.gil.take();
            assert!(acquire(&shared.gil, &shared.lock, me, "a"));
            shared.work();
            shared.lock.release(me, "a");
            shared.gil.release();
        };
        let other = shared.clone();
        let thread = thread::spawn(move || load(&other, 2));
        load(&shared, 1);
        thread.join().unwrap();
        // SAFETY: the other thread is done.
        assert_eq!(shared.count.with(|count| unsafe { *count }), 2);
    });
}

#[test]
fn two_that_import_each_other_both_end() {
    explore(3, || {
        let locks = Arc::new(Locks::default());
        // Takes one module, then the other; without a GIL, so that all orders are tried.
        fn load(locks: &Locks, me: u64, mine: &str, its: &str) -> bool {
            assert_eq!(locks.wait(me, mine), Asked::Taken);
            let taken = locks.wait(me, its) == Asked::Taken;
            if taken {
                locks.release(me, its);
            }
            locks.release(me, mine);
            taken
        }
        let other = locks.clone();
        let thread = thread::spawn(move || load(&other, 2, "b", "a"));
        let first = load(&locks, 1, "a", "b");
        let second = thread.join().unwrap();
        // At most one of them goes on with a module that is not loaded to its end.
        assert!(first || second);
        assert_eq!(locks.ask(3, "a"), Asked::Taken);
        assert_eq!(locks.ask(3, "b"), Asked::Taken);
    });
}
