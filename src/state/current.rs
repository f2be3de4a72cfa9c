//! What belongs to the OS thread: five thread-local words, the first of them read by every call into the library.
//!
//! `thread_local!` costs a call of `__tls_get_addr` in a shared library. A slot of the initial-exec model is two
//! instructions, which is why it is written in assembly here; elsewhere a plain `thread_local!` stands in.

use super::ThreadState;

/// Offsets of the words in the slot.
const CURRENT: usize = 0;
const GILSTATE: usize = 8;
const STACK_TOP: usize = 16;
const STACK_BASE: usize = 24;
const NATIVE_ID: usize = 32;

#[cfg(all(target_arch = "x86_64", target_os = "linux", not(miri)))]
mod slot {
    use std::arch::{asm, global_asm};

    global_asm!(
        ".pushsection .tbss,\"awT\",@nobits",
        ".globl pyshim_this_thread",
        ".hidden pyshim_this_thread",
        ".type pyshim_this_thread,@object",
        ".size pyshim_this_thread,40",
        ".p2align 3",
        "pyshim_this_thread:",
        ".zero 40",
        ".popsection",
    );

    #[inline(always)]
    pub fn get<const AT: usize>() -> usize {
        let value: usize;
        // SAFETY: reads this thread's own slot, defined above.
        unsafe {
            asm!(
                "mov {v}, qword ptr [rip + pyshim_this_thread@gottpoff]",
                "mov {v}, qword ptr fs:[{v} + {at}]",
                v = out(reg) value,
                at = const AT,
                options(pure, readonly, nostack, preserves_flags),
            );
        }
        value
    }

    #[inline(always)]
    pub fn set<const AT: usize>(value: usize) {
        // SAFETY: writes this thread's own slot, defined above.
        unsafe {
            asm!(
                "mov {t}, qword ptr [rip + pyshim_this_thread@gottpoff]",
                "mov qword ptr fs:[{t} + {at}], {v}",
                t = out(reg) _,
                v = in(reg) value,
                at = const AT,
                options(nostack, preserves_flags),
            );
        }
    }
}

#[cfg(not(all(target_arch = "x86_64", target_os = "linux", not(miri))))]
mod slot {
    use std::cell::Cell;

    thread_local! {
        static SLOT: [Cell<usize>; 5] = const { [const { Cell::new(0) }; 5] };
    }

    pub fn get<const AT: usize>() -> usize {
        SLOT.with(|slot| slot[AT / 8].get())
    }

    pub fn set<const AT: usize>(value: usize) {
        SLOT.with(|slot| slot[AT / 8].set(value));
    }
}

/// The thread state attached to this thread, or NULL.
#[inline(always)]
pub fn get() -> *mut ThreadState {
    slot::get::<CURRENT>() as *mut ThreadState
}

/// Makes `tstate` current, or none with NULL. Only attaching and detaching call this.
#[inline(always)]
pub fn set(tstate: *mut ThreadState) {
    slot::set::<CURRENT>(tstate as usize);
}

/// The thread state that `PyGILState_Ensure` uses in this thread: the one attached last, or NULL.
#[inline(always)]
pub fn gilstate() -> *mut ThreadState {
    slot::get::<GILSTATE>() as *mut ThreadState
}

#[inline(always)]
pub fn set_gilstate(tstate: *mut ThreadState) {
    slot::set::<GILSTATE>(tstate as usize);
}

/// The highest address of this thread's C stack and the lowest that may be used.
#[inline(always)]
pub fn stack() -> (usize, usize) {
    let top = slot::get::<STACK_TOP>();
    if top != 0 { (top, slot::get::<STACK_BASE>()) } else { find_stack() }
}

/// Asks the system where the stack is, once per thread.
#[cold]
fn find_stack() -> (usize, usize) {
    let (top, base) = first_stack().unwrap_or_else(thread_stack);
    slot::set::<STACK_TOP>(top);
    slot::set::<STACK_BASE>(base);
    (top, base)
}

/// The stack of the process's first thread. It ends behind the program's file name, which the kernel wrote there first,
/// and grows to its limit. `None` for other threads, and where this is not so: the C library knows then, but reads
/// `/proc`.
fn first_stack() -> Option<(usize, usize)> {
    let marker = 0u8;
    let here = &raw const marker as usize;
    // SAFETY: plain questions; the file name is a C string.
    unsafe {
        if native_id() != libc::getpid() as usize {
            return None;
        }
        let page = usize::try_from(libc::sysconf(libc::_SC_PAGESIZE)).ok()?;
        let name = libc::getauxval(libc::AT_EXECFN) as *const libc::c_char;
        let mut limit = std::mem::zeroed::<libc::rlimit>();
        if name.is_null() || libc::getrlimit(libc::RLIMIT_STACK, &mut limit) != 0 {
            return None;
        }
        // Behind the name's NUL stands one word of zeroes.
        let top = (name as usize + libc::strlen(name) + 1 + size_of::<usize>()).next_multiple_of(page);
        // An unlimited stack ends where the next mapping begins.
        let size = usize::try_from(limit.rlim_cur).ok().filter(|&size| size < MOST_OF_FIRST_STACK)? & !(page - 1);
        let base = top.checked_sub(size)?;
        (base..top).contains(&here).then_some((top, base))
    }
}

/// The kernel keeps at least so much free beneath the first stack, whatever is mapped elsewhere.
const MOST_OF_FIRST_STACK: usize = 128 << 20;

fn thread_stack() -> (usize, usize) {
    let (mut base, mut size, mut guard) = (std::ptr::null_mut(), 0, 0);
    let mut found = false;
    // SAFETY: the attributes are initialised by the first call, and destroyed when they were.
    unsafe {
        let mut attributes = std::mem::zeroed::<libc::pthread_attr_t>();
        if libc::pthread_getattr_np(libc::pthread_self(), &mut attributes) == 0 {
            found = libc::pthread_attr_getstack(&attributes, &mut base, &mut size) == 0
                && libc::pthread_attr_getguardsize(&attributes, &mut guard) == 0;
            libc::pthread_attr_destroy(&mut attributes);
        }
    }
    if found {
        return (base as usize + size, base as usize + guard);
    }
    // Nothing known: take what every Linux gives.
    let marker = 0u8;
    let top = &raw const marker as usize;
    (top, top.saturating_sub(1 << 20))
}

/// The system's number of this thread; asked once, because asking is a system call.
#[inline]
pub fn native_id() -> usize {
    match slot::get::<NATIVE_ID>() {
        0 => {
            // SAFETY: it has no argument and cannot fail.
            let id = unsafe { libc::gettid() } as usize;
            slot::set::<NATIVE_ID>(id);
            id
        }
        id => id,
    }
}

/// In the child after `fork`: the thread has another number.
pub extern "C" fn forget_native_id() {
    slot::set::<NATIVE_ID>(0);
}
