//! Threads and locks of the operating system as `PyThread_*` has them: idents, starting, waiting, thread-local keys.

use super::lock::{self, Outcome, Wait};
use super::{interp, safe_point};
use crate::abi::*;
use crate::mem::domains;
use std::time::{Duration, Instant};

pub type Start = Option<unsafe extern "C" fn(*mut c_void)>;

/// Starts a thread; its ident, or `None`. With `joinable` somebody has to join or detach it.
pub fn start(function: Start, arg: *mut c_void, joinable: bool) -> Option<u64> {
    let stack = if crate::state::current::get().is_null() {
        0
    } else {
        // SAFETY: attached.
        unsafe { (*interp()).thread_stack_size }
    };
    // SAFETY: the attributes are initialised before use; the function is called as C calls it, its result unused.
    unsafe {
        let mut attributes = std::mem::zeroed::<libc::pthread_attr_t>();
        if libc::pthread_attr_init(&mut attributes) != 0 {
            return None;
        }
        if stack != 0 {
            libc::pthread_attr_setstacksize(&mut attributes, stack);
        }
        if !joinable {
            libc::pthread_attr_setdetachstate(&mut attributes, libc::PTHREAD_CREATE_DETACHED);
        }
        let function = std::mem::transmute::<Start, Option<extern "C" fn(*mut c_void) -> *mut c_void>>(function)?;
        let mut id = std::mem::zeroed();
        let status = libc::pthread_create(&mut id, &attributes, function, arg);
        libc::pthread_attr_destroy(&mut attributes);
        (status == 0).then_some(id as u64)
    }
}

/// `PyThread_set_stacksize`: 0, -1 for a size that is none.
pub fn set_stack_size(size: usize) -> c_int {
    // SAFETY: attached; the attributes are initialised before use.
    unsafe {
        if size == 0 {
            (*interp()).thread_stack_size = 0;
            return 0;
        }
        if size < 0x8000 {
            return -1;
        }
        let mut attributes = std::mem::zeroed::<libc::pthread_attr_t>();
        if libc::pthread_attr_init(&mut attributes) != 0 {
            return -1;
        }
        let status = libc::pthread_attr_setstacksize(&mut attributes, size);
        libc::pthread_attr_destroy(&mut attributes);
        if status != 0 {
            return -1;
        }
        (*interp()).thread_stack_size = size;
        0
    }
}

/// `PyThread_allocate_lock`: NULL if there is no memory.
pub fn allocate_lock() -> *mut PyMutex {
    domains::raw_calloc(1, size_of::<PyMutex>()).cast()
}

/// Microseconds as `PyThread_acquire_lock_timed` counts them: below zero is for ever.
pub fn timeout(microseconds: i64) -> Option<Duration> {
    (microseconds >= 0).then(|| Duration::from_micros(microseconds as u64))
}

/// # Safety
/// `lock` is a lock.
pub unsafe fn acquire(lock: *mut PyMutex, microseconds: i64, interruptible: bool) -> Outcome {
    // SAFETY: the caller's word.
    unsafe { lock::lock(lock, Wait { timeout: timeout(microseconds), detach: false, interruptible }) }
}

/// Waits without the GIL, and runs signal handlers meanwhile; `Interrupted` when one raised.
///
/// # Safety
/// `lock` is a lock; a thread state is attached.
pub unsafe fn acquire_with_retries(lock: *mut PyMutex, ns: i64) -> Outcome {
    // CPython counts in microseconds, and rounds up: what is less than one below zero is no time at all.
    let timeout = (ns > -1000).then(|| Duration::from_nanos(ns.max(0) as u64));
    let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    // SAFETY: the caller's word.
    unsafe {
        let at_once = Wait { timeout: Some(Duration::ZERO), detach: false, interruptible: false };
        let mut outcome = lock::lock(lock, at_once);
        let mut left = timeout;
        while outcome != Outcome::Acquired && left != Some(Duration::ZERO) {
            outcome = lock::lock(lock, Wait { timeout: left, detach: true, interruptible: true });
            if outcome != Outcome::Interrupted {
                break;
            }
            if safe_point::make_pending_calls().is_err() {
                return Outcome::Interrupted;
            }
            left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        }
        outcome
    }
}

/// Thread-local keys: the system's.
pub mod key {
    use super::*;

    /// -1 if there are no more.
    pub fn create() -> c_int {
        let mut key = 0;
        // SAFETY: a place for the key.
        let status = unsafe { libc::pthread_key_create(&mut key, None) };
        if status != 0 || key > c_int::MAX as c_uint {
            return -1;
        }
        key as c_int
    }

    /// `PyThread_tss_create`: 0, also if it was created before.
    ///
    /// # Safety
    /// `key` is valid.
    pub unsafe fn create_tss(key: *mut Py_tss_t) -> c_int {
        // SAFETY: the caller's word.
        unsafe {
            if (*key)._is_initialized != 0 {
                return 0;
            }
            if libc::pthread_key_create(&raw mut (*key)._key, None) != 0 {
                return -1;
            }
            (*key)._is_initialized = 1;
        }
        0
    }

    /// # Safety
    /// `key` is valid.
    pub unsafe fn delete_tss(key: *mut Py_tss_t) {
        // SAFETY: the caller's word.
        unsafe {
            if (*key)._is_initialized != 0 {
                libc::pthread_key_delete((*key)._key);
                (*key)._is_initialized = 0;
            }
        }
    }

    pub fn set(key: c_uint, value: *mut c_void) -> c_int {
        // SAFETY: an unknown key is an error, no more.
        if unsafe { libc::pthread_setspecific(key, value) } != 0 { -1 } else { 0 }
    }

    pub fn get(key: c_uint) -> *mut c_void {
        // SAFETY: an unknown key gives NULL.
        unsafe { libc::pthread_getspecific(key) }
    }

    pub fn delete(key: c_uint) {
        // SAFETY: an unknown key is an error, no more.
        unsafe { libc::pthread_key_delete(key) };
    }

    pub fn allocate() -> *mut Py_tss_t {
        domains::raw_box(Py_tss_t { _is_initialized: 0, _key: 0 }).unwrap_or(std::ptr::null_mut())
    }
}
