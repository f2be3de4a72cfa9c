//! `structseq.h`, `internal/pycore_structseq.h`.

use crate::abi::*;
use crate::object::{BorrowedReturn, api};
use crate::types::{structseq, tuple};

/// Makes a static type ready. Errors are left set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyStructSequence_InitType(r#type: *mut PyTypeObject, desc: *mut PyStructSequence_Desc) {
    // SAFETY: the caller's contract.
    unsafe { PyStructSequence_InitType2(r#type, desc) };
}

/// Makes a static type ready: 0, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyStructSequence_InitType2(
    r#type: *mut PyTypeObject,
    desc: *mut PyStructSequence_Desc,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { structseq::init_type(r#type, desc) })
}

/// A new heap type. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyStructSequence_NewType(desc: *mut PyStructSequence_Desc) -> *mut PyTypeObject {
    // SAFETY: the caller's contract.
    unsafe { _PyStructSequence_NewType(desc, 0) }
}

/// As `PyStructSequence_NewType` with more type flags.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyStructSequence_NewType(
    desc: *mut PyStructSequence_Desc,
    tp_flags: c_ulong,
) -> *mut PyTypeObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { structseq::new_type(desc, tp_flags) }).cast()
}

/// An instance whose items are NULL, for the caller to fill in. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyStructSequence_New(r#type: *mut PyTypeObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { structseq::new(r#type) })
}

/// Puts an item, whose reference is taken over, into a new instance.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyStructSequence_SetItem(op: *mut PyObject, index: Py_ssize_t, value: *mut PyObject) {
    // SAFETY: the caller's contract: the place is in the instance.
    unsafe { *tuple::items_ptr(op).offset(index) = value };
}

/// The item at `index`. Borrowed reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyStructSequence_GetItem(op: *mut PyObject, index: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract: the place is in the instance.
    api(|| BorrowedReturn::from_ptr(unsafe { *tuple::items_ptr(op).offset(index) }))
}
