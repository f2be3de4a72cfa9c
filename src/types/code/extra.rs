//! Values that tools keep in code objects, under numbers that the interpreter hands out.

use crate::abi::*;
use crate::mem::domains;
use crate::state;

/// A number under which each code object can keep a value; `free` is called on the value when the code goes.
pub fn request(free: freefunc) -> Option<usize> {
    // SAFETY: attached.
    let extra = unsafe { &mut (*state::interp()).code_extra };
    let place = extra.free.get_mut(extra.count)?;
    *place = free;
    extra.count += 1;
    Some(extra.count - 1)
}

/// Frees what tools keep in a code object. The table's first word is its length.
///
/// # Safety
/// `table` is NULL or a code object's table, which goes.
pub(super) unsafe fn free_all(table: *mut c_void) {
    if table.is_null() {
        return;
    }
    let words = table.cast::<usize>();
    // SAFETY: the caller's word; attached.
    unsafe {
        for i in 0..*words {
            let value = *words.add(1 + i) as *mut c_void;
            if let (Some(free), false) = ((*state::interp()).code_extra.free[i], value.is_null()) {
                free(value);
            }
        }
        domains::mem_free(table);
    }
}
