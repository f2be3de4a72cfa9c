//! `pystate.h`: interpreters and thread states.

use crate::abi::*;
use crate::lifecycle::exit;
use crate::mem::refcount;
use crate::module::index;
use crate::object::{Object, Result, api};
use crate::raise;
use crate::runtime::{Interpreter, gilstate, interpreter, process, thread};
use crate::state::fatal::{fatal_error, fatal_exit};
use crate::state::{ThreadState, current};
use std::ptr;
use std::sync::atomic::Ordering;

/// The attached thread state of this thread, or the fatal error that names `function`.
#[inline(always)]
fn attached(function: &str) -> *mut ThreadState {
    let tstate = current::get();
    if tstate.is_null() {
        process::no_thread_state(function);
    }
    tstate
}

/// The fatal error that `function` was given no thread state, where CPython crashes.
#[inline(always)]
fn check_state(tstate: *mut PyThreadState, function: &str) {
    if tstate.is_null() {
        fatal_error(function, "tstate is NULL");
    }
}

/// As [`check_state`], of an interpreter.
#[inline(always)]
fn check_interpreter(interp: *mut PyInterpreterState, function: &str) {
    if interp.is_null() {
        fatal_error(function, "interp is NULL");
    }
}

/// The attached thread state; a fatal error if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThreadState_Get() -> *mut PyThreadState {
    attached("PyThreadState_Get").cast()
}

/// The attached thread state, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThreadState_GetUnchecked() -> *mut PyThreadState {
    current::get().cast()
}

/// As `PyThreadState_GetUnchecked`, under an older name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyThreadState_GetCurrent() -> *mut PyThreadState {
    current::get().cast()
}

/// A new thread state of `interp` for this thread, not attached. NULL if there is no memory. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThreadState_New(interp: *mut PyInterpreterState) -> *mut PyThreadState {
    check_interpreter(interp, "PyThreadState_New");
    // SAFETY: the caller's contract.
    unsafe { thread::new(interp.cast(), _PyThreadState_WHENCE_UNKNOWN).cast() }
}

/// As `PyThreadState_New`, saying what for, and of no thread yet: its ids are 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyThreadState_New(interp: *mut PyInterpreterState, whence: c_int) -> *mut PyThreadState {
    // SAFETY: the caller's contract.
    unsafe { thread::new_unbound(interp.cast(), whence).cast() }
}

/// As `PyThreadState_New`, saying what for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyThreadState_NewBound(interp: *mut PyInterpreterState, whence: c_int) -> *mut PyThreadState {
    // SAFETY: the caller's contract.
    unsafe { thread::new(interp.cast(), whence).cast() }
}

/// Gives up what the thread state holds; its interpreter must be the attached one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThreadState_Clear(tstate: *mut PyThreadState) {
    check_state(tstate, "PyThreadState_Clear");
    // SAFETY: the caller's contract. Without a state attached the one to be cleared serves.
    unsafe {
        let tstate = tstate.cast::<ThreadState>();
        let detached = current::get().is_null();
        if detached {
            thread::attach(tstate);
        }
        thread::clear(tstate);
        if detached {
            thread::detach(tstate);
        }
    }
}

/// Ends a cleared thread state that is not attached; a fatal error if it is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThreadState_Delete(tstate: *mut PyThreadState) {
    if tstate.is_null() {
        fatal_error(
            "PyThreadState_Delete",
            "the function must be called with the GIL held, after Python initialization and before Python \
            finalization, but the GIL is released (the current Python thread state is NULL)",
        );
    }
    // SAFETY: the caller's contract.
    unsafe { thread::delete(tstate.cast()) }
}

/// Ends the attached thread state, which is cleared, and drops the GIL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThreadState_DeleteCurrent() {
    let tstate = attached("_PyThreadState_DeleteCurrent");
    // SAFETY: attached.
    unsafe { thread::delete_current(tstate) }
}

/// Detaches the attached thread state, if any, and attaches `tstate`, if not NULL. The old one, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThreadState_Swap(tstate: *mut PyThreadState) -> *mut PyThreadState {
    // SAFETY: the caller's contract.
    unsafe { thread::swap(tstate.cast()).cast() }
}

/// The thread state's number, counted in its interpreter from 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThreadState_GetID(tstate: *mut PyThreadState) -> u64 {
    check_state(tstate, "PyThreadState_GetID");
    // SAFETY: the caller's contract.
    unsafe { (*tstate).id }
}

/// The thread state's interpreter.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThreadState_GetInterpreter(tstate: *mut PyThreadState) -> *mut PyInterpreterState {
    check_state(tstate, "PyThreadState_GetInterpreter");
    // SAFETY: the caller's contract.
    unsafe { (*tstate).interp }
}

/// The frame that runs: there is none without an evaluator. NULL, no error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThreadState_GetFrame(tstate: *mut PyThreadState) -> *mut PyFrameObject {
    check_state(tstate, "PyThreadState_GetFrame");
    ptr::null_mut()
}

/// The dict for an extension's per-thread data. Borrowed; NULL without an error when detached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThreadState_GetDict() -> *mut PyObject {
    let tstate = current::get();
    if tstate.is_null() {
        return ptr::null_mut();
    }
    // SAFETY: attached.
    unsafe { thread::dict(tstate) }
}

/// As `PyThreadState_GetDict`, of a thread state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyThreadState_GetDict(tstate: *mut PyThreadState) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { thread::dict(tstate.cast()) }
}

/// Asks the thread with this id to raise `exc` (NULL takes that back). How many thread states were found: 0 or 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThreadState_SetAsyncExc(id: c_ulong, exc: *mut PyObject) -> c_int {
    // SAFETY: attached; the list is ours under the lock, the reference is dropped after it.
    unsafe {
        let interp = (*attached("PyThreadState_SetAsyncExc")).base.interp.cast::<Interpreter>();
        let lists = process::lists();
        let mut tstate = (*interp).threads;
        while !tstate.is_null() && (*tstate).base.thread_id != id {
            tstate = (*tstate).base.next.cast();
        }
        if tstate.is_null() {
            return 0;
        }
        refcount::xincref(exc);
        let old = ptr::replace(&raw mut (*tstate).base.async_exc, exc);
        if !exc.is_null() {
            crate::state::request(tstate, crate::state::ASYNC_EXCEPTION);
        }
        drop(lists);
        refcount::xdecref(old);
    }
    1
}

/// Suspends tracing of this thread state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThreadState_EnterTracing(tstate: *mut PyThreadState) {
    check_state(tstate, "PyThreadState_EnterTracing");
    // SAFETY: the caller's contract.
    unsafe { (*tstate).tracing += 1 }
}

/// Undoes `PyThreadState_EnterTracing`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThreadState_LeaveTracing(tstate: *mut PyThreadState) {
    check_state(tstate, "PyThreadState_LeaveTracing");
    // SAFETY: the caller's contract.
    unsafe { (*tstate).tracing -= 1 }
}

/// The next older thread state of the same interpreter, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyThreadState_Next(tstate: *mut PyThreadState) -> *mut PyThreadState {
    check_state(tstate, "PyThreadState_Next");
    let _lists = process::lists();
    // SAFETY: the caller's contract.
    unsafe { (*tstate).next }
}

/// The stack that this thread state runs on begins at `start` and has `size` bytes. -1 with `ValueError` if it is too
/// small.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_ThreadState_SetStackProtection(
    tstate: *mut PyThreadState,
    start: *mut c_void,
    size: usize,
) -> c_int {
    check_state(tstate, "PyUnstable_ThreadState_SetStackProtection");
    api(|| -> Result<()> {
        const LEAST: usize = 48 << 10;
        if size < LEAST {
            return Err(raise!(ValueError, "stack_size must be at least {LEAST} bytes"));
        }
        let tstate = tstate.cast::<ThreadState>();
        thread::set_stack(tstate, start as usize + size, start as usize);
        // SAFETY: the caller's contract.
        unsafe { (*tstate).c_stack_custom = true };
        Ok(())
    })
}

/// Undoes `PyUnstable_ThreadState_SetStackProtection`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_ThreadState_ResetStackProtection(tstate: *mut PyThreadState) {
    check_state(tstate, "PyUnstable_ThreadState_ResetStackProtection");
    let tstate = tstate.cast::<ThreadState>();
    let (top, base) = current::stack();
    thread::set_stack(tstate, top, base);
    // SAFETY: the caller's contract.
    unsafe { (*tstate).c_stack_custom = false };
}

/// The attached interpreter; a fatal error if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInterpreterState_Get() -> *mut PyInterpreterState {
    // SAFETY: attached.
    unsafe { (*attached("PyInterpreterState_Get")).base.interp }
}

/// A new interpreter, with nothing in it. NULL if there is no memory; the process exits if an audit hook refuses.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInterpreterState_New() -> *mut PyInterpreterState {
    if !Interpreter::may_be_made() {
        fatal_exit("_PyInterpreterState_New", "sys.audit failed", 1);
    }
    let interp = Interpreter::new(_PyInterpreterState_WHENCE_UNKNOWN);
    if !interp.is_null() && !Interpreter::is_main(interp) {
        // SAFETY: fresh.
        unsafe { Interpreter::set_gil(interp, false) };
    }
    interp.cast()
}

/// As `PyInterpreterState_New`, with a status for what fails. With a thread state audit hooks are asked.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterState_New(
    tstate: *mut PyThreadState,
    pinterp: *mut *mut PyInterpreterState,
) -> PyStatus {
    // SAFETY: the caller's contract: a place for the result.
    unsafe { *pinterp = ptr::null_mut() };
    if !tstate.is_null() && !Interpreter::may_be_made() {
        return exit::status_error(c"_PyInterpreterState_New", c"sys.audit failed");
    }
    let interp = Interpreter::new(_PyInterpreterState_WHENCE_UNKNOWN);
    if interp.is_null() {
        return crate::lifecycle::config::no_memory();
    }
    // SAFETY: new; the caller's place.
    unsafe {
        if !Interpreter::is_main(interp) {
            Interpreter::set_gil(interp, false);
        }
        *pinterp = interp.cast();
    }
    exit::status_ok()
}

/// Gives up what the interpreter holds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInterpreterState_Clear(interp: *mut PyInterpreterState) {
    check_interpreter(interp, "PyInterpreterState_Clear");
    attached("PyInterpreterState_Clear");
    // SAFETY: the caller's contract.
    unsafe { crate::lifecycle::clear_objects(interp.cast()) }
}

/// Ends a cleared interpreter and those of its thread states that are left.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInterpreterState_Delete(interp: *mut PyInterpreterState) {
    check_interpreter(interp, "PyInterpreterState_Delete");
    // SAFETY: the caller's contract.
    unsafe { crate::lifecycle::delete(interp.cast()) }
}

/// The interpreter's number; -1 with `RuntimeError` for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInterpreterState_GetID(interp: *mut PyInterpreterState) -> i64 {
    if interp.is_null() {
        let _raised = raise!(RuntimeError, "no interpreter provided");
        return -1;
    }
    // SAFETY: the caller's contract.
    unsafe { (*interp.cast::<Interpreter>()).id }
}

/// The dict for an extension's per-interpreter data. Borrowed; NULL without an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInterpreterState_GetDict(interp: *mut PyInterpreterState) -> *mut PyObject {
    check_interpreter(interp, "PyInterpreterState_GetDict");
    // SAFETY: the caller's contract.
    unsafe { interpreter::dict(interp.cast()) }
}

/// The newest interpreter. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInterpreterState_Head() -> *mut PyInterpreterState {
    process::lists().head.cast()
}

/// The main interpreter, or NULL. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInterpreterState_Main() -> *mut PyInterpreterState {
    process::main().cast()
}

/// As `PyInterpreterState_Main`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterState_Main() -> *mut PyInterpreterState {
    process::main().cast()
}

/// The next older interpreter, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInterpreterState_Next(interp: *mut PyInterpreterState) -> *mut PyInterpreterState {
    check_interpreter(interp, "PyInterpreterState_Next");
    let _lists = process::lists();
    // SAFETY: the caller's contract.
    unsafe { (*interp.cast::<Interpreter>()).next.cast() }
}

/// The interpreter's newest thread state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyInterpreterState_ThreadHead(interp: *mut PyInterpreterState) -> *mut PyThreadState {
    check_interpreter(interp, "PyInterpreterState_ThreadHead");
    let _lists = process::lists();
    // SAFETY: the caller's contract.
    unsafe { (*interp.cast::<Interpreter>()).threads.cast() }
}

/// 1 if the interpreter ends with its last id reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterState_RequiresIDRef(interp: *mut PyInterpreterState) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { c_int::from((*interp.cast::<Interpreter>()).requires_id_ref) }
}

/// Says whether the interpreter ends with its last id reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterState_RequireIDRef(interp: *mut PyInterpreterState, required: c_int) {
    // SAFETY: the caller's contract.
    unsafe { (*interp.cast::<Interpreter>()).requires_id_ref = required != 0 }
}

/// 1 while this interpreter is being ended.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_IsInterpreterFinalizing(interp: *mut PyInterpreterState) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { c_int::from(!(*interp.cast::<Interpreter>()).finalizing.load(Ordering::Acquire).is_null()) }
}

/// Attaches this thread, making a thread state if it has none. `PyGILState_LOCKED` if it was attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyGILState_Ensure() -> PyGILState_STATE {
    gilstate::ensure()
}

/// Undoes the matching `PyGILState_Ensure`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyGILState_Release(oldstate: PyGILState_STATE) {
    gilstate::release(oldstate);
}

/// The thread state that `PyGILState_Ensure` would use in this thread, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyGILState_GetThisThreadState() -> *mut PyThreadState {
    current::gilstate().cast()
}

/// 1 if this thread is attached, or the runtime is not up yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyGILState_Check() -> c_int {
    c_int::from(gilstate::check())
}

/// The interpreter's module of a single-phase definition: borrowed, NULL without an error if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyState_FindModule(def: *mut PyModuleDef) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { index::find(def) })
}

/// Makes `module` the one that [`PyState_FindModule`] finds. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyState_AddModule(module: *mut PyObject, def: *mut PyModuleDef) -> c_int {
    if def.is_null() {
        fatal_error("PyState_AddModule", "module definition is NULL");
    }
    // SAFETY: the caller's contract.
    api(|| unsafe { index::add(Object::from_ptr(module), def) })
}

/// As [`PyState_AddModule`], where `def` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyState_AddModule(
    _tstate: *mut PyThreadState,
    module: *mut PyObject,
    def: *mut PyModuleDef,
) -> c_int {
    if def.is_null() {
        return -1;
    }
    // SAFETY: the caller's contract: the thread state is the current one.
    api(|| unsafe { index::add(Object::from_ptr(module), def) })
}

/// Forgets the module of a definition. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyState_RemoveModule(def: *mut PyModuleDef) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { index::remove(def) })
}

/// Says that this thread runs the interpreter's `__main__`. 0, or -1 with `InterpreterError` if one does already, or
/// `RuntimeError` where another interpreter is attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterState_SetRunningMain(interp: *mut PyInterpreterState) -> c_int {
    attached("_PyInterpreterState_SetRunningMain");
    // SAFETY: the caller's contract.
    api(|| unsafe { crate::crossinterp::session::set_running_main(interp.cast()) })
}

/// Undoes `_PyInterpreterState_SetRunningMain`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterState_SetNotRunningMain(interp: *mut PyInterpreterState) {
    // SAFETY: the caller's contract.
    unsafe { (*interp.cast::<Interpreter>()).main_runner = ptr::null_mut() }
}

/// 1 if a thread runs the interpreter's `__main__`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterState_IsRunningMain(interp: *mut PyInterpreterState) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { c_int::from(!(*interp.cast::<Interpreter>()).main_runner.is_null()) }
}

/// Raises `InterpreterError` "interpreter already running".
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyErr_SetInterpreterAlreadyRunning() {
    if let Ok(text) = crate::types::unicode::from_str("interpreter already running") {
        // SAFETY: a static class.
        let class =
            unsafe { crate::object::Object::from_ptr((&raw mut crate::types::exceptions::InterpreterError).cast()) };
        let _raised = crate::types::exceptions::raise(class, Some(&text));
    }
}

/// The interpreter's id as an int. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterState_GetIDObject(interp: *mut PyInterpreterState) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { crate::runtime::ids::object(interp.cast()) })
}

/// Does nothing: with a GIL the world stands still while one thread works.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyEval_StopTheWorld(_interp: *mut PyInterpreterState) {}

/// Undoes `_PyEval_StopTheWorld`: nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyEval_StartTheWorld(_interp: *mut PyInterpreterState) {}

/// Nothing a program may call: a fatal error, as in CPython.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyThreadState_Init(_tstate: *mut PyThreadState) {
    fatal_error("_PyThreadState_Init", "_PyThreadState_Init() is for internal use only");
}

/// As `_PyThreadState_New`, under an older name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyThreadState_Prealloc(interp: *mut PyInterpreterState) -> *mut PyThreadState {
    // SAFETY: the caller's contract.
    unsafe { thread::new_unbound(interp.cast(), _PyThreadState_WHENCE_UNKNOWN).cast() }
}

/// The function that would run frames: what was set, or NULL, as there is no evaluator.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterState_GetEvalFrameFunc(interp: *mut PyInterpreterState) -> _PyFrameEvalFunction {
    // SAFETY: the caller's contract.
    unsafe { (*interp.cast::<Interpreter>()).eval_frame }
}

/// Keeps a function to run frames with. Nothing calls it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterState_SetEvalFrameFunc(
    interp: *mut PyInterpreterState,
    eval_frame: _PyFrameEvalFunction,
) {
    // SAFETY: the caller's contract.
    unsafe { (*interp.cast::<Interpreter>()).eval_frame = eval_frame }
}

/// A dict from the idents of threads to the frames they run: empty, as none runs one. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyThread_CurrentFrames() -> *mut PyObject {
    api(crate::types::dict::new)
}
