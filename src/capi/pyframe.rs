//! `pyframe.h`: what a frame says of itself.

use crate::abi::*;
use crate::object::{Object, api, ptr::raw_or_null};
use crate::types::{classobject, code, descr, frame, none, unicode};
use std::ffi::CStr;

/// # Safety
/// `frame` is a frame.
unsafe fn object<'a>(frame: *mut PyFrameObject) -> &'a Object {
    // SAFETY: the caller's contract.
    unsafe { Object::from_ptr(frame.cast()) }
}

/// The line the frame stands at.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFrame_GetLineNumber(frame: *mut PyFrameObject) -> c_int {
    // SAFETY: the caller's contract.
    frame::lineno(unsafe { object(frame) })
}

/// New reference: the frame's code.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFrame_GetCode(frame: *mut PyFrameObject) -> *mut PyCodeObject {
    // SAFETY: the caller's contract.
    frame::code_of(unsafe { object(frame) }).into_raw().cast()
}

/// New reference: the frame that called this one, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFrame_GetBack(frame: *mut PyFrameObject) -> *mut PyFrameObject {
    // SAFETY: the caller's contract.
    raw_or_null(frame::back(unsafe { object(frame) })).cast()
}

/// New reference: the frame's locals, a mapping.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFrame_GetLocals(frame: *mut PyFrameObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| frame::locals(unsafe { object(frame) }))
}

/// New reference: the frame's globals.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFrame_GetGlobals(frame: *mut PyFrameObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    frame::globals(unsafe { object(frame) }).into_raw()
}

/// New reference: the builtins that the frame's code sees.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFrame_GetBuiltins(frame: *mut PyFrameObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    frame::builtins(unsafe { object(frame) }).into_raw()
}

/// New reference: `None`, because no frame here belongs to a generator.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFrame_GetGenerator(_frame: *mut PyFrameObject) -> *mut PyObject {
    none::none().into_raw()
}

/// The byte offset of the last instruction.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFrame_GetLasti(frame: *mut PyFrameObject) -> c_int {
    // SAFETY: the caller's contract.
    frame::lasti(unsafe { object(frame) })
}

/// New reference: the local variable `name`; `NameError` if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFrame_GetVar(frame: *mut PyFrameObject, name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { frame::variable(object(frame), Object::from_ptr(name)) })
}

/// As `PyFrame_GetVar`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFrame_GetVarString(frame: *mut PyFrameObject, name: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let name = unicode::from_utf8(CStr::from_ptr(name).to_bytes())?;
        frame::variable(object(frame), &name)
    })
}

/// The types of what executes in a frame, by the kind that debuggers find in it. The kind 2 is not used.
#[unsafe(no_mangle)]
pub static mut PyUnstable_ExecutableKinds: [*const PyTypeObject; 6] = [
    &raw const none::_PyNone_Type,
    &raw const code::PyCode_Type,
    std::ptr::null(),
    &raw const classobject::PyMethod_Type,
    &raw const descr::method::PyMethodDescr_Type,
    std::ptr::null(),
];
