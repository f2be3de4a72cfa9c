//! `list`: an array that grows. The array itself is in `array`, what Python sees in `methods`, sorting in `sort`,
//! iterators in `iter`.
//!
//! The array may be replaced whenever foreign code runs: loops that call any go by index and own the item at hand.

mod array;
pub mod iter;
pub mod methods;
pub mod sort;

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::{Object, Owned, Result, error, lifecycle};
use crate::raise;
use crate::state;
use crate::types::tuple;
use array::{allocate, drop_array, free_array, reserve, resize};
use std::ptr::{self, NonNull};

#[unsafe(no_mangle)]
pub static mut PyList_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"list".as_ptr(),
    tp_basicsize: size_of::<PyListObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(methods::repr),
    tp_as_sequence: suite(&methods::AS_SEQUENCE),
    tp_as_mapping: suite(&methods::AS_MAPPING),
    tp_flags: Py_TPFLAGS_DEFAULT
        | Py_TPFLAGS_HAVE_GC
        | Py_TPFLAGS_BASETYPE
        | Py_TPFLAGS_LIST_SUBCLASS
        | _Py_TPFLAGS_MATCH_SELF
        | Py_TPFLAGS_SEQUENCE,
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

/// How many dead lists an interpreter keeps.
const MAX_FREE: usize = 80;

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.has_flag(Py_TPFLAGS_LIST_SUBCLASS)
}

#[inline(always)]
pub fn check_exact(o: &Object) -> bool {
    o.is_exact(&raw mut PyList_Type)
}

/// The argument of an export that wants a list: `SystemError` for anything else, NULL included.
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
fn this(list: &Object) -> *mut PyListObject {
    list.cast()
}

#[inline(always)]
pub fn len(list: &Object) -> usize {
    // SAFETY: a list.
    unsafe { (*this(list)).ob_base.ob_size as usize }
}

/// The items. Whatever changes the list ends the borrow, so nothing foreign may run meanwhile.
#[inline(always)]
pub fn items(list: &Object) -> &[&Object] {
    // SAFETY: a list's items are not NULL once others see it.
    unsafe {
        let n = len(list);
        if n == 0 { &[] } else { std::slice::from_raw_parts((*this(list)).ob_item.cast::<&Object>(), n) }
    }
}

/// Where the item at `i` stands; `None` if `op` is no list, or has no such place.
///
/// # Safety
/// `op` is NULL or alive.
#[inline(always)]
pub unsafe fn place(op: *mut PyObject, i: isize) -> Option<NonNull<*mut PyObject>> {
    // SAFETY: the caller's word; layout: checked. A negative index is larger than any size.
    unsafe {
        if op.is_null() || !check(Object::from_ptr(op)) || i as usize >= len(Object::from_ptr(op)) {
            return None;
        }
        Some(NonNull::new_unchecked((*op.cast::<PyListObject>()).ob_item.offset(i)))
    }
}

/// The item at `i`, if there is one; C code may have left it NULL.
#[inline(always)]
pub fn get(list: &Object, i: usize) -> Option<Owned> {
    if i >= len(list) {
        return None;
    }
    // SAFETY: the place is there.
    unsafe { Object::optional(*(*this(list)).ob_item.add(i)) }.map(Object::to_owned)
}

/// The item at `i`, if there is one, which must not be NULL: `SystemError`.
#[inline(always)]
pub fn filled(list: &Object, i: usize) -> Result<Option<Owned>> {
    match get(list, i) {
        None if i < len(list) => Err(error::bad_internal_call()),
        item => Ok(item),
    }
}

/// The items one by one, as the list is by then.
pub fn each(list: &Object) -> impl Iterator<Item = Owned> + '_ {
    let mut i = 0;
    std::iter::from_fn(move || {
        let item = get(list, i);
        i += 1;
        item
    })
}

/// As [`each`] with the error for a place that C code left NULL.
pub fn each_filled(list: &Object) -> impl Iterator<Item = Result<Owned>> + '_ {
    let mut i = 0;
    std::iter::from_fn(move || {
        let item = filled(list, i).transpose();
        i += 1;
        item
    })
}

/// A list struct with no items and no array.
#[inline(always)]
unsafe fn alloc() -> Result<*mut PyListObject> {
    // SAFETY: attached; fresh.
    unsafe {
        let mut new = (*state::interp()).freelists.lists.pop().cast::<PyListObject>();
        if new.is_null() {
            new = lifecycle::gc_new_builtin(&raw mut PyList_Type)?;
        } else {
            (*new).ob_base.ob_base.ob_type = &raw mut PyList_Type;
            lifecycle::new_reference(new.cast());
        }
        (*new).ob_base.ob_size = 0;
        (*new).ob_item = ptr::null_mut();
        (*new).allocated = 0;
        Ok(new)
    }
}

/// A new empty list.
#[inline]
pub fn new() -> Result<Owned> {
    // SAFETY: fresh.
    unsafe {
        let new = alloc()?;
        gc::track(new.cast());
        Ok(Owned::from_raw(new.cast()))
    }
}

/// An empty list with an array for just `n` items.
pub fn with_room(n: usize) -> Result<Owned> {
    let list = new()?;
    if n > 0 {
        let array = allocate(n)?;
        // SAFETY: fresh.
        unsafe {
            (*this(&list)).ob_item = array;
            (*this(&list)).allocated = n as isize;
        }
    }
    Ok(list)
}

/// A list of `n` items that are NULL, for C code that fills it in (`PyList_New`).
pub fn with_nulls(n: usize) -> Result<Owned> {
    let list = with_room(n)?;
    if n > 0 {
        // SAFETY: the array has room for them.
        unsafe {
            (*this(&list)).ob_item.write_bytes(0, n);
            (*this(&list)).ob_base.ob_size = n as isize;
        }
    }
    Ok(list)
}

pub fn from_slice(items: &[&Object]) -> Result<Owned> {
    let list = with_room(items.len())?;
    // SAFETY: the array has room for them.
    unsafe {
        let array = (*this(&list)).ob_item;
        for (i, item) in items.iter().enumerate() {
            array.add(i).write(Object::to_owned(item).into_raw());
        }
        (*this(&list)).ob_base.ob_size = items.len() as isize;
    }
    Ok(list)
}

pub fn from_owned(items: Vec<Owned>) -> Result<Owned> {
    let list = with_room(items.len())?;
    let n = items.len();
    // SAFETY: the array has room for them; the references move.
    unsafe {
        let array = (*this(&list)).ob_item;
        for (i, item) in items.into_iter().enumerate() {
            array.add(i).write(item.into_raw());
        }
        (*this(&list)).ob_base.ob_size = n as isize;
    }
    Ok(list)
}

/// The items of any iterable (`PySequence_List`).
pub fn from_iterable(iterable: &Object) -> Result<Owned> {
    let list = new()?;
    extend(&list, iterable)?;
    Ok(list)
}

/// Appends where there is room: false if `op` is no list, `item` is NULL, or the list has to grow first.
///
/// # Safety
/// Each is NULL or alive.
#[inline(always)]
pub unsafe fn append_in_room(op: *mut PyObject, item: *mut PyObject) -> bool {
    // SAFETY: the caller's word; layout: checked.
    unsafe {
        if op.is_null() || item.is_null() || !check(Object::from_ptr(op)) {
            return false;
        }
        let this = op.cast::<PyListObject>();
        let n = (*this).ob_base.ob_size;
        if n >= (*this).allocated {
            return false;
        }
        refcount::incref(item);
        (*this).ob_item.offset(n).write(item);
        (*this).ob_base.ob_size = n + 1;
        true
    }
}

/// Appends without taking a reference.
#[inline(always)]
fn append_owned(list: &Object, item: Owned) -> Result<()> {
    // SAFETY: a list with room for one more, or it grows.
    unsafe {
        let this = this(list);
        let n = (*this).ob_base.ob_size;
        if n < (*this).allocated {
            (*this).ob_item.offset(n).write(item.into_raw());
            (*this).ob_base.ob_size = n + 1;
            return Ok(());
        }
        append_growing(list, item)
    }
}

#[inline(never)]
fn append_growing(list: &Object, item: Owned) -> Result<()> {
    let n = len(list);
    // SAFETY: the new place is written at once.
    unsafe {
        resize(list, n + 1)?;
        (*this(list)).ob_item.add(n).write(item.into_raw());
    }
    Ok(())
}

#[inline]
pub fn append(list: &Object, item: &Object) -> Result<()> {
    append_owned(list, item.to_owned())
}

/// Appends the reference itself (`_PyList_AppendTakeRef`).
#[inline]
pub fn push(list: &Object, item: Owned) -> Result<()> {
    append_owned(list, item)
}

/// Before the item at `i`, which is cut to the list's bounds; negative counts from the end.
pub fn insert(list: &Object, i: isize, item: &Object) -> Result<()> {
    let n = len(list);
    let i = if i < 0 { (i + n as isize).max(0) as usize } else { (i as usize).min(n) };
    // SAFETY: items move up by one within the array.
    unsafe {
        resize(list, n + 1)?;
        let place = (*this(list)).ob_item.add(i);
        place.copy_to(place.add(1), n - i);
        place.write(item.to_owned().into_raw());
    }
    Ok(())
}

/// All items of `iterable` behind those that are there (`PyList_Extend`).
pub fn extend(list: &Object, iterable: &Object) -> Result<()> {
    if check_exact(iterable) || tuple::check_exact(iterable) {
        return extend_from_sequence(list, iterable);
    }
    let iterator = iterable.iter()?;
    let hint = iterable.length_hint(8)?;
    reserve(list, hint as usize)?;
    while let Some(item) = iterator.next()? {
        append_owned(list, item)?;
    }
    // The hint may have been too much.
    let n = len(list);
    // SAFETY: a list; the size stays.
    unsafe {
        if n < (*this(list)).allocated as usize {
            resize(list, n)?;
        }
    }
    Ok(())
}

fn extend_from_sequence(list: &Object, other: &Object) -> Result<()> {
    let count = if check(other) { len(other) } else { tuple::len(other) };
    if count == 0 {
        return Ok(());
    }
    let n = len(list);
    reserve(list, count)?;
    // SAFETY: room for all; `other` may be the list itself, whose first `count` items stay in place.
    unsafe {
        let from = if check(other) { (*this(other)).ob_item } else { tuple::items_ptr(other.as_ptr()) };
        let to = (*this(list)).ob_item.add(n);
        for i in 0..count {
            let item = *from.add(i);
            refcount::incref(item);
            to.add(i).write(item);
        }
        (*this(list)).ob_base.ob_size = (n + count) as isize;
    }
    Ok(())
}

/// The items from `low` up to `high` as a new list, both cut to the list's bounds.
pub fn slice(list: &Object, low: isize, high: isize) -> Result<Owned> {
    let n = len(list) as isize;
    let low = low.clamp(0, n);
    let high = high.clamp(low, n);
    from_slice(&items(list)[low as usize..high as usize])
}

/// Replaces the items from `low` up to `high` by those of `with`; nothing deletes them. The old ones are given up last.
pub fn set_slice(list: &Object, low: isize, high: isize, with: Option<&Object>) -> Result<()> {
    // A list assigned to a slice of itself is copied first.
    let with = match with {
        Some(with) if with.is(list) => Some(slice(with, 0, isize::MAX)?),
        Some(with) => Some(crate::object::sequence::fast(with, "can only assign an iterable")?),
        None => None,
    };
    replace(list, low, high, with.as_deref())
}

/// As [`set_slice`] with a list or tuple.
pub(super) fn replace(list: &Object, low: isize, high: isize, with: Option<&Object>) -> Result<()> {
    let new: Vec<Owned> = match with {
        Some(with) if check(with) => items(with).iter().map(|item| Object::to_owned(item)).collect(),
        Some(with) => tuple::items(with).iter().map(|item| Object::to_owned(item)).collect(),
        None => Vec::new(),
    };
    let n = len(list);
    let low = low.clamp(0, n as isize) as usize;
    let high = high.clamp(low as isize, n as isize) as usize;
    if n - (high - low) + new.len() == 0 {
        clear(list);
        return Ok(());
    }
    let gone = high - low;
    let mut few = [ptr::null_mut::<PyObject>(); 8];
    let mut many = Vec::new();
    let old: *mut *mut PyObject = if gone <= few.len() {
        few.as_mut_ptr()
    } else {
        if many.try_reserve_exact(gone).is_err() {
            return Err(error::no_memory());
        }
        many.as_mut_ptr()
    };
    // SAFETY: the array holds both the old size and the new one while items move.
    unsafe {
        let size = n - (high - low) + new.len();
        if size > n {
            resize(list, size)?;
        }
        let array = (*this(list)).ob_item;
        old.copy_from_nonoverlapping(array.add(low), gone);
        array.add(high).copy_to(array.add(low + new.len()), n - high);
        for (i, item) in new.into_iter().enumerate() {
            array.add(low + i).write(item.into_raw());
        }
        if size < n {
            // Shrinking the array may fail, which does no harm.
            if resize(list, size).is_err() {
                error::clear();
                (*this(list)).ob_base.ob_size = size as isize;
            }
        }
    }
    // SAFETY: the references are ours; the last ones go first, as in CPython.
    unsafe {
        for i in (0..gone).rev() {
            refcount::xdecref(*old.add(i));
        }
    }
    Ok(())
}

/// Puts `item` in the place of the one at `i`; `IndexError` without that place.
pub fn set(list: &Object, i: isize, item: &Object) -> Result<()> {
    if i < 0 || i as usize >= len(list) {
        return Err(raise!(IndexError, "list assignment index out of range"));
    }
    // SAFETY: the place is there; it holds NULL or a reference.
    unsafe {
        let old = (*this(list)).ob_item.offset(i).replace(item.to_owned().into_raw());
        refcount::xdecref(old);
    }
    Ok(())
}

/// Takes the item at `i` out.
pub fn remove_at(list: &Object, i: usize) -> Result<Owned> {
    // SAFETY: the caller knows that the place is there.
    unsafe {
        let n = len(list);
        debug_assert!(i < n);
        let place = (*this(list)).ob_item.add(i);
        let item = Owned::from_raw(*place);
        if n == 1 {
            let array = (*this(list)).ob_item;
            (*this(list)).ob_base.ob_size = 0;
            (*this(list)).ob_item = ptr::null_mut();
            let room = (&raw mut (*this(list)).allocated).replace(0);
            drop_array(array, room as usize);
            return Ok(item);
        }
        place.add(1).copy_to(place, n - i - 1);
        if resize(list, n - 1).is_err() {
            error::clear();
            (*this(list)).ob_base.ob_size = n as isize - 1;
        }
        Ok(item)
    }
}

pub fn as_tuple(list: &Object) -> Result<Owned> {
    tuple::from_slice(items(list))
}

/// Takes the array away: the list is empty before any reference is given up.
pub fn clear(list: &Object) {
    // SAFETY: a list's array.
    unsafe {
        let this = this(list);
        let array = (&raw mut (*this).ob_item).replace(ptr::null_mut());
        if array.is_null() {
            return;
        }
        let n = (&raw mut (*this).ob_base.ob_size).replace(0);
        let room = (&raw mut (*this).allocated).replace(0);
        free_array(array, n as usize, room as usize);
    }
}

/// Turns the order round (`PyList_Reverse`).
pub fn reverse(list: &Object) {
    let n = len(list);
    if n > 1 {
        // SAFETY: a list's items; nothing foreign runs.
        unsafe { std::slice::from_raw_parts_mut((*this(list)).ob_item, n).reverse() };
    }
}

unsafe extern "C" fn new_slot(ty: *mut PyTypeObject, _args: *mut PyObject, _kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; tp_alloc gives zeroed memory, which is an empty list.
    unsafe { (*ty).tp_alloc.unwrap_unchecked()(ty, 0) }
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot: nobody else refers to the list.
    unsafe {
        gc::untrack(op);
        let this = op.cast::<PyListObject>();
        if !(*this).ob_item.is_null() {
            free_array((*this).ob_item, (*this).ob_base.ob_size as usize, (*this).allocated as usize);
        }
        let ty = (*op).ob_type;
        if ty == &raw mut PyList_Type {
            if !(*state::interp()).freelists.lists.push(op.cast(), MAX_FREE) {
                lifecycle::gc_free(op);
            }
        } else {
            (*ty).tp_free.unwrap_unchecked()(op.cast());
        }
    }
}

unsafe extern "C" fn traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let this = op.cast::<PyListObject>();
        let mut i = (*this).ob_base.ob_size as usize;
        while i > 0 {
            i -= 1;
            let done = super::traverse::visit(*(*this).ob_item.add(i), visit, arg);
            if done != 0 {
                return done;
            }
        }
    }
    0
}

unsafe extern "C" fn clear_slot(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    clear(unsafe { Object::from_ptr(op) });
    0
}
