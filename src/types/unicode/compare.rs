//! Equality and order of strings: by code points.

use super::layout::{self, Chars, each_kind};
use super::{check, new};
use crate::abi::*;
use crate::object::compare::holds;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::boolobject::from_bool;
use crate::types::none::not_implemented;
use std::cmp::Ordering;

/// Both are str; same characters (`_PyUnicode_Equal`).
#[inline]
pub fn equal(a: &Object, b: &Object) -> bool {
    if a.is(b) {
        return true;
    }
    let len = layout::len(a);
    if len != layout::len(b) || layout::kind(a) != layout::kind(b) {
        return false;
    }
    // SAFETY: both have that many bytes.
    unsafe { same_bytes(layout::data(a), layout::data(b), len * layout::kind(a) as usize) }
}

/// As `memcmp`, without a call for the short strings that most are.
///
/// # Safety
/// Both are `n` bytes long.
#[inline(always)]
pub(super) unsafe fn same_bytes(a: *const u8, b: *const u8, n: usize) -> bool {
    // SAFETY: the caller's word: the second word ends where the bytes do.
    unsafe {
        let word = |p: *const u8, at: usize| p.add(at).cast::<u64>().read_unaligned();
        match n {
            0 => true,
            1..8 => (0..n).all(|i| *a.add(i) == *b.add(i)),
            8..=16 => word(a, 0) == word(b, 0) && word(a, n - 8) == word(b, n - 8),
            _ => word(a, 0) == word(b, 0) && std::slice::from_raw_parts(a, n) == std::slice::from_raw_parts(b, n),
        }
    }
}

/// `s` is a str with just this text.
pub fn equal_str(s: &Object, text: &str) -> bool {
    match layout::chars(s) {
        Chars::Ucs1(chars) if layout::is_ascii(s) => chars == text.as_bytes(),
        chars => chars.len() <= text.len() && chars.iter().eq(text.chars().map(u32::from)),
    }
}

/// As [`equal_str`] with UTF-8 that may be wrong, and then equals nothing.
pub fn equal_utf8(s: &Object, text: &[u8]) -> bool {
    match layout::chars(s) {
        Chars::Ucs1(chars) if layout::is_ascii(s) => chars == text,
        _ => std::str::from_utf8(text).is_ok_and(|text| equal_str(s, text)),
    }
}

/// The order of two strings by code points.
#[allow(clippy::useless_conversion, reason = "one text for characters of three sizes")]
pub fn order(a: &Object, b: &Object) -> Ordering {
    if a.is(b) {
        return Ordering::Equal;
    }
    match (layout::chars(a), layout::chars(b)) {
        (Chars::Ucs1(a), Chars::Ucs1(b)) => a.cmp(b),
        (Chars::Ucs2(a), Chars::Ucs2(b)) => a.cmp(b),
        (Chars::Ucs4(a), Chars::Ucs4(b)) => a.cmp(b),
        (a, b) => each_kind!(a, a => each_kind!(b, b => {
            a.iter().map(|&c| -> u32 { c.into() }).cmp(b.iter().map(|&c| -> u32 { c.into() }))
        })),
    }
}

/// `PyUnicode_Compare`.
pub fn compare(a: &Object, b: &Object) -> Result<Ordering> {
    if check(a) && check(b) {
        return Ok(order(a, b));
    }
    Err(raise!(
        TypeError,
        "Can't compare {} and {}",
        crate::types::typeobject::tp_name(a.ty()),
        crate::types::typeobject::tp_name(b.ty())
    ))
}

/// `PyUnicode_CompareWithASCIIString`: the bytes count as Latin-1 characters.
pub fn compare_latin1(s: &Object, text: &[u8]) -> Ordering {
    match layout::chars(s) {
        Chars::Ucs1(s) => s.cmp(text),
        chars => chars.iter().cmp(text.iter().map(|&c| u32::from(c))),
    }
}

/// `PyUnicode_RichCompare`: `NotImplemented` unless both are str.
pub fn rich_compare(a: &Object, b: &Object, op: c_int) -> Result<Owned> {
    if !check(a) || !check(b) {
        return Ok(not_implemented());
    }
    if !(Py_LT..=Py_GE).contains(&op) {
        return Err(crate::object::error::bad_argument());
    }
    Ok(from_bool(match op {
        Py_EQ => equal(a, b),
        Py_NE => !equal(a, b),
        _ => holds(order(a, b), op),
    }))
}

/// The str itself when it is of exact type, else a copy; `TypeError` for anything else (`PyUnicode_FromObject`).
pub fn from_object(o: &Object) -> Result<Owned> {
    if !check(o) {
        return Err(raise!(
            TypeError,
            "Can't convert '{}' object to str implicitly",
            crate::types::typeobject::tp_name(o.ty())
        ));
    }
    new::exact(o)
}
