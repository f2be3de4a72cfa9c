//! What codecs do about bytes or characters that they can't convert: the error handlers. Those of CPython work here
//! without a call; a handler that was registered is called with a `UnicodeDecodeError` or `UnicodeEncodeError`.

use super::layout::{self, Chars};
use super::writer::Writer;
use super::{check, new, registry};
use crate::abi::*;
use crate::object::{Object, Owned, Raised, Result};
use crate::raise;
use crate::types::exceptions::{self, UnicodeDecodeError, UnicodeEncodeError};
use crate::types::{bytes, long, tuple};
use std::ffi::CStr;

/// An error handler, by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Handler<'a> {
    Strict,
    Ignore,
    Replace,
    BackslashReplace,
    XmlCharRefReplace,
    NameReplace,
    SurrogateEscape,
    SurrogatePass,
    Registered(&'a CStr),
}

impl<'a> Handler<'a> {
    /// `None` is "strict".
    pub fn named(name: Option<&'a CStr>) -> Handler<'a> {
        let Some(name) = name else { return Handler::Strict };
        match name.to_bytes() {
            b"strict" => Handler::Strict,
            b"ignore" => Handler::Ignore,
            b"replace" => Handler::Replace,
            b"backslashreplace" => Handler::BackslashReplace,
            b"xmlcharrefreplace" => Handler::XmlCharRefReplace,
            b"namereplace" => Handler::NameReplace,
            b"surrogateescape" => Handler::SurrogateEscape,
            b"surrogatepass" => Handler::SurrogatePass,
            _ => Handler::Registered(name),
        }
    }
}

/// The encodings that `surrogatepass` knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Utf {
    Utf8,
    Utf16Le,
    Utf16Be,
    Utf32Le,
    Utf32Be,
}

impl Utf {
    /// By the name in an exception; the native byte order for "utf-16" and "utf-32".
    pub fn named(encoding: &str) -> Option<Utf> {
        let rest = encoding.get(..3).filter(|utf| utf.eq_ignore_ascii_case("utf")).map(|_| &encoding[3..])?;
        let rest = rest.strip_prefix(['-', '_']).unwrap_or(rest);
        if rest == "8" {
            return Some(Utf::Utf8);
        }
        let (bits, order) = rest.split_at_checked(2)?;
        let order = order.strip_prefix(['-', '_']).unwrap_or(order);
        let little = match order.to_ascii_lowercase().as_str() {
            "" | "le" => true,
            "be" => false,
            _ => return None,
        };
        match (bits, little) {
            ("16", true) => Some(Utf::Utf16Le),
            ("16", false) => Some(Utf::Utf16Be),
            ("32", true) => Some(Utf::Utf32Le),
            ("32", false) => Some(Utf::Utf32Be),
            _ => None,
        }
    }

    /// How many bytes a surrogate takes.
    pub fn width(self) -> usize {
        match self {
            Utf::Utf8 => 3,
            Utf::Utf16Le | Utf::Utf16Be => 2,
            Utf::Utf32Le | Utf::Utf32Be => 4,
        }
    }

    /// The surrogate that the first bytes of `input` mean.
    pub fn surrogate(self, input: &[u8]) -> Option<u32> {
        let ch = match (self, input) {
            (Utf::Utf8, [a, b, c, ..]) if a & 0xf0 == 0xe0 && b & 0xc0 == 0x80 && c & 0xc0 == 0x80 => {
                u32::from(a & 0x0f) << 12 | u32::from(b & 0x3f) << 6 | u32::from(c & 0x3f)
            }
            (Utf::Utf16Le, [a, b, ..]) => u16::from_le_bytes([*a, *b]).into(),
            (Utf::Utf16Be, [a, b, ..]) => u16::from_be_bytes([*a, *b]).into(),
            (Utf::Utf32Le, [a, b, c, d, ..]) => u32::from_le_bytes([*a, *b, *c, *d]),
            (Utf::Utf32Be, [a, b, c, d, ..]) => u32::from_be_bytes([*a, *b, *c, *d]),
            _ => return None,
        };
        is_surrogate(ch).then_some(ch)
    }

    /// The bytes of a surrogate.
    pub fn encode_surrogate(self, ch: u32, out: &mut Vec<u8>) {
        match self {
            Utf::Utf8 => out.extend([0xe0 | (ch >> 12) as u8, 0x80 | (ch >> 6 & 0x3f) as u8, 0x80 | (ch & 0x3f) as u8]),
            Utf::Utf16Le => out.extend((ch as u16).to_le_bytes()),
            Utf::Utf16Be => out.extend((ch as u16).to_be_bytes()),
            Utf::Utf32Le => out.extend(ch.to_le_bytes()),
            Utf::Utf32Be => out.extend(ch.to_be_bytes()),
        }
    }
}

#[inline(always)]
pub fn is_surrogate(ch: u32) -> bool {
    ch & 0xffff_f800 == 0xd800
}

/// A byte that could not be decoded, in the form of `surrogateescape`.
pub fn escaped_byte(ch: u32) -> Option<u8> {
    (0xdc80..=0xdcff).contains(&ch).then_some(ch as u8)
}

/// `\xNN`, `\uNNNN` or `\UNNNNNNNN`.
pub fn backslash(ch: u32) -> String {
    match ch {
        0..0x100 => format!("\\x{ch:02x}"),
        0x100..0x10000 => format!("\\u{ch:04x}"),
        _ => format!("\\U{ch:08x}"),
    }
}

/// Calls a `UnicodeError` class with its five arguments.
fn make_exception(
    class: *mut PyTypeObject,
    encoding: &str,
    object: &Object,
    start: usize,
    end: usize,
    reason: &str,
) -> Result<Owned> {
    let (encoding, reason) = (new::from_str(encoding)?, new::from_str(reason)?);
    let (start, end) = (long::from_i64(start as i64)?, long::from_i64(end as i64)?);
    // SAFETY: static.
    unsafe { Object::from_ptr(class.cast()) }.call(&[&encoding, object, &start, &end, &reason])
}

/// Raises an exception that could be made.
fn raised(made: Result<&Owned>) -> Raised {
    match made {
        Ok(exception) => raise_exception(exception),
        Err(raised) => raised,
    }
}

/// Raises an exception instance.
pub fn raise_exception(exception: &Object) -> Raised {
    exceptions::raise(exception.type_object(), Some(exception))
}

#[allow(clippy::mut_from_ref, reason = "objects are shared; the GIL keeps others away")]
fn field(exception: &Object) -> &mut PyUnicodeErrorObject {
    // SAFETY: layout: the caller checked or made the exception.
    unsafe { &mut *exception.cast::<PyUnicodeErrorObject>() }
}

/// Sets the place and reason of an exception that was made for an earlier error.
fn move_exception(exception: &Object, start: usize, end: usize, reason: &str) -> Result<()> {
    let reason = new::from_str(reason)?;
    let fields = field(exception);
    (fields.start, fields.end) = (start as isize, end as isize);
    let old = std::mem::replace(&mut fields.reason, reason.into_raw());
    // SAFETY: the field owned it.
    drop(unsafe { Owned::optional(old) });
    Ok(())
}

/// A position that a handler gave: negative counts from the end. `IndexError` outside of `0..=len`.
pub fn position(given: isize, len: usize) -> Result<usize> {
    let at = if given < 0 { given + len as isize } else { given };
    if at < 0 || at as usize > len {
        return Err(raise!(IndexError, "position {at} from error handler out of bounds"));
    }
    Ok(at as usize)
}

/// One run of a decoder: its input, and what to do about errors in it.
pub struct Decoding<'a> {
    encoding: &'static str,
    handler: Handler<'a>,
    input: &'a [u8],
    exception: Option<Owned>,
    /// The callable of a registered handler, and inputs that it put in place of the first.
    callback: Option<Owned>,
    replaced: Vec<Owned>,
}

impl<'a> Decoding<'a> {
    pub fn new(encoding: &'static str, input: &'a [u8], errors: Option<&'a CStr>) -> Decoding<'a> {
        Decoding {
            encoding,
            handler: Handler::named(errors),
            input,
            exception: None,
            callback: None,
            replaced: Vec::new(),
        }
    }

    /// What is being decoded. A registered handler may change it, so ask again after an error.
    #[inline(always)]
    pub fn input(&self) -> &'a [u8] {
        self.input
    }

    fn make(&mut self, start: usize, end: usize, reason: &str) -> Result<&Owned> {
        match &self.exception {
            Some(exception) => move_exception(exception, start, end, reason)?,
            None => {
                let object = bytes::from_slice(self.input)?;
                let class = &raw mut UnicodeDecodeError;
                self.exception = Some(make_exception(class, self.encoding, &object, start, end, reason)?);
            }
        }
        Ok(self.exception.as_ref().expect("just made"))
    }

    /// Raises for the bytes from `start` to `end`.
    #[cold]
    pub fn raise(&mut self, start: usize, end: usize, reason: &str) -> Raised {
        raised(self.make(start, end, reason))
    }

    /// The bytes from `start` to `end` are wrong. Writes what stands for them and gives the place to go on from.
    #[cold]
    pub fn error(&mut self, writer: &mut Writer, start: usize, end: usize, reason: &str) -> Result<usize> {
        let wrong = &self.input[start..end];
        match self.handler {
            Handler::Ignore => {}
            Handler::Replace => writer.push_char(0xfffd)?,
            Handler::BackslashReplace => {
                for &b in wrong {
                    writer.push_ascii(backslash(b.into()).as_bytes())?;
                }
            }
            Handler::SurrogateEscape => {
                let n = wrong.iter().take(4).take_while(|&&b| b >= 0x80).count();
                if n == 0 {
                    return Err(self.raise(start, end, reason));
                }
                for &b in &wrong[..n] {
                    writer.push_char(0xdc00 + u32::from(b))?;
                }
                return Ok(start + n);
            }
            Handler::SurrogatePass => {
                let found =
                    Utf::named(self.encoding).and_then(|utf| Some((utf.surrogate(&self.input[start..])?, utf.width())));
                let Some((ch, width)) = found else { return Err(self.raise(start, end, reason)) };
                writer.push_char(ch)?;
                return Ok(start + width);
            }
            Handler::Strict => return Err(self.raise(start, end, reason)),
            Handler::XmlCharRefReplace | Handler::NameReplace => {
                let exception = self.make(start, end, reason)?;
                return Err(wrong_exception(exception));
            }
            Handler::Registered(name) => return self.call(name, writer, start, end, reason),
        }
        Ok(end)
    }

    fn call(&mut self, name: &CStr, writer: &mut Writer, start: usize, end: usize, reason: &str) -> Result<usize> {
        if self.callback.is_none() {
            self.callback = Some(registry::lookup_error(Some(name))?);
        }
        let callback = self.callback.clone().expect("just set");
        let exception = self.make(start, end, reason)?.clone();
        let answer = callback.call(&[&exception])?;
        let wrong_answer = || raise!(TypeError, "decoding error handler must return (str, int) tuple");
        if !tuple::check(&answer) {
            return Err(wrong_answer());
        }
        let &[text, at] = tuple::items(&answer) else { return Err(wrong_answer()) };
        if !check(text) {
            return Err(wrong_answer());
        }
        if !long::check(at) {
            return Err(wrong_answer());
        }
        let at = long::as_isize(at)?;
        // SAFETY: the field is an object or NULL.
        let object = unsafe { Object::optional(field(&exception).object) };
        let Some(object) = object.filter(|o| bytes::check(o)) else {
            return Err(raise!(TypeError, "exception attribute object must be bytes"));
        };
        let object = object.to_owned();
        // SAFETY: kept in `replaced`, which lives as long as the decoding.
        self.input =
            unsafe { std::slice::from_raw_parts(bytes::as_slice(&object).as_ptr(), bytes::as_slice(&object).len()) };
        self.replaced.push(object);
        let at = position(at, self.input.len())?;
        writer.push_object(text)?;
        Ok(at)
    }
}

/// `TypeError` for an exception that a handler has no answer to.
#[cold]
pub fn wrong_exception(exception: &Object) -> Raised {
    raise!(
        TypeError,
        "don't know how to handle {} in error callback",
        crate::types::typeobject::tp_name(exception.ty())
    )
}

/// What an encoder writes for characters that it can't encode.
pub enum Replacement {
    /// Text, which must be encoded in turn.
    Text(Owned),
    Bytes(Vec<u8>),
}

/// One run of an encoder over a str.
pub struct Encoding<'a> {
    encoding: &'a str,
    handler: Handler<'a>,
    text: &'a Object,
    exception: Option<Owned>,
    callback: Option<Owned>,
}

impl<'a> Encoding<'a> {
    pub fn new(encoding: &'a str, text: &'a Object, errors: Option<&'a CStr>) -> Encoding<'a> {
        Encoding { encoding, handler: Handler::named(errors), text, exception: None, callback: None }
    }

    fn make(&mut self, start: usize, end: usize, reason: &str) -> Result<&Owned> {
        match &self.exception {
            Some(exception) => move_exception(exception, start, end, reason)?,
            None => {
                let class = &raw mut UnicodeEncodeError;
                self.exception = Some(make_exception(class, self.encoding, self.text, start, end, reason)?);
            }
        }
        Ok(self.exception.as_ref().expect("just made"))
    }

    /// Raises for the characters from `start` to `end`.
    #[cold]
    pub fn raise(&mut self, start: usize, end: usize, reason: &str) -> Raised {
        raised(self.make(start, end, reason))
    }

    /// The characters from `start` to `end` can't be encoded: what to write for them, and where to go on.
    #[cold]
    pub fn error(&mut self, start: usize, end: usize, reason: &str) -> Result<(Replacement, usize)> {
        let wrong = layout::chars(self.text).slice(start, end);
        let replacement = match self.handler {
            Handler::Registered(name) => return self.call(name, start, end, reason),
            Handler::SurrogateEscape => {
                let bytes: Vec<u8> = wrong.iter().map_while(escaped_byte).collect();
                if bytes.is_empty() {
                    return Err(self.raise(start, end, reason));
                }
                let next = start + bytes.len();
                return Ok((Replacement::Bytes(bytes), next));
            }
            Handler::SurrogatePass => {
                let Some(utf) = Utf::named(self.encoding).filter(|_| wrong.iter().all(is_surrogate)) else {
                    return Err(self.raise(start, end, reason));
                };
                let mut bytes = Vec::new();
                wrong.iter().for_each(|ch| utf.encode_surrogate(ch, &mut bytes));
                Replacement::Bytes(bytes)
            }
            handler => match replacement_text(handler, wrong) {
                Some(text) => Replacement::Text(new::from_str(&text)?),
                None => return Err(self.raise(start, end, reason)),
            },
        };
        Ok((replacement, end))
    }

    fn call(&mut self, name: &CStr, start: usize, end: usize, reason: &str) -> Result<(Replacement, usize)> {
        if self.callback.is_none() {
            self.callback = Some(registry::lookup_error(Some(name))?);
        }
        let callback = self.callback.clone().expect("just set");
        let exception = self.make(start, end, reason)?.clone();
        let answer = callback.call(&[&exception])?;
        let wrong_answer = || raise!(TypeError, "encoding error handler must return (str/bytes, int) tuple");
        if !tuple::check(&answer) {
            return Err(wrong_answer());
        }
        let &[given, at] = tuple::items(&answer) else { return Err(wrong_answer()) };
        let replacement = if check(given) {
            Replacement::Text(given.to_owned())
        } else if bytes::check(given) {
            Replacement::Bytes(bytes::as_slice(given).to_vec())
        } else {
            return Err(wrong_answer());
        };
        if !long::check(at) {
            return Err(wrong_answer());
        }
        let at = position(long::as_isize(at)?, layout::len(self.text))?;
        Ok((replacement, at))
    }
}

/// The text that stands for characters that can't be encoded, of handlers that have one.
pub fn replacement_text(handler: Handler, wrong: Chars) -> Option<String> {
    let each = |of: fn(u32) -> String| wrong.iter().map(of).collect();
    match handler {
        Handler::Ignore => Some(String::new()),
        Handler::Replace => Some("?".repeat(wrong.len())),
        Handler::BackslashReplace => Some(each(backslash)),
        Handler::XmlCharRefReplace => Some(each(|ch| format!("&#{ch};"))),
        Handler::NameReplace => Some(each(|ch| match super::ucnhash::name(ch) {
            Some(name) => format!("\\N{{{name}}}"),
            None => backslash(ch),
        })),
        _ => None,
    }
}
