//! What objects need to know of where they are: the current thread state, and of its interpreter the part that
//! holds objects' own tables. Data only. `runtime` brings interpreters and threads to life and owns the rest of them.
//!
//! Everything here is reached by the one thread that is attached to the interpreter, so it needs no locks: the GIL of
//! that interpreter is the lock.

pub mod current;
mod interpreter;
mod thread;

pub use interpreter::*;
pub use thread::ThreadState;

/// The thread state attached to this thread. Every export but the few that say otherwise may rely on there being one.
#[inline(always)]
pub fn thread() -> *mut ThreadState {
    let tstate = current::get();
    debug_assert!(!tstate.is_null(), "no thread state is attached");
    tstate
}

/// The interpreter of the attached thread.
#[inline(always)]
pub fn interp() -> *mut Interpreter {
    // SAFETY: attached: a current thread state is alive and has an interpreter.
    unsafe { (*thread()).interp() }
}
