//! Upper and lower case, with mappings that make one character of three and the rule of the final sigma.

use super::Writer;
use super::concat::pad;
use super::layout::{self, Chars};
use super::new::{self, room};
use super::properties::{Case, full_case, is_case_ignorable, is_cased};
use crate::object::{Object, Owned, Result};

const CAPITAL_SIGMA: u32 = 0x3a3;

/// The lower case of the character at `i`; a capital sigma at the end of a word is a final one.
fn lower_at(chars: Chars, i: usize, out: &mut Vec<u32>) {
    let ch = chars.get(i);
    if ch != CAPITAL_SIGMA {
        return full_case(ch, Case::Lower, |ch| out.push(ch));
    }
    let before = (0..i).rev().map(|j| chars.get(j)).find(|&c| !is_case_ignorable(c));
    let after = (i + 1..chars.len()).map(|j| chars.get(j)).find(|&c| !is_case_ignorable(c));
    let last = before.is_some_and(is_cased) && !after.is_some_and(is_cased);
    out.push(if last { 0x3c2 } else { 0x3c3 });
}

/// Maps every character by `map(chars, place, out)`.
fn mapped(s: &Object, mut map: impl FnMut(Chars, usize, &mut Vec<u32>)) -> Result<Owned> {
    let chars = layout::chars(s);
    let mut out = room(chars.len())?;
    for i in 0..chars.len() {
        map(chars, i, &mut out);
    }
    new::from_chars(Chars::Ucs4(&out))
}

/// An ASCII str through a function of bytes.
fn mapped_ascii(s: &Object, map: impl Fn(usize, u8) -> u8) -> Result<Owned> {
    let Chars::Ucs1(text) = layout::chars(s) else { unreachable!("ASCII is one byte per character") };
    match text {
        [] => return Ok(new::empty()),
        [c] => return Ok(new::latin1_char(map(0, *c))),
        _ => {}
    }
    new::build(text.len(), 0x7f, |_, data| {
        for (i, &c) in text.iter().enumerate() {
            // SAFETY: fresh, with room for all.
            unsafe { *data.add(i) = map(i, c) };
        }
    })
}

pub fn lower(s: &Object) -> Result<Owned> {
    if layout::is_ascii(s) {
        return mapped_ascii(s, |_, c| c.to_ascii_lowercase());
    }
    mapped(s, lower_at)
}

pub fn upper(s: &Object) -> Result<Owned> {
    if layout::is_ascii(s) {
        return mapped_ascii(s, |_, c| c.to_ascii_uppercase());
    }
    mapped(s, |chars, i, out| full_case(chars.get(i), Case::Upper, |ch| out.push(ch)))
}

pub fn casefold(s: &Object) -> Result<Owned> {
    if layout::is_ascii(s) {
        return lower(s);
    }
    mapped(s, |chars, i, out| full_case(chars.get(i), Case::Folded, |ch| out.push(ch)))
}

pub fn capitalize(s: &Object) -> Result<Owned> {
    if layout::is_ascii(s) {
        return mapped_ascii(s, |i, c| if i == 0 { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() });
    }
    mapped(
        s,
        |chars, i, out| {
            if i == 0 { full_case(chars.get(0), Case::Title, |ch| out.push(ch)) } else { lower_at(chars, i, out) }
        },
    )
}

pub fn swapcase(s: &Object) -> Result<Owned> {
    mapped(s, |chars, i, out| {
        let ch = chars.get(i);
        if super::properties::is_upper(ch) {
            lower_at(chars, i, out)
        } else if super::properties::is_lower(ch) {
            full_case(ch, Case::Upper, |ch| out.push(ch))
        } else {
            out.push(ch)
        }
    })
}

pub fn title(s: &Object) -> Result<Owned> {
    let mut inside = false;
    mapped(s, |chars, i, out| {
        let ch = chars.get(i);
        if inside {
            lower_at(chars, i, out)
        } else {
            full_case(ch, Case::Title, |ch| out.push(ch))
        }
        inside = is_cased(ch);
    })
}

/// `str.zfill`: zeros behind a sign.
pub fn zfill(s: &Object, width: isize) -> Result<Owned> {
    let n = layout::len(s);
    let fill = (width - n as isize).max(0) as usize;
    if fill == 0 {
        return new::exact(s);
    }
    let padded = pad(s, fill, 0, '0' as u32)?;
    let chars = layout::chars(&padded);
    if n > 0 && matches!(chars.get(fill), 0x2b | 0x2d) {
        let sign = chars.get(fill);
        let (kind, data) = (layout::kind(&padded), layout::data(&padded));
        // SAFETY: fresh; both places are inside.
        unsafe {
            layout::write(kind, data, 0, sign);
            layout::write(kind, data, fill, '0' as u32);
        }
    }
    Ok(padded)
}

/// `str.expandtabs`.
pub fn expandtabs(s: &Object, tabsize: usize) -> Result<Owned> {
    let chars = layout::chars(s);
    if !chars.iter().any(|c| c == 0x09) {
        return new::exact(s);
    }
    let mut out = Writer::with_capacity(chars.len());
    let mut column = 0usize;
    for ch in chars.iter() {
        if ch == 0x09 {
            if tabsize > 0 {
                let n = tabsize - column % tabsize;
                if out.len().checked_add(n).is_none_or(|len| len > isize::MAX as usize) {
                    return Err(crate::raise!(OverflowError, "new string is too long"));
                }
                out.push_repeat(' ' as u32, n)?;
                column += n;
            }
            continue;
        }
        out.push_char(ch)?;
        column = if ch == 0x0a || ch == 0x0d { 0 } else { column + 1 };
    }
    out.finish()
}
