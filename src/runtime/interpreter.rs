//! Interpreters: what one owns, how it comes into the list and goes.
//!
//! An interpreter begins as zeroed memory, and zero is a good start for every field. Which objects it owns, and in
//! which order they go, stands in `lifecycle`.

use super::audit;
use super::gil::Gil;
use super::imports::ImportState;
use super::pending::Pending;
use super::process;
use crate::abi::*;
use crate::mem::{domains, gc, refcount};
use crate::state::{self, ThreadState};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

/// What stands behind a `PyInterpreterState *`.
#[repr(C)]
pub struct Interpreter {
    pub base: state::Interpreter,
    pub id: i64,
    /// The next older interpreter.
    pub next: *mut Interpreter,
    pub whence: c_long,
    /// The newest thread state.
    pub threads: *mut ThreadState,
    pub threads_made: u64,
    /// Its own, or the main interpreter's.
    pub gil: *mut Gil,
    pub owns_gil: bool,
    /// Fully set up.
    pub ready: bool,
    /// The thread state that is ending it, or NULL.
    pub finalizing: AtomicPtr<ThreadState>,
    pub features: c_ulong,
    pub id_refcount: isize,
    pub requires_id_ref: bool,
    /// The thread state whose thread runs `__main__` (`_PyInterpreterState_SetRunningMain`).
    pub main_runner: *mut ThreadState,
    pub recursion_limit: c_int,
    /// Threads that `_thread` started and that still run.
    pub python_threads: isize,
    /// Of the threads it starts; 0 is the system's own idea.
    pub thread_stack_size: usize,
    pub pending: Pending,
    /// `PyInterpreterState_GetDict`.
    pub dict: *mut PyObject,
    /// `sys.__dict__`, `builtins.__dict__`, and copies of both as they were at the start.
    pub sysdict: *mut PyObject,
    pub sysdict_copy: *mut PyObject,
    pub builtins: *mut PyObject,
    pub builtins_copy: *mut PyObject,
    /// `sys.modules`.
    pub modules: *mut PyObject,
    /// Modules by the index of their definition (`PyState_FindModule`).
    pub modules_by_index: *mut PyObject,
    pub importlib: *mut PyObject,
    pub import_func: *mut PyObject,
    pub imports: ImportState,
    /// The callbacks of the module `atexit`, a list.
    pub atexit_callbacks: *mut PyObject,
    /// The C callbacks of `PyUnstable_AtExit`.
    pub atexit_c: *mut AtExit,
    pub audit_hooks: *mut PyObject,
    /// `NotShareableError`, once it was asked for.
    pub not_shareable_error: *mut PyObject,
    /// The heap types whose instances can become data, a table of `crossinterp::registry`.
    pub shareable_types: *mut c_void,
    pub context_watchers: [PyContext_WatchCallback; 8],
    /// One bit for each that is set.
    pub active_context_watchers: u8,
    /// What `_PyInterpreterState_SetEvalFrameFunc` set.
    pub eval_frame: _PyFrameEvalFunction,
    pub config: PyConfig,
}

/// A link of the C functions to call when the interpreter ends.
pub struct AtExit {
    pub function: Option<unsafe extern "C" fn(*mut c_void)>,
    pub data: *mut c_void,
    pub next: *mut AtExit,
}

impl Interpreter {
    /// Whether the audit hooks let this thread make an interpreter; one that refuses has raised. A thread without a
    /// state is not asked about.
    pub fn may_be_made() -> bool {
        state::current::get().is_null() || audit::audit(c"cpython.PyInterpreterState_New", None).is_ok()
    }

    /// A new interpreter at the head of the list, its GIL still to be set. NULL if there is no memory.
    pub fn new(whence: c_int) -> *mut Interpreter {
        let interp = domains::raw_calloc(1, size_of::<Interpreter>()).cast::<Interpreter>();
        if interp.is_null() {
            return interp;
        }
        // SAFETY: zeroed memory is a valid start for every field.
        unsafe {
            gc::init(interp.cast());
            (*interp).whence = c_long::from(whence);
            (*interp).recursion_limit = 1000;
            (*interp).pending.init(300);
            let mut lists = process::lists();
            lists.next_id = lists.next_id.max(0);
            (*interp).id = lists.next_id;
            lists.next_id += 1;
            (*interp).next = lists.head;
            lists.head = interp;
            if (*interp).id == 0 {
                process::set_main(interp);
            }
        }
        interp
    }

    /// Takes `interp` out of the list and frees it.
    ///
    /// # Safety
    /// Nothing in it is used any more: no objects, no thread states.
    pub unsafe fn delete(interp: *mut Interpreter) {
        // SAFETY: the caller's word.
        unsafe {
            let mut lists = process::lists();
            let mut place = &raw mut lists.head;
            while !(*place).is_null() {
                if *place == interp {
                    *place = (*interp).next;
                    break;
                }
                place = &raw mut (**place).next;
            }
            if process::main() == interp {
                process::set_main(ptr::null_mut());
                lists.next_id = -1;
            }
            // Thread states that are left belong to threads that hang, or will when they come back. They look at
            // their state and at the GIL: both stay.
            let leftover = (*interp).threads;
            drop(lists);
            if leftover.is_null() {
                if (*interp).owns_gil {
                    Gil::give_back(&*(*interp).gil);
                }
                domains::raw_free(interp.cast());
            }
        }
    }

    /// Gives the interpreter a GIL of its own, or the main interpreter's.
    ///
    /// # Safety
    /// `interp` is new.
    pub unsafe fn set_gil(interp: *mut Interpreter, own: bool) {
        // SAFETY: new; the main interpreter outlives all others.
        unsafe {
            let gil = if own { ptr::from_ref(Gil::obtain()).cast_mut() } else { (*process::main()).gil };
            // It is in the list already, and who goes through that compares GILs.
            let _lists = process::lists();
            (*interp).owns_gil = own;
            (*interp).gil = gil;
        }
    }

    pub fn is_main(interp: *mut Interpreter) -> bool {
        interp == process::main()
    }

    /// Drops a reference that a field holds.
    ///
    /// # Safety
    /// `place` is a field of a live interpreter that this thread is attached to.
    pub unsafe fn clear_field(place: *mut *mut PyObject) {
        // SAFETY: the caller's word.
        unsafe { refcount::clear(place) }
    }

    pub fn is_finalizing(&self) -> bool {
        !self.finalizing.load(Ordering::Acquire).is_null()
    }

    pub fn has_feature(&self, feature: c_ulong) -> bool {
        self.features & feature != 0
    }
}

/// The interpreter of the attached thread, whole.
#[inline(always)]
pub fn interp() -> *mut Interpreter {
    state::interp().cast()
}

/// The dict that extensions keep what they like in (`PyInterpreterState_GetDict`): borrowed, NULL without an error if
/// it can't be made.
///
/// # Safety
/// `interp` is alive, and this thread is attached to it.
pub unsafe fn dict(interp: *mut Interpreter) -> *mut PyObject {
    // SAFETY: the caller's word.
    unsafe {
        if (*interp).dict.is_null() {
            match crate::types::dict::new() {
                Ok(dict) => (*interp).dict = dict.into_raw(),
                Err(_) => crate::object::error::clear(),
            }
        }
        (*interp).dict
    }
}

/// The interpreter with this id, or NULL.
pub fn find(id: i64) -> *mut Interpreter {
    let lists = process::lists();
    let mut interp = lists.head;
    // SAFETY: what is in the list is alive while the lock is held.
    unsafe {
        while !interp.is_null() && (*interp).id != id {
            interp = (*interp).next;
        }
    }
    interp
}
