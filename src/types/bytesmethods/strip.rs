//! Taking bytes off the ends.

use super::case::is_space;
use super::{Kind, view::View};
use crate::object::args::check_positional;
use crate::object::{Object, Result};

fn stripped<K: Kind>(name: &str, o: &Object, args: &[&Object], left: bool, right: bool) -> Result {
    check_positional(name, args.len(), 0, 1)?;
    let set = match args.first() {
        Some(set) if !set.is_none() => Some(View::of(set)?),
        _ => None,
    };
    let off = |c: &u8| match &set {
        Some(set) => memchr::memchr(*c, set.slice()).is_some(),
        None => is_space(*c),
    };
    let bytes = K::slice(o);
    let start = if left { bytes.iter().position(|c| !off(c)).unwrap_or(bytes.len()) } else { 0 };
    let end =
        if right { bytes[start..].iter().rposition(|c| !off(c)).map_or(start, |i| start + i + 1) } else { bytes.len() };
    if start == 0 && end == bytes.len() { K::same(o) } else { K::make(&bytes[start..end]) }
}

macro_rules! methods {
    ($($name:ident($text:literal, $left:literal, $right:literal);)*) => { $(
        pub fn $name<K: Kind>(o: &Object, args: &[&Object]) -> Result {
            stripped::<K>($text, o, args, $left, $right)
        }
    )* };
}

methods! {
    strip("strip", true, true);
    lstrip("lstrip", true, false);
    rstrip("rstrip", false, true);
}
