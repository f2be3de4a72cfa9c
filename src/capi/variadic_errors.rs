//! The engines of errors and warnings with a format.

use crate::abi::va_list::VaList;
use crate::abi::*;
use crate::object::{Object, Owned, Result, api, error};
use crate::runtime::unraisable;
use crate::types::{exceptions, unicode, warnings};
use std::ffi::CStr;
use std::ptr;

/// The text of a format.
///
/// # Safety
/// `args` has what `format` describes.
unsafe fn text(format: *const c_char, args: *mut c_void) -> Result<Owned> {
    // SAFETY: the caller's word.
    unsafe { unicode::format_c::from_format(format, &mut VaList::new(args)) }
}

/// Raises `exception(text)`. Returns NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_FormatV(
    exception: *mut PyObject,
    format: *const c_char,
    vargs: *mut c_void,
) -> *mut PyObject {
    // SAFETY: the caller's contract. Formatting may call, which must not find an exception set.
    unsafe {
        error::clear();
        if let Ok(text) = text(format, vargs) {
            let _raised = exceptions::raise(Object::from_ptr(exception), Some(&text));
        }
    }
    ptr::null_mut()
}

/// As `PyErr_FormatV`; `tstate` is the current thread state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyErr_FormatV(
    _tstate: *mut PyThreadState,
    exception: *mut PyObject,
    format: *const c_char,
    vargs: *mut c_void,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { PyErr_FormatV(exception, format, vargs) }
}

/// `_PyErr_FormatFromCause`: what is set becomes the cause.
pub(super) unsafe extern "C" fn format_from_cause(
    exception: *mut PyObject,
    format: *const c_char,
    args: *mut c_void,
) -> *mut PyObject {
    let cause = error::take();
    // SAFETY: the caller's contract.
    unsafe {
        let raised = match text(format, args) {
            Ok(text) => exceptions::raise(Object::from_ptr(exception), Some(&text)),
            Err(raised) => raised,
        };
        let _raised = exceptions::chain_cause(raised, cause);
    }
    ptr::null_mut()
}

/// `_PyErr_FormatNote`: a note on what is set.
pub(super) unsafe extern "C" fn format_note(format: *const c_char, args: *mut c_void) {
    let Some(exception) = error::take() else { return };
    // SAFETY: the caller's contract.
    match unsafe { text(format, args) }.and_then(|note| exceptions::add_note(&exception, &note)) {
        Ok(()) => {
            let _raised = error::restore(exception);
        }
        Err(_raised) => exceptions::chain_context(exception),
    }
}

/// `_PyXIData_FormatNotShareableError`; what was set before becomes its context.
pub(super) unsafe extern "C" fn format_not_shareable(
    _tstate: *mut PyThreadState,
    format: *const c_char,
    args: *mut c_void,
) {
    let before = error::take();
    // SAFETY: the caller's contract.
    let _raised = match unsafe { text(format, args) } {
        Ok(text) => crate::crossinterp::error::raise_object(&text),
        Err(raised) => raised,
    };
    if let Some(before) = before {
        exceptions::chain_context(before);
    }
}

/// `PyErr_FormatUnraisable`. A format that fails leaves the exception without a message.
pub(super) unsafe extern "C" fn format_unraisable(format: *const c_char, args: *mut c_void) {
    let exception = error::take();
    // SAFETY: the caller's contract.
    let message = match unsafe { if format.is_null() { Ok(None) } else { text(format, args).map(Some) } } {
        Ok(message) => message,
        Err(raised) => {
            drop(error::caught(raised));
            None
        }
    };
    if let Some(exception) = exception {
        let _raised = error::restore(exception);
    }
    unraisable::unraisable(message, None);
}

/// `PyErr_WarnFormat`, and `PyErr_ResourceWarning` with a source.
pub(super) unsafe extern "C" fn warn_format(
    category: *mut PyObject,
    stack_level: Py_ssize_t,
    source: *mut PyObject,
    format: *const c_char,
    args: *mut c_void,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let default = exceptions::object(&raw mut exceptions::RuntimeWarning);
        let message = text(format, args)?;
        let category = Object::optional(category).unwrap_or(default);
        warnings::warn(category, &message, stack_level, Object::optional(source))
    })
}

/// `PyErr_WarnExplicitFormat`.
pub(super) unsafe extern "C" fn warn_explicit_format(
    category: *mut PyObject,
    filename: *const c_char,
    lineno: c_int,
    module: *const c_char,
    registry: *mut PyObject,
    format: *const c_char,
    args: *mut c_void,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let filename = unicode::from_utf8(CStr::from_ptr(filename).to_bytes())?;
        let module = if module.is_null() { None } else { Some(unicode::from_utf8(CStr::from_ptr(module).to_bytes())?) };
        let message = text(format, args)?;
        let default = exceptions::object(&raw mut exceptions::RuntimeWarning);
        let category = Object::optional(category).unwrap_or(default);
        let registry = Object::optional(registry);
        warnings::warn_explicit(category, &message, &filename, lineno, module.as_deref(), registry, None)
    })
}
