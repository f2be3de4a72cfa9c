//! `warnings.h`. The functions with a format stand in `variadic_errors.rs`.

use crate::abi::*;
use crate::object::{Object, Owned, Result, api};
use crate::types::{exceptions, unicode, warnings};
use std::ffi::CStr;

/// # Safety
/// `text` is NULL or a C string.
unsafe fn optional_str(text: *const c_char) -> Result<Option<Owned>> {
    if text.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller's contract.
    unicode::from_utf8(unsafe { CStr::from_ptr(text) }.to_bytes()).map(Some)
}

/// `RuntimeWarning` for NULL.
///
/// # Safety
/// `category` is NULL or alive.
unsafe fn category_or_default<'a>(category: *mut PyObject) -> &'a Object {
    // SAFETY: the caller's contract.
    unsafe { Object::optional(category) }.unwrap_or_else(|| exceptions::object(&raw mut exceptions::RuntimeWarning))
}

/// Warns with a text; -1 if the filters make it an error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_WarnEx(
    category: *mut PyObject,
    message: *const c_char,
    stack_level: Py_ssize_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let message = unicode::from_utf8(CStr::from_ptr(message).to_bytes())?;
        warnings::warn(category_or_default(category), &message, stack_level, None)
    })
}

/// As `PyErr_WarnEx`, with all that is otherwise found out; `module` and `registry` may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_WarnExplicit(
    category: *mut PyObject,
    message: *const c_char,
    filename: *const c_char,
    lineno: c_int,
    module: *const c_char,
    registry: *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let message = unicode::from_utf8(CStr::from_ptr(message).to_bytes())?;
        let filename = unicode::from_utf8(CStr::from_ptr(filename).to_bytes())?;
        let module = optional_str(module)?;
        let registry = Object::optional(registry);
        let category = category_or_default(category);
        warnings::warn_explicit(category, &message, &filename, lineno, module.as_deref(), registry, None)
    })
}

/// As `PyErr_WarnExplicit`, with objects; `message` may be a warning.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_WarnExplicitObject(
    category: *mut PyObject,
    message: *mut PyObject,
    filename: *mut PyObject,
    lineno: c_int,
    module: *mut PyObject,
    registry: *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let (message, filename) = (Object::from_ptr(message), Object::from_ptr(filename));
        let (module, registry) = (Object::optional(module), Object::optional(registry));
        warnings::warn_explicit(category_or_default(category), message, filename, lineno, module, registry, None)
    })
}
