//! `dir(object)`: what the object's `__dir__` says, as a sorted list.

use super::{Object, Owned, Result, sequence};
use crate::name;
use crate::raise;

/// `PyObject_Dir` of an object.
pub fn dir(o: &Object) -> Result<Owned> {
    let Some(method) = o.lookup_special(name!(__dir__))? else {
        return Err(raise!(TypeError, "object does not provide __dir__"));
    };
    let names = sequence::list(&*method.call(&[])?)?;
    names.call_method(name!(sort), &[])?;
    Ok(names)
}
