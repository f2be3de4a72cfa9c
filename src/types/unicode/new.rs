//! Making a str: allocation, and from characters in every form. The empty str and those of one character below 256
//! are static objects, the same for all interpreters; a function that gives a finished str never makes another.

use super::layout::{self, Chars, MAX_UNICODE, Unit, kind_of};
use super::names::StaticStr;
use crate::abi::*;
use crate::mem::{domains, forever};
use crate::object::{Object, Owned, Result, error, lifecycle};
use crate::raise;
use std::mem::ManuallyDrop;

static mut EMPTY: StaticStr<1> = StaticStr::new("");

static mut ASCII_CHARS: [StaticStr<2>; 128] = {
    let mut all = [const { StaticStr::new("\0") }; 128];
    let mut c = 0;
    while c < 128 {
        all[c] = StaticStr::of_char(c as u8);
        c += 1;
    }
    all
};

/// A static str of one character from 0x80 to 0xff.
#[repr(C)]
struct StaticLatin1Char {
    head: PyCompactUnicodeObject,
    text: [u8; 2],
}

static LATIN1_UTF8: [[u8; 3]; 128] = {
    let mut all = [[0; 3]; 128];
    let mut i = 0;
    while i < 128 {
        let c = 0x80 + i as u8;
        all[i] = [0xc0 | c >> 6, 0x80 | c & 0x3f, 0];
        i += 1;
    }
    all
};

static mut LATIN1_CHARS: [StaticLatin1Char; 128] = {
    const fn of(i: usize) -> StaticLatin1Char {
        StaticLatin1Char {
            head: PyCompactUnicodeObject {
                _base: PyASCIIObject {
                    ob_base: PyObject::immortal(&raw mut super::PyUnicode_Type),
                    length: 1,
                    hash: -1,
                    state: layout::compact_state(PyUnicode_1BYTE_KIND, false)
                        | layout::STATIC
                        | SSTATE_INTERNED_IMMORTAL_STATIC,
                },
                utf8_length: 2,
                utf8: (&raw const LATIN1_UTF8[i]).cast_mut().cast(),
            },
            text: [0x80 + i as u8, 0],
        }
    }
    let mut all = [const { of(0) }; 128];
    let mut i = 0;
    while i < 128 {
        all[i] = of(i);
        i += 1;
    }
    all
};

/// The empty str, borrowed.
#[inline(always)]
pub fn empty_ref() -> &'static Object {
    // SAFETY: static.
    unsafe { Object::from_ptr((&raw mut EMPTY).cast()) }
}

/// The empty str.
#[inline(always)]
pub fn empty() -> Owned {
    empty_ref().to_owned()
}

/// The str of one character below 256, borrowed.
#[inline(always)]
pub fn latin1_char_ref(c: u8) -> &'static Object {
    // SAFETY: static, and the index is below 128.
    unsafe {
        Object::from_ptr(if c < 0x80 {
            (&raw mut ASCII_CHARS).cast::<StaticStr<2>>().add(c as usize).cast()
        } else {
            (&raw mut LATIN1_CHARS).cast::<StaticLatin1Char>().add(c as usize - 0x80).cast()
        })
    }
}

/// The str of one character below 256.
#[inline(always)]
pub fn latin1_char(c: u8) -> Owned {
    latin1_char_ref(c).to_owned()
}

/// A buffer for `n` items. `MemoryError`, which growing it later does not give.
pub fn room<T>(n: usize) -> Result<Vec<T>> {
    let mut items = Vec::new();
    match items.try_reserve_exact(n) {
        Ok(()) => Ok(items),
        Err(_) => Err(error::no_memory()),
    }
}

/// The size of the head of a compact str.
#[inline(always)]
pub const fn head_size(ascii: bool) -> usize {
    if ascii { size_of::<PyASCIIObject>() } else { size_of::<PyCompactUnicodeObject>() }
}

/// A fresh compact str of `len` characters that are not set yet, with the NUL behind them. Even for `len` 0 a new
/// object. `maxchar` says how they are stored.
#[inline]
pub fn alloc(len: usize, maxchar: u32) -> Result<Owned> {
    let kind = kind_of(maxchar);
    let ascii = maxchar < 0x80;
    let head = head_size(ascii);
    if len > (isize::MAX as usize - head) / kind as usize - 1 {
        return Err(error::no_memory());
    }
    let op = domains::object_malloc(head + (len + 1) * kind as usize);
    if op.is_null() {
        return Err(error::no_memory());
    }
    // SAFETY: fresh, and large enough.
    unsafe {
        op.cast::<PyASCIIObject>().write(PyASCIIObject {
            ob_base: PyObject { ob_refcnt: 1, ob_overflow: 0, ob_flags: 0, ob_type: &raw mut super::PyUnicode_Type },
            length: len as isize,
            hash: -1,
            state: layout::compact_state(kind, ascii),
        });
        lifecycle::new_reference(op.cast());
        let data = op.cast::<u8>().add(head);
        if !ascii {
            let compact = op.cast::<PyCompactUnicodeObject>();
            (*compact).utf8_length = 0;
            (*compact).utf8 = std::ptr::null_mut();
        }
        layout::write(kind, data, len, 0);
        Ok(Owned::from_raw(op.cast()))
    }
}

/// A str of ASCII text that all interpreters share, immortal.
pub fn shared_ascii(text: &[u8]) -> &'static Object {
    debug_assert!(text.is_ascii());
    match text {
        [] => return empty_ref(),
        [c] => return latin1_char_ref(*c),
        _ => {}
    }
    let head = head_size(true);
    // SAFETY: fresh, zeroed, and large enough with the NUL.
    unsafe {
        let op = forever::object(&raw mut super::PyUnicode_Type, head + text.len() + 1);
        let this = op.cast::<PyASCIIObject>();
        (*this).length = text.len() as isize;
        (*this).hash = -1;
        (*this).state = layout::compact_state(PyUnicode_1BYTE_KIND, true);
        std::ptr::copy_nonoverlapping(text.as_ptr(), op.cast::<u8>().add(head), text.len());
        Object::from_ptr(op)
    }
}

/// As [`alloc`], and `fill` writes the characters: it gets the kind and the place.
#[inline(always)]
pub fn build(len: usize, maxchar: u32, fill: impl FnOnce(c_uint, *mut u8)) -> Result<Owned> {
    let new = alloc(len, maxchar)?;
    fill(kind_of(maxchar), layout::data(&new));
    Ok(new)
}

/// `PyUnicode_New`.
pub fn new(size: isize, maxchar: u32) -> Result<Owned> {
    if size == 0 {
        return Ok(empty());
    }
    if maxchar > MAX_UNICODE {
        return Err(raise!(SystemError, "invalid maximum character passed to PyUnicode_New"));
    }
    if size < 0 {
        return Err(raise!(SystemError, "Negative size passed to PyUnicode_New"));
    }
    alloc(size as usize, maxchar)
}

/// A fresh str of another length, the characters that remain kept. `s` is compact and nobody else's; on error the
/// reference to it is not given up, so the caller still has it.
pub fn resize_compact(s: Owned, len: usize) -> Result<Owned> {
    let s = ManuallyDrop::new(s);
    let state = layout::state(&s);
    let (kind, ascii) = (layout::kind_in(state), state & layout::ASCII != 0);
    debug_assert!(s.refcount() == 1 && state & layout::COMPACT != 0);
    let head = head_size(ascii);
    if len > (isize::MAX as usize - head) / kind as usize - 1 {
        return Err(error::no_memory());
    }
    // SAFETY: fresh; a cached UTF-8 form no longer fits.
    unsafe {
        forget_utf8(&s);
        let op = domains::object_realloc(s.as_ptr().cast(), head + (len + 1) * kind as usize);
        if op.is_null() {
            return Err(error::no_memory());
        }
        (*op.cast::<PyASCIIObject>()).length = len as isize;
        layout::write(kind, op.cast::<u8>().add(head), len, 0);
        Ok(Owned::from_raw(op.cast()))
    }
}

/// Drops the UTF-8 form that a non-ASCII str keeps.
///
/// # Safety
/// `s` is a str that nobody else reads.
pub unsafe fn forget_utf8(s: &Object) {
    if layout::is_ascii(s) {
        return;
    }
    // SAFETY: layout: every str but compact ASCII has these fields.
    unsafe {
        let compact = s.cast::<PyCompactUnicodeObject>();
        if !(*compact).utf8.is_null() {
            domains::mem_free((*compact).utf8.cast());
            (*compact).utf8 = std::ptr::null_mut();
            (*compact).utf8_length = 0;
        }
    }
}

/// A str of characters that are known to be ASCII.
#[inline]
pub fn from_ascii(text: &[u8]) -> Result<Owned> {
    debug_assert!(text.is_ascii());
    match text {
        [] => Ok(empty()),
        [c] => Ok(latin1_char(*c)),
        // SAFETY: fresh, with room for all.
        _ => build(text.len(), 0x7f, |_, data| unsafe { layout::copy_bytes(text.as_ptr(), data, text.len()) }),
    }
}

/// A str of these characters, stored as small as they allow. Those above U+10FFFF are the caller's to refuse.
pub fn from_chars(chars: Chars) -> Result<Owned> {
    match chars.len() {
        0 => return Ok(empty()),
        1 => return from_char(chars.get(0)),
        _ => {}
    }
    // SAFETY: fresh, with room for all.
    build(chars.len(), chars.maxchar(), |kind, data| unsafe { layout::copy(kind, data, 0, chars) })
}

/// A str of one character.
#[inline]
pub fn from_char(ch: u32) -> Result<Owned> {
    if ch < 0x100 {
        return Ok(latin1_char(ch as u8));
    }
    // SAFETY: fresh, with room for one.
    build(1, ch, |kind, data| unsafe { layout::write(kind, data, 0, ch) })
}

/// A str of UTF-8 that is known to be well formed.
pub fn from_str(text: &str) -> Result<Owned> {
    if text.is_ascii() {
        return from_ascii(text.as_bytes());
    }
    from_wide(text)
}

/// As [`from_str`] with text that is not all ASCII.
pub fn from_wide(text: &str) -> Result<Owned> {
    let (len, maxchar) = measure(text);
    if len == 1 {
        return from_char(text.chars().next().map_or(0, u32::from));
    }
    // SAFETY: fresh, with room for all.
    build(len, maxchar, |kind, data| unsafe { unpack(text, kind, data) })
}

/// How many characters there are, and the class of the largest: what the first bytes of characters tell.
pub fn measure(text: &str) -> (usize, u32) {
    let bytes = text.as_bytes();
    let len = bytes.iter().filter(|&&b| b as i8 >= -0x40).count();
    let maxchar = match bytes.iter().fold(0, |max, &b| b.max(max)) {
        0..0x80 => 0x7f,
        0x80..0xc4 => 0xff,
        0xc4..0xf0 => 0xffff,
        _ => MAX_UNICODE,
    };
    (len, maxchar)
}

/// Writes the characters of `text` to storage of kind `kind`.
///
/// # Safety
/// There is room for all of them, and they fit.
pub unsafe fn unpack(text: &str, kind: c_uint, data: *mut u8) {
    #[inline(always)]
    unsafe fn each<T: Unit>(text: &str, mut out: *mut T) {
        for c in text.chars() {
            // SAFETY: the caller's word.
            unsafe {
                out.write(T::new(c as u32));
                out = out.add(1);
            }
        }
    }
    // SAFETY: the caller's word.
    unsafe {
        match kind {
            PyUnicode_1BYTE_KIND => each(text, data),
            PyUnicode_2BYTE_KIND => each(text, data.cast::<u16>()),
            _ => each(text, data.cast::<u32>()),
        }
    }
}

/// `PyUnicode_FromKindAndData`; `kind` is 1, 2 or 4.
///
/// # Safety
/// `size` units of that kind stand at `buffer`.
pub unsafe fn from_kind_and_data(kind: c_int, buffer: *const c_void, size: isize) -> Result<Owned> {
    if size < 0 {
        return Err(raise!(ValueError, "size must be positive"));
    }
    let size = size as usize;
    if size == 0 && matches!(kind, 1 | 2 | 4) {
        return Ok(empty());
    }
    // SAFETY: the caller's word.
    let chars = unsafe {
        match kind {
            1 => Chars::Ucs1(std::slice::from_raw_parts(buffer.cast(), size)),
            2 => Chars::Ucs2(std::slice::from_raw_parts(buffer.cast(), size)),
            4 => Chars::Ucs4(std::slice::from_raw_parts(buffer.cast(), size)),
            _ => return Err(raise!(SystemError, "invalid kind")),
        }
    };
    from_ucs(chars)
}

/// As [`from_chars`], refusing what is no code point.
pub fn from_ucs(chars: Chars) -> Result<Owned> {
    if let Chars::Ucs4(s) = chars
        && let Some(&bad) = s.iter().find(|&&c| c > MAX_UNICODE)
    {
        return Err(not_unicode(bad));
    }
    from_chars(chars)
}

#[cold]
pub fn not_unicode(ch: u32) -> crate::object::Raised {
    raise!(ValueError, "character U+{ch:x} is not in range [U+0000; U+10ffff]")
}

/// `PyUnicode_FromOrdinal`.
pub fn from_ordinal(ordinal: c_int) -> Result<Owned> {
    if !(0..=MAX_UNICODE as c_int).contains(&ordinal) {
        return Err(raise!(ValueError, "chr() arg not in range(0x110000)"));
    }
    from_char(ordinal as u32)
}

/// A str of exact type with the same characters: the object itself if it is one.
#[inline]
pub fn exact(s: &Object) -> Result<Owned> {
    if s.is_exact(&raw mut super::PyUnicode_Type) { Ok(s.to_owned()) } else { copy(s) }
}

/// Another str with the same characters (`_PyUnicode_Copy`).
pub fn copy(s: &Object) -> Result<Owned> {
    let chars = layout::chars(s);
    // SAFETY: fresh, with room for all.
    build(chars.len(), layout::max_char_value(s), |kind, data| unsafe { layout::copy(kind, data, 0, chars) })
}

/// A finished str in its smallest form and, where there is a static one, that one. `s` is fresh.
pub fn finish(s: Owned) -> Result<Owned> {
    match layout::len(&s) {
        0 => Ok(empty()),
        1 if layout::kind(&s) == PyUnicode_1BYTE_KIND => Ok(latin1_char(layout::chars(&s).get(0) as u8)),
        _ => Ok(s),
    }
}

/// The static str of the first character, which is below 256.
pub fn finish_one(s: &Object) -> Result<Owned> {
    Ok(latin1_char(layout::chars(s).get(0) as u8))
}
