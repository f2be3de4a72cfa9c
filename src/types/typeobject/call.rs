//! Calling a class: `tp_new`, then `tp_init` if that gave an instance. And `type` called: with one argument it says the
//! type, with three it makes a class (`new`).

use super::{has_flag, metatype::PyType_Type, names, new};
use crate::abi::*;
use crate::object::{Object, Owned, Raised, Result, api, args, call, error};
use crate::raise;
use crate::types::{dict, tuple};
use std::ptr;

type O = *mut PyObject;

pub unsafe extern "C" fn type_call(class: O, args: O, kwargs: O) -> O {
    // SAFETY: slot.
    unsafe {
        let (class, args, kwargs) = (Object::from_ptr(class), Object::from_ptr(args), Object::optional(kwargs));
        api(|| instantiate(class, args, kwargs))
    }
}

fn instantiate(class: &Object, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let ty = class.cast::<PyTypeObject>();
    if ty == &raw mut PyType_Type {
        match tuple::items(args) {
            [o] if kwargs.is_none_or(|kwargs| dict::len(kwargs) == 0) => return Ok(o.type_object().to_owned()),
            [_, _, _] => {}
            _ => return Err(raise!(TypeError, "type() takes 1 or 3 arguments")),
        }
    }
    let raw_kwargs = kwargs.map_or(ptr::null_mut(), Object::as_ptr);
    // SAFETY: a ready type's slots.
    unsafe {
        let Some(new) = (*ty).tp_new else {
            return Err(raise!(TypeError, "cannot create '{}' instances", names::full_tp_name(ty)));
        };
        let o = call::check(class, new(ty, args.as_ptr(), raw_kwargs))?;
        if !o.is_a(ty) {
            return Ok(o);
        }
        if let Some(init) = (*o.ty()).tp_init
            && init(o.as_ptr(), args.as_ptr(), raw_kwargs) < 0
        {
            debug_assert!(error::occurred());
            return Err(Raised::already());
        }
        Ok(o)
    }
}

/// `type(x)` without a tuple.
pub unsafe extern "C" fn type_vectorcall(class: O, args: *const O, nargsf: usize, kwnames: O) -> O {
    // SAFETY: slot: vectorcall's contract.
    unsafe {
        let nargs = call::nargs(nargsf);
        api(|| {
            let class = Object::from_ptr(class);
            if nargs == 1 && class.is_ptr((&raw mut PyType_Type).cast()) {
                args::no_kwnames("type", Object::optional(kwnames))?;
                return Ok(Object::from_ptr(*args).type_object().to_owned());
            }
            let (positional, kwargs) = call::collect(args, nargs, kwnames)?;
            // A metaclass may have its own `tp_call`.
            let kwargs = kwargs.as_ref().map_or(ptr::null_mut(), |kwargs| kwargs.as_ptr());
            match (*class.ty()).tp_call {
                Some(call) => Owned::from_c(call(class.as_ptr(), positional.as_ptr(), kwargs)),
                None => Err(raise!(TypeError, "'{}' object is not callable", names::tp_name(class.ty()))),
            }
        })
    }
}

/// `type.__init__` only looks at the number of arguments: `__new__` did everything.
pub unsafe extern "C" fn type_init(_class: O, args: O, kwargs: O) -> c_int {
    // SAFETY: slot.
    let (args, kwargs) = unsafe { (Object::from_ptr(args), Object::optional(kwargs)) };
    api(|| -> Result<()> {
        let n = tuple::items(args).len();
        if n == 1 && kwargs.is_some_and(|kwargs| dict::len(kwargs) != 0) {
            return Err(raise!(TypeError, "type.__init__() takes no keyword arguments"));
        }
        if n != 1 && n != 3 {
            return Err(raise!(TypeError, "type.__init__() takes 1 or 3 arguments"));
        }
        Ok(())
    })
}

/// `type.__new__`.
pub unsafe extern "C" fn type_new(meta: *mut PyTypeObject, args: O, kwargs: O) -> O {
    // SAFETY: slot.
    unsafe {
        debug_assert!(has_flag(meta, Py_TPFLAGS_TYPE_SUBCLASS));
        api(|| new::type_new(meta, Object::from_ptr(args), Object::optional(kwargs)))
    }
}
