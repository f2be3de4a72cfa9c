//! Watchers: C functions that an interpreter calls when something happens to objects of a kind. There are up to eight
//! of each kind, known by their numbers.

use super::{Result, above};
use crate::abi::*;
use crate::raise;

/// How the messages about wrong numbers speak of a kind.
pub struct Kind {
    name: &'static str,
    invalid: &'static str,
    none: &'static str,
}

const fn kind(name: &'static str) -> Kind {
    Kind { name, invalid: "Invalid", none: "No" }
}

pub const TYPE: Kind = kind("type");
pub const DICT: Kind = kind("dict");
pub const CODE: Kind = kind("code");
pub const CONTEXT: Kind = kind("context");
pub const FUNCTION: Kind = Kind { name: "func", invalid: "invalid", none: "no" };

/// Takes the first free place from `first` on; its number.
pub fn add<F>(places: &mut [Option<F>], first: usize, callback: Option<F>, kind: &Kind) -> Result<c_int> {
    match places.iter().skip(first).position(Option::is_none) {
        Some(i) => {
            places[first + i] = callback;
            Ok((first + i) as c_int)
        }
        None => Err(raise!(RuntimeError, "no more {} watcher IDs available", kind.name)),
    }
}

/// The place of a number, if a watcher is there: `ValueError`.
pub fn validate<F>(places: &[Option<F>], id: c_int, kind: &Kind) -> Result<usize> {
    match usize::try_from(id).ok().and_then(|i| places.get(i)) {
        None => Err(raise!(ValueError, "{} {} watcher ID {id}", kind.invalid, kind.name)),
        Some(None) => Err(raise!(ValueError, "{} {} watcher set for ID {id}", kind.none, kind.name)),
        Some(Some(_)) => Ok(id as usize),
    }
}

/// Empties the place of a number; `ValueError` if no watcher is there.
pub fn clear<F>(places: &mut [Option<F>], id: c_int, kind: &Kind) -> Result<usize> {
    let i = validate(places, id, kind)?;
    places[i] = None;
    Ok(i)
}

/// Reports what a watcher raised.
#[cold]
pub fn failed(event: &str, of: &str, object: Option<&super::Object>) {
    above::unraisable(&format!("Exception ignored in {event} watcher callback {of}"), object);
}
