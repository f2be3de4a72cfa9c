//! `PyState_*`: the single-phase modules of an interpreter, found by the index of their definition.

use super::def;
use crate::abi::*;
use crate::object::{BorrowedReturn, Object, Owned, Result, error};
use crate::raise;
use crate::runtime;

/// The interpreter's modules by index.
fn modules<'a>() -> &'a mut Vec<Option<Owned>> {
    // SAFETY: attached: this thread alone is in the interpreter, and no reference outlives a call.
    unsafe { &mut (*runtime::interp()).modules_by_index }
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
    match modules().get(index as usize) {
        Some(Some(module)) => BorrowedReturn::new(module),
        _ => BorrowedReturn::null(),
    }
}

/// Keeps `module` under the definition's index, in place of what was there.
///
/// # Safety
/// As [`find`]; the definition has an index.
pub unsafe fn set(module: &Object, definition: *mut PyModuleDef) -> Result<()> {
    // SAFETY: the caller's word.
    let index = unsafe { (*definition).m_base.m_index } as usize;
    let modules = modules();
    if modules.len() <= index {
        if modules.try_reserve(index + 1 - modules.len()).is_err() {
            return Err(error::no_memory());
        }
        modules.resize_with(index + 1, || None);
    }
    let old = modules[index].replace(module.to_owned());
    drop(old);
    Ok(())
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
        let index = (*definition).m_base.m_index as usize;
        if let Some(Some(old)) = modules().get(index)
            && old.is(module)
        {
            runtime::fatal_error("PyState_AddModule", "module already added");
        }
        def::init(definition);
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
        runtime::fatal_error("PyState_RemoveModule", "invalid module index");
    }
    let Some(place) = modules().get_mut(index as usize) else {
        runtime::fatal_error("PyState_RemoveModule", "Module index out of bounds.");
    };
    let old = place.take();
    drop(old);
    Ok(())
}
