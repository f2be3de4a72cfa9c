//! Files as C programs have them, with CPython's care: descriptors that children don't inherit, calls that a signal
//! interrupts and that go on, errors as `OSError`.

use super::safe_point;
use crate::abi::*;
use crate::object::{Object, Raised, Result};
use crate::types::bytes;
use crate::types::exceptions::{self, OSError};
use crate::types::unicode::paths;
use std::ffi::{CStr, CString};

pub fn errno() -> c_int {
    // SAFETY: this thread's own.
    unsafe { *libc::__errno_location() }
}

/// `OSError` for the last error of the C library; a signal handler's exception takes its place.
pub fn raise_errno(filename: Option<&Object>) -> Raised {
    exceptions::raise_errno(exceptions::object(&raw mut OSError), errno(), filename, None)
}

/// Repeats a call that a signal interrupted, once its handlers have run.
fn retry(mut call: impl FnMut() -> isize) -> Result<isize> {
    loop {
        let result = call();
        if result >= 0 || errno() != libc::EINTR {
            return Ok(result);
        }
        safe_point::check_signals()?;
    }
}

/// `_Py_open`: a descriptor that children don't inherit.
pub fn open(path: &CStr, flags: c_int) -> Result<c_int> {
    // SAFETY: a C string.
    let fd = retry(|| unsafe { libc::open(path.as_ptr(), flags | libc::O_CLOEXEC) } as isize)?;
    if fd < 0 {
        let name = paths::decode(path.to_bytes())?;
        return Err(raise_errno(Some(&name)));
    }
    Ok(fd as c_int)
}

/// `_Py_write`.
pub fn write(fd: c_int, data: &[u8]) -> Result<usize> {
    // SAFETY: the slice is that long.
    let n = retry(|| unsafe { libc::write(fd, data.as_ptr().cast(), data.len()) })?;
    if n < 0 { Err(raise_errno(None)) } else { Ok(n as usize) }
}

/// `_Py_dup`: the copy is not inherited.
pub fn dup(fd: c_int) -> Result<c_int> {
    // SAFETY: a number that is no descriptor is refused.
    match unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, 0) } {
        -1 => Err(raise_errno(None)),
        copy => Ok(copy),
    }
}

/// Whether children inherit the descriptor; false with `errno` set if it is none.
pub fn set_inheritable(fd: c_int, inheritable: bool) -> bool {
    // SAFETY: a number that is no descriptor is refused.
    unsafe {
        let flags = libc::fcntl(fd, libc::F_GETFD);
        if flags < 0 {
            return false;
        }
        let wanted = if inheritable { flags & !libc::FD_CLOEXEC } else { flags | libc::FD_CLOEXEC };
        wanted == flags || libc::fcntl(fd, libc::F_SETFD, wanted) >= 0
    }
}

/// `Py_fopen`.
pub fn fopen(path: &Object, mode: &CStr) -> Result<*mut libc::FILE> {
    let name = paths::to_bytes(path)?;
    let name = CString::new(bytes::as_slice(&name)).expect("checked for NUL");
    loop {
        // SAFETY: C strings.
        let file = unsafe { libc::fopen(name.as_ptr(), mode.as_ptr()) };
        if file.is_null() {
            if errno() != libc::EINTR {
                return Err(raise_errno(Some(path)));
            }
            safe_point::check_signals()?;
            continue;
        }
        // SAFETY: open.
        if !set_inheritable(unsafe { libc::fileno(file) }, false) {
            let raised = raise_errno(None);
            // SAFETY: open, and closed once.
            unsafe { libc::fclose(file) };
            return Err(raised);
        }
        return Ok(file);
    }
}

/// Reads a line to `line`, with a NUL behind it: "\r", "\n" and both together all end it and become "\n". Its length.
///
/// # Safety
/// `stream` is open.
pub unsafe fn read_line(stream: *mut libc::FILE, line: &mut [u8]) -> usize {
    let Some(room) = line.len().checked_sub(1) else { return 0 };
    let mut len = 0;
    while len < room {
        // SAFETY: the caller's word.
        let c = unsafe { libc::fgetc(stream) };
        if c == libc::EOF {
            break;
        }
        let c = c as u8;
        line[len] = if c == b'\r' { b'\n' } else { c };
        len += 1;
        if c == b'\r' {
            // SAFETY: the caller's word; what was read goes back.
            unsafe {
                let next = libc::fgetc(stream);
                if next != c_int::from(b'\n') && next != libc::EOF {
                    libc::ungetc(next, stream);
                }
            }
        }
        if line[len - 1] == b'\n' {
            break;
        }
    }
    line[len] = 0;
    len
}

/// `_Py_normpath`: takes "." and ".." steps and doubled separators out of a path, in place.
pub fn normpath(path: &mut Vec<u32>) {
    const SLASH: u32 = '/' as u32;
    let slashes = path.iter().take_while(|&&c| c == SLASH).count();
    // Two slashes at the start mean something else than one; more mean one.
    let root = if slashes == 2 { 2 } else { slashes.min(1) };
    let mut steps: Vec<&[u32]> = Vec::new();
    for step in path.split(|&c| c == SLASH) {
        match step {
            [] | [46] => {}
            [46, 46] => match steps.last() {
                None if root > 0 => {}
                None | Some([46, 46]) => steps.push(step),
                Some(_) => {
                    steps.pop();
                }
            },
            _ => steps.push(step),
        }
    }
    let mut out = vec![SLASH; root];
    out.extend(steps.join(&SLASH));
    *path = out;
}

#[cfg(test)]
mod tests {
    #[test]
    fn normpath() {
        for (path, normal) in [
            ("", ""),
            ("///a", "/a"),
            ("//..//a", "//a"),
            ("./a/./b//c/", "a/b/c"),
            ("a/../../b", "../b"),
            ("/a/../..", "/"),
            ("../..", "../.."),
            ("a/b/../../..", ".."),
        ] {
            let mut text: Vec<u32> = path.chars().map(u32::from).collect();
            super::normpath(&mut text);
            let text: String = text.into_iter().filter_map(char::from_u32).collect();
            assert_eq!(text, normal, "{path}");
        }
    }
}
