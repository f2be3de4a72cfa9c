//! Looking for bytes in bytes: find, index, count, `in`, startswith, endswith, removeprefix, removesuffix.

use super::args::bounds;
use super::{Kind, view::View};
use crate::object::args::check_positional;
use crate::object::{Object, Result, buffers, error, number};
use crate::raise;
use crate::types::unicode::find::adjust;
use crate::types::{boolobject, bytes, exceptions, long, tuple, typeobject};

/// The first place of `needle`.
#[inline]
pub fn first(hay: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(0),
        [byte] => memchr::memchr(*byte, hay),
        _ => memchr::memmem::find(hay, needle),
    }
}

/// The last place of `needle`.
pub fn last(hay: &[u8], needle: &[u8]) -> Option<usize> {
    match needle {
        [] => Some(hay.len()),
        [byte] => memchr::memrchr(*byte, hay),
        _ => memchr::memmem::rfind(hay, needle),
    }
}

/// The places of a needle that is not empty, not overlapping, from the left; what the search needs is prepared once.
#[allow(clippy::large_enum_variant, reason = "it lives on the stack, for one search")]
pub enum Places<'h, 'n> {
    Byte(memchr::Memchr<'h>),
    Bytes(memchr::memmem::FindIter<'h, 'n>),
}

pub fn places<'h, 'n>(hay: &'h [u8], needle: &'n [u8]) -> Places<'h, 'n> {
    match needle {
        [byte] => Places::Byte(memchr::memchr_iter(*byte, hay)),
        _ => Places::Bytes(memchr::memmem::find_iter(hay, needle)),
    }
}

impl Iterator for Places<'_, '_> {
    type Item = usize;
    #[inline]
    fn next(&mut self) -> Option<usize> {
        match self {
            Places::Byte(places) => places.next(),
            Places::Bytes(places) => places.next(),
        }
    }
}

/// As [`Places`], from the right.
pub enum PlacesBack<'h, 'n> {
    Byte(std::iter::Rev<memchr::Memchr<'h>>),
    Bytes(memchr::memmem::FindRevIter<'h, 'n>),
}

pub fn places_back<'h, 'n>(hay: &'h [u8], needle: &'n [u8]) -> PlacesBack<'h, 'n> {
    match needle {
        [byte] => PlacesBack::Byte(memchr::memchr_iter(*byte, hay).rev()),
        _ => PlacesBack::Bytes(memchr::memmem::rfind_iter(hay, needle)),
    }
}

impl Iterator for PlacesBack<'_, '_> {
    type Item = usize;
    #[inline]
    fn next(&mut self) -> Option<usize> {
        match self {
            PlacesBack::Byte(places) => places.next(),
            PlacesBack::Bytes(places) => places.next(),
        }
    }
}

/// How often `needle` stands in `hay`, not overlapping, counting at most `limit`.
pub fn occurrences(hay: &[u8], needle: &[u8], limit: usize) -> usize {
    match needle {
        [] => (hay.len() + 1).min(limit),
        [byte] if limit == usize::MAX => memchr::memchr_iter(*byte, hay).count(),
        _ => places(hay, needle).take(limit).count(),
    }
}

/// `PyBytes` find within bounds, as `_PyBytes_Find` wants it.
pub fn find_in(hay: &[u8], needle: &[u8], start: isize, end: isize, forward: bool) -> Option<usize> {
    let range = adjust(hay.len(), start, end)?;
    let from = range.start;
    let found = if forward { first(&hay[range], needle) } else { last(&hay[range], needle) };
    found.map(|i| from + i)
}

/// What is looked for: bytes, or one byte given as an int.
enum Sub<'a> {
    View(View<'a>),
    Byte([u8; 1]),
}

impl<'a> Sub<'a> {
    fn of(o: &'a Object) -> Result<Sub<'a>> {
        if buffers::supported(o) {
            return Ok(Sub::View(View::of(o)?));
        }
        if !number::is_index(o) {
            let name = error::cut(typeobject::tp_name(o.ty()), 200);
            return Err(raise!(TypeError, "argument should be integer or bytes-like object, not '{name}'"));
        }
        Ok(Sub::Byte([bytes::new::byte(o, "byte must be in range(0, 256)")?]))
    }

    fn slice(&self) -> &[u8] {
        match self {
            Sub::View(view) => view.slice(),
            Sub::Byte(byte) => byte,
        }
    }
}

fn search<K: Kind>(name: &str, o: &Object, args: &[&Object], forward: bool) -> Result<Option<usize>> {
    check_positional(name, args.len(), 1, 3)?;
    let (start, end) = bounds(args.get(1), args.get(2))?;
    let sub = Sub::of(args[0])?;
    Ok(find_in(K::slice(o), sub.slice(), start, end, forward))
}

fn place(found: Option<usize>) -> Result {
    long::from_i64(found.map_or(-1, |i| i as i64))
}

fn place_or_error(found: Option<usize>) -> Result {
    match found {
        Some(i) => long::from_i64(i as i64),
        None => Err(raise!(ValueError, "subsection not found")),
    }
}

macro_rules! methods {
    ($($name:ident($text:literal, $forward:literal) => $done:ident;)*) => { $(
        pub fn $name<K: Kind>(o: &Object, args: &[&Object]) -> Result {
            $done(search::<K>($text, o, args, $forward)?)
        }
    )* };
}

methods! {
    find("find", true) => place;
    rfind("rfind", false) => place;
    index("index", true) => place_or_error;
    rindex("rindex", false) => place_or_error;
}

pub fn count<K: Kind>(o: &Object, args: &[&Object]) -> Result {
    check_positional("count", args.len(), 1, 3)?;
    let (start, end) = bounds(args.get(1), args.get(2))?;
    let sub = Sub::of(args[0])?;
    let hay = K::slice(o);
    let n = adjust(hay.len(), start, end).map_or(0, |range| occurrences(&hay[range], sub.slice(), usize::MAX));
    long::from_i64(n as i64)
}

/// `item in bytes`: an int, or bytes.
pub fn contains(o: &Object, item: &Object, slice: impl Fn(&Object) -> &[u8]) -> Result<bool> {
    match number::as_ssize(item, None) {
        Ok(value) => match u8::try_from(value) {
            Ok(byte) => Ok(memchr::memchr(byte, slice(o)).is_some()),
            Err(_) => Err(raise!(ValueError, "byte must be in range(0, 256)")),
        },
        Err(raised) => {
            drop(error::caught(raised));
            let sub = View::of(item)?;
            Ok(first(slice(o), sub.slice()).is_some())
        }
    }
}

fn matches_end(hay: &[u8], sub: &[u8], start: isize, end: isize, at_end: bool) -> bool {
    adjust(hay.len(), start, end)
        .is_some_and(|range| if at_end { hay[range].ends_with(sub) } else { hay[range].starts_with(sub) })
}

fn ends<K: Kind>(name: &str, o: &Object, args: &[&Object], at_end: bool) -> Result {
    check_positional(name, args.len(), 1, 3)?;
    let (start, end) = bounds(args.get(1), args.get(2))?;
    if tuple::check(args[0]) {
        for sub in tuple::items(args[0]) {
            let sub = View::of(sub)?;
            if matches_end(K::slice(o), sub.slice(), start, end, at_end) {
                return Ok(boolobject::from_bool(true));
            }
        }
        return Ok(boolobject::from_bool(false));
    }
    match View::of(args[0]) {
        Ok(sub) => Ok(boolobject::from_bool(matches_end(K::slice(o), sub.slice(), start, end, at_end))),
        Err(raised) => {
            error::ignore(raised, &raw mut exceptions::TypeError)?;
            let got = typeobject::tp_name(args[0].ty());
            Err(raise!(TypeError, "{name} first arg must be bytes or a tuple of bytes, not {got}"))
        }
    }
}

pub fn startswith<K: Kind>(o: &Object, args: &[&Object]) -> Result {
    ends::<K>("startswith", o, args, false)
}

pub fn endswith<K: Kind>(o: &Object, args: &[&Object]) -> Result {
    ends::<K>("endswith", o, args, true)
}

pub fn removeprefix<K: Kind>(o: &Object, prefix: &Object) -> Result {
    let prefix = View::of(prefix)?;
    match K::slice(o).strip_prefix(prefix.slice()) {
        Some(rest) if !prefix.slice().is_empty() => K::make(rest),
        _ => K::same(o),
    }
}

pub fn removesuffix<K: Kind>(o: &Object, suffix: &Object) -> Result {
    let suffix = View::of(suffix)?;
    match K::slice(o).strip_suffix(suffix.slice()) {
        Some(rest) if !suffix.slice().is_empty() => K::make(rest),
        _ => K::same(o),
    }
}
