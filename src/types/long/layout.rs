//! The object's form: tag and digits, the small ints, making new ones.
//!
//! The tag's low two bits are the sign (0 positive, 1 zero, 2 negative), bit 2 marks the static small ints, the rest
//! counts digits. Values from -5 to 256 are static objects shared by all interpreters.

use super::PyLong_Type;
use crate::abi::*;
use crate::mem::domains;
use crate::object::{Object, Owned, Result, error, lifecycle};
use crate::{raise, state};
use std::mem::offset_of;

/// Set in the tag of the static small ints.
const STATIC_TAG: usize = 4;

/// How many dead one-digit ints wait for the next one, as in CPython.
const FREE_LIMIT: usize = 100;

const SMALL_MIN: i64 = -(_PY_NSMALLNEGINTS as i64);
const SMALL_COUNT: usize = _PY_NSMALLNEGINTS + _PY_NSMALLPOSINTS;

/// More digits than this no int has.
const MAX_DIGITS: usize = (i64::MAX as usize - 1) / PyLong_SHIFT;

pub const fn tag_of(negative: bool, digits: usize) -> usize {
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

/// The shared object of a small value.
#[inline(always)]
pub fn small_int(value: i64) -> Option<&'static Object> {
    let index = value.wrapping_sub(SMALL_MIN) as u64;
    // SAFETY: static, and the index is in range.
    (index < SMALL_COUNT as u64)
        .then(|| unsafe { Object::from_ptr((&raw mut SMALL).cast::<PyLongObject>().add(index as usize).cast()) })
}

/// A reference to a small value's object: it is immortal, so there is nothing to count.
#[inline(always)]
fn small_owned(value: i64) -> Option<Owned> {
    // SAFETY: immortal.
    small_int(value).map(|small| unsafe { Owned::from_raw(small.as_ptr()) })
}

/// Zero.
#[inline]
pub fn zero() -> &'static Object {
    small_int(0).expect("0 is a small int")
}

/// One.
#[inline]
pub fn one() -> &'static Object {
    small_int(1).expect("1 is a small int")
}

/// The address of the first digit.
#[inline(always)]
fn digits_ptr(long: *mut PyLongObject) -> *mut digit {
    // SAFETY: stays inside the object; nothing is read.
    unsafe { (&raw mut (*long).long_value.ob_digit).cast() }
}

/// A block for an int of one digit, the head set.
#[inline(always)]
fn allocate_compact() -> Result<*mut PyLongObject> {
    // SAFETY: attached.
    let block = unsafe { (*state::interp()).freelists.ints.pop() };
    let block = if block.is_null() { domains::object_malloc(size_of::<PyLongObject>()) } else { block };
    if block.is_null() {
        return Err(error::no_memory());
    }
    let long = block.cast::<PyLongObject>();
    // SAFETY: fresh; the type is static, so there is no reference to it to count.
    unsafe {
        (*long).ob_base.ob_type = &raw mut PyLong_Type;
        lifecycle::new_reference(long.cast());
    }
    Ok(long)
}

/// A block for an int of several digits, the head set.
#[inline]
fn allocate(room: usize) -> Result<*mut PyLongObject> {
    if room > MAX_DIGITS {
        return Err(raise!(OverflowError, "too many digits in integer"));
    }
    let size = offset_of!(PyLongObject, long_value.ob_digit) + room * size_of::<digit>();
    let long = domains::object_malloc(size).cast::<PyLongObject>();
    if long.is_null() {
        return Err(error::no_memory());
    }
    // SAFETY: fresh; the type is static, so there is no reference to it to count.
    unsafe {
        (*long).ob_base.ob_type = &raw mut PyLong_Type;
        lifecycle::new_reference(long.cast());
    }
    Ok(long)
}

/// An int that is being made: room for digits, zero at first.
pub struct Fresh {
    long: Owned,
    room: usize,
}

impl Fresh {
    pub fn new(room: usize) -> Result<Fresh> {
        let long = if room <= 1 { allocate_compact()? } else { allocate(room)? };
        // SAFETY: fresh, with room for at least one digit.
        unsafe {
            (*long).long_value.lv_tag = tag_of(false, room);
            std::ptr::write_bytes(digits_ptr(long), 0, room.max(1));
            Ok(Fresh { long: Owned::from_raw(long.cast()), room })
        }
    }

    /// With the digits of `digits`.
    pub fn of(digits: &[digit]) -> Result<Fresh> {
        let mut fresh = Fresh::new(digits.len())?;
        fresh.digits().copy_from_slice(digits);
        Ok(fresh)
    }

    #[inline(always)]
    pub fn digits(&mut self) -> &mut [digit] {
        // SAFETY: fresh: the object has this room and only we see it.
        unsafe { std::slice::from_raw_parts_mut(digits_ptr(self.long.cast()), self.room) }
    }

    /// The int: without leading zeros, and the shared object of a small value.
    #[inline]
    pub fn finish(mut self, negative: bool) -> Owned {
        let digits = self.digits();
        let n = digits.iter().rposition(|&d| d != 0).map_or(0, |last| last + 1);
        if n <= 1 {
            let value = digits.first().copied().unwrap_or(0) as i64;
            if let Some(small) = small_owned(if negative { -value } else { value }) {
                return small;
            }
        }
        // SAFETY: fresh.
        unsafe { (*self.long.cast::<PyLongObject>()).long_value.lv_tag = tag_of(negative, n) };
        self.long
    }

    /// The object that is being made, for C code that writes its digits (`PyLongWriter`).
    pub fn into_raw(self) -> *mut PyLongObject {
        self.long.into_raw().cast()
    }

    /// Takes back what [`Fresh::into_raw`] gave.
    ///
    /// # Safety
    /// `long` came from there, and nobody else sees it.
    pub unsafe fn from_raw(long: *mut PyLongObject) -> Fresh {
        // SAFETY: the caller's word.
        unsafe {
            let room = (*long).long_value.lv_tag >> _PyLong_NON_SIZE_BITS;
            Fresh { long: Owned::from_raw(long.cast()), room }
        }
    }
}

/// From sign and digits; leading zeros are dropped, small values are the shared ones.
pub fn from_digits(negative: bool, digits: &[digit]) -> Result<Owned> {
    let n = digits.iter().rposition(|&d| d != 0).map_or(0, |last| last + 1);
    if n <= 1 {
        let value = digits.first().copied().unwrap_or(0) as i64;
        return from_i64(if negative { -value } else { value });
    }
    Ok(Fresh::of(&digits[..n])?.finish(negative))
}

/// A new reference; `MemoryError`.
#[inline]
pub fn from_i64(value: i64) -> Result<Owned> {
    if let Some(small) = small_owned(value) {
        return Ok(small);
    }
    let magnitude = value.unsigned_abs();
    if magnitude > PyLong_MASK as u64 {
        return from_magnitude(value < 0, magnitude);
    }
    let long = allocate_compact()?;
    // SAFETY: fresh, with room for one digit.
    unsafe {
        (*long).long_value.lv_tag = tag_of(value < 0, 1);
        (*long).long_value.ob_digit[0] = magnitude as digit;
        Ok(Owned::from_raw(long.cast()))
    }
}

/// A new reference; `MemoryError`.
#[inline]
pub fn from_u64(value: u64) -> Result<Owned> {
    if value <= PyLong_MASK as u64 { from_i64(value as i64) } else { from_magnitude(false, value) }
}

/// A value of more than one digit.
#[inline(never)]
fn from_magnitude(negative: bool, magnitude: u64) -> Result<Owned> {
    let mask = PyLong_MASK as u64;
    let top = (magnitude >> (2 * PyLong_SHIFT)) as digit;
    let n = if top != 0 { 3 } else { 2 };
    let long = allocate(n)?;
    // SAFETY: fresh, with room for `n` digits.
    unsafe {
        (*long).long_value.lv_tag = tag_of(negative, n);
        let digits = digits_ptr(long);
        *digits = (magnitude & mask) as digit;
        *digits.add(1) = (magnitude >> PyLong_SHIFT & mask) as digit;
        if n == 3 {
            *digits.add(2) = top;
        }
        Ok(Owned::from_raw(long.cast()))
    }
}

/// A new reference; `MemoryError`.
pub fn from_u128(negative: bool, value: u128) -> Result<Owned> {
    let mut digits = [0; 5];
    let mut rest = value;
    for d in &mut digits {
        *d = (rest & PyLong_MASK as u128) as digit;
        rest >>= PyLong_SHIFT;
    }
    from_digits(negative, &digits)
}

/// A copy as an exact int: the value of a bool or of a subclass's instance.
pub fn exact(o: &Object) -> Result<Owned> {
    if super::check_exact(o) {
        return Ok(o.to_owned());
    }
    match compact_value(o) {
        Some(value) => from_i64(value),
        None => from_digits(is_negative(o), digits(o)),
    }
}

/// An int's digits, least significant first.
#[inline(always)]
pub fn digits(o: &Object) -> &[digit] {
    let long = o.cast::<PyLongObject>();
    // SAFETY: layout: an int has as many digits as its tag says.
    unsafe {
        let n = (*long).long_value.lv_tag >> _PyLong_NON_SIZE_BITS;
        std::slice::from_raw_parts(digits_ptr(long), n)
    }
}

#[inline(always)]
pub fn tag(o: &Object) -> usize {
    // SAFETY: layout.
    unsafe { (*o.cast::<PyLongObject>()).long_value.lv_tag }
}

#[inline(always)]
pub fn is_negative(o: &Object) -> bool {
    tag(o) & _PyLong_SIGN_MASK == 2
}

#[inline(always)]
pub fn is_zero(o: &Object) -> bool {
    tag(o) & _PyLong_SIGN_MASK == 1
}

/// -1, 0 or 1.
#[inline(always)]
pub fn sign(o: &Object) -> c_int {
    1 - (tag(o) & _PyLong_SIGN_MASK) as c_int
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

/// The value of an int of at most two digits.
#[inline(always)]
pub fn medium_value(o: &Object) -> Option<i64> {
    let long = o.cast::<PyLongObject>();
    // SAFETY: layout: with a tag of two digits there are two.
    unsafe {
        let tag = (*long).long_value.lv_tag;
        let digits = digits_ptr(long);
        let sign = 1 - (tag & _PyLong_SIGN_MASK) as i64;
        if tag < (2 << _PyLong_NON_SIZE_BITS) {
            Some(sign * *digits as i64)
        } else if tag < (3 << _PyLong_NON_SIZE_BITS) {
            Some(sign * ((*digits.add(1) as i64) << PyLong_SHIFT | *digits as i64))
        } else {
            None
        }
    }
}

/// As [`compact_value`] for any object: `None` if it is no exact int.
#[inline(always)]
pub fn compact_value_exact(o: &Object) -> Option<i64> {
    if super::check_exact(o) { compact_value(o) } else { None }
}

/// Both are ints of at most one digit: their values.
#[inline(always)]
pub fn compact_values(a: &Object, b: &Object) -> Option<(i64, i64)> {
    Some((compact_value(a)?, compact_value(b)?))
}

/// Slot. The static small ints are immortal, so a subclass's instances and heap ints get here only.
///
/// # Safety
/// A slot's.
pub unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero.
    unsafe {
        if (*op).ob_type == &raw mut PyLong_Type {
            exact_dealloc(op);
        } else {
            match (*(*op).ob_type).tp_free {
                Some(free) => free(op.cast()),
                None => lifecycle::free(op),
            }
        }
    }
}

/// The end of an exact int. Blocks of one digit wait for the next such int; a longer block whose int turned out to need
/// one digit only may wait with them.
///
/// # Safety
/// `op` is an exact int with a count of zero.
#[inline]
pub unsafe fn exact_dealloc(op: *mut PyObject) {
    // SAFETY: the caller's word.
    unsafe {
        let one_digit = (*op.cast::<PyLongObject>()).long_value.lv_tag < (2 << _PyLong_NON_SIZE_BITS);
        if !one_digit || !(*state::interp()).freelists.ints.push(op.cast(), FREE_LIMIT) {
            lifecycle::free(op);
        }
    }
}
