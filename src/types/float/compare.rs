//! Comparison of floats with floats, and exactly with ints of any size.

use super::math::frexp;
use super::*;
use crate::object::compare::holds;
use crate::types::{boolobject, none};
use std::cmp::Ordering;

pub fn compare(a: &Object, b: &Object, op: c_int) -> Result {
    let x = value(a);
    let order = if check(b) {
        x.partial_cmp(&value(b))
    } else if long::check(b) {
        order_with_int(x, b)
    } else {
        return Ok(none::not_implemented());
    };
    // A NaN is unequal to everything, and nothing else.
    Ok(boolobject::from_bool(order.map_or(op == Py_NE, |order| holds(order, op))))
}

/// The exact order of a float and an int; none for NaN.
pub fn order_with_int(x: f64, i: &Object) -> Option<Ordering> {
    if let Some(i) = long::compact_value(i) {
        return x.partial_cmp(&(i as f64));
    }
    if x.is_nan() {
        return None;
    }
    let sign = |negative: bool| if negative { Ordering::Less } else { Ordering::Greater };
    let negative = long::is_negative(i);
    if x == 0.0 || (x < 0.0) != negative {
        return Some(sign(x < 0.0 || (x == 0.0 && !negative)));
    }
    if x.is_infinite() {
        return Some(sign(negative));
    }
    let length = long::bit_length(i);
    if length <= 53 {
        // Exact as a double.
        return x.partial_cmp(&long::to_i64(i).map_or(0.0, |i| i as f64));
    }
    let (mantissa, exponent) = frexp(x.abs());
    let order = if exponent as i64 != length as i64 {
        (exponent as i64).cmp(&(length as i64))
    } else {
        // The same number of bits: more than 53, so the float is an integer too. Its bits against the int's top ones.
        let bits = (mantissa * (1u64 << 53) as f64) as u64;
        let (top, more) = long::top_bits(i, 53);
        bits.cmp(&top).then(if more { Ordering::Less } else { Ordering::Equal })
    };
    Some(if negative { order.reverse() } else { order })
}

/// A double and an int of any size are the same number.
pub fn equals_int(x: f64, i: &Object) -> bool {
    order_with_int(x, i) == Some(Ordering::Equal)
}
