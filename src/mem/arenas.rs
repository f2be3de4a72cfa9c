//! The arena allocator (`PyObject_SetArenaAllocator`): kept and given back. Our pools get their memory from the system
//! themselves, so nobody else calls it.

use crate::abi::*;
use std::ptr;

unsafe extern "C" fn map(_ctx: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: a fresh mapping.
    let place = unsafe {
        libc::mmap(
            ptr::null_mut(),
            size,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
            -1,
            0,
        )
    };
    if place == libc::MAP_FAILED { ptr::null_mut() } else { place }
}

unsafe extern "C" fn unmap(_ctx: *mut c_void, place: *mut c_void, size: usize) {
    // SAFETY: what `map` gave.
    unsafe { libc::munmap(place, size) };
}

static mut ARENAS: PyObjectArenaAllocator =
    PyObjectArenaAllocator { ctx: ptr::null_mut(), alloc: Some(map), free: Some(unmap) };

/// # Safety
/// `place` is valid.
pub unsafe fn get(place: *mut PyObjectArenaAllocator) {
    // SAFETY: the caller's word; plain data.
    unsafe { place.write((&raw const ARENAS).read()) }
}

/// # Safety
/// `allocator` is valid.
pub unsafe fn set(allocator: *const PyObjectArenaAllocator) {
    // SAFETY: the caller's word; plain data.
    unsafe { (&raw mut ARENAS).write(allocator.read()) }
}
