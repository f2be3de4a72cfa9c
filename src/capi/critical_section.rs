//! `critical_section.h`: locks on objects. The GIL is the lock here, so they do nothing, as in CPython's default build.

use crate::abi::*;

/// Locks an object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCriticalSection_Begin(_c: *mut PyCriticalSection, _op: *mut PyObject) {}

/// Locks a mutex.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCriticalSection_BeginMutex(_c: *mut PyCriticalSection, _m: *mut PyMutex) {}

/// Ends what `PyCriticalSection_Begin` or `PyCriticalSection_BeginMutex` began.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCriticalSection_End(_c: *mut PyCriticalSection) {}

/// Locks two objects.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCriticalSection2_Begin(_c: *mut PyCriticalSection2, _a: *mut PyObject, _b: *mut PyObject) {}

/// Locks two mutexes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCriticalSection2_BeginMutex(
    _c: *mut PyCriticalSection2,
    _m1: *mut PyMutex,
    _m2: *mut PyMutex,
) {
}

/// Ends what `PyCriticalSection2_Begin` or `PyCriticalSection2_BeginMutex` began.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCriticalSection2_End(_c: *mut PyCriticalSection2) {}

// not provided: _PyCriticalSection_BeginSlow and its family, which only the free-threaded build calls.
