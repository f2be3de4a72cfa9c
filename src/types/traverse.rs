//! What an object refers to: visiting it (`Py_VISIT`, for `tp_traverse`) and giving it up (for `tp_dealloc`).

use crate::abi::*;

/// Shows `op` to the collector; NULL is passed over. Not 0 ends the traversal.
///
/// # Safety
/// `visit` and `arg` are those that `tp_traverse` was called with; `op` is NULL or alive.
#[inline(always)]
pub unsafe fn visit(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    if op.is_null() {
        return 0;
    }
    // SAFETY: the collector always gives a function.
    unsafe { visit.unwrap_unchecked()(op, arg) }
}

/// `tp_traverse` of an object that refers to others through the fields given.
#[macro_export]
macro_rules! traverse_fields {
    ($vis:vis $name:ident, $ty:ty, $($field:ident),+) => {
        $vis unsafe extern "C" fn $name(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
            // SAFETY: slot.
            unsafe {
                let this = op.cast::<$ty>();
                $(
                    let done = $crate::types::traverse::visit((*this).$field.cast(), visit, arg);
                    if done != 0 {
                        return done;
                    }
                )+
            }
            0
        }
    };
}

/// `tp_dealloc` of a collectable object that holds references in the fields given. `final` says that nothing derives
/// from its type, so that the block is freed without asking the type how.
#[macro_export]
macro_rules! dealloc_fields {
    (final $name:ident, $ty:ty, $($field:ident),+) => {
        unsafe extern "C" fn $name(op: *mut PyObject) {
            // SAFETY: slot.
            unsafe {
                $crate::mem::gc::untrack(op);
                $($crate::mem::refcount::xdecref((*op.cast::<$ty>()).$field);)+
                $crate::object::lifecycle::gc_free(op);
            }
        }
    };
    ($name:ident, $ty:ty, $($field:ident),+) => {
        unsafe extern "C" fn $name(op: *mut PyObject) {
            // SAFETY: slot.
            unsafe {
                $crate::mem::gc::untrack(op);
                $($crate::mem::refcount::xdecref((*op.cast::<$ty>()).$field);)+
                (*(*op).ob_type).tp_free.unwrap_unchecked()(op.cast());
            }
        }
    };
}
