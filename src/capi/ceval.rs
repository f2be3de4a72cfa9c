//! `ceval.h`: attaching and detaching, pending calls, the recursion guard.

use crate::abi::*;
use crate::object::{Object, Owned, api, error, lifecycle};
use crate::raise;
use crate::runtime::{audit, pending, perf_map, process, safe_point, thread, unraisable};
use crate::state::{self, current, fatal::fatal_error};
use crate::types::{cfunction, classobject, function, slice};
use std::ffi::CStr;

/// Does nothing: the GIL is there from the start.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_InitThreads() {}

/// Detaches this thread; its thread state. A fatal error if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_SaveThread() -> *mut PyThreadState {
    let tstate = current::get();
    if tstate.is_null() {
        process::no_thread_state("PyEval_SaveThread");
    }
    // SAFETY: attached.
    unsafe { thread::detach(tstate) };
    tstate.cast()
}

/// Attaches `tstate` to this thread, waiting for the GIL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_RestoreThread(tstate: *mut PyThreadState) {
    if tstate.is_null() {
        process::no_thread_state("PyEval_RestoreThread");
    }
    // SAFETY: the caller's contract.
    unsafe { thread::attach(tstate.cast()) }
}

/// As `PyEval_RestoreThread`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_AcquireThread(tstate: *mut PyThreadState) {
    if tstate.is_null() {
        process::no_thread_state("PyEval_AcquireThread");
    }
    // SAFETY: the caller's contract.
    unsafe { thread::attach(tstate.cast()) }
}

/// Detaches `tstate`, which is attached to this thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_ReleaseThread(tstate: *mut PyThreadState) {
    let attached = current::get();
    if attached.is_null() {
        fatal_error("drop_gil", "drop_gil: GIL is not locked");
    }
    if attached != tstate.cast() {
        fatal_error("PyEval_ReleaseThread", "wrong thread state");
    }
    // SAFETY: attached.
    unsafe { thread::detach(attached) }
}

/// Has `func(arg)` called by the main thread, attached to the main interpreter. 0, or -1 if 32 calls wait already. No
/// thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_AddPendingCall(
    func: Option<unsafe extern "C" fn(*mut c_void) -> c_int>,
    arg: *mut c_void,
) -> c_int {
    if pending::add_main(func, arg) { 0 } else { -1 }
}

/// Does what waits: signal handlers and pending calls. 0, or -1 with the exception that one raised.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_MakePendingCalls() -> c_int {
    if current::get().is_null() {
        process::no_thread_state("Py_MakePendingCalls");
    }
    api(safe_point::make_pending_calls)
}

/// `RecursionError` when the C stack is nearly used up; `place` is the tail of its message.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_EnterRecursiveCall(place: *const c_char) -> c_int {
    // SAFETY: attached.
    if state::stack_pointer() >= unsafe { (*state::thread()).c_stack_soft_limit } {
        return 0;
    }
    // SAFETY: the caller's contract.
    unsafe { _Py_CheckRecursiveCall(current::get().cast(), place) }
}

/// What `Py_EnterRecursiveCall` does below the stack's limit: `RecursionError`. -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_CheckRecursiveCall(_tstate: *mut PyThreadState, place: *const c_char) -> c_int {
    let place = match place.is_null() {
        true => std::borrow::Cow::Borrowed(""),
        // SAFETY: the caller's contract.
        false => unsafe { CStr::from_ptr(place) }.to_string_lossy(),
    };
    api(|| lifecycle::stack_is_used_up(&place))
}

/// Does nothing: the guard looks at the stack itself.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_LeaveRecursiveCall() {}

/// The limit of `sys.setrecursionlimit`, which is for Python frames: kept and reported.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GetRecursionLimit() -> c_int {
    // SAFETY: attached.
    unsafe { (*crate::runtime::interp()).recursion_limit }
}

/// Sets the limit of the attached interpreter and of its threads.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_SetRecursionLimit(new_limit: c_int) {
    thread::set_recursion_limit(new_limit);
}

/// Needs an evaluator: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_EvalCode(_: *mut PyObject, _: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| Err::<Owned, _>(error::no_evaluator("PyEval_EvalCode")))
}

/// Needs an evaluator: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_EvalCodeEx(
    _co: *mut PyObject,
    _globals: *mut PyObject,
    _locals: *mut PyObject,
    _args: *const *mut PyObject,
    _argc: c_int,
    _kwds: *const *mut PyObject,
    _kwdc: c_int,
    _defs: *const *mut PyObject,
    _defc: c_int,
    _kwdefs: *mut PyObject,
    _closure: *mut PyObject,
) -> *mut PyObject {
    api(|| Err::<Owned, _>(error::no_evaluator("PyEval_EvalCodeEx")))
}

/// Needs an evaluator: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_EvalFrame(_f: *mut PyFrameObject) -> *mut PyObject {
    api(|| Err::<Owned, _>(error::no_evaluator("PyEval_EvalFrame")))
}

/// Needs an evaluator: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_EvalFrameEx(_f: *mut PyFrameObject, _throwflag: c_int) -> *mut PyObject {
    api(|| Err::<Owned, _>(error::no_evaluator("PyEval_EvalFrameEx")))
}

/// The interpreter's builtins, borrowed: no frame has others.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_GetBuiltins() -> *mut PyObject {
    // SAFETY: attached.
    unsafe { (*crate::runtime::interp()).builtins }
}

/// As [`PyEval_GetBuiltins`]; new reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_GetFrameBuiltins() -> *mut PyObject {
    // SAFETY: attached.
    api(|| Ok(unsafe { Object::optional((*crate::runtime::interp()).builtins) }.map(Object::to_owned)))
}

/// NULL: no frame runs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_GetFrame() -> *mut PyFrameObject {
    std::ptr::null_mut()
}

/// NULL without an error: no frame runs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_GetGlobals() -> *mut PyObject {
    std::ptr::null_mut()
}

/// NULL without an error: no frame runs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_GetFrameGlobals() -> *mut PyObject {
    std::ptr::null_mut()
}

/// NULL with `SystemError`: no frame runs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_GetLocals() -> *mut PyObject {
    api(|| Err::<Owned, _>(raise!(SystemError, "frame does not exist")))
}

/// NULL with `SystemError`: no frame runs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_GetFrameLocals() -> *mut PyObject {
    api(|| Err::<Owned, _>(raise!(SystemError, "frame does not exist")))
}

/// 1: threads need no initialisation.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_ThreadsInitialized() -> c_int {
    1
}

/// 0: there are no flags of a running frame to add.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_MergeCompilerFlags(cf: *mut PyCompilerFlags) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { ((*cf).cf_flags != 0).into() }
}

/// The name of a function, or of the class of anything else. Lives as long as the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_GetFuncName(func: *mut PyObject) -> *const c_char {
    // SAFETY: the caller's contract.
    let mut func = unsafe { Object::from_ptr(func) };
    while classobject::check(func) {
        // SAFETY: layout: a bound method has a function.
        func = unsafe { Object::from_ptr((*func.cast::<PyMethodObject>()).im_func) };
    }
    if function::check(func) {
        // SAFETY: layout: a function has a name.
        return unsafe { super::unicodeobject::PyUnicode_AsUTF8((*func.cast::<PyFunctionObject>()).func_name) };
    }
    if func.is_a(&raw mut cfunction::PyCFunction_Type) {
        // SAFETY: layout: a definition has a name.
        return unsafe { (*(*func.cast::<PyCFunctionObject>()).m_ml).ml_name };
    }
    // SAFETY: a type has a name.
    unsafe { (*func.ty()).tp_name }
}

/// "()" for functions and methods, " object" for anything else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_GetFuncDesc(func: *mut PyObject) -> *const c_char {
    // SAFETY: the caller's contract.
    let func = unsafe { Object::from_ptr(func) };
    if classobject::check(func) || function::check(func) || func.is_a(&raw mut cfunction::PyCFunction_Type) {
        c"()".as_ptr()
    } else {
        c" object".as_ptr()
    }
}

/// Stores the index that an object in a slice stands for, cut to what fits: 1, or 0 with an error. `None` leaves the
/// place as it is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyEval_SliceIndex(v: *mut PyObject, pi: *mut Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        match slice::index_or(Object::from_ptr(v), *pi) {
            Ok(index) => *pi = index,
            Err(_) => return 0,
        }
    }
    1
}

/// As `_PyEval_SliceIndex` where `None` is refused.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyEval_SliceIndexNotNone(v: *mut PyObject, pi: *mut Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        match slice::index_not_none(Object::from_ptr(v)) {
            Ok(index) => *pi = index,
            Err(_) => return 0,
        }
    }
    1
}

/// Attaches the thread state this thread used last; kept for old binaries, which can't have anything else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_AcquireLock() {
    let tstate = current::gilstate();
    if tstate.is_null() {
        process::no_thread_state("PyEval_AcquireLock");
    }
    // SAFETY: this thread's own state.
    unsafe { thread::attach(tstate) }
}

/// Undoes `PyEval_AcquireLock`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_ReleaseLock() {
    let tstate = current::get();
    if tstate.is_null() {
        fatal_error("drop_gil", "drop_gil: GIL is not locked");
    }
    // SAFETY: attached.
    unsafe { thread::detach(tstate) }
}

/// Keeps a profile function: nothing calls it without an evaluator, but who asks for it finds it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_SetProfile(func: Py_tracefunc, obj: *mut PyObject) {
    if audit::audit(c"sys.setprofile", None).is_err() {
        return unraisable::report("Exception ignored in PyEval_SetProfile");
    }
    // SAFETY: attached; the thread state owns the object.
    unsafe { thread::set_profile(state::thread(), func, obj) }
}

/// As `PyEval_SetProfile`, of a thread state. 0, or -1 with what an audit hook raised.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyEval_SetProfile(
    tstate: *mut PyThreadState,
    func: Py_tracefunc,
    arg: *mut PyObject,
) -> c_int {
    api(|| {
        audit::audit(c"sys.setprofile", None)?;
        // SAFETY: the caller's contract.
        unsafe { thread::set_profile(tstate.cast(), func, arg) };
        Ok(())
    })
}

/// As `PyEval_SetProfile`, in all threads of the interpreter.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_SetProfileAllThreads(func: Py_tracefunc, obj: *mut PyObject) {
    if audit::audit(c"sys.setprofile", None).is_err() {
        return unraisable::report("Exception ignored in PyEval_SetProfileAllThreads");
    }
    // SAFETY: attached.
    unsafe { thread::each(crate::runtime::interp(), |tstate| thread::set_profile(tstate, func, obj)) }
}

/// Keeps a trace function: nothing calls it without an evaluator, but who asks for it finds it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_SetTrace(func: Py_tracefunc, obj: *mut PyObject) {
    if audit::audit(c"sys.settrace", None).is_err() {
        return unraisable::report("Exception ignored in PyEval_SetTrace");
    }
    // SAFETY: attached; the thread state owns the object.
    unsafe { thread::set_trace(state::thread(), func, obj) }
}

/// As `PyEval_SetTrace`, in all threads of the interpreter.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_SetTraceAllThreads(func: Py_tracefunc, obj: *mut PyObject) {
    if audit::audit(c"sys.settrace", None).is_err() {
        return unraisable::report("Exception ignored in PyEval_SetTraceAllThreads");
    }
    // SAFETY: attached.
    unsafe { thread::each(crate::runtime::interp(), |tstate| thread::set_trace(tstate, func, obj)) }
}

/// Has `func(arg)` called by a thread of `interp`. 0, or 1 if too many calls wait already. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyEval_AddPendingCall(
    interp: *mut PyInterpreterState,
    func: Option<unsafe extern "C" fn(*mut c_void) -> c_int>,
    arg: *mut c_void,
    flags: c_int,
) -> c_int {
    const MAIN_THREAD_ONLY: c_int = 1;
    let added = if flags & MAIN_THREAD_ONLY != 0 {
        pending::add_main(func, arg)
    } else {
        // SAFETY: the caller's contract.
        unsafe { (*interp.cast::<crate::runtime::Interpreter>()).pending.add(func, arg) }
    };
    c_int::from(!added)
}

/// Acts on signals and makes the calls that wait. 0, or -1 with the exception that one raised.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyEval_MakePendingCalls(_tstate: *mut PyThreadState) -> c_int {
    api(safe_point::run_calls)
}

/// Does what the thread was asked to do meanwhile: also collects, lets others have the GIL, and raises the exception
/// that `PyThreadState_SetAsyncExc` sent. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_HandlePending(_tstate: *mut PyThreadState) -> c_int {
    api(safe_point::handle_pending)
}

// not provided: the rest of internal/pycore_ceval.h, which serves the evaluator.

/// Opens the map of generated code for `perf`. 0, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_PerfMapState_Init() -> c_int {
    if perf_map::init().is_ok() { 0 } else { -1 }
}

/// Adds a line to the map of generated code, opening it if need be. 0, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_WritePerfMapEntry(
    code_addr: *const c_void,
    code_size: c_uint,
    entry_name: *const c_char,
) -> c_int {
    // SAFETY: the caller's contract.
    let name = unsafe { CStr::from_ptr(entry_name) }.to_bytes();
    if perf_map::write(code_addr as usize, code_size, name).is_ok() { 0 } else { -1 }
}

/// Closes the map of generated code.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_PerfMapState_Fini() {
    perf_map::close();
}

/// Appends another map of generated code to ours. 0, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_CopyPerfMapFile(parent_filename: *const c_char) -> c_int {
    use std::os::unix::ffi::OsStrExt;
    // SAFETY: the caller's contract.
    let path = std::ffi::OsStr::from_bytes(unsafe { CStr::from_ptr(parent_filename) }.to_bytes());
    if perf_map::copy(path).is_ok() { 0 } else { -1 }
}

/// Would compile a trampoline for a code object: there is nothing to run it. 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_PerfTrampoline_CompileCode(_code: *mut PyCodeObject) -> c_int {
    0
}

/// Would keep trampolines after `fork`. What it was told.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_PerfTrampoline_SetPersistAfterFork(enable: c_int) -> c_int {
    enable
}
