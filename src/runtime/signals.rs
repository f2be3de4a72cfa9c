//! Signals: C handlers only note that one came; the main thread acts on it at a safe point.
//!
//! Without a `_signal` module there is one handler: SIGINT raises `KeyboardInterrupt`. A handler that is an object is
//! kept for the module that brings them.

use super::{interp, process, unraisable};
use crate::abi::*;
use crate::object::{Object, Raised, Result};
use crate::raise;
use crate::types::exceptions;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU8, Ordering};

const COUNT: usize = 65;

/// Nobody looked what is installed: without a program's wish to handle signals, and after the runtime's end.
const UNKNOWN: u8 = 0;
const DEFAULT: u8 = 1;
const IGNORE: u8 = 2;
/// Ours: raises `KeyboardInterrupt`.
const INTERRUPT: u8 = 3;

static HANDLERS: [AtomicU8; COUNT] = [const { AtomicU8::new(UNKNOWN) }; COUNT];
static TRIPPED: [AtomicBool; COUNT] = [const { AtomicBool::new(false) }; COUNT];
static ANY_TRIPPED: AtomicBool = AtomicBool::new(false);

extern "C" fn note(signal: c_int) {
    trip(signal as usize);
}

/// Where a byte is written for each signal, so that a program's event loop wakes up; -1 for nowhere.
static WAKEUP: AtomicI32 = AtomicI32::new(-1);

/// `PySignal_SetWakeupFd`: the file that was there before.
pub fn set_wakeup_file(fd: c_int) -> c_int {
    WAKEUP.swap(if fd < 0 { -1 } else { fd }, Ordering::Relaxed)
}

fn trip(signal: usize) {
    let fd = WAKEUP.load(Ordering::Relaxed);
    if fd >= 0 {
        // SAFETY: one byte; allowed in a handler, and errno is put back.
        unsafe {
            let errno = *libc::__errno_location();
            libc::write(fd, (&raw const signal).cast(), 1);
            *libc::__errno_location() = errno;
        }
    }
    TRIPPED[signal].store(true, Ordering::Relaxed);
    ANY_TRIPPED.store(true, Ordering::Release);
}

/// As `Py_InitializeEx(1)` does: a broken pipe and a file too large are errors, not deaths, and SIGINT is an exception
/// unless the program has another idea of it.
pub fn install() {
    // SAFETY: sets handlers that may run at any time.
    unsafe {
        libc::signal(libc::SIGPIPE, libc::SIG_IGN);
        libc::signal(libc::SIGXFSZ, libc::SIG_IGN);
        for (signal, handler) in HANDLERS.iter().enumerate().skip(1) {
            let mut action: libc::sigaction = std::mem::zeroed();
            if libc::sigaction(signal as c_int, std::ptr::null(), &mut action) != 0 {
                continue;
            }
            let is = if action.sa_sigaction == libc::SIG_IGN { IGNORE } else { DEFAULT };
            handler.store(is, Ordering::Relaxed);
            if signal as c_int == libc::SIGINT && action.sa_sigaction == libc::SIG_DFL {
                set(libc::SIGINT, note as *const () as usize);
                handler.store(INTERRUPT, Ordering::Relaxed);
            }
        }
    }
}

unsafe fn set(signal: c_int, handler: usize) {
    // SAFETY: a handler of the right type, or SIG_DFL.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = handler;
        action.sa_flags = libc::SA_ONSTACK;
        libc::sigemptyset(&mut action.sa_mask);
        libc::sigaction(signal, &action, std::ptr::null_mut());
    }
}

/// Takes our handler away again when the runtime ends.
pub fn restore() {
    if HANDLERS[libc::SIGINT as usize].swap(UNKNOWN, Ordering::Relaxed) == INTERRUPT {
        // SAFETY: the default.
        unsafe { set(libc::SIGINT, libc::SIG_DFL) };
    }
    for handler in &HANDLERS {
        handler.store(UNKNOWN, Ordering::Relaxed);
    }
    forget();
}

/// Forgets signals that came: they were another life's, or in the child of a `fork` the parent's.
pub fn forget() {
    ANY_TRIPPED.store(false, Ordering::Relaxed);
    for tripped in &TRIPPED {
        tripped.store(false, Ordering::Relaxed);
    }
}

/// `PyErr_SetInterruptEx`: as if the signal had come; false if there is no such signal. Async-signal-safe.
pub fn simulate(signal: c_int) -> bool {
    if !(1..COUNT as c_int).contains(&signal) {
        return false;
    }
    if !matches!(HANDLERS[signal as usize].load(Ordering::Relaxed), DEFAULT | IGNORE) {
        trip(signal as usize);
    }
    true
}

/// A signal waits to be acted on.
pub fn any_tripped() -> bool {
    ANY_TRIPPED.load(Ordering::Acquire)
}

/// Acts on signals that came, in the main thread of the main interpreter.
#[inline]
pub fn run_handlers() -> Result<()> {
    if !ANY_TRIPPED.load(Ordering::Acquire) {
        return Ok(());
    }
    run_tripped()
}

#[cold]
fn run_tripped() -> Result<()> {
    if !process::is_main_thread() || interp() != process::main() {
        return Ok(());
    }
    ANY_TRIPPED.store(false, Ordering::Relaxed);
    for (signal, tripped) in TRIPPED.iter().enumerate().skip(1) {
        if !tripped.swap(false, Ordering::Relaxed) {
            continue;
        }
        match HANDLERS[signal].load(Ordering::Relaxed) {
            INTERRUPT => {
                // Others that came wait for the next safe point.
                ANY_TRIPPED.store(true, Ordering::Release);
                return Err(interrupt());
            }
            // What CPython says of a handler that went away meanwhile.
            UNKNOWN => {
                let _ = raise!(OSError, "Signal {signal} ignored due to race condition");
                unraisable::report("Exception ignored while calling signal handler");
            }
            _ => {}
        }
    }
    Ok(())
}

fn interrupt() -> Raised {
    // SAFETY: a static class.
    exceptions::raise(unsafe { Object::from_ptr((&raw mut exceptions::KeyboardInterrupt).cast()) }, None)
}

/// What is installed for a signal; `SIG_ERR` if there is no such signal.
pub fn get(signal: c_int) -> usize {
    // SAFETY: a place for the answer.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        if libc::sigaction(signal, std::ptr::null(), &mut action) != 0 {
            return libc::SIG_ERR;
        }
        action.sa_sigaction
    }
}

/// Installs `handler`, a C function of the caller's; the old one, or `SIG_ERR`.
///
/// # Safety
/// It is a signal handler, or a number that stands for none.
pub unsafe fn replace(signal: c_int, handler: usize) -> usize {
    let old = get(signal);
    if old != libc::SIG_ERR {
        // SAFETY: the caller's word.
        unsafe { set(signal, handler) };
    }
    old
}

/// `PyOS_InterruptOccurred`: SIGINT came; it is taken to be dealt with.
pub fn take_interrupt() -> bool {
    process::is_main_thread() && TRIPPED[libc::SIGINT as usize].swap(false, Ordering::Relaxed)
}

/// The signals that [`install`] ignores, as they were.
pub fn restore_ignored() {
    // SAFETY: the defaults.
    unsafe {
        set(libc::SIGPIPE, libc::SIG_DFL);
        set(libc::SIGXFSZ, libc::SIG_DFL);
    }
}
