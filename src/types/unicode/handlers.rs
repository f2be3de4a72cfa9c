//! The error handlers as callables: given a `UnicodeError`, they answer with what to write and where to go on.

use super::errors::{
    Handler, Utf, backslash, escaped_byte, is_surrogate, raise_exception, replacement_text, wrong_exception,
};
use super::{layout, new};
use crate::abi::*;
use crate::object::{Object, Owned, Raised, Result, api};
use crate::raise;
use crate::types::exceptions as fields;
use crate::types::exceptions::UnicodeErrorKind::{self, Decode, Encode, Translate};
use crate::types::{bytes, cfunction, long, tuple};

/// The handlers' names and functions.
pub static TABLE: [(&str, PyMethodDef); 8] = [
    ("strict", PyMethodDef::one(c"strict_errors", strict, c"Raise the UnicodeError.")),
    ("ignore", PyMethodDef::one(c"ignore_errors", ignore, c"Leave out what can't be converted.")),
    (
        "replace",
        PyMethodDef::one(c"replace_errors", replace, c"Put a replacement character for what can't be converted."),
    ),
    (
        "xmlcharrefreplace",
        PyMethodDef::one(c"xmlcharrefreplace_errors", xmlcharrefreplace, c"Put XML character references."),
    ),
    (
        "backslashreplace",
        PyMethodDef::one(c"backslashreplace_errors", backslashreplace, c"Put escapes with a backslash."),
    ),
    ("namereplace", PyMethodDef::one(c"namereplace_errors", namereplace, c"Put escapes with characters' names.")),
    ("surrogatepass", PyMethodDef::one(c"surrogatepass", surrogatepass, c"Let lone surrogates through.")),
    (
        "surrogateescape",
        PyMethodDef::one(c"surrogateescape", surrogateescape, c"Carry wrong bytes as lone surrogates."),
    ),
];

/// A handler as an object.
pub fn callable(i: usize) -> Result<Owned> {
    cfunction::new((&raw const TABLE[i].1).cast_mut(), None, None, std::ptr::null_mut())
}

macro_rules! functions {
    ($($name:ident => $handler:ident;)*) => { $(
        unsafe extern "C" fn $name(_: *mut PyObject, exception: *mut PyObject) -> *mut PyObject {
            // SAFETY: slot.
            api(|| apply(Handler::$handler, unsafe { Object::new(exception) }?))
        }
    )* };
}

functions! {
    strict => Strict;
    ignore => Ignore;
    replace => Replace;
    xmlcharrefreplace => XmlCharRefReplace;
    backslashreplace => BackslashReplace;
    namereplace => NameReplace;
    surrogatepass => SurrogatePass;
    surrogateescape => SurrogateEscape;
}

/// What a handler answers to an exception: a new tuple of a str or bytes, and a position.
pub fn apply(handler: Handler, exception: &Object) -> Result<Owned> {
    if handler == Handler::Strict {
        if !fields::is_instance(exception) {
            return Err(raise!(TypeError, "codec must pass exception instance"));
        }
        return Err(raise_exception(exception));
    }
    let Some(kind) = [Encode, Decode, Translate].into_iter().find(|kind| exception.is_a(kind.class())) else {
        return Err(wrong_exception(exception));
    };
    let handles = match handler {
        Handler::XmlCharRefReplace | Handler::NameReplace => kind == Encode,
        Handler::SurrogatePass | Handler::SurrogateEscape => kind != Translate,
        _ => true,
    };
    if !handles {
        return Err(wrong_exception(exception));
    }
    let object = fields::unicode_field(exception, kind, "object")?;
    let start = fields::clamped_start(exception, kind)? as usize;
    let end = fields::clamped_end(exception, kind)? as usize;
    let fault = Fault { exception, kind, object, start, end: end.max(start) };
    match handler {
        Handler::SurrogatePass => fault.surrogatepass(),
        Handler::SurrogateEscape => fault.surrogateescape(),
        _ => answer(fault.text(handler)?, end),
    }
}

fn answer(what: Owned, at: usize) -> Result<Owned> {
    tuple::from_owned(vec![what, long::from_i64(at as i64)?])
}

/// What an exception tells.
struct Fault<'a> {
    exception: &'a Object,
    kind: UnicodeErrorKind,
    object: Owned,
    start: usize,
    end: usize,
}

impl Fault<'_> {
    fn text(&self, handler: Handler) -> Result<Owned> {
        if self.kind == Decode {
            let wrong = &bytes::as_slice(&self.object)[self.start..self.end];
            return match handler {
                Handler::Ignore => Ok(new::empty()),
                Handler::Replace => new::from_char(0xfffd),
                _ => new::from_str(&wrong.iter().map(|&b| backslash(b.into())).collect::<String>()),
            };
        }
        let wrong = layout::chars(&self.object).slice(self.start, self.end);
        if self.kind == Translate && handler == Handler::Replace {
            return new::from_str(&"\u{fffd}".repeat(wrong.len()));
        }
        new::from_str(&replacement_text(handler, wrong).expect("these handlers have a text"))
    }

    fn again(&self) -> Raised {
        raise_exception(self.exception)
    }

    fn utf(&self) -> Result<Utf> {
        let encoding = fields::unicode_field(self.exception, self.kind, "encoding")?;
        match Utf::named(super::as_str(&encoding)?) {
            Some(utf) => Ok(utf),
            None => Err(self.again()),
        }
    }

    fn surrogatepass(&self) -> Result<Owned> {
        let utf = self.utf()?;
        if self.kind == Encode {
            let mut out = Vec::new();
            for ch in layout::chars(&self.object).slice(self.start, self.end).iter() {
                if !is_surrogate(ch) {
                    return Err(self.again());
                }
                utf.encode_surrogate(ch, &mut out);
            }
            return answer(bytes::from_slice(&out)?, self.end);
        }
        match utf.surrogate(&bytes::as_slice(&self.object)[self.start..]) {
            Some(ch) => answer(new::from_char(ch)?, self.start + utf.width()),
            None => Err(self.again()),
        }
    }

    fn surrogateescape(&self) -> Result<Owned> {
        if self.kind == Encode {
            let wrong = layout::chars(&self.object).slice(self.start, self.end);
            let out: Option<Vec<u8>> = wrong.iter().map(escaped_byte).collect();
            return match out {
                Some(out) => answer(bytes::from_slice(&out)?, self.end),
                None => Err(self.again()),
            };
        }
        let wrong = &bytes::as_slice(&self.object)[self.start..self.end];
        let escaped: Vec<u16> =
            wrong.iter().take(4).take_while(|&&b| b >= 0x80).map(|&b| 0xdc00 + u16::from(b)).collect();
        if escaped.is_empty() {
            return Err(self.again());
        }
        answer(new::from_chars(layout::Chars::Ucs2(&escaped))?, self.start + escaped.len())
    }
}
