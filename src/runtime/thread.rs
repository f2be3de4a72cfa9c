//! Thread states: made, attached, detached, ended.
//!
//! A thread state is DETACHED, or ATTACHED to the thread whose thread-local slot points to it: then that thread holds
//! the interpreter's GIL. SHUTTING_DOWN is what finalization makes of the states of other threads: a thread that
//! tries to attach one stops for good. So the memory of such a state, and the GIL, stay.

use super::{Interpreter, attach, process};
use crate::abi::*;
use crate::mem::{domains, refcount};
use crate::object::lifecycle::{STACK_HARD_MARGIN, STACK_MARGIN};
use crate::state::{ThreadState, current, fatal::fatal_error, status};
use std::ptr;
use std::sync::atomic::{AtomicI32, Ordering};

fn state_of<'a>(tstate: *mut ThreadState) -> &'a AtomicI32 {
    // SAFETY: the memory of thread states that threads may come back to stays.
    unsafe { AtomicI32::from_ptr(&raw mut (*tstate).base.state) }
}

/// A thread state of `interp` for the calling thread, detached. NULL if there is no memory. A thread that comes when
/// the interpreter is being ended by another one stops for good.
///
/// # Safety
/// `interp` is alive.
pub unsafe fn new(interp: *mut Interpreter, whence: c_int) -> *mut ThreadState {
    new_in(|| interp, whence)
}

/// As [`new`], of no thread yet.
///
/// # Safety
/// `interp` is alive.
pub unsafe fn new_unbound(interp: *mut Interpreter, whence: c_int) -> *mut ThreadState {
    // SAFETY: the caller's word; fresh.
    unsafe {
        let tstate = new(interp, whence);
        if !tstate.is_null() {
            (*tstate).base.thread_id = 0;
            (*tstate).base.native_thread_id = 0;
            (*tstate).base._status = status::INITIALIZED;
        }
        tstate
    }
}

/// As [`new`], of the main interpreter, which may be ended at any moment: it is looked for with the list's lock held.
pub fn new_of_main(whence: c_int) -> *mut ThreadState {
    new_in(process::main, whence)
}

fn new_in(find: impl FnOnce() -> *mut Interpreter, whence: c_int) -> *mut ThreadState {
    let tstate = domains::raw_calloc(1, size_of::<ThreadState>()).cast::<ThreadState>();
    if tstate.is_null() {
        return tstate;
    }
    // SAFETY: fresh; an interpreter that is found under the lock is alive, and its list ours.
    unsafe {
        let lists = process::lists();
        let interp = find();
        let ending = interp.is_null()
            || ((*interp).is_finalizing() && (*interp).finalizing.load(Ordering::Relaxed) != current::get());
        if ending {
            drop(lists);
            domains::raw_free(tstate.cast());
            process::hang();
        }
        let base = &raw mut (*tstate).base;
        (*tstate).refcount = 2;
        ThreadState::init_rings(tstate);
        (*base).interp = interp.cast();
        (*base)._whence = whence;
        (*base)._status = status::INITIALIZED | status::BOUND;
        (*base).py_recursion_limit = (*interp).recursion_limit;
        (*base).py_recursion_remaining = (*interp).recursion_limit;
        (*base).what_event = -1;
        (*base).exc_info = &raw mut (*base).exc_state;
        (*base).gilstate_counter = 1;
        (*base).context_ver = 1;
        (*base).dict_global_version = 1;
        (*base).thread_id = process::this_thread() as c_ulong;
        (*base).native_thread_id = current::native_id() as c_ulong;
        (*interp).threads_made += 1;
        (*base).id = (*interp).threads_made;
        let head = (*interp).threads;
        (*base).next = head.cast();
        if !head.is_null() {
            (*head).base.prev = base;
        }
        (*interp).threads = tstate;
    }
    tstate
}

/// Gives up what a state holds. This thread is attached to the same interpreter.
///
/// # Safety
/// `tstate` is alive, and no other thread is attached to it.
pub unsafe fn clear(tstate: *mut ThreadState) {
    // SAFETY: the caller's word. A destructor finds the fields empty.
    unsafe {
        let base = &raw mut (*tstate).base;
        (*base)._status |= status::FINALIZING;
        refcount::clear(&raw mut (*tstate).asyncio_running_loop);
        refcount::clear(&raw mut (*tstate).asyncio_running_task);
        refcount::clear(&raw mut (*base).threading_local_key);
        refcount::clear(&raw mut (*base).threading_local_sentinel);
        refcount::clear(&raw mut (*base).dict);
        refcount::clear(&raw mut (*base).async_exc);
        refcount::clear(&raw mut (*base).current_exception);
        refcount::clear(&raw mut (*base).exc_state.exc_value);
        (*base).exc_info = &raw mut (*base).exc_state;
        (*base).c_profilefunc = None;
        (*base).c_tracefunc = None;
        refcount::clear(&raw mut (*base).c_profileobj);
        refcount::clear(&raw mut (*base).c_traceobj);
        refcount::clear(&raw mut (*base).async_gen_firstiter);
        refcount::clear(&raw mut (*base).async_gen_finalizer);
        // What variables remember of the context is void.
        (*base).context_ver += 1;
        refcount::clear(&raw mut (*base).context);
        // Variables remember what was in it.
        (*base).context_ver += 1;
        (*base).current_frame = ptr::null_mut();
        (*base)._status |= status::CLEARED;
    }
}

/// Takes a state out of its interpreter's list.
unsafe fn unlink(tstate: *mut ThreadState) {
    // SAFETY: alive; the list is ours under the lock.
    unsafe {
        let interp = (*tstate).interp().cast::<Interpreter>();
        let base = &raw mut (*tstate).base;
        let _lists = process::lists();
        if !(*base).prev.is_null() {
            (*(*base).prev).next = (*base).next;
        } else {
            (*interp).threads = (*base).next.cast();
        }
        if !(*base).next.is_null() {
            (*(*base).next).prev = (*base).prev;
        }
    }
    if current::gilstate() == tstate {
        current::set_gilstate(ptr::null_mut());
    }
}

/// Ends a state that no thread is attached to.
///
/// # Safety
/// `tstate` is alive, cleared, and not used again.
pub unsafe fn delete(tstate: *mut ThreadState) {
    if tstate == current::get() {
        fatal_error("PyThreadState_Delete", &format!("tstate {tstate:p} is still current"));
    }
    // SAFETY: the caller's word.
    unsafe {
        unlink(tstate);
        domains::raw_free(tstate.cast());
    }
}

/// Ends the attached state and drops the GIL.
///
/// # Safety
/// `tstate` is this thread's attached state, and cleared.
pub unsafe fn delete_current(tstate: *mut ThreadState) {
    // SAFETY: the caller's word; the GIL outlives its last thread state.
    unsafe {
        let gil = (*(*tstate).interp().cast::<Interpreter>()).gil;
        unlink(tstate);
        current::set(ptr::null_mut());
        (*gil).release();
        domains::raw_free(tstate.cast());
    }
}

/// Attaches this thread: waits for the GIL, then `tstate` is current.
///
/// # Safety
/// `tstate` is alive (or was left by finalization), and no thread is attached to it.
#[inline]
pub unsafe fn attach(tstate: *mut ThreadState) {
    if !current::get().is_null() {
        fatal_error("_PyThreadState_Attach", "non-NULL old thread state");
    }
    // SAFETY: the caller's word.
    unsafe {
        let gil = (*(*tstate).interp().cast::<Interpreter>()).gil;
        if !attach::enter(state_of(tstate), &*gil) {
            process::hang();
        }
        (*tstate).base.holds_gil = 1;
        (*tstate).base._status |= status::ACTIVE;
        current::set(tstate);
        if current::gilstate() != tstate {
            bind_gilstate(tstate);
        }
        let (top, base) = current::stack();
        if top != (*tstate).c_stack_top && !(*tstate).c_stack_custom {
            set_stack(tstate, top, base);
        }
    }
}

/// Makes `tstate`, which was just attached, the one that `PyGILState_Ensure` finds in this thread.
///
/// # Safety
/// Attached.
#[cold]
unsafe fn bind_gilstate(tstate: *mut ThreadState) {
    let before = current::gilstate();
    current::set_gilstate(tstate);
    // SAFETY: attached. What was found before may have been ended by another thread, so it is looked for; its word
    // belongs to who holds its interpreter's GIL.
    unsafe {
        (*tstate).base._status |= status::BOUND_GILSTATE;
        if before.is_null() {
            // A thread that begins here, where others don't wait for this GIL.
            let interp = (*tstate).interp().cast::<Interpreter>();
            if (*interp).owns_gil && !Interpreter::is_main(interp) {
                (*(*interp).gil).region.join();
            }
            return;
        }
        let gil = (*(*tstate).interp().cast::<Interpreter>()).gil;
        let lists = process::lists();
        let mut interp = lists.head;
        while !interp.is_null() {
            let mut state = if (*interp).gil == gil { (*interp).threads } else { ptr::null_mut() };
            while !state.is_null() {
                if state == before {
                    (*state).base._status &= !status::BOUND_GILSTATE;
                    return;
                }
                state = (*state).base.next.cast();
            }
            interp = (*interp).next;
        }
    }
}

/// Where calls stop nesting. A stack too small for the margins gets smaller ones.
pub fn set_stack(tstate: *mut ThreadState, top: usize, base: usize) {
    let margin = STACK_MARGIN.min((top - base) / 4);
    // SAFETY: alive.
    unsafe {
        (*tstate).c_stack_top = top;
        (*tstate).c_stack_soft_limit = base + margin;
        (*tstate).c_stack_hard_limit = base + STACK_HARD_MARGIN.min(margin / 4);
    }
}

/// Detaches this thread and drops the GIL.
///
/// # Safety
/// `tstate` is this thread's attached state.
#[inline]
pub unsafe fn detach(tstate: *mut ThreadState) {
    // SAFETY: the caller's word. The GIL is read before others may end the state.
    unsafe {
        let gil = (*(*tstate).interp().cast::<Interpreter>()).gil;
        (*tstate).base.holds_gil = 0;
        (*tstate).base._status &= !status::ACTIVE;
        current::set(ptr::null_mut());
        attach::leave(state_of(tstate), &*gil);
    }
}

/// Lets other threads run while `f` does, which touches nothing of the interpreter.
pub fn while_detached<R>(f: impl FnOnce() -> R) -> R {
    let tstate = current::get();
    // SAFETY: this thread's attached state.
    unsafe { detach(tstate) };
    let result = f();
    // SAFETY: it is still this thread's.
    unsafe { attach(tstate) };
    result
}

/// `PyThreadState_Swap`: detaches what is attached, attaches `new` if it isn't NULL; the old state.
///
/// # Safety
/// As [`attach()`].
pub unsafe fn swap(new: *mut ThreadState) -> *mut ThreadState {
    let old = current::get();
    if old == new {
        return old;
    }
    // SAFETY: the caller's word.
    unsafe {
        if !old.is_null() {
            if !new.is_null() {
                // As attaching would do, which then need not look for it.
                (*old).base._status &= !status::BOUND_GILSTATE;
                current::set_gilstate(ptr::null_mut());
            }
            detach(old);
        }
        if !new.is_null() {
            attach(new);
        }
    }
    old
}

/// Makes every other state of `interp` one that stops its thread.
///
/// # Safety
/// This thread is attached to `interp` and ends it.
pub unsafe fn shut_down_others(interp: *mut Interpreter) {
    let _lists = process::lists();
    let me = current::get();
    // SAFETY: the list is ours under the lock.
    unsafe {
        let mut tstate = (*interp).threads;
        while !tstate.is_null() {
            if tstate != me {
                attach::shut_down(state_of(tstate));
            }
            tstate = (*tstate).base.next.cast();
        }
    }
}

/// The dict of this thread's state, made when first wanted: borrowed, NULL without an error if that fails.
///
/// # Safety
/// `tstate` is this thread's attached state.
pub unsafe fn dict(tstate: *mut ThreadState) -> *mut PyObject {
    // SAFETY: the caller's word.
    unsafe {
        if (*tstate).base.dict.is_null() {
            match crate::types::dict::new() {
                Ok(dict) => (*tstate).base.dict = dict.into_raw(),
                Err(_) => crate::object::error::clear(),
            }
        }
        (*tstate).base.dict
    }
}

/// Ends the thread states of `interp` that this thread made: no other thread comes back to them. The rest stays, for
/// the threads that hang on them.
///
/// # Safety
/// No thread is attached to `interp`, and its states are cleared.
pub unsafe fn delete_mine(interp: *mut Interpreter) {
    let me = process::this_thread() as c_ulong;
    // SAFETY: the list changes in `delete` only: nobody else knows the interpreter.
    unsafe {
        let mut tstate = (*interp).threads;
        while !tstate.is_null() {
            let next = (*tstate).base.next.cast();
            if (*tstate).base.thread_id == me {
                delete(tstate);
            }
            tstate = next;
        }
    }
}

/// `interp` has one thread state at most.
///
/// # Safety
/// `interp` is alive.
pub unsafe fn is_only_one(interp: *mut Interpreter) -> bool {
    let _lists = process::lists();
    // SAFETY: the list is ours under the lock.
    unsafe { (*interp).threads.is_null() || (*(*interp).threads).base.next.is_null() }
}

/// Gives up what the other states of `interp` hold.
///
/// # Safety
/// This thread is attached, and no other is or comes to be attached to `interp`.
pub unsafe fn clear_others(interp: *mut Interpreter) {
    // SAFETY: no state is added or removed any more.
    unsafe {
        let mut tstate = (*interp).threads;
        while !tstate.is_null() {
            if tstate != current::get() {
                clear(tstate);
            }
            tstate = (*tstate).base.next.cast();
        }
    }
}

/// Gives up what all states of `interp` hold, the attached one's too.
///
/// # Safety
/// This thread is attached, and no other is or comes to be attached to `interp`.
pub unsafe fn clear_all(interp: *mut Interpreter) {
    // SAFETY: the caller's word.
    unsafe {
        clear_others(interp);
        let me = current::get();
        if (*me).interp().cast::<Interpreter>() == interp {
            clear(me);
        }
    }
}

/// Clears and ends every state of `keep`'s interpreter but `keep`.
///
/// # Safety
/// `keep` is attached to this thread, and the threads of the others are gone or never come back.
pub unsafe fn delete_except(keep: *mut ThreadState) {
    // SAFETY: the caller's word; clearing may run code that makes and ends states, so each step reads the list anew.
    unsafe {
        let interp = (*keep).interp().cast::<Interpreter>();
        loop {
            let other = {
                let _lists = process::lists();
                let mut tstate = (*interp).threads;
                while !tstate.is_null() && tstate == keep {
                    tstate = (*tstate).base.next.cast();
                }
                tstate
            };
            if other.is_null() {
                return;
            }
            clear(other);
            delete(other);
        }
    }
}

/// The oldest state of `interp` that this thread made, or NULL.
///
/// # Safety
/// `interp` is alive.
pub unsafe fn of_this_thread(interp: *mut Interpreter) -> *mut ThreadState {
    let me = process::this_thread() as c_ulong;
    let _lists = process::lists();
    // SAFETY: the list is ours under the lock.
    unsafe {
        let mut found = ptr::null_mut();
        let mut tstate = (*interp).threads;
        while !tstate.is_null() {
            if (*tstate).base.thread_id == me {
                found = tstate;
            }
            tstate = (*tstate).base.next.cast();
        }
        found
    }
}

/// `Py_SetRecursionLimit`: for this interpreter and all its thread states.
pub fn set_recursion_limit(limit: c_int) {
    let interp = super::interp();
    let _lists = process::lists();
    // SAFETY: attached; the list is ours under the lock.
    unsafe {
        (*interp).recursion_limit = limit;
        let mut tstate = (*interp).threads;
        while !tstate.is_null() {
            let used = (*tstate).base.py_recursion_limit - (*tstate).base.py_recursion_remaining;
            (*tstate).base.py_recursion_limit = limit;
            (*tstate).base.py_recursion_remaining = limit - used;
            tstate = (*tstate).base.next.cast();
        }
    }
}

/// Calls `f` with every state of `interp`.
///
/// # Safety
/// This thread is attached to `interp`; `f` neither makes nor ends thread states.
pub unsafe fn each(interp: *mut Interpreter, mut f: impl FnMut(*mut ThreadState)) {
    let mut states = Vec::new();
    // SAFETY: the list is ours under the lock; with the GIL held nobody ends a state of this interpreter.
    unsafe {
        let _lists = process::lists();
        let mut tstate = (*interp).threads;
        while !tstate.is_null() {
            states.push(tstate);
            tstate = (*tstate).base.next.cast();
        }
    }
    states.into_iter().for_each(&mut f);
}

/// # Safety
/// `tstate` is alive; `object` is NULL or alive.
pub unsafe fn set_profile(tstate: *mut ThreadState, function: Py_tracefunc, object: *mut PyObject) {
    // SAFETY: the caller's word.
    unsafe {
        (*tstate).base.c_profilefunc = function;
        refcount::xincref(object);
        refcount::xdecref(ptr::replace(&raw mut (*tstate).base.c_profileobj, object));
    }
}

/// # Safety
/// As [`set_profile`].
pub unsafe fn set_trace(tstate: *mut ThreadState, function: Py_tracefunc, object: *mut PyObject) {
    // SAFETY: the caller's word.
    unsafe {
        (*tstate).base.c_tracefunc = function;
        refcount::xincref(object);
        refcount::xdecref(ptr::replace(&raw mut (*tstate).base.c_traceobj, object));
    }
}
