//! `floatobject.h`, `cpython/floatobject.h`, `internal/pycore_floatobject.h`.

use crate::abi::*;
use crate::object::{Object, api, error};
use crate::types::float::{self, pack};

/// A new reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_FromDouble(value: c_double) -> *mut PyObject {
    api(|| float::from_f64(value))
}

/// The float that a str, or an object with a buffer of bytes, stands for. New reference; `ValueError`, `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_FromString(str: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| float::parse::from_object(unsafe { Object::new(str) }?))
}

/// The value of a float, or of what `__float__` or `__index__` give; -1.0 with `TypeError` or `OverflowError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_AsDouble(op: *mut PyObject) -> c_double {
    api(|| {
        if op.is_null() {
            return Err(error::bad_argument());
        }
        // SAFETY: not NULL, and the caller's contract.
        float::as_f64(unsafe { Object::from_ptr(op) })
    })
}

/// The largest finite double.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_GetMax() -> c_double {
    f64::MAX
}

/// The smallest positive normal double.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_GetMin() -> c_double {
    f64::MIN_POSITIVE
}

/// Writes a double in half precision. 0, or -1 with `OverflowError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_Pack2(x: c_double, p: *mut c_char, le: c_int) -> c_int {
    api(|| {
        let bits = pack::to_half(x)?;
        // SAFETY: the caller's contract.
        unsafe { pack::store(bits.to_be_bytes(), p, le != 0) };
        Ok(())
    })
}

/// Writes a double in single precision. 0, or -1 with `OverflowError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_Pack4(x: c_double, p: *mut c_char, le: c_int) -> c_int {
    api(|| {
        let bits = pack::to_single(x)?;
        // SAFETY: the caller's contract.
        unsafe { pack::store(bits.to_be_bytes(), p, le != 0) };
        Ok(())
    })
}

/// Writes a double. Always 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_Pack8(x: c_double, p: *mut c_char, le: c_int) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { pack::store(x.to_bits().to_be_bytes(), p, le != 0) };
    0
}

/// Reads two bytes in half precision.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_Unpack2(p: *const c_char, le: c_int) -> c_double {
    // SAFETY: the caller's contract.
    pack::from_half(u16::from_be_bytes(unsafe { pack::load(p, le != 0) }))
}

/// Reads four bytes in single precision.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_Unpack4(p: *const c_char, le: c_int) -> c_double {
    // SAFETY: the caller's contract.
    pack::from_single(u32::from_be_bytes(unsafe { pack::load(p, le != 0) }))
}

/// Reads eight bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_Unpack8(p: *const c_char, le: c_int) -> c_double {
    // SAFETY: the caller's contract.
    f64::from_bits(u64::from_be_bytes(unsafe { pack::load(p, le != 0) }))
}

/// The end of an exact float.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyFloat_ExactDealloc(op: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe { float::exact_dealloc(op) }
}

/// `sys.float_info`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyFloat_GetInfo() -> *mut PyObject {
    api(float::info::new)
}
