//! UTF-7 (RFC 2152): ASCII, with runs of UTF-16 in base64 between "+" and "-".

use super::errors::Decoding;
use super::layout;
use super::new::room;
use super::writer::Writer;
use crate::object::{Object, Owned, Result};
use crate::types::bytes;
use std::ffi::CStr;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn from_base64(c: u8) -> Option<u32> {
    Some(
        match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        }
        .into(),
    )
}

/// Stands for itself when decoding.
fn decodes_directly(c: u8) -> bool {
    c < 0x80 && c != b'+'
}

/// Stands for itself when encoding: all of ASCII but NUL, controls, "+", "\" and "~".
fn encodes_directly(ch: u32) -> bool {
    matches!(ch, 0x09 | 0x0a | 0x0d | 0x20..=0x7d) && ch != '+' as u32 && ch != '\\' as u32
}

/// A run of base64.
#[derive(Default)]
struct Shift {
    bits: u32,
    buffer: u32,
    /// The first half of a pair, or 0.
    surrogate: u32,
    /// How much was written before the run.
    written: usize,
}

/// `PyUnicode_DecodeUTF7Stateful`.
pub fn decode(input: &[u8], errors: Option<&CStr>, consumed: Option<&mut usize>) -> Result<Owned> {
    let mut decoding = Decoding::new("utf7", input, errors);
    let mut out = Writer::with_capacity(input.len());
    let mut shift: Option<Shift> = None;
    let (mut at, mut start) = (0, 0);
    loop {
        let input = decoding.input();
        let Some(&c) = input.get(at) else {
            let Some(run) = &shift else { break };
            if consumed.is_some() {
                break;
            }
            let incomplete = run.surrogate != 0 || run.bits >= 6 || (run.bits > 0 && run.buffer != 0);
            shift = None;
            if incomplete {
                at = decoding.error(&mut out, start, input.len(), "unterminated shift sequence")?;
            }
            continue;
        };
        let message = if let Some(run) = &mut shift {
            if let Some(value) = from_base64(c) {
                at += 1;
                run.push(value, &mut out)?;
                continue;
            }
            let run = shift.take().expect("in a run");
            if run.bits >= 6 {
                at += 1;
                "partial character in shift sequence"
            } else if run.bits > 0 && run.buffer != 0 {
                at += 1;
                "non-zero padding bits in shift sequence"
            } else {
                if run.surrogate != 0 && decodes_directly(c) {
                    out.push_char(run.surrogate)?;
                }
                if c == b'-' {
                    at += 1;
                }
                continue;
            }
        } else if c == b'+' {
            start = at;
            at += 1;
            match input.get(at) {
                Some(b'-') => {
                    at += 1;
                    out.push_char('+' as u32)?;
                    continue;
                }
                Some(&c) if from_base64(c).is_none() => {
                    at += 1;
                    "ill-formed sequence"
                }
                _ => {
                    shift = Some(Shift { written: out.len(), ..Shift::default() });
                    continue;
                }
            }
        } else if decodes_directly(c) {
            at += 1;
            out.push_char(c.into())?;
            continue;
        } else {
            start = at;
            at += 1;
            "unexpected special character"
        };
        at = decoding.error(&mut out, start, at, message)?;
    }
    if let Some(consumed) = consumed {
        *consumed = at;
        if let Some(run) = shift {
            *consumed = start;
            if out.len() > run.written {
                // The run starts again the next time. What it brought may have widened the text.
                let text = out.finish()?;
                return super::concat::slice(&text, 0, run.written);
            }
        }
    }
    out.finish()
}

impl Shift {
    fn push(&mut self, value: u32, out: &mut Writer) -> Result<()> {
        self.buffer = self.buffer << 6 | value;
        self.bits += 6;
        if self.bits < 16 {
            return Ok(());
        }
        let ch = self.buffer >> (self.bits - 16) & 0xffff;
        self.bits -= 16;
        self.buffer &= (1 << self.bits) - 1;
        if self.surrogate != 0 {
            let high = std::mem::take(&mut self.surrogate);
            if (0xdc00..0xe000).contains(&ch) {
                return out.push_char(0x10000 + ((high & 0x3ff) << 10 | (ch & 0x3ff)));
            }
            out.push_char(high)?;
        }
        if (0xd800..0xdc00).contains(&ch) {
            self.surrogate = ch;
            return Ok(());
        }
        out.push_char(ch)
    }
}

/// `_PyUnicode_EncodeUTF7`. Every str can be encoded.
pub fn encode(s: &Object) -> Result<Owned> {
    let mut out = room(layout::len(s) * 2)?;
    let (mut shifted, mut bits, mut buffer) = (false, 0u32, 0u64);
    for ch in layout::chars(s).iter() {
        if encodes_directly(ch) {
            let c = ch as u8;
            if shifted {
                if bits > 0 {
                    out.push(ALPHABET[(buffer << (6 - bits) & 0x3f) as usize]);
                }
                (shifted, bits, buffer) = (false, 0, 0);
                if from_base64(c).is_some() || c == b'-' {
                    out.push(b'-');
                }
            }
            out.push(c);
            continue;
        }
        if !shifted {
            if ch == '+' as u32 {
                out.extend(b"+-");
                continue;
            }
            out.push(b'+');
            shifted = true;
        }
        let mut units = [0; 2];
        let units = if ch >= 0x10000 {
            units = [0xd800 + ((ch - 0x10000) >> 10), 0xdc00 + ((ch - 0x10000) & 0x3ff)];
            &units[..]
        } else {
            units[0] = ch;
            &units[..1]
        };
        for &unit in units {
            buffer = buffer << 16 | u64::from(unit);
            bits += 16;
            while bits >= 6 {
                bits -= 6;
                out.push(ALPHABET[(buffer >> bits & 0x3f) as usize]);
            }
            buffer &= (1 << bits) - 1;
        }
    }
    if bits > 0 {
        out.push(ALPHABET[(buffer << (6 - bits) & 0x3f) as usize]);
    }
    if shifted {
        out.push(b'-');
    }
    bytes::from_slice(&out)
}
