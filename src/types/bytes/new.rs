//! Making bytes of other objects: the constructor, and `PyBytes_FromObject`.

use super::{PyBytes_Type, as_slice, check, check_exact, data, empty, from_slice, with_len};
use crate::abi::*;
use crate::name;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, api, buffers, error, number};
use crate::raise;
use crate::types::bytesmethods::args::codec_name;
use crate::types::memoryview::strided;
use crate::types::unicode::registry;
use crate::types::{exceptions, list, tuple, typeobject, unicode};
use std::ffi::CString;
use std::mem::MaybeUninit;

const NEW: Signature<3> = Signature::new("bytes", ["source", "encoding", "errors"]);

pub unsafe extern "C" fn new_slot(ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let [source, encoding, errors] = NEW.bind(Object::from_ptr(args), Object::optional(kwargs))?;
        let encoding = encoding.map(|o| codec_name("bytes", "encoding", o)).transpose()?;
        let errors = errors.map(|o| codec_name("bytes", "errors", o)).transpose()?;
        make(ty, source, encoding, errors)
    })
}

fn make(
    ty: *mut PyTypeObject,
    source: Option<&Object>,
    encoding: Option<CString>,
    errors: Option<CString>,
) -> Result<Owned> {
    let exact = match source {
        None => {
            no_codec(encoding.is_some(), errors.is_some(), None)?;
            empty()
        }
        Some(source) if encoding.is_some() || errors.is_some() => {
            no_codec(encoding.is_some(), errors.is_some(), Some(source))?;
            encode(source, encoding.as_deref(), errors.as_deref())?
        }
        Some(source) => of_source(source)?,
    };
    if ty == &raw mut PyBytes_Type {
        return Ok(exact);
    }
    // SAFETY: a type that derives from bytes; its instance is fresh and has room for the bytes and the zero behind.
    unsafe {
        let bytes = as_slice(&exact);
        let new = Owned::from_c((*ty).tp_alloc.unwrap_unchecked()(ty, bytes.len() as isize))?;
        data(&new).copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
        data(&new).add(bytes.len()).write(0);
        (*new.cast::<PyBytesObject>()).ob_shash = (*exact.cast::<PyBytesObject>()).ob_shash;
        Ok(new)
    }
}

/// An encoding, or errors, where there is no text to encode, or the other way round: `TypeError`.
pub fn no_codec(encoding: bool, errors: bool, source: Option<&Object>) -> Result<()> {
    let text = source.is_some_and(unicode::check);
    Err(match (encoding, errors) {
        (true, _) if text => return Ok(()),
        (true, _) => raise!(TypeError, "encoding without a string argument"),
        (false, true) if text => raise!(TypeError, "string argument without an encoding"),
        (false, true) => raise!(TypeError, "errors without a string argument"),
        (false, false) => return Ok(()),
    })
}

/// A text as bytes (`PyUnicode_AsEncodedString`).
pub fn encode(text: &Object, encoding: Option<&std::ffi::CStr>, errors: Option<&std::ffi::CStr>) -> Result<Owned> {
    registry::encode_str(text, encoding, errors)
}

fn of_source(source: &Object) -> Result<Owned> {
    if let Some(method) = source.lookup_special(name!(__bytes__))? {
        let result = method.call(&[])?;
        if !check(&result) {
            let name = error::cut(typeobject::tp_name(result.ty()), 200);
            return Err(raise!(TypeError, "__bytes__ returned non-bytes (type {name})"));
        }
        return Ok(result);
    }
    if unicode::check(source) {
        return Err(raise!(TypeError, "string argument without an encoding"));
    }
    if let Some(n) = count(source)? {
        return super::zeros(n);
    }
    from_object(source)
}

/// How many zeros an int asks for: `None` for what is no int, `ValueError` below zero.
pub fn count(o: &Object) -> Result<Option<usize>> {
    if !number::is_index(o) {
        return Ok(None);
    }
    match number::as_ssize(o, Some(exceptions::object(&raw mut exceptions::OverflowError))) {
        Ok(n) if n < 0 => Err(raise!(ValueError, "negative count")),
        Ok(n) => Ok(Some(n as usize)),
        Err(raised) => error::ignore(raised, &raw mut exceptions::TypeError).map(|()| None),
    }
}

/// The byte that an int stands for; `ValueError` with `message` outside of 0 to 255.
pub fn byte(o: &Object, message: &str) -> Result<u8> {
    u8::try_from(number::as_ssize(o, None)?).map_err(|_| raise!(ValueError, "{message}"))
}

const RANGE: &str = "bytes must be in range(0, 256)";

/// `PyBytes_FromObject`: of an object with a buffer, or an iterable of ints.
pub fn from_object(o: &Object) -> Result<Owned> {
    if check_exact(o) {
        return Ok(o.to_owned());
    }
    if buffers::supported(o) {
        return from_buffer(o);
    }
    if list::check_exact(o) {
        // `__index__` of an item may change the list.
        let mut out = Vec::new();
        let mut i = 0;
        while let Some(item) = list::get(o, i) {
            out.push(byte(&item, RANGE)?);
            i += 1;
        }
        return from_slice(&out);
    }
    if tuple::check_exact(o) {
        let mut out = Vec::with_capacity(tuple::len(o));
        for item in tuple::items(o) {
            out.push(byte(item, RANGE)?);
        }
        return from_slice(&out);
    }
    if !unicode::check(o) {
        match o.iter() {
            Ok(iterator) => return from_iterator(&iterator, o),
            Err(raised) => error::ignore(raised, &raw mut exceptions::TypeError)?,
        }
    }
    let name = error::cut(typeobject::tp_name(o.ty()), 200);
    Err(raise!(TypeError, "cannot convert '{name}' object to bytes"))
}

fn from_iterator(iterator: &Object, o: &Object) -> Result<Owned> {
    let hint = o.length_hint(64)? as usize;
    let mut out = Vec::new();
    if out.try_reserve(hint).is_err() {
        return Err(error::no_memory());
    }
    while let Some(item) = iterator.next()? {
        out.push(byte(&item, RANGE)?);
    }
    from_slice(&out)
}

/// The bytes of any buffer in C's order.
fn from_buffer(o: &Object) -> Result<Owned> {
    let mut view = MaybeUninit::<Py_buffer>::uninit();
    // SAFETY: the view is filled in on success, and released.
    unsafe {
        buffers::get(o, view.as_mut_ptr(), PyBUF_FULL_RO)?;
        let view = view.as_mut_ptr();
        let result = with_len((*view).len as usize).and_then(|new| {
            let bytes = strided::to_vec(&*view, b'C')?;
            data(&new).copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
            Ok(new)
        });
        buffers::release(view);
        result
    }
}
