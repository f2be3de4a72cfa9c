//! The object's form: tag and digits, the small ints, making new ones.
//!
//! The tag's low two bits are the sign (0 positive, 1 zero, 2 negative), bit 2 marks the static small ints, the rest
//! counts digits. Values from -5 to 256 are static objects shared by all interpreters.

use super::PyLong_Type;
use crate::abi::*;
use crate::object::{Object, Owned, Result, lifecycle};
use std::mem::offset_of;

/// Set in the tag of the static small ints, so that deallocation can tell them.
const STATIC_TAG: usize = 4;

const SMALL_MIN: i64 = -(_PY_NSMALLNEGINTS as i64);
const SMALL_COUNT: usize = _PY_NSMALLNEGINTS + _PY_NSMALLPOSINTS;

const fn tag_of(negative: bool, digits: usize) -> usize {
    let sign = if digits == 0 {
        1
    } else if negative {
        2
    } else {
        0
    };
    (digits << _PyLong_NON_SIZE_BITS) | sign
}

const fn small(value: i64) -> PyLongObject {
    PyLongObject {
        ob_base: PyObject::immortal(&raw mut PyLong_Type),
        long_value: _PyLongValue {
            lv_tag: tag_of(value < 0, (value != 0) as usize) | STATIC_TAG,
            ob_digit: [value.unsigned_abs() as digit],
        },
    }
}

static mut SMALL: [PyLongObject; SMALL_COUNT] = {
    let mut all = [const { small(0) }; SMALL_COUNT];
    let mut i = 0;
    while i < SMALL_COUNT {
        all[i] = small(i as i64 + SMALL_MIN);
        i += 1;
    }
    all
};

#[inline(always)]
fn small_int(value: i64) -> Option<&'static Object> {
    let index = value.wrapping_sub(SMALL_MIN) as u64;
    // SAFETY: static, and the index is in range.
    (index < SMALL_COUNT as u64)
        .then(|| unsafe { Object::from_ptr((&raw mut SMALL).cast::<PyLongObject>().add(index as usize).cast()) })
}

/// Zero.
pub fn zero() -> &'static Object {
    small_int(0).expect("0 is a small int")
}

/// One.
pub fn one() -> &'static Object {
    small_int(1).expect("1 is a small int")
}

/// An int of `digits` digits, not all written yet.
fn allocate(digits: usize) -> Result<*mut PyLongObject> {
    if digits > (isize::MAX as usize - size_of::<PyLongObject>()) / size_of::<digit>() {
        return Err(crate::raise!(OverflowError, "too many digits in integer"));
    }
    // At least one digit: C code reads it even for zero.
    let long: *mut PyLongObject = lifecycle::new_sized(
        &raw mut PyLong_Type,
        offset_of!(PyLongObject, long_value.ob_digit) + digits.max(1) * size_of::<digit>(),
    )?;
    Ok(long)
}

/// From sign and digits; leading zeros are dropped, small values are the shared ones.
pub fn from_digits(negative: bool, digits: &[digit]) -> Result<Owned> {
    let n = digits.iter().rposition(|&d| d != 0).map_or(0, |last| last + 1);
    if n <= 1 {
        let value = digits.first().copied().unwrap_or(0) as i64;
        return from_i64(if negative { -value } else { value });
    }
    let long = allocate(n)?;
    // SAFETY: fresh, with room for `n` digits.
    unsafe {
        (*long).long_value.lv_tag = tag_of(negative, n);
        std::ptr::copy_nonoverlapping(digits.as_ptr(), (&raw mut (*long).long_value.ob_digit).cast(), n);
        Ok(Owned::from_raw(long.cast()))
    }
}

/// A new reference; `MemoryError`.
#[inline]
pub fn from_i64(value: i64) -> Result<Owned> {
    match small_int(value) {
        Some(small) => Ok(small.to_owned()),
        None => from_magnitude(value < 0, value.unsigned_abs()),
    }
}

/// A new reference; `MemoryError`.
#[inline]
pub fn from_u64(value: u64) -> Result<Owned> {
    match i64::try_from(value) {
        Ok(value) => from_i64(value),
        Err(_) => from_magnitude(false, value),
    }
}

/// A value that is no small int.
fn from_magnitude(negative: bool, magnitude: u64) -> Result<Owned> {
    let mut rest = magnitude;
    let mut digits = [0; 3];
    let mut n = 0;
    while rest != 0 {
        digits[n] = (rest & PyLong_MASK as u64) as digit;
        rest >>= PyLong_SHIFT;
        n += 1;
    }
    let long = allocate(n)?;
    // SAFETY: fresh, with room for `n` digits.
    unsafe {
        (*long).long_value.lv_tag = tag_of(negative, n);
        std::ptr::copy_nonoverlapping(digits.as_ptr(), (&raw mut (*long).long_value.ob_digit).cast(), n);
        Ok(Owned::from_raw(long.cast()))
    }
}

/// An int's digits, least significant first.
#[inline(always)]
pub fn digits(o: &Object) -> &[digit] {
    let long = o.cast::<PyLongObject>();
    // SAFETY: layout: an int has as many digits as its tag says.
    unsafe {
        let n = (*long).long_value.lv_tag >> _PyLong_NON_SIZE_BITS;
        std::slice::from_raw_parts((&raw const (*long).long_value.ob_digit).cast(), n)
    }
}

#[inline(always)]
pub fn is_negative(o: &Object) -> bool {
    // SAFETY: layout.
    unsafe { (*o.cast::<PyLongObject>()).long_value.lv_tag & _PyLong_SIGN_MASK == 2 }
}

/// The value of an int of at most one digit.
#[inline(always)]
pub fn compact_value(o: &Object) -> Option<i64> {
    let long = o.cast::<PyLongObject>();
    // SAFETY: layout.
    unsafe {
        let tag = (*long).long_value.lv_tag;
        (tag < (2 << _PyLong_NON_SIZE_BITS))
            .then(|| (1 - (tag & _PyLong_SIGN_MASK) as i64) * (*long).long_value.ob_digit[0] as i64)
    }
}

/// Slot. The static small ints are immortal, so a subclass's instances and heap ints get here only.
pub unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero.
    unsafe {
        match (*(*op).ob_type).tp_free {
            Some(free) => free(op.cast()),
            None => lifecycle::free(op),
        }
    }
}
