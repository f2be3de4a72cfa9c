//! `lock.h`: mutexes of one byte, and what CPython's own modules use beside them.

use crate::abi::*;
use crate::runtime::lock::{self, Outcome, Recursive, Wait, event, rw};
use crate::state::fatal::fatal_error;
use std::time::Duration;

/// Locks, waiting without the GIL. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMutex_Lock(m: *mut PyMutex) {
    // SAFETY: the caller's contract.
    unsafe { lock::lock(m, Wait::FOREVER) };
}

/// Unlocks; a fatal error if it is not locked. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMutex_Unlock(m: *mut PyMutex) {
    // SAFETY: the caller's contract.
    unsafe { lock::unlock(m) }
}

/// 1 if it is locked. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMutex_IsLocked(m: *mut PyMutex) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { c_int::from(lock::is_locked(m)) }
}

/// Nanoseconds as CPython counts them: below zero is for ever.
fn timeout(ns: PyTime_t) -> Option<Duration> {
    (ns >= 0).then(|| Duration::from_nanos(ns as u64))
}

/// Let go of the GIL while waiting.
const DETACH: c_int = 1;
/// Run signal handlers when a signal interrupts the wait.
const HANDLE_SIGNALS: c_int = 2;
/// Come back when a signal interrupts the wait.
const FAIL_IF_INTERRUPTED: c_int = 4;

/// Locks within `timeout_ns`; the `PyLockStatus` that came of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyMutex_LockTimed(m: *mut PyMutex, timeout_ns: PyTime_t, flags: c_int) -> PyLockStatus {
    let wait = Wait {
        timeout: timeout(timeout_ns),
        detach: flags & DETACH != 0,
        interruptible: flags & (HANDLE_SIGNALS | FAIL_IF_INTERRUPTED) != 0,
    };
    loop {
        // SAFETY: the caller's contract.
        let outcome = unsafe { lock::lock(m, wait) };
        if outcome == Outcome::Interrupted && flags & HANDLE_SIGNALS != 0 {
            if crate::runtime::safe_point::make_pending_calls().is_err() {
                return Outcome::Interrupted as c_int;
            }
            if flags & FAIL_IF_INTERRUPTED == 0 {
                continue;
            }
        }
        return outcome as c_int;
    }
}

/// 1 if the event was set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyEvent_IsSet(evt: *mut PyEvent) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { c_int::from(event::is_set(evt.cast())) }
}

/// Sets the event, and wakes all that wait for it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyEvent_Notify(evt: *mut PyEvent) {
    // SAFETY: the caller's contract.
    unsafe { event::set(evt.cast()) }
}

/// Waits for the event without the GIL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEvent_Wait(evt: *mut PyEvent) {
    // SAFETY: the caller's contract.
    unsafe { event::wait(evt.cast(), None, true) };
}

/// Waits for the event; 1 if it was set within `timeout_ns`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEvent_WaitTimed(evt: *mut PyEvent, timeout_ns: PyTime_t, detach: c_int) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { c_int::from(event::wait(evt.cast(), timeout(timeout_ns), detach != 0)) }
}

/// Calls `fn_(arg)` unless that succeeded before; others wait. 0, or -1 if it failed, and then it may be tried again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyOnceFlag_CallOnceSlow(
    flag: *mut _PyOnceFlag,
    fn_: Option<unsafe extern "C" fn(*mut c_void) -> c_int>,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { if lock::once::call(flag.cast(), || fn_.map_or(0, |f| f(arg)) == 0) { 0 } else { -1 } }
}

/// 1 if this thread holds the mutex.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyRecursiveMutex_IsLockedByCurrentThread(m: *mut _PyRecursiveMutex) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { c_int::from((*m.cast::<Recursive>()).is_mine()) }
}

/// Locks, as often as this thread likes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyRecursiveMutex_Lock(m: *mut _PyRecursiveMutex) {
    // SAFETY: the caller's contract.
    unsafe { Recursive::lock(m.cast()) }
}

/// Undoes one lock of this thread's; a fatal error if it holds none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyRecursiveMutex_Unlock(m: *mut _PyRecursiveMutex) {
    // SAFETY: the caller's contract.
    unsafe {
        if !Recursive::try_unlock(m.cast()) {
            fatal_error(
                "_PyRecursiveMutex_Unlock",
                "unlocking a recursive mutex that is not owned by the current thread",
            );
        }
    }
}

/// Locks for reading, with other readers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyRWMutex_RLock(rwmutex: *mut _PyRWMutex) {
    // SAFETY: the caller's contract.
    unsafe { rw::acquire(rwmutex.cast(), false) }
}

/// Ends what `_PyRWMutex_RLock` began.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyRWMutex_RUnlock(rwmutex: *mut _PyRWMutex) {
    // SAFETY: the caller's contract.
    unsafe { rw::release(rwmutex.cast(), false) }
}

/// Locks for writing, alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyRWMutex_Lock(rwmutex: *mut _PyRWMutex) {
    // SAFETY: the caller's contract.
    unsafe { rw::acquire(rwmutex.cast(), true) }
}

/// Ends what `_PyRWMutex_Lock` began.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyRWMutex_Unlock(rwmutex: *mut _PyRWMutex) {
    // SAFETY: the caller's contract.
    unsafe { rw::release(rwmutex.cast(), true) }
}

// not provided: _PySeqLock_*, which only the free-threaded build uses.
