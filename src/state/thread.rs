//! A thread state: the public fields that extensions reach into, then ours.

use super::Interpreter;
use crate::abi::*;

/// What stands behind a `PyThreadState *`. The public part comes first, so both pointers are the same; what follows up
/// to `mem_free_queue` stands as in CPython's `internal/pycore_tstate.h`, whose inline functions reach into it: the
/// recursion guard of an extension that is built with it looks at the stack's limits itself.
#[repr(C)]
pub struct ThreadState {
    pub base: PyThreadState,
    /// Nobody counts here: a state ends when it is deleted.
    pub refcount: isize,
    /// The highest address of the stack that the two limits belong to.
    pub c_stack_top: usize,
    /// Below this address a call that nests deeper raises `RecursionError`. 0 until the state is first attached.
    pub c_stack_soft_limit: usize,
    /// Below this address there is no room left to raise even that.
    pub c_stack_hard_limit: usize,
    /// `asyncio` keeps its running loop and task here.
    pub asyncio_running_loop: *mut PyObject,
    pub asyncio_running_task: *mut PyObject,
    /// A ring of the tasks that `asyncio` makes in this thread.
    pub asyncio_tasks_head: Ring,
    qsbr: *mut c_void,
    mem_free_queue: Ring,
    /// The limits were set by hand (`PyUnstable_ThreadState_SetStackProtection`): attaching elsewhere keeps them.
    pub c_stack_custom: bool,
    /// The full name of the extension module whose init function this thread runs, or NULL: a submodule's own code
    /// only knows the last part (`import::package_context`).
    pub package_context: *const c_char,
}

/// The head of a ring (C's `struct llist_node`): it points to itself both ways while nothing is in it.
#[repr(C)]
pub struct Ring {
    pub next: *mut Ring,
    pub prev: *mut Ring,
}

impl ThreadState {
    /// Makes the rings empty ones.
    ///
    /// # Safety
    /// `tstate` is fresh, and stays where it is.
    pub unsafe fn init_rings(tstate: *mut ThreadState) {
        // SAFETY: the caller's word.
        unsafe {
            for ring in [&raw mut (*tstate).asyncio_tasks_head, &raw mut (*tstate).mem_free_queue] {
                ring.write(Ring { next: ring, prev: ring });
            }
        }
    }
}

const _: () = {
    let public = size_of::<PyThreadState>();
    assert!(std::mem::offset_of!(ThreadState, c_stack_soft_limit) == public + 16);
    assert!(std::mem::offset_of!(ThreadState, asyncio_tasks_head) == public + 48);
    assert!(std::mem::offset_of!(ThreadState, c_stack_custom) == public + 88);
};

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
