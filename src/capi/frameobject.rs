//! `frameobject.h`.
//!
//! Locals of a frame are a mapping here, never anything faster, so there is nothing to bring into step.

use crate::abi::*;
use crate::object::{Object, api};
use crate::types::frame;

/// New reference: a frame that stands for `code` and does not run.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFrame_New(
    _tstate: *mut PyThreadState,
    code: *mut PyCodeObject,
    globals: *mut PyObject,
    locals: *mut PyObject,
) -> *mut PyFrameObject {
    // SAFETY: the caller's contract.
    let frame =
        api(|| unsafe { frame::new(Object::new(code.cast())?, Object::new(globals)?, Object::optional(locals)) });
    frame.cast()
}

/// Nothing to do. Always 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFrame_FastToLocalsWithError(_f: *mut PyFrameObject) -> c_int {
    0
}

/// Nothing to do.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFrame_FastToLocals(_f: *mut PyFrameObject) {}

/// Nothing to do.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFrame_LocalsToFast(_f: *mut PyFrameObject, _clear: c_int) {}

/// 0: no frame here is one that running code was entered through.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyFrame_IsEntryFrame(_frame: *mut PyFrameObject) -> c_int {
    0
}
