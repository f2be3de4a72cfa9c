//! `genobject.h`: generators and coroutines run Python code, so none can be made here; what C code does around them
//! works.

use crate::abi::*;
use crate::object::{Object, Owned, api, error};
use crate::types::{anext, exceptions};

/// Steals `frame`. Needs an evaluator: `NotImplementedError`. NULL.
///
/// # Safety
/// As the export that calls it.
unsafe fn refuse(function: &str, frame: *mut PyFrameObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    drop(unsafe { Owned::optional(frame.cast()) });
    api(|| Err::<Owned, _>(error::no_evaluator(function)))
}

/// Steals `frame`. Needs an evaluator: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyGen_New(frame: *mut PyFrameObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { refuse("PyGen_New", frame) }
}

/// Steals `frame`. Needs an evaluator: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyGen_NewWithQualName(
    frame: *mut PyFrameObject,
    _name: *mut PyObject,
    _qualname: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { refuse("PyGen_NewWithQualName", frame) }
}

/// Steals `frame`. Needs an evaluator: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCoro_New(
    frame: *mut PyFrameObject,
    _name: *mut PyObject,
    _qualname: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { refuse("PyCoro_New", frame) }
}

/// Steals `frame`. Needs an evaluator: `NotImplementedError`. NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyAsyncGen_New(
    frame: *mut PyFrameObject,
    _name: *mut PyObject,
    _qualname: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { refuse("PyAsyncGen_New", frame) }
}

/// Raises `StopIteration(value)`: whatever it is, it is the value and not the arguments. NULL is no value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyGen_SetStopIterationValue(value: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    let _raised = anext::stop_iteration(unsafe { Object::optional(value) });
    if error::matches(&raw mut exceptions::StopIteration) { 0 } else { -1 }
}

/// New reference: what `await o` goes through. `TypeError` if it can't be awaited.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCoro_GetAwaitableIter(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| anext::awaitable_iter(unsafe { Object::from_ptr(o) }))
}
