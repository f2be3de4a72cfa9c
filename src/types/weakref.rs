//! Weak references and proxies.

use crate::object::Object;

/// Ends all weak references to a dying object and calls their callbacks (`PyObject_ClearWeakRefs`).
pub fn clear_refs(_o: &Object) {
    todo!()
}
