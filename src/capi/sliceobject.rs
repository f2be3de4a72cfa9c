//! `sliceobject.h`.

use crate::abi::*;
use crate::object::{Object, api};
use crate::types::slice::{self, Bounds};
use crate::types::{long, none};

/// A slice object; NULL stands for `None`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySlice_New(start: *mut PyObject, stop: *mut PyObject, step: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        let [start, stop, step] =
            [start, stop, step].map(|part| unsafe { Object::optional(part) }.unwrap_or_else(none::none_ref));
        slice::new(start, stop, step)
    })
}

/// A slice object of two numbers. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PySlice_FromIndices(start: Py_ssize_t, stop: Py_ssize_t) -> *mut PyObject {
    api(|| slice::new(&*long::from_i64(start as i64)?, &*long::from_i64(stop as i64)?, none::none_ref()))
}

/// The three numbers of a slice, not yet fitted to a length. 0, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySlice_Unpack(
    slice: *mut PyObject,
    start: *mut Py_ssize_t,
    stop: *mut Py_ssize_t,
    step: *mut Py_ssize_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let bounds = slice::unpack(Object::from_ptr(slice))?;
        (*start, *stop, *step) = (bounds.start, bounds.stop, bounds.step);
        Ok(())
    })
}

/// Fits the numbers to a length and gives how many indices they pick.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySlice_AdjustIndices(
    length: Py_ssize_t,
    start: *mut Py_ssize_t,
    stop: *mut Py_ssize_t,
    step: Py_ssize_t,
) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    unsafe {
        let picked = Bounds { start: *start, stop: *stop, step }.adjust(length as usize);
        (*start, *stop) = (picked.start, picked.stop);
        picked.len as Py_ssize_t
    }
}

/// `PySlice_Unpack` and `PySlice_AdjustIndices` in one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySlice_GetIndicesEx(
    slice: *mut PyObject,
    length: Py_ssize_t,
    start: *mut Py_ssize_t,
    stop: *mut Py_ssize_t,
    step: *mut Py_ssize_t,
    slicelength: *mut Py_ssize_t,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        if PySlice_Unpack(slice, start, stop, step) < 0 {
            return -1;
        }
        *slicelength = PySlice_AdjustIndices(length, start, stop, *step);
    }
    0
}

/// The older way: -1, without an error, for a slice that is not of ints or does not fit the length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySlice_GetIndices(
    slice: *mut PyObject,
    length: Py_ssize_t,
    start: *mut Py_ssize_t,
    stop: *mut Py_ssize_t,
    step: *mut Py_ssize_t,
) -> c_int {
    // SAFETY: the caller's contract.
    let [first, last, stride] = slice::parts(unsafe { Object::from_ptr(slice) });
    let number = |part: &Object| if long::check(part) { Some(long::as_isize(part).unwrap_or(-1)) } else { None };
    let place = |part: &Object, default: isize| {
        if part.is_none() {
            return Some(default);
        }
        let i = number(part)?;
        Some(if i < 0 { i.wrapping_add(length) } else { i })
    };
    // What is computed before a fault stays stored.
    // SAFETY: the caller's contract.
    unsafe {
        let Some(by) = (if stride.is_none() { Some(1) } else { number(stride) }) else { return -1 };
        *step = by;
        let Some(from) = place(first, if by < 0 { length - 1 } else { 0 }) else { return -1 };
        *start = from;
        let Some(to) = place(last, if by < 0 { -1 } else { length }) else { return -1 };
        *stop = to;
        if to > length || from >= length || by == 0 { -1 } else { 0 }
    }
}

/// start, stop and step, as new references, for a sequence whose length is an int of any size.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PySlice_GetLongIndices(
    slice: *mut PySliceObject,
    length: *mut PyObject,
    start: *mut *mut PyObject,
    stop: *mut *mut PyObject,
    step: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let [first, last, by] = slice::long_indices(Object::from_ptr(slice.cast()), Object::from_ptr(length))?;
        (*start, *stop, *step) = (first.into_raw(), last.into_raw(), by.into_raw());
        Ok(())
    })
}
