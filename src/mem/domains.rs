//! Allocation domains: raw (no thread state needed), mem, object. Each has a table of four functions that
//! `PyMem_SetAllocator` may replace, so every allocation goes through it.
//!
//! Sizes of zero give a distinct pointer, sizes above `PY_SSIZE_T_MAX` give NULL, as in CPython. The tables are plain
//! statics: CPython asks callers to replace allocators before initialisation or with the GIL held.

use crate::abi::*;
use std::ptr;

/// One domain's functions.
pub struct Domain {
    pub table: PyMemAllocatorEx,
}

unsafe extern "C" fn libc_malloc(_ctx: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: any size is fine.
    unsafe { libc::malloc(size.max(1)) }
}

unsafe extern "C" fn libc_calloc(_ctx: *mut c_void, nelem: usize, elsize: usize) -> *mut c_void {
    let (nelem, elsize) = if nelem == 0 || elsize == 0 { (1, 1) } else { (nelem, elsize) };
    // SAFETY: any size is fine.
    unsafe { libc::calloc(nelem, elsize) }
}

unsafe extern "C" fn libc_realloc(_ctx: *mut c_void, ptr: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: `ptr` is NULL or came from this allocator.
    unsafe { libc::realloc(ptr, size.max(1)) }
}

unsafe extern "C" fn libc_free(_ctx: *mut c_void, ptr: *mut c_void) {
    // SAFETY: `ptr` is NULL or came from this allocator.
    unsafe { libc::free(ptr) }
}

const LIBC: PyMemAllocatorEx = PyMemAllocatorEx {
    ctx: ptr::null_mut(),
    malloc: Some(libc_malloc),
    calloc: Some(libc_calloc),
    realloc: Some(libc_realloc),
    free: Some(libc_free),
};

pub static mut RAW: Domain = Domain { table: LIBC };
pub static mut MEM: Domain = Domain { table: LIBC };
pub static mut OBJ: Domain = Domain { table: LIBC };

macro_rules! domain_functions {
    ($domain:ident, $malloc:ident, $calloc:ident, $realloc:ident, $free:ident) => {
        /// NULL when there is no memory, or the size is above `PY_SSIZE_T_MAX`.
        #[inline]
        pub fn $malloc(size: usize) -> *mut c_void {
            if size > isize::MAX as usize {
                return ptr::null_mut();
            }
            // SAFETY: the table is changed only while no other thread allocates.
            unsafe { ($domain.table.malloc.unwrap_unchecked())($domain.table.ctx, size) }
        }

        #[inline]
        pub fn $calloc(nelem: usize, elsize: usize) -> *mut c_void {
            if elsize != 0 && nelem > isize::MAX as usize / elsize {
                return ptr::null_mut();
            }
            // SAFETY: as above.
            unsafe { ($domain.table.calloc.unwrap_unchecked())($domain.table.ctx, nelem, elsize) }
        }

        /// # Safety
        /// `block` is NULL or came from this domain.
        #[inline]
        pub unsafe fn $realloc(block: *mut c_void, size: usize) -> *mut c_void {
            if size > isize::MAX as usize {
                return ptr::null_mut();
            }
            // SAFETY: as above.
            unsafe { ($domain.table.realloc.unwrap_unchecked())($domain.table.ctx, block, size) }
        }

        /// # Safety
        /// `block` is NULL or came from this domain, and is not used again.
        #[inline]
        pub unsafe fn $free(block: *mut c_void) {
            // SAFETY: as above.
            unsafe { ($domain.table.free.unwrap_unchecked())($domain.table.ctx, block) }
        }
    };
}

domain_functions!(RAW, raw_malloc, raw_calloc, raw_realloc, raw_free);
domain_functions!(MEM, mem_malloc, mem_calloc, mem_realloc, mem_free);
domain_functions!(OBJ, object_malloc, object_calloc, object_realloc, object_free);
