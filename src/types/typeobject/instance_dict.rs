//! Where an instance keeps its `__dict__`: at an offset of its struct, or with `Py_TPFLAGS_MANAGED_DICT` in the word
//! three before the object. The dict itself is made when something is first put into it.

use super::{dict_of, has_flag, names};
use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, Owned, Result, lifecycle};
use crate::raise;
use crate::types::dict;
use std::ptr;

/// A managed dict stands so many words before its object, a managed list of weak references one further.
pub const MANAGED_DICT_WORD: usize = 3;
pub const MANAGED_WEAKREF_OFFSET: isize = -4 * size_of::<*mut PyObject>() as isize;

/// Where the dict of an instance is kept; NULL if it can't have one (`_PyObject_GetDictPtr`).
#[inline]
pub fn dict_place(o: &Object) -> *mut *mut PyObject {
    if o.has_flag(Py_TPFLAGS_MANAGED_DICT | Py_TPFLAGS_TYPE_SUBCLASS) {
        if o.has_flag(Py_TPFLAGS_MANAGED_DICT) {
            return o.as_ptr().cast::<*mut PyObject>().wrapping_sub(MANAGED_DICT_WORD);
        }
        // A static type's dict is made when it is asked for.
        dict_of(o.cast());
    }
    // SAFETY: a borrow is alive.
    unsafe { computed_place(o.as_ptr()) }
}

/// From the type's offset alone; a negative one counts from the end of a variable-size instance.
///
/// # Safety
/// `op` is an instance.
#[inline]
pub unsafe fn computed_place(op: *mut PyObject) -> *mut *mut PyObject {
    // SAFETY: the caller's word.
    unsafe {
        let ty = (*op).ob_type;
        let mut offset = (*ty).tp_dictoffset;
        if offset == 0 {
            return ptr::null_mut();
        }
        if offset < 0 {
            let n = (*op.cast::<PyVarObject>()).ob_size.abs();
            offset += lifecycle::var_size(ty, n).unwrap_or(0) as isize;
        }
        op.cast::<u8>().wrapping_offset(offset).cast()
    }
}

/// The dict of an instance, if it has one already.
#[inline]
pub fn instance_dict(o: &Object) -> Option<&Object> {
    let place = dict_place(o);
    if place.is_null() {
        return None;
    }
    // SAFETY: the place belongs to the instance and holds NULL or a dict.
    unsafe { Object::optional(*place) }
}

/// The dict of an instance, made if it is not there yet; `None` if the instance can't have one.
pub fn dict_or_create(o: &Object) -> Result<Option<&Object>> {
    let place = dict_place(o);
    if place.is_null() {
        return Ok(None);
    }
    // SAFETY: the place belongs to the instance and holds NULL or a dict.
    unsafe {
        if (*place).is_null() {
            *place = dict::new()?.into_raw();
        }
        Ok(Some(Object::from_ptr(*place)))
    }
}

/// `PyObject_GenericGetDict`, the getter behind `__dict__`.
pub fn generic_get(o: &Object) -> Result<Owned> {
    match dict_or_create(o)? {
        Some(dict) => Ok(dict.to_owned()),
        None => Err(raise!(AttributeError, "This object has no __dict__")),
    }
}

/// `PyObject_GenericSetDict`.
pub fn generic_set(o: &Object, value: Option<&Object>) -> Result<()> {
    let Some(value) = value else {
        return Err(raise!(TypeError, "cannot delete __dict__"));
    };
    if !dict::check(value) {
        let found = names::tp_name(value.ty());
        return Err(raise!(TypeError, "__dict__ must be set to a dictionary, not a '{found}'"));
    }
    let place = dict_place(o);
    if place.is_null() {
        return Err(raise!(AttributeError, "This object has no __dict__"));
    }
    // SAFETY: the place owns what it holds.
    unsafe {
        let old = place.replace(value.to_owned().into_raw());
        refcount::xdecref(old);
    }
    Ok(())
}

/// `PyObject_VisitManagedDict`.
///
/// # Safety
/// `op` is an instance; the visitor is the collector's.
pub unsafe fn visit_managed_dict(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: the caller's word.
    unsafe {
        if !has_flag((*op).ob_type, Py_TPFLAGS_MANAGED_DICT) {
            return 0;
        }
        let dict = *op.cast::<*mut PyObject>().sub(MANAGED_DICT_WORD);
        if dict.is_null() { 0 } else { visit.unwrap_unchecked()(dict, arg) }
    }
}

/// `PyObject_ClearManagedDict`.
///
/// # Safety
/// `op` is an instance.
pub unsafe fn clear_managed_dict(op: *mut PyObject) {
    // SAFETY: the caller's word; the word owns what it holds.
    unsafe {
        if has_flag((*op).ob_type, Py_TPFLAGS_MANAGED_DICT) {
            refcount::clear(op.cast::<*mut PyObject>().sub(MANAGED_DICT_WORD));
        }
    }
}

/// Puts a dict (or NULL) in the place of the managed one, which is given up.
///
/// # Safety
/// `op` is an instance with a managed dict; `dict` is NULL or a dict.
pub unsafe fn set_managed_dict(op: *mut PyObject, dict: *mut PyObject) {
    // SAFETY: the caller's word; the word owns what it holds.
    unsafe {
        refcount::xincref(dict);
        let old = op.cast::<*mut PyObject>().sub(MANAGED_DICT_WORD).replace(dict);
        refcount::xdecref(old);
    }
}
