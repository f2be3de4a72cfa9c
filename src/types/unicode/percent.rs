//! `format % args`.

use super::layout::{self, Chars};
use super::writer::Writer;
use super::{check, new};
use crate::abi::*;
use crate::object::{Object, Owned, Result, error, number};
use crate::raise;
use crate::types::exceptions::TypeError;
use crate::types::typeobject::{fully_qualified_name, tp_name};
use crate::types::{float, long, strtod, tuple};

/// What stands between "%" and the letter.
#[derive(Default)]
struct Spec {
    left: bool,
    plus: bool,
    blank: bool,
    alternate: bool,
    zero: bool,
    width: Option<usize>,
    precision: Option<usize>,
}

/// The arguments: a tuple's items in turn, or one object; and a mapping, if it is one.
struct Args<'a> {
    items: &'a [&'a Object],
    next: usize,
    mapping: Option<&'a Object>,
    /// The value of the mapping's key that stands in this conversion.
    keyed: Option<Owned>,
}

impl Args<'_> {
    fn next(&mut self) -> Result<Owned> {
        if let Some(value) = self.keyed.take() {
            return Ok(value);
        }
        match self.items.get(self.next) {
            Some(item) => {
                self.next += 1;
                Ok(Object::to_owned(item))
            }
            None => Err(raise!(TypeError, "not enough arguments for format string")),
        }
    }
}

/// `PyUnicode_Format`. `format` is a str.
pub fn format(format: &Object, args: &Object) -> Result<Owned> {
    let one = [args];
    let is_tuple = tuple::check(args);
    let mut args = Args {
        items: if is_tuple { tuple::items(args) } else { &one },
        next: 0,
        mapping: (!is_tuple && !check(args) && crate::object::mapping::check(args)).then_some(args),
        keyed: None,
    };
    let text = layout::chars(format);
    let mut out = Writer::with_capacity(text.len() + 100);
    let mut at = 0;
    while at < text.len() {
        let rest = text.slice(at, text.len());
        let plain = super::find::find_char(rest, '%' as u32).unwrap_or(rest.len());
        if plain > 0 {
            if plain == rest.len() {
                out.no_more_room();
            }
            out.push_substring(format, at, at + plain)?;
            at += plain;
            continue;
        }
        at = conversion(format, text, at + 1, &mut args, &mut out)?;
    }
    if args.mapping.is_none() && args.next < args.items.len() {
        return Err(raise!(TypeError, "not all arguments converted during string formatting"));
    }
    out.finish()
}

/// Works the conversion behind a "%" and gives the place behind it.
fn conversion(format: &Object, text: Chars, mut at: usize, args: &mut Args, out: &mut Writer) -> Result<usize> {
    let peek = |at: usize| (at < text.len()).then(|| text.get(at));
    let is = |at: usize, c: char| peek(at) == Some(c as u32);
    if is(at, '%') {
        out.push_char('%' as u32)?;
        return Ok(at + 1);
    }
    if is(at, '(') {
        let Some(mapping) = args.mapping else { return Err(raise!(TypeError, "format requires a mapping")) };
        let start = at + 1;
        let mut depth = 1;
        at += 1;
        while depth > 0 {
            match peek(at) {
                None => return Err(raise!(ValueError, "incomplete format key")),
                Some(0x28) => depth += 1,
                Some(0x29) => depth -= 1,
                _ => {}
            }
            at += 1;
        }
        let key = super::concat::slice(format, start, at - 1)?;
        args.keyed = Some(mapping.getitem(&key)?);
    }
    let spec = spec(text, &mut at, args)?;
    let Some(code) = peek(at) else { return Err(raise!(ValueError, "incomplete format")) };
    at += 1;
    let value = args.next()?;
    match u8::try_from(code).unwrap_or(0) {
        code @ (b's' | b'r' | b'a') => {
            let part = match code {
                b's' => value.str()?,
                b'r' => value.repr()?,
                _ => value.ascii()?,
            };
            if spec.width.is_none() && spec.precision.is_none() {
                out.push_object(&part)?;
            } else {
                let chars = layout::chars(&part);
                let n = spec.precision.unwrap_or(usize::MAX).min(chars.len());
                spec.write(out, chars.slice(0, n), false, false)?;
            }
        }
        code @ (b'i' | b'd' | b'u' | b'o' | b'x' | b'X') => {
            let digits = integer(&value, code, spec.alternate, spec.precision)?;
            let prefixed = spec.alternate && matches!(code, b'o' | b'x' | b'X');
            spec.write(out, layout::chars(&digits), true, prefixed)?;
        }
        code @ (b'e' | b'E' | b'f' | b'F' | b'g' | b'G') => {
            let x = float::as_f64(&value)?;
            let precision = spec.precision.map_or(6, |p| p.min(i32::MAX as usize) as i32);
            let flags = if spec.alternate { Py_DTSF_ALT } else { 0 };
            let Some((digits, _)) = strtod::format_double(x, code, precision, flags) else {
                return Err(error::no_memory());
            };
            spec.write(out, Chars::Ucs1(digits.as_bytes()), true, false)?;
        }
        b'c' => {
            let one = new::from_char(character(&value)?)?;
            spec.write(out, layout::chars(&one), false, false)?;
        }
        _ => {
            let shown = char::from_u32(code).filter(|c| (31..=126).contains(&(*c as u32))).unwrap_or('?');
            return Err(raise!(ValueError, "unsupported format character '{shown}' (0x{code:x}) at index {}", at - 1));
        }
    }
    Ok(at)
}

/// Flags, width, precision and size; `at` is behind them then.
fn spec(text: Chars, at: &mut usize, args: &mut Args) -> Result<Spec> {
    let peek = |at: usize| (at < text.len()).then(|| text.get(at));
    let is = |at: usize, c: char| peek(at) == Some(c as u32);
    let mut spec = Spec::default();
    while let Some(c) = peek(*at).and_then(char::from_u32) {
        match c {
            '-' => spec.left = true,
            '+' => spec.plus = true,
            ' ' => spec.blank = true,
            '#' => spec.alternate = true,
            '0' => spec.zero = true,
            _ => break,
        }
        *at += 1;
    }
    if is(*at, '*') {
        *at += 1;
        let width = star(args)?;
        spec.left |= width < 0;
        spec.width = Some(width.unsigned_abs());
    } else {
        spec.width = digits(text, at, "width too big")?;
    }
    if is(*at, '.') {
        *at += 1;
        spec.precision = Some(if is(*at, '*') {
            *at += 1;
            let precision = star(args)?;
            if i32::try_from(precision).is_err() {
                return Err(raise!(OverflowError, "Python int too large to convert to C int"));
            }
            precision.max(0) as usize
        } else {
            digits(text, at, "precision too big")?.unwrap_or(0)
        });
    }
    if matches!(peek(*at), Some(0x68 | 0x6c | 0x4c)) {
        *at += 1;
    }
    Ok(spec)
}

/// The argument of a "*".
fn star(args: &mut Args) -> Result<isize> {
    let value = args.next()?;
    if !long::check(&value) {
        return Err(raise!(TypeError, "* wants int"));
    }
    long::as_isize(&value)
}

fn digits(text: Chars, at: &mut usize, too_big: &str) -> Result<Option<usize>> {
    let mut n: Option<usize> = None;
    while *at < text.len()
        && let Some(digit) = char::from_u32(text.get(*at)).and_then(|c| c.to_digit(10))
    {
        let so_far = n.unwrap_or(0);
        if so_far > (isize::MAX as usize - digit as usize) / 10 {
            return Err(raise!(ValueError, "{too_big}"));
        }
        n = Some(so_far * 10 + digit as usize);
        *at += 1;
    }
    Ok(n)
}

/// The text of a number for one of "diuoxX".
pub fn integer(value: &Object, code: u8, alternate: bool, precision: Option<usize>) -> Result<Owned> {
    let wants_int = matches!(code, b'o' | b'x' | b'X');
    let wrong_type = || {
        let wanted = if wants_int { "an integer" } else { "a real number" };
        raise!(TypeError, "%{} format: {wanted} is required, not {:.200}", code as char, tp_name(value.ty()))
    };
    if !number::check(value) {
        return Err(wrong_type());
    }
    let number = if long::check(value) {
        value.to_owned()
    } else {
        let converted = if wants_int { number::index(value) } else { number::long(value) };
        match converted {
            Ok(number) => number,
            Err(raised) => {
                error::ignore(raised, &raw mut TypeError)?;
                return Err(wrong_type());
            }
        }
    };
    format_long(&number, alternate, precision, code)
}

/// `_PyUnicode_FormatLong`: an int's digits with a prefix if `alternate`, and at least `precision` of them.
pub fn format_long(number: &Object, alternate: bool, precision: Option<usize>, code: u8) -> Result<Owned> {
    if precision.is_some_and(|p| p > i32::MAX as usize - 3) {
        return Err(raise!(OverflowError, "precision too large"));
    }
    let base = match code {
        b'o' => 8,
        b'x' | b'X' => 16,
        _ => 10,
    };
    let text = number::to_base(number, base)?;
    let all = super::as_str(&text)?;
    let (sign, digits) = match all.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", all),
    };
    let (prefix, digits) = if base == 10 { ("", digits) } else { digits.split_at(2) };
    let prefix = if alternate { prefix } else { "" };
    let zeros = precision.unwrap_or(0).saturating_sub(digits.len());
    if sign.len() + prefix.len() + digits.len() == all.len() && zeros == 0 && code != b'X' {
        return Ok(text);
    }
    let mut out = Writer::with_capacity(all.len() + zeros);
    out.push_str(sign)?;
    if code == b'X' {
        out.push_str(&prefix.to_ascii_uppercase())?;
    } else {
        out.push_str(prefix)?;
    }
    out.push_repeat('0' as u32, zeros)?;
    if code == b'X' {
        out.push_str(&digits.to_ascii_uppercase())?;
    } else {
        out.push_str(digits)?;
    }
    out.finish()
}

/// The character for "%c".
fn character(value: &Object) -> Result<u32> {
    if check(value) {
        return match layout::len(value) {
            1 => Ok(layout::chars(value).get(0)),
            n => Err(raise!(TypeError, "%c requires an int or a unicode character, not a string of length {n}")),
        };
    }
    let code = match long::check(value) {
        true => long::as_i64(value),
        false => number::index(value).and_then(|i| long::as_i64(&i)),
    };
    match code {
        Ok(code) if (0..=i64::from(layout::MAX_UNICODE)).contains(&code) => Ok(code as u32),
        Ok(_) => Err(raise!(OverflowError, "%c arg not in range(0x110000)")),
        Err(raised) => {
            if error::matches(&raw mut crate::types::exceptions::OverflowError) {
                error::clear();
                return Err(raise!(OverflowError, "%c arg not in range(0x110000)"));
            }
            error::ignore(raised, &raw mut TypeError)?;
            let name = fully_qualified_name(value.ty())?;
            Err(raise!(TypeError, "%c requires an int or a unicode character, not {}", error::Text(&name)))
        }
    }
}

impl Spec {
    /// Writes `chars`, filled to the width. A number may have a sign, and behind it a prefix like "0x", before which
    /// zeros never stand.
    fn write(&self, out: &mut Writer, mut chars: Chars, signed: bool, prefixed: bool) -> Result<()> {
        let mut head = String::new();
        if signed {
            match chars.iter().next().and_then(char::from_u32) {
                Some(sign @ ('-' | '+')) => {
                    head.push(sign);
                    chars = chars.slice(1, chars.len());
                }
                _ if self.plus => head.push('+'),
                _ if self.blank => head.push(' '),
                _ => {}
            }
        }
        if prefixed {
            head.extend(chars.slice(0, 2).iter().filter_map(char::from_u32));
            chars = chars.slice(2, chars.len());
        }
        let fill = self.width.unwrap_or(0).saturating_sub(head.len() + chars.len());
        let zeros = signed && self.zero;
        if !self.left && !zeros {
            out.push_repeat(' ' as u32, fill)?;
        }
        out.push_str(&head)?;
        if !self.left && zeros {
            out.push_repeat('0' as u32, fill)?;
        }
        out.push_chars(chars)?;
        if self.left {
            out.push_repeat(' ' as u32, fill)?;
        }
        Ok(())
    }
}
