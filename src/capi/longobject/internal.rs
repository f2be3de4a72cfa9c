//! `internal/pycore_long.h`: what CPython exports for its own modules.

use super::store;
use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, api, error};
use crate::raise;
use crate::types::long::{self, argument};
use crate::types::{tuple, unicode};

/// The value of each character as a digit, 37 if it is none.
#[unsafe(no_mangle)]
pub static mut _PyLong_DigitValue: [u8; 256] = {
    let mut values = [37; 256];
    let mut c = 0;
    while c < 128 {
        if let Some(value) = (c as u8 as char).to_digit(36) {
            values[c] = value as u8;
        }
        c += 1;
    }
    values
};

/// The end of an exact int, unless it is one of the small ones that stay.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_ExactDealloc(op: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe {
        if !refcount::is_immortal(op) {
            long::exact_dealloc(op);
        }
    }
}

/// Two ints.
///
/// # Safety
/// Both are alive.
unsafe fn two<'a>(left: *mut PyLongObject, right: *mut PyLongObject) -> (&'a Object, &'a Object) {
    // SAFETY: the caller's word.
    unsafe { (Object::from_ptr(left.cast()), Object::from_ptr(right.cast())) }
}

/// The sum of two ints. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Add(left: *mut PyLongObject, right: *mut PyLongObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    let (a, b) = unsafe { two(left, right) };
    api(|| long::add(a, b))
}

/// The difference of two ints. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Subtract(left: *mut PyLongObject, right: *mut PyLongObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    let (a, b) = unsafe { two(left, right) };
    api(|| long::subtract(a, b))
}

/// The product of two ints. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Multiply(left: *mut PyLongObject, right: *mut PyLongObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    let (a, b) = unsafe { two(left, right) };
    api(|| long::multiply(a, b))
}

/// Nearest quotient, ties to even, and the remainder that goes with it, as a tuple. New reference; `TypeError` if one
/// is no int.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_DivmodNear(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        let (a, b) = unsafe { two(a.cast(), b.cast()) };
        if !long::check(a) || !long::check(b) {
            return Err(raise!(TypeError, "non-integer arguments in division"));
        }
        let (quotient, rest) = long::arith::divmod_near(a, b)?;
        tuple::from_owned(vec![quotient, rest])
    })
}

/// The digits of an int, with the prefix of the base. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Format(obj: *mut PyObject, base: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        let o = unsafe { argument(obj) }?;
        if !long::check(o) {
            return Err(error::bad_internal_call());
        }
        unicode::from_str(&long::to_base_with_prefix(o, base as u32)?)
    })
}

/// Mantissa in [0.5, 1) and exponent of an int.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Frexp(a: *mut PyLongObject, e: *mut i64) -> c_double {
    // SAFETY: the caller's contract.
    unsafe {
        let (mantissa, exponent) = long::double::frexp_of(Object::from_ptr(a.cast()));
        *e = exponent;
        mantissa
    }
}

/// `a << shiftby`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Lshift(a: *mut PyObject, shiftby: i64) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| long::bits::shift_left_by(unsafe { Object::from_ptr(a) }, shiftby as u64))
}

/// `a >> shiftby`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Rshift(a: *mut PyObject, shiftby: i64) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| long::bits::shift_right_by(unsafe { Object::from_ptr(a) }, shiftby as u64))
}

/// The body of a converter: 1, or 0 with an error set.
///
/// # Safety
/// `obj` is alive and `ptr` has room for a `T`.
unsafe fn converted<T: TryFrom<u64>>(obj: *mut PyObject, ptr: *mut c_void, name: &str) -> c_int {
    // SAFETY: the caller's word.
    let value = unsafe { argument(obj) }.and_then(|o| long::convert_unsigned::<T>(o, name));
    store(value, ptr.cast()).is_ok() as c_int
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UnsignedShort_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<u16>(obj, ptr, "unsigned short") }
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UnsignedInt_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<c_uint>(obj, ptr, "unsigned int") }
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UnsignedLong_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<c_ulong>(obj, ptr, "unsigned long") }
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UnsignedLongLong_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<c_ulonglong>(obj, ptr, "unsigned long long") }
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Size_t_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<usize>(obj, ptr, "size_t") }
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UInt8_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<u8>(obj, ptr, "uint8_t") }
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UInt16_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<u16>(obj, ptr, "uint16_t") }
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UInt32_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<u32>(obj, ptr, "uint32_t") }
}

/// A converter for `O&`: 1, or 0 with an error set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_UInt64_Converter(obj: *mut PyObject, ptr: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { converted::<u64>(obj, ptr, "uint64_t") }
}
