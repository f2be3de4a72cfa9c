//! `osmodule.h`.

use crate::abi::*;
use crate::object::{Object, api};
use crate::types::unicode::paths;

/// The path that an object stands for: a str or bytes. New reference; `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyOS_FSPath(path: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| paths::fspath(unsafe { Object::new(path) }?))
}
