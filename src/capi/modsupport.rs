//! `modsupport.h`. The functions with variable arguments have their doors in `variadic`; here are their engines' names.

use crate::abi::*;
use crate::module::{self, add, create, object};
use crate::object::{Object, api};
use std::ffi::CStr;

/// First half of multi-phase initialisation. New reference. See `module::create` for the errors.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_FromDefAndSpec2(
    def: *mut PyModuleDef,
    spec: *mut PyObject,
    module_api_version: c_int,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { create::from_def_and_spec(def, Object::from_ptr(spec), module_api_version) })
}

/// Second half: allocates the state and runs the exec slots. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_ExecDef(module: *mut PyObject, def: *mut PyModuleDef) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { module::exec(Object::from_ptr(module), def) })
}

/// Single-phase initialisation. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_Create2(def: *mut PyModuleDef, apiver: c_int) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { create::create(def, apiver) })
}

/// Adds the functions of a table. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddFunctions(module: *mut PyObject, functions: *mut PyMethodDef) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        let module = unsafe { Object::from_ptr(module) };
        let name = object::name(module)?;
        // SAFETY: the caller's contract.
        unsafe { add::functions(module, &name, functions) }
    })
}

/// Sets `__doc__`. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_SetDocString(module: *mut PyObject, doc: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { add::doc(Object::from_ptr(module), doc) })
}

/// Adds `value`, whose reference stays the caller's. NULL passes on the error that made it. 0, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddObjectRef(
    module: *mut PyObject,
    name: *const c_char,
    value: *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { add::object_ref(Object::from_ptr(module), CStr::from_ptr(name), Object::optional(value)) })
}

/// Adds `value` and steals its reference, whether it succeeds or not. 0, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_Add(module: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: the caller's contract: the reference is ours.
        let value = unsafe { crate::object::Owned::optional(value) };
        // SAFETY: the caller's contract.
        unsafe { add::object_ref(Object::from_ptr(module), CStr::from_ptr(name), value.as_deref()) }
    })
}

/// Adds `value` and steals its reference only if it succeeds. 0, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddObject(module: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: the caller's contract; on success the reference is ours.
        unsafe {
            add::object_ref(Object::from_ptr(module), CStr::from_ptr(name), Object::optional(value))?;
            drop(crate::object::Owned::optional(value));
        }
        Ok(())
    })
}

/// 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddIntConstant(module: *mut PyObject, name: *const c_char, value: c_long) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { add::int_constant(Object::from_ptr(module), CStr::from_ptr(name), value) })
}

/// 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddStringConstant(
    module: *mut PyObject,
    name: *const c_char,
    value: *const c_char,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { add::string_constant(Object::from_ptr(module), CStr::from_ptr(name), CStr::from_ptr(value)) })
}

/// Makes the type ready and adds it under the last part of its name. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyModule_AddType(module: *mut PyObject, ty: *mut PyTypeObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| add::add_type(unsafe { Object::from_ptr(module) }, ty))
}
