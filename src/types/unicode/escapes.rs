//! The codecs "unicode_escape" (the escapes of a str literal) and "raw_unicode_escape" (only `\u` and `\U`).

use super::errors::{Decoding, backslash};
use super::new::room;
use super::writer::Writer;
use super::{layout, ucnhash};
use crate::object::{Object, Owned, Result};
use crate::types::{bytes, exceptions};
use std::ffi::CStr;

/// An escape that is not one: its character, or the value of an octal escape above 0o377; and the place behind the
/// backslash.
#[derive(Clone, Copy)]
pub struct InvalidEscape {
    pub value: u32,
    pub at: usize,
}

/// `_PyUnicode_DecodeUnicodeEscapeInternal2`. The first invalid escape is told besides.
pub fn decode(
    input: &[u8],
    errors: Option<&CStr>,
    mut consumed: Option<&mut usize>,
) -> Result<(Owned, Option<InvalidEscape>)> {
    let mut decoding = Decoding::new("unicodeescape", input, errors);
    let mut out = Writer::with_capacity(input.len());
    let mut invalid = None;
    let mut at = 0;
    if let Some(consumed) = consumed.as_mut() {
        **consumed = input.len();
    }
    loop {
        let input = decoding.input();
        let rest = &input[at..];
        let plain = rest.iter().position(|&c| c == b'\\').unwrap_or(rest.len());
        if plain > 0 {
            out.push_latin1(&rest[..plain])?;
            at += plain;
        }
        if at >= input.len() {
            break;
        }
        let start = at;
        at += 1;
        let value = match escape(input, &mut at) {
            Escape::Nothing => continue,
            Escape::Char(ch) => {
                out.push_char(ch)?;
                continue;
            }
            Escape::Octal(ch) => {
                out.push_char(ch)?;
                ch
            }
            Escape::None(c) => {
                out.push_char('\\' as u32)?;
                out.push_char(c.into())?;
                c.into()
            }
            Escape::Wrong(fault) => match fault.handle(&mut decoding, &mut out, &mut consumed, start, at)? {
                Some(next) => {
                    at = next;
                    continue;
                }
                None => break,
            },
        };
        invalid.get_or_insert(InvalidEscape { value, at: start + 1 });
    }
    Ok((out.finish()?, invalid))
}

/// As [`decode`] to the end, with a `DeprecationWarning` for an invalid escape (`PyUnicode_DecodeUnicodeEscape`).
pub fn decode_warning(input: &[u8], errors: Option<&CStr>) -> Result<Owned> {
    let (text, invalid) = decode(input, errors, None)?;
    if let Some(invalid) = invalid {
        let what = match invalid.value {
            value @ 0..=0xff => format!("\"\\{}\" is an invalid escape sequence", value as u8 as char),
            value => format!("\"\\{value:o}\" is an invalid octal escape sequence"),
        };
        let message = format!("{what}. Such sequences will not work in the future. ");
        exceptions::warn(&raw mut exceptions::DeprecationWarning, 1, &message)?;
    }
    Ok(text)
}

/// What a backslash and the characters behind it stand for.
enum Escape {
    /// The end of the line is passed over.
    Nothing,
    Char(u32),
    /// An octal number above 0o377, which is a character but should not be one.
    Octal(u32),
    /// No escape: the backslash and this character.
    None(u8),
    Wrong(Fault),
}

/// Reads the escape whose backslash stands just before `at`.
fn escape(input: &[u8], at: &mut usize) -> Escape {
    let Some(&c) = input.get(*at) else { return Escape::Wrong(Fault::End("\\ at end of string")) };
    *at += 1;
    match c {
        b'\n' => Escape::Nothing,
        b'\\' | b'\'' | b'"' => Escape::Char(c.into()),
        b'a' => Escape::Char(7),
        b'b' => Escape::Char(8),
        b't' => Escape::Char(9),
        b'n' => Escape::Char(10),
        b'v' => Escape::Char(11),
        b'f' => Escape::Char(12),
        b'r' => Escape::Char(13),
        b'0'..=b'7' => {
            let behind = input[*at..].iter().take(2).take_while(|c| matches!(c, b'0'..=b'7')).count();
            let digits = &input[*at - 1..*at + behind];
            *at += behind;
            match digits.iter().fold(0, |ch, digit| ch << 3 | u32::from(digit - b'0')) {
                ch @ 0..=0o377 => Escape::Char(ch),
                ch => Escape::Octal(ch),
            }
        }
        b'x' => hex(input, at, 2, "truncated \\xXX escape"),
        b'u' | b'U' => code_point(c, input, at, "illegal Unicode character"),
        b'N' => match named(input, at) {
            Named::Found(ch) => Escape::Char(ch),
            Named::Unknown => Escape::Wrong(Fault::Here("unknown Unicode character name")),
            Named::Wrong => Escape::Wrong(Fault::Here("malformed \\N character escape")),
            Named::End => Escape::Wrong(Fault::End("malformed \\N character escape")),
        },
        _ => Escape::None(c),
    }
}

/// Why an escape is none.
enum Fault {
    Here(&'static str),
    /// More input could mend it.
    End(&'static str),
}

impl Fault {
    /// Has the handler write what stands for it, and gives the place to go on from. `None` if `consumed` is told that
    /// the rest of the input is for the next call.
    fn handle(
        self,
        decoding: &mut Decoding,
        out: &mut Writer,
        consumed: &mut Option<&mut usize>,
        start: usize,
        at: usize,
    ) -> Result<Option<usize>> {
        match (self, consumed) {
            (Fault::End(_), Some(consumed)) => {
                **consumed = start;
                Ok(None)
            }
            (Fault::Here(reason) | Fault::End(reason), _) => decoding.error(out, start, at, reason).map(Some),
        }
    }
}

/// The number behind `\u` or `\U`; `too_large` is said of those that are no code point.
fn code_point(letter: u8, input: &[u8], at: &mut usize, too_large: &'static str) -> Escape {
    let escape = match letter {
        b'u' => hex(input, at, 4, "truncated \\uXXXX escape"),
        _ => hex(input, at, 8, "truncated \\UXXXXXXXX escape"),
    };
    match escape {
        Escape::Char(ch) if ch > layout::MAX_UNICODE => Escape::Wrong(Fault::Here(too_large)),
        escape => escape,
    }
}

/// A number of so many hexadecimal digits. A wrong character stays in the input.
fn hex(input: &[u8], at: &mut usize, count: usize, truncated: &'static str) -> Escape {
    let mut ch: u32 = 0;
    for _ in 0..count {
        let Some(&c) = input.get(*at) else { return Escape::Wrong(Fault::End(truncated)) };
        let Some(digit) = char::from(c).to_digit(16) else { return Escape::Wrong(Fault::Here(truncated)) };
        ch = ch << 4 | digit;
        *at += 1;
    }
    Escape::Char(ch)
}

enum Named {
    Found(u32),
    Unknown,
    Wrong,
    End,
}

/// A name in braces behind `\N`.
fn named(input: &[u8], at: &mut usize) -> Named {
    let Some(&c) = input.get(*at) else { return Named::End };
    if c != b'{' {
        return Named::Wrong;
    }
    *at += 1;
    let start = *at;
    while *at < input.len() && input[*at] != b'}' {
        *at += 1;
    }
    if *at >= input.len() {
        return Named::End;
    }
    if *at == start {
        return Named::Wrong;
    }
    let name = &input[start..*at];
    *at += 1;
    match ucnhash::code(name) {
        Some(ch) => Named::Found(ch),
        None => Named::Unknown,
    }
}

/// `_PyUnicode_DecodeRawUnicodeEscapeStateful`.
pub fn decode_raw(input: &[u8], errors: Option<&CStr>, mut consumed: Option<&mut usize>) -> Result<Owned> {
    let mut decoding = Decoding::new("rawunicodeescape", input, errors);
    let mut out = Writer::with_capacity(input.len());
    let mut at = 0;
    if let Some(consumed) = consumed.as_mut() {
        **consumed = input.len();
    }
    while let Some(&c) = decoding.input().get(at) {
        let input = decoding.input();
        let start = at;
        at += 1;
        if c != b'\\' || (at >= input.len() && consumed.is_none()) {
            out.push_char(c.into())?;
            continue;
        }
        let escape = match input.get(at) {
            None => Escape::Wrong(Fault::End("")),
            Some(&c) => {
                at += 1;
                match c {
                    b'u' | b'U' => code_point(c, input, &mut at, "\\Uxxxxxxxx out of range"),
                    _ => Escape::None(c),
                }
            }
        };
        match escape {
            Escape::Wrong(fault) => match fault.handle(&mut decoding, &mut out, &mut consumed, start, at)? {
                Some(next) => at = next,
                None => break,
            },
            Escape::Char(ch) => out.push_char(ch)?,
            _ => out.push_latin1(&input[start..at])?,
        }
    }
    out.finish()
}

/// `PyUnicode_AsUnicodeEscapeString`.
pub fn encode(s: &Object) -> Result<Owned> {
    let mut out = room(layout::len(s))?;
    for ch in layout::chars(s).iter() {
        match ch {
            0x5c => out.extend(b"\\\\"),
            0x09 => out.extend(b"\\t"),
            0x0a => out.extend(b"\\n"),
            0x0d => out.extend(b"\\r"),
            0x20..0x7f => out.push(ch as u8),
            _ => out.extend(backslash(ch).into_bytes()),
        }
    }
    bytes::from_slice(&out)
}

/// `PyUnicode_AsRawUnicodeEscapeString`.
pub fn encode_raw(s: &Object) -> Result<Owned> {
    let mut out = room(layout::len(s))?;
    for ch in layout::chars(s).iter() {
        match ch {
            0..0x100 => out.push(ch as u8),
            _ => out.extend(backslash(ch).into_bytes()),
        }
    }
    bytes::from_slice(&out)
}
