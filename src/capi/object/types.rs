//! `object.h`: types.

use crate::abi::*;
use crate::object::{Owned, Result, api};
use crate::types::typeobject;

/// Zeroed memory for an instance with `nitems` items, tracked if collectable. New reference; `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GenericAlloc(ty: *mut PyTypeObject, nitems: Py_ssize_t) -> *mut PyObject {
    api(|| typeobject::generic_alloc(ty, nitems))
}

/// An instance through the type's `tp_alloc`; the arguments are for `tp_init`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_GenericNew(
    ty: *mut PyTypeObject,
    _args: *mut PyObject,
    _kwds: *mut PyObject,
) -> *mut PyObject {
    api(|| -> Result<Owned> { typeobject::generic_new(ty) })
}

/// Makes a static type ready. -1 with an exception for a type that can't be.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyType_Ready(ty: *mut PyTypeObject) -> c_int {
    api(|| typeobject::ready(ty))
}
