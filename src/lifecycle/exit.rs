//! What runs at the very end: the C functions of `Py_AtExit`, and statuses that end the process.

use crate::abi::*;
use crate::state::fatal;
use parking_lot::Mutex;

type Function = unsafe extern "C" fn();

const MAX: usize = 32;

static FUNCTIONS: Mutex<([Option<Function>; MAX], usize)> = Mutex::new(([None; MAX], 0));

/// `Py_AtExit`: false if there is no room. No thread state is needed.
pub fn register(function: Option<Function>) -> bool {
    let mut functions = FUNCTIONS.lock();
    let n = functions.1;
    if n >= MAX {
        return false;
    }
    functions.0[n] = function;
    functions.1 = n + 1;
    true
}

/// Calls them, newest first, when no interpreter is left.
pub fn call_all() {
    loop {
        let function = {
            let mut functions = FUNCTIONS.lock();
            if functions.1 == 0 {
                return;
            }
            functions.1 -= 1;
            let n = functions.1;
            functions.0[n].take()
        };
        if let Some(function) = function {
            // SAFETY: the contract of `Py_AtExit`.
            unsafe { function() };
        }
    }
}

pub const STATUS_OK: c_int = 0;
pub const STATUS_ERROR: c_int = 1;
pub const STATUS_EXIT: c_int = 2;

pub const fn status_ok() -> PyStatus {
    PyStatus { _type: STATUS_OK, func: std::ptr::null(), err_msg: std::ptr::null(), exitcode: 0 }
}

pub const fn status_error(func: &'static std::ffi::CStr, message: &'static std::ffi::CStr) -> PyStatus {
    PyStatus { _type: STATUS_ERROR, func: func.as_ptr(), err_msg: message.as_ptr(), exitcode: 0 }
}

/// `Py_ExitStatusException`: prints an error, and exits with its code.
///
/// # Safety
/// The texts of `status` are C strings or NULL.
pub unsafe fn exit_with(status: &PyStatus) -> ! {
    if status._type == STATUS_EXIT {
        // SAFETY: ends the process.
        unsafe { libc::exit(status.exitcode) }
    }
    if status._type == STATUS_ERROR {
        let text = |p: *const c_char| {
            if p.is_null() {
                return String::new();
            }
            // SAFETY: the caller's word.
            unsafe { std::ffi::CStr::from_ptr(p) }.to_string_lossy().into_owned()
        };
        fatal::fatal_exit(&text(status.func), &text(status.err_msg), 1);
    }
    fatal::fatal_error("", "Py_ExitStatusException() must not be called on success")
}
