//! `genericaliasobject.h`.

use crate::abi::*;
use crate::object::{Object, api};
use crate::types::genericalias;

/// `origin[args]`; `args` is a tuple or the one argument. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GenericAlias(origin: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { genericalias::new(Object::from_ptr(origin), Object::from_ptr(args)) })
}
