//! Starting and ending: the process once, then interpreters.
//!
//! The parts of an interpreter's life stand in two lists, [`start`] and [`clear_objects`]: what a room above or below has to do
//! when an interpreter comes or goes is one line there, in order.

pub mod subinterpreter;

use crate::abi::*;
use crate::mem::domains;
use crate::object::{Result, error};
use crate::runtime::{Interpreter, gil::Gil, pending, process, thread};
use crate::state::{current, fatal::{self, Phase, fatal_error}};
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};

/// The process-wide part was done: static types are ready and immortal, for all interpreters that ever come.
static READY: AtomicBool = AtomicBool::new(false);

/// `Py_InitializeEx`. Does nothing when the runtime is up.
pub fn initialize(install_signal_handlers: bool) {
    if process::is_initialized() {
        return;
    }
    process::set_main_thread();
    process::set_finalizing(ptr::null_mut());
    let interp = Interpreter::new(_PyInterpreterState_WHENCE_RUNTIME);
    if interp.is_null() {
        fatal_error("Py_InitializeEx", "can't make main interpreter");
    }
    // SAFETY: new; the main interpreter's GIL is its own, boxed as every other.
    unsafe {
        (*interp).owns_gil = true;
        (*interp).gil = Box::into_raw(Box::new(Gil::new()));
        (*interp).features = process::FEATURE_USE_MAIN_OBMALLOC
            | process::FEATURE_THREADS
            | process::FEATURE_DAEMON_THREADS
            | process::FEATURE_FORK
            | process::FEATURE_EXEC;
        let tstate = thread::new(interp, _PyThreadState_WHENCE_INIT);
        if tstate.is_null() {
            fatal_error("Py_InitializeEx", "can't make first thread");
        }
        thread::attach(tstate);
        fatal::set_phase(Phase::CoreInitialized);
        if start(interp).is_err() {
            fatal::set_phase(Phase::Unknown);
            fatal_error("Py_InitializeEx", "can't start the main interpreter");
        }
        let _ = install_signal_handlers;
    }
    process::set_initialized(true);
    fatal::set_phase(Phase::Initialized);
}

/// What is done once in a process, in the first interpreter: all that it makes is immortal.
fn start_process() -> Result<()> {
    if READY.load(Ordering::Acquire) {
        return Ok(());
    }
    // types::table::ready_all()?;
    READY.store(true, Ordering::Release);
    Ok(())
}

/// Sets a new interpreter up; this thread is attached to it.
///
/// # Safety
/// `interp` is new and nobody else is attached to it.
unsafe fn start(interp: *mut Interpreter) -> Result<()> {
    start_process()?;
    // SAFETY: attached.
    unsafe { (*interp).ready = true };
    Ok(())
}

/// Takes an interpreter's objects away, in CPython's order (`PyInterpreterState_Clear`).
///
/// # Safety
/// This thread is attached; nobody else is attached to `interp`, and nothing of it is used afterwards.
pub unsafe fn clear_objects(interp: *mut Interpreter) {
    // SAFETY: the caller's word.
    unsafe {
        error::clear();
        for place in [
            &raw mut (*interp).modules_by_index,
            &raw mut (*interp).importlib,
            &raw mut (*interp).import_func,
            &raw mut (*interp).atexit_callbacks,
            &raw mut (*interp).modules,
            &raw mut (*interp).sysdict_copy,
            &raw mut (*interp).builtins_copy,
            &raw mut (*interp).before_forkers,
            &raw mut (*interp).after_forkers_parent,
            &raw mut (*interp).after_forkers_child,
            &raw mut (*interp).audit_hooks,
            &raw mut (*interp).dict,
            &raw mut (*interp).sysdict,
            &raw mut (*interp).builtins,
        ] {
            Interpreter::clear_field(place);
        }
    }
}

/// `PyInterpreterState_Delete`: an interpreter that was cleared, with the thread states it has left.
///
/// # Safety
/// No thread is attached to it but perhaps this one.
pub unsafe fn delete(interp: *mut Interpreter) {
    // SAFETY: the caller's word.
    unsafe {
        let me = current::get();
        if !me.is_null() && (*me).interp().cast::<Interpreter>() == interp {
            thread::detach(me);
        }
        loop {
            let tstate = (*interp).threads;
            if tstate.is_null() {
                break;
            }
            thread::delete(tstate);
        }
        (*interp).pending.free();
        Interpreter::delete(interp);
    }
}

/// `Py_FinalizeEx`: 0, or -1 if flushing standard output failed.
pub fn finalize() -> c_int {
    if !process::is_initialized() {
        return 0;
    }
    let tstate = current::get();
    if tstate.is_null() {
        process::no_thread_state("Py_FinalizeEx");
    }
    // SAFETY: attached.
    unsafe {
        let interp = (*tstate).interp().cast::<Interpreter>();
        if !Interpreter::is_main(interp) {
            fatal_error("Py_FinalizeEx", "must be called from the main interpreter");
        }
        call_at_exit(interp);
        (*interp).finalizing.store(tstate, Ordering::Release);
        process::set_finalizing(tstate);
        process::set_initialized(false);
        fatal::set_phase(Phase::Finalizing);
        thread::shut_down_others(interp);
        clear_objects(interp);
        thread::clear(tstate);
        thread::delete_current(tstate);
        pending::forget_main();
        (*interp).pending.free();
        Interpreter::delete(interp);
    }
    process::set_finalizing(ptr::null_mut());
    fatal::set_phase(Phase::Unknown);
    0
}

/// Calls what `PyUnstable_AtExit` registered, newest first.
unsafe fn call_at_exit(interp: *mut Interpreter) {
    // SAFETY: attached; a callback may register others.
    unsafe {
        loop {
            let link = (*interp).atexit_c;
            if link.is_null() {
                return;
            }
            (*interp).atexit_c = (*link).next;
            let (function, data) = ((*link).function, (*link).data);
            domains::raw_free(link.cast());
            function(data);
        }
    }
}
