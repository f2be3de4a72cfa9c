//! `fork`: what the parent does before and after it, and what the child has to put right. The child has one thread, the
//! one that forked; locks that other threads held are made anew, and their thread states are gone.

use super::{Interpreter, interp, pending, process, thread};
use crate::abi::*;
use crate::object::{Object, above, error};
use crate::state::current;
use crate::types::list;

/// Calls the functions that `os.register_at_fork` gave; what they raise is reported and forgotten.
fn call_all(functions: *mut PyObject, newest_first: bool) {
    // SAFETY: the interpreter's list, or NULL.
    let Some(functions) = (unsafe { Object::optional(functions) }).map(Object::to_owned) else {
        return;
    };
    let n = list::len(&functions);
    for i in 0..n {
        let Some(function) = list::get(&functions, if newest_first { n - 1 - i } else { i }) else { continue };
        if function.call(&[]).is_err() {
            above::unraisable("Exception ignored in %R", Some(&function));
        }
    }
    error::clear();
}

/// `PyOS_BeforeFork`.
pub fn before() {
    // SAFETY: attached.
    call_all(unsafe { (*interp()).before_forkers }, true);
}

/// `PyOS_AfterFork_Parent`.
pub fn after_in_parent() {
    // SAFETY: attached.
    call_all(unsafe { (*interp()).after_forkers_parent }, false);
}

/// `PyOS_AfterFork_Child`.
///
/// # Safety
/// This is the child's only thread, and its thread state is attached.
pub unsafe fn after_in_child() {
    // SAFETY: nobody else runs.
    unsafe {
        current::forget_native_id();
        process::after_fork();
        pending::after_fork();
        let tstate = crate::state::thread();
        let mine = (*tstate).interp().cast::<Interpreter>();
        (*tstate).base.thread_id = process::this_thread() as c_ulong;
        (*tstate).base.native_thread_id = current::native_id() as c_ulong;
        (*(*mine).gil).after_fork();
        thread::delete_except(tstate);
        call_all((*mine).after_forkers_child, false);
    }
}
