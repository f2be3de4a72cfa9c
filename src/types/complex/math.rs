//! Complex arithmetic, with what C99's annex G says of infinities; and the mixed operations of complex and real
//! numbers, in which a real number has no imaginary part at all, not one of zero.

use crate::abi::*;
use crate::types::float::math::{atan2, cos, exp, hypot, log, pow, sin};

pub const fn complex(real: f64, imag: f64) -> Py_complex {
    Py_complex { real, imag }
}

/// Why there is no result: `errno`'s EDOM and ERANGE.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Fault {
    Domain,
    Range,
}

impl Fault {
    pub fn errno(self) -> c_int {
        match self {
            Fault::Domain => libc::EDOM,
            Fault::Range => libc::ERANGE,
        }
    }
}

pub fn sum(a: Py_complex, b: Py_complex) -> Py_complex {
    complex(a.real + b.real, a.imag + b.imag)
}

pub fn difference(a: Py_complex, b: Py_complex) -> Py_complex {
    complex(a.real - b.real, a.imag - b.imag)
}

pub fn negative(a: Py_complex) -> Py_complex {
    complex(-a.real, -a.imag)
}

/// 1 for an infinity and 0 for all else, with the sign.
fn boxed(x: f64) -> f64 {
    (x.is_infinite() as u8 as f64).copysign(x)
}

/// 0 with the sign for a NaN.
fn without_nan(x: f64) -> f64 {
    if x.is_nan() { 0f64.copysign(x) } else { x }
}

pub fn product(z: Py_complex, w: Py_complex) -> Py_complex {
    let (mut a, mut b, mut c, mut d) = (z.real, z.imag, w.real, w.imag);
    let (ac, bd, ad, bc) = (a * c, b * d, a * d, b * c);
    let result = complex(ac - bd, ad + bc);
    if !result.real.is_nan() || !result.imag.is_nan() {
        return result;
    }
    // Infinities that came out as NaNs.
    let mut again = false;
    if a.is_infinite() || b.is_infinite() {
        (a, b, c, d) = (boxed(a), boxed(b), without_nan(c), without_nan(d));
        again = true;
    }
    if c.is_infinite() || d.is_infinite() {
        (a, b, c, d) = (without_nan(a), without_nan(b), boxed(c), boxed(d));
        again = true;
    }
    if !again && [ac, bd, ad, bc].iter().any(|x| x.is_infinite()) {
        (a, b, c, d) = (without_nan(a), without_nan(b), without_nan(c), without_nan(d));
        again = true;
    }
    if !again {
        return result;
    }
    complex(f64::INFINITY * (a * c - b * d), f64::INFINITY * (a * d + b * c))
}

/// The quotient, and whether the divisor was zero.
pub fn quotient(a: Py_complex, b: Py_complex) -> (Py_complex, Option<Fault>) {
    // Smith's way: divide by the larger part first, so that nothing overflows on the way.
    let mut result = if b.real.abs() >= b.imag.abs() {
        if b.real == 0.0 {
            return (complex(0.0, 0.0), Some(Fault::Domain));
        }
        let ratio = b.imag / b.real;
        let denominator = b.real + b.imag * ratio;
        complex((a.real + a.imag * ratio) / denominator, (a.imag - a.real * ratio) / denominator)
    } else if b.imag.abs() >= b.real.abs() {
        let ratio = b.real / b.imag;
        let denominator = b.real * ratio + b.imag;
        complex((a.real * ratio + a.imag) / denominator, (a.imag * ratio - a.real) / denominator)
    } else {
        complex(f64::NAN, f64::NAN)
    };
    if result.real.is_nan() && result.imag.is_nan() {
        let infinite = |z: Py_complex| z.real.is_infinite() || z.imag.is_infinite();
        let finite = |z: Py_complex| z.real.is_finite() && z.imag.is_finite();
        if infinite(a) && finite(b) {
            let (x, y) = (boxed(a.real), boxed(a.imag));
            result = complex(f64::INFINITY * (x * b.real + y * b.imag), f64::INFINITY * (y * b.real - x * b.imag));
        } else if infinite(b) && finite(a) {
            let (x, y) = (boxed(b.real), boxed(b.imag));
            result = complex(0.0 * (a.real * x + a.imag * y), 0.0 * (a.imag * x - a.real * y));
        }
    }
    (result, None)
}

/// A real number by a complex one.
pub fn real_quotient(a: f64, b: Py_complex) -> (Py_complex, Option<Fault>) {
    let mut result = if b.real.abs() >= b.imag.abs() {
        if b.real == 0.0 {
            return (complex(0.0, 0.0), Some(Fault::Domain));
        }
        let ratio = b.imag / b.real;
        let denominator = b.real + b.imag * ratio;
        complex(a / denominator, (-a * ratio) / denominator)
    } else if b.imag.abs() >= b.real.abs() {
        let ratio = b.real / b.imag;
        let denominator = b.real * ratio + b.imag;
        complex((a * ratio) / denominator, (-a) / denominator)
    } else {
        complex(f64::NAN, f64::NAN)
    };
    if result.real.is_nan() && result.imag.is_nan() && a.is_finite() && (b.real.is_infinite() || b.imag.is_infinite()) {
        let (x, y) = (boxed(b.real), boxed(b.imag));
        result = complex(0.0 * (a * x), 0.0 * (-a * y));
    }
    (result, None)
}

/// A complex number by a real one.
pub fn quotient_by_real(a: Py_complex, b: f64) -> (Py_complex, Option<Fault>) {
    if b == 0.0 {
        return (complex(0.0, 0.0), Some(Fault::Domain));
    }
    (complex(a.real / b, a.imag / b), None)
}

/// An infinite part means that the result was too large.
fn checked(z: Py_complex) -> (Py_complex, Option<Fault>) {
    let fault = (z.real.is_infinite() || z.imag.is_infinite()).then_some(Fault::Range);
    (z, fault)
}

pub fn power(a: Py_complex, b: Py_complex) -> (Py_complex, Option<Fault>) {
    if b.real == 0.0 && b.imag == 0.0 {
        return (complex(1.0, 0.0), None);
    }
    if a.real == 0.0 && a.imag == 0.0 {
        let fault = (b.imag != 0.0 || b.real < 0.0).then_some(Fault::Domain);
        return (complex(0.0, 0.0), fault);
    }
    let size = hypot(a.real, a.imag);
    let angle = atan2(a.imag, a.real);
    let mut length = pow(size, b.real);
    let mut phase = angle * b.real;
    if b.imag != 0.0 {
        length *= exp(-angle * b.imag);
        phase += b.imag * log(size);
    }
    let result = complex(length * cos(phase), length * sin(phase));
    // The C library's cos and sin say EDOM of an infinite angle, and that is what is reported.
    if phase.is_infinite() { (result, Some(Fault::Domain)) } else { checked(result) }
}

/// A power with an integer exponent, by products: more exact than [`power`].
pub fn integer_power(a: Py_complex, n: i64) -> (Py_complex, Option<Fault>) {
    let mut result = complex(1.0, 0.0);
    let mut square = a;
    let mut rest = n.unsigned_abs();
    while rest != 0 {
        if rest & 1 != 0 {
            result = product(result, square);
        }
        rest >>= 1;
        square = product(square, square);
    }
    if n > 0 {
        return checked(result);
    }
    match quotient(complex(1.0, 0.0), result) {
        (result, None) => checked(result),
        fault => fault,
    }
}

pub fn absolute(z: Py_complex) -> (f64, Option<Fault>) {
    if z.real.is_infinite() || z.imag.is_infinite() {
        return (f64::INFINITY, None);
    }
    if z.real.is_nan() || z.imag.is_nan() {
        return (f64::NAN, None);
    }
    let size = hypot(z.real, z.imag);
    (size, size.is_infinite().then_some(Fault::Range))
}
