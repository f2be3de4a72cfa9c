//! Text that grows: characters and strings are appended, and the finished str taken out. The struct is CPython's
//! `_PyUnicodeWriter`, so that C code that has one on its stack uses the same engine.
//!
//! The buffer is a str that is larger than what is written. Until a second thing is written, the writer may hold a
//! reference to a foreign str instead (`readonly`), so that writing one str and finishing costs nothing.

use super::layout::{self, Chars, class_of};
use super::{new, utf8};
use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, Owned, Result, error};
use std::fmt;
use std::ptr;

/// What a buffer that may grow begins with.
const SMALLEST: usize = 47;

#[repr(transparent)]
pub struct Writer(pub _PyUnicodeWriter);

impl Default for Writer {
    fn default() -> Writer {
        Writer::new()
    }
}

impl Writer {
    /// A writer that grows by more than it is asked for.
    #[inline]
    pub const fn new() -> Writer {
        let mut writer = Writer::exact();
        writer.0.overallocate = 1;
        writer
    }

    /// A writer that grows by what it is asked for (`_PyUnicodeWriter_Init`).
    pub const fn exact() -> Writer {
        Writer(_PyUnicodeWriter {
            buffer: ptr::null_mut(),
            data: ptr::null_mut(),
            kind: 0,
            maxchar: 0,
            size: 0,
            pos: 0,
            min_length: 0,
            min_char: 0x7f,
            overallocate: 0,
            readonly: 0,
        })
    }

    /// What is written next is the last: there need be no room behind it, and a whole str is kept as it is.
    pub fn no_more_room(&mut self) {
        self.0.overallocate = 0;
    }

    pub const fn with_capacity(n: usize) -> Writer {
        let mut writer = Writer::new();
        writer.0.min_length = n as isize;
        writer
    }

    /// The engine behind a C struct.
    ///
    /// # Safety
    /// `writer` points to an initialised `_PyUnicodeWriter` that nobody else uses meanwhile.
    #[inline(always)]
    pub unsafe fn of<'a>(writer: *mut _PyUnicodeWriter) -> &'a mut Writer {
        // SAFETY: transparent.
        unsafe { &mut *writer.cast() }
    }

    /// How many characters are written.
    pub fn len(&self) -> usize {
        self.0.pos as usize
    }

    /// Goes back to `len` characters, and to as narrow a form as they need.
    pub fn truncate(&mut self, len: usize) -> Result<()> {
        if len == self.len() {
            return Ok(());
        }
        debug_assert!(len < self.len() && self.0.readonly == 0);
        self.0.pos = len as isize;
        if self.0.maxchar < 0x80 {
            return Ok(());
        }
        let text = self.take_text()?;
        self.push_chars(layout::chars(&text))
    }

    /// Takes the buffer's fields from the buffer.
    fn update(&mut self) {
        // SAFETY: owned.
        let buffer = unsafe { Object::from_ptr(self.0.buffer) };
        self.0.maxchar = layout::max_char_value(buffer);
        self.0.data = layout::data(buffer).cast();
        if self.0.readonly == 0 {
            self.0.kind = layout::kind(buffer) as c_int;
            self.0.size = layout::len(buffer) as isize;
        } else {
            // A kind of 0 and no room: whatever is written next makes a buffer of our own.
            self.0.kind = 0;
            self.0.size = 0;
        }
    }

    /// Room for `n` more characters, none above `maxchar`.
    #[inline(always)]
    pub fn prepare(&mut self, n: usize, maxchar: u32) -> Result<()> {
        if maxchar <= self.0.maxchar && n as isize <= self.0.size - self.0.pos || n == 0 {
            return Ok(());
        }
        self.grow(n, maxchar)
    }

    #[inline(never)]
    pub fn grow(&mut self, n: usize, maxchar: u32) -> Result<()> {
        let pos = self.0.pos as usize;
        let Some(mut needed) = pos.checked_add(n).filter(|&n| n <= isize::MAX as usize) else {
            return Err(error::no_memory());
        };
        let maxchar = class_of(maxchar.max(self.0.min_char).max(self.0.maxchar));
        if self.0.overallocate != 0 && (needed > self.0.size as usize || self.0.buffer.is_null()) {
            needed = (needed + needed / 2).max(SMALLEST).min(isize::MAX as usize);
        }
        let size =
            needed.max(self.0.min_length as usize).max(if self.0.readonly == 0 { self.0.size as usize } else { 0 });
        if self.0.buffer.is_null() {
            self.0.buffer = new::alloc(size, maxchar)?.into_raw();
        } else if self.0.readonly == 0 && maxchar <= self.0.maxchar {
            // SAFETY: owned, and nobody else's; on error the buffer stays.
            self.0.buffer = new::resize_compact(unsafe { Owned::from_raw(self.0.buffer) }, size)?.into_raw();
        } else {
            // SAFETY: owned.
            let old = unsafe { Object::from_ptr(self.0.buffer) };
            let written = layout::chars(old).slice(0, pos);
            // SAFETY: fresh, with room for more than this.
            let new = new::build(size, maxchar, |kind, data| unsafe { layout::copy(kind, data, 0, written) })?;
            self.0.readonly = 0;
            let old = std::mem::replace(&mut self.0.buffer, new.into_raw());
            // SAFETY: owned.
            unsafe { refcount::decref(old) };
        }
        self.update();
        Ok(())
    }

    /// Room for characters of this kind in a buffer of our own.
    pub fn prepare_kind(&mut self, kind: c_int) -> Result<()> {
        if kind <= self.0.kind {
            return Ok(());
        }
        let maxchar = match kind {
            1 => 0xff,
            2 => 0xffff,
            _ => layout::MAX_UNICODE,
        };
        self.grow(0, maxchar)
    }

    /// The C struct, its buffer with it; the writer is empty then.
    pub fn take(mut self) -> _PyUnicodeWriter {
        let inner = _PyUnicodeWriter { ..self.0 };
        self.0.buffer = ptr::null_mut();
        inner
    }

    /// Gives the buffer up (`_PyUnicodeWriter_Dealloc`).
    pub fn dealloc(&mut self) {
        // SAFETY: owned, or NULL.
        unsafe { refcount::clear(&raw mut self.0.buffer) };
    }

    #[inline(always)]
    pub fn push_char(&mut self, ch: u32) -> Result<()> {
        self.prepare(1, ch)?;
        // SAFETY: there is room.
        unsafe { layout::write(self.0.kind as c_uint, self.0.data.cast(), self.0.pos as usize, ch) };
        self.0.pos += 1;
        Ok(())
    }

    pub fn push_repeat(&mut self, ch: u32, n: usize) -> Result<()> {
        self.prepare(n, ch)?;
        if n > 0 {
            // SAFETY: there is room.
            unsafe { layout::fill(self.0.kind as c_uint, self.0.data.cast(), self.0.pos as usize, n, ch) };
            self.0.pos += n as isize;
        }
        Ok(())
    }

    /// Characters of which none is above `maxchar`.
    #[inline]
    pub fn push_below(&mut self, chars: Chars, maxchar: u32) -> Result<()> {
        let n = chars.len();
        if n == 0 {
            return Ok(());
        }
        self.prepare(n, maxchar)?;
        // SAFETY: there is room.
        unsafe { layout::copy(self.0.kind as c_uint, self.0.data.cast(), self.0.pos as usize, chars) };
        self.0.pos += n as isize;
        Ok(())
    }

    /// Characters from anywhere but the writer's own buffer.
    pub fn push_chars(&mut self, chars: Chars) -> Result<()> {
        self.push_below(chars, chars.maxchar())
    }

    /// Text that is known to be ASCII.
    #[inline]
    pub fn push_ascii(&mut self, text: &[u8]) -> Result<()> {
        debug_assert!(text.is_ascii());
        self.push_below(Chars::Ucs1(text), 0x7f)
    }

    pub fn push_latin1(&mut self, text: &[u8]) -> Result<()> {
        self.push_chars(Chars::Ucs1(text))
    }

    pub fn push_str(&mut self, text: &str) -> Result<()> {
        if text.is_ascii() {
            return self.push_ascii(text.as_bytes());
        }
        utf8::push_valid(self, text)
    }

    /// A str or a subclass's instance (`_PyUnicodeWriter_WriteStr`).
    pub fn push_object(&mut self, s: &Object) -> Result<()> {
        let n = layout::len(s);
        if n == 0 {
            return Ok(());
        }
        let maxchar = layout::max_char_value(s);
        if self.0.buffer.is_null() && self.0.overallocate == 0 {
            self.0.readonly = 1;
            self.0.buffer = s.to_owned().into_raw();
            self.update();
            self.0.pos = n as isize;
            return Ok(());
        }
        self.push_below(layout::chars(s), maxchar)
    }

    /// The characters from `start` to `end` of a str.
    pub fn push_substring(&mut self, s: &Object, start: usize, end: usize) -> Result<()> {
        if start == 0 && end == layout::len(s) {
            return self.push_object(s);
        }
        self.push_chars(layout::chars(s).slice(start, end))
    }

    /// `repr(o)`.
    pub fn push_repr(&mut self, o: &Object) -> Result<()> {
        let text = o.repr()?;
        self.push_object(&text)
    }

    /// `str(o)`.
    pub fn push_str_of(&mut self, o: &Object) -> Result<()> {
        let text = o.str()?;
        self.push_object(&text)
    }

    /// The text, taken out: the writer is empty then.
    pub fn take_text(&mut self) -> Result<Owned> {
        // SAFETY: the reference moves to us.
        let buffer = unsafe { Owned::optional(std::mem::replace(&mut self.0.buffer, ptr::null_mut())) };
        let pos = std::mem::replace(&mut self.0.pos, 0) as usize;
        let readonly = std::mem::replace(&mut self.0.readonly, 0) != 0;
        (self.0.size, self.0.kind, self.0.maxchar, self.0.data) = (0, 0, 0, ptr::null_mut());
        let Some(buffer) = buffer else { return Ok(new::empty()) };
        if readonly {
            return Ok(buffer);
        }
        if pos == 0 {
            return Ok(new::empty());
        }
        if pos == 1 && layout::kind(&buffer) == PyUnicode_1BYTE_KIND {
            return new::finish_one(&buffer);
        }
        if layout::len(&buffer) == pos { Ok(buffer) } else { new::resize_compact(buffer, pos) }
    }

    #[inline]
    pub fn finish(mut self) -> Result<Owned> {
        self.take_text()
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.dealloc();
    }
}

impl fmt::Write for Writer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push_str(text).map_err(|_| fmt::Error)
    }
}

/// For `PyUnicodeWriter_WriteWideChar` and the like: refuses what is no code point.
pub fn push_ucs4(writer: &mut Writer, text: &[u32]) -> Result<()> {
    if let Some(&bad) = text.iter().find(|&&c| c > layout::MAX_UNICODE) {
        return Err(new::not_unicode(bad));
    }
    writer.push_chars(Chars::Ucs4(text))
}

const _: () = assert!(size_of::<Writer>() == size_of::<_PyUnicodeWriter>());
