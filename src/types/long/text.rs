//! Ints as text, in any base, and back; with the limit on the length of decimal text that keeps the work, which grows
//! with its square, within bounds.

use super::magnitude as mag;
use super::*;
use crate::object::{Owned, Raised, Result, error};
use crate::types::{bytes, unicode};
use crate::{raise, state};
use num_bigint::BigUint;
use std::borrow::Cow;

const DEFAULT_LIMIT: c_int = _PY_LONG_DEFAULT_MAX_STR_DIGITS as c_int;
/// Texts up to this length are never too long.
const THRESHOLD: usize = _PY_LONG_MAX_STR_DIGITS_THRESHOLD;

/// `sys.get_int_max_str_digits()`: 0 for no limit.
pub fn max_str_digits() -> c_int {
    // SAFETY: attached.
    match unsafe { (*state::interp()).int_max_str_digits } {
        0 => DEFAULT_LIMIT,
        limit => limit.max(0),
    }
}

/// 0, which is none, or at least 640.
pub fn is_limit(limit: c_int) -> bool {
    limit == 0 || limit >= THRESHOLD as c_int
}

/// `sys.set_int_max_str_digits()`; `ValueError`.
pub fn change_max_str_digits(limit: c_int) -> Result<()> {
    if !is_limit(limit) {
        return Err(raise!(ValueError, "maxdigits must be >= {THRESHOLD} or 0 for unlimited"));
    }
    set_max_str_digits(limit);
    Ok(())
}

/// The limit that an interpreter starts with.
pub fn set_max_str_digits(limit: c_int) {
    // SAFETY: attached.
    unsafe { (*state::interp()).int_max_str_digits = if limit == 0 { -1 } else { limit } };
}

#[cold]
fn too_long_to_print(limit: usize) -> Raised {
    raise!(
        ValueError,
        "Exceeds the limit ({limit} digits) for integer string conversion; use sys.set_int_max_str_digits() to \
         increase the limit"
    )
}

/// Sign and digits of an int, no prefix; `base` is 2 to 36. `ValueError` for decimal text above the limit.
pub fn to_base(o: &Object, base: u32) -> Result<String> {
    let digits = digits(o);
    if digits.len() <= 4 {
        return Ok(small_to_base(is_negative(o), mag::to_u128(digits), base));
    }
    let text = if base == 10 {
        let limit = max_str_digits() as usize;
        // Not worth the work if it is far too long: a bit is 0.30 of a digit.
        if limit > 0 && digits.len() >= 10 * THRESHOLD / (3 * PyLong_SHIFT) + 2 {
            let least = mag::bit_length(digits) as usize / 1000 * 301;
            if least > limit {
                return Err(too_long_to_print(limit));
            }
        }
        let text = mag::pack(digits).to_str_radix(10);
        if limit > 0 && text.len() > limit && text.len() > THRESHOLD {
            return Err(too_long_to_print(limit));
        }
        text
    } else {
        mag::pack(digits).to_str_radix(base)
    };
    Ok(if is_negative(o) { format!("-{text}") } else { text })
}

fn small_to_base(negative: bool, value: u128, base: u32) -> String {
    let sign = if negative { "-" } else { "" };
    match base {
        10 => match u64::try_from(value) {
            Ok(value) => format!("{sign}{value}"),
            Err(_) => format!("{sign}{value}"),
        },
        16 => format!("{sign}{value:x}"),
        8 => format!("{sign}{value:o}"),
        2 => format!("{sign}{value:b}"),
        _ => {
            let mut text = Vec::new();
            let mut rest = value;
            while rest != 0 || text.is_empty() {
                text.push(char::from_digit((rest % base as u128) as u32, base).expect("a digit of this base"));
                rest /= base as u128;
            }
            text.extend(sign.chars());
            text.iter().rev().collect()
        }
    }
}

/// With the prefix that literals of the base have (`_PyLong_Format`).
pub fn to_base_with_prefix(o: &Object, base: u32) -> Result<String> {
    let text = to_base(o, base)?;
    let prefix = match base {
        2 => "0b",
        8 => "0o",
        16 => "0x",
        _ => return Ok(text),
    };
    Ok(match text.strip_prefix('-') {
        Some(digits) => format!("-{prefix}{digits}"),
        None => format!("{prefix}{text}"),
    })
}

/// `repr`. Ints of a machine word are written without a detour.
pub fn repr(o: &Object) -> Result {
    let Some(value) = to_i64(o) else {
        return unicode::new::from_ascii(to_base(o, 10)?.as_bytes());
    };
    let mut text = [0u8; 20];
    let mut at = text.len();
    let mut rest = value.unsigned_abs();
    loop {
        at -= 1;
        text[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        at -= 1;
        text[at] = b'-';
    }
    unicode::new::from_ascii(&text[at..])
}

/// Why a text is no int.
pub enum Fault {
    /// An error is set, and the text is not to blame for its form.
    Raised(Raised),
    /// It does not read as an int of `base` from `at` on.
    Invalid { at: usize, base: c_int },
}

pub(crate) fn is_space(c: u8) -> bool {
    matches!(c, b' ' | b'\t'..=b'\r')
}

/// Reads white space, a sign, a prefix that fits the base, digits with single underscores between them, white space.
/// Gives the int and where it ended, which is the end of the text. With base 0 the prefix tells the base, and a decimal
/// number must not begin with 0.
pub fn scan(text: &[u8], base: c_int) -> std::result::Result<(Owned, usize), Fault> {
    let at = |i: usize| text.get(i).copied().unwrap_or(0);
    if base != 0 && !(2..=36).contains(&base) {
        return Err(Fault::Raised(raise!(ValueError, "int() arg 2 must be >= 2 and <= 36")));
    }
    let mut i = text.iter().take_while(|&&c| is_space(c)).count();
    let negative = at(i) == b'-';
    if matches!(at(i), b'-' | b'+') {
        i += 1;
    }
    let prefix = match (at(i), at(i + 1)) {
        (b'0', b'x' | b'X') => 16,
        (b'0', b'o' | b'O') => 8,
        (b'0', b'b' | b'B') => 2,
        _ => 0,
    };
    let only_zero = base == 0 && prefix == 0 && at(i) == b'0';
    let radix = match (base, prefix) {
        (0, 0) => 10,
        (0, prefix) => prefix,
        (base, _) => base,
    };
    if prefix == radix {
        i += 2;
        // One underscore may follow the prefix.
        i += (at(i) == b'_') as usize;
    }
    let invalid = |at: usize| Err(Fault::Invalid { at, base: radix });
    let start = i;
    if at(i) == b'_' {
        return invalid(i);
    }
    // The value as long as it is known to fit, which is all there is to do for most texts.
    let (mut value, mut count) = (0u64, 0);
    let fits = if radix <= 10 { 19 } else { 12 };
    let mut previous = 0;
    while let c = at(i)
        && (c == b'_' || (c as char).is_digit(radix as u32))
    {
        if c == b'_' {
            if previous == b'_' {
                return invalid(i - 1);
            }
        } else {
            count += 1;
            if count <= fits {
                value = value * radix as u64 + (c as char).to_digit(radix as u32).expect("a digit of this base") as u64;
            }
        }
        previous = c;
        i += 1;
    }
    if previous == b'_' {
        return invalid(i - 1);
    }
    let digits = start..i;
    if radix & (radix - 1) != 0 {
        check_limit(count).map_err(Fault::Raised)?;
    }
    if i == start {
        return invalid(i);
    }
    i += text[i..].iter().take_while(|&&c| is_space(c)).count();
    if i != text.len() {
        return invalid(i);
    }
    if only_zero && text[digits.clone()].iter().any(|c| matches!(c, b'1'..=b'9')) {
        return Err(Fault::Invalid { at: i, base: 0 });
    }
    let result = if count <= fits {
        // At most 64 bits, so the sign needs a wider type.
        match i64::try_from(value) {
            Ok(value) => from_i64(if negative { -value } else { value }),
            Err(_) => from_u128(negative, value as u128),
        }
    } else {
        let values = text[digits].iter().filter_map(|&c| (c as char).to_digit(radix as u32)).map(|d| d as u8);
        from_values(negative, &values.collect::<Vec<_>>(), radix as u32)
    };
    match result {
        Ok(value) => Ok((value, i)),
        Err(raised) => Err(Fault::Raised(raised)),
    }
}

/// `ValueError` for more digits than a text that is no power of two's may have.
fn check_limit(count: usize) -> Result<()> {
    let limit = max_str_digits() as usize;
    if count <= THRESHOLD || limit == 0 || count <= limit {
        return Ok(());
    }
    Err(raise!(
        ValueError,
        "Exceeds the limit ({limit} digits) for integer string conversion: value has {count} digits; use \
         sys.set_int_max_str_digits() to increase the limit"
    ))
}

/// From digit values, most significant first.
fn from_values(negative: bool, values: &[u8], radix: u32) -> Result {
    if values.len() <= LONG_TEXT {
        return from_parts(negative, values, radix);
    }
    match BigUint::from_radix_be(values, radix) {
        Some(value) => super::arith::from_big(negative, &value),
        None => Err(error::bad_internal_call()),
    }
}

/// Up to this length the plain method is faster than `num-bigint`.
const LONG_TEXT: usize = 400;

/// Plainly: as many digits at a time as a digit of ours holds, multiplied into what there is.
fn from_parts(negative: bool, values: &[u8], radix: u32) -> Result {
    let (mut width, mut power) = (1, radix as u64);
    while power * radix as u64 <= PyLong_MASK as u64 {
        power *= radix as u64;
        width += 1;
    }
    let bits = (u32::BITS - radix.leading_zeros()) as usize;
    let mut fresh = Fresh::new((values.len() * bits).div_ceil(PyLong_SHIFT) + 1)?;
    let digits = fresh.digits();
    let mut used = 0;
    // The first part may be short.
    let (first, rest) = values.split_at(values.len() % width);
    for part in std::iter::once(first).chain(rest.chunks(width)) {
        let mut carry = part.iter().fold(0, |value, &d| value * radix as u64 + d as u64);
        for place in &mut digits[..used] {
            carry += *place as u64 * power;
            *place = (carry & PyLong_MASK as u64) as digit;
            carry >>= PyLong_SHIFT;
        }
        if carry != 0 {
            digits[used] = carry as digit;
            used += 1;
        }
    }
    Ok(fresh.finish(negative))
}

/// "invalid literal for int() with base ...", quoting at most 200 characters of the text's `repr`.
#[cold]
fn invalid_literal(base: c_int, text: &Object) -> Raised {
    let text = match text.repr() {
        Ok(text) => text,
        Err(raised) => return raised,
    };
    match unicode::as_str(&text) {
        Ok(text) => raise!(ValueError, "invalid literal for int() with base {base}: {text:.200}"),
        Err(raised) => raised,
    }
}

/// `PyLong_FromString`: `end` becomes where reading ended, or stays as it is where the text is not to blame.
pub fn from_text(text: &[u8], base: c_int, end: &mut Option<usize>) -> Result {
    match scan(text, base) {
        Ok((value, at)) => {
            *end = Some(at);
            Ok(value)
        }
        Err(Fault::Raised(raised)) => Err(raised),
        Err(Fault::Invalid { at, base }) => {
            *end = Some(at);
            Err(invalid_literal(base, &*unicode::from_utf8(&text[..text.len().min(200)])?))
        }
    }
}

/// `PyLong_FromUnicodeObject`: digits and spaces of any script.
pub fn from_unicode(text: &Object, base: c_int) -> Result {
    match scan(&to_ascii(text), base) {
        Ok((value, _)) => Ok(value),
        Err(Fault::Raised(raised)) => Err(raised),
        Err(Fault::Invalid { .. }) => Err(invalid_literal(base, text)),
    }
}

/// `_PyLong_FromBytes`: a text that may contain NULs.
pub fn from_bytes_text(text: &[u8], base: c_int) -> Result {
    match scan(text, base) {
        Ok((value, _)) => Ok(value),
        Err(Fault::Raised(raised)) => Err(raised),
        Err(Fault::Invalid { .. }) => Err(invalid_literal(base, &*bytes::from_slice(&text[..text.len().min(200)])?)),
    }
}

/// The text with digits and spaces of any script as ASCII ones (`_PyUnicode_TransformDecimalAndSpaceToASCII`). What has
/// no such form becomes `?`, on which every parser stops, and ends the text.
pub fn to_ascii(text: &Object) -> Cow<'_, [u8]> {
    let chars = unicode::layout::chars(text);
    if unicode::layout::is_ascii(text) {
        return chars.bytes().into();
    }
    let mut ascii = Vec::with_capacity(chars.len());
    for ch in chars.iter() {
        ascii.push(if ch < 128 {
            ch as u8
        } else if unicode::properties::is_space(ch) {
            b' '
        } else if let Some(value) = unicode::properties::decimal(ch) {
            b'0' + value
        } else {
            ascii.push(b'?');
            break;
        });
    }
    ascii.into()
}

/// `PyOS_strtoul`: white space, a prefix, digits. Gives the value, how much of the text was read, and whether the value
/// was too large. With base 0 the prefix tells the base; a number that begins with 0 and has none is 0.
pub fn read_unsigned(text: &[u8], base: c_int) -> (u64, usize, bool) {
    let at = |i: usize| text.get(i).copied().unwrap_or(0);
    let digit = |i: usize, base: u32| (at(i) as char).to_digit(base);
    let mut i = text.iter().take_while(|&&c| is_space(c)).count();
    let mut base = base;
    if matches!(base, 0 | 2 | 8 | 16) && at(i) == b'0' {
        let prefix = match at(i + 1) {
            b'x' | b'X' => 16,
            b'o' | b'O' => 8,
            b'b' | b'B' => 2,
            _ => 0,
        };
        if prefix != 0 && (base == 0 || base == prefix) {
            // A prefix without a digit behind it: only the zero was read.
            if digit(i + 2, prefix as u32).is_none() {
                return (0, i + 1, false);
            }
            base = prefix;
            i += 2;
        } else if base == 0 {
            while at(i) == b'0' {
                i += 1;
            }
            while is_space(at(i)) {
                i += 1;
            }
            return (0, i, false);
        }
    } else if base == 0 {
        base = 10;
    }
    if !(2..=36).contains(&base) {
        return (0, i, false);
    }
    let base = base as u32;
    let (mut value, mut overflow) = (0u64, false);
    while let Some(d) = digit(i, base) {
        match value.checked_mul(base as u64).and_then(|value| value.checked_add(d as u64)) {
            Some(next) => value = next,
            None => overflow = true,
        }
        i += 1;
    }
    (value, i, overflow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsigned() {
        assert_eq!(read_unsigned(b" 12x", 10), (12, 3, false));
        assert_eq!(read_unsigned(b"0x1fz", 0), (31, 4, false));
        assert_eq!(read_unsigned(b"0x1f", 16), (31, 4, false));
        assert_eq!(read_unsigned(b"0xg", 16), (0, 1, false));
        assert_eq!(read_unsigned(b"0b12", 0), (1, 3, false));
        assert_eq!(read_unsigned(b"00 12", 0), (0, 3, false));
        assert_eq!(read_unsigned(b"17", 8), (15, 2, false));
        assert_eq!(read_unsigned(b"zz", 36), (1295, 2, false));
        assert_eq!(read_unsigned(b"12", 1), (0, 0, false));
        assert_eq!(read_unsigned(b"18446744073709551615", 10), (u64::MAX, 20, false));
        assert_eq!(read_unsigned(b"184467440737095516160", 10).1, 21);
        assert!(read_unsigned(b"18446744073709551616", 0).2);
    }

    #[test]
    fn text_of_small_values() {
        assert_eq!(small_to_base(false, 0, 10), "0");
        assert_eq!(small_to_base(true, 255, 16), "-ff");
        assert_eq!(small_to_base(true, 1295, 36), "-zz");
        assert_eq!(small_to_base(false, 0, 3), "0");
        assert_eq!(small_to_base(false, 1 << 100, 10), "1267650600228229401496703205376");
    }
}
