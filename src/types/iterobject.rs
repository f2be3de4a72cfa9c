//! What all iterators share, and two of them: over a sequence by index, and over the results of a callable.

use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, Owned, Result};
use crate::raise;

unsafe extern "C" {
    // What the interpreter's `builtins` are is the runtime's to know, which stands above.
    fn PyEval_GetBuiltins() -> *mut PyObject;
}

/// `PyObject_SelfIter`: an iterator is its own iterator.
pub unsafe extern "C" fn self_iter(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    unsafe { refcount::incref(op) };
    op
}

/// A name of the module `builtins` (`_PyEval_GetBuiltin`).
pub fn builtin(name: &str) -> Result<Owned> {
    // SAFETY: attached; the interpreter owns the dict.
    let builtins = unsafe { Object::optional(PyEval_GetBuiltins()) };
    let found = match builtins {
        Some(builtins) => super::dict::get_str(builtins, name)?,
        None => None,
    };
    found.ok_or_else(|| raise!(AttributeError, "{name}"))
}
