//! `set` and `frozenset`: the objects and the operations that everything else is made of. What Python sees is in
//! `methods`, the iterator in `iter`.
//!
//! The table is an array of (key, hash), a power of two long. A key stands at its hash's place or, if that is taken, up
//! to nine places further; behind those the walk jumps. The layout is public and the order in which a set is iterated
//! shows in its repr, so the walk and the sizes are CPython's. A removed key leaves a dummy behind, which counts as
//! `fill` until the table is built anew.
//!
//! Foreign `__eq__` may change the set in the middle of a lookup: then the lookup starts again.

pub mod iter;
pub mod methods;
pub mod operations;

use crate::abi::*;
use crate::mem::{domains, gc, refcount};
use crate::object::{Object, Owned, Raised, Result, error, lifecycle};
use crate::raise;
use crate::types::{dict, list, typeobject, unicode, weakref};
use std::mem::offset_of;
use std::ptr;

const LINEAR_PROBES: usize = 9;
const PERTURB_SHIFT: u32 = 5;
const MIN_SIZE: usize = 8;

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

/// What stands for a removed key. Its type never shows.
static mut DUMMY: PyObject = PyObject::immortal(&raw mut typeobject::PyBaseObject_Type);

#[allow(non_upper_case_globals, reason = "CPython's name")]
#[unsafe(no_mangle)]
pub static mut _PySet_Dummy: *mut PyObject = &raw mut DUMMY;

#[inline(always)]
fn dummy() -> *mut PyObject {
    &raw mut DUMMY
}

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

unsafe fn make_empty(this: *mut PySetObject) {
    // SAFETY: a set struct whose table holds nothing that we own.
    unsafe {
        (*this).fill = 0;
        (*this).used = 0;
        (*this).mask = MIN_SIZE as isize - 1;
        (&raw mut (*this).smalltable).write_bytes(0, 1);
        (*this).table = (&raw mut (*this).smalltable).cast();
        (*this).hash = -1;
        (*this).finger = 0;
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

/// The entry of `key`, or the unused one where the walk ended.
#[inline]
fn lookup(set: &Object, key: &Object, hash: Py_hash_t) -> Result<*mut setentry> {
    lookup_or_place(set, key, hash, &mut ptr::null_mut())
}

/// As [`lookup`]; `free` becomes the last dummy on the way, where a key that is not there goes, if there is one.
#[inline(always)]
fn lookup_or_place(set: &Object, key: &Object, hash: Py_hash_t, free: &mut *mut setentry) -> Result<*mut setentry> {
    let this = this(set);
    let is_str = key.is_exact(&raw mut unicode::PyUnicode_Type);
    'again: loop {
        *free = ptr::null_mut();
        // SAFETY: a set's table, read anew after each call of foreign code.
        unsafe {
            let table = (*this).table;
            let mask = (*this).mask as usize;
            let mut perturb = hash as usize;
            let mut at = hash as usize & mask;
            loop {
                let last = if at + LINEAR_PROBES <= mask { at + LINEAR_PROBES } else { at };
                for i in at..=last {
                    let entry = table.add(i);
                    let stored = (*entry).key;
                    if stored.is_null() {
                        return Ok(entry);
                    }
                    if (*entry).hash != hash || stored == dummy() {
                        if stored == dummy() {
                            *free = entry;
                        }
                        continue;
                    }
                    if key.is_ptr(stored) {
                        return Ok(entry);
                    }
                    if is_str && (*stored).ob_type == &raw mut unicode::PyUnicode_Type {
                        if dict::keys::same_text(stored, key.as_ptr()) {
                            return Ok(entry);
                        }
                        continue;
                    }
                    let stored = Object::from_ptr(stored).to_owned();
                    let equal = stored.equals(key)?;
                    if (*this).table != table || (*this).mask as usize != mask || (*entry).key != stored.as_ptr() {
                        continue 'again;
                    }
                    if equal {
                        return Ok(entry);
                    }
                }
                perturb >>= PERTURB_SHIFT;
                at = at.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb) & mask;
            }
        }
    }
}

/// Puts a key that is not there into a table without dummies.
unsafe fn insert_clean(table: *mut setentry, mask: usize, key: *mut PyObject, hash: Py_hash_t) {
    // SAFETY: the table has unused entries.
    unsafe {
        let mut perturb = hash as usize;
        let mut at = hash as usize & mask;
        loop {
            let mut entry = table.add(at);
            let last = if at + LINEAR_PROBES <= mask { entry.add(LINEAR_PROBES) } else { entry };
            while entry <= last {
                if (*entry).key.is_null() {
                    entry.write(setentry { key, hash });
                    return;
                }
                entry = entry.add(1);
            }
            perturb >>= PERTURB_SHIFT;
            at = at.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb) & mask;
        }
    }
}

/// Builds the table anew, without dummies, for more than `least` keys.
fn resize(set: &Object, least: usize) -> Result<()> {
    let mut size = MIN_SIZE;
    while size <= least {
        size = size.checked_mul(2).filter(|size| *size <= isize::MAX as usize / 16).ok_or_else(error::no_memory)?;
    }
    // SAFETY: a set's table; nothing foreign runs. Keys move from the old table to the new one.
    unsafe {
        let this = this(set);
        let small: *mut setentry = (&raw mut (*this).smalltable).cast();
        let old_mask = (*this).mask as usize;
        let mut old = (*this).table;
        let is_small = old == small;
        // The small table can't be read and written at once.
        let mut copy = [const { setentry { key: ptr::null_mut(), hash: 0 } }; MIN_SIZE];
        let new = if size == MIN_SIZE {
            if is_small {
                if (*this).fill == (*this).used {
                    return Ok(());
                }
                ptr::copy_nonoverlapping(small, copy.as_mut_ptr(), MIN_SIZE);
                old = copy.as_mut_ptr();
            }
            small.write_bytes(0, MIN_SIZE);
            small
        } else {
            let new = domains::mem_calloc(size, size_of::<setentry>()).cast::<setentry>();
            if new.is_null() {
                return Err(error::no_memory());
            }
            new
        };
        (*this).mask = size as isize - 1;
        (*this).table = new;
        for i in 0..=old_mask {
            let entry = old.add(i);
            if !(*entry).key.is_null() && (*entry).key != dummy() {
                insert_clean(new, size - 1, (*entry).key, (*entry).hash);
            }
        }
        (*this).fill = (*this).used;
        if !is_small {
            domains::mem_free(old.cast());
        }
    }
    Ok(())
}

/// More than three fifths of the table would be in use with `more` keys.
#[inline]
fn is_full(set: &Object, more: isize) -> bool {
    // SAFETY: a set.
    unsafe { ((*this(set)).fill + more) * 5 >= (*this(set)).mask * 3 }
}

fn grow(set: &Object) -> Result<()> {
    let used = len(set) as usize;
    resize(set, if used > 50_000 { used * 2 } else { used * 4 })
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
    if unsafe { key.is_ptr((*(*this).table.add(hash as usize & (*this).mask as usize)).key) } {
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
        let (table, mask, mut at) = ((*this).table, (*this).mask, *pos);
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

/// Makes the set empty before any reference is given up.
pub fn clear(set: &Object) {
    // SAFETY: a set; its old table is ours.
    unsafe {
        let this = this(set);
        if (*this).fill == 0 && (*this).table == (&raw mut (*this).smalltable).cast() {
            return;
        }
        let mut small = [const { setentry { key: ptr::null_mut(), hash: 0 } }; MIN_SIZE];
        let (mut table, mask) = ((*this).table, (*this).mask as usize);
        let is_small = table == (&raw mut (*this).smalltable).cast();
        if is_small {
            ptr::copy_nonoverlapping(table, small.as_mut_ptr(), MIN_SIZE);
            table = small.as_mut_ptr();
        }
        make_empty(this);
        drop_keys(table, mask);
        if !is_small {
            domains::mem_free(table.cast());
        }
    }
}

unsafe fn drop_keys(table: *mut setentry, mask: usize) {
    // SAFETY: a table nobody sees any more; the dummy is immortal.
    unsafe {
        for i in 0..=mask {
            refcount::xdecref((*table.add(i)).key);
        }
    }
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
            let mut entry = (*from).table;
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

/// Exchanges the contents of two sets (both of the same kind).
fn swap(a: &Object, b: &Object) {
    // SAFETY: two sets; a table inside its object moves with the contents.
    unsafe {
        let (a, b) = (this(a), this(b));
        let small = |set: *mut PySetObject| -> *mut setentry { (&raw mut (*set).smalltable).cast() };
        let table = |set: *mut PySetObject| (*set).table == small(set);
        let (a_small, b_small) = (table(a), table(b));
        ptr::swap(&raw mut (*a).fill, &raw mut (*b).fill);
        ptr::swap(&raw mut (*a).used, &raw mut (*b).used);
        ptr::swap(&raw mut (*a).mask, &raw mut (*b).mask);
        ptr::swap(&raw mut (*a).table, &raw mut (*b).table);
        ptr::swap(&raw mut (*a).smalltable, &raw mut (*b).smalltable);
        if b_small {
            (*a).table = small(a);
        }
        if a_small {
            (*b).table = small(b);
        }
        (*a).hash = -1;
        (*b).hash = -1;
    }
}

/// What a set operation without a set says.
#[cold]
fn bad_set() -> Raised {
    error::bad_internal_call()
}

/// The argument of an export that wants a set or frozenset.
///
/// # Safety
/// `op` is NULL or alive for `'a`.
#[track_caller]
pub unsafe fn checked_any<'a>(op: *mut PyObject) -> Result<&'a Object> {
    // SAFETY: the caller's word.
    match unsafe { Object::optional(op) } {
        Some(set) if check_any(set) => Ok(set),
        _ => Err(bad_set()),
    }
}

/// The argument of an export that wants a set that can be changed.
///
/// # Safety
/// `op` is NULL or alive for `'a`.
#[track_caller]
pub unsafe fn checked<'a>(op: *mut PyObject) -> Result<&'a Object> {
    // SAFETY: the caller's word.
    match unsafe { Object::optional(op) } {
        Some(set) if check(set) => Ok(set),
        _ => Err(bad_set()),
    }
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
