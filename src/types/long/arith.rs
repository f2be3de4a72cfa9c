//! Sums, products, quotients and powers: the slots of `int`, and comparison.

use super::magnitude::{self as mag};
use super::*;
use crate::object::compare::holds;
use crate::object::{Owned, Raised, Result, error};
use crate::raise;
use crate::types::{boolobject, float, none, tuple};
use num_bigint::BigUint;
use std::cmp::Ordering;

/// The body of a binary slot: both operands must be ints.
macro_rules! ints_only {
    ($a:ident, $b:ident) => {
        if !check($a) || !check($b) {
            return Ok(none::not_implemented());
        }
    };
}
pub(super) use ints_only;

/// From a magnitude in `num-bigint`'s form.
pub fn from_big(negative: bool, value: &BigUint) -> Result<Owned> {
    let mut fresh = Fresh::new(mag::digits_in(value))?;
    mag::unpack(value, fresh.digits());
    Ok(fresh.finish(negative))
}

pub fn add_slot(a: &Object, b: &Object) -> Result {
    ints_only!(a, b);
    add(a, b)
}

pub fn subtract_slot(a: &Object, b: &Object) -> Result {
    ints_only!(a, b);
    subtract(a, b)
}

pub fn multiply_slot(a: &Object, b: &Object) -> Result {
    ints_only!(a, b);
    multiply(a, b)
}

/// `a + b` of two ints.
#[inline]
pub fn add(a: &Object, b: &Object) -> Result {
    match (medium_value(a), medium_value(b)) {
        (Some(x), Some(y)) => from_i64(x + y),
        _ => add_signed(a, is_negative(b), digits(b)),
    }
}

/// `a - b` of two ints.
#[inline]
pub fn subtract(a: &Object, b: &Object) -> Result {
    match (medium_value(a), medium_value(b)) {
        (Some(x), Some(y)) => from_i64(x - y),
        _ => add_signed(a, !is_negative(b), digits(b)),
    }
}

/// `a` plus the number of the sign and digits given.
fn add_signed(a: &Object, negative: bool, y: &[digit]) -> Result {
    let x = digits(a);
    if is_negative(a) == negative {
        let mut sum = Fresh::new(x.len().max(y.len()) + 1)?;
        mag::add(sum.digits(), x, y);
        return Ok(sum.finish(negative));
    }
    let (more, less, negative) =
        if mag::compare(x, y) == Ordering::Less { (y, x, negative) } else { (x, y, !negative) };
    let mut difference = Fresh::new(more.len())?;
    mag::subtract(difference.digits(), more, less);
    Ok(difference.finish(negative))
}

/// `a * b` of two ints.
#[inline]
pub fn multiply(a: &Object, b: &Object) -> Result {
    if let Some((x, y)) = compact_values(a, b) {
        return from_i64(x * y);
    }
    let (x, y) = (digits(a), digits(b));
    let mut product = Fresh::new(x.len() + y.len())?;
    mag::multiply(product.digits(), x, y);
    Ok(product.finish(is_negative(a) != is_negative(b)))
}

#[cold]
fn zero_division() -> Raised {
    raise!(ZeroDivisionError, "division by zero")
}

/// Quotient and remainder rounded down; `b` is not zero.
fn divide_down(a: &Object, b: &Object) -> Result<(Owned, Owned)> {
    if let (Some(x), Some(y)) = (medium_value(a), medium_value(b)) {
        let (mut quotient, mut rest) = (x / y, x % y);
        if rest != 0 && (rest < 0) != (y < 0) {
            quotient -= 1;
            rest += y;
        }
        return Ok((from_i64(quotient)?, from_i64(rest)?));
    }
    let (x, y) = (digits(a), digits(b));
    let differ = is_negative(a) != is_negative(b);
    let (mut quotient, mut rest) = mag::divide(x, y);
    if differ && rest.iter().any(|&d| d != 0) {
        let mut next = vec![0; quotient.len().max(1) + 1];
        mag::add(&mut next, &quotient, &[1]);
        quotient = next;
        let mut other = vec![0; y.len()];
        mag::subtract(&mut other, y, mag::trim(&rest));
        rest = other;
    }
    Ok((from_digits(differ, &quotient)?, from_digits(is_negative(b), &rest)?))
}

pub fn floor_divide_slot(a: &Object, b: &Object) -> Result {
    ints_only!(a, b);
    floor_divide(a, b)
}

/// `a // b` of two ints.
pub fn floor_divide(a: &Object, b: &Object) -> Result {
    if is_zero(b) {
        return Err(zero_division());
    }
    if let (Some(x), Some(y)) = (medium_value(a), medium_value(b)) {
        let quotient = x / y;
        return from_i64(if x % y != 0 && (x < 0) != (y < 0) { quotient - 1 } else { quotient });
    }
    Ok(divide_down(a, b)?.0)
}

pub fn remainder_slot(a: &Object, b: &Object) -> Result {
    ints_only!(a, b);
    remainder(a, b)
}

/// `a % b` of two ints.
pub fn remainder(a: &Object, b: &Object) -> Result {
    if is_zero(b) {
        return Err(zero_division());
    }
    if let (Some(x), Some(y)) = (medium_value(a), medium_value(b)) {
        let rest = x % y;
        return from_i64(if rest != 0 && (rest < 0) != (y < 0) { rest + y } else { rest });
    }
    if let [d] = *digits(b) {
        // A divisor of one digit: no quotient is needed.
        let rest = mag::remainder_digit(digits(a), d) as i64;
        let rest = if rest != 0 && is_negative(a) != is_negative(b) { d as i64 - rest } else { rest };
        return from_i64(if is_negative(b) { -rest } else { rest });
    }
    Ok(divide_down(a, b)?.1)
}

pub fn divmod_slot(a: &Object, b: &Object) -> Result {
    ints_only!(a, b);
    if is_zero(b) {
        return Err(zero_division());
    }
    let (quotient, rest) = divide_down(a, b)?;
    tuple::from_slice(&[&quotient, &rest])
}

/// Quotient and remainder with the quotient rounded to the nearest, to even if there are two (`_PyLong_DivmodNear`).
pub fn divmod_near(a: &Object, b: &Object) -> Result<(Owned, Owned)> {
    if is_zero(b) {
        return Err(zero_division());
    }
    let (quotient, rest) = divide_down(a, b)?;
    // The remainder has b's sign and is smaller; past b's half the next quotient is nearer.
    let twice = add(&rest, &rest)?;
    let order = mag::compare(digits(&twice), digits(b));
    let odd = digits(&quotient).first().is_some_and(|d| d & 1 != 0);
    if order == Ordering::Greater || (order == Ordering::Equal && odd) {
        return Ok((add(&quotient, one())?, subtract(&rest, b)?));
    }
    Ok((quotient, rest))
}

pub fn true_divide_slot(a: &Object, b: &Object) -> Result {
    ints_only!(a, b);
    float::from_f64(true_divide(a, b)?)
}

/// `a / b` of two ints, correctly rounded.
pub fn true_divide(a: &Object, b: &Object) -> Result<f64> {
    const EXACT: u64 = 1 << 53;
    if is_zero(b) {
        return Err(zero_division());
    }
    let negative = is_negative(a) != is_negative(b);
    if is_zero(a) {
        return Ok(if negative { -0.0 } else { 0.0 });
    }
    let (x, y) = (digits(a), digits(b));
    if x.len() <= 2 && y.len() <= 2 {
        let (x, y) = (mag::to_u128(x) as u64, mag::to_u128(y) as u64);
        if x <= EXACT && y <= EXACT {
            let quotient = x as f64 / y as f64;
            return Ok(if negative { -quotient } else { quotient });
        }
    }
    let overflow = || raise!(OverflowError, "integer division result too large for a float");
    let difference = mag::bit_length(x) as i64 - mag::bit_length(y) as i64;
    if difference > f64::MAX_EXP as i64 {
        return Err(overflow());
    }
    if difference < (f64::MIN_EXP - f64::MANTISSA_DIGITS as i32 - 1) as i64 {
        return Ok(if negative { -0.0 } else { 0.0 });
    }
    // The quotient times 2^-shift has two or three bits more than fit; below them only "is there anything" counts.
    let shift = difference.max(f64::MIN_EXP as i64) - f64::MANTISSA_DIGITS as i64 - 2;
    let (mut top, mut bottom) = (mag::pack(x), mag::pack(y));
    if shift <= 0 {
        top <<= (-shift) as u64;
    } else {
        bottom <<= shift as u64;
    }
    let quotient = &top / &bottom;
    let inexact = &quotient * bottom != top;
    let mut bits = quotient.iter_u64_digits().next().unwrap_or(0);
    let length = (u64::BITS - bits.leading_zeros()) as i64;
    let extra = length.max(f64::MIN_EXP as i64 - shift) - f64::MANTISSA_DIGITS as i64;
    bits |= inexact as u64;
    bits = round_half_even(bits, extra as u32);
    let length = (u64::BITS - bits.leading_zeros()) as i64;
    if shift + length > f64::MAX_EXP as i64 {
        return Err(overflow());
    }
    let quotient = float::math::ldexp(bits as f64, shift as c_int);
    Ok(if negative { -quotient } else { quotient })
}

/// `bits` with its lowest `extra` bits rounded away to zeros; half goes to even.
pub(super) fn round_half_even(bits: u64, extra: u32) -> u64 {
    let half = 1 << (extra - 1);
    let low = bits & (2 * half - 1);
    let down = bits - low;
    if low > half || (low == half && down & (2 * half) != 0) { down + 2 * half } else { down }
}

pub fn negate(a: &Object) -> Result {
    match compact_value(a) {
        Some(x) => from_i64(-x),
        None => from_digits(!is_negative(a), digits(a)),
    }
}

pub fn absolute(a: &Object) -> Result {
    if is_negative(a) { negate(a) } else { exact(a) }
}

pub fn is_true(a: &Object) -> bool {
    !is_zero(a)
}

/// `pow(a, b, c)`; `c` is `None` or the modulus.
pub fn power_slot(a: &Object, b: &Object, c: &Object) -> Result {
    ints_only!(a, b);
    if c.is_none() {
        return power(a, b);
    }
    if !check(c) {
        return Ok(none::not_implemented());
    }
    power_modulo(a, b, c)
}

fn power(a: &Object, b: &Object) -> Result {
    if is_negative(b) {
        let (x, y) = (float::of_int(a)?, float::of_int(b)?);
        return float::from_f64(float::arith::power(x, y)?.expect("a negative int power of an int is real"));
    }
    let negative = is_negative(a) && digits(b).first().is_some_and(|d| d & 1 != 0);
    let base = digits(a);
    match *base {
        [] if is_zero(b) => return Ok(one().to_owned()),
        [] => return Ok(zero().to_owned()),
        [1] => return from_i64(if negative { -1 } else { 1 }),
        _ => {}
    }
    // No memory holds a power with an exponent of two digits, unless the base is one of those above.
    let Some(exponent) = compact_value(b).map(|exponent| exponent as u64) else {
        return Err(error::no_memory());
    };
    if let [d] = *base {
        if d.is_power_of_two() {
            return super::bits::shift_left_by(
                &*from_i64(if negative { -1 } else { 1 })?,
                exponent * d.trailing_zeros() as u64,
            );
        }
        if let Some(value) = (d as u64).checked_pow(exponent as u32) {
            let magnitude = from_u64(value)?;
            return if negative { negate(&magnitude) } else { Ok(magnitude) };
        }
    }
    // Nor does anybody have the time for a power of more than 4 GiB.
    if (mag::bit_length(base) - 1).saturating_mul(exponent) > 1 << 35 {
        return Err(error::no_memory());
    }
    from_big(negative, &mag::pack(base).pow(exponent as u32))
}

fn power_modulo(a: &Object, b: &Object, c: &Object) -> Result {
    if is_zero(c) {
        return Err(raise!(ValueError, "pow() 3rd argument cannot be 0"));
    }
    let modulus = mag::pack(digits(c));
    // The base as a remainder that is not negative.
    let mut base = mag::pack(digits(a)) % &modulus;
    if is_negative(a) && base != BigUint::ZERO {
        base = &modulus - base;
    }
    if is_negative(b) {
        base = match base.modinv(&modulus) {
            Some(inverse) => inverse,
            None if modulus == BigUint::from(1u32) => BigUint::ZERO,
            None => return Err(raise!(ValueError, "base is not invertible for the given modulus")),
        };
    }
    let result = base.modpow(&mag::pack(digits(b)), &modulus);
    if is_negative(c) && result != BigUint::ZERO {
        return from_big(true, &(modulus - result));
    }
    from_big(false, &result)
}

/// The order of two ints.
#[inline]
pub fn order(a: &Object, b: &Object) -> Ordering {
    if let Some((x, y)) = compact_values(a, b) {
        return x.cmp(&y);
    }
    match (is_negative(a), is_negative(b)) {
        (false, true) => Ordering::Greater,
        (true, false) => Ordering::Less,
        (false, false) => mag::compare(digits(a), digits(b)),
        (true, true) => mag::compare(digits(b), digits(a)),
    }
}

pub fn compare(a: &Object, b: &Object, op: c_int) -> Result {
    ints_only!(a, b);
    let order = if a.is(b) { Ordering::Equal } else { order(a, b) };
    Ok(boolobject::from_bool(holds(order, op)))
}

/// The hash of numbers: the value modulo the prime 2^61 - 1, which equal floats and fractions share.
#[inline]
pub fn hash(a: &Object) -> isize {
    const BITS: u32 = 61;
    const MODULUS: u64 = (1 << BITS) - 1;
    if let Some(value) = compact_value(a) {
        return if value == -1 { -2 } else { value as isize };
    }
    let mut x = 0u64;
    for &d in digits(a).iter().rev() {
        x = (x << PyLong_SHIFT & MODULUS | x >> (BITS - PyLong_SHIFT as u32)) + d as u64;
        if x >= MODULUS {
            x -= MODULUS;
        }
    }
    let x = if is_negative(a) { -(x as isize) } else { x as isize };
    if x == -1 { -2 } else { x }
}

/// The greatest common divisor, never negative (`_PyLong_GCD`).
pub fn gcd(a: &Object, b: &Object) -> Result {
    let (mut x, mut y) = (mag::pack(digits(a)), mag::pack(digits(b)));
    while y != BigUint::ZERO {
        (x, y) = (y.clone(), x % y);
    }
    from_big(false, &x)
}
