//! Allocation domains: raw (no thread state needed), mem, object. Each has a table of four functions that
//! `PyMem_SetAllocator` may replace, so every allocation goes through it.
//!
//! Sizes of zero give a distinct pointer, sizes above `PY_SSIZE_T_MAX` give NULL, as in CPython. The tables are plain
//! statics: CPython asks callers to replace allocators before initialisation or with the GIL held.
//!
//! The raw domain is the C library's `malloc`. The other two are mimalloc: small blocks come from per-thread pages
//! without a lock, which suits interpreters that run in parallel, and any thread may free them. `PYTHONMALLOC=malloc`
//! puts all three on the C library, for tools that watch it. While the main interpreter starts or ends, the cradle
//! stands before the pool.

use super::{cradle, debug};
use crate::abi::*;
use libmimalloc_sys as mi;
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

/// From this size on the system is asked whether there is so much. The pool takes address space without asking, so
/// that more than the machine has would seem to be granted, and the process be killed when it writes there.
const HUGE: usize = 1 << 30;

/// The C library's allocator, which does ask, would grant `size` bytes.
#[cold]
#[inline(never)]
fn system_has(size: usize) -> bool {
    // SAFETY: any size is fine; nothing is written.
    unsafe {
        let block = std::hint::black_box(libc::malloc(size));
        libc::free(block);
        !block.is_null()
    }
}

unsafe extern "C" fn pool_malloc(_ctx: *mut c_void, size: usize) -> *mut c_void {
    if size >= HUGE && !system_has(size) {
        return ptr::null_mut();
    }
    // SAFETY: any size is fine.
    unsafe { mi::mi_malloc(size) }
}

unsafe extern "C" fn pool_calloc(_ctx: *mut c_void, nelem: usize, elsize: usize) -> *mut c_void {
    if nelem * elsize >= HUGE && !system_has(nelem * elsize) {
        return ptr::null_mut();
    }
    // SAFETY: callers check that the product is a size.
    unsafe { mi::mi_zalloc(nelem * elsize) }
}

unsafe extern "C" fn pool_realloc(_ctx: *mut c_void, ptr: *mut c_void, size: usize) -> *mut c_void {
    if size >= HUGE && !system_has(size) {
        return ptr::null_mut();
    }
    if cradle::holds(ptr) {
        // SAFETY: the cradle's block moves.
        return unsafe { move_out(ptr, size, mi::mi_malloc(size)) };
    }
    // SAFETY: `ptr` is NULL or came from this allocator.
    unsafe { mi::mi_realloc(ptr, size) }
}

unsafe extern "C" fn pool_free(_ctx: *mut c_void, ptr: *mut c_void) {
    // SAFETY: `ptr` is NULL or came from this allocator.
    unsafe {
        if cradle::holds(ptr) {
            return cradle::free(ptr);
        }
        mi::mi_free(ptr)
    }
}

/// A block of the cradle becomes `new`, which may be NULL: then it stays what it is.
#[cold]
unsafe fn move_out(block: *mut c_void, size: usize, new: *mut c_void) -> *mut c_void {
    // SAFETY: the caller's word.
    unsafe {
        if !new.is_null() {
            cradle::copy_out(block, new, size);
            cradle::free(block);
        }
    }
    new
}

unsafe extern "C" fn cradle_malloc(ctx: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: any size is fine.
    cradle::take(size).unwrap_or_else(|| unsafe { pool_malloc(ctx, size) })
}

unsafe extern "C" fn cradle_calloc(ctx: *mut c_void, nelem: usize, elsize: usize) -> *mut c_void {
    match cradle::take(nelem * elsize) {
        Some(block) => {
            // SAFETY: a fresh block of this size.
            unsafe { block.cast::<u8>().write_bytes(0, nelem * elsize) };
            block
        }
        // SAFETY: callers check that the product is a size.
        None => unsafe { pool_calloc(ctx, nelem, elsize) },
    }
}

unsafe extern "C" fn cradle_realloc(ctx: *mut c_void, ptr: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: `ptr` is NULL or came from this allocator.
    unsafe {
        if ptr.is_null() || cradle::holds(ptr) {
            let new = cradle_malloc(ctx, size);
            return if ptr.is_null() { new } else { move_out(ptr, size, new) };
        }
        pool_realloc(ctx, ptr, size)
    }
}

const POOL: PyMemAllocatorEx = PyMemAllocatorEx {
    ctx: ptr::null_mut(),
    malloc: Some(pool_malloc),
    calloc: Some(pool_calloc),
    realloc: Some(pool_realloc),
    free: Some(pool_free),
};

/// The pool with the cradle before it.
const CRADLE: PyMemAllocatorEx = PyMemAllocatorEx {
    ctx: ptr::null_mut(),
    malloc: Some(cradle_malloc),
    calloc: Some(cradle_calloc),
    realloc: Some(cradle_realloc),
    free: Some(pool_free),
};

pub static mut RAW: Domain = Domain { table: LIBC };
pub static mut MEM: Domain = Domain { table: POOL };
pub static mut OBJ: Domain = Domain { table: POOL };

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
            // SAFETY: the table is changed only while no other thread allocates.
            unsafe { ($domain.table.calloc.unwrap_unchecked())($domain.table.ctx, nelem, elsize) }
        }

        /// # Safety
        /// `block` is NULL or came from this domain.
        #[inline]
        pub unsafe fn $realloc(block: *mut c_void, size: usize) -> *mut c_void {
            if size > isize::MAX as usize {
                return ptr::null_mut();
            }
            // SAFETY: the table is changed only while no other thread allocates.
            unsafe { ($domain.table.realloc.unwrap_unchecked())($domain.table.ctx, block, size) }
        }

        /// # Safety
        /// `block` is NULL or came from this domain, and is not used again.
        #[inline]
        pub unsafe fn $free(block: *mut c_void) {
            // SAFETY: the table is changed only while no other thread allocates.
            unsafe { ($domain.table.free.unwrap_unchecked())($domain.table.ctx, block) }
        }
    };
}

domain_functions!(RAW, raw_malloc, raw_calloc, raw_realloc, raw_free);
domain_functions!(MEM, mem_malloc, mem_calloc, mem_realloc, mem_free);
domain_functions!(OBJ, object_malloc, object_calloc, object_realloc, object_free);

/// Puts a value into a raw block of its own, for C to hold; gives it back without memory.
pub fn raw_box<T>(value: T) -> Result<*mut T, T> {
    const { assert!(align_of::<T>() <= 16, "what a block is aligned to") };
    let place = raw_malloc(size_of::<T>()).cast::<T>();
    if place.is_null() {
        return Err(value);
    }
    // SAFETY: fresh, and large enough.
    unsafe { place.write(value) };
    Ok(place)
}

/// A domain's table by CPython's number: 0 raw, 1 mem, 2 object.
pub fn table(domain: c_int) -> Option<*mut PyMemAllocatorEx> {
    // SAFETY: addresses only.
    unsafe {
        match domain {
            0 => Some(&raw mut RAW.table),
            1 => Some(&raw mut MEM.table),
            2 => Some(&raw mut OBJ.table),
            _ => None,
        }
    }
}

/// What `PYTHONMALLOC` and `PyPreConfig.allocator` choose from: the number is CPython's `PyMemAllocatorName`. `None`
/// for a name that is none.
pub fn by_name(name: &[u8]) -> Option<c_int> {
    Some(match name {
        b"default" => 1,
        b"debug" => 2,
        b"malloc" => 3,
        b"malloc_debug" => 4,
        b"pymalloc" => 5,
        b"pymalloc_debug" => 6,
        b"mimalloc" => 7,
        b"mimalloc_debug" => 8,
        _ => return None,
    })
}

/// Sets all three domains up. Only before anything was allocated that is still to be freed.
///
/// # Safety
/// No other thread allocates.
pub unsafe fn choose(number: c_int) {
    let pool = !matches!(number, 3 | 4);
    // SAFETY: the caller's word.
    unsafe {
        RAW.table = LIBC;
        MEM.table = if pool { POOL } else { LIBC };
        OBJ.table = if pool { POOL } else { LIBC };
    }
    if matches!(number, 2 | 4 | 6 | 8) {
        // SAFETY: the caller's word.
        unsafe { debug::install() };
    }
}

/// While it lives, blocks of the mem and the object domain come from the cradle, if they would come from the pool. What
/// somebody puts around its functions meanwhile may stay there: once it is closed they are the pool's.
pub struct Cradled;

impl Cradled {
    /// The main interpreter starts or ends; no other allocates at the same time.
    pub fn new() -> Cradled {
        cradle::open();
        replace(&POOL, &CRADLE);
        Cradled
    }
}

impl Drop for Cradled {
    fn drop(&mut self) {
        replace(&CRADLE, &POOL);
        cradle::close();
    }
}

fn replace(old: &PyMemAllocatorEx, new: &PyMemAllocatorEx) {
    // SAFETY: as `Cradled::new` says; plain data.
    unsafe {
        for table in [&raw mut MEM.table, &raw mut OBJ.table] {
            if same(&*table, old) {
                table.write(ptr::read(new));
            }
        }
    }
}

fn same(a: &PyMemAllocatorEx, b: &PyMemAllocatorEx) -> bool {
    let address = |table: &PyMemAllocatorEx| table.malloc.map_or(0, |f| f as usize);
    a.ctx == b.ctx && address(a) == address(b)
}

/// The three tables are those of one choice: whether it is the pool.
fn known(tables: &[PyMemAllocatorEx; 3]) -> Option<bool> {
    let [raw, mem, object] = tables;
    let all = |one: &PyMemAllocatorEx| same(mem, one) && same(object, one);
    match same(raw, &LIBC) {
        true if all(&LIBC) => Some(false),
        true if all(&POOL) || all(&CRADLE) => Some(true),
        _ => None,
    }
}

/// What is in use, by the name that would choose it; `None` if it is somebody else's
/// (`_PyMem_GetCurrentAllocatorName`).
pub fn current_name() -> Option<&'static std::ffi::CStr> {
    // SAFETY: copies of the tables.
    let tables =
        unsafe { [(&raw const RAW.table).read(), (&raw const MEM.table).read(), (&raw const OBJ.table).read()] };
    if let Some(pooled) = known(&tables) {
        return Some(if pooled { c"mimalloc" } else { c"malloc" });
    }
    known(&debug::wrapped(&tables)?).map(|pooled| if pooled { c"mimalloc_debug" } else { c"malloc_debug" })
}
