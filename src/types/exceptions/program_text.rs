//! Lines of source files, as an error report shows them (`PyErr_ProgramText` and its family).

use crate::abi::*;
use crate::object::{Object, Owned, Result, error};
use crate::types::bytes;
use crate::types::unicode::{paths, registry};
use std::ffi::{CStr, OsStr};
use std::fs::File;
use std::io::{BufReader, Read};
use std::os::unix::ffi::OsStrExt;

/// How much of a long line is shown, in bytes.
const ROOM: usize = 999;

/// A line of a source file with its line end, if there is such a file and line. Without an encoding it is UTF-8; what
/// cannot be decoded is replaced. An error of any kind is no line.
pub fn program_text(filename: &Object, lineno: c_int, encoding: Option<&CStr>) -> Option<Owned> {
    decoded(filename, lineno, encoding).unwrap_or_else(|raised| {
        drop(error::caught(raised));
        None
    })
}

fn decoded(filename: &Object, lineno: c_int, encoding: Option<&CStr>) -> Result<Option<Owned>> {
    if lineno <= 0 {
        return Ok(None);
    }
    let path = paths::to_bytes(filename)?;
    let Ok(file) = File::open(OsStr::from_bytes(bytes::as_slice(&path))) else { return Ok(None) };
    let Some(line) = line(file, lineno) else { return Ok(None) };
    let text = if lineno == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line) } else { &line };
    registry::decode_bytes(text, encoding, Some(c"replace")).map(Some)
}

/// "\r", "\n" and both together end a line and are "\n".
fn line(source: impl Read, wanted: c_int) -> Option<Vec<u8>> {
    let (mut line, mut number, mut returned) = (Vec::new(), 1, false);
    for byte in BufReader::new(source).bytes() {
        let Ok(byte) = byte else { break };
        if std::mem::replace(&mut returned, byte == b'\r') && byte == b'\n' {
            continue;
        }
        let byte = if byte == b'\r' { b'\n' } else { byte };
        if number == wanted {
            line.push(byte);
            if byte == b'\n' || line.len() == ROOM {
                break;
            }
        } else if byte == b'\n' {
            number += 1;
        }
    }
    (!line.is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let text: &[u8] = b"one\r\ntwo\rthree\n\nfive";
        for (number, expected) in [(1, "one\n"), (2, "two\n"), (3, "three\n"), (4, "\n"), (5, "five")] {
            assert_eq!(line(text, number).as_deref(), Some(expected.as_bytes()));
        }
        assert_eq!(line(text, 6), None);
        let long = [b'x'; 3000];
        assert_eq!(line(&long[..], 1).map(|line| line.len()), Some(ROOM));
    }
}
