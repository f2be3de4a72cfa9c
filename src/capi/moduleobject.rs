//! `moduleobject.h`.

use crate::abi::*;
use crate::module::{self, def, object};
use crate::object::{BorrowedReturn, Object, Result, api, error};
use crate::types::unicode;
use std::ffi::CStr;

/// Makes the definition an object. Borrowed: the definition itself. `def` lives as long as the process.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModuleDef_Init(def: *mut PyModuleDef) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { def::init(def) };
    def.cast()
}

/// A new module with this name and nothing in it. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_NewObject(name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| module::new(unsafe { Object::new(name) }?))
}

/// As [`PyModule_NewObject`] with the name in UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_New(name: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| module::new(&*unicode::from_utf8(unsafe { CStr::from_ptr(name) }.to_bytes())?))
}

/// The module's dict, borrowed. `SystemError` if `module` is no module.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_GetDict(module: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    let module = unsafe { Object::from_ptr(module) };
    if object::check_exact(module) {
        return object::dict(module).as_ptr();
    }
    dict_of_subclass(module)
}

#[cold]
#[inline(never)]
fn dict_of_subclass(module: &Object) -> *mut PyObject {
    api(|| {
        if !object::check(module) {
            return Err(error::bad_internal_call());
        }
        Ok(BorrowedReturn::new(object::dict(module)))
    })
}

/// `__name__`, new reference. `TypeError` if `module` is no module, `SystemError` if it has no name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_GetNameObject(module: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| object::name(unsafe { Object::from_ptr(module) }))
}

/// As [`PyModule_GetNameObject`], in UTF-8 that lives as long as the module's name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_GetName(module: *mut PyObject) -> *const c_char {
    // SAFETY: the caller's contract.
    api(|| c_text(unsafe { Object::from_ptr(module) }, object::name))
}

/// `__file__`, new reference. `TypeError` if `module` is no module, `SystemError` if it has no file.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_GetFilenameObject(module: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| object::filename(unsafe { Object::from_ptr(module) }))
}

/// As [`PyModule_GetFilenameObject`], in UTF-8 that lives as long as the module's file name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_GetFilename(module: *mut PyObject) -> *const c_char {
    // SAFETY: the caller's contract.
    api(|| c_text(unsafe { Object::from_ptr(module) }, object::filename))
}

/// The text of a str that the module's dict keeps alive.
fn c_text(module: &Object, get: fn(&Object) -> Result) -> Result<*const c_char> {
    let text = get(module)?;
    Ok(unicode::as_str(&text)?.as_ptr().cast())
}

/// The definition, or NULL: with `TypeError` if `module` is no module.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_GetDef(module: *mut PyObject) -> *mut PyModuleDef {
    // SAFETY: the caller's contract.
    api(|| object::checked(unsafe { Object::from_ptr(module) }).map(object::definition))
}

/// The state, or NULL: with `TypeError` if `module` is no module.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_GetState(module: *mut PyObject) -> *mut c_void {
    // SAFETY: the caller's contract.
    let module = unsafe { Object::from_ptr(module) };
    if object::check_exact(module) { object::state(module) } else { state_of_subclass(module) }
}

#[cold]
#[inline(never)]
fn state_of_subclass(module: &Object) -> *mut c_void {
    api(|| object::checked(module).map(object::state))
}
