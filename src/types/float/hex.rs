//! `float.hex` and `float.fromhex`: exact text in hexadecimal.

use super::math::{frexp, ldexp};
use super::*;
use crate::types::long::text::is_space;

pub fn hex(a: &Object) -> Result {
    unicode::from_str(&to_hex(value(a)))
}

fn to_hex(x: f64) -> String {
    if !x.is_finite() {
        return strtod::repr(x);
    }
    let sign = if x.is_sign_negative() { "-" } else { "" };
    if x == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = x.to_bits();
    let (fraction, biased) = (bits & ((1 << 52) - 1), (bits >> 52 & 0x7ff) as i32);
    let (whole, exponent) = if biased == 0 { (0, -1022) } else { (1, biased - 1023) };
    format!("{sign}0x{whole}.{fraction:013x}p{exponent:+}")
}

pub fn from_hex(ty: &Object, text: &Object) -> Result {
    if !unicode::check(text) {
        return Err(crate::object::error::bad_argument());
    }
    let x = match parse(unicode::as_str(text)?.as_bytes()) {
        Ok(x) => x,
        Err(Wrong::Form) => return Err(raise!(ValueError, "invalid hexadecimal floating-point string")),
        Err(Wrong::Size) => {
            return Err(raise!(OverflowError, "hexadecimal value too large to represent as a float"));
        }
    };
    methods::of_class(ty, x)
}

#[derive(Debug, PartialEq)]
enum Wrong {
    Form,
    Size,
}

/// White space, a sign, `inf`, `nan` or hexadecimal digits with a point and a binary exponent, white space.
fn parse(text: &[u8]) -> std::result::Result<f64, Wrong> {
    let start = text.iter().take_while(|&&c| is_space(c)).count();
    let end = text.iter().rposition(|&c| !is_space(c)).map_or(start, |last| last + 1);
    let text = &text[start.min(end)..end];
    let at = |i: usize| text.get(i).copied().unwrap_or(0);
    let negative = at(0) == b'-';
    let mut i = matches!(at(0), b'-' | b'+') as usize;
    let signed = |x: f64| if negative { -x } else { x };
    if !matches!(at(i), b'-' | b'+')
        && let Some((x, n)) = strtod::parse_prefix(&text[i..])
        && !x.is_finite()
        && !at(i).is_ascii_digit()
        && at(i) != b'.'
    {
        return if i + n == text.len() { Ok(signed(x)) } else { Err(Wrong::Form) };
    }
    if at(i) == b'0' && matches!(at(i + 1), b'x' | b'X') {
        i += 2;
    }
    let digit = |i: usize| (at(i) as char).to_digit(16);
    let first = i;
    while digit(i).is_some() {
        i += 1;
    }
    let whole = i - first;
    let mut fraction = 0;
    if at(i) == b'.' {
        i += 1;
        while digit(i + fraction).is_some() {
            fraction += 1;
        }
        i += fraction;
    }
    if whole + fraction == 0 {
        return Err(Wrong::Form);
    }
    let digits = (first..i).filter_map(digit);
    let mut exponent = 0i64;
    if matches!(at(i), b'p' | b'P') {
        i += 1;
        let below = at(i) == b'-';
        i += matches!(at(i), b'-' | b'+') as usize;
        if !at(i).is_ascii_digit() {
            return Err(Wrong::Form);
        }
        while at(i).is_ascii_digit() {
            // Far beyond any double this is as good as the true value.
            exponent = (exponent * 10 + (at(i) - b'0') as i64).min(1 << 56);
            i += 1;
        }
        if below {
            exponent = -exponent;
        }
    }
    if i != text.len() {
        return Err(Wrong::Form);
    }
    value_of(digits, fraction, exponent).map(signed).ok_or(Wrong::Size)
}

/// The double nearest to the digits, of which `fraction` stand behind the point, times 2 to the exponent. Half goes to
/// even; none if it is too large.
fn value_of(digits: impl Iterator<Item = u32>, fraction: usize, exponent: i64) -> Option<f64> {
    // 64 bits of the number, with the lowest set if there is anything below.
    let (mut bits, mut dropped, mut more) = (0u64, 0i64, false);
    for d in digits {
        if bits >> 60 == 0 {
            bits = bits << 4 | d as u64;
        } else {
            dropped += 4;
            more |= d != 0;
        }
    }
    if bits == 0 {
        return Some(0.0);
    }
    let top = bits.leading_zeros();
    let scale = exponent.saturating_sub(4 * fraction as i64).saturating_add(dropped) - top as i64;
    bits = bits << top | more as u64;
    // The value is bits * 2^scale, between 2^(scale + 63) and twice that.
    let leading = scale.saturating_add(63);
    if leading >= f64::MAX_EXP as i64 {
        return None;
    }
    // How many bits a double of this size has: fewer below the normal ones.
    let room = (leading + 1075).min(53);
    if room < 0 {
        return Some(0.0);
    }
    let extra = 64 - room as u32;
    let (kept, rest) = if extra == 64 { (0, bits) } else { (bits >> extra, bits & ((1u64 << extra) - 1)) };
    let half = 1u64 << (extra - 1);
    let kept = kept + (rest > half || (rest == half && kept & 1 == 1)) as u64;
    let x = ldexp(kept as f64, (scale + extra as i64) as c_int);
    debug_assert!(frexp(x).1 <= 1025);
    x.is_finite().then_some(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let mut random = 88172645463325252u64;
        for _ in 0..100000 {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            for bits in [random, random & 0x800f_ffff_ffff_ffff] {
                let x = f64::from_bits(bits);
                if !x.is_nan() {
                    assert_eq!(parse(to_hex(x).as_bytes()), Ok(x));
                }
            }
        }
    }

    #[test]
    fn rounding_and_limits() {
        assert_eq!(parse(b"0x1.fffffffffffff7p+1023"), Ok(f64::MAX));
        assert_eq!(parse(b"0x1.fffffffffffff8p+1023"), Err(Wrong::Size));
        assert_eq!(parse(b"0x1p1024"), Err(Wrong::Size));
        assert_eq!(parse(b"0x.8p-1074"), Ok(0.0));
        assert_eq!(parse(b"0x.8000000000000000000001p-1074"), Ok(5e-324));
        assert_eq!(parse(b"0x1.8p-1074"), Ok(1e-323));
        assert_eq!(parse(b"0x1p-99999999999999999999"), Ok(0.0));
        assert_eq!(parse(b"0x0p99999999999999999999"), Ok(0.0));
        assert_eq!(parse(b" -0X.8P+1 "), Ok(-1.0));
        assert_eq!(parse(b"ff"), Ok(255.0));
        assert_eq!(parse(b"-inf"), Ok(f64::NEG_INFINITY));
        for wrong in [b"".as_slice(), b"0x", b".", b"0x.p1", b"1p", b"1p+", b"1 2", b"infx", b"x", b"+-inf"] {
            assert_eq!(parse(wrong), Err(Wrong::Form));
        }
    }
}
