//! The native codecs, as the registry hands them out: a tuple of four with the attributes of CPython's `CodecInfo`.
//! Stream readers and writers are not provided, because they are for files of Python's own: their places hold None.

use super::charmap::Table;
use super::registry::encoded_pair;
use super::{charmaps, check, escapes, incremental, latin1, registry, utf7, utf8, utf16};
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
type Decode = fn(&[u8], Option<&CStr>) -> Result<Owned>;

/// A codec with a room of its own.
struct Native {
    /// The module of CPython's `encodings` package, which is its normalised name.
    module: &'static str,
    /// The name that `CodecInfo.name` shows.
    name: &'static str,
    encode: Encode,
    decode: Decode,
}

const fn native(module: &'static str, name: &'static str, encode: Encode, decode: Decode) -> Native {
    Native { module, name, encode, decode }
}

static NATIVE: [Native; 13] = [
    native("utf_8", "utf-8", utf8::encode, |input, errors| utf8::decode(input, errors, None)),
    native("utf_8_sig", "utf-8-sig", encode_with_mark, decode_with_mark),
    native("utf_7", "utf-7", |s, _| utf7::encode(s), |input, errors| utf7::decode(input, errors, None)),
    native(
        "utf_16",
        "utf-16",
        |s, errors| utf16::encode_utf16(s, errors, 0),
        |input, errors| utf16::decode_utf16(input, errors, &mut 0, None),
    ),
    native(
        "utf_16_le",
        "utf-16-le",
        |s, errors| utf16::encode_utf16(s, errors, -1),
        |input, errors| utf16::decode_utf16(input, errors, &mut -1, None),
    ),
    native(
        "utf_16_be",
        "utf-16-be",
        |s, errors| utf16::encode_utf16(s, errors, 1),
        |input, errors| utf16::decode_utf16(input, errors, &mut 1, None),
    ),
    native(
        "utf_32",
        "utf-32",
        |s, errors| utf16::encode_utf32(s, errors, 0),
        |input, errors| utf16::decode_utf32(input, errors, &mut 0, None),
    ),
    native(
        "utf_32_le",
        "utf-32-le",
        |s, errors| utf16::encode_utf32(s, errors, -1),
        |input, errors| utf16::decode_utf32(input, errors, &mut -1, None),
    ),
    native(
        "utf_32_be",
        "utf-32-be",
        |s, errors| utf16::encode_utf32(s, errors, 1),
        |input, errors| utf16::decode_utf32(input, errors, &mut 1, None),
    ),
    native("latin_1", "iso8859-1", latin1::encode_latin1, |input, _| latin1::decode_latin1(input)),
    native("ascii", "ascii", latin1::encode_ascii, latin1::decode_ascii),
    native("unicode_escape", "unicode-escape", |s, _| escapes::encode(s), escapes::decode_warning),
    native(
        "raw_unicode_escape",
        "raw-unicode-escape",
        |s, _| escapes::encode_raw(s),
        |input, errors| escapes::decode_raw(input, errors, None),
    ),
];

/// A codec that this library has.
#[derive(Clone, Copy)]
pub enum Codec {
    #[allow(private_interfaces, reason = "only this room looks inside")]
    Native(&'static Native),
    /// A place in [`charmaps::TABLES`].
    Table(usize),
}

impl Codec {
    /// By a normalised name, or another that it goes by.
    pub fn find(normal: &str) -> Option<Codec> {
        let alias = |name: &str| {
            let i = charmaps::ALIASES.binary_search_by_key(&name, |(alias, _)| *alias).ok()?;
            Some(charmaps::ALIASES[i].1)
        };
        let module = alias(normal).or_else(|| alias(&normal.replace('.', "_"))).unwrap_or(normal);
        if let Some(native) = NATIVE.iter().find(|native| native.module == module) {
            return Some(Codec::Native(native));
        }
        charmaps::TABLES.iter().position(|(name, _)| *name == module).map(Codec::Table)
    }

    pub fn module(self) -> &'static str {
        match self {
            Codec::Native(native) => native.module,
            Codec::Table(i) => charmaps::TABLES[i].0,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Codec::Native(native) => native.name,
            Codec::Table(i) => charmaps::TABLES[i].1,
        }
    }

    fn table(i: usize) -> Table {
        Table(&charmaps::DATA[512 * i..512 * (i + 1)])
    }

    /// The function of CPython's `_codecs` that messages name.
    pub fn function(self, end: &str) -> String {
        match self {
            Codec::Native(native) if native.module == "utf_8_sig" => format!("utf_8_{end}"),
            Codec::Native(native) => format!("{}_{end}", native.module),
            Codec::Table(_) => format!("charmap_{end}"),
        }
    }

    pub fn encode(self, s: &Object, errors: Option<&CStr>) -> Result<Owned> {
        match self {
            Codec::Native(native) => (native.encode)(s, errors),
            Codec::Table(i) => Codec::table(i).encode(s, errors),
        }
    }

    pub fn decode(self, input: &[u8], errors: Option<&CStr>) -> Result<Owned> {
        match self {
            Codec::Native(native) => (native.decode)(input, errors),
            Codec::Table(i) => Codec::table(i).decode(input, errors),
        }
    }
}

const MARK: &[u8] = b"\xef\xbb\xbf";

fn encode_with_mark(s: &Object, errors: Option<&CStr>) -> Result<Owned> {
    let text = utf8::encode(s, errors)?;
    bytes::from_slice(&[MARK, bytes::as_slice(&text)].concat())
}

fn decode_with_mark(input: &[u8], errors: Option<&CStr>) -> Result<Owned> {
    utf8::decode(input.strip_prefix(MARK).unwrap_or(input), errors, None)
}

/// What `CodecInfo.name` shows for an encoding of this library, without an object.
pub fn canonical_name(encoding: &str) -> Option<&'static str> {
    // The usual one is known without a look at the table of names.
    if encoding.eq_ignore_ascii_case("utf-8") {
        return Some("utf-8");
    }
    Codec::find(&registry::normalize(encoding)).map(Codec::name)
}

/// The entry of the codec with this normalised name.
pub fn find(normal: &str) -> Result<Option<Owned>> {
    Codec::find(normal).map(make_info).transpose()
}

fn make_info(codec: Codec) -> Result<Owned> {
    let name = super::intern_str(codec.module())?;
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

/// The codec whose module's name is the function's self.
unsafe fn codec_of(name: *mut PyObject) -> Result<Codec> {
    // SAFETY: slot: the self is a str.
    let name = super::as_str(unsafe { Object::from_ptr(name) })?;
    Ok(Codec::find(name).expect("made from the table"))
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
        let input = input.expect("bind checked it");
        if !check(input) {
            return Err(crate::object::args::bad_argument(&codec.function("encode"), "argument 1", "str", input));
        }
        encoded_pair(codec.encode(input, errors_of(&codec.function("encode"), errors)?.as_deref())?, input)
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
        let input = input.expect("bind checked it");
        if !buffers::supported(input) {
            return Err(raise!(TypeError, "a bytes-like object is required, not '{:.100}'", tp_name(input.ty())));
        }
        let input = buffers::copy(input)?;
        let input = bytes::as_slice(&input);
        let text = codec.decode(input, errors_of(&codec.function("decode"), errors)?.as_deref())?;
        tuple::from_owned(vec![text, long::from_i64(input.len() as i64)?])
    })
}

static GETSET: [PyGetSetDef; 9] = [
    PyGetSetDef::new(c"name", Some(get_name), None, ptr::null()),
    PyGetSetDef::new(c"encode", Some(get_encode), None, ptr::null()),
    PyGetSetDef::new(c"decode", Some(get_decode), None, ptr::null()),
    PyGetSetDef::new(c"streamreader", Some(get_stream), None, ptr::null()),
    PyGetSetDef::new(c"streamwriter", Some(get_stream), None, ptr::null()),
    PyGetSetDef::new(c"incrementalencoder", Some(get_incremental_encoder), None, ptr::null()),
    PyGetSetDef::new(c"incrementaldecoder", Some(get_incremental_decoder), None, ptr::null()),
    PyGetSetDef::new(c"_is_text_encoding", Some(get_is_text), None, ptr::null()),
    PyGetSetDef::END,
];

pub static mut CodecInfo_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut PyType_Type, 0),
    tp_name: c"codecs.CodecInfo".as_ptr(),
    tp_repr: Some(info_repr),
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

/// The codec of an entry.
unsafe fn codec_of_info(info: *mut PyObject) -> Result<Codec> {
    // SAFETY: slot; the encoder's self is the name of the module.
    unsafe {
        let encode = Owned::from_c(item(info, 0))?;
        let module = encode.getattr(name!(__self__))?;
        codec_of(module.as_ptr())
    }
}

unsafe extern "C" fn get_name(info: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    api(|| super::from_str(unsafe { codec_of_info(info) }?.name()))
}

unsafe extern "C" fn get_stream(_: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    none::none().into_raw()
}

unsafe extern "C" fn get_incremental_encoder(info: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    api(|| incremental::class(unsafe { codec_of_info(info) }?, false, registry::cache()?))
}

unsafe extern "C" fn get_incremental_decoder(info: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    api(|| incremental::class(unsafe { codec_of_info(info) }?, true, registry::cache()?))
}

unsafe extern "C" fn info_repr(info: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let name = unsafe { codec_of_info(info) }?.name();
        super::from_str(&format!("<codecs.CodecInfo object for encoding {name} at {info:p}>"))
    })
}

unsafe extern "C" fn get_is_text(_: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    from_bool(true).into_raw()
}
