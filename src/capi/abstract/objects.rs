//! What may be asked of any object: its size, items, iterators and classes.

use crate::abi::*;
use crate::object::iter::{PYGEN_ERROR, PYGEN_NEXT, PYGEN_RETURN, Sent};
use crate::object::{IntoC, Object, Result, api, error, iter, mapping, store_optional};
use std::ptr;

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
    unsafe { mapping::size_in_c(o) }
}

/// The number of items, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Length(o: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    unsafe { mapping::size_in_c(o) }
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
    api(|| unsafe { Object::new(o)?.delitem(&*super::key(key)?) })
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
        store_optional(item, iter.next())
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
        match iter::stop_iteration_value() {
            Ok(value) => {
                *pvalue = value.into_raw();
                0
            }
            Err(_) => -1,
        }
    }
}

/// 1 if `object` is an instance of the class, or of one in the tuple or union.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_IsInstance(object: *mut PyObject, typeorclass: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        if (*object).ob_type.cast() == typeorclass {
            return 1;
        }
        std::hint::cold_path();
        is_instance_otherwise(object, typeorclass)
    }
}

/// The rest of [`PyObject_IsInstance`], out of its way.
#[inline(never)]
unsafe fn is_instance_otherwise(object: *mut PyObject, typeorclass: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(object).is_instance(Object::from_ptr(typeorclass)) })
}

/// 1 if `object` is a subclass of the class, or of one in the tuple or union.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_IsSubclass(object: *mut PyObject, typeorclass: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(object).is_subclass(Object::from_ptr(typeorclass)) })
}
