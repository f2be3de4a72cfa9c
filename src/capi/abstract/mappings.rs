//! Mappings.

use super::yes_or_unraisable;
use crate::abi::*;
use crate::capi::dictobject::{PyDict_Items, PyDict_Keys, PyDict_Values};
use crate::object::{Object, Owned, Result, api, error, mapping, store_optional};

/// 1 if `o` has subscripts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_Check(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { Object::optional(o).is_some_and(mapping::check) as c_int }
}

/// The number of items, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_Size(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { mapping::size_unchecked(Object::new(o)?) })
}

/// The number of items, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_Length(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { mapping::size_unchecked(Object::new(o)?) })
}

/// 1 if `key` is in `o`; errors are reported as unraisable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_HasKey(o: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let found = api_optional(o, Object::new(key));
        yes_or_unraisable(
            found,
            "Exception ignored in PyMapping_HasKey(); consider using PyMapping_HasKeyWithError(), \
            PyMapping_GetOptionalItem() or PyObject_GetItem()",
        )
    }
}

/// 1 if `key` is in `o`; errors are reported as unraisable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_HasKeyString(o: *mut PyObject, key: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let key = super::key(key);
        let found = api_optional(o, key.as_deref().map_err(|_| error::Raised::already()));
        yes_or_unraisable(
            found,
            "Exception ignored in PyMapping_HasKeyString(); consider using PyMapping_HasKeyStringWithError(), \
            PyMapping_GetOptionalItemString() or PyMapping_GetItemString()",
        )
    }
}

/// # Safety
/// `o` is NULL or alive.
unsafe fn api_optional(o: *mut PyObject, key: Result<&Object>) -> Result<bool> {
    // SAFETY: the caller's contract.
    Ok(mapping::get_optional(unsafe { Object::new(o)? }, key?)?.is_some())
}

/// 1 if `key` is in `o`, 0 if not, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_HasKeyWithError(o: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { api_optional(o, Object::new(key)) })
}

/// 1 if `key` is in `o`, 0 if not, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_HasKeyStringWithError(o: *mut PyObject, key: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { api_optional(o, Ok(&*super::key(key)?)) })
}

/// New reference: a list of what `o.keys()` gives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_Keys(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let o = Object::new(o)?;
        if o.is_exact(&raw mut crate::types::dict::PyDict_Type) {
            return Owned::from_c(PyDict_Keys(o.as_ptr()));
        }
        mapping::method_list(o, crate::name!(keys))
    })
}

/// New reference: a list of what `o.values()` gives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_Values(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let o = Object::new(o)?;
        if o.is_exact(&raw mut crate::types::dict::PyDict_Type) {
            return Owned::from_c(PyDict_Values(o.as_ptr()));
        }
        mapping::method_list(o, crate::name!(values))
    })
}

/// New reference: a list of what `o.items()` gives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_Items(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let o = Object::new(o)?;
        if o.is_exact(&raw mut crate::types::dict::PyDict_Type) {
            return Owned::from_c(PyDict_Items(o.as_ptr()));
        }
        mapping::method_list(o, crate::name!(items))
    })
}

/// New reference: `o[key]`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_GetItemString(o: *mut PyObject, key: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::new(o)?.getitem(&*super::key(key)?) })
}

/// New reference in `result`: 1; NULL if there is no such key: 0; -1 on error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_GetOptionalItem(
    o: *mut PyObject,
    key: *mut PyObject,
    result: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { store_optional(result, (|| mapping::get_optional(Object::new(o)?, Object::new(key)?))()) }
}

/// As `PyMapping_GetOptionalItem`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_GetOptionalItemString(
    o: *mut PyObject,
    key: *const c_char,
    result: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { store_optional(result, (|| mapping::get_optional(Object::new(o)?, &*super::key(key)?))()) }
}

/// `o[key] = value`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_SetItemString(o: *mut PyObject, key: *const c_char, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::new(o)?.setitem(&*super::key(key)?, Object::new(value)?) })
}
