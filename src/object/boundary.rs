//! The one place where a Rust result becomes what C expects: a pointer or NULL, a number or -1, and in the second
//! case the error indicator is set. Exports and slot functions alike are `api(|| ...)` around a body that uses `?`.

use super::{Object, Owned, Result};
use crate::abi::*;
use std::ptr;

/// How a value looks to C.
pub trait IntoC {
    type C;
    fn into_c(self) -> Self::C;
}

/// Runs the body of an export or slot and hands its result to C.
#[inline(always)]
pub fn api<R: IntoC>(body: impl FnOnce() -> R) -> R::C {
    body().into_c()
}

/// A slot's argument.
///
/// # Safety
/// It is alive for `'a`, as slot functions are told.
#[inline(always)]
pub unsafe fn this<'a>(op: *mut PyObject) -> &'a Object {
    // SAFETY: slot.
    unsafe { Object::from_ptr(op) }
}

/// `size` bytes at `data`, which may be NULL for none.
///
/// # Safety
/// They are there for `'a`.
#[inline]
pub unsafe fn raw_bytes<'a>(data: *const c_char, size: isize) -> &'a [u8] {
    if size <= 0 || data.is_null() {
        return &[];
    }
    // SAFETY: the caller's word.
    unsafe { std::slice::from_raw_parts(data.cast(), size as usize) }
}

/// The entries of a C table before the one that ends it. NULL is a table without entries.
///
/// # Safety
/// The table is there for `'a`, and an entry ends it.
#[inline]
pub unsafe fn until<'a, T>(first: *const T, ends: impl Fn(&T) -> bool) -> &'a [T] {
    if first.is_null() {
        return &[];
    }
    // SAFETY: the caller's word.
    unsafe {
        let mut n = 0;
        while !ends(&*first.add(n)) {
            n += 1;
        }
        std::slice::from_raw_parts(first, n)
    }
}

/// A pointer that C borrows: from its argument, from the interpreter, or from an immortal object.
pub struct BorrowedReturn(*mut PyObject);

impl BorrowedReturn {
    pub fn new(op: &Object) -> BorrowedReturn {
        BorrowedReturn(op.as_ptr())
    }

    /// A pointer that may be NULL.
    pub fn from_ptr(op: *mut PyObject) -> BorrowedReturn {
        BorrowedReturn(op)
    }

    pub fn null() -> BorrowedReturn {
        BorrowedReturn(ptr::null_mut())
    }
}

impl IntoC for Owned {
    type C = *mut PyObject;
    #[inline(always)]
    fn into_c(self) -> *mut PyObject {
        self.into_raw()
    }
}

impl IntoC for Result<Owned> {
    type C = *mut PyObject;
    #[inline(always)]
    fn into_c(self) -> *mut PyObject {
        match self {
            Ok(op) => op.into_raw(),
            Err(_) => ptr::null_mut(),
        }
    }
}

/// NULL for `None` too, with no error: the end of an iteration, an optional thing that is not there.
impl IntoC for Result<Option<Owned>> {
    type C = *mut PyObject;
    #[inline(always)]
    fn into_c(self) -> *mut PyObject {
        match self {
            Ok(Some(op)) => op.into_raw(),
            _ => ptr::null_mut(),
        }
    }
}

impl IntoC for BorrowedReturn {
    type C = *mut PyObject;
    #[inline(always)]
    fn into_c(self) -> *mut PyObject {
        self.0
    }
}

impl IntoC for Result<BorrowedReturn> {
    type C = *mut PyObject;
    #[inline(always)]
    fn into_c(self) -> *mut PyObject {
        self.map_or(ptr::null_mut(), |op| op.0)
    }
}

impl IntoC for Result<&Object> {
    type C = *mut PyObject;
    #[inline(always)]
    fn into_c(self) -> *mut PyObject {
        self.map_or(ptr::null_mut(), Object::as_ptr)
    }
}

/// 0, or -1.
impl IntoC for Result<()> {
    type C = c_int;
    #[inline(always)]
    fn into_c(self) -> c_int {
        if self.is_ok() { 0 } else { -1 }
    }
}

/// 1, 0, or -1.
impl IntoC for Result<bool> {
    type C = c_int;
    #[inline(always)]
    fn into_c(self) -> c_int {
        self.map_or(-1, c_int::from)
    }
}

/// A size or hash, or -1.
impl IntoC for Result<isize> {
    type C = isize;
    #[inline(always)]
    fn into_c(self) -> isize {
        self.unwrap_or(-1)
    }
}

/// A number, or -1.
impl IntoC for Result<c_int> {
    type C = c_int;
    #[inline(always)]
    fn into_c(self) -> c_int {
        self.unwrap_or(-1)
    }
}

/// A C string or another plain pointer, or NULL.
impl<T> IntoC for Result<*const T> {
    type C = *const T;
    #[inline(always)]
    fn into_c(self) -> *const T {
        self.unwrap_or(ptr::null())
    }
}

impl<T> IntoC for Result<*mut T> {
    type C = *mut T;
    #[inline(always)]
    fn into_c(self) -> *mut T {
        self.unwrap_or(ptr::null_mut())
    }
}

/// A double, or -1.0.
impl IntoC for Result<f64> {
    type C = f64;
    #[inline(always)]
    fn into_c(self) -> f64 {
        self.unwrap_or(-1.0)
    }
}

/// Puts an optional value where C wants it: 1, or 0 and NULL, or -1 and NULL.
///
/// # Safety
/// `place` takes a pointer.
pub unsafe fn store_optional(place: *mut *mut PyObject, result: Result<Option<Owned>>) -> c_int {
    let (value, status) = match result {
        Ok(Some(value)) => (value.into_raw(), 1),
        Ok(None) => (ptr::null_mut(), 0),
        Err(_) => (ptr::null_mut(), -1),
    };
    // SAFETY: the caller's word.
    unsafe { *place = value };
    status
}
