//! Questions about all characters of a str: `isalpha` and its like, identifiers, numbers in other scripts.

use super::layout::{self, Chars};
use super::properties as of;
use super::{Writer, new};
use crate::object::{Object, Owned, Result};

/// Not empty, and `holds` for every character.
fn all(s: &Object, holds: fn(u32) -> bool) -> bool {
    let chars = layout::chars(s);
    !chars.is_empty() && chars.iter().all(holds)
}

pub fn is_alpha(s: &Object) -> bool {
    all(s, of::is_alpha)
}

pub fn is_alnum(s: &Object) -> bool {
    all(s, of::is_alnum)
}

pub fn is_decimal(s: &Object) -> bool {
    all(s, |ch| of::decimal(ch).is_some())
}

pub fn is_digit(s: &Object) -> bool {
    all(s, |ch| of::digit(ch).is_some())
}

pub fn is_numeric(s: &Object) -> bool {
    all(s, of::is_numeric)
}

pub fn is_space(s: &Object) -> bool {
    all(s, of::is_space)
}

/// True for the empty str too.
pub fn is_printable(s: &Object) -> bool {
    layout::chars(s).iter().all(of::is_printable)
}

/// A character of lower case, and none of upper or title case.
pub fn is_lower(s: &Object) -> bool {
    let chars = layout::chars(s);
    chars.iter().any(of::is_lower) && !chars.iter().any(|ch| of::is_upper(ch) || of::is_title(ch))
}

pub fn is_upper(s: &Object) -> bool {
    let chars = layout::chars(s);
    chars.iter().any(of::is_upper) && !chars.iter().any(|ch| of::is_lower(ch) || of::is_title(ch))
}

/// Upper or title case begins each word, and only lower case follows.
pub fn is_title(s: &Object) -> bool {
    let (mut cased, mut inside) = (false, false);
    for ch in layout::chars(s).iter() {
        if of::is_upper(ch) || of::is_title(ch) {
            if inside {
                return false;
            }
            (inside, cased) = (true, true);
        } else if of::is_lower(ch) {
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

/// How many characters at the start make an identifier.
pub fn scan_identifier(chars: Chars) -> usize {
    match chars.iter().next() {
        Some(first) if of::is_xid_start(first) => {
            1 + chars.slice(1, chars.len()).iter().take_while(|&ch| of::is_xid_continue(ch)).count()
        }
        _ => 0,
    }
}

/// `PyUnicode_IsIdentifier`.
pub fn is_identifier(s: &Object) -> bool {
    let n = layout::len(s);
    n > 0 && scan_identifier(layout::chars(s)) == n
}

/// Decimal digits and spaces of all scripts as ASCII; what comes from the first other character on, as one "?".
/// (`_PyUnicode_TransformDecimalAndSpaceToASCII`.)
pub fn decimal_to_ascii(s: &Object) -> Result<Owned> {
    if layout::is_ascii(s) {
        return new::exact(s);
    }
    let mut out = Writer::with_capacity(layout::len(s));
    for ch in layout::chars(s).iter() {
        if ch < 127 {
            out.push_char(ch)?;
        } else if of::is_space(ch) {
            out.push_char(' ' as u32)?;
        } else if let Some(digit) = of::decimal(ch) {
            out.push_char('0' as u32 + u32::from(digit))?;
        } else {
            out.push_char('?' as u32)?;
            break;
        }
    }
    out.finish()
}
