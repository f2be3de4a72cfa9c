//! Visiting what an object refers to (`Py_VISIT`): for `tp_traverse` functions.

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
    ($name:ident, $ty:ty, $($field:ident),+) => {
        unsafe extern "C" fn $name(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
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
