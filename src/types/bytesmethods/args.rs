//! Arguments of the methods: sizes, bounds, names of codecs, a fill byte.

use crate::abi::*;
use crate::object::{Object, Result, error, number};
use crate::raise;
use crate::types::{bytearray, bytes, long, typeobject, unicode};
use std::ffi::CString;

/// A size (`n` in format units).
pub fn size(o: &Object) -> Result<isize> {
    if long::check_exact(o) {
        return long::as_isize(o);
    }
    long::as_isize(&*number::index(o)?)
}

/// A C int (`i` in format units).
pub fn int(o: &Object) -> Result<c_int> {
    long::as_i32(o)
}

/// Start and end of a search as they are given (`_PyEval_SliceIndex` each).
pub fn bounds(start: Option<&&Object>, end: Option<&&Object>) -> Result<(isize, isize)> {
    let bound = |o: Option<&&Object>, default: isize| match o {
        Some(o) if !o.is_none() => {
            if !number::is_index(o) {
                return Err(raise!(TypeError, "slice indices must be integers or None or have an __index__ method"));
            }
            number::as_ssize(o, None)
        }
        _ => Ok(default),
    };
    Ok((bound(start, 0)?, bound(end, isize::MAX)?))
}

/// The name of an encoding, or of error handling, as C wants it.
pub fn codec_name(function: &str, argument: &str, o: &Object) -> Result<CString> {
    if !unicode::check(o) {
        let got = if o.is_none() { "None" } else { error::cut(typeobject::tp_name(o.ty()), 50) };
        return Err(raise!(TypeError, "{function}() argument '{argument}' must be str, not {got}"));
    }
    CString::new(unicode::as_str(o)?).map_err(|_| raise!(ValueError, "embedded null character"))
}

/// The byte that fills (`c` in format units): bytes or a bytearray of length one.
pub fn fill_byte(function: &str, o: &Object) -> Result<u8> {
    let (slice, kind) = if bytes::check(o) {
        (bytes::as_slice(o), "bytes")
    } else if bytearray::check(o) {
        (bytearray::as_slice(o), "bytearray")
    } else {
        let got = if o.is_none() { "None" } else { error::cut(typeobject::tp_name(o.ty()), 50) };
        return Err(raise!(TypeError, "{function}() argument 2 must be a byte string of length 1, not {got}"));
    };
    match slice {
        [byte] => Ok(*byte),
        _ => Err(raise!(
            TypeError,
            "{function}(): argument 2 must be a byte string of length 1, not a {kind} object of length {}",
            slice.len()
        )),
    }
}
