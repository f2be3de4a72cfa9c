//! Sequences.

use crate::abi::*;
use crate::object::sequence::{self, Search};
use crate::object::{Object, api, error};
use std::ffi::CStr;

/// 1 if `o` gives items by index and is no dict.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Check(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { sequence::check(Object::from_ptr(o)) as c_int }
}

/// The number of items, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Size(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    unsafe { sequence::size_in_c(o) }
}

/// The number of items, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Length(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    unsafe { sequence::size_in_c(o) }
}

/// New reference: `o1 + o2` of sequences.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Concat(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::concat(Object::new(o1)?, Object::new(o2)?, false) })
}

/// New reference: `o * count` of a sequence.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Repeat(o: *mut PyObject, count: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::repeat(Object::new(o)?, count, false) })
}

/// New reference: what `o1` becomes by `o1 += o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_InPlaceConcat(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::concat(Object::new(o1)?, Object::new(o2)?, true) })
}

/// New reference: what `o` becomes by `o *= count`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_InPlaceRepeat(o: *mut PyObject, count: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::repeat(Object::new(o)?, count, true) })
}

/// New reference: the item at `i`; a negative index counts from the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_GetItem(o: *mut PyObject, i: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::item(Object::new(o)?, i) })
}

/// New reference: `o[i1:i2]`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_GetSlice(o: *mut PyObject, i1: Py_ssize_t, i2: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::get_slice(Object::new(o)?, i1, i2) })
}

/// Sets the item at `i`; deletes it if `v` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_SetItem(o: *mut PyObject, i: Py_ssize_t, v: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { sequence::assign_in_c(o, i, v) }
}

/// Deletes the item at `i`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_DelItem(o: *mut PyObject, i: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::del_item(Object::new(o)?, i) })
}

/// `o[i1:i2] = v`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_SetSlice(
    o: *mut PyObject,
    i1: Py_ssize_t,
    i2: Py_ssize_t,
    v: *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::set_slice(Object::new(o)?, i1, i2, Object::optional(v)) })
}

/// `del o[i1:i2]`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_DelSlice(o: *mut PyObject, i1: Py_ssize_t, i2: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::set_slice(Object::new(o)?, i1, i2, None) })
}

/// New reference: `tuple(o)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Tuple(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::tuple(Object::new(o)?) })
}

/// New reference: `list(o)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_List(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::list(Object::new(o)?) })
}

/// New reference: `o` if it is a list or tuple, else a list of its items; `m` is the message if it can't be iterated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Fast(o: *mut PyObject, m: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let o = Object::new(o)?;
        if sequence::is_fast(o) { Ok(o.to_owned()) } else { sequence::fast(o, &CStr::from_ptr(m).to_string_lossy()) }
    })
}

/// How often `value` is in `o`, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Count(o: *mut PyObject, value: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::search(Object::new(o)?, Object::new(value)?, Search::Count) })
}

/// 1 if `value` is in `o`, 0 if not, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Contains(o: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let o = Object::new(o)?;
        match Object::optional(value) {
            Some(value) => sequence::contains(o, value),
            // There is nothing to compare it with in an empty sequence.
            None if o.size()? == 0 => Ok(false),
            None => Err(error::bad_internal_call()),
        }
    })
}

/// 1 if `value` is in `o`, 0 if not, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_In(o: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { PySequence_Contains(o, value) }
}

/// The first place of `value` in `o`; `ValueError` if it is not there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Index(o: *mut PyObject, value: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::search(Object::new(o)?, Object::new(value)?, Search::Index) })
}
