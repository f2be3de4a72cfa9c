//! Latin-1 and ASCII: one byte for each character, up to a limit.

use super::errors::{Decoding, Encoding, Replacement};
use super::layout;
use super::new::{self, room};
use super::utf8;
use super::writer::Writer;
use crate::object::{Object, Owned, Result};
use crate::types::bytes;
use std::ffi::CStr;

/// `PyUnicode_DecodeLatin1`: never fails for want of a character.
pub fn decode_latin1(input: &[u8]) -> Result<Owned> {
    new::from_chars(layout::Chars::Ucs1(input))
}

/// `PyUnicode_DecodeASCII`.
pub fn decode_ascii(input: &[u8], errors: Option<&CStr>) -> Result<Owned> {
    if input.is_ascii() {
        return new::from_ascii(input);
    }
    let mut decoding = Decoding::new("ascii", input, errors);
    let mut writer = Writer::with_capacity(input.len());
    let mut at = 0;
    while at < decoding.input().len() {
        let rest = &decoding.input()[at..];
        let good = rest.iter().take_while(|c| c.is_ascii()).count();
        writer.push_ascii(&rest[..good])?;
        at += good;
        if good < rest.len() {
            at = decoding.error(&mut writer, at, at + 1, "ordinal not in range(128)")?;
        }
    }
    writer.finish()
}

/// `_PyUnicode_AsLatin1String`.
pub fn encode_latin1(s: &Object, errors: Option<&CStr>) -> Result<Owned> {
    match layout::chars(s) {
        layout::Chars::Ucs1(text) => bytes::from_slice(text),
        _ => encode(s, 0x100, "latin-1", "ordinal not in range(256)", errors),
    }
}

/// `_PyUnicode_AsASCIIString`.
pub fn encode_ascii(s: &Object, errors: Option<&CStr>) -> Result<Owned> {
    if layout::is_ascii(s) {
        return utf8::encode(s, None);
    }
    encode(s, 0x80, "ascii", "ordinal not in range(128)", errors)
}

fn encode(s: &Object, limit: u32, name: &str, reason: &str, errors: Option<&CStr>) -> Result<Owned> {
    let mut encoding = Encoding::new(name, s, errors);
    let chars = layout::chars(s);
    let mut out = room(chars.len())?;
    let mut at = 0;
    while at < chars.len() {
        let c = chars.get(at);
        if c < limit {
            out.push(c as u8);
            at += 1;
            continue;
        }
        let end = at + chars.slice(at, chars.len()).iter().take_while(|&c| c >= limit).count();
        let (replacement, next) = encoding.error(at, end, reason)?;
        match replacement {
            Replacement::Bytes(bytes) => out.extend(bytes),
            Replacement::Text(text) => {
                let text = layout::chars(&text);
                if text.iter().any(|c| c >= limit) {
                    return Err(encoding.raise(at, end, reason));
                }
                out.extend(text.iter().map(|c| c as u8));
            }
        }
        at = next;
    }
    bytes::from_slice(&out)
}
