//! `bytesobject.h`, `cpython/bytesobject.h` and `internal/pycore_bytesobject.h`.

use crate::abi::va_list::VaList;
use crate::abi::*;
use crate::mem::refcount;
use crate::object::{IntoC, Object, Owned, Raised, Result, api, error, raw_bytes};
use crate::raise;
use crate::types::bytes::writer::Writer;
use crate::types::bytes::{self, escape, format_c, new, repr, slots};
use crate::types::bytesmethods::view::{View, cannot_concat};
use crate::types::bytesmethods::{Bytes, find, join};
use crate::types::typeobject;
use std::ffi::CStr;
use std::ptr;

/// The argument of a function that wants bytes: "expected bytes, str found".
fn expected(o: &Object) -> Raised {
    raise!(TypeError, "expected bytes, {} found", error::cut(typeobject::tp_name(o.ty()), 200))
}

/// # Safety
/// `op` is alive for `'a`.
unsafe fn checked<'a>(op: *mut PyObject) -> Result<&'a Object> {
    // SAFETY: the caller's word.
    let o = unsafe { Object::new(op) }?;
    if bytes::check(o) { Ok(o) } else { Err(expected(o)) }
}

/// `size` bytes from `bytes`, or room for them if it is NULL. New reference; `SystemError` for a negative size.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_FromStringAndSize(bytes: *const c_char, size: Py_ssize_t) -> *mut PyObject {
    api(|| {
        if size < 0 {
            return Err(raise!(SystemError, "Negative size passed to PyBytes_FromStringAndSize"));
        }
        // SAFETY: the caller's contract.
        unsafe {
            match size {
                1 if !bytes.is_null() => Ok(bytes::from_byte(*bytes as u8)),
                _ => {
                    let new = bytes::with_len(size as usize)?;
                    if !bytes.is_null() {
                        bytes::data(&new).copy_from_nonoverlapping(bytes.cast(), size as usize);
                    }
                    Ok(new)
                }
            }
        }
    })
}

/// The bytes of a C string. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_FromString(bytes: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| bytes::from_slice(unsafe { CStr::from_ptr(bytes) }.to_bytes()))
}

/// The bytes of an object with a buffer or of an iterable of ints. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_FromObject(o: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        match unsafe { Object::optional(o) } {
            Some(o) => new::from_object(o),
            None => Err(error::bad_internal_call()),
        }
    })
}

/// As `PyBytes_FromFormat`, with the arguments as a `va_list`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_FromFormatV(format: *const c_char, vargs: *mut c_void) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { format_c::from_format(format, &mut VaList::new(vargs)) })
}

/// The number of bytes, or -1 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_Size(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { checked(o) }.map(|o| bytes::len(o) as isize))
}

/// Where the bytes stand, or NULL with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_AsString(o: *mut PyObject) -> *mut c_char {
    // SAFETY: the caller's contract.
    api(|| unsafe { checked(o) }.map(|o| bytes::data(o).cast::<c_char>()))
}

/// Bytes and size; without a place for the size the bytes must have no zero in them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_AsStringAndSize(
    obj: *mut PyObject,
    s: *mut *mut c_char,
    len: *mut Py_ssize_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        if s.is_null() {
            return Err(error::bad_internal_call());
        }
        let o = checked(obj)?;
        *s = bytes::data(o).cast();
        if !len.is_null() {
            *len = bytes::len(o) as isize;
        } else if bytes::as_slice(o).contains(&0) {
            return Err(raise!(ValueError, "embedded null byte"));
        }
        Ok(())
    })
}

/// `repr` of bytes; with `smartquotes` in double quotes where only single ones occur. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_Repr(obj: *mut PyObject, smartquotes: c_int) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| repr::repr(unsafe { Object::new(obj) }?, smartquotes != 0))
}

/// Appends: `*bytes` becomes a new reference to `*bytes + newpart`, or NULL with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_Concat(bytes: *mut *mut PyObject, newpart: *mut PyObject) {
    // SAFETY: the caller's contract; the reference moves.
    unsafe {
        if (*bytes).is_null() {
            return;
        }
        let left = Owned::from_raw(ptr::replace(bytes, ptr::null_mut()));
        let Some(right) = Object::optional(newpart) else { return };
        *bytes = concat_to(left, right).into_c();
    }
}

fn concat_to(left: Owned, right: &Object) -> Result {
    // Bytes that nobody else has grow in place.
    if bytes::check_exact(&left) && left.refcount() == 1 && !left.is(right) {
        let view = View::of(right).map_err(|raised| {
            drop(error::caught(raised));
            cannot_concat(&left, right)
        })?;
        let (old, added) = (bytes::len(&left), view.slice());
        if old > bytes::MAX_LEN - added.len().min(bytes::MAX_LEN) {
            return Err(error::no_memory());
        }
        let grown = bytes::resize(left, old + added.len())?;
        // SAFETY: ours alone, with room for both; of no bytes there is nothing to write.
        unsafe { bytes::data(&grown).add(old).copy_from_nonoverlapping(added.as_ptr(), added.len()) };
        return Ok(grown);
    }
    slots::concat(&left, right)
}

/// As `PyBytes_Concat`; the reference to `newpart` is stolen.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_ConcatAndDel(bytes: *mut *mut PyObject, newpart: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe {
        PyBytes_Concat(bytes, newpart);
        refcount::xdecref(newpart);
    }
}

/// `sep.join(iterable)` of bytes. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_Join(sep: *mut PyObject, iterable: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let Some(sep) = Object::optional(sep) else { return Err(error::bad_internal_call()) };
        if !bytes::check(sep) {
            let got = error::cut(typeobject::tp_name(sep.ty()), 200);
            return Err(raise!(TypeError, "sep: expected bytes, got {got}"));
        }
        join::join::<Bytes>(bytes::as_slice(sep), Object::new(iterable)?)
    })
}

/// # Safety
/// `text` has `len` bytes, and `errors` is NULL or a C string.
unsafe fn escaped<'a>(
    text: *const c_char,
    len: Py_ssize_t,
    errors: *const c_char,
) -> Result<(&'a [u8], Option<&'a [u8]>)> {
    if len > bytes::MAX_LEN as isize {
        return Err(raise!(OverflowError, "byte string is too large"));
    }
    // SAFETY: the caller's word.
    unsafe { Ok((raw_bytes(text, len), (!errors.is_null()).then(|| CStr::from_ptr(errors).to_bytes()))) }
}

/// The bytes that a literal with escapes stands for. The last two arguments are not used. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBytes_DecodeEscape(
    s: *const c_char,
    len: Py_ssize_t,
    errors: *const c_char,
    _unicode: Py_ssize_t,
    _recode_encoding: *const c_char,
) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        let (text, errors) = unsafe { escaped(s, len, errors) }?;
        escape::decode_and_warn(text, errors)
    })
}

/// As `PyBytes_DecodeEscape`, telling of an invalid escape in place of warning: its character, or -1, and where it
/// stands. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytes_DecodeEscape2(
    s: *const c_char,
    len: Py_ssize_t,
    errors: *const c_char,
    first_invalid_escape_char: *mut c_int,
    first_invalid_escape_ptr: *mut *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        *first_invalid_escape_char = -1;
        *first_invalid_escape_ptr = ptr::null();
        let (text, errors) = escaped(s, len, errors)?;
        let (bytes, invalid) = escape::decode(text, errors)?;
        if let Some(invalid) = invalid {
            *first_invalid_escape_char = invalid.value as c_int;
            *first_invalid_escape_ptr = s.add(invalid.at);
        }
        Ok(bytes)
    })
}

/// Another size for bytes that only the caller has: `*bytes` moves, and is NULL after an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytes_Resize(bytes: *mut *mut PyObject, newsize: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract; the reference moves.
    api(|| unsafe {
        let Some(old) = Owned::optional(ptr::replace(bytes, ptr::null_mut())) else {
            return Err(error::bad_internal_call());
        };
        if !bytes::check(&old) || newsize < 0 {
            return Err(error::bad_internal_call());
        }
        *bytes = bytes::resize(old, newsize as usize)?.into_raw();
        Ok(())
    })
}

/// The first place of `needle` plus `offset`, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytes_Find(
    haystack: *const c_char,
    len_haystack: Py_ssize_t,
    needle: *const c_char,
    len_needle: Py_ssize_t,
    offset: Py_ssize_t,
) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    let found = unsafe { find::first(raw_bytes(haystack, len_haystack), raw_bytes(needle, len_needle)) };
    found.map_or(-1, |i| i as isize + offset)
}

/// The last place of `needle` plus `offset`, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytes_ReverseFind(
    haystack: *const c_char,
    len_haystack: Py_ssize_t,
    needle: *const c_char,
    len_needle: Py_ssize_t,
    offset: Py_ssize_t,
) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    let found = unsafe { find::last(raw_bytes(haystack, len_haystack), raw_bytes(needle, len_needle)) };
    found.map_or(-1, |i| i as isize + offset)
}

/// Fills `dest` with `src` over and over; `len_dest` is a multiple of `len_src`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytes_Repeat(
    dest: *mut c_char,
    len_dest: Py_ssize_t,
    src: *const c_char,
    len_src: Py_ssize_t,
) {
    // SAFETY: the caller's contract.
    unsafe {
        if len_dest > 0 && len_src > 0 {
            slots::fill_repeated(dest.cast(), len_dest as usize, raw_bytes(src, len_src));
        }
    }
}

/// Makes an empty writer of it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytesWriter_Init(writer: *mut Writer) {
    // SAFETY: the caller's contract.
    unsafe { (*writer).init() }
}

/// Room for the first `size` bytes: where they go, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytesWriter_Alloc(writer: *mut Writer, size: Py_ssize_t) -> *mut c_void {
    // SAFETY: the caller's contract.
    api(|| unsafe { (*writer).alloc(size) }.map(<*mut u8>::cast::<c_void>))
}

/// Room for `size` more bytes; `str` moves with the bytes. NULL with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytesWriter_Prepare(
    writer: *mut Writer,
    str: *mut c_void,
    size: Py_ssize_t,
) -> *mut c_void {
    // SAFETY: the caller's contract.
    api(|| unsafe { (*writer).prepare(str.cast(), size) }.map(<*mut u8>::cast::<c_void>))
}

/// Room for `size` bytes in all; `str` moves with the bytes. NULL with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytesWriter_Resize(writer: *mut Writer, str: *mut c_void, size: Py_ssize_t) -> *mut c_void {
    // SAFETY: the caller's contract.
    api(|| unsafe { (*writer).resize(str.cast(), size) }.map(<*mut u8>::cast::<c_void>))
}

/// Writes `size` bytes at `str`. The place behind them, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytesWriter_WriteBytes(
    writer: *mut Writer,
    str: *mut c_void,
    bytes: *const c_void,
    size: Py_ssize_t,
) -> *mut c_void {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let at = (*writer).prepare(str.cast(), size)?;
        at.copy_from_nonoverlapping(bytes.cast(), size as usize);
        Ok(at.add(size as usize).cast::<c_void>())
    })
}

/// The object of what was written up to `str`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytesWriter_Finish(writer: *mut Writer, str: *mut c_void) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { (*writer).finish(str.cast()) })
}

/// Gives up what the writer holds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytesWriter_Dealloc(writer: *mut Writer) {
    // SAFETY: the caller's contract.
    unsafe { (*writer).dealloc() }
}
