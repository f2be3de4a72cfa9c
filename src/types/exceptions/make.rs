//! Exception classes that are made at run time (`PyErr_NewException`).

use crate::name;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::{dict, tuple, typeobject, unicode};

/// A class named "module.class", with bases (`Exception` by default; a class or a tuple), members and documentation.
pub fn new_class(
    full_name: &str,
    doc: Option<&Object>,
    bases: Option<&Object>,
    members: Option<&Object>,
) -> Result<Owned> {
    let Some((module, name)) = full_name.rsplit_once('.') else {
        return Err(raise!(SystemError, "PyErr_NewException: name must be module.class"));
    };
    let dict = match members {
        Some(members) => members.to_owned(),
        None => dict::new()?,
    };
    if let Some(doc) = doc {
        dict::set(&dict, name!(__doc__), doc)?;
    }
    if !dict::contains(&dict, name!(__module__))? {
        dict::set(&dict, name!(__module__), &*unicode::from_str(module)?)?;
    }
    let default = super::object(&raw mut super::Exception);
    let bases = match bases {
        Some(bases) if tuple::check(bases) => bases.to_owned(),
        Some(base) => tuple::from_slice(&[base])?,
        None => tuple::from_slice(&[default])?,
    };
    // SAFETY: static.
    let metaclass = unsafe { Object::from_ptr((&raw mut typeobject::PyType_Type).cast()) };
    metaclass.call(&[&*unicode::from_str(name)?, &bases, &dict])
}
