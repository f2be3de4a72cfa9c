//! The GIL and attaching, with every interleaving of two or three threads tried (loom, with a bound on preemptions).
//!
//! The files under test are compiled a second time here, where `sync` is loom's: what is explored is the code itself.
//! loom also knows which write a relaxed read may see, so the orderings are part of what is shown: data guarded by the
//! GIL stands in loom's cells, which refuse two accesses that nothing orders.

#![allow(clippy::duplicate_mod, reason = "the files under test, over the primitives of loom")]

#[path = "../attach.rs"]
#[allow(dead_code, reason = "the tests use a part")]
mod attach;
#[path = "../gil.rs"]
#[allow(dead_code, reason = "the tests use a part")]
pub mod gil;
pub mod sync;
mod threads;

use gil::Gil;
use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::thread;
use sync::{AtomicI32, Ordering};

/// Explores `body` with at most `preemptions` switches that the code did not ask for.
pub fn explore(preemptions: usize, body: impl Fn() + Send + Sync + 'static) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(preemptions);
    model.check(body);
}

/// A GIL and what it guards.
struct Guarded(Gil, UnsafeCell<u32>);

impl Guarded {
    fn new() -> Arc<Guarded> {
        Arc::new(Guarded(Gil::new(), UnsafeCell::new(0)))
    }

    fn add(&self) {
        // SAFETY: the GIL is held; loom says so if it is not.
        self.1.with_mut(|count| unsafe { *count += 1 });
    }

    fn count(&self) -> u32 {
        // SAFETY: the GIL is held; loom says so if it is not.
        self.1.with(|count| unsafe { *count })
    }
}

/// `threads` threads take and drop the GIL `turns` times each.
fn take_turns(threads: u32, turns: u32, timeouts: u32) {
    sync::patience(timeouts);
    let shared = Guarded::new();
    let work = move |shared: &Guarded| {
        for _ in 0..turns {
            shared.0.take();
            shared.add();
            shared.0.release();
        }
    };
    let others: Vec<_> = (1..threads)
        .map(|_| {
            let shared = shared.clone();
            thread::spawn(move || work(&shared))
        })
        .collect();
    work(&shared);
    others.into_iter().for_each(|thread| thread.join().unwrap());
    shared.0.take();
    assert_eq!(shared.count(), threads * turns);
    shared.0.release();
    assert!(!shared.0.is_held());
}

#[test]
fn the_gil_excludes_and_wakes_two() {
    explore(5, || take_turns(2, 2, 0));
}

#[test]
fn the_gil_excludes_and_wakes_three() {
    explore(3, || take_turns(3, 1, 0));
}

#[test]
fn a_request_to_drop_it_loses_nobody() {
    for timeouts in 1..=3 {
        explore(4, move || take_turns(2, 2, timeouts));
    }
    explore(3, || take_turns(3, 1, 2));
}

#[test]
fn a_thread_that_gives_way_is_not_first_again() {
    explore(3, || {
        // The waiter asks at once, and so has the GIL before the holder can have it again.
        sync::patience(1);
        let shared = Guarded::new();
        shared.0.take();
        let other = shared.clone();
        let waiter = thread::spawn(move || {
            other.0.take();
            other.add();
            other.0.release();
        });
        let asked = shared.0.is_wanted();
        shared.0.release();
        shared.0.take();
        assert!(!asked || shared.count() == 1);
        shared.0.release();
        waiter.join().unwrap();
    });
}

#[test]
fn nobody_attaches_what_shuts_down() {
    explore(3, || {
        sync::patience(0);
        let shared = Guarded::new();
        let state = Arc::new(AtomicI32::new(attach::DETACHED));
        let late = {
            let (shared, state) = (shared.clone(), state.clone());
            thread::spawn(move || {
                for _ in 0..2 {
                    if !attach::enter(&state, &shared.0) {
                        return;
                    }
                    shared.add();
                    attach::leave(&state, &shared.0);
                }
            })
        };
        let mine = AtomicI32::new(attach::DETACHED);
        assert!(attach::enter(&mine, &shared.0));
        attach::shut_down(&state);
        let before = shared.count();
        // What finalization runs may detach and attach again.
        attach::leave(&mine, &shared.0);
        assert!(attach::enter(&mine, &shared.0));
        assert_eq!(shared.count(), before);
        assert_eq!(state.load(Ordering::Relaxed), attach::SHUTTING_DOWN);
        shared.0.release();
        late.join().unwrap();
        assert!(!shared.0.is_held());
    });
}

#[test]
fn two_threads_hand_one_state_over() {
    explore(3, || {
        sync::patience(1);
        let shared = Guarded::new();
        let states = Arc::new([AtomicI32::new(attach::DETACHED), AtomicI32::new(attach::DETACHED)]);
        let other = {
            let (shared, states) = (shared.clone(), states.clone());
            thread::spawn(move || {
                assert!(attach::enter(&states[1], &shared.0));
                assert_ne!(states[0].load(Ordering::Relaxed), attach::ATTACHED);
                shared.add();
                attach::leave(&states[1], &shared.0);
            })
        };
        assert!(attach::enter(&states[0], &shared.0));
        assert_ne!(states[1].load(Ordering::Relaxed), attach::ATTACHED);
        shared.add();
        attach::leave(&states[0], &shared.0);
        other.join().unwrap();
        assert_eq!(states[0].load(Ordering::Relaxed), attach::DETACHED);
    });
}
