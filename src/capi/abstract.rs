//! `abstract.h`: calls, and the protocols of objects, numbers, sequences, mappings and iterators.

use crate::abi::*;
use crate::object::call::{self, nargs};
use crate::object::iter::{PYGEN_ERROR, PYGEN_NEXT, PYGEN_RETURN, Sent};
use crate::object::sequence::Search;
use crate::object::{IntoC, Object, Owned, Result, api, error, iter, mapping, number, sequence};
use crate::types::{tuple, unicode};
use std::ffi::CStr;
use std::ptr;

/// The argument of an export that is a C string, as a str.
///
/// # Safety
/// `text` is a C string.
unsafe fn key(text: *const c_char) -> Result<Owned> {
    if text.is_null() {
        return Err(error::null_argument());
    }
    // SAFETY: the caller's contract.
    unicode::from_utf8(unsafe { CStr::from_ptr(text) }.to_bytes())
}

/// Puts an optional value where C wants it: 1, or 0 and NULL, or -1 and NULL.
///
/// # Safety
/// `place` is valid.
unsafe fn optional(place: *mut *mut PyObject, result: Result<Option<Owned>>) -> c_int {
    let (value, status) = match result {
        Ok(Some(value)) => (value.into_raw(), 1),
        Ok(None) => (ptr::null_mut(), 0),
        Err(_) => (ptr::null_mut(), -1),
    };
    // SAFETY: the caller's contract.
    unsafe { *place = value };
    status
}

/// An answer of functions that can't fail: an error is reported as unraisable and means no.
fn yes_or_unraisable(result: Result<bool>, place: &str) -> c_int {
    match result {
        Ok(answer) => answer as c_int,
        Err(_raised) => {
            crate::runtime::unraisable::report(place);
            0
        }
    }
}

// Calls.

/// A vectorcall function, or NULL if the object's type has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyVectorcall_Function(callable: *mut PyObject) -> vectorcallfunc {
    // SAFETY: the caller's contract.
    call::vectorcall_function(unsafe { Object::from_ptr(callable) })
}

/// The number of positional arguments in `nargsf`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyVectorcall_NARGS(nargsf: usize) -> Py_ssize_t {
    nargs(nargsf) as Py_ssize_t
}

/// New reference. Calls with an array of arguments.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Vectorcall(
    callable: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { call::vectorcall(Object::from_ptr(callable), args, nargsf, kwnames) })
}

/// New reference. Calls with an array of positional arguments and a dict of keyword arguments, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_VectorcallDict(
    callable: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let callable = Object::from_ptr(callable);
        match Object::optional(kwargs) {
            None => call::vectorcall(callable, args, nargsf, ptr::null_mut()),
            Some(kwargs) => callable.call_dict(arguments(args, nargs(nargsf)), Some(kwargs)),
        }
    })
}

/// New reference. Calls the method `name` of the first argument.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_VectorcallMethod(
    name: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { call::vectorcall_method(Object::from_ptr(name), args, nargsf, kwnames) })
}

/// New reference. What `tp_call` is for types with vectorcall.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyVectorcall_Call(
    callable: *mut PyObject,
    tuple: *mut PyObject,
    dict: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        call::vectorcall_call(Object::from_ptr(callable), Object::from_ptr(tuple), Object::optional(dict))
    })
}

/// New reference. Calls with a tuple and a dict, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Call(
    callable: *mut PyObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(callable).call_tuple(Object::from_ptr(args), Object::optional(kwargs)) })
}

/// New reference. As `PyObject_Call`: the old name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCFunction_Call(
    callable: *mut PyObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { PyObject_Call(callable, args, kwargs) }
}

/// New reference. Calls with a tuple, or nothing for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_CallObject(callable: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let callable = Object::from_ptr(callable);
        match Object::optional(args) {
            None => callable.call(&[]),
            Some(args) if !tuple::check(args) => Err(crate::raise!(TypeError, "argument list must be a tuple")),
            Some(args) => callable.call_tuple(args, None),
        }
    })
}

/// New reference. As `PyObject_Call`, with NULL for no arguments.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyEval_CallObjectWithKeywords(
    callable: *mut PyObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let (args, kwargs) = (Object::optional(args), Object::optional(kwargs));
        if args.is_some_and(|a| !tuple::check(a)) {
            return Err(crate::raise!(TypeError, "argument list must be a tuple"));
        }
        if kwargs.is_some_and(|k| !crate::types::dict::check(k)) {
            return Err(crate::raise!(TypeError, "keyword list must be a dictionary"));
        }
        let callable = Object::from_ptr(callable);
        match args {
            None => callable.call_dict(&[], kwargs),
            Some(args) => callable.call_tuple(args, kwargs),
        }
    })
}

/// New reference. Calls without arguments.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_CallNoArgs(func: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(func).call(&[]) })
}

/// New reference. Calls with one argument.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_CallOneArg(func: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract; the place before the argument is free.
    api(|| unsafe {
        let args = [ptr::null_mut(), arg];
        call::vectorcall(Object::from_ptr(func), args[1..].as_ptr(), 1 | call::ARGUMENTS_OFFSET, ptr::null_mut())
    })
}

/// New reference: a dict of the values and the tuple of their names.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyStack_AsDict(values: *const *mut PyObject, kwnames: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { call::stack_as_dict(values, tuple::items(Object::from_ptr(kwnames))) })
}

/// # Safety
/// `args` has `n` live objects.
unsafe fn arguments<'a>(args: *const *mut PyObject, n: usize) -> &'a [&'a Object] {
    // SAFETY: the caller's contract.
    if n == 0 { &[] } else { unsafe { std::slice::from_raw_parts(args.cast(), n) } }
}

/// New reference: calls through `tp_call`. `keywords` is a tuple of names whose values stand behind the arguments, a
/// dict, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_MakeTpCall(
    _tstate: *mut PyThreadState,
    callable: *mut PyObject,
    args: *const *mut PyObject,
    nargs: Py_ssize_t,
    keywords: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let callable = Object::from_ptr(callable);
        match Object::optional(keywords) {
            Some(names) if tuple::check(names) => {
                let (args, kwargs) = call::collect(args, nargs as usize, names.as_ptr())?;
                call::tp_call(callable, &args, kwargs.as_deref())
            }
            kwargs => call::tp_call(callable, &*tuple::from_slice(arguments(args, nargs as usize))?, kwargs),
        }
    })
}

/// Steals `result`, which it gives back if it agrees with the error indicator; else NULL with `SystemError`. One of
/// `callable` and `place` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_CheckFunctionResult(
    _tstate: *mut PyThreadState,
    callable: *mut PyObject,
    result: *mut PyObject,
    place: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        match Object::optional(callable) {
            Some(callable) => call::check(callable, result),
            None => call::check_place(&CStr::from_ptr(place).to_string_lossy(), result),
        }
    })
}

// Objects.

/// New reference: the type of `o`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Type(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Ok(Object::new(o)?.type_object().to_owned()) })
}

/// The number of items, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Size(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::new(o)?.size_unchecked() })
}

/// The number of items, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Length(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::new(o)?.size_unchecked() })
}

/// A guess at the number of items; `defaultvalue` if the object has none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_LengthHint(o: *mut PyObject, defaultvalue: Py_ssize_t) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(o).length_hint(defaultvalue) })
}

/// New reference: `o[key]`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetItem(o: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::new(o)?.getitem(Object::new(key)?) })
}

/// `o[key] = v`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_SetItem(o: *mut PyObject, key: *mut PyObject, v: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::new(o)?.setitem(Object::new(key)?, Object::new(v)?) })
}

/// `del o[key]`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_DelItem(o: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::new(o)?.delitem(Object::new(key)?) })
}

/// `del o[key]`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_DelItemString(o: *mut PyObject, key: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::new(o)?.delitem(&*self::key(key)?) })
}

/// New reference: `format(o, format_spec)`; NULL is the empty specification.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Format(obj: *mut PyObject, format_spec: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(obj).format(Object::optional(format_spec)) })
}

/// New reference: `iter(o)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetIter(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(o).iter() })
}

/// New reference: `aiter(o)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetAIter(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(o).async_iter() })
}

/// 1 if `o` is an iterator.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyIter_Check(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { Object::from_ptr(o).is_iterator() as c_int }
}

/// 1 if `o` is an asynchronous iterator.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyAIter_Check(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { Object::from_ptr(o).is_async_iterator() as c_int }
}

/// New reference in `item`: 1; NULL at the end: 0; -1 on error. `TypeError` if `iter` is no iterator.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyIter_NextItem(iter: *mut PyObject, item: *mut *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let iter = Object::from_ptr(iter);
        if (*iter.ty()).tp_iternext.is_none() {
            *item = ptr::null_mut();
            let result: Result<()> = Err(crate::raise!(
                TypeError,
                "expected an iterator, got '{}'",
                error::Text(&*match crate::types::typeobject::fully_qualified_name(iter.ty()) {
                    Ok(name) => name,
                    Err(_raised) => return -1,
                })
            ));
            return result.into_c();
        }
        optional(item, iter.next())
    }
}

/// New reference; NULL at the end (no error is set) or on error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyIter_Next(iter: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(iter).next() })
}

/// Sends a value: `PYGEN_NEXT` or `PYGEN_RETURN` with a new reference in `presult`, or `PYGEN_ERROR` with NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyIter_Send(
    iter: *mut PyObject,
    arg: *mut PyObject,
    presult: *mut *mut PyObject,
) -> PySendResult {
    // SAFETY: the caller's contract.
    unsafe {
        let (value, status) = match Object::from_ptr(iter).send(Object::from_ptr(arg)) {
            Ok(Sent::Next(value)) => (value.into_raw(), PYGEN_NEXT),
            Ok(Sent::Return(value)) => (value.into_raw(), PYGEN_RETURN),
            Err(_) => (ptr::null_mut(), PYGEN_ERROR),
        };
        *presult = value;
        status
    }
}

/// The value of the `StopIteration` that is set, or `None` if nothing is set; -1 if another exception is set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyGen_FetchStopIterationValue(pvalue: *mut *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let (value, status) = match iter::stop_iteration_value() {
            Ok(value) => (value.into_raw(), 0),
            Err(_) => (ptr::null_mut(), -1),
        };
        *pvalue = value;
        status
    }
}

// Numbers.

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

// Sequences.

/// 1 if `o` gives items by index and is no dict.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Check(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { sequence::check(Object::from_ptr(o)) as c_int }
}

/// The number of items, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Size(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::size_unchecked(Object::new(o)?) })
}

/// The number of items, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Length(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::size_unchecked(Object::new(o)?) })
}

/// New reference: `o1 + o2` of sequences.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Concat(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::concat(Object::new(o1)?, Object::new(o2)?, false) })
}

/// New reference: `o * count` of a sequence.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Repeat(o: *mut PyObject, count: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::repeat(Object::new(o)?, count, false) })
}

/// New reference: what `o1` becomes by `o1 += o2`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_InPlaceConcat(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::concat(Object::new(o1)?, Object::new(o2)?, true) })
}

/// New reference: what `o` becomes by `o *= count`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_InPlaceRepeat(o: *mut PyObject, count: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::repeat(Object::new(o)?, count, true) })
}

/// New reference: the item at `i`; a negative index counts from the end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_GetItem(o: *mut PyObject, i: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::item(Object::new(o)?, i) })
}

/// New reference: `o[i1:i2]`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_GetSlice(o: *mut PyObject, i1: Py_ssize_t, i2: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::get_slice(Object::new(o)?, i1, i2) })
}

/// Sets the item at `i`; deletes it if `v` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_SetItem(o: *mut PyObject, i: Py_ssize_t, v: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let o = Object::new(o)?;
        match Object::optional(v) {
            Some(v) => sequence::set_item(o, i, v),
            None => sequence::del_item(o, i),
        }
    })
}

/// Deletes the item at `i`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_DelItem(o: *mut PyObject, i: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::del_item(Object::new(o)?, i) })
}

/// `o[i1:i2] = v`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_SetSlice(
    o: *mut PyObject,
    i1: Py_ssize_t,
    i2: Py_ssize_t,
    v: *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::set_slice(Object::new(o)?, i1, i2, Object::optional(v)) })
}

/// `del o[i1:i2]`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_DelSlice(o: *mut PyObject, i1: Py_ssize_t, i2: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::set_slice(Object::new(o)?, i1, i2, None) })
}

/// New reference: `tuple(o)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Tuple(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::tuple(Object::new(o)?) })
}

/// New reference: `list(o)`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_List(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::list(Object::new(o)?) })
}

/// New reference: `o` if it is a list or tuple, else a list of its items; `m` is the message if it can't be iterated.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Fast(o: *mut PyObject, m: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::fast(Object::new(o)?, &CStr::from_ptr(m).to_string_lossy()) })
}

/// How often `value` is in `o`, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Count(o: *mut PyObject, value: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::search(Object::new(o)?, Object::new(value)?, Search::Count) })
}

/// 1 if `value` is in `o`, 0 if not, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Contains(o: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let o = Object::new(o)?;
        match Object::optional(value) {
            Some(value) => sequence::contains(o, value),
            // There is nothing to compare it with in an empty sequence.
            None if o.size()? == 0 => Ok(false),
            None => Err(error::bad_internal_call()),
        }
    })
}

/// 1 if `value` is in `o`, 0 if not, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_In(o: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let o = Object::new(o)?;
        match Object::optional(value) {
            Some(value) => sequence::contains(o, value),
            // There is nothing to compare it with in an empty sequence.
            None if o.size()? == 0 => Ok(false),
            None => Err(error::bad_internal_call()),
        }
    })
}

/// The first place of `value` in `o`; `ValueError` if it is not there.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySequence_Index(o: *mut PyObject, value: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { sequence::search(Object::new(o)?, Object::new(value)?, Search::Index) })
}

// Mappings.

/// 1 if `o` has subscripts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_Check(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { Object::optional(o).is_some_and(mapping::check) as c_int }
}

/// The number of items, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_Size(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { mapping::size_unchecked(Object::new(o)?) })
}

/// The number of items, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_Length(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { mapping::size_unchecked(Object::new(o)?) })
}

/// 1 if `key` is in `o`; errors are reported as unraisable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_HasKey(o: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let found = api_optional(o, Object::new(key));
        yes_or_unraisable(
            found,
            "Exception ignored in PyMapping_HasKey(); consider using PyMapping_HasKeyWithError(), PyMapping_GetOptionalItem() or PyObject_GetItem()",
        )
    }
}

/// 1 if `key` is in `o`; errors are reported as unraisable.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_HasKeyString(o: *mut PyObject, key: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let key = self::key(key);
        let found = api_optional(o, key.as_deref().map_err(|_| error::Raised::already()));
        yes_or_unraisable(
            found,
            "Exception ignored in PyMapping_HasKeyString(); consider using PyMapping_HasKeyStringWithError(), PyMapping_GetOptionalItemString() or PyMapping_GetItemString()",
        )
    }
}

/// # Safety
/// `o` is NULL or alive.
unsafe fn api_optional(o: *mut PyObject, key: Result<&Object>) -> Result<bool> {
    // SAFETY: the caller's contract.
    Ok(mapping::get_optional(unsafe { Object::new(o)? }, key?)?.is_some())
}

/// 1 if `key` is in `o`, 0 if not, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_HasKeyWithError(o: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { api_optional(o, Object::new(key)) })
}

/// 1 if `key` is in `o`, 0 if not, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_HasKeyStringWithError(o: *mut PyObject, key: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { api_optional(o, Ok(&*self::key(key)?)) })
}

/// New reference: a list of what `o.keys()` gives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_Keys(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let o = Object::new(o)?;
        if o.is_exact(&raw mut crate::types::dict::PyDict_Type) {
            return Owned::from_c(PyDict_Keys(o.as_ptr()));
        }
        mapping::method_list(o, crate::name!(keys))
    })
}

/// New reference: a list of what `o.values()` gives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_Values(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let o = Object::new(o)?;
        if o.is_exact(&raw mut crate::types::dict::PyDict_Type) {
            return Owned::from_c(PyDict_Values(o.as_ptr()));
        }
        mapping::method_list(o, crate::name!(values))
    })
}

/// New reference: a list of what `o.items()` gives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_Items(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let o = Object::new(o)?;
        if o.is_exact(&raw mut crate::types::dict::PyDict_Type) {
            return Owned::from_c(PyDict_Items(o.as_ptr()));
        }
        mapping::method_list(o, crate::name!(items))
    })
}

/// New reference: `o[key]`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_GetItemString(o: *mut PyObject, key: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::new(o)?.getitem(&*self::key(key)?) })
}

/// New reference in `result`: 1; NULL if there is no such key: 0; -1 on error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_GetOptionalItem(
    o: *mut PyObject,
    key: *mut PyObject,
    result: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { optional(result, (|| mapping::get_optional(Object::new(o)?, Object::new(key)?))()) }
}

/// As `PyMapping_GetOptionalItem`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_GetOptionalItemString(
    o: *mut PyObject,
    key: *const c_char,
    result: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { optional(result, (|| mapping::get_optional(Object::new(o)?, &*self::key(key)?))()) }
}

/// `o[key] = value`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMapping_SetItemString(o: *mut PyObject, key: *const c_char, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::new(o)?.setitem(&*self::key(key)?, Object::new(value)?) })
}

// Classes.

/// 1 if `object` is an instance of the class, or of one in the tuple or union.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_IsInstance(object: *mut PyObject, typeorclass: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(object).is_instance(Object::from_ptr(typeorclass)) })
}

/// 1 if `object` is a subclass of the class, or of one in the tuple or union.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_IsSubclass(object: *mut PyObject, typeorclass: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(object).is_subclass(Object::from_ptr(typeorclass)) })
}

unsafe extern "C" {
    fn PyDict_Keys(dict: *mut PyObject) -> *mut PyObject;
    fn PyDict_Values(dict: *mut PyObject) -> *mut PyObject;
    fn PyDict_Items(dict: *mut PyObject) -> *mut PyObject;
}
