//! `builtin_function_or_method`: C functions as objects, in every calling convention.

use crate::abi::*;
use crate::object::{Object, Owned, Result};

/// `PyCMethod_New`.
pub fn new(
    _def: *mut PyMethodDef,
    _self: Option<&Object>,
    _module: Option<&Object>,
    _class: *mut PyTypeObject,
) -> Result<Owned> {
    todo!()
}
