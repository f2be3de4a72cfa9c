//! `PyGILState_*`: any thread may come, with a state or without one, and be attached when it returns.

use super::{process, thread};
use crate::abi::*;
use crate::state::{ThreadState, current, fatal::fatal_error};
use std::sync::atomic::{AtomicBool, Ordering};

/// The thread was attached before.
pub const LOCKED: c_int = 0;
pub const UNLOCKED: c_int = 1;

/// Attaches this thread: to the state it used last, else to a new one of the main interpreter.
pub fn ensure() -> c_int {
    let mut tstate = current::gilstate();
    // SAFETY: the state is this thread's, alive until it is ended here or left by finalization.
    unsafe {
        let attached = !tstate.is_null() && current::get() == tstate;
        if !attached {
            if tstate.is_null() {
                tstate = first_time();
            }
            thread::attach(tstate);
        }
        (*tstate).base.gilstate_counter += 1;
        if attached { LOCKED } else { UNLOCKED }
    }
}

#[cold]
#[inline(never)]
fn first_time() -> *mut ThreadState {
    if process::main().is_null() || !process::is_initialized() {
        if process::was_finalized() && !process::is_finalizer() {
            process::hang();
        }
        fatal_error("PyGILState_Ensure", "the runtime is not initialized");
    }
    let tstate = thread::new_of_main(_PyThreadState_WHENCE_GILSTATE);
    if tstate.is_null() {
        fatal_error("PyGILState_Ensure", "Couldn't create thread-state for new thread");
    }
    // SAFETY: fresh.
    unsafe { (*tstate).base.gilstate_counter = 0 };
    tstate
}

/// Undoes one [`ensure`]; the last one of a state that it made ends the state.
pub fn release(old: c_int) {
    let tstate = current::gilstate();
    if tstate.is_null() {
        fatal_error("PyGILState_Release", "auto-releasing thread-state, but no thread-state for this thread");
    }
    if current::get() != tstate {
        fatal_error("PyGILState_Release", &format!("thread state {tstate:p} must be current when releasing"));
    }
    // SAFETY: attached.
    unsafe {
        (*tstate).base.gilstate_counter -= 1;
        if (*tstate).base.gilstate_counter == 0 {
            // Destructors that run now may come here themselves.
            (*tstate).base.gilstate_counter = 1;
            thread::clear(tstate);
            thread::delete_current(tstate);
        } else if old == UNLOCKED {
            thread::detach(tstate);
        }
    }
}

/// [`check`] looks. As in CPython it does from the start of the runtime until a second interpreter is made.
static CHECKING: AtomicBool = AtomicBool::new(false);

pub fn set_checking(yes: bool) {
    CHECKING.store(yes, Ordering::Relaxed);
}

/// `PyGILState_Check`: this thread is attached. While nobody looks, true.
pub fn check() -> bool {
    let tstate: *mut ThreadState = current::get();
    !CHECKING.load(Ordering::Relaxed) || (!tstate.is_null() && tstate == current::gilstate())
}
