//! The type machinery: making a type ready, its resolution order, slots and their wrappers, specs, the attribute cache.

use crate::abi::*;
use crate::object::{Object, Owned, Result};

#[unsafe(no_mangle)]
pub static mut PyType_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut PyType_Type, 0),
    tp_name: c"type".as_ptr(),
    ..PyTypeObject::EMPTY
};

#[unsafe(no_mangle)]
pub static mut PyBaseObject_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut PyType_Type, 0),
    tp_name: c"object".as_ptr(),
    ..PyTypeObject::EMPTY
};

/// `PyType_Ready`.
pub fn ready(_ty: *mut PyTypeObject) -> Result<()> {
    todo!()
}

/// `PyType_IsSubtype`: `a` is `b` or derives from it.
pub fn is_subtype(_a: *mut PyTypeObject, _b: *mut PyTypeObject) -> bool {
    todo!()
}

/// `_PyType_Lookup`: `name` in the dicts along the resolution order, through the attribute cache. Never raises.
pub fn lookup<'a>(_ty: *mut PyTypeObject, _name: &Object) -> Option<&'a Object> {
    todo!()
}

/// `PyType_GenericAlloc`: zeroed memory for an instance with `n` items, tracked if collectable.
pub fn generic_alloc(_ty: *mut PyTypeObject, _n: isize) -> Result<Owned> {
    todo!()
}

/// The part of `tp_name` behind the last dot (`_PyType_Name`).
pub fn name<'a>(_ty: *mut PyTypeObject) -> &'a str {
    todo!()
}

/// `tp_name` as it is, the "%.200s" of many messages: cut at 200 bytes.
pub fn tp_name<'a>(_ty: *mut PyTypeObject) -> &'a str {
    todo!()
}

/// `PyType_GetFullyQualifiedName`: the "%T" of newer messages.
pub fn fully_qualified_name(_ty: *mut PyTypeObject) -> Result<Owned> {
    todo!()
}
