//! The methods and attributes of `float`.

use super::math::frexp;
use super::*;
use crate::object::args::{bad_argument, check_positional};
use crate::object::native::{fast, get, noargs, one};
use crate::types::{boolobject, tuple};

pub static METHODS: [PyMethodDef; 15] = [
    PyMethodDef::one(
        c"from_number",
        one!(from_number),
        c"from_number($type, number, /)\n--\n\nA real number as a float.",
    )
    .with(METH_CLASS),
    PyMethodDef::noargs(
        c"conjugate",
        noargs!(arith::positive),
        c"conjugate($self, /)\n--\n\nThe float itself: it has no imaginary part.",
    ),
    PyMethodDef::noargs(
        c"__trunc__",
        noargs!(arith::truncate),
        c"__trunc__($self, /)\n--\n\nThe integer part, as an int.",
    ),
    PyMethodDef::noargs(
        c"__floor__",
        noargs!(floor),
        c"__floor__($self, /)\n--\n\nThe greatest int that is not greater.",
    ),
    PyMethodDef::noargs(c"__ceil__", noargs!(ceil), c"__ceil__($self, /)\n--\n\nThe least int that is not less."),
    PyMethodDef::fast(
        c"__round__",
        fast!(round),
        c"__round__($self, ndigits=None, /)\n--\n\nRounded half to even: to an int, or to a number of digits as a \
        float.",
    ),
    PyMethodDef::noargs(
        c"as_integer_ratio",
        noargs!(as_integer_ratio),
        c"as_integer_ratio($self, /)\n--\n\nThe pair of ints in lowest terms, the second positive, whose quotient is \
        exactly the float.\n\n>>> (10.0).as_integer_ratio()\n(10, 1)\n>>> (-.25).as_integer_ratio()\n(-1, 4)",
    ),
    PyMethodDef::one(
        c"fromhex",
        one!(hex::from_hex),
        c"fromhex($type, string, /)\n--\n\nThe float of a hexadecimal text.\n\n>>> float.fromhex('0x1.ffffp10')\n\
        2047.984375\n>>> float.fromhex('-0x1p-1074')\n-5e-324",
    )
    .with(METH_CLASS),
    PyMethodDef::noargs(
        c"hex",
        noargs!(hex::hex),
        c"hex($self, /)\n--\n\nThe float as hexadecimal text.\n\n>>> (-0.1).hex()\n'-0x1.999999999999ap-4'\n>>> \
        3.14159.hex()\n'0x1.921f9f01b866ep+1'",
    ),
    PyMethodDef::noargs(
        c"is_integer",
        noargs!(is_integer),
        c"is_integer($self, /)\n--\n\nTrue if the float is an integer.",
    ),
    PyMethodDef::noargs(c"__getnewargs__", noargs!(getnewargs), c"__getnewargs__($self, /)\n--\n\n"),
    PyMethodDef::one(
        c"__getformat__",
        one!(getformat),
        c"__getformat__($type, typestr, /)\n--\n\nHow this machine stores a C type, 'double' or 'float': for Python's \
        own tests.",
    )
    .with(METH_CLASS),
    PyMethodDef::one(
        c"__format__",
        one!(format),
        c"__format__($self, format_spec, /)\n--\n\nThe float as text, as the specification says.",
    ),
    PyMethodDef::END,
    PyMethodDef::END,
];

pub static GETSET: [PyGetSetDef; 3] = [
    PyGetSetDef::new(c"real", get!(arith::positive), None, c"the real part: the float itself".as_ptr()),
    PyGetSetDef::new(c"imag", get!(imaginary), None, c"the imaginary part: 0.0".as_ptr()),
    PyGetSetDef::END,
];

fn imaginary(_: &Object) -> Result {
    from_f64(0.0)
}

/// What the class `ty` makes of a float.
pub(super) fn of_class(ty: &Object, x: f64) -> Result {
    let result = from_f64(x)?;
    if ty.is_ptr((&raw mut PyFloat_Type).cast()) { Ok(result) } else { ty.call(&[&result]) }
}

fn from_number(ty: &Object, number: &Object) -> Result {
    if check_exact(number) && ty.is_ptr((&raw mut PyFloat_Type).cast()) {
        return Ok(number.to_owned());
    }
    of_class(ty, as_f64(number)?)
}

fn floor(a: &Object) -> Result {
    long::double::from_f64(value(a).floor())
}

fn ceil(a: &Object) -> Result {
    long::double::from_f64(value(a).ceil())
}

fn is_integer(a: &Object) -> Result {
    let x = value(a);
    Ok(boolobject::from_bool(x.is_finite() && x.floor() == x))
}

fn getnewargs(a: &Object) -> Result {
    tuple::from_owned(vec![from_f64(value(a))?])
}

fn round(a: &Object, args: &[&Object]) -> Result {
    check_positional("__round__", args.len(), 0, 1)?;
    let x = value(a);
    let Some(ndigits) = args.first().filter(|n| !n.is_none()) else {
        return long::double::from_f64(x.round_ties_even());
    };
    let ndigits = number::as_ssize(ndigits, None)?;
    // With more digits than this the float stays as it is, with fewer nothing is left of it.
    const MOST: isize = 323;
    const LEAST: isize = -308;
    if !x.is_finite() || ndigits > MOST {
        return from_f64(x);
    }
    if ndigits < LEAST {
        return from_f64(0f64.copysign(x));
    }
    let rounded = strtod::Decimal::places(x, ndigits as i32).to_f64();
    if rounded.is_infinite() {
        return Err(raise!(OverflowError, "rounded value too large to represent"));
    }
    from_f64(rounded.copysign(x))
}

fn as_integer_ratio(a: &Object) -> Result {
    let x = value(a);
    if x.is_infinite() {
        return Err(raise!(OverflowError, "cannot convert Infinity to integer ratio"));
    }
    if x.is_nan() {
        return Err(raise!(ValueError, "cannot convert NaN to integer ratio"));
    }
    let (mantissa, exponent) = frexp(x);
    let mut numerator = (mantissa * (1u64 << 53) as f64) as i64;
    let mut exponent = exponent - 53;
    if numerator == 0 {
        exponent = 0;
    } else {
        let zeros = numerator.trailing_zeros();
        numerator >>= zeros;
        exponent += zeros as i32;
    }
    let numerator = long::from_i64(numerator)?;
    let power = long::bits::shift_left_by(long::one(), exponent.unsigned_abs() as u64)?;
    if exponent > 0 {
        tuple::from_owned(vec![long::multiply(&numerator, &power)?, long::one().to_owned()])
    } else {
        tuple::from_owned(vec![numerator, power])
    }
}

fn getformat(_: &Object, name: &Object) -> Result {
    if !unicode::check(name) {
        return Err(bad_argument("__getformat__", "argument", "str", name));
    }
    match unicode::as_str(name)? {
        "double" | "float" => {}
        text if text.contains('\0') => return Err(raise!(ValueError, "embedded null character")),
        _ => return Err(raise!(ValueError, "__getformat__() argument 1 must be 'double' or 'float'")),
    }
    unicode::from_str(if cfg!(target_endian = "little") { "IEEE, little-endian" } else { "IEEE, big-endian" })
}

fn format(a: &Object, spec: &Object) -> Result {
    if !unicode::check(spec) {
        return Err(bad_argument("__format__", "argument", "str", spec));
    }
    crate::types::formatter::format_float(a, spec)
}
