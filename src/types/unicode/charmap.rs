//! The codec "charmap": bytes and characters through a mapping that the caller gives.

use super::errors::{Decoding, Encoding, Replacement};
use super::new::room;
use super::writer::Writer;
use super::{check, latin1, layout};
use crate::abi::*;
use crate::object::{Object, Owned, Result, error, lifecycle};
use crate::raise;
use crate::types::exceptions::LookupError;
use crate::types::typeobject::{PyType_Type, tp_name};
use crate::types::{bytes, dict, long};
use std::ffi::CStr;

const UNDEFINED: &str = "character maps to <undefined>";

/// `mapping[key]`; `None` if there is none.
pub fn lookup(mapping: &Object, key: u32) -> Result<Option<Owned>> {
    let key = long::from_i64(key.into())?;
    match mapping.getitem(&key) {
        Ok(value) => Ok(Some(value)),
        Err(raised) => {
            error::ignore(raised, &raw mut LookupError)?;
            Ok(None)
        }
    }
}

/// Decodes byte by byte: `one` writes what stands for a byte, or gives false if that is nothing.
fn decode_with(
    input: &[u8],
    errors: Option<&CStr>,
    mut one: impl FnMut(u8, &mut Writer) -> Result<bool>,
) -> Result<Owned> {
    let mut decoding = Decoding::new("charmap", input, errors);
    let mut out = Writer::with_capacity(input.len());
    let mut at = 0;
    while let Some(&c) = decoding.input().get(at) {
        at = if one(c, &mut out)? { at + 1 } else { decoding.error(&mut out, at, at + 1, UNDEFINED)? };
    }
    out.finish()
}

/// `PyUnicode_DecodeCharmap`; without a mapping it is Latin-1.
pub fn decode(input: &[u8], mapping: Option<&Object>, errors: Option<&CStr>) -> Result<Owned> {
    let Some(mapping) = mapping else { return latin1::decode_latin1(input) };
    if !check(mapping) {
        return decode_with(input, errors, |c, out| decode_one(mapping, c, out));
    }
    let table = layout::chars(mapping);
    decode_with(input, errors, |c, out| match usize::from(c) {
        c if c < table.len() && table.get(c) != NOTHING => out.push_char(table.get(c)).map(|()| true),
        _ => Ok(false),
    })
}

/// The character that stands for none in tables.
const NOTHING: u32 = 0xfffe;

/// A table of 256 characters of two bytes, little-endian.
#[derive(Clone, Copy)]
pub struct Table(pub &'static [u8]);

impl Table {
    fn get(self, c: u8) -> u32 {
        let at = 2 * usize::from(c);
        u16::from_le_bytes([self.0[at], self.0[at + 1]]).into()
    }

    /// As [`decode`] by this table.
    pub fn decode(self, input: &[u8], errors: Option<&CStr>) -> Result<Owned> {
        decode_with(input, errors, |c, out| match self.get(c) {
            NOTHING => Ok(false),
            ch => out.push_char(ch).map(|()| true),
        })
    }

    /// As [`encode`] by the reverse of this table, in which the last of equal characters counts.
    pub fn encode(self, s: &Object, errors: Option<&CStr>) -> Result<Owned> {
        encode_with(s, errors, |ch, out| {
            // Most tables begin with ASCII.
            let found = if ch < 0x80 && self.get(ch as u8) == ch && !(0x80..=0xff).any(|c| self.get(c) == ch) {
                Some(ch as u8)
            } else {
                (0..=0xff).rev().find(|&c| ch != NOTHING && self.get(c) == ch)
            };
            out.extend(found);
            Ok(found.is_some())
        })
    }
}

/// Writes what `mapping` has for a byte; false if that is nothing.
fn decode_one(mapping: &Object, c: u8, out: &mut Writer) -> Result<bool> {
    let Some(value) = lookup(mapping, c.into())? else { return Ok(false) };
    if value.is_none() {
        return Ok(false);
    }
    if long::check(&value) {
        let in_range = long::as_i64(&value).ok().filter(|v| (0..=i64::from(layout::MAX_UNICODE)).contains(v));
        let Some(ch) = in_range else {
            error::clear();
            return Err(raise!(TypeError, "character mapping must be in range(0x110000)"));
        };
        if ch as u32 == NOTHING {
            return Ok(false);
        }
        out.push_char(ch as u32)?;
        return Ok(true);
    }
    if !check(&value) {
        return Err(raise!(TypeError, "character mapping must return integer, None or str"));
    }
    if layout::len(&value) == 1 && layout::chars(&value).get(0) == NOTHING {
        return Ok(false);
    }
    out.push_object(&value)?;
    Ok(true)
}

/// `_PyUnicode_EncodeCharmap`; without a mapping it is Latin-1.
pub fn encode(s: &Object, mapping: Option<&Object>, errors: Option<&CStr>) -> Result<Owned> {
    let Some(mapping) = mapping else { return latin1::encode_latin1(s, errors) };
    encode_with(s, errors, |ch, out| encode_one(mapping, ch, out))
}

/// Encodes character by character: `one` writes what stands for it, or gives false if that is nothing.
fn encode_with(
    s: &Object,
    errors: Option<&CStr>,
    mut one: impl FnMut(u32, &mut Vec<u8>) -> Result<bool>,
) -> Result<Owned> {
    let mut encoding = Encoding::new("charmap", s, errors);
    let chars = layout::chars(s);
    let mut out = room(chars.len())?;
    let mut at = 0;
    while at < chars.len() {
        if one(chars.get(at), &mut out)? {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < chars.len() && !one(chars.get(end), &mut Vec::new())? {
            end += 1;
        }
        let (replacement, next) = encoding.error(at, end, UNDEFINED)?;
        match replacement {
            Replacement::Bytes(bytes) => out.extend(bytes),
            Replacement::Text(text) => {
                for ch in layout::chars(&text).iter() {
                    if !one(ch, &mut out)? {
                        return Err(encoding.raise(at, end, UNDEFINED));
                    }
                }
            }
        }
        at = next;
    }
    bytes::from_slice(&out)
}

/// Writes what `mapping` has for a character; false if that is nothing.
fn encode_one(mapping: &Object, ch: u32, out: &mut Vec<u8>) -> Result<bool> {
    if mapping.is_exact(&raw mut EncodingMap_Type) {
        // SAFETY: layout.
        let map = unsafe { &*mapping.cast::<EncodingMap>() };
        // SAFETY: set when the map was made.
        let c = unsafe { &*map.bytes }.binary_search_by_key(&ch, |&(ch, _)| ch);
        return Ok(match c {
            Ok(i) => {
                // SAFETY: set when the map was made.
                out.push(unsafe { &*map.bytes }[i].1);
                true
            }
            Err(_) => false,
        });
    }
    let Some(value) = lookup(mapping, ch)? else { return Ok(false) };
    if value.is_none() {
        return Ok(false);
    }
    if long::check(&value) {
        let byte = long::as_i64(&value).ok().and_then(|v| u8::try_from(v).ok());
        let Some(byte) = byte else {
            error::clear();
            return Err(raise!(TypeError, "character mapping must be in range(256)"));
        };
        out.push(byte);
        return Ok(true);
    }
    if bytes::check(&value) {
        out.extend(bytes::as_slice(&value));
        return Ok(true);
    }
    Err(raise!(TypeError, "character mapping must return integer, bytes or None, not {:.400}", tp_name(value.ty())))
}

/// The reverse of a table of characters, sorted by character.
#[repr(C)]
struct EncodingMap {
    ob_base: PyObject,
    bytes: *mut Vec<(u32, u8)>,
}

pub static mut EncodingMap_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut PyType_Type, 0),
    tp_name: c"EncodingMap".as_ptr(),
    tp_basicsize: size_of::<EncodingMap>() as isize,
    tp_dealloc: Some(dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT,
    tp_methods: table(&METHODS),
    ..PyTypeObject::EMPTY
};

static METHODS: [PyMethodDef; 2] =
    [PyMethodDef::noargs(c"size", size, c"How many bytes the map takes."), PyMethodDef::END];

unsafe extern "C" fn size(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    crate::object::api(|| unsafe {
        let map = &*op.cast::<EncodingMap>();
        long::from_i64((size_of::<EncodingMap>() + (*map.bytes).capacity() * size_of::<(u32, u8)>()) as i64)
    })
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot: nobody refers to it.
    unsafe {
        drop(Box::from_raw((*op.cast::<EncodingMap>()).bytes));
        lifecycle::free(op);
    }
}

/// `PyUnicode_BuildEncodingMap`: the reverse of a table of at most 256 characters: a map of its own kind, or a dict if
/// the table is unusual.
pub fn build_map(table: &Object) -> Result<Owned> {
    if !check(table) || layout::len(table) == 0 {
        return Err(error::bad_argument());
    }
    let chars = layout::chars(table);
    let chars = chars.slice(0, chars.len().min(256));
    let unusual = chars.get(0) != 0 || chars.slice(1, chars.len()).iter().any(|ch| ch == 0 || ch > 0xffff);
    if unusual {
        let map = dict::new()?;
        for (i, ch) in chars.iter().enumerate() {
            let (key, value) = (long::from_i64(ch.into())?, long::from_i64(i as i64)?);
            dict::set(&map, &key, &value)?;
        }
        return Ok(map);
    }
    let mut bytes: Vec<(u32, u8)> = room(chars.len())?;
    for (i, ch) in chars.iter().enumerate() {
        if ch == NOTHING {
            continue;
        }
        match bytes.binary_search_by_key(&ch, |&(ch, _)| ch) {
            Ok(at) => bytes[at].1 = i as u8,
            Err(at) => bytes.insert(at, (ch, i as u8)),
        }
    }
    let map = lifecycle::new::<EncodingMap>(&raw mut EncodingMap_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*map).bytes = Box::into_raw(Box::new(bytes));
        Ok(Owned::from_raw(map.cast()))
    }
}
