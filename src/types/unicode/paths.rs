//! Paths as text and as bytes. How they are encoded is the interpreter's: as its configuration says, which asks the
//! locale.
//!
//! Encodings of several bytes a character (EUC-JP) have no codec in this library: for them the C library's locale does
//! the work, as it does on CPython before its codecs can be imported.

use super::errors::Handler;
use super::layout::Chars;
use super::locale::Failure;
use super::{check, find, layout, locale, new, registry, utf8};
use crate::abi::*;
use crate::mem::domains;
use crate::object::{Object, Owned, Result};
use crate::state::{self, CodecThrough, FileSystemCodec};
use crate::types::typeobject::tp_name;
use crate::types::{bytes, exceptions};
use crate::{name, raise};
use std::ffi::CStr;
use std::ptr;

const ERRORS: &CStr = c"surrogateescape";

fn codec() -> &'static FileSystemCodec {
    // SAFETY: attached; the interpreter's start set it.
    unsafe { &(*state::interp()).unicode.file_system }
}

/// Sets an interpreter's codec; copies are taken. False without memory.
pub fn set_codec(codec: &mut FileSystemCodec, encoding: &CStr, errors: &CStr, through: CodecThrough) -> bool {
    let copy = |text: &CStr| {
        let text = text.to_bytes_with_nul();
        let place = domains::raw_malloc(text.len()).cast::<u8>();
        if !place.is_null() {
            // SAFETY: fresh, and as long.
            unsafe { place.copy_from_nonoverlapping(text.as_ptr(), text.len()) };
        }
        place.cast::<c_char>()
    };
    clear_codec(codec);
    codec.encoding = copy(encoding);
    codec.errors = copy(errors);
    codec.through = through;
    !codec.encoding.is_null() && !codec.errors.is_null()
}

/// The interpreter goes.
pub fn clear_codec(codec: &mut FileSystemCodec) {
    for place in [&mut codec.encoding, &mut codec.errors] {
        // SAFETY: the codec's own.
        unsafe { domains::raw_free(ptr::replace(place, ptr::null_mut()).cast()) };
    }
    codec.through = CodecThrough::Utf8;
}

fn text(place: *const c_char, default: &'static CStr) -> &'static CStr {
    // SAFETY: the codec's own; it stays while the interpreter does.
    if place.is_null() { default } else { unsafe { CStr::from_ptr(place) } }
}

/// The encoding's name (`sys.getfilesystemencoding`).
pub fn encoding() -> &'static CStr {
    text(codec().encoding, c"utf-8")
}

/// What becomes of names that can't be decoded or encoded (`sys.getfilesystemencodeerrors`).
pub fn errors() -> &'static CStr {
    text(codec().errors, ERRORS)
}

/// `PyUnicode_DecodeFSDefaultAndSize`.
pub fn decode(text: &[u8]) -> Result<Owned> {
    match codec().through {
        CodecThrough::Utf8 => utf8::decode(text, Some(errors()), None),
        CodecThrough::Registry => registry::decode_bytes(text, Some(encoding()), Some(errors())),
        CodecThrough::Locale => match locale::decode(text, Handler::named(Some(errors()))) {
            Ok(chars) => new::from_chars(Chars::Ucs4(&chars)),
            Err(failure) => {
                let (at, name) = (place_of(failure), encoding().to_string_lossy());
                let exception = exceptions::new_decode_error(&name, Some(text), at, at + 1, ILLEGAL)?;
                Err(super::errors::raise_exception(&exception))
            }
        },
    }
}

/// `PyUnicode_EncodeFSDefault`. `s` is a str.
pub fn encode(s: &Object) -> Result<Owned> {
    match codec().through {
        CodecThrough::Utf8 => utf8::encode(s, Some(errors())),
        CodecThrough::Registry => registry::encode_str(s, Some(encoding()), Some(errors())),
        CodecThrough::Locale => match locale::encode(layout::chars(s).iter(), Handler::named(Some(errors()))) {
            Ok(text) => bytes::from_slice(&text),
            Err(failure) => {
                let (at, name) = (place_of(failure), encoding().to_string_lossy());
                Err(exceptions::raise_encode_error(&name, s, at, at + 1, ILLEGAL))
            }
        },
    }
}

/// What CPython's codecs for several bytes say.
const ILLEGAL: &str = "illegal multibyte sequence";

/// Other handlers than the two that locales know are refused at the start.
fn place_of(failure: Failure) -> isize {
    match failure {
        Failure::At(at, _) => at as isize,
        Failure::Handler => 0,
    }
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
