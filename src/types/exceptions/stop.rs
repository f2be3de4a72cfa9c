//! `StopIteration` and `SystemExit`: exceptions that bring a value.

use super::{base, extended, fields};
use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, Owned};
use crate::types::{none, tuple};
use std::mem::offset_of;

struct Value;

impl fields::Fields for Value {
    const OFFSETS: &'static [usize] = &[offset_of!(PyStopIterationObject, value)];
}

struct Code;

impl fields::Fields for Code {
    const OFFSETS: &'static [usize] = &[offset_of!(PySystemExitObject, code)];
}

pub(super) const STOP_ITERATION: PyTypeObject = PyTypeObject {
    tp_init: Some(init_stop_iteration),
    tp_members: table(&STOP_ITERATION_MEMBERS),
    ..extended::<PyStopIterationObject, Value>(c"StopIteration", &raw mut super::Exception, c"The end of an iterator.")
};

static STOP_ITERATION_MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::new(c"value", _Py_T_OBJECT, offset_of!(PyStopIterationObject, value), 0), PyMemberDef::END];

pub(super) const SYSTEM_EXIT: PyTypeObject = PyTypeObject {
    tp_init: Some(init_system_exit),
    tp_members: table(&SYSTEM_EXIT_MEMBERS),
    ..extended::<PySystemExitObject, Code>(
        c"SystemExit",
        &raw mut super::BaseException,
        c"The program is asked to exit.",
    )
};

static SYSTEM_EXIT_MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::new(c"code", _Py_T_OBJECT, offset_of!(PySystemExitObject, code), 0), PyMemberDef::END];

/// Puts a value into a field that owns it.
///
/// # Safety
/// `place` is a field of an exception.
pub(super) unsafe fn put(place: *mut *mut PyObject, value: Option<Owned>) {
    // SAFETY: the caller's word.
    unsafe { refcount::xdecref(place.replace(crate::object::ptr::raw_or_null(value))) }
}

unsafe extern "C" fn init_stop_iteration(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe {
        if base::init(op, args, kwds) < 0 {
            return -1;
        }
        let value = match tuple::items(Object::from_ptr(args)) {
            [first, ..] => (*first).to_owned(),
            [] => none::none(),
        };
        put(&raw mut (*op.cast::<PyStopIterationObject>()).value, Some(value));
        0
    }
}

unsafe extern "C" fn init_system_exit(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe {
        if base::init(op, args, kwds) < 0 {
            return -1;
        }
        let args = Object::from_ptr(args);
        let code = match tuple::items(args) {
            [] => return 0,
            [one] => (*one).to_owned(),
            _ => args.to_owned(),
        };
        put(&raw mut (*op.cast::<PySystemExitObject>()).code, Some(code));
        0
    }
}

/// The value of a `StopIteration`.
pub fn value(e: &Object) -> Owned {
    // SAFETY: layout: the caller's.
    let value = unsafe { Object::optional((*e.cast::<PyStopIterationObject>()).value) };
    value.map_or_else(none::none, Object::to_owned)
}

/// The code of a `SystemExit`.
pub fn exit_code(e: &Object) -> Owned {
    // SAFETY: layout: the caller's.
    let code = unsafe { Object::optional((*e.cast::<PySystemExitObject>()).code) };
    code.map_or_else(none::none, Object::to_owned)
}
