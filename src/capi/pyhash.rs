//! `pyhash.h`.

use crate::abi::*;
use crate::types::{float, pyhash};

/// The hash of bytes. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_HashBuffer(ptr: *const c_void, len: Py_ssize_t) -> Py_hash_t {
    if len <= 0 {
        return 0;
    }
    // SAFETY: the caller's contract.
    pyhash::hash_bytes(unsafe { std::slice::from_raw_parts(ptr.cast(), len as usize) })
}

/// The hash of an address. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_HashPointer(ptr: *const c_void) -> Py_hash_t {
    pyhash::hash_pointer(ptr)
}

/// The hash of an object's address: what `object.__hash__` is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GenericHash(obj: *mut PyObject) -> Py_hash_t {
    pyhash::hash_pointer(obj.cast())
}

/// The hash of a double; a NaN's is that of the address of `obj`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_HashDouble(obj: *mut PyObject, value: c_double) -> Py_hash_t {
    float::hash_double(obj, value)
}

/// Without the change of -1 to -2 that a hash undergoes.
unsafe extern "C" fn siphash(ptr: *const c_void, len: Py_ssize_t) -> Py_hash_t {
    // SAFETY: the caller's contract.
    pyhash::raw_hash(unsafe { std::slice::from_raw_parts(ptr.cast(), len.max(0) as usize) })
}

/// A description that nobody changes.
struct Definition(PyHash_FuncDef);

// SAFETY: never written to.
unsafe impl Sync for Definition {}

static DEFINITION: Definition = Definition(PyHash_FuncDef {
    hash: siphash as unsafe extern "C" fn(*const c_void, Py_ssize_t) -> Py_hash_t as *const c_void,
    name: c"siphash13".as_ptr(),
    hash_bits: 64,
    seed_bits: 128,
});

/// What the hash function is. Static.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyHash_GetFuncDef() -> *mut PyHash_FuncDef {
    (&raw const DEFINITION.0).cast_mut()
}
