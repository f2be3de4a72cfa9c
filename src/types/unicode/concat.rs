//! Putting strings together and cutting them: concatenation, join, repetition, substrings, padding.

use super::layout::{self, Chars};
use super::{PyUnicode_Type, check, new};
use crate::abi::*;
use crate::object::{Object, Owned, Result, sequence};
use crate::raise;
use crate::types::typeobject::tp_name;
use crate::types::{list, tuple};

/// `PyUnicode_Concat`.
pub fn concat(a: &Object, b: &Object) -> Result<Owned> {
    if !check(a) {
        return Err(raise!(TypeError, "must be str, not {}", tp_name(a.ty())));
    }
    if !check(b) {
        return Err(raise!(TypeError, "can only concatenate str (not \"{}\") to str", tp_name(b.ty())));
    }
    if layout::len(b) == 0 {
        return new::exact(a);
    }
    if layout::len(a) == 0 {
        return new::exact(b);
    }
    concat_chars(&[a, b])
}

/// One str of several, which are str or instances of subclasses.
pub fn concat_chars(parts: &[&Object]) -> Result<Owned> {
    let (mut len, mut maxchar) = (0usize, 0x7f);
    for part in parts {
        len = grown(len, layout::len(part), "strings are too large to concat")?;
        maxchar = maxchar.max(layout::max_char_value(part));
    }
    if len == 0 {
        return Ok(new::empty());
    }
    new::build(len, maxchar, |kind, data| {
        let mut at = 0;
        for part in parts {
            // SAFETY: fresh, with room for all.
            unsafe { layout::copy(kind, data, at, layout::chars(part)) };
            at += layout::len(part);
        }
    })
}

fn grown(len: usize, more: usize, message: &str) -> Result<usize> {
    match len.checked_add(more) {
        Some(len) if len <= isize::MAX as usize => Ok(len),
        _ => Err(raise!(OverflowError, "{message}")),
    }
}

/// `PyUnicode_Append`: the str in `left` grows, in place if nobody else has it.
pub fn append(left: Owned, right: &Object) -> Result<Owned> {
    if layout::len(&left) == 0 {
        return new::exact(right);
    }
    let (n, more) = (layout::len(&left), layout::len(right));
    if more == 0 {
        return new::exact(&left);
    }
    let len = grown(n, more, "strings are too large to concat")?;
    if is_modifiable(&left)
        && right.is_exact(&raw mut PyUnicode_Type)
        && layout::kind(right) <= layout::kind(&left)
        && (!layout::is_ascii(&left) || layout::is_ascii(right))
        && !left.is(right)
    {
        let left = new::resize_compact(left, len)?;
        // SAFETY: nobody else's, with room for both.
        unsafe { layout::copy(layout::kind(&left), layout::data(&left), n, layout::chars(right)) };
        return Ok(left);
    }
    concat_chars(&[&left, right])
}

/// Nobody else has seen the str, so that it may change: one reference, no hash, not interned (`unicode_modifiable`).
pub fn is_modifiable(s: &Object) -> bool {
    s.refcount() == 1
        && super::hash::known(s) == -1
        && layout::interned(s) == 0
        && layout::state(s) & layout::COMPACT != 0
        && s.is_exact(&raw mut PyUnicode_Type)
}

/// `PyUnicode_Join`; a separator of `None` is a space.
pub fn join(separator: Option<&Object>, iterable: &Object) -> Result<Owned> {
    let fast = sequence::fast(iterable, "can only join an iterable")?;
    if !list::check(&fast) {
        return join_items(separator, tuple::items(&fast));
    }
    // SAFETY: layout: a list's items, which stay while nothing foreign runs, and joining runs nothing foreign.
    let items = unsafe {
        let list = fast.cast::<PyListObject>();
        match (*list).ob_base.ob_size as usize {
            0 => &[],
            n => std::slice::from_raw_parts((*list).ob_item.cast::<&Object>(), n),
        }
    };
    join_items(separator, items)
}

/// `_PyUnicode_JoinArray`.
pub fn join_items(separator: Option<&Object>, items: &[&Object]) -> Result<Owned> {
    match items {
        [] => return Ok(new::empty()),
        &[one] if one.is_exact(&raw mut PyUnicode_Type) => return Ok(Object::to_owned(one)),
        _ => {}
    }
    let separator = separator.unwrap_or_else(|| new::latin1_char_ref(b' '));
    if !check(separator) {
        return Err(raise!(TypeError, "separator: expected str instance, {} found", tp_name(separator.ty())));
    }
    let (mut len, mut maxchar) = (0usize, 0x7f);
    if items.len() > 1 {
        maxchar = layout::max_char_value(separator);
    }
    for (i, item) in items.iter().enumerate() {
        if !check(item) {
            return Err(raise!(TypeError, "sequence item {i}: expected str instance, {} found", tp_name(item.ty())));
        }
        let more = layout::len(item) + if i > 0 { layout::len(separator) } else { 0 };
        len = grown(len, more, "join() result is too long for a Python string")?;
        maxchar = maxchar.max(layout::max_char_value(item));
    }
    if len == 0 {
        return Ok(new::empty());
    }
    let new = new::build(len, maxchar, |kind, data| {
        // SAFETY: fresh, with room for all.
        unsafe {
            if kind == PyUnicode_1BYTE_KIND {
                join_bytes(separator, items, data)
            } else {
                join_wide(separator, items, kind, data)
            }
        }
    })?;
    new::finish(new)
}

/// # Safety
/// There is room for all, and all are of one byte per character.
unsafe fn join_bytes(separator: &Object, items: &[&Object], mut out: *mut u8) {
    let (gap, gap_len) = (layout::data(separator), layout::len(separator));
    for (i, item) in items.iter().enumerate() {
        // SAFETY: the caller's word.
        unsafe {
            if i > 0 {
                layout::copy_bytes(gap, out, gap_len);
                out = out.add(gap_len);
            }
            let n = layout::len(item);
            layout::copy_bytes(layout::data(item), out, n);
            out = out.add(n);
        }
    }
}

/// # Safety
/// There is room for all, and all fit.
unsafe fn join_wide(separator: &Object, items: &[&Object], kind: c_uint, data: *mut u8) {
    let mut at = 0;
    for (i, item) in items.iter().enumerate() {
        // SAFETY: the caller's word.
        unsafe {
            if i > 0 {
                layout::copy(kind, data, at, layout::chars(separator));
                at += layout::len(separator);
            }
            layout::copy(kind, data, at, layout::chars(item));
        }
        at += layout::len(item);
    }
}

/// The characters from `start` to `end`, both at most the length.
pub fn slice(s: &Object, start: usize, end: usize) -> Result<Owned> {
    if start == 0 && end == layout::len(s) {
        return new::exact(s);
    }
    let part = layout::chars(s).slice(start, end);
    match part {
        Chars::Ucs1(part) if layout::is_ascii(s) => new::from_ascii(part),
        part => new::from_chars(part),
    }
}

/// `PyUnicode_Substring`.
pub fn substring(s: &Object, start: isize, end: isize) -> Result<Owned> {
    let len = layout::len(s) as isize;
    let end = end.min(len);
    if start == 0 && end == len {
        return new::exact(s);
    }
    if start < 0 || end < 0 {
        return Err(raise!(IndexError, "string index out of range"));
    }
    if start >= len || end < start {
        return Ok(new::empty());
    }
    slice(s, start as usize, end as usize)
}

/// `s * n`.
pub fn repeat(s: &Object, n: isize) -> Result<Owned> {
    if n < 1 {
        return Ok(new::empty());
    }
    if n == 1 {
        return new::exact(s);
    }
    let (part, n) = (layout::chars(s), n as usize);
    let len = match part.len().checked_mul(n) {
        Some(len) if len <= isize::MAX as usize => len,
        _ => return Err(raise!(OverflowError, "repeated string is too long")),
    };
    if len == 0 {
        return Ok(new::empty());
    }
    new::build(len, layout::max_char_value(s), |kind, data| {
        // SAFETY: fresh, with room for all.
        unsafe {
            if part.len() == 1 {
                return layout::fill(kind, data, 0, n, part.get(0));
            }
            for i in 0..n {
                layout::copy(kind, data, i * part.len(), part);
            }
        }
    })
}

/// `s` between `left` and `right` times `fill`.
pub fn pad(s: &Object, left: usize, right: usize, fill: u32) -> Result<Owned> {
    if left == 0 && right == 0 {
        return new::exact(s);
    }
    let n = layout::len(s);
    let len = left.checked_add(n).and_then(|len| len.checked_add(right)).filter(|&len| len <= isize::MAX as usize);
    let Some(len) = len else { return Err(raise!(OverflowError, "padded string is too long")) };
    let maxchar = layout::max_char_value(s).max(layout::class_of(fill));
    new::build(len, maxchar, |kind, data| {
        // SAFETY: fresh, with room for all.
        unsafe {
            layout::fill(kind, data, 0, left, fill);
            layout::copy(kind, data, left, layout::chars(s));
            layout::fill(kind, data, left + n, right, fill);
        }
    })
}

/// `PyUnicode_Resize`: the str in `place` gets another length, as the same object if nobody else has it. On error it
/// stays as it is.
///
/// # Safety
/// `place` holds a str that the caller owns.
pub unsafe fn resize(place: *mut *mut PyObject, len: usize) -> Result<()> {
    // SAFETY: the caller's word. Until the end the place keeps its reference.
    let new = unsafe {
        let s = Object::from_ptr(*place);
        if layout::len(s) == len {
            return Ok(());
        }
        if len > 0 && is_modifiable(s) {
            let new = new::resize_compact(Owned::from_raw(*place), len)?;
            *place = new.into_raw();
            return Ok(());
        }
        resized_copy(s, len)?
    };
    // SAFETY: the caller's word.
    drop(unsafe { Owned::from_raw(place.replace(new.into_raw())) });
    Ok(())
}

fn resized_copy(s: &Object, len: usize) -> Result<Owned> {
    if len == 0 {
        return Ok(new::empty());
    }
    new::build(len, layout::max_char_value(s), |kind, data| {
        let keep = len.min(layout::len(s));
        // SAFETY: fresh, with room for what is kept; what is new is NUL.
        unsafe {
            layout::copy(kind, data, 0, layout::chars(s).slice(0, keep));
            layout::fill(kind, data, keep, len - keep, 0);
        }
    })
}

/// The character at `i`: `IndexError` outside.
pub fn item(s: &Object, i: isize) -> Result<Owned> {
    if i < 0 || i as usize >= layout::len(s) {
        return Err(raise!(IndexError, "string index out of range"));
    }
    new::from_char(layout::chars(s).get(i as usize))
}

/// `PyUnicode_CopyCharacters` after its checks; `how_many` fit in both.
///
/// # Safety
/// `to` is fresh.
pub unsafe fn copy_characters(to: &Object, to_start: usize, from: Chars) {
    // SAFETY: the caller's word.
    unsafe { layout::copy(layout::kind(to), layout::data(to), to_start, from) }
}
