//! Numbers.

use crate::abi::*;
use crate::object::{Object, api, number, sequence};

/// 1 if `o` can be turned into a number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Check(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { Object::optional(o).is_some_and(number::check) as c_int }
}

/// New reference: `o1 + o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Add(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::binary(Object::new(o1)?, Object::new(o2)?, number::ADD) })
}

/// New reference: `o1 - o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Subtract(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::binary(Object::new(o1)?, Object::new(o2)?, number::SUBTRACT) })
}

/// New reference: `o1 * o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Multiply(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::binary(Object::new(o1)?, Object::new(o2)?, number::MULTIPLY) })
}

/// New reference: `o1 @ o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_MatrixMultiply(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::binary(Object::new(o1)?, Object::new(o2)?, number::MATRIX_MULTIPLY) })
}

/// New reference: `o1 // o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_FloorDivide(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::binary(Object::new(o1)?, Object::new(o2)?, number::FLOOR_DIVIDE) })
}

/// New reference: `o1 / o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_TrueDivide(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::binary(Object::new(o1)?, Object::new(o2)?, number::TRUE_DIVIDE) })
}

/// New reference: `o1 % o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Remainder(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::binary(Object::new(o1)?, Object::new(o2)?, number::REMAINDER) })
}

/// New reference: `o1 << o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Lshift(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::binary(Object::new(o1)?, Object::new(o2)?, number::LSHIFT) })
}

/// New reference: `o1 >> o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Rshift(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::binary(Object::new(o1)?, Object::new(o2)?, number::RSHIFT) })
}

/// New reference: `o1 & o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_And(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::binary(Object::new(o1)?, Object::new(o2)?, number::AND) })
}

/// New reference: `o1 ^ o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Xor(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::binary(Object::new(o1)?, Object::new(o2)?, number::XOR) })
}

/// New reference: `o1 | o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Or(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::binary(Object::new(o1)?, Object::new(o2)?, number::OR) })
}

/// New reference: `divmod(o1, o2)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Divmod(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::binary(Object::new(o1)?, Object::new(o2)?, number::DIVMOD) })
}

/// New reference: `o1 ** o2`, or `pow(o1, o2, o3)` if `o3` is not `None`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Power(o1: *mut PyObject, o2: *mut PyObject, o3: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::power(Object::new(o1)?, Object::new(o2)?, Object::new(o3)?) })
}

/// New reference: what `o1` becomes by `o1 += o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_InPlaceAdd(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::inplace(Object::new(o1)?, Object::new(o2)?, number::ADD) })
}

/// New reference: what `o1` becomes by `o1 -= o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_InPlaceSubtract(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::inplace(Object::new(o1)?, Object::new(o2)?, number::SUBTRACT) })
}

/// New reference: what `o1` becomes by `o1 *= o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_InPlaceMultiply(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::inplace(Object::new(o1)?, Object::new(o2)?, number::MULTIPLY) })
}

/// New reference: what `o1` becomes by `o1 @= o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_InPlaceMatrixMultiply(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::inplace(Object::new(o1)?, Object::new(o2)?, number::MATRIX_MULTIPLY) })
}

/// New reference: what `o1` becomes by `o1 //= o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_InPlaceFloorDivide(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::inplace(Object::new(o1)?, Object::new(o2)?, number::FLOOR_DIVIDE) })
}

/// New reference: what `o1` becomes by `o1 /= o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_InPlaceTrueDivide(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::inplace(Object::new(o1)?, Object::new(o2)?, number::TRUE_DIVIDE) })
}

/// New reference: what `o1` becomes by `o1 %= o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_InPlaceRemainder(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::inplace(Object::new(o1)?, Object::new(o2)?, number::REMAINDER) })
}

/// New reference: what `o1` becomes by `o1 <<= o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_InPlaceLshift(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::inplace(Object::new(o1)?, Object::new(o2)?, number::LSHIFT) })
}

/// New reference: what `o1` becomes by `o1 >>= o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_InPlaceRshift(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::inplace(Object::new(o1)?, Object::new(o2)?, number::RSHIFT) })
}

/// New reference: what `o1` becomes by `o1 &= o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_InPlaceAnd(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::inplace(Object::new(o1)?, Object::new(o2)?, number::AND) })
}

/// New reference: what `o1` becomes by `o1 ^= o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_InPlaceXor(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::inplace(Object::new(o1)?, Object::new(o2)?, number::XOR) })
}

/// New reference: what `o1` becomes by `o1 |= o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_InPlaceOr(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::inplace(Object::new(o1)?, Object::new(o2)?, number::OR) })
}

/// New reference: what `o1` becomes by `o1 **= o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_InPlacePower(
    o1: *mut PyObject,
    o2: *mut PyObject,
    o3: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::inplace_power(Object::new(o1)?, Object::new(o2)?, Object::new(o3)?) })
}

/// New reference: `-o`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Negative(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::unary(Object::new(o)?, number::NEGATIVE) })
}

/// New reference: `+o`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Positive(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::unary(Object::new(o)?, number::POSITIVE) })
}

/// New reference: `abs(o)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Absolute(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::unary(Object::new(o)?, number::ABSOLUTE) })
}

/// New reference: `~o`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Invert(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::unary(Object::new(o)?, number::INVERT) })
}

/// 1 if `o` has `__index__`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyIndex_Check(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { number::is_index(Object::from_ptr(o)) as c_int }
}

/// New reference: an exact int.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Index(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::index_exact(Object::new(o)?) })
}

/// New reference: an int, or an instance of a subclass.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyNumber_Index(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::index(Object::new(o)?) })
}

/// The value as a size; one that does not fit is clipped, or raises `exc` if that is not NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_AsSsize_t(o: *mut PyObject, exc: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::as_ssize(Object::new(o)?, Object::optional(exc)) })
}

/// New reference: `int(o)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Long(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::long(Object::new(o)?) })
}

/// New reference: `float(o)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_Float(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::float(Object::new(o)?) })
}

/// New reference: the digits of an int in base 2, 8, 10 or 16, with prefix.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyNumber_ToBase(n: *mut PyObject, base: c_int) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { number::to_base(Object::new(n)?, base) })
}

/// For `PyArg_Parse`'s "O&": 1 with the size in `result`, which stays for `None`; 0 on error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_convert_optional_to_ssize_t(obj: *mut PyObject, result: *mut c_void) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        match sequence::optional_ssize(Object::from_ptr(obj)) {
            Ok(Some(n)) => *result.cast::<Py_ssize_t>() = n,
            Ok(None) => {}
            Err(_) => return 0,
        }
        1
    }
}
