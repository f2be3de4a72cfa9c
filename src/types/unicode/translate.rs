//! `str.translate` and the tables that `str.maketrans` makes for it.

use super::errors::Handler;
use super::writer::Writer;
use super::{charmap, check, layout, new};
use crate::object::{Object, Owned, Result, args, error};
use crate::raise;
use crate::types::{dict, long, none};
use std::ffi::CStr;

/// `PyUnicode_Translate`. No mapping is an error, so `errors` is only looked at for its name.
pub fn translate(s: &Object, table: &Object, errors: Option<&CStr>) -> Result<Owned> {
    _ = Handler::named(errors);
    let chars = layout::chars(s);
    let mut out = Writer::with_capacity(chars.len());
    for ch in chars.iter() {
        let Some(value) = charmap::lookup(table, ch)? else {
            out.push_char(ch)?;
            continue;
        };
        if value.is_none() {
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
    }
    out.finish()
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
