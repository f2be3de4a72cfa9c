//! Items of a view: C values by the single native format characters of `struct`, as objects and back.

use crate::abi::*;
use crate::object::{Object, Owned, Result, error, number};
use crate::raise;
use crate::types::{boolobject, bytes, exceptions, float, long};
use std::ffi::CStr;

/// The format character of a native single-item format, with or without `@`.
pub fn native(format: *const c_char) -> Option<u8> {
    if format.is_null() {
        return Some(b'B');
    }
    // SAFETY: a buffer's format is a C string.
    let text = unsafe { CStr::from_ptr(format) }.to_bytes();
    match text.strip_prefix(b"@").unwrap_or(text) {
        [c] if size(*c).is_some() => Some(*c),
        _ => None,
    }
}

/// How many bytes an item has.
pub fn size(c: u8) -> Option<usize> {
    Some(match c {
        b'c' | b'b' | b'B' | b'?' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' | b'q' | b'Q' | b'n' | b'N' | b'd' | b'P' => 8,
        _ => return None,
    })
}

/// `NotImplementedError` for a format that is not native and single.
#[cold]
pub fn unsupported(format: *const c_char) -> error::Raised {
    // SAFETY: a buffer's format is a C string.
    let text = unsafe { CStr::from_ptr(format) }.to_string_lossy();
    raise!(NotImplementedError, "memoryview: format {text} not supported")
}

/// The item at `place` as an object. New reference.
///
/// # Safety
/// An item of that format stands there; it need not be aligned.
pub unsafe fn unpack(c: u8, place: *const u8) -> Result<Owned> {
    // SAFETY: the caller's word.
    unsafe {
        match c {
            b'B' => long::from_i64(place.read().into()),
            b'b' => long::from_i64(place.cast::<i8>().read().into()),
            b'h' => long::from_i64(place.cast::<i16>().read_unaligned().into()),
            b'H' => long::from_i64(place.cast::<u16>().read_unaligned().into()),
            b'i' => long::from_i64(place.cast::<i32>().read_unaligned().into()),
            b'I' => long::from_i64(place.cast::<u32>().read_unaligned().into()),
            b'l' | b'q' | b'n' => long::from_i64(place.cast::<i64>().read_unaligned()),
            b'L' | b'Q' | b'N' | b'P' => long::from_u64(place.cast::<u64>().read_unaligned()),
            b'f' => float::from_f64(place.cast::<f32>().read_unaligned().into()),
            b'd' => float::from_f64(place.cast::<f64>().read_unaligned()),
            b'e' => float::from_f64(half_to_double(place.cast::<u16>().read_unaligned())),
            b'?' => Ok(boolobject::from_bool(place.read() != 0)),
            b'c' => bytes::from_slice(&[place.read()]),
            _ => Err(raise!(NotImplementedError, "memoryview: format {} not supported", char::from(c))),
        }
    }
}

#[cold]
fn invalid_type(c: u8) -> error::Raised {
    raise!(TypeError, "memoryview: invalid type for format '{}'", char::from(c))
}

#[cold]
fn invalid_value(c: u8) -> error::Raised {
    raise!(ValueError, "memoryview: invalid value for format '{}'", char::from(c))
}

/// Stores an object as the item at `place`.
///
/// # Safety
/// As [`unpack`], and the memory may be written.
pub unsafe fn pack(c: u8, place: *mut u8, item: &Object) -> Result<()> {
    // SAFETY: the caller's word.
    unsafe {
        match c {
            b'b' => place.cast::<i8>().write(signed(c, item)?),
            b'h' => place.cast::<i16>().write_unaligned(signed(c, item)?),
            b'i' => place.cast::<i32>().write_unaligned(signed(c, item)?),
            b'l' | b'q' | b'n' => place.cast::<i64>().write_unaligned(signed(c, item)?),
            b'B' => place.write(unsigned(c, item)?),
            b'H' => place.cast::<u16>().write_unaligned(unsigned(c, item)?),
            b'I' => place.cast::<u32>().write_unaligned(unsigned(c, item)?),
            b'L' | b'Q' | b'N' | b'P' => place.cast::<u64>().write_unaligned(unsigned(c, item)?),
            b'd' => place.cast::<f64>().write_unaligned(double(c, item)?),
            b'f' => place.cast::<f32>().write_unaligned(double(c, item)? as f32),
            b'e' => {
                let half = double_to_half(double(c, item)?).ok_or_else(|| invalid_value(c))?;
                place.cast::<u16>().write_unaligned(half);
            }
            b'?' => place.write(item.is_true()?.into()),
            b'c' => {
                if !bytes::check(item) {
                    return Err(invalid_type(c));
                }
                match bytes::as_slice(item) {
                    [byte] => place.write(*byte),
                    _ => return Err(invalid_value(c)),
                }
            }
            _ => return Err(raise!(NotImplementedError, "memoryview: format {} not supported", char::from(c))),
        }
    }
    Ok(())
}

/// The index of an item; `TypeError` becomes the view's own.
fn index(c: u8, item: &Object) -> Result<Owned> {
    number::index(item).map_err(|raised| replace(raised, c))
}

/// A `TypeError` becomes the view's own; others stay.
fn replace(raised: error::Raised, c: u8) -> error::Raised {
    if !error::matches(&raw mut exceptions::TypeError) {
        return raised;
    }
    drop(error::caught(raised));
    invalid_type(c)
}

fn signed<T: TryFrom<i64>>(c: u8, item: &Object) -> Result<T> {
    let value = long::to_i64(&*index(c, item)?);
    value.and_then(|value| T::try_from(value).ok()).ok_or_else(|| invalid_value(c))
}

fn unsigned<T: TryFrom<u64>>(c: u8, item: &Object) -> Result<T> {
    let value = long::to_u64(&*index(c, item)?);
    value.and_then(|value| T::try_from(value).ok()).ok_or_else(|| invalid_value(c))
}

fn double(c: u8, item: &Object) -> Result<f64> {
    float::as_f64(item).map_err(|raised| replace(raised, c))
}

/// IEEE 754 binary16 to binary64: exact.
pub fn half_to_double(half: u16) -> f64 {
    let sign = if half & 0x8000 != 0 { -1.0 } else { 1.0 };
    let exponent = i32::from((half >> 10) & 0x1f);
    let fraction = f64::from(half & 0x3ff);
    sign * match exponent {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1.0 + fraction / 1024.0) * 2f64.powi(exponent - 15),
    }
}

/// Rounded to nearest, ties to even; `None` for a finite value that is too large.
pub fn double_to_half(x: f64) -> Option<u16> {
    let sign = if x.is_sign_negative() { 0x8000 } else { 0 };
    let a = x.abs();
    if a.is_nan() {
        return Some(sign | 0x7e00);
    }
    if a.is_infinite() {
        return Some(sign | 0x7c00);
    }
    // Below the normal numbers the step is 2^-24; above it grows with the exponent.
    let exponent = if a < 2f64.powi(-14) { -14 } else { a.log2().floor() as i32 };
    let steps = (a / 2f64.powi(exponent - 10)).round_ties_even();
    let bits = if a < 2f64.powi(-14) { steps as u32 } else { (((exponent + 15) as u32) << 10) + (steps as u32 - 1024) };
    (bits < 0x7c00).then_some(sign | bits as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_come_back() {
        for half in 0..=u16::MAX {
            let x = half_to_double(half);
            if !x.is_nan() {
                assert_eq!(double_to_half(x), Some(half), "{half:#x}");
            }
        }
    }

    #[test]
    fn large_values_do_not_fit() {
        assert_eq!(double_to_half(65504.0), Some(0x7bff));
        assert_eq!(double_to_half(65519.0), Some(0x7bff));
        assert_eq!(double_to_half(65520.0), None);
        assert_eq!(double_to_half(-1e300), None);
    }
}
