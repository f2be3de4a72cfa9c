//! `codecs.h`.

use crate::abi::*;
use crate::name;
use crate::object::{Object, Result, api, error};
use crate::types::unicode::errors::Handler;
use crate::types::unicode::{handlers, registry};
use std::ffi::CStr;

/// A C string that may be NULL.
///
/// # Safety
/// `text` is NULL or a C string that lives for `'a`.
pub(super) unsafe fn optional<'a>(text: *const c_char) -> Option<&'a CStr> {
    // SAFETY: the caller's word.
    (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) })
}

/// The name of an encoding; `SystemError` for NULL.
///
/// # Safety
/// `text` is NULL or a C string that lives for `'a`.
unsafe fn encoding_name<'a>(text: *const c_char) -> Result<std::borrow::Cow<'a, str>> {
    // SAFETY: the caller's word.
    match unsafe { optional(text) } {
        Some(text) => Ok(text.to_string_lossy()),
        None => Err(error::bad_argument()),
    }
}

/// The digits of hexadecimal numbers.
#[unsafe(no_mangle)]
pub static mut Py_hexdigits: *const c_char = c"0123456789abcdef".as_ptr();

/// Adds a search function. -1 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_Register(search_function: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        match unsafe { Object::optional(search_function) } {
            Some(search) => registry::register(search),
            None => Err(error::bad_argument()),
        }
    })
}

/// Takes a search function away, and all that searches have found. 0 even if it is not there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_Unregister(search_function: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| registry::unregister(unsafe { Object::new(search_function) }?))
}

/// 1 if there is a codec for `encoding`, else 0. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_KnownEncoding(encoding: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    match unsafe { encoding_name(encoding) } {
        Ok(encoding) => registry::is_known(&encoding).into(),
        Err(_) => {
            error::clear();
            0
        }
    }
}

/// Encodes an object. New reference; `LookupError`, and what the codec raises.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_Encode(
    object: *mut PyObject,
    encoding: *const c_char,
    errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { registry::encode(Object::new(object)?, &*encoding_name(encoding)?, optional(errors)) })
}

/// Decodes an object. New reference; `LookupError`, and what the codec raises.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_Decode(
    object: *mut PyObject,
    encoding: *const c_char,
    errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { registry::decode(Object::new(object)?, &*encoding_name(encoding)?, optional(errors)) })
}

/// The encoder of an encoding. New reference; `LookupError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_Encoder(encoding: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| registry::part(&*unsafe { encoding_name(encoding) }?, 0))
}

/// The decoder of an encoding. New reference; `LookupError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_Decoder(encoding: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| registry::part(&*unsafe { encoding_name(encoding) }?, 1))
}

/// A new incremental encoder. New reference; `LookupError`; `AttributeError` if the codec has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_IncrementalEncoder(encoding: *const c_char, errors: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { registry::incremental(&*encoding_name(encoding)?, name!(incrementalencoder), optional(errors)) })
}

/// A new incremental decoder. New reference; `LookupError`; `AttributeError` if the codec has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_IncrementalDecoder(encoding: *const c_char, errors: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { registry::incremental(&*encoding_name(encoding)?, name!(incrementaldecoder), optional(errors)) })
}

/// A new stream reader. New reference; `LookupError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_StreamReader(
    encoding: *const c_char,
    stream: *mut PyObject,
    errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { registry::stream(&*encoding_name(encoding)?, 2, Object::new(stream)?, optional(errors)) })
}

/// A new stream writer. New reference; `LookupError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_StreamWriter(
    encoding: *const c_char,
    stream: *mut PyObject,
    errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { registry::stream(&*encoding_name(encoding)?, 3, Object::new(stream)?, optional(errors)) })
}

/// Registers an error handler under a name. -1 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_RegisterError(name: *const c_char, error: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { registry::register_error(CStr::from_ptr(name), Object::new(error)?) })
}

/// The error handler of a name; "strict" for NULL. New reference; `LookupError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_LookupError(name: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| registry::lookup_error(unsafe { optional(name) }))
}

/// # Safety
/// `exc` is NULL or alive.
unsafe fn handle(handler: Handler, exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's word.
    api(|| handlers::apply(handler, unsafe { Object::new(exc) }?))
}

/// Raises the exception. NULL always.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_StrictErrors(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { handle(Handler::Strict, exc) }
}

/// The handler "ignore". New tuple; `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_IgnoreErrors(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { handle(Handler::Ignore, exc) }
}

/// The handler "replace". New tuple; `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_ReplaceErrors(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { handle(Handler::Replace, exc) }
}

/// The handler "xmlcharrefreplace". New tuple; `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_XMLCharRefReplaceErrors(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { handle(Handler::XmlCharRefReplace, exc) }
}

/// The handler "backslashreplace". New tuple; `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_BackslashReplaceErrors(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { handle(Handler::BackslashReplace, exc) }
}

/// The handler "namereplace". New tuple; `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCodec_NameReplaceErrors(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { handle(Handler::NameReplace, exc) }
}
