//! `PyUnicode_FromFormat`: C's printf for str objects, with the conversions that Python added.

use super::layout::{self, Chars};
use super::writer::Writer;
use super::{check, new, utf8};
use crate::abi::va_list::VaList;
use crate::abi::*;
use crate::object::{Object, Owned, Result};
use crate::types::typeobject;
use crate::{name, raise};
use std::ffi::CStr;

/// What stands between "%" and the conversion's letter.
#[derive(Default)]
struct Spec {
    left: bool,
    zero: bool,
    alternate: bool,
    width: Option<usize>,
    precision: Option<usize>,
    /// The precision that the caller gave as an argument is negative: it counts as 0, and as none where none may stand.
    below_zero: bool,
    size: Size,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Size {
    #[default]
    Int,
    Long,
    LongLong,
    Ssize,
    Ptrdiff,
    Intmax,
}

/// `PyUnicode_FromFormatV`.
///
/// # Safety
/// `format` is a C string, and `args` are what it says.
pub unsafe fn from_format(format: *const c_char, args: &mut VaList) -> Result<Owned> {
    // SAFETY: the caller's word.
    unsafe {
        let format = CStr::from_ptr(format).to_bytes();
        let mut writer = Writer::with_capacity(format.len() + 100);
        write_format(&mut writer, format, args)?;
        writer.finish()
    }
}

/// As [`from_format`], appending to `writer`.
///
/// # Safety
/// As [`from_format`].
pub unsafe fn write_format(writer: &mut Writer, format: &[u8], args: &mut VaList) -> Result<()> {
    if let Some(c) = format.iter().find(|c| !c.is_ascii()) {
        return Err(raise!(
            ValueError,
            "PyUnicode_FromFormatV() expects an ASCII-encoded format string, got a non-ASCII byte: 0x{c:02x}"
        ));
    }
    let mut rest = format;
    while let Some(&first) = rest.first() {
        if first == b'%' {
            // SAFETY: the caller's word.
            rest = unsafe { write_argument(writer, rest, args) }?;
            continue;
        }
        let end = rest.iter().position(|&c| c == b'%').unwrap_or(rest.len());
        let (literal, behind) = rest.split_at(end);
        writer.push_ascii(literal)?;
        rest = behind;
    }
    Ok(())
}

/// A number of the format; `None` if it is too big.
fn digits(f: &mut &[u8]) -> Option<usize> {
    let mut n: usize = 0;
    while let Some(&c @ b'0'..=b'9') = f.first() {
        if n > (isize::MAX as usize - (c - b'0') as usize) / 10 {
            return None;
        }
        n = n * 10 + (c - b'0') as usize;
        *f = &f[1..];
    }
    Some(n)
}

/// Writes the conversion at the start of `format` and gives what is behind it.
unsafe fn write_argument<'a>(writer: &mut Writer, format: &'a [u8], args: &mut VaList) -> Result<&'a [u8]> {
    let mut f = &format[1..];
    let invalid = || raise!(SystemError, "invalid format string: {}", String::from_utf8_lossy(format));
    if f.first() == Some(&b'%') {
        writer.push_char('%' as u32)?;
        return Ok(&f[1..]);
    }
    // SAFETY: the caller's word: arguments of the types that the format says.
    unsafe {
        let spec = Spec::parse(&mut f, args)?;
        let Some((&conversion, behind)) = f.split_first() else { return Err(invalid()) };
        match conversion {
            b'd' | b'i' | b'o' | b'u' | b'x' | b'X' => {}
            b'c' | b'p' if spec.width.is_some() || (spec.precision.is_some() && !spec.below_zero) => {
                return Err(invalid());
            }
            b's' | b'V' if matches!(spec.size, Size::Int | Size::Long) => {}
            _ if spec.size == Size::Int => {}
            _ => return Err(invalid()),
        }
        match conversion {
            b'c' => {
                let ordinal = args.int();
                if !(0..=layout::MAX_UNICODE as c_int).contains(&ordinal) {
                    return Err(raise!(OverflowError, "character argument not in range(0x110000)"));
                }
                writer.push_object(&*new::from_char(ordinal as u32)?)?;
            }
            b'd' | b'i' => {
                let value = spec.signed(args);
                spec.write_integer(writer, value < 0, &value.unsigned_abs().to_string())?;
            }
            b'o' => spec.write_integer(writer, false, &format!("{:o}", spec.unsigned(args)))?,
            b'u' => spec.write_integer(writer, false, &spec.unsigned(args).to_string())?,
            b'x' => spec.write_integer(writer, false, &format!("{:x}", spec.unsigned(args)))?,
            b'X' => spec.write_integer(writer, false, &format!("{:X}", spec.unsigned(args)))?,
            b'p' => {
                // As the C library's printf has it, with the prefix even where it has none.
                let text = match args.pointer::<c_void>() as usize {
                    0 => String::from("0x(nil)"),
                    address => format!("{address:#x}"),
                };
                writer.push_ascii(text.as_bytes())?;
            }
            b's' => spec.write_c_text(writer, args.pointer())?,
            b'V' => {
                let (o, text) = (Object::optional(args.pointer()), args.pointer());
                match o {
                    Some(s) => spec.write_text(writer, s)?,
                    None => spec.write_c_text(writer, text)?,
                }
            }
            b'U' => spec.write_text(writer, Object::new(args.pointer())?)?,
            b'S' | b'R' | b'A' | b'T' | b'N' => {
                let o = Object::new(args.pointer())?;
                let text = match conversion {
                    b'S' => o.str()?,
                    b'R' => o.repr()?,
                    b'A' => o.ascii()?,
                    b'T' => type_name(o.type_object(), spec.alternate)?,
                    _ if o.has_flag(Py_TPFLAGS_TYPE_SUBCLASS) => type_name(o, spec.alternate)?,
                    _ => return Err(raise!(TypeError, "%N argument must be a type")),
                };
                spec.write_text(writer, &text)?;
            }
            _ => return Err(invalid()),
        }
        Ok(behind)
    }
}

/// The fully qualified name of a type, with a colon between module and name if so asked.
fn type_name(ty: &Object, colon: bool) -> Result<Owned> {
    let full = typeobject::fully_qualified_name(ty.cast())?;
    if !colon {
        return Ok(full);
    }
    let qualname = ty.getattr(name!(__qualname__))?;
    let (len, tail) = (layout::len(&full), if check(&qualname) { layout::len(&qualname) } else { usize::MAX });
    if tail >= len {
        return Ok(full);
    }
    let mut writer = Writer::with_capacity(len);
    writer.push_substring(&full, 0, len - tail - 1)?;
    writer.push_char(':' as u32)?;
    writer.push_substring(&full, len - tail, len)?;
    writer.finish()
}

impl Spec {
    /// Takes flags, width, precision and size off the format. A `*` is an argument.
    unsafe fn parse(f: &mut &[u8], args: &mut VaList) -> Result<Spec> {
        let mut spec = Spec::default();
        while let Some(&flag) = f.first() {
            match flag {
                b'-' => spec.left = true,
                b'0' => spec.zero = true,
                b'#' => spec.alternate = true,
                _ => break,
            }
            *f = &f[1..];
        }
        // SAFETY: the caller's word.
        unsafe {
            match f.first() {
                Some(b'*') => {
                    let width = args.int();
                    spec.left |= width < 0;
                    spec.width = Some(width.unsigned_abs() as usize);
                    *f = &f[1..];
                }
                Some(b'1'..=b'9') => {
                    let Some(width) = digits(f) else { return Err(raise!(ValueError, "width too big")) };
                    spec.width = Some(width);
                }
                _ => {}
            }
            if f.first() == Some(&b'.') {
                *f = &f[1..];
                if f.first() == Some(&b'*') {
                    let precision = args.int();
                    spec.below_zero = precision < 0;
                    spec.precision = Some(precision.max(0) as usize);
                    *f = &f[1..];
                } else if f.first().is_some_and(u8::is_ascii_digit) {
                    let Some(precision) = digits(f) else { return Err(raise!(ValueError, "precision too big")) };
                    spec.precision = Some(precision);
                }
            }
        }
        let letters;
        (spec.size, letters) = match **f {
            [b'l', b'l', ..] => (Size::LongLong, 2),
            [b'l', ..] => (Size::Long, 1),
            [b'z', ..] => (Size::Ssize, 1),
            [b't', ..] => (Size::Ptrdiff, 1),
            [b'j', ..] => (Size::Intmax, 1),
            _ => (Size::Int, 0),
        };
        *f = &f[letters..];
        Ok(spec)
    }

    unsafe fn signed(&self, args: &mut VaList) -> i64 {
        // SAFETY: the caller's word.
        unsafe {
            match self.size {
                Size::Int => args.int().into(),
                Size::Long => args.long(),
                Size::LongLong | Size::Intmax => args.longlong(),
                Size::Ssize | Size::Ptrdiff => args.ssize() as i64,
            }
        }
    }

    unsafe fn unsigned(&self, args: &mut VaList) -> u64 {
        // SAFETY: the caller's word.
        unsafe {
            match self.size {
                Size::Int => args.uint().into(),
                Size::Long => args.ulong(),
                _ => args.size() as u64,
            }
        }
    }

    /// A C string, of wide characters if the size says so.
    unsafe fn write_c_text(&self, writer: &mut Writer, text: *const c_char) -> Result<()> {
        // SAFETY: the caller's word.
        unsafe {
            if self.size == Size::Long {
                self.write_wide(writer, text.cast())
            } else {
                self.write_c_string(writer, text)
            }
        }
    }

    /// Characters, cut to the precision and filled to the width.
    fn write_chars(&self, writer: &mut Writer, chars: Chars) -> Result<()> {
        let n = self.precision.unwrap_or(usize::MAX).min(chars.len());
        let fill = self.width.unwrap_or(0).saturating_sub(n);
        if !self.left {
            writer.push_repeat(' ' as u32, fill)?;
        }
        writer.push_chars(chars.slice(0, n))?;
        if self.left {
            writer.push_repeat(' ' as u32, fill)?;
        }
        Ok(())
    }

    fn write_text(&self, writer: &mut Writer, s: &Object) -> Result<()> {
        if self.width.is_none() && self.precision.is_none() {
            return writer.push_object(s);
        }
        self.write_chars(writer, layout::chars(s))
    }

    /// A C string: UTF-8, wrong bytes replaced. The precision counts bytes.
    unsafe fn write_c_string(&self, writer: &mut Writer, text: *const c_char) -> Result<()> {
        // SAFETY: the caller's word: a C string, or `precision` bytes.
        let bytes = unsafe {
            let n = match self.precision {
                None => libc::strlen(text),
                Some(n) => libc::strnlen(text, n),
            };
            std::slice::from_raw_parts(text.cast::<u8>(), n)
        };
        let cut = self.precision == Some(bytes.len());
        let Some(width) = self.width else {
            return write_utf8(writer, bytes, cut);
        };
        let mut part = Writer::with_capacity(bytes.len());
        write_utf8(&mut part, bytes, cut)?;
        let part = part.finish()?;
        Spec { left: self.left, width: Some(width), ..Spec::default() }.write_chars(writer, layout::chars(&part))
    }

    unsafe fn write_wide(&self, writer: &mut Writer, text: *const wchar_t) -> Result<()> {
        // SAFETY: the caller's word: a wide C string, or `precision` characters.
        let chars = unsafe {
            let limit = self.precision.unwrap_or(usize::MAX);
            let mut n = 0;
            while n < limit && *text.add(n) != 0 {
                n += 1;
            }
            std::slice::from_raw_parts(text.cast::<u32>(), n)
        };
        let s = new::from_ucs(Chars::Ucs4(chars))?;
        self.write_text(writer, &s)
    }

    fn write_integer(&self, writer: &mut Writer, negative: bool, digits: &str) -> Result<()> {
        let zeros = self.precision.unwrap_or(0).saturating_sub(digits.len());
        let fill = self.width.unwrap_or(0).saturating_sub(zeros + digits.len() + usize::from(negative));
        let sign: &[u8] = if negative { b"-" } else { b"" };
        if !self.left && !self.zero {
            writer.push_repeat(' ' as u32, fill)?;
        }
        writer.push_ascii(sign)?;
        if !self.left && self.zero {
            writer.push_repeat('0' as u32, fill)?;
        }
        writer.push_repeat('0' as u32, zeros)?;
        writer.push_ascii(digits.as_bytes())?;
        if self.left {
            writer.push_repeat(' ' as u32, fill)?;
        }
        Ok(())
    }
}

/// Wrong bytes become U+FFFD. If `cut`, an incomplete sequence at the end is left out.
fn write_utf8(writer: &mut Writer, bytes: &[u8], cut: bool) -> Result<()> {
    let mut consumed = 0;
    utf8::decode_into(writer, bytes, Some(c"replace"), cut.then_some(&mut consumed))
}
