//! Text as floats: `float('...')`, and what it shares with `complex('...')`: underscores between digits, digits of any
//! script.

use super::*;
use crate::object::Raised;
use crate::types::bytesmethods::view::View;
use crate::types::long::text::{is_space, to_ascii};
use crate::types::{bytearray, bytes};

/// `PyFloat_FromString`: a str, or an object with a buffer of bytes.
pub fn from_object(o: &Object) -> Result {
    let parsed = if unicode::check(o) {
        parse(&to_ascii(o))
    } else if bytes::check(o) {
        parse(bytes::as_slice(o))
    } else if o.is_a(&raw mut bytearray::PyByteArray_Type) {
        parse(&View::array(o))
    } else if let Some(view) = View::if_any(o) {
        parse(&view)
    } else {
        return Err(raise!(
            TypeError,
            "float() argument must be a string or a real number, not '{}'",
            typeobject::tp_name(o.ty())
        ));
    };
    match parsed {
        Some(x) => from_f64(x),
        None => Err(invalid(o)),
    }
}

#[cold]
fn invalid(o: &Object) -> Raised {
    let text = match o.repr() {
        Ok(text) => text,
        Err(raised) => return raised,
    };
    match unicode::as_str(&text) {
        Ok(text) => raise!(ValueError, "could not convert string to float: {text}"),
        Err(raised) => raised,
    }
}

/// A number with white space around it, and nothing else.
pub fn parse(text: &[u8]) -> Option<f64> {
    let text = strip(text);
    let text = without_underscores(text)?;
    match strtod::parse_prefix(&text) {
        Some((x, n)) if n == text.len() => Some(x),
        _ => None,
    }
}

/// Without white space at both ends.
pub fn strip(text: &[u8]) -> &[u8] {
    let start = text.iter().take_while(|&&c| is_space(c)).count();
    let rest = &text[start..];
    let end = rest.iter().rposition(|&c| !is_space(c)).map_or(0, |last| last + 1);
    &rest[..end]
}

/// The text without underscores, each of which must stand between digits.
pub fn without_underscores(text: &[u8]) -> Option<std::borrow::Cow<'_, [u8]>> {
    if !text.contains(&b'_') {
        return Some(text.into());
    }
    let digit = |i: Option<usize>| i.and_then(|i| text.get(i)).is_some_and(u8::is_ascii_digit);
    let mut kept = Vec::with_capacity(text.len());
    for (i, &c) in text.iter().enumerate() {
        if c != b'_' {
            kept.push(c);
        } else if !digit(i.checked_sub(1)) || !digit(Some(i + 1)) {
            return None;
        }
    }
    Some(kept.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_texts_only() {
        assert_eq!(parse(b" 1_0.5_0 \n"), Some(10.5));
        assert_eq!(parse(b"1e1_0"), Some(1e10));
        assert_eq!(parse(b"-.5"), Some(-0.5));
        for wrong in [b"".as_slice(), b" ", b"1 2", b"1__0", b"_1", b"1_", b"1_.5", b"1._5", b"1e_5", b"1\x00", b"0x1"]
        {
            assert_eq!(parse(wrong), None);
        }
    }
}
