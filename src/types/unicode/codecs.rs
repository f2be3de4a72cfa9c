//! The native codecs, as the registry hands them out: a tuple of four, with the attributes of CPython's `CodecInfo`
//! for what such a tuple has. Incremental codecs and streams are Python code in CPython; they are not provided, and
//! their places hold None.

use super::registry::encoded_pair;
use super::{check, escapes, latin1, utf7, utf8, utf16};
use crate::abi::*;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, api, buffers};
use crate::types::boolobject::from_bool;
use crate::types::typeobject::{PyType_Type, tp_name};
use crate::types::{bytes, cfunction, long, none, tuple};
use crate::{name, raise};
use std::ffi::CStr;
use std::ptr;

type Encode = fn(&Object, Option<&CStr>) -> Result<Owned>;
/// Gives the text and how many bytes it took.
type Decode = fn(&[u8], Option<&CStr>) -> Result<(Owned, usize)>;

struct Codec {
    /// The name that `CodecInfo.name` shows.
    name: &'static str,
    /// Normalised names: that of the codec, and others it is known by.
    names: &'static [&'static str],
    encode: Encode,
    decode: Decode,
}

fn all(decoded: Result<Owned>, input: &[u8]) -> Result<(Owned, usize)> {
    Ok((decoded?, input.len()))
}

macro_rules! ordered {
    ($encode:ident, $decode:ident, $order:expr) => {
        (
            (|s, errors| utf16::$encode(s, errors, $order)) as Encode,
            (|input, errors| all(utf16::$decode(input, errors, &mut { $order }, None), input)) as Decode,
        )
    };
}

const fn codec(name: &'static str, names: &'static [&'static str], pair: (Encode, Decode)) -> Codec {
    Codec { name, names, encode: pair.0, decode: pair.1 }
}

/// The names are those of `encodings.aliases`.
static CODECS: [Codec; 13] = [
    codec(
        "utf-8",
        &["utf_8", "utf8", "u8", "utf", "utf8_ucs2", "utf8_ucs4", "cp65001"],
        (utf8::encode, |input, errors| all(utf8::decode(input, errors, None), input)),
    ),
    codec("utf-8-sig", &["utf_8_sig"], (encode_with_mark, decode_with_mark)),
    codec(
        "utf-7",
        &["utf_7", "utf7", "u7", "unicode_1_1_utf_7"],
        (|s, _| utf7::encode(s), |input, errors| all(utf7::decode(input, errors, None), input)),
    ),
    codec("utf-16", &["utf_16", "utf16", "u16"], ordered!(encode_utf16, decode_utf16, 0)),
    codec("utf-16-le", &["utf_16_le", "utf_16le", "unicodelittleunmarked"], ordered!(encode_utf16, decode_utf16, -1)),
    codec("utf-16-be", &["utf_16_be", "utf_16be", "unicodebigunmarked"], ordered!(encode_utf16, decode_utf16, 1)),
    codec("utf-32", &["utf_32", "utf32", "u32"], ordered!(encode_utf32, decode_utf32, 0)),
    codec("utf-32-le", &["utf_32_le", "utf_32le"], ordered!(encode_utf32, decode_utf32, -1)),
    codec("utf-32-be", &["utf_32_be", "utf_32be"], ordered!(encode_utf32, decode_utf32, 1)),
    codec(
        "iso8859-1",
        &[
            "latin_1",
            "latin1",
            "iso8859_1",
            "iso_8859_1",
            "8859",
            "cp819",
            "csisolatin1",
            "ibm819",
            "iso8859",
            "iso_8859_1_1987",
            "iso_ir_100",
            "l1",
            "latin",
        ],
        (latin1::encode_latin1, |input, _| all(latin1::decode_latin1(input), input)),
    ),
    codec(
        "ascii",
        &[
            "ascii",
            "us_ascii",
            "646",
            "ansi_x3.4_1968",
            "ansi_x3_4_1968",
            "ansi_x3.4_1986",
            "cp367",
            "csascii",
            "ibm367",
            "iso646_us",
            "iso_646.irv_1991",
            "iso_ir_6",
            "us",
        ],
        (latin1::encode_ascii, |input, errors| all(latin1::decode_ascii(input, errors), input)),
    ),
    codec(
        "unicode-escape",
        &["unicode_escape", "unicodeescape"],
        (|s, _| escapes::encode(s), |input, errors| all(escapes::decode_warning(input, errors), input)),
    ),
    codec(
        "raw-unicode-escape",
        &["raw_unicode_escape", "rawunicodeescape"],
        (|s, _| escapes::encode_raw(s), |input, errors| all(escapes::decode_raw(input, errors, None), input)),
    ),
];

const MARK: &[u8] = b"\xef\xbb\xbf";

fn encode_with_mark(s: &Object, errors: Option<&CStr>) -> Result<Owned> {
    let text = utf8::encode(s, errors)?;
    bytes::from_slice(&[MARK, bytes::as_slice(&text)].concat())
}

fn decode_with_mark(input: &[u8], errors: Option<&CStr>) -> Result<(Owned, usize)> {
    all(utf8::decode(input.strip_prefix(MARK).unwrap_or(input), errors, None), input)
}

/// The entry of the codec with this normalised name.
pub fn find(normal: &str) -> Result<Option<Owned>> {
    match CODECS.iter().find(|codec| codec.names.contains(&normal)) {
        Some(codec) => make_info(codec).map(Some),
        None => Ok(None),
    }
}

fn make_info(codec: &Codec) -> Result<Owned> {
    let name = super::intern_str(codec.name)?;
    let function =
        |def: &'static PyMethodDef| cfunction::new((&raw const *def).cast_mut(), Some(&name), None, ptr::null_mut());
    let (encode, decode) = (function(&FUNCTIONS[0])?, function(&FUNCTIONS[1])?);
    let items = tuple::from_slice(&[&encode, &decode, none::none_ref(), none::none_ref()])?;
    // SAFETY: static.
    let class = unsafe { Object::from_ptr((&raw mut CodecInfo_Type).cast()) };
    class.call(&[&items])
}

static FUNCTIONS: [PyMethodDef; 3] = [
    PyMethodDef::fast_keywords(
        c"encode",
        encode,
        c"encode($self, input, errors='strict')\n--\n\nEncode a str: bytes, and how many characters they stand for.",
    ),
    PyMethodDef::fast_keywords(
        c"decode",
        decode,
        c"decode($self, input, errors='strict')\n--\n\nDecode bytes: a str, and how many bytes it took.",
    ),
    PyMethodDef::END,
];

/// The codec whose name is the function's self.
unsafe fn codec_of<'a>(name: *mut PyObject) -> Result<&'a Codec> {
    // SAFETY: slot: the self is a str.
    let name = super::as_str(unsafe { Object::from_ptr(name) })?;
    Ok(CODECS.iter().find(|codec| codec.name == name).expect("made from the table"))
}

const ENCODE: Signature<2> = Signature::new("encode", ["input", "errors"]).required(1);
const DECODE: Signature<2> = Signature::new("decode", ["input", "errors"]).required(1);

/// Errors of `None` are "strict".
fn errors_of(function: &str, errors: Option<&Object>) -> Result<Option<std::ffi::CString>> {
    super::methods::c_string(function, "argument 2", errors.filter(|errors| !errors.is_none()))
}

unsafe extern "C" fn encode(
    name: *mut PyObject,
    args: *const *mut PyObject,
    nargs: isize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (codec, [input, errors]) = unsafe { (codec_of(name)?, ENCODE.bind_fast(args, nargs, kwnames)?) };
        let input = input.expect("required");
        if !check(input) {
            return Err(crate::object::args::bad_argument("encode", "argument 1", "str", input));
        }
        encoded_pair((codec.encode)(input, errors_of("encode", errors)?.as_deref())?, input)
    })
}

unsafe extern "C" fn decode(
    name: *mut PyObject,
    args: *const *mut PyObject,
    nargs: isize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (codec, [input, errors]) = unsafe { (codec_of(name)?, DECODE.bind_fast(args, nargs, kwnames)?) };
        let input = input.expect("required");
        if !buffers::supported(input) {
            return Err(raise!(TypeError, "a bytes-like object is required, not '{:.100}'", tp_name(input.ty())));
        }
        let input = buffers::copy(input)?;
        let (text, n) = (codec.decode)(bytes::as_slice(&input), errors_of("decode", errors)?.as_deref())?;
        tuple::from_owned(vec![text, long::from_i64(n as i64)?])
    })
}

static GETSET: [PyGetSetDef; 5] = [
    PyGetSetDef::new(c"name", Some(get_name), None, ptr::null()),
    PyGetSetDef::new(c"encode", Some(get_encode), None, ptr::null()),
    PyGetSetDef::new(c"decode", Some(get_decode), None, ptr::null()),
    PyGetSetDef::new(c"_is_text_encoding", Some(get_is_text), None, ptr::null()),
    PyGetSetDef::END,
];

pub static mut CodecInfo_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut PyType_Type, 0),
    tp_name: c"codecs.CodecInfo".as_ptr(),
    tp_flags: Py_TPFLAGS_DEFAULT,
    tp_doc: c"What the codec registry knows of a codec.".as_ptr(),
    tp_base: &raw mut crate::types::tuple::PyTuple_Type,
    tp_getset: table(&GETSET),
    ..PyTypeObject::EMPTY
};

unsafe fn item(info: *mut PyObject, i: usize) -> *mut PyObject {
    // SAFETY: slot: a tuple of four, if it was not made by hand.
    api(|| match tuple::items(unsafe { Object::from_ptr(info) }).get(i) {
        Some(item) => Ok(Object::to_owned(item)),
        None => Err(raise!(AttributeError, "incomplete CodecInfo")),
    })
}

unsafe extern "C" fn get_encode(info: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    unsafe { item(info, 0) }
}

unsafe extern "C" fn get_decode(info: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    unsafe { item(info, 1) }
}

unsafe extern "C" fn get_name(info: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    api(|| {
        // SAFETY: slot; the encoder's self is the name.
        unsafe {
            let encode = Owned::from_c(item(info, 0))?;
            encode.getattr(name!(__self__))
        }
    })
}

unsafe extern "C" fn get_is_text(_: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    from_bool(true).into_raw()
}
