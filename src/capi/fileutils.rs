//! `fileutils.h`.
//!
//! `Py_DecodeLocale` and `Py_EncodeLocale` speak UTF-8 in UTF-8 mode, and else what the C library's locale speaks.

use super::codecs::optional;
use super::unicodeobject::{c_bytes, wide_len};
use crate::abi::*;
use crate::mem::domains;
use crate::object::{Object, Result, api, until};
use crate::runtime::fileutils;
use crate::types::bytes;
use crate::types::unicode::errors::Handler;
use crate::types::unicode::layout::{self, Chars};
use crate::types::unicode::locale::{self, Failure};
use crate::types::unicode::{self, paths};
use std::ffi::CStr;
use std::ptr;

/// The numbers of `_Py_error_handler`.
const HANDLERS: [(c_int, Handler); 7] = [
    (1, Handler::Strict),
    (2, Handler::SurrogateEscape),
    (3, Handler::Replace),
    (4, Handler::Ignore),
    (5, Handler::BackslashReplace),
    (6, Handler::SurrogatePass),
    (7, Handler::XmlCharRefReplace),
];
const OTHER: c_int = 8;

/// The number of an error handler. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_GetErrorHandler(errors: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    let handler = Handler::named(unsafe { optional(errors) });
    HANDLERS.iter().find(|(_, known)| *known == handler).map_or(OTHER, |(number, _)| *number)
}

fn handler_of(number: c_int) -> Handler<'static> {
    let known = HANDLERS.iter().find(|(known, _)| *known == number);
    known.map_or(Handler::NameReplace, |(_, handler)| *handler)
}

/// Decodes: by the current locale, or as what comes from outside.
fn decode(text: &[u8], current_locale: bool, handler: Handler) -> std::result::Result<Vec<u32>, Failure> {
    if current_locale { locale::decode(text, handler) } else { locale::decode_outside(text, handler) }
}

/// Encodes: by the current locale, or as what goes outside.
fn encode(text: &[u32], current_locale: bool, handler: Handler) -> std::result::Result<Vec<u8>, Failure> {
    if current_locale { locale::encode(text.iter().copied(), handler) } else { locale::encode_outside(text, handler) }
}

/// A copy with a NUL behind it, in memory of `alloc`.
fn with_nul<T: Copy + Default>(items: &[T], alloc: fn(usize) -> *mut c_void) -> *mut T {
    let copy = alloc((items.len() + 1) * size_of::<T>()).cast::<T>();
    if !copy.is_null() {
        // SAFETY: room for all and one more.
        unsafe {
            copy.copy_from_nonoverlapping(items.as_ptr(), items.len());
            copy.add(items.len()).write(T::default());
        }
    }
    copy
}

/// A C string as wide characters, wrong bytes as surrogates; for `PyMem_RawFree`. NULL without memory, and then `size`
/// is (size_t)-1. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_DecodeLocale(arg: *const c_char, size: *mut usize) -> *mut wchar_t {
    // SAFETY: the caller's contract.
    let text = unsafe { c_bytes(arg) };
    let chars = decode(text, false, Handler::SurrogateEscape).expect("surrogateescape decodes all");
    let wide = with_nul(&chars, domains::raw_malloc);
    if !size.is_null() {
        // SAFETY: the caller's contract.
        unsafe { *size = if wide.is_null() { usize::MAX } else { chars.len() } };
    }
    wide.cast()
}

/// Wide characters as a C string for `PyMem_Free`. NULL if one can't be encoded, and `error_pos` says which; without
/// memory it is (size_t)-1. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_EncodeLocale(text: *const wchar_t, error_pos: *mut usize) -> *mut c_char {
    // SAFETY: the caller's contract.
    unsafe {
        let wide = until(text.cast::<u32>(), |&c| c == 0);
        let (result, at) = match encode(wide, false, Handler::SurrogateEscape) {
            Ok(out) => (with_nul(&out, domains::mem_malloc).cast(), usize::MAX),
            Err(Failure::At(at, _)) => (ptr::null_mut(), at),
            Err(Failure::Handler) => (ptr::null_mut(), usize::MAX),
        };
        if !error_pos.is_null() {
            *error_pos = at;
        }
        result
    }
}

/// Decodes a C string. 0; -1 without memory; -2 for what is wrong, `wlen` then being its place; -3 for an error handler
/// that is not known here. `*wstr` is for `PyMem_RawFree`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_DecodeLocaleEx(
    arg: *const c_char,
    wstr: *mut *mut wchar_t,
    wlen: *mut usize,
    reason: *mut *const c_char,
    current_locale: c_int,
    errors: c_int,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        match decode(c_bytes(arg), current_locale != 0, handler_of(errors)) {
            Ok(chars) => {
                let wide = with_nul(&chars, domains::raw_malloc);
                if wide.is_null() {
                    return -1;
                }
                *wstr = wide.cast();
                if !wlen.is_null() {
                    *wlen = chars.len();
                }
                0
            }
            Err(Failure::At(at, why)) => {
                if !wlen.is_null() {
                    *wlen = at;
                }
                if !reason.is_null() {
                    *reason = why.as_ptr();
                }
                -2
            }
            Err(Failure::Handler) => -3,
        }
    }
}

/// Encodes wide characters, as `_Py_DecodeLocaleEx` decodes. `*str` is for `PyMem_RawFree`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_EncodeLocaleEx(
    text: *const wchar_t,
    str: *mut *mut c_char,
    error_pos: *mut usize,
    reason: *mut *const c_char,
    current_locale: c_int,
    errors: c_int,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let wide = until(text.cast::<u32>(), |&c| c == 0);
        match encode(wide, current_locale != 0, handler_of(errors)) {
            Ok(out) => {
                *str = with_nul(&out, domains::raw_malloc).cast();
                if (*str).is_null() { -1 } else { 0 }
            }
            Err(Failure::At(at, why)) => {
                if !error_pos.is_null() {
                    *error_pos = at;
                }
                if !reason.is_null() {
                    *reason = why.as_ptr();
                }
                -2
            }
            Err(Failure::Handler) => -3,
        }
    }
}

/// Opens a file that children don't inherit. NULL with `TypeError`, `ValueError`, `OSError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_fopen(path: *mut PyObject, mode: *const c_char) -> *mut libc::FILE {
    // SAFETY: the caller's contract.
    api(|| unsafe { fileutils::fopen(Object::new(path)?, CStr::from_ptr(mode)) })
}

/// Closes what `Py_fopen` opened. As C's fclose. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_fclose(file: *mut libc::FILE) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { libc::fclose(file) }
}

/// 1 if the number is an open descriptor, else 0. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_IsValidFD(fd: c_int) -> c_int {
    // SAFETY: a number that is no descriptor is refused.
    (fd >= 0 && unsafe { libc::fcntl(fd, libc::F_GETFD) } >= 0).into()
}

/// The C library's text for an error. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_strerror(code: c_int) -> *mut PyObject {
    // SAFETY: a C string that is good until the next call; the GIL is held.
    api(|| locale::decode_str(unsafe { c_bytes(libc::strerror(code)) }, Some(c"surrogateescape")))
}

/// A copy of a descriptor, not inherited. -1 with `OSError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_dup(fd: c_int) -> c_int {
    api(|| fileutils::dup(fd))
}

/// Opens a file that children don't inherit. -1 with `OSError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_open(pathname: *const c_char, flags: c_int) -> c_int {
    // SAFETY: the caller's contract.
    api(|| fileutils::open(unsafe { CStr::from_ptr(pathname) }, flags))
}

/// As `_Py_open`: -1 with `errno`. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_open_noraise(pathname: *const c_char, flags: c_int) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { libc::open(pathname, flags | libc::O_CLOEXEC) }
}

/// Writes; gives how much. -1 with `OSError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_write(fd: c_int, buf: *const c_void, count: usize) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| Ok(fileutils::write(fd, unsafe { std::slice::from_raw_parts(buf.cast(), count) })? as isize))
}

/// As `_Py_write`: -1 with `errno`. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_write_noraise(fd: c_int, buf: *const c_void, count: usize) -> Py_ssize_t {
    loop {
        // SAFETY: the caller's contract.
        let n = unsafe { libc::write(fd, buf, count) };
        if n >= 0 || fileutils::errno() != libc::EINTR {
            return n;
        }
    }
}

/// What the system knows of a descriptor. -1 with `OSError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_fstat(fd: c_int, status: *mut libc::stat) -> c_int {
    // SAFETY: the caller's contract.
    api(|| if unsafe { libc::fstat(fd, status) } == 0 { Ok(0) } else { Err(fileutils::raise_errno(None)) })
}

/// As `_Py_fstat`: -1 with `errno`. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_fstat_noraise(fd: c_int, status: *mut libc::stat) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { libc::fstat(fd, status) }
}

/// What the system knows of a path: 0, or -1 with `errno`; -2 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_stat(path: *mut PyObject, status: *mut libc::stat) -> c_int {
    let name = || -> Result {
        // SAFETY: the caller's contract.
        paths::encode(unsafe { unicode::checked(path) }?)
    };
    match name() {
        // SAFETY: bytes end with a NUL; the caller's contract.
        Ok(name) => unsafe { libc::stat(bytes::as_slice(&name).as_ptr().cast(), status) },
        Err(_) => -2,
    }
}

/// Whether children inherit a descriptor. 0, or -1 with `OSError`. `atomic_flag_works` is left alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_set_inheritable(fd: c_int, inheritable: c_int, _atomic_flag_works: *mut c_int) -> c_int {
    api(|| if fileutils::set_inheritable(fd, inheritable != 0) { Ok(0) } else { Err(fileutils::raise_errno(None)) })
}

/// As `_Py_set_inheritable`: -1 with `errno`. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_set_inheritable_async_safe(
    fd: c_int,
    inheritable: c_int,
    _atomic_flag_works: *mut c_int,
) -> c_int {
    if fileutils::set_inheritable(fd, inheritable != 0) { 0 } else { -1 }
}

/// Closes all descriptors from `first` to `last`. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_closerange(first: c_int, last: c_int) {
    let first = first.max(0);
    // SAFETY: what the caller asks for.
    unsafe {
        if last < first || libc::syscall(libc::SYS_close_range, first as c_uint, last as c_uint, 0) == 0 {
            return;
        }
        for fd in first..=last {
            libc::close(fd);
        }
    }
}

/// Takes needless steps out of a path, in place; a size of -1 measures it. The path. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_normpath(path: *mut wchar_t, size: Py_ssize_t) -> *mut wchar_t {
    // SAFETY: the caller's contract; the result is never longer.
    unsafe {
        let n = if size < 0 { wide_len(path) } else { size as usize };
        let mut text = std::slice::from_raw_parts(path.cast::<u32>(), n).to_vec();
        fileutils::normpath(&mut text);
        layout::copy(PyUnicode_4BYTE_KIND, path.cast(), 0, Chars::Ucs4(&text));
        if text.len() < n || size < 0 {
            *path.add(text.len()) = 0;
        }
        path
    }
}

/// The converter "O&" of an object to a descriptor: an int, or what its `fileno` gives. 1; 0 with `TypeError`,
/// `ValueError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_FileDescriptor_Converter(o: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract: room for an int.
    unsafe {
        let fd = super::fileobject::PyObject_AsFileDescriptor(o);
        if fd == -1 {
            return 0;
        }
        *ptr.cast::<c_int>() = fd;
        1
    }
}

/// As C's fgets, with all three ends of lines as "\n"; `size` becomes the length. NULL at the end, or with `errno` if
/// `fobj` is not NULL. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_UniversalNewlineFgetsWithSize(
    buf: *mut c_char,
    n: c_int,
    stream: *mut libc::FILE,
    fobj: *mut PyObject,
    size: *mut usize,
) -> *mut c_char {
    // SAFETY: the caller's contract: room for `n`.
    unsafe {
        if !fobj.is_null() {
            *libc::__errno_location() = libc::ENXIO;
            return ptr::null_mut();
        }
        let len = fileutils::read_line(stream, std::slice::from_raw_parts_mut(buf.cast(), n.max(0) as usize));
        if len == 0 {
            return ptr::null_mut();
        }
        if !size.is_null() {
            *size = len;
        }
        buf
    }
}
