//! Text in the encoding of the C library's current locale: through the C library, one character at a time. And in the
//! encoding of what comes from outside as C strings (arguments, the environment): the locale's, or UTF-8 in UTF-8 mode.

use super::errors::{Handler, escaped_byte, is_surrogate};
use super::layout::{self, Chars};
use super::{find, new};
use crate::abi::*;
use crate::object::{Object, Owned, Raised, Result};
use crate::raise;
use crate::types::{bytes, exceptions};
use std::ffi::CStr;

unsafe extern "C" {
    fn mbrtowc(wide: *mut wchar_t, text: *const c_char, n: usize, state: *mut MbState) -> usize;
    fn wcrtomb(text: *mut c_char, wide: wchar_t, state: *mut MbState) -> usize;
}

/// The C library's `mbstate_t`.
#[repr(C, align(8))]
#[derive(Default)]
struct MbState([u8; 8]);

/// Why a conversion ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failure {
    /// At this place of the input, and why.
    At(usize, &'static CStr),
    /// Only "strict" and "surrogateescape" are known here, and "surrogatepass" for UTF-8.
    Handler,
}

/// Above 0 in UTF-8 mode: then text from outside is UTF-8 whatever the locale is. A flag of old: set before the start
/// by programs that use `Py_Initialize`, and by every start.
#[unsafe(no_mangle)]
pub static mut Py_UTF8Mode: c_int = 0;

fn utf8_mode() -> bool {
    // SAFETY: a plain number, written when the runtime starts.
    unsafe { Py_UTF8Mode > 0 }
}

/// Decodes what comes from outside (`Py_DecodeLocale`).
pub fn decode_outside(text: &[u8], handler: Handler) -> std::result::Result<Vec<u32>, Failure> {
    if utf8_mode() { decode_utf8(text, handler) } else { decode(text, handler) }
}

/// Encodes what goes outside (`Py_EncodeLocale`).
pub fn encode_outside(text: &[u32], handler: Handler) -> std::result::Result<Vec<u8>, Failure> {
    if utf8_mode() { encode_utf8(text, handler) } else { encode(text.iter().copied(), handler) }
}

/// Whether wrong input is carried as surrogates.
fn escapes(handler: Handler) -> std::result::Result<bool, Failure> {
    match handler {
        Handler::Strict => Ok(false),
        Handler::SurrogateEscape => Ok(true),
        _ => Err(Failure::Handler),
    }
}

/// The current locale's encoding is UTF-8: then ASCII is what it is, and the C library need not load its tables of
/// conversions, as it does when it is first asked for a character.
fn is_utf8() -> bool {
    // SAFETY: the text is only looked at.
    unsafe { CStr::from_ptr(libc::nl_langinfo(libc::CODESET)) == c"UTF-8" }
}

/// Decodes by the current locale.
pub fn decode(text: &[u8], handler: Handler) -> std::result::Result<Vec<u32>, Failure> {
    let escape = escapes(handler)?;
    if text.is_ascii() && is_utf8() {
        return Ok(text.iter().map(|&byte| u32::from(byte)).collect());
    }
    let mut out = Vec::with_capacity(text.len());
    let (mut at, mut state) = (0, MbState::default());
    while at < text.len() {
        let mut wide: wchar_t = 0;
        // SAFETY: the rest of the text is that long.
        let n = unsafe { mbrtowc(&raw mut wide, text[at..].as_ptr().cast(), text.len() - at, &raw mut state) };
        let decoded = n != 0 && n <= text.len() - at && !is_surrogate(wide as u32);
        if decoded && wide as u32 <= layout::MAX_UNICODE {
            out.push(wide as u32);
            at += n;
        } else if n == 0 {
            out.push(0);
            at += 1;
        } else if escape {
            out.push(0xdc00 + u32::from(text[at]));
            at += 1;
            state = MbState::default();
        } else {
            return Err(Failure::At(at, c"decoding error"));
        }
    }
    Ok(out)
}

/// Encodes by the current locale.
pub fn encode(text: impl Iterator<Item = u32>, handler: Handler) -> std::result::Result<Vec<u8>, Failure> {
    let escape = escapes(handler)?;
    let mut out = Vec::new();
    let mut state = MbState::default();
    let plain = is_utf8();
    for (i, ch) in text.enumerate() {
        if plain && ch < 0x80 {
            out.push(ch as u8);
            continue;
        }
        if let (true, Some(byte)) = (escape, escaped_byte(ch)) {
            out.push(byte);
            continue;
        }
        let mut buffer: [c_char; 16] = [0; 16];
        // SAFETY: no encoding has more bytes for a character.
        let n = unsafe { wcrtomb(buffer.as_mut_ptr(), ch as wchar_t, &raw mut state) };
        if n > buffer.len() {
            return Err(Failure::At(i, c"encoding error"));
        }
        out.extend(buffer[..n].iter().map(|&b| b as u8));
    }
    Ok(out)
}

/// Decodes as UTF-8.
pub fn decode_utf8(text: &[u8], handler: Handler) -> std::result::Result<Vec<u32>, Failure> {
    if !matches!(handler, Handler::Strict | Handler::SurrogateEscape | Handler::SurrogatePass) {
        return Err(Failure::Handler);
    }
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let wrong = match std::str::from_utf8(rest) {
            Ok(valid) => {
                out.extend(valid.chars().map(u32::from));
                break;
            }
            Err(wrong) => wrong,
        };
        let (valid, rest) = rest.split_at(wrong.valid_up_to());
        out.extend(String::from_utf8_lossy(valid).chars().map(u32::from));
        at += valid.len();
        match (handler, rest) {
            (Handler::SurrogatePass, &[0xed, second @ 0xa0..=0xbf, third @ 0x80..=0xbf, ..]) => {
                out.push(0xd000 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f));
                at += 3;
            }
            (Handler::SurrogateEscape, _) => {
                let len = wrong.error_len().unwrap_or(rest.len());
                out.extend(rest[..len].iter().map(|&b| 0xdc00 + u32::from(b)));
                at += len;
            }
            _ => return Err(Failure::At(at, super::utf8::reason(wrong, rest))),
        }
    }
    Ok(out)
}

/// Encodes as UTF-8.
pub fn encode_utf8(text: &[u32], handler: Handler) -> std::result::Result<Vec<u8>, Failure> {
    if !matches!(handler, Handler::Strict | Handler::SurrogateEscape | Handler::SurrogatePass) {
        return Err(Failure::Handler);
    }
    let mut out = Vec::with_capacity(text.len());
    for (i, &ch) in text.iter().enumerate() {
        match (char::from_u32(ch), handler, escaped_byte(ch)) {
            (Some(c), _, _) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            (None, Handler::SurrogateEscape, Some(byte)) => out.push(byte),
            (None, Handler::SurrogatePass, _) if is_surrogate(ch) => {
                out.extend([0xed, 0x80 | (ch >> 6 & 0x3f) as u8, 0x80 | (ch & 0x3f) as u8]);
            }
            _ => return Err(Failure::At(i, c"encoding error")),
        }
    }
    Ok(out)
}

fn unsupported() -> Raised {
    raise!(ValueError, "unsupported error handler")
}

/// `PyUnicode_DecodeLocale`.
pub fn decode_str(text: &[u8], errors: Option<&CStr>) -> Result<Owned> {
    match decode(text, Handler::named(errors)) {
        Ok(chars) => new::from_chars(Chars::Ucs4(&chars)),
        Err(Failure::Handler) => Err(unsupported()),
        Err(Failure::At(at, _)) => {
            let at = at as isize;
            let exception = exceptions::new_decode_error("locale", Some(text), at, at + 1, "decoding error")?;
            Err(super::errors::raise_exception(&exception))
        }
    }
}

/// `PyUnicode_EncodeLocale`.
pub fn encode_str(s: &Object, errors: Option<&CStr>) -> Result<Owned> {
    let chars = layout::chars(s);
    if find::find_char(chars, 0).is_some() {
        return Err(raise!(ValueError, "embedded null character"));
    }
    match encode(chars.iter(), Handler::named(errors)) {
        Ok(text) => bytes::from_slice(&text),
        Err(Failure::Handler) => Err(unsupported()),
        Err(Failure::At(at, _)) => {
            let at = at as isize;
            Err(exceptions::raise_encode_error("locale", s, at, at + 1, "encoding error"))
        }
    }
}
