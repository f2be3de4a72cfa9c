//! From a class's dict to its slots: when a class is made or one of its special methods changes, each slot gets the
//! function that calls the method (`slots`), or straight the function of the base that the method wraps.

use super::exports::{_PyObject_NextNotImplemented, PyObject_HashNotImplemented};
use super::{cache, dict_of, exports, fill, is_subtype, mro, slotdefs, slots, subclasses};
use crate::abi::*;
use crate::object::{Object, Result, error};
use crate::types::descr::method::PyMethodDescr_Type;
use crate::types::descr::wrapper::PyWrapperDescr_Type;
use crate::types::{cfunction, dict, unicode};
use std::mem::offset_of;
use std::ptr;

/// All slots of a new class (`fixup_slot_dispatchers`).
pub fn update_all(ty: *mut PyTypeObject) {
    // So many names are looked up now that every base needs its dict.
    for base in mro::items(ty) {
        dict_of(base.cast());
    }
    let rows = slotdefs::all();
    let mut at = 0;
    while at < rows.len() {
        at = update_one(ty, at);
    }
}

/// The same for a class that defines no special method, with nothing but exceptions of the runtime among its bases:
/// looking its special methods up would find what was inherited. That there is no `__next__` is said by a function.
pub fn keep_inherited(ty: *mut PyTypeObject) {
    // SAFETY: a class being made.
    unsafe {
        if (*ty).tp_iternext.is_none() {
            (*ty).tp_iternext = Some(_PyObject_NextNotImplemented);
        }
    }
}

/// The slots that `name` stands for, in the class and in its subclasses that do not define it themselves.
pub fn update_slot(ty: *mut PyTypeObject, name: &Object) -> Result<()> {
    let rows = slotdefs::all();
    let mut starts = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if !same_name(row, name) {
            continue;
        }
        let mut start = at;
        while start > 0 && rows[start - 1].offset == row.offset {
            start -= 1;
        }
        if !starts.contains(&start) {
            starts.push(start);
        }
    }
    if starts.is_empty() {
        return Ok(());
    }
    update_subclasses(ty, name, &starts)
}

fn same_name(row: &wrapperbase, name: &Object) -> bool {
    let own = slotdefs::name(row);
    own.is(name) || (unicode::check(name) && unicode::equal(own, name))
}

fn update_subclasses(ty: *mut PyTypeObject, name: &Object, starts: &[usize]) -> Result<()> {
    for &start in starts {
        update_one(ty, start);
    }
    for subclass in subclasses::heap_subclasses(ty) {
        let subclass = subclass.cast::<PyTypeObject>();
        let dict = super::dict_of(subclass).expect("a live class has a dict");
        if !dict::contains(dict, name)? {
            update_subclasses(subclass, name, starts)?;
        }
    }
    Ok(())
}

/// One slot, which the rows from `at` on are about; gives the first row behind them.
fn update_one(ty: *mut PyTypeObject, at: usize) -> usize {
    let rows = slotdefs::all();
    let offset = rows[at].offset;
    let end = at + rows[at..].iter().take_while(|row| row.offset == offset).count();
    let place = slotdefs::place(ty, offset);
    if place.is_null() {
        return end;
    }
    let is_slot = |slot: usize| offset as usize == slot;
    let mut generic: *mut c_void = ptr::null_mut();
    let mut specific: *mut c_void = ptr::null_mut();
    let mut use_generic = false;
    // SAFETY: a live class; layout: types are checked before.
    unsafe {
        for row in &rows[at..end] {
            let name = slotdefs::name(row);
            let found = cache::find(ty, name).unwrap_or_else(|raised| {
                drop(error::caught(raised));
                None
            });
            let Some(found) = found else {
                if is_slot(offset_of!(PyTypeObject, tp_iternext)) {
                    specific = _PyObject_NextNotImplemented as *const () as *mut c_void;
                }
                continue;
            };
            if found.is_exact(&raw mut PyWrapperDescr_Type)
                && (*(*found.cast::<PyWrapperDescrObject>()).d_base).name_strobj == row.name_strobj
            {
                let descr = found.cast::<PyWrapperDescrObject>();
                let only = only_place(ty, name);
                if only.is_null() || only == place {
                    generic = row.function;
                }
                let fits = (specific.is_null() || specific == (*descr).d_wrapped)
                    && exports::same_slot((*(*descr).d_base).wrapper, row.wrapper)
                    && (*(*descr).d_base).flags == row.flags
                    && is_subtype(ty, (*descr).d_common.d_type);
                if fits {
                    specific = (*descr).d_wrapped;
                } else {
                    // Several methods share the slot, or the wrapper is another slot's or another class's.
                    use_generic = true;
                }
            } else if is_slot(offset_of!(PyTypeObject, tp_new))
                && found.is_exact(&raw mut cfunction::PyCFunction_Type)
                && fill::is_new_wrapper(found)
            {
                // The base's `tp_new` was inherited already.
                specific = *place;
            } else if found.is_exact(&raw mut PyMethodDescr_Type) && is_function_of(found, *place) {
                // `list.__getitem__` is a method, so that calling it by name is cheap; it is the function in the slot.
                specific = *place;
            } else if is_slot(offset_of!(PyTypeObject, tp_hash)) && found.is_none() {
                specific = PyObject_HashNotImplemented as *const () as *mut c_void;
            } else {
                use_generic = true;
                generic = row.function;
                if row.function == slots::slot_tp_call as *const () as *mut c_void {
                    (*ty).tp_flags &= !Py_TPFLAGS_HAVE_VECTORCALL;
                }
            }
        }
        *place = if !specific.is_null() && !use_generic { specific } else { generic };
    }
    end
}

/// The method's function is the one at this address.
///
/// # Safety
/// `method` is a method descriptor.
unsafe fn is_function_of(method: &Object, slot: *mut c_void) -> bool {
    // SAFETY: layout: the caller's word.
    unsafe {
        let def = (*method.cast::<PyMethodDescrObject>()).d_method;
        !slot.is_null() && exports::same((*def).ml_meth, slot.cast_const().cast())
    }
}

/// Of the slots that `name` stands for, the one that is filled; NULL if none or several are.
fn only_place(ty: *mut PyTypeObject, name: &Object) -> *mut *mut c_void {
    let mut only: *mut *mut c_void = ptr::null_mut();
    for row in slotdefs::all() {
        if !slotdefs::name(row).is(name) {
            continue;
        }
        let place = slotdefs::place(ty, row.offset);
        // SAFETY: a slot of the class.
        if place.is_null() || unsafe { (*place).is_null() } {
            continue;
        }
        if !only.is_null() {
            return ptr::null_mut();
        }
        only = place;
    }
    only
}
