//! `unicodeobject.h`: the codecs.

use super::codecs::optional;
use super::unicodeobject::c_bytes;
use crate::abi::*;
use crate::object::{Object, Owned, Result, api, error, raw_bytes};
use crate::raise;
use crate::types::typeobject::tp_name;
use crate::types::unicode::{charmap, check, checked, escapes, latin1, locale, paths, registry, utf7, utf8, utf16};
use std::ffi::CStr;
use std::ptr;

/// The place for how much was decoded, which may be NULL.
///
/// # Safety
/// `place` is NULL or valid.
unsafe fn tell(place: *mut Py_ssize_t, n: usize) {
    if !place.is_null() {
        // SAFETY: the caller's word.
        unsafe { *place = n as isize };
    }
}

/// What `decode` makes, told in `place`, if that is not NULL, how much it took.
///
/// # Safety
/// `place` is NULL or valid.
unsafe fn telling(place: *mut Py_ssize_t, decode: impl FnOnce(Option<&mut usize>) -> Result) -> Result {
    let mut n = 0;
    let text = decode((!place.is_null()).then_some(&mut n))?;
    // SAFETY: the caller's word.
    unsafe { tell(place, n) };
    Ok(text)
}

/// "utf-8". No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_GetDefaultEncoding() -> *const c_char {
    c"utf-8".as_ptr()
}

/// Decodes bytes; without an encoding it is UTF-8. New reference; `LookupError`, and what the codec raises.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Decode(
    s: *const c_char,
    size: Py_ssize_t,
    encoding: *const c_char,
    errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { registry::decode_bytes(raw_bytes(s, size), optional(encoding), optional(errors)) })
}

/// Decodes what exports a buffer. New reference; `TypeError` for a str and others, `LookupError`, what the codec
/// raises.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromEncodedObject(
    obj: *mut PyObject,
    encoding: *const c_char,
    errors: *const c_char,
) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        unsafe {
            match Object::optional(obj) {
                Some(obj) => registry::from_encoded_object(obj, optional(encoding), optional(errors)),
                None => Err(error::bad_internal_call()),
            }
        }
    })
}

/// Encodes a str; without an encoding it is UTF-8. New bytes; `TypeError`, `LookupError`, what the codec raises.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsEncodedString(
    s: *mut PyObject,
    encoding: *const c_char,
    errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { registry::encode_str(checked(s)?, optional(encoding), optional(errors)) })
}

/// The name of an encoding; UTF-8 for NULL.
///
/// # Safety
/// `encoding` is NULL or a C string.
unsafe fn or_default<'a>(encoding: *const c_char) -> std::borrow::Cow<'a, str> {
    // SAFETY: the caller's word.
    unsafe { optional(encoding) }.unwrap_or(c"utf-8").to_string_lossy()
}

/// Decodes a str by a codec that takes one. New reference; `TypeError`, `LookupError`, what the codec raises.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsDecodedObject(
    s: *mut PyObject,
    encoding: *const c_char,
    errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { registry::decode(checked(s)?, &or_default(encoding), optional(errors)) })
}

/// What a codec gave, if it is a str: `TypeError`, with the type that the message names.
fn str_only(verb: &str, encoding: &str, result: Owned, named: *mut PyTypeObject) -> Result {
    if check(&result) {
        return Ok(result);
    }
    let got = tp_name(named);
    Err(raise!(
        TypeError,
        "'{encoding:.400}' {verb}r returned '{got:.400}' instead of 'str'; use codecs.{verb}() to {verb} to arbitrary \
        types"
    ))
}

/// As `PyUnicode_AsDecodedObject`; `TypeError` unless the result is a str.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsDecodedUnicode(
    s: *mut PyObject,
    encoding: *const c_char,
    errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let (encoding, s) = (or_default(encoding), checked(s)?);
        let result = registry::decode(s, &encoding, optional(errors))?;
        // CPython names the type of what was decoded, not of the result.
        str_only("decode", &encoding, result, s.ty())
    })
}

/// Encodes a str by a codec that may give anything. New reference; `TypeError`, `LookupError`, what the codec raises.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsEncodedObject(
    s: *mut PyObject,
    encoding: *const c_char,
    errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { registry::encode(checked(s)?, &or_default(encoding), optional(errors)) })
}

/// As `PyUnicode_AsEncodedObject`; `TypeError` unless the result is a str.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsEncodedUnicode(
    s: *mut PyObject,
    encoding: *const c_char,
    errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let encoding = or_default(encoding);
        let result = registry::encode(checked(s)?, &encoding, optional(errors))?;
        let got = result.ty();
        str_only("encode", &encoding, result, got)
    })
}

/// Decodes UTF-8. New reference; `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUTF8(
    string: *const c_char,
    length: Py_ssize_t,
    errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { utf8::decode(raw_bytes(string, length), optional(errors), None) })
}

/// As `PyUnicode_DecodeUTF8`; unless `consumed` is NULL, an incomplete end is left, and how much was taken told.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUTF8Stateful(
    string: *const c_char,
    length: Py_ssize_t,
    errors: *const c_char,
    consumed: *mut Py_ssize_t,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { telling(consumed, |n| utf8::decode(raw_bytes(string, length), optional(errors), n)) })
}

/// Decodes UTF-7. New reference; `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUTF7(
    string: *const c_char,
    length: Py_ssize_t,
    errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { utf7::decode(raw_bytes(string, length), optional(errors), None) })
}

/// As `PyUnicode_DecodeUTF7`; unless `consumed` is NULL, an incomplete end is left, and how much was taken told.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUTF7Stateful(
    string: *const c_char,
    length: Py_ssize_t,
    errors: *const c_char,
    consumed: *mut Py_ssize_t,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { telling(consumed, |n| utf7::decode(raw_bytes(string, length), optional(errors), n)) })
}

/// Decodes UTF-16. `byteorder` names the order (-1 little, 1 big, 0 native unless there is a mark) and is told it. New
/// reference; `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUTF16(
    string: *const c_char,
    length: Py_ssize_t,
    errors: *const c_char,
    byteorder: *mut c_int,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { PyUnicode_DecodeUTF16Stateful(string, length, errors, byteorder, ptr::null_mut()) }
}

/// A decoder of units that are wider than a byte: the text, the order of bytes that was found, how many were taken.
type WideDecoder = fn(&[u8], Option<&CStr>, &mut i32, Option<&mut usize>) -> Result;

/// # Safety
/// As the exports that use it: `errors`, `byteorder` and `consumed` are NULL or valid.
unsafe fn decode_wide(
    decode: WideDecoder,
    text: &[u8],
    errors: *const c_char,
    byteorder: *mut c_int,
    consumed: *mut Py_ssize_t,
) -> Result {
    // SAFETY: the caller's word.
    unsafe {
        let mut n = 0;
        let mut order = if byteorder.is_null() { 0 } else { *byteorder };
        let wanted = (!consumed.is_null()).then_some(&mut n);
        let text = decode(text, optional(errors), &mut order, wanted);
        if !byteorder.is_null() {
            *byteorder = order;
        }
        let text = text?;
        tell(consumed, n);
        Ok(text)
    }
}

/// As `PyUnicode_DecodeUTF16`; unless `consumed` is NULL, an incomplete end is left, and how much was taken told.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUTF16Stateful(
    string: *const c_char,
    length: Py_ssize_t,
    errors: *const c_char,
    byteorder: *mut c_int,
    consumed: *mut Py_ssize_t,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { decode_wide(utf16::decode_utf16, raw_bytes(string, length), errors, byteorder, consumed) })
}

/// UTF-16 in native order with a mark. New bytes; `TypeError`, `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsUTF16String(s: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { _PyUnicode_EncodeUTF16(s, ptr::null(), 0) }
}

/// UTF-16 in the order that `byteorder` names (0 is native with a mark). New bytes; `TypeError`, `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicode_EncodeUTF16(
    s: *mut PyObject,
    errors: *const c_char,
    byteorder: c_int,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { utf16::encode_utf16(checked(s)?, optional(errors), byteorder) })
}

/// Decodes UTF-32. `byteorder` names the order (-1 little, 1 big, 0 native unless there is a mark) and is told it. New
/// reference; `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUTF32(
    string: *const c_char,
    length: Py_ssize_t,
    errors: *const c_char,
    byteorder: *mut c_int,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { PyUnicode_DecodeUTF32Stateful(string, length, errors, byteorder, ptr::null_mut()) }
}

/// As `PyUnicode_DecodeUTF32`; unless `consumed` is NULL, an incomplete end is left, and how much was taken told.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUTF32Stateful(
    string: *const c_char,
    length: Py_ssize_t,
    errors: *const c_char,
    byteorder: *mut c_int,
    consumed: *mut Py_ssize_t,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { decode_wide(utf16::decode_utf32, raw_bytes(string, length), errors, byteorder, consumed) })
}

/// UTF-32 in native order with a mark. New bytes; `TypeError`, `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsUTF32String(s: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { _PyUnicode_EncodeUTF32(s, ptr::null(), 0) }
}

/// UTF-32 in the order that `byteorder` names (0 is native with a mark). New bytes; `TypeError`, `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicode_EncodeUTF32(
    s: *mut PyObject,
    errors: *const c_char,
    byteorder: c_int,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { utf16::encode_utf32(checked(s)?, optional(errors), byteorder) })
}

/// Decodes Latin-1, which never fails. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeLatin1(
    string: *const c_char,
    length: Py_ssize_t,
    _errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { latin1::decode_latin1(raw_bytes(string, length)) })
}

/// Decodes ASCII. New reference; `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeASCII(
    string: *const c_char,
    length: Py_ssize_t,
    errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { latin1::decode_ascii(raw_bytes(string, length), optional(errors)) })
}

/// Decodes the escapes of a str literal. New reference; `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeUnicodeEscape(
    string: *const c_char,
    length: Py_ssize_t,
    errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { escapes::decode_warning(raw_bytes(string, length), optional(errors)) })
}

/// Decodes `\u` and `\U` escapes. New reference; `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeRawUnicodeEscape(
    string: *const c_char,
    length: Py_ssize_t,
    errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { escapes::decode_raw(raw_bytes(string, length), optional(errors), None) })
}

/// Decodes through a mapping; Latin-1 if it is NULL. New reference; `UnicodeDecodeError`, `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeCharmap(
    string: *const c_char,
    length: Py_ssize_t,
    mapping: *mut PyObject,
    errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { charmap::decode(raw_bytes(string, length), Object::optional(mapping), optional(errors)) })
}

/// UTF-8. New bytes; `TypeError`, `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsUTF8String(s: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { utf8::encode(checked(s)?, None) })
}

/// Latin-1. New bytes; `TypeError`, `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsLatin1String(s: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { latin1::encode_latin1(checked(s)?, None) })
}

/// ASCII. New bytes; `TypeError`, `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsASCIIString(s: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { latin1::encode_ascii(checked(s)?, None) })
}

/// The escapes of a str literal. New bytes; `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsUnicodeEscapeString(s: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { escapes::encode(checked(s)?) })
}

/// `\u` and `\U` escapes above Latin-1. New bytes; `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsRawUnicodeEscapeString(s: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { escapes::encode_raw(checked(s)?) })
}

/// UTF-8 with an error handler. New bytes; `TypeError`, `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicode_AsUTF8String(s: *mut PyObject, errors: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { utf8::encode(checked(s)?, optional(errors)) })
}

/// Encodes through a mapping. New bytes; `TypeError`, `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsCharmapString(s: *mut PyObject, mapping: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        match (Object::optional(s), Object::optional(mapping)) {
            (Some(s), Some(mapping)) if check(s) => charmap::encode(s, Some(mapping), None),
            _ => Err(error::bad_argument()),
        }
    })
}

/// A map for `PyUnicode_AsCharmapString` from a table of 256 characters. New reference; `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_BuildEncodingMap(string: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        match Object::optional(string) {
            Some(table) => charmap::build_map(table),
            None => Err(error::bad_argument()),
        }
    })
}

/// Decodes a str literal's text and tells of the first invalid escape. New reference; `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicode_DecodeUnicodeEscapeInternal2(
    string: *const c_char,
    length: Py_ssize_t,
    errors: *const c_char,
    consumed: *mut Py_ssize_t,
    first_invalid_escape_char: *mut c_int,
    first_invalid_escape_ptr: *mut *const c_char,
) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        unsafe {
            *first_invalid_escape_char = -1;
            *first_invalid_escape_ptr = ptr::null();
            let mut n = 0;
            let wanted = (!consumed.is_null()).then_some(&mut n);
            let (text, invalid) = escapes::decode(raw_bytes(string, length), optional(errors), wanted)?;
            tell(consumed, n);
            if let Some(invalid) = invalid {
                *first_invalid_escape_char = invalid.value as c_int;
                if errors.is_null() {
                    *first_invalid_escape_ptr = string.add(invalid.at);
                }
            }
            Ok(text)
        }
    })
}

/// Decodes a C string of the locale's encoding. New reference; `ValueError` for another error handler than "strict" and
/// "surrogateescape", `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeLocale(string: *const c_char, errors: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { locale::decode_str(c_bytes(string), optional(errors)) })
}

/// As `PyUnicode_DecodeLocale` with a length; `ValueError` for an embedded NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeLocaleAndSize(
    string: *const c_char,
    length: Py_ssize_t,
    errors: *const c_char,
) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract: a NUL stands at the end.
        unsafe {
            let text = std::slice::from_raw_parts(string.cast::<u8>(), length.max(0) as usize + 1);
            let (last, text) = text.split_last().expect("not empty");
            if *last != 0 || text.contains(&0) {
                return Err(raise!(ValueError, "embedded null byte"));
            }
            locale::decode_str(text, optional(errors))
        }
    })
}

/// Encodes in the locale's encoding. New bytes; `ValueError` for an embedded NUL, `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_EncodeLocale(s: *mut PyObject, errors: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { locale::encode_str(checked(s)?, optional(errors)) })
}

/// Decodes a C string of the file system's encoding. New reference; `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeFSDefault(s: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| paths::decode(unsafe { c_bytes(s) }))
}

/// As `PyUnicode_DecodeFSDefault` with a length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DecodeFSDefaultAndSize(s: *const c_char, size: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| paths::decode(unsafe { raw_bytes(s, size) }))
}

/// Encodes in the file system's encoding. New bytes; `TypeError`, `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_EncodeFSDefault(s: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| paths::encode(unsafe { checked(s) }?))
}

/// The converter "O&" of a path to bytes: `*(PyObject **)result` becomes a new reference. 1, or `Py_CLEANUP_SUPPORTED`;
/// 0 with `TypeError`, `ValueError`, `UnicodeEncodeError`. With `arg` NULL it gives the reference up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FSConverter(arg: *mut PyObject, result: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { convert(arg, result.cast(), paths::to_bytes) }
}

/// The converter "O&" of a path to a str, as `PyUnicode_FSConverter`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FSDecoder(arg: *mut PyObject, result: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { convert(arg, result.cast(), paths::to_str) }
}

/// # Safety
/// `arg` is NULL or alive; `place` is valid, and owns its object if `arg` is NULL.
unsafe fn convert(arg: *mut PyObject, place: *mut *mut PyObject, how: fn(&Object) -> Result) -> c_int {
    // SAFETY: the caller's word.
    unsafe {
        let Some(arg) = Object::optional(arg) else {
            crate::mem::refcount::clear(place);
            return 1;
        };
        match how(arg) {
            Ok(converted) => {
                *place = converted.into_raw();
                Py_CLEANUP_SUPPORTED
            }
            Err(_) => 0,
        }
    }
}
