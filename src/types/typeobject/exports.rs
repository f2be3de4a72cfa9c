//! The exports whose addresses are part of how a type looks (`object::slots`), and how addresses are compared:
//! extensions put the same functions into their types, and the machinery looks for the very same addresses.

pub use crate::object::slots::*;

/// The same function, whatever the compiler thinks of comparing addresses.
pub fn same<F: Copy>(a: F, b: *const ()) -> bool {
    const { assert!(size_of::<F>() == size_of::<*const ()>()) };
    // SAFETY: `F` is a nullable function pointer type of the ABI.
    unsafe { std::mem::transmute_copy::<F, *const ()>(&a) == b }
}

/// Two slots hold the same function, or both none.
pub fn same_slot<F: Copy>(a: F, b: F) -> bool {
    const { assert!(size_of::<F>() == size_of::<*const ()>()) };
    // SAFETY: `F` is a nullable function pointer type of the ABI.
    unsafe { std::mem::transmute_copy::<F, *const ()>(&a) == std::mem::transmute_copy::<F, *const ()>(&b) }
}
