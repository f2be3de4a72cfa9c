//! `setobject.h`, `internal/pycore_setobject.h`.

use crate::abi::*;
use crate::object::{Object, Owned, api, error};
use crate::types::set::{self, checked, checked_any};

/// A new set of the items of an iterable, or an empty one with NULL. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySet_New(iterable: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| set::operations::make(&raw mut set::PySet_Type, unsafe { Object::optional(iterable) }))
}

/// A new frozenset of the items of an iterable, or an empty one with NULL. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFrozenSet_New(iterable: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| set::operations::make(&raw mut set::PyFrozenSet_Type, unsafe { Object::optional(iterable) }))
}

/// How many keys there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySet_Size(anyset: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| Ok(set::len(unsafe { checked_any(anyset) }?)))
}

/// 1 if `key` is there, 0 if not. A set is not taken for a frozenset.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySet_Contains(anyset: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { set::contains(checked_any(anyset)?, Object::from_ptr(key)) })
}

/// As `PySet_Contains`, where a set is taken for a frozenset.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PySet_Contains(so: *mut PySetObject, key: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { set::operations::contains_or_frozen(Object::from_ptr(so.cast()), Object::from_ptr(key)) })
}

/// Adds a key to a set, or to a frozenset that nobody else has yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySet_Add(set: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let set = checked_any(set)?;
        if !set::check(set) && set.refcount() != 1 {
            return Err(error::bad_internal_call());
        }
        set::add(set, Object::from_ptr(key))
    })
}

/// Adds a key whose reference is taken over.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PySet_AddTakeRef(so: *mut PySetObject, key: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { set::add(Object::from_ptr(so.cast()), &Owned::from_raw(key)) })
}

/// Takes a key out: 1 if it was there, 0 if not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySet_Discard(set: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { set::discard(checked(set)?, Object::from_ptr(key)) })
}

/// Takes some key out. New reference. `KeyError` if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySet_Pop(set: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| set::pop(unsafe { checked(set) }?))
}

/// Removes all keys.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySet_Clear(set: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        set::clear(unsafe { checked(set) }?);
        Ok(())
    })
}

/// Adds all items of an iterable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PySet_Update(set: *mut PyObject, iterable: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { set::update(checked(set)?, Object::new(iterable)?) })
}

/// The next key, from `*pos` (0 at first) on: 1 with the key borrowed and its hash, or 0 at the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PySet_NextEntry(
    set: *mut PyObject,
    pos: *mut Py_ssize_t,
    key: *mut *mut PyObject,
    hash: *mut Py_hash_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let Some((k, h)) = set::next(checked_any(set)?, &mut *pos) else { return Ok(false) };
        (*key, *hash) = (k.as_ptr(), h);
        Ok(true)
    })
}

/// As `_PySet_NextEntry` with the key as a new reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PySet_NextEntryRef(
    set: *mut PyObject,
    pos: *mut Py_ssize_t,
    key: *mut *mut PyObject,
    hash: *mut Py_hash_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let Some((k, h)) = set::next(checked_any(set)?, &mut *pos) else { return Ok(false) };
        (*key, *hash) = (k.to_owned().into_raw(), h);
        Ok(true)
    })
}
