//! The methods and attributes of `int`.

use super::*;
use crate::object::args::{Signature, bad_argument, check_positional};
use crate::object::native::{Arguments, fast, fast_keywords, get, noargs, one};
use crate::object::{Result, error, number};
use crate::raise;
use crate::types::{boolobject, bytes as bytes_type, float, none, tuple, unicode};
use std::mem::offset_of;

pub static METHODS: [PyMethodDef; 16] = [
    PyMethodDef::noargs(
        c"conjugate",
        noargs!(exact),
        c"conjugate($self, /)\n--\n\nThe int itself: it has no imaginary part.",
    ),
    PyMethodDef::noargs(
        c"bit_length",
        noargs!(bit_length_of),
        c"bit_length($self, /)\n--\n\nHow many bits the magnitude has in binary.\n\n>>> bin(37)\n'0b100101'\n>>> \
        (37).bit_length()\n6",
    ),
    PyMethodDef::noargs(
        c"bit_count",
        noargs!(bit_count_of),
        c"bit_count($self, /)\n--\n\nHow many bits of the magnitude are set.\n\n>>> bin(13)\n'0b1101'\n>>> \
        (13).bit_count()\n3",
    ),
    PyMethodDef::fast_keywords(
        c"to_bytes",
        fast_keywords!(to_bytes),
        c"to_bytes($self, /, length=1, byteorder='big', *, signed=False)\n--\n\nThe int as an array of `length` \
        bytes.\n\nAn OverflowError is raised if they don't hold it. The byte order is 'big' (the most significant \
        byte\ncomes first) or 'little'. With `signed`, two's complement is used; without it a negative int is an \
        OverflowError.",
    ),
    PyMethodDef::fast_keywords(
        c"from_bytes",
        fast_keywords!(from_bytes),
        c"from_bytes($type, /, bytes, byteorder='big', *, signed=False)\n--\n\nThe int that an array of bytes stands \
        for.\n\n`bytes` is a bytes-like object or an iterable of bytes. `byteorder` and `signed` are as in \
        to_bytes.",
    )
    .with(METH_CLASS),
    PyMethodDef::noargs(
        c"as_integer_ratio",
        noargs!(as_integer_ratio),
        c"as_integer_ratio($self, /)\n--\n\nThe pair (int, 1): as a fraction.\n\n>>> (10).as_integer_ratio()\n(10, 1)",
    ),
    PyMethodDef::noargs(c"__trunc__", noargs!(exact), c"__trunc__($self, /)\n--\n\nThe int itself."),
    PyMethodDef::noargs(c"__floor__", noargs!(exact), c"__floor__($self, /)\n--\n\nThe int itself."),
    PyMethodDef::noargs(c"__ceil__", noargs!(exact), c"__ceil__($self, /)\n--\n\nThe int itself."),
    PyMethodDef::fast(
        c"__round__",
        fast!(round),
        c"__round__($self, ndigits=None, /)\n--\n\nThe int itself, or with a negative number of digits, rounded to a \
        power of ten.",
    ),
    PyMethodDef::noargs(c"__getnewargs__", noargs!(getnewargs), c"__getnewargs__($self, /)\n--\n\n"),
    PyMethodDef::one(
        c"__format__",
        one!(format),
        c"__format__($self, format_spec, /)\n--\n\nThe int as text, as the specification says.",
    ),
    PyMethodDef::noargs(c"__sizeof__", noargs!(size), c"__sizeof__($self, /)\n--\n\nThe size in memory, in bytes."),
    PyMethodDef::noargs(
        c"is_integer",
        noargs!(is_integer),
        c"is_integer($self, /)\n--\n\nTrue. So that ints can stand where floats do.",
    ),
    PyMethodDef::END,
    PyMethodDef::END,
];

pub static GETSET: [PyGetSetDef; 5] = [
    PyGetSetDef::new(c"real", get!(exact), None, c"the real part: the int itself".as_ptr()),
    PyGetSetDef::new(c"imag", get!(imaginary), None, c"the imaginary part: 0".as_ptr()),
    PyGetSetDef::new(c"numerator", get!(exact), None, c"the numerator in lowest terms: the int itself".as_ptr()),
    PyGetSetDef::new(c"denominator", get!(denominator), None, c"the denominator in lowest terms: 1".as_ptr()),
    PyGetSetDef::END,
];

fn imaginary(_: &Object) -> Result {
    Ok(zero().to_owned())
}

fn denominator(_: &Object) -> Result {
    Ok(one().to_owned())
}

fn bit_length_of(a: &Object) -> Result {
    from_u64(bit_length(a))
}

fn bit_count_of(a: &Object) -> Result {
    from_u64(bit_count(a))
}

fn is_integer(_: &Object) -> Result {
    Ok(boolobject::from_bool(true))
}

fn as_integer_ratio(a: &Object) -> Result {
    tuple::from_owned(vec![exact(a)?, one().to_owned()])
}

fn getnewargs(a: &Object) -> Result {
    tuple::from_owned(vec![exact(a)?])
}

fn size(a: &Object) -> Result {
    // SAFETY: a live class.
    let (fixed, each) = unsafe { ((*a.ty()).tp_basicsize, (*a.ty()).tp_itemsize) };
    from_i64((fixed + digits(a).len().max(1) as isize * each) as i64)
}

fn round(a: &Object, args: &[&Object]) -> Result {
    check_positional("__round__", args.len(), 0, 1)?;
    let Some(ndigits) = args.first().filter(|n| !n.is_none()) else {
        return exact(a);
    };
    let ndigits = number::index(ndigits)?;
    if !is_negative(&ndigits) {
        return exact(a);
    }
    // The result is a less the remainder of the nearest multiple of 10 ** -ndigits.
    let ten = from_i64(10)?;
    let power = arith::power_slot(&ten, &*arith::negate(&ndigits)?, none::none_ref())?;
    let (_, rest) = arith::divmod_near(a, &power)?;
    arith::subtract(a, &rest)
}

fn format(a: &Object, spec: &Object) -> Result {
    if !unicode::check(spec) {
        return Err(bad_argument("__format__", "argument", "str", spec));
    }
    crate::types::formatter::format_long(a, spec)
}

/// True for 'little'.
fn byte_order(function: &str, order: Option<&Object>) -> Result<bool> {
    let Some(order) = order else {
        return Ok(false);
    };
    if !unicode::check(order) {
        return Err(bad_argument(function, "argument 'byteorder'", "str", order));
    }
    if unicode::equal_str(order, "little") {
        Ok(true)
    } else if unicode::equal_str(order, "big") {
        Ok(false)
    } else {
        Err(raise!(ValueError, "byteorder must be either 'little' or 'big'"))
    }
}

fn to_bytes(a: &Object, args: Arguments) -> Result {
    const TO_BYTES: Signature<3> = Signature::new("to_bytes", ["length", "byteorder", "signed"]).positional(2);
    let [length, order, signed] = args.bind(&TO_BYTES)?;
    let length = match length {
        Some(length) => as_isize(&*number::index(length)?)?,
        None => 1,
    };
    // All arguments are converted before any value is judged.
    if let Some(order) = order.filter(|order| !unicode::check(order)) {
        return Err(bad_argument("to_bytes", "argument 'byteorder'", "str", order));
    }
    let signed = signed.map_or(Ok(false), Object::is_true)?;
    let little = byte_order("to_bytes", order)?;
    if length < 0 {
        return Err(raise!(ValueError, "length argument must be non-negative"));
    }
    if length as usize > isize::MAX as usize - offset_of!(PyBytesObject, ob_sval) - 1 {
        return Err(raise!(OverflowError, "byte string is too large"));
    }
    // Most results are short.
    let (mut short, mut long) = ([0; 64], Vec::new());
    let out = match short.get_mut(..length as usize) {
        Some(out) => out,
        None if long.try_reserve_exact(length as usize).is_err() => return Err(error::no_memory()),
        None => {
            long.resize(length as usize, 0);
            &mut long
        }
    };
    bytes::write(a, out, little, signed).map_err(bytes::Misfit::raise)?;
    bytes_type::from_slice(out)
}

fn from_bytes(ty: &Object, args: Arguments) -> Result {
    const FROM_BYTES: Signature<3> =
        Signature::new("from_bytes", ["bytes", "byteorder", "signed"]).required(1).positional(2);
    let [source, order, signed] = args.bind(&FROM_BYTES)?;
    let source = source.expect("a required argument");
    if let Some(order) = order.filter(|order| !unicode::check(order)) {
        return Err(bad_argument("from_bytes", "argument 'byteorder'", "str", order));
    }
    let signed = signed.map_or(Ok(false), Object::is_true)?;
    let little = byte_order("from_bytes", order)?;
    let source = source.bytes()?;
    let value = bytes::read(bytes_type::as_slice(&source), little, signed)?;
    if ty.is_ptr((&raw mut PyLong_Type).cast()) { Ok(value) } else { ty.call(&[&value]) }
}

pub(super) fn to_float(a: &Object) -> Result {
    float::from_f64(double::to_f64(a)?)
}
