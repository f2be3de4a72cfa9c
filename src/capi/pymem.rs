//! `pymem.h`: memory of the raw and the mem domain.

use crate::abi::*;
use crate::mem::{debug, domains};
use std::ptr;

/// Memory of the raw domain: no thread state is needed. NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMem_RawMalloc(size: usize) -> *mut c_void {
    domains::raw_malloc(size)
}

/// As `PyMem_RawMalloc`, of zeros; NULL also for more than there can be.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMem_RawCalloc(nelem: usize, elsize: usize) -> *mut c_void {
    domains::raw_calloc(nelem, elsize)
}

/// The block with another size, which may move it. NULL if there is no memory: then the block is as it was.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMem_RawRealloc(ptr: *mut c_void, new_size: usize) -> *mut c_void {
    // SAFETY: the caller's contract.
    unsafe { domains::raw_realloc(ptr, new_size) }
}

/// Gives back a block of the raw domain; NULL is nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMem_RawFree(ptr: *mut c_void) {
    // SAFETY: the caller's contract.
    unsafe { domains::raw_free(ptr) }
}

/// Memory of the mem domain. NULL if there is none; no error is set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMem_Malloc(size: usize) -> *mut c_void {
    domains::mem_malloc(size)
}

/// As `PyMem_Malloc`, of zeros; NULL also for more than there can be.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMem_Calloc(nelem: usize, elsize: usize) -> *mut c_void {
    domains::mem_calloc(nelem, elsize)
}

/// The block with another size, which may move it. NULL if there is no memory: then the block is as it was.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMem_Realloc(ptr: *mut c_void, new_size: usize) -> *mut c_void {
    // SAFETY: the caller's contract.
    unsafe { domains::mem_realloc(ptr, new_size) }
}

/// Gives back a block of the mem domain; NULL is nothing.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMem_Free(ptr: *mut c_void) {
    // SAFETY: the caller's contract.
    unsafe { domains::mem_free(ptr) }
}

/// The functions of a domain; all NULL for a number that is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMem_GetAllocator(domain: PyMemAllocatorDomain, allocator: *mut PyMemAllocatorEx) {
    const NONE: PyMemAllocatorEx =
        PyMemAllocatorEx { ctx: ptr::null_mut(), malloc: None, calloc: None, realloc: None, free: None };
    // SAFETY: the caller's contract; plain data.
    unsafe { allocator.write(domains::table(domain).map_or(NONE, |table| table.read())) }
}

/// Replaces the functions of a domain. A number that is none is ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMem_SetAllocator(domain: PyMemAllocatorDomain, allocator: *mut PyMemAllocatorEx) {
    if let Some(table) = domains::table(domain) {
        // SAFETY: the caller's contract; plain data.
        unsafe { table.write(allocator.read()) }
    }
}

/// Puts checks on all domains that have none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMem_SetupDebugHooks() {
    // SAFETY: the caller's contract.
    unsafe { debug::install() }
}

/// The name of the allocators in use as `PYTHONMALLOC` has them, or NULL. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyMem_GetCurrentAllocatorName() -> *const c_char {
    domains::current_name().map_or(ptr::null(), |name| name.as_ptr())
}

/// A copy of `s` in the mem domain, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyMem_Strdup(s: *const c_char) -> *mut c_char {
    // SAFETY: the caller's contract; room for the NUL too.
    unsafe {
        let size = libc::strlen(s) + 1;
        let copy = domains::mem_malloc(size).cast::<c_char>();
        if !copy.is_null() {
            ptr::copy_nonoverlapping(s, copy, size);
        }
        copy
    }
}

/// Tells the tracer of memory of a block: there is none. -2.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyTraceMalloc_Track(_domain: c_uint, _ptr: usize, _size: usize) -> c_int {
    -2
}

/// As `PyTraceMalloc_Track`. -2.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyTraceMalloc_Untrack(_domain: c_uint, _ptr: usize) -> c_int {
    -2
}

/// Where a block was allocated: `None`, since nothing traces memory. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTraceMalloc_GetTraceback(_domain: c_uint, _ptr: usize) -> *mut PyObject {
    crate::object::api(|| Ok(crate::types::none::none()))
}
