//! Ints as bytes: of `longobject.h` and `cpython/longobject.h`.

use super::not_an_int;
use crate::abi::*;
use crate::object::{Object, Result, api, error};
use crate::types::long::{self, argument, bytes as long_bytes};

const ALLOW_INDEX: c_int = 0x10;
const REJECT_NEGATIVE: c_int = 8;
const UNSIGNED_BUFFER: c_int = 4;

/// Copies the value of an int into `n` bytes, cut off at the top if need be, and gives the size that holds it: more
/// than `n` where it was cut. `flags` are `Py_ASNATIVEBYTES_*`, or -1. -1 with `TypeError` or `ValueError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_AsNativeBytes(
    v: *mut PyObject,
    buffer: *mut c_void,
    n: Py_ssize_t,
    flags: c_int,
) -> Py_ssize_t {
    api(|| {
        // SAFETY: the caller's contract.
        let v = unsafe { argument(v) }?;
        let Ok(n) = usize::try_from(n) else {
            return Err(error::bad_internal_call());
        };
        let has = |flag: c_int| flags != -1 && flags & flag != 0;
        if !long::check(v) && !has(ALLOW_INDEX) {
            return Err(not_an_int("expect", v));
        }
        long::with_index(v, |v| {
            if has(REJECT_NEGATIVE) && long::is_negative(v) {
                return Err(long::negative());
            }
            let out = if n == 0 || buffer.is_null() {
                &mut []
            } else {
                // SAFETY: the caller's contract.
                unsafe { std::slice::from_raw_parts_mut(buffer.cast::<u8>(), n) }
            };
            let unsigned = flags == -1 || flags & UNSIGNED_BUFFER != 0;
            Ok(long_bytes::write_native(v, out, long_bytes::is_little(flags), unsigned))
        })?
    })
}

/// # Safety
/// `buffer` is NULL or has `n` bytes.
unsafe fn from_native(buffer: *const c_void, n: usize, flags: c_int, signed: bool) -> Result {
    if buffer.is_null() {
        return Err(error::bad_internal_call());
    }
    // SAFETY: the caller's word.
    let bytes = unsafe { std::slice::from_raw_parts(buffer.cast::<u8>(), n) };
    long_bytes::read(bytes, long_bytes::is_little(flags), signed)
}

/// The int whose two's complement the bytes are, or with `Py_ASNATIVEBYTES_UNSIGNED_BUFFER` the int without a sign. New
/// reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromNativeBytes(buffer: *const c_void, n_bytes: usize, flags: c_int) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { from_native(buffer, n_bytes, flags, flags == -1 || flags & UNSIGNED_BUFFER == 0) })
}

/// The int without a sign that the bytes are. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FromUnsignedNativeBytes(
    buffer: *const c_void,
    n_bytes: usize,
    flags: c_int,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { from_native(buffer, n_bytes, flags, false) })
}

/// The int that the bytes are. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_FromByteArray(
    bytes: *const u8,
    n: usize,
    little_endian: c_int,
    is_signed: c_int,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    let bytes = if n == 0 { &[] } else { unsafe { std::slice::from_raw_parts(bytes, n) } };
    api(|| long_bytes::read(bytes, little_endian != 0, is_signed != 0))
}

/// Writes an int into `n` bytes. 0, or -1 where it does not fit, with `OverflowError` if `with_exceptions`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_AsByteArray(
    v: *mut PyLongObject,
    bytes: *mut u8,
    n: usize,
    little_endian: c_int,
    is_signed: c_int,
    with_exceptions: c_int,
) -> c_int {
    // SAFETY: the caller's contract.
    let (v, out) = unsafe {
        let out = if n == 0 { &mut [] } else { std::slice::from_raw_parts_mut(bytes, n) };
        (Object::from_ptr(v.cast()), out)
    };
    match long_bytes::write(v, out, little_endian != 0, is_signed != 0) {
        Ok(()) => 0,
        Err(misfit) => {
            if with_exceptions != 0 {
                let _ = misfit.raise();
            }
            -1
        }
    }
}
