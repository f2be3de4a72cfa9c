//! Exported functions that stand in type slots, and objects of rooms above this floor. A slot must hold the exported
//! address: extensions put the same functions into their types, and the protocols compare addresses to take short cuts.

use super::Object;
use crate::abi::*;
use crate::raise;
use crate::types::typeobject;

unsafe extern "C" {
    pub fn PyObject_GenericGetAttr(obj: *mut PyObject, name: *mut PyObject) -> *mut PyObject;
    pub fn PyObject_GC_Del(op: *mut c_void);
    pub fn PyObject_Free(op: *mut c_void);
    pub fn PyObject_GenericSetAttr(obj: *mut PyObject, name: *mut PyObject, value: *mut PyObject) -> c_int;
    pub fn PyObject_GenericGetDict(obj: *mut PyObject, context: *mut c_void) -> *mut PyObject;
    pub fn PyObject_GenericSetDict(obj: *mut PyObject, value: *mut PyObject, context: *mut c_void) -> c_int;
    pub fn PyObject_HashNotImplemented(obj: *mut PyObject) -> Py_hash_t;
    pub fn PyObject_GenericHash(obj: *mut PyObject) -> Py_hash_t;
    pub fn PyObject_SelfIter(obj: *mut PyObject) -> *mut PyObject;
    pub fn PyType_GenericAlloc(ty: *mut PyTypeObject, nitems: Py_ssize_t) -> *mut PyObject;
    pub fn PyType_GenericNew(ty: *mut PyTypeObject, args: *mut PyObject, kwds: *mut PyObject) -> *mut PyObject;
    pub fn PyVectorcall_Call(callable: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject;

    /// The type of modules, whose room is above this floor.
    pub static mut PyModule_Type: PyTypeObject;
}

/// Stands in `tp_iternext` of types that take the slot back from their base (`__next__ = None`): NULL with `TypeError`.
/// CPython does not export it either; what counts is that it is one address.
#[inline(never)]
#[allow(non_snake_case, reason = "as in C")]
pub unsafe extern "C" fn _PyObject_NextNotImplemented(obj: *mut PyObject) -> *mut PyObject {
    // SAFETY: a slot is called with a live object.
    let ty = unsafe { typeobject::tp_name(Object::from_ptr(obj).ty()) };
    let _raised = raise!(TypeError, "'{ty}' object is not iterable");
    std::ptr::null_mut()
}
