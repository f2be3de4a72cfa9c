//! `builtins`: functions of numbers and characters.

use crate::abi::*;
use crate::name;
use crate::object::args::{Signature, check_positional};
use crate::object::native::{Arguments, fast, fast_keywords, one};
use crate::object::number;
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::types::{bytearray, bytes, long, none, typeobject, unicode};

pub const METHODS: [PyMethodDef; 10] = [
    PyMethodDef::one(c"abs", one!(abs), c"abs($module, x, /)\n--\n\nThe absolute value."),
    PyMethodDef::one(c"bin", one!(bin), c"bin($module, number, /)\n--\n\nAn integer in binary."),
    PyMethodDef::one(c"chr", one!(chr), c"chr($module, i, /)\n--\n\nThe character of a code point."),
    PyMethodDef::fast(c"divmod", fast!(divmod), c"divmod($module, x, y, /)\n--\n\nThe pair (x//y, x%y)."),
    PyMethodDef::one(c"hex", one!(hex), c"hex($module, number, /)\n--\n\nAn integer in hexadecimal."),
    PyMethodDef::one(c"oct", one!(oct), c"oct($module, number, /)\n--\n\nAn integer in octal."),
    PyMethodDef::one(c"ord", one!(ord), c"ord($module, character, /)\n--\n\nThe code point of a character."),
    PyMethodDef::fast_keywords(
        c"pow",
        fast_keywords!(pow),
        c"pow($module, /, base, exp, mod=None)\n--\n\nbase**exp, or base**exp % mod.",
    ),
    PyMethodDef::fast_keywords(
        c"round",
        fast_keywords!(round),
        c"round($module, /, number, ndigits=None)\n--\n\nThe number rounded to so many digits; to an integer without \
        ndigits.",
    ),
    PyMethodDef::END,
];

fn abs(_module: &Object, x: &Object) -> Result<Owned> {
    number::unary(x, number::ABSOLUTE)
}

fn bin(_module: &Object, x: &Object) -> Result<Owned> {
    number::to_base(x, 2)
}

fn hex(_module: &Object, x: &Object) -> Result<Owned> {
    number::to_base(x, 16)
}

fn oct(_module: &Object, x: &Object) -> Result<Owned> {
    number::to_base(x, 8)
}

fn chr(_module: &Object, i: &Object) -> Result<Owned> {
    let index = number::index(i)?;
    // What does not fit an int is out of range too.
    let ordinal = long::to_i64(&index).and_then(|i| c_int::try_from(i).ok()).unwrap_or(-1);
    unicode::new::from_ordinal(ordinal)
}

fn ord(_module: &Object, c: &Object) -> Result<Owned> {
    let (n, first) = if unicode::check(c) {
        let chars = unicode::layout::chars(c);
        (chars.len(), (chars.len() == 1).then(|| chars.get(0)))
    } else if bytes::check(c) {
        (bytes::as_slice(c).len(), bytes::as_slice(c).first().map(|&b| b.into()))
    } else if bytearray::check(c) {
        (bytearray::as_slice(c).len(), bytearray::as_slice(c).first().map(|&b| b.into()))
    } else {
        let got = error::cut(typeobject::tp_name(c.ty()), 200);
        return Err(raise!(TypeError, "ord() expected string of length 1, but {got} found"));
    };
    match first {
        Some(ordinal) if n == 1 => long::from_u64(u64::from(ordinal)),
        _ => Err(raise!(TypeError, "ord() expected a character, but string of length {n} found")),
    }
}

fn divmod(_module: &Object, args: &[&Object]) -> Result<Owned> {
    check_positional("divmod", args.len(), 2, 2)?;
    number::binary(args[0], args[1], number::DIVMOD)
}

const POW: Signature<3> = Signature::new("pow", ["base", "exp", "mod"]).required(2);

fn pow(_module: &Object, args: Arguments) -> Result<Owned> {
    let [base, exp, modulus] = args.bind(&POW)?;
    let (base, exp) = (base.expect("bind checked it"), exp.expect("bind checked it"));
    number::power(base, exp, modulus.unwrap_or(none::none_ref()))
}

const ROUND: Signature<2> = Signature::new("round", ["number", "ndigits"]).required(1);

fn round(_module: &Object, args: Arguments) -> Result<Owned> {
    let [number, digits] = args.bind(&ROUND)?;
    let number = number.expect("bind checked it");
    let digits = digits.filter(|digits| !digits.is_none());
    match number.lookup_special(name!(__round__))? {
        Some(method) => method.call(digits.as_slice()),
        None => {
            let name = error::cut(typeobject::tp_name(number.ty()), 100);
            Err(raise!(TypeError, "type {name} doesn't define __round__ method"))
        }
    }
}
