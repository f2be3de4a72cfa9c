//! Cross-interpreter data: what an object is worth in another interpreter.
//!
//! An interpreter's objects stay in it. What is sent is *data*: a block outside of any interpreter, with a function
//! that makes an equal object of it wherever it is called. The data may keep the original object alive (a str's
//! characters are not copied); then it is released in the object's own interpreter, by a pending call if another one is
//! attached.
//!
//! `registry` knows how a type's instances become data; `builtin_types` are those that are shareable from the start,
//! `wrapped` and `script` what goes as bytes; `data` makes, reads and releases; `error` has the exception.
//!
//! A `session` is being in another interpreter for a while: names go in as a `shared_namespace`, what is raised comes
//! out as an `excinfo`, or is told by a `failure`.

pub mod builtin_types;
pub mod data;
pub mod error;
pub mod excinfo;
mod exports;
pub mod failure;
pub mod registry;
pub mod script;
pub mod session;
pub mod shared_namespace;
pub mod wrapped;

use crate::abi::*;
use crate::runtime::pending::PendingCall;
use crate::runtime::{self, Interpreter};

/// Calls a function where `interp` is attached: now, or as a pending call of it. False if that has no room for one.
///
/// # Safety
/// `interp` is alive; `function` may be called with `arg` there.
pub unsafe fn call_in_interpreter(interp: *mut Interpreter, function: PendingCall, arg: *mut c_void) -> bool {
    // SAFETY: the caller's word.
    unsafe {
        if interp == runtime::interp() {
            function(arg);
            return true;
        }
        (*interp).pending.add(Some(function), arg)
    }
}

/// CPython's `_PyXIData_t`: modules of CPython's own hold it by value.
#[repr(C)]
pub struct _PyXIData_t {
    /// What the object is made from; NULL if `new_object` knows.
    pub data: *mut c_void,
    /// A reference that keeps `data` valid, or NULL.
    pub obj: *mut PyObject,
    /// The interpreter that the object belonged to. Ids are never used again, so it may be gone.
    pub interpid: i64,
    pub new_object: xid_newobjfunc,
    /// Frees `data`, in the original interpreter; NULL if there is nothing to free.
    pub free: freefunc,
}

#[allow(non_camel_case_types, reason = "as in C")]
pub type xid_newobjfunc = Option<unsafe extern "C" fn(*mut _PyXIData_t) -> *mut PyObject>;
#[allow(non_camel_case_types, reason = "as in C")]
pub type xidatafunc = Option<unsafe extern "C" fn(*mut PyThreadState, *mut PyObject, *mut _PyXIData_t) -> c_int>;
#[allow(non_camel_case_types, reason = "as in C")]
pub type xidatafbfunc =
    Option<unsafe extern "C" fn(*mut PyThreadState, *mut PyObject, c_int, *mut _PyXIData_t) -> c_int>;

/// How a type's instances become data: by the first function, or, for containers, by the second, which is told what to
/// do with items that are not shareable.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct _PyXIData_getdata_t {
    pub basic: xidatafunc,
    pub fallback: xidatafbfunc,
}

const _: () = {
    assert!(size_of::<_PyXIData_t>() == 40);
    assert!(size_of::<_PyXIData_getdata_t>() == 16);
};
