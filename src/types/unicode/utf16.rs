//! UTF-16 and UTF-32, in both byte orders, with and without a byte order mark.

use super::errors::{Decoding, Encoding, Replacement, is_surrogate};
use super::layout;
use super::new::{self, room};
use super::writer::Writer;
use crate::object::{Object, Owned, Result};
use crate::types::bytes;
use std::ffi::CStr;

/// The byte order that C callers name by a number: negative is little, positive is big, 0 is native with a mark.
fn marked_order(input: &[u8], order: &mut i32, little: &[u8], big: &[u8]) -> usize {
    if *order != 0 {
        return 0;
    }
    if input.starts_with(little) {
        *order = -1;
    } else if input.starts_with(big) {
        *order = 1;
    } else {
        return 0;
    }
    little.len()
}

/// `PyUnicode_DecodeUTF16Stateful`. `order` becomes the order that a mark told.
pub fn decode_utf16(
    input: &[u8],
    errors: Option<&CStr>,
    order: &mut i32,
    mut consumed: Option<&mut usize>,
) -> Result<Owned> {
    let mut at = marked_order(input, order, &[0xff, 0xfe], &[0xfe, 0xff]);
    if at == input.len() {
        if let Some(consumed) = consumed.as_mut() {
            **consumed = at;
        }
        return Ok(new::empty());
    }
    let big = *order > 0;
    if let Some(text) = decode_plain(&input[at..], big)? {
        if let Some(consumed) = consumed {
            *consumed = input.len();
        }
        return Ok(text);
    }
    let mut decoding = Decoding::new(if big { "utf-16-be" } else { "utf-16-le" }, input, errors);
    let mut writer = Writer::with_capacity(input.len() / 2);
    loop {
        let input = decoding.input();
        let unit = |at: usize| -> Option<u32> {
            let pair = [*input.get(at)?, *input.get(at + 1)?];
            Some(if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }.into())
        };
        let Some(first) = unit(at) else {
            if at >= input.len() || consumed.is_some() {
                break;
            }
            at = decoding.error(&mut writer, at, input.len(), "truncated data")?;
            continue;
        };
        if !is_surrogate(first) {
            writer.push_char(first)?;
            at += 2;
            continue;
        }
        if first >= 0xdc00 {
            at = decoding.error(&mut writer, at, at + 2, "illegal encoding")?;
            continue;
        }
        match unit(at + 2) {
            None if consumed.is_some() => break,
            None => at = decoding.error(&mut writer, at, input.len(), "unexpected end of data")?,
            Some(second @ 0xdc00..=0xdfff) => {
                writer.push_char(0x10000 + ((first & 0x3ff) << 10 | (second & 0x3ff)))?;
                at += 4;
            }
            Some(_) => at = decoding.error(&mut writer, at, at + 2, "illegal UTF-16 surrogate")?,
        }
    }
    if let Some(consumed) = consumed {
        *consumed = at;
    }
    writer.finish()
}

/// What most text is: whole units, none of them half of a pair. `None` if this is not such text.
fn decode_plain(input: &[u8], big: bool) -> Result<Option<Owned>> {
    let (pairs, rest) = input.as_chunks();
    let mut units = room(pairs.len())?;
    units.extend(pairs.iter().map(|&pair| if big { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }));
    if !rest.is_empty() || units.iter().any(|&unit| is_surrogate(unit.into())) {
        return Ok(None);
    }
    new::from_chars(layout::Chars::Ucs2(&units)).map(Some)
}

/// `PyUnicode_DecodeUTF32Stateful`.
pub fn decode_utf32(
    input: &[u8],
    errors: Option<&CStr>,
    order: &mut i32,
    mut consumed: Option<&mut usize>,
) -> Result<Owned> {
    let mut at = marked_order(input, order, &[0xff, 0xfe, 0, 0], &[0, 0, 0xfe, 0xff]);
    if at == input.len() {
        if let Some(consumed) = consumed.as_mut() {
            **consumed = at;
        }
        return Ok(new::empty());
    }
    let big = *order > 0;
    let mut decoding = Decoding::new(if big { "utf-32-be" } else { "utf-32-le" }, input, errors);
    let mut writer = Writer::with_capacity(input.len() / 4);
    loop {
        let input = decoding.input();
        let Some(four) = input.get(at..at + 4) else {
            if at >= input.len() || consumed.is_some() {
                break;
            }
            at = decoding.error(&mut writer, at, input.len(), "truncated data")?;
            continue;
        };
        let four = [four[0], four[1], four[2], four[3]];
        let ch = if big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) };
        let reason = if is_surrogate(ch) {
            "code point in surrogate code point range(0xd800, 0xe000)"
        } else if ch > layout::MAX_UNICODE {
            "code point not in range(0x110000)"
        } else {
            writer.push_char(ch)?;
            at += 4;
            continue;
        };
        at = decoding.error(&mut writer, at, at + 4, reason)?;
    }
    if let Some(consumed) = consumed {
        *consumed = at;
    }
    writer.finish()
}

/// Encodes with units of `width` bytes (2 or 4).
fn encode(s: &Object, errors: Option<&CStr>, order: i32, width: usize) -> Result<Owned> {
    let name = match (width, order) {
        (2, 0) => "utf-16",
        (2, ..0) => "utf-16-le",
        (2, _) => "utf-16-be",
        (_, 0) => "utf-32",
        (_, ..0) => "utf-32-le",
        _ => "utf-32-be",
    };
    let big = order > 0;
    let mut out = room((layout::len(s) + 1) * width)?;
    let push = |out: &mut Vec<u8>, ch: u32| {
        let unit = |out: &mut Vec<u8>, unit: u16| {
            out.extend(if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
        };
        if width == 4 {
            out.extend(if big { ch.to_be_bytes() } else { ch.to_le_bytes() });
        } else if ch < 0x10000 {
            unit(out, ch as u16);
        } else {
            unit(out, 0xd800 + ((ch - 0x10000) >> 10) as u16);
            unit(out, 0xdc00 + ((ch - 0x10000) & 0x3ff) as u16);
        }
    };
    if order == 0 {
        push(&mut out, 0xfeff);
    }
    let mut encoding = Encoding::new(name, s, errors);
    let chars = layout::chars(s);
    let mut at = 0;
    while at < chars.len() {
        let ch = chars.get(at);
        if !is_surrogate(ch) {
            push(&mut out, ch);
            at += 1;
            continue;
        }
        let reason = "surrogates not allowed";
        let (replacement, next) = encoding.error(at, at + 1, reason)?;
        match replacement {
            Replacement::Bytes(bytes) if bytes.len() % width == 0 => out.extend(bytes),
            Replacement::Text(text) if layout::is_ascii(&text) => {
                layout::chars(&text).iter().for_each(|ch| push(&mut out, ch));
            }
            _ => return Err(encoding.raise(at, at + 1, reason)),
        }
        at = next;
    }
    bytes::from_slice(&out)
}

/// `_PyUnicode_EncodeUTF16`.
pub fn encode_utf16(s: &Object, errors: Option<&CStr>, order: i32) -> Result<Owned> {
    encode(s, errors, order, 2)
}

/// `_PyUnicode_EncodeUTF32`.
pub fn encode_utf32(s: &Object, errors: Option<&CStr>, order: i32) -> Result<Owned> {
    encode(s, errors, order, 4)
}
