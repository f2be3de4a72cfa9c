//! Interpreters beside the main one: `Py_NewInterpreterFromConfig` and `Py_EndInterpreter`.

use super::config;
use super::exit::{STATUS_ERROR, status_error, status_ok};
use crate::abi::*;
use crate::object::{Object, Raised, Result as Raises, error};
use crate::raise;
use crate::runtime::{Interpreter, process, thread, unraisable};
use crate::state::{
    ThreadState, current,
    fatal::{self, Phase, fatal_error},
};
use crate::types::{exceptions, warnings};
use std::ptr;

/// What `Py_NewInterpreter` uses: everything shared, nothing checked.
pub const LEGACY: PyInterpreterConfig = PyInterpreterConfig {
    use_main_obmalloc: 1,
    allow_fork: 1,
    allow_exec: 1,
    allow_threads: 1,
    allow_daemon_threads: 1,
    check_multi_interp_extensions: 0,
    gil: PyInterpreterConfig_SHARED_GIL,
};

/// The features that `config` asks for, and whether the interpreter gets a GIL of its own.
fn settings(config: &PyInterpreterConfig) -> Result<(c_ulong, bool), PyStatus> {
    let mut features = 0;
    if config.use_main_obmalloc != 0 {
        features |= process::FEATURE_USE_MAIN_OBMALLOC;
    } else if config.check_multi_interp_extensions == 0 {
        return Err(status_error(
            c"init_interp_settings",
            c"per-interpreter obmalloc does not support single-phase init extension modules",
        ));
    }
    for (wanted, feature) in [
        (config.allow_fork, process::FEATURE_FORK),
        (config.allow_exec, process::FEATURE_EXEC),
        (config.allow_threads, process::FEATURE_THREADS),
        (config.allow_daemon_threads, process::FEATURE_DAEMON_THREADS),
        (config.check_multi_interp_extensions, process::FEATURE_CHECK_EXTENSIONS),
    ] {
        if wanted != 0 {
            features |= feature;
        }
    }
    match config.gil {
        PyInterpreterConfig_DEFAULT_GIL | PyInterpreterConfig_SHARED_GIL => Ok((features, false)),
        PyInterpreterConfig_OWN_GIL => Ok((features, true)),
        _ => Err(status_error(c"init_interp_settings", c"invalid interpreter config 'gil' value")),
    }
}

/// A new interpreter, with its first thread state attached in place of what was attached. If that fails, what was
/// attached is so again.
pub fn new(config: &PyInterpreterConfig, whence: c_int) -> Result<*mut ThreadState, PyStatus> {
    if !process::is_initialized() {
        if process::was_finalized() && process::main().is_null() {
            fatal::set_phase(Phase::Unknown);
        }
        return Err(status_error(c"new_interpreter", c"Py_Initialize must be called first"));
    }
    crate::runtime::gilstate::set_checking(false);
    let no_memory = || status_error(c"new_interpreter", c"memory allocation failed");
    if !Interpreter::may_be_made() {
        // CPython attaches the caller's state, which it has not detached yet.
        fatal_error("_PyThreadState_Attach", "non-NULL old thread state");
    }
    let interp = Interpreter::new(whence);
    if interp.is_null() {
        return Err(no_memory());
    }
    let caller = current::get();
    // SAFETY: `interp` is new, so nobody else uses it.
    unsafe {
        let (features, own_gil) = match settings(config) {
            Ok(settings) => settings,
            Err(status) => {
                super::delete(interp);
                return Err(status);
            }
        };
        (*interp).features = features;
        if let Err(status) = config::copy(&(*process::main()).config, &mut (*interp).config) {
            super::delete(interp);
            return Err(status);
        }
        let tstate = thread::new(interp, _PyThreadState_WHENCE_INIT);
        if tstate.is_null() {
            super::delete(interp);
            return Err(no_memory());
        }
        Interpreter::set_gil(interp, own_gil);
        thread::swap(tstate);
        if let Err(status) = super::start(interp, (c"new_interpreter", c"can't set the interpreter up")) {
            super::abandon(interp, tstate);
            thread::swap(caller);
            return Err(status);
        }
        Ok(tstate)
    }
}

/// `Py_EndInterpreter`. Afterwards no thread state is attached.
///
/// # Safety
/// `tstate` is a live thread state.
pub unsafe fn end(tstate: *mut ThreadState) {
    if tstate.is_null() || tstate != current::get() {
        fatal_error("Py_EndInterpreter", "thread is not current");
    }
    // SAFETY: attached.
    unsafe {
        let interp = (*tstate).interp().cast::<Interpreter>();
        if Interpreter::is_main(interp) {
            // CPython lets this pass and crashes later; its memory is still the main interpreter's.
            fatal_error("Py_EndInterpreter", "the main interpreter is ended by Py_FinalizeEx()");
        }
        super::end(interp, tstate);
    }
}

/// Ends every interpreter but the main one, when the runtime ends; their makers should have. False if saying so raised.
///
/// # Safety
/// This thread is attached to the main interpreter.
pub unsafe fn end_all() -> bool {
    let main = process::main();
    let me = current::get();
    let (mut warned, mut good) = (false, true);
    loop {
        let mut interp = process::lists().head;
        // SAFETY: only this thread ends interpreters now.
        unsafe {
            while !interp.is_null() && interp == main {
                interp = (*interp).next;
            }
            if interp.is_null() {
                return good;
            }
            if !warned {
                warned = true;
                good = warn();
            }
            let tstate = thread::new(interp, _PyThreadState_WHENCE_FINI);
            if tstate.is_null() {
                return good;
            }
            thread::swap(tstate);
            super::end(interp, tstate);
            thread::swap(ptr::null_mut());
            thread::attach(me);
        }
    }
}

/// That there were some: a warning, which may have been made an error. CPython finds that when it flushes the streams.
fn warn() -> bool {
    // SAFETY: a static class.
    let category = unsafe { Object::from_ptr((&raw mut exceptions::RuntimeWarning).cast()) };
    let text = "remaining subinterpreters; close them with Interpreter.close()";
    if warnings::warn_text(category, text, 0, None).is_err() {
        unraisable::report("Exception ignored while flushing sys.stdout");
        return false;
    }
    true
}

pub fn into_status(result: Result<*mut ThreadState, PyStatus>, place: *mut *mut PyThreadState) -> PyStatus {
    let (tstate, status) = match result {
        Ok(tstate) => (tstate.cast(), status_ok()),
        Err(status) => (ptr::null_mut(), status),
    };
    // SAFETY: the caller's place for the result.
    unsafe { *place = tstate };
    status
}

/// Ends an interpreter that this thread is not in, and comes back to where it is.
///
/// # Safety
/// No other thread uses `interp`.
pub unsafe fn end_from_outside(interp: *mut Interpreter) {
    let me = current::get();
    // SAFETY: the caller's word.
    unsafe {
        if !me.is_null() && (*me).interp().cast::<Interpreter>() == interp {
            // CPython ends it and crashes when it comes back.
            fatal_error("_PyInterpreterState_IDDecref", "the last reference to the attached interpreter's id");
        }
        let tstate = thread::new(interp, _PyThreadState_WHENCE_FINI);
        if tstate.is_null() {
            return;
        }
        thread::swap(tstate);
        super::end(interp, tstate);
        if !me.is_null() {
            thread::attach(me);
        }
    }
}

/// `_PyXI_NewInterpreter`: a new interpreter, whose first thread state stays attached if `stay`, beside the one that
/// was attached before. Else that one is attached again, and the new interpreter has none. `InterpreterError` after a
/// `RuntimeError` that says why not.
pub fn new_from(config: &PyInterpreterConfig, whence: c_int, stay: bool) -> Raises<New> {
    // SAFETY: attached; what is swapped is live.
    unsafe {
        let before = thread::swap(ptr::null_mut());
        let tstate = match new(config, whence) {
            Ok(tstate) => tstate,
            Err(status) => {
                thread::swap(before);
                let why = error::caught(raise_status(&status));
                let raised = raise!(InterpreterError, "sub-interpreter creation failed");
                exceptions::chain_context(why);
                return Err(raised);
            }
        };
        let interp = (*tstate).interp().cast::<Interpreter>();
        if stay {
            return Ok(New { interp, tstate, before });
        }
        thread::clear(tstate);
        thread::swap(before);
        thread::delete(tstate);
        Ok(New { interp, tstate: ptr::null_mut(), before: ptr::null_mut() })
    }
}

/// An interpreter that was made; its thread state and the one that was attached before, or NULL.
pub struct New {
    pub interp: *mut Interpreter,
    pub tstate: *mut ThreadState,
    pub before: *mut ThreadState,
}

/// `_PyXI_EndInterpreter`: ends an interpreter by one of its thread states, NULL for the attached one or a new one.
/// Then `before` is attached, or without it what was.
///
/// # Safety
/// `interp` is alive and nobody else uses it; `tstate` is NULL or of it.
pub unsafe fn end_by(interp: *mut Interpreter, tstate: *mut ThreadState, before: Option<*mut ThreadState>) {
    let mut tstate = tstate;
    let mut saved = ptr::null_mut();
    let current = current::get();
    // SAFETY: the caller's word.
    unsafe {
        if tstate.is_null() && !current.is_null() && (*current).interp().cast::<Interpreter>() == interp {
            tstate = current;
        }
        if tstate.is_null() {
            tstate = thread::new(interp, _PyThreadState_WHENCE_FINI);
            if tstate.is_null() {
                fatal_error("_PyXI_EndInterpreter", "memory allocation failed");
            }
        }
        if tstate != current {
            saved = thread::swap(tstate);
        }
        end(tstate);
        thread::swap(before.unwrap_or(saved));
    }
}

/// Raises what a status says (`_PyErr_SetFromPyStatus`).
pub fn raise_status(status: &PyStatus) -> Raised {
    let text = |text: *const c_char| {
        if text.is_null() {
            return Default::default();
        }
        // SAFETY: a status has C strings.
        unsafe { std::ffi::CStr::from_ptr(text) }.to_string_lossy()
    };
    let (message, function) = (text(status.err_msg), text(status.func));
    match &*message {
        _ if status._type != STATUS_ERROR => {
            raise!(SystemError, "_PyErr_SetFromPyStatus() status is not an error")
        }
        "" => raise!(SystemError, "_PyErr_SetFromPyStatus() status has no error message"),
        "memory allocation failed" if function.is_empty() => error::no_memory(),
        message if function.is_empty() => raise!(RuntimeError, "{message}"),
        message => raise!(RuntimeError, "{function}: {message}"),
    }
}
