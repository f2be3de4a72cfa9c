//! `genobject.h`: generators and coroutines run Python code, so none can be made here; what C code does around them
//! works.

use crate::abi::*;
use crate::object::{Object, Owned, api, error};
use crate::raise;
use crate::types::{exceptions, genobject, typeobject};

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
    let class = exceptions::object(&raw mut exceptions::StopIteration);
    // SAFETY: the caller's contract.
    let value = unsafe { Object::optional(value) };
    match value.map(|value| class.call(&[value])).transpose() {
        Ok(exception) => {
            let _raised = exceptions::raise(class, exception.as_deref());
            0
        }
        Err(_raised) => -1,
    }
}

/// New reference: what `await o` goes through. `TypeError` if it can't be awaited.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCoro_GetAwaitableIter(o: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract; slot.
        unsafe {
            let o = Object::from_ptr(o);
            let ty = o.ty();
            let methods = (*ty).tp_as_async;
            let Some(get) = (if methods.is_null() { None } else { (*methods).am_await }) else {
                return Err(raise!(
                    TypeError,
                    "'{}' object can't be awaited",
                    error::cut(typeobject::tp_name(ty), 100)
                ));
            };
            let result = Owned::from_c(get(o.as_ptr()))?;
            if result.is_exact(&raw mut genobject::PyCoro_Type) {
                return Err(raise!(TypeError, "__await__() returned a coroutine"));
            }
            if !result.is_iterator() {
                return Err(raise!(
                    TypeError,
                    "__await__() returned non-iterator of type '{}'",
                    error::cut(typeobject::tp_name(result.ty()), 100)
                ));
            }
            Ok(result)
        }
    })
}
