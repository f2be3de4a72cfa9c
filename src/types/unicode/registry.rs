//! The codec registry: search functions, what they found, error handlers by name.
//!
//! CPython's codecs are found by its `encodings` package, which is Python code. Here the first search is native: it
//! knows the codecs of this library under their usual names (`codecs.rs`). Search functions that were registered come
//! behind it, as they come behind `encodings`.

use super::{check, codecs, handlers, latin1, layout, new, utf8, utf16};
use crate::abi::*;
use crate::name;
use crate::object::{Object, Owned, Raised, Result, buffers, error};
use crate::raise;
use crate::state;
use crate::types::typeobject::tp_name;
use crate::types::{bytes, dict, list, long, tuple};
use std::ffi::CStr;

/// An encoding's name as the registry knows it: lower case, and runs of what is no letter, digit or "." as one "_".
pub fn normalize(encoding: &str) -> String {
    let mut out = String::with_capacity(encoding.len());
    let mut gap = false;
    for c in encoding.chars() {
        if c.is_ascii_alphanumeric() || c == '.' {
            if gap && !out.is_empty() {
                out.push('_');
            }
            gap = false;
            out.push(c.to_ascii_lowercase());
        } else {
            gap = true;
        }
    }
    out
}

/// The object in a place of the interpreter's state, made when it is first asked for.
fn state_object(place: *mut *mut PyObject, make: fn() -> Result<Owned>) -> Result<&'static Object> {
    // SAFETY: attached; the interpreter owns what is in the place.
    unsafe {
        if (*place).is_null() {
            *place = make()?.into_raw();
        }
        Ok(Object::from_ptr(*place))
    }
}

fn search_path() -> Result<&'static Object> {
    // SAFETY: attached.
    state_object(unsafe { &raw mut (*state::interp()).unicode.codec_search_path }, list::new)
}

/// What searches have found, and what was made for it: a dict.
pub fn cache() -> Result<&'static Object> {
    // SAFETY: attached.
    state_object(unsafe { &raw mut (*state::interp()).unicode.codec_cache }, dict::new)
}

fn error_handlers() -> Result<&'static Object> {
    // SAFETY: attached.
    state_object(unsafe { &raw mut (*state::interp()).unicode.codec_errors }, || {
        let map = dict::new()?;
        for (i, (name, _)) in handlers::TABLE.iter().enumerate() {
            dict::set_str(&map, name, &*handlers::callable(i)?)?;
        }
        Ok(map)
    })
}

/// The interpreter ends: gives up what its registry has.
pub fn clear(unicode: &mut state::UnicodeState) {
    for place in [&mut unicode.codec_search_path, &mut unicode.codec_cache, &mut unicode.codec_errors] {
        // SAFETY: the place owned it.
        drop(unsafe { Owned::optional(std::mem::replace(place, std::ptr::null_mut())) });
    }
}

/// `PyCodec_Register`.
pub fn register(search: &Object) -> Result<()> {
    if !search.is_callable() {
        return Err(raise!(TypeError, "argument must be callable"));
    }
    list::append(search_path()?, search)
}

/// `PyCodec_Unregister`.
pub fn unregister(search: &Object) -> Result<()> {
    let path = search_path()?;
    for i in 0..list::len(path) {
        if list::get(path, i).is_some_and(|one| one.is(search)) {
            dict::clear(cache()?);
            return path.delitem(&*long::from_i64(i as i64)?);
        }
    }
    Ok(())
}

/// `_PyCodec_Lookup`: the tuple that a search gave. `LookupError` if there is none.
pub fn lookup(encoding: &str) -> Result<Owned> {
    let normal = super::intern_str(&normalize(encoding))?;
    if let Some(found) = dict::get(cache()?, &normal)? {
        return Ok(found);
    }
    let found = match codecs::find(super::as_str(&normal)?)? {
        Some(found) => found,
        None => search_registered(encoding, &normal)?,
    };
    dict::set(cache()?, &normal, &found)?;
    Ok(found)
}

fn search_registered(encoding: &str, normal: &Object) -> Result<Owned> {
    let path = search_path()?;
    let mut i = 0;
    while let Some(search) = list::get(path, i) {
        i += 1;
        let found = search.call(&[normal])?;
        if found.is_none() {
            continue;
        }
        if !tuple::check(&found) || tuple::items(&found).len() != 4 {
            return Err(raise!(TypeError, "codec search functions must return 4-tuples"));
        }
        return Ok(found);
    }
    Err(raise!(LookupError, "unknown encoding: {encoding}"))
}

/// `PyCodec_KnownEncoding`.
pub fn is_known(encoding: &str) -> bool {
    let found = lookup(encoding);
    if found.is_err() {
        error::clear();
    }
    found.is_ok()
}

/// A part of what the search gave: 0 the encoder, 1 the decoder, 2 the stream reader, 3 the stream writer.
pub fn part(encoding: &str, i: usize) -> Result<Owned> {
    let found = lookup(encoding)?;
    Ok(tuple::items(&found)[i].to_owned())
}

/// An incremental encoder or decoder, made by the codec's class for them.
pub fn incremental(encoding: &str, attribute: &Object, errors: Option<&CStr>) -> Result<Owned> {
    let make = lookup(encoding)?.getattr(attribute)?;
    match errors {
        Some(errors) => make.call(&[&*text_of(errors)?]),
        None => make.call(&[]),
    }
}

/// A stream reader or writer.
pub fn stream(encoding: &str, i: usize, stream: &Object, errors: Option<&CStr>) -> Result<Owned> {
    let make = part(encoding, i)?;
    match errors {
        Some(errors) => make.call(&[stream, &*text_of(errors)?]),
        None => make.call(&[stream]),
    }
}

fn text_of(text: &CStr) -> Result<Owned> {
    super::from_utf8(text.to_bytes())
}

/// Calls an encoder or decoder, and takes the object out of the pair that it answers.
fn run(function: &Object, object: &Object, encoding: &str, errors: Option<&CStr>, encode: bool) -> Result<Owned> {
    let result = match errors {
        Some(errors) => function.call(&[object, &*text_of(errors)?]),
        None => function.call(&[object]),
    };
    let pair = result.map_err(|raised| with_note(raised, encoding, encode))?;
    if !tuple::check(&pair) || tuple::items(&pair).len() != 2 {
        return Err(if encode {
            raise!(TypeError, "encoder must return a tuple (object, integer)")
        } else {
            raise!(TypeError, "decoder must return a tuple (object,integer)")
        });
    }
    Ok(tuple::items(&pair)[0].to_owned())
}

/// Adds to an exception which codec it came from.
fn with_note(raised: Raised, encoding: &str, encode: bool) -> Raised {
    let exception = error::caught(raised);
    let what = if encode { "encoding" } else { "decoding" };
    let note = new::from_str(&format!("{what} with '{encoding}' codec failed"));
    let added = note.and_then(|note| exception.call_method(name!(add_note), &[&note]));
    if added.is_err() {
        error::clear();
    }
    error::restore(exception)
}

/// `PyCodec_Encode`.
pub fn encode(object: &Object, encoding: &str, errors: Option<&CStr>) -> Result<Owned> {
    run(&*part(encoding, 0)?, object, encoding, errors, true)
}

/// `PyCodec_Decode`.
pub fn decode(object: &Object, encoding: &str, errors: Option<&CStr>) -> Result<Owned> {
    run(&*part(encoding, 1)?, object, encoding, errors, false)
}

/// The codec of a text encoding: one between str and bytes, as its entry says.
fn lookup_text(encoding: &str, alternative: &str) -> Result<Owned> {
    let found = lookup(encoding)?;
    if !tuple::check_exact(&found)
        && let Some(is_text) = found.getattr_optional(name!(_is_text_encoding))?
        && !is_text.is_true()?
    {
        return Err(raise!(
            LookupError,
            "'{encoding:.400}' is not a text encoding; use {alternative} to handle arbitrary codecs"
        ));
    }
    Ok(found)
}

/// The codecs that `PyUnicode_Decode` and `_AsEncodedString` know without the registry.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Known {
    Utf8,
    Utf16,
    Utf32,
    Ascii,
    Latin1,
}

/// `encoding` is a common name of one of them.
pub fn known(encoding: &CStr) -> Option<Known> {
    match encoding.to_bytes() {
        b"utf-8" | b"utf8" | b"UTF-8" | b"utf_8" => return Some(Known::Utf8),
        b"latin-1" | b"latin1" | b"iso-8859-1" => return Some(Known::Latin1),
        b"ascii" => return Some(Known::Ascii),
        _ => {}
    }
    let name = encoding.to_str().ok().filter(|name| name.len() <= 12)?;
    let normal = normalize(name);
    Some(match normal.as_str() {
        "utf_8" | "utf8" => Known::Utf8,
        "utf_16" | "utf16" => Known::Utf16,
        "utf_32" | "utf32" => Known::Utf32,
        "ascii" | "us_ascii" => Known::Ascii,
        "latin1" | "latin_1" | "iso_8859_1" | "iso8859_1" => Known::Latin1,
        _ => return None,
    })
}

/// `PyUnicode_AsEncodedString`: a bytes object. `s` is a str; without an encoding it is UTF-8.
pub fn encode_str(s: &Object, encoding: Option<&CStr>, errors: Option<&CStr>) -> Result<Owned> {
    let Some(encoding) = encoding else { return utf8::encode(s, errors) };
    if let Some(known) = known(encoding) {
        return match known {
            Known::Utf8 => utf8::encode(s, errors),
            Known::Utf16 => utf16::encode_utf16(s, errors, 0),
            Known::Utf32 => utf16::encode_utf32(s, errors, 0),
            Known::Ascii => latin1::encode_ascii(s, errors),
            Known::Latin1 => latin1::encode_latin1(s, errors),
        };
    }
    let encoding = encoding.to_string_lossy();
    let found = lookup_text(&encoding, "codecs.encode()")?;
    let result = run(tuple::items(&found)[0], s, &encoding, errors, true)?;
    if bytes::check(&result) {
        return Ok(result);
    }
    if crate::types::bytearray::check(&result) {
        let text = format!(
            "encoder {encoding} returned bytearray instead of bytes; use codecs.encode() to encode to arbitrary types"
        );
        crate::types::exceptions::warn(&raw mut crate::types::exceptions::RuntimeWarning, 1, &text)?;
        return buffers::copy(&result);
    }
    Err(raise!(
        TypeError,
        "'{encoding:.400}' encoder returned '{:.400}' instead of 'bytes'; use codecs.encode() to encode to arbitrary \
        types",
        tp_name(result.ty())
    ))
}

/// `PyUnicode_Decode`: a str; without an encoding it is UTF-8.
pub fn decode_bytes(input: &[u8], encoding: Option<&CStr>, errors: Option<&CStr>) -> Result<Owned> {
    let Some(encoding) = encoding else { return utf8::decode(input, errors, None) };
    if let Some(known) = known(encoding) {
        return match known {
            Known::Utf8 => utf8::decode(input, errors, None),
            Known::Utf16 => utf16::decode_utf16(input, errors, &mut 0, None),
            Known::Utf32 => utf16::decode_utf32(input, errors, &mut 0, None),
            Known::Ascii => latin1::decode_ascii(input, errors),
            Known::Latin1 => latin1::decode_latin1(input),
        };
    }
    let encoding = encoding.to_string_lossy();
    let found = lookup_text(&encoding, "codecs.decode()")?;
    let object = bytes::from_slice(input)?;
    let result = run(tuple::items(&found)[1], &object, &encoding, errors, false)?;
    if !check(&result) {
        return Err(raise!(
            TypeError,
            "'{encoding:.400}' decoder returned '{:.400}' instead of 'str'; use codecs.decode() to decode to arbitrary \
            types",
            tp_name(result.ty())
        ));
    }
    Ok(result)
}

/// `PyUnicode_FromEncodedObject`: decodes what exports a buffer.
pub fn from_encoded_object(object: &Object, encoding: Option<&CStr>, errors: Option<&CStr>) -> Result<Owned> {
    if bytes::check(object) {
        let input = bytes::as_slice(object);
        return if input.is_empty() { Ok(new::empty()) } else { decode_bytes(input, encoding, errors) };
    }
    if check(object) {
        return Err(raise!(TypeError, "decoding str is not supported"));
    }
    if !buffers::supported(object) {
        return Err(raise!(TypeError, "decoding to str: need a bytes-like object, {:.80} found", tp_name(object.ty())));
    }
    let input = buffers::copy(object)?;
    if bytes::as_slice(&input).is_empty() {
        return Ok(new::empty());
    }
    decode_bytes(bytes::as_slice(&input), encoding, errors)
}

/// `PyCodec_RegisterError`.
pub fn register_error(name: &CStr, handler: &Object) -> Result<()> {
    if !handler.is_callable() {
        return Err(raise!(TypeError, "handler must be callable"));
    }
    dict::set(error_handlers()?, &*text_of(name)?, handler)
}

/// The error handler registered under `name`; "strict" for `None`. `LookupError` if there is none.
pub fn lookup_error(name: Option<&CStr>) -> Result<Owned> {
    let name = name.unwrap_or(c"strict");
    match dict::get(error_handlers()?, &*text_of(name)?)? {
        Some(handler) => Ok(handler),
        None => Err(raise!(LookupError, "unknown error handler name '{:.400}'", name.to_string_lossy())),
    }
}

/// How many characters an encoder took: all of them.
pub fn encoded_pair(bytes: Owned, s: &Object) -> Result<Owned> {
    tuple::from_owned(vec![bytes, long::from_i64(layout::len(s) as i64)?])
}
