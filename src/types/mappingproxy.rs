//! `mappingproxy`: a view of a mapping that can only be read.

use crate::object::{Object, Owned, Result};

/// A proxy of `mapping` (`PyDictProxy_New`).
pub fn new(_mapping: &Object) -> Result<Owned> {
    todo!()
}
