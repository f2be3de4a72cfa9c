//! `list`.

use crate::abi::*;
use crate::object::{Object, Owned, Result};

#[unsafe(no_mangle)]
pub static mut PyList_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"list".as_ptr(),
    ..PyTypeObject::EMPTY
};

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.has_flag(Py_TPFLAGS_LIST_SUBCLASS)
}

/// A new empty list.
pub fn new() -> Result<Owned> {
    todo!()
}

pub fn from_owned(_items: Vec<Owned>) -> Result<Owned> {
    todo!()
}

pub fn append(_list: &Object, _item: &Object) -> Result<()> {
    todo!()
}

pub fn len(list: &Object) -> usize {
    // SAFETY: a list.
    unsafe { (*list.cast::<PyListObject>()).ob_base.ob_size as usize }
}

/// The item at `i`, if there is one.
pub fn get(_list: &Object, _i: usize) -> Option<Owned> {
    todo!()
}

pub fn as_tuple(_list: &Object) -> Result<Owned> {
    todo!()
}
