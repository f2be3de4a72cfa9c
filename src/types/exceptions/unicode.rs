//! `UnicodeEncodeError`, `UnicodeDecodeError`, `UnicodeTranslateError`: what could not be converted, from where to
//! where.

use super::stop::put;
use super::{base, extended, fields};
use crate::abi::*;
use crate::object::{Object, Owned, Raised, Result, api, buffers, error, message, number};
use crate::raise;
use crate::types::{bytes, long, tuple, typeobject, unicode as text};
use std::mem::offset_of;

/// The three classes share a layout.
#[derive(Clone, Copy, PartialEq)]
pub enum UnicodeErrorKind {
    Encode,
    Decode,
    Translate,
}

impl UnicodeErrorKind {
    pub fn class(self) -> *mut PyTypeObject {
        match self {
            UnicodeErrorKind::Encode => &raw mut super::UnicodeEncodeError,
            UnicodeErrorKind::Decode => &raw mut super::UnicodeDecodeError,
            UnicodeErrorKind::Translate => &raw mut super::UnicodeTranslateError,
        }
    }
}

struct Parts;

impl fields::Fields for Parts {
    const OFFSETS: &'static [usize] = &[
        offset_of!(PyUnicodeErrorObject, encoding),
        offset_of!(PyUnicodeErrorObject, object),
        offset_of!(PyUnicodeErrorObject, reason),
    ];
}

static MEMBERS: [PyMemberDef; 6] = [
    PyMemberDef::new(c"encoding", _Py_T_OBJECT, offset_of!(PyUnicodeErrorObject, encoding), 0),
    PyMemberDef::new(c"object", _Py_T_OBJECT, offset_of!(PyUnicodeErrorObject, object), 0),
    PyMemberDef::new(c"start", Py_T_PYSSIZET, offset_of!(PyUnicodeErrorObject, start), 0),
    PyMemberDef::new(c"end", Py_T_PYSSIZET, offset_of!(PyUnicodeErrorObject, end), 0),
    PyMemberDef::new(c"reason", _Py_T_OBJECT, offset_of!(PyUnicodeErrorObject, reason), 0),
    PyMemberDef::END,
];

const fn class(
    name: &'static std::ffi::CStr,
    doc: &'static std::ffi::CStr,
    init: initproc,
    str: reprfunc,
) -> PyTypeObject {
    PyTypeObject {
        tp_str: str,
        tp_init: init,
        tp_new: Some(base::new),
        tp_members: table(&MEMBERS),
        ..extended::<PyUnicodeErrorObject, Parts>(name, &raw mut super::UnicodeError, doc)
    }
}

pub(super) const ENCODE: PyTypeObject =
    class(c"UnicodeEncodeError", c"Text can't be encoded.", Some(init_encode), Some(str_encode));
pub(super) const DECODE: PyTypeObject =
    class(c"UnicodeDecodeError", c"Bytes can't be decoded.", Some(init_decode), Some(str_decode));
pub(super) const TRANSLATE: PyTypeObject =
    class(c"UnicodeTranslateError", c"Text can't be translated.", Some(init_translate), Some(str_translate));

fn this(e: &Object) -> *mut PyUnicodeErrorObject {
    e.cast()
}

fn str_argument(items: &[&Object], i: usize) -> Result<Owned> {
    if !text::check(items[i]) {
        let got = if items[i].is_none() { "None" } else { typeobject::tp_name(items[i].ty()) };
        return Err(raise!(TypeError, "argument {} must be str, not {}", i + 1, error::cut(got, 50)));
    }
    Ok(items[i].to_owned())
}

fn size_argument(items: &[&Object], i: usize) -> Result<isize> {
    long::as_isize(&*number::index(items[i])?)
}

fn init(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject, kind: UnicodeErrorKind) -> Result<()> {
    // SAFETY: slot.
    unsafe {
        base::no_keywords((*op).ob_type, kwds)?;
        let (e, args) = (Object::from_ptr(op), Object::from_ptr(args));
        base::set_args(e, args);
        let items = tuple::items(args);
        let first = if kind == UnicodeErrorKind::Translate { 0 } else { 1 };
        if items.len() != first + 4 {
            return Err(raise!(TypeError, "function takes exactly {} arguments ({} given)", first + 4, items.len()));
        }
        let encoding = if first == 1 { Some(str_argument(items, 0)?) } else { None };
        let object = match kind {
            UnicodeErrorKind::Decode => items[1].to_owned(),
            _ => str_argument(items, first)?,
        };
        let (start, end) = (size_argument(items, first + 1)?, size_argument(items, first + 2)?);
        let reason = str_argument(items, first + 3)?;
        let object =
            if kind == UnicodeErrorKind::Decode && !bytes::check(&object) { buffers::copy(&object)? } else { object };
        let this = this(e);
        put(&raw mut (*this).encoding, encoding);
        put(&raw mut (*this).object, Some(object));
        put(&raw mut (*this).reason, Some(reason));
        (*this).start = start;
        (*this).end = end;
        Ok(())
    }
}

unsafe extern "C" fn init_encode(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> c_int {
    api(|| init(op, args, kwds, UnicodeErrorKind::Encode))
}

unsafe extern "C" fn init_decode(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> c_int {
    api(|| init(op, args, kwds, UnicodeErrorKind::Decode))
}

unsafe extern "C" fn init_translate(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> c_int {
    api(|| init(op, args, kwds, UnicodeErrorKind::Translate))
}

fn length(object: &Object, kind: UnicodeErrorKind) -> isize {
    // SAFETY: layout: bytes, or a str.
    unsafe {
        match kind {
            UnicodeErrorKind::Decode => (*object.cast::<PyBytesObject>()).ob_base.ob_size,
            _ => (*object.cast::<PyASCIIObject>()).length,
        }
    }
}

fn shown(e: &Object, kind: UnicodeErrorKind) -> Result<Owned> {
    let this = this(e);
    // SAFETY: slot.
    unsafe {
        if (*this).object.is_null() {
            // Made without `__init__`.
            return text::from_str("");
        }
        let none = crate::types::none::none_ref();
        let as_text = |op: *mut PyObject| Object::optional(op).unwrap_or(none).to_owned().str();
        let reason = as_text((*this).reason)?;
        let codec = match kind {
            UnicodeErrorKind::Translate => String::new(),
            _ => format!("'{}' codec ", error::Text(&*as_text((*this).encoding)?)),
        };
        let object = field_object(e, kind)?;
        let (start, end, length) = ((*this).start, (*this).end, length(&object, kind));
        let (verb, what) = match kind {
            UnicodeErrorKind::Encode => ("encode", "character"),
            UnicodeErrorKind::Decode => ("decode", "byte"),
            UnicodeErrorKind::Translate => ("translate", "character"),
        };
        let reason = error::Text(&reason);
        let one = (0..length).contains(&start) && (0..=length).contains(&end) && end == start + 1;
        message::decoded(&if !one {
            format!("{codec}can't {verb} {what}s in position {start}-{}: {reason}", end - 1)
        } else {
            let bad = match kind {
                UnicodeErrorKind::Decode => format!("0x{:02x}", bytes::as_slice(&object)[start as usize]),
                _ => match text::layout::chars(&object).get(start as usize) {
                    c @ 0..=0xff => format!("'\\x{c:02x}'"),
                    c @ 0x100..=0xffff => format!("'\\u{c:04x}'"),
                    c => format!("'\\U{c:08x}'"),
                },
            };
            format!("{codec}can't {verb} {what} {bad} in position {start}: {reason}")
        })
    }
}

unsafe extern "C" fn str_encode(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| shown(unsafe { Object::from_ptr(op) }, UnicodeErrorKind::Encode))
}

unsafe extern "C" fn str_decode(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| shown(unsafe { Object::from_ptr(op) }, UnicodeErrorKind::Decode))
}

unsafe extern "C" fn str_translate(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| shown(unsafe { Object::from_ptr(op) }, UnicodeErrorKind::Translate))
}

/// The argument of a C accessor: an instance of any of the three classes, which have one layout.
fn checked(e: &Object, kind: UnicodeErrorKind) -> Result<*mut PyUnicodeErrorObject> {
    let all = [UnicodeErrorKind::Encode, UnicodeErrorKind::Decode, UnicodeErrorKind::Translate];
    if !all.iter().any(|kind| e.is_a(kind.class())) {
        return Err(raise!(
            TypeError,
            "expecting a {} object, got {}",
            typeobject::tp_name(kind.class()),
            error::Text(&*typeobject::fully_qualified_name(e.ty())?)
        ));
    }
    Ok(this(e))
}

fn attribute(value: *mut PyObject, name: &str, as_bytes: bool) -> Result<Owned> {
    // SAFETY: layout: the exception owns its fields.
    let Some(value) = (unsafe { Object::optional(value) }) else {
        return Err(raise!(TypeError, "UnicodeError '{name}' attribute is not set"));
    };
    let right = if as_bytes { bytes::check(value) } else { text::check(value) };
    if !right {
        let kind = if as_bytes { "bytes" } else { "string" };
        return Err(raise!(TypeError, "UnicodeError '{name}' attribute must be a {kind}"));
    }
    Ok(value.to_owned())
}

fn field_object(e: &Object, kind: UnicodeErrorKind) -> Result<Owned> {
    // SAFETY: layout.
    unsafe { attribute((*this(e)).object, "object", kind == UnicodeErrorKind::Decode) }
}

/// `PyUnicode*Error_GetEncoding`, `_GetObject`, `_GetReason`.
pub fn unicode_field(e: &Object, kind: UnicodeErrorKind, name: &str) -> Result<Owned> {
    let this = checked(e, kind)?;
    // SAFETY: layout.
    unsafe {
        match name {
            "encoding" => attribute((*this).encoding, name, false),
            "reason" => attribute((*this).reason, name, false),
            _ => field_object(e, kind),
        }
    }
}

/// `PyUnicode*Error_GetStart`: within the object.
pub fn clamped_start(e: &Object, kind: UnicodeErrorKind) -> Result<isize> {
    let this = checked(e, kind)?;
    let length = length(&*field_object(e, kind)?, kind);
    // SAFETY: layout.
    let start = unsafe { (*this).start }.max(0);
    Ok(if start >= length { (length - 1).max(0) } else { start })
}

/// `PyUnicode*Error_GetEnd`: at least 1, and within the object.
pub fn clamped_end(e: &Object, kind: UnicodeErrorKind) -> Result<isize> {
    let this = checked(e, kind)?;
    let length = length(&*field_object(e, kind)?, kind);
    // SAFETY: layout.
    Ok(unsafe { (*this).end }.max(1).min(length))
}

pub fn set_start(e: &Object, kind: UnicodeErrorKind, start: isize) -> Result<()> {
    // SAFETY: layout.
    unsafe { (*checked(e, kind)?).start = start };
    Ok(())
}

pub fn set_end(e: &Object, kind: UnicodeErrorKind, end: isize) -> Result<()> {
    // SAFETY: layout.
    unsafe { (*checked(e, kind)?).end = end };
    Ok(())
}

pub fn set_reason(e: &Object, kind: UnicodeErrorKind, reason: &Object) -> Result<()> {
    let this = checked(e, kind)?;
    // SAFETY: layout.
    unsafe { put(&raw mut (*this).reason, Some(reason.to_owned())) };
    Ok(())
}

/// `PyUnicodeDecodeError_Create`; no bytes are `None`, which the class refuses.
pub fn new_decode_error(
    encoding: &str,
    object: Option<&[u8]>,
    start: isize,
    end: isize,
    reason: &str,
) -> Result<Owned> {
    let args = [
        text::from_str(encoding)?,
        match object {
            Some(object) => bytes::from_slice(object)?,
            None => crate::types::none::none(),
        },
        long::from_i64(start as i64)?,
        long::from_i64(end as i64)?,
        text::from_str(reason)?,
    ];
    let [a, b, c, d, e] = &args;
    super::object(&raw mut super::UnicodeDecodeError).call(&[a, b, c, d, e])
}

/// Raises `UnicodeEncodeError` for characters of a str.
#[cold]
pub fn raise_encode_error(encoding: &str, object: &Object, start: isize, end: isize, reason: &str) -> Raised {
    let make = || -> Result<Owned> {
        let args = [
            text::from_str(encoding)?,
            object.to_owned(),
            long::from_i64(start as i64)?,
            long::from_i64(end as i64)?,
            text::from_str(reason)?,
        ];
        let [a, b, c, d, e] = &args;
        super::object(&raw mut super::UnicodeEncodeError).call(&[a, b, c, d, e])
    };
    match make() {
        Ok(exception) => super::raise(exception.type_object(), Some(&exception)),
        Err(raised) => raised,
    }
}
