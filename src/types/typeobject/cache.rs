//! Looking a name up along a class's resolution order, and the cache that makes it cheap.
//!
//! Every class has a version: a number that no other class has had. A change of the class, or of a class it derives
//! from, takes the number away (`modified`), so an entry of the cache, keyed by version and name, is right for as long
//! as it can be found. The cache belongs to the interpreter. Static types draw from numbers of the process below
//! `FIRST_HEAP`, classes on the heap from numbers of their interpreter above it.

use super::{is_heap, mro, shared_dict, subclasses};
use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, Result, error};
use crate::state;
use crate::types::{dict, unicode};
use std::ptr;
use std::sync::atomic::{AtomicU32, Ordering};

const SIZE: usize = 1 << 10;
/// The first version of classes on the heap. Half a cache beyond a multiple of its size: `type` and the other static
/// types have small versions, and a name looked up in a class is looked up in its metaclass too, so that the two should
/// not meet in one place.
pub const FIRST_HEAP: u32 = (1 << 16) + SIZE as u32 / 2;
/// A class whose version was taken this often lives on without one: it changes too much for a cache.
const MAX_VERSIONS: u16 = 1000;

/// The last version that a static type got.
static STATIC_VERSION: AtomicU32 = AtomicU32::new(0);

#[repr(C)]
struct Entry {
    version: u32,
    /// Owned.
    name: *mut PyObject,
    /// Borrowed, which is fine while the version stands; NULL for a name that is not there.
    value: *mut PyObject,
}

/// `_PyType_Lookup`: `name` in the dicts along the resolution order, through the attribute cache. Never raises.
#[inline]
pub fn lookup<'a>(ty: *mut PyTypeObject, name: &Object) -> Option<&'a Object> {
    // SAFETY: a live type; attached. The value is alive while the class is unchanged.
    unsafe {
        let version = (*ty).tp_version_tag;
        let cache = (*state::interp()).types.cache.cast::<Entry>();
        if version != 0 && !cache.is_null() {
            let entry = cache.add(place(version, name));
            if (*entry).version == version && (*entry).name == name.as_ptr() {
                return Object::optional((*entry).value);
            }
        }
        lookup_slow(ty, name)
    }
}

#[inline(always)]
fn place(version: u32, name: &Object) -> usize {
    (version as usize ^ (name.as_ptr() as usize >> 4)) & (SIZE - 1)
}

#[inline(never)]
fn lookup_slow<'a>(ty: *mut PyTypeObject, name: &Object) -> Option<&'a Object> {
    let has_version = assign_version(ty);
    let found = match find(ty, name) {
        Ok(found) => found,
        // A key with a hash or comparison of its own raised: no answer, and nothing to remember.
        Err(_) => {
            error::clear();
            return None;
        }
    };
    if has_version && name.is_exact(&raw mut unicode::PyUnicode_Type) {
        // SAFETY: attached: the interpreter's cache; a live type.
        unsafe {
            let types = &raw mut (*state::interp()).types;
            if (*types).cache.is_null() {
                // SAFETY: zeroes are empty entries.
                (*types).cache = crate::mem::domains::raw_calloc(SIZE, size_of::<Entry>());
            }
            if !(*types).cache.is_null() {
                let entry = (*types).cache.cast::<Entry>().add(place((*ty).tp_version_tag, name));
                let old = (*entry).name;
                (*entry).version = (*ty).tp_version_tag;
                (*entry).value = found.map_or(ptr::null_mut(), Object::as_ptr);
                (*entry).name = name.to_owned().into_raw();
                refcount::xdecref(old);
            }
        }
    }
    found
}

/// Without the cache.
pub fn find<'a>(ty: *mut PyTypeObject, name: &Object) -> Result<Option<&'a Object>> {
    for base in mro::items(ty) {
        // A type on its way to being ready may have no dict yet.
        let Some(dict) = shared_dict::dict_to_ask(base.cast(), name) else { continue };
        if let Some(value) = dict::get_borrowed(dict, name)? {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

/// The first of `count` versions for static types of the runtime.
pub fn static_versions(count: u32) -> u32 {
    STATIC_VERSION.fetch_add(count, Ordering::Relaxed) + 1
}

/// Gives the class a version if it has none; false if it can't have one.
pub fn assign_version(ty: *mut PyTypeObject) -> bool {
    // SAFETY: live types; attached.
    unsafe {
        if (*ty).tp_version_tag != 0 {
            return true;
        }
        if (*ty).tp_flags & Py_TPFLAGS_READY == 0 {
            return false;
        }
        // A change of a base reaches its subclasses only while the base has a version itself.
        for base in crate::types::tuple::items(Object::from_ptr((*ty).tp_bases)) {
            if !assign_version(base.cast()) {
                return false;
            }
        }
        if is_heap(ty) {
            let types = &raw mut (*state::interp()).types;
            if (*ty).tp_versions_used >= MAX_VERSIONS {
                return false;
            }
            if (*types).next_version < FIRST_HEAP {
                (*types).next_version = FIRST_HEAP;
            }
            if (*types).next_version == u32::MAX {
                return false;
            }
            (*ty).tp_versions_used += 1;
            (*ty).tp_version_tag = (*types).next_version;
            (*types).next_version += 1;
        } else {
            let version = STATIC_VERSION.fetch_add(1, Ordering::Relaxed) + 1;
            if version >= FIRST_HEAP {
                STATIC_VERSION.store(FIRST_HEAP, Ordering::Relaxed);
                return false;
            }
            (*ty).tp_version_tag = version;
        }
        true
    }
}

/// `PyType_Modified`: the class changed, so what is remembered of it and its subclasses is void; watchers are told.
pub fn modified(ty: *mut PyTypeObject) {
    // SAFETY: live types; a class without a version has no subclass with one.
    unsafe {
        if (*ty).tp_version_tag == 0 {
            return;
        }
        for subclass in subclasses::heap_subclasses(ty) {
            modified(subclass.cast());
        }
        super::watchers::notify(ty);
        if super::has_flag(ty, _Py_TPFLAGS_STATIC_BUILTIN) {
            // Its version is everybody's; what this interpreter remembers under it is its own.
            if super::extension::is_one(ty) {
                empty(&raw mut (*state::interp()).types);
            }
            return;
        }
        (*ty).tp_version_tag = 0;
        if is_heap(ty) {
            (*ty.cast::<PyHeapTypeObject>())._spec_cache.getitem = ptr::null_mut();
        }
    }
}

/// A new resolution order voids the same things.
pub fn modified_by_mro(ty: *mut PyTypeObject) {
    modified(ty);
}

/// `PyType_ClearCache`: the last version given out.
pub fn clear() -> u32 {
    // SAFETY: attached.
    unsafe {
        let types = &raw mut (*state::interp()).types;
        let last = (*types).next_version.max(FIRST_HEAP) - 1;
        empty(&raw mut *types);
        last
    }
}

/// Gives up the cache of an interpreter, when it ends or is told to forget.
///
/// # Safety
/// Attached to the interpreter that `types` belongs to.
pub unsafe fn empty(types: *mut state::TypeState) {
    // SAFETY: the caller's word; entries hold a reference to their names.
    unsafe {
        let cache = std::mem::replace(&mut (*types).cache, ptr::null_mut()).cast::<Entry>();
        if cache.is_null() {
            return;
        }
        for i in 0..SIZE {
            refcount::xdecref((*cache.add(i)).name);
        }
        crate::mem::domains::raw_free(cache.cast());
    }
}
