//! The text of a message that quotes a str.
//!
//! Messages are put together with Rust's formatting, and a Rust string holds no lone surrogates, which a str may. So
//! `Text` writes a surrogate as two characters, a mark and a stand-in, and `decoded` makes the str that was meant:
//!
//! ```text
//!     str in            'a' U+D800 'b'       'a' U+10FFFF 'b'
//!     Rust string       'a' MARK U+10D800    'a' MARK MARK 'b'
//!     str out           'a' U+D800 'b'       'a' U+10FFFF 'b'
//! ```
//!
//! The mark is a noncharacter, so that nothing is copied for any other text.

use super::{Object, Result, error};
use crate::types::unicode::{self, layout, layout::Chars};
use std::ffi::OsString;
use std::fmt::{self, Write};
use std::os::unix::ffi::OsStringExt;

const MARK: char = '\u{10FFFF}';
/// A surrogate's stand-in is this far above it.
const ABOVE: u32 = 0x10_0000;

/// A str in a message (C's `%U`).
pub struct Text<'a>(pub &'a Object);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        error::aside(|| match unicode::as_str(self.0) {
            Ok(text) if !text.contains(MARK) => f.write_str(text),
            Ok(_) => marked(self.0, f),
            Err(raised) => {
                drop(error::caught(raised));
                marked(self.0, f)
            }
        })
    }
}

#[cold]
fn marked(text: &Object, f: &mut fmt::Formatter) -> fmt::Result {
    let chars = layout::chars(text);
    for i in 0..chars.len() {
        match char::from_u32(chars.get(i)) {
            Some(MARK) => f.write_str("\u{10FFFF}\u{10FFFF}")?,
            Some(c) => f.write_char(c)?,
            None => {
                f.write_char(MARK)?;
                f.write_char(char::from_u32(chars.get(i) + ABOVE).unwrap_or(MARK))?;
            }
        }
    }
    Ok(())
}

/// The characters that a formatted message stands for.
fn characters(text: &str) -> impl Iterator<Item = u32> {
    let mut rest = text.chars();
    std::iter::from_fn(move || match rest.next()? {
        MARK => Some(match rest.next() {
            Some(MARK) | None => u32::from(MARK),
            Some(stand_in) => u32::from(stand_in) - ABOVE,
        }),
        c => Some(u32::from(c)),
    })
}

/// The str of a formatted message. New reference.
pub fn decoded(text: &str) -> Result {
    if !text.contains(MARK) {
        return unicode::from_str(text);
    }
    let characters: Vec<u32> = characters(text).collect();
    unicode::new::from_chars(Chars::Ucs4(&characters))
}

/// The file that a formatted name means: U+DC80 to U+DCFF are bytes that are no UTF-8, and no file has other
/// surrogates.
pub fn file_name(text: &str) -> Option<OsString> {
    let mut name = Vec::with_capacity(text.len());
    for c in characters(text) {
        match (c, char::from_u32(c)) {
            (_, Some(c)) => name.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            (0xdc80..=0xdcff, None) => name.push(c as u8),
            (_, None) => return None,
        }
    }
    Some(OsString::from_vec(name))
}

/// The str of a format: `message!("<function {}>", Text(name))`. New reference.
#[macro_export]
macro_rules! message {
    ($($format:tt)+) => { $crate::object::message::decoded(&::std::format!($($format)+)) };
}
