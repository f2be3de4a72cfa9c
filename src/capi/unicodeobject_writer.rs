//! `unicodeobject.h`: `PyUnicodeWriter_*` and the older `_PyUnicodeWriter_*`, one engine behind both.

use super::unicodeobject::{c_bytes, wide_len};
use crate::abi::va_list::VaList;
use crate::abi::*;
use crate::mem::domains;
use crate::object::{Object, Result, api, error, raw_bytes};
use crate::raise;
use crate::types::typeobject::fully_qualified_name;
use crate::types::unicode::writer::{self, Writer};
use crate::types::unicode::{check, format_c, layout, utf8};
use std::ptr;

/// The engine of a public writer.
///
/// # Safety
/// `writer` came from `PyUnicodeWriter_Create`.
#[inline(always)]
unsafe fn engine<'a>(writer: *mut PyUnicodeWriter) -> &'a mut Writer {
    // SAFETY: the caller's word.
    unsafe { Writer::of(writer.cast()) }
}

/// A new writer for `PyUnicodeWriter_Finish` or `PyUnicodeWriter_Discard`. NULL with `ValueError` for a negative
/// length.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_Create(length: Py_ssize_t) -> *mut PyUnicodeWriter {
    api(|| {
        if length < 0 {
            return Err(raise!(ValueError, "length must be positive"));
        }
        let place = domains::mem_malloc(size_of::<Writer>()).cast::<Writer>();
        if place.is_null() {
            return Err(error::no_memory());
        }
        let mut writer = Writer::new();
        if let Err(raised) = writer.prepare(length as usize, 0x7f) {
            // SAFETY: allocated above.
            unsafe { domains::mem_free(place.cast()) };
            return Err(raised);
        }
        // SAFETY: allocated above.
        unsafe { place.write(writer) };
        Ok(place.cast::<PyUnicodeWriter>())
    })
}

/// Ends a writer without taking its text. NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_Discard(writer: *mut PyUnicodeWriter) {
    if writer.is_null() {
        return;
    }
    // SAFETY: the caller's contract: it is not used again.
    unsafe {
        ptr::drop_in_place(writer.cast::<Writer>());
        domains::mem_free(writer.cast());
    }
}

/// The text, and the end of the writer. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_Finish(writer: *mut PyUnicodeWriter) -> *mut PyObject {
    // SAFETY: the caller's contract: it is not used again.
    let text = unsafe { engine(writer) }.take_text();
    // SAFETY: the caller's contract: it is not used again.
    unsafe { PyUnicodeWriter_Discard(writer) };
    api(|| text)
}

/// Appends a character. -1 with `ValueError` above U+10FFFF.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_WriteChar(writer: *mut PyUnicodeWriter, ch: Py_UCS4) -> c_int {
    api(|| {
        if ch > layout::MAX_UNICODE {
            return Err(raise!(ValueError, "character must be in range(0x110000)"));
        }
        // SAFETY: the caller's contract.
        unsafe { engine(writer) }.push_char(ch)
    })
}

/// Appends UTF-8; a size of -1 measures it. -1 with `UnicodeDecodeError`, and nothing is appended then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_WriteUTF8(
    writer: *mut PyUnicodeWriter,
    str: *const c_char,
    size: Py_ssize_t,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { PyUnicodeWriter_DecodeUTF8Stateful(writer, str, size, ptr::null(), ptr::null_mut()) }
}

/// Appends ASCII; a size of -1 measures it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_WriteASCII(
    writer: *mut PyUnicodeWriter,
    str: *const c_char,
    size: Py_ssize_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { engine(writer).push_ascii(if size < 0 { c_bytes(str) } else { raw_bytes(str, size) }) })
}

/// Appends wide characters; a size of -1 measures them. -1 with `ValueError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_WriteWideChar(
    writer: *mut PyUnicodeWriter,
    str: *const wchar_t,
    size: Py_ssize_t,
) -> c_int {
    api(|| {
        // SAFETY: the caller's contract; a wide character has four bytes here.
        unsafe {
            let size = if size < 0 { wide_len(str) } else { size as usize };
            if size == 0 {
                return Ok(());
            }
            writer::push_ucs4(engine(writer), std::slice::from_raw_parts(str.cast(), size))
        }
    })
}

/// Appends characters of four bytes. -1 with `ValueError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_WriteUCS4(
    writer: *mut PyUnicodeWriter,
    str: *mut Py_UCS4,
    size: Py_ssize_t,
) -> c_int {
    api(|| {
        if size < 0 {
            return Err(raise!(ValueError, "size must be positive"));
        }
        if size == 0 {
            return Ok(());
        }
        // SAFETY: the caller's contract.
        unsafe { writer::push_ucs4(engine(writer), std::slice::from_raw_parts(str, size as usize)) }
    })
}

/// Appends `str(obj)`. -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_WriteStr(writer: *mut PyUnicodeWriter, obj: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { engine(writer).push_str_of(Object::new(obj)?) })
}

/// Appends `repr(obj)`, or "<NULL>". -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_WriteRepr(writer: *mut PyUnicodeWriter, obj: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        match Object::optional(obj) {
            Some(obj) => engine(writer).push_repr(obj),
            None => engine(writer).push_ascii(b"<NULL>"),
        }
    })
}

/// Appends the characters from `start` to `end`. -1 with `TypeError`, `ValueError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_WriteSubstring(
    writer: *mut PyUnicodeWriter,
    str: *mut PyObject,
    start: Py_ssize_t,
    end: Py_ssize_t,
) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        let s = unsafe { Object::new(str) }?;
        if !check(s) {
            let name = fully_qualified_name(s.ty())?;
            return Err(raise!(TypeError, "expect str, not {}", error::Text(&name)));
        }
        if start < 0 || start > end {
            return Err(raise!(ValueError, "invalid start argument"));
        }
        if end as usize > layout::len(s) {
            return Err(raise!(ValueError, "invalid end argument"));
        }
        // SAFETY: the caller's contract.
        unsafe { engine(writer) }.push_substring(s, start as usize, end as usize)
    })
}

/// What `PyUnicodeWriter_Format` calls with its arguments.
///
/// # Safety
/// As `PyUnicodeWriter_Format`; `args` is a `va_list`.
pub(super) unsafe extern "C" fn writer_format(
    writer: *mut PyUnicodeWriter,
    format: *const c_char,
    args: *mut c_void,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        transaction(engine(writer), |writer| format_c::write_format(writer, c_bytes(format), &mut VaList::new(args)))
    }
}

/// Runs `write`; if it fails, what it had written goes again.
fn transaction(writer: &mut Writer, write: impl FnOnce(&mut Writer) -> Result<()>) -> c_int {
    let before = writer.len();
    api(|| match write(writer) {
        Ok(()) => Ok(()),
        Err(raised) => {
            // Without memory even for that, the writer is left empty.
            let exception = error::caught(raised);
            if writer.truncate(before).is_err() {
                error::clear();
            }
            Err(error::restore(exception))
        }
    })
}

/// Appends UTF-8 decoded with an error handler; a length of -1 measures it. -1 with an exception, and nothing is
/// appended then.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeWriter_DecodeUTF8Stateful(
    writer: *mut PyUnicodeWriter,
    string: *const c_char,
    length: Py_ssize_t,
    errors: *const c_char,
    consumed: *mut Py_ssize_t,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let text = if length < 0 { c_bytes(string) } else { raw_bytes(string, length) };
        let mut used = 0;
        let result = transaction(engine(writer), |writer| {
            let used = (!consumed.is_null()).then_some(&mut used);
            utf8::decode_into(writer, text, super::codecs::optional(errors), used)
        });
        if result < 0 {
            used = 0;
        }
        if !consumed.is_null() {
            *consumed = used as isize;
        }
        result
    }
}

/// Initialises a writer on the caller's stack.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicodeWriter_Init(writer: *mut _PyUnicodeWriter) {
    // SAFETY: the caller's contract.
    unsafe { writer.write(Writer::exact().take()) }
}

/// Room for `length` more characters up to `maxchar`. -1 with `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicodeWriter_PrepareInternal(
    writer: *mut _PyUnicodeWriter,
    length: Py_ssize_t,
    maxchar: Py_UCS4,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Writer::of(writer) }.grow(length as usize, maxchar))
}

/// Room for characters of this kind. -1 with `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicodeWriter_PrepareKindInternal(writer: *mut _PyUnicodeWriter, kind: c_int) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Writer::of(writer) }.prepare_kind(kind))
}

/// Appends a character. -1 with `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicodeWriter_WriteChar(writer: *mut _PyUnicodeWriter, ch: Py_UCS4) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Writer::of(writer) }.push_char(ch))
}

/// Appends a str. -1 with `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicodeWriter_WriteStr(writer: *mut _PyUnicodeWriter, str: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Writer::of(writer).push_object(Object::new(str)?) })
}

/// Appends the characters from `start` to `end`. -1 with `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicodeWriter_WriteSubstring(
    writer: *mut _PyUnicodeWriter,
    str: *mut PyObject,
    start: Py_ssize_t,
    end: Py_ssize_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Writer::of(writer).push_substring(Object::new(str)?, start as usize, end as usize) })
}

/// Appends ASCII; a length of -1 measures it. -1 with `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicodeWriter_WriteASCIIString(
    writer: *mut _PyUnicodeWriter,
    ascii: *const c_char,
    len: Py_ssize_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Writer::of(writer).push_ascii(if len == -1 { c_bytes(ascii) } else { raw_bytes(ascii, len) }) })
}

/// Appends Latin-1. -1 with `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicodeWriter_WriteLatin1String(
    writer: *mut _PyUnicodeWriter,
    str: *const c_char,
    len: Py_ssize_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Writer::of(writer).push_latin1(raw_bytes(str, len)) })
}

/// The text; the writer is empty then. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicodeWriter_Finish(writer: *mut _PyUnicodeWriter) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Writer::of(writer) }.take_text())
}

/// Gives the buffer up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicodeWriter_Dealloc(writer: *mut _PyUnicodeWriter) {
    // SAFETY: the caller's contract.
    unsafe { Writer::of(writer) }.dealloc();
}
