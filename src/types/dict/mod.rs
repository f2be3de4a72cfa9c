//! `dict`: the object and the operations that everything else is made of. The table is in `keys` and `find`, finding a
//! key in `lookup`; what Python sees is in `methods`, `views` and `iter`.
//!
//! Foreign code (`__hash__`, `__eq__`, destructors, watchers) may change a dict while we work on it. So an entry
//! pointer is used at once and never over such a call, `ma_keys` is read anew behind it, and each replacement of the
//! table counts up the upper half of `_ma_watcher_tag`: an equal count says that the table is still the same block.

pub mod find;
pub mod iter;
pub mod keys;
mod lookup;
pub mod merge;
pub mod methods;
mod order;
pub mod views;
pub mod watch;

use crate::abi::*;
use crate::mem::{forever, gc, refcount};
use crate::object::{Object, Owned, Raised, Result, lifecycle};
use crate::state;
use crate::types::{exceptions, unicode};
use find::Place;
use keys::{Entry, Keys};
use lookup::lookup;
pub use lookup::{hash_key, known_hash, unhashable};
pub use order::*;
use std::ptr;

#[unsafe(no_mangle)]
pub static mut PyDict_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"dict".as_ptr(),
    tp_basicsize: size_of::<PyDictObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(methods::repr),
    tp_as_number: suite(&methods::AS_NUMBER),
    tp_as_sequence: suite(&methods::AS_SEQUENCE),
    tp_as_mapping: suite(&methods::AS_MAPPING),
    tp_flags: Py_TPFLAGS_DEFAULT
        | Py_TPFLAGS_HAVE_GC
        | Py_TPFLAGS_BASETYPE
        | Py_TPFLAGS_DICT_SUBCLASS
        | _Py_TPFLAGS_MATCH_SELF
        | Py_TPFLAGS_MAPPING,
    tp_doc: methods::DOC.as_ptr(),
    tp_traverse: Some(traverse),
    tp_clear: Some(clear_slot),
    tp_richcompare: Some(methods::richcompare),
    tp_iter: Some(iter::iter_slot),
    tp_methods: table(&methods::METHODS),
    tp_init: Some(methods::init),
    tp_new: Some(new_slot),
    tp_vectorcall: Some(methods::vectorcall),
    ..PyTypeObject::EMPTY
};

/// How many dead dicts an interpreter keeps.
const MAX_FREE: usize = 80;

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.has_flag(Py_TPFLAGS_DICT_SUBCLASS)
}

#[inline(always)]
pub fn check_exact(o: &Object) -> bool {
    o.is_exact(&raw mut PyDict_Type)
}

/// The argument of an export that wants a dict: `SystemError` for anything else, NULL included.
///
/// # Safety
/// `op` is NULL or alive for `'a`.
#[inline(always)]
#[track_caller]
pub unsafe fn checked<'a>(op: *mut PyObject) -> Result<&'a Object> {
    // SAFETY: the caller's word.
    unsafe { Object::checked(op, check) }
}

#[inline(always)]
pub(super) fn keys_of(dict: &Object) -> *mut Keys {
    // SAFETY: a dict.
    unsafe { (*dict.cast::<PyDictObject>()).ma_keys.cast() }
}

/// Changes with every replacement of the table.
#[inline(always)]
fn generation(dict: &Object) -> u32 {
    // SAFETY: a dict.
    unsafe { ((*dict.cast::<PyDictObject>())._ma_watcher_tag >> 32) as u32 }
}

/// Puts another table in place; the old one is the caller's to free.
#[inline]
fn replace_keys(dict: &Object, keys: *mut Keys) -> *mut Keys {
    // SAFETY: a dict.
    unsafe {
        let this = dict.cast::<PyDictObject>();
        (*this)._ma_watcher_tag = (*this)._ma_watcher_tag.wrapping_add(1 << 32);
        (&raw mut (*this).ma_keys).replace(keys.cast()).cast()
    }
}

/// A new empty dict.
#[inline]
pub fn new() -> Result<Owned> {
    // SAFETY: the table of no entries.
    unsafe { with_keys(keys::empty(), 0) }
}

/// A new dict with room for `n` entries (`_PyDict_NewPresized`).
pub fn with_room(n: usize) -> Result<Owned> {
    if n == 0 {
        return new();
    }
    // SAFETY: a table without entries.
    unsafe { with_keys(keys::new(keys::log2_for_entries(n))?, 0) }
}

/// A new dict with room for `n` entries that all interpreters share. Who makes it fills it before others see it.
pub fn new_shared(n: usize) -> &'static Object {
    // SAFETY: fresh; a dict's layout is of fixed size.
    unsafe {
        let op = forever::object(&raw mut PyDict_Type, size_of::<PyDictObject>());
        (*op.cast::<PyDictObject>()).ma_keys = keys::new_shared(keys::log2_for_entries(n)).cast();
        Object::from_ptr(op)
    }
}

/// Takes over the table, even if it fails.
unsafe fn with_keys(keys: *mut Keys, used: isize) -> Result<Owned> {
    // SAFETY: attached; the struct is written before anyone sees it.
    unsafe {
        let mut this = (*state::interp()).freelists.dicts.pop().cast::<PyDictObject>();
        if !this.is_null() {
            (*this).ob_base.ob_type = &raw mut PyDict_Type;
            lifecycle::new_reference(this.cast());
        } else {
            this = match lifecycle::gc_new_builtin(&raw mut PyDict_Type) {
                Ok(this) => this,
                Err(raised) => {
                    keys::free(keys);
                    return Err(raised);
                }
            };
        }
        (*this).ma_used = used;
        (*this)._ma_watcher_tag = 0;
        (*this).ma_keys = keys.cast();
        (*this).ma_values = ptr::null_mut();
        gc::track(this.cast());
        Ok(Owned::from_raw(this.cast()))
    }
}

unsafe extern "C" fn new_slot(ty: *mut PyTypeObject, _args: *mut PyObject, _kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; tp_alloc gives zeroed memory.
    unsafe {
        let op = (*ty).tp_alloc.unwrap_unchecked()(ty, 0);
        if !op.is_null() {
            (*op.cast::<PyDictObject>()).ma_keys = keys::empty().cast();
        }
        op
    }
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot: nobody else refers to the dict.
    unsafe {
        let this = op.cast::<PyDictObject>();
        if (*this)._ma_watcher_tag & watch::MASK != 0 {
            // The watchers see the dict alive for once.
            (*op).ob_refcnt = 1;
            watch::send(Object::from_ptr(op), PyDict_EVENT_DEALLOCATED, None, None);
            (*op).ob_refcnt -= 1;
            if (*op).ob_refcnt > 0 {
                return;
            }
        }
        gc::untrack(op);
        let keys = (*this).ma_keys.cast::<Keys>();
        if keys != keys::empty() {
            (*this).ma_keys = keys::empty().cast();
            keys::free(keys);
        }
        let ty = (*op).ob_type;
        if ty == &raw mut PyDict_Type {
            if !(*state::interp()).freelists.dicts.push(op.cast(), MAX_FREE) {
                lifecycle::gc_free_builtin(op);
            }
        } else {
            (*ty).tp_free.unwrap_unchecked()(op.cast());
        }
    }
}

/// Shows what an exact dict refers to, as [`traverse`] does; str, which refer to nothing, may be left out.
///
/// # Safety
/// A live dict, which `visit` does not change.
#[inline(always)]
pub unsafe fn each_held(op: *mut PyObject, mut visit: impl FnMut(*mut PyObject)) {
    // SAFETY: the caller's word.
    unsafe {
        let keys = (*op.cast::<PyDictObject>()).ma_keys.cast::<Keys>();
        if keys.is_null() {
            return;
        }
        let keys_too = !(*keys).str_only;
        let mut entry = keys::entries(keys);
        for _ in 0..(*keys).filled {
            if !(*entry).key.is_null() {
                visit((*entry).value);
                if keys_too {
                    visit((*entry).key);
                }
            }
            entry = entry.add(1);
        }
    }
}

unsafe extern "C" fn traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let keys = (*op.cast::<PyDictObject>()).ma_keys.cast::<Keys>();
        if keys.is_null() {
            return 0;
        }
        let visit = visit.unwrap_unchecked();
        let keys_too = !(*keys).str_only;
        let mut entry = keys::entries(keys);
        for _ in 0..(*keys).filled {
            if !(*entry).key.is_null() {
                let done = visit((*entry).value, arg);
                if done != 0 {
                    return done;
                }
                if keys_too {
                    let done = visit((*entry).key, arg);
                    if done != 0 {
                        return done;
                    }
                }
            }
            entry = entry.add(1);
        }
    }
    0
}

unsafe extern "C" fn clear_slot(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    clear(unsafe { Object::from_ptr(op) });
    0
}

/// The value of `key`, or `None` (`PyDict_GetItemRef`). All functions here want a dict or a subclass's instance.
#[inline]
pub fn get(dict: &Object, key: &Object) -> Result<Option<Owned>> {
    get_hashed(dict, key, hash_key(key)?)
}

/// As [`get`] for a hash that is known.
#[inline]
pub fn get_hashed(dict: &Object, key: &Object, hash: Py_hash_t) -> Result<Option<Owned>> {
    Ok(get_borrowed_hashed(dict, key, hash)?.map(Object::to_owned))
}

/// As [`get`] with a borrowed value: valid until the dict changes. `key` is a str, so nothing foreign runs for dicts
/// with str keys only.
#[inline]
pub fn get_borrowed<'a>(dict: &'a Object, key: &Object) -> Result<Option<&'a Object>> {
    get_borrowed_hashed(dict, key, hash_key(key)?)
}

#[inline]
pub fn get_borrowed_hashed<'a>(dict: &'a Object, key: &Object, hash: Py_hash_t) -> Result<Option<&'a Object>> {
    let entry = lookup(dict, key, hash)?;
    if entry.is_null() {
        return Ok(None);
    }
    // SAFETY: an entry in use has a value, which the dict owns.
    Ok(Some(unsafe { Object::from_ptr((*entry).value) }))
}

pub fn get_str(dict: &Object, key: &str) -> Result<Option<Owned>> {
    get(dict, &*unicode::from_str(key)?)
}

#[inline]
pub fn set(dict: &Object, key: &Object, value: &Object) -> Result<()> {
    set_hashed(dict, key, hash_key(key)?, value)
}

/// As [`set`] for a hash that is known.
#[inline]
pub fn set_hashed(dict: &Object, key: &Object, hash: Py_hash_t, value: &Object) -> Result<()> {
    let keys = keys_of(dict);
    // SAFETY: a dict's table.
    let all_str = unsafe { (*keys).str_only } && key.is_exact(&raw mut unicode::PyUnicode_Type);
    if !all_str {
        return match lookup(dict, key, hash)? {
            entry if entry.is_null() => add(dict, key, hash, value),
            entry => replace_value(dict, key, hash, entry, value),
        };
    }
    // SAFETY: a dict and its table; nothing foreign runs before the entry is written.
    unsafe {
        match find::place_str(keys, key.as_ptr(), hash) {
            Place::Entry(entry) => replace_value(dict, key, hash, entry, value),
            Place::Free(slot) if (*keys).usable > 0 && !watch::watched(dict) => {
                refcount::incref(key.as_ptr());
                refcount::incref(value.as_ptr());
                keys::add_at(keys, slot, hash, key.as_ptr(), value.as_ptr());
                (*dict.cast::<PyDictObject>()).ma_used += 1;
                Ok(())
            }
            Place::Free(_) => add(dict, key, hash, value),
        }
    }
}

/// Puts `value` in an entry, which has just been looked up.
#[inline(always)]
fn replace_value(dict: &Object, key: &Object, hash: Py_hash_t, entry: *mut Entry, value: &Object) -> Result<()> {
    // SAFETY: an entry in use; watchers must not change the dict, and the entry is not used behind the decref.
    unsafe {
        let old = (*entry).value;
        if value.is_ptr(old) {
            return Ok(());
        }
        if watch::watched(dict) {
            watch::send(dict, PyDict_EVENT_MODIFIED, Some(key), Some(value));
            return set_after_event(dict, key, hash, value);
        }
        refcount::incref(value.as_ptr());
        (*entry).value = value.as_ptr();
        refcount::decref(old);
    }
    Ok(())
}

/// Adds different names to a dict without entries that nobody watches.
pub fn fill_fresh<const N: usize>(dict: &Object, names: [(&Object, &Object); N]) -> Result<()> {
    debug_assert!(len(dict) == 0 && !watch::watched(dict));
    let mut keys = keys_of(dict);
    // SAFETY: a dict's table, which has room for them then; what was deleted may have left less than its size says.
    unsafe {
        if ((*keys).usable as usize) < N {
            keys = resize(dict, keys::log2_for_entries(N))?;
        }
        keys::add_str(keys, names);
        (*dict.cast::<PyDictObject>()).ma_used = N as isize;
    }
    Ok(())
}

/// Sets once the watchers have been told: they may have done anything, so the entry is looked up again.
#[cold]
fn set_after_event(dict: &Object, key: &Object, hash: Py_hash_t, value: &Object) -> Result<()> {
    let entry = lookup(dict, key, hash)?;
    if entry.is_null() {
        return add_unseen(dict, key, hash, value);
    }
    // SAFETY: an entry in use.
    unsafe {
        let old = (&raw mut (*entry).value).replace(value.to_owned().into_raw());
        refcount::decref(old);
    }
    Ok(())
}

/// Adds a key that is not there.
#[inline]
fn add(dict: &Object, key: &Object, hash: Py_hash_t, value: &Object) -> Result<()> {
    if watch::watched(dict) {
        watch::send(dict, PyDict_EVENT_ADDED, Some(key), Some(value));
    }
    add_unseen(dict, key, hash, value)
}

#[inline(always)]
fn add_unseen(dict: &Object, key: &Object, hash: Py_hash_t, value: &Object) -> Result<()> {
    let mut keys = keys_of(dict);
    // SAFETY: a dict and its table; nothing foreign runs here.
    unsafe {
        if (*keys).usable == 0 {
            keys = grow(dict)?;
        }
        refcount::incref(key.as_ptr());
        refcount::incref(value.as_ptr());
        keys::add(keys, hash, key.as_ptr(), value.as_ptr());
        (*dict.cast::<PyDictObject>()).ma_used += 1;
    }
    Ok(())
}

/// Makes room for more entries: three slots for each in use.
#[inline(never)]
fn grow(dict: &Object) -> Result<*mut Keys> {
    let used = len(dict) as usize;
    resize(dict, keys::log2_for_slots(used.saturating_mul(3)))
}

/// Builds the table anew, without the places of deleted entries.
fn resize(dict: &Object, log2_size: u8) -> Result<*mut Keys> {
    let old = keys_of(dict);
    // SAFETY: a dict's table; its references move to the new one.
    unsafe {
        let new = if old == keys::empty() { keys::new(log2_size)? } else { keys::rebuild(old, log2_size)? };
        replace_keys(dict, new);
        keys::free_block(old);
        Ok(new)
    }
}

/// Makes room for `n` entries in all.
pub fn reserve(dict: &Object, n: usize) -> Result<()> {
    let log2_size = keys::log2_for_entries(n);
    // SAFETY: a dict's table.
    if unsafe { (*keys_of(dict)).log2_size } < log2_size {
        resize(dict, log2_size)?;
    }
    Ok(())
}

/// With the key as text, interned.
pub fn set_str(dict: &Object, key: &str, value: &Object) -> Result<()> {
    set(dict, &*unicode::intern_str(key)?, value)
}

/// `KeyError` if `key` is not there.
pub fn del(dict: &Object, key: &Object) -> Result<()> {
    del_hashed(dict, key, hash_key(key)?)
}

pub fn del_hashed(dict: &Object, key: &Object, hash: Py_hash_t) -> Result<()> {
    if pop_hashed(dict, key, hash)?.is_none() {
        return Err(key_error(key));
    }
    Ok(())
}

/// `KeyError` whose argument is the key itself (`_PyErr_SetKeyError`).
#[cold]
pub fn key_error(key: &Object) -> Raised {
    // SAFETY: a builtin exception is static.
    let class = unsafe { Object::from_ptr((&raw mut exceptions::KeyError).cast()) };
    // A tuple as key must not become the arguments.
    match class.call(&[key]) {
        Ok(exception) => exceptions::raise(class, Some(&exception)),
        Err(raised) => raised,
    }
}

/// Takes the value out; `None` if `key` is not there.
pub fn pop(dict: &Object, key: &Object) -> Result<Option<Owned>> {
    if len(dict) == 0 {
        return Ok(None);
    }
    pop_hashed(dict, key, hash_key(key)?)
}

pub fn pop_hashed(dict: &Object, key: &Object, hash: Py_hash_t) -> Result<Option<Owned>> {
    let mut entry = lookup(dict, key, hash)?;
    if entry.is_null() {
        return Ok(None);
    }
    if watch::watched(dict) {
        watch::send(dict, PyDict_EVENT_DELETED, Some(key), None);
        entry = lookup(dict, key, hash)?;
        if entry.is_null() {
            return Ok(None);
        }
    }
    // SAFETY: an entry in use.
    Ok(Some(unsafe { take(dict, entry) }))
}

/// Removes an entry, drops its key and gives its value.
unsafe fn take(dict: &Object, entry: *mut Entry) -> Owned {
    // SAFETY: the entry is in use; its references are ours behind the removal.
    unsafe {
        let old = keys::remove(keys_of(dict), entry);
        (*dict.cast::<PyDictObject>()).ma_used -= 1;
        let value = Owned::from_raw(old.value);
        refcount::decref(old.key);
        value
    }
}

/// Deletes `key` if `condition` says so of its value (`_PyDict_DelItemIf`): true if it did.
pub fn del_if(dict: &Object, key: &Object, condition: impl FnOnce(&Object) -> Result<bool>) -> Result<bool> {
    let hash = key.hash()?;
    let Some(value) = get_hashed(dict, key, hash)? else { return Ok(false) };
    if !condition(&value)? {
        return Ok(false);
    }
    Ok(pop_hashed(dict, key, hash)?.is_some())
}

/// The value of `key`, which becomes `default` if it was not there (`PyDict_SetDefaultRef`); true if it was there.
pub fn set_default(dict: &Object, key: &Object, default: &Object) -> Result<(Owned, bool)> {
    let hash = hash_key(key)?;
    if let Some(value) = get_hashed(dict, key, hash)? {
        return Ok((value, true));
    }
    add(dict, key, hash, default)?;
    Ok((default.to_owned(), false))
}

pub fn contains(dict: &Object, key: &Object) -> Result<bool> {
    contains_hashed(dict, key, hash_key(key)?)
}

pub fn contains_hashed(dict: &Object, key: &Object, hash: Py_hash_t) -> Result<bool> {
    Ok(!lookup(dict, key, hash)?.is_null())
}

#[inline(always)]
pub fn len(dict: &Object) -> isize {
    // SAFETY: a dict.
    unsafe { (*dict.cast::<PyDictObject>()).ma_used }
}

/// A copy of exact type dict.
pub fn copy(dict: &Object) -> Result<Owned> {
    let used = len(dict);
    if used == 0 {
        return new();
    }
    let keys = keys_of(dict);
    // SAFETY: a dict's table; a copy runs nothing foreign.
    unsafe {
        // Many deleted entries: a table of the right size instead.
        if used >= (*keys).filled * 2 / 3 {
            return with_keys(keys::duplicate(keys)?, used);
        }
    }
    let new = with_room(used as usize)?;
    let mut pos = 0;
    while let Some((key, value, hash)) = next_hashed(dict, &mut pos) {
        add_unseen(&new, key, hash, value)?;
    }
    Ok(new)
}

/// Makes an empty dict equal to `other`, by copying its table as a whole.
pub(super) fn fill_from(dict: &Object, other: &Object) -> Result<()> {
    // SAFETY: both are dicts; the empty one's table goes.
    unsafe {
        let new = keys::duplicate(keys_of(other))?;
        (*dict.cast::<PyDictObject>()).ma_used = len(other);
        keys::free(replace_keys(dict, new));
    }
    Ok(())
}

pub fn clear(dict: &Object) {
    if keys_of(dict) == keys::empty() {
        return;
    }
    if watch::watched(dict) {
        watch::send(dict, PyDict_EVENT_CLEARED, None, None);
    }
    // SAFETY: the dict is empty before any reference is given up.
    unsafe {
        (*dict.cast::<PyDictObject>()).ma_used = 0;
        let old = replace_keys(dict, keys::empty());
        if old != keys::empty() {
            keys::free(old);
        }
    }
}

/// `PyDict_Merge`: from any mapping.
pub fn merge(dict: &Object, other: &Object, override_existing: bool) -> Result<()> {
    let rule = if override_existing { merge::Existing::Replace } else { merge::Existing::Keep };
    merge::merge(dict, other, rule)
}
