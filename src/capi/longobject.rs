//! `longobject.h`, `cpython/longobject.h`, `cpython/longintrepr.h`, `internal/pycore_long.h`.

use crate::abi::*;
use crate::object::{Object, Owned, Raised, Result, api, error};
use crate::raise;
use crate::types::long::{self, argument, bytes as long_bytes, text};
use crate::types::{tuple, typeobject, unicode};
use std::ffi::CStr;
use std::ptr;

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

const ALLOW_INDEX: c_int = 0x10;
const REJECT_NEGATIVE: c_int = 8;
const UNSIGNED_BUFFER: c_int = 4;

/// Copies the value of an int into `n` bytes, cut off at the top if need be, and gives the size that holds it: more than
/// `n` where it was cut. `flags` are `Py_ASNATIVEBYTES_*`, or -1. -1 with `TypeError` or `ValueError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsNativeBytes(
    v: *mut PyObject,
    buffer: *mut c_void,
    n: Py_ssize_t,
    flags: c_int,
) -> Py_ssize_t {
    api(|| {
        // SAFETY: the caller's contract.
        let v = unsafe { argument(v) }?;
        let Ok(n) = usize::try_from(n) else {
            return Err(error::bad_internal_call());
        };
        let has = |flag: c_int| flags != -1 && flags & flag != 0;
        if !long::check(v) && !has(ALLOW_INDEX) {
            return Err(not_an_int("expect", v));
        }
        long::with_index(v, |v| {
            if has(REJECT_NEGATIVE) && long::is_negative(v) {
                return Err(long::negative());
            }
            let out = if n == 0 || buffer.is_null() {
                &mut []
            } else {
                // SAFETY: the caller's contract.
                unsafe { std::slice::from_raw_parts_mut(buffer.cast::<u8>(), n) }
            };
            let unsigned = flags == -1 || flags & UNSIGNED_BUFFER != 0;
            Ok(long_bytes::write_native(v, out, long_bytes::is_little(flags), unsigned))
        })?
    })
}

/// # Safety
/// `buffer` is NULL or has `n` bytes.
unsafe fn from_native(buffer: *const c_void, n: usize, flags: c_int, signed: bool) -> Result {
    if buffer.is_null() {
        return Err(error::bad_internal_call());
    }
    // SAFETY: the caller's word.
    let bytes = unsafe { std::slice::from_raw_parts(buffer.cast::<u8>(), n) };
    long_bytes::read(bytes, long_bytes::is_little(flags), signed)
}

/// The int whose two's complement the bytes are, or with `Py_ASNATIVEBYTES_UNSIGNED_BUFFER` the int without a sign. New
/// reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromNativeBytes(buffer: *const c_void, n_bytes: usize, flags: c_int) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { from_native(buffer, n_bytes, flags, flags == -1 || flags & UNSIGNED_BUFFER == 0) })
}

/// The int without a sign that the bytes are. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromUnsignedNativeBytes(
    buffer: *const c_void,
    n_bytes: usize,
    flags: c_int,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { from_native(buffer, n_bytes, flags, false) })
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

/// The int that the bytes are. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_FromByteArray(
    bytes: *const u8,
    n: usize,
    little_endian: c_int,
    is_signed: c_int,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    let bytes = if n == 0 { &[] } else { unsafe { std::slice::from_raw_parts(bytes, n) } };
    api(|| long_bytes::read(bytes, little_endian != 0, is_signed != 0))
}

/// Writes an int into `n` bytes. 0, or -1 where it does not fit, with `OverflowError` if `with_exceptions`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_AsByteArray(
    v: *mut PyLongObject,
    bytes: *mut u8,
    n: usize,
    little_endian: c_int,
    is_signed: c_int,
    with_exceptions: c_int,
) -> c_int {
    // SAFETY: the caller's contract.
    let (v, out) = unsafe {
        let out = if n == 0 { &mut [] } else { std::slice::from_raw_parts_mut(bytes, n) };
        (Object::from_ptr(v.cast()), out)
    };
    match long_bytes::write(v, out, little_endian != 0, is_signed != 0) {
        Ok(()) => 0,
        Err(misfit) => {
            if with_exceptions != 0 {
                let _ = misfit.raise();
            }
            -1
        }
    }
}

/// The greatest common divisor of two ints. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_GCD(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { long::arith::gcd(Object::from_ptr(a), Object::from_ptr(b)) })
}

/// An int of `size` digits that the caller writes. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_New(size: Py_ssize_t) -> *mut PyLongObject {
    or(long::Fresh::new(size as usize).map(long::Fresh::into_raw), ptr::null_mut())
}

/// An exact copy of an int. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Copy(src: *mut PyLongObject) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        let src = unsafe { Object::from_ptr(src.cast()) };
        long::from_digits(long::is_negative(src), long::digits(src))
    })
}

/// An int of sign and digits. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_FromDigits(
    negative: c_int,
    digit_count: Py_ssize_t,
    digits: *mut digit,
) -> *mut PyLongObject {
    api(|| {
        if digit_count <= 0 {
            return Ok(long::zero().to_owned());
        }
        // SAFETY: the caller's contract.
        let digits = unsafe { std::slice::from_raw_parts(digits, digit_count as usize) };
        long::from_digits(negative != 0, digits)
    })
    .cast()
}

static LAYOUT: PyLongLayout = PyLongLayout {
    bits_per_digit: PyLong_SHIFT as u8,
    digit_size: size_of::<digit>() as u8,
    digits_order: -1,
    digit_endianness: if cfg!(target_endian = "little") { -1 } else { 1 },
};

/// How [`PyLong_Export`] and [`PyLongWriter_Create`] lay digits out. Static.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_GetNativeLayout() -> *const PyLongLayout {
    &LAYOUT
}

/// Tells an int's value if it fits into 64 bits, else lends its digits until [`PyLong_FreeExport`]. 0, or -1 with
/// `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_Export(obj: *mut PyObject, export_long: *mut PyLongExport) -> c_int {
    // SAFETY: the caller's contract.
    let export = unsafe {
        ptr::write_bytes(export_long, 0, 1);
        &mut *export_long
    };
    api(|| {
        // SAFETY: the caller's contract.
        let o = unsafe { argument(obj) }?;
        if !long::check(o) {
            return Err(not_an_int("expect", o));
        }
        match long::to_i64(o) {
            Some(value) => export.value = value,
            None => {
                let digits = long::digits(o);
                export.negative = long::is_negative(o) as u8;
                export.ndigits = digits.len() as isize;
                export.digits = digits.as_ptr().cast();
                export._reserved = o.to_owned().into_raw() as usize;
            }
        }
        Ok(())
    })
}

/// Gives back what [`PyLong_Export`] lent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FreeExport(export_long: *mut PyLongExport) {
    // SAFETY: the caller's contract.
    unsafe {
        drop(Owned::optional((*export_long)._reserved as *mut PyObject));
        (*export_long)._reserved = 0;
    }
}

/// An int of `ndigits` digits, whose place is put into `digits`, for the caller to write all of them. NULL with
/// `ValueError`, `OverflowError` or `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLongWriter_Create(
    negative: c_int,
    ndigits: Py_ssize_t,
    digits: *mut *mut c_void,
) -> *mut PyLongWriter {
    let made = if ndigits <= 0 {
        Err(raise!(ValueError, "ndigits must be positive"))
    } else {
        long::Fresh::new(ndigits as usize)
    };
    // SAFETY: the caller's contract.
    unsafe {
        match made {
            Ok(mut fresh) => {
                *digits = fresh.digits().as_mut_ptr().cast();
                let long = fresh.into_raw();
                (*long).long_value.lv_tag = long::tag_of(negative != 0, ndigits as usize);
                long.cast()
            }
            Err(_) => {
                *digits = ptr::null_mut();
                ptr::null_mut()
            }
        }
    }
}

/// The int that a writer made; the writer is gone. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLongWriter_Finish(writer: *mut PyLongWriter) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract: the int is still ours alone.
        unsafe {
            let negative = long::is_negative(Object::from_ptr(writer.cast()));
            long::Fresh::from_raw(writer.cast()).finish(negative)
        }
    })
}

/// Throws a writer away; NULL is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLongWriter_Discard(writer: *mut PyLongWriter) {
    // SAFETY: the caller's contract.
    drop(unsafe { Owned::optional(writer.cast()) });
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

// What CPython exports for its own modules.

/// The value of each character as a digit, 37 if it is none.
#[unsafe(no_mangle)]
pub static mut _PyLong_DigitValue: [u8; 256] = {
    let mut values = [37; 256];
    let mut c = 0;
    while c < 128 {
        if let Some(value) = (c as u8 as char).to_digit(36) {
            values[c] = value as u8;
        }
        c += 1;
    }
    values
};

/// The end of an exact int.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_ExactDealloc(op: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { long::exact_dealloc(op) }
}

/// Two ints.
///
/// # Safety
/// Both are alive.
unsafe fn two<'a>(left: *mut PyLongObject, right: *mut PyLongObject) -> (&'a Object, &'a Object) {
    // SAFETY: the caller's word.
    unsafe { (Object::from_ptr(left.cast()), Object::from_ptr(right.cast())) }
}

/// The sum of two ints. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Add(left: *mut PyLongObject, right: *mut PyLongObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    let (a, b) = unsafe { two(left, right) };
    api(|| long::add(a, b))
}

/// The difference of two ints. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Subtract(left: *mut PyLongObject, right: *mut PyLongObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    let (a, b) = unsafe { two(left, right) };
    api(|| long::subtract(a, b))
}

/// The product of two ints. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Multiply(left: *mut PyLongObject, right: *mut PyLongObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    let (a, b) = unsafe { two(left, right) };
    api(|| long::multiply(a, b))
}

/// Nearest quotient, ties to even, and the remainder that goes with it, as a tuple. New reference; `TypeError` if one is
/// no int.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_DivmodNear(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        let (a, b) = unsafe { two(a.cast(), b.cast()) };
        if !long::check(a) || !long::check(b) {
            return Err(raise!(TypeError, "non-integer arguments in division"));
        }
        let (quotient, rest) = long::arith::divmod_near(a, b)?;
        tuple::from_owned(vec![quotient, rest])
    })
}

/// The digits of an int, with the prefix of the base. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Format(obj: *mut PyObject, base: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        let o = unsafe { argument(obj) }?;
        if !long::check(o) {
            return Err(error::bad_internal_call());
        }
        unicode::from_str(&long::to_base_with_prefix(o, base as u32)?)
    })
}

/// Mantissa in [0.5, 1) and exponent of an int.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Frexp(a: *mut PyLongObject, e: *mut i64) -> c_double {
    // SAFETY: the caller's contract.
    unsafe {
        let (mantissa, exponent) = long::double::frexp_of(Object::from_ptr(a.cast()));
        *e = exponent;
        mantissa
    }
}

/// `a << shiftby`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Lshift(a: *mut PyObject, shiftby: i64) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| long::bits::shift_left_by(unsafe { Object::from_ptr(a) }, shiftby as u64))
}

/// `a >> shiftby`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Rshift(a: *mut PyObject, shiftby: i64) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| long::bits::shift_right_by(unsafe { Object::from_ptr(a) }, shiftby as u64))
}

/// The body of a converter: 1, or 0 with an error set.
///
/// # Safety
/// `obj` is alive and `ptr` has room for a `T`.
unsafe fn converted<T: TryFrom<u64>>(obj: *mut PyObject, ptr: *mut c_void, name: &str) -> c_int {
    // SAFETY: the caller's word.
    let value = unsafe { argument(obj) }.and_then(|o| long::convert_unsigned::<T>(o, name));
    store(value, ptr.cast()).is_ok() as c_int
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UnsignedShort_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<u16>(obj, ptr, "unsigned short") }
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UnsignedInt_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<c_uint>(obj, ptr, "unsigned int") }
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UnsignedLong_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<c_ulong>(obj, ptr, "unsigned long") }
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UnsignedLongLong_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<c_ulonglong>(obj, ptr, "unsigned long long") }
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Size_t_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<usize>(obj, ptr, "size_t") }
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UInt8_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<u8>(obj, ptr, "uint8_t") }
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UInt16_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<u16>(obj, ptr, "uint16_t") }
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UInt32_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<u32>(obj, ptr, "uint32_t") }
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UInt64_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<u64>(obj, ptr, "uint64_t") }
}

/// `sys.int_info`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_GetInfo() -> *mut PyObject {
    api(long::info::new)
}
