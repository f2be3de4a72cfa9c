//! What every exception has: traceback, cause, context, arguments.

use crate::abi::*;
use crate::object::{Object, Owned, api, ptr::raw_or_null};
use crate::raise;
use crate::types::exceptions;

/// New reference: the traceback, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_GetTraceback(ex: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    raw_or_null(exceptions::traceback(unsafe { Object::from_ptr(ex) }))
}

/// Sets the traceback; `None` takes it away. `TypeError` for anything else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_SetTraceback(ex: *mut PyObject, tb: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        match Object::optional(tb) {
            Some(tb) => exceptions::set_traceback(Object::from_ptr(ex), tb),
            None => Err(raise!(TypeError, "__traceback__ may not be deleted")),
        }
    })
}

/// New reference: the cause, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_GetCause(ex: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    raw_or_null(exceptions::cause(unsafe { Object::from_ptr(ex) }))
}

/// Steals `cause`; NULL takes it away.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_SetCause(ex: *mut PyObject, cause: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { exceptions::set_cause(Object::from_ptr(ex), Owned::optional(cause)) }
}

/// New reference: the context, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_GetContext(ex: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    raw_or_null(exceptions::context(unsafe { Object::from_ptr(ex) }))
}

/// Steals `context`; NULL takes it away.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_SetContext(ex: *mut PyObject, context: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { exceptions::set_context(Object::from_ptr(ex), Owned::optional(context)) }
}

/// New reference: `args`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_GetArgs(ex: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    exceptions::args(unsafe { Object::from_ptr(ex) }).into_raw()
}

/// Sets `args`, a tuple.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_SetArgs(ex: *mut PyObject, args: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { exceptions::set_args(Object::from_ptr(ex), Object::from_ptr(args)) }
}

/// New reference: what is raised at the end of a `try`-`except*`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_Exc_PrepReraiseStar(orig: *mut PyObject, excs: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        let (orig, excs) = unsafe { (Object::optional(orig), Object::optional(excs)) };
        let Some(orig) = orig.filter(|o| exceptions::is_instance(o)) else {
            return Err(raise!(TypeError, "orig must be an exception instance"));
        };
        let Some(excs) = excs.filter(|e| crate::types::list::check(e)) else {
            return Err(raise!(TypeError, "excs must be a list of exception instances"));
        };
        for i in 0..crate::types::list::len(excs) {
            let item = crate::types::list::get(excs, i);
            if item.is_none_or(|e| !e.is_none() && !exceptions::is_instance(&e)) {
                return Err(raise!(TypeError, "item {i} of excs is not an exception"));
            }
        }
        if exceptions::traceback(orig).is_none() {
            return Err(raise!(ValueError, "orig must be a raised exception"));
        }
        exceptions::prep_reraise_star(orig, excs)
    })
}
