//! Internal docs: "name(signature)\n--\n\ntext" holds two attributes, `__text_signature__` and `__doc__`.

use crate::abi::*;
use crate::object::{Object, Owned, Result};
use crate::types::{none, unicode};
use std::ffi::CStr;

const END_MARKER: &[u8] = b")\n--\n\n";

/// Where the signature stands in `doc`: it begins with the last part of `name` and an opening parenthesis, and ends
/// before the marker, without an empty line in between. Gives the signature with its parentheses, and the text behind
/// it.
fn split<'a>(name: &[u8], doc: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let name = name.rsplit(|&c| c == b'.').next().unwrap_or(name);
    let rest = doc.strip_prefix(name)?;
    if rest.first() != Some(&b'(') {
        return None;
    }
    for i in 0..rest.len() {
        if rest[i..].starts_with(END_MARKER) {
            return Some((&rest[..=i], &rest[i + END_MARKER.len()..]));
        }
        if rest[i..].starts_with(b"\n\n") {
            return None;
        }
    }
    None
}

/// The bytes of a C string; none for NULL.
///
/// # Safety
/// `text` is NULL or a C string.
unsafe fn bytes<'a>(text: *const c_char) -> Option<&'a [u8]> {
    // SAFETY: the caller's word.
    (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_bytes())
}

/// `__doc__` out of an internal doc: a str, or `None` if it is empty (`_PyType_GetDocFromInternalDoc`).
///
/// # Safety
/// `name` is a C string, `doc` NULL or one.
pub unsafe fn doc(name: *const c_char, doc: *const c_char) -> Result<Owned> {
    // SAFETY: the caller's word.
    let (Some(name), Some(doc)) = (unsafe { (bytes(name), bytes(doc)) }) else { return Ok(none::none()) };
    let text = split(name, doc).map_or(doc, |(_, text)| text);
    if text.is_empty() { Ok(none::none()) } else { unicode::from_utf8(text) }
}

/// `__doc__` of a class: as [`doc`], but an empty text stays an empty text.
///
/// # Safety
/// As [`doc`].
pub unsafe fn type_doc(name: *const c_char, doc: *const c_char) -> Result<Owned> {
    // SAFETY: the caller's word.
    let (Some(name), Some(doc)) = (unsafe { (bytes(name), bytes(doc)) }) else { return Ok(none::none()) };
    unicode::from_utf8(split(name, doc).map_or(doc, |(_, text)| text))
}

/// As [`type_doc`], and all interpreters share it.
///
/// # Safety
/// As [`doc`], and the text is ASCII.
pub unsafe fn shared_type_doc(name: *const c_char, doc: *const c_char) -> &'static Object {
    // SAFETY: the caller's word.
    let (Some(name), Some(doc)) = (unsafe { (bytes(name), bytes(doc)) }) else { return none::none_ref() };
    unicode::new::shared_ascii(split(name, doc).map_or(doc, |(_, text)| text))
}

/// `__text_signature__` out of an internal doc: a str or `None`.
///
/// # Safety
/// As [`doc`].
pub unsafe fn text_signature(name: *const c_char, doc: *const c_char) -> Result<Owned> {
    // SAFETY: the caller's word.
    let (name, doc) = unsafe { (bytes(name).unwrap_or(b""), bytes(doc).unwrap_or(b"")) };
    match split(name, doc) {
        Some((signature, _)) => unicode::from_utf8(signature),
        None => Ok(none::none()),
    }
}

/// The same for a method with these flags: of the conventions that leave no choice the signature is known without a
/// doc.
///
/// # Safety
/// As [`doc`].
pub unsafe fn method_signature(name: *const c_char, doc: *const c_char, flags: c_int) -> Result<Owned> {
    // SAFETY: the caller's word.
    let signature = unsafe { text_signature(name, doc) }?;
    if !signature.is_none() {
        return Ok(signature);
    }
    const NOARGS_CLASS: c_int = METH_NOARGS | METH_CLASS;
    const NOARGS_STATIC: c_int = METH_NOARGS | METH_STATIC;
    const O_CLASS: c_int = METH_O | METH_CLASS;
    const O_STATIC: c_int = METH_O | METH_STATIC;
    unicode::from_str(match flags & !METH_COEXIST {
        METH_NOARGS => "($self, /)",
        NOARGS_CLASS => "($type, /)",
        NOARGS_STATIC => "()",
        METH_O => "($self, object, /)",
        O_CLASS => "($type, object, /)",
        O_STATIC => "(object, /)",
        _ => return Ok(signature),
    })
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn signature_and_text() {
        assert_eq!(split(b"f", b"f($self, /)\n--\n\nText."), Some((&b"($self, /)"[..], &b"Text."[..])));
        assert_eq!(split(b"m.f", b"f()\n--\n\n"), Some((&b"()"[..], &b""[..])));
        assert_eq!(split(b"f", b"f()\n\nText"), None);
        assert_eq!(split(b"f", b"g()\n--\n\nText"), None);
        assert_eq!(split(b"f", b"f(a, b)\nText"), None);
    }
}
