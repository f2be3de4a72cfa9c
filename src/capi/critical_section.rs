//! `critical_section.h`: locks on objects. The GIL is the lock here, so they do nothing, as in CPython's default build.

use crate::abi::*;

#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCriticalSection_Begin(_c: *mut PyCriticalSection, _op: *mut PyObject) {}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCriticalSection_BeginMutex(_c: *mut PyCriticalSection, _m: *mut PyMutex) {}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCriticalSection_End(_c: *mut PyCriticalSection) {}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCriticalSection2_Begin(_c: *mut PyCriticalSection2, _a: *mut PyObject, _b: *mut PyObject) {}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCriticalSection2_BeginMutex(
    _c: *mut PyCriticalSection2,
    _m1: *mut PyMutex,
    _m2: *mut PyMutex,
) {
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCriticalSection2_End(_c: *mut PyCriticalSection2) {}

// not provided: _PyCriticalSection_BeginSlow and its family, which only the free-threaded build calls.
