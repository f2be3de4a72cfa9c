//! pymem.h: memory of the raw and the mem domain.

use crate::abi::*;
use crate::mem::domains;

/// Memory of the raw domain: no thread state is needed. NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMem_RawMalloc(size: usize) -> *mut c_void {
    domains::raw_malloc(size)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMem_RawCalloc(nelem: usize, elsize: usize) -> *mut c_void {
    domains::raw_calloc(nelem, elsize)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMem_RawRealloc(ptr: *mut c_void, new_size: usize) -> *mut c_void {
    // SAFETY: the caller's contract.
    unsafe { domains::raw_realloc(ptr, new_size) }
}

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

#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMem_Calloc(nelem: usize, elsize: usize) -> *mut c_void {
    domains::mem_calloc(nelem, elsize)
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMem_Realloc(ptr: *mut c_void, new_size: usize) -> *mut c_void {
    // SAFETY: the caller's contract.
    unsafe { domains::mem_realloc(ptr, new_size) }
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMem_Free(ptr: *mut c_void) {
    // SAFETY: the caller's contract.
    unsafe { domains::mem_free(ptr) }
}
