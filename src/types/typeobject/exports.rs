//! The exports whose addresses are part of how a type looks: extensions put them into their own types and compare slots
//! against them, so the machinery has to use the very same addresses. They are defined in `capi`.

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
