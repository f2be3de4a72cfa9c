//! Arithmetic on magnitudes: digits, least significant first, no sign. Nothing here knows of objects.
//!
//! Sums, shifts and small products are done on the digits as they lie; long products, divisions and powers go through
//! `num-bigint`, to which repacking 30-bit digits into words costs little beside the work itself.

use crate::abi::*;
use num_bigint::BigUint;
use std::cmp::Ordering;

const SHIFT: usize = PyLong_SHIFT;
const MASK: u64 = PyLong_MASK as u64;

/// From this many digits of the shorter factor on, `num-bigint` multiplies faster than the plain method.
const LONG_PRODUCT: usize = 48;

/// From this many digits of the divisor on, `num-bigint` divides faster than the plain method.
const LONG_DIVISOR: usize = 40;

/// Without leading zeros.
#[inline]
pub fn trim(a: &[digit]) -> &[digit] {
    let n = a.iter().rposition(|&d| d != 0).map_or(0, |last| last + 1);
    &a[..n]
}

/// Both without leading zeros.
#[inline]
pub fn compare(a: &[digit], b: &[digit]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

/// `out = a + b`; `out` has one digit more than the longer of them.
pub fn add(out: &mut [digit], a: &[digit], b: &[digit]) {
    let (a, b) = if a.len() < b.len() { (b, a) } else { (a, b) };
    let mut carry = 0;
    for i in 0..a.len() {
        carry += a[i] + b.get(i).copied().unwrap_or(0);
        out[i] = carry & MASK as digit;
        carry >>= SHIFT;
    }
    out[a.len()] = carry;
}

/// `out = a - b` where `a >= b`; `out` is as long as `a`.
pub fn subtract(out: &mut [digit], a: &[digit], b: &[digit]) {
    let mut borrow = 0;
    for i in 0..a.len() {
        borrow = a[i].wrapping_sub(b.get(i).copied().unwrap_or(0)).wrapping_sub(borrow);
        out[i] = borrow & MASK as digit;
        borrow = borrow >> SHIFT & 1;
    }
    debug_assert!(borrow == 0);
}

/// `out = a * b`; `out` is zero at first and as long as both together.
pub fn multiply(out: &mut [digit], a: &[digit], b: &[digit]) {
    if a.len().min(b.len()) >= LONG_PRODUCT {
        unpack(&(pack(a) * pack(b)), out);
        return;
    }
    for (i, &x) in a.iter().enumerate() {
        let mut carry = 0u64;
        for (place, &y) in out[i..].iter_mut().zip(b) {
            carry += *place as u64 + x as u64 * y as u64;
            *place = (carry & MASK) as digit;
            carry >>= SHIFT;
        }
        out[i + b.len()] = carry as digit;
    }
}

/// `out = a / d`; gives the remainder. `out` is as long as `a`.
pub fn divide_digit(out: &mut [digit], a: &[digit], d: digit) -> digit {
    let mut rest = 0u64;
    for i in (0..a.len()).rev() {
        rest = rest << SHIFT | a[i] as u64;
        out[i] = (rest / d as u64) as digit;
        rest %= d as u64;
    }
    rest as digit
}

/// The remainder of `a / d`.
pub fn remainder_digit(a: &[digit], d: digit) -> digit {
    a.iter().rev().fold(0u64, |rest, &x| (rest << SHIFT | x as u64) % d as u64) as digit
}

/// Quotient and remainder, towards zero; `b` is not zero.
pub fn divide(a: &[digit], b: &[digit]) -> (Vec<digit>, Vec<digit>) {
    if compare(a, b) == Ordering::Less {
        return (Vec::new(), a.to_vec());
    }
    if let [d] = *b {
        let mut quotient = vec![0; a.len()];
        let rest = divide_digit(&mut quotient, a, d);
        return (quotient, vec![rest]);
    }
    if a.len() <= 4 {
        let (x, y) = (to_u128(a), to_u128(b));
        return (from_u128(x / y), from_u128(x % y));
    }
    if b.len() < LONG_DIVISOR {
        return divide_plainly(a, b);
    }
    let (x, y) = (pack(a), pack(b));
    let quotient = &x / &y;
    let rest = x - &quotient * y;
    (digits_of(&quotient), digits_of(&rest))
}

/// Knuth's algorithm D: one digit of the quotient after the other, guessed from the top digits. `a` is not less than
/// `b`, which has at least two digits.
fn divide_plainly(a: &[digit], b: &[digit]) -> (Vec<digit>, Vec<digit>) {
    let n = b.len();
    // With the top bit of the divisor set, a guess is too large by two at most.
    let bits = SHIFT - (digit::BITS - b[n - 1].leading_zeros()) as usize;
    let mut divisor = vec![0; n + 1];
    shift_left(&mut divisor, b, bits);
    divisor.truncate(n);
    let mut rest = vec![0; a.len() + 1];
    shift_left(&mut rest, a, bits);
    let (top, second) = (divisor[n - 1] as u64, divisor[n - 2] as u64);
    let mut quotient = vec![0; a.len() - n + 1];
    for i in (0..quotient.len()).rev() {
        let window = &mut rest[i..=i + n];
        let head = (window[n] as u64) << SHIFT | window[n - 1] as u64;
        let (mut guess, mut left) = (head / top, head % top);
        while guess > MASK || guess * second > (left << SHIFT | window[n - 2] as u64) {
            guess -= 1;
            left += top;
            if left > MASK {
                break;
            }
        }
        // Subtract; what is borrowed from above tells whether the guess was still one too large.
        let mut borrow = 0i64;
        for (place, &d) in window.iter_mut().zip(&divisor) {
            borrow += *place as i64 - (guess * d as u64) as i64;
            *place = (borrow & MASK as i64) as digit;
            borrow >>= SHIFT;
        }
        borrow += window[n] as i64;
        window[n] = 0;
        if borrow < 0 {
            guess -= 1;
            let mut carry = 0;
            for (place, &d) in window.iter_mut().zip(&divisor) {
                carry += *place + d;
                *place = carry & MASK as digit;
                carry >>= SHIFT;
            }
        }
        quotient[i] = guess as digit;
    }
    rest.truncate(n);
    let shifted = rest.clone();
    shift_right(&mut rest, &shifted, bits);
    (quotient, rest)
}

/// The value of at most four digits.
pub fn to_u128(a: &[digit]) -> u128 {
    a.iter().rev().fold(0, |value, &d| value << SHIFT | d as u128)
}

fn from_u128(mut value: u128) -> Vec<digit> {
    let mut digits = Vec::with_capacity(5);
    while value != 0 {
        digits.push((value & MASK as u128) as digit);
        value >>= SHIFT;
    }
    digits
}

/// `out = a << bits` for less than a digit's bits; `out` has one digit more.
pub fn shift_left(out: &mut [digit], a: &[digit], bits: usize) {
    let mut carry = 0u64;
    for (place, &d) in out.iter_mut().zip(a) {
        carry |= (d as u64) << bits;
        *place = (carry & MASK) as digit;
        carry >>= SHIFT;
    }
    out[a.len()] = carry as digit;
}

/// `out = a >> bits` for less than a digit's bits; `out` is as long as `a`.
pub fn shift_right(out: &mut [digit], a: &[digit], bits: usize) {
    let mut carry = 0u64;
    for i in (0..a.len()).rev() {
        carry = carry << SHIFT | a[i] as u64;
        out[i] = (carry >> bits) as digit;
        carry &= (1 << bits) - 1;
    }
}

/// How many bits the number has.
#[inline]
pub fn bit_length(a: &[digit]) -> u64 {
    match a.last() {
        Some(&top) => (a.len() as u64 - 1) * SHIFT as u64 + (digit::BITS - top.leading_zeros()) as u64,
        None => 0,
    }
}

/// The 64 bits from bit `start` on.
pub fn bits_at(a: &[digit], start: u64) -> u64 {
    let (first, offset) = ((start / SHIFT as u64) as usize, (start % SHIFT as u64) as u32);
    let Some(rest) = a.get(first..) else {
        return 0;
    };
    let window = rest[..rest.len().min(4)].iter().rev().fold(0u128, |value, &d| value << SHIFT | d as u128);
    (window >> offset) as u64
}

/// One of the lowest `n` bits is set.
pub fn any_below(a: &[digit], n: u64) -> bool {
    let (whole, rest) = ((n / SHIFT as u64) as usize, n % SHIFT as u64);
    a.iter().take(whole).any(|&d| d != 0) || a.get(whole).is_some_and(|&d| d as u64 & ((1 << rest) - 1) != 0)
}

/// In `num-bigint`'s form.
pub fn pack(a: &[digit]) -> BigUint {
    let mut words = Vec::with_capacity(a.len() * SHIFT / 32 + 1);
    let (mut value, mut bits) = (0u64, 0);
    for &d in a {
        value |= (d as u64) << bits;
        bits += SHIFT;
        if bits >= 32 {
            words.push(value as u32);
            value >>= 32;
            bits -= 32;
        }
    }
    words.push(value as u32);
    BigUint::new(words)
}

/// Back into digits; `out` is long enough, and zero behind the number.
pub fn unpack(value: &BigUint, out: &mut [digit]) {
    let (mut rest, mut bits) = (0u128, 0);
    let mut words = value.iter_u64_digits();
    for place in out {
        if bits < SHIFT
            && let Some(word) = words.next()
        {
            rest |= (word as u128) << bits;
            bits += 64;
        }
        *place = (rest & MASK as u128) as digit;
        rest >>= SHIFT;
        bits = bits.saturating_sub(SHIFT);
    }
}

/// How many digits the number has.
pub fn digits_in(value: &BigUint) -> usize {
    (value.bits() as usize).div_ceil(SHIFT)
}

fn digits_of(value: &BigUint) -> Vec<digit> {
    let mut digits = vec![0; digits_in(value)];
    unpack(value, &mut digits);
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A plain generator: the same numbers in every run.
    struct Random(u64);

    impl Random {
        fn next(&mut self) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0
        }

        /// Digits of all kinds: many zeros and many full ones, since carries live there.
        fn digits(&mut self, max: usize) -> Vec<digit> {
            let n = self.next() as usize % (max + 1);
            let mut digits: Vec<digit> = (0..n)
                .map(|_| match self.next() % 4 {
                    0 => 0,
                    1 => MASK as digit,
                    _ => (self.next() & MASK) as digit,
                })
                .collect();
            while digits.last() == Some(&0) {
                digits.pop();
            }
            digits
        }
    }

    #[test]
    fn packing_goes_there_and_back() {
        let mut random = Random(1);
        for _ in 0..2000 {
            let a = random.digits(70);
            let packed = pack(&a);
            assert_eq!(packed.bits(), bit_length(&a));
            assert_eq!(digits_of(&packed), a);
            let expected = a.iter().rev().fold(BigUint::ZERO, |value, &d| (value << SHIFT) + d);
            assert_eq!(packed, expected);
        }
    }

    #[test]
    fn sums_and_differences() {
        let mut random = Random(2);
        for _ in 0..2000 {
            let (a, b) = (random.digits(30), random.digits(30));
            let mut sum = vec![0; a.len().max(b.len()) + 1];
            add(&mut sum, &a, &b);
            assert_eq!(pack(&sum), pack(&a) + pack(&b));
            let mut difference = vec![0; sum.len()];
            subtract(&mut difference, &sum, &b);
            assert_eq!(trim(&difference), a);
            assert_eq!(compare(&a, &b), pack(&a).cmp(&pack(&b)));
        }
    }

    #[test]
    fn products_and_quotients() {
        let mut random = Random(3);
        for _ in 0..2000 {
            let (a, b) = (random.digits(120), random.digits(70));
            let mut product = vec![0; a.len() + b.len()];
            multiply(&mut product, &a, &b);
            assert_eq!(pack(&product), pack(&a) * pack(&b));
            if !b.is_empty() {
                let (quotient, rest) = divide(&a, &b);
                assert_eq!(pack(&quotient), pack(&a) / pack(&b));
                assert_eq!(pack(&rest), pack(&a) % pack(&b));
                // A quotient with digits that are guessed too high: full digits below a small top.
                let mut awkward = vec![MASK as digit; b.len()];
                awkward.extend_from_slice(&b);
                let (quotient, rest) = divide(&awkward, &b);
                assert_eq!(pack(&quotient) * pack(&b) + pack(&rest), pack(&awkward));
                assert_eq!(compare(trim(&rest), &b), Ordering::Less);
                assert_eq!(
                    remainder_digit(&a, b[0].max(1)) as u64,
                    (pack(&a) % b[0].max(1)).iter_u64_digits().next().unwrap_or(0)
                );
            }
        }
    }

    #[test]
    fn shifts_and_bits() {
        let mut random = Random(4);
        for _ in 0..2000 {
            let a = random.digits(20);
            let bits = random.next() as usize % SHIFT;
            let mut left = vec![0; a.len() + 1];
            shift_left(&mut left, &a, bits);
            assert_eq!(pack(&left), pack(&a) << bits);
            let mut right = vec![0; a.len()];
            shift_right(&mut right, &a, bits);
            assert_eq!(pack(&right), pack(&a) >> bits);
            let start = random.next() % 700;
            let low = (pack(&a) >> start).iter_u64_digits().next().unwrap_or(0);
            assert_eq!(bits_at(&a, start), low);
            assert_eq!(any_below(&a, start), pack(&a).trailing_zeros().is_some_and(|zeros| zeros < start));
        }
    }
}
