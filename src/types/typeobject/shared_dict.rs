//! The dicts of types, and how those of the runtime's static types come about. A process has nearly two hundred such
//! types with two thousand attributes and uses few of them, so a type's dict is made when somebody first asks for it.
//! Until then the type has none (`tp_dict` is NULL, as outsiders see it in CPython too); its slots, bases and
//! resolution order are there since start-up.
//!
//! All interpreters share the dict. It and what it reaches are made in memory of the process's own, immortal from the
//! start, and never written to again. Interpreters that run at the same time may want it at the same time: each makes
//! one, and the first to put its own into the type wins; the others' are forgotten. So there is no lock, nobody waits,
//! and no order to keep; no foreign code runs, not even an allocator that somebody set. Names are the same objects in
//! all of them (`unicode::intern::shared`).

use super::{extension, fill, has_flag, is_heap, native, slotdefs, subclasses};
use crate::abi::*;
use crate::mem::forever::Life;
use crate::name;
use crate::object::{Object, Result};
use crate::state::fatal::fatal_error;
use crate::types::{dict, none, unicode};
use std::ffi::CStr;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, Ordering};

/// What the slots alone do not tell once they are inherited: noted beside the type's number when it is made ready.
pub const OWN_NEW: usize = 1 << 16;
pub const NO_HASH: usize = 1 << 17;

/// What the dict of a type holds that is in none of the type's tables.
pub trait More: Sync {
    /// At most so many entries.
    fn count(&self) -> usize;
    /// Adds them, all of them immortal in a static type.
    fn add(&self, dict: &Object) -> Result<()>;
    /// What a class on the heap was made of (`native`); NULL for a static type.
    fn pattern(&self) -> *mut PyTypeObject {
        ptr::null_mut()
    }
    /// Special methods that such a class inherits, although its slots could do them.
    fn inherited(&self) -> &[&'static str] {
        &[]
    }
}

/// Says of a type what more there is, if there is more.
pub type MoreOf = fn(*mut PyTypeObject) -> Option<&'static dyn More>;

static MORE_OF: OnceLock<MoreOf> = OnceLock::new();

/// Once in the process, before the first dict is made.
pub fn set_more_of(more_of: MoreOf) {
    MORE_OF.get_or_init(|| more_of);
}

/// One of the runtime's own static types.
pub fn is_shared(ty: *mut PyTypeObject) -> bool {
    has_flag(ty, _Py_TPFLAGS_STATIC_BUILTIN) && !extension::is_one(ty)
}

/// A type's dict; none for a type that is not ready.
#[inline(always)]
pub fn dict_of<'a>(ty: *mut PyTypeObject) -> Option<&'a Object> {
    // SAFETY: a live type. The dict of a shared one is whole when it is there.
    unsafe {
        let dict = AtomicPtr::from_ptr(&raw mut (*ty).tp_dict).load(Ordering::Acquire);
        if dict.is_null() { make(ty) } else { Some(Object::from_ptr(dict)) }
    }
}

/// The dict of a type that is ready.
///
/// # Safety
/// The type is ready.
#[inline(always)]
pub unsafe fn dict_of_ready<'a>(ty: *mut PyTypeObject) -> &'a Object {
    // SAFETY: the caller's word: it has one, or gets one.
    unsafe { dict_of(ty).unwrap_unchecked() }
}

/// The dict in which to look `name` up: none if it is certain without a dict that the type does not define it. Most
/// questions to most types are such: special methods that a class might have.
#[inline(always)]
pub fn dict_to_ask<'a>(ty: *mut PyTypeObject, name: &Object) -> Option<&'a Object> {
    // SAFETY: as `dict_of`.
    unsafe {
        let dict = AtomicPtr::from_ptr(&raw mut (*ty).tp_dict).load(Ordering::Acquire);
        if !dict.is_null() {
            return Some(Object::from_ptr(dict));
        }
    }
    if may_define(ty, name) { make(ty) } else { None }
}

/// False if a type that has no dict yet will not have `name` in it. Interned names that are equal are the same.
#[cold]
#[inline(never)]
fn may_define(ty: *mut PyTypeObject, name: &Object) -> bool {
    if !is_shared(ty) || !unicode::check_exact(name) || unicode::layout::interned(name) == 0 || unicode::len(name) == 0
    {
        return true;
    }
    let always = [name!(__doc__), name!(__new__), name!(__hash__)];
    if always.iter().any(|other| other.is(name)) || MORE_OF.get().is_some_and(|more_of| more_of(ty).is_some()) {
        return true;
    }
    if slotdefs::of_filled_suites(ty)
        .any(|row| slotdefs::name(row).is(name) && fill::own_function(ty, ty, row).is_some())
    {
        return true;
    }
    in_tables(ty, name)
}

/// The type's tables have an entry of this name, which is not empty.
fn in_tables(ty: *mut PyTypeObject, name: &Object) -> bool {
    let text = unicode::layout::chars(name).bytes();
    // SAFETY: the tables' names are C strings, and an empty entry ends each table.
    unsafe {
        let is_it = |other: *const c_char| *other.cast::<u8>() == text[0] && CStr::from_ptr(other).to_bytes() == text;
        names_of((*ty).tp_methods, |def| def.ml_name).any(is_it)
            || names_of((*ty).tp_members, |def| def.name).any(is_it)
            || names_of((*ty).tp_getset, |def| def.name).any(is_it)
    }
}

/// The names in a table.
unsafe fn names_of<T>(mut entry: *mut T, name: impl Fn(&T) -> *const c_char) -> impl Iterator<Item = *const c_char> {
    std::iter::from_fn(move || {
        if entry.is_null() {
            return None;
        }
        // SAFETY: the caller's word: an entry without a name ends the table.
        let found = name(unsafe { &*entry });
        entry = entry.wrapping_add(1);
        (!found.is_null()).then_some(found)
    })
}

#[cold]
#[inline(never)]
fn make<'a>(ty: *mut PyTypeObject) -> Option<&'a Object> {
    if !is_shared(ty) {
        if extension::is_one(ty) {
            return subclasses::static_dict(ty);
        }
        if !is_heap(ty) || !has_flag(ty, Py_TPFLAGS_READY) {
            return None;
        }
        return MORE_OF.get().and_then(|more_of| more_of(ty)).map(|more| native::make_dict(ty, more));
    }
    if !has_flag(ty, Py_TPFLAGS_READY) {
        return None;
    }
    let Ok(dict) = filled(ty) else {
        fatal_error("type_add_methods", "a static type's tables are wrong");
    };
    // SAFETY: a static type. What is in the dict is seen with it.
    let place = unsafe { AtomicPtr::from_ptr(&raw mut (*ty).tp_dict) };
    match place.compare_exchange(ptr::null_mut(), dict.as_ptr(), Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => Some(dict),
        // SAFETY: another interpreter's, as whole as ours.
        Err(first) => Some(unsafe { Object::from_ptr(first) }),
    }
}

/// In the order in which `PyType_Ready` would have filled it.
fn filled(ty: *mut PyTypeObject) -> Result<&'static Object> {
    let notes = subclasses::notes(ty);
    // SAFETY: a ready type; its tables end with an empty entry.
    unsafe {
        let more = MORE_OF.get().and_then(|more_of| more_of(ty));
        let room = fill::count(ty) + fill::count_operators(ty) + more.map_or(0, More::count);
        let dict = dict::new_shared(room);
        if notes & OWN_NEW != 0 {
            fill::add_new_wrapper(ty, dict, Life::Shared)?;
        }
        fill::fill(ty, ty, dict, Life::Shared)?;
        if notes & NO_HASH != 0 {
            dict::set_default(dict, name!(__hash__), none::none_ref())?;
        }
        if let Some(more) = more {
            more.add(dict)?;
        }
        Ok(dict)
    }
}
