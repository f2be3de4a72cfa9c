//! `dict`.

use crate::abi::*;
use crate::object::{Object, Owned, Result};

#[unsafe(no_mangle)]
pub static mut PyDict_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"dict".as_ptr(),
    ..PyTypeObject::EMPTY
};

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.has_flag(Py_TPFLAGS_DICT_SUBCLASS)
}

/// A new empty dict.
pub fn new() -> Result<Owned> {
    todo!()
}

/// The value of `key`, or `None` (`PyDict_GetItemRef`). All functions here want a dict or a subclass's instance.
pub fn get(_dict: &Object, _key: &Object) -> Result<Option<Owned>> {
    todo!()
}

/// As [`get`] with a borrowed value: valid until the dict changes. `key` is a str, so nothing foreign runs for dicts
/// with str keys only.
pub fn get_borrowed<'a>(_dict: &'a Object, _key: &Object) -> Result<Option<&'a Object>> {
    todo!()
}

pub fn get_str(_dict: &Object, _key: &str) -> Result<Option<Owned>> {
    todo!()
}

pub fn set(_dict: &Object, _key: &Object, _value: &Object) -> Result<()> {
    todo!()
}

/// With the key as text, interned.
pub fn set_str(_dict: &Object, _key: &str, _value: &Object) -> Result<()> {
    todo!()
}

/// `KeyError` if `key` is not there.
pub fn del(_dict: &Object, _key: &Object) -> Result<()> {
    todo!()
}

/// Takes the value out; `None` if `key` is not there.
pub fn pop(_dict: &Object, _key: &Object) -> Result<Option<Owned>> {
    todo!()
}

/// The value of `key`, which becomes `default` if it was not there (`PyDict_SetDefaultRef`); true if it was there.
pub fn set_default(_dict: &Object, _key: &Object, _default: &Object) -> Result<(Owned, bool)> {
    todo!()
}

pub fn contains(_dict: &Object, _key: &Object) -> Result<bool> {
    todo!()
}

pub fn len(dict: &Object) -> isize {
    // SAFETY: a dict.
    unsafe { (*dict.cast::<PyDictObject>()).ma_used }
}

/// The entry at or behind `pos` in insertion order, `pos` then standing behind it (`PyDict_Next`).
pub fn next<'a>(_dict: &'a Object, _pos: &mut isize) -> Option<(&'a Object, &'a Object)> {
    todo!()
}

/// A copy of exact type dict.
pub fn copy(_dict: &Object) -> Result<Owned> {
    todo!()
}

pub fn clear(_dict: &Object) {
    todo!()
}

/// `PyDict_Merge`: from any mapping.
pub fn merge(_dict: &Object, _other: &Object, _override_existing: bool) -> Result<()> {
    todo!()
}
