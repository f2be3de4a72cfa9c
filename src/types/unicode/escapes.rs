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
        let (incomplete, message) = match input.get(at) {
            None => (true, "\\ at end of string"),
            Some(&c) => {
                at += 1;
                match c {
                    b'\n' => continue,
                    b'\\' | b'\'' | b'"' => {
                        out.push_char(c.into())?;
                        continue;
                    }
                    b'b' | b'f' | b't' | b'n' | b'r' | b'v' | b'a' => {
                        let ch = match c {
                            b'b' => 8,
                            b'f' => 12,
                            b't' => 9,
                            b'n' => 10,
                            b'r' => 13,
                            b'v' => 11,
                            _ => 7,
                        };
                        out.push_char(ch)?;
                        continue;
                    }
                    b'0'..=b'7' => {
                        let mut ch = u32::from(c - b'0');
                        let mut more = 2;
                        while more > 0
                            && let Some(&c @ b'0'..=b'7') = input.get(at)
                        {
                            ch = ch << 3 | u32::from(c - b'0');
                            at += 1;
                            more -= 1;
                        }
                        if ch > 0o377 && invalid.is_none() {
                            invalid = Some(InvalidEscape { value: ch, at: start + 1 });
                        }
                        out.push_char(ch)?;
                        continue;
                    }
                    b'x' | b'u' | b'U' => {
                        let (count, message) = match c {
                            b'x' => (2, "truncated \\xXX escape"),
                            b'u' => (4, "truncated \\uXXXX escape"),
                            _ => (8, "truncated \\UXXXXXXXX escape"),
                        };
                        match hex(input, &mut at, count) {
                            Hex::Value(ch) if ch <= layout::MAX_UNICODE => {
                                out.push_char(ch)?;
                                continue;
                            }
                            Hex::Value(_) => (false, "illegal Unicode character"),
                            Hex::Wrong => (false, message),
                            Hex::End => (true, message),
                        }
                    }
                    b'N' => match named(input, &mut at) {
                        Named::Found(ch) => {
                            out.push_char(ch)?;
                            continue;
                        }
                        Named::Unknown => (false, "unknown Unicode character name"),
                        Named::Wrong => (false, "malformed \\N character escape"),
                        Named::End => (true, "malformed \\N character escape"),
                    },
                    _ => {
                        if invalid.is_none() {
                            invalid = Some(InvalidEscape { value: c.into(), at: start + 1 });
                        }
                        out.push_char('\\' as u32)?;
                        out.push_char(c.into())?;
                        continue;
                    }
                }
            }
        };
        if incomplete && let Some(consumed) = consumed.as_mut() {
            **consumed = start;
            break;
        }
        at = decoding.error(&mut out, start, at, message)?;
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

enum Hex {
    Value(u32),
    /// A character that is no hexadecimal digit; the place stays on it.
    Wrong,
    End,
}

fn hex(input: &[u8], at: &mut usize, count: usize) -> Hex {
    let mut ch: u32 = 0;
    for _ in 0..count {
        let Some(&c) = input.get(*at) else { return Hex::End };
        let Some(digit) = char::from(c).to_digit(16) else { return Hex::Wrong };
        ch = ch << 4 | digit;
        *at += 1;
    }
    Hex::Value(ch)
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
        let (incomplete, message) = match input.get(at) {
            None => (true, ""),
            Some(&c @ (b'u' | b'U')) => {
                at += 1;
                let (count, message) =
                    if c == b'u' { (4, "truncated \\uXXXX escape") } else { (8, "truncated \\UXXXXXXXX escape") };
                match hex(input, &mut at, count) {
                    Hex::Value(ch) if ch <= layout::MAX_UNICODE => {
                        out.push_char(ch)?;
                        continue;
                    }
                    Hex::Value(_) => (false, "\\Uxxxxxxxx out of range"),
                    Hex::Wrong => (false, message),
                    Hex::End => (true, message),
                }
            }
            Some(&c) => {
                at += 1;
                out.push_char('\\' as u32)?;
                out.push_char(c.into())?;
                continue;
            }
        };
        if incomplete && let Some(consumed) = consumed.as_mut() {
            **consumed = start;
            break;
        }
        at = decoding.error(&mut out, start, at, message)?;
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
