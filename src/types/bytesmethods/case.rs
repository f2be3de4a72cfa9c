//! ASCII letters: changing their case, and the questions about all bytes. Other bytes are left as they are.

use super::Kind;
use crate::object::{Object, Result};

/// White space in C's "C" locale.
#[inline(always)]
pub fn is_space(c: u8) -> bool {
    matches!(c, b' ' | b'\t'..=b'\r')
}

pub fn make_title(bytes: &mut [u8]) {
    let mut inside = false;
    for c in bytes {
        *c = if inside { c.to_ascii_lowercase() } else { c.to_ascii_uppercase() };
        inside = c.is_ascii_alphabetic();
    }
}

fn make_capital(bytes: &mut [u8]) {
    bytes.make_ascii_lowercase();
    if let Some(first) = bytes.first_mut() {
        first.make_ascii_uppercase();
    }
}

fn swap_case(bytes: &mut [u8]) {
    for c in bytes {
        if c.is_ascii_alphabetic() {
            *c ^= 0x20;
        }
    }
}

fn changed<K: Kind>(o: &Object, change: fn(&mut [u8])) -> Result {
    let bytes = K::slice(o);
    K::build(bytes.len(), |out| change(out.put(bytes)))
}

macro_rules! changes {
    ($($name:ident => $change:expr;)*) => { $(
        pub fn $name<K: Kind>(o: &Object) -> Result {
            changed::<K>(o, $change)
        }
    )* };
}

changes! {
    lower => <[u8]>::make_ascii_lowercase;
    upper => <[u8]>::make_ascii_uppercase;
    title => make_title;
    capitalize => make_capital;
    swapcase => swap_case;
}

fn all(bytes: &[u8], test: fn(&u8) -> bool) -> bool {
    !bytes.is_empty() && bytes.iter().all(test)
}

fn all_cased(bytes: &[u8], wrong: fn(&u8) -> bool) -> bool {
    !bytes.iter().any(wrong) && bytes.iter().any(u8::is_ascii_alphabetic)
}

fn is_title(bytes: &[u8]) -> bool {
    let (mut cased, mut inside) = (false, false);
    for c in bytes {
        if c.is_ascii_uppercase() {
            if inside {
                return false;
            }
            (cased, inside) = (true, true);
        } else if c.is_ascii_lowercase() {
            if !inside {
                return false;
            }
            cased = true;
        } else {
            inside = false;
        }
    }
    cased
}

macro_rules! questions {
    ($($name:ident => $test:expr;)*) => { $(
        pub fn $name<K: Kind>(o: &Object) -> Result<bool> {
            let test: fn(&[u8]) -> bool = $test;
            Ok(test(K::slice(o)))
        }
    )* };
}

questions! {
    isalnum => |bytes| all(bytes, u8::is_ascii_alphanumeric);
    isalpha => |bytes| all(bytes, u8::is_ascii_alphabetic);
    isdigit => |bytes| all(bytes, u8::is_ascii_digit);
    isspace => |bytes| all(bytes, |c| is_space(*c));
    isascii => <[u8]>::is_ascii;
    islower => |bytes| all_cased(bytes, u8::is_ascii_uppercase);
    isupper => |bytes| all_cased(bytes, u8::is_ascii_lowercase);
    istitle => is_title;
}
