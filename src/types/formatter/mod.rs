//! Format specifications: `format(x, spec)` of the builtin types, and `str.format`.
//!
//! `spec` reads a specification, `number` lays out numbers with their signs, groups and padding, `field` is the
//! language of `str.format`. This file has what each type makes of a specification.

pub mod field;
mod locale;
mod number;
mod spec;

use crate::abi::*;
use crate::object::args::bad_argument;
use crate::object::{Object, Owned, Result, api, error, number as protocol};
use crate::raise;
use crate::types::unicode::layout::{self, Chars};
use crate::types::unicode::{self, Writer};
use crate::types::{complex, float, long, strtod};
use locale::Locale;
use number::Number;
use spec::{Align, Group, Spec};
use std::borrow::Cow;

macro_rules! entries {
    ($($(#[$doc:meta])* $name:ident => $write:ident;)*) => { $(
        $(#[$doc])*
        pub fn $name(o: &Object, spec: &Object) -> Result {
            let mut out = Writer::exact();
            $write(&mut out, o, layout::chars(spec))?;
            out.finish()
        }
    )* };
}

entries! {
    /// A str by a specification, which is a str.
    format_str => write_str;
    /// An int by a specification, which is a str.
    format_long => write_long;
    /// A float by a specification, which is a str.
    format_float => write_float;
    /// A complex by a specification, which is a str.
    format_complex => write_complex;
}

/// `str.__format__(format_spec)`.
pub unsafe extern "C" fn format_method(op: *mut PyObject, spec: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let (o, spec) = (Object::from_ptr(op), Object::from_ptr(spec));
        if !unicode::check(spec) {
            return Err(bad_argument("__format__", "argument", "str", spec));
        }
        format_str(o, spec)
    })
}

/// What an empty specification gives.
fn write_plain(out: &mut Writer, o: &Object) -> Result<()> {
    out.push_object(&*o.str()?)
}

pub fn write_str(out: &mut Writer, o: &Object, spec: Chars) -> Result<()> {
    if spec.is_empty() {
        return if unicode::check_exact(o) { out.push_object(o) } else { write_plain(out, o) };
    }
    let spec = Spec::parse(o, spec, b's', Align::Left)?;
    if spec.code != u32::from(b's') {
        return Err(spec::unknown_code(spec.code, o));
    }
    let refused = |what: &str| Err(raise!(ValueError, "{what} not allowed in string format specifier"));
    match spec.sign {
        Some(b' ') => return refused("Space"),
        Some(_) => return refused("Sign"),
        None => {}
    }
    if spec.no_negative_zero {
        return refused("Negative zero coercion (z)");
    }
    if spec.alternate {
        return refused("Alternate form (#)");
    }
    if spec.align == Align::Inside {
        return refused("'=' alignment");
    }
    let n = layout::len(o);
    let shown = spec.precision.map_or(n, |precision| precision.min(n));
    if shown == n && spec.width.is_none_or(|width| width <= n) {
        return out.push_object(o);
    }
    let (left, right) = spec.padding(shown);
    out.push_repeat(spec.fill, left)?;
    out.push_chars(layout::chars(o).slice(0, shown))?;
    out.push_repeat(spec.fill, right)
}

pub fn write_long(out: &mut Writer, o: &Object, spec: Chars) -> Result<()> {
    if spec.is_empty() {
        return write_plain(out, o);
    }
    let spec = Spec::parse(o, spec, b'd', Align::Right)?;
    match u8::try_from(spec.code).unwrap_or(0) {
        b'b' | b'o' | b'x' | b'X' | b'd' | b'n' => write_digits(out, o, &spec),
        b'c' => write_character(out, o, &spec),
        b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'%' => {
            let x = float::value(&*protocol::float(o)?);
            write_double(out, x, &spec)
        }
        _ => Err(spec::unknown_code(spec.code, o)),
    }
}

fn no_integer_options(spec: &Spec) -> Result<()> {
    if spec.precision.is_some() {
        return Err(raise!(ValueError, "Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(raise!(ValueError, "Negative zero coercion (z) not allowed in integer format specifier"));
    }
    Ok(())
}

fn write_digits(out: &mut Writer, o: &Object, spec: &Spec) -> Result<()> {
    no_integer_options(spec)?;
    let code = spec.code as u8;
    let (base, prefix) = match code {
        b'b' => (2, "0b"),
        b'o' => (8, "0o"),
        b'x' => (16, "0x"),
        b'X' => (16, "0X"),
        _ => (10, ""),
    };
    let mut text = long::to_base(o, base)?;
    if code == b'X' {
        text.make_ascii_uppercase();
    }
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.as_str()),
    };
    let number = Number {
        negative,
        prefix: if spec.alternate { prefix } else { "" },
        whole: digits.as_bytes(),
        ..Number::default()
    };
    number.write(out, spec, &Locale::of(spec)?)
}

fn write_character(out: &mut Writer, o: &Object, spec: &Spec) -> Result<()> {
    no_integer_options(spec)?;
    if spec.sign.is_some() {
        return Err(raise!(ValueError, "Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(raise!(ValueError, "Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    let value = long::as_i64(o)?;
    let Some(ch) = u32::try_from(value).ok().filter(|ch| *ch <= layout::MAX_UNICODE) else {
        return Err(raise!(OverflowError, "%c arg not in range(0x110000)"));
    };
    let (left, right) = spec.padding(1);
    out.push_repeat(spec.fill, left)?;
    out.push_char(ch)?;
    out.push_repeat(spec.fill, right)
}

/// The type letter and precision for `strtod::format_double`, and its flags.
fn conversion(spec: &Spec, plain_precision: c_int) -> Result<(u8, c_int, c_int)> {
    let precision = match spec.precision {
        Some(precision) => Some(c_int::try_from(precision).map_err(|_| raise!(ValueError, "precision too big"))?),
        None => None,
    };
    let mut flags = 0;
    if spec.alternate {
        flags |= Py_DTSF_ALT;
    }
    if spec.no_negative_zero {
        flags |= Py_DTSF_NO_NEG_0;
    }
    let code = match spec.code as u8 {
        // Like repr without a precision, like 'g' with one.
        0 => return Ok((if precision.is_some() { b'g' } else { b'r' }, precision.unwrap_or(0), flags)),
        b'n' => b'g',
        b'%' => b'f',
        code => code,
    };
    Ok((code, precision.unwrap_or(plain_precision), flags))
}

fn double_text(x: f64, code: u8, precision: c_int, flags: c_int) -> Result<String> {
    let text = strtod::format_double(x, code, precision, flags);
    text.map(|(text, _)| text).ok_or_else(error::bad_internal_call)
}

pub fn write_float(out: &mut Writer, o: &Object, spec: Chars) -> Result<()> {
    if spec.is_empty() {
        return write_plain(out, o);
    }
    let spec = Spec::parse(o, spec, 0, Align::Right)?;
    match u8::try_from(spec.code) {
        Ok(0 | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'n' | b'%') => write_double(out, float::value(o), &spec),
        _ => Err(spec::unknown_code(spec.code, o)),
    }
}

fn write_double(out: &mut Writer, x: f64, spec: &Spec) -> Result<()> {
    let (code, precision, mut flags) = conversion(spec, 6)?;
    if spec.code == 0 {
        flags |= Py_DTSF_ADD_DOT_0;
    }
    let percent = spec.code == u32::from(b'%');
    let mut text = double_text(if percent { x * 100.0 } else { x }, code, precision, flags)?;
    if percent {
        text.push('%');
    }
    Number::of_text(&text).write(out, spec, &Locale::of(spec)?)
}

pub fn write_complex(out: &mut Writer, o: &Object, spec: Chars) -> Result<()> {
    if spec.is_empty() {
        return write_plain(out, o);
    }
    let spec = Spec::parse(o, spec, 0, Align::Right)?;
    if !matches!(u8::try_from(spec.code), Ok(0 | b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'n')) {
        return Err(spec::unknown_code(spec.code, o));
    }
    let (code, precision, flags) = conversion(&spec, 6)?;
    if spec.fill == u32::from(b'0') {
        return Err(raise!(ValueError, "Zero padding is not allowed in complex format specifier"));
    }
    if spec.align == Align::Inside {
        return Err(raise!(ValueError, "'=' alignment flag is not allowed in complex format specifier"));
    }
    let value = complex::value(o);
    // Without a type letter it looks as repr does: a real part of zero is left out, else there are parentheses.
    let plain = spec.code == 0;
    let skip_real = plain && value.real == 0.0 && value.real.is_sign_positive();
    let parentheses = plain && !skip_real;
    let locale = Locale::of(&spec)?;
    let inner = Spec { width: None, fill: 0, align: Align::Left, ..spec };
    let mut text = Writer::new();
    if parentheses {
        text.push_char('('.into())?;
    }
    if !skip_real {
        Number::of_text(&double_text(value.real, code, precision, flags)?).write(&mut text, &inner, &locale)?;
    }
    let imaginary = if skip_real { inner } else { Spec { sign: Some(b'+'), ..inner } };
    Number::of_text(&double_text(value.imag, code, precision, flags)?).write(&mut text, &imaginary, &locale)?;
    text.push_str(if parentheses { "j)" } else { "j" })?;
    let (left, right) = spec.padding(text.len());
    let text = text.finish()?;
    out.push_repeat(spec.fill, left)?;
    out.push_object(&text)?;
    out.push_repeat(spec.fill, right)
}

/// A value by a specification: the builtin types' own ways, `__format__` for others.
pub fn write_value(out: &mut Writer, o: &Object, spec: Chars) -> Result<()> {
    if unicode::check_exact(o) {
        return write_str(out, o, spec);
    }
    if long::check_exact(o) {
        return write_long(out, o, spec);
    }
    if o.is_exact(&raw mut float::PyFloat_Type) {
        return write_float(out, o, spec);
    }
    if o.is_exact(&raw mut complex::PyComplex_Type) {
        return write_complex(out, o, spec);
    }
    let text: Owned =
        if spec.is_empty() { o.format(None)? } else { o.format(Some(&*unicode::new::from_chars(spec)?))? };
    out.push_object(&text)
}

impl Group {
    /// The separator as the specification writes it.
    fn text(self) -> Cow<'static, str> {
        match self {
            Group::Comma => ",".into(),
            Group::Underscore | Group::UnderscoreByFour => "_".into(),
        }
    }
}
