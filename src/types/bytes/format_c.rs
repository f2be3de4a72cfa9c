//! `PyBytes_FromFormat`: a small printf for bytes.

use super::from_slice;
use crate::abi::va_list::VaList;
use crate::abi::*;
use crate::object::{Owned, Result};
use crate::raise;
use std::ffi::CStr;

/// `PyBytes_FromFormatV`. What it does not know ends the work: the rest of the format is copied as it is.
///
/// # Safety
/// `format` is a C string, and `args` are what it says.
pub unsafe fn from_format(format: *const c_char, args: &mut VaList) -> Result<Owned> {
    // SAFETY: the caller's word.
    let text = unsafe { CStr::from_ptr(format) }.to_bytes();
    let at = |i: usize| text.get(i).copied().unwrap_or(0);
    let mut out = Vec::with_capacity(text.len() + 32);
    let mut i = 0;
    while i < text.len() {
        if text[i] != b'%' {
            out.push(text[i]);
            i += 1;
            continue;
        }
        let start = i;
        i += 1;
        // A width is read over.
        while at(i).is_ascii_digit() {
            i += 1;
        }
        let mut precision = 0usize;
        if at(i) == b'.' {
            i += 1;
            while at(i).is_ascii_digit() {
                precision = precision.wrapping_mul(10).wrapping_add(usize::from(at(i) - b'0'));
                i += 1;
            }
        }
        while at(i) != 0 && at(i) != b'%' && !at(i).is_ascii_alphabetic() {
            i += 1;
        }
        let mut size = b' ';
        if matches!(at(i), b'l' | b'z') && matches!(at(i + 1), b'd' | b'u') {
            size = at(i);
            i += 1;
        }
        let code = at(i);
        i += 1;
        // SAFETY: the caller's word.
        unsafe {
            match code {
                b'c' => match u8::try_from(args.int()) {
                    Ok(byte) => out.push(byte),
                    Err(_) => {
                        return Err(raise!(
                            OverflowError,
                            "PyBytes_FromFormatV(): %c format expects an integer in range [0; 255]"
                        ));
                    }
                },
                b'd' if size == b'l' => out.extend(args.long().to_string().bytes()),
                b'd' if size == b'z' => out.extend(args.ssize().to_string().bytes()),
                b'd' | b'i' => out.extend(args.int().to_string().bytes()),
                b'u' if size == b'l' => out.extend(args.ulong().to_string().bytes()),
                b'u' if size == b'z' => out.extend(args.size().to_string().bytes()),
                b'u' => out.extend(args.uint().to_string().bytes()),
                b'x' => out.extend(format!("{:x}", args.uint()).bytes()),
                b's' => {
                    let s = args.pointer::<c_char>();
                    let n = if precision as isize <= 0 { libc::strlen(s) } else { libc::strnlen(s, precision) };
                    out.extend_from_slice(std::slice::from_raw_parts(s.cast(), n));
                }
                b'p' => match args.size() {
                    0 => out.extend(b"0x(nil)"),
                    address => out.extend(format!("{address:#x}").bytes()),
                },
                b'%' => out.push(b'%'),
                _ => {
                    out.extend_from_slice(&text[start..]);
                    break;
                }
            }
        }
    }
    from_slice(&out)
}
