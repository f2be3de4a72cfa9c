//! `LC_CTYPE` at the start: the user's locale, and in place of the C locale one that knows more than ASCII (PEP 538).

use crate::abi::*;
use libc::{LC_ALL, LC_CTYPE, setlocale};
use std::ffi::{CStr, CString};
use std::ptr;

/// What stands in for the C locale, the first that there is.
const TARGETS: [&CStr; 3] = [c"C.UTF-8", c"C.utf8", c"UTF-8"];

/// The name of the locale in force.
pub fn current() -> Option<CString> {
    // SAFETY: asks only; the text is copied at once.
    unsafe {
        let name = setlocale(LC_CTYPE, ptr::null());
        (!name.is_null()).then(|| CStr::from_ptr(name).to_owned())
    }
}

/// Puts a locale in force; false if there is none of that name.
pub fn set(name: &CStr) -> bool {
    // SAFETY: C strings.
    unsafe { !setlocale(LC_CTYPE, name.as_ptr()).is_null() }
}

fn from_environment(category: c_int) {
    // SAFETY: C strings. A name that means nothing changes nothing.
    unsafe { setlocale(category, c"".as_ptr()) };
}

/// The locale that the environment names.
pub fn set_from_environment() {
    from_environment(LC_CTYPE);
}

/// Whether the C locale is in force. Where `LC_ALL` is set it is so by will, which counts unless only a warning is at
/// stake.
pub fn is_legacy(even_by_will: bool) -> bool {
    if !even_by_will && is_override() {
        return false;
    }
    current().is_some_and(|name| name.as_c_str() == c"C")
}

fn is_override() -> bool {
    std::env::var_os("LC_ALL").is_some_and(|value| !value.is_empty())
}

/// Whether stream errors are lenient: in the locale of old, and in those that stand in for it.
pub fn is_lenient() -> bool {
    current().is_some_and(|name| [c"C", c"POSIX"].iter().chain(&TARGETS).any(|target| *target == name.as_c_str()))
}

/// Puts a locale in force that stands in for the C locale, here and for child processes. False if there is none, or
/// `LC_ALL` is set; then nothing changes.
pub fn coerce(warn: bool) -> bool {
    if is_override() {
        return false;
    }
    let before = current();
    for target in TARGETS {
        if !set(target) {
            continue;
        }
        if codeset().is_empty() {
            set_from_environment();
            continue;
        }
        // SAFETY: C strings.
        if unsafe { libc::setenv(c"LC_CTYPE".as_ptr(), target.as_ptr(), 1) } != 0 {
            eprintln!("Error setting LC_CTYPE, skipping C locale coercion");
            return false;
        }
        if warn {
            eprintln!(
                "Python detected LC_CTYPE=C: LC_CTYPE coerced to {} (set another locale or PYTHONCOERCECLOCALE=0 to \
                disable this locale coercion behavior).",
                target.to_string_lossy()
            );
        }
        from_environment(LC_ALL);
        return true;
    }
    if let Some(before) = before {
        set(&before);
    }
    false
}

/// The name of the encoding of the locale in force.
pub fn codeset() -> CString {
    // SAFETY: the text is copied at once.
    unsafe {
        let name = libc::nl_langinfo(libc::CODESET);
        if name.is_null() { CString::default() } else { CStr::from_ptr(name).to_owned() }
    }
}

/// What CPython says at the start of a runtime that is in the C locale all the same, if that is to be said.
pub const WARNING: &str = "Python runtime initialized with LC_CTYPE=C (a locale with default ASCII encoding), which \
    may cause Unicode compatibility problems. Using C.UTF-8, C.utf8, or UTF-8 (if available) as alternative \
    Unicode-compatible locales is recommended.\n";
