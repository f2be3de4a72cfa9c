//! Safe points: where a thread does what others asked of it.
//!
//! CPython has them between two instructions of Python code. There is no such place here, so they are where an
//! extension asks for one (`PyErr_CheckSignals`, `Py_MakePendingCalls`).

use super::{Interpreter, pending, thread};
use crate::object::{Owned, Result};
use crate::state::{self, ASYNC_EXCEPTION, GC_SCHEDULED};
use crate::types::exceptions;

/// Runs a collection that the allocator asked for.
#[inline]
pub fn run_scheduled_collection() {
    let tstate = state::thread();
    // SAFETY: attached.
    unsafe {
        if state::breaker(tstate).load(std::sync::atomic::Ordering::Relaxed) & GC_SCHEDULED != 0 {
            state::breaker(tstate).fetch_and(!GC_SCHEDULED, std::sync::atomic::Ordering::Relaxed);
            crate::collect::collect_scheduled();
        }
    }
}

/// Lets a thread that has waited for the switch interval have the GIL.
#[inline]
pub fn give_way() {
    // SAFETY: attached.
    unsafe {
        let tstate = state::thread();
        let gil = (*(*tstate).interp().cast::<Interpreter>()).gil;
        if (*gil).is_wanted() {
            thread::detach(tstate);
            thread::attach(tstate);
        }
    }
}

/// `Py_MakePendingCalls`: for the main thread in the main interpreter. What waits for others is an evaluator's
/// business, and here that of [`run_calls`].
pub fn make_pending_calls() -> Result<()> {
    run_scheduled_collection();
    give_way();
    if pending::is_main() { run_calls() } else { Ok(()) }
}

/// `_PyEval_MakePendingCalls`: what came for the main thread and the interpreter, and nothing else.
pub fn run_calls() -> Result<()> {
    super::signals::run_handlers()?;
    pending::make_calls()
}

/// `_Py_HandlePending`: all of it, and the exception that another thread sent to this one is raised.
pub fn handle_pending() -> Result<()> {
    run_calls()?;
    run_scheduled_collection();
    give_way();
    // SAFETY: attached; who sends one has the GIL. Its reference is ours now.
    unsafe {
        let tstate = state::thread();
        state::breaker(tstate).fetch_and(!ASYNC_EXCEPTION, std::sync::atomic::Ordering::Relaxed);
        match Owned::optional(std::mem::replace(&mut (*tstate).base.async_exc, std::ptr::null_mut())) {
            Some(class) => Err(exceptions::raise(&class, None)),
            None => Ok(()),
        }
    }
}

/// `PyErr_CheckSignals`.
pub fn check_signals() -> Result<()> {
    run_scheduled_collection();
    give_way();
    super::signals::run_handlers()
}
