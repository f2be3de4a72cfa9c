//! What all interpreters share is made immortal: its count no longer changes, so threads need no lock for it.

use super::{gc, refcount};
use crate::abi::*;
use std::collections::HashSet;

/// The objects seen, and those whose inside is still to be looked at.
struct Reached {
    seen: HashSet<usize>,
    todo: Vec<*mut PyObject>,
}

unsafe extern "C" fn visit(op: *mut PyObject, reached: *mut c_void) -> c_int {
    // SAFETY: `tp_traverse` visits live objects; the rest is `everything_in`'s.
    unsafe {
        let reached = &mut *reached.cast::<Reached>();
        // Types are shared one by one.
        if (*(*op).ob_type).tp_flags & Py_TPFLAGS_TYPE_SUBCLASS == 0 && reached.seen.insert(op as usize) {
            reached.todo.push(op);
        }
    }
    0
}

/// Makes the dict, bases and resolution order of a static type immortal, with all that they reach, and takes it out
/// of the collector's lists.
pub fn everything_in(ty: *mut PyTypeObject) {
    let mut reached = Reached { seen: HashSet::new(), todo: Vec::new() };
    // SAFETY: start-up: nobody else sees the type; its objects are alive.
    unsafe {
        for root in [(*ty).tp_dict, (*ty).tp_bases, (*ty).tp_mro] {
            if !root.is_null() {
                visit(root, (&raw mut reached).cast());
            }
        }
        while let Some(op) = reached.todo.pop() {
            if !refcount::is_immortal(op) {
                refcount::make_immortal(op);
            }
            if gc::is_gc(op) {
                gc::untrack(op);
                if let Some(traverse) = (*(*op).ob_type).tp_traverse {
                    traverse(op, Some(visit), (&raw mut reached).cast());
                }
            }
        }
    }
}
