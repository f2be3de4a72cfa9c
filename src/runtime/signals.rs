//! Signals: C handlers only note that one came; the main thread acts on it at a safe point.
//!
//! From the start there is one handler: SIGINT raises `KeyboardInterrupt`. Module `_signal` lets programs install others,
//! which are callable objects of the main interpreter.

use super::{interp, process, unraisable};
use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, Owned, Raised, Result};
use crate::raise;
use crate::types::{exceptions, long, none, tuple};
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicI32, AtomicPtr, AtomicU8, Ordering};

pub const COUNT: usize = 65;

/// Nobody looked what is installed: without a program's wish to handle signals, and after the runtime's end.
const UNKNOWN: u8 = 0;
const DEFAULT: u8 = 1;
const IGNORE: u8 = 2;
/// Ours: raises `KeyboardInterrupt`.
const INTERRUPT: u8 = 3;
/// A callable of the program's.
const CALLABLE: u8 = 4;
/// A C function of the program's.
const FOREIGN: u8 = 5;

static HANDLERS: [AtomicU8; COUNT] = [const { AtomicU8::new(UNKNOWN) }; COUNT];
/// The callables: references of the main interpreter, which only its main thread reads and writes.
static CALLABLES: [AtomicPtr<PyObject>; COUNT] = [const { AtomicPtr::new(ptr::null_mut()) }; COUNT];
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
            let is = found(signal as c_int);
            handler.store(is, Ordering::Relaxed);
            if signal as c_int == libc::SIGINT && is == DEFAULT {
                set(libc::SIGINT, note as *const () as usize);
                handler.store(INTERRUPT, Ordering::Relaxed);
            }
        }
    }
}

/// What the system has for a signal.
fn found(signal: c_int) -> u8 {
    match get(signal) {
        libc::SIG_DFL => DEFAULT,
        libc::SIG_IGN => IGNORE,
        _ => FOREIGN,
    }
}

/// What a program installs, or finds.
pub enum Handler {
    Default,
    Ignore,
    Callable(Owned),
    /// None of our business.
    Other,
}

/// Signal handlers are this thread's affair: the main thread's, attached to the main interpreter.
pub fn may_handle() -> bool {
    process::is_main_thread() && interp() == process::main()
}

/// The handler of a signal below [`COUNT`].
pub fn handler(signal: usize) -> Handler {
    match HANDLERS[signal].load(Ordering::Relaxed) {
        DEFAULT => Handler::Default,
        IGNORE => Handler::Ignore,
        // SAFETY: the table owns it, and this thread holds the main interpreter's GIL or only looks.
        CALLABLE => match unsafe { Object::optional(CALLABLES[signal].load(Ordering::Relaxed)) } {
            Some(callable) => Handler::Callable(callable.to_owned()),
            None => Handler::Other,
        },
        _ => Handler::Other,
    }
}

/// Notes a handler; the one before.
fn put(signal: usize, new: Handler) -> Handler {
    let before = handler(signal);
    let (is, callable) = match new {
        Handler::Default => (DEFAULT, ptr::null_mut()),
        Handler::Ignore => (IGNORE, ptr::null_mut()),
        Handler::Callable(callable) => (CALLABLE, callable.into_raw()),
        Handler::Other => (FOREIGN, ptr::null_mut()),
    };
    let gone = CALLABLES[signal].swap(callable, Ordering::Relaxed);
    HANDLERS[signal].store(is, Ordering::Relaxed);
    // SAFETY: the table's reference; `before` holds another.
    unsafe { refcount::xdecref(gone) };
    before
}

/// Installs a handler, in the main thread; the one before. `OSError` if the system refuses.
pub fn replace_handler(signal: usize, new: Handler) -> Result<Handler> {
    let action = match &new {
        Handler::Default => libc::SIG_DFL,
        Handler::Ignore => libc::SIG_IGN,
        Handler::Callable(_) | Handler::Other => note as *const () as usize,
    };
    // SAFETY: a handler of the right type, or a number that stands for none.
    if !unsafe { set(signal as c_int, action) } {
        return Err(super::fileutils::raise_errno(None));
    }
    Ok(put(signal, new))
}

/// When `_signal` is made, in the main thread: looks what is installed, and has `interrupt` called for SIGINT.
pub fn take_stock(interrupt: &Object) {
    for signal in 1..COUNT {
        let ours = HANDLERS[signal].load(Ordering::Relaxed) == INTERRUPT;
        let is = if ours { DEFAULT } else { found(signal as c_int) };
        put(
            signal,
            match is {
                DEFAULT => Handler::Default,
                IGNORE => Handler::Ignore,
                _ => Handler::Other,
            },
        );
        if signal as c_int == libc::SIGINT && is == DEFAULT {
            put(signal, Handler::Callable(interrupt.to_owned()));
            // SAFETY: a handler of the right type.
            unsafe { set(libc::SIGINT, note as *const () as usize) };
        }
    }
}

/// False if the system refuses.
unsafe fn set(signal: c_int, handler: usize) -> bool {
    // SAFETY: a handler of the right type, or SIG_DFL.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = handler;
        action.sa_flags = libc::SA_ONSTACK;
        libc::sigemptyset(&mut action.sa_mask);
        libc::sigaction(signal, &action, ptr::null_mut()) == 0
    }
}

/// Takes our handlers away again when the runtime ends, in the main interpreter.
pub fn restore() {
    for signal in 1..COUNT {
        let was = HANDLERS[signal].swap(UNKNOWN, Ordering::Relaxed);
        if matches!(was, INTERRUPT | CALLABLE) {
            // SAFETY: the default.
            unsafe { set(signal as c_int, libc::SIG_DFL) };
        }
        // SAFETY: the table's reference, taken out.
        unsafe { refcount::xdecref(CALLABLES[signal].swap(ptr::null_mut(), Ordering::Relaxed)) };
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
    if !may_handle() {
        return Ok(());
    }
    ANY_TRIPPED.store(false, Ordering::Relaxed);
    for (signal, tripped) in TRIPPED.iter().enumerate().skip(1) {
        if !tripped.swap(false, Ordering::Relaxed) {
            continue;
        }
        let done = match (HANDLERS[signal].load(Ordering::Relaxed), handler(signal)) {
            (INTERRUPT, _) => Err(interrupt()),
            (_, Handler::Callable(callable)) => call(&callable, signal),
            // What CPython says of a handler that went away meanwhile.
            _ => {
                let _ = raise!(OSError, "Signal {signal} ignored due to race condition");
                unraisable::report("Exception ignored while calling signal handler");
                Ok(())
            }
        };
        if done.is_err() {
            // Others that came wait for the next safe point.
            ANY_TRIPPED.store(true, Ordering::Release);
            return done;
        }
    }
    Ok(())
}

/// No frame runs that a handler could be given.
fn call(handler: &Object, signal: usize) -> Result<()> {
    let args = tuple::from_slice(&[&*long::from_i64(signal as i64)?, none::none_ref()])?;
    handler.call_tuple(&args, None).map(drop)
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
        if libc::sigaction(signal, ptr::null(), &mut action) != 0 {
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
