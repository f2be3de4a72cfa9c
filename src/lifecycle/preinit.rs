//! What has to be settled before anything is allocated: the allocators. Once in a process.

use super::config::command_line::Early;
use crate::mem::domains;
use crate::state::fatal::{self, Phase};
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

/// `PYMEM_ALLOCATOR_DEBUG`.
const DEBUG: i32 = 2;

static DONE: AtomicBool = AtomicBool::new(false);

/// As `Py_Initialize` does it: the environment counts.
pub fn run() {
    run_with(0, true, -1, &Early::default());
}

/// `allocator` is a number of `PyMemAllocatorName`; 0 leaves it to the environment, if that counts, and to the
/// development mode, which takes the debug hooks; `dev_mode` below 0 leaves that to the command line and the
/// environment.
pub fn run_with(allocator: i32, use_environment: bool, dev_mode: i32, said: &Early) {
    if DONE.swap(true, Ordering::AcqRel) {
        return;
    }
    fatal::set_phase(Phase::Preinitializing);
    let mut allocator = allocator;
    let use_environment = use_environment && !said.ignores_environment;
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
    let dev_mode = match dev_mode {
        ..0 => {
            said.dev_mode || use_environment && std::env::var_os("PYTHONDEVMODE").is_some_and(|value| !value.is_empty())
        }
        mode => mode > 0,
    };
    DEV_MODE.store(dev_mode, Ordering::Relaxed);
    if allocator == 0 && dev_mode {
        allocator = DEBUG;
    }
    ALLOCATOR.store(allocator, Ordering::Relaxed);
    if allocator != 0 {
        // SAFETY: the caller of initialisation promises that nobody else is at work.
        unsafe { domains::choose(allocator) };
    }
    fatal::set_phase(Phase::Preinitialized);
}

static DEV_MODE: AtomicBool = AtomicBool::new(false);

/// The development mode was asked for when the process was preinitialised: later is too late.
pub fn dev_mode() -> bool {
    DEV_MODE.load(Ordering::Relaxed)
}

static ALLOCATOR: AtomicI32 = AtomicI32::new(0);

/// An option of `PyPreConfig`. Locales are left as the program has them, and text is UTF-8 throughout.
pub fn option(name: &str) -> i32 {
    match name {
        "allocator" => ALLOCATOR.load(Ordering::Relaxed),
        _ => 0,
    }
}
