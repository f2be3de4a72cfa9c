//! `int`.

use crate::abi::*;
use crate::object::{Object, Owned, Result};

#[unsafe(no_mangle)]
pub static mut PyLong_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"int".as_ptr(),
    ..PyTypeObject::EMPTY
};

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.has_flag(Py_TPFLAGS_LONG_SUBCLASS)
}

pub fn from_i64(_value: i64) -> Result<Owned> {
    todo!()
}

pub fn from_u64(_value: u64) -> Result<Owned> {
    todo!()
}

/// The value of an int, or of an object with `__index__`; `OverflowError` "Python int too large to convert to C long".
pub fn as_i64(_o: &Object) -> Result<i64> {
    todo!()
}

/// As `PyLong_AsSsize_t`: an int only.
pub fn as_isize(_o: &Object) -> Result<isize> {
    todo!()
}
