//! `listobject.h`, `cpython/listobject.h`, `internal/pycore_list.h`.
//!
//! Not provided: `_PyList_FromStackRefStealOnSuccess`, because it takes the evaluator's own references.

use crate::abi::*;
use crate::object::{Object, Owned, Result, api, error};
use crate::raise;
use crate::types::list::{self, checked, methods};
use crate::types::none;

/// A list of `len` items that are NULL, for the caller to fill in. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyList_New(len: Py_ssize_t) -> *mut PyObject {
    api(|| if len < 0 { Err(error::bad_internal_call()) } else { list::with_nulls(len as usize) })
}

/// How many items there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyList_Size(op: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| Ok(list::len(unsafe { checked(op) }?) as isize))
}

/// The item at `i`. Borrowed reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyList_GetItem(op: *mut PyObject, i: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract; an item may still be NULL.
    unsafe {
        match list::place(op, i) {
            Some(place) => place.read(),
            None => no_item(op),
        }
    }
}

#[cold]
#[inline(never)]
unsafe fn no_item(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        checked(op)?;
        Err::<Owned, _>(raise!(IndexError, "list index out of range"))
    })
}

/// The item at `i`. New reference. `TypeError` if `op` is no list.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyList_GetItemRef(op: *mut PyObject, i: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract; an item may still be NULL.
    unsafe {
        match list::place(op, i).and_then(|place| Object::optional(place.read())) {
            Some(item) => item.to_owned().into_raw(),
            None => no_item_ref(op),
        }
    }
}

#[cold]
#[inline(never)]
unsafe fn no_item_ref(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    let is_list = unsafe { Object::optional(op) }.is_some_and(list::check);
    api(|| match is_list {
        true => Err::<Owned, _>(raise!(IndexError, "list index out of range")),
        false => Err(raise!(TypeError, "expected a list")),
    })
}

/// Puts `newitem`, whose reference is taken over in any case, in the place of the item at `i`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyList_SetItem(op: *mut PyObject, i: Py_ssize_t, newitem: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract; the place holds NULL or a reference.
    unsafe {
        let Some(place) = list::place(op, i) else { return no_place(op, newitem) };
        drop(Owned::optional(place.replace(newitem)));
        0
    }
}

#[cold]
#[inline(never)]
unsafe fn no_place(op: *mut PyObject, newitem: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let _newitem = Owned::optional(newitem);
        checked(op)?;
        Err::<(), _>(raise!(IndexError, "list assignment index out of range"))
    })
}

/// Puts `newitem` before the item at `i`, which is cut to the list's bounds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyList_Insert(op: *mut PyObject, i: Py_ssize_t, newitem: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { list::insert(checked(op)?, i, item(newitem)?) })
}

/// An item that must not be NULL.
unsafe fn item<'a>(op: *mut PyObject) -> Result<&'a Object> {
    // SAFETY: the caller's contract.
    unsafe { Object::optional(op) }.ok_or_else(|| error::bad_internal_call())
}

/// Appends an item.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyList_Append(op: *mut PyObject, newitem: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { if list::append_in_room(op, newitem) { 0 } else { append_rest(op, newitem) } }
}

/// The rest of [`PyList_Append`], out of its way.
#[cold]
#[inline(never)]
unsafe fn append_rest(op: *mut PyObject, newitem: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { list::append(checked(op)?, item(newitem)?) })
}

/// Appends an item whose reference is taken over (the rare part of `_PyList_AppendTakeRef`, which is inlined in
/// callers).
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyList_AppendTakeRefListResize(op: *mut PyListObject, newitem: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { list::push(Object::from_ptr(op.cast()), Owned::from_raw(newitem)) })
}

/// A tuple of the items. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyList_AsTuple(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| list::as_tuple(unsafe { checked(op) }?))
}

/// A tuple of the items, which leave the list. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyList_AsTupleAndClear(op: *mut PyListObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| methods::as_tuple_and_clear(unsafe { Object::from_ptr(op.cast()) }))
}

/// The items from `low` up to `high`, both cut to the list's bounds, as a list. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyList_GetSlice(op: *mut PyObject, low: Py_ssize_t, high: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| list::slice(unsafe { checked(op) }?, low, high))
}

/// Replaces the items from `low` up to `high` by those of `itemlist`; NULL deletes them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyList_SetSlice(
    op: *mut PyObject,
    low: Py_ssize_t,
    high: Py_ssize_t,
    itemlist: *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { list::set_slice(checked(op)?, low, high, Object::optional(itemlist)) })
}

/// The items that a slice object picks, as a list. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyList_SliceSubscript(op: *mut PyObject, slice: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { methods::subscript_slice(checked(op)?, Object::from_ptr(slice)) })
}

/// Sorts in place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyList_Sort(op: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| list::sort::sort(unsafe { checked(op) }?, None, false))
}

/// Turns the order round.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyList_Reverse(op: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        list::reverse(unsafe { checked(op) }?);
        Ok(())
    })
}

/// Appends all items of an iterable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyList_Extend(op: *mut PyObject, iterable: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { list::extend(checked(op)?, Object::new(iterable)?) })
}

/// As `PyList_Extend`. New reference: `None`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyList_Extend(op: *mut PyListObject, iterable: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        list::extend(checked(op.cast())?, Object::new(iterable)?)?;
        Ok(none::none())
    })
}

/// Removes all items.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyList_Clear(op: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        list::clear(unsafe { checked(op) }?);
        Ok(())
    })
}
