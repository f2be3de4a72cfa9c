//! `pyerrors.h`: the error indicator, exceptions and their fields, errors of the system.

use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, Owned, Raised, Result, api, error, ptr::raw_or_null, suggestions};
use crate::raise;
use crate::runtime::{safe_point, signals, unraisable};
use crate::state;
use crate::types::exceptions::{self, UnicodeErrorKind};
use crate::types::{none, traceback, unicode};
use std::ffi::CStr;
use std::ptr;

/// A C string as a str; decoding it may fail.
///
/// # Safety
/// `text` is a C string.
unsafe fn str_of(text: *const c_char) -> Result<Owned> {
    // SAFETY: the caller's contract.
    unicode::from_utf8(unsafe { CStr::from_ptr(text) }.to_bytes())
}

/// A file name from C, which need be no UTF-8; `None` for NULL.
///
/// # Safety
/// `name` is NULL or a C string.
unsafe fn file_name(name: *const c_char) -> Result<Option<Owned>> {
    unsafe extern "C" {
        fn PyUnicode_DecodeFSDefault(s: *const c_char) -> *mut PyObject;
    }
    if name.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller's contract.
    unsafe { Owned::from_c(PyUnicode_DecodeFSDefault(name)).map(Some) }
}

/// What a function that only raises gives to C.
fn null(_raised: Raised) -> *mut PyObject {
    ptr::null_mut()
}

// The indicator.

/// Raises `exception()`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetNone(exception: *mut PyObject) {
    // SAFETY: the caller's contract.
    let _raised = exceptions::raise(unsafe { Object::from_ptr(exception) }, None);
}

/// Raises `exception(value)`; an instance of the class is raised as it is, a tuple gives the arguments.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetObject(exception: *mut PyObject, value: *mut PyObject) {
    // SAFETY: the caller's contract.
    let _raised = unsafe { exceptions::raise(Object::from_ptr(exception), Object::optional(value)) };
}

/// Raises `exception(string)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetString(exception: *mut PyObject, string: *const c_char) {
    // SAFETY: the caller's contract.
    unsafe {
        let _raised = match str_of(string) {
            Ok(text) => exceptions::raise(Object::from_ptr(exception), Some(&text)),
            Err(raised) => raised,
        };
    }
}

/// As `PyErr_SetString`; `tstate` is the current thread state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyErr_SetString(
    _tstate: *mut PyThreadState,
    exception: *mut PyObject,
    string: *const c_char,
) {
    // SAFETY: the caller's contract.
    unsafe { PyErr_SetString(exception, string) }
}

/// As `PyErr_SetString`, decoded by the locale.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyErr_SetLocaleString(exception: *mut PyObject, string: *const c_char) {
    unsafe extern "C" {
        fn PyUnicode_DecodeLocale(s: *const c_char, errors: *const c_char) -> *mut PyObject;
    }
    // SAFETY: the caller's contract.
    unsafe {
        if let Ok(text) = Owned::from_c(PyUnicode_DecodeLocale(string, c"surrogateescape".as_ptr())) {
            let _raised = exceptions::raise(Object::from_ptr(exception), Some(&text));
        }
    }
}

/// Raises `KeyError(key)`; a tuple is the key, not the arguments.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyErr_SetKeyError(key: *mut PyObject) {
    // SAFETY: the caller's contract.
    let _raised = exceptions::raise_key_error(unsafe { Object::from_ptr(key) });
}

/// Borrowed: the class of the exception that is set, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_Occurred() -> *mut PyObject {
    let tstate = state::current::get();
    if tstate.is_null() {
        return ptr::null_mut();
    }
    // SAFETY: attached.
    unsafe {
        let exception = (*tstate).base.current_exception;
        if exception.is_null() { ptr::null_mut() } else { (*exception).ob_type.cast() }
    }
}

/// Takes away the exception that is set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_Clear() {
    error::clear();
}

/// As `PyErr_Clear`; `tstate` is the current thread state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyErr_Clear(_tstate: *mut PyThreadState) {
    error::clear();
}

/// New references: class, exception and traceback of what was set, or NULL. It is set no more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_Fetch(
    p_type: *mut *mut PyObject,
    p_value: *mut *mut PyObject,
    p_traceback: *mut *mut PyObject,
) {
    let exception = error::take();
    // SAFETY: the caller's contract.
    unsafe {
        *p_type = raw_or_null(exception.as_ref().map(|e| e.type_object().to_owned()));
        *p_traceback = raw_or_null(exception.as_ref().and_then(|e| exceptions::traceback(e)));
        *p_value = raw_or_null(exception);
    }
}

/// Steals all three. Sets the exception, which is made from the class and the value if it is no instance yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_Restore(r#type: *mut PyObject, value: *mut PyObject, traceback: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe {
        let (class, value) = (Owned::optional(r#type), Owned::optional(value));
        let tb = Owned::optional(traceback);
        let Some(class) = class else {
            error::clear();
            return;
        };
        let exception = match value {
            Some(value) if value.ty() == class.cast() => value,
            value => match exceptions::create(&class, value.as_deref()) {
                Ok(exception) => exception,
                Err(_raised) => return,
            },
        };
        if let Err(_raised) = exceptions::set_traceback(&exception, tb.as_deref().unwrap_or(none::none_ref())) {
            return;
        }
        let _raised = error::restore(exception);
    }
}

/// New reference: the exception that was set, or NULL. It is set no more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_GetRaisedException() -> *mut PyObject {
    raw_or_null(error::take())
}

/// As `PyErr_GetRaisedException`; `tstate` is the current thread state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyErr_GetRaisedException(_tstate: *mut PyThreadState) -> *mut PyObject {
    raw_or_null(error::take())
}

/// Steals `exc`, which is set in place of what was; NULL clears.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetRaisedException(exc: *mut PyObject) {
    // SAFETY: the caller's contract.
    match unsafe { Owned::optional(exc) } {
        Some(exc) => {
            let _raised = error::restore(exc);
        }
        None => error::clear(),
    }
}

/// As `PyErr_SetRaisedException`; `tstate` is the current thread state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyErr_SetRaisedException(_tstate: *mut PyThreadState, exc: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { PyErr_SetRaisedException(exc) }
}

/// New reference: the exception that is being handled, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_GetHandledException() -> *mut PyObject {
    raw_or_null(exceptions::handled())
}

/// Makes `exc` the exception that is being handled; NULL or `None` for none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetHandledException(exc: *mut PyObject) {
    // SAFETY: attached; the place owns what it holds.
    unsafe {
        let exc = Object::optional(exc).filter(|e| !e.is_none()).map(Object::to_owned);
        let place = &raw mut (*(*state::thread()).base.exc_info).exc_value;
        refcount::xdecref(place.replace(raw_or_null(exc)));
    }
}

/// New references: class, exception and traceback of what is being handled.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_GetExcInfo(
    p_type: *mut *mut PyObject,
    p_value: *mut *mut PyObject,
    p_traceback: *mut *mut PyObject,
) {
    let exception = exceptions::handled();
    let class = exception.as_ref().map_or_else(none::none, |e| e.type_object().to_owned());
    let tb = exception.as_ref().and_then(|e| exceptions::traceback(e)).unwrap_or_else(none::none);
    // SAFETY: the caller's contract.
    unsafe {
        *p_type = class.into_raw();
        *p_traceback = tb.into_raw();
        *p_value = raw_or_null(exception);
    }
}

/// Steals all three; the exception is what counts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetExcInfo(r#type: *mut PyObject, value: *mut PyObject, traceback: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe {
        PyErr_SetHandledException(value);
        refcount::xdecref(value);
        refcount::xdecref(r#type);
        refcount::xdecref(traceback);
    }
}

/// 1 if `err`, a class or an exception, is of the class `exc`, or of one in the tuple.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_GivenExceptionMatches(err: *mut PyObject, exc: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract. A NULL matches nothing.
    unsafe {
        match (Object::optional(err), Object::optional(exc)) {
            (Some(err), Some(exc)) => exceptions::given_matches(err, exc) as c_int,
            _ => 0,
        }
    }
}

/// As `PyErr_GivenExceptionMatches`, of the exception that is set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_ExceptionMatches(exc: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { PyErr_GivenExceptionMatches(PyErr_Occurred(), exc) }
}

/// As `PyErr_ExceptionMatches`; `tstate` is the current thread state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyErr_ExceptionMatches(_tstate: *mut PyThreadState, exc: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { PyErr_ExceptionMatches(exc) }
}

/// Makes an instance from class and value, in place.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_NormalizeException(
    p_type: *mut *mut PyObject,
    p_value: *mut *mut PyObject,
    p_traceback: *mut *mut PyObject,
) {
    // SAFETY: the caller's contract: the places own what they hold.
    unsafe {
        let given = [p_type, p_value, p_traceback].map(|place| Owned::optional(place.replace(ptr::null_mut())));
        let [class, value, tb] = given;
        let (class, value, tb) = exceptions::normalize(class, value, tb);
        *p_type = raw_or_null(class);
        *p_value = raw_or_null(value);
        *p_traceback = raw_or_null(tb);
    }
}

/// `exc` becomes the context of the exception that is set, or is set itself. Steals `exc`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyErr_ChainExceptions1(exc: *mut PyObject) {
    // SAFETY: the caller's contract.
    if let Some(exc) = unsafe { Owned::optional(exc) } {
        exceptions::chain_context(exc);
    }
}

// Common errors.

/// `MemoryError`. Returns NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_NoMemory() -> *mut PyObject {
    null(error::no_memory())
}

/// `TypeError`. Returns 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_BadArgument() -> c_int {
    let _raised = error::bad_argument();
    0
}

/// `SystemError`; the header's macro of this name says where.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_BadInternalCall() {
    let _raised = raise!(SystemError, "bad argument to internal function");
}

/// `SystemError`, with a place in C source.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyErr_BadInternalCall(filename: *const c_char, lineno: c_int) {
    // SAFETY: the caller's contract.
    let filename = unsafe { unraisable::c_text(filename) };
    let _raised = raise!(SystemError, "{filename}:{lineno}: bad argument to internal function");
}

/// Raises `exc` with the number and text of `errno`. Returns NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetFromErrno(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { PyErr_SetFromErrnoWithFilenameObjects(exc, ptr::null_mut(), ptr::null_mut()) }
}

/// As `PyErr_SetFromErrno`, with a file name or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetFromErrnoWithFilenameObject(
    exc: *mut PyObject,
    filename: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { PyErr_SetFromErrnoWithFilenameObjects(exc, filename, ptr::null_mut()) }
}

/// As `PyErr_SetFromErrno`, with two file names or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetFromErrnoWithFilenameObjects(
    exc: *mut PyObject,
    filename: *mut PyObject,
    filename2: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe {
        let errno = *libc::__errno_location();
        null(exceptions::raise_errno(
            Object::from_ptr(exc),
            errno,
            Object::optional(filename),
            Object::optional(filename2),
        ))
    }
}

/// As `PyErr_SetFromErrno`, with a file name in the file system's encoding, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetFromErrnoWithFilename(exc: *mut PyObject, filename: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe {
        // Decoding may change `errno`.
        let errno = *libc::__errno_location();
        null(match file_name(filename) {
            Ok(name) => exceptions::raise_errno(Object::from_ptr(exc), errno, name.as_deref(), None),
            Err(raised) => raised,
        })
    }
}

/// Raises `ImportError(msg, name=name, path=path)`. Returns NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetImportError(
    msg: *mut PyObject,
    name: *mut PyObject,
    path: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe {
        let class = exceptions::object(&raw mut exceptions::ImportError);
        PyErr_SetImportErrorSubclass(class.as_ptr(), msg, name, path)
    }
}

/// As `PyErr_SetImportError`, of a subclass.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetImportErrorSubclass(
    exception: *mut PyObject,
    msg: *mut PyObject,
    name: *mut PyObject,
    path: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        Err::<Owned, _>(exceptions::raise_import_error_of(
            Object::from_ptr(exception),
            Object::optional(msg),
            Object::optional(name),
            Object::optional(path),
        ))
    })
}

// Classes.

/// New reference: a class named "module.class". `base` is a class, a tuple or NULL, `dict` its members or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_NewException(
    name: *const c_char,
    base: *mut PyObject,
    dict: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { PyErr_NewExceptionWithDoc(name, ptr::null(), base, dict) }
}

/// As `PyErr_NewException`, with documentation or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_NewExceptionWithDoc(
    name: *const c_char,
    doc: *const c_char,
    base: *mut PyObject,
    dict: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let name = str_of(name)?;
        let doc = if doc.is_null() { None } else { Some(str_of(doc)?) };
        let (base, dict) = (Object::optional(base), Object::optional(dict));
        exceptions::new_class(unicode::as_str(&name)?, doc.as_deref(), base, dict)
    })
}

/// Borrowed: the name of an exception class.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyExceptionClass_Name(ob: *mut PyObject) -> *const c_char {
    // SAFETY: the caller's contract.
    unsafe { (*ob.cast::<PyTypeObject>()).tp_name }
}

// Fields.

/// New reference: the traceback, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_GetTraceback(ex: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    raw_or_null(exceptions::traceback(unsafe { Object::from_ptr(ex) }))
}

/// Sets the traceback; `None` takes it away. `TypeError` for anything else.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_SetTraceback(ex: *mut PyObject, tb: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        match Object::optional(tb) {
            Some(tb) => exceptions::set_traceback(Object::from_ptr(ex), tb),
            None => Err(raise!(TypeError, "__traceback__ may not be deleted")),
        }
    })
}

/// New reference: the cause, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_GetCause(ex: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    raw_or_null(exceptions::cause(unsafe { Object::from_ptr(ex) }))
}

/// Steals `cause`; NULL takes it away.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_SetCause(ex: *mut PyObject, cause: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { exceptions::set_cause(Object::from_ptr(ex), Owned::optional(cause)) }
}

/// New reference: the context, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_GetContext(ex: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    raw_or_null(exceptions::context(unsafe { Object::from_ptr(ex) }))
}

/// Steals `context`; NULL takes it away.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_SetContext(ex: *mut PyObject, context: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { exceptions::set_context(Object::from_ptr(ex), Owned::optional(context)) }
}

/// New reference: `args`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_GetArgs(ex: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    exceptions::args(unsafe { Object::from_ptr(ex) }).into_raw()
}

/// Sets `args`, a tuple.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyException_SetArgs(ex: *mut PyObject, args: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { exceptions::set_args(Object::from_ptr(ex), Object::from_ptr(args)) }
}

/// New reference: what is raised at the end of a `try`-`except*`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnstable_Exc_PrepReraiseStar(orig: *mut PyObject, excs: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        let (orig, excs) = unsafe { (Object::optional(orig), Object::optional(excs)) };
        let Some(orig) = orig.filter(|o| exceptions::is_instance(o)) else {
            return Err(raise!(TypeError, "orig must be an exception instance"));
        };
        let Some(excs) = excs.filter(|e| crate::types::list::check(e)) else {
            return Err(raise!(TypeError, "excs must be a list of exception instances"));
        };
        for i in 0..crate::types::list::len(excs) {
            let item = crate::types::list::get(excs, i);
            if item.is_none_or(|e| !e.is_none() && !exceptions::is_instance(&e)) {
                return Err(raise!(TypeError, "item {i} of excs is not an exception"));
            }
        }
        if exceptions::traceback(orig).is_none() {
            return Err(raise!(ValueError, "orig must be a raised exception"));
        }
        exceptions::prep_reraise_star(orig, excs)
    })
}

// What can't be raised any further.

/// Reports the exception that is set; `obj` was being worked on, or is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_WriteUnraisable(obj: *mut PyObject) {
    // SAFETY: the caller's contract.
    unraisable::report_object(unsafe { Object::optional(obj) });
}

// Syntax errors.

/// Gives the exception that is set a place in a source file.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SyntaxLocation(filename: *const c_char, lineno: c_int) {
    // SAFETY: the caller's contract.
    unsafe { PyErr_SyntaxLocationEx(filename, lineno, -1) }
}

/// As `PyErr_SyntaxLocation`, with a column, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SyntaxLocationEx(filename: *const c_char, lineno: c_int, col_offset: c_int) {
    // SAFETY: the caller's contract.
    unsafe {
        let before = error::take();
        let name = match file_name(filename) {
            Ok(name) => name,
            Err(raised) => {
                drop(error::caught(raised));
                None
            }
        };
        if let Some(before) = before {
            let _raised = error::restore(before);
        }
        exceptions::set_syntax_location(name.as_deref(), lineno, col_offset, lineno, -1);
    }
}

/// As `PyErr_SyntaxLocationEx`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SyntaxLocationObject(filename: *mut PyObject, lineno: c_int, col_offset: c_int) {
    // SAFETY: the caller's contract.
    exceptions::set_syntax_location(unsafe { Object::optional(filename) }, lineno, col_offset, lineno, -1);
}

/// As `PyErr_SyntaxLocationEx`, with the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_RangedSyntaxLocationObject(
    filename: *mut PyObject,
    lineno: c_int,
    col_offset: c_int,
    end_lineno: c_int,
    end_col_offset: c_int,
) {
    // SAFETY: the caller's contract.
    let filename = unsafe { Object::optional(filename) };
    exceptions::set_syntax_location(filename, lineno, col_offset, end_lineno, end_col_offset);
}

/// New reference: a line of a source file, or NULL without an error if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_ProgramText(filename: *const c_char, lineno: c_int) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Ok(file_name(filename)?.and_then(|name| exceptions::program_text(&name, lineno))) })
}

/// As `PyErr_ProgramText`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_ProgramTextObject(filename: *mut PyObject, lineno: c_int) -> *mut PyObject {
    // SAFETY: the caller's contract.
    raw_or_null(unsafe { Object::optional(filename) }.and_then(|name| exceptions::program_text(name, lineno)))
}

/// As `PyErr_ProgramText`; the file is UTF-8, whatever `encoding` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyErr_ProgramDecodedTextObject(
    filename: *mut PyObject,
    lineno: c_int,
    _encoding: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { PyErr_ProgramTextObject(filename, lineno) }
}

// Unicode errors.

/// New reference: a `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_Create(
    encoding: *const c_char,
    object: *const c_char,
    length: Py_ssize_t,
    start: Py_ssize_t,
    end: Py_ssize_t,
    reason: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let (encoding, reason) = (str_of(encoding)?, str_of(reason)?);
        let bytes = (!object.is_null()).then(|| std::slice::from_raw_parts(object.cast(), length as usize));
        exceptions::new_decode_error(unicode::as_str(&encoding)?, bytes, start, end, unicode::as_str(&reason)?)
    })
}

/// Puts a number where C wants it: 0, or -1.
///
/// # Safety
/// `place` is valid.
unsafe fn put_size(place: *mut Py_ssize_t, value: Result<isize>) -> c_int {
    match value {
        Ok(value) => {
            // SAFETY: the caller's contract.
            unsafe { *place = value };
            0
        }
        Err(_raised) => -1,
    }
}

/// New reference: `encoding` of a `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeEncodeError_GetEncoding(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::unicode_field(Object::from_ptr(exc), UnicodeErrorKind::Encode, "encoding") })
}

/// New reference: `object` of a `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeEncodeError_GetObject(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::unicode_field(Object::from_ptr(exc), UnicodeErrorKind::Encode, "object") })
}

/// New reference: `reason` of a `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeEncodeError_GetReason(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::unicode_field(Object::from_ptr(exc), UnicodeErrorKind::Encode, "reason") })
}

/// `start` of a `UnicodeEncodeError`, brought within the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeEncodeError_GetStart(exc: *mut PyObject, start: *mut Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { put_size(start, exceptions::clamped_start(Object::from_ptr(exc), UnicodeErrorKind::Encode)) }
}

/// Sets `start` of a `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeEncodeError_SetStart(exc: *mut PyObject, start: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_start(Object::from_ptr(exc), UnicodeErrorKind::Encode, start) })
}

/// `end` of a `UnicodeEncodeError`, brought within the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeEncodeError_GetEnd(exc: *mut PyObject, end: *mut Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { put_size(end, exceptions::clamped_end(Object::from_ptr(exc), UnicodeErrorKind::Encode)) }
}

/// Sets `end` of a `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeEncodeError_SetEnd(exc: *mut PyObject, end: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_end(Object::from_ptr(exc), UnicodeErrorKind::Encode, end) })
}

/// Sets `reason` of a `UnicodeEncodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeEncodeError_SetReason(exc: *mut PyObject, reason: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_reason(Object::from_ptr(exc), UnicodeErrorKind::Encode, &*str_of(reason)?) })
}

/// New reference: `encoding` of a `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_GetEncoding(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::unicode_field(Object::from_ptr(exc), UnicodeErrorKind::Decode, "encoding") })
}

/// New reference: `object` of a `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_GetObject(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::unicode_field(Object::from_ptr(exc), UnicodeErrorKind::Decode, "object") })
}

/// New reference: `reason` of a `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_GetReason(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::unicode_field(Object::from_ptr(exc), UnicodeErrorKind::Decode, "reason") })
}

/// `start` of a `UnicodeDecodeError`, brought within the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_GetStart(exc: *mut PyObject, start: *mut Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { put_size(start, exceptions::clamped_start(Object::from_ptr(exc), UnicodeErrorKind::Decode)) }
}

/// Sets `start` of a `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_SetStart(exc: *mut PyObject, start: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_start(Object::from_ptr(exc), UnicodeErrorKind::Decode, start) })
}

/// `end` of a `UnicodeDecodeError`, brought within the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_GetEnd(exc: *mut PyObject, end: *mut Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { put_size(end, exceptions::clamped_end(Object::from_ptr(exc), UnicodeErrorKind::Decode)) }
}

/// Sets `end` of a `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_SetEnd(exc: *mut PyObject, end: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_end(Object::from_ptr(exc), UnicodeErrorKind::Decode, end) })
}

/// Sets `reason` of a `UnicodeDecodeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeDecodeError_SetReason(exc: *mut PyObject, reason: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_reason(Object::from_ptr(exc), UnicodeErrorKind::Decode, &*str_of(reason)?) })
}

/// New reference: `object` of a `UnicodeTranslateError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeTranslateError_GetObject(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::unicode_field(Object::from_ptr(exc), UnicodeErrorKind::Translate, "object") })
}

/// New reference: `reason` of a `UnicodeTranslateError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeTranslateError_GetReason(exc: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::unicode_field(Object::from_ptr(exc), UnicodeErrorKind::Translate, "reason") })
}

/// `start` of a `UnicodeTranslateError`, brought within the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeTranslateError_GetStart(exc: *mut PyObject, start: *mut Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { put_size(start, exceptions::clamped_start(Object::from_ptr(exc), UnicodeErrorKind::Translate)) }
}

/// Sets `start` of a `UnicodeTranslateError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeTranslateError_SetStart(exc: *mut PyObject, start: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_start(Object::from_ptr(exc), UnicodeErrorKind::Translate, start) })
}

/// `end` of a `UnicodeTranslateError`, brought within the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeTranslateError_GetEnd(exc: *mut PyObject, end: *mut Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { put_size(end, exceptions::clamped_end(Object::from_ptr(exc), UnicodeErrorKind::Translate)) }
}

/// Sets `end` of a `UnicodeTranslateError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeTranslateError_SetEnd(exc: *mut PyObject, end: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_end(Object::from_ptr(exc), UnicodeErrorKind::Translate, end) })
}

/// Sets `reason` of a `UnicodeTranslateError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicodeTranslateError_SetReason(exc: *mut PyObject, reason: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { exceptions::set_reason(Object::from_ptr(exc), UnicodeErrorKind::Translate, &*str_of(reason)?) })
}

// Suggestions.

/// What it costs to make one text of the other; something above `max_cost` if it is more. -1 stands for any cost.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_UTF8_Edit_Cost(
    str_a: *mut PyObject,
    str_b: *mut PyObject,
    max_cost: Py_ssize_t,
) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let (a, b) = (Object::from_ptr(str_a), Object::from_ptr(str_b));
        let (a, b) = (unicode::as_str(a)?.as_bytes(), unicode::as_str(b)?.as_bytes());
        let max = usize::try_from(max_cost).unwrap_or(2 * a.len().max(b.len()));
        Ok(suggestions::distance(a, b, max) as Py_ssize_t)
    })
}

// Signals.

/// Acts on signals that came, in the main thread; -1 if a handler raised.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_CheckSignals() -> c_int {
    api(safe_point::check_signals)
}

/// As if SIGINT had come.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetInterrupt() {
    signals::simulate(libc::SIGINT);
}

/// As if the signal had come; -1 if there is no such signal.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_SetInterruptEx(signum: c_int) -> c_int {
    if signals::simulate(signum) { 0 } else { -1 }
}

/// Has the number of each signal written to `fd` as a byte; below zero stops that. The file that was there before.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySignal_SetWakeupFd(fd: c_int) -> c_int {
    signals::set_wakeup_file(fd)
}

// Printing (`pythonrun.h`).

/// Prints the exception that is set through `sys.excepthook`, and clears it. `SystemExit` ends the process.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_Print() {
    unraisable::print_set(true);
}

/// As `PyErr_Print`; `sys.last_exc` and its like are set if `set_sys_last_vars`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_PrintEx(set_sys_last_vars: c_int) {
    unraisable::print_set(set_sys_last_vars != 0);
}

/// Prints an exception to `sys.stderr`; `tb` becomes its traceback if it has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_Display(_unused: *mut PyObject, value: *mut PyObject, tb: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe {
        let value = Object::optional(value).unwrap_or(none::none_ref());
        if exceptions::is_instance(value)
            && let Some(tb) = Object::optional(tb).filter(|tb| traceback::check(tb))
            && exceptions::traceback(value).is_none()
            && exceptions::set_traceback(value, tb).is_err()
        {
            error::clear();
        }
        unraisable::print(value, None);
    }
}

/// Prints an exception to `sys.stderr`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_DisplayException(exc: *mut PyObject) {
    // SAFETY: the caller's contract.
    unraisable::print(unsafe { Object::optional(exc) }.unwrap_or(none::none_ref()), None);
}

// The end.

/// Ends the process with a message; the header's macro of this name says in which function.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_FatalError(message: *const c_char) -> ! {
    // SAFETY: the caller's contract.
    unsafe { _Py_FatalErrorFunc(ptr::null(), message) }
}

/// Ends the process with a message and the name of a function, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_FatalErrorFunc(func: *const c_char, message: *const c_char) -> ! {
    let text = |text: *const c_char| {
        // SAFETY: the caller's contract.
        if text.is_null() { String::new() } else { unsafe { unraisable::c_text(text) } }
    };
    state::fatal::fatal_error(&text(func), &text(message))
}
