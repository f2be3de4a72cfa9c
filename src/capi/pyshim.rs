//! `pyshim.h`: what documents describe and CPython 3.14 does not export, and what only this library has. A program that
//! uses these does not run on CPython.
//!
//! Where a name exists in CPython 3.14 with another signature, CPython's stands (`_PyImport_SetModule` is in `import`).

use crate::abi::*;
use crate::context;
use crate::crossinterp::{_PyXIData_getdata_t, _PyXIData_t, data, registry, xidatafunc};
use crate::import::{self, extension, lock, modules};
use crate::mem::domains;
use crate::object::{BorrowedReturn, Object, Owned, Result, api};
use crate::raise;
use crate::runtime::{Interpreter, thread};
use crate::state::{ThreadState, current, fatal::fatal_error};
use crate::types::unicode;
use std::ffi::CStr;

/// The context of the attached thread, made if there is none. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyContext_GetCurrent() -> *mut PyObject {
    // SAFETY: the current context is alive while it is current.
    api(|| context::current().map(|ctx| unsafe { Object::from_ptr(ctx.cast()) }.to_owned()))
}

/// Takes the interpreter's import lock, waiting for another thread to give it back. 0. `interp` is the attached
/// interpreter.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyImport_AcquireLock(_interp: *mut PyInterpreterState) -> c_int {
    lock::acquire();
    0
}

/// Gives the import lock back once. 0, or -1 without an exception if this thread does not hold it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyImport_ReleaseLock(_interp: *mut PyInterpreterState) -> c_int {
    if lock::release() { 0 } else { -1 }
}

/// Makes the import lock anew in the child of a fork.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyImport_ReInitLock(interp: *mut PyInterpreterState) {
    // SAFETY: the caller's contract.
    lock::after_fork(unsafe { &mut (*interp.cast::<Interpreter>()).imports });
}

/// 1 if the interpreter can import: its `sys.modules` is there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyImport_IsInitialized(interp: *mut PyInterpreterState) -> c_int {
    // SAFETY: the caller's contract.
    (!unsafe { (*interp.cast::<Interpreter>()).modules }.is_null()).into()
}

/// The module `name` of the attached interpreter. New reference; NULL without an error if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyImport_GetModule(_tstate: *mut PyThreadState, name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| modules::get(unsafe { Object::from_ptr(name) }))
}

/// Takes `name` out of `sys.modules`, if it is there. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyImport_RemoveModule(name: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| modules::remove(unsafe { Object::from_ptr(name) }))
}

/// An attribute of a module that is imported for it. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyImport_GetModuleAttr(modname: *mut PyObject, attrname: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { import::import_checked(Object::from_ptr(modname))?.getattr(Object::from_ptr(attrname)) })
}

/// As [`_PyImport_GetModuleAttr`], with names in UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyImport_GetModuleAttrString(
    modname: *const c_char,
    attrname: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { import::import_checked(&*text(modname)?)?.getattr(&*text(attrname)?) })
}

/// A str of a C string in UTF-8.
///
/// # Safety
/// `text` is a C string.
unsafe fn text(text: *const c_char) -> Result<Owned> {
    // SAFETY: the caller's word.
    unicode::from_utf8(unsafe { CStr::from_ptr(text) }.to_bytes())
}

/// A single-phase module that was loaded before from this path, made again by its rule and entered into `sys.modules`.
/// Borrowed; NULL without an error if it was not.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyImport_FindExtensionObject(name: *mut PyObject, path: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let found = extension::reload(Object::from_ptr(path), Object::from_ptr(name))?;
        Ok(found.map_or(BorrowedReturn::null(), |module| BorrowedReturn::new(&module)))
    })
}

/// Remembers a single-phase module for [`_PyImport_FindExtensionObject`] and enters it into `modules`. 0, or -1 with an
/// exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyImport_FixupExtensionObject(
    module: *mut PyObject,
    name: *mut PyObject,
    path: *mut PyObject,
    modules: *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let (module, name) = (Object::from_ptr(module), Object::from_ptr(name));
        extension::remember(Object::from_ptr(path), name, module, None)?;
        Object::from_ptr(modules).setitem(name, module)
    })
}

/// The fatal error that `tstate` is not attached to this thread.
fn check_current(tstate: *mut PyThreadState, function: &str) {
    if tstate.is_null() || tstate != current::get().cast() {
        fatal_error(function, "wrong thread state");
    }
}

/// Attaches a thread state to this thread, which has none attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyThreadState_Attach(tstate: *mut PyThreadState) {
    if tstate.is_null() {
        fatal_error("_PyThreadState_Attach", "tstate is NULL");
    }
    // SAFETY: the caller's contract.
    unsafe { thread::attach(tstate.cast::<ThreadState>()) }
}

/// Detaches the thread state that is attached to this thread.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyThreadState_Detach(tstate: *mut PyThreadState) {
    check_current(tstate, "_PyThreadState_Detach");
    // SAFETY: the caller's contract.
    unsafe { thread::detach(tstate.cast::<ThreadState>()) }
}

/// Clears and deletes all thread states of the interpreter but this one. Their threads are gone, or never come back.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyThreadState_DeleteExcept(tstate: *mut PyThreadState) {
    check_current(tstate, "_PyThreadState_DeleteExcept");
    // SAFETY: the caller's contract.
    unsafe { thread::delete_except(tstate.cast::<ThreadState>()) }
}

/// The name that documents give `_PyXIData_t`.
pub type _PyCrossInterpreterData = _PyXIData_t;

/// An empty struct, to be freed with `_PyCrossInterpreterData_Free`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCrossInterpreterData_New() -> *mut _PyXIData_t {
    let data = data::new();
    if data.is_null() {
        let _raised = crate::object::error::no_memory();
    }
    data
}

/// Frees a struct and what it holds. The data's interpreter is attached.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCrossInterpreterData_Free(data: *mut _PyXIData_t) {
    // SAFETY: the caller's contract.
    unsafe {
        data::clear(data);
        domains::raw_free(data.cast());
    }
}

/// 0 if instances of the object's class can be sent to other interpreters, else -1 with `NotShareableError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_CheckCrossInterpreterData(obj: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        let obj = unsafe { Object::from_ptr(obj) };
        registry::lookup(obj).map(drop).ok_or_else(|| crate::crossinterp::error::not_shareable(obj, None))
    })
}

/// The object's data. 0, or -1 with `NotShareableError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_GetCrossInterpreterData(obj: *mut PyObject, data: *mut _PyXIData_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { data::get(Object::from_ptr(obj), 0, data) })
}

/// The object that the data stands for, in the attached interpreter. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCrossInterpreterData_NewObject(data: *mut _PyXIData_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { data::new_object(data) })
}

/// Frees what the data holds, in the interpreter it came from. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCrossInterpreterData_Release(data: *mut _PyXIData_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { data::release(data, false) })
}

/// Says how instances of a class are sent. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCrossInterpreterData_RegisterClass(cls: *mut PyTypeObject, getdata: xidatafunc) -> c_int {
    api(|| {
        if getdata.is_none() {
            return Err(raise!(ValueError, "missing 'getdata' func"));
        }
        registry::register(cls, _PyXIData_getdata_t { basic: getdata, fallback: None })
    })
}

/// Takes a registration back. 1, or 0 if there was none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCrossInterpreterData_UnregisterClass(cls: *mut PyTypeObject) -> c_int {
    registry::unregister(cls).into()
}

/// How instances of the object's class are sent, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyCrossInterpreterData_Lookup(obj: *mut PyObject) -> xidatafunc {
    // SAFETY: the caller's contract.
    registry::lookup(unsafe { Object::from_ptr(obj) }).and_then(|getdata| getdata.basic)
}
