//! `bytes % values`: printf-style formatting.

use super::{as_slice, check};
use crate::abi::*;
use crate::name;
use crate::object::{Object, Owned, Result, buffers, error, number};
use crate::raise;
use crate::types::{bytearray, float, long, strtod, tuple, typeobject, unicode};

/// The values, handed out one after the other.
struct Values<'a> {
    /// A tuple's items, or one value.
    tuple: Option<&'a Object>,
    /// The only value: what stands right of `%`, or what the last `%(key)` found in it.
    single: Owned,
    next: usize,
}

impl Values<'_> {
    fn next(&mut self) -> Result<Owned> {
        let value = match self.tuple {
            Some(tuple) => tuple::items(tuple).get(self.next).copied().map(Object::to_owned),
            None => (self.next == 0).then(|| self.single.clone()),
        };
        self.next += 1;
        value.ok_or_else(|| raise!(TypeError, "not enough arguments for format string"))
    }

    fn all_used(&self) -> bool {
        self.next >= self.tuple.map_or(1, tuple::len)
    }
}

/// What stands between "%" and the conversion's letter.
#[derive(Default)]
pub struct Spec {
    pub left: bool,
    pub plus: bool,
    pub blank: bool,
    pub alternate: bool,
    pub zero: bool,
    pub width: Option<usize>,
    pub precision: Option<c_int>,
    /// The letter comes right behind a digit of one of these.
    pub behind_digit: bool,
}

fn is_mapping(o: &Object) -> bool {
    // SAFETY: a live object's type is alive.
    let subscript = unsafe {
        let suite = (*o.ty()).tp_as_mapping;
        !suite.is_null() && (*suite).mp_subscript.is_some()
    };
    subscript && !tuple::check(o) && !check(o) && !unicode::check(o) && !bytearray::check(o)
}

/// The text that `format % args` gives.
pub fn format(format: &[u8], args: &Object) -> Result<Vec<u8>> {
    let mut values = Values { tuple: tuple::check(args).then_some(args), single: args.to_owned(), next: 0 };
    let mapping = is_mapping(args).then_some(args);
    let mut out = Vec::with_capacity(format.len() + 100);
    let mut i = 0;
    while i < format.len() {
        let literal = memchr::memchr(b'%', &format[i..]).map_or(format.len(), |n| i + n);
        out.extend_from_slice(&format[i..literal]);
        if literal == format.len() {
            break;
        }
        i = literal + 1;
        if format.get(i) == Some(&b'%') {
            out.push(b'%');
            i += 1;
            continue;
        }
        i = conversion(format, i, mapping, &mut values, &mut out)?;
        if mapping.is_some() && !values.all_used() {
            return Err(not_all());
        }
    }
    if mapping.is_none() && !values.all_used() {
        return Err(not_all());
    }
    Ok(out)
}

fn not_all() -> crate::object::Raised {
    raise!(TypeError, "not all arguments converted during bytes formatting")
}

/// A number in the format; the second result is where it ends.
fn digits(format: &[u8], mut i: usize, max: usize, too_big: &str) -> Result<(usize, usize)> {
    let mut value = 0usize;
    while let Some(c @ b'0'..=b'9') = format.get(i) {
        let digit = usize::from(c - b'0');
        if value > (max - digit) / 10 {
            return Err(raise!(ValueError, "{too_big}"));
        }
        value = value * 10 + digit;
        i += 1;
    }
    Ok((value, i))
}

/// One conversion, from behind its "%". Gives the place behind it.
fn conversion<'a>(
    format: &[u8],
    mut i: usize,
    mapping: Option<&'a Object>,
    values: &mut Values<'a>,
    out: &mut Vec<u8>,
) -> Result<usize> {
    let incomplete = || raise!(ValueError, "incomplete format");
    if format.get(i) == Some(&b'(') {
        let Some(mapping) = mapping else {
            return Err(raise!(TypeError, "format requires a mapping"));
        };
        let start = i + 1;
        let mut depth = 1;
        i = start;
        while depth > 0 {
            match format.get(i) {
                Some(b')') => depth -= 1,
                Some(b'(') => depth += 1,
                Some(_) => {}
                None => return Err(raise!(ValueError, "incomplete format key")),
            }
            i += 1;
        }
        let key = super::from_slice(&format[start..i - 1])?;
        *values = Values { tuple: None, single: mapping.getitem(&key)?, next: 0 };
    }
    let mut spec = Spec::default();
    loop {
        match format.get(i) {
            Some(b'-') => spec.left = true,
            Some(b'+') => spec.plus = true,
            Some(b' ') => spec.blank = true,
            Some(b'#') => spec.alternate = true,
            Some(b'0') => spec.zero = true,
            _ => break,
        }
        i += 1;
    }
    match format.get(i) {
        Some(b'*') => {
            let width = long::as_isize(&*star(values)?)?;
            spec.left |= width < 0;
            spec.width = Some(width.unsigned_abs());
            i += 1;
        }
        Some(b'0'..=b'9') => {
            let (width, end) = digits(format, i, isize::MAX as usize, "width too big")?;
            spec.width = Some(width);
            spec.behind_digit = true;
            i = end;
        }
        _ => {}
    }
    if format.get(i) == Some(&b'.') {
        i += 1;
        spec.behind_digit = format.get(i).is_some_and(u8::is_ascii_digit);
        if format.get(i) == Some(&b'*') {
            spec.precision = Some(crate::types::bytesmethods::args::int(&*star(values)?)?.max(0));
            i += 1;
        } else {
            let (precision, end) = digits(format, i, c_int::MAX as usize, "prec too big")?;
            spec.precision = Some(precision as c_int);
            i = end;
        }
    }
    if let Some(b'h' | b'l' | b'L') = format.get(i) {
        spec.behind_digit = false;
        i += 1;
    }
    let Some(&code) = format.get(i) else { return Err(incomplete()) };
    let value = values.next()?;
    let converted = convert(&value, code, &spec, i)?;
    put(out, &converted, code, &spec)?;
    Ok(i + 1)
}

/// The argument of a "*".
fn star(values: &mut Values) -> Result<Owned> {
    let value = values.next()?;
    if long::check(&value) { Ok(value) } else { Err(raise!(TypeError, "* wants int")) }
}

/// A converted value: with a sign that goes before the padding, or as it is.
struct Converted {
    text: Vec<u8>,
    numeric: bool,
}

fn convert(value: &Object, code: u8, spec: &Spec, at: usize) -> Result<Converted> {
    let cut = |mut text: Vec<u8>| {
        if let Some(n) = spec.precision {
            text.truncate(n as usize);
        }
        Converted { text, numeric: false }
    };
    let number = |text: Vec<u8>| Converted { text, numeric: true };
    match code {
        b'r' | b'a' => {
            let text = value.ascii()?;
            Ok(cut(unicode::as_str(&text)?.as_bytes().to_vec()))
        }
        b's' | b'b' => Ok(cut(bytes_of(value)?)),
        b'i' | b'd' | b'u' | b'o' | b'x' | b'X' => {
            let precision = spec.precision.map(|n| n as usize);
            let text = unicode::percent::integer(value, code, spec.alternate, precision)?;
            Ok(number(unicode::as_str(&text)?.as_bytes().to_vec()))
        }
        b'e' | b'E' | b'f' | b'F' | b'g' | b'G' => {
            let x = float::as_f64(value).map_err(|raised| {
                drop(error::caught(raised));
                let name = error::cut(typeobject::tp_name(value.ty()), 200);
                raise!(TypeError, "float argument required, not {name}")
            })?;
            let flags = if spec.alternate { Py_DTSF_ALT } else { 0 };
            let (text, _) =
                strtod::format_double(x, code, spec.precision.unwrap_or(6), flags).ok_or_else(error::no_memory)?;
            Ok(number(text.into_bytes()))
        }
        b'c' => Ok(Converted { text: vec![single_byte(value)?], numeric: false }),
        // The message's own "%c" is given a negative char, but not where digits came before.
        0x80.. if !spec.behind_digit => Err(raise!(OverflowError, "character argument not in range(0x110000)")),
        _ => Err(raise!(ValueError, "unsupported format character '{}' (0x{code:x}) at index {at}", char::from(code))),
    }
}

/// The bytes that "%b" writes.
fn bytes_of(value: &Object) -> Result<Vec<u8>> {
    if check(value) {
        return Ok(as_slice(value).to_vec());
    }
    if bytearray::check(value) {
        return Ok(bytearray::as_slice(value).to_vec());
    }
    if let Some(method) = value.lookup_special(name!(__bytes__))? {
        let result = method.call(&[])?;
        if !check(&result) {
            let name = error::cut(typeobject::tp_name(result.ty()), 200);
            return Err(raise!(TypeError, "__bytes__ returned non-bytes (type {name})"));
        }
        return Ok(as_slice(&result).to_vec());
    }
    if buffers::supported(value) {
        return Ok(as_slice(&*super::new::from_object(value)?).to_vec());
    }
    let name = error::cut(typeobject::tp_name(value.ty()), 100);
    Err(raise!(TypeError, "%b requires a bytes-like object, or an object that implements __bytes__, not '{name}'"))
}

/// The byte that "%c" writes.
fn single_byte(value: &Object) -> Result<u8> {
    let needed = "%c requires an integer in range(256) or a single byte, not";
    let (slice, kind) = if check(value) {
        (as_slice(value), "bytes")
    } else if bytearray::check(value) {
        (bytearray::as_slice(value), "bytearray")
    } else if number::is_index(value) {
        let value = number::index(value)?;
        return match long::to_i64(&value).and_then(|value| u8::try_from(value).ok()) {
            Some(byte) => Ok(byte),
            None => Err(raise!(OverflowError, "%c arg not in range(256)")),
        };
    } else {
        let name = typeobject::fully_qualified_name(value.ty())?;
        return Err(raise!(TypeError, "{needed} {}", error::Text(&name)));
    };
    match slice {
        [byte] => Ok(*byte),
        _ => Err(raise!(TypeError, "{needed} a {kind} object of length {}", slice.len())),
    }
}

/// Writes a converted value in its field: sign, prefix and padding in their order.
fn put(out: &mut Vec<u8>, converted: &Converted, code: u8, spec: &Spec) -> Result<()> {
    let mut text = converted.text.as_slice();
    let mut sign: &[u8] = b"";
    if converted.numeric {
        match text {
            [b'-', ..] | [b'+', ..] => (sign, text) = text.split_at(1),
            _ if spec.plus => sign = b"+",
            _ if spec.blank => sign = b" ",
            _ => {}
        }
    }
    let mut prefix: &[u8] = b"";
    if spec.alternate && matches!(code, b'o' | b'x' | b'X') {
        (prefix, text) = text.split_at(2);
    }
    let pad = spec.width.unwrap_or(0).saturating_sub(sign.len() + prefix.len() + text.len());
    if pad > isize::MAX as usize - out.len() || out.try_reserve(pad + text.len() + 3).is_err() {
        return Err(error::no_memory());
    }
    let zeros = spec.zero && converted.numeric && !spec.left;
    let fill = |out: &mut Vec<u8>, c: u8| out.resize(out.len() + pad, c);
    if !spec.left && !zeros {
        fill(out, b' ');
    }
    out.extend(sign);
    out.extend(prefix);
    if zeros {
        fill(out, b'0');
    }
    out.extend(text);
    if spec.left {
        fill(out, b' ');
    }
    Ok(())
}
