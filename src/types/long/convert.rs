//! Ints as machine integers, and the errors when they don't fit.

use super::magnitude as mag;
use super::*;
use crate::object::{Raised, Result, error, number};
use crate::raise;

/// The value of an int, `None` if it does not fit.
#[inline]
pub fn to_i64(o: &Object) -> Option<i64> {
    medium_value(o).or_else(|| i64::try_from(to_i128(o)?).ok())
}

/// The value of an int of at most four digits, which covers 64 bits.
fn to_i128(o: &Object) -> Option<i128> {
    let digits = digits(o);
    if digits.len() > 4 {
        return None;
    }
    let magnitude = mag::to_u128(digits) as i128;
    Some(if is_negative(o) { -magnitude } else { magnitude })
}

/// The value of an int that is not negative, `None` if it does not fit.
#[inline]
pub fn to_u64(o: &Object) -> Option<u64> {
    u64::try_from(to_i128(o)?).ok()
}

/// The value of an int modulo 2^64.
pub fn wrapping_u64(o: &Object) -> u64 {
    let magnitude = mag::bits_at(digits(o), 0);
    if is_negative(o) { magnitude.wrapping_neg() } else { magnitude }
}

/// What `f` makes of an int, or of what `__index__` gives.
#[inline]
pub fn with_index<R>(o: &Object, f: impl FnOnce(&Object) -> R) -> Result<R> {
    if check(o) { Ok(f(o)) } else { Ok(f(&*number::index(o)?)) }
}

/// An int only: "an integer is required".
#[inline]
fn require(o: &Object) -> Result<()> {
    if check(o) { Ok(()) } else { Err(required()) }
}

#[cold]
fn required() -> Raised {
    raise!(TypeError, "an integer is required")
}

/// "Python int too large to convert to C `name`".
#[cold]
pub fn too_large(name: &str) -> Raised {
    raise!(OverflowError, "Python int too large to convert to C {name}")
}

/// The value of an int, or of an object with `__index__`; `OverflowError` "Python int too large to convert to C long".
#[inline(always)]
pub fn as_i64(o: &Object) -> Result<i64> {
    if check(o)
        && let Some(value) = compact_value(o)
    {
        return Ok(value);
    }
    any_as_i64(o)
}

#[inline(never)]
fn any_as_i64(o: &Object) -> Result<i64> {
    with_index(o, to_i64)?.ok_or_else(|| too_large("long"))
}

/// As `PyLong_AsLongAndOverflow`: -1 and the sign of the overflow where the value does not fit.
pub fn as_i64_and_overflow(o: &Object) -> Result<(i64, c_int)> {
    with_index(o, |o| match to_i64(o) {
        Some(value) => (value, 0),
        None => (-1, sign(o)),
    })
}

/// As `PyLong_AsLongLong`, whose message differs.
pub fn as_long_long(o: &Object) -> Result<i64> {
    with_index(o, to_i64)?.ok_or_else(|| raise!(OverflowError, "int too big to convert"))
}

/// As `PyLong_AsInt`.
pub fn as_i32(o: &Object) -> Result<c_int> {
    with_index(o, to_i64)?.and_then(|value| c_int::try_from(value).ok()).ok_or_else(|| too_large("int"))
}

/// As `PyLong_AsSsize_t`: an int only.
pub fn as_isize(o: &Object) -> Result<isize> {
    require(o)?;
    to_i64(o).map(|value| value as isize).ok_or_else(|| too_large("ssize_t"))
}

/// As `PyLong_AsUnsignedLong`: an int only.
pub fn as_u64(o: &Object) -> Result<u64> {
    require(o)?;
    if is_negative(o) {
        return Err(raise!(OverflowError, "can't convert negative value to unsigned int"));
    }
    to_u64(o).ok_or_else(|| too_large("unsigned long"))
}

/// As `PyLong_AsSize_t`: an int only.
pub fn as_usize(o: &Object) -> Result<usize> {
    require(o)?;
    if is_negative(o) {
        return Err(raise!(OverflowError, "can't convert negative value to size_t"));
    }
    to_u64(o).map(|value| value as usize).ok_or_else(|| too_large("size_t"))
}

/// As `PyLong_AsUnsignedLongLong`: an int only.
pub fn as_unsigned_long_long(o: &Object) -> Result<u64> {
    require(o)?;
    if is_negative(o) {
        return Err(raise!(OverflowError, "can't convert negative int to unsigned"));
    }
    to_u64(o).ok_or_else(|| raise!(OverflowError, "int too big to convert"))
}

/// The value modulo 2^64, with `__index__`.
pub fn as_mask(o: &Object) -> Result<u64> {
    with_index(o, wrapping_u64)
}

/// As `PyLong_AsVoidPtr`: an int only; a negative one counts down from the end of the address space.
pub fn as_address(o: &Object) -> Result<usize> {
    require(o)?;
    if is_negative(o) { as_i64(o).map(|value| value as usize) } else { as_u64(o).map(|value| value as usize) }
}

/// A fixed-size signed integer, with `__index__`; `name` is the C type's.
pub fn as_signed<T: TryFrom<i64>>(o: &Object, name: &str) -> Result<T> {
    with_index(o, to_i64)?.and_then(|value| T::try_from(value).ok()).ok_or_else(|| too_large(name))
}

/// A fixed-size unsigned integer, with `__index__`; `ValueError` "Cannot convert negative int".
pub fn as_unsigned<T: TryFrom<u64>>(o: &Object, name: &str) -> Result<T> {
    with_index(o, |o| {
        if is_negative(o) {
            return Err(negative());
        }
        to_u64(o).and_then(|value| T::try_from(value).ok()).ok_or_else(|| too_large(name))
    })?
}

/// The converters of argument clinic: as [`as_unsigned`], with a message of their own.
pub fn convert_unsigned<T: TryFrom<u64>>(o: &Object, name: &str) -> Result<T> {
    with_index(o, |o| {
        if is_negative(o) {
            return Err(negative());
        }
        to_u64(o)
            .and_then(|value| T::try_from(value).ok())
            .ok_or_else(|| raise!(OverflowError, "Python int too large for C {name}"))
    })?
}

#[cold]
pub fn negative() -> Raised {
    raise!(ValueError, "Cannot convert negative int")
}

/// The int behind an argument that C promises to be one; `SystemError` for NULL.
///
/// # Safety
/// `op` is NULL or alive for `'a`.
#[inline(always)]
pub unsafe fn argument<'a>(op: *mut PyObject) -> Result<&'a Object> {
    if op.is_null() {
        return Err(error::bad_internal_call());
    }
    // SAFETY: not NULL, and the caller's word.
    Ok(unsafe { Object::from_ptr(op) })
}
