//! Interpreters by their ids: looking them up, and counting references that keep one alive.

use super::interpreter::find;
use super::{Interpreter, process};
use crate::object::{Object, Owned, Raised, Result, error, number};
use crate::raise;
use crate::types::{exceptions, long, typeobject, unicode};

/// An id from an int. `TypeError`, `ValueError`, `OverflowError`.
pub fn from_object(o: &Object) -> Result<i64> {
    if !number::is_index(o) {
        return Err(raise!(TypeError, "interpreter ID must be an int, got {:.100}", typeobject::tp_name(o.ty())));
    }
    let id = number::index(o)?;
    match long::as_i64(&id) {
        Ok(value) if value < 0 => {
            let repr = o.repr()?;
            Err(raise!(ValueError, "interpreter ID must be a non-negative int, got {}", error::Text(&repr)))
        }
        Ok(value) => Ok(value),
        Err(raised) => {
            error::ignore(raised, &raw mut exceptions::OverflowError)?;
            Err(raise!(OverflowError, "int too big to convert"))
        }
    }
}

/// The interpreter, or `InterpreterNotFoundError`.
pub fn look_up(id: i64) -> Result<*mut Interpreter> {
    let interp = if id >= 0 { find(id) } else { std::ptr::null_mut() };
    if interp.is_null() {
        return Err(not_found(id));
    }
    Ok(interp)
}

/// Raises `InterpreterNotFoundError`.
#[cold]
pub fn not_found(id: i64) -> Raised {
    match unicode::from_str(&format!("unrecognized interpreter ID {id}")) {
        // SAFETY: a static class.
        Ok(text) => exceptions::raise(
            unsafe { Object::from_ptr((&raw mut exceptions::InterpreterNotFoundError).cast()) },
            Some(&text),
        ),
        Err(raised) => raised,
    }
}

/// # Safety
/// `interp` is alive.
pub unsafe fn incref(interp: *mut Interpreter) {
    let _lists = process::lists();
    // SAFETY: the count is ours under the lock.
    unsafe { (*interp).id_refcount += 1 };
}

/// One reference less; true if it was the last, and the interpreter is to end with it.
///
/// # Safety
/// `interp` is alive.
pub unsafe fn decref(interp: *mut Interpreter) -> bool {
    let _lists = process::lists();
    // SAFETY: the count is ours under the lock.
    unsafe {
        (*interp).id_refcount -= 1;
        (*interp).id_refcount == 0 && (*interp).requires_id_ref
    }
}

/// The id as an int.
///
/// # Safety
/// `interp` is alive.
pub unsafe fn object(interp: *mut Interpreter) -> Result<Owned> {
    // SAFETY: the caller's word.
    long::from_i64(unsafe { (*interp).id })
}
