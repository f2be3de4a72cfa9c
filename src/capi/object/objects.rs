//! `object.h`: what is asked of any object: attributes, comparison, text, truth, hash.

use crate::abi::*;
use crate::object::attr::{self, Method};
use crate::object::{Object, Owned, Result, api, dir, error, hash, repr, store_optional};
use crate::runtime::unraisable;
use crate::types::{exceptions, none, unicode};
use std::ffi::CStr;
use std::ptr;

/// The argument of an export that is a C string, as an interned str.
///
/// # Safety
/// `text` is a C string.
unsafe fn name(text: *const c_char) -> Result<Owned> {
    // SAFETY: the caller's contract.
    Ok(unicode::intern(unicode::from_utf8(unsafe { CStr::from_ptr(text) }.to_bytes())?))
}

// Identity.

/// 1 if both are the same object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_Is(x: *mut PyObject, y: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    (x == y) as c_int
}

/// 1 if `x` is `None`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_IsNone(x: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    (x == &raw mut none::_Py_NoneStruct) as c_int
}

/// Borrowed: the type of `ob`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_TYPE(ob: *mut PyObject) -> *mut PyTypeObject {
    // SAFETY: the caller's contract.
    unsafe { (*ob).ob_type }
}

/// The comparison operators with their sides exchanged.
#[unsafe(no_mangle)]
pub static mut _Py_SwappedOp: [c_int; 6] = crate::object::compare::SWAPPED;

// Attributes.

/// New reference: `o.name`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetAttr(o: *mut PyObject, attr_name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(o).getattr(Object::from_ptr(attr_name)) })
}

/// New reference: `o.name`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetAttrString(o: *mut PyObject, attr_name: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let o = Object::from_ptr(o);
        if let Some(getattr) = (*o.ty()).tp_getattr {
            return Owned::from_c(getattr(o.as_ptr(), attr_name.cast_mut()));
        }
        o.getattr(&*name(attr_name)?)
    })
}

/// New reference in `result`: 1; NULL if there is no such attribute: 0; -1 on error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetOptionalAttr(
    o: *mut PyObject,
    attr_name: *mut PyObject,
    result: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { store_optional(result, Object::from_ptr(o).getattr_optional(Object::from_ptr(attr_name))) }
}

/// As `PyObject_GetOptionalAttr`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetOptionalAttrString(
    o: *mut PyObject,
    attr_name: *const c_char,
    result: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { store_optional(result, name(attr_name).and_then(|name| Object::from_ptr(o).getattr_optional(&name))) }
}

/// `o.name = v`; deletes if `v` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_SetAttr(o: *mut PyObject, attr_name: *mut PyObject, v: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(o).assign(Object::from_ptr(attr_name), Object::optional(v)) })
}

/// `o.name = v`; deletes if `v` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_SetAttrString(o: *mut PyObject, attr_name: *const c_char, v: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let o = Object::from_ptr(o);
        if let Some(setattr) = (*o.ty()).tp_setattr {
            return error::status(setattr(o.as_ptr(), attr_name.cast_mut(), v));
        }
        o.assign(&*name(attr_name)?, Object::optional(v))
    })
}

/// `del o.name`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_DelAttr(o: *mut PyObject, attr_name: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(o).delattr(Object::from_ptr(attr_name)) })
}

/// `del o.name`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_DelAttrString(o: *mut PyObject, attr_name: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { PyObject_SetAttrString(o, attr_name, ptr::null_mut()) }
}

/// 1 if `o` has the attribute, 0 if not, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_HasAttrWithError(o: *mut PyObject, attr_name: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Ok(Object::from_ptr(o).getattr_optional(Object::from_ptr(attr_name))?.is_some()) })
}

/// 1 if `o` has the attribute, 0 if not, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_HasAttrStringWithError(o: *mut PyObject, attr_name: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Ok(Object::from_ptr(o).getattr_optional(&*name(attr_name)?)?.is_some()) })
}

/// 1 if `o` has the attribute; errors are reported as unraisable and mean no.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_HasAttr(o: *mut PyObject, attr_name: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        match PyObject_HasAttrWithError(o, attr_name) {
            -1 => {
                unraisable::report(
                    "Exception ignored in PyObject_HasAttr(); consider using PyObject_HasAttrWithError(), \
                     PyObject_GetOptionalAttr() or PyObject_GetAttr()",
                );
                0
            }
            answer => answer,
        }
    }
}

/// 1 if `o` has the attribute; errors are reported as unraisable and mean no.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_HasAttrString(o: *mut PyObject, attr_name: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        match PyObject_HasAttrStringWithError(o, attr_name) {
            -1 => {
                unraisable::report(
                    "Exception ignored in PyObject_HasAttrString(); consider using \
                     PyObject_HasAttrStringWithError(), PyObject_GetOptionalAttrString() or PyObject_GetAttrString()",
                );
                0
            }
            answer => answer,
        }
    }
}

/// New reference: the look-up that most types take.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GenericGetAttr(o: *mut PyObject, attr_name: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { attr::generic_getattr(Object::from_ptr(o), Object::from_ptr(attr_name)) })
}

/// The assignment that most types take; deletes if `value` is NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GenericSetAttr(
    o: *mut PyObject,
    attr_name: *mut PyObject,
    value: *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { attr::generic_setattr(Object::from_ptr(o), Object::from_ptr(attr_name), Object::optional(value)) })
}

/// New reference, or NULL: as `PyObject_GenericGetAttr` with `dict` in place of the object's own; with `suppress`, no
/// error is set if there is no such attribute.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_GenericGetAttrWithDict(
    obj: *mut PyObject,
    attr_name: *mut PyObject,
    dict: *mut PyObject,
    suppress: c_int,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let (o, name) = (Object::from_ptr(obj), Object::from_ptr(attr_name));
        let found = attr::generic_lookup(o, name, Object::optional(dict), suppress != 0)?;
        match found {
            None if suppress == 0 => Err(attr::no_attribute(o, name)),
            found => Ok(found),
        }
    })
}

/// As `PyObject_GenericSetAttr` with `dict` in place of the object's own.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_GenericSetAttrWithDict(
    obj: *mut PyObject,
    attr_name: *mut PyObject,
    value: *mut PyObject,
    dict: *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let (o, name) = (Object::from_ptr(obj), Object::from_ptr(attr_name));
        attr::generic_assign(o, name, Object::optional(value), Object::optional(dict))
    })
}

/// New reference: the object's dict, made if it has none yet.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GenericGetDict(o: *mut PyObject, _context: *mut c_void) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { attr::generic_dict(Object::from_ptr(o)) })
}

/// Replaces the object's dict.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GenericSetDict(
    o: *mut PyObject,
    value: *mut PyObject,
    _context: *mut c_void,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        crate::types::typeobject::instance_dict::generic_set(Object::from_ptr(o), Object::optional(value))
    })
}

/// Where the object keeps its dict, or NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_GetDictPtr(obj: *mut PyObject) -> *mut *mut PyObject {
    // SAFETY: the caller's contract.
    attr::dict_place(unsafe { Object::from_ptr(obj) })
}

/// New reference: a special method of the type, bound to the object; NULL without an error if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_LookupSpecial(obj: *mut PyObject, attr: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(obj).lookup_special(Object::from_ptr(attr)) })
}

/// New reference in `method`: 1 if it wants the object as its first argument, 0 if not, or with NULL on error.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_GetMethod(
    obj: *mut PyObject,
    name: *mut PyObject,
    method: *mut *mut PyObject,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let (value, status) = match Object::from_ptr(obj).method(Object::from_ptr(name)) {
            Ok(Method::Unbound(function)) => (function.into_raw(), 1),
            Ok(Method::Bound(function)) => (function.into_raw(), 0),
            Err(_) => (ptr::null_mut(), 0),
        };
        *method = value;
        status
    }
}

/// New reference: "module.qualname()" of a function, for messages.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyObject_FunctionStr(x: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { attr::function_str(Object::from_ptr(x)) })
}

// Comparison, truth and hash.

/// New reference: `v OP w`; `op` is `Py_LT` and so on.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_RichCompare(v: *mut PyObject, w: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let (v, w) = (Object::optional(v), Object::optional(w));
        let (Some(v), Some(w)) = (v, w) else {
            if error::occurred() {
                return Err(error::Raised::already());
            }
            return Err(error::bad_internal_call());
        };
        v.compare(w, op)
    })
}

/// 1 or 0, or -1. The same object is equal to itself.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_RichCompareBool(v: *mut PyObject, w: *mut PyObject, op: c_int) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::new(v)?.compare_bool(Object::new(w)?, op) })
}

/// 1 if `o` is true, 0 if not, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_IsTrue(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(o).is_true() })
}

/// 1 if `o` is false, 0 if not, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Not(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Object::from_ptr(o).is_true().map(|yes| !yes) })
}

/// The hash, or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Hash(o: *mut PyObject) -> Py_hash_t {
    // SAFETY: the caller's contract.
    unsafe { crate::object::hash::hash_in_c(o) }
}

/// -1 with `TypeError`: what `tp_hash` is for types that can't be hashed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_HashNotImplemented(o: *mut PyObject) -> Py_hash_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { Err::<isize, _>(hash::unhashable(Object::from_ptr(o))) })
}

/// 1 if `o` can be called.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyCallable_Check(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { Object::optional(o).is_some_and(|o| o.is_callable()) as c_int }
}

/// New reference: the object itself, as its own iterator.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_SelfIter(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { Object::from_ptr(o).to_owned().into_raw() }
}

// Text.

/// New reference: `repr(o)`; "<NULL>" for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Repr(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        match Object::optional(o) {
            Some(o) => o.repr(),
            None => unicode::from_str("<NULL>"),
        }
    })
}

/// New reference: `str(o)`; "<NULL>" for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Str(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        match Object::optional(o) {
            Some(o) => o.str(),
            None => unicode::from_str("<NULL>"),
        }
    })
}

/// New reference: `ascii(o)`; "<NULL>" for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_ASCII(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        match Object::optional(o) {
            Some(o) => o.ascii(),
            None => unicode::from_str("<NULL>"),
        }
    })
}

/// New reference: `bytes(o)`; "<NULL>" for NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Bytes(o: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        match Object::optional(o) {
            Some(o) => o.bytes(),
            None => crate::types::bytes::from_slice(b"<NULL>"),
        }
    })
}

/// Prints `repr(o)`, or `str(o)` with the flag `Py_PRINT_RAW`, to a C stream.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Print(o: *mut PyObject, fp: *mut FILE, flags: c_int) -> c_int {
    const PY_PRINT_RAW: c_int = 1;
    api(|| {
        // SAFETY: the caller's contract.
        unsafe {
            let stream = fp;
            libc::clearerr(stream);
            let text = match Object::optional(o) {
                None => "<nil>".to_string(),
                Some(o) if o.refcount() == 0 => format!("<refcnt 0 at {o:p}>", o = o.as_ptr()),
                Some(o) => {
                    let text = if flags & PY_PRINT_RAW != 0 { o.str()? } else { o.repr()? };
                    unicode::as_str(&text)?.to_string()
                }
            };
            libc::fwrite(text.as_ptr().cast(), 1, text.len(), stream);
            if libc::ferror(stream) != 0 {
                let raised = exceptions::raise_errno(
                    exceptions::object(&raw mut exceptions::OSError),
                    *libc::__errno_location(),
                    None,
                    None,
                );
                libc::clearerr(stream);
                return Err(raised);
            }
            Ok(())
        }
    })
}

/// 1 if `o` is being printed in this thread already, 0 if not (then it is from now on), or -1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_ReprEnter(o: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| repr::enter(unsafe { Object::from_ptr(o) }))
}

/// Ends what `Py_ReprEnter` began. An error that is set stays.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_ReprLeave(o: *mut PyObject) {
    // SAFETY: the caller's contract.
    repr::leave(unsafe { Object::from_ptr(o) });
}

/// New reference: `dir(o)`; for NULL the names of `__main__` while that runs, as there is no frame.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_Dir(o: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        match unsafe { Object::optional(o) } {
            Some(o) => dir::dir(o),
            None => crate::crossinterp::session::running_names(),
        }
    })
}
