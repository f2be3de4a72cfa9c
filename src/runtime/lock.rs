//! Locks of the C API: `PyMutex`, one byte, and what is built of it. Waiting is parking_lot's; a thread that waits lets
//! go of the GIL.

use super::{signals, thread};
use crate::abi::*;
use crate::state::{current, fatal::fatal_error};
use parking_lot_core::{DEFAULT_PARK_TOKEN, ParkResult, UnparkToken, park, unpark_all, unpark_one};
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const LOCKED: u8 = 1;
/// Somebody waits.
const PARKED: u8 = 2;

const TRY_AGAIN: UnparkToken = UnparkToken(0);

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Outcome {
    Failure = 0,
    Acquired = 1,
    /// A signal came.
    Interrupted = 2,
}

/// How to wait.
#[derive(Clone, Copy)]
pub struct Wait {
    pub timeout: Option<Duration>,
    /// Let go of the GIL meanwhile.
    pub detach: bool,
    /// Come back when a signal has come (to the main thread, whose business they are).
    pub interruptible: bool,
}

impl Wait {
    pub const FOREVER: Wait = Wait { timeout: None, detach: true, interruptible: false };
}

/// # Safety
/// `mutex` is a valid `PyMutex` for `'a`.
unsafe fn bits<'a>(mutex: *mut PyMutex) -> &'a AtomicU8 {
    // SAFETY: the caller's word; one byte.
    unsafe { AtomicU8::from_ptr(mutex.cast()) }
}

/// Locks within the time given. No thread state is needed.
///
/// # Safety
/// `mutex` is valid.
pub unsafe fn lock(mutex: *mut PyMutex, wait: Wait) -> Outcome {
    // SAFETY: the caller's word.
    let word = unsafe { bits(mutex) };
    if word.compare_exchange(0, LOCKED, Ordering::Acquire, Ordering::Relaxed).is_ok() {
        return Outcome::Acquired;
    }
    lock_contended(word, wait)
}

#[cold]
fn lock_contended(word: &AtomicU8, wait: Wait) -> Outcome {
    let deadline = wait.timeout.map(|timeout| Instant::now().checked_add(timeout));
    loop {
        let now = word.load(Ordering::Relaxed);
        if now & LOCKED == 0 {
            if word.compare_exchange_weak(now, now | LOCKED, Ordering::Acquire, Ordering::Relaxed).is_ok() {
                return Outcome::Acquired;
            }
            continue;
        }
        if wait.timeout == Some(Duration::ZERO) {
            return Outcome::Failure;
        }
        if now & PARKED == 0
            && word.compare_exchange_weak(now, now | PARKED, Ordering::Relaxed, Ordering::Relaxed).is_err()
        {
            continue;
        }
        let interruptible = wait.interruptible && super::process::is_main_thread();
        let until = deadline.flatten();
        match sleep(word, until, wait.detach, interruptible) {
            Slept::Woken => {}
            Slept::TimedOut => return Outcome::Failure,
            Slept::Interrupted => return Outcome::Interrupted,
        }
    }
}

enum Slept {
    Woken,
    TimedOut,
    Interrupted,
}

/// A signal handler can't wake a parked thread, so one that must hear of signals looks this often.
const SIGNAL_POLL: Duration = Duration::from_millis(20);

fn sleep(word: &AtomicU8, until: Option<Instant>, detach: bool, interruptible: bool) -> Slept {
    let tstate = if detach { current::get() } else { std::ptr::null_mut() };
    if !tstate.is_null() {
        // SAFETY: attached.
        unsafe { thread::detach(tstate) };
    }
    let slept = loop {
        let next = if interruptible {
            let poll = Instant::now() + SIGNAL_POLL;
            Some(until.map_or(poll, |until| until.min(poll)))
        } else {
            until
        };
        // SAFETY: the callbacks touch the word only; the address is the lock's own.
        let result = unsafe {
            park(
                word as *const AtomicU8 as usize,
                || word.load(Ordering::Relaxed) == LOCKED | PARKED,
                || {},
                |_, was_last| {
                    if was_last {
                        word.fetch_and(!PARKED, Ordering::Relaxed);
                    }
                },
                DEFAULT_PARK_TOKEN,
                next,
            )
        };
        match result {
            ParkResult::Unparked(_) | ParkResult::Invalid => break Slept::Woken,
            ParkResult::TimedOut => {
                if interruptible && signals::any_tripped() {
                    break Slept::Interrupted;
                }
                if until.is_some_and(|until| Instant::now() >= until) {
                    break Slept::TimedOut;
                }
                // Parking ended by the clock: the mark may be gone.
                if word.fetch_or(PARKED, Ordering::Relaxed) & LOCKED == 0 {
                    break Slept::Woken;
                }
            }
        }
    };
    if !tstate.is_null() {
        // SAFETY: it was attached to this thread before.
        unsafe { thread::attach(tstate) };
    }
    slept
}

/// Unlocks; false if it was not locked.
///
/// # Safety
/// `mutex` is valid.
pub unsafe fn try_unlock(mutex: *mut PyMutex) -> bool {
    // SAFETY: the caller's word.
    let word = unsafe { bits(mutex) };
    if word.compare_exchange(LOCKED, 0, Ordering::Release, Ordering::Relaxed).is_ok() {
        return true;
    }
    if word.load(Ordering::Relaxed) & LOCKED == 0 {
        return false;
    }
    // SAFETY: the callback touches the word only.
    unsafe {
        unpark_one(word as *const AtomicU8 as usize, |result| {
            let parked = if result.have_more_threads { PARKED } else { 0 };
            word.store(parked, Ordering::Release);
            TRY_AGAIN
        });
    }
    true
}

/// `PyMutex_Unlock`.
///
/// # Safety
/// `mutex` is valid.
pub unsafe fn unlock(mutex: *mut PyMutex) {
    // SAFETY: the caller's word.
    if unsafe { !try_unlock(mutex) } {
        fatal_error("PyMutex_Unlock", "unlocking mutex that is not locked");
    }
}

/// # Safety
/// `mutex` is valid.
pub unsafe fn is_locked(mutex: *mut PyMutex) -> bool {
    // SAFETY: the caller's word.
    unsafe { bits(mutex) }.load(Ordering::Acquire) & LOCKED != 0
}

/// An event: set once, then for ever.
pub mod event {
    use super::*;

    /// # Safety
    /// `event` is a valid byte.
    pub unsafe fn is_set(event: *mut u8) -> bool {
        // SAFETY: the caller's word.
        unsafe { AtomicU8::from_ptr(event) }.load(Ordering::Acquire) == LOCKED
    }

    /// # Safety
    /// As [`is_set`].
    pub unsafe fn set(event: *mut u8) {
        // SAFETY: the caller's word.
        unsafe {
            if AtomicU8::from_ptr(event).swap(LOCKED, Ordering::Release) == PARKED {
                unpark_all(event as usize, TRY_AGAIN);
            }
        }
    }

    /// True if it is set before the time is over.
    ///
    /// # Safety
    /// As [`is_set`].
    pub unsafe fn wait(event: *mut u8, timeout: Option<Duration>, detach: bool) -> bool {
        // SAFETY: the caller's word.
        let word = unsafe { AtomicU8::from_ptr(event) };
        let until = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        let tstate = if detach { current::get() } else { std::ptr::null_mut() };
        if word.load(Ordering::Acquire) == LOCKED {
            return true;
        }
        if !tstate.is_null() {
            // SAFETY: attached.
            unsafe { thread::detach(tstate) };
        }
        loop {
            let now = word.load(Ordering::Acquire);
            if now == LOCKED {
                break;
            }
            if now == 0 && word.compare_exchange(0, PARKED, Ordering::Relaxed, Ordering::Relaxed).is_err() {
                continue;
            }
            // SAFETY: the callbacks touch the word only.
            let result = unsafe {
                let valid = || word.load(Ordering::Relaxed) == PARKED;
                park(event as usize, valid, || {}, |_, _| {}, DEFAULT_PARK_TOKEN, until)
            };
            if result == ParkResult::TimedOut {
                break;
            }
        }
        if !tstate.is_null() {
            // SAFETY: it was attached to this thread before.
            unsafe { thread::attach(tstate) };
        }
        word.load(Ordering::Acquire) == LOCKED
    }
}

/// A lock with many readers or one writer: one word, whose bits are CPython's. A writer that waits goes before readers
/// that come later: `WAITED` stays when the last reader leaves, keeps new readers out, and goes when the writer
/// unlocks.
pub mod rw {
    use super::*;

    const WRITER: usize = 1;
    /// Somebody waits; if readers hold the lock or nobody does, a writer is among them.
    const WAITED: usize = 2;
    const READER: usize = 4;

    unsafe fn word<'a>(lock: *mut usize) -> &'a AtomicUsize {
        // SAFETY: a valid word.
        unsafe { AtomicUsize::from_ptr(lock) }
    }

    /// # Safety
    /// `lock` is valid.
    pub unsafe fn acquire(lock: *mut usize, writer: bool) {
        // SAFETY: the caller's word.
        let word = unsafe { word(lock) };
        let tstate = current::get();
        let mut detached = false;
        loop {
            let now = word.load(Ordering::Relaxed);
            let free = if writer { now & !WAITED == 0 } else { now & (WRITER | WAITED) == 0 };
            if free {
                let next = if writer { now | WRITER } else { now + READER };
                if word.compare_exchange_weak(now, next, Ordering::Acquire, Ordering::Relaxed).is_ok() {
                    break;
                }
                continue;
            }
            let waited = now | WAITED;
            if now != waited && word.compare_exchange_weak(now, waited, Ordering::Relaxed, Ordering::Relaxed).is_err() {
                continue;
            }
            if !tstate.is_null() && !detached {
                // SAFETY: attached.
                unsafe { thread::detach(tstate) };
                detached = true;
            }
            // SAFETY: the callbacks touch the word only.
            unsafe {
                let valid = || word.load(Ordering::Relaxed) == waited;
                park(lock as usize, valid, || {}, |_, _| {}, DEFAULT_PARK_TOKEN, None);
            }
        }
        if detached {
            // SAFETY: it was attached to this thread before.
            unsafe { thread::attach(tstate) };
        }
    }

    /// # Safety
    /// `lock` is held that way.
    pub unsafe fn release(lock: *mut usize, writer: bool) {
        // SAFETY: the caller's word.
        let word = unsafe { word(lock) };
        let wake = if writer {
            word.swap(0, Ordering::Release) & WAITED != 0
        } else {
            word.fetch_sub(READER, Ordering::Release) - READER == WAITED
        };
        if wake {
            // SAFETY: nothing runs under the table's lock.
            unsafe { unpark_all(lock as usize, TRY_AGAIN) };
        }
    }
}

/// Something that is done once, successfully.
pub mod once {
    use super::*;

    /// CPython's headers look for this value without the lock.
    const DONE: u8 = 4;

    /// Calls `f` unless it succeeded before; who comes meanwhile waits. False if it failed.
    ///
    /// # Safety
    /// `flag` is a valid byte.
    pub unsafe fn call(flag: *mut u8, f: impl FnOnce() -> bool) -> bool {
        // SAFETY: the caller's word.
        let word = unsafe { AtomicU8::from_ptr(flag) };
        loop {
            let now = word.load(Ordering::Acquire);
            if now == DONE {
                return true;
            }
            if now & LOCKED != 0 {
                if now & PARKED != 0
                    || word.compare_exchange(now, now | PARKED, Ordering::Relaxed, Ordering::Relaxed).is_ok()
                {
                    sleep(word, None, true, false);
                }
                continue;
            }
            if word.compare_exchange(now, now | LOCKED, Ordering::Acquire, Ordering::Relaxed).is_ok() {
                break;
            }
        }
        let ok = f();
        if word.swap(if ok { DONE } else { 0 }, Ordering::Release) & PARKED != 0 {
            // SAFETY: nothing runs under the table's lock.
            unsafe { unpark_all(flag as usize, TRY_AGAIN) };
        }
        ok
    }
}

/// CPython's `_PyRecursiveMutex`.
#[repr(C)]
pub struct Recursive {
    mutex: PyMutex,
    thread: u64,
    /// How often its thread locked it beyond the first time.
    level: usize,
}

impl Recursive {
    pub fn is_mine(&self) -> bool {
        // SAFETY: a word that only its own thread sets to its own number.
        let thread = unsafe { AtomicUsize::from_ptr((&raw const self.thread).cast_mut().cast()) };
        thread.load(Ordering::Relaxed) as u64 == super::process::this_thread()
    }

    /// # Safety
    /// `this` is valid.
    pub unsafe fn lock(this: *mut Recursive) {
        // SAFETY: the caller's word.
        unsafe {
            if (*this).is_mine() {
                (*this).level += 1;
                return;
            }
            lock(&raw mut (*this).mutex, Wait::FOREVER);
            Recursive::set_thread(this, super::process::this_thread());
        }
    }

    unsafe fn set_thread(this: *mut Recursive, thread: u64) {
        // SAFETY: the caller holds the mutex.
        unsafe { AtomicUsize::from_ptr((&raw mut (*this).thread).cast()) }.store(thread as usize, Ordering::Relaxed);
    }

    /// False if this thread does not hold it.
    ///
    /// # Safety
    /// `this` is valid.
    pub unsafe fn try_unlock(this: *mut Recursive) -> bool {
        // SAFETY: the caller's word.
        unsafe {
            if !(*this).is_mine() {
                return false;
            }
            if (*this).level > 0 {
                (*this).level -= 1;
                return true;
            }
            Recursive::set_thread(this, 0);
            unlock(&raw mut (*this).mutex);
            true
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    #[allow(clippy::arc_with_non_send_sync, reason = "the lock under test is what makes it so")]
    fn excludes() {
        let mutex = Arc::new((std::cell::UnsafeCell::new(PyMutex { _bits: 0 }), AtomicUsize::new(0)));
        struct Shared(Arc<(std::cell::UnsafeCell<PyMutex>, AtomicUsize)>);
        // SAFETY: the mutex is only used through `lock` and `unlock`.
        unsafe impl Send for Shared {}
        let threads: Vec<_> = (0..6)
            .map(|_| {
                let shared = Shared(mutex.clone());
                std::thread::spawn(move || {
                    let shared = shared;
                    for _ in 0..20_000 {
                        // SAFETY: all threads share the mutex, which outlives them.
                        unsafe { assert_eq!(lock(shared.0.0.get(), Wait::FOREVER), Outcome::Acquired) };
                        let n = shared.0.1.load(Ordering::Relaxed);
                        shared.0.1.store(n + 1, Ordering::Relaxed);
                        // SAFETY: locked.
                        unsafe { unlock(shared.0.0.get()) };
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(mutex.1.load(Ordering::Relaxed), 120_000);
        // SAFETY: the mutex is alive.
        unsafe { assert!(!is_locked(mutex.0.get())) };
    }

    #[test]
    fn gives_up_in_time() {
        let mut mutex = PyMutex { _bits: 0 };
        let wait = Wait { timeout: Some(Duration::from_millis(5)), detach: true, interruptible: false };
        // SAFETY: the mutex is alive.
        unsafe {
            assert_eq!(lock(&mut mutex, wait), Outcome::Acquired);
            assert_eq!(lock(&mut mutex, wait), Outcome::Failure);
            assert!(try_unlock(&mut mutex));
            assert!(!try_unlock(&mut mutex));
        }
    }
}
