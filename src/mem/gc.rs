//! The cycle collector. (Being built: the header and the places that objects are counted in come first.)

use crate::abi::*;

/// What stands before a collectable object: links of the list it is in; both zero while it is not tracked.
#[repr(C)]
pub struct GcHead {
    pub next: usize,
    pub prev: usize,
}

pub const HEAD_SIZE: usize = size_of::<GcHead>();

/// # Safety
/// `op` is an object of a collectable type that is not tracked yet.
pub unsafe fn track(_op: *mut PyObject) {}

/// # Safety
/// `op` is an object of a collectable type; not being tracked is fine.
pub unsafe fn untrack(_op: *mut PyObject) {}
