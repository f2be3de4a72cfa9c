//! internal/pycore_interp.h: interpreters by their ids.

use crate::abi::*;
use crate::lifecycle::subinterpreter;
use crate::object::{Object, api};
use crate::runtime::{Interpreter, ids};

/// The interpreter with this id, or NULL with `InterpreterNotFoundError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterState_LookUpID(requested_id: i64) -> *mut PyInterpreterState {
    api(|| ids::look_up(requested_id)).cast()
}

/// As `_PyInterpreterState_LookUpID`, of an int. `TypeError`, `ValueError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterState_LookUpIDObject(requested_id: *mut PyObject) -> *mut PyInterpreterState {
    // SAFETY: the caller's contract.
    api(|| ids::look_up(ids::from_object(unsafe { Object::new(requested_id) }?)?)).cast()
}

/// The id that an int stands for, or -1 with `TypeError`, `ValueError` or `OverflowError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterState_ObjectToID(idobj: *mut PyObject) -> i64 {
    // SAFETY: the caller's contract.
    unsafe { Object::new(idobj) }.and_then(ids::from_object).unwrap_or(-1)
}

/// One reference more to the interpreter's id.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterState_IDIncref(interp: *mut PyInterpreterState) {
    // SAFETY: the caller's contract.
    unsafe { ids::incref(interp.cast()) }
}

/// One reference less; the last ends the interpreter if that was asked for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterState_IDDecref(interp: *mut PyInterpreterState) {
    // SAFETY: the caller's contract.
    unsafe {
        if ids::decref(interp.cast()) {
            subinterpreter::end_from_outside(interp.cast());
        }
    }
}

/// 1 once the interpreter is set up.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterState_IsReady(interp: *mut PyInterpreterState) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { c_int::from((*interp.cast::<Interpreter>()).ready) }
}

/// What the interpreter was made by.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyInterpreterState_GetWhence(interp: *mut PyInterpreterState) -> c_long {
    // SAFETY: the caller's contract.
    unsafe { (*interp.cast::<Interpreter>()).whence }
}

// not provided: _PyInterpreterState_New, with which CPython makes its own interpreters: Py_NewInterpreterFromConfig is
// what programs use.
