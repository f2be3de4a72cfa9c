//! The escapes of a bytes literal (`PyBytes_DecodeEscape`).

use super::from_slice;
use crate::object::{Owned, Result};
use crate::raise;
use crate::types::exceptions;

/// The first escape that means nothing, or an octal one above `\377`: where it stands, and its character or value.
#[derive(Clone, Copy)]
pub struct Invalid {
    /// Index of the character behind the backslash.
    pub at: usize,
    pub value: u32,
}

fn octal(text: &[u8]) -> (u32, usize) {
    let digits = text.iter().take(3).take_while(|c| (b'0'..=b'7').contains(c));
    digits.fold((0, 0), |(value, n), c| (value * 8 + u32::from(c - b'0'), n + 1))
}

/// The bytes that `text` stands for, and its first invalid escape. `ValueError` for what can't be decoded.
pub fn decode(text: &[u8], errors: Option<&[u8]>) -> Result<(Owned, Option<Invalid>)> {
    let mut out = crate::types::bytesmethods::room(text.len())?;
    let mut invalid = None;
    let mut i = 0;
    while i < text.len() {
        let c = text[i];
        i += 1;
        if c != b'\\' {
            out.push(c);
            continue;
        }
        let Some(&c) = text.get(i) else {
            return Err(raise!(ValueError, "Trailing \\ in string"));
        };
        i += 1;
        match c {
            b'\n' => {}
            b'\\' | b'\'' | b'"' => out.push(c),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b't' => out.push(b'\t'),
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b'v' => out.push(11),
            b'a' => out.push(7),
            b'0'..=b'7' => {
                let (value, n) = octal(&text[i - 1..]);
                if value > 0o377 && invalid.is_none() {
                    invalid = Some(Invalid { at: i - 1, value });
                }
                out.push(value as u8);
                i += n - 1;
            }
            b'x' => {
                let digit = |i: usize| text.get(i).and_then(|c| (*c as char).to_digit(16));
                if let (Some(top), Some(bottom)) = (digit(i), digit(i + 1)) {
                    out.push((top << 4 | bottom) as u8);
                    i += 2;
                    continue;
                }
                match errors {
                    None | Some(b"strict") => {
                        return Err(raise!(ValueError, "invalid \\x escape at position {}", i - 2));
                    }
                    Some(b"replace") => out.push(b'?'),
                    Some(b"ignore") => {}
                    Some(other) => {
                        let other = String::from_utf8_lossy(&other[..other.len().min(400)]);
                        return Err(raise!(ValueError, "decoding error; unknown error handling code: {other}"));
                    }
                }
                i += digit(i).is_some() as usize;
            }
            _ => {
                if invalid.is_none() {
                    invalid = Some(Invalid { at: i - 1, value: u32::from(c) });
                }
                out.push(b'\\');
                i -= 1;
            }
        }
    }
    Ok((from_slice(&out)?, invalid))
}

/// As [`decode`]; an invalid escape is a `DeprecationWarning`.
pub fn decode_and_warn(text: &[u8], errors: Option<&[u8]>) -> Result<Owned> {
    let (bytes, invalid) = decode(text, errors)?;
    if let Some(Invalid { value, .. }) = invalid {
        let tail = "Such sequences will not work in the future. ";
        let message = if value > 0xff {
            format!("b\"\\{value:o}\" is an invalid octal escape sequence. {tail}")
        } else {
            format!("b\"\\{}\" is an invalid escape sequence. {tail}", value as u8 as char)
        };
        exceptions::warn(&raw mut exceptions::DeprecationWarning, 1, &message)?;
    }
    Ok(bytes)
}
