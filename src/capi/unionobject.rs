//! `pycore_unionobject.h`.

use crate::abi::*;
use crate::types::union;

/// `a | b` of types. New reference; `NotImplemented` if one of them is no type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_union_type_or(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { union::or_slot(a, b) }
}
