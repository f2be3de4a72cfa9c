//! `complex(real=0, imag=0)`, and complex numbers in text.

use super::*;
use crate::object::args::Signature;
use crate::object::error::Text;
use crate::types::float::parse::{strip, without_underscores};
use crate::types::long::text::to_ascii;
use crate::types::{dict, strtod::parse_prefix};

const NEW: Signature<2> = Signature::new("complex", ["real", "imag"]);

/// Slot. One positional argument may be text, or any number; two are real numbers.
pub fn new(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result {
    match tuple::items(args) {
        [] if kwargs.is_none_or(|kwargs| dict::len(kwargs) == 0) => of_class(ty, complex(0.0, 0.0)),
        [number] if kwargs.is_none_or(|kwargs| dict::len(kwargs) == 0) => from_one(ty, number),
        _ => {
            let [real, imag] = NEW.bind(args, kwargs)?;
            of_class(ty, from_parts(real, imag)?)
        }
    }
}

/// What `ty` makes of a value: a class that is `complex` or derives from it.
pub fn of_class(ty: *mut PyTypeObject, z: Py_complex) -> Result<Owned> {
    if ty == &raw mut PyComplex_Type {
        return from_c(z);
    }
    // SAFETY: a subclass of complex has complex's layout.
    unsafe {
        let alloc = (*ty).tp_alloc.expect("a ready type has tp_alloc");
        let object = Owned::from_c(alloc(ty, 0))?;
        (*object.cast::<PyComplexObject>()).cval = z;
        Ok(object)
    }
}

/// A real number: `__float__` or `__index__`.
fn is_real(o: &Object) -> bool {
    // SAFETY: a live object's type is alive.
    unsafe { (*o.ty()).tp_as_number.as_ref() }.is_some_and(|suite| suite.nb_float.is_some() || suite.nb_index.is_some())
}

fn type_name(o: &Object) -> Result<Owned> {
    typeobject::fully_qualified_name(o.ty())
}

fn from_one(ty: *mut PyTypeObject, o: &Object) -> Result {
    if check_exact(o) && ty == &raw mut PyComplex_Type {
        return Ok(o.to_owned());
    }
    if unicode::check(o) {
        return of_class(ty, from_text(o)?);
    }
    if let Some(result) = by_special_method(o)? {
        return of_class(ty, value(&result));
    }
    if check(o) {
        return of_class(ty, value(o));
    }
    if is_real(o) {
        return of_class(ty, complex(float::as_f64(o)?, 0.0));
    }
    let name = type_name(o)?;
    Err(raise!(TypeError, "complex() argument must be a string or a number, not {}", Text(&name)))
}

/// Complex parts are deprecated, but add up as they always did.
fn from_parts(real: Option<&Object>, imag: Option<&Object>) -> Result<Py_complex> {
    let wrong = |part: &str, o: &Object| -> Result<String> {
        let name = type_name(o)?;
        Ok(format!("complex() argument '{part}' must be a real number, not {}", unicode::as_str(&name)?))
    };
    let given = real.unwrap_or(long::zero());
    let special = by_special_method(given)?;
    let real = special.as_deref().unwrap_or(given);
    for (part, o) in [("real", Some(real)), ("imag", imag)] {
        if let Some(o) = o
            && !is_real(o)
            && !check(o)
        {
            return Err(raise!(TypeError, "{}", wrong(part, o)?));
        }
    }
    let mut z = complex(0.0, 0.0);
    let mut w = complex(0.0, 0.0);
    if check(real) {
        z = value(real);
        if !is_real(given) {
            exceptions::warn(&raw mut exceptions::DeprecationWarning, 1, &wrong("real", given)?)?;
        }
    } else {
        z.real = float::as_f64(&*number::float(real)?)?;
    }
    match imag {
        None => return Ok(z),
        Some(imag) if check(imag) => {
            exceptions::warn(&raw mut exceptions::DeprecationWarning, 1, &wrong("imag", imag)?)?;
            w = value(imag);
            z.real -= w.imag;
        }
        Some(imag) => w.real = float::as_f64(&*number::float(imag)?)?,
    }
    if check(real) {
        w.real += z.imag;
    }
    Ok(complex(z.real, w.real))
}

pub fn from_number(ty: &Object, number: &Object) -> Result {
    if check_exact(number) && ty.is_ptr((&raw mut PyComplex_Type).cast()) {
        return Ok(number.to_owned());
    }
    of_class(ty.cast(), as_c(number)?)
}

fn from_text(o: &Object) -> Result<Py_complex> {
    match without_underscores(&to_ascii(o)) {
        Some(text) => parse(&text).ok_or_else(|| raise!(ValueError, "complex() arg is a malformed string")),
        None => {
            let text = o.repr()?;
            Err(raise!(ValueError, "could not convert string to complex: {}", Text(&text)))
        }
    }
}

/// `x`, `yj` or `x+yj`, where `j` alone is 1j; with parentheses around, and white space around these and inside.
fn parse(text: &[u8]) -> Option<Py_complex> {
    let mut text = strip(text);
    if let [b'(', inner @ .., b')'] = text {
        text = strip(inner);
    }
    let is_unit = |rest: &[u8]| matches!(rest, [b'j' | b'J']);
    let sign = |c: u8| match c {
        b'+' => Some(1.0),
        b'-' => Some(-1.0),
        _ => None,
    };
    let Some((x, n)) = parse_prefix(text) else {
        // No number: j, +j, -j.
        let one = text.first().and_then(|&c| sign(c));
        return is_unit(&text[one.is_some() as usize..]).then(|| complex(0.0, one.unwrap_or(1.0)));
    };
    let rest = &text[n..];
    if rest.is_empty() {
        return Some(complex(x, 0.0));
    }
    if is_unit(rest) {
        return Some(complex(0.0, x));
    }
    let one = sign(rest[0])?;
    let (y, n) = parse_prefix(rest).unwrap_or((one, 1));
    is_unit(&rest[n..]).then(|| complex(x, y))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<(f64, f64)> {
        parse(text.as_bytes()).map(|z| (z.real, z.imag))
    }

    #[test]
    fn forms() {
        assert_eq!(parsed("1"), Some((1.0, 0.0)));
        assert_eq!(parsed("-1.5e3j"), Some((0.0, -1500.0)));
        assert_eq!(parsed(" ( 1+2j ) "), Some((1.0, 2.0)));
        assert_eq!(parsed("1-j"), Some((1.0, -1.0)));
        assert_eq!(parsed("J"), Some((0.0, 1.0)));
        assert_eq!(parsed("+j"), Some((0.0, 1.0)));
        assert_eq!(parsed("inf-infj"), Some((f64::INFINITY, f64::NEG_INFINITY)));
        for wrong in ["", "()", "(1", "1)", "1 + 2j", "1+2", "jj", "1+-2j", "+", "1+", "1j2", "1j+2", "((1))", "1++2j"]
        {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
    }
}
