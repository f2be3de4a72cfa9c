//! UTF-8: decoding with a fast path for ASCII, encoding, and the form that a str keeps for C.

use super::errors::{Decoding, Encoding, Replacement, is_surrogate};
use super::layout::{self, Chars};
use super::new::{self, room};
use super::writer::Writer;
use crate::abi::*;
use crate::mem::domains;
use crate::object::{Object, Owned, Raised, Result, error};
use crate::types::bytes;
use std::ffi::CStr;

/// A str of UTF-8 that may be wrong: `UnicodeDecodeError`.
#[inline]
pub fn from_utf8(input: &[u8]) -> Result<Owned> {
    match input {
        [] => Ok(new::empty()),
        [c @ ..0x80] => Ok(new::latin1_char(*c)),
        _ if input.is_ascii() => new::from_ascii(input),
        _ => match std::str::from_utf8(input) {
            Ok(text) => new::from_wide(text),
            Err(_) => decode(input, None, None),
        },
    }
}

/// Decodes with an error handler. With `consumed`, an incomplete sequence at the end is left for the next time.
pub fn decode(input: &[u8], errors: Option<&CStr>, consumed: Option<&mut usize>) -> Result<Owned> {
    if let Ok(text) = std::str::from_utf8(input) {
        if let Some(consumed) = consumed {
            *consumed = input.len();
        }
        return if text.is_ascii() { new::from_ascii(input) } else { new::from_wide(text) };
    }
    let mut writer = Writer::with_capacity(input.len());
    decode_into(&mut writer, input, errors, consumed)?;
    writer.finish()
}

/// As [`decode`], appending to `writer`.
pub fn decode_into(
    writer: &mut Writer,
    input: &[u8],
    errors: Option<&CStr>,
    consumed: Option<&mut usize>,
) -> Result<()> {
    if input.is_ascii() {
        if let Some(consumed) = consumed {
            *consumed = input.len();
        }
        return writer.push_ascii(input);
    }
    let mut decoding = Decoding::new("utf-8", input, errors);
    let mut at = 0;
    loop {
        let rest = &decoding.input()[at..];
        let wrong = match std::str::from_utf8(rest) {
            Ok(text) => {
                writer.push_str(text)?;
                at += rest.len();
                break;
            }
            Err(wrong) => wrong,
        };
        // SAFETY: valid up to there.
        writer.push_str(unsafe { std::str::from_utf8_unchecked(&rest[..wrong.valid_up_to()]) })?;
        at += wrong.valid_up_to();
        let rest = &rest[wrong.valid_up_to()..];
        let incomplete = match wrong.error_len() {
            None => true,
            // Half a surrogate: complete, it may please a handler.
            Some(1) => matches!(rest, [0xed, 0xa0..=0xbf]),
            Some(_) => false,
        };
        if incomplete && consumed.is_some() {
            break;
        }
        let len = wrong.error_len().unwrap_or(rest.len());
        at = decoding.error(writer, at, at + len, reason(wrong, rest).to_str().unwrap_or_default())?;
    }
    if let Some(consumed) = consumed {
        *consumed = at;
    }
    Ok(())
}

/// Why the text that begins with `rest` is no UTF-8.
pub fn reason(wrong: std::str::Utf8Error, rest: &[u8]) -> &'static CStr {
    match wrong.error_len() {
        None => c"unexpected end of data",
        Some(_) if matches!(rest[0], 0x80..=0xc1 | 0xf5..) => c"invalid start byte",
        Some(_) => c"invalid continuation byte",
    }
}

/// Appends well-formed text that is not all ASCII.
pub fn push_valid(writer: &mut Writer, text: &str) -> Result<()> {
    let (n, maxchar) = new::measure(text);
    writer.prepare(n, maxchar)?;
    let kind = writer.0.kind as c_uint;
    // SAFETY: there is room behind what is written.
    unsafe { new::unpack(text, kind, writer.0.data.cast::<u8>().add(writer.0.pos as usize * kind as usize)) };
    writer.0.pos += n as isize;
    Ok(())
}

/// How many bytes the characters take; lone surrogates count three.
fn encoded_len(chars: Chars) -> usize {
    fn each<T: Into<u32> + Copy>(s: &[T]) -> usize {
        s.iter()
            .map(|&c| match c.into() {
                0..0x80 => 1,
                0x80..0x800 => 2,
                0x800..0x10000 => 3,
                _ => 4,
            })
            .sum()
    }
    super::layout::each_kind!(chars, s => each(s))
}

/// Encodes characters to `out`, which has room for [`encoded_len`] bytes. `Err` with the place of the first surrogate.
unsafe fn encode_raw(chars: Chars, mut out: *mut u8) -> std::result::Result<(), usize> {
    // SAFETY: the caller's word.
    unsafe {
        for (i, ch) in chars.iter().enumerate() {
            let Some(c) = char::from_u32(ch) else { return Err(i) };
            let n = c.len_utf8();
            c.encode_utf8(std::slice::from_raw_parts_mut(out, n));
            out = out.add(n);
        }
    }
    Ok(())
}

/// The text as UTF-8 with a NUL behind it, kept in the object (`PyUnicode_AsUTF8AndSize`). `UnicodeEncodeError` if
/// it has lone surrogates. `s` is a str.
#[inline]
pub fn cached(s: &Object) -> Result<&[u8]> {
    if layout::is_compact_ascii(s) {
        // SAFETY: ASCII is UTF-8.
        return Ok(unsafe { std::slice::from_raw_parts(layout::data(s), layout::len(s)) });
    }
    // SAFETY: layout: what is not compact ASCII has these fields.
    unsafe {
        let compact = s.cast::<PyCompactUnicodeObject>();
        if (*compact).utf8.is_null() {
            fill_cache(s)?;
        }
        Ok(std::slice::from_raw_parts((*compact).utf8.cast(), (*compact).utf8_length as usize))
    }
}

#[cold]
fn fill_cache(s: &Object) -> Result<()> {
    let chars = layout::chars(s);
    let len = encoded_len(chars);
    let buffer = domains::mem_malloc(len + 1).cast::<u8>();
    if buffer.is_null() {
        return Err(error::no_memory());
    }
    // SAFETY: room for `len` bytes and a NUL; the str is ours to complete.
    unsafe {
        if let Err(at) = encode_raw(chars, buffer) {
            domains::mem_free(buffer.cast());
            return Err(surrogate_error(s, at));
        }
        *buffer.add(len) = 0;
        let compact = s.cast::<PyCompactUnicodeObject>();
        (*compact).utf8_length = len as isize;
        (*compact).utf8 = buffer.cast();
    }
    Ok(())
}

#[cold]
fn surrogate_error(s: &Object, at: usize) -> Raised {
    let end = at + surrogates_at(layout::chars(s), at);
    Encoding::new("utf-8", s, None).raise(at, end, "surrogates not allowed")
}

/// How many surrogates stand in a row at `at`.
pub fn surrogates_at(chars: Chars, at: usize) -> usize {
    chars.slice(at, chars.len()).iter().take_while(|&ch| is_surrogate(ch)).count()
}

/// The text as a new bytes object (`_PyUnicode_AsUTF8String`). `s` is a str.
pub fn encode(s: &Object, errors: Option<&CStr>) -> Result<Owned> {
    if layout::is_ascii(s) {
        return bytes::from_slice(layout::chars(s).bytes());
    }
    // SAFETY: layout: not compact ASCII.
    unsafe {
        let compact = s.cast::<PyCompactUnicodeObject>();
        if !(*compact).utf8.is_null() {
            let text = std::slice::from_raw_parts((*compact).utf8.cast(), (*compact).utf8_length as usize);
            return bytes::from_slice(text);
        }
    }
    let mut encoding = Encoding::new("utf-8", s, errors);
    let chars = layout::chars(s);
    let mut out = room(encoded_len(chars))?;
    let mut at = 0;
    while at < chars.len() {
        if let Some(c) = char::from_u32(chars.get(at)) {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            at += 1;
            continue;
        }
        let end = at + surrogates_at(chars, at);
        let reason = "surrogates not allowed";
        let (replacement, next) = encoding.error(at, end, reason)?;
        match replacement {
            Replacement::Bytes(bytes) => out.extend(bytes),
            Replacement::Text(text) if layout::is_ascii(&text) => out.extend(layout::chars(&text).bytes()),
            Replacement::Text(_) => return Err(encoding.raise(at, end, reason)),
        }
        at = next;
    }
    bytes::from_slice(&out)
}
