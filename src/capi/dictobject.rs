//! `dictobject.h`, `cpython/dictobject.h`, `internal/pycore_dict.h`.
//!
//! Not provided: `_PyDict_LoadGlobalStackRef`, because it takes the evaluator's own references.

use crate::abi::*;
use crate::object::ptr::raw_or_null;
use crate::object::{BorrowedReturn, Object, Owned, Result, above, api, error};
use crate::types::dict::{self, checked, merge, methods, watch};
use crate::types::{list, unicode};
use std::ffi::CStr;
use std::ptr;

/// A key given as UTF-8.
///
/// # Safety
/// `key` is a C string.
unsafe fn key_of(key: *const c_char) -> Result<Owned> {
    // SAFETY: the caller's contract.
    unicode::from_utf8(unsafe { CStr::from_ptr(key) }.to_bytes())
}

/// As [`key_of`] for a key that stays in a dict: interned.
///
/// # Safety
/// `key` is a C string.
unsafe fn interned_key(key: *const c_char) -> Result<Owned> {
    // SAFETY: the caller's contract.
    Ok(unicode::intern(unsafe { key_of(key) }?))
}

/// Puts what was found, or NULL, where the caller wants it; 1 if there is something.
///
/// # Safety
/// `result` is valid.
unsafe fn store(result: *mut *mut PyObject, found: Option<Owned>) -> c_int {
    let there = found.is_some();
    // SAFETY: the caller's contract.
    unsafe { *result = raw_or_null(found) };
    there as c_int
}

/// A new empty dict. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_New() -> *mut PyObject {
    api(dict::new)
}

/// A new dict with room for `minused` entries. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDict_NewPresized(minused: Py_ssize_t) -> *mut PyObject {
    api(|| dict::with_room(minused.max(0) as usize))
}

/// A new dict of `length` keys and values that stand at regular distances in two arrays. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDict_FromItems(
    keys: *const *mut PyObject,
    keys_offset: Py_ssize_t,
    values: *const *mut PyObject,
    values_offset: Py_ssize_t,
    length: Py_ssize_t,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { merge::from_items(keys, keys_offset, values, values_offset, length) })
}

/// The value of `key`. Borrowed reference; NULL without an error if there is none or `mp` is no dict. Errors of hashing
/// and comparing are reported and swallowed; an error that was set stays.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_GetItem(mp: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe {
        let Some(dict) = Object::optional(mp).filter(|o| dict::check(o)) else { return ptr::null_mut() };
        get_quietly(dict, Object::from_ptr(key), QUIET_ITEM)
    }
}

const QUIET_ITEM: &str =
    "Exception ignored in PyDict_GetItem(); consider using PyDict_GetItemRef() or PyDict_GetItemWithError()";
const QUIET_STRING: &str = "Exception ignored in PyDict_GetItemString(); consider using PyDict_GetItemRefString()";

fn get_quietly(dict: &Object, key: &Object, complaint: &str) -> *mut PyObject {
    error::aside(|| match dict::get_borrowed(dict, key) {
        Ok(found) => found.map_or(ptr::null_mut(), Object::as_ptr),
        Err(_) => {
            above::unraisable(complaint, None);
            ptr::null_mut()
        }
    })
}

/// The value of `key`. Borrowed reference; NULL without an error if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_GetItemWithError(mp: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { borrowed(dict::get_borrowed(checked(mp)?, Object::from_ptr(key))) })
}

fn borrowed(found: Result<Option<&Object>>) -> Result<BorrowedReturn> {
    Ok(found?.map_or_else(BorrowedReturn::null, BorrowedReturn::new))
}

/// As `PyDict_GetItemWithError` for a key whose hash is known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDict_GetItem_KnownHash(
    mp: *mut PyObject,
    key: *mut PyObject,
    hash: Py_hash_t,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { borrowed(dict::get_borrowed_hashed(checked(mp)?, Object::from_ptr(key), hash)) })
}

/// Stores the value of `key` as a new reference, or NULL. 1 if it was there, 0 if not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_GetItemRef(mp: *mut PyObject, key: *mut PyObject, result: *mut *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        *result = ptr::null_mut();
        api(|| Ok(store(result, dict::get(checked(mp)?, Object::from_ptr(key))?)))
    }
}

/// As `PyDict_GetItemRef` for a key whose hash is known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDict_GetItemRef_KnownHash_LockHeld(
    op: *mut PyDictObject,
    key: *mut PyObject,
    hash: Py_hash_t,
    result: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        *result = ptr::null_mut();
        api(|| Ok(store(result, dict::get_hashed(Object::from_ptr(op.cast()), Object::from_ptr(key), hash)?)))
    }
}

/// As `PyDict_GetItem` with the key as UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_GetItemString(mp: *mut PyObject, key: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe {
        let key = match key_of(key) {
            Ok(key) => key,
            Err(_) => {
                above::unraisable(QUIET_STRING, None);
                return ptr::null_mut();
            }
        };
        let Some(dict) = Object::optional(mp).filter(|o| dict::check(o)) else { return ptr::null_mut() };
        get_quietly(dict, &key, QUIET_STRING)
    }
}

/// As `PyDict_GetItemWithError` with the key as UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDict_GetItemStringWithError(mp: *mut PyObject, key: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let key = key_of(key)?;
        borrowed(dict::get_borrowed(checked(mp)?, &key))
    })
}

/// As `PyDict_GetItemRef` with the key as UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_GetItemStringRef(
    mp: *mut PyObject,
    key: *const c_char,
    result: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        *result = ptr::null_mut();
        api(|| {
            let key = key_of(key)?;
            Ok(store(result, dict::get(checked(mp)?, &key)?))
        })
    }
}

/// Lets `key` have the value `item`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_SetItem(mp: *mut PyObject, key: *mut PyObject, item: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { dict::set(checked(mp)?, Object::from_ptr(key), Object::from_ptr(item)) })
}

/// As `PyDict_SetItem` for a key whose hash is known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDict_SetItem_KnownHash(
    mp: *mut PyObject,
    key: *mut PyObject,
    item: *mut PyObject,
    hash: Py_hash_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { dict::set_hashed(checked(mp)?, Object::from_ptr(key), hash, Object::from_ptr(item)) })
}

/// As `_PyDict_SetItem_KnownHash`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDict_SetItem_KnownHash_LockHeld(
    mp: *mut PyDictObject,
    key: *mut PyObject,
    value: *mut PyObject,
    hash: Py_hash_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { dict::set_hashed(checked(mp.cast())?, Object::from_ptr(key), hash, Object::from_ptr(value)) })
}

/// As `PyDict_SetItem`, taking over the references to key and value.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDict_SetItem_Take2(
    op: *mut PyDictObject,
    key: *mut PyObject,
    value: *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let (key, value) = (Owned::from_raw(key), Owned::from_raw(value));
        dict::set(Object::from_ptr(op.cast()), &key, &value)
    })
}

/// As `PyDict_SetItem` with the key as UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_SetItemString(mp: *mut PyObject, key: *const c_char, item: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let key = interned_key(key)?;
        dict::set(checked(mp)?, &key, Object::from_ptr(item))
    })
}

/// Deletes `key`. `KeyError` if it is not there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_DelItem(mp: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { dict::del(checked(mp)?, Object::from_ptr(key)) })
}

/// As `PyDict_DelItem` for a key whose hash is known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDict_DelItem_KnownHash(mp: *mut PyObject, key: *mut PyObject, hash: Py_hash_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { dict::del_hashed(checked(mp)?, Object::from_ptr(key), hash) })
}

/// Deletes `key` if `predicate` says 1 of its value. 1 if it did, 0 if not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDict_DelItemIf(
    mp: *mut PyObject,
    key: *mut PyObject,
    predicate: Option<unsafe extern "C" fn(*mut PyObject, *mut c_void) -> c_int>,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        dict::del_if(checked(mp)?, Object::from_ptr(key), |value| {
            match predicate.map_or(0, |predicate| predicate(value.as_ptr(), arg)) {
                -1 => Err(crate::object::Raised::already()),
                answer => Ok(answer != 0),
            }
        })
    })
}

/// As `PyDict_DelItem` with the key as UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_DelItemString(mp: *mut PyObject, key: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let key = key_of(key)?;
        dict::del(checked(mp)?, &key)
    })
}

/// Removes all entries. Nothing happens to what is no dict.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Clear(mp: *mut PyObject) {
    // SAFETY: the caller's contract.
    if let Some(dict) = unsafe { Object::optional(mp) }.filter(|o| dict::check(o)) {
        dict::clear(dict);
    }
}

/// The next entry, from `*pos` (0 at first) on: 1, with borrowed key and value where they are wanted, or 0 at the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Next(
    mp: *mut PyObject,
    pos: *mut Py_ssize_t,
    key: *mut *mut PyObject,
    value: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let Some(dict) = Object::optional(mp).filter(|o| dict::check(o)) else { return 0 };
        let Some((k, v)) = dict::next(dict, &mut *pos) else { return 0 };
        if !key.is_null() {
            *key = k.as_ptr();
        }
        if !value.is_null() {
            *value = v.as_ptr();
        }
        1
    }
}

/// A list of the keys. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Keys(mp: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| list::from_owned(dict::entries(unsafe { checked(mp) }?).map(|(key, _)| key).collect()))
}

/// A list of the values. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Values(mp: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| list::from_owned(dict::entries(unsafe { checked(mp) }?).map(|(_, value)| value).collect()))
}

/// A list of (key, value) tuples. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Items(mp: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        let dict = unsafe { checked(mp) }?;
        let pairs = dict::entries(dict)
            .map(|(key, value)| crate::types::tuple::from_slice(&[&key, &value]))
            .collect::<Result<Vec<Owned>>>()?;
        list::from_owned(pairs)
    })
}

/// How many entries there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Size(mp: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| Ok(dict::len(unsafe { checked(mp) }?)))
}

/// The bytes that the dict takes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDict_SizeOf(mp: *mut PyDictObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    methods::size_of_dict(unsafe { Object::from_ptr(mp.cast()) }) as Py_ssize_t
}

/// A copy of exact type dict. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Copy(mp: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| dict::copy(unsafe { checked(mp) }?))
}

/// 1 if `key` is there, 0 if not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Contains(mp: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { dict::contains(checked(mp)?, Object::from_ptr(key)) })
}

/// As `PyDict_Contains` with the key as UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_ContainsString(mp: *mut PyObject, key: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let key = key_of(key)?;
        dict::contains(checked(mp)?, &key)
    })
}

/// `PyDict_Merge` that replaces.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Update(mp: *mut PyObject, other: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { PyDict_Merge(mp, other, 1) }
}

/// Takes over the entries of another mapping; keys that are there are replaced, or kept if `override` is 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Merge(mp: *mut PyObject, other: *mut PyObject, r#override: c_int) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let dict = checked(mp)?;
        let Some(other) = Object::optional(other) else { return Err(error::bad_internal_call()) };
        dict::merge(dict, other, r#override != 0)
    })
}

/// As `PyDict_Merge`; with `override` 2 a key that is there already is a `KeyError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDict_MergeEx(mp: *mut PyObject, other: *mut PyObject, r#override: c_int) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let dict = checked(mp)?;
        let Some(other) = Object::optional(other) else { return Err(error::bad_internal_call()) };
        let existing = match r#override {
            0 => merge::Existing::Keep,
            1 => merge::Existing::Replace,
            _ => merge::Existing::Refuse,
        };
        merge::merge(dict, other, existing)
    })
}

/// Takes over the pairs that an iterable gives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_MergeFromSeq2(d: *mut PyObject, seq2: *mut PyObject, r#override: c_int) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { merge::merge_pairs(checked(d)?, Object::new(seq2)?, r#override != 0) })
}

/// The value of `key`, which is `defaultobj` if it was not there. Borrowed reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_SetDefault(
    mp: *mut PyObject,
    key: *mut PyObject,
    defaultobj: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract; the dict keeps the value.
    api(|| unsafe {
        let (value, _) = dict::set_default(checked(mp)?, Object::from_ptr(key), Object::from_ptr(defaultobj))?;
        Ok(BorrowedReturn::new(&value))
    })
}

/// As `PyDict_SetDefault`: 1 if the key was there, 0 if not; the value is stored as a new reference where it is wanted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_SetDefaultRef(
    mp: *mut PyObject,
    key: *mut PyObject,
    default_value: *mut PyObject,
    result: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        if !result.is_null() {
            *result = ptr::null_mut();
        }
        api(|| {
            let (value, there) =
                dict::set_default(checked(mp)?, Object::from_ptr(key), Object::from_ptr(default_value))?;
            if !result.is_null() {
                *result = value.into_raw();
            }
            Ok(there)
        })
    }
}

/// Takes `key` out: 1 with the value as a new reference where it is wanted, 0 with NULL if it was not there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Pop(mp: *mut PyObject, key: *mut PyObject, result: *mut *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { pop(mp, || Ok(Object::from_ptr(key).to_owned()), result) }
}

unsafe fn pop(mp: *mut PyObject, key: impl FnOnce() -> Result<Owned>, result: *mut *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        if !result.is_null() {
            *result = ptr::null_mut();
        }
        api(|| {
            let dict = checked(mp)?;
            // An empty dict does not look at the key, which may be anything.
            let value = if dict::len(dict) == 0 { None } else { dict::pop(dict, &*key()?)? };
            let there = value.is_some();
            if !result.is_null() {
                *result = raw_or_null(value);
            }
            Ok(there)
        })
    }
}

/// As `PyDict_Pop` with the key as UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_PopString(mp: *mut PyObject, key: *const c_char, result: *mut *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { pop(mp, || key_of(key), result) }
}

/// Takes `key` out. New reference: its value, or `default_value`; without one `KeyError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDict_Pop(
    mp: *mut PyObject,
    key: *mut PyObject,
    default_value: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let key = Object::from_ptr(key);
        match (dict::pop(checked(mp)?, key)?, Object::optional(default_value)) {
            (Some(value), _) => Ok(value),
            (None, Some(default)) => Ok(default.to_owned()),
            (None, None) => Err(dict::key_error(key)),
        }
    })
}

/// The value of `key` in `globals`, else in `builtins`. New reference; NULL without an error if neither has it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDict_LoadGlobal(
    globals: *mut PyDictObject,
    builtins: *mut PyDictObject,
    key: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let key = Object::from_ptr(key);
        let hash = key.hash()?;
        match dict::get_hashed(Object::from_ptr(globals.cast()), key, hash)? {
            Some(value) => Ok(Some(value)),
            None => dict::get_hashed(Object::from_ptr(builtins.cast()), key, hash),
        }
    })
}

/// Registers a watcher and gives its id. `RuntimeError` when there are too many.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_AddWatcher(callback: PyDict_WatchCallback) -> c_int {
    api(|| watch::add_watcher(callback))
}

/// Removes a watcher. `ValueError` for an id that is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_ClearWatcher(watcher_id: c_int) -> c_int {
    api(|| watch::clear_watcher(watcher_id))
}

/// Lets a watcher hear of the dict's changes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Watch(watcher_id: c_int, dict: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| watch::watch(watcher_id, unsafe { Object::new(dict) }?))
}

/// Ends what `PyDict_Watch` began.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyDict_Unwatch(watcher_id: c_int, dict: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| watch::unwatch(watcher_id, unsafe { Object::new(dict) }?))
}

/// Tells the watchers in `watcher_bits` of an event.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDict_SendEvent(
    watcher_bits: c_int,
    event: c_int,
    mp: *mut PyDictObject,
    key: *mut PyObject,
    value: *mut PyObject,
) {
    // SAFETY: the caller's contract.
    unsafe {
        let (key, value) = (Object::optional(key), Object::optional(value));
        watch::send_to(watcher_bits as u64, Object::from_ptr(mp.cast()), event, key, value);
    }
}
