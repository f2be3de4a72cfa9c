//! `internal/pycore_namespace.h`.

use crate::abi::*;
use crate::object::{Object, api};
use crate::types::namespace;

/// A `types.SimpleNamespace` with the attributes in the dict `kwds`, or with none. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyNamespace_New(kwds: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| namespace::new(unsafe { Object::optional(kwds) }))
}
