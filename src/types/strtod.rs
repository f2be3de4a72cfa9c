//! Doubles as decimal text and back.
//!
//! The digits come from the standard library, which finds the shortest ones that read back as the same double, and
//! rounds exactly (half to even) to a given number; laying them out is done here, as `PyOS_double_to_string` says.

use crate::abi::*;
use crate::types::float::math::frexp;

/// Digits of a double without leading or trailing zeros, and where the point stands: 0.d1d2d3... times 10^point.
/// None at all is zero.
#[derive(Debug, PartialEq)]
pub struct Decimal {
    pub digits: Vec<u8>,
    pub point: i32,
}

impl Decimal {
    /// From `d.ddde[-]dd`, the form in which the standard library writes them.
    fn of_exponential(text: &str) -> Decimal {
        let (mantissa, exponent) = text.split_once('e').expect("the form has an exponent");
        let exponent: i32 = exponent.parse().expect("a small number");
        let mut digits: Vec<u8> = mantissa.bytes().filter(|&c| c != b'.').collect();
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        let point = if digits.is_empty() { 1 } else { exponent + 1 };
        Decimal { digits, point }
    }

    /// From `ddd.ddd`; `nothing` is where the point is said to stand if all digits are zeros.
    fn of_fixed(text: &str, nothing: i32) -> Decimal {
        let whole = text.find('.').unwrap_or(text.len());
        let digits = text.bytes().filter(|&c| c != b'.');
        let zeros = digits.clone().take_while(|&c| c == b'0').count();
        let mut digits: Vec<u8> = digits.skip(zeros).collect();
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        let point = if digits.is_empty() { nothing } else { whole as i32 - zeros as i32 };
        Decimal { digits, point }
    }

    /// The shortest digits that read back as `x`, and of several such the nearest to it; of two that are equally near
    /// the even one, which the library does not promise.
    pub fn shortest(x: f64) -> Decimal {
        let decimal = Decimal::of_exponential(&format!("{:e}", x.abs()));
        let n = decimal.digits.len();
        // Equally near to two means that the exact value has one digit more than the shortest, a 5. Behind the point it
        // has as many digits as its binary form has bits there; integers can't lie like that, they are too even.
        let (mantissa, exponent) = frexp(x);
        let bits = (mantissa * (1u64 << 53) as f64) as i64;
        let places = 53 - exponent - bits.trailing_zeros() as i32;
        if places <= 0 || places != n as i32 + 1 - decimal.point {
            return decimal;
        }
        let nearest = Decimal::significant(x, n);
        if nearest != decimal && nearest.to_f64() == x.abs() { nearest } else { decimal }
    }

    /// `n` significant digits, at least one.
    pub fn significant(x: f64, n: usize) -> Decimal {
        Decimal::of_exponential(&format!("{:.*e}", n.clamp(1, MAX_DIGITS) - 1, x.abs()))
    }

    /// Digits down to `places` behind the point, which may be negative.
    pub fn places(x: f64, places: i32) -> Decimal {
        let x = x.abs();
        if x == 0.0 {
            return Decimal { digits: Vec::new(), point: 1 };
        }
        if places >= 0 {
            return Decimal::of_fixed(&format!("{:.*}", (places as usize).min(MAX_DIGITS), x), -places);
        }
        // How many of the digits stand before the place; rounding may add one at the front, which is right too.
        let first = Decimal::significant(x, MAX_DIGITS);
        let keep = first.point.saturating_add(places);
        if keep < 0 {
            return Decimal { digits: Vec::new(), point: -places };
        }
        first.rounded(keep as usize, -places)
    }

    /// The first `keep` of all digits, rounded half to even.
    fn rounded(mut self, keep: usize, nothing: i32) -> Decimal {
        if keep >= self.digits.len() {
            return self;
        }
        let rest = &self.digits[keep..];
        let half = rest[0].cmp(&b'5').then(if rest.len() > 1 {
            std::cmp::Ordering::Greater
        } else {
            std::cmp::Ordering::Equal
        });
        let odd = keep > 0 && (self.digits[keep - 1] - b'0') & 1 == 1;
        let up = half.is_gt() || (half.is_eq() && odd);
        self.digits.truncate(keep);
        if up {
            while self.digits.last() == Some(&b'9') {
                self.digits.pop();
            }
            match self.digits.last_mut() {
                Some(last) => *last += 1,
                None => {
                    self.digits.push(b'1');
                    self.point += 1;
                }
            }
        }
        while self.digits.last() == Some(&b'0') {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.point = nothing;
        }
        self
    }

    /// The double nearest to the digits.
    pub fn to_f64(&self) -> f64 {
        if self.digits.is_empty() {
            return 0.0;
        }
        let digits = std::str::from_utf8(&self.digits).expect("digits");
        format!("0.{digits}e{}", self.point).parse().expect("digits and an exponent")
    }
}

/// No double has more significant digits (767), and none has more places behind the point (1074).
const MAX_DIGITS: usize = 1100;

/// What `PyOS_double_to_string` found out besides the text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Kind {
    Finite,
    Infinite,
    NaN,
}

/// The text of a double, for codes `e f g E F G r` (`r`: the shortest digits; the precision must be 0). `flags` are
/// `Py_DTSF_*`. `None` for another code, or a precision with `r`.
pub fn format_double(x: f64, code: u8, precision: i32, flags: c_int) -> Option<(String, Kind)> {
    let lower = code.to_ascii_lowercase();
    let upper = code != lower;
    if !matches!(lower, b'e' | b'f' | b'g' | b'r') || code == b'R' || (code == b'r' && precision != 0) {
        return None;
    }
    let always_sign = flags & Py_DTSF_SIGN != 0;
    if x.is_nan() {
        let text = if upper { "NAN" } else { "nan" };
        return Some((format!("{}{text}", if always_sign { "+" } else { "" }), Kind::NaN));
    }
    let mut negative = x.is_sign_negative();
    if x.is_infinite() {
        let text = if upper { "INF" } else { "inf" };
        let sign = if negative {
            "-"
        } else if always_sign {
            "+"
        } else {
            ""
        };
        return Some((format!("{sign}{text}"), Kind::Infinite));
    }
    let precision = if lower == b'g' { precision.max(1) } else { precision } as i64;
    let decimal = match lower {
        b'r' => Decimal::shortest(x),
        b'f' => Decimal::places(x, precision.min(MAX_DIGITS as i64) as i32),
        b'e' => Decimal::significant(x, (precision + 1).max(1) as usize),
        _ => Decimal::significant(x, precision.max(1) as usize),
    };
    if flags & Py_DTSF_NO_NEG_0 != 0 && decimal.digits.is_empty() {
        negative = false;
    }
    let sign = if negative {
        "-"
    } else if always_sign {
        "+"
    } else {
        ""
    };
    Some((lay_out(&decimal, sign, lower, upper, precision, flags), Kind::Finite))
}

fn lay_out(decimal: &Decimal, sign: &str, code: u8, upper: bool, precision: i64, flags: c_int) -> String {
    let alternate = flags & Py_DTSF_ALT != 0;
    let add_dot_0 = flags & Py_DTSF_ADD_DOT_0 != 0;
    let mut digits = decimal.digits.as_slice();
    let mut point = decimal.point as i64;
    if digits.is_empty() && code != b'f' {
        (digits, point) = (b"0", 1);
    }
    // Where the digits end: at least there, with zeros if need be.
    let (exponential, mut end) = match code {
        b'e' => (true, precision + 1),
        b'f' => (false, point + precision),
        b'g' => {
            let exponential = point <= -4 || point > precision - add_dot_0 as i64;
            (exponential, if alternate { precision } else { 0 })
        }
        _ => (point <= -4 || point > 16, 0),
    };
    end = end.max(digits.len() as i64);
    let exponent = point - 1;
    if exponential {
        point = 1;
    } else {
        end = end.max(if add_dot_0 { point + 1 } else { point });
    }
    let start = if point <= 0 { point - 1 } else { 0 };
    let mut text = String::with_capacity(sign.len() + (end - start) as usize + 8);
    text.push_str(sign);
    let zeros = |text: &mut String, n: i64| text.extend(std::iter::repeat_n('0', n.max(0) as usize));
    let put = |text: &mut String, from: i64, to: i64| {
        // Digits of the number from..to, zeros outside of those there are.
        zeros(text, to.min(0) - from);
        for i in from.max(0)..to.min(digits.len() as i64) {
            text.push(digits[i as usize] as char);
        }
        zeros(text, to - from.max(digits.len() as i64).max(0));
    };
    put(&mut text, start, point);
    if end > point {
        text.push('.');
        put(&mut text, point, end);
    } else if alternate {
        text.push('.');
    }
    if exponential {
        text.push(if upper { 'E' } else { 'e' });
        text.push(if exponent < 0 { '-' } else { '+' });
        let exponent = exponent.abs();
        if exponent < 10 {
            text.push('0');
        }
        text.push_str(&exponent.to_string());
    }
    text
}

/// `repr` of a float.
pub fn repr(x: f64) -> String {
    format_double(x, b'r', 0, Py_DTSF_ADD_DOT_0).expect("r is a code").0
}

/// Reads the longest number at the beginning of `text`: a sign, then digits with a point and an exponent, or `inf`,
/// `infinity`, `nan`. Gives the double and its length; `None` if there is none. Too large is infinite.
pub fn parse_prefix(text: &[u8]) -> Option<(f64, usize)> {
    let at = |i: usize| text.get(i).copied().unwrap_or(0);
    let negative = at(0) == b'-';
    let start = matches!(at(0), b'-' | b'+') as usize;
    let digits_from = |i: usize| text[i.min(text.len())..].iter().take_while(|c| c.is_ascii_digit()).count();
    let whole = digits_from(start);
    let mut end = start + whole;
    let mut any = whole;
    if at(end) == b'.' {
        let fraction = digits_from(end + 1);
        any += fraction;
        end += 1 + fraction;
    }
    if any == 0 {
        return special(&text[start..]).map(|(x, n)| (if negative { -x } else { x }, start + n));
    }
    if matches!(at(end), b'e' | b'E') {
        let sign = matches!(at(end + 1), b'-' | b'+') as usize;
        let exponent = digits_from(end + 1 + sign);
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    let number = std::str::from_utf8(&text[..end]).expect("ASCII");
    Some((number.parse().expect("the form was checked"), end))
}

fn special(text: &[u8]) -> Option<(f64, usize)> {
    let begins = |word: &[u8]| text.len() >= word.len() && text[..word.len()].eq_ignore_ascii_case(word);
    if begins(b"infinity") {
        Some((f64::INFINITY, 8))
    } else if begins(b"inf") {
        Some((f64::INFINITY, 3))
    } else if begins(b"nan") {
        Some((f64::NAN, 3))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(x: f64, code: u8, precision: i32, flags: c_int) -> String {
        format_double(x, code, precision, flags).expect("a code").0
    }

    #[test]
    #[allow(clippy::excessive_precision, reason = "halfway cases, written out")]
    fn shortest_digits() {
        for (x, expected) in [
            (0.0, "0.0"),
            (-0.0, "-0.0"),
            (1.0, "1.0"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (9999999999999998.0, "9999999999999998.0"),
            (123456789012345680.0, "1.2345678901234568e+17"),
            (0.0001, "0.0001"),
            (0.00001, "1e-05"),
            (5e-324, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (2.2250738585072014e-308, "2.2250738585072014e-308"),
            (0.1 + 0.2, "0.30000000000000004"),
            (176952668324864.125, "176952668324864.12"),
            (176952668324864.375, "176952668324864.38"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "nan"),
        ] {
            assert_eq!(repr(x), expected);
        }
    }

    #[test]
    fn given_digits() {
        assert_eq!(text(2.5, b'f', 0, 0), "2");
        assert_eq!(text(0.5, b'f', 0, 0), "0");
        assert_eq!(text(1.5, b'f', 0, Py_DTSF_ALT), "2.");
        assert_eq!(text(0.001, b'f', 1, 0), "0.0");
        assert_eq!(text(-0.001, b'f', 1, Py_DTSF_NO_NEG_0), "0.0");
        assert_eq!(text(999.5, b'f', 0, 0), "1000");
        assert_eq!(text(123.456, b'e', 3, 0), "1.235e+02");
        assert_eq!(text(123.456, b'E', 0, Py_DTSF_ALT), "1.E+02");
        assert_eq!(text(123.456, b'g', 2, 0), "1.2e+02");
        assert_eq!(text(100000.0, b'g', 6, 0), "100000");
        assert_eq!(text(1000000.0, b'g', 6, 0), "1e+06");
        assert_eq!(text(100000.0, b'g', 6, Py_DTSF_ADD_DOT_0), "1e+05");
        assert_eq!(text(0.0, b'g', 0, Py_DTSF_ALT), "0.");
        assert_eq!(text(0.0, b'e', 2, 0), "0.00e+00");
        assert_eq!(text(1.0, b'g', 3, Py_DTSF_ALT | Py_DTSF_SIGN), "+1.00");
        assert_eq!(text(f64::NAN, b'G', 3, Py_DTSF_SIGN), "+NAN");
        assert_eq!(text(1e300, b'f', 2, 0).len(), 304);
        assert_eq!(text(0.1, b'f', 55, 0), "0.1000000000000000055511151231257827021181583404541015625");
        assert_eq!(text(0.1, b'f', 2000, 0).len(), 2002);
        assert!(format_double(1.0, b'r', 3, 0).is_none());
        assert!(format_double(1.0, b'x', 3, 0).is_none());
    }

    #[test]
    fn rounding_to_places_agrees_with_the_library() {
        let mut random = 88172645463325252u64;
        for _ in 0..20000 {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let x = f64::from_bits(random & !(1 << 63));
            if !(1e-8..1e18).contains(&x) {
                continue;
            }
            for places in [0usize, 1, 5, 20] {
                assert_eq!(text(x, b'f', places as i32, 0), format!("{x:.places$}"));
            }
            assert_eq!(repr(x).parse::<f64>().unwrap(), x);
        }
    }

    #[test]
    fn ties_go_to_even() {
        for i in 0..1000 {
            let x = i as f64 + 0.5;
            assert_eq!(text(x, b'f', 0, 0), format!("{}", i + i % 2));
            assert_eq!(Decimal::places(x * 100.0, -2).to_f64(), ((i + i % 2) * 100) as f64);
        }
    }

    #[test]
    fn longest_prefix() {
        assert_eq!(parse_prefix(b"1.5e3x"), Some((1500.0, 5)));
        assert_eq!(parse_prefix(b"1.e"), Some((1.0, 2)));
        assert_eq!(parse_prefix(b".5"), Some((0.5, 2)));
        assert_eq!(parse_prefix(b"-1e+"), Some((-1.0, 2)));
        assert_eq!(parse_prefix(b"+Infinityx"), Some((f64::INFINITY, 9)));
        assert_eq!(parse_prefix(b"-INF"), Some((f64::NEG_INFINITY, 4)));
        assert_eq!(parse_prefix(b"1e999999999999999999999"), Some((f64::INFINITY, 23)));
        assert!(parse_prefix(b"nanx").is_some_and(|(x, n)| x.is_nan() && n == 3));
        for wrong in [b"".as_slice(), b".", b"-", b"e5", b" 1", b"+-1", b"x", b"0x".get(1..).unwrap()] {
            assert_eq!(parse_prefix(wrong), None);
        }
        assert_eq!(parse_prefix(b"0x10"), Some((0.0, 1)));
    }
}
