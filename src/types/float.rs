//! `float`.

use crate::object::{Object, Owned, Result};

pub fn from_f64(_value: f64) -> Result<Owned> {
    todo!()
}

/// `PyFloat_AsDouble`: a float, or `__float__`, or `__index__`.
pub fn as_f64(_o: &Object) -> Result<f64> {
    todo!()
}
