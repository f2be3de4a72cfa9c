//! `MemoryError`: each interpreter keeps one that was made beforehand, for when there is no memory for another.

use super::{base, extended, fields};
use crate::abi::*;
use crate::object::{Object, Owned, Raised, Result, error};
use crate::state;
use crate::types::tuple;

pub(super) const TYPE: PyTypeObject = PyTypeObject {
    tp_init: Some(base::init),
    tp_new: Some(base::new),
    tp_vectorcall: Some(base::vectorcall),
    ..extended::<PyBaseExceptionObject, fields::Base>(
        c"MemoryError",
        &raw mut super::Exception,
        c"There is not enough memory.",
    )
};

/// Makes the interpreter's reserve. Start-up calls this once exceptions are ready.
pub fn prepare() -> Result<()> {
    let reserve = base::make(&raw mut super::MemoryError, tuple::empty())?;
    // SAFETY: attached.
    unsafe { (*state::interp()).exceptions.memory_error = reserve.into_raw() };
    Ok(())
}

/// Raises a `MemoryError`: a new one, or the reserve when that fails too.
pub fn raise_memory_error() -> Raised {
    // SAFETY: attached; the interpreter owns its reserve.
    unsafe {
        let slot = &raw mut (*state::interp()).exceptions;
        if !(*slot).making_memory_error {
            (*slot).making_memory_error = true;
            let made = base::make(&raw mut super::MemoryError, tuple::empty());
            (*slot).making_memory_error = false;
            if let Ok(exception) = made {
                return super::raise(super::object(&raw mut super::MemoryError), Some(&exception));
            }
        }
        match Object::optional((*slot).memory_error) {
            Some(reserve) => error::restore(reserve.to_owned()),
            None => state::fatal::fatal_error("PyErr_NoMemory", "out of memory before MemoryError could be made"),
        }
    }
}

/// Gives the reserve up when the interpreter ends.
pub fn release() {
    // SAFETY: attached; the interpreter owns its reserve.
    unsafe {
        let place = &raw mut (*state::interp()).exceptions.memory_error;
        drop(Owned::optional(place.replace(std::ptr::null_mut())));
    }
}
