//! `_Py_hashtable_t`: a hash table from pointers to pointers with functions of the caller's. CPython's own extension
//! modules use it, and reach into its head to find entries.

use crate::abi::*;
use std::mem::offset_of;
use std::ptr;

/// One entry; entries of a bucket are a list.
#[repr(C)]
pub struct _Py_hashtable_entry_t {
    next: *mut _Py_hashtable_entry_t,
    key_hash: Py_uhash_t,
    key: *mut c_void,
    value: *mut c_void,
}

pub type HashFunction = Option<unsafe extern "C" fn(*const c_void) -> Py_uhash_t>;
pub type CompareFunction = Option<unsafe extern "C" fn(*const c_void, *const c_void) -> c_int>;
pub type DestroyFunction = Option<unsafe extern "C" fn(*mut c_void)>;
pub type ForeachFunction =
    Option<unsafe extern "C" fn(*mut _Py_hashtable_t, *const c_void, *const c_void, *mut c_void) -> c_int>;
type GetEntryFunction = Option<unsafe extern "C" fn(*mut _Py_hashtable_t, *const c_void) -> *mut _Py_hashtable_entry_t>;

/// Where the table's memory comes from.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct _Py_hashtable_allocator_t {
    pub malloc: Option<unsafe extern "C" fn(usize) -> *mut c_void>,
    pub free: Option<unsafe extern "C" fn(*mut c_void)>,
}

/// The table.
#[repr(C)]
pub struct _Py_hashtable_t {
    nentries: usize,
    nbuckets: usize,
    buckets: *mut *mut _Py_hashtable_entry_t,
    get_entry_func: GetEntryFunction,
    hash_func: HashFunction,
    compare_func: CompareFunction,
    key_destroy_func: DestroyFunction,
    value_destroy_func: DestroyFunction,
    alloc: _Py_hashtable_allocator_t,
}

const _: () = {
    assert!(size_of::<_Py_hashtable_entry_t>() == 32);
    assert!(offset_of!(_Py_hashtable_t, get_entry_func) == 24);
    assert!(size_of::<_Py_hashtable_t>() == 80);
};

/// A table has at least so many buckets, and more of them than it is twice as full.
const MIN_BUCKETS: usize = 16;

/// The bucket of a hash.
///
/// # Safety
/// `ht` is a table.
unsafe fn bucket(ht: *const _Py_hashtable_t, hash: Py_uhash_t) -> *mut *mut _Py_hashtable_entry_t {
    // SAFETY: the number of buckets is a power of two.
    unsafe { (*ht).buckets.add(hash & ((*ht).nbuckets - 1)) }
}

unsafe extern "C" fn get_entry(ht: *mut _Py_hashtable_t, key: *const c_void) -> *mut _Py_hashtable_entry_t {
    // SAFETY: the caller's table.
    unsafe {
        let hash = (*ht).hash_func.unwrap_unchecked()(key);
        let mut entry = *bucket(ht, hash);
        while !entry.is_null() {
            if (*entry).key_hash == hash && (*ht).compare_func.unwrap_unchecked()(key, (*entry).key) != 0 {
                break;
            }
            entry = (*entry).next;
        }
        entry
    }
}

/// Memory for `n` buckets, all empty; NULL if there is none.
unsafe fn make_buckets(ht: *const _Py_hashtable_t, n: usize) -> *mut *mut _Py_hashtable_entry_t {
    // SAFETY: the caller's allocator.
    unsafe {
        let buckets = (*ht).alloc.malloc.unwrap_unchecked()(n * size_of::<usize>());
        if !buckets.is_null() {
            ptr::write_bytes(buckets.cast::<usize>(), 0, n);
        }
        buckets.cast()
    }
}

/// A new table, or NULL if there is no memory.
///
/// # Safety
/// The functions work on the keys and values that will be put in.
pub unsafe fn new(
    hash_func: HashFunction,
    compare_func: CompareFunction,
    key_destroy_func: DestroyFunction,
    value_destroy_func: DestroyFunction,
    alloc: _Py_hashtable_allocator_t,
) -> *mut _Py_hashtable_t {
    // SAFETY: the caller's allocator; fresh.
    unsafe {
        let ht = alloc.malloc.unwrap_unchecked()(size_of::<_Py_hashtable_t>()).cast::<_Py_hashtable_t>();
        if ht.is_null() {
            return ht;
        }
        ht.write(_Py_hashtable_t {
            nentries: 0,
            nbuckets: MIN_BUCKETS,
            buckets: ptr::null_mut(),
            get_entry_func: Some(get_entry),
            hash_func,
            compare_func,
            key_destroy_func,
            value_destroy_func,
            alloc,
        });
        (*ht).buckets = make_buckets(ht, MIN_BUCKETS);
        if (*ht).buckets.is_null() {
            alloc.free.unwrap_unchecked()(ht.cast());
            return ptr::null_mut();
        }
        ht
    }
}

/// Puts the entries into as many buckets as their number wants. Without memory they stay where they are, and it is
/// false.
unsafe fn rehash(ht: *mut _Py_hashtable_t) -> bool {
    // SAFETY: the caller's table; each entry moves to one of the new buckets.
    unsafe {
        let wanted = ((*ht).nentries * 10 / 3).next_power_of_two().max(MIN_BUCKETS);
        if wanted == (*ht).nbuckets {
            return true;
        }
        let (old, n) = ((*ht).buckets, (*ht).nbuckets);
        let buckets = make_buckets(ht, wanted);
        if buckets.is_null() {
            return false;
        }
        (*ht).buckets = buckets;
        (*ht).nbuckets = wanted;
        for i in 0..n {
            let mut entry = *old.add(i);
            while !entry.is_null() {
                let next = (*entry).next;
                let place = bucket(ht, (*entry).key_hash);
                (*entry).next = *place;
                *place = entry;
                entry = next;
            }
        }
        (*ht).alloc.free.unwrap_unchecked()(old.cast());
        true
    }
}

/// Adds a key that is not there; false if there is no memory.
///
/// # Safety
/// `ht` is a table.
pub unsafe fn set(ht: *mut _Py_hashtable_t, key: *const c_void, value: *mut c_void) -> bool {
    // SAFETY: the caller's word; fresh.
    unsafe {
        let entry =
            (*ht).alloc.malloc.unwrap_unchecked()(size_of::<_Py_hashtable_entry_t>()).cast::<_Py_hashtable_entry_t>();
        if entry.is_null() {
            return false;
        }
        (*ht).nentries += 1;
        if (*ht).nentries * 2 > (*ht).nbuckets && !rehash(ht) {
            (*ht).nentries -= 1;
            (*ht).alloc.free.unwrap_unchecked()(entry.cast());
            return false;
        }
        let key_hash = (*ht).hash_func.unwrap_unchecked()(key);
        let place = bucket(ht, key_hash);
        entry.write(_Py_hashtable_entry_t { next: *place, key_hash, key: key.cast_mut(), value });
        *place = entry;
        true
    }
}

/// The value of a key, or NULL.
///
/// # Safety
/// `ht` is a table.
pub unsafe fn get(ht: *mut _Py_hashtable_t, key: *const c_void) -> *mut c_void {
    // SAFETY: the caller's word.
    unsafe {
        let entry = (*ht).get_entry_func.unwrap_unchecked()(ht, key);
        if entry.is_null() { ptr::null_mut() } else { (*entry).value }
    }
}

/// Takes a key out and gives its value, or NULL. Neither is destroyed.
///
/// # Safety
/// `ht` is a table.
pub unsafe fn steal(ht: *mut _Py_hashtable_t, key: *const c_void) -> *mut c_void {
    // SAFETY: the caller's word.
    unsafe {
        let hash = (*ht).hash_func.unwrap_unchecked()(key);
        let mut place = bucket(ht, hash);
        while !(*place).is_null() {
            let entry = *place;
            if (*entry).key_hash == hash && (*ht).compare_func.unwrap_unchecked()(key, (*entry).key) != 0 {
                *place = (*entry).next;
                (*ht).nentries -= 1;
                let value = (*entry).value;
                (*ht).alloc.free.unwrap_unchecked()(entry.cast());
                if (*ht).nentries * 10 < (*ht).nbuckets {
                    rehash(ht);
                }
                return value;
            }
            place = &raw mut (*entry).next;
        }
        ptr::null_mut()
    }
}

/// Calls `function` for each entry until it answers something else than 0, which is the result.
///
/// # Safety
/// `ht` is a table, which the function does not change.
pub unsafe fn foreach(ht: *mut _Py_hashtable_t, function: ForeachFunction, data: *mut c_void) -> c_int {
    // SAFETY: the caller's word.
    unsafe {
        for i in 0..(*ht).nbuckets {
            let mut entry = *(*ht).buckets.add(i);
            while !entry.is_null() {
                let answer = function.unwrap_unchecked()(ht, (*entry).key, (*entry).value, data);
                if answer != 0 {
                    return answer;
                }
                entry = (*entry).next;
            }
        }
    }
    0
}

/// Destroys all entries.
unsafe fn destroy_entries(ht: *mut _Py_hashtable_t) {
    // SAFETY: the caller's table.
    unsafe {
        for i in 0..(*ht).nbuckets {
            let mut entry = (*ht).buckets.add(i).replace(ptr::null_mut());
            while !entry.is_null() {
                let next = (*entry).next;
                if let Some(destroy) = (*ht).key_destroy_func {
                    destroy((*entry).key);
                }
                if let Some(destroy) = (*ht).value_destroy_func {
                    destroy((*entry).value);
                }
                (*ht).alloc.free.unwrap_unchecked()(entry.cast());
                entry = next;
            }
        }
        (*ht).nentries = 0;
    }
}

/// Empties the table.
///
/// # Safety
/// `ht` is a table.
pub unsafe fn clear(ht: *mut _Py_hashtable_t) {
    // SAFETY: the caller's word.
    unsafe {
        destroy_entries(ht);
        rehash(ht);
    }
}

/// Ends the table.
///
/// # Safety
/// `ht` is a table and not used again.
pub unsafe fn destroy(ht: *mut _Py_hashtable_t) {
    // SAFETY: the caller's word.
    unsafe {
        destroy_entries(ht);
        let free = (*ht).alloc.free.unwrap_unchecked();
        free((*ht).buckets.cast());
        free(ht.cast());
    }
}

/// The number of entries.
///
/// # Safety
/// `ht` is a table.
pub unsafe fn len(ht: *const _Py_hashtable_t) -> usize {
    // SAFETY: the caller's word.
    unsafe { (*ht).nentries }
}

/// The memory of the table without what its keys and values refer to.
///
/// # Safety
/// `ht` is a table.
pub unsafe fn size(ht: *const _Py_hashtable_t) -> usize {
    // SAFETY: the caller's word.
    unsafe {
        size_of::<_Py_hashtable_t>()
            + (*ht).nbuckets * size_of::<usize>()
            + (*ht).nentries * size_of::<_Py_hashtable_entry_t>()
    }
}
