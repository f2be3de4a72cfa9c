//! Reference tracers: a function that hears of every object's birth and death (`PyRefTracer_SetTracer`).
//!
//! One for the process, as in CPython. It is set with a thread state attached, before other interpreters run in
//! parallel.

use crate::abi::*;
use std::ptr;

struct Tracer {
    function: PyRefTracer,
    data: *mut c_void,
}

static mut TRACER: Tracer = Tracer { function: None, data: ptr::null_mut() };

/// `PyRefTracer_CREATE` and `PyRefTracer_DESTROY`.
const CREATE: c_int = 0;
const DESTROY: c_int = 1;

#[inline(always)]
pub fn active() -> bool {
    // SAFETY: changed only as the head says.
    unsafe {
        let function = TRACER.function;
        function.is_some()
    }
}

pub fn set(function: PyRefTracer, data: *mut c_void) {
    // SAFETY: changed only as the head says.
    unsafe { TRACER = Tracer { function, data } }
}

pub fn get() -> (PyRefTracer, *mut c_void) {
    // SAFETY: changed only as the head says.
    unsafe { (TRACER.function, TRACER.data) }
}

#[cold]
fn report(op: *mut PyObject, event: c_int) {
    let (function, data) = get();
    if let Some(function) = function {
        // SAFETY: the tracer's contract: it neither raises nor keeps the object.
        unsafe { function(op, event, data) };
    }
}

pub fn report_birth(op: *mut PyObject) {
    report(op, CREATE);
}

pub fn report_end(op: *mut PyObject) {
    report(op, DESTROY);
}
