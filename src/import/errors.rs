//! What imports raise: `ImportError`, which carries the module's name and file, and `ModuleNotFoundError`.

use crate::object::{Object, Raised, Result};
use crate::types::{exceptions, unicode};

/// The repr of an object, for a message.
pub fn shown(object: &Object) -> Result<String> {
    Ok(unicode::as_str(&*object.repr()?)?.to_owned())
}

/// `ImportError(text, name=name, path=path)`
pub fn import_error(text: &str, name: &Object, path: &Object) -> Raised {
    match unicode::from_str(text) {
        Ok(text) => exceptions::raise_import_error(&raw mut exceptions::ImportError, &text, Some(name), Some(path)),
        Err(raised) => raised,
    }
}

/// `ModuleNotFoundError(text, name=name)`
pub fn not_found(text: &str, name: &Object) -> Raised {
    match unicode::from_str(text) {
        Ok(text) => exceptions::raise_import_error(&raw mut exceptions::ModuleNotFoundError, &text, Some(name), None),
        Err(raised) => raised,
    }
}
