//! `internal/pycore_hashtable.h`: a hash table for C code. No thread state is needed.

use crate::abi::*;
use crate::mem::domains;
use crate::mem::hashtable::{
    self, _Py_hashtable_allocator_t, _Py_hashtable_t, CompareFunction, DestroyFunction, ForeachFunction, HashFunction,
};

unsafe extern "C" fn mem_malloc(size: usize) -> *mut c_void {
    domains::mem_malloc(size)
}

unsafe extern "C" fn mem_free(block: *mut c_void) {
    // SAFETY: the table frees what it allocated.
    unsafe { domains::mem_free(block) }
}

/// The hash of an address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_hashtable_hash_ptr(key: *const c_void) -> Py_uhash_t {
    (key as usize).rotate_right(4)
}

/// 1 if both are the same address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_hashtable_compare_direct(key1: *const c_void, key2: *const c_void) -> c_int {
    (key1 == key2) as c_int
}

/// A new table in memory of `PyMem_Malloc`, or NULL if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_hashtable_new(
    hash_func: HashFunction,
    compare_func: CompareFunction,
) -> *mut _Py_hashtable_t {
    // SAFETY: the caller's contract.
    unsafe { _Py_hashtable_new_full(hash_func, compare_func, None, None, std::ptr::null_mut()) }
}

/// As `_Py_hashtable_new`, with functions that end keys and values, and an allocator; each may be NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_hashtable_new_full(
    hash_func: HashFunction,
    compare_func: CompareFunction,
    key_destroy_func: DestroyFunction,
    value_destroy_func: DestroyFunction,
    allocator: *mut _Py_hashtable_allocator_t,
) -> *mut _Py_hashtable_t {
    let default = _Py_hashtable_allocator_t { malloc: Some(mem_malloc), free: Some(mem_free) };
    // SAFETY: the caller's contract.
    unsafe {
        let alloc = if allocator.is_null() { default } else { *allocator };
        hashtable::new(hash_func, compare_func, key_destroy_func, value_destroy_func, alloc)
    }
}

/// Ends the table and what is in it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_hashtable_destroy(ht: *mut _Py_hashtable_t) {
    // SAFETY: the caller's contract.
    unsafe { hashtable::destroy(ht) }
}

/// Ends what is in the table.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_hashtable_clear(ht: *mut _Py_hashtable_t) {
    // SAFETY: the caller's contract.
    unsafe { hashtable::clear(ht) }
}

/// Calls `func` for each entry until it answers something else than 0, which is the result.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_hashtable_foreach(
    ht: *mut _Py_hashtable_t,
    func: ForeachFunction,
    user_data: *mut c_void,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { hashtable::foreach(ht, func, user_data) }
}

/// The memory of the table, in bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_hashtable_size(ht: *const _Py_hashtable_t) -> usize {
    // SAFETY: the caller's contract.
    unsafe { hashtable::size(ht) }
}

/// The number of entries.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_hashtable_len(ht: *const _Py_hashtable_t) -> usize {
    // SAFETY: the caller's contract.
    unsafe { hashtable::len(ht) }
}

/// Adds a key that is not in the table: 0, or -1 if there is no memory. No error is set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_hashtable_set(ht: *mut _Py_hashtable_t, key: *const c_void, value: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    if unsafe { hashtable::set(ht, key, value) } { 0 } else { -1 }
}

/// The value of a key, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_hashtable_get(ht: *mut _Py_hashtable_t, key: *const c_void) -> *mut c_void {
    // SAFETY: the caller's contract.
    unsafe { hashtable::get(ht, key) }
}

/// Takes a key out without ending it; its value, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_hashtable_steal(ht: *mut _Py_hashtable_t, key: *const c_void) -> *mut c_void {
    // SAFETY: the caller's contract.
    unsafe { hashtable::steal(ht, key) }
}
