//! Paths as text and as bytes. The file system's encoding is UTF-8 with surrogateescape, as CPython's is on Linux
//! unless it is told otherwise.

use super::{check, find, layout, utf8};
use crate::name;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::bytes;
use crate::types::typeobject::tp_name;

/// `PyUnicode_DecodeFSDefaultAndSize`.
pub fn decode(text: &[u8]) -> Result<Owned> {
    utf8::decode(text, Some(c"surrogateescape"), None)
}

/// `PyUnicode_EncodeFSDefault`. `s` is a str.
pub fn encode(s: &Object) -> Result<Owned> {
    utf8::encode(s, Some(c"surrogateescape"))
}

/// `PyOS_FSPath`: a str or bytes object; `TypeError` for what is no path.
pub fn fspath(path: &Object) -> Result<Owned> {
    if check(path) || bytes::check(path) {
        return Ok(path.to_owned());
    }
    let Some(method) = path.lookup_special(name!(__fspath__))? else {
        return Err(raise!(TypeError, "expected str, bytes or os.PathLike object, not {:.200}", tp_name(path.ty())));
    };
    let result = method.call(&[])?;
    if check(&result) || bytes::check(&result) {
        return Ok(result);
    }
    Err(raise!(
        TypeError,
        "expected {:.200}.__fspath__() to return str or bytes, not {:.200}",
        tp_name(path.ty()),
        tp_name(result.ty())
    ))
}

/// A path as bytes without NUL (`PyUnicode_FSConverter`).
pub fn to_bytes(path: &Object) -> Result<Owned> {
    let path = fspath(path)?;
    let path = if bytes::check(&path) { path } else { encode(&path)? };
    if bytes::as_slice(&path).contains(&0) {
        return Err(raise!(ValueError, "embedded null byte"));
    }
    Ok(path)
}

/// A path as a str without NUL (`PyUnicode_FSDecoder`).
pub fn to_str(path: &Object) -> Result<Owned> {
    let path = fspath(path)?;
    let path = if check(&path) { path } else { decode(bytes::as_slice(&path))? };
    if find::find_char(layout::chars(&path), 0).is_some() {
        return Err(raise!(ValueError, "embedded null character"));
    }
    Ok(path)
}
