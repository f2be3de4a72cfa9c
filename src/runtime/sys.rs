//! `sys` as the runtime itself reads it: the dict of the interpreter's `sys` module.

use super::interp;
use crate::object::{Object, Owned, Result};
use crate::types::dict;

/// The attribute `name` of `sys`, if the program left it there.
pub fn sys_attribute(name: &Object) -> Result<Option<Owned>> {
    // SAFETY: attached; the interpreter keeps its dict until it ends.
    match unsafe { Object::optional((*interp()).sysdict) } {
        Some(sys) => dict::get(sys, name),
        None => Ok(None),
    }
}
