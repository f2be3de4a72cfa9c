//! Ints and doubles: exact one way, rounded half to even the other.

use super::arith::round_half_even;
use super::magnitude as mag;
use super::*;
use crate::object::{Owned, Result};
use crate::raise;
use crate::types::float::math::{frexp, ldexp};

/// Mantissa in [0.5, 1) with the int's sign, and exponent (`_PyLong_Frexp`); rounded half to even. 0 gives 0 and 0.
pub fn frexp_of(o: &Object) -> (f64, i64) {
    let digits = digits(o);
    let length = mag::bit_length(digits);
    if length == 0 {
        return (0.0, 0);
    }
    // The top 64 bits; one below them that is set makes the lowest of them count as more than nothing.
    let top = if length <= 64 {
        mag::bits_at(digits, 0) << (64 - length)
    } else {
        mag::bits_at(digits, length - 64) | mag::any_below(digits, length - 64) as u64
    };
    // One bit to the right, so that rounding up has room.
    let rounded = round_half_even(top >> 1 | top & 1, 10);
    let mut mantissa = rounded as f64 / (1u64 << 63) as f64;
    let mut exponent = length as i64;
    if mantissa == 1.0 {
        mantissa = 0.5;
        exponent += 1;
    }
    (if is_negative(o) { -mantissa } else { mantissa }, exponent)
}

/// The nearest double of an int; `OverflowError` "int too large to convert to float".
#[inline]
pub fn to_f64(o: &Object) -> Result<f64> {
    match compact_value(o) {
        Some(value) => Ok(value as f64),
        None => to_f64_long(o),
    }
}

#[inline(never)]
fn to_f64_long(o: &Object) -> Result<f64> {
    let (mantissa, exponent) = frexp_of(o);
    if exponent > f64::MAX_EXP as i64 {
        return Err(raise!(OverflowError, "int too large to convert to float"));
    }
    Ok(ldexp(mantissa, exponent as c_int))
}

/// `PyLong_AsDouble`: an int only.
pub fn as_f64(o: &Object) -> Result<f64> {
    if !check(o) {
        return Err(raise!(TypeError, "an integer is required"));
    }
    to_f64(o)
}

/// The integer part (`PyLong_FromDouble`).
pub fn from_f64(x: f64) -> Result<Owned> {
    if x.is_infinite() {
        return Err(raise!(OverflowError, "cannot convert float infinity to integer"));
    }
    if x.is_nan() {
        return Err(raise!(ValueError, "cannot convert float NaN to integer"));
    }
    if x.abs() < 9.2e18 {
        return from_i64(x as i64);
    }
    let (mantissa, exponent) = frexp(x.abs());
    let bits = (mantissa * (1u64 << 53) as f64) as u64;
    super::bits::shift_left_by(&*from_i64(if x < 0.0 { -(bits as i64) } else { bits as i64 })?, (exponent - 53) as u64)
}
