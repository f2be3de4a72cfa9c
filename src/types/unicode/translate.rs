//! `str.translate` and the tables that `str.maketrans` makes for it.

use super::errors::{Handler, position};
use super::writer::Writer;
use super::{charmap, check, handlers, layout, new, registry};
use crate::object::{Object, Owned, Result, args, error};
use crate::raise;
use crate::types::{dict, exceptions, long, none, tuple};
use std::ffi::CStr;

/// `PyUnicode_Translate`. A character without an entry stays; one whose entry is None goes to the error handler.
pub fn translate(s: &Object, table: &Object, errors: Option<&CStr>) -> Result<Owned> {
    let chars = layout::chars(s);
    let mut out = Writer::with_capacity(chars.len());
    let mut at = 0;
    while at < chars.len() {
        let ch = chars.get(at);
        let Some(value) = charmap::lookup(table, ch)? else {
            out.push_char(ch)?;
            at += 1;
            continue;
        };
        if value.is_none() {
            let mut end = at + 1;
            while end < chars.len() && charmap::lookup(table, chars.get(end))?.is_some_and(|value| value.is_none()) {
                end += 1;
            }
            at = untranslatable(s, at, end, Handler::named(errors), &mut out)?;
            continue;
        }
        if long::check(&value) {
            let code = long::as_i64(&value).ok().filter(|v| (0..=i64::from(layout::MAX_UNICODE)).contains(v));
            let Some(code) = code else {
                error::clear();
                return Err(raise!(ValueError, "character mapping must be in range(0x110000)"));
            };
            out.push_char(code as u32)?;
        } else if check(&value) {
            out.push_object(&value)?;
        } else {
            return Err(raise!(TypeError, "character mapping must return integer, None or str"));
        }
        at += 1;
    }
    out.finish()
}

/// The characters from `start` to `end` map to nothing: writes what the handler says, and gives where to go on.
fn untranslatable(s: &Object, start: usize, end: usize, handler: Handler, out: &mut Writer) -> Result<usize> {
    if handler == Handler::Ignore {
        return Ok(end);
    }
    let reason = new::from_str("character maps to <undefined>")?;
    let (from, to) = (long::from_i64(start as i64)?, long::from_i64(end as i64)?);
    let class = exceptions::object(&raw mut exceptions::UnicodeTranslateError);
    let exception = class.call(&[s, &from, &to, &reason])?;
    let answer = match handler {
        Handler::Registered(name) => registry::lookup_error(Some(name))?.call(&[&exception])?,
        handler => handlers::apply(handler, &exception)?,
    };
    let wrong_answer = || raise!(TypeError, "translating error handler must return (str, int) tuple");
    if !tuple::check(&answer) {
        return Err(wrong_answer());
    }
    let &[text, at] = tuple::items(&answer) else { return Err(wrong_answer()) };
    if !check(text) || !long::check(at) {
        return Err(wrong_answer());
    }
    let at = position(long::as_isize(at)?, layout::len(s))?;
    out.push_object(text)?;
    Ok(at)
}

/// `str.maketrans`: from a dict, or from characters, those that take their places, and those to leave out.
pub fn maketrans(x: &Object, y: Option<&Object>, z: Option<&Object>) -> Result<Owned> {
    let map = dict::new()?;
    let Some(y) = y else {
        if !dict::check_exact(x) {
            return Err(raise!(TypeError, "if you give only one argument to maketrans it must be a dict"));
        }
        let mut pos = 0;
        while let Some((key, value)) = dict::next(x, &mut pos) {
            // A key's __eq__ may change the dict.
            let (key, value) = (&*key.to_owned(), &*value.to_owned());
            if check(key) {
                if layout::len(key) != 1 {
                    return Err(raise!(ValueError, "string keys in translatetable must be of length 1"));
                }
                let code = long::from_i64(layout::chars(key).get(0).into())?;
                dict::set(&map, &code, value)?;
            } else if long::check(key) {
                dict::set(&map, key, value)?;
            } else {
                return Err(raise!(TypeError, "keys in translate table mustbe strings or integers"));
            }
        }
        return Ok(map);
    };
    if !check(y) {
        return Err(args::bad_argument("maketrans", "argument 2", "str", y));
    }
    if let Some(z) = z
        && !check(z)
    {
        return Err(args::bad_argument("maketrans", "argument 3", "str", z));
    }
    if !check(x) {
        return Err(raise!(TypeError, "first maketrans argument must be a string if there is a second argument"));
    }
    if layout::len(x) != layout::len(y) {
        return Err(raise!(ValueError, "the first two maketrans arguments must have equal length"));
    }
    for (from, to) in layout::chars(x).iter().zip(layout::chars(y).iter()) {
        let (from, to) = (long::from_i64(from.into())?, long::from_i64(to.into())?);
        dict::set(&map, &from, &to)?;
    }
    for ch in z.iter().flat_map(|z| layout::chars(z).iter()) {
        dict::set(&map, &*long::from_i64(ch.into())?, none::none_ref())?;
    }
    Ok(map)
}

/// `str.strip` and its sides; `chars` of `None` is white space.
pub fn strip(s: &Object, chars: Option<&Object>, left: bool, right: bool) -> Result<Owned> {
    let text = layout::chars(s);
    let set = chars.map(layout::chars);
    let goes = |ch: u32| match set {
        None => super::properties::is_space(ch),
        Some(set) => super::find::find_char(set, ch).is_some(),
    };
    let (mut start, mut end) = (0, text.len());
    while left && start < end && goes(text.get(start)) {
        start += 1;
    }
    while right && end > start && goes(text.get(end - 1)) {
        end -= 1;
    }
    if start == end { Ok(new::empty()) } else { super::concat::slice(s, start, end) }
}
