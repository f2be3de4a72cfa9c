//! Bits: shifts, and, or, xor, invert; negative numbers are two's complements without end.

use super::arith::{self, ints_only};
use super::magnitude as mag;
use super::*;
use crate::object::{Owned, Raised, Result};
use crate::raise;
use crate::types::none;

pub fn invert(a: &Object) -> Result {
    match compact_value(a) {
        Some(x) => from_i64(!x),
        None => arith::negate(&*arith::add(a, one())?),
    }
}

#[derive(Clone, Copy)]
enum Bits {
    And,
    Or,
    Xor,
}

impl Bits {
    #[inline(always)]
    fn apply<T: std::ops::BitAnd<Output = T> + std::ops::BitOr<Output = T> + std::ops::BitXor<Output = T>>(
        self,
        a: T,
        b: T,
    ) -> T {
        match self {
            Bits::And => a & b,
            Bits::Or => a | b,
            Bits::Xor => a ^ b,
        }
    }
}

pub fn and(a: &Object, b: &Object) -> Result {
    bitwise(a, b, Bits::And)
}

pub fn or(a: &Object, b: &Object) -> Result {
    bitwise(a, b, Bits::Or)
}

pub fn xor(a: &Object, b: &Object) -> Result {
    bitwise(a, b, Bits::Xor)
}

#[inline(always)]
fn bitwise(a: &Object, b: &Object, op: Bits) -> Result {
    ints_only!(a, b);
    match (medium_value(a), medium_value(b)) {
        (Some(x), Some(y)) => from_i64(op.apply(x, y)),
        _ => bitwise_long(a, b, op),
    }
}

/// The digits of a number's two's complement, one after the other, without end.
struct Complement<'a> {
    digits: &'a [digit],
    negative: bool,
    carry: digit,
    at: usize,
}

impl<'a> Complement<'a> {
    fn new(negative: bool, digits: &'a [digit]) -> Complement<'a> {
        Complement { digits, negative, carry: 1, at: 0 }
    }

    fn next(&mut self) -> digit {
        let d = self.digits.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        if !self.negative {
            return d;
        }
        let value = (d ^ PyLong_MASK as digit) + self.carry;
        self.carry = value >> PyLong_SHIFT;
        value & PyLong_MASK as digit
    }
}

fn bitwise_long(a: &Object, b: &Object, op: Bits) -> Result {
    let mut x = Complement::new(is_negative(a), digits(a));
    let mut y = Complement::new(is_negative(b), digits(b));
    let negative = op.apply(is_negative(a), is_negative(b));
    let mut result = Fresh::new(digits(a).len().max(digits(b).len()) + 1)?;
    for place in result.digits() {
        *place = op.apply(x.next(), y.next());
    }
    if negative {
        // Back from the complement, in place.
        let mut carry = 1;
        for place in result.digits() {
            let value = (*place ^ PyLong_MASK as digit) + carry;
            carry = value >> PyLong_SHIFT;
            *place = value & PyLong_MASK as digit;
        }
    }
    Ok(result.finish(negative))
}

#[cold]
fn negative_count() -> Raised {
    raise!(ValueError, "negative shift count")
}

pub fn shift_left(a: &Object, b: &Object) -> Result {
    ints_only!(a, b);
    if is_negative(b) {
        return Err(negative_count());
    }
    if is_zero(a) {
        return Ok(zero().to_owned());
    }
    if let Some((x, n)) = compact_values(a, b)
        && n < 33
    {
        return from_i64(x << n);
    }
    match to_u64(b) {
        Some(n) => shift_left_by(a, n),
        None => Err(raise!(OverflowError, "too many digits in integer")),
    }
}

/// `a << n` of an int.
pub fn shift_left_by(a: &Object, n: u64) -> Result {
    let x = digits(a);
    if x.is_empty() {
        return Ok(zero().to_owned());
    }
    let whole = (n / PyLong_SHIFT as u64) as usize;
    let mut result = Fresh::new(x.len() + whole + 1)?;
    mag::shift_left(&mut result.digits()[whole..], x, (n % PyLong_SHIFT as u64) as usize);
    Ok(result.finish(is_negative(a)))
}

pub fn shift_right(a: &Object, b: &Object) -> Result {
    ints_only!(a, b);
    if is_negative(b) {
        return Err(negative_count());
    }
    shift_right_by(a, to_u64(b).unwrap_or(u64::MAX))
}

/// `a >> n` of an int, rounded down.
pub fn shift_right_by(a: &Object, n: u64) -> Result {
    if let Some(x) = compact_value(a) {
        return from_i64(x >> n.min(63));
    }
    let x = digits(a);
    let negative = is_negative(a);
    let whole = n / PyLong_SHIFT as u64;
    if whole >= x.len() as u64 {
        return from_i64(if negative { -1 } else { 0 });
    }
    let mut result = Fresh::new(x.len() - whole as usize)?;
    mag::shift_right(result.digits(), &x[whole as usize..], (n % PyLong_SHIFT as u64) as usize);
    let result: Owned = result.finish(negative);
    if negative && mag::any_below(x, n) { arith::subtract(&result, one()) } else { Ok(result) }
}

/// `_PyLong_NumBits`.
pub fn bit_length(a: &Object) -> u64 {
    mag::bit_length(digits(a))
}

/// How many bits of the magnitude are set.
pub fn bit_count(a: &Object) -> u64 {
    digits(a).iter().map(|d| d.count_ones() as u64).sum()
}

/// The top `n` bits of a magnitude that has at least as many (64 at most), and whether one below them is set.
pub fn top_bits(a: &Object, n: u32) -> (u64, bool) {
    let digits = digits(a);
    let below = mag::bit_length(digits) - n as u64;
    (mag::bits_at(digits, below), mag::any_below(digits, below))
}
