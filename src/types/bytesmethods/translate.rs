//! `translate` and `maketrans`.

use super::{Kind, room, view::View};
use crate::object::args::{Signature, check_positional};
use crate::object::native::Arguments;
use crate::object::{Object, Result};
use crate::raise;
use crate::types::bytes;

const TRANSLATE: Signature<2> = Signature::new("translate", ["", "delete"]).required(1);

pub fn translate<K: Kind>(o: &Object, args: Arguments) -> Result {
    let [table, delete] = args.bind(&TRANSLATE)?;
    let table = match table {
        Some(table) if !table.is_none() => Some(View::of(table)?),
        _ => None,
    };
    if table.as_ref().is_some_and(|table| table.slice().len() != 256) {
        return Err(raise!(ValueError, "translation table must be 256 characters long"));
    }
    let delete = delete.map(View::of).transpose()?;
    let mut gone = [false; 256];
    for &c in delete.as_ref().map_or(&[][..], |delete| delete.slice()) {
        gone[usize::from(c)] = true;
    }
    let bytes = K::slice(o);
    let mut out = room(bytes.len())?;
    for &c in bytes.iter().filter(|c| !gone[usize::from(**c)]) {
        out.push(table.as_ref().map_or(c, |table| table.slice()[usize::from(c)]));
    }
    if out == bytes { K::same(o) } else { K::make(&out) }
}

pub fn maketrans(args: &[&Object]) -> Result {
    check_positional("maketrans", args.len(), 2, 2)?;
    let (from, to) = (View::of(args[0])?, View::of(args[1])?);
    let (from, to) = (from.slice(), to.slice());
    if from.len() != to.len() {
        return Err(raise!(ValueError, "maketrans arguments must have same length"));
    }
    let mut table: [u8; 256] = std::array::from_fn(|i| i as u8);
    for (a, b) in from.iter().zip(to) {
        table[usize::from(*a)] = *b;
    }
    bytes::from_slice(&table)
}
