//! What objects need to know of where they are: the current thread state, and of its interpreter the part that
//! holds objects' own tables. Data only. `runtime` brings interpreters and threads to life and owns the rest of them.
//!
//! Everything here is reached by the one thread that is attached to the interpreter, so it needs no locks: the GIL of
//! that interpreter is the lock.

pub mod current;
pub mod fatal;
mod interpreter;
mod thread;

pub use interpreter::*;
pub use thread::{ThreadState, status};

use std::sync::atomic::{AtomicBool, Ordering};

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

/// A hook listens to audit events, or one did: of C, or of an interpreter.
static AUDITED: AtomicBool = AtomicBool::new(false);

/// Somebody may be listening to audit events. Events that nobody hears cost this look only.
#[inline(always)]
pub fn is_audited() -> bool {
    AUDITED.load(Ordering::Relaxed)
}

/// `runtime::audit` says that there are hooks, or that there are none left.
pub fn set_audited(on: bool) {
    AUDITED.store(on, Ordering::Relaxed);
}

/// Bits of `PyThreadState.eval_breaker`: what a thread is asked to do at the next place where it may.
pub const ASYNC_EXCEPTION: usize = 1 << 3;
pub const GC_SCHEDULED: usize = 1 << 4;

/// Sets bits of the breaker.
///
/// # Safety
/// `tstate` is alive.
#[inline]
pub unsafe fn request(tstate: *mut ThreadState, bits: usize) {
    // SAFETY: alive; the word is only ever accessed atomically once other threads may see it.
    let word = unsafe { breaker(tstate) };
    if word.load(std::sync::atomic::Ordering::Relaxed) & bits != bits {
        word.fetch_or(bits, std::sync::atomic::Ordering::Relaxed);
    }
}

/// The breaker as the atomic word that it is.
///
/// # Safety
/// `tstate` is alive for `'a`.
#[inline(always)]
pub unsafe fn breaker<'a>(tstate: *mut ThreadState) -> &'a std::sync::atomic::AtomicUsize {
    // SAFETY: alive, and aligned.
    unsafe { std::sync::atomic::AtomicUsize::from_ptr(&raw mut (*tstate).base.eval_breaker) }
}

/// Where the C stack stands now: near enough to tell how much of it is left.
#[inline(always)]
pub fn stack_pointer() -> usize {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    {
        let sp: usize;
        // SAFETY: reads a register.
        unsafe { std::arch::asm!("mov {}, rsp", out(reg) sp, options(nomem, nostack, preserves_flags)) };
        sp
    }
    #[cfg(not(all(target_arch = "x86_64", not(miri))))]
    {
        let marker = 0u8;
        std::hint::black_box(&raw const marker) as usize
    }
}
