//! `tupleobject.h`, `cpython/tupleobject.h`, `internal/pycore_tuple.h`.
//!
//! Not provided: `_PyTuple_FromStackRefStealOnSuccess`, because it takes the evaluator's own references.

use crate::abi::va_list::VaList;
use crate::abi::*;
use crate::object::{BorrowedReturn, Object, Owned, api, args, error};
use crate::raise;
use crate::types::tuple;
use std::ptr;

/// A tuple of `len` items that are NULL, for the caller to fill in. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyTuple_New(len: Py_ssize_t) -> *mut PyObject {
    api(|| if len < 0 { Err(error::bad_internal_call()) } else { tuple::with_nulls(len as usize) })
}

/// How many items there are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyTuple_Size(op: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| Ok(tuple::len(unsafe { tuple::checked(op) }?) as isize))
}

/// The item at `i`. Borrowed reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyTuple_GetItem(op: *mut PyObject, i: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract; an item may still be NULL.
    api(|| unsafe {
        let tuple = tuple::checked(op)?;
        if i < 0 || i as usize >= tuple::len(tuple) {
            return Err(raise!(IndexError, "tuple index out of range"));
        }
        Ok(BorrowedReturn::from_ptr(*tuple::items_ptr(op).offset(i)))
    })
}

/// Puts `newitem`, whose reference is taken over in any case, into a tuple that nobody else has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyTuple_SetItem(op: *mut PyObject, i: Py_ssize_t, newitem: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract; the place holds NULL or a reference.
    api(|| unsafe {
        let newitem = Owned::optional(newitem);
        let tuple = tuple::checked(op)?;
        if tuple.refcount() != 1 {
            return Err(error::bad_internal_call());
        }
        if i < 0 || i as usize >= tuple::len(tuple) {
            return Err(raise!(IndexError, "tuple assignment index out of range"));
        }
        let place = tuple::items_ptr(op).offset(i);
        drop(Owned::optional(place.replace(crate::object::ptr::raw_or_null(newitem))));
        Ok(())
    })
}

/// The items from `low` up to `high`, both cut to the tuple's bounds. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyTuple_GetSlice(op: *mut PyObject, low: Py_ssize_t, high: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| tuple::slice(unsafe { tuple::checked(op) }?, low, high))
}

/// Gives the tuple behind `p`, which nobody else has, another size; new items are NULL. On failure the tuple is gone
/// and `*p` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTuple_Resize(p: *mut *mut PyObject, newsize: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let op = p.replace(ptr::null_mut());
        let Some(old) = Owned::optional(op) else { return Err(error::bad_internal_call()) };
        if !tuple::check_exact(&old) || (tuple::len(&old) != 0 && old.refcount() != 1) || newsize < 0 {
            return Err(error::bad_internal_call());
        }
        *p = tuple::resize(old, newsize as usize)?.into_raw();
        Ok(())
    })
}

/// A tuple of the objects in an array. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTuple_FromArray(src: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { tuple::from_slice(args::slice(src, n)) })
}

/// As `_PyTuple_FromArray`, taking over the references in any case.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTuple_FromArraySteal(src: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { tuple::from_stolen(src, n as usize) })
}

/// The engine of `PyTuple_Pack`: a tuple of the `n` objects that follow.
pub(super) unsafe extern "C" fn pack(n: Py_ssize_t, args: *mut c_void) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let mut args = VaList::new(args);
        if n < 0 {
            return Err(error::bad_internal_call());
        }
        if n > isize::MAX / size_of::<*mut PyObject>() as isize / 2 {
            return Err(error::no_memory());
        }
        let mut few = [std::mem::MaybeUninit::<*mut PyObject>::uninit(); 8];
        if n as usize <= few.len() {
            for place in &mut few[..n as usize] {
                place.write(args.pointer());
            }
            return tuple::from_slice(args::slice(few.as_ptr().cast(), n));
        }
        let items: Vec<&Object> = (0..n).map(|_| Object::from_ptr(args.pointer())).collect();
        tuple::from_slice(&items)
    })
}
