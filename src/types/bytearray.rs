//! `bytearray`: bytes that change. While a buffer of it is exported its size is fixed.

use crate::abi::*;
use crate::object::Object;

#[unsafe(no_mangle)]
pub static mut PyByteArray_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"bytearray".as_ptr(),
    tp_basicsize: size_of::<PyByteArrayObject>() as isize,
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    ..PyTypeObject::EMPTY
};

pub fn check(o: &Object) -> bool {
    o.is_a(&raw mut PyByteArray_Type)
}

/// The bytes of a bytearray or a subclass's instance, as they are now.
pub fn as_slice(o: &Object) -> &[u8] {
    let array = o.cast::<PyByteArrayObject>();
    // SAFETY: layout: `ob_size` bytes at `ob_start`, which is NULL only when there are none.
    unsafe {
        let n = (*array).ob_base.ob_size as usize;
        if n == 0 { &[] } else { std::slice::from_raw_parts((*array).ob_start.cast(), n) }
    }
}
