//! `set` and `frozenset`.

use crate::object::{Object, Owned, Result};

pub fn new() -> Result<Owned> {
    todo!()
}

pub fn add(_set: &Object, _item: &Object) -> Result<()> {
    todo!()
}

pub fn contains(_set: &Object, _item: &Object) -> Result<bool> {
    todo!()
}
