//! `str`.

pub mod names;

use crate::abi::*;
use crate::object::{Object, Owned, Result};

#[unsafe(no_mangle)]
pub static mut PyUnicode_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"str".as_ptr(),
    ..PyTypeObject::EMPTY
};

/// A new str of `text`.
pub fn from_str(_text: &str) -> Result<Owned> {
    todo!()
}

/// From UTF-8 that may be wrong (`PyUnicode_FromStringAndSize`): `UnicodeDecodeError`.
pub fn from_utf8(_bytes: &[u8]) -> Result<Owned> {
    todo!()
}

/// A str or a subclass's instance.
#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.has_flag(Py_TPFLAGS_UNICODE_SUBCLASS)
}

/// The text as UTF-8, kept in the object (`PyUnicode_AsUTF8AndSize`). `TypeError` if `o` is no str,
/// `UnicodeEncodeError` if it has lone surrogates.
pub fn as_str(_o: &Object) -> Result<&str> {
    todo!()
}

/// The interned str equal to `s` (`PyUnicode_InternInPlace`).
pub fn intern(_s: Owned) -> Owned {
    todo!()
}

/// An interned str of `text` (`PyUnicode_InternFromString`).
pub fn intern_str(_text: &str) -> Result<Owned> {
    todo!()
}

/// Both are str; same characters (`_PyUnicode_Equal`).
pub fn equal(_a: &Object, _b: &Object) -> bool {
    todo!()
}

/// `s` is a str with just this text (`PyUnicode_EqualToUTF8`).
pub fn equal_str(_s: &Object, _text: &str) -> bool {
    todo!()
}
