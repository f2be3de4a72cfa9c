//! `weakrefobject.h`: weak references and proxies.

use crate::abi::*;
use crate::object::{BorrowedReturn, Object, Result, api, error};
use crate::raise;
use crate::types::{typeobject, weakproxy, weakref};
use std::ptr;

/// A weak reference to `ob`, new or the one there is. New reference; `TypeError` if `ob` can't have them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyWeakref_NewRef(ob: *mut PyObject, callback: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { weakref::new_ref(Object::new(ob)?, Object::optional(callback)) })
}

/// A proxy of `ob`, new or the one there is. New reference; `TypeError` if `ob` can't have them.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyWeakref_NewProxy(ob: *mut PyObject, callback: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { weakproxy::new(Object::new(ob)?, Object::optional(callback)) })
}

/// The object, borrowed, or `None` if it is gone. `SystemError` if `reference` is no weak reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyWeakref_GetObject(reference: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        match unsafe { Object::optional(reference) } {
            // SAFETY: checked; borrowed as C wants it.
            Some(reference) if weakref::check(reference) => unsafe {
                Ok(BorrowedReturn::new(Object::from_ptr(weakref::get_borrowed(reference))))
            },
            _ => Err(error::bad_internal_call()),
        }
    })
}

/// 1 with a new reference to the object, 0 with NULL if it is gone, -1 with `TypeError` if `reference` is no weak
/// reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyWeakref_GetRef(reference: *mut PyObject, pobj: *mut *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { *pobj = ptr::null_mut() };
    api(|| -> Result<bool> {
        // SAFETY: the caller's contract.
        let Some(reference) = (unsafe { Object::optional(reference) }) else {
            return Err(error::bad_internal_call());
        };
        if !weakref::check(reference) {
            return Err(raise!(TypeError, "expected a weakref"));
        }
        match weakref::get(reference) {
            None => Ok(false),
            Some(o) => {
                // SAFETY: the caller's contract.
                unsafe { *pobj = o.into_raw() };
                Ok(true)
            }
        }
    })
}

/// 1 if the object is gone, 0 if not, -1 with `TypeError` if `reference` is no weak reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyWeakref_IsDead(reference: *mut PyObject) -> c_int {
    api(|| -> Result<bool> {
        // SAFETY: the caller's contract.
        let Some(reference) = (unsafe { Object::optional(reference) }) else {
            return Err(error::bad_internal_call());
        };
        if !weakref::check(reference) {
            return Err(raise!(TypeError, "expected a weakref, got {}", typeobject::tp_name(reference.ty())));
        }
        Ok(weakref::get(reference).is_none())
    })
}

/// Makes the reference refer to nothing; its callback stays and is not called.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyWeakref_ClearRef(self_: *mut PyWeakReference) {
    // SAFETY: the caller's contract.
    unsafe { weakref::unlink(self_) }
}

/// As `PyWeakref_IsDead`, of what is known to be a weak reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyWeakref_IsDead(reference: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { c_int::from(weakref::get(Object::from_ptr(reference)).is_none()) }
}
