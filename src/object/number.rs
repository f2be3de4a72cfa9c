//! Numbers: binary operators with reflected and in-place forms, unary operators, conversions.

use super::{Object, Owned, Result};

/// `PyNumber_Index`: an int (or a subclass's instance).
pub fn index(_o: &Object) -> Result<Owned> {
    todo!()
}

/// `PyNumber_AsSsize_t`: with `overflow` NULL values are clipped, else that class is raised.
pub fn as_ssize(_o: &Object, _overflow: Option<&Object>) -> Result<isize> {
    todo!()
}
