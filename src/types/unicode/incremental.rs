//! Incremental encoders and decoders: text that comes piece by piece. In CPython they are classes of the modules of
//! `encodings`, made in Python; here each codec's classes are made when they are first asked for, on two bases that do
//! the work.

use super::codecs::Codec;
use super::{check, escapes, new, utf7, utf8, utf16};
use crate::abi::*;
use crate::mem::refcount;
use crate::name;
use crate::object::args::Signature;
use crate::object::error::Text;
use crate::object::{Object, Owned, Result, api, buffers};
use crate::raise;
use crate::types::typeobject::{PyType_Type, generic_alloc, tp_name};
use crate::types::{bytes, dict, long, none, tuple};
use std::ffi::{CStr, CString};
use std::ptr;

const MARK: &[u8] = b"\xef\xbb\xbf";

/// A state that no byte order mark has decided yet, as `getstate` tells it of UTF-16 and UTF-32.
const UNDECIDED: i64 = 2;

#[repr(C)]
struct Incremental {
    ob_base: PyObject,
    errors: *mut PyObject,
    /// Bytes that were not enough for a character yet; NULL for none.
    rest: *mut PyObject,
    /// What `getstate` tells. For UTF-16 and UTF-32: 2 before a mark was seen or written, 0 in native order, 1 in the
    /// other. For UTF-8 with a mark: 1 before it.
    state: i64,
    codec: Codec,
}

#[allow(clippy::mut_from_ref, reason = "objects are shared; the GIL keeps others away")]
fn this(o: &Object) -> &mut Incremental {
    // SAFETY: slot: an instance of one of the two bases, reached by the attached thread only.
    unsafe { &mut *o.cast::<Incremental>() }
}

fn first_state(codec: Codec) -> i64 {
    match codec.module() {
        "utf_16" | "utf_32" => UNDECIDED,
        "utf_8_sig" => 1,
        _ => 0,
    }
}

/// A codec's class for one direction, the same one each time: `base` by the name of the class.
pub fn class(codec: Codec, decoder: bool, made: &Object) -> Result<Owned> {
    let name = if decoder { "IncrementalDecoder" } else { "IncrementalEncoder" };
    let key = new::from_str(&format!("{} {name}", codec.module()))?;
    if let Some(class) = dict::get(made, &key)? {
        return Ok(class);
    }
    let base = if decoder { &raw mut IncrementalDecoder_Type } else { &raw mut IncrementalEncoder_Type };
    // SAFETY: static.
    let (base, meta) = unsafe { (Object::from_ptr(base.cast()), Object::from_ptr((&raw mut PyType_Type).cast())) };
    let namespace = dict::new()?;
    dict::set(&namespace, name!(__module__), &*new::from_str(&format!("encodings.{}", codec.module()))?)?;
    dict::set_str(&namespace, "_codec", &*new::from_str(codec.module())?)?;
    let class = meta.call(&[&*super::intern_str(name)?, &*tuple::from_slice(&[base])?, &namespace])?;
    dict::set(made, &key, &class)?;
    Ok(class)
}

const fn type_of(name: &'static CStr, methods: *mut PyMethodDef) -> PyTypeObject {
    PyTypeObject {
        ob_base: PyVarObject::immortal(&raw mut PyType_Type, 0),
        tp_name: name.as_ptr(),
        tp_basicsize: size_of::<Incremental>() as isize,
        tp_dealloc: Some(dealloc),
        tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
        tp_methods: methods,
        tp_getset: table(&GETSET),
        tp_new: Some(tp_new),
        ..PyTypeObject::EMPTY
    }
}

pub static mut IncrementalDecoder_Type: PyTypeObject = type_of(c"codecs.IncrementalDecoder", table(&DECODER));
pub static mut IncrementalEncoder_Type: PyTypeObject = type_of(c"codecs.IncrementalEncoder", table(&ENCODER));

static GETSET: [PyGetSetDef; 2] =
    [PyGetSetDef::new(c"errors", Some(get_errors), Some(set_errors), ptr::null()), PyGetSetDef::END];

static DECODER: [PyMethodDef; 5] = [
    PyMethodDef::fast_keywords(
        c"decode",
        decode,
        c"decode($self, input, final=False)\n--\n\nDecode what is complete, and keep the rest for the next call.",
    ),
    PyMethodDef::noargs(c"reset", reset, c"reset($self)\n--\n\nForget what was kept."),
    PyMethodDef::noargs(c"getstate", decoder_state, c"getstate($self)\n--\n\nReturn what was kept, and a number."),
    PyMethodDef::one(c"setstate", set_decoder_state, c"setstate($self, state)\n--\n\nGo back to a state."),
    PyMethodDef::END,
];

static ENCODER: [PyMethodDef; 5] = [
    PyMethodDef::fast_keywords(c"encode", encode, c"encode($self, input, final=False)\n--\n\nEncode a piece of text."),
    PyMethodDef::noargs(c"reset", reset, c"reset($self)\n--\n\nBegin anew."),
    PyMethodDef::noargs(c"getstate", encoder_state, c"getstate($self)\n--\n\nReturn the state, a number."),
    PyMethodDef::one(c"setstate", set_encoder_state, c"setstate($self, state)\n--\n\nGo back to a state."),
    PyMethodDef::END,
];

const NEW: Signature<1> = Signature::new("__init__", ["errors"]);

unsafe extern "C" fn tp_new(ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let [errors] = unsafe { NEW.bind(Object::from_ptr(args), Object::optional(kwargs)) }?;
        // SAFETY: slot.
        let class = unsafe { Object::from_ptr(ty.cast()) };
        let module = class.getattr(&*super::intern_str("_codec")?)?;
        let Some(codec) = Codec::find(super::as_str(&module)?) else {
            return Err(raise!(LookupError, "unknown encoding: {}", Text(&module)));
        };
        let errors = match errors {
            Some(errors) => errors.to_owned(),
            None => super::intern_str("strict")?,
        };
        let new = generic_alloc(ty, 0)?;
        let fields = new.cast::<Incremental>();
        // SAFETY: fresh and zeroed.
        unsafe {
            (&raw mut (*fields).codec).write(codec);
            (*fields).errors = errors.into_raw();
            (*fields).state = first_state(codec);
        }
        Ok(new)
    })
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot: nobody refers to it. An instance of a class made at run time owns a reference to it.
    unsafe {
        let fields = op.cast::<Incremental>();
        refcount::clear(&raw mut (*fields).errors);
        refcount::clear(&raw mut (*fields).rest);
        if let Some(free) = (*(*op).ob_type).tp_free {
            free(op.cast());
        }
    }
}

unsafe extern "C" fn get_errors(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { Ok(Object::from_ptr(this(Object::from_ptr(op)).errors).to_owned()) })
}

unsafe extern "C" fn set_errors(op: *mut PyObject, value: *mut PyObject, _: *mut c_void) -> c_int {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let Some(value) = Object::optional(value) else { return Err(raise!(AttributeError, "errors")) };
            let old = std::mem::replace(&mut this(Object::from_ptr(op)).errors, value.to_owned().into_raw());
            drop(Owned::optional(old));
        }
        Ok(())
    })
}

/// The error handler's name for C.
fn errors_of(fields: &Incremental) -> Result<Option<CString>> {
    // SAFETY: owned.
    let errors = unsafe { Object::from_ptr(fields.errors) };
    super::methods::c_string("decode", "errors", (!errors.is_none()).then_some(errors))
}

fn kept(fields: &Incremental) -> &[u8] {
    // SAFETY: owned.
    unsafe { Object::optional(fields.rest) }.map_or(&[], |rest| bytes::as_slice(rest))
}

fn keep(fields: &mut Incremental, rest: &[u8]) -> Result<()> {
    let rest = if rest.is_empty() { ptr::null_mut() } else { bytes::from_slice(rest)?.into_raw() };
    let old = std::mem::replace(&mut fields.rest, rest);
    // SAFETY: the field owned it.
    drop(unsafe { Owned::optional(old) });
    Ok(())
}

/// Decodes; unless it is the last piece, an incomplete end is left. Gives the text and how much was taken.
fn decode_part(
    codec: Codec,
    state: &mut i64,
    data: &[u8],
    errors: Option<&CStr>,
    last: bool,
) -> Result<(Owned, usize)> {
    let mut taken = data.len();
    let consumed = (!last).then_some(&mut taken);
    let marked = |order: i32| if order > 0 { 1 } else { 0 };
    let text = match codec.module() {
        "utf_8" => utf8::decode(data, errors, consumed)?,
        "utf_7" => utf7::decode(data, errors, consumed)?,
        "unicode_escape" if last => escapes::decode_warning(data, errors)?,
        "unicode_escape" => escapes::decode(data, errors, consumed)?.0,
        "raw_unicode_escape" => escapes::decode_raw(data, errors, consumed)?,
        "utf_16_le" => utf16::decode_utf16(data, errors, &mut -1, consumed)?,
        "utf_16_be" => utf16::decode_utf16(data, errors, &mut 1, consumed)?,
        "utf_32_le" => utf16::decode_utf32(data, errors, &mut -1, consumed)?,
        "utf_32_be" => utf16::decode_utf32(data, errors, &mut 1, consumed)?,
        module @ ("utf_16" | "utf_32") => {
            let width = if module == "utf_16" { 2 } else { 4 };
            let mut order = match *state {
                UNDECIDED => 0,
                0 => -1,
                _ => 1,
            };
            let text = match width {
                2 => utf16::decode_utf16(data, errors, &mut order, consumed)?,
                _ => utf16::decode_utf32(data, errors, &mut order, consumed)?,
            };
            if order == 0 && taken >= width {
                let name = module.replace('_', "-");
                let shown = data.get(..width).unwrap_or(data);
                let (end, reason) = (shown.len() as isize, "Stream does not start with BOM");
                let exception = crate::types::exceptions::new_decode_error(&name, Some(data), 0, end, reason)?;
                return Err(super::errors::raise_exception(&exception));
            }
            if order != 0 {
                *state = marked(order);
            }
            text
        }
        "utf_8_sig" => {
            if *state != 0 && !last && data.len() < MARK.len() && MARK.starts_with(data) {
                return Ok((new::empty(), 0));
            }
            let skip = if *state != 0 && data.starts_with(MARK) { MARK.len() } else { 0 };
            if !data.is_empty() {
                *state = 0;
            }
            let text = utf8::decode(&data[skip..], errors, consumed)?;
            return Ok((text, if last { data.len() } else { skip + taken }));
        }
        _ => codec.decode(data, errors)?,
    };
    Ok((text, taken))
}

const DECODE: Signature<2> = Signature::new("decode", ["input", "final"]).required(1);
const ENCODE: Signature<2> = Signature::new("encode", ["input", "final"]).required(1);

unsafe extern "C" fn decode(
    op: *mut PyObject,
    args: *const *mut PyObject,
    nargs: isize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let [input, last] = unsafe { DECODE.bind_fast(args, nargs, kwnames) }?;
        let input = input.expect("bind checked it");
        let last = last.map_or(Ok(false), Object::is_true)?;
        if !buffers::supported(input) {
            return Err(raise!(TypeError, "a bytes-like object is required, not '{:.100}'", tp_name(input.ty())));
        }
        let input = buffers::copy(input)?;
        // SAFETY: slot.
        let fields = this(unsafe { Object::from_ptr(op) });
        let errors = errors_of(fields)?;
        let data = [kept(fields), bytes::as_slice(&input)].concat();
        let mut state = fields.state;
        let (text, taken) = decode_part(fields.codec, &mut state, &data, errors.as_deref(), last)?;
        fields.state = state;
        keep(fields, &data[taken..])?;
        Ok(text)
    })
}

unsafe extern "C" fn encode(
    op: *mut PyObject,
    args: *const *mut PyObject,
    nargs: isize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let [input, _] = unsafe { ENCODE.bind_fast(args, nargs, kwnames) }?;
        let input = input.expect("bind checked it");
        // SAFETY: slot.
        let fields = this(unsafe { Object::from_ptr(op) });
        if !check(input) {
            let function = match fields.codec.module() {
                module @ ("utf_16" | "utf_32") if fields.state == 0 => format!("{module}_le_encode"),
                _ => fields.codec.function("encode"),
            };
            return Err(crate::object::args::bad_argument(&function, "argument 1", "str", input));
        }
        let errors = errors_of(fields)?;
        let errors = errors.as_deref();
        let begun = fields.state == 0;
        let out = match fields.codec.module() {
            "utf_16" if begun => utf16::encode_utf16(input, errors, -1)?,
            "utf_32" if begun => utf16::encode_utf32(input, errors, -1)?,
            "utf_8_sig" if begun => utf8::encode(input, errors)?,
            _ => fields.codec.encode(input, errors)?,
        };
        fields.state = 0;
        Ok(out)
    })
}

unsafe extern "C" fn reset(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let fields = this(unsafe { Object::from_ptr(op) });
        fields.state = first_state(fields.codec);
        keep(fields, &[])?;
        Ok(none::none())
    })
}

unsafe extern "C" fn decoder_state(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let fields = this(unsafe { Object::from_ptr(op) });
        tuple::from_owned(vec![bytes::from_slice(kept(fields))?, long::from_i64(fields.state)?])
    })
}

unsafe extern "C" fn set_decoder_state(op: *mut PyObject, state: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (fields, state) = unsafe { (this(Object::from_ptr(op)), Object::from_ptr(state)) };
        let (rest, number) = match tuple::check(state).then(|| tuple::items(state)) {
            Some(&[rest, number]) if bytes::check(rest) => (rest, number),
            _ => return Err(raise!(TypeError, "state must be a tuple of bytes and an integer")),
        };
        fields.state = long::as_i64(number)?;
        keep(fields, bytes::as_slice(rest))?;
        Ok(none::none())
    })
}

unsafe extern "C" fn encoder_state(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| long::from_i64(this(unsafe { Object::from_ptr(op) }).state))
}

unsafe extern "C" fn set_encoder_state(op: *mut PyObject, state: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (fields, state) = unsafe { (this(Object::from_ptr(op)), Object::from_ptr(state)) };
        fields.state = long::as_i64(state)?;
        Ok(none::none())
    })
}
