//! Hashing.

use super::{Object, Result};

impl Object {
    /// `PyObject_Hash`. Never -1.
    pub fn hash(&self) -> Result<isize> {
        todo!()
    }
}
