//! A thread state: the public fields that extensions reach into, then ours.

use super::Interpreter;
use crate::abi::*;

/// What stands behind a `PyThreadState *`. The public part comes first, so both pointers are the same.
#[repr(C)]
pub struct ThreadState {
    pub base: PyThreadState,
    /// The end of this thread's C stack, with room to report that it is near: calls that nest deeper raise
    /// `RecursionError`. 0 until the state is first attached.
    pub c_stack_limit: usize,
}

impl ThreadState {
    /// The interpreter this state belongs to, for as long as the state lives.
    #[inline(always)]
    pub fn interp(&self) -> *mut Interpreter {
        self.base.interp.cast()
    }
}
