//! The attributes of a function that are more than a field: what may be put into them, who hears of it, and the
//! annotations, which are made when first asked for.

use super::{O, put, tell};
use crate::abi::*;
use crate::object::{Object, Result, api, audit, error};
use crate::raise;
use crate::types::typeobject::{exports, names};
use crate::types::{code, dict, none, tuple, unicode};
use std::ptr;

const fn get_set(name: &'static std::ffi::CStr, get: getter, set: setter) -> PyGetSetDef {
    PyGetSetDef::new(name, get, set, ptr::null())
}

pub(super) static GETSET: [PyGetSetDef; 11] = [
    get_set(c"__code__", Some(get_code), Some(set_code)),
    get_set(c"__defaults__", Some(get_defaults), Some(assign_defaults)),
    get_set(c"__kwdefaults__", Some(get_kwdefaults), Some(assign_kwdefaults)),
    get_set(c"__annotations__", Some(get_annotations), Some(assign_annotations)),
    get_set(c"__annotate__", Some(get_annotate), Some(assign_annotate)),
    get_set(c"__dict__", Some(exports::PyObject_GenericGetDict), Some(exports::PyObject_GenericSetDict)),
    get_set(c"__name__", Some(get_name), Some(assign_name)),
    get_set(c"__qualname__", Some(get_qualname), Some(assign_qualname)),
    get_set(c"__type_params__", Some(get_type_params), Some(assign_type_params)),
    get_set(c"__module__", Some(get_module), Some(assign_module)),
    PyGetSetDef::END,
];

macro_rules! audited_getters {
    ($($name:ident $field:ident $attribute:literal)*) => { $(
        unsafe extern "C" fn $name(op: O, _closure: *mut c_void) -> O {
            // SAFETY: slot.
            api(|| unsafe {
                audit::reading(Object::from_ptr(op), $attribute)?;
                Ok(Object::optional((*op.cast::<PyFunctionObject>()).$field).unwrap_or(none::none_ref()).to_owned())
            })
        }
    )* };
}

audited_getters! {
    get_code func_code "__code__"
    get_defaults func_defaults "__defaults__"
    get_kwdefaults func_kwdefaults "__kwdefaults__"
}

macro_rules! getters {
    ($($name:ident $field:ident)*) => { $(
        unsafe extern "C" fn $name(op: O, _closure: *mut c_void) -> O {
            // SAFETY: slot.
            api(|| unsafe {
                Object::optional((*op.cast::<PyFunctionObject>()).$field).unwrap_or(none::none_ref()).to_owned()
            })
        }
    )* };
}

getters! {
    get_annotate func_annotate
    get_name func_name
    get_qualname func_qualname
    get_module func_module
}

unsafe extern "C" fn set_code(op: O, value: O, _closure: *mut c_void) -> c_int {
    api(|| -> Result<()> {
        // SAFETY: slot.
        unsafe {
            let this = op.cast::<PyFunctionObject>();
            let Some(code) = Object::optional(value).filter(|code| code::check(code)) else {
                return Err(raise!(TypeError, "__code__ must be set to a code object"));
            };
            audit::changing(Object::from_ptr(op), "__code__", Some(code))?;
            let free = (*code.cast::<PyCodeObject>()).co_nfreevars as usize;
            let has = Object::optional((*this).func_closure).map_or(0, |closure| tuple::items(closure).len());
            if free != has {
                return Err(raise!(
                    ValueError,
                    "{}() requires a code object with {has} free vars, not {free}",
                    error::Text(Object::from_ptr((*this).func_name))
                ));
            }
            tell(PyFunction_EVENT_MODIFY_CODE, this, value);
            (*this).func_version = 0;
            put(&raw mut (*this).func_code, Some(code));
        }
        Ok(())
    })
}

/// The value for an attribute that None and deletion empty, if it is of the right kind.
unsafe fn optional<'a>(value: O, fits: fn(&Object) -> bool, message: &str) -> Result<Option<&'a Object>> {
    // SAFETY: the caller's word: NULL or alive.
    match unsafe { Object::optional(value) }.filter(|value| !value.is_none()) {
        Some(value) if !fits(value) => Err(raise!(TypeError, "{message}")),
        value => Ok(value),
    }
}

unsafe extern "C" fn assign_defaults(op: O, value: O, _closure: *mut c_void) -> c_int {
    api(|| -> Result<()> {
        // SAFETY: slot.
        unsafe {
            let value = optional(value, tuple::check, "__defaults__ must be set to a tuple object")?;
            audit::changing(Object::from_ptr(op), "__defaults__", value)?;
            set_defaults(op.cast(), value);
        }
        Ok(())
    })
}

/// `None` takes the defaults away.
///
/// # Safety
/// `this` is a function, `value` a tuple.
pub unsafe fn set_defaults(this: *mut PyFunctionObject, value: Option<&Object>) {
    // SAFETY: the caller's word.
    unsafe {
        tell(PyFunction_EVENT_MODIFY_DEFAULTS, this, value.map_or(ptr::null_mut(), Object::as_ptr));
        (*this).func_version = 0;
        put(&raw mut (*this).func_defaults, value);
    }
}

unsafe extern "C" fn assign_kwdefaults(op: O, value: O, _closure: *mut c_void) -> c_int {
    api(|| -> Result<()> {
        // SAFETY: slot.
        unsafe {
            let value = optional(value, dict::check, "__kwdefaults__ must be set to a dict object")?;
            audit::changing(Object::from_ptr(op), "__kwdefaults__", value)?;
            set_kwdefaults(op.cast(), value);
        }
        Ok(())
    })
}

/// `None` takes the defaults away.
///
/// # Safety
/// `this` is a function, `value` a dict.
pub unsafe fn set_kwdefaults(this: *mut PyFunctionObject, value: Option<&Object>) {
    // SAFETY: the caller's word.
    unsafe {
        tell(PyFunction_EVENT_MODIFY_KWDEFAULTS, this, value.map_or(ptr::null_mut(), Object::as_ptr));
        (*this).func_version = 0;
        put(&raw mut (*this).func_kwdefaults, value);
    }
}

/// `PyFunction_SetClosure`.
///
/// # Safety
/// `this` is a function, `value` a tuple of cells.
pub unsafe fn set_closure(this: *mut PyFunctionObject, value: Option<&Object>) {
    // SAFETY: the caller's word.
    unsafe {
        (*this).func_version = 0;
        put(&raw mut (*this).func_closure, value);
    }
}

/// `PyFunction_SetAnnotations`.
///
/// # Safety
/// `this` is a function, `value` a dict.
pub unsafe fn set_annotations(this: *mut PyFunctionObject, value: Option<&Object>) {
    // SAFETY: the caller's word.
    unsafe {
        (*this).func_version = 0;
        put(&raw mut (*this).func_annotations, value);
        put(&raw mut (*this).func_annotate, None);
    }
}

/// The annotations, made by `__annotate__` when first asked for; None if there are none (`PyFunction_GetAnnotations`).
///
/// # Safety
/// `this` is a function.
pub unsafe fn annotations<'a>(this: *mut PyFunctionObject) -> Result<&'a Object> {
    // SAFETY: the caller's word.
    unsafe {
        if (*this).func_annotations.is_null() {
            let annotate = Object::optional((*this).func_annotate).filter(|annotate| annotate.is_callable());
            let made = match annotate {
                Some(annotate) => {
                    let made = annotate.to_owned().call(&[&*crate::types::long::from_i64(1)?])?;
                    if !dict::check(&made) {
                        let found = names::tp_name(made.ty());
                        return Err(raise!(TypeError, "__annotate__() must return a dict, not {found}"));
                    }
                    made
                }
                None => return Ok(none::none_ref()),
            };
            (*this).func_annotations = made.into_raw();
        }
        Ok(Object::from_ptr((*this).func_annotations))
    }
}

unsafe extern "C" fn get_annotations(op: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<PyFunctionObject>();
        let found = annotations(this)?;
        if !found.is_none() {
            return Ok(found.to_owned());
        }
        (*this).func_annotations = dict::new()?.into_raw();
        Ok(Object::from_ptr((*this).func_annotations).to_owned())
    })
}

unsafe extern "C" fn assign_annotations(op: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        optional(value, dict::check, "__annotations__ must be set to a dict object")
            .map(|value| set_annotations(op.cast(), value))
    })
}

unsafe extern "C" fn assign_annotate(op: O, value: O, _closure: *mut c_void) -> c_int {
    api(|| -> Result<()> {
        // SAFETY: slot.
        unsafe {
            let this = op.cast::<PyFunctionObject>();
            let Some(value) = Object::optional(value) else {
                return Err(raise!(TypeError, "__annotate__ cannot be deleted"));
            };
            if !value.is_none() && !value.is_callable() {
                return Err(raise!(TypeError, "__annotate__ must be callable or None"));
            }
            put(&raw mut (*this).func_annotate, Some(value));
            if !value.is_none() {
                put(&raw mut (*this).func_annotations, None);
            }
        }
        Ok(())
    })
}

unsafe extern "C" fn assign_name(op: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<PyFunctionObject>();
        string(value, "__name__").map(|value| put(&raw mut (*this).func_name, Some(value)))
    })
}

unsafe extern "C" fn assign_qualname(op: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<PyFunctionObject>();
        string(value, "__qualname__").map(|value| put(&raw mut (*this).func_qualname, Some(value)))
    })
}

unsafe fn string<'a>(value: O, attribute: &str) -> Result<&'a Object> {
    // SAFETY: the caller's word: NULL or alive.
    match unsafe { Object::optional(value) } {
        Some(value) if unicode::check(value) => Ok(value),
        _ => Err(raise!(TypeError, "{attribute} must be set to a string object")),
    }
}

unsafe extern "C" fn get_type_params(op: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        match Object::optional((*op.cast::<PyFunctionObject>()).func_typeparams) {
            Some(params) => params.to_owned(),
            None => tuple::empty(),
        }
    })
}

unsafe extern "C" fn assign_type_params(op: O, value: O, _closure: *mut c_void) -> c_int {
    api(|| -> Result<()> {
        // SAFETY: slot.
        unsafe {
            match Object::optional(value) {
                Some(value) if tuple::check(value) => {
                    put(&raw mut (*op.cast::<PyFunctionObject>()).func_typeparams, Some(value));
                    Ok(())
                }
                _ => Err(raise!(TypeError, "__type_params__ must be set to a tuple")),
            }
        }
    })
}

unsafe extern "C" fn assign_module(op: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe { put(&raw mut (*op.cast::<PyFunctionObject>()).func_module, Object::optional(value)) };
    0
}
