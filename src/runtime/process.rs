//! The process: the list of interpreters, ids, whether the runtime is up, and who is taking it down.
//!
//! The lock guards the lists of interpreters and of thread states; it is never held while foreign code runs.

use super::Interpreter;
use crate::abi::*;
use crate::state::{ThreadState, current};
use parking_lot::{Mutex, MutexGuard};
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64, Ordering};

/// What the lock guards.
pub struct Lists {
    /// The newest interpreter; each knows the next older one.
    pub head: *mut Interpreter,
    /// -1 outside of a runtime's life: ids start at 0 again after each initialisation.
    pub next_id: i64,
}

// SAFETY: interpreters are reached with the lock held, or by threads that are attached to them.
unsafe impl Send for Lists {}

static LISTS: Mutex<Lists> = Mutex::new(Lists { head: ptr::null_mut(), next_id: -1 });
static MAIN: AtomicPtr<Interpreter> = AtomicPtr::new(ptr::null_mut());
static INITIALIZED: AtomicBool = AtomicBool::new(false);
/// The thread state that runs `Py_FinalizeEx`, and its thread.
static FINALIZING: AtomicPtr<ThreadState> = AtomicPtr::new(ptr::null_mut());
static FINALIZER: AtomicU64 = AtomicU64::new(0);
static MAIN_THREAD: AtomicU64 = AtomicU64::new(0);

pub fn lists() -> MutexGuard<'static, Lists> {
    LISTS.lock()
}

/// The lists, unless a thread has them locked.
pub fn try_lists() -> Option<MutexGuard<'static, Lists>> {
    LISTS.try_lock()
}

/// The main interpreter, or NULL.
#[inline(always)]
pub fn main() -> *mut Interpreter {
    MAIN.load(Ordering::Acquire)
}

pub fn set_main(interp: *mut Interpreter) {
    MAIN.store(interp, Ordering::Release);
}

pub fn is_initialized() -> bool {
    INITIALIZED.load(Ordering::Acquire)
}

pub fn set_initialized(yes: bool) {
    INITIALIZED.store(yes, Ordering::Release);
}

/// The thread state that is ending the runtime, or NULL. It is kept until the runtime starts again: `Py_IsFinalizing()`
/// is true until then.
pub fn finalizing() -> *mut ThreadState {
    FINALIZING.load(Ordering::Acquire)
}

pub fn set_finalizing(tstate: *mut ThreadState) {
    if !tstate.is_null() {
        FINALIZER.store(this_thread(), Ordering::Relaxed);
    }
    FINALIZING.store(tstate, Ordering::Release);
}

/// This thread ran `Py_FinalizeEx` last.
pub fn is_finalizer() -> bool {
    FINALIZER.load(Ordering::Relaxed) == this_thread()
}

/// The runtime ended at least once.
pub fn was_finalized() -> bool {
    FINALIZER.load(Ordering::Relaxed) != 0
}

/// `pthread_self()`.
#[inline]
pub fn this_thread() -> u64 {
    // SAFETY: it has no argument and cannot fail.
    unsafe { libc::pthread_self() as u64 }
}

/// The thread that initialised the runtime: signals and pending calls are its business.
pub fn set_main_thread() {
    MAIN_THREAD.store(this_thread(), Ordering::Relaxed);
}

pub fn is_main_thread() -> bool {
    MAIN_THREAD.load(Ordering::Relaxed) == this_thread()
}

pub fn main_thread_id() -> u64 {
    MAIN_THREAD.load(Ordering::Relaxed)
}

/// In the child after `fork`: the lists' lock made anew. False if another thread was changing the lists.
///
/// # Safety
/// This thread is the only one.
pub unsafe fn after_fork() -> bool {
    set_main_thread();
    let whole = !LISTS.is_locked();
    // SAFETY: nobody else can hold it; whoever did is gone. What it guards moves into a new lock.
    unsafe { (&raw const LISTS).cast_mut().write(Mutex::new(LISTS.data_ptr().read())) };
    whole
}

/// Stops this thread for good: it came too late, when everything it could use is being taken down.
pub fn hang() -> ! {
    current::set(ptr::null_mut());
    loop {
        // SAFETY: waits for signals, whose handlers may run.
        unsafe { libc::pause() };
    }
}

/// A C function of the API was called without a thread state.
#[cold]
pub fn no_thread_state(function: &str) -> ! {
    crate::state::fatal::fatal_error(
        function,
        "the function must be called with the GIL held, after Python initialization and before Python finalization, \
         but the GIL is released (the current Python thread state is NULL)",
    )
}

/// The bits of an interpreter's features.
pub const FEATURE_USE_MAIN_OBMALLOC: c_ulong = 1 << 5;
pub const FEATURE_CHECK_EXTENSIONS: c_ulong = 1 << 8;
pub const FEATURE_THREADS: c_ulong = 1 << 10;
pub const FEATURE_DAEMON_THREADS: c_ulong = 1 << 11;
pub const FEATURE_FORK: c_ulong = 1 << 15;
pub const FEATURE_EXEC: c_ulong = 1 << 16;
