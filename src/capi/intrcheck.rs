//! `intrcheck.h`: forks and interrupts.

use crate::abi::*;
use crate::lifecycle::fork;
use crate::runtime::{process, signals};

fn check_attached(function: &str) {
    if crate::state::current::get().is_null() {
        process::no_thread_state(function);
    }
}

/// 1 if SIGINT came since it was last asked for; the main thread only.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyOS_InterruptOccurred() -> c_int {
    c_int::from(signals::take_interrupt())
}

/// Before `fork`, attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyOS_BeforeFork() {
    check_attached("PyOS_BeforeFork");
    fork::before();
}

/// After `fork`, in the parent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyOS_AfterFork_Parent() {
    check_attached("PyOS_AfterFork_Parent");
    fork::after_in_parent();
}

/// After `fork`, in the child.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyOS_AfterFork_Child() {
    check_attached("PyOS_AfterFork_Child");
    // SAFETY: the caller's contract.
    unsafe { fork::after_in_child() }
}

/// As `PyOS_AfterFork_Child`, under an older name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyOS_AfterFork() {
    // SAFETY: the caller's contract.
    unsafe { PyOS_AfterFork_Child() }
}

/// 1 in the main thread of the main interpreter.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyOS_IsMainThread() -> c_int {
    c_int::from(process::is_main_thread() && crate::runtime::interp() == process::main())
}

/// SIGPIPE and SIGXFSZ as a program finds them that knows nothing of Python.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_RestoreSignals() {
    signals::restore_ignored();
}
