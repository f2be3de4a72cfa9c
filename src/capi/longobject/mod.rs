//! `longobject.h`, `cpython/longobject.h`; the parts `bytes`, `longintrepr` and `internal` stand beside it.

use crate::abi::*;
use crate::object::{Object, Raised, Result, api, error};
use crate::raise;
use crate::types::long::{self, argument, text};
use crate::types::{typeobject, unicode};
use std::ffi::CStr;
use std::ptr;

mod bytes;
mod internal;
mod longintrepr;

/// A C number, or what stands for "an error is set".
#[inline(always)]
fn or<T>(result: Result<T>, failed: T) -> T {
    match result {
        Ok(value) => value,
        Err(_) => failed,
    }
}

/// A new reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromLong(value: c_long) -> *mut PyObject {
    api(|| long::from_i64(value))
}

/// A new reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromUnsignedLong(value: c_ulong) -> *mut PyObject {
    api(|| long::from_u64(value))
}

/// A new reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromLongLong(value: c_longlong) -> *mut PyObject {
    api(|| long::from_i64(value))
}

/// A new reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromUnsignedLongLong(value: c_ulonglong) -> *mut PyObject {
    api(|| long::from_u64(value))
}

/// A new reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromSsize_t(value: Py_ssize_t) -> *mut PyObject {
    api(|| long::from_i64(value as i64))
}

/// A new reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromSize_t(value: usize) -> *mut PyObject {
    api(|| long::from_u64(value as u64))
}

/// A new reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromInt32(value: i32) -> *mut PyObject {
    api(|| long::from_i64(value as i64))
}

/// A new reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromUInt32(value: u32) -> *mut PyObject {
    api(|| long::from_i64(value as i64))
}

/// A new reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromInt64(value: i64) -> *mut PyObject {
    api(|| long::from_i64(value))
}

/// A new reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromUInt64(value: u64) -> *mut PyObject {
    api(|| long::from_u64(value))
}

/// The address as an int. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromVoidPtr(p: *mut c_void) -> *mut PyObject {
    api(|| long::from_u64(p as usize as u64))
}

/// The integer part. New reference; `OverflowError` for an infinity, `ValueError` for NaN.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromDouble(value: c_double) -> *mut PyObject {
    api(|| long::double::from_f64(value))
}

/// The int that a text stands for, read as `int(text, base)` does; `pend`, if not NULL, becomes the place where
/// reading ended. New reference; `ValueError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromString(str: *const c_char, pend: *mut *mut c_char, base: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        let text = unsafe { CStr::from_ptr(str) }.to_bytes();
        let mut end = None;
        let result = text::from_text(text, base, &mut end);
        if !pend.is_null() {
            // SAFETY: the caller's contract; the end is inside the text or at its NUL.
            unsafe { *pend = end.map_or(ptr::null_mut(), |at| str.add(at).cast_mut()) };
        }
        result
    })
}

/// As [`PyLong_FromString`], with digits and spaces of any script. New reference; `ValueError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromUnicodeObject(u: *mut PyObject, base: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        let u = unsafe { argument(u) }?;
        if !unicode::check(u) {
            return Err(error::bad_internal_call());
        }
        text::from_unicode(u, base)
    })
}

/// The value of an int or of what `__index__` gives; -1 with `OverflowError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsLong(op: *mut PyObject) -> c_long {
    // SAFETY: the caller's contract.
    or(unsafe { argument(op) }.and_then(long::as_i64), -1)
}

/// As [`PyLong_AsLong`], but where the value does not fit there is no error: -1, and its sign in `overflow`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsLongAndOverflow(op: *mut PyObject, overflow: *mut c_int) -> c_long {
    // SAFETY: the caller's contract.
    unsafe {
        *overflow = 0;
        let (value, sign) = or(argument(op).and_then(long::as_i64_and_overflow), (-1, 0));
        *overflow = sign;
        value
    }
}

/// The value of an int or of what `__index__` gives; -1 with `OverflowError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsLongLong(op: *mut PyObject) -> c_longlong {
    // SAFETY: the caller's contract.
    or(unsafe { argument(op) }.and_then(long::as_long_long), -1)
}

/// As [`PyLong_AsLongAndOverflow`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsLongLongAndOverflow(op: *mut PyObject, overflow: *mut c_int) -> c_longlong {
    // SAFETY: the caller's contract.
    unsafe { PyLong_AsLongAndOverflow(op, overflow) }
}

/// The value of an int or of what `__index__` gives; -1 with `OverflowError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsInt(op: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    or(unsafe { argument(op) }.and_then(long::as_i32), -1)
}

/// The value of an int, no other; -1 with `OverflowError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsSsize_t(op: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    or(unsafe { argument(op) }.and_then(long::as_isize), -1)
}

/// The value of an int, no other; all bits set with `OverflowError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsSize_t(op: *mut PyObject) -> usize {
    // SAFETY: the caller's contract.
    or(unsafe { argument(op) }.and_then(long::as_usize), usize::MAX)
}

/// The value of an int, no other; all bits set with `OverflowError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsUnsignedLong(op: *mut PyObject) -> c_ulong {
    // SAFETY: the caller's contract.
    or(unsafe { argument(op) }.and_then(long::as_u64), c_ulong::MAX)
}

/// The value of an int, no other; all bits set with `OverflowError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsUnsignedLongLong(op: *mut PyObject) -> c_ulonglong {
    // SAFETY: the caller's contract.
    or(unsafe { argument(op) }.and_then(long::as_unsigned_long_long), c_ulonglong::MAX)
}

/// The value modulo 2^64, of an int or of what `__index__` gives; all bits set with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsUnsignedLongMask(op: *mut PyObject) -> c_ulong {
    // SAFETY: the caller's contract.
    or(unsafe { argument(op) }.and_then(long::as_mask), c_ulong::MAX)
}

/// As [`PyLong_AsUnsignedLongMask`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsUnsignedLongLongMask(op: *mut PyObject) -> c_ulonglong {
    // SAFETY: the caller's contract.
    or(unsafe { argument(op) }.and_then(long::as_mask), c_ulonglong::MAX)
}

/// Puts a fixed-size value in its place.
fn store<T>(value: Result<T>, place: *mut T) -> Result<()> {
    let value = value?;
    // SAFETY: the caller's contract.
    unsafe { place.write(value) };
    Ok(())
}

/// The value of an int or of what `__index__` gives. 0, or -1 with `OverflowError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsInt32(obj: *mut PyObject, value: *mut i32) -> c_int {
    // SAFETY: the caller's contract.
    api(|| store(long::as_signed(unsafe { argument(obj) }?, "int32_t"), value))
}

/// The value of an int or of what `__index__` gives. 0, or -1 with `OverflowError`, `ValueError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsUInt32(obj: *mut PyObject, value: *mut u32) -> c_int {
    // SAFETY: the caller's contract.
    api(|| store(long::as_unsigned(unsafe { argument(obj) }?, "uint32_t"), value))
}

/// The value of an int or of what `__index__` gives. 0, or -1 with `OverflowError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsInt64(obj: *mut PyObject, value: *mut i64) -> c_int {
    // SAFETY: the caller's contract.
    api(|| store(long::as_signed(unsafe { argument(obj) }?, "int64_t"), value))
}

/// The value of an int or of what `__index__` gives. 0, or -1 with `OverflowError`, `ValueError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsUInt64(obj: *mut PyObject, value: *mut u64) -> c_int {
    // SAFETY: the caller's contract.
    api(|| store(long::as_unsigned(unsafe { argument(obj) }?, "uint64_t"), value))
}

/// The nearest double of an int; -1.0 with `OverflowError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsDouble(op: *mut PyObject) -> c_double {
    // SAFETY: the caller's contract.
    api(|| long::double::as_f64(unsafe { argument(op) }?))
}

/// An int as the address that [`PyLong_FromVoidPtr`] made it of; NULL with `OverflowError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsVoidPtr(op: *mut PyObject) -> *mut c_void {
    // SAFETY: the caller's contract.
    or(unsafe { argument(op) }.and_then(long::as_address), 0) as *mut c_void
}

/// 1 if the int has at most one digit.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_Long_IsCompact(op: *const PyLongObject) -> c_int {
    // SAFETY: the caller's contract.
    long::compact_value(unsafe { Object::from_ptr(op.cast_mut().cast()) }).is_some() as c_int
}

/// The value of a compact int.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_Long_CompactValue(op: *const PyLongObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    long::compact_value(unsafe { Object::from_ptr(op.cast_mut().cast()) }).map_or(0, |value| value as isize)
}

#[cold]
fn not_an_int(word: &str, o: &Object) -> Raised {
    let name = match typeobject::fully_qualified_name(o.ty()) {
        Ok(name) => name,
        Err(raised) => return raised,
    };
    match unicode::as_str(&name) {
        Ok(name) => raise!(TypeError, "{word} int, got {name}"),
        Err(raised) => raised,
    }
}

/// # Safety
/// `op` is NULL or alive.
unsafe fn sign_is(op: *mut PyObject, wanted: c_int) -> Result<bool> {
    // SAFETY: the caller's word.
    let o = unsafe { argument(op) }?;
    if long::check(o) { Ok(long::sign(o) == wanted) } else { Err(not_an_int("expected", o)) }
}

/// 1 for an int above zero, else 0; -1 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_IsPositive(obj: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { sign_is(obj, 1) })
}

/// 1 for an int below zero, else 0; -1 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_IsNegative(obj: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { sign_is(obj, -1) })
}

/// 1 for zero, else 0; -1 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_IsZero(obj: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { sign_is(obj, 0) })
}

/// Puts -1, 0 or 1 into `sign`. 0, or -1 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_GetSign(v: *mut PyObject, sign: *mut c_int) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        let o = unsafe { argument(v) }?;
        if !long::check(o) {
            return Err(not_an_int("expect", o));
        }
        store(Ok(long::sign(o)), sign)
    })
}

/// -1, 0 or 1 of an int.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Sign(v: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    long::sign(unsafe { Object::from_ptr(v) })
}

/// How many bits the magnitude of an int has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_NumBits(v: *mut PyObject) -> i64 {
    // SAFETY: the caller's contract.
    long::bit_length(unsafe { Object::from_ptr(v) }) as i64
}

/// The greatest common divisor of two ints. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_GCD(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { long::arith::gcd(Object::from_ptr(a), Object::from_ptr(b)) })
}

/// C's `strtoul`, but base 0 knows `0b` and `0o` too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyOS_strtoul(str: *const c_char, ptr: *mut *mut c_char, base: c_int) -> c_ulong {
    // SAFETY: the caller's contract.
    unsafe {
        let (value, used, overflow) = text::read_unsigned(CStr::from_ptr(str).to_bytes(), base);
        if !ptr.is_null() {
            *ptr = str.add(used).cast_mut();
        }
        if overflow {
            *libc::__errno_location() = libc::ERANGE;
            return c_ulong::MAX;
        }
        value
    }
}

/// As [`PyOS_strtoul`], with a sign.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyOS_strtol(str: *const c_char, ptr: *mut *mut c_char, base: c_int) -> c_long {
    // SAFETY: the caller's contract.
    unsafe {
        let text = CStr::from_ptr(str).to_bytes();
        let spaces = text.iter().take_while(|&&c| text::is_space(c)).count();
        let negative = text.get(spaces) == Some(&b'-');
        let start = spaces + matches!(text.get(spaces), Some(b'-' | b'+')) as usize;
        let (value, used, overflow) = text::read_unsigned(&text[start..], base);
        if !ptr.is_null() {
            *ptr = str.add(start + used).cast_mut();
        }
        let limit = c_long::MAX as c_ulong + negative as c_ulong;
        if overflow || value > limit {
            *libc::__errno_location() = libc::ERANGE;
            return c_long::MAX;
        }
        if negative { (value as c_long).wrapping_neg() } else { value as c_long }
    }
}

/// `sys.int_info`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_GetInfo() -> *mut PyObject {
    api(long::info::new)
}
