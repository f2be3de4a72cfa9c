//! `PyArg_ParseTuple` and `PyArg_Parse`: a format over positional arguments.
//!
//! What a unit took for the caller (a buffer, memory, a converter's own) is given back if a later unit fails.

use super::convert::{self, Cleanup, Fault};
use crate::abi::va_list::VaList;
use crate::abi::*;
use crate::object::{Object, Raised, Result, error, sequence};
use crate::raise;
use crate::state::fatal::fatal_error;
use crate::types::{bytearray, bytes, exceptions, tuple, typeobject, unicode, warnings};
use std::ffi::CStr;

/// How deep parentheses may nest.
const MAX_LEVELS: usize = 30;

/// A format's tail: the function's name behind `:`, or the whole message behind `;`.
#[derive(Clone, Copy, Default)]
pub struct Tail<'a> {
    pub function: Option<&'a str>,
    pub message: Option<&'a str>,
}

impl<'a> Tail<'a> {
    /// Of a format, wherever in it the tail begins.
    pub fn of(format: &'a [u8]) -> Tail<'a> {
        let text = |bytes: &'a [u8]| Some(std::str::from_utf8(bytes).unwrap_or("?"));
        match format.iter().position(|&c| c == b':' || c == b';') {
            Some(at) if format[at] == b':' => Tail { function: text(&format[at + 1..]), message: None },
            Some(at) => Tail { function: None, message: text(&format[at + 1..]) },
            None => Tail::default(),
        }
    }

    /// # Safety
    /// `format` is a C string.
    #[cold]
    unsafe fn of_c(format: *const c_char) -> Tail<'a> {
        // SAFETY: the caller's word.
        Tail::of(unsafe { CStr::from_ptr(format) }.to_bytes())
    }

    /// "f()", or "function".
    pub fn call(&self) -> String {
        self.function.map_or("function".into(), |name| format!("{name:.200}()"))
    }
}

/// "s", but for one.
pub fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// What a format asks for, counted before anything is converted.
struct Counts {
    min: usize,
    max: usize,
    /// The units and what stands between them: the format without its tail.
    len: usize,
}

/// # Safety
/// `format` is a C string.
#[inline]
unsafe fn count(format: *const c_char) -> Counts {
    let (mut min, mut max, mut depth, mut len) = (None, 0, 0usize, 0);
    loop {
        // SAFETY: the caller's word: nothing before was the end.
        let c = unsafe { *format.add(len) } as u8;
        match c {
            // `e` is a prefix of `es` and `et`.
            b'a'..=b'z' | b'A'..=b'Z' => max += usize::from(depth == 0 && c != b'e'),
            b'(' => {
                max += usize::from(depth == 0);
                depth += 1;
                if depth >= MAX_LEVELS {
                    fatal_error("vgetargs1_impl", "too many tuple nesting levels in argument format string");
                }
            }
            b')' => {
                if depth == 0 {
                    fatal_error("vgetargs1_impl", "excess ')' in getargs format");
                }
                depth -= 1;
            }
            0 | b':' | b';' => break,
            b'|' if depth == 0 => min = Some(max),
            _ => {}
        }
        len += 1;
    }
    if depth != 0 {
        fatal_error("vgetargs1_impl", "missing ')' in getargs format");
    }
    Counts { min: min.unwrap_or(max), max, len }
}

/// `PyArg_ParseTuple`.
///
/// # Safety
/// `format` is a C string and `va` has what it says.
#[inline]
pub unsafe fn parse_tuple(args: &Object, format: *const c_char, va: &mut VaList) -> Result<()> {
    if !tuple::check(args) {
        return Err(raise!(SystemError, "new style getargs format but argument is not a tuple"));
    }
    // SAFETY: the caller's word.
    unsafe { parse_items(tuple::items(args), format, va) }
}

/// `_PyArg_ParseStack`: as [`parse_tuple`] over an array.
///
/// # Safety
/// As [`parse_tuple`].
pub unsafe fn parse_items(items: &[&Object], format: *const c_char, va: &mut VaList) -> Result<()> {
    // SAFETY: the caller's word.
    let counts = unsafe { count(format) };
    if items.len() < counts.min || items.len() > counts.max {
        // SAFETY: the caller's word.
        return Err(wrong_count(items.len(), &counts, unsafe { Tail::of_c(format) }));
    }
    // SAFETY: the caller's word.
    let mut rest = unsafe { std::slice::from_raw_parts(format.cast::<u8>(), counts.len) };
    let mut cleanup = Cleanup::default();
    let mut levels = Levels::default();
    for (i, item) in items.iter().enumerate() {
        if rest.first() == Some(&b'|') {
            rest = &rest[1..];
        }
        // SAFETY: the caller's word.
        if let Err(fault) = unsafe { convert_item(item, &mut rest, va, &mut levels, &mut cleanup) } {
            // SAFETY: the caller's word.
            return Err(report(i + 1, fault, &levels, unsafe { Tail::of_c(format) }));
        }
    }
    if let Some(&c) = rest.first()
        && !c.is_ascii_alphabetic()
        && !matches!(c, b'(' | b'|')
    {
        // SAFETY: the caller's word.
        return Err(bad_format(unsafe { CStr::from_ptr(format) }));
    }
    cleanup.keep();
    Ok(())
}

#[cold]
fn bad_format(format: &CStr) -> Raised {
    raise!(SystemError, "bad format string: {:.200}", format.to_string_lossy())
}

#[cold]
fn wrong_count(given: usize, counts: &Counts, tail: Tail) -> Raised {
    if let Some(message) = tail.message {
        return raise!(TypeError, "{message}");
    }
    let (word, n) = if counts.min == counts.max {
        ("exactly", counts.max)
    } else if given < counts.min {
        ("at least", counts.min)
    } else {
        ("at most", counts.max)
    };
    raise!(TypeError, "{} takes {word} {n} argument{} ({given} given)", tail.call(), plural(n))
}

/// `PyArg_Parse`: one argument, and no new style.
///
/// # Safety
/// As [`parse_tuple`].
pub unsafe fn parse(arg: Option<&Object>, format: *const c_char, va: &mut VaList) -> Result<()> {
    // SAFETY: the caller's word.
    let counts = unsafe { count(format) };
    // SAFETY: the caller's word.
    let format = unsafe { CStr::from_ptr(format) }.to_bytes();
    let tail = Tail::of(format);
    if counts.max == 0 {
        if arg.is_none() {
            return Ok(());
        }
        return Err(raise!(TypeError, "{} takes no arguments", tail.call()));
    }
    if counts.min != 1 || counts.max != 1 {
        return Err(raise!(SystemError, "old style getargs format uses new features"));
    }
    let Some(arg) = arg else {
        return Err(raise!(TypeError, "{} takes at least one argument", tail.call()));
    };
    let mut cleanup = Cleanup::default();
    let mut levels = Levels::default();
    let mut rest = format;
    // SAFETY: the caller's word.
    if let Err(fault) = unsafe { convert_item(arg, &mut rest, va, &mut levels, &mut cleanup) } {
        return Err(report(0, fault, &levels, tail));
    }
    cleanup.keep();
    Ok(())
}

/// Where in nested tuples the unit at fault stands: item numbers from 1, outermost first.
#[derive(Default)]
pub struct Levels(Vec<usize>);

/// Converts one argument: a unit, or a tuple in parentheses. `format` then stands behind it.
///
/// # Safety
/// As [`parse_tuple`].
#[inline(always)]
pub unsafe fn convert_item(
    arg: &Object,
    format: &mut &[u8],
    va: &mut VaList,
    levels: &mut Levels,
    cleanup: &mut Cleanup,
) -> std::result::Result<(), Fault> {
    if format.first() != Some(&b'(') {
        // SAFETY: the caller's word.
        return unsafe { convert::simple(arg, format, va, cleanup) };
    }
    *format = &format[1..];
    // SAFETY: the caller's word.
    unsafe { convert_tuple(arg, format, va, levels, cleanup) }?;
    // Whoever counts no units hasn't seen yet that a parenthesis is missing.
    *format = format.get(1..).unwrap_or(&[]);
    Ok(())
}

unsafe fn convert_tuple(
    arg: &Object,
    format: &mut &[u8],
    va: &mut VaList,
    levels: &mut Levels,
    cleanup: &mut Cleanup,
) -> std::result::Result<(), Fault> {
    let Group { len: n, borrows } = group(format);
    let is_tuple = tuple::check(arg);
    if !is_tuple && (!sequence::check(arg) || unicode::check(arg) || bytes::check(arg) || bytearray::check(arg)) {
        let got = if arg.is_none() { "None" } else { typeobject::tp_name(arg.ty()) };
        return Err(Fault::Message(format!("must be {n}-item tuple, not {}", error::cut(got, 50))));
    }
    if !is_tuple && borrows {
        // Nobody but the sequence need keep the items.
        let name = typeobject::fully_qualified_name(arg.ty())?;
        let text = format!("argument must be {n}-item tuple, not {}", unicode::as_str(&name)?);
        // SAFETY: static.
        let category = unsafe { Object::from_ptr(exceptions::PyExc_DeprecationWarning) };
        warnings::warn_text(category, &text, 0, None)?;
    }
    let len = sequence::size(arg)? as usize;
    if len != n {
        let kind = if is_tuple || borrows { "tuple" } else { "sequence" };
        return Err(Fault::Message(format!("must be {kind} of length {n}, not {len}")));
    }
    levels.0.push(0);
    let depth = levels.0.len() - 1;
    for i in 0..n {
        levels.0.truncate(depth + 1);
        levels.0[depth] = i + 1;
        let Ok(item) = sequence::item(arg, i as isize) else {
            error::clear();
            return Err(Fault::Message("is not retrievable".into()));
        };
        // SAFETY: the caller's word.
        unsafe { convert_item(&item, format, va, levels, cleanup) }?;
    }
    levels.0.truncate(depth);
    Ok(())
}

/// The units that stand before the parenthesis that closes.
struct Group {
    len: usize,
    /// One of them, however deep, stores what its argument keeps alive.
    borrows: bool,
}

fn group(format: &[u8]) -> Group {
    let (mut depth, mut len, mut borrows) = (0usize, 0, false);
    for (i, &c) in format.iter().enumerate() {
        let (last, next) = (i.checked_sub(1).map(|i| format[i]), format.get(i + 1));
        match c {
            b'(' => {
                len += (depth == 0) as usize;
                depth += 1;
            }
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            b':' | b';' => break,
            // `es` and `et` are one unit, and make a copy.
            b's' | b't' if last == Some(b'e') => {}
            _ if c.is_ascii_alphabetic() => {
                len += (depth == 0) as usize;
                borrows |= match c {
                    b's' | b'z' | b'y' => next != Some(&b'*'),
                    b'O' => next != Some(&b'&'),
                    b'S' | b'Y' | b'U' => true,
                    _ => false,
                };
            }
            _ => {}
        }
    }
    Group { len, borrows }
}

/// Raises what a unit found wrong. `argument` counts from 1; 0 is the one of `PyArg_Parse`, where the items of a tuple
/// count as arguments.
#[cold]
pub fn report(argument: usize, fault: Fault, levels: &Levels, tail: Tail) -> Raised {
    let text = match fault {
        Fault::Raised(raised) => return raised,
        Fault::Message(text) => text,
    };
    let message = match tail.message {
        Some(message) => message.to_owned(),
        None => {
            let mut message = tail.function.map_or(String::new(), |name| format!("{name:.200}() "));
            message += "argument";
            let (argument, items) = match (argument, &*levels.0) {
                (0, [first, items @ ..]) => (*first, items),
                (_, items) => (argument, items),
            };
            if argument != 0 {
                message += &format!(" {argument}");
                for item in items {
                    message += &format!(", item {}", item - 1);
                }
            }
            message += &format!(" {text:.256}");
            message
        }
    };
    // A parenthesis says that the format is wrong, not the argument.
    if text.starts_with('(') { raise!(SystemError, "{message}") } else { raise!(TypeError, "{message}") }
}
