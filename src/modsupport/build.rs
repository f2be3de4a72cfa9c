//! `Py_BuildValue`: objects from a format and C values.
//!
//! Arguments are read to the end even after one failed, because `N` gives references away that must not leak.

use crate::abi::va_list::VaList;
use crate::abi::*;
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::types::{bytes, complex, dict, float, list, long, none, tuple, unicode};
use std::ffi::CStr;

type Make = unsafe extern "C" fn(*mut c_void) -> *mut PyObject;

/// # Safety
/// `format` is a C string and `va` has what it says.
pub unsafe fn build(format: *const c_char, va: &mut VaList) -> Result<Owned> {
    // SAFETY: the caller's word.
    let format = unsafe { CStr::from_ptr(format) }.to_bytes();
    let n = count(format, None)?;
    let mut rest = format;
    // SAFETY: the caller's word.
    unsafe {
        match n {
            0 => Ok(none::none()),
            1 => value(&mut rest, va),
            _ => tuple::from_owned(values(&mut rest, va, n, None)?),
        }
    }
}

/// Gives the values one by one to `take`: the arguments of a call (`_Py_VaBuildStack`). All are read even after one
/// failed.
///
/// # Safety
/// As [`build`].
pub unsafe fn each(format: *const c_char, va: &mut VaList, mut take: impl FnMut(Owned)) -> Result<()> {
    // SAFETY: the caller's word.
    let mut format = unsafe { CStr::from_ptr(format) }.to_bytes();
    let n = count(format, None)?;
    let mut first_error = None;
    for _ in 0..n {
        // SAFETY: the caller's word.
        match unsafe { plain_object(&mut format, va).unwrap_or_else(|| value(&mut format, va)) } {
            Ok(value) => take(value),
            Err(raised) => {
                let exception = error::caught(raised);
                first_error.get_or_insert(exception);
            }
        }
    }
    ended(&mut format, None, first_error)
}

/// What a character of a format is to [`count`].
#[derive(Clone, Copy)]
enum Kind {
    Value,
    Opening,
    Closing,
    Nothing,
}

static KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Value; 256];
    let set = [(Kind::Opening, b"([{" as &[u8]), (Kind::Closing, b")]}"), (Kind::Nothing, b"#&,: \t")];
    let mut i = 0;
    while i < set.len() {
        let (kind, mut characters) = set[i];
        while let [c, rest @ ..] = characters {
            kinds[*c as usize] = kind;
            characters = rest;
        }
        i += 1;
    }
    kinds
};

/// How many values stand before `end`. A parenthesis too many hides what follows; it is found when the values end.
fn count(format: &[u8], end: Option<u8>) -> Result<usize> {
    let (mut n, mut depth) = (0, 0isize);
    for &c in format {
        if depth <= 0 && Some(c) == end {
            return Ok(n);
        }
        match KINDS[c as usize] {
            Kind::Value => n += (depth == 0) as usize,
            Kind::Opening => {
                n += (depth == 0) as usize;
                depth += 1;
            }
            Kind::Closing => depth -= 1,
            Kind::Nothing => {}
        }
    }
    if depth > 0 || end.is_some() { Err(raise!(SystemError, "unmatched paren in format")) } else { Ok(n) }
}

/// Passes over the end of a group, and gives the error of its values, unless the end is not where it should be.
fn ended(format: &mut &[u8], end: Option<u8>, first_error: Option<Owned>) -> Result<()> {
    loop {
        match format.split_first() {
            None if end.is_none() => break,
            Some((&c, rest)) if Some(c) == end => {
                *format = rest;
                break;
            }
            Some((b',' | b':' | b' ' | b'\t', rest)) => *format = rest,
            _ => return Err(raise!(SystemError, "Unmatched paren in format")),
        }
    }
    match first_error {
        Some(exception) => Err(error::restore(exception)),
        None => Ok(()),
    }
}

/// `n` values; the first error is the one that stays.
unsafe fn values(format: &mut &[u8], va: &mut VaList, n: usize, end: Option<u8>) -> Result<Vec<Owned>> {
    let mut all = Vec::with_capacity(n);
    let mut first_error = None;
    for _ in 0..n {
        // SAFETY: the caller's word.
        match unsafe { value(format, va) } {
            Ok(value) => all.push(value),
            Err(raised) => {
                let exception = error::caught(raised);
                first_error.get_or_insert(exception);
            }
        }
    }
    ended(format, end, first_error)?;
    Ok(all)
}

unsafe fn group(format: &mut &[u8], va: &mut VaList, end: u8) -> Result<Vec<Owned>> {
    let n = count(format, Some(end))?;
    // SAFETY: the caller's word.
    unsafe { values(format, va, n, Some(end)) }
}

/// An object as it is, the commonest unit of a call; `None` if the format goes on with something else.
#[inline(always)]
unsafe fn plain_object(format: &mut &[u8], va: &mut VaList) -> Option<Result<Owned>> {
    let [b'O', rest @ ..] = *format else { return None };
    if rest.first() == Some(&b'&') {
        return None;
    }
    *format = rest;
    // SAFETY: the caller's word.
    Some(unsafe { checked(va.pointer(), false) })
}

unsafe fn value(format: &mut &[u8], va: &mut VaList) -> Result<Owned> {
    loop {
        let Some((&unit, rest)) = format.split_first() else {
            return Err(raise!(SystemError, "bad format char passed to Py_BuildValue"));
        };
        *format = rest;
        // SAFETY: the caller's word, for every `va` below.
        unsafe {
            return match unit {
                b'(' => tuple::from_owned(group(format, va, b')')?),
                b'[' => list::from_owned(group(format, va, b']')?),
                b'{' => mapping(format, va),
                b'b' | b'B' | b'h' | b'i' => long::from_i64(va.int().into()),
                b'H' | b'I' => long::from_u64(va.uint().into()),
                b'n' | b'l' | b'L' => long::from_i64(va.long()),
                b'k' | b'K' => long::from_u64(va.ulong()),
                b'p' => Ok(crate::types::boolobject::from_bool(va.int() != 0)),
                b'u' => wide(format, va),
                b'f' | b'd' => float::from_f64(va.double()),
                b'D' => {
                    let value: *const Py_complex = va.pointer();
                    complex::from_c(Py_complex { real: (*value).real, imag: (*value).imag })
                }
                b'c' => bytes::from_slice(&[va.int() as u8]),
                b'C' => unicode::new::from_ordinal(va.int()),
                b's' | b'z' | b'U' => text(format, va, unicode::from_utf8),
                b'y' => text(format, va, bytes::from_slice),
                b'N' | b'S' | b'O' => object(unit, format, va),
                b',' | b':' | b' ' | b'\t' => continue,
                _ => Err(raise!(SystemError, "bad format char passed to Py_BuildValue")),
            };
        }
    }
}

/// The rest of `{key value ...}`.
unsafe fn mapping(format: &mut &[u8], va: &mut VaList) -> Result<Owned> {
    let n = count(format, Some(b'}'))?;
    // With the smallest table, unless it stays empty: it would get that with its first entry.
    let dict = dict::with_room(n.min(1))?;
    let mut first_error = (n % 2 != 0).then(|| error::caught(raise!(SystemError, "Bad dict format")));
    for _ in 0..n / 2 {
        // SAFETY: the caller's word: both are read, whatever becomes of the key.
        let (key, item) =
            unsafe { (value(format, va).map_err(error::caught), value(format, va).map_err(error::caught)) };
        let set = match (key, item) {
            _ if first_error.is_some() => continue,
            (Ok(key), Ok(item)) => dict::set(&dict, &key, &item).map_err(error::caught),
            (Err(exception), _) | (_, Err(exception)) => Err(exception),
        };
        first_error = set.err();
    }
    if n % 2 != 0 {
        // SAFETY: the caller's word: both are read, whatever becomes of the key.
        drop(unsafe { value(format, va) }.map_err(error::caught));
    }
    ended(format, Some(b'}'), first_error)?;
    Ok(dict)
}

/// A length behind `#`, or -1.
unsafe fn length(format: &mut &[u8], va: &mut VaList) -> isize {
    match format.split_first() {
        Some((b'#', rest)) => {
            *format = rest;
            // SAFETY: the caller's word.
            unsafe { va.ssize() }
        }
        _ => -1,
    }
}

unsafe fn text(format: &mut &[u8], va: &mut VaList, make: fn(&[u8]) -> Result<Owned>) -> Result<Owned> {
    // SAFETY: the caller's word.
    unsafe {
        let data: *const c_char = va.pointer();
        let n = length(format, va);
        if data.is_null() {
            return Ok(none::none());
        }
        if n < 0 {
            return make(CStr::from_ptr(data).to_bytes());
        }
        make(std::slice::from_raw_parts(data.cast(), n as usize))
    }
}

unsafe fn wide(format: &mut &[u8], va: &mut VaList) -> Result<Owned> {
    // SAFETY: the caller's word.
    unsafe {
        let data: *const wchar_t = va.pointer();
        let n = length(format, va);
        if data.is_null() {
            return Ok(none::none());
        }
        let n = if n < 0 { libc::wcslen(data) } else { n as usize };
        unicode::new::from_kind_and_data(PyUnicode_4BYTE_KIND as c_int, data.cast(), n as isize)
    }
}

unsafe fn object(unit: u8, format: &mut &[u8], va: &mut VaList) -> Result<Owned> {
    // SAFETY: the caller's word.
    unsafe {
        if let Some((b'&', rest)) = format.split_first() {
            *format = rest;
            let make = std::mem::transmute::<*mut c_void, Option<Make>>(va.pointer());
            let arg: *mut c_void = va.pointer();
            let made = make.map_or(std::ptr::null_mut(), |make| make(arg));
            return checked(made, true);
        }
        checked(va.pointer(), unit == b'N')
    }
}

/// NULL passes an error on, or is one.
unsafe fn checked(op: *mut PyObject, owned: bool) -> Result<Owned> {
    // SAFETY: the caller's word: NULL, a reference that is given away, or a live object.
    unsafe {
        if op.is_null() {
            if error::occurred() {
                return Err(error::Raised::already());
            }
            return Err(raise!(SystemError, "NULL object passed to Py_BuildValue"));
        }
        Ok(if owned { Owned::from_raw(op) } else { Object::from_ptr(op).to_owned() })
    }
}
