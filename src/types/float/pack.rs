//! Floats as bytes: IEEE 754 half, single and double precision (`PyFloat_Pack*`, `PyFloat_Unpack*`).

use super::*;

/// Writes `bytes`, given most significant first.
///
/// # Safety
/// `p` has room for them.
pub unsafe fn store<const N: usize>(mut bytes: [u8; N], p: *mut c_char, little: bool) {
    if little {
        bytes.reverse();
    }
    // SAFETY: the caller's word.
    unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), p.cast(), N) }
}

/// Reads bytes, most significant first.
///
/// # Safety
/// `p` has as many bytes.
pub unsafe fn load<const N: usize>(p: *const c_char, little: bool) -> [u8; N] {
    // SAFETY: the caller's word.
    let mut bytes = unsafe { p.cast::<[u8; N]>().read_unaligned() };
    if little {
        bytes.reverse();
    }
    bytes
}

/// Half precision; `OverflowError`.
pub fn to_half(x: f64) -> Result<u16> {
    half_bits(x).ok_or_else(|| raise!(OverflowError, "float too large to pack with e format"))
}

fn half_bits(x: f64) -> Option<u16> {
    let sign = (x.is_sign_negative() as u16) << 15;
    if x == 0.0 {
        return Some(sign);
    }
    if x.is_infinite() {
        return Some(sign | 0x7c00);
    }
    if x.is_nan() {
        // The top of the payload stays, and a NaN stays one.
        let payload = (x.to_bits() >> 42 & 0x3ff) as u16;
        return Some(sign | 0x7c00 | if payload == 0 { 0x200 } else { payload });
    }
    let (mantissa, exponent) = math::frexp(x.abs());
    if exponent > 16 {
        return None;
    }
    // In units of the last place: 2^-24 for subnormal halves, else 2^-11 of the mantissa.
    let places = (exponent + 24).clamp(-1, 11);
    let units = math::ldexp(mantissa, places).round_ties_even() as u16;
    // Adding lets a carry out of the mantissa go into the exponent, as it should.
    let bits = if places < 11 { units } else { (((exponent + 14) as u16) << 10) + (units - 0x400) };
    (bits < 0x7c00).then_some(sign | bits)
}

pub fn from_half(bits: u16) -> f64 {
    let sign = if bits & 0x8000 != 0 { -1.0 } else { 1.0 };
    let (exponent, mantissa) = ((bits >> 10 & 0x1f) as i32, (bits & 0x3ff) as u64);
    match (exponent, mantissa) {
        (0x1f, 0) => f64::INFINITY.copysign(sign),
        (0x1f, _) => f64::from_bits(((bits >> 15) as u64) << 63 | 0x7ff << 52 | mantissa << 42),
        (0, _) => sign * math::ldexp(mantissa as f64, -24),
        _ => sign * math::ldexp((mantissa | 0x400) as f64, exponent - 25),
    }
}

/// Single precision; `OverflowError`.
pub fn to_single(x: f64) -> Result<u32> {
    if x.is_nan() {
        return Ok(nan_to_single(x.to_bits()));
    }
    let single = x as f32;
    if single.is_infinite() && !x.is_infinite() {
        return Err(raise!(OverflowError, "float too large to pack with f format"));
    }
    Ok(single.to_bits())
}

/// A NaN keeps what fits of its payload, and whether it is a quiet one.
fn nan_to_single(bits: u64) -> u32 {
    let payload = (bits >> 29 & 0x7f_ffff) as u32;
    let payload = if payload == 0 { 1 << 22 } else { payload };
    ((bits >> 63) as u32) << 31 | 0xff << 23 | payload
}

pub fn from_single(bits: u32) -> f64 {
    let single = f32::from_bits(bits);
    if single.is_nan() {
        return f64::from_bits(((bits >> 31) as u64) << 63 | 0x7ff << 52 | ((bits & 0x7f_ffff) as u64) << 29);
    }
    single as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_there_and_back() {
        for bits in 0..=u16::MAX {
            assert_eq!(half_bits(from_half(bits)), Some(bits), "{bits:x}");
        }
    }

    #[test]
    fn halves_round_to_even() {
        assert_eq!(half_bits(65504.0), Some(0x7bff));
        assert_eq!(half_bits(65519.99), Some(0x7bff));
        assert_eq!(half_bits(65520.0), None);
        assert_eq!(half_bits(1.0 + 1.0 / 2048.0), Some(0x3c00));
        assert_eq!(half_bits(1.0 + 3.0 / 2048.0), Some(0x3c02));
        assert_eq!(half_bits(2f64.powi(-25)), Some(0));
        assert_eq!(half_bits(2f64.powi(-25) * 1.0001), Some(1));
        assert_eq!(half_bits(-1e-30), Some(0x8000));
        assert_eq!(half_bits(2047.0 * 2f64.powi(-25)), Some(0x400));
        assert_eq!(half_bits(1.99999), Some(0x4000));
    }
}
