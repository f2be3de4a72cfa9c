//! `PyState_*`: the single-phase modules of an interpreter, found by the index of their definition.

use crate::abi::*;
use crate::object::{BorrowedReturn, Object, Owned, Result};
use crate::raise;
use crate::runtime;
use crate::state::fatal::fatal_error;
use crate::types::{list, long, none};

/// The interpreter's modules by index: a list with `None` where there is none.
fn modules<'a>() -> Option<&'a Object> {
    // SAFETY: attached; the interpreter keeps the list until it ends.
    unsafe { Object::optional((*runtime::interp()).modules_by_index) }
}

/// The module under `index`.
fn get(index: isize) -> Option<Owned> {
    list::get(modules()?, index as usize).filter(|module| !module.is_none())
}

/// `PyState_FindModule`: borrowed, NULL without error if there is none.
///
/// # Safety
/// `definition` is a definition.
pub unsafe fn find(definition: *const PyModuleDef) -> BorrowedReturn {
    // SAFETY: the caller's word.
    let (index, slots) = unsafe { ((*definition).m_base.m_index, (*definition).m_slots) };
    if index == 0 || !slots.is_null() {
        return BorrowedReturn::null();
    }
    get(index).map_or(BorrowedReturn::null(), |module| BorrowedReturn::new(&module))
}

/// Keeps `module` under the definition's index, in place of what was there. Under 0, that of a definition which was not
/// initialised, nothing is found again.
///
/// # Safety
/// As [`find`].
pub unsafe fn set(module: &Object, definition: *mut PyModuleDef) -> Result<()> {
    // SAFETY: the caller's word.
    let index = unsafe { (*definition).m_base.m_index };
    let modules = match modules() {
        Some(modules) => modules,
        None => {
            // SAFETY: attached; the interpreter owns the list from here on.
            unsafe { (*runtime::interp()).modules_by_index = list::new()?.into_raw() };
            modules().expect("just made")
        }
    };
    while list::len(modules) <= index as usize {
        list::append(modules, none::none_ref())?;
    }
    modules.setitem(&*long::from_i64(index as i64)?, module)
}

/// `PyState_AddModule`.
///
/// # Safety
/// As [`find`].
pub unsafe fn add(module: &Object, definition: *mut PyModuleDef) -> Result<()> {
    // SAFETY: the caller's word.
    unsafe {
        if !(*definition).m_slots.is_null() {
            return Err(raise!(SystemError, "PyState_AddModule called on module with slots"));
        }
        if get((*definition).m_base.m_index).is_some_and(|old| old.is(module)) {
            fatal_error("PyState_AddModule", &format!("module {:p} already added", module.as_ptr()));
        }
        set(module, definition)
    }
}

/// `PyState_RemoveModule`.
///
/// # Safety
/// As [`find`].
pub unsafe fn remove(definition: *mut PyModuleDef) -> Result<()> {
    // SAFETY: the caller's word.
    let (index, slots) = unsafe { ((*definition).m_base.m_index, (*definition).m_slots) };
    if !slots.is_null() {
        return Err(raise!(SystemError, "PyState_RemoveModule called on module with slots"));
    }
    if index == 0 {
        fatal_error("_modules_by_index_clear_one", "invalid module index");
    }
    match modules() {
        None => fatal_error("_modules_by_index_clear_one", "Interpreters module-list not accessible."),
        Some(modules) if index as usize >= list::len(modules) => {
            fatal_error("_modules_by_index_clear_one", "Module index out of bounds.")
        }
        Some(modules) => modules.setitem(&*long::from_i64(index as i64)?, none::none_ref()),
    }
}

/// As [`remove`], where it may not be known.
///
/// # Safety
/// As [`find`].
pub unsafe fn forget(definition: *const PyModuleDef) -> Result<()> {
    // SAFETY: the caller's word.
    let index = unsafe { (*definition).m_base.m_index };
    match modules() {
        Some(modules) if index != 0 && (index as usize) < list::len(modules) => {
            modules.setitem(&*long::from_i64(index as i64)?, none::none_ref())
        }
        _ => Ok(()),
    }
}
