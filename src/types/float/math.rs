//! What the C library's mathematics does for us: extensions expect libm's results to the last bit, and so do hashes
//! and powers.

use crate::abi::*;

unsafe extern "C" {
    #[link_name = "ldexp"]
    safe fn c_ldexp(x: f64, exponent: c_int) -> f64;
    #[link_name = "pow"]
    safe fn c_pow(x: f64, y: f64) -> f64;
    #[link_name = "hypot"]
    safe fn c_hypot(x: f64, y: f64) -> f64;
    #[link_name = "atan2"]
    safe fn c_atan2(y: f64, x: f64) -> f64;
    #[link_name = "fmod"]
    safe fn c_fmod(x: f64, y: f64) -> f64;
    #[link_name = "exp"]
    safe fn c_exp(x: f64) -> f64;
    #[link_name = "sin"]
    safe fn c_sin(x: f64) -> f64;
    #[link_name = "cos"]
    safe fn c_cos(x: f64) -> f64;
    #[link_name = "log"]
    safe fn c_log(x: f64) -> f64;
}

pub fn ldexp(x: f64, exponent: c_int) -> f64 {
    c_ldexp(x, exponent)
}

pub fn pow(x: f64, y: f64) -> f64 {
    c_pow(x, y)
}

pub fn hypot(x: f64, y: f64) -> f64 {
    c_hypot(x, y)
}

pub fn atan2(y: f64, x: f64) -> f64 {
    c_atan2(y, x)
}

pub fn fmod(x: f64, y: f64) -> f64 {
    c_fmod(x, y)
}

pub fn exp(x: f64) -> f64 {
    c_exp(x)
}

pub fn sin(x: f64) -> f64 {
    c_sin(x)
}

pub fn cos(x: f64) -> f64 {
    c_cos(x)
}

pub fn log(x: f64) -> f64 {
    c_log(x)
}

/// Mantissa in [0.5, 1) and exponent of a finite double; 0 and 0 for zero.
pub fn frexp(x: f64) -> (f64, i32) {
    const BIAS: i32 = 1022;
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let (x, below) = if x.is_subnormal() { (x * 2f64.powi(64), 64) } else { (x, 0) };
    let bits = x.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i32 - BIAS - below;
    (f64::from_bits(bits & !(0x7ff << 52) | (BIAS as u64) << 52), exponent)
}
