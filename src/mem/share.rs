//! What all interpreters share is made immortal: its count no longer changes, so threads need no lock for it.

use super::{gc, refcount};
use crate::abi::*;

/// An object that is immortal was looked at before, so nothing else has to be remembered.
unsafe extern "C" fn visit(op: *mut PyObject, todo: *mut c_void) -> c_int {
    // SAFETY: `tp_traverse` visits live objects; the rest is `everything_from`'s.
    unsafe {
        // Types are shared one by one.
        if !refcount::is_immortal(op) && (*(*op).ob_type).tp_flags & Py_TPFLAGS_TYPE_SUBCLASS == 0 {
            refcount::make_immortal(op);
            (*todo.cast::<Vec<*mut PyObject>>()).push(op);
        }
    }
    0
}

/// Makes some objects immortal, with all that they reach, and takes them out of the collector's lists.
///
/// # Safety
/// Each is NULL or alive, and nobody else sees them.
pub unsafe fn everything_from(roots: &[*mut PyObject]) {
    let mut todo: Vec<*mut PyObject> = Vec::new();
    // SAFETY: start-up: objects are alive.
    unsafe {
        for &root in roots {
            if !root.is_null() {
                refcount::make_immortal(root);
                todo.push(root);
            }
        }
        while let Some(op) = todo.pop() {
            if gc::is_gc(op) {
                gc::untrack(op);
                if let Some(traverse) = (*(*op).ob_type).tp_traverse {
                    traverse(op, Some(visit), (&raw mut todo).cast());
                }
            }
        }
    }
}
