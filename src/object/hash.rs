//! Hashing.

use super::{Object, Raised, Result, slots};
use crate::abi::*;
use crate::raise;
use crate::types::{typeobject, unicode};
use std::sync::atomic::{AtomicIsize, Ordering};

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

    /// Instances of the type can be hashed at all.
    pub fn is_hashable(&self) -> bool {
        // SAFETY: a live object's type is alive.
        unsafe {
            (*self.ty()).tp_hash.is_some_and(|f| f as usize != slots::PyObject_HashNotImplemented as *const () as usize)
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
