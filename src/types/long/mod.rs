//! `int`: any size, in CPython's layout: a tag with sign and digit count, then 30-bit digits, least significant first.
//!
//! `layout` reads and makes that form, `convert` turns it into machine integers, and values beyond those go through
//! `num-bigint`. Values of one digit ("compact") take fast paths everywhere.

mod convert;
mod layout;

pub use convert::*;
pub use layout::*;

use crate::abi::*;
use crate::object::Object;

#[unsafe(no_mangle)]
pub static mut PyLong_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"int".as_ptr(),
    tp_basicsize: std::mem::offset_of!(PyLongObject, long_value.ob_digit) as isize,
    tp_itemsize: size_of::<digit>() as isize,
    tp_dealloc: Some(layout::dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_LONG_SUBCLASS,
    ..PyTypeObject::EMPTY
};

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.has_flag(Py_TPFLAGS_LONG_SUBCLASS)
}

#[inline(always)]
pub fn check_exact(o: &Object) -> bool {
    o.is_exact(&raw mut PyLong_Type)
}
