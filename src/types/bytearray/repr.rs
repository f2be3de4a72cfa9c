//! How a bytearray is shown: `bytearray(b'...')`, with the name of the class.

use super::as_slice;
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::types::{typeobject, unicode};

/// A single quote is escaped between double quotes too: that is how CPython writes it.
pub fn repr(o: &Object) -> Result<Owned> {
    let bytes = as_slice(o);
    if bytes.len() > (isize::MAX as usize - 64) / 4 {
        return Err(raise!(OverflowError, "bytearray object is too large to make repr"));
    }
    let quote = if bytes.contains(&b'\'') && !bytes.contains(&b'"') { '"' } else { '\'' };
    let mut out = String::new();
    if out.try_reserve(bytes.len() + 64).is_err() {
        return Err(error::no_memory());
    }
    out.push_str(typeobject::name(o.ty()));
    out.push_str("(b");
    out.push(quote);
    for &c in bytes {
        match c {
            b'\t' => out.push_str("\\t"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\\' | b'\'' => {
                out.push('\\');
                out.push(c as char);
            }
            b' '..0x7f => out.push(c as char),
            _ => out.push_str(&format!("\\x{c:02x}")),
        }
    }
    out.push(quote);
    out.push(')');
    unicode::from_str(&out)
}
