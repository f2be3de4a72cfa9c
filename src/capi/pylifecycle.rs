//! pylifecycle.h: starting and ending the runtime and interpreters.

use crate::abi::*;
use crate::lifecycle::{self, exit, subinterpreter};
use crate::mem::domains;
use crate::runtime::{Interpreter, interpreter::AtExit, process};

/// Starts the runtime; does nothing if it is up. A failure is a fatal error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_InitializeEx(initsigs: c_int) {
    lifecycle::initialize(initsigs != 0);
}

/// `Py_InitializeEx(1)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_Initialize() {
    lifecycle::initialize(true);
}

/// Ends the runtime; 0, or -1 if buffered output could not be written. Does nothing if the runtime is down.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_FinalizeEx() -> c_int {
    lifecycle::finalize()
}

/// `Py_FinalizeEx` without its result.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_Finalize() {
    lifecycle::finalize();
}

/// 1 if the runtime is up. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_IsInitialized() -> c_int {
    c_int::from(process::is_initialized())
}

/// 1 while `Py_FinalizeEx` runs. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_IsFinalizing() -> c_int {
    c_int::from(!process::finalizing().is_null())
}

/// A new interpreter like the main one, sharing its GIL, and attached. NULL is never given: a failure ends the process.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_NewInterpreter() -> *mut PyThreadState {
    match subinterpreter::new(&subinterpreter::LEGACY, _PyInterpreterState_WHENCE_LEGACY_CAPI) {
        Ok(tstate) => tstate.cast(),
        // SAFETY: static texts.
        Err(status) => unsafe { exit::exit_with(&status) },
    }
}

/// A new interpreter as `config` says, attached; its thread state goes to `tstate_p`. On failure that is NULL and what
/// was attached is so again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_NewInterpreterFromConfig(
    tstate_p: *mut *mut PyThreadState,
    config: *const PyInterpreterConfig,
) -> PyStatus {
    // SAFETY: the caller's contract.
    subinterpreter::into_status(subinterpreter::new(unsafe { &*config }, _PyInterpreterState_WHENCE_CAPI), tstate_p)
}

/// Ends the interpreter of `tstate`, which is attached; nothing is attached afterwards.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_EndInterpreter(tstate: *mut PyThreadState) {
    // SAFETY: the caller's contract.
    unsafe { subinterpreter::end(tstate.cast()) }
}

/// Has `func` called at the very end of `Py_FinalizeEx`. 0, or -1 if there are 32 already.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_AtExit(func: Option<unsafe extern "C" fn()>) -> c_int {
    if exit::register(func) { 0 } else { -1 }
}

/// Has `func(data)` called when the interpreter ends, while it still works. 0, or -1 with `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_AtExit(
    interp: *mut PyInterpreterState,
    func: Option<unsafe extern "C" fn(*mut c_void)>,
    data: *mut c_void,
) -> c_int {
    let interp = interp.cast::<Interpreter>();
    let link = domains::raw_malloc(size_of::<AtExit>()).cast::<AtExit>();
    if link.is_null() {
        let _raised = crate::object::error::no_memory();
        return -1;
    }
    // SAFETY: fresh; the caller's contract.
    unsafe {
        link.write(AtExit { function: func, data, next: (*interp).atexit_c });
        (*interp).atexit_c = link;
    }
    0
}

/// Ends the process as `status` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_ExitStatusException(status: PyStatus) -> ! {
    // SAFETY: the caller's contract.
    unsafe { exit::exit_with(&status) }
}

/// Finalizes, then exits with `sts`, or 120 if finalizing failed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_Exit(sts: c_int) -> ! {
    let code = if lifecycle::finalize() < 0 { 120 } else { sts };
    // SAFETY: ends the process.
    unsafe { libc::exit(code) }
}
