//! Generic aliases: `list[int]`.

use crate::abi::*;
use crate::object::{Object, Owned, Result, api};

/// `origin[args]`.
pub fn new(_origin: &Object, _args: &Object) -> Result<Owned> {
    todo!()
}

/// `__class_getitem__` of the types that are generic.
pub unsafe extern "C" fn class_getitem(class: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { new(Object::from_ptr(class), Object::from_ptr(args)) })
}
