//! Ownership of objects as types.
//!
//! `&Object` is a borrowed reference: alive for as long as the borrow. `Owned` is a reference that is ours: dropping
//! it gives the reference up. Both are one pointer wide and never NULL, and both mean that a thread state is attached,
//! so that working with them is safe; only making them from a raw pointer is not.

use super::{Raised, Result, error};
use crate::abi::*;
use crate::mem::refcount;
use std::cell::UnsafeCell;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::ptr::NonNull;

/// An object, always behind a reference: `&Object` is C's borrowed `PyObject *`, without the NULL.
#[repr(transparent)]
pub struct Object(UnsafeCell<PyObject>);

// SAFETY: only for `static` items: immortal objects that no interpreter changes.
unsafe impl Sync for Object {}

/// A reference that belongs to us (C's "new reference"), without the NULL.
#[repr(transparent)]
pub struct Owned(NonNull<PyObject>);

impl Object {
    /// # Safety
    /// `op` is not NULL, and the object is alive for `'a`.
    #[inline(always)]
    pub unsafe fn from_ptr<'a>(op: *mut PyObject) -> &'a Object {
        debug_assert!(!op.is_null());
        // SAFETY: the caller's word; the wrapper is transparent.
        unsafe { &*op.cast::<Object>() }
    }

    /// The argument of an export: NULL gives the error that CPython's `null_error` gives (an error that is already
    /// set stays, since the NULL is then most often the result of the call that set it).
    ///
    /// # Safety
    /// `op` is NULL or alive for `'a`.
    #[inline(always)]
    pub unsafe fn new<'a>(op: *mut PyObject) -> Result<&'a Object> {
        if op.is_null() {
            return Err(error::null_argument());
        }
        // SAFETY: not NULL, and the caller's word.
        Ok(unsafe { Object::from_ptr(op) })
    }

    /// `None` for NULL.
    ///
    /// # Safety
    /// `op` is NULL or alive for `'a`.
    #[inline(always)]
    pub unsafe fn optional<'a>(op: *mut PyObject) -> Option<&'a Object> {
        // SAFETY: the caller's word.
        (!op.is_null()).then(|| unsafe { Object::from_ptr(op) })
    }

    /// The argument of an export that wants what `check` knows: `SystemError` for anything else, NULL included.
    ///
    /// # Safety
    /// `op` is NULL or alive for `'a`.
    #[inline(always)]
    #[track_caller]
    pub unsafe fn checked<'a>(op: *mut PyObject, check: impl Fn(&Object) -> bool) -> Result<&'a Object> {
        // SAFETY: the caller's word.
        match unsafe { Object::optional(op) } {
            Some(op) if check(op) => Ok(op),
            _ => Err(error::bad_internal_call()),
        }
    }

    #[inline(always)]
    pub fn as_ptr(&self) -> *mut PyObject {
        self.0.get()
    }

    /// The object's struct. What the type is, is the caller's to know.
    #[inline(always)]
    pub fn cast<T>(&self) -> *mut T {
        self.as_ptr().cast()
    }

    /// A reference of our own.
    #[inline(always)]
    pub fn to_owned(&self) -> Owned {
        // SAFETY: a borrow is alive.
        unsafe {
            refcount::incref(self.as_ptr());
            Owned(NonNull::new_unchecked(self.as_ptr()))
        }
    }

    #[inline(always)]
    pub fn ty(&self) -> *mut PyTypeObject {
        // SAFETY: a borrow is alive.
        unsafe { (*self.as_ptr()).ob_type }
    }

    /// The type as an object; a live object keeps its type alive.
    #[inline(always)]
    pub fn type_object(&self) -> &Object {
        // SAFETY: an object owns a reference to its type, or the type is static.
        unsafe { Object::from_ptr(self.ty().cast()) }
    }

    /// Identity.
    #[inline(always)]
    pub fn is(&self, other: &Object) -> bool {
        self.as_ptr() == other.as_ptr()
    }

    #[inline(always)]
    pub fn is_ptr(&self, other: *mut PyObject) -> bool {
        self.as_ptr() == other
    }

    #[inline(always)]
    pub fn is_none(&self) -> bool {
        self.as_ptr() == &raw mut crate::types::none::_Py_NoneStruct
    }

    /// Exactly this type.
    #[inline(always)]
    pub fn is_exact(&self, ty: *mut PyTypeObject) -> bool {
        self.ty() == ty
    }

    /// This type or a subtype (`PyObject_TypeCheck`).
    #[inline(always)]
    pub fn is_a(&self, ty: *mut PyTypeObject) -> bool {
        self.ty() == ty || crate::types::typeobject::is_subtype(self.ty(), ty)
    }

    /// The type's flags have one of `flags` (`PyType_HasFeature`).
    #[inline(always)]
    pub fn has_flag(&self, flags: c_ulong) -> bool {
        // SAFETY: a live object's type is alive.
        unsafe { (*self.ty()).tp_flags & flags != 0 }
    }

    #[inline(always)]
    pub fn refcount(&self) -> u32 {
        // SAFETY: a borrow is alive.
        unsafe { (*self.as_ptr()).ob_refcnt }
    }
}

impl Owned {
    /// Takes over a reference.
    ///
    /// # Safety
    /// `op` is not NULL and the caller gives up a reference that it owns.
    #[inline(always)]
    pub unsafe fn from_raw(op: *mut PyObject) -> Owned {
        debug_assert!(!op.is_null());
        // SAFETY: not NULL.
        Owned(unsafe { NonNull::new_unchecked(op) })
    }

    /// The result of a C function: NULL means that it raised. A function that returned NULL with no error set, or a
    /// value with one, is the caller's affair (`call` checks it).
    ///
    /// # Safety
    /// `op` is NULL with the error indicator set, or a new reference.
    #[inline(always)]
    pub unsafe fn from_c(op: *mut PyObject) -> Result<Owned> {
        match NonNull::new(op) {
            Some(op) => Ok(Owned(op)),
            // SAFETY: the caller's word.
            None => Err(unsafe { Raised::already() }),
        }
    }

    /// `None` for NULL.
    ///
    /// # Safety
    /// `op` is NULL or a reference that the caller gives up.
    #[inline(always)]
    pub unsafe fn optional(op: *mut PyObject) -> Option<Owned> {
        NonNull::new(op).map(Owned)
    }

    /// Gives the reference to C.
    #[inline(always)]
    pub fn into_raw(self) -> *mut PyObject {
        ManuallyDrop::new(self).0.as_ptr()
    }
}

/// The pointer, or NULL.
#[inline(always)]
pub fn raw_or_null(op: Option<Owned>) -> *mut PyObject {
    op.map_or(std::ptr::null_mut(), Owned::into_raw)
}

impl Deref for Owned {
    type Target = Object;
    #[inline(always)]
    fn deref(&self) -> &Object {
        // SAFETY: we own a reference, so the object is alive.
        unsafe { Object::from_ptr(self.0.as_ptr()) }
    }
}

impl Clone for Owned {
    #[inline(always)]
    fn clone(&self) -> Owned {
        // Named in full: a method call would find the blanket `ToOwned`, which clones.
        Object::to_owned(self)
    }
}

impl Drop for Owned {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: we own a reference.
        unsafe { refcount::decref(self.0.as_ptr()) }
    }
}
