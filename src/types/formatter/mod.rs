//! Format specifications: `format(x, spec)` of the builtin types, and `str.format`.

use crate::object::{Object, Result};

/// An int by a specification, which is a str.
pub fn format_long(_o: &Object, _spec: &Object) -> Result {
    todo!()
}

/// A float by a specification, which is a str.
pub fn format_float(_o: &Object, _spec: &Object) -> Result {
    todo!()
}

/// A complex by a specification, which is a str.
pub fn format_complex(_o: &Object, _spec: &Object) -> Result {
    todo!()
}
