//! Why something did not pass between interpreters: a code, and what to say of it (`_PyXI_failure`). And an exception
//! on its way out of an interpreter, which such a failure may stand in front of.

use super::error as not_shareable;
use super::excinfo::{self, _PyXI_excinfo};
use crate::abi::*;
use crate::mem::domains;
use crate::object::{Object, Owned, Raised, Result, error};
use crate::raise;
use crate::types::exceptions;
use std::ffi::CStr;
use std::ptr;

// `_PyXI_errcode`
pub const NO_ERROR: c_int = 0;
pub const UNCAUGHT_EXCEPTION: c_int = -1;
pub const OTHER: c_int = -2;
pub const NO_MEMORY: c_int = -3;
pub const ALREADY_RUNNING: c_int = -4;
pub const MAIN_NS_FAILURE: c_int = -5;
pub const APPLY_NS_FAILURE: c_int = -6;
pub const PRESERVE_FAILURE: c_int = -7;
pub const EXC_PROPAGATION_FAILURE: c_int = -8;
pub const NOT_SHAREABLE: c_int = -9;

/// What may fail with an exception, and beside it the code that says what failed.
pub type Coded<T = ()> = std::result::Result<T, (Raised, c_int)>;

/// What stands behind CPython's opaque `_PyXI_failure *`.
#[repr(C)]
pub struct _PyXI_failure {
    pub code: c_int,
    msg: *const c_char,
    owns_msg: bool,
}

impl _PyXI_failure {
    pub const NONE: _PyXI_failure = _PyXI_failure { code: NO_ERROR, msg: ptr::null(), owns_msg: false };

    /// One outside of all interpreters, or NULL without memory.
    pub fn boxed() -> *mut _PyXI_failure {
        domains::raw_box(_PyXI_failure::NONE).unwrap_or(ptr::null_mut())
    }

    /// Forgets what it says.
    pub fn clear(&mut self) {
        let old = std::mem::replace(self, _PyXI_failure::NONE);
        if old.owns_msg {
            // SAFETY: its own string.
            unsafe { domains::raw_free(old.msg.cast_mut().cast()) };
        }
    }

    /// With what `str()` of the object says; the code is set even if that raises.
    pub fn set(&mut self, code: c_int, o: &Object) -> Result<()> {
        self.set_static(code, ptr::null());
        self.msg = excinfo::copied(&*o.str()?)?;
        self.owns_msg = true;
        Ok(())
    }

    /// With a text that outlives the failure, or none.
    pub fn set_static(&mut self, code: c_int, msg: *const c_char) {
        self.clear();
        *self = _PyXI_failure { code, msg, owns_msg: false };
    }

    fn message(&self) -> Option<String> {
        // SAFETY: its own string, or one that its maker keeps.
        (!self.msg.is_null()).then(|| unsafe { CStr::from_ptr(self.msg) }.to_string_lossy().into_owned())
    }
}

/// An exception that leaves an interpreter, or the failure in front of it.
pub enum Leaving {
    /// To be shown in a result, not raised.
    Uncaught(Snapshot),
    /// To be raised; the snapshot is of what it is raised for.
    Failed { code: c_int, message: Option<String>, from: Snapshot },
    /// Not even a snapshot could be made of it.
    Lost,
}

/// A snapshot that drops its strings.
pub struct Snapshot(_PyXI_excinfo);

impl Drop for Snapshot {
    fn drop(&mut self) {
        self.0.clear();
    }
}

/// Takes the exception that is set out of this interpreter; `failure` says what to make of it elsewhere. None for a
/// `MemoryError` alone: its snapshot is empty, and CPython takes that for no exception at all.
pub fn capture(exception: Owned, failure: Option<&_PyXI_failure>) -> Option<Leaving> {
    let failure = failure.filter(|failure| !matches!(failure.code, NO_ERROR | UNCAUGHT_EXCEPTION));
    let mut from = Snapshot(_PyXI_excinfo::EMPTY);
    if failure.is_none_or(|failure| failure.code != ALREADY_RUNNING) && from.0.fill_from_exception(&exception).is_err()
    {
        error::clear();
        return Some(Leaving::Lost);
    }
    match failure {
        Some(failure) => Some(Leaving::Failed { code: failure.code, message: failure.message(), from }),
        None if from.0.is_set() => Some(Leaving::Uncaught(from)),
        None => None,
    }
}

impl Leaving {
    /// A failure for which no exception is to blame.
    pub fn because(code: c_int) -> Leaving {
        Leaving::Failed { code, message: None, from: Snapshot(_PyXI_excinfo::EMPTY) }
    }

    pub fn code(&self) -> c_int {
        match self {
            Leaving::Uncaught(_) => NO_ERROR,
            Leaving::Failed { code, .. } => *code,
            Leaving::Lost => EXC_PROPAGATION_FAILURE,
        }
    }

    /// The snapshot as an object, of an exception that nothing stands in front of; else raises, and gives nothing. What
    /// is lost raises nothing either, as in CPython: there the code alone tells.
    pub fn arrive(self) -> Option<Owned> {
        match self {
            Leaving::Uncaught(info) => error::forget(info.0.as_object()),
            Leaving::Lost => None,
            Leaving::Failed { code: NOT_SHAREABLE, message, from } => {
                let cause = from.0.is_set().then(|| error::caught(from.0.raise_as(&raw mut exceptions::Exception)));
                let text = message.as_deref().unwrap_or("object does not support cross-interpreter data");
                let _raised = not_shareable::raise_from(text, cause);
                None
            }
            Leaving::Failed { code, from, .. } => {
                let exception = error::caught(raise_code(code));
                if from.0.is_set() {
                    let before = error::caught(from.0.raise_as(&raw mut exceptions::InterpreterError));
                    exceptions::set_context(&exception, Some(before));
                }
                let _raised = error::restore(exception);
                None
            }
        }
    }

    /// Forgets what leaves, where nobody asks for it: failures are raised all the same.
    pub fn arrive_unasked(self) {
        if !matches!(self, Leaving::Uncaught(_)) {
            drop(self.arrive());
        }
    }
}

/// Raises what a code says.
fn raise_code(code: c_int) -> Raised {
    let text = match code {
        NO_MEMORY => return error::no_memory(),
        OTHER => {
            return exceptions::raise_bare(&raw mut exceptions::InterpreterError);
        }
        ALREADY_RUNNING => "interpreter already running",
        MAIN_NS_FAILURE => "failed to get __main__ namespace",
        APPLY_NS_FAILURE => "failed to apply namespace to __main__",
        PRESERVE_FAILURE => "failed to preserve objects across session",
        EXC_PROPAGATION_FAILURE => "failed to transfer exception between interpreters",
        _ => return raise!(RuntimeError, "unsupported error code {code}"),
    };
    raise!(InterpreterError, "{text}")
}

/// `_PyXI_UnwrapNotShareableError`: in place of a `NotShareableError` that is set, its cause; the failure keeps what it
/// said. False if something else is set.
pub fn unwrap_not_shareable(failure: Option<&mut _PyXI_failure>) -> bool {
    let Ok(class) = not_shareable::class() else { return false };
    if !error::current().is_some_and(|exception| exceptions::given_matches(exception, class)) {
        return false;
    }
    let Some(exception) = error::take() else { return false };
    if let Some(failure) = failure
        && failure.set(NOT_SHAREABLE, &exception).is_err()
    {
        return false;
    }
    let _raised = error::restore(exceptions::cause(&exception).unwrap_or(exception));
    true
}
