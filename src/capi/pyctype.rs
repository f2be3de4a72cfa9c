//! `pyctype.h`: tables of ASCII that don't depend on the locale.

use crate::abi::*;

const LOWER: c_uint = 0x01;
const UPPER: c_uint = 0x02;
const DIGIT: c_uint = 0x04;
const SPACE: c_uint = 0x08;
const XDIGIT: c_uint = 0x10;

const fn class(c: u8) -> c_uint {
    let mut class = 0;
    if c.is_ascii_lowercase() {
        class |= LOWER;
    }
    if c.is_ascii_uppercase() {
        class |= UPPER;
    }
    if c.is_ascii_digit() {
        class |= DIGIT;
    }
    if c.is_ascii_hexdigit() {
        class |= XDIGIT;
    }
    if matches!(c, 0x09..=0x0d | 0x20) {
        class |= SPACE;
    }
    class
}

/// What a character is, by the bits `PY_CTF_*`.
#[unsafe(no_mangle)]
pub static _Py_ctype_table: [c_uint; 256] = {
    let mut table = [0; 256];
    let mut c = 0;
    while c < 256 {
        table[c] = class(c as u8);
        c += 1;
    }
    table
};

/// Lower case.
#[unsafe(no_mangle)]
pub static _Py_ctype_tolower: [u8; 256] = {
    let mut table = [0; 256];
    let mut c = 0;
    while c < 256 {
        table[c] = (c as u8).to_ascii_lowercase();
        c += 1;
    }
    table
};

/// Upper case.
#[unsafe(no_mangle)]
pub static _Py_ctype_toupper: [u8; 256] = {
    let mut table = [0; 256];
    let mut c = 0;
    while c < 256 {
        table[c] = (c as u8).to_ascii_uppercase();
        c += 1;
    }
    table
};
