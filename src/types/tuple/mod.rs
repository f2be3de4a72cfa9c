//! `tuple`.

use crate::abi::*;
use crate::object::{Object, Owned, Result};

#[unsafe(no_mangle)]
pub static mut PyTuple_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"tuple".as_ptr(),
    ..PyTypeObject::EMPTY
};

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.has_flag(Py_TPFLAGS_TUPLE_SUBCLASS)
}

/// The empty tuple: one immortal object.
pub fn empty() -> Owned {
    todo!()
}

pub fn from_slice(_items: &[&Object]) -> Result<Owned> {
    todo!()
}

pub fn from_owned(_items: Vec<Owned>) -> Result<Owned> {
    todo!()
}

/// The items of a tuple or a subclass's instance.
#[inline(always)]
pub fn items(tuple: &Object) -> &[&Object] {
    let tuple = tuple.cast::<PyTupleObject>();
    // SAFETY: a tuple's items stand behind its head, none of them NULL once others see it.
    unsafe {
        std::slice::from_raw_parts((&raw const (*tuple).ob_item).cast::<&Object>(), (*tuple).ob_base.ob_size as usize)
    }
}
