//! `internal/pycore_crossinterp.h`: what CPython's own modules that talk between interpreters use.

use crate::abi::*;
use crate::crossinterp::excinfo::{self, _PyXI_excinfo};
use crate::crossinterp::failure::{self, _PyXI_failure};
use crate::crossinterp::session::{self, _PyXI_session, _PyXI_session_result};
use crate::crossinterp::wrapped::{self, _PyBytes_data_t};
use crate::crossinterp::{_PyXIData_getdata_t, _PyXIData_t, data, error, registry, script, xid_newobjfunc};
use crate::lifecycle::subinterpreter;
use crate::mem::domains;
use crate::object::{BorrowedReturn, Object, api};
use crate::raise;
use crate::state::fatal::fatal_error;
use crate::types::typeobject;
use std::ffi::CStr;
use std::ptr;

/// An empty struct, to be freed with `_PyXIData_Free`; NULL with `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_New() -> *mut _PyXIData_t {
    let xidata = data::new();
    if xidata.is_null() {
        let _raised = crate::object::error::no_memory();
    }
    xidata
}

/// Frees a struct and what it holds. The data's interpreter is attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_Free(xidata: *mut _PyXIData_t) {
    // SAFETY: the caller's contract.
    unsafe {
        data::clear(xidata);
        domains::raw_free(xidata.cast());
    }
}

/// Fills a struct in; it takes its own reference to `obj`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_Init(
    xidata: *mut _PyXIData_t,
    interp: *mut PyInterpreterState,
    shared: *mut c_void,
    obj: *mut PyObject,
    new_object: xid_newobjfunc,
) {
    // SAFETY: the caller's contract.
    unsafe { data::init(xidata, interp.cast(), shared, obj, new_object) }
}

/// As [`_PyXIData_Init`] with a block of `size` bytes. 0, or -1 with `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_InitWithSize(
    xidata: *mut _PyXIData_t,
    interp: *mut PyInterpreterState,
    size: usize,
    obj: *mut PyObject,
    new_object: xid_newobjfunc,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { data::init_with_size(xidata, interp.cast(), size, obj, new_object) })
}

/// Frees what a struct holds. The data's interpreter is attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_Clear(_interp: *mut PyInterpreterState, xidata: *mut _PyXIData_t) {
    // SAFETY: the caller's contract.
    unsafe { data::clear(xidata) }
}

/// The interpreter's `NotShareableError`, borrowed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_GetNotShareableErrorType(_tstate: *mut PyThreadState) -> *mut PyObject {
    api(|| error::class().map(BorrowedReturn::new))
}

/// Raises it with this text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_SetNotShareableError(_tstate: *mut PyThreadState, msg: *const c_char) {
    // SAFETY: the caller's contract.
    let _raised = error::raise_text(&unsafe { CStr::from_ptr(msg) }.to_string_lossy());
}

/// How instances of the object's class become data; both functions NULL if they don't.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_Lookup(_tstate: *mut PyThreadState, obj: *mut PyObject) -> _PyXIData_getdata_t {
    // SAFETY: the caller's contract.
    registry::lookup(unsafe { Object::from_ptr(obj) }).unwrap_or(_PyXIData_getdata_t { basic: None, fallback: None })
}

/// 0 if instances of the object's class can become data, else -1 with `NotShareableError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_CheckXIData(_tstate: *mut PyThreadState, obj: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        let obj = unsafe { Object::from_ptr(obj) };
        registry::lookup(obj).map(drop).ok_or_else(|| error::not_shareable(obj, None))
    })
}

/// The object's data. 0, or -1 with `NotShareableError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_GetXIData(
    _tstate: *mut PyThreadState,
    obj: *mut PyObject,
    fallback: c_int,
    xidata: *mut _PyXIData_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { data::get(Object::from_ptr(obj), fallback, xidata) })
}

/// As [`_PyObject_GetXIData`] without a fallback.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_GetXIDataNoFallback(
    _tstate: *mut PyThreadState,
    obj: *mut PyObject,
    xidata: *mut _PyXIData_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { data::get(Object::from_ptr(obj), 0, xidata) })
}

/// The object that the data stands for, in the attached interpreter. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_NewObject(xidata: *mut _PyXIData_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { data::new_object(xidata) })
}

/// Frees what the data holds, in the interpreter it came from. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_Release(xidata: *mut _PyXIData_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { data::release(xidata, false) })
}

/// As [`_PyXIData_Release`], and frees the struct.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_ReleaseAndRawFree(xidata: *mut _PyXIData_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { data::release(xidata, true) })
}

/// Says how instances of a class become data. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_RegisterClass(
    _tstate: *mut PyThreadState,
    cls: *mut PyTypeObject,
    getdata: _PyXIData_getdata_t,
) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        if !typeobject::check(unsafe { Object::from_ptr(cls.cast()) }) {
            return Err(raise!(ValueError, "only classes may be registered"));
        }
        if getdata.basic.is_none() && getdata.fallback.is_none() {
            return Err(raise!(ValueError, "missing 'getdata' func"));
        }
        registry::register(cls, getdata)
    })
}

/// Takes a registration back. 1, or 0 if there was none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXIData_UnregisterClass(_tstate: *mut PyThreadState, cls: *mut PyTypeObject) -> c_int {
    registry::unregister(cls).into()
}

/// The bytes of a bytes object, borrowed from it. 0, or -1 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytes_GetData(obj: *mut PyObject, data: *mut _PyBytes_data_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        data.write(wrapped::bytes_of(Object::from_ptr(obj))?);
        Ok(())
    })
}

/// A bytes object of such data. New reference. `SystemError` if the length is below zero.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytes_FromData(data: *mut _PyBytes_data_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { super::bytesobject::PyBytes_FromStringAndSize((*data).bytes, (*data).len) }
}

/// The bytes object that cross-interpreter data of one stands for. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytes_FromXIData(xidata: *mut _PyXIData_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { wrapped::to_bytes(xidata) })
}

/// Cross-interpreter data of a bytes object. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytes_GetXIData(
    tstate: *mut PyThreadState,
    obj: *mut PyObject,
    xidata: *mut _PyXIData_t,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { wrapped::bytes_data(tstate, obj, xidata) }
}

/// Data of a bytes object in a block of `size` bytes that begins with a `_PyBytes_data_t`: borrowed, NULL with
/// `TypeError` or `ValueError`. Without `newobj` it becomes bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBytes_GetXIDataWrapped(
    _tstate: *mut PyThreadState,
    obj: *mut PyObject,
    size: usize,
    newobj: xid_newobjfunc,
    xidata: *mut _PyXIData_t,
) -> *mut _PyBytes_data_t {
    // SAFETY: the caller's contract.
    unsafe { wrapped::share(Object::from_ptr(obj), size, newobj, xidata) }.unwrap_or(ptr::null_mut())
}

/// Data of an object that is marshalled. 0, or -1 with `NotShareableError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyMarshal_GetXIData(
    _tstate: *mut PyThreadState,
    obj: *mut PyObject,
    xidata: *mut _PyXIData_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { wrapped::marshal(Object::from_ptr(obj), xidata) })
}

/// What marshalled data stands for. New reference. `NotShareableError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyMarshal_ReadObjectFromXIData(xidata: *mut _PyXIData_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { wrapped::unmarshal(xidata) })
}

/// Data of an object by `pickle.dumps`. 0, or -1 with `NotShareableError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyPickle_GetXIData(
    _tstate: *mut PyThreadState,
    obj: *mut PyObject,
    xidata: *mut _PyXIData_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { wrapped::pickle(Object::from_ptr(obj), xidata) })
}

/// What pickled data stands for. New reference. `NotShareableError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyPickle_LoadFromXIData(xidata: *mut _PyXIData_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { wrapped::unpickle(xidata) })
}

/// Data of a code object. 0, or -1 with `NotShareableError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCode_GetXIData(
    _tstate: *mut PyThreadState,
    obj: *mut PyObject,
    xidata: *mut _PyXIData_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { script::code_data(Object::from_ptr(obj), xidata) })
}

/// The code object that such data stands for. New reference. `NotShareableError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCode_FromXIData(xidata: *mut _PyXIData_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { wrapped::unmarshal(xidata) })
}

/// Data of a script: of code or a function that takes no arguments and returns nothing. Source text would have to be
/// compiled. 0, or -1 with `NotShareableError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCode_GetScriptXIData(
    _tstate: *mut PyThreadState,
    obj: *mut PyObject,
    xidata: *mut _PyXIData_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { script::script_data(Object::from_ptr(obj), false, xidata) })
}

/// As [`_PyCode_GetScriptXIData`], of one without globals.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCode_GetPureScriptXIData(
    _tstate: *mut PyThreadState,
    obj: *mut PyObject,
    xidata: *mut _PyXIData_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { script::script_data(Object::from_ptr(obj), true, xidata) })
}

/// Data of a function without state. 0, or -1 with `NotShareableError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyFunction_GetXIData(
    _tstate: *mut PyThreadState,
    obj: *mut PyObject,
    xidata: *mut _PyXIData_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { script::function_data(Object::from_ptr(obj), xidata) })
}

/// The function that such data stands for. New reference. `NotShareableError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyFunction_FromXIData(xidata: *mut _PyXIData_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { script::to_function(xidata) })
}

/// A snapshot of an exception, to be freed with `_PyXI_FreeExcInfo`; NULL with `ValueError` for none, or `Exception`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_NewExcInfo(exc: *mut PyObject) -> *mut _PyXI_excinfo {
    // SAFETY: the caller's contract.
    match unsafe { Object::optional(exc) } {
        Some(exc) => _PyXI_excinfo::of(exc).and_then(excinfo::boxed),
        None => Err(excinfo::missing()),
    }
    .unwrap_or(ptr::null_mut())
}

/// Frees a snapshot.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_FreeExcInfo(info: *mut _PyXI_excinfo) {
    // SAFETY: the caller's contract.
    unsafe { excinfo::free(present(info, "_PyXI_FreeExcInfo")) }
}

/// "type: message" of a snapshot, or None. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_FormatExcInfo(info: *mut _PyXI_excinfo) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { present(info, "_PyXI_FormatExcInfo").format() })
}

/// A snapshot as a namespace. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_ExcInfoAsObject(info: *mut _PyXI_excinfo) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { present(info, "_PyXI_ExcInfoAsObject").as_object() })
}

/// A failure that says nothing yet; NULL with `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_NewFailure() -> *mut _PyXI_failure {
    checked(_PyXI_failure::boxed())
}

/// What an argument points to. NULL, on which CPython crashes, ends the process.
///
/// # Safety
/// It is NULL or points to one of these.
unsafe fn present<'a, T>(argument: *mut T, function: &str) -> &'a mut T {
    // SAFETY: the caller's word.
    unsafe { argument.as_mut() }.unwrap_or_else(|| fatal_error(function, "the argument is NULL"))
}

/// A block, or NULL with `MemoryError`.
fn checked<T>(block: *mut T) -> *mut T {
    if block.is_null() {
        let _raised = crate::object::error::no_memory();
    }
    block
}

/// Frees a failure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_FreeFailure(failure: *mut _PyXI_failure) {
    // SAFETY: the caller's contract.
    unsafe {
        present(failure, "_PyXI_FreeFailure").clear();
        domains::raw_free(failure.cast());
    }
}

/// The code of a failure; 0 for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_GetFailureCode(failure: *mut _PyXI_failure) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { failure.as_ref() }.map_or(failure::NO_ERROR, |failure| failure.code)
}

/// Says why: a code, and what `str()` of the object is. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_InitFailure(failure: *mut _PyXI_failure, code: c_int, obj: *mut PyObject) -> c_int {
    api(|| unsafe {
        // SAFETY: the caller's contract.
        match Object::optional(obj) {
            Some(obj) => present(failure, "_PyXI_InitFailure").set(code, obj),
            None => {
                present(failure, "_PyXI_InitFailure").set_static(code, ptr::null());
                Ok(())
            }
        }
    })
}

/// As [`_PyXI_InitFailure`], with a text that outlives the failure, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_InitFailureUTF8(failure: *mut _PyXI_failure, code: c_int, msg: *const c_char) {
    // SAFETY: the caller's contract.
    unsafe { present(failure, "_PyXI_InitFailureUTF8").set_static(code, msg) }
}

/// Puts its cause in place of a `NotShareableError` that is set; the failure, which may be NULL, keeps what it said. 0,
/// or -1 if something else is set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_UnwrapNotShareableError(
    _tstate: *mut PyThreadState,
    failure: *mut _PyXI_failure,
) -> c_int {
    // SAFETY: the caller's contract.
    if failure::unwrap_not_shareable(unsafe { failure.as_mut() }) { 0 } else { -1 }
}

/// A session that is not active; NULL with `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_NewSession() -> *mut _PyXI_session {
    checked(_PyXI_session::boxed())
}

/// Frees a session that was left.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_FreeSession(session: *mut _PyXI_session) {
    // SAFETY: the caller's contract.
    unsafe { domains::raw_free(session.cast()) }
}

/// Drops what a result holds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_ClearResult(result: *mut _PyXI_session_result) {
    // SAFETY: the caller's contract.
    unsafe { present(result, "_PyXI_ClearResult").clear() }
}

/// Enters an interpreter, with the items of a dict (or NULL) for its `__main__`. 0, or -1 with an exception, where the
/// thread was.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_Enter(
    session: *mut _PyXI_session,
    interp: *mut PyInterpreterState,
    nsupdates: *mut PyObject,
    result: *mut _PyXI_session_result,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        present(session, "_PyXI_Enter").enter(interp.cast(), Object::optional(nsupdates), result.as_mut())
    })
}

/// Leaves the interpreter. 0, or -1 if an exception was set there: then the result has its snapshot, or what `override`
/// says of it is raised.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_Exit(
    session: *mut _PyXI_session,
    r#override: *mut _PyXI_failure,
    result: *mut _PyXI_session_result,
) -> c_int {
    // SAFETY: the caller's contract.
    if unsafe { present(session, "_PyXI_Exit").exit(r#override.as_ref(), result.as_mut()) } { 0 } else { -1 }
}

/// The dict of the entered interpreter's `__main__`, borrowed. `RuntimeError` without a session, `ImportError` without
/// a `__main__`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_GetMainNamespace(
    session: *mut _PyXI_session,
    failure: *mut _PyXI_failure,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { present(session, "_PyXI_GetMainNamespace").main_namespace(failure.as_mut()) })
}

/// Keeps an object for when the session is left. 0, or -1 with `RuntimeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_Preserve(
    session: *mut _PyXI_session,
    name: *const c_char,
    value: *mut PyObject,
    failure: *mut _PyXI_failure,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        present(session, "_PyXI_Preserve").preserve(CStr::from_ptr(name), Object::from_ptr(value), failure.as_mut())
    })
}

/// What was kept under a name. New reference, NULL without an exception if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_GetPreserved(result: *mut _PyXI_session_result, name: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { session::preserved(present(result, "_PyXI_GetPreserved"), CStr::from_ptr(name)) })
}

/// A new interpreter; NULL with `InterpreterError`. Its thread state stays attached if `p_tstate` is there to take it,
/// and `p_save_tstate` takes the one before; else that one is attached again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_NewInterpreter(
    config: *mut PyInterpreterConfig,
    maybe_whence: *mut c_long,
    p_tstate: *mut *mut PyThreadState,
    p_save_tstate: *mut *mut PyThreadState,
) -> *mut PyInterpreterState {
    // SAFETY: the caller's contract.
    unsafe {
        let whence = maybe_whence.as_ref().map_or(_PyInterpreterState_WHENCE_XI, |whence| *whence as c_int);
        let Ok(new) = subinterpreter::new_from(present(config, "_PyXI_NewInterpreter"), whence, !p_tstate.is_null())
        else {
            return ptr::null_mut();
        };
        if !p_tstate.is_null() {
            *p_tstate = new.tstate.cast();
        }
        if !p_save_tstate.is_null() {
            *p_save_tstate = new.before.cast();
        }
        new.interp.cast()
    }
}

/// Ends an interpreter by one of its thread states, which may be NULL. Then the one in `p_save_tstate` is attached, or
/// the one that was.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyXI_EndInterpreter(
    interp: *mut PyInterpreterState,
    tstate: *mut PyThreadState,
    p_save_tstate: *mut *mut PyThreadState,
) {
    // SAFETY: the caller's contract.
    unsafe {
        let before = p_save_tstate.as_ref().map(|before| before.cast());
        subinterpreter::end_by(interp.cast(), tstate.cast(), before);
    }
}
