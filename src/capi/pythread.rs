//! `pythread.h`: threads, locks and thread-local keys of the operating system. Nothing here needs a thread state, but
//! for the functions that say so.

use crate::abi::*;
use crate::mem::domains;
use crate::object::api;
use crate::runtime::lock;
use crate::runtime::os_thread::{self, Start, key};
use crate::runtime::process;
use crate::state::current;

/// Does nothing: there is nothing to initialise.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_init_thread() {}

/// Starts a thread that calls `func(arg)`; its ident, or the value -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_start_new_thread(
    func: Option<unsafe extern "C" fn(*mut c_void)>,
    arg: *mut c_void,
) -> c_ulong {
    os_thread::start(func, arg, false).map_or(c_ulong::MAX, |id| id as c_ulong)
}

/// Starts a thread that somebody has to join or detach. 0, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_start_joinable_thread(
    func: Option<unsafe extern "C" fn(*mut c_void)>,
    arg: *mut c_void,
    ident: *mut c_ulonglong,
    handle: *mut c_ulong,
) -> c_int {
    let func: Start = func;
    match os_thread::start(func, arg, true) {
        Some(id) => {
            // SAFETY: the caller's contract.
            unsafe {
                *ident = id;
                *handle = id as c_ulong;
            }
            0
        }
        None => -1,
    }
}

/// Waits for a thread to end. 0, or the system's error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_join_thread(handle: c_ulong) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { libc::pthread_join(handle as libc::pthread_t, std::ptr::null_mut()) }
}

/// Nobody will join the thread. 0, or the system's error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_detach_thread(handle: c_ulong) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { libc::pthread_detach(handle as libc::pthread_t) }
}

/// Ends this thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_exit_thread() -> ! {
    unsafe extern "C" {
        fn pthread_exit(value: *mut c_void) -> !;
    }
    // SAFETY: the caller's contract.
    unsafe { pthread_exit(std::ptr::null_mut()) }
}

/// The thread's ident.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_get_thread_ident() -> c_ulong {
    process::this_thread() as c_ulong
}

/// As `PyThread_get_thread_ident`, in 64 bits everywhere.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_get_thread_ident_ex() -> c_ulonglong {
    process::this_thread()
}

/// The system's number of this thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_get_thread_native_id() -> c_ulong {
    current::native_id() as c_ulong
}

/// A lock, or NULL if there is no memory.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_allocate_lock() -> PyThread_type_lock {
    os_thread::allocate_lock().cast()
}

/// Frees a lock that nobody holds or waits for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_free_lock(lock: PyThread_type_lock) {
    // SAFETY: the caller's contract.
    unsafe { domains::raw_free(lock) }
}

/// Waits for the lock, or with `waitflag` 0 does not. 1 if it is ours. The GIL is the caller's affair.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_acquire_lock(lock: PyThread_type_lock, waitflag: c_int) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { os_thread::acquire(lock.cast(), if waitflag != 0 { -1 } else { 0 }, false) as c_int }
}

/// Waits that long; with `intr_flag` a signal ends the wait. A `PyLockStatus`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_acquire_lock_timed(
    lock: PyThread_type_lock,
    microseconds: c_longlong,
    intr_flag: c_int,
) -> PyLockStatus {
    // SAFETY: the caller's contract.
    unsafe { os_thread::acquire(lock.cast(), microseconds, intr_flag != 0) as c_int }
}

/// Waits without the GIL for so many nanoseconds, running signal handlers. A `PyLockStatus`; with `PY_LOCK_INTR` an
/// exception is set. A thread state is attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_acquire_lock_timed_with_retries(
    lock: PyThread_type_lock,
    timeout: c_longlong,
) -> PyLockStatus {
    // SAFETY: the caller's contract.
    unsafe { os_thread::acquire_with_retries(lock.cast(), timeout) as c_int }
}

/// Lets go of the lock. A lock that nobody holds stays so, as with CPython's semaphores.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_release_lock(lock: PyThread_type_lock) {
    // SAFETY: the caller's contract.
    unsafe { lock::try_unlock(lock.cast()) };
}

/// The stack size of new threads, 0 for the system's. A thread state is attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_get_stacksize() -> usize {
    // SAFETY: attached.
    unsafe { (*crate::runtime::interp()).thread_stack_size }
}

/// 0, or -1 for a size that the system does not take. A thread state is attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_set_stacksize(size: usize) -> c_int {
    os_thread::set_stack_size(size)
}

/// A timeout in seconds as nanoseconds; below zero if there is none. `ValueError`, `OverflowError`, `TypeError`. A
/// thread state is attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_ParseTimeoutArg(
    arg: *mut PyObject,
    blocking: c_int,
    timeout: *mut c_longlong,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        *timeout = crate::runtime::time::parse_timeout(crate::object::Object::optional(arg), blocking != 0)?;
        Ok(())
    })
}

/// A key under which each thread keeps a value, or -1. `PyThread_tss_create` is the newer way.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_create_key() -> c_int {
    key::create()
}

/// Takes a key back; the values are forgotten.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_delete_key(key: c_int) {
    key::delete(key as c_uint);
}

/// Sets this thread's value. 0, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_set_key_value(key: c_int, value: *mut c_void) -> c_int {
    key::set(key as c_uint, value)
}

/// This thread's value, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_get_key_value(key: c_int) -> *mut c_void {
    key::get(key as c_uint)
}

/// Forgets this thread's value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_delete_key_value(key: c_int) {
    key::set(key as c_uint, std::ptr::null_mut());
}

/// Does nothing: the system's keys live on in a child.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_ReInitTLS() {}

/// A key that has yet to be created, or NULL if there is no memory.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_tss_alloc() -> *mut Py_tss_t {
    key::allocate()
}

/// Takes a key back and frees it; NULL is nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_tss_free(key: *mut Py_tss_t) {
    // SAFETY: the caller's contract.
    unsafe {
        if !key.is_null() {
            key::delete_tss(key);
            domains::raw_free(key.cast());
        }
    }
}

/// 1 if the key was created.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_tss_is_created(key: *mut Py_tss_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { (*key)._is_initialized }
}

/// Creates a key, if that was not done: 0, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_tss_create(key: *mut Py_tss_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { key::create_tss(key) }
}

/// Takes a key back, if it was created; the values are forgotten.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_tss_delete(key: *mut Py_tss_t) {
    // SAFETY: the caller's contract.
    unsafe { key::delete_tss(key) }
}

/// Sets this thread's value. 0, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_tss_set(key: *mut Py_tss_t, value: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { key::set((*key)._key, value) }
}

/// This thread's value, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_tss_get(key: *mut Py_tss_t) -> *mut c_void {
    // SAFETY: the caller's contract.
    unsafe { key::get((*key)._key) }
}

/// The longest timeout that `PyThread_acquire_lock_timed` takes, in microseconds.
#[unsafe(no_mangle)]
pub static PY_TIMEOUT_MAX: c_longlong = c_longlong::MAX / 1000;

/// `sys.thread_info`: a new named tuple.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThread_GetInfo() -> *mut PyObject {
    api(crate::builtins::thread_info)
}
