//! Lines that a person types (`PyOS_Readline`). Where both ends are a terminal, and in the main interpreter, the
//! function that a program set reads them (the one of libedit, say); everywhere else stdio does. The thread is detached
//! meanwhile.

use super::{Interpreter, interp, safe_point, signals, thread};
use crate::abi::*;
use crate::mem::domains;
use crate::object::{Raised, Result, error};
use crate::raise;
use crate::state::current;
use parking_lot::Mutex;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

/// Called before each read, in the main interpreter: windows stay alive that way. Programs may set it.
#[unsafe(no_mangle)]
pub static mut PyOS_InputHook: Option<unsafe extern "C" fn() -> c_int> = None;

/// Reads a line from a terminal: memory of the raw domain, or NULL for an interrupt. Programs may set it; the first use
/// of `PyOS_Readline` sets it to the function of stdio if they did not.
#[unsafe(no_mangle)]
pub static mut PyOS_ReadlineFunctionPointer: Option<
    unsafe extern "C" fn(*mut libc::FILE, *mut libc::FILE, *const c_char) -> *mut c_char,
> = None;

/// The thread state that waits for a line; NULL if none does.
static READING: AtomicPtr<crate::state::ThreadState> = AtomicPtr::new(ptr::null_mut());
static LOCK: Mutex<()> = Mutex::new(());

/// A line with its newline, in memory of the mem domain; empty at the end of the file. NULL for an interrupt, with the
/// exception of the signal's handler if that raised. `RuntimeError` if this thread reads one already.
///
/// # Safety
/// Open files, and NULL or a C string.
pub unsafe fn read_line(input: *mut libc::FILE, output: *mut libc::FILE, prompt: *const c_char) -> Result<*mut c_char> {
    let me = current::get();
    if READING.load(Ordering::Relaxed) == me {
        return Err(raise!(RuntimeError, "can't re-enter readline"));
    }
    // SAFETY: the caller's word. One thread at a time is behind the lock, and nobody waits for it attached.
    unsafe {
        let place = &raw mut PyOS_ReadlineFunctionPointer;
        if (*place).is_none() {
            *place = Some(with_stdio);
        }
        let terminal = libc::isatty(libc::fileno(input)) != 0 && libc::isatty(libc::fileno(output)) != 0;
        let reader = if terminal && Interpreter::is_main(interp()) { *place } else { Some(with_stdio as _) };
        thread::detach(me);
        let lock = LOCK.lock();
        READING.store(me, Ordering::Relaxed);
        let line =
            reader.map_or(ptr::null_mut(), |reader: unsafe extern "C" fn(_, _, _) -> _| reader(input, output, prompt));
        READING.store(ptr::null_mut(), Ordering::Relaxed);
        drop(lock);
        thread::attach(me);
        if line.is_null() {
            return if error::occurred() { Err(Raised::already()) } else { Ok(line) };
        }
        let size = libc::strlen(line) + 1;
        let copy = domains::mem_malloc(size).cast::<c_char>();
        if !copy.is_null() {
            ptr::copy_nonoverlapping(line, copy, size);
        }
        domains::raw_free(line.cast());
        if copy.is_null() { Err(error::no_memory()) } else { Ok(copy) }
    }
}

/// What became of a read.
enum Read {
    Characters,
    /// The end of the file, or an error.
    Nothing,
    Interrupted,
}

/// The reader where there is no terminal. The prompt goes to standard error.
unsafe extern "C" fn with_stdio(input: *mut libc::FILE, output: *mut libc::FILE, prompt: *const c_char) -> *mut c_char {
    /// The first read, and so much more for each that finds no end of the line.
    const ROOM: usize = 100;
    // SAFETY: the caller's contract.
    unsafe {
        libc::fflush(output);
        if !prompt.is_null() {
            eprint!("{}", std::ffi::CStr::from_ptr(prompt).to_string_lossy());
        }
        let mut line: *mut c_char = ptr::null_mut();
        let mut n = 0;
        loop {
            let bigger = domains::raw_realloc(line.cast(), n + ROOM + n).cast::<c_char>();
            if bigger.is_null() {
                domains::raw_free(line.cast());
                without_memory();
                return ptr::null_mut();
            }
            line = bigger;
            match read(line.add(n), (ROOM + n) as c_int, input) {
                Read::Interrupted => {
                    domains::raw_free(line.cast());
                    return ptr::null_mut();
                }
                Read::Nothing => {
                    *line.add(n) = 0;
                    return line;
                }
                Read::Characters => n += libc::strlen(line.add(n)),
            }
            if n == 0 || *line.add(n - 1) == b'\n' as c_char {
                return line;
            }
        }
    }
}

/// The state that this thread had before it was detached for reading.
fn reader() -> *mut crate::state::ThreadState {
    READING.load(Ordering::Relaxed)
}

fn without_memory() {
    let me = reader();
    // SAFETY: it is this thread's, detached.
    unsafe {
        thread::attach(me);
        let _raised = error::no_memory();
        thread::detach(me);
    }
}

unsafe fn read(into: *mut c_char, room: c_int, input: *mut libc::FILE) -> Read {
    unsafe extern "C" {
        fn clearerr(file: *mut libc::FILE);
    }
    // SAFETY: the caller's contract; the state is this thread's, detached.
    unsafe {
        let me = reader();
        loop {
            if let Some(hook) = PyOS_InputHook
                && Interpreter::is_main((*me).interp().cast())
            {
                hook();
            }
            *libc::__errno_location() = 0;
            clearerr(input);
            if !libc::fgets(into, room, input).is_null() {
                return Read::Characters;
            }
            let why = *libc::__errno_location();
            if libc::feof(input) != 0 {
                clearerr(input);
                return Read::Nothing;
            }
            if why == libc::EINTR {
                thread::attach(me);
                let raised = safe_point::check_signals().is_err();
                thread::detach(me);
                if raised {
                    return Read::Interrupted;
                }
                continue;
            }
            return if signals::take_interrupt() { Read::Interrupted } else { Read::Nothing };
        }
    }
}
