//! `iterobject.h`.

use crate::abi::*;
use crate::object::{Object, api, error, sequence};
use crate::types::iterobject;

/// An iterator over a sequence by index. New reference. `SystemError` if `seq` is no sequence.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySeqIter_New(seq: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| match unsafe { Object::optional(seq) } {
        Some(seq) if sequence::check(seq) => iterobject::new_sequence_iterator(seq),
        _ => Err(error::bad_internal_call()),
    })
}

/// An iterator over what `callable()` returns, up to something equal to `sentinel`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCallIter_New(callable: *mut PyObject, sentinel: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { iterobject::new_call_iterator(Object::new(callable)?, Object::new(sentinel)?) })
}
