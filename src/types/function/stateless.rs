//! Functions that are nothing but their code (`_PyFunction_VerifyStateless`).

use crate::abi::*;
use crate::object::error::Text;
use crate::object::{Object, Result};
use crate::raise;
use crate::types::{code, dict, tuple};

/// `ValueError` for a function with defaults, a closure or globals; `TypeError` if its namespaces are no dicts.
pub fn verify(function: &Object) -> Result<()> {
    // SAFETY: layout: a function owns its fields.
    let field = |place: *mut PyObject| unsafe { Object::optional(place) };
    // SAFETY: layout: the caller checked that it is a function.
    let parts = unsafe { &*function.cast::<PyFunctionObject>() };
    let (globals, builtins) = (field(parts.func_globals), field(parts.func_builtins));
    for (what, namespace) in [("globals", globals), ("builtins", builtins)] {
        if let Some(namespace) = namespace
            && !dict::check(namespace)
        {
            return Err(raise!(TypeError, "unsupported {what} {}", Text(&*namespace.repr()?)));
        }
    }
    let filled = |o: Option<&Object>| o.is_some_and(|o| tuple::check(o) && !tuple::items(o).is_empty());
    if filled(field(parts.func_defaults)) {
        return Err(raise!(ValueError, "defaults not supported"));
    }
    if field(parts.func_kwdefaults).is_some_and(|o| dict::check(o) && dict::len(o) > 0) {
        return Err(raise!(ValueError, "keyword defaults not supported"));
    }
    if filled(field(parts.func_closure)) {
        return Err(raise!(ValueError, "closures not supported"));
    }
    code::stateless::verify(super::code_of(function), None, globals, builtins)
}
