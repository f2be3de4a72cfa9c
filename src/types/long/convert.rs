//! Ints as machine integers, and the errors when they don't fit.

use super::{check, compact_value, digits, is_negative};
use crate::abi::*;
use crate::object::{Object, Result, number};
use crate::raise;

/// The value of an int, `None` if it does not fit.
#[inline]
pub fn to_i64(o: &Object) -> Option<i64> {
    compact_value(o).or_else(|| {
        let value = to_i128(o)?;
        i64::try_from(value).ok()
    })
}

/// The value of an int of at most four digits, which covers 64 bits.
fn to_i128(o: &Object) -> Option<i128> {
    let digits = digits(o);
    if digits.len() > 4 {
        return None;
    }
    let magnitude = digits.iter().rev().fold(0i128, |value, &d| (value << PyLong_SHIFT) | d as i128);
    Some(if is_negative(o) { -magnitude } else { magnitude })
}

/// The value of an int that is not negative, `None` if it does not fit.
pub fn to_u64(o: &Object) -> Option<u64> {
    u64::try_from(to_i128(o)?).ok()
}

/// The value of an int, or of an object with `__index__`; `OverflowError` "Python int too large to convert to C long".
pub fn as_i64(o: &Object) -> Result<i64> {
    let too_large = || raise!(OverflowError, "Python int too large to convert to C long");
    if check(o) {
        return to_i64(o).ok_or_else(too_large);
    }
    to_i64(&*number::index(o)?).ok_or_else(too_large)
}

/// As `PyLong_AsSsize_t`: an int only.
pub fn as_isize(o: &Object) -> Result<isize> {
    if !check(o) {
        return Err(raise!(TypeError, "an integer is required"));
    }
    to_i64(o)
        .map(|value| value as isize)
        .ok_or_else(|| raise!(OverflowError, "Python int too large to convert to C ssize_t"))
}
