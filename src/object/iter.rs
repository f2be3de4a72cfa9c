//! Iteration.

use super::{Object, Owned, Result};

impl Object {
    /// `PyObject_GetIter`.
    pub fn iter(&self) -> Result<Owned> {
        todo!()
    }

    /// The next item of an iterator; `None` at its end.
    pub fn next(&self) -> Result<Option<Owned>> {
        todo!()
    }
}
