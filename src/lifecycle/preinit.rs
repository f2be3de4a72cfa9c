//! What has to be settled before anything is allocated: the allocators. Once in a process.

use crate::mem::domains;
use crate::state::fatal::{self, Phase};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

static DONE: AtomicBool = AtomicBool::new(false);

/// As `Py_Initialize` does it: the environment counts.
pub fn run() {
    run_with(0, true);
}

/// `allocator` is a number of `PyMemAllocatorName`; 0 leaves it to the environment, if that counts.
pub fn run_with(allocator: i32, use_environment: bool) {
    if DONE.swap(true, Ordering::AcqRel) {
        return;
    }
    fatal::set_phase(Phase::Preinitializing);
    domains::prepare();
    let mut allocator = allocator;
    if allocator == 0
        && use_environment
        && let Some(name) = std::env::var_os("PYTHONMALLOC")
        && !name.is_empty()
    {
        match domains::by_name(name.as_encoded_bytes()) {
            Some(number) => allocator = number,
            None => fatal::fatal_exit("preconfig_init_allocator", "PYTHONMALLOC: unknown allocator", 1),
        }
    }
    ALLOCATOR.store(allocator, Ordering::Relaxed);
    if allocator != 0 {
        // SAFETY: the caller of initialisation promises that nobody else is at work.
        unsafe { domains::choose(allocator) };
    }
    fatal::set_phase(Phase::Preinitialized);
}

static ALLOCATOR: AtomicI32 = AtomicI32::new(0);

/// An option of `PyPreConfig`. Locales are left as the program has them, and text is UTF-8 throughout.
pub fn option(name: &str) -> i32 {
    match name {
        "allocator" => ALLOCATOR.load(Ordering::Relaxed),
        _ => 0,
    }
}
