//! Tracebacks: the chain of frames that an exception passed through. (Being built.)

use crate::abi::*;

#[unsafe(no_mangle)]
pub static mut PyTraceBack_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"traceback".as_ptr(),
    tp_basicsize: size_of::<PyTracebackObject>() as isize,
    ..PyTypeObject::EMPTY
};
