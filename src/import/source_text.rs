//! The text of a file of source: which encoding it is in (PEP 263), and line ends.

use crate::object::{Object, Owned, Result, attr, error};
use crate::raise;
use crate::types::bytesmethods::view::View;
use crate::types::{exceptions, unicode};
use std::ffi::CString;

const MARK: &[u8] = b"\xef\xbb\xbf";

/// The text of `source`, an object with a buffer: in UTF-8, unless one of its first two lines names an encoding.
pub fn decode(source: &Object) -> Result<Owned> {
    let bytes = View::of(source)?;
    // The bytes are decoded by the object's own method, which not everything with a buffer has.
    let decode = unicode::intern_str("decode")?;
    if source.getattr_optional(&decode)?.is_none() {
        encoding_of(&bytes)?;
        return Err(attr::no_attribute(source, &decode));
    }
    decode_bytes(&bytes)
}

/// As [`decode`], of the bytes themselves.
pub fn decode_bytes(source: &[u8]) -> Result<Owned> {
    let encoding = CString::new(encoding_of(source)?).unwrap_or_default();
    let text = unicode::registry::decode_bytes(source, Some(&encoding), None)?;
    let with_returns = unicode::as_str(&text)?;
    if !with_returns.contains('\r') {
        return Ok(text);
    }
    // The decoder of line ends waits for what comes behind a last `\r`.
    let lines = with_returns.strip_suffix('\r').unwrap_or(with_returns);
    unicode::from_str(&lines.replace("\r\n", "\n").replace('\r', "\n"))
}

/// The encoding that the first two lines tell (`tokenize.detect_encoding`).
fn encoding_of(source: &[u8]) -> Result<String> {
    let (marked, body) = match source.strip_prefix(MARK) {
        Some(body) => (true, body),
        None => (false, source),
    };
    let default = if marked { "utf-8-sig" } else { "utf-8" };
    let mut end = 0;
    for line in body.split_inclusive(|c| *c == b'\n').take(2) {
        end += line.len();
        if let Some(named) = declared(line) {
            let named = usual_name(&named);
            if let Err(raised) = unicode::registry::lookup(&named) {
                error::ignore(raised, &raw mut exceptions::LookupError)?;
                return Err(raise!(SyntaxError, "unknown encoding: {named}"));
            }
            if marked && named != "utf-8" {
                return Err(raise!(SyntaxError, "encoding problem: utf-8"));
            }
            let named = if marked { default.to_owned() } else { named };
            return check(&body[..end], &named).map(|()| named);
        }
        if !matches!(without_space(line).first(), None | Some(b'#' | b'\r' | b'\n')) {
            break;
        }
    }
    check(&body[..end], default).map(|()| default.to_owned())
}

/// The lines that were looked at are in that encoding.
fn check(lines: &[u8], encoding: &str) -> Result<()> {
    if lines.contains(&0) {
        return Err(raise!(SyntaxError, "source code cannot contain null bytes"));
    }
    let encoding = CString::new(encoding).unwrap_or_default();
    match unicode::registry::decode_bytes(lines, Some(&encoding), None) {
        Ok(_) => Ok(()),
        Err(raised) => {
            error::ignore(raised, &raw mut exceptions::UnicodeDecodeError)?;
            Err(raise!(SyntaxError, "invalid or missing encoding declaration"))
        }
    }
}

/// What follows spaces, tabs and form feeds.
fn without_space(line: &[u8]) -> &[u8] {
    let n = line.iter().take_while(|c| matches!(c, b' ' | b'\t' | b'\x0c')).count();
    &line[n..]
}

/// The name behind `coding:` or `coding=` in a comment.
fn declared(line: &[u8]) -> Option<String> {
    let comment = without_space(line).strip_prefix(b"#")?;
    let comment = comment.split(|c| *c == b'\n').next()?;
    let comment = String::from_utf8_lossy(comment);
    for (at, _) in comment.match_indices("coding") {
        let Some(rest) = comment[at + 6..].strip_prefix([':', '=']) else { continue };
        let rest = rest.trim_start_matches([' ', '\t']);
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.'));
        match &rest[..end.unwrap_or(rest.len())] {
            "" => {}
            name => return Some(name.to_owned()),
        }
    }
    None
}

/// The usual names of UTF-8 and Latin-1, whatever they are called and whatever ends of lines follow.
fn usual_name(name: &str) -> String {
    let short: String = name.chars().take(12).collect::<String>().to_ascii_lowercase().replace('_', "-");
    if short == "utf-8" || short.starts_with("utf-8-") {
        return "utf-8".to_owned();
    }
    let latin = ["latin-1", "iso-8859-1", "iso-latin-1"];
    if latin.iter().any(|one| short == *one || short.strip_prefix(one).is_some_and(|rest| rest.starts_with('-'))) {
        return "iso-8859-1".to_owned();
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{declared, usual_name};

    #[test]
    fn names_of_encodings() {
        assert_eq!(declared(b"# -*- coding: latin-1 -*-").as_deref(), Some("latin-1"));
        assert_eq!(declared(b" \t\x0c#vim: fileencoding=utf_8 :").as_deref(), Some("utf_8"));
        assert_eq!(declared(b"# coding coding: x").as_deref(), Some("x"));
        assert_eq!(declared(b"# coding: "), None);
        assert_eq!(declared(b"x # coding: latin-1"), None);
        assert_eq!(usual_name("UTF_8-sig"), "utf-8");
        assert_eq!(usual_name("utf-8foo"), "utf-8foo");
        assert_eq!(usual_name("Latin-1-unix"), "iso-8859-1");
        assert_eq!(usual_name("iso-8859-15"), "iso-8859-15");
    }
}
