//! Looking for strings in strings: find, count, contains, startswith, endswith.

use super::compare::same_bytes;
use super::layout::{self, Chars, Unit};
use super::{check, ensure};
use crate::abi::*;
use crate::object::{Object, Result};
use crate::raise;
use crate::types::typeobject::tp_name;
use std::borrow::Cow;
use std::ops::Range;

/// Python's slice indices as a range of `len` characters; `None` if the start is behind the end.
pub fn adjust(len: usize, start: isize, end: isize) -> Option<Range<usize>> {
    let len = len as isize;
    let clip = |i: isize| if i < 0 { (i + len).max(0) } else { i };
    let (start, end) = (clip(start), clip(end.min(len)));
    (start <= end).then_some(start as usize..end as usize)
}

/// Bytes that are compared at once.
const BLOCK: usize = 16;

/// A bit for each byte that is `c`.
#[inline(always)]
fn equal_bytes(block: &[u8; BLOCK], c: u8) -> u32 {
    use std::arch::x86_64::{_mm_cmpeq_epi8, _mm_loadu_si128, _mm_movemask_epi8, _mm_set1_epi8};
    // SAFETY: every x86-64 has SSE2, and the block is that long.
    unsafe {
        let block = _mm_loadu_si128(block.as_ptr().cast());
        _mm_movemask_epi8(_mm_cmpeq_epi8(block, _mm_set1_epi8(c as i8))) as u32
    }
}

/// The first place of `needle`, which has two bytes at least. Places are looked at where both its first byte and its
/// last one fit, a block of places at a time; the last block may overlap the one before.
fn bytes_first(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let (first, last) = (needle[0], needle[needle.len() - 1]);
    let places = (hay.len() + 1).checked_sub(needle.len())?;
    if places < BLOCK {
        return (0..places)
            .find(|&at| hay[at] == first && hay[at + needle.len() - 1] == last && hay[at..].starts_with(needle));
    }
    let mut at = 0;
    while let (Some(firsts), Some(lasts)) = (hay[at..].first_chunk(), hay[at + needle.len() - 1..].first_chunk()) {
        let mut hits = equal_bytes(firsts, first) & equal_bytes(lasts, last);
        while hits != 0 {
            let place = at + hits.trailing_zeros() as usize;
            // The ends are equal: there is more to compare in longer ones only.
            if needle.len() == 2 || hay[place..place + needle.len()] == *needle {
                return Some(place);
            }
            hits &= hits - 1;
        }
        if at + BLOCK == places {
            break;
        }
        at = (at + BLOCK).min(places - BLOCK);
    }
    None
}

/// Looks in storage of one kind for one character, and from the end.
trait Search: Unit {
    fn one(hay: &[Self], c: Self) -> Option<usize>;
    fn last_one(hay: &[Self], c: Self) -> Option<usize> {
        hay.iter().rposition(|&x| x == c)
    }
}

impl Search for u8 {
    #[inline]
    fn one(hay: &[u8], c: u8) -> Option<usize> {
        let Some(block) = hay.first_chunk() else { return hay.iter().position(|&x| x == c) };
        // Most often it is near, and then a call costs more than looking.
        let hits = equal_bytes(block, c);
        if hits != 0 {
            return Some(hits.trailing_zeros() as usize);
        }
        Some(BLOCK + far(&hay[BLOCK..], c)?)
    }

    #[inline]
    fn last_one(hay: &[u8], c: u8) -> Option<usize> {
        if hay.len() < BLOCK {
            return hay.iter().rposition(|&x| x == c);
        }
        // SAFETY: the slice is as long as it says.
        let found = unsafe { libc::memrchr(hay.as_ptr().cast(), c.into(), hay.len()) };
        offset_in(hay, found)
    }
}

/// The C library's search, which knows the processor.
#[inline(always)]
fn far(hay: &[u8], c: u8) -> Option<usize> {
    // SAFETY: the slice is as long as it says.
    let found = unsafe { libc::memchr(hay.as_ptr().cast(), c.into(), hay.len()) };
    offset_in(hay, found)
}

#[inline(always)]
fn offset_in(hay: &[u8], found: *mut std::ffi::c_void) -> Option<usize> {
    (!found.is_null()).then(|| found as usize - hay.as_ptr() as usize)
}

impl Search for u16 {
    #[inline]
    fn one(hay: &[u16], c: u16) -> Option<usize> {
        hay.iter().position(|&x| x == c)
    }
}

impl Search for u32 {
    #[inline]
    fn one(hay: &[u32], c: u32) -> Option<usize> {
        hay.iter().position(|&x| x == c)
    }
}

/// From here on the linear search of long texts pays for its preparation.
const LONG: usize = 200;

/// A needle made ready for one haystack, to be looked for in its parts again and again.
pub enum Needle<'n> {
    /// It has a character that the haystack has no room for.
    Nowhere,
    One(u32),
    Bytes(Cow<'n, [u8]>),
    LongBytes(Box<memchr::memmem::Finder<'n>>),
    Wide2(Cow<'n, [u16]>),
    Wide4(Cow<'n, [u32]>),
}

impl<'n> Needle<'n> {
    /// `needle` is not empty.
    pub fn new(hay: Chars, needle: Chars<'n>) -> Needle<'n> {
        if needle.len() == 1 {
            return Needle::One(needle.get(0));
        }
        match hay {
            Chars::Ucs1(hay) => match widened::<u8>(needle) {
                None => Needle::Nowhere,
                Some(Cow::Borrowed(needle)) if hay.len() > LONG => {
                    Needle::LongBytes(Box::new(memchr::memmem::Finder::new(needle)))
                }
                Some(needle) => Needle::Bytes(needle),
            },
            Chars::Ucs2(_) => widened(needle).map_or(Needle::Nowhere, Needle::Wide2),
            Chars::Ucs4(_) => widened(needle).map_or(Needle::Nowhere, Needle::Wide4),
        }
    }

    /// The first place in `hay`, which is of the kind that the needle was made for.
    #[inline]
    pub fn first(&self, hay: Chars) -> Option<usize> {
        match (self, hay) {
            (Needle::One(ch), hay) => find_char(hay, *ch),
            (Needle::Bytes(needle), Chars::Ucs1(hay)) => bytes_first(hay, needle),
            (Needle::LongBytes(finder), Chars::Ucs1(hay)) => finder.find(hay),
            (Needle::Wide2(needle), Chars::Ucs2(hay)) => plain_first(hay, needle),
            (Needle::Wide4(needle), Chars::Ucs4(hay)) => plain_first(hay, needle),
            _ => None,
        }
    }
}

/// `needle` is not empty.
#[inline]
fn plain_first<T: Search>(hay: &[T], needle: &[T]) -> Option<usize> {
    let last = hay.len().checked_sub(needle.len())?;
    let mut from = 0;
    while from <= last {
        let i = from + T::one(&hay[from..=last], needle[0])?;
        if hay[i + 1..].starts_with(&needle[1..]) {
            return Some(i);
        }
        from = i + 1;
    }
    None
}

/// `needle` is not empty.
#[inline]
fn plain_last<T: Search>(hay: &[T], needle: &[T]) -> Option<usize> {
    let mut places = &hay[..(hay.len() + 1).checked_sub(needle.len())?];
    loop {
        let i = T::last_one(places, needle[0])?;
        if hay[i + 1..].starts_with(&needle[1..]) {
            return Some(i);
        }
        places = &places[..i];
    }
}

/// `needle` in units of `T`; `None` if it has a character that they can't hold.
fn widened<T: Unit>(needle: Chars<'_>) -> Option<Cow<'_, [T]>> {
    if needle.kind() == T::KIND {
        // SAFETY: the kinds are the same.
        let same = unsafe { std::slice::from_raw_parts(needle.bytes().as_ptr().cast(), needle.len()) };
        return Some(Cow::Borrowed(same));
    }
    let max = match T::KIND {
        PyUnicode_1BYTE_KIND => 0xff,
        PyUnicode_2BYTE_KIND => 0xffff,
        _ => layout::MAX_UNICODE,
    };
    if needle.iter().any(|c| c > max) {
        return None;
    }
    Some(Cow::Owned(needle.iter().map(T::new).collect()))
}

/// The first place of `needle` in `hay`.
#[inline(always)]
pub fn first(hay: Chars, needle: Chars) -> Option<usize> {
    match (hay, needle) {
        (Chars::Ucs1(hay), Chars::Ucs1(&[c])) => Search::one(hay, c),
        (Chars::Ucs1(hay), Chars::Ucs1(needle)) => first_bytes(hay, needle),
        _ => first_wide(hay, needle),
    }
}

#[inline(never)]
fn first_bytes(hay: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(0),
        _ if needle.len() > hay.len() => None,
        _ if hay.len() <= LONG => bytes_first(hay, needle),
        _ => memchr::memmem::find(hay, needle),
    }
}

#[inline(never)]
fn first_wide(hay: Chars, needle: Chars) -> Option<usize> {
    if needle.len() > hay.len() {
        return None;
    }
    match needle.len() {
        0 => Some(0),
        1 => find_char(hay, needle.get(0)),
        _ => Needle::new(hay, needle).first(hay),
    }
}

/// The last place of `needle` in `hay`.
#[inline(always)]
pub fn last(hay: Chars, needle: Chars) -> Option<usize> {
    match (hay, needle) {
        (Chars::Ucs1(hay), Chars::Ucs1(&[c])) => Search::last_one(hay, c),
        _ => last_any(hay, needle),
    }
}

#[inline(never)]
fn last_any(hay: Chars, needle: Chars) -> Option<usize> {
    if needle.len() > hay.len() {
        return None;
    }
    if needle.is_empty() {
        return Some(hay.len());
    }
    layout::each_kind!(hay, hay => plain_last(hay, &widened(needle)?))
}

/// The first place of a character.
#[inline]
pub fn find_char(hay: Chars, ch: u32) -> Option<usize> {
    match hay {
        Chars::Ucs1(s) => Search::one(s, u8::try_from(ch).ok()?),
        Chars::Ucs2(s) => Search::one(s, u16::try_from(ch).ok()?),
        Chars::Ucs4(s) => Search::one(s, ch),
    }
}

/// The last place of a character.
#[inline]
pub fn rfind_char(hay: Chars, ch: u32) -> Option<usize> {
    match hay {
        Chars::Ucs1(s) => Search::last_one(s, u8::try_from(ch).ok()?),
        Chars::Ucs2(s) => Search::last_one(s, u16::try_from(ch).ok()?),
        Chars::Ucs4(s) => Search::last_one(s, ch),
    }
}

/// How often `needle` stands in `hay`, not overlapping, counting at most `limit`.
pub fn count(hay: Chars, needle: Chars, limit: usize) -> usize {
    if needle.len() > hay.len() {
        return 0;
    }
    if needle.is_empty() {
        return (hay.len() + 1).min(limit);
    }
    let (ready, mut n, mut from) = (Needle::new(hay, needle), 0, 0);
    while n < limit
        && let Some(i) = ready.first(hay.slice(from, hay.len()))
    {
        n += 1;
        from += i + needle.len();
    }
    n
}

/// `PyUnicode_Find`: forwards, or backwards. Both are str.
pub fn find(s: &Object, sub: &Object, start: isize, end: isize, forward: bool) -> Option<usize> {
    let range = adjust(layout::len(s), start, end)?;
    let from = range.start;
    let hay = layout::chars(s).slice(range.start, range.end);
    let found = if forward { first(hay, layout::chars(sub)) } else { last(hay, layout::chars(sub)) };
    Some(from + found?)
}

/// `PyUnicode_FindChar`.
pub fn find_char_in(s: &Object, ch: u32, start: isize, end: isize, forward: bool) -> Option<usize> {
    let range = adjust(layout::len(s), start, end)?;
    let hay = layout::chars(s).slice(range.start, range.end);
    let found = if forward { find_char(hay, ch) } else { rfind_char(hay, ch) };
    Some(range.start + found?)
}

/// `PyUnicode_Count`.
pub fn count_in(s: &Object, sub: &Object, start: isize, end: isize) -> usize {
    let Some(range) = adjust(layout::len(s), start, end) else { return 0 };
    count(layout::chars(s).slice(range.start, range.end), layout::chars(sub), usize::MAX)
}

/// Whether `s[start:end]` begins with `sub`, or ends with it (`PyUnicode_Tailmatch`). Both are str.
pub fn tail_match(s: &Object, sub: &Object, start: isize, end: isize, at_end: bool) -> bool {
    let Some(range) = adjust(layout::len(s), start, end) else { return false };
    let n = layout::len(sub);
    if range.len() < n {
        return false;
    }
    let at = if at_end { range.end - n } else { range.start };
    same(layout::chars(s).slice(at, at + n), layout::chars(sub))
}

/// The same characters, however they are stored.
#[inline]
pub fn same(a: Chars, b: Chars) -> bool {
    if a.kind() != b.kind() {
        return a.len() == b.len() && a.iter().eq(b.iter());
    }
    let (a, b) = (a.bytes(), b.bytes());
    // SAFETY: both have that many bytes.
    a.len() == b.len() && unsafe { same_bytes(a.as_ptr(), b.as_ptr(), a.len()) }
}

/// `PyUnicode_Contains`: `sub` must be a str.
pub fn contains(s: &Object, sub: &Object) -> Result<bool> {
    if !check(sub) {
        return Err(raise!(TypeError, "'in <string>' requires string as left operand, not {}", tp_name(sub.ty())));
    }
    ensure(s)?;
    Ok(first(layout::chars(s), layout::chars(sub)).is_some())
}
