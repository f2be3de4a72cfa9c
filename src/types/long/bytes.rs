//! Ints as bytes, of either order, with sign or without.

use super::magnitude as mag;
use super::*;
use crate::object::{Raised, Result};
use crate::raise;

/// Why an int's bytes are not its value.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Misfit {
    Negative,
    TooBig,
}

impl Misfit {
    #[cold]
    pub fn raise(self) -> Raised {
        match self {
            Misfit::Negative => raise!(OverflowError, "can't convert negative int to unsigned"),
            Misfit::TooBig => raise!(OverflowError, "int too big to convert"),
        }
    }
}

/// Fills `out` with the two's complement of an int. What does not fit is cut off at the top, and said.
pub fn write(o: &Object, out: &mut [u8], little: bool, signed: bool) -> std::result::Result<(), Misfit> {
    let negative = is_negative(o);
    if negative && !signed {
        return Err(Misfit::Negative);
    }
    write_digits(digits(o), negative, out, little, signed)
}

fn write_digits(
    digits: &[digit],
    negative: bool,
    out: &mut [u8],
    little: bool,
    signed: bool,
) -> std::result::Result<(), Misfit> {
    let n = out.len();
    // Eight bytes at a time, the least significant first.
    let mut carry = negative;
    for start in (0..n).step_by(8) {
        let mut word = mag::bits_at(digits, 8 * start as u64);
        if negative {
            (word, carry) = (!word).overflowing_add(carry as u64);
        }
        let count = (n - start).min(8);
        if little {
            out[start..start + count].copy_from_slice(&word.to_le_bytes()[..count]);
        } else {
            out[n - start - count..n - start].copy_from_slice(&word.to_be_bytes()[8 - count..]);
        }
    }
    let length = mag::bit_length(digits);
    let room = 8 * n as u64;
    let fits = if !signed {
        length <= room
    } else if negative {
        // The sign bit belongs to the magnitude of the smallest number only.
        length < room || (length == room && n > 0 && !mag::any_below(digits, length - 1))
    } else {
        length < room || length == 0
    };
    if fits { Ok(()) } else { Err(Misfit::TooBig) }
}

/// The int whose two's complement `bytes` is (`_PyLong_FromByteArray`).
pub fn read(bytes: &[u8], little: bool, signed: bool) -> Result {
    let n = bytes.len();
    let byte = |i: usize| bytes[if little { i } else { n - 1 - i }];
    let negative = signed && n > 0 && byte(n - 1) & 0x80 != 0;
    // Bytes above the top one that says something.
    let filler = if negative { 0xff } else { 0 };
    let mut used = n;
    while used > 0 && byte(used - 1) == filler {
        used -= 1;
    }
    // A negative number may need one bit more than its bytes: -256 is 00 below a filler.
    let used = (used + negative as usize).min(n);
    if used <= 8 {
        let value = (0..used).fold(0u64, |value, i| value | (byte(i) as u64) << (8 * i));
        if !negative {
            return from_u64(value);
        }
        let value = if used == 8 { value } else { value | u64::MAX << (8 * used) };
        return from_i64(value as i64);
    }
    let mut fresh = Fresh::new((8 * used).div_ceil(PyLong_SHIFT) + 1)?;
    let (mut value, mut bits, mut carry) = (0u128, 0, negative);
    let mut places = fresh.digits().iter_mut();
    for start in (0..used).step_by(8) {
        let count = (used - start).min(8);
        let mut word = [filler; 8];
        if little {
            word[..count].copy_from_slice(&bytes[start..start + count]);
        } else {
            word[8 - count..].copy_from_slice(&bytes[n - start - count..n - start]);
        }
        let mut word = if little { u64::from_le_bytes(word) } else { u64::from_be_bytes(word) };
        if negative {
            (word, carry) = (!word).overflowing_add(carry as u64);
        }
        value |= (word as u128) << bits;
        bits += 8 * count;
        while bits >= PyLong_SHIFT {
            *places.next().expect("the room was counted") = (value & PyLong_MASK as u128) as digit;
            value >>= PyLong_SHIFT;
            bits -= PyLong_SHIFT;
        }
    }
    *places.next().expect("the room was counted") = value as digit;
    Ok(fresh.finish(negative))
}

/// `PyLong_AsNativeBytes`'s flags say big-endian (0), little-endian (1), or this machine's (3, and -1 as a whole).
pub fn is_little(flags: c_int) -> bool {
    flags == -1 || flags & 2 != 0 || flags & 1 != 0
}

/// Copies an int's bytes to `out`, and gives the size that would hold the value: at most `out`'s length if it fits.
/// `unsigned` allows the top bit of a positive value to be set.
pub fn write_native(o: &Object, out: &mut [u8], little: bool, unsigned: bool) -> isize {
    let n = out.len();
    let length = bit_length(o);
    let signed_fits = write(o, out, little, true).is_ok();
    let unsigned_fits = !is_negative(o) && length <= 8 * n as u64;
    // A value of one digit is said to need a machine word, unless the sign bit is all that is missing.
    let size = match compact_value(o) {
        Some(_) if n > 0 && n < 8 && unsigned_fits => n + 1,
        Some(_) => 8,
        None => (length / 8 + 1) as usize,
    };
    if n > 0 && (signed_fits || (unsigned && unsigned_fits)) { size.min(n) as isize } else { size as isize }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(digits: &[digit], negative: bool, n: usize, little: bool, signed: bool) -> (Vec<u8>, bool) {
        let mut out = vec![0x55; n];
        let fits = write_digits(digits, negative, &mut out, little, signed).is_ok();
        (out, fits)
    }

    #[test]
    fn small_values_are_as_machine_integers_write_them() {
        for value in
            (-70000i64..70000).step_by(7).chain([-32768, 32767, 32768, -32769, 127, -128, 128, -129, 255, 256, 0])
        {
            let digits = [value.unsigned_abs() as digit];
            let digits = mag::trim(&digits);
            let (little, fits) = written(digits, value < 0, 2, true, true);
            assert_eq!(little, value.to_le_bytes()[..2]);
            assert_eq!(fits, i16::try_from(value).is_ok(), "{value}");
            let (big, fits) = written(digits, value < 0, 4, false, true);
            assert_eq!(big, (value as i32).to_be_bytes());
            assert!(fits);
            if value >= 0 {
                let (_, fits) = written(digits, false, 1, true, false);
                assert_eq!(fits, u8::try_from(value).is_ok());
            }
        }
    }

    #[test]
    fn no_bytes_hold_zero_only() {
        assert!(written(&[], false, 0, true, true).1);
        assert!(written(&[], false, 0, true, false).1);
        assert!(!written(&[1], false, 0, true, false).1);
        assert!(!written(&[1], true, 0, true, true).1);
    }
}
