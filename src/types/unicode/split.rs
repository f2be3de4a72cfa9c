//! Cutting a str into parts: split, rsplit, splitlines, partition, rpartition; and putting others in place of parts.

use super::concat::slice;
use super::find::{self, Needle};
use super::layout::{self, Chars, Unit};
use super::new;
use super::properties::{is_linebreak, is_space};
use crate::abi::PyUnicode_1BYTE_KIND;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::{list, tuple};

/// Parts, or places, that room is made for at once.
const ROOM: usize = 32;

/// Parts that a list has room for before it has to grow.
const PARTS: usize = 12;

/// `maxsplit` as a limit: negative is none.
fn limit(maxsplit: isize) -> usize {
    usize::try_from(maxsplit).unwrap_or(usize::MAX)
}

fn check_separator(sep: &Object) -> Result<()> {
    if layout::len(sep) == 0 {
        return Err(raise!(ValueError, "empty separator"));
    }
    Ok(())
}

/// `PyUnicode_Split`; `None` splits at runs of white space. A list.
pub fn split(s: &Object, sep: Option<&Object>, maxsplit: isize) -> Result<Owned> {
    let mut limit = limit(maxsplit);
    let chars = layout::chars(s);
    let parts = list::with_room(PARTS.min(limit.saturating_add(1)))?;
    let mut at = 0;
    let Some(sep) = sep else {
        layout::each_kind!(chars, units => words(s, units, limit, &parts)?);
        return Ok(parts);
    };
    check_separator(sep)?;
    let needle = layout::chars(sep);
    let ready = Needle::new(chars, needle);
    while limit > 0
        && let Some(i) = ready.first(chars.slice(at, chars.len()))
    {
        list::push(&parts, slice(s, at, at + i)?)?;
        at += i + needle.len();
        limit -= 1;
    }
    list::push(&parts, slice(s, at, chars.len())?)?;
    Ok(parts)
}

/// What stands between runs of white space; behind `limit` parts, the rest.
#[inline(always)]
fn words<T: Unit>(s: &Object, units: &[T], limit: usize, parts: &Object) -> Result<()> {
    let ascii = layout::is_ascii(s);
    let (mut at, mut left) = (0, limit);
    loop {
        while at < units.len() && is_space(units[at].into()) {
            at += 1;
        }
        if at == units.len() {
            return Ok(());
        }
        let start = at;
        if left == 0 {
            return list::push(parts, slice(s, start, units.len())?);
        }
        left -= 1;
        while at < units.len() && !is_space(units[at].into()) {
            at += 1;
        }
        list::push(parts, part(s, units, ascii, start, at)?)?;
    }
}

/// As [`slice()`] with what is known already.
#[inline(always)]
fn part<T: Unit>(s: &Object, units: &[T], ascii: bool, start: usize, end: usize) -> Result<Owned> {
    match T::chars(&units[start..end]) {
        Chars::Ucs1(text) if ascii && end - start < units.len() => new::from_ascii(text),
        _ => slice(s, start, end),
    }
}

/// `PyUnicode_RSplit`: as [`split`], counting from the right.
pub fn rsplit(s: &Object, sep: Option<&Object>, maxsplit: isize) -> Result<Owned> {
    let mut limit = limit(maxsplit);
    let chars = layout::chars(s);
    let mut parts = Vec::with_capacity(ROOM.min(limit.saturating_add(1)));
    let mut end = chars.len();
    let Some(sep) = sep else {
        loop {
            while end > 0 && is_space(chars.get(end - 1)) {
                end -= 1;
            }
            if end == 0 {
                break;
            }
            let mut start = end;
            if limit == 0 {
                parts.push(slice(s, 0, end)?);
                break;
            }
            limit -= 1;
            while start > 0 && !is_space(chars.get(start - 1)) {
                start -= 1;
            }
            parts.push(slice(s, start, end)?);
            end = start;
        }
        parts.reverse();
        return list::from_owned(parts);
    };
    check_separator(sep)?;
    let needle = layout::chars(sep);
    while limit > 0
        && let Some(i) = find::last(chars.slice(0, end), needle)
    {
        parts.push(slice(s, i + needle.len(), end)?);
        end = i;
        limit -= 1;
    }
    parts.push(slice(s, 0, end)?);
    parts.reverse();
    list::from_owned(parts)
}

/// `PyUnicode_Splitlines`.
pub fn splitlines(s: &Object, keepends: bool) -> Result<Owned> {
    let found = list::new()?;
    layout::each_kind!(layout::chars(s), units => lines(s, units, keepends, &found)?);
    Ok(found)
}

#[inline(always)]
fn lines<T: Unit>(s: &Object, units: &[T], keepends: bool, found: &Object) -> Result<()> {
    let ascii = layout::is_ascii(s);
    let mut at = 0;
    while at < units.len() {
        let start = at;
        while at < units.len() && !is_linebreak(units[at].into()) {
            at += 1;
        }
        let end = at;
        if at < units.len() {
            let crlf = units[at].into() == 0x0d && at + 1 < units.len() && units[at + 1].into() == 0x0a;
            at += if crlf { 2 } else { 1 };
        }
        list::push(found, part(s, units, ascii, start, if keepends { at } else { end })?)?;
    }
    Ok(())
}

/// `PyUnicode_Partition` and, from the right, `PyUnicode_RPartition`.
pub fn partition(s: &Object, sep: &Object, from_right: bool) -> Result<Owned> {
    check_separator(sep)?;
    let (chars, needle) = (layout::chars(s), layout::chars(sep));
    let found = if from_right { find::last(chars, needle) } else { find::first(chars, needle) };
    match found {
        Some(i) => {
            let (before, after) = (slice(s, 0, i)?, slice(s, i + needle.len(), chars.len())?);
            tuple::from_slice(&[&before, sep, &after])
        }
        None => {
            let (whole, empty) = (new::exact(s)?, new::empty_ref());
            if from_right {
                tuple::from_slice(&[empty, empty, &whole])
            } else {
                tuple::from_slice(&[&whole, empty, empty])
            }
        }
    }
}

/// `PyUnicode_Replace`; a negative `maxcount` replaces all.
pub fn replace(s: &Object, old: &Object, with: &Object, maxcount: isize) -> Result<Owned> {
    let limit = limit(maxcount);
    let (chars, old, new_chars) = (layout::chars(s), layout::chars(old), layout::chars(with));
    if limit == 0 || old.len() > chars.len() || find::same(old, new_chars) {
        return new::exact(s);
    }
    let places = places(chars, old, limit);
    if places.is_empty() {
        return new::exact(s);
    }
    let grown = new_chars.len().checked_mul(places.len());
    let grown = grown.and_then(|more| (chars.len() - old.len() * places.len()).checked_add(more));
    let Some(len) = grown.filter(|&len| len <= isize::MAX as usize) else {
        return Err(raise!(OverflowError, "replace string is too long"));
    };
    if len == 0 {
        return Ok(new::empty());
    }
    let maxchar = layout::max_char_value(s).max(layout::max_char_value(with));
    let replaced = new::build(len, maxchar, |kind, data| {
        let (mut from, mut to) = (0, 0);
        // SAFETY: fresh, with room for all.
        unsafe {
            if let (PyUnicode_1BYTE_KIND, Chars::Ucs1(chars), Chars::Ucs1(new_chars)) = (kind, chars, new_chars) {
                let mut out = data;
                for &place in &places {
                    layout::copy_bytes(chars[from..place].as_ptr(), out, place - from);
                    out = out.add(place - from);
                    layout::copy_bytes(new_chars.as_ptr(), out, new_chars.len());
                    out = out.add(new_chars.len());
                    from = place + old.len();
                }
                return layout::copy_bytes(chars[from..].as_ptr(), out, chars.len() - from);
            }
            for &place in &places {
                layout::copy(kind, data, to, chars.slice(from, place));
                to += place - from;
                layout::copy(kind, data, to, new_chars);
                to += new_chars.len();
                from = place + old.len();
            }
            layout::copy(kind, data, to, chars.slice(from, chars.len()));
        }
    })?;
    // What was taken out may have been what the str is as large for.
    if maxchar < 0x80 || layout::chars(&replaced).maxchar() == maxchar {
        return new::finish(replaced);
    }
    new::from_chars(layout::chars(&replaced))
}

/// Where `old` stands, not overlapping; if it is empty, before each character and at the end.
fn places(chars: Chars, old: Chars, limit: usize) -> Vec<usize> {
    if old.is_empty() {
        return (0..(chars.len() + 1).min(limit)).collect();
    }
    let (ready, mut places, mut at) = (Needle::new(chars, old), Vec::with_capacity(ROOM), 0);
    while places.len() < limit
        && let Some(i) = ready.first(chars.slice(at, chars.len()))
    {
        places.push(at + i);
        at += i + old.len();
    }
    places
}
