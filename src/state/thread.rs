//! A thread state: the public fields that extensions reach into, then ours.

use super::Interpreter;
use crate::abi::*;

/// What stands behind a `PyThreadState *`. The public part comes first, so both pointers are the same.
#[repr(C)]
pub struct ThreadState {
    pub base: PyThreadState,
    /// Below this address a call that nests deeper raises `RecursionError`. 0 until the state is first attached.
    pub c_stack_limit: usize,
    /// Below this address there is no room left to raise even that.
    pub c_stack_hard_limit: usize,
    /// The highest address of the stack that the two limits belong to.
    pub c_stack_top: usize,
    /// The limits were set by hand (`PyUnstable_ThreadState_SetStackProtection`): attaching elsewhere keeps them.
    pub c_stack_custom: bool,
    /// `asyncio` keeps its running loop and task here.
    pub asyncio_running_loop: *mut PyObject,
    pub asyncio_running_task: *mut PyObject,
    /// The full name of the extension module whose init function this thread runs, or NULL: a submodule's own code
    /// only knows the last part (`import::package_context`).
    pub package_context: *const c_char,
}

/// The bits of `PyThreadState._status`. There are more in CPython, for what does not happen here.
pub mod status {
    pub const INITIALIZED: u32 = 1;
    /// It belongs to a thread.
    pub const BOUND: u32 = 1 << 1;
    /// It is the state that `PyGILState_Ensure` finds in its thread.
    pub const BOUND_GILSTATE: u32 = 1 << 3;
    /// Attached.
    pub const ACTIVE: u32 = 1 << 4;
    /// It is being cleared, or was.
    pub const FINALIZING: u32 = 1 << 5;
    pub const CLEARED: u32 = 1 << 6;
}

impl ThreadState {
    /// The interpreter this state belongs to, for as long as the state lives.
    #[inline(always)]
    pub fn interp(&self) -> *mut Interpreter {
        self.base.interp.cast()
    }
}
