//! `unicodeobject.h`: what the macros of the headers ask of characters.

use crate::abi::*;
use crate::types::unicode::properties;

/// 1 for a lower case character, else 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsLowercase(ch: Py_UCS4) -> c_int {
    properties::is_lower(ch).into()
}

/// 1 for an upper case character, else 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsUppercase(ch: Py_UCS4) -> c_int {
    properties::is_upper(ch).into()
}

/// 1 for a title case character, else 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsTitlecase(ch: Py_UCS4) -> c_int {
    properties::is_title(ch).into()
}

/// 1 for white space, else 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsWhitespace(ch: Py_UCS4) -> c_int {
    properties::is_space(ch).into()
}

/// 1 for a character that ends a line, else 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsLinebreak(ch: Py_UCS4) -> c_int {
    properties::is_linebreak(ch).into()
}

/// 1 for a character with a numeric value, else 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsNumeric(ch: Py_UCS4) -> c_int {
    properties::is_numeric(ch).into()
}

/// 1 for a character that `repr` shows as it is, else 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsPrintable(ch: Py_UCS4) -> c_int {
    properties::is_printable(ch).into()
}

/// 1 for a letter, else 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsAlpha(ch: Py_UCS4) -> c_int {
    properties::is_alpha(ch).into()
}

/// 1 for a decimal digit, else 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsDecimalDigit(ch: Py_UCS4) -> c_int {
    properties::decimal(ch).is_some().into()
}

/// 1 for a digit, superscripts and the like included, else 0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_IsDigit(ch: Py_UCS4) -> c_int {
    properties::digit(ch).is_some().into()
}

/// The value of a decimal digit, or -1.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_ToDecimalDigit(ch: Py_UCS4) -> c_int {
    properties::decimal(ch).map_or(-1, c_int::from)
}

/// The value of a digit, or -1.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_ToDigit(ch: Py_UCS4) -> c_int {
    properties::digit(ch).map_or(-1, c_int::from)
}

/// The numeric value, or -1.0.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_ToNumeric(ch: Py_UCS4) -> c_double {
    properties::numeric(ch).unwrap_or(-1.0)
}

/// The simple lower case mapping.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_ToLowercase(ch: Py_UCS4) -> Py_UCS4 {
    properties::to_lower(ch)
}

/// The simple upper case mapping.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_ToUppercase(ch: Py_UCS4) -> Py_UCS4 {
    properties::to_upper(ch)
}

/// The simple title case mapping.
#[unsafe(no_mangle)]
pub extern "C" fn _PyUnicode_ToTitlecase(ch: Py_UCS4) -> Py_UCS4 {
    properties::to_title(ch)
}

/// For `Py_UNICODE_ISSPACE`: 1 for the white space of ASCII.
#[unsafe(no_mangle)]
pub static _Py_ascii_whitespace: [u8; 128] = {
    let mut table = [0; 128];
    let mut c = 0;
    while c < 128 {
        table[c] = matches!(c, 0x09..=0x0d | 0x1c..=0x20) as u8;
        c += 1;
    }
    table
};
