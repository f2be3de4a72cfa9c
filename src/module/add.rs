//! Putting things into modules: functions, the doc string, objects, constants, types.

use super::object;
use crate::abi::*;
use crate::name;
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::types::{cfunction, dict, long, typeobject, unicode};
use std::ffi::CStr;

/// `PyModule_AddFunctions` without its check: any object can take the functions of a definition.
///
/// # Safety
/// `methods` is NULL or a table that ends with a NULL name and lives as long as the process.
pub unsafe fn functions(module: &Object, name: &Object, methods: *mut PyMethodDef) -> Result<()> {
    if methods.is_null() {
        return Ok(());
    }
    let mut def = methods;
    // SAFETY: the caller's word.
    unsafe {
        while !(*def).ml_name.is_null() {
            if (*def).ml_flags & (METH_CLASS | METH_STATIC) != 0 {
                return Err(raise!(ValueError, "module functions cannot set METH_CLASS or METH_STATIC"));
            }
            let function = cfunction::new(def, Some(module), Some(name), std::ptr::null_mut())?;
            let made;
            let attribute = match unicode::names::of_c_text((*def).ml_name) {
                Some(name) => name,
                None => {
                    made = unicode::intern::intern_utf8(CStr::from_ptr((*def).ml_name).to_bytes())?;
                    &*made
                }
            };
            if object::check_exact(module) {
                dict::set(object::dict(module), attribute, &function)?;
            } else {
                module.setattr(attribute, &function)?;
            }
            def = def.add(1);
        }
    }
    Ok(())
}

/// The doc string that a module is made with, if there is one and nothing is wrong with it. A wrong one is left to
/// [`doc`], which follows the functions, so that errors come in CPython's order.
///
/// # Safety
/// `doc` is NULL or a C string.
pub unsafe fn early_doc(doc: *const c_char) -> Option<Owned> {
    if doc.is_null() {
        return None;
    }
    // SAFETY: the caller's word.
    let text = unsafe { CStr::from_ptr(doc) }.to_bytes();
    unicode::from_utf8(text).map_err(|_raised| error::clear()).ok()
}

/// `PyModule_SetDocString`; NULL leaves the doc string as it is.
///
/// # Safety
/// `doc` is NULL or a C string.
pub unsafe fn doc(module: &Object, doc: *const c_char) -> Result<()> {
    if doc.is_null() {
        return Ok(());
    }
    // SAFETY: the caller's word.
    let text = unicode::from_utf8(unsafe { CStr::from_ptr(doc) }.to_bytes())?;
    if object::check_exact(module) {
        return dict::set(object::dict(module), name!(__doc__), &text);
    }
    module.setattr(name!(__doc__), &text)
}

/// `PyModule_AddObjectRef`: `None` for `value` passes on the error that made it.
pub fn object_ref(module: &Object, name: &CStr, value: Option<&Object>) -> Result<()> {
    if !object::check(module) {
        return Err(raise!(TypeError, "PyModule_AddObjectRef() first argument must be a module"));
    }
    let Some(value) = value else {
        if !error::occurred() {
            return Err(raise!(
                SystemError,
                "PyModule_AddObjectRef() must be called with an exception raised if value is NULL"
            ));
        }
        // SAFETY: an exception is set: this was just looked at.
        return Err(unsafe { error::Raised::already() });
    };
    let key = unicode::intern::intern_utf8(name.to_bytes())?;
    dict::set(object::dict(module), &key, value)
}

/// `PyModule_AddIntConstant`.
pub fn int_constant(module: &Object, name: &CStr, value: c_long) -> Result<()> {
    object_ref(module, name, Some(&*long::from_i64(value)?))
}

/// `PyModule_AddStringConstant`.
pub fn string_constant(module: &Object, name: &CStr, value: &CStr) -> Result<()> {
    object_ref(module, name, Some(&*unicode::from_utf8(value.to_bytes())?))
}

/// `PyModule_AddType`: ready, under the last part of its name.
pub fn add_type(module: &Object, ty: *mut PyTypeObject) -> Result<()> {
    typeobject::ready(ty)?;
    if !object::check(module) {
        return Err(raise!(TypeError, "PyModule_AddObjectRef() first argument must be a module"));
    }
    let key = unicode::intern_str(typeobject::name(ty))?;
    // SAFETY: a ready type is a live object.
    dict::set(object::dict(module), &key, unsafe { Object::from_ptr(ty.cast()) })
}
