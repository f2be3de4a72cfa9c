//! `cellobject.h`.

use crate::abi::*;
use crate::object::{Object, api, error};
use crate::types::cell;

/// New reference: a cell with a value, or empty for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCell_New(ob: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| cell::new(unsafe { Object::optional(ob) }))
}

/// New reference: the value, or NULL without an error if the cell is empty.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCell_Get(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        match unsafe { Object::optional(op) } {
            Some(cell) if cell::check(cell) => Ok(cell::get(cell)),
            _ => Err(error::bad_internal_call()),
        }
    })
}

/// Puts a value into the cell, or empties it for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCell_Set(op: *mut PyObject, value: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        match unsafe { (Object::optional(op), Object::optional(value)) } {
            (Some(cell), value) if cell::check(cell) => {
                cell::set(cell, value);
                Ok(())
            }
            _ => Err(error::bad_internal_call()),
        }
    })
}
