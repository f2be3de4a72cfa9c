//! The current thread state: one thread-local pointer, read by every call into the library.
//!
//! `thread_local!` costs a call of `__tls_get_addr` in a shared library. A slot of the initial-exec model is two
//! instructions, which is why it is written in assembly here; elsewhere a plain `thread_local!` stands in.

use super::ThreadState;

#[cfg(all(target_arch = "x86_64", target_os = "linux", not(miri)))]
mod slot {
    use super::ThreadState;
    use std::arch::{asm, global_asm};

    global_asm!(
        ".pushsection .tbss,\"awT\",@nobits",
        ".globl pyshim_current_thread_state",
        ".hidden pyshim_current_thread_state",
        ".type pyshim_current_thread_state,@object",
        ".size pyshim_current_thread_state,8",
        ".p2align 3",
        "pyshim_current_thread_state:",
        ".zero 8",
        ".popsection",
    );

    #[inline(always)]
    pub fn get() -> *mut ThreadState {
        let value: *mut ThreadState;
        // SAFETY: reads this thread's own slot, defined above.
        unsafe {
            asm!(
                "mov {v}, qword ptr [rip + pyshim_current_thread_state@gottpoff]",
                "mov {v}, qword ptr fs:[{v}]",
                v = out(reg) value,
                options(pure, readonly, nostack, preserves_flags),
            );
        }
        value
    }

    #[inline(always)]
    pub fn set(value: *mut ThreadState) {
        // SAFETY: writes this thread's own slot, defined above.
        unsafe {
            asm!(
                "mov {t}, qword ptr [rip + pyshim_current_thread_state@gottpoff]",
                "mov qword ptr fs:[{t}], {v}",
                t = out(reg) _,
                v = in(reg) value,
                options(nostack, preserves_flags),
            );
        }
    }
}

#[cfg(not(all(target_arch = "x86_64", target_os = "linux", not(miri))))]
mod slot {
    use super::ThreadState;
    use std::cell::Cell;

    thread_local! {
        static SLOT: Cell<*mut ThreadState> = const { Cell::new(std::ptr::null_mut()) };
    }

    pub fn get() -> *mut ThreadState {
        SLOT.with(Cell::get)
    }

    pub fn set(value: *mut ThreadState) {
        SLOT.with(|slot| slot.set(value));
    }
}

/// The thread state attached to this thread, or NULL.
#[inline(always)]
pub fn get() -> *mut ThreadState {
    slot::get()
}

/// Makes `tstate` current, or none with NULL. Only attaching and detaching call this.
#[inline(always)]
pub fn set(tstate: *mut ThreadState) {
    slot::set(tstate);
}
