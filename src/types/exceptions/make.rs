//! Exceptions that take some making: classes at run time (`PyErr_NewException`), errors of the system and of imports,
//! places in source text.

use crate::abi::*;
use crate::name;
use crate::object::{Object, Owned, Raised, Result, above, error};
use crate::raise;
use crate::types::{dict, long, none, tuple, typeobject, unicode};
use std::ffi::CStr;

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

/// Raises `KeyError(key)`.
#[cold]
pub fn raise_key_error(key: &Object) -> Raised {
    // Nothing may be called with an exception set.
    error::clear();
    match super::object(&raw mut super::KeyError).call(&[key]) {
        Ok(exception) => super::raise(exception.type_object(), Some(&exception)),
        Err(raised) => raised,
    }
}

/// Raises `class(number, text)` for an error number of the system, with up to two file names (`PyErr_SetFromErrno`).
/// A signal handler that was due and raised goes first.
#[cold]
pub fn raise_errno(class: &Object, errno: c_int, filename: Option<&Object>, filename2: Option<&Object>) -> Raised {
    let make = || -> Result<Owned> {
        // SAFETY: attached; strerror gives a C string.
        let text = unsafe {
            if errno == libc::EINTR {
                above::check_signals()?;
            }
            if errno == 0 {
                unicode::from_str("Error")?
            } else {
                let text = CStr::from_ptr(libc::strerror(errno)).to_bytes();
                unicode::locale::decode_str(text, Some(c"surrogateescape"))?
            }
        };
        let (number, zero) = (long::from_i64(errno as i64)?, long::from_i64(0)?);
        match (filename, filename2) {
            (Some(first), Some(second)) => class.call(&[&number, &text, first, &zero, second]),
            (Some(first), None) => class.call(&[&number, &text, first]),
            _ => class.call(&[&number, &text]),
        }
    };
    match make() {
        Ok(exception) => super::raise(exception.type_object(), Some(&exception)),
        Err(raised) => raised,
    }
}

/// Raises `class(msg, name=name, path=path)` (`PyErr_SetImportErrorSubclass`).
#[cold]
pub fn raise_import_error_of(
    class: &Object,
    msg: Option<&Object>,
    name: Option<&Object>,
    path: Option<&Object>,
) -> Raised {
    let make = || -> Result<Owned> {
        if !class.is_subclass(super::object(&raw mut super::ImportError))? {
            return Err(raise!(TypeError, "expected a subclass of ImportError"));
        }
        let Some(msg) = msg else {
            return Err(raise!(TypeError, "expected a message argument"));
        };
        let kwargs = dict::new()?;
        dict::set(&kwargs, name!(name), name.unwrap_or(none::none_ref()))?;
        dict::set(&kwargs, name!(path), path.unwrap_or(none::none_ref()))?;
        class.call_dict(&[msg], Some(&kwargs))
    };
    match make() {
        Ok(exception) => super::raise(exception.type_object(), Some(&exception)),
        Err(raised) => raised,
    }
}

/// Gives the exception that is set a place in source text (`PyErr_SyntaxLocationObject`). Failures are dropped.
pub fn set_syntax_location(filename: Option<&Object>, line: c_int, column: c_int, end_line: c_int, end_column: c_int) {
    let Some(exception) = error::take() else { return };
    let set = |name: &Object, value: Result<Owned>| {
        let result = value.and_then(|value| exception.setattr(name, &value));
        if let Err(raised) = result {
            drop(error::caught(raised));
        }
    };
    let number = |n: c_int, known: bool| if known { long::from_i64(n as i64) } else { Ok(none::none()) };
    set(name!(lineno), number(line, true));
    set(name!(offset), number(column, column >= 0));
    set(name!(end_lineno), number(end_line, end_line >= 0));
    set(name!(end_offset), number(end_column, end_column >= 0));
    if let Some(filename) = filename {
        set(name!(filename), Ok(filename.to_owned()));
        if let Some(text) = super::program_text(filename, line, None) {
            set(name!(text), Ok(text));
        }
    }
    if !exception.is_exact(&raw mut super::SyntaxError) {
        let missing = |name: &Object| match exception.getattr_optional(name) {
            Ok(found) => found.is_none(),
            Err(raised) => {
                drop(error::caught(raised));
                false
            }
        };
        if missing(name!(msg)) {
            set(name!(msg), exception.str());
        }
        if missing(name!(print_file_and_line)) {
            set(name!(print_file_and_line), Ok(none::none()));
        }
    }
    let _ = error::restore(exception);
}
