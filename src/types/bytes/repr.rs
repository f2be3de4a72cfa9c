//! How bytes are shown: `b'...'` with escapes.

use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::unicode;

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Writes bytes, what is not printable ASCII as an escape.
fn push_escaped(out: &mut Vec<u8>, bytes: &[u8], quote: u8) {
    for &c in bytes {
        match c {
            b'\t' => out.extend(b"\\t"),
            b'\n' => out.extend(b"\\n"),
            b'\r' => out.extend(b"\\r"),
            b'\\' => out.extend(b"\\\\"),
            _ if c == quote => out.extend([b'\\', c]),
            b' '..0x7f => out.push(c),
            _ => out.extend([b'\\', b'x', HEX[usize::from(c >> 4)], HEX[usize::from(c & 15)]]),
        }
    }
}

/// `PyBytes_Repr`: with `smart` quotes they are double ones where only single ones occur.
pub fn repr(o: &Object, smart: bool) -> Result<Owned> {
    let bytes = super::as_slice(o);
    let fits = bytes.len().checked_mul(4).is_some_and(|n| n < isize::MAX as usize - 64);
    if !fits {
        return Err(raise!(OverflowError, "bytes object is too large to make repr"));
    }
    let double = smart && bytes.contains(&b'\'') && !bytes.contains(&b'"');
    let quote = if double { b'"' } else { b'\'' };
    let mut out = Vec::new();
    if out.try_reserve(bytes.len() + 3).is_err() {
        return Err(crate::object::error::no_memory());
    }
    out.extend([b'b', quote]);
    push_escaped(&mut out, bytes, quote);
    out.push(quote);
    unicode::new::from_ascii(&out)
}
