//! Sequences: `PySequence_*`.

use super::{Object, Owned, Result};

/// `PySequence_Contains`.
pub fn contains(_o: &Object, _item: &Object) -> Result<bool> {
    todo!()
}

/// `PySequence_List`: a new list of the items of an iterable.
pub fn list(_o: &Object) -> Result<Owned> {
    todo!()
}

/// `PySequence_Tuple`.
pub fn tuple(_o: &Object) -> Result<Owned> {
    todo!()
}

/// `PySequence_Fast`: the object itself if it is a list or tuple, else a list of its items; `message` is the
/// `TypeError` for what can't be iterated.
pub fn fast(_o: &Object, _message: &str) -> Result<Owned> {
    todo!()
}
