//! Bytes as hexadecimal digits and back.

use super::args::int;
use super::case::is_space;
use super::{Kind, room, view::View};
use crate::abi::*;
use crate::object::args::Signature;
use crate::object::native::Arguments;
use crate::object::{Object, Owned, Result, buffers, error};
use crate::raise;
use crate::types::unicode::layout;
use crate::types::{bytearray, bytes, typeobject, unicode};

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The separator: a str or bytes of one ASCII character.
fn separator(sep: &Object) -> Result<u8> {
    if sep.size()? != 1 {
        return Err(raise!(ValueError, "sep must be length 1."));
    }
    let byte = if unicode::check(sep) {
        layout::chars(sep).get(0)
    } else if bytes::check(sep) {
        u32::from(bytes::as_slice(sep)[0])
    } else {
        return Err(raise!(TypeError, "sep must be str or bytes."));
    };
    u8::try_from(byte).ok().filter(u8::is_ascii).ok_or_else(|| raise!(ValueError, "sep must be ASCII."))
}

/// The digits of `bytes` (`_Py_strhex_with_sep`), with a separator between groups of `group` bytes, counted from the
/// right, or from the left if it is negative.
pub fn text(bytes: &[u8], sep: Option<&Object>, group: c_int) -> Result<Vec<u8>> {
    let sep = sep.map(separator).transpose()?.filter(|_| group != 0);
    let size = group.unsigned_abs() as usize;
    let n = bytes.len();
    let separators = if sep.is_some() && n > 0 { (n - 1) / size } else { 0 };
    let Some(total) = n.checked_mul(2).and_then(|n| n.checked_add(separators)) else {
        return Err(error::no_memory());
    };
    let mut out = room(total)?;
    for (i, c) in bytes.iter().enumerate() {
        if let Some(sep) = sep
            && i > 0
            && (if group < 0 { i } else { n - i }) % size == 0
        {
            out.push(sep);
        }
        out.extend([DIGITS[usize::from(c >> 4)], DIGITS[usize::from(c & 15)]]);
    }
    Ok(out)
}

const HEX: Signature<2> = Signature::new("hex", ["sep", "bytes_per_sep"]);

pub fn hex<K: Kind>(o: &Object, args: Arguments) -> Result {
    let [sep, group] = args.bind(&HEX)?;
    let group = group.map_or(Ok(1), int)?;
    // Asking the separator for its length may run code.
    let _fixed = K::MUTABLE.then(|| View::array(o));
    unicode::new::from_ascii(&text(K::slice(o), sep, group)?)
}

fn nibble(c: u8) -> Option<u8> {
    (c as char).to_digit(16).map(|d| d as u8)
}

/// The bytes that hexadecimal digits stand for; white space is allowed between bytes.
fn parse(text: &[u8]) -> Result<Vec<u8>> {
    let wrong = |i: usize| raise!(ValueError, "non-hexadecimal number found in fromhex() arg at position {i}");
    let mut out = room(text.len() / 2)?;
    let mut i = 0;
    loop {
        while i < text.len() && is_space(text[i]) {
            i += 1;
        }
        let Some(&first) = text.get(i) else { return Ok(out) };
        let top = nibble(first).ok_or_else(|| wrong(i))?;
        let Some(&second) = text.get(i + 1) else {
            return Err(raise!(ValueError, "fromhex() arg must contain an even number of hexadecimal digits"));
        };
        let bottom = nibble(second).ok_or_else(|| wrong(i + 1))?;
        out.push(top << 4 | bottom);
        i += 2;
    }
}

fn from_hex(text: &Object) -> Result<Vec<u8>> {
    if unicode::check(text) {
        let chars = layout::chars(text);
        if let Some(i) = chars.iter().position(|c| c > 0x7f) {
            return Err(raise!(ValueError, "non-hexadecimal number found in fromhex() arg at position {i}"));
        }
        return parse(chars.bytes());
    }
    if buffers::supported(text) {
        return parse(View::of(text)?.slice());
    }
    let got = typeobject::fully_qualified_name(text.ty())?;
    Err(raise!(TypeError, "fromhex() argument must be str or bytes-like, not {}", error::Text(&got)))
}

pub fn fromhex<K: Kind>(class: &Object, text: &Object) -> Result {
    let result: Owned = K::make(&from_hex(text)?)?;
    let own = if K::MUTABLE { &raw mut bytearray::PyByteArray_Type } else { &raw mut bytes::PyBytes_Type };
    if class.is_ptr(own.cast()) { Ok(result) } else { class.call(&[&*result]) }
}
