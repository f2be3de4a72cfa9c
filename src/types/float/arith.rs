//! The operators of `float`, and its hash.

use super::math::{fmod, frexp, pow};
use super::*;
use crate::types::pyhash::hash_pointer;
use crate::types::{complex, none, tuple};

pub(super) static NUMBER: PyNumberMethods = PyNumberMethods {
    nb_add: adapt::binary(add),
    nb_subtract: adapt::binary(subtract),
    nb_multiply: adapt::binary(multiply),
    nb_remainder: adapt::binary(remainder),
    nb_divmod: adapt::binary(divmod),
    nb_power: adapt::ternary(power_slot),
    nb_negative: adapt::unary(negate),
    nb_positive: adapt::unary(positive),
    nb_absolute: adapt::unary(absolute),
    nb_bool: adapt::inquiry(is_true),
    nb_int: adapt::unary(truncate),
    nb_float: adapt::unary(positive),
    nb_floor_divide: adapt::binary(floor_divide),
    nb_true_divide: adapt::binary(true_divide),
    ..PyNumberMethods::EMPTY
};

/// An int's value as a double; `OverflowError`.
#[inline]
pub fn of_int(o: &Object) -> Result<f64> {
    long::to_f64(o)
}

/// An operand of a float operator: a float or an int. `None` for anything else.
#[inline(always)]
fn operand(o: &Object) -> Result<Option<f64>> {
    if check_exact(o) {
        Ok(Some(value(o)))
    } else if long::check(o) {
        long::to_f64(o).map(Some)
    } else if check(o) {
        Ok(Some(value(o)))
    } else {
        Ok(None)
    }
}

/// `f` of both operands, or `NotImplemented`.
#[inline(always)]
fn with(a: &Object, b: &Object, f: impl FnOnce(f64, f64) -> Result) -> Result {
    match (operand(a)?, operand(b)?) {
        (Some(x), Some(y)) => f(x, y),
        _ => Ok(none::not_implemented()),
    }
}

#[cold]
fn zero_division() -> crate::object::Raised {
    raise!(ZeroDivisionError, "division by zero")
}

fn add(a: &Object, b: &Object) -> Result {
    with(a, b, |x, y| from_f64(x + y))
}

fn subtract(a: &Object, b: &Object) -> Result {
    with(a, b, |x, y| from_f64(x - y))
}

fn multiply(a: &Object, b: &Object) -> Result {
    with(a, b, |x, y| from_f64(x * y))
}

fn true_divide(a: &Object, b: &Object) -> Result {
    with(a, b, |x, y| if y == 0.0 { Err(zero_division()) } else { from_f64(x / y) })
}

/// The remainder with the divisor's sign, and the quotient rounded down that goes with it.
fn divide_down(x: f64, y: f64) -> (f64, f64) {
    let mut rest = fmod(x, y);
    // Exact but for rounding: x - rest is a multiple of y.
    let mut quotient = (x - rest) / y;
    if rest == 0.0 {
        rest = 0f64.copysign(y);
    } else if (y < 0.0) != (rest < 0.0) {
        rest += y;
        quotient -= 1.0;
    }
    let floor = if quotient == 0.0 {
        0f64.copysign(x / y)
    } else {
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    };
    (floor, rest)
}

fn remainder(a: &Object, b: &Object) -> Result {
    with(a, b, |x, y| if y == 0.0 { Err(zero_division()) } else { from_f64(divide_down(x, y).1) })
}

fn floor_divide(a: &Object, b: &Object) -> Result {
    with(a, b, |x, y| if y == 0.0 { Err(zero_division()) } else { from_f64(divide_down(x, y).0) })
}

fn divmod(a: &Object, b: &Object) -> Result {
    with(a, b, |x, y| {
        if y == 0.0 {
            return Err(zero_division());
        }
        let (quotient, rest) = divide_down(x, y);
        tuple::from_owned(vec![from_f64(quotient)?, from_f64(rest)?])
    })
}

fn power_slot(a: &Object, b: &Object, c: &Object) -> Result {
    if !c.is_none() {
        return Err(raise!(TypeError, "pow() 3rd argument not allowed unless all arguments are integers"));
    }
    with(a, b, |x, y| match power(x, y)? {
        Some(result) => from_f64(result),
        None => complex::power_of_reals(x, y),
    })
}

/// `x ** y`; `None` if it is no real number. C99's special values, whatever the library makes of them.
pub fn power(x: f64, y: f64) -> Result<Option<f64>> {
    let odd = |y: f64| fmod(y.abs(), 2.0) == 1.0;
    if y == 0.0 || x == 1.0 {
        return Ok(Some(1.0));
    }
    if x.is_nan() || y.is_nan() {
        return Ok(Some(x + y));
    }
    if y.is_infinite() {
        let x = x.abs();
        return Ok(Some(if x == 1.0 {
            1.0
        } else if (y > 0.0) == (x > 1.0) {
            f64::INFINITY
        } else {
            0.0
        }));
    }
    if x.is_infinite() {
        return Ok(Some(match (y > 0.0, odd(y)) {
            (true, true) => x,
            (true, false) => x.abs(),
            (false, true) => 0f64.copysign(x),
            (false, false) => 0.0,
        }));
    }
    if x == 0.0 {
        if y < 0.0 {
            return Err(raise!(ZeroDivisionError, "zero to a negative power"));
        }
        return Ok(Some(if odd(y) { x } else { 0.0 }));
    }
    if x < 0.0 && y != y.floor() {
        return Ok(None);
    }
    let negative = x < 0.0 && odd(y);
    let magnitude = if x == -1.0 { 1.0 } else { pow(x.abs(), y) };
    if magnitude.is_infinite() {
        return Err(range_error());
    }
    Ok(Some(if negative { -magnitude } else { magnitude }))
}

/// `OverflowError` as from `errno`: (34, 'Numerical result out of range').
#[cold]
pub fn range_error() -> crate::object::Raised {
    let make = || -> Result {
        tuple::from_owned(vec![
            long::from_i64(libc::ERANGE as i64)?,
            unicode::from_str("Numerical result out of range")?,
        ])
    };
    match make() {
        Ok(args) => exceptions::raise(exceptions::object(&raw mut exceptions::OverflowError), Some(&args)),
        Err(raised) => raised,
    }
}

fn negate(a: &Object) -> Result {
    from_f64(-value(a))
}

/// The float itself, as an exact float.
pub(super) fn positive(a: &Object) -> Result {
    if check_exact(a) { Ok(a.to_owned()) } else { from_f64(value(a)) }
}

fn absolute(a: &Object) -> Result {
    from_f64(value(a).abs())
}

fn is_true(a: &Object) -> bool {
    value(a) != 0.0
}

pub(super) fn truncate(a: &Object) -> Result {
    long::double::from_f64(value(a))
}

/// The hash of numbers: the value modulo the prime 2^61 - 1, which equal ints and fractions share. NaN has the hash of
/// the object that it is in, so that many of them in a set don't pile up (`_Py_HashDouble`); the object is not looked
/// at.
pub fn hash_double(o: *const PyObject, x: f64) -> isize {
    const BITS: i32 = 61;
    const MODULUS: u64 = (1 << BITS) - 1;
    if !x.is_finite() {
        return if x.is_nan() {
            hash_pointer(o.cast())
        } else if x > 0.0 {
            314159
        } else {
            -314159
        };
    }
    let (mut mantissa, mut exponent) = frexp(x.abs());
    let mut hash = 0u64;
    // 28 bits at a time: both are exact.
    while mantissa != 0.0 {
        hash = hash << 28 & MODULUS | hash >> (BITS - 28);
        mantissa *= 268435456.0;
        exponent -= 28;
        let part = mantissa as u64;
        mantissa -= part as f64;
        hash += part;
        if hash >= MODULUS {
            hash -= MODULUS;
        }
    }
    // Times 2^exponent, where 2^61 is 1.
    let turn = exponent.rem_euclid(BITS);
    let hash = (hash << turn & MODULUS | hash >> (BITS - turn)) as isize;
    match if x < 0.0 { -hash } else { hash } {
        -1 => -2,
        hash => hash,
    }
}
