//! One unit of a format: the argument's C value, stored where the caller's pointers say.

use crate::abi::va_list::VaList;
use crate::abi::*;
use crate::mem::domains;
use crate::object::{Object, Owned, Raised, buffers, error};
use crate::raise;
use crate::types::{bytearray, bytes, complex, float, long, typeobject, unicode};
use std::ffi::CStr;
use std::ptr;

/// What a unit found wrong: a text for the message that the parser makes, or an exception that is set already.
pub enum Fault {
    Message(String),
    Raised(Raised),
}

impl From<Raised> for Fault {
    fn from(raised: Raised) -> Fault {
        Fault::Raised(raised)
    }
}

type Converted = std::result::Result<(), Fault>;
type Converter = unsafe extern "C" fn(*mut PyObject, *mut c_void) -> c_int;

/// What units took for the caller. Dropping it gives everything back; [`Cleanup::keep`] leaves it to the caller.
#[derive(Default)]
pub struct Cleanup(Vec<Taken>);

enum Taken {
    /// Memory, and where the caller was given its address.
    Memory(*mut *mut c_char),
    Buffer(*mut Py_buffer),
    /// A converter that wants to be called with NULL.
    Converter(Converter, *mut c_void),
}

impl Cleanup {
    #[inline(always)]
    pub fn keep(mut self) {
        self.0.clear();
    }
}

impl Drop for Cleanup {
    #[inline(always)]
    fn drop(&mut self) {
        if !self.0.is_empty() {
            self.give_back();
        }
    }
}

impl Cleanup {
    #[cold]
    #[inline(never)]
    fn give_back(&mut self) {
        for taken in self.0.drain(..).rev() {
            // SAFETY: each was taken for a pointer of the caller's, who has not come back yet.
            unsafe {
                match taken {
                    Taken::Memory(place) => {
                        domains::mem_free((*place).cast());
                        *place = ptr::null_mut();
                    }
                    Taken::Buffer(buffer) => buffers::release(buffer),
                    Taken::Converter(convert, place) => {
                        convert(ptr::null_mut(), place);
                    }
                }
            }
        }
    }
}

/// "must be `expected`, not <type>"; an expectation in parentheses is a fault of the format.
#[cold]
fn wrong(expected: &str, arg: &Object) -> Fault {
    if expected.starts_with('(') {
        return Fault::Message(expected.to_owned());
    }
    let got = if arg.is_none() { "None" } else { typeobject::tp_name(arg.ty()) };
    Fault::Message(format!("must be {expected:.50}, not {}", error::cut(got, 50)))
}

#[cold]
fn overflow(kind: &str, greater: bool) -> Fault {
    let end = if greater { "greater than maximum" } else { "less than minimum" };
    Fault::Raised(raise!(OverflowError, "{kind} is {end}"))
}

fn ranged(arg: &Object, kind: &str, min: i64, max: i64) -> std::result::Result<i64, Fault> {
    let value = long::as_i64(arg)?;
    if value > max {
        return Err(overflow(kind, true));
    }
    if value < min {
        return Err(overflow(kind, false));
    }
    Ok(value)
}

/// Takes `c` off the front of the format, if it stands there.
fn take(format: &mut &[u8], c: u8) -> bool {
    let found = format.first() == Some(&c);
    if found {
        *format = &format[1..];
    }
    found
}

/// # Safety
/// `va` has the pointers that the unit stores through.
#[inline(always)]
pub unsafe fn simple(arg: &Object, format: &mut &[u8], va: &mut VaList, cleanup: &mut Cleanup) -> Converted {
    // The commonest units: an object as it is, and a small int.
    match *format {
        [b'O', rest @ ..] if !matches!(rest.first(), Some(b'!' | b'&')) => {
            *format = rest;
            // SAFETY: the caller's word.
            unsafe { *va.pointer::<*mut PyObject>() = arg.as_ptr() };
            return Ok(());
        }
        [b'i', rest @ ..] => {
            if let Some(value) = long::compact_value_exact(arg) {
                *format = rest;
                // A digit has 30 bits.
                // SAFETY: the caller's word.
                unsafe { *va.pointer::<c_int>() = value as c_int };
                return Ok(());
            }
        }
        _ => {}
    }
    // SAFETY: the caller's word.
    unsafe { converted(arg, format, va, cleanup) }
}

#[inline(never)]
unsafe fn converted(arg: &Object, format: &mut &[u8], va: &mut VaList, cleanup: &mut Cleanup) -> Converted {
    let Some((&unit, rest)) = format.split_first() else {
        return Err(wrong("(impossible<bad format char>)", arg));
    };
    let whole = *format;
    *format = rest;
    // SAFETY: the caller's word, for every `va` below.
    unsafe {
        match unit {
            b'b' => {
                let value = ranged(arg, "unsigned byte integer", 0, u8::MAX.into())?;
                *va.pointer::<u8>() = value as u8;
            }
            b'B' => *va.pointer::<u8>() = mask(arg)? as u8,
            b'h' => {
                let value = ranged(arg, "signed short integer", i16::MIN.into(), i16::MAX.into())?;
                *va.pointer::<i16>() = value as i16;
            }
            b'H' => *va.pointer::<u16>() = mask(arg)? as u16,
            b'i' => {
                let value = ranged(arg, "signed integer", i32::MIN.into(), i32::MAX.into())?;
                *va.pointer::<c_int>() = value as c_int;
            }
            b'I' => *va.pointer::<c_uint>() = mask(arg)? as c_uint,
            b'l' => *va.pointer::<c_long>() = long::as_i64(arg)?,
            b'L' => *va.pointer::<c_longlong>() = long::as_long_long(arg)?,
            b'n' => {
                let index = crate::object::number::index(arg)?;
                *va.pointer::<isize>() = long::as_isize(&index)?;
            }
            b'k' | b'K' => {
                if !crate::object::number::is_index(arg) {
                    return Err(wrong("int", arg));
                }
                *va.pointer::<u64>() = mask(arg)?;
            }
            b'f' => *va.pointer::<f32>() = float::as_f64(arg)? as f32,
            b'd' => *va.pointer::<f64>() = float::as_f64(arg)?,
            b'D' => *va.pointer::<Py_complex>() = complex::as_c(arg)?,
            b'c' => *va.pointer::<u8>() = byte(arg)?,
            b'C' => *va.pointer::<c_int>() = character(arg)?,
            b'p' => *va.pointer::<c_int>() = arg.is_true()?.into(),
            b's' | b'z' => return text(unit, arg, format, va, cleanup),
            b'y' => return binary(arg, format, va, cleanup),
            b'w' => {
                if !take(format, b'*') {
                    return Err(wrong("(invalid use of 'w' format character)", arg));
                }
                return writable(arg, va.pointer(), cleanup);
            }
            b'e' => return encoded(arg, format, va, cleanup),
            b'S' => return checked(arg, bytes::check(arg), "bytes", va),
            b'Y' => return checked(arg, bytearray::check(arg), "bytearray", va),
            b'U' => return checked(arg, unicode::check(arg), "str", va),
            b'O' => return object(arg, format, va, cleanup),
            _ => {
                *format = whole;
                return Err(wrong("(impossible<bad format char>)", arg));
            }
        }
    }
    Ok(())
}

fn mask(arg: &Object) -> Result<u64, Fault> {
    Ok(long::as_mask(arg)?)
}

fn byte(arg: &Object) -> Result<u8, Fault> {
    let (kind, data) = if bytes::check(arg) {
        ("bytes", bytes::as_slice(arg))
    } else if bytearray::check(arg) {
        ("bytearray", bytearray::as_slice(arg))
    } else {
        return Err(wrong("a byte string of length 1", arg));
    };
    match data {
        [byte] => Ok(*byte),
        _ => Err(Fault::Message(format!(
            "must be a byte string of length 1, not a {kind} object of length {}",
            data.len()
        ))),
    }
}

fn character(arg: &Object) -> Result<c_int, Fault> {
    if !unicode::check(arg) {
        return Err(wrong("a unicode character", arg));
    }
    match unicode::len(arg) {
        1 => Ok(unicode::layout::chars(arg).get(0) as c_int),
        n => Err(Fault::Message(format!("must be a unicode character, not a string of length {n}"))),
    }
}

unsafe fn checked(arg: &Object, fits: bool, expected: &str, va: &mut VaList) -> Converted {
    if !fits {
        return Err(wrong(expected, arg));
    }
    // SAFETY: the caller's word.
    unsafe { *va.pointer::<*mut PyObject>() = arg.as_ptr() };
    Ok(())
}

/// `s`, `z` and their forms with `#` and `*`.
unsafe fn text(unit: u8, arg: &Object, format: &mut &[u8], va: &mut VaList, cleanup: &mut Cleanup) -> Converted {
    let null = unit == b'z' && arg.is_none();
    // SAFETY: the caller's word.
    unsafe {
        if take(format, b'*') {
            let view: *mut Py_buffer = va.pointer();
            if null {
                buffers::fill(view, None, ptr::null_mut(), 0, true, 0)?;
            } else if unicode::check(arg) {
                let text = unicode::as_str(arg)?;
                buffers::fill(view, Some(arg), text.as_ptr().cast_mut(), text.len(), true, 0)?;
            } else {
                contiguous(arg, view)?;
            }
            cleanup.0.push(Taken::Buffer(view));
            return Ok(());
        }
        let place: *mut *const c_char = va.pointer();
        if take(format, b'#') {
            let size: *mut isize = va.pointer();
            // A caller who looks at it after a failure finds NULL, if a buffer was asked for.
            if !null && !unicode::check(arg) {
                *place = ptr::null();
            }
            let (data, len) = match () {
                () if null => (ptr::null(), 0),
                () if unicode::check(arg) => {
                    let text = unicode::as_str(arg)?;
                    (text.as_ptr(), text.len())
                }
                () => read_only(arg)?,
            };
            *place = data.cast();
            *size = len as isize;
            return Ok(());
        }
        if null {
            *place = ptr::null();
            return Ok(());
        }
        if !unicode::check(arg) {
            return Err(wrong(if unit == b'z' { "str or None" } else { "str" }, arg));
        }
        // A NUL stands behind it.
        let text = unicode::as_str(arg)?;
        if CStr::from_ptr(text.as_ptr().cast()).count_bytes() != text.len() {
            return Err(Fault::Raised(raise!(ValueError, "embedded null character")));
        }
        *place = text.as_ptr().cast();
    }
    Ok(())
}

/// `y`, `y#`, `y*`.
unsafe fn binary(arg: &Object, format: &mut &[u8], va: &mut VaList, cleanup: &mut Cleanup) -> Converted {
    // SAFETY: the caller's word.
    unsafe {
        if take(format, b'*') {
            let view: *mut Py_buffer = va.pointer();
            contiguous(arg, view)?;
            cleanup.0.push(Taken::Buffer(view));
            return Ok(());
        }
        let place: *mut *const c_char = va.pointer();
        // A caller who looks at it after a failure finds NULL.
        *place = ptr::null();
        let (data, len) = read_only(arg)?;
        *place = data.cast();
        if take(format, b'#') {
            *va.pointer::<isize>() = len as isize;
        } else if memchr::memchr(0, std::slice::from_raw_parts(data, len)).is_some() {
            return Err(Fault::Raised(raise!(ValueError, "embedded null byte")));
        }
    }
    Ok(())
}

/// A simple buffer of the argument.
unsafe fn contiguous(arg: &Object, view: *mut Py_buffer) -> Converted {
    // SAFETY: the caller's word.
    unsafe { buffers::get(arg, view, PyBUF_SIMPLE) }?;
    Ok(())
}

/// The bytes of an object that stay in place while the object lives: only such may be borrowed.
fn read_only(arg: &Object) -> Result<(*const u8, usize), Fault> {
    // SAFETY: layout: a type's buffer suite is NULL or valid.
    let locks = unsafe {
        let suite = (*arg.ty()).tp_as_buffer;
        !suite.is_null() && (*suite).bf_releasebuffer.is_some()
    };
    if locks {
        return Err(wrong("read-only bytes-like object", arg));
    }
    let mut view = std::mem::MaybeUninit::<Py_buffer>::uninit();
    // SAFETY: filled by `get`, and released at once.
    unsafe {
        buffers::get(arg, view.as_mut_ptr(), PyBUF_SIMPLE)?;
        let found = ((*view.as_ptr()).buf.cast_const().cast(), (*view.as_ptr()).len as usize);
        buffers::release(view.as_mut_ptr());
        Ok(found)
    }
}

unsafe fn writable(arg: &Object, view: *mut Py_buffer, cleanup: &mut Cleanup) -> Converted {
    // SAFETY: the caller's word.
    unsafe {
        if buffers::get(arg, view, PyBUF_WRITABLE).is_err() {
            error::clear();
            return Err(wrong("read-write bytes-like object", arg));
        }
        cleanup.0.push(Taken::Buffer(view));
    }
    Ok(())
}

/// `es`, `et`, `es#`, `et#`: text in an encoding, in memory of the caller's.
unsafe fn encoded(arg: &Object, format: &mut &[u8], va: &mut VaList, cleanup: &mut Cleanup) -> Converted {
    // SAFETY: the caller's word.
    unsafe {
        let encoding: *const c_char = va.pointer();
        let as_is = match format.first() {
            Some(b's') => false,
            Some(b't') => true,
            _ => return Err(wrong("(unknown parser marker combination)", arg)),
        };
        *format = &format[1..];
        let place: *mut *mut c_char = va.pointer();
        if place.is_null() {
            return Err(wrong("(buffer is NULL)", arg));
        }
        let data: Owned;
        let data: &[u8] = if as_is && bytes::check(arg) {
            bytes::as_slice(arg)
        } else if as_is && bytearray::check(arg) {
            bytearray::as_slice(arg)
        } else if unicode::check(arg) {
            let encoding = (!encoding.is_null()).then(|| CStr::from_ptr(encoding));
            data = unicode::registry::encode_str(arg, encoding, None)?;
            if !bytes::check(&data) {
                return Err(wrong("(encoder failed to return bytes)", arg));
            }
            bytes::as_slice(&data)
        } else {
            return Err(wrong(if as_is { "str, bytes or bytearray" } else { "str" }, arg));
        };
        if take(format, b'#') {
            let size: *mut isize = va.pointer();
            if size.is_null() {
                return Err(wrong("(buffer_len is NULL)", arg));
            }
            if (*place).is_null() {
                *place = allocate(data.len() + 1)?;
                cleanup.0.push(Taken::Memory(place));
            } else if data.len() as isize + 1 > *size {
                return Err(Fault::Raised(raise!(
                    ValueError,
                    "encoded string too long ({}, maximum length {})",
                    data.len(),
                    *size - 1
                )));
            }
            *size = data.len() as isize;
        } else {
            if memchr::memchr(0, data).is_some() {
                return Err(wrong("encoded string without null bytes", arg));
            }
            *place = allocate(data.len() + 1)?;
            cleanup.0.push(Taken::Memory(place));
        }
        ptr::copy_nonoverlapping(data.as_ptr().cast(), *place, data.len());
        *(*place).add(data.len()) = 0;
    }
    Ok(())
}

fn allocate(size: usize) -> Result<*mut c_char, Fault> {
    let block = domains::mem_malloc(size);
    if block.is_null() { Err(Fault::Raised(error::no_memory())) } else { Ok(block.cast()) }
}

/// `O`, `O!`, `O&`.
unsafe fn object(arg: &Object, format: &mut &[u8], va: &mut VaList, cleanup: &mut Cleanup) -> Converted {
    // SAFETY: the caller's word.
    unsafe {
        if take(format, b'!') {
            let ty: *mut PyTypeObject = va.pointer();
            let place: *mut *mut PyObject = va.pointer();
            if !arg.is_a(ty) {
                return Err(wrong(typeobject::tp_name(ty), arg));
            }
            *place = arg.as_ptr();
        } else if take(format, b'&') {
            let convert = std::mem::transmute::<*mut c_void, Option<Converter>>(va.pointer());
            let place: *mut c_void = va.pointer();
            let Some(convert) = convert else { return Err(wrong("(unspecified)", arg)) };
            match convert(arg.as_ptr(), place) {
                0 if error::occurred() => return Err(Fault::Raised(Raised::already())),
                0 => return Err(wrong("(unspecified)", arg)),
                Py_CLEANUP_SUPPORTED => cleanup.0.push(Taken::Converter(convert, place)),
                _ => {}
            }
        } else {
            *va.pointer::<*mut PyObject>() = arg.as_ptr();
        }
    }
    Ok(())
}

/// Passes over a unit whose argument is not there, and its pointers.
///
/// # Safety
/// As [`simple`].
pub unsafe fn skip(format: &mut &[u8], va: &mut VaList) -> Result<(), &'static str> {
    let whole = *format;
    // SAFETY: the caller's word. A unit that can't be read stays where it is, for the message.
    unsafe { skip_unit(format, va) }.inspect_err(|_| *format = whole)
}

unsafe fn skip_unit(format: &mut &[u8], va: &mut VaList) -> Result<(), &'static str> {
    let Some((&unit, rest)) = format.split_first() else { return Err("impossible<bad format char>") };
    *format = rest;
    // SAFETY: the caller's word.
    unsafe {
        match unit {
            b'b' | b'B' | b'h' | b'H' | b'i' | b'I' | b'l' | b'k' | b'L' | b'K' | b'n' | b'f' | b'd' | b'D' | b'c'
            | b'p' | b'S' | b'Y' | b'U' | b'C' => {
                va.pointer::<c_void>();
            }
            b'e' => {
                va.pointer::<c_void>();
                if !take(format, b's') && !take(format, b't') {
                    return Err("impossible<bad format char>");
                }
                va.pointer::<c_void>();
                if take(format, b'#') {
                    va.pointer::<c_void>();
                }
            }
            b's' | b'z' | b'y' | b'w' => {
                va.pointer::<c_void>();
                let starred = take(format, b'*');
                if unit == b'w' && !starred {
                    return Err("impossible<bad format char>");
                }
                if !starred && take(format, b'#') {
                    va.pointer::<c_void>();
                }
            }
            b'O' => {
                va.pointer::<c_void>();
                if take(format, b'!') || take(format, b'&') {
                    va.pointer::<c_void>();
                }
            }
            b'(' => loop {
                if take(format, b')') {
                    break;
                }
                if format.is_empty() || matches!(format[0], b':' | b';') {
                    return Err("Unmatched left paren in format string");
                }
                skip(format, va)?;
            },
            b')' => return Err("Unmatched right paren in format string"),
            _ => return Err("impossible<bad format char>"),
        }
    }
    Ok(())
}
