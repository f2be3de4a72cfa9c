//! `odictobject.h`.

use crate::abi::*;
use crate::object::{Object, api};
use crate::types::{dict, odict};

/// A new empty OrderedDict. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyODict_New() -> *mut PyObject {
    api(odict::new)
}

/// Lets `key` have the value `item`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyODict_SetItem(od: *mut PyObject, key: *mut PyObject, item: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { odict::set(dict::checked(od)?, Object::from_ptr(key), Object::from_ptr(item)) })
}

/// Deletes `key`. `KeyError` if it is not there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyODict_DelItem(od: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { odict::del(dict::checked(od)?, Object::from_ptr(key)) })
}
