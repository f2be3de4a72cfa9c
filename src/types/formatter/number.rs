//! The layout of a number: padding, sign, prefix, padding, grouped digits, point, grouped fraction, the rest, padding.

use super::locale::Locale;
use super::spec::{Align, Spec};
use crate::object::{Result, error};
use crate::types::unicode::Writer;

/// A number's text in its parts, all ASCII.
#[derive(Default)]
pub struct Number<'a> {
    pub negative: bool,
    pub prefix: &'a str,
    /// Digits before the point.
    pub whole: &'a [u8],
    pub point: bool,
    /// Digits behind the point.
    pub fraction: &'a [u8],
    /// An exponent, a percent sign, or all of "inf" and "nan".
    pub rest: &'a [u8],
}

impl<'a> Number<'a> {
    /// The parts of a double's text.
    pub fn of_text(text: &'a str) -> Number<'a> {
        let text = text.as_bytes();
        let negative = text.first() == Some(&b'-');
        let text = &text[usize::from(negative)..];
        let digits = |text: &[u8]| text.iter().take_while(|c| c.is_ascii_digit()).count();
        let (whole, rest) = text.split_at(digits(text));
        let point = rest.first() == Some(&b'.');
        let rest = &rest[usize::from(point)..];
        let (fraction, rest) = rest.split_at(if point { digits(rest) } else { 0 });
        Number { negative, prefix: "", whole, point, fraction, rest }
    }

    pub fn write(&self, out: &mut Writer, spec: &Spec, locale: &Locale) -> Result<()> {
        let sign = match (self.negative, spec.sign) {
            (true, _) => Some(b'-'),
            (false, Some(sign @ (b'+' | b' '))) => Some(sign),
            _ => None,
        };
        let separator_len = locale.separator.chars().count();
        let fraction_len = grouped_len(self.fraction.len(), locale.fraction_separator.chars().count());
        let point_len = if self.point { locale.point.chars().count() } else { 0 };
        let others = usize::from(sign.is_some()) + self.prefix.len() + point_len + fraction_len + self.rest.len();
        // Zeros that pad are digits, and take part in the grouping.
        let zeros = spec.fill == u32::from(b'0') && spec.align == Align::Inside;
        let min_width = if zeros { spec.width.unwrap_or(0).saturating_sub(others) } else { 0 };
        let whole = grouped(self.whole, min_width, locale, separator_len)?;
        let whole_len = whole.as_ref().map_or(self.whole.len(), |text| text.chars().count());
        let inside = match spec.align {
            Align::Inside => spec.width.unwrap_or(0).saturating_sub(others + whole_len),
            _ => 0,
        };
        let (left, right) = if inside > 0 { (0, 0) } else { spec.padding(others + whole_len) };
        out.push_repeat(spec.fill, left)?;
        if let Some(sign) = sign {
            out.push_char(u32::from(sign))?;
        }
        out.push_str(self.prefix)?;
        out.push_repeat(spec.fill, inside)?;
        match whole {
            Some(text) => out.push_str(&text)?,
            None => out.push_ascii(self.whole)?,
        }
        if self.point {
            out.push_str(&locale.point)?;
        }
        self.write_fraction(out, locale)?;
        out.push_ascii(self.rest)?;
        out.push_repeat(spec.fill, right)
    }

    fn write_fraction(&self, out: &mut Writer, locale: &Locale) -> Result<()> {
        if locale.fraction_separator.is_empty() {
            return out.push_ascii(self.fraction);
        }
        for (i, part) in self.fraction.chunks(3).enumerate() {
            if i > 0 {
                out.push_str(&locale.fraction_separator)?;
            }
            out.push_ascii(part)?;
        }
        Ok(())
    }
}

fn grouped_len(n: usize, separator: usize) -> usize {
    if n == 0 { 0 } else { n + (n - 1) / 3 * separator }
}

/// The sizes of groups from the right; the last of a list that ends is all that is left.
fn sizes(grouping: &[u8]) -> impl Iterator<Item = usize> + '_ {
    let (mut i, mut last) = (0, 0usize);
    std::iter::from_fn(move || {
        match grouping.get(i) {
            Some(0) => {}
            Some(127) | None => return None,
            Some(size) => {
                last = usize::from(*size);
                i += 1;
            }
        }
        Some(last).filter(|size| *size > 0)
    })
}

/// Digits with separators, and zeros before them up to `min_width` characters. `None` if they stay as they are.
fn grouped(digits: &[u8], min_width: usize, locale: &Locale, separator_len: usize) -> Result<Option<String>> {
    if digits.is_empty() || (locale.grouping.is_empty() && digits.len() >= min_width) {
        return Ok(None);
    }
    // Built from the right.
    let mut text: Vec<char> = Vec::new();
    let room = min_width.max(digits.len()).saturating_mul(1 + separator_len);
    if room > isize::MAX as usize / 8 || text.try_reserve(room).is_err() {
        return Err(error::no_memory());
    }
    let mut left = digits.len();
    let mut wanted = min_width as isize;
    let put = |text: &mut Vec<char>, n: usize, left: &mut usize| {
        let own = n.min(*left);
        text.extend(digits[*left - own..*left].iter().rev().map(|c| char::from(*c)));
        text.extend(std::iter::repeat_n('0', n - own));
        *left -= own;
    };
    let mut first = true;
    for size in sizes(&locale.grouping) {
        let size = size.min((left as isize).max(wanted).max(1) as usize);
        if !first {
            text.extend(locale.separator.chars().rev());
        }
        first = false;
        put(&mut text, size, &mut left);
        wanted -= size as isize;
        if left == 0 && wanted <= 0 {
            text.reverse();
            return Ok(Some(text.into_iter().collect()));
        }
        wanted -= separator_len as isize;
    }
    // Grouping ended before the digits did.
    if !first {
        text.extend(locale.separator.chars().rev());
    }
    let size = (left as isize).max(wanted).max(1) as usize;
    put(&mut text, size, &mut left);
    text.reverse();
    Ok(Some(text.into_iter().collect()))
}
