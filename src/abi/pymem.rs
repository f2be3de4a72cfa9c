//! Allocator tables.

use super::*;
use std::mem::offset_of;

/// CPython's `PyMemAllocatorEx`.
#[repr(C)]
pub struct PyMemAllocatorEx {
    pub ctx: *mut c_void,
    pub malloc: Option<unsafe extern "C" fn(ctx: *mut c_void, size: usize) -> *mut c_void>,
    pub calloc: Option<unsafe extern "C" fn(ctx: *mut c_void, nelem: usize, elsize: usize) -> *mut c_void>,
    pub realloc: Option<unsafe extern "C" fn(ctx: *mut c_void, ptr: *mut c_void, new_size: usize) -> *mut c_void>,
    pub free: Option<unsafe extern "C" fn(ctx: *mut c_void, ptr: *mut c_void)>,
}

/// CPython's `PyObjectArenaAllocator`.
#[repr(C)]
pub struct PyObjectArenaAllocator {
    pub ctx: *mut c_void,
    pub alloc: Option<unsafe extern "C" fn(ctx: *mut c_void, size: usize) -> *mut c_void>,
    pub free: Option<unsafe extern "C" fn(ctx: *mut c_void, ptr: *mut c_void, size: usize)>,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<PyMemAllocatorEx>() == 40);
    assert!(offset_of!(PyMemAllocatorEx, ctx) == 0);
    assert!(offset_of!(PyMemAllocatorEx, malloc) == 8);
    assert!(offset_of!(PyMemAllocatorEx, calloc) == 16);
    assert!(offset_of!(PyMemAllocatorEx, realloc) == 24);
    assert!(offset_of!(PyMemAllocatorEx, free) == 32);
    assert!(size_of::<PyObjectArenaAllocator>() == 24);
    assert!(offset_of!(PyObjectArenaAllocator, ctx) == 0);
    assert!(offset_of!(PyObjectArenaAllocator, alloc) == 8);
    assert!(offset_of!(PyObjectArenaAllocator, free) == 16);
};
