//! `set` and `frozenset`: the objects and the operations that everything else is made of. Their table is in `table`,
//! what Python sees in `methods` and `operations`, the iterator in `iter`.

pub mod iter;
pub mod late;
pub mod methods;
pub mod operations;
mod table;

pub use table::clear;
use table::{dummy, grow, insert_clean, is_full, lookup, lookup_or_place, make_empty, resize, swap};

use crate::abi::*;
use crate::mem::{domains, gc, refcount};
use crate::object::{Object, Owned, Result, lifecycle};
use crate::raise;
use crate::types::{dict, list, typeobject, weakref};
use std::mem::offset_of;
use std::ptr;

const SET: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_basicsize: size_of::<PySetObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(methods::repr),
    tp_as_sequence: suite(&methods::AS_SEQUENCE),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
    tp_traverse: Some(traverse),
    tp_clear: Some(clear_slot),
    tp_richcompare: Some(methods::richcompare),
    tp_weaklistoffset: offset_of!(PySetObject, weakreflist) as isize,
    tp_iter: Some(iter::iter_slot),
    ..PyTypeObject::EMPTY
};

#[unsafe(no_mangle)]
pub static mut PySet_Type: PyTypeObject = PyTypeObject {
    tp_name: c"set".as_ptr(),
    tp_as_number: suite(&methods::SET_AS_NUMBER),
    tp_doc: methods::SET_DOC.as_ptr(),
    tp_methods: table(&methods::SET_METHODS),
    tp_init: Some(methods::init),
    tp_new: Some(methods::new_set_slot),
    tp_vectorcall: Some(methods::set_vectorcall),
    ..SET
};

#[unsafe(no_mangle)]
pub static mut PyFrozenSet_Type: PyTypeObject = PyTypeObject {
    tp_name: c"frozenset".as_ptr(),
    tp_as_number: suite(&methods::FROZENSET_AS_NUMBER),
    tp_hash: Some(methods::frozenset_hash),
    tp_doc: methods::FROZENSET_DOC.as_ptr(),
    tp_methods: table(&methods::FROZENSET_METHODS),
    tp_new: Some(methods::new_frozenset_slot),
    tp_vectorcall: Some(methods::frozenset_vectorcall),
    ..SET
};

/// A set, a frozenset or an instance of a subclass (`PyAnySet_Check`).
#[inline]
pub fn check_any(o: &Object) -> bool {
    check_any_exact(o)
        || typeobject::is_subtype(o.ty(), &raw mut PySet_Type)
        || typeobject::is_subtype(o.ty(), &raw mut PyFrozenSet_Type)
}

#[inline(always)]
pub fn check_any_exact(o: &Object) -> bool {
    o.is_exact(&raw mut PySet_Type) || o.is_exact(&raw mut PyFrozenSet_Type)
}

/// A set that can be changed.
#[inline]
pub fn check(o: &Object) -> bool {
    o.is_a(&raw mut PySet_Type)
}

#[inline]
pub fn check_frozen(o: &Object) -> bool {
    o.is_a(&raw mut PyFrozenSet_Type)
}

#[inline(always)]
fn this(set: &Object) -> *mut PySetObject {
    set.cast()
}

#[inline(always)]
pub fn len(set: &Object) -> isize {
    // SAFETY: a set.
    unsafe { (*this(set)).used }
}

pub fn new() -> Result<Owned> {
    new_of(&raw mut PySet_Type)
}

pub fn new_frozen() -> Result<Owned> {
    new_of(&raw mut PyFrozenSet_Type)
}

/// An empty set of a type that is `set`, `frozenset` or derives from them.
pub fn new_of(ty: *mut PyTypeObject) -> Result<Owned> {
    // SAFETY: a fresh instance; tp_alloc gives zeroed memory, tracked.
    unsafe {
        if ty == &raw mut PySet_Type || ty == &raw mut PyFrozenSet_Type {
            let new = lifecycle::gc_new::<PySetObject>(ty)?;
            make_empty(new);
            (*new).weakreflist = ptr::null_mut();
            gc::track(new.cast());
            return Ok(Owned::from_raw(new.cast()));
        }
        let new = Owned::from_c((*ty).tp_alloc.unwrap_unchecked()(ty, 0))?;
        make_empty(new.cast());
        Ok(new)
    }
}

pub fn from_iterable(iterable: &Object) -> Result<Owned> {
    let set = new()?;
    update(&set, iterable)?;
    Ok(set)
}

/// The key's hash. `TypeError` "cannot use 'list' as a set element (unhashable type: 'list')".
#[inline]
fn hash_key(key: &Object) -> Result<Py_hash_t> {
    if let Some(hash) = dict::known_hash(key) {
        return Ok(hash);
    }
    key.hash().map_err(|raised| dict::unhashable(key, raised, "a set element"))
}

pub fn add(set: &Object, key: &Object) -> Result<()> {
    add_hashed(set, key, hash_key(key)?)
}

pub fn add_hashed(set: &Object, key: &Object, hash: Py_hash_t) -> Result<()> {
    // SAFETY: a set's table.
    if unsafe { (*(*this(set)).table.offset(hash & (*this(set)).mask)).key } == key.as_ptr() {
        return Ok(());
    }
    // The comparisons may drop what only the caller's borrow keeps.
    add_owned(set, key.to_owned(), hash)
}

#[inline]
fn add_owned(set: &Object, key: Owned, hash: Py_hash_t) -> Result<()> {
    let mut free = ptr::null_mut();
    let entry = lookup_or_place(set, &key, hash, &mut free)?;
    // SAFETY: entries of the table.
    unsafe {
        if !(*entry).key.is_null() {
            return Ok(());
        }
        if !free.is_null() {
            free.write(setentry { key: key.into_raw(), hash });
            (*this(set)).used += 1;
            return Ok(());
        }
        entry.write(setentry { key: key.into_raw(), hash });
        (*this(set)).fill += 1;
        (*this(set)).used += 1;
    }
    if is_full(set, 0) { grow(set) } else { Ok(()) }
}

pub fn contains(set: &Object, key: &Object) -> Result<bool> {
    let hash = hash_key(key)?;
    let this = this(set);
    // The key itself, at the first place it can have, needs no walk.
    // SAFETY: a set's table.
    if unsafe { key.is_ptr((*late::table(this).add(hash as usize & (*this).mask as usize)).key) } {
        return Ok(true);
    }
    contains_hashed(set, key, hash)
}

pub fn contains_hashed(set: &Object, key: &Object, hash: Py_hash_t) -> Result<bool> {
    // SAFETY: an entry of the table.
    Ok(unsafe { !(*lookup(set, key, hash)?).key.is_null() })
}

/// Takes the key out; false if it is not there.
pub fn discard(set: &Object, key: &Object) -> Result<bool> {
    discard_hashed(set, key, hash_key(key)?)
}

pub fn discard_hashed(set: &Object, key: &Object, hash: Py_hash_t) -> Result<bool> {
    let entry = lookup(set, key, hash)?;
    // SAFETY: an entry of the table; the reference is given up last.
    unsafe {
        if (*entry).key.is_null() {
            return Ok(false);
        }
        let old = (*entry).key;
        entry.write(setentry { key: dummy(), hash: -1 });
        (*this(set)).used -= 1;
        refcount::decref(old);
    }
    Ok(true)
}

/// Takes out some key; `KeyError` if there is none.
pub fn pop(set: &Object) -> Result<Owned> {
    if len(set) == 0 {
        return Err(raise!(KeyError, "pop from an empty set"));
    }
    // SAFETY: a set that is not empty has a key.
    unsafe {
        let this = this(set);
        let mask = (*this).mask as usize;
        let mut at = (*this).finger as usize & mask;
        while (*(*this).table.add(at)).key.is_null() || (*(*this).table.add(at)).key == dummy() {
            at = (at + 1) & mask;
        }
        let entry = (*this).table.add(at);
        let key = Owned::from_raw((*entry).key);
        entry.write(setentry { key: dummy(), hash: -1 });
        (*this).used -= 1;
        (*this).finger = at as isize + 1;
        Ok(key)
    }
}

/// The key at or behind `pos`, `pos` then standing behind it (`_PySet_NextEntry`).
#[inline]
pub fn next<'a>(set: &'a Object, pos: &mut isize) -> Option<(&'a Object, Py_hash_t)> {
    // SAFETY: a set's table.
    unsafe {
        let this = this(set);
        if *pos < 0 {
            return None;
        }
        let (table, mask, mut at) = (late::filled_table(this), (*this).mask, *pos);
        while at <= mask {
            let entry = table.offset(at);
            at += 1;
            if !(*entry).key.is_null() && (*entry).key != dummy() {
                *pos = at;
                return Some((Object::from_ptr((*entry).key), (*entry).hash));
            }
        }
        *pos = at;
    }
    None
}

/// The keys with their hashes, owned; as the set is by then.
pub fn each(set: &Object) -> impl Iterator<Item = (Owned, Py_hash_t)> + '_ {
    let mut pos = 0;
    std::iter::from_fn(move || next(set, &mut pos).map(|(key, hash)| (key.to_owned(), hash)))
}

/// All of another set, a dict's keys or an iterable (`_PySet_Update`).
pub fn update(set: &Object, other: &Object) -> Result<()> {
    if check_any(other) {
        return merge(set, other);
    }
    if dict::check_exact(other) {
        let n = dict::len(other);
        if n < 0 || is_full(set, n) {
            resize(set, (len(set) + n) as usize * 2)?;
        }
        let mut pos = 0;
        while let Some((key, _, hash)) = dict::next_hashed(other, &mut pos) {
            add_hashed(set, key, hash)?;
        }
        return Ok(());
    }
    if list::check_exact(other) {
        // As its iterator goes.
        for key in list::each(other) {
            let hash = hash_key(&key)?;
            add_owned(set, key, hash)?;
        }
        return Ok(());
    }
    let iterator = other.iter()?;
    while let Some(key) = iterator.next()? {
        let hash = hash_key(&key)?;
        add_owned(set, key, hash)?;
    }
    Ok(())
}

/// All keys of another set.
pub fn merge(set: &Object, other: &Object) -> Result<()> {
    if set.is(other) || len(other) == 0 {
        return Ok(());
    }
    if is_full(set, len(other)) {
        resize(set, (len(set) + len(other)) as usize * 2)?;
    }
    // SAFETY: two sets; into an empty one keys are copied, and nothing foreign runs.
    unsafe {
        let (to, from) = (this(set), this(other));
        if (*to).fill == 0 {
            let same = (*to).mask == (*from).mask && (*from).fill == (*from).used;
            let (table, mask) = ((*to).table, (*to).mask as usize);
            let mut entry = late::filled_table(from);
            let mut place = table;
            let mut left = (*from).used;
            while left > 0 {
                let key = (*entry).key;
                if !key.is_null() && key != dummy() {
                    left -= 1;
                    refcount::incref(key);
                    if same {
                        place.write(setentry { key, hash: (*entry).hash });
                    } else {
                        insert_clean(table, mask, key, (*entry).hash);
                    }
                }
                entry = entry.add(1);
                place = place.wrapping_add(1);
            }
            (*to).fill = (*from).used;
            (*to).used = (*from).used;
            return Ok(());
        }
    }
    for (key, hash) in each(other) {
        add_hashed(set, &key, hash)?;
    }
    Ok(())
}

/// The argument of an export that wants a set or frozenset.
///
/// # Safety
/// `op` is NULL or alive for `'a`.
#[track_caller]
pub unsafe fn checked_any<'a>(op: *mut PyObject) -> Result<&'a Object> {
    // SAFETY: the caller's word.
    unsafe { Object::checked(op, check_any) }
}

/// The argument of an export that wants a set that can be changed.
///
/// # Safety
/// `op` is NULL or alive for `'a`.
#[track_caller]
pub unsafe fn checked<'a>(op: *mut PyObject) -> Result<&'a Object> {
    // SAFETY: the caller's word.
    unsafe { Object::checked(op, check) }
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot: nobody else refers to the set.
    unsafe {
        gc::untrack(op);
        let this = op.cast::<PySetObject>();
        if !(*this).weakreflist.is_null() {
            weakref::clear_refs(Object::from_ptr(op));
        }
        let table = (*this).table;
        let mut left = (*this).used;
        let mut entry = table;
        while left > 0 {
            if !(*entry).key.is_null() && (*entry).key != dummy() {
                left -= 1;
                refcount::decref((*entry).key);
            }
            entry = entry.add(1);
        }
        if table != (&raw mut (*this).smalltable).cast() {
            domains::mem_free(table.cast());
        }
        (*(*op).ob_type).tp_free.unwrap_unchecked()(op.cast());
    }
}

unsafe extern "C" fn traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    let set = unsafe { Object::from_ptr(op) };
    let mut pos = 0;
    while let Some((key, _)) = next(set, &mut pos) {
        // SAFETY: slot.
        let done = unsafe { super::traverse::visit(key.as_ptr(), visit, arg) };
        if done != 0 {
            return done;
        }
    }
    0
}

unsafe extern "C" fn clear_slot(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    clear(unsafe { Object::from_ptr(op) });
    0
}
