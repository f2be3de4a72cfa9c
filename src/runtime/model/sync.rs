//! `runtime::sync` over loom: the same names and the same calls, each of them a point where another thread may go on.
//!
//! loom has no clock. A timed wait here is out of patience as often as [`patience`] said before the threads started,
//! each time at once, and so is a look at the clock; after that it waits for ever, so that a wake-up that is lost shows
//! as a deadlock.

pub use loom::sync::atomic::{AtomicBool, AtomicI32, AtomicU32, AtomicU64, Ordering};
use std::cell::Cell;
use std::ops::{Deref, DerefMut};
use std::time::{Duration, Instant};

thread_local!(static PATIENCE: Cell<u32> = const { Cell::new(0) });

/// How many timed waits of this execution time out, and looks at the clock find that it is time.
pub fn patience(timeouts: u32) {
    // loom's threads all run in the one that explores.
    PATIENCE.set(timeouts);
}

pub fn has_passed(_since: Instant, _time: Duration) -> bool {
    let left = PATIENCE.get();
    PATIENCE.set(left.saturating_sub(1));
    left > 0
}

pub fn moments() -> impl Iterator<Item = ()> {
    std::iter::once_with(loom::thread::yield_now)
}

/// Few, so that the looks are explored too.
pub const RINGS: u32 = 1;

/// It needs no patience: it ends by itself.
pub fn nap<T>(_place: &Condvar, guard: &mut MutexGuard<'_, T>, _time: Duration) -> bool {
    guard.1 = None;
    loom::thread::yield_now();
    guard.1 = Some(guard.0.0.lock().unwrap());
    true
}

#[derive(Default)]
pub struct Mutex<T>(loom::sync::Mutex<T>);

pub struct MutexGuard<'a, T>(&'a Mutex<T>, Option<loom::sync::MutexGuard<'a, T>>);

impl<T> Mutex<T> {
    pub fn new(value: T) -> Mutex<T> {
        Mutex(loom::sync::Mutex::new(value))
    }

    pub fn lock(&self) -> MutexGuard<'_, T> {
        MutexGuard(self, Some(self.0.lock().unwrap()))
    }
}

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.1.as_ref().unwrap()
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.1.as_mut().unwrap()
    }
}

#[derive(Default)]
pub struct Condvar(loom::sync::Condvar);

pub struct Waited(bool);

impl Waited {
    pub fn timed_out(&self) -> bool {
        self.0
    }
}

impl Condvar {
    pub fn new() -> Condvar {
        Condvar(loom::sync::Condvar::new())
    }

    pub fn wait<T>(&self, guard: &mut MutexGuard<'_, T>) {
        guard.1 = Some(self.0.wait(guard.1.take().unwrap()).unwrap());
    }

    pub fn wait_for<T>(&self, guard: &mut MutexGuard<'_, T>, _time: Duration) -> Waited {
        let left = PATIENCE.get();
        if left == 0 {
            self.wait(guard);
            return Waited(false);
        }
        PATIENCE.set(left - 1);
        guard.1 = None;
        loom::thread::yield_now();
        guard.1 = Some(guard.0.0.lock().unwrap());
        Waited(true)
    }

    pub fn notify_one(&self) {
        self.0.notify_one();
    }

    pub fn notify_all(&self) {
        self.0.notify_all();
    }
}
