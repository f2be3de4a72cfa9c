//! `fileobject.h`.

use crate::abi::*;
use crate::name;
use crate::object::{Object, Owned, Result, api, error};
use crate::raise;
use crate::runtime::open_code::{self, Refused};
use crate::runtime::process;
use crate::types::{bytes, exceptions, long, stdprinter, unicode};
use std::ffi::CStr;
use std::ptr;

/// A file object that writes to descriptor 1 or 2. New reference; NULL without an exception for other descriptors.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFile_NewStdPrinter(fd: c_int) -> *mut PyObject {
    if fd != 1 && fd != 2 {
        return ptr::null_mut();
    }
    api(|| stdprinter::new(fd))
}

/// A line of a file: as long as it is, or at most `n` characters; `n` < 0 raises `EOFError` at the end and leaves the
/// newline out. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFile_GetLine(f: *mut PyObject, n: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        let Some(f) = (unsafe { Object::optional(f) }) else { return Err(error::bad_internal_call()) };
        let line = match n > 0 {
            true => f.call_method(name!(readline), &[&*long::from_i64(n.into())?])?,
            false => f.call_method(name!(readline), &[])?,
        };
        if bytes::check(&line) {
            return if n < 0 { cut_bytes(line) } else { Ok(line) };
        }
        if unicode::check(&line) {
            return if n < 0 { cut_text(line) } else { Ok(line) };
        }
        Err(raise!(TypeError, "object.readline() returned non-string"))
    })
}

fn at_end() -> crate::object::Raised {
    raise!(EOFError, "EOF when reading a line")
}

fn cut_bytes(line: Owned) -> Result<Owned> {
    match bytes::as_slice(&line) {
        [] => Err(at_end()),
        [start @ .., b'\n'] => bytes::from_slice(start),
        _ => Ok(line),
    }
}

fn cut_text(line: Owned) -> Result<Owned> {
    match unicode::len(&line) {
        0 => Err(at_end()),
        n if unicode::layout::chars(&line).get(n - 1) == u32::from(b'\n') => unicode::concat::slice(&line, 0, n - 1),
        _ => Ok(line),
    }
}

/// Calls `f.write` with the object's `repr`, or its `str` if `flags` has `Py_PRINT_RAW`. 0, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFile_WriteObject(v: *mut PyObject, f: *mut PyObject, flags: c_int) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        let Some(f) = (unsafe { Object::optional(f) }) else {
            return Err(raise!(TypeError, "writeobject with NULL file"));
        };
        let write = f.getattr(name!(write))?;
        // SAFETY: the caller's contract.
        let text = match unsafe { Object::optional(v) } {
            None => unicode::from_str("<NULL>")?,
            Some(v) if flags & Py_PRINT_RAW != 0 => v.str()?,
            Some(v) => v.repr()?,
        };
        write.call(&[&text]).map(drop)
    })
}

/// Calls `f.write` with a text. 0, or -1; with an exception set, it does nothing and returns -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFile_WriteString(s: *const c_char, f: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    let Some(f) = (unsafe { Object::optional(f) }) else {
        if !error::occurred() {
            let _raised = raise!(SystemError, "null file for PyFile_WriteString");
        }
        return -1;
    };
    if error::occurred() {
        return -1;
    }
    api(|| {
        // SAFETY: the caller's contract.
        let text = unicode::from_utf8(unsafe { CStr::from_ptr(s) }.to_bytes())?;
        f.getattr(name!(write))?.call(&[&text]).map(drop)
    })
}

/// The descriptor that an int or an object with `fileno()` stands for. -1 with `TypeError`, `ValueError`, ...
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_AsFileDescriptor(o: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        let o = unsafe { Object::new(o) }?;
        let fd = if long::check(o) {
            if o.is_exact(&raw mut crate::types::boolobject::PyBool_Type) {
                exceptions::warn(&raw mut exceptions::RuntimeWarning, 1, "bool is used as a file descriptor")?;
            }
            long::as_i32(o)?
        } else {
            let Some(fileno) = o.getattr_optional(name!(fileno))? else {
                return Err(raise!(TypeError, "argument must be an int, or have a fileno() method."));
            };
            let fd = fileno.call(&[])?;
            if !long::check(&fd) {
                return Err(raise!(TypeError, "fileno() returned a non-integer"));
            }
            long::as_i32(&fd)?
        };
        if fd < 0 {
            return Err(raise!(ValueError, "file descriptor cannot be a negative integer ({fd})"));
        }
        Ok(fd)
    })
}

/// Opening files needs the module `io`: `NotImplementedError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFile_FromFd(
    _fd: c_int,
    _name: *const c_char,
    _mode: *const c_char,
    _buffering: c_int,
    _encoding: *const c_char,
    _errors: *const c_char,
    _newline: *const c_char,
    _closefd: c_int,
) -> *mut PyObject {
    api(|| -> Result<Owned> { Err(raise!(NotImplementedError, "PyFile_FromFd: this runtime has no module io")) })
}

/// Opens a file for execution with the hook that is set. New reference; `NotImplementedError` without a hook.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFile_OpenCode(utf8path: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| open_code::open(&*unicode::from_utf8(unsafe { CStr::from_ptr(utf8path) }.to_bytes())?, "PyFile_OpenCode"))
}

/// As [`PyFile_OpenCode`]; `TypeError` if `path` is no str.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFile_OpenCodeObject(path: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| open_code::open(unsafe { Object::from_ptr(path) }, "PyFile_OpenCodeObject"))
}

/// Has files that will be executed opened by `hook(path, data)`, in all interpreters and also after the next start. 0;
/// -1 if an audit hook refuses or there is a hook already, with an exception if the runtime is up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFile_SetOpenCodeHook(hook: Py_OpenCodeHookFunction, user_data: *mut c_void) -> c_int {
    match open_code::set_hook(hook, user_data) {
        Ok(()) => 0,
        Err(Refused::ByAudit) => -1,
        Err(Refused::Set) => {
            if process::is_initialized() {
                let _raised = raise!(SystemError, "failed to change existing open_code hook");
            }
            -1
        }
    }
}

/// As C's fgets, with all three ends of lines as "\n". NULL at the end, or with `errno` if `fobj` is not NULL. No
/// thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_UniversalNewlineFgets(
    buf: *mut c_char,
    n: c_int,
    stream: *mut libc::FILE,
    fobj: *mut PyObject,
) -> *mut c_char {
    // SAFETY: the caller's contract.
    unsafe { super::fileutils::_Py_UniversalNewlineFgetsWithSize(buf, n, stream, fobj, std::ptr::null_mut()) }
}
