//! What rooms ask of those above them. Objects and types report errors that nobody can catch, and now and then need
//! `sys`, a module, an auditor or the handlers of signals; an exception that nobody caught may end the process; imports
//! look into the table of the builtin modules. Calls go up here only, by the names that the rooms above export; `slots`
//! has the exports that stand in the slots of types.

use super::{Object, Owned, Raised, Result, error};
use crate::abi::*;
use crate::raise;
use crate::types::dict;
use std::ffi::{CStr, CString};
use std::ptr;

unsafe extern "C" {
    fn PyErr_FormatUnraisable(format: *const c_char, ...);
    fn PyErr_WriteUnraisable(object: *mut PyObject);
    fn PyErr_Print();
    fn PyErr_CheckSignals() -> c_int;
    fn Py_Exit(status: c_int) -> !;
    fn _PyObject_AssertFailed(
        obj: *mut PyObject,
        expr: *const c_char,
        msg: *const c_char,
        file: *const c_char,
        line: c_int,
        function: *const c_char,
    ) -> !;
    fn PyEval_GetBuiltins() -> *mut PyObject;
    fn PySys_GetObject(name: *const c_char) -> *mut PyObject;
    fn PySys_SetObject(name: *const c_char, value: *mut PyObject) -> c_int;
    fn PySys_AuditTuple(event: *const c_char, args: *mut PyObject) -> c_int;
    fn PyImport_Import(name: *mut PyObject) -> *mut PyObject;
    fn PyImport_GetModule(name: *mut PyObject) -> *mut PyObject;
    static Py_BytesWarningFlag: c_int;
    static mut PyImport_Inittab: *mut _inittab;
}

/// The exception that is set goes to `sys.unraisablehook`. `text` says what went wrong; a `%R` or `%U` in it stands for
/// `object`.
#[cold]
pub fn unraisable(text: &str, object: Option<&Object>) {
    let text = CString::new(text).unwrap_or_default();
    // SAFETY: the text wants one object at most.
    unsafe { PyErr_FormatUnraisable(text.as_ptr(), object.map_or(ptr::null_mut(), Object::as_ptr)) }
}

/// The same with the text "Exception ignored in" and the object.
#[cold]
pub fn unraisable_in(object: Option<&Object>) {
    // SAFETY: attached; an exception is set.
    unsafe { PyErr_WriteUnraisable(object.map_or(ptr::null_mut(), Object::as_ptr)) }
}

/// Prints the exception that is set, as if it had ended the program.
#[cold]
pub fn print_error() {
    // SAFETY: attached; an exception is set.
    unsafe { PyErr_Print() }
}

/// Finalizes the runtime and ends the process.
pub fn exit(status: c_int) -> ! {
    // SAFETY: attached.
    unsafe { Py_Exit(status) }
}

/// Ends the process: something that must hold of `op` does not. The object is shown as far as it is alive.
#[cold]
pub fn assertion_failed(
    op: *mut PyObject,
    message: &'static CStr,
    file: &'static CStr,
    line: u32,
    function: &'static CStr,
) -> ! {
    // SAFETY: static texts; what the object is the dump finds out.
    unsafe {
        let (message, file, function) = (message.as_ptr(), file.as_ptr(), function.as_ptr());
        _PyObject_AssertFailed(op, ptr::null(), message, file, line as c_int, function)
    }
}

/// Runs the handlers of signals that came.
pub fn check_signals() -> Result<()> {
    // SAFETY: attached.
    error::status(unsafe { PyErr_CheckSignals() })
}

/// The dict of the module `builtins`, or what the running code sees in its place.
pub fn builtins() -> Result<&'static Object> {
    // SAFETY: attached; the interpreter owns the dict.
    unsafe { Object::new(PyEval_GetBuiltins()) }
}

/// A name of the module `builtins` (`_PyEval_GetBuiltin`).
pub fn builtin(name: &str) -> Result<Owned> {
    dict::get_str(builtins()?, name)?.ok_or_else(|| raise!(AttributeError, "{name}"))
}

/// An attribute of `sys`, if it is there.
pub fn sys(name: &CStr) -> Option<Owned> {
    // SAFETY: a C string; `sys` lends what it has.
    unsafe { Object::optional(PySys_GetObject(name.as_ptr())) }.map(Object::to_owned)
}

pub fn set_sys(name: &CStr, value: &Object) -> Result<()> {
    // SAFETY: a C string and a live object.
    error::status(unsafe { PySys_SetObject(name.as_ptr(), value.as_ptr()) })
}

/// Tells the auditors of an event.
pub fn audit(event: &CStr, args: &Object) -> Result<()> {
    // SAFETY: a C string and a tuple.
    error::status(unsafe { PySys_AuditTuple(event.as_ptr(), args.as_ptr()) })
}

/// The module of that name, imported.
pub fn import(name: &Object) -> Result<Owned> {
    // SAFETY: attached.
    unsafe { Owned::from_c(PyImport_Import(name.as_ptr())) }
}

/// The module of that name, if it was imported.
pub fn imported(name: &Object) -> Result<Option<Owned>> {
    // SAFETY: attached.
    match unsafe { Owned::optional(PyImport_GetModule(name.as_ptr())) } {
        // SAFETY: as the condition says.
        None if error::occurred() => Err(unsafe { Raised::already() }),
        module => Ok(module),
    }
}

/// The flag `-b`: bytes that are taken for text are warned of.
pub fn warns_of_bytes() -> bool {
    // SAFETY: a number that starting the runtime sets.
    unsafe { Py_BytesWarningFlag != 0 }
}

/// Where C finds the table of builtin modules: an array that ends with a NULL name, at first the runtime's own modules.
/// A program may put a longer one in its place before it starts the runtime.
pub fn inittab() -> *mut *mut _inittab {
    &raw mut PyImport_Inittab
}
