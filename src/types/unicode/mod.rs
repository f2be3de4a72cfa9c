//! `str`: the type, and the functions that other rooms call most. Each part of the work is a room of its own.

pub mod case;
pub mod charmap;
mod charmaps;
pub mod codecs;
pub mod compare;
pub mod concat;
mod construct;
mod database;
pub mod errors;
pub mod escapes;
pub mod find;
pub mod format_c;
pub mod handlers;
pub mod hash;
pub mod incremental;
pub mod intern;
pub mod iter;
pub mod latin1;
pub mod layout;
pub mod locale;
pub mod methods;
pub mod names;
pub mod new;
pub mod paths;
pub mod percent;
pub mod predicates;
pub mod properties;
pub mod registry;
pub mod slots;
pub mod split;
pub mod translate;
pub mod ucnhash;
pub mod utf16;
pub mod utf7;
pub mod utf8;
pub mod writer;

use crate::abi::*;
use crate::object::{Object, Owned, Result};
use crate::raise;

pub use compare::{equal, equal_str};
pub use concat::concat;
pub use intern::intern;
pub use new::from_str;
pub use slots::PyUnicode_Type;
pub use utf8::from_utf8;
pub use writer::Writer;

/// A str or a subclass's instance.
#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.has_flag(Py_TPFLAGS_UNICODE_SUBCLASS)
}

/// Exactly a str.
#[inline(always)]
pub fn check_exact(o: &Object) -> bool {
    o.is_exact(&raw mut PyUnicode_Type)
}

/// The argument of an export that must be a str: `TypeError` "bad argument type for built-in operation" for others.
///
/// # Safety
/// `op` is NULL or alive for `'a`.
#[inline(always)]
pub unsafe fn checked<'a>(op: *mut PyObject) -> Result<&'a Object> {
    // SAFETY: the caller's word.
    match unsafe { Object::optional(op) } {
        Some(o) if check(o) => Ok(o),
        None => Err(crate::object::error::null_argument()),
        Some(_) => Err(crate::object::error::bad_argument()),
    }
}

/// The text as UTF-8, kept in the object (`PyUnicode_AsUTF8AndSize`). `TypeError` if `o` is no str,
/// `UnicodeEncodeError` if it has lone surrogates.
#[inline]
pub fn as_str(o: &Object) -> Result<&str> {
    if !check(o) {
        return Err(crate::object::error::bad_argument());
    }
    // SAFETY: what is kept is well-formed UTF-8.
    Ok(unsafe { std::str::from_utf8_unchecked(utf8::cached(o)?) })
}

/// An interned str of `text` (`PyUnicode_InternFromString`).
pub fn intern_str(text: &str) -> Result<Owned> {
    intern::intern_utf8(text.as_bytes())
}

/// The number of characters. `s` is a str.
#[inline(always)]
pub fn len(s: &Object) -> usize {
    layout::len(s)
}

/// `o` must be a str: `TypeError` as `ensure_unicode` gives it.
#[inline]
pub fn ensure(o: &Object) -> Result<()> {
    if check(o) {
        return Ok(());
    }
    Err(raise!(TypeError, "must be str, not {}", crate::types::typeobject::tp_name(o.ty())))
}
