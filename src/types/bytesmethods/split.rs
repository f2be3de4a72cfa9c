//! Cutting bytes up: split, rsplit, splitlines, partition, rpartition.

use super::args::size;
use super::case::is_space;
use super::{Kind, find, view::View};
use crate::object::args::Signature;
use crate::object::native::Arguments;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::{list, tuple};

/// The ranges between separators, from the left; `limit` splits at most.
fn cut_left(bytes: &[u8], sep: &[u8], limit: usize, mut part: impl FnMut(usize, usize) -> Result<()>) -> Result<()> {
    let mut at = 0;
    for place in find::places(bytes, sep).take(limit) {
        part(at, place)?;
        at = place + sep.len();
    }
    part(at, bytes.len())
}

/// The same from the right, the last part first.
fn cut_right(bytes: &[u8], sep: &[u8], limit: usize, mut part: impl FnMut(usize, usize) -> Result<()>) -> Result<()> {
    let mut end = bytes.len();
    for place in find::places_back(bytes, sep).take(limit) {
        part(place + sep.len(), end)?;
        end = place;
    }
    part(0, end)
}

/// The ranges between runs of white space, from the left. What is behind the last split keeps its white space.
fn words_left(bytes: &[u8], limit: usize, mut part: impl FnMut(usize, usize) -> Result<()>) -> Result<()> {
    let (mut at, mut left) = (0, limit);
    let skip = |at: usize| bytes[at..].iter().position(|c| !is_space(*c)).map_or(bytes.len(), |i| at + i);
    while left > 0 {
        at = skip(at);
        if at == bytes.len() {
            return Ok(());
        }
        let end = bytes[at..].iter().position(|c| is_space(*c)).map_or(bytes.len(), |i| at + i);
        part(at, end)?;
        at = end;
        left -= 1;
    }
    at = skip(at);
    if at < bytes.len() { part(at, bytes.len()) } else { Ok(()) }
}

fn words_right(bytes: &[u8], limit: usize, mut part: impl FnMut(usize, usize) -> Result<()>) -> Result<()> {
    let (mut end, mut left) = (bytes.len(), limit);
    let skip = |end: usize| bytes[..end].iter().rposition(|c| !is_space(*c)).map_or(0, |i| i + 1);
    while left > 0 {
        end = skip(end);
        if end == 0 {
            return Ok(());
        }
        let start = bytes[..end].iter().rposition(|c| is_space(*c)).map_or(0, |i| i + 1);
        part(start, end)?;
        end = start;
        left -= 1;
    }
    end = skip(end);
    if end > 0 { part(0, end) } else { Ok(()) }
}

fn parts<K: Kind>(o: &Object, sep: Option<&Object>, maxsplit: isize, from_right: bool) -> Result {
    let limit = usize::try_from(maxsplit).unwrap_or(usize::MAX);
    let sep = match sep {
        Some(sep) if !sep.is_none() => Some(View::of(sep)?),
        _ => None,
    };
    let bytes = K::slice(o);
    let mut found: Vec<Owned> = Vec::new();
    let part = |start: usize, end: usize| -> Result<()> {
        found.push(if end - start == bytes.len() { K::same(o)? } else { K::make(&bytes[start..end])? });
        Ok(())
    };
    match &sep {
        Some(sep) if sep.slice().is_empty() => return Err(raise!(ValueError, "empty separator")),
        Some(sep) if from_right => cut_right(bytes, sep.slice(), limit, part)?,
        Some(sep) => cut_left(bytes, sep.slice(), limit, part)?,
        None if from_right => words_right(bytes, limit, part)?,
        None => words_left(bytes, limit, part)?,
    }
    if from_right {
        found.reverse();
    }
    list::from_owned(found)
}

const SPLIT: Signature<2> = Signature::new("split", ["sep", "maxsplit"]);
const RSPLIT: Signature<2> = Signature::new("rsplit", ["sep", "maxsplit"]);

pub fn split<K: Kind>(o: &Object, args: Arguments) -> Result {
    let [sep, maxsplit] = args.bind(&SPLIT)?;
    parts::<K>(o, sep, maxsplit.map_or(Ok(-1), size)?, false)
}

pub fn rsplit<K: Kind>(o: &Object, args: Arguments) -> Result {
    let [sep, maxsplit] = args.bind(&RSPLIT)?;
    parts::<K>(o, sep, maxsplit.map_or(Ok(-1), size)?, true)
}

const SPLITLINES: Signature<1> = Signature::new("splitlines", ["keepends"]);

pub fn splitlines<K: Kind>(o: &Object, args: Arguments) -> Result {
    let [keepends] = args.bind(&SPLITLINES)?;
    let keepends = keepends.map_or(Ok(false), Object::is_true)?;
    let bytes = K::slice(o);
    let mut lines = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let end = memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |i| at + i);
        at = match &bytes[end..] {
            [b'\r', b'\n', ..] => end + 2,
            [_, ..] => end + 1,
            [] => end,
        };
        let end = if keepends { at } else { end };
        lines.push(if end - start == bytes.len() { K::same(o)? } else { K::make(&bytes[start..end])? });
    }
    list::from_owned(lines)
}

fn in_three<K: Kind>(o: &Object, sep: &Object, from_right: bool) -> Result {
    let view = View::of(sep)?;
    // In a bytearray's answer the separator is a bytearray too.
    let copy;
    let middle = if K::MUTABLE {
        copy = K::make(view.slice())?;
        &*copy
    } else {
        sep
    };
    let (bytes, needle) = (K::slice(o), view.slice());
    if needle.is_empty() {
        return Err(raise!(ValueError, "empty separator"));
    }
    let found = if from_right { find::last(bytes, needle) } else { find::first(bytes, needle) };
    match found {
        Some(i) => tuple::from_slice(&[&*K::make(&bytes[..i])?, middle, &*K::make(&bytes[i + needle.len()..])?]),
        None => {
            let whole = if K::MUTABLE { K::make(bytes)? } else { o.to_owned() };
            let (a, b) = (K::make(&[])?, K::make(&[])?);
            if from_right { tuple::from_slice(&[&*a, &*b, &*whole]) } else { tuple::from_slice(&[&*whole, &*a, &*b]) }
        }
    }
}

pub fn partition<K: Kind>(o: &Object, sep: &Object) -> Result {
    in_three::<K>(o, sep, false)
}

pub fn rpartition<K: Kind>(o: &Object, sep: &Object) -> Result {
    in_three::<K>(o, sep, true)
}
