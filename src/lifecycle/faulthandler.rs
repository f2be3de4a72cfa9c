//! What a fault of the program says before it ends it (`PyConfig.faulthandler`): a segmentation fault and its like, the
//! threads of Python, and the C stack of the thread.
//!
//! This runs amid whatever failed, perhaps in the allocator: nothing here allocates or waits for a lock. So extension
//! modules are not listed, as a fatal error does; and the place of the fault is the C stack's to tell.

use crate::abi::*;
use crate::runtime::{Interpreter, process};
use crate::state::current;
use std::ffi::CStr;
use std::fmt::{self, Write as _};
use std::io::Write as _;
use std::mem::MaybeUninit;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};
use std::{mem, ptr};

/// CPython's order: the last is dealt with first.
const SIGNALS: [(c_int, &str); 5] = [
    (libc::SIGBUS, "Bus error"),
    (libc::SIGILL, "Illegal instruction"),
    (libc::SIGFPE, "Floating-point exception"),
    (libc::SIGABRT, "Aborted"),
    (libc::SIGSEGV, "Segmentation fault"),
];
const FRAMES: usize = 32;
const STACK: usize = 64 * 1024;

static ENABLED: AtomicBool = AtomicBool::new(false);
/// The stack that the handlers run on, as the program's own may have run over.
static ALTERNATIVE: AtomicPtr<c_void> = AtomicPtr::new(ptr::null_mut());
/// What was there before. Written while the handlers are off.
static mut BEFORE: [MaybeUninit<libc::sigaction>; SIGNALS.len()] = [const { MaybeUninit::uninit() }; SIGNALS.len()];

/// Writes to standard error as it goes.
struct Direct;

impl fmt::Write for Direct {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        crate::state::fatal::write_stderr(text);
        Ok(())
    }
}

/// Installs the handlers.
pub fn enable() {
    if ENABLED.swap(true, Ordering::AcqRel) {
        return;
    }
    // SAFETY: nobody else installs these; the handler is a function of this room, the stack is that large.
    unsafe {
        let stack = libc::malloc(STACK);
        if !stack.is_null() {
            let alternative = libc::stack_t { ss_sp: stack, ss_flags: 0, ss_size: STACK };
            libc::sigaltstack(&raw const alternative, ptr::null_mut());
            ALTERNATIVE.store(stack, Ordering::Relaxed);
        }
        // The first call loads what later ones need.
        let mut frame = ptr::null_mut();
        libc::backtrace(&raw mut frame, 1);
        for (i, (signal, _)) in SIGNALS.iter().enumerate() {
            let mut action: libc::sigaction = mem::zeroed();
            action.sa_sigaction = handle as *const () as usize;
            action.sa_flags = libc::SA_NODEFER | if stack.is_null() { 0 } else { libc::SA_ONSTACK };
            libc::sigemptyset(&raw mut action.sa_mask);
            libc::sigaction(*signal, &raw const action, (&raw mut BEFORE[i]).cast());
        }
    }
}

/// Puts back what was there before.
pub fn disable() {
    if !ENABLED.swap(false, Ordering::AcqRel) {
        return;
    }
    // SAFETY: they were saved when the handlers came.
    unsafe {
        for (i, (signal, _)) in SIGNALS.iter().enumerate() {
            libc::sigaction(*signal, (&raw const BEFORE[i]).cast(), ptr::null_mut());
        }
        let stack = ALTERNATIVE.swap(ptr::null_mut(), Ordering::Relaxed);
        let mut present: libc::stack_t = mem::zeroed();
        if !stack.is_null() && libc::sigaltstack(ptr::null(), &raw mut present) == 0 && present.ss_sp == stack {
            present.ss_flags = libc::SS_DISABLE;
            libc::sigaltstack(&raw const present, ptr::null_mut());
            libc::free(stack);
        }
    }
}

/// Says what it was and where, then leaves the signal to who had it before.
unsafe extern "C" fn handle(signal: c_int) {
    let Some(i) = SIGNALS.iter().position(|(known, _)| *known == signal) else { return };
    // SAFETY: saved when this handler came; the frames are only looked up.
    unsafe {
        libc::sigaction(signal, (&raw const BEFORE[i]).cast(), ptr::null_mut());
        let mut out = Direct;
        let _ = write!(out, "Fatal Python error: {}\n\n", SIGNALS[i].1);
        list_threads(&mut out);
        list_frames(&mut out);
        libc::raise(signal);
    }
}

fn list_threads(out: &mut Direct) {
    let mut mine = current::get();
    if mine.is_null() {
        mine = current::gilstate();
    }
    // SAFETY: a state that this thread knows is alive, or was left by finalization.
    let interp = if mine.is_null() { process::main() } else { unsafe { (*mine).interp() }.cast::<Interpreter>() };
    if interp.is_null() {
        return;
    }
    let _lists = process::try_lists();
    // SAFETY: in the list, under the lock unless a thread that failed has it.
    unsafe {
        let mut state = (*interp).threads;
        while !state.is_null() {
            let which = if state == mine { "Current thread" } else { "Thread" };
            let _ = write!(out, "{which} 0x{:016x}", (*state).base.thread_id);
            name_thread(out, (*state).base.native_thread_id);
            let _ = out.write_str(" (most recent call first):\n  <no Python frame>\n\n");
            state = (*state).base.next.cast();
        }
    }
}

/// " [name]" as the system knows the thread, if it does.
fn name_thread(out: &mut Direct, native: c_ulong) {
    let mut path = [0u8; 64];
    if write!(&mut path[..63], "/proc/self/task/{native}/comm").is_err() {
        return;
    }
    let mut name = [0u8; 32];
    // SAFETY: a C string; the buffer is that large.
    let n = unsafe {
        let file = libc::open(path.as_ptr().cast(), libc::O_RDONLY | libc::O_CLOEXEC);
        if file < 0 {
            return;
        }
        let n = libc::read(file, name.as_mut_ptr().cast(), name.len());
        libc::close(file);
        n
    };
    let name = std::str::from_utf8(&name[..n.max(0) as usize]).unwrap_or_default().trim_end();
    if !name.is_empty() {
        let _ = write!(out, " [{name}]");
    }
}

/// The C stack of this thread.
///
/// # Safety
/// The stack is whole enough to be walked.
unsafe fn list_frames(out: &mut Direct) {
    let mut frames = [ptr::null_mut::<c_void>(); FRAMES];
    let _ = out.write_str("Current thread's C stack trace (most recent call first):\n");
    // SAFETY: room for so many; what is asked for is written by the C library.
    unsafe {
        let n = libc::backtrace(frames.as_mut_ptr(), FRAMES as c_int);
        if n == 0 {
            let _ = out.write_str("  <system doesn't support C stack trace>\n");
            return;
        }
        for &frame in &frames[..n as usize] {
            let mut found: libc::Dl_info = mem::zeroed();
            let file = match libc::dladdr(frame, &raw mut found) {
                0 => None,
                _ if found.dli_fname.is_null() => None,
                _ => CStr::from_ptr(found.dli_fname).to_str().ok(),
            };
            let Some(file) = file else {
                let _ = writeln!(out, "  Unknown binary, at {frame:p}");
                continue;
            };
            let symbol =
                if found.dli_sname.is_null() { "" } else { CStr::from_ptr(found.dli_sname).to_str().unwrap_or("") };
            let from = if symbol.is_empty() { found.dli_fbase } else { found.dli_saddr };
            let offset = (frame as usize).wrapping_sub(from as usize);
            let _ = writeln!(out, "  Binary file \"{file}\", at {symbol}+0x{offset:x} [{frame:p}]");
        }
        if n as usize == FRAMES {
            let _ = out.write_str("  <truncated rest of calls>\n");
        }
    }
}
