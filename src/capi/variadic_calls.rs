//! The engines of calls with variable arguments.

use crate::abi::va_list::VaList;
use crate::abi::*;
use crate::modsupport::build;
use crate::object::attr::Method;
use crate::object::{Object, Owned, Result, api, error};
use crate::raise;
use crate::types::{tuple, typeobject, unicode};
use std::ffi::CStr;

/// Calls with the arguments that a format describes. One argument that is a tuple stands for its items.
///
/// # Safety
/// `format` is NULL or a C string; `args` has what it describes.
unsafe fn call_built(callable: &Object, format: *const c_char, args: *mut c_void) -> Result<Owned> {
    // SAFETY: the caller's word; an owned object is a pointer to a live one, and none of the places is empty.
    unsafe {
        if format.is_null() || *format == 0 {
            return callable.call(&[]);
        }
        // A few arguments need no memory.
        const FEW: usize = 6;
        let mut few = [const { None::<Owned> }; FEW];
        let mut many = Vec::new();
        let mut n = 0;
        build::each(format, &mut VaList::new(args), |value| {
            if n < FEW {
                few[n] = Some(value);
            } else {
                if n == FEW {
                    many.extend(few.iter_mut().map(Option::take));
                }
                many.push(Some(value));
            }
            n += 1;
        })?;
        let built: &[Option<Owned>] = if n <= FEW { &few[..n] } else { &many };
        if let [Some(only)] = built
            && tuple::check(only)
        {
            return callable.call(tuple::items(only));
        }
        callable.call(std::slice::from_raw_parts(built.as_ptr().cast::<&Object>(), n))
    }
}

/// `PyObject_CallFunction`.
pub(super) unsafe extern "C" fn call_function(
    callable: *mut PyObject,
    format: *const c_char,
    args: *mut c_void,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { call_built(Object::new(callable)?, format, args) })
}

/// Calls what was found under a method's name.
unsafe fn call_found(callable: Owned, format: *const c_char, args: *mut c_void) -> Result<Owned> {
    if !callable.is_callable() {
        return Err(raise!(TypeError, "attribute of type '{}' is not callable", typeobject::tp_name(callable.ty())));
    }
    // SAFETY: the caller's word.
    unsafe { call_built(&callable, format, args) }
}

/// `PyObject_CallMethod`.
pub(super) unsafe extern "C" fn call_method(
    obj: *mut PyObject,
    name: *const c_char,
    format: *const c_char,
    args: *mut c_void,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let obj = Object::new(obj)?;
        if name.is_null() {
            return Err(error::null_argument());
        }
        let name = unicode::from_utf8(CStr::from_ptr(name).to_bytes())?;
        call_found(obj.getattr(&unicode::intern(name))?, format, args)
    })
}

/// `_PyObject_CallMethodId`: the name is the C string that an identifier begins with.
pub(super) unsafe extern "C" fn call_method_id(
    obj: *mut PyObject,
    id: *mut c_void,
    format: *const c_char,
    args: *mut c_void,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    unsafe { call_method(obj, *id.cast::<*const c_char>(), format, args) }
}

/// Calls `call` with the arguments up to a NULL. A few need no memory.
///
/// # Safety
/// `args` has objects that end with NULL.
#[inline(always)]
unsafe fn with_objects(args: *mut c_void, call: impl FnOnce(&[&Object]) -> Result<Owned>) -> Result<Owned> {
    const FEW: usize = 6;
    // SAFETY: the caller's word; the places below `n` are written, and `&Object` is a pointer that is not NULL.
    unsafe {
        let mut args = VaList::new(args);
        let mut few = [const { std::mem::MaybeUninit::<&Object>::uninit() }; FEW];
        let mut n = 0;
        while let Some(o) = Object::optional(args.pointer()) {
            let written = std::slice::from_raw_parts(few.as_ptr().cast::<&Object>(), n);
            if n == FEW {
                return call(&with_more(written, o, &mut args));
            }
            few[n].write(o);
            n += 1;
        }
        call(std::slice::from_raw_parts(few.as_ptr().cast::<&Object>(), n))
    }
}

/// `first`, `next`, and the rest up to a NULL.
#[cold]
unsafe fn with_more<'a>(first: &[&'a Object], next: &'a Object, args: &mut VaList) -> Vec<&'a Object> {
    let mut objects = first.to_vec();
    objects.push(next);
    // SAFETY: as the caller says.
    while let Some(o) = unsafe { Object::optional(args.pointer()) } {
        objects.push(o);
    }
    objects
}

/// `PyObject_CallFunctionObjArgs`.
pub(super) unsafe extern "C" fn call_function_obj_args(callable: *mut PyObject, args: *mut c_void) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let callable = Object::new(callable)?;
        with_objects(args, |args| callable.call(args))
    })
}

/// `PyObject_CallMethodObjArgs`.
pub(super) unsafe extern "C" fn call_method_obj_args(
    obj: *mut PyObject,
    name: *mut PyObject,
    args: *mut c_void,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        let (obj, name) = (Object::new(obj)?, Object::new(name)?);
        let method = obj.method(name)?;
        with_objects(args, |args| match &method {
            Method::Unbound(function) => function.call_with_self(obj, args),
            Method::Bound(function) => function.call(args),
        })
    })
}
