//! `pyerrors.h`: the error indicator, errors of the system, printing; exceptions' fields are in `fields` and
//! `unicode_errors`.

mod fields;
mod syntax_errors;
mod unicode_errors;

use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, Owned, Raised, Result, api, error, ptr::raw_or_null, suggestions};
use crate::raise;
use crate::runtime::{process, safe_point, signals, unraisable};
use crate::state;
use crate::types::exceptions;
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
    if name.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller's contract.
    unicode::paths::decode(unsafe { CStr::from_ptr(name) }.to_bytes()).map(Some)
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
    // SAFETY: the caller's contract.
    unsafe {
        if let Ok(text) = unicode::locale::decode_str(CStr::from_ptr(string).to_bytes(), Some(c"surrogateescape")) {
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

// What can't be raised any further.

/// Reports the exception that is set; `obj` was being worked on, or is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyErr_WriteUnraisable(obj: *mut PyObject) {
    // SAFETY: the caller's contract.
    unraisable::report_object(unsafe { Object::optional(obj) });
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
    if state::current::get().is_null() {
        process::no_thread_state("PyErr_CheckSignals");
    }
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
    let text = |text: *const c_char, missing: &str| {
        // SAFETY: the caller's contract.
        if text.is_null() { missing.to_string() } else { unsafe { unraisable::c_text(text) } }
    };
    state::fatal::fatal_error(&text(func, ""), &text(message, "<message not set>"))
}
