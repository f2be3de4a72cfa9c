//! `unicodeobject.h`: making and reading strings. What works on their text is in `unicodeobject_text.rs`, the codecs in
//! `unicodeobject_codecs.rs`, the writers in `unicodeobject_writer.rs`, characters in `unicodectype.rs`.

use crate::abi::va_list::VaList;
use crate::abi::*;
use crate::mem::domains;
use crate::object::{BorrowedReturn, Object, Owned, Result, api, error, lifecycle, raw_bytes, until};
use crate::raise;
use crate::types::unicode::layout::{self, Chars};
use crate::types::unicode::{self, check, checked, compare, concat, find, format_c, hash, intern, new, utf8};
use std::ffi::CStr;
use std::ptr;

/// The bytes of a C string.
///
/// # Safety
/// `text` is a C string that lives for `'a`.
pub(super) unsafe fn c_bytes<'a>(text: *const c_char) -> &'a [u8] {
    // SAFETY: the caller's word.
    unsafe { CStr::from_ptr(text) }.to_bytes()
}

/// A str whose characters may still change (`unicode_check_modifiable`).
fn check_modifiable(s: &Object) -> Result<()> {
    if concat::is_modifiable(s) {
        return Ok(());
    }
    Err(raise!(SystemError, "Cannot modify a string currently used"))
}

/// An index as C gives it, in `0..len`.
fn checked_index(s: &Object, index: Py_ssize_t) -> Result<usize> {
    if index < 0 || index as usize >= layout::len(s) {
        return Err(raise!(IndexError, "string index out of range"));
    }
    Ok(index as usize)
}

/// A new str of `size` characters up to `maxchar`, to be filled in. New reference; `SystemError` for a bad size or
/// character.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_New(size: Py_ssize_t, maxchar: Py_UCS4) -> *mut PyObject {
    api(|| new::new(size, maxchar))
}

/// From UTF-8. New reference; `UnicodeDecodeError`, `SystemError` for a bad size.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromStringAndSize(u: *const c_char, size: Py_ssize_t) -> *mut PyObject {
    api(|| {
        if size < 0 {
            return Err(raise!(SystemError, "Negative size passed to PyUnicode_FromStringAndSize"));
        }
        if u.is_null() && size > 0 {
            return Err(raise!(
                SystemError,
                "NULL string with positive size with NULL passed to PyUnicode_FromStringAndSize"
            ));
        }
        // SAFETY: the caller's contract.
        unicode::from_utf8(unsafe { raw_bytes(u, size) })
    })
}

/// From a C string of UTF-8. New reference; `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromString(u: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unicode::from_utf8(unsafe { c_bytes(u) }))
}

/// From characters of one, two or four bytes. New reference; `ValueError` for a negative size, `SystemError` for
/// another kind.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromKindAndData(
    kind: c_int,
    buffer: *const c_void,
    size: Py_ssize_t,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { new::from_kind_and_data(kind, buffer, size) })
}

/// The characters from `start` to `end`. New reference; `IndexError` for a negative index.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Substring(s: *mut PyObject, start: Py_ssize_t, end: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| concat::substring(unsafe { checked(s) }?, start, end))
}

/// Copies the characters, and a NUL if `copy_null`. `buffer`, or NULL with `SystemError` if it is too small.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsUCS4(
    s: *mut PyObject,
    buffer: *mut Py_UCS4,
    buflen: Py_ssize_t,
    copy_null: c_int,
) -> *mut Py_UCS4 {
    api(|| {
        if buffer.is_null() || buflen < 0 {
            return Err(error::bad_internal_call());
        }
        // SAFETY: the caller's contract; the buffer has room for `buflen`.
        unsafe {
            let s = checked(s)?;
            let needed = layout::len(s) + usize::from(copy_null != 0);
            if (buflen as usize) < needed {
                let raised = raise!(SystemError, "string is longer than the buffer");
                if copy_null != 0 && buflen > 0 {
                    *buffer = 0;
                }
                return Err(raised);
            }
            layout::copy(PyUnicode_4BYTE_KIND, buffer.cast(), 0, layout::chars(s));
            if copy_null != 0 {
                *buffer.add(layout::len(s)) = 0;
            }
        }
        Ok(buffer)
    })
}

/// As `PyUnicode_AsUCS4` with a NUL, in a buffer for `PyMem_Free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsUCS4Copy(s: *mut PyObject) -> *mut Py_UCS4 {
    // SAFETY: the caller's contract.
    api(|| unsafe { wide_copy(checked(s)?) })
}

/// The characters as 32-bit numbers with a NUL behind them, in a buffer for `PyMem_Free`.
fn wide_copy(s: &Object) -> Result<*mut u32> {
    let n = layout::len(s);
    let buffer = n.checked_add(1).and_then(|n| n.checked_mul(4)).map_or(ptr::null_mut(), domains::mem_malloc);
    if buffer.is_null() {
        return Err(error::no_memory());
    }
    let buffer = buffer.cast::<u32>();
    // SAFETY: room for all and a NUL.
    unsafe {
        layout::copy(PyUnicode_4BYTE_KIND, buffer.cast(), 0, layout::chars(s));
        *buffer.add(n) = 0;
    }
    Ok(buffer)
}

/// The number of characters; -1 with `TypeError` if `s` is no str.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_GetLength(s: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| Ok(layout::len(unsafe { checked(s) }?) as isize))
}

/// Kept for the stable ABI: -1 with `RuntimeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_GetSize(_s: *mut PyObject) -> Py_ssize_t {
    api(|| -> Result<isize> { Err(raise!(RuntimeError, "PyUnicode_GetSize has been removed.")) })
}

/// The character at `index`; (Py_UCS4)-1 with `IndexError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_ReadChar(s: *mut PyObject, index: Py_ssize_t) -> Py_UCS4 {
    let read = || {
        // SAFETY: the caller's contract.
        let s = unsafe { checked(s) }?;
        Ok::<_, error::Raised>(layout::chars(s).get(checked_index(s, index)?))
    };
    read().unwrap_or(Py_UCS4::MAX)
}

/// Sets a character of a str that nobody else has seen. -1 with `SystemError` if somebody may have, `IndexError`,
/// `ValueError` if the character is wider than the storage, `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_WriteChar(s: *mut PyObject, index: Py_ssize_t, ch: Py_UCS4) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        let s = unsafe { checked(s) }?;
        if layout::state(s) & layout::COMPACT == 0 {
            return Err(error::bad_argument());
        }
        let index = checked_index(s, index)?;
        check_modifiable(s)?;
        if ch > layout::max_char_value(s) {
            return Err(raise!(ValueError, "character out of range"));
        }
        // SAFETY: inside, and it fits.
        unsafe { layout::write(layout::kind(s), layout::data(s), index, ch) };
        Ok(())
    })
}

/// Copies characters into a str that nobody else has seen; gives how many. -1 with `IndexError`, `SystemError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_CopyCharacters(
    to: *mut PyObject,
    to_start: Py_ssize_t,
    from: *mut PyObject,
    from_start: Py_ssize_t,
    how_many: Py_ssize_t,
) -> Py_ssize_t {
    api(|| {
        // SAFETY: the caller's contract.
        let (to, from) = unsafe {
            match (Object::optional(to), Object::optional(from)) {
                (Some(to), Some(from)) if check(to) && check(from) => (to, from),
                _ => return Err(error::bad_internal_call()),
            }
        };
        if from_start < 0 || from_start as usize > layout::len(from) {
            return Err(raise!(IndexError, "string index out of range"));
        }
        if to_start < 0 || to_start as usize > layout::len(to) {
            return Err(raise!(IndexError, "string index out of range"));
        }
        if how_many < 0 {
            return Err(raise!(SystemError, "how_many cannot be negative"));
        }
        let how_many = (layout::len(from) as isize - from_start).min(how_many);
        if to_start + how_many > layout::len(to) as isize {
            return Err(raise!(
                SystemError,
                "Cannot write {how_many} characters at {to_start} in a string of {} characters",
                layout::len(to)
            ));
        }
        if how_many == 0 {
            return Ok(0);
        }
        check_modifiable(to)?;
        let part = layout::chars(from).slice(from_start as usize, (from_start + how_many) as usize);
        if layout::max_char_value(from) > layout::max_char_value(to) && part.maxchar() > layout::max_char_value(to) {
            return Err(raise!(
                SystemError,
                "Cannot copy {} characters into a string of {} characters",
                kind_name(from),
                kind_name(to)
            ));
        }
        // SAFETY: fresh, with room.
        unsafe { concat::copy_characters(to, to_start as usize, part) };
        Ok(how_many)
    })
}

/// The name of how a str is stored, as messages have it.
fn kind_name(s: &Object) -> &'static str {
    match layout::kind(s) {
        PyUnicode_1BYTE_KIND if layout::is_ascii(s) => "ascii",
        PyUnicode_1BYTE_KIND => "latin1",
        PyUnicode_2BYTE_KIND => "UCS2",
        _ => "UCS4",
    }
}

/// Fills part of a str that nobody else has seen with one character; gives how many. -1 with `IndexError`,
/// `ValueError`, `SystemError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Fill(
    s: *mut PyObject,
    start: Py_ssize_t,
    length: Py_ssize_t,
    fill_char: Py_UCS4,
) -> Py_ssize_t {
    api(|| {
        // SAFETY: the caller's contract.
        let s = match unsafe { Object::optional(s) } {
            Some(s) if check(s) => s,
            _ => return Err(error::bad_internal_call()),
        };
        check_modifiable(s)?;
        if start < 0 {
            return Err(raise!(IndexError, "string index out of range"));
        }
        if fill_char > layout::max_char_value(s) {
            return Err(raise!(ValueError, "fill character is bigger than the string maximum character"));
        }
        let length = (layout::len(s) as isize).saturating_sub(start).min(length);
        if length <= 0 {
            return Ok(0);
        }
        // SAFETY: inside, and it fits.
        unsafe { layout::fill(layout::kind(s), layout::data(s), start as usize, length as usize, fill_char) };
        Ok(length)
    })
}

/// Gives the str in `place` another length, in place if nobody else has it. -1 with `SystemError`; on error `place`
/// stays as it is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Resize(place: *mut *mut PyObject, length: Py_ssize_t) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        unsafe {
            if place.is_null() || (*place).is_null() || length < 0 || !check(Object::from_ptr(*place)) {
                return Err(error::bad_internal_call());
            }
            concat::resize(place, length as usize)
        }
    })
}

/// The object itself if it is a str, a copy if it is an instance of a subclass. New reference; `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromObject(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| compare::from_object(unsafe { Object::new(o) }?))
}

/// A copy. New reference; `SystemError` if `s` is no str.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicode_Copy(s: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        match unsafe { Object::optional(s) } {
            Some(s) if check(s) => new::finish(new::copy(s)?),
            _ => Err(error::bad_internal_call()),
        }
    })
}

/// C's printf for str objects. New reference; `SystemError` for a bad format.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromFormatV(format: *const c_char, vargs: *mut c_void) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { format_c::from_format(format, &mut VaList::new(vargs)) })
}

/// Replaces `*place` by the interned str equal to it; what is no str of exact type stays. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_InternInPlace(place: *mut *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { intern_place(place, unicode::intern) }
}

/// # Safety
/// `place` holds NULL or a reference.
unsafe fn intern_place(place: *mut *mut PyObject, how: fn(Owned) -> Owned) {
    // SAFETY: the caller's word; the place's reference moves through.
    unsafe {
        if let Some(s) = Owned::optional(*place) {
            *place = if unicode::check_exact(&s) { how(s) } else { s }.into_raw();
        }
    }
}

/// As `_PyUnicode_InternImmortal`, under an older name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicode_InternInPlace(_interp: *mut PyInterpreterState, place: *mut *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { intern_place(place, intern::intern_immortal) }
}

/// As `PyUnicode_InternInPlace`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicode_InternMortal(_interp: *mut PyInterpreterState, place: *mut *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { intern_place(place, unicode::intern) }
}

/// As `PyUnicode_InternInPlace`, and the str lives as long as the interpreter.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicode_InternImmortal(_interp: *mut PyInterpreterState, place: *mut *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { intern_place(place, intern::intern_immortal) }
}

/// An interned str from UTF-8. New reference; `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_InternFromString(u: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| intern::intern_utf8(unsafe { c_bytes(u) }))
}

/// The str of one character. New reference; `ValueError` outside of `range(0x110000)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromOrdinal(ordinal: c_int) -> *mut PyObject {
    api(|| new::from_ordinal(ordinal))
}

/// From wide characters; a size of -1 measures them. New reference; `ValueError` for what is no code point.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FromWideChar(w: *const wchar_t, size: Py_ssize_t) -> *mut PyObject {
    api(|| {
        if w.is_null() && size != 0 {
            return Err(error::bad_internal_call());
        }
        // SAFETY: the caller's contract; a wide character has four bytes here.
        unsafe {
            let size = if size == -1 { wide_len(w) as isize } else { size };
            if size < 0 {
                return Err(raise!(SystemError, "Negative size passed to PyUnicode_New"));
            }
            let size = size as usize;
            if size == 0 {
                return Ok(new::empty());
            }
            new::from_ucs(Chars::Ucs4(std::slice::from_raw_parts(w.cast(), size)))
        }
    })
}

/// # Safety
/// `w` is a wide C string.
pub(super) unsafe fn wide_len(w: *const wchar_t) -> usize {
    // SAFETY: the caller's word.
    unsafe { until(w, |&c| c == 0) }.len()
}

/// Copies at most `size` characters; gives how many, a NUL behind them not counted. -1 with `TypeError` or
/// `SystemError`. With `w` NULL, how many wide characters are needed, the NUL counted.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsWideChar(s: *mut PyObject, w: *mut wchar_t, size: Py_ssize_t) -> Py_ssize_t {
    api(|| {
        if s.is_null() {
            return Err(error::bad_internal_call());
        }
        // SAFETY: the caller's contract: room for `size`.
        unsafe {
            let s = checked(s)?;
            let len = layout::len(s);
            if w.is_null() {
                return Ok(len as isize + 1);
            }
            let n = len.min(size.max(0) as usize);
            layout::copy(PyUnicode_4BYTE_KIND, w.cast(), 0, layout::chars(s).slice(0, n));
            if size > len as isize {
                *w.add(len) = 0;
            }
            Ok(n as isize)
        }
    })
}

/// The characters as a wide C string for `PyMem_Free`, and how many in `size`. NULL with `TypeError`, `MemoryError`,
/// or, if `size` is NULL, `ValueError` for an embedded NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsWideCharString(s: *mut PyObject, size: *mut Py_ssize_t) -> *mut wchar_t {
    api(|| {
        if s.is_null() {
            return Err(error::bad_internal_call());
        }
        // SAFETY: the caller's contract.
        unsafe {
            let s = checked(s)?;
            if !size.is_null() {
                let buffer = wide_copy(s)?;
                *size = layout::len(s) as isize;
                return Ok(buffer.cast::<wchar_t>());
            }
            if find::find_char(layout::chars(s), 0).is_some() {
                return Err(raise!(ValueError, "embedded null character"));
            }
            Ok(wide_copy(s)?.cast())
        }
    })
}

/// The text as UTF-8, kept in the object. NULL with `TypeError` or `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsUTF8AndSize(s: *mut PyObject, size: *mut Py_ssize_t) -> *const c_char {
    api(|| {
        // SAFETY: the caller's contract.
        unsafe {
            let text = checked(s).and_then(utf8::cached);
            match text {
                Ok(text) => {
                    if !size.is_null() {
                        *size = text.len() as isize;
                    }
                    Ok(text.as_ptr().cast::<c_char>())
                }
                Err(raised) => {
                    if !size.is_null() {
                        *size = -1;
                    }
                    Err(raised)
                }
            }
        }
    })
}

/// As `PyUnicode_AsUTF8AndSize`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AsUTF8(s: *mut PyObject) -> *const c_char {
    // SAFETY: the caller's contract.
    unsafe { PyUnicode_AsUTF8AndSize(s, ptr::null_mut()) }
}

/// As `PyUnicode_AsUTF8`; `ValueError` for an embedded NUL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicode_AsUTF8NoNUL(s: *mut PyObject) -> *const c_char {
    api(|| {
        // SAFETY: the caller's contract.
        let text = utf8::cached(unsafe { checked(s) }?)?;
        if text.contains(&0) {
            return Err(raise!(ValueError, "embedded null character"));
        }
        Ok(text.as_ptr().cast::<c_char>())
    })
}

/// 1, 2 or 4.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_KIND(s: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    layout::kind(unsafe { Object::from_ptr(s) }) as c_int
}

/// Where the characters are.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_DATA(s: *mut PyObject) -> *mut c_void {
    // SAFETY: the caller's contract.
    layout::data(unsafe { Object::from_ptr(s) }).cast()
}

/// Text with decimal digits and spaces as ASCII, for parsers of numbers. New reference; `SystemError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicode_TransformDecimalAndSpaceToASCII(s: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        match unsafe { Object::optional(s) } {
            Some(s) if check(s) => unicode::predicates::decimal_to_ascii(s),
            _ => Err(error::bad_internal_call()),
        }
    })
}

/// 1: the object is what it should be. A fatal error says if it is not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicode_CheckConsistency(s: *mut PyObject, check_content: c_int) -> c_int {
    // SAFETY: the caller's contract.
    let s = unsafe { Object::from_ptr(s) };
    if let Some(fault) = layout::fault(s, check_content != 0) {
        lifecycle::assertion_failed(s.as_ptr(), fault, c"_PyUnicode_CheckConsistency");
    }
    1
}

/// Ends a str of exact type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicode_ExactDealloc(s: *mut PyObject) {
    // SAFETY: the caller's contract: nobody refers to it.
    unsafe { unicode::slots::dealloc(s) }
}

/// What begins a `_Py_Identifier`; the rest is not needed.
#[repr(C)]
struct Identifier {
    string: *const c_char,
}

/// The interned str of an identifier. Borrowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicode_FromId(id: *mut _Py_Identifier) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        let s = unicode::from_utf8(unsafe { c_bytes((*id.cast::<Identifier>()).string) })?;
        // Immortal for the interpreter: the caller borrows it.
        let s = intern::intern_immortal(s);
        hash::hash(&s);
        Ok(BorrowedReturn::new(&s))
    })
}

/// As [`PyUnicode_InternInPlace`], for good: the string is never freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_InternImmortal(place: *mut *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { intern_place(place, intern::intern_immortal) }
}
