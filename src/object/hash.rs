//! Hashing.

use super::{Object, Raised, Result, api};
use crate::abi::*;
use crate::raise;
use crate::types::{typeobject, unicode};
use std::sync::atomic::{AtomicIsize, Ordering};

/// `PyObject_Hash` for C: the slot's answer is the answer, so a slot that is there is jumped to.
///
/// # Safety
/// `o` is alive.
#[inline(always)]
pub unsafe fn hash_in_c(o: *mut PyObject) -> isize {
    // SAFETY: the caller's word; another interpreter may just be hashing a shared str.
    unsafe {
        let ty = (*o).ob_type;
        if ty == &raw mut unicode::PyUnicode_Type {
            let known = AtomicIsize::from_ptr(&raw mut (*o.cast::<PyASCIIObject>()).hash).load(Ordering::Relaxed);
            if known != -1 {
                return known;
            }
        }
        match (*ty).tp_hash {
            Some(hash) => hash(o),
            None => hash_anyway(o),
        }
    }
}

#[cold]
#[inline(never)]
unsafe fn hash_anyway(o: *mut PyObject) -> isize {
    // SAFETY: the caller's word.
    api(|| unsafe { Object::from_ptr(o).hash() })
}

impl Object {
    /// `PyObject_Hash`. Never -1.
    #[inline]
    pub fn hash(&self) -> Result<isize> {
        // SAFETY: slot.
        unsafe {
            let ty = self.ty();
            if ty == &raw mut unicode::PyUnicode_Type {
                // A str keeps its hash; another interpreter may just be hashing a shared one.
                let known =
                    AtomicIsize::from_ptr(&raw mut (*self.cast::<PyASCIIObject>()).hash).load(Ordering::Relaxed);
                if known != -1 {
                    return Ok(known);
                }
            }
            let mut hash = (*ty).tp_hash;
            if hash.is_none() && (*ty).tp_dict.is_null() {
                // A static type that nobody made ready: what hashes its instances is inherited then.
                typeobject::ready(ty)?;
                hash = (*ty).tp_hash;
            }
            let Some(hash) = hash else { return Err(unhashable(self)) };
            match hash(self.as_ptr()) {
                -1 => Err(Raised::already()),
                value => Ok(value),
            }
        }
    }
}

/// `PyObject_HashNotImplemented`.
#[cold]
pub fn unhashable(o: &Object) -> Raised {
    raise!(TypeError, "unhashable type: '{}'", typeobject::tp_name(o.ty()))
}

/// The hash of an address (`PyObject_GenericHash`): its low bits, which are the same for all objects, go to the top.
#[inline]
pub fn of_address<T>(address: *const T) -> isize {
    let hash = (address as usize).rotate_right(4) as isize;
    if hash == -1 { -2 } else { hash }
}
