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
    /// The states of `base._status`, one flag each.
    pub cleared: bool,
    pub bound_gilstate: bool,
    pub finalizing: bool,
    /// `asyncio` keeps its running loop and task here.
    pub asyncio_running_loop: *mut PyObject,
    pub asyncio_running_task: *mut PyObject,
}

impl ThreadState {
    /// The interpreter this state belongs to, for as long as the state lives.
    #[inline(always)]
    pub fn interp(&self) -> *mut Interpreter {
        self.base.interp.cast()
    }
}
