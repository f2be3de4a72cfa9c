//! `fork`: what the parent does before and after it, and what the child has to put right.
//!
//! The child has one thread, the one that forked. Locks are made anew there, as those who held them or wait for them
//! are gone; what another thread was just changing under one of them is begun anew as well. Only the import lock is
//! taken before the fork. Gone are also all other thread states, and all interpreters but the main one: a thread may
//! have been at work in them, so that their objects are not fit to be taken down, and their memory stays.
//!
//! There is no module `posix` here, so nobody has hooks to call (`os.register_at_fork`).

use crate::abi::*;
use crate::import::{lock, modlock, modules};
use crate::runtime::{Interpreter, pending, process, signals, thread};
use crate::state::{self, current, fatal};
use std::cell::Cell;
use std::ptr;

thread_local! {
    /// [`before`] was called in this thread, and neither of the others since.
    static PREPARED: Cell<bool> = const { Cell::new(false) };
}

/// `PyOS_BeforeFork`: attached.
pub fn before() {
    lock::acquire();
    PREPARED.set(true);
}

/// `PyOS_AfterFork_Parent`: attached.
pub fn after_in_parent() {
    if PREPARED.take() {
        lock::release();
    }
}

/// `PyOS_AfterFork_Child`.
///
/// # Safety
/// This is the child's only thread, and its thread state is attached.
pub unsafe fn after_in_child() {
    // SAFETY: nobody else runs.
    unsafe {
        current::forget_native_id();
        let whole = process::after_fork();
        pending::after_fork();
        signals::forget();
        let tstate = state::thread();
        let mine = (*tstate).interp().cast::<Interpreter>();
        (*tstate).base.thread_id = process::this_thread() as c_ulong;
        (*tstate).base.native_thread_id = current::native_id() as c_ulong;
        if !whole {
            (*mine).threads = tstate;
            ((*tstate).base.prev, (*tstate).base.next) = (ptr::null_mut(), ptr::null_mut());
        }
        (*(*mine).gil).after_fork();
        if (*mine).main_runner != tstate {
            (*mine).main_runner = ptr::null_mut();
        }
        let imports = modules::state();
        lock::after_fork(imports);
        modlock::after_fork(imports);
        if PREPARED.take() {
            lock::release();
        }
        thread::delete_except(tstate);
        if !Interpreter::is_main(mine) {
            fatal::fatal_exit("_PyInterpreterState_DeleteExceptMain", "not main interpreter", 1);
        }
        let mut lists = process::lists();
        lists.head = mine;
        (*mine).next = ptr::null_mut();
    }
}
