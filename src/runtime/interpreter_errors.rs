//! `InterpreterError` and `InterpreterNotFoundError` of the module `concurrent.interpreters`.

use crate::abi::*;
use crate::types::exceptions;
use crate::types::typeobject::PyType_Type;

const BASE: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut PyType_Type, 0),
    tp_basicsize: size_of::<PyBaseExceptionObject>() as isize,
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    ..PyTypeObject::EMPTY
};

pub static mut INTERPRETER_ERROR: PyTypeObject = PyTypeObject {
    tp_name: c"concurrent.interpreters.InterpreterError".as_ptr(),
    tp_doc: c"Something about another interpreter failed.".as_ptr(),
    tp_base: &raw mut exceptions::Exception,
    ..BASE
};

pub static mut INTERPRETER_NOT_FOUND_ERROR: PyTypeObject = PyTypeObject {
    tp_name: c"concurrent.interpreters.InterpreterNotFoundError".as_ptr(),
    tp_doc: c"There is no such interpreter.".as_ptr(),
    tp_base: &raw mut INTERPRETER_ERROR,
    ..BASE
};

/// The class as C has it.
#[unsafe(no_mangle)]
pub static mut PyExc_InterpreterError: *mut PyObject = (&raw mut INTERPRETER_ERROR).cast();

/// The class as C has it.
#[unsafe(no_mangle)]
pub static mut PyExc_InterpreterNotFoundError: *mut PyObject = (&raw mut INTERPRETER_NOT_FOUND_ERROR).cast();
