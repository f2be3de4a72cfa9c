//! The end of the process after a fault that nothing can be made of: CPython's message on standard error, then abort.

use crate::abi::*;
use crate::state::current;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicPtr, AtomicU8, AtomicUsize, Ordering};

/// What the message calls the runtime's state.
#[repr(u8)]
#[derive(Clone, Copy)]
pub enum Phase {
    Unknown,
    CoreInitialized,
    Initialized,
    Finalizing,
    Preinitializing,
    Preinitialized,
}

/// Kept here so that a fault in the lowest room can say it; `lifecycle` sets it.
pub static PHASE: AtomicU8 = AtomicU8::new(Phase::Unknown as u8);

/// Prints what is known of exception, threads and modules below the first lines: set by a room above that can.
pub static DETAILS: AtomicPtr<()> = AtomicPtr::new(std::ptr::null_mut());

/// The address of the thread state that ends the runtime.
static FINALIZING: AtomicUsize = AtomicUsize::new(0);

static DYING: std::sync::atomic::AtomicBool = std::sync::atomic::AtomicBool::new(false);

pub fn set_phase(phase: Phase) {
    if let Phase::Finalizing = phase {
        FINALIZING.store(current::get() as usize, Ordering::Relaxed);
    }
    PHASE.store(phase as u8, Ordering::Relaxed);
}

/// Past everything that a thread could hold locked.
pub fn write_stderr(text: &str) {
    let mut rest = text.as_bytes();
    while !rest.is_empty() {
        // SAFETY: the buffer is ours. Not through `std::io`: its lock may be held by the thread that faults.
        let n = unsafe { libc::write(2, rest.as_ptr().cast(), rest.len()) };
        if n <= 0 {
            return;
        }
        rest = &rest[n as usize..];
    }
}

/// "Fatal Python error: FUNC: MSG", the state of the runtime, abort.
#[cold]
#[inline(never)]
pub fn fatal_error(function: &str, message: &str) -> ! {
    report(function, message);
    std::process::abort()
}

/// As [`fatal_error`], but the process exits with `code` (`Py_ExitStatusException`).
#[cold]
#[inline(never)]
pub fn fatal_exit(function: &str, message: &str, code: c_int) -> ! {
    report(function, message);
    // SAFETY: ends the process.
    unsafe { libc::exit(code) }
}

fn report(function: &str, message: &str) {
    let mut text = String::new();
    let _ = match function {
        "" => writeln!(text, "Fatal Python error: {message}"),
        _ => writeln!(text, "Fatal Python error: {function}: {message}"),
    };
    if DYING.swap(true, Ordering::SeqCst) {
        // A fault while reporting a fault: say what is known, and no more.
        write_stderr(&text);
        return;
    }
    let phase = match PHASE.load(Ordering::Relaxed) {
        1 => "core initialized",
        2 => "initialized",
        3 => "finalizing (tstate=0x",
        4 => "preinitializing",
        5 => "preinitialized",
        _ => "unknown",
    };
    let _ = match phase {
        "finalizing (tstate=0x" => {
            writeln!(text, "Python runtime state: {phase}{:016x})", FINALIZING.load(Ordering::Relaxed))
        }
        _ => writeln!(text, "Python runtime state: {phase}"),
    };
    write_stderr(&text);
    let details = DETAILS.load(Ordering::Relaxed);
    if details.is_null() {
        write_stderr("\n");
    } else {
        // SAFETY: only functions of this type are stored.
        let details = unsafe { std::mem::transmute::<*mut (), fn()>(details) };
        details();
    }
}
