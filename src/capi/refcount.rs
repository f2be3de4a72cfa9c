//! `refcount.h`: counting references from code that does not inline it.

use crate::abi::*;
use crate::mem::refcount;

/// One more reference to `o`; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_IncRef(o: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { refcount::xincref(o) }
}

/// Gives up a reference to `o`; NULL is fine.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_DecRef(o: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { refcount::xdecref(o) }
}

/// One more reference to `o`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_IncRef(o: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { refcount::incref(o) }
}

/// Gives up a reference to `o`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_DecRef(o: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { refcount::decref(o) }
}

/// New reference: `obj` itself.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_NewRef(obj: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { refcount::incref(obj) };
    obj
}

/// New reference: `obj` itself, which may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_XNewRef(obj: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { refcount::xincref(obj) };
    obj
}

/// The number of references; of an immortal object, its fixed count.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_REFCNT(ob: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    unsafe { (*ob).ob_refcnt as Py_ssize_t }
}

/// Sets the number of references; an immortal object stays as it is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_SetRefcnt(ob: *mut PyObject, refcnt: Py_ssize_t) {
    // SAFETY: the caller's contract.
    unsafe {
        if !refcount::is_immortal(ob) {
            (*ob).ob_refcnt = refcnt as u32;
        }
    }
}

/// Ends an object whose count is zero.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_Dealloc(op: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { refcount::dealloc(op) }
}
