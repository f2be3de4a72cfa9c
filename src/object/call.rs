//! Calls: vectorcall first, `tp_call` else, and the check that a result and the error indicator agree.
//!
//! A vectorcall passes an array of positional arguments, the values of keyword arguments behind them, and a tuple of
//! their names. `tp_call` wants a tuple and a dict. A type with vectorcall gets the array as it is.

use super::attr::Method;
use super::{Object, Owned, Raised, Result, error, lifecycle};
use crate::abi::*;
use crate::raise;
use crate::types::{dict, exceptions, tuple, typeobject, unicode};
use std::ptr;

/// Set in `nargsf` when the place before the first argument may be written to during the call.
pub const ARGUMENTS_OFFSET: usize = 1 << (usize::BITS - 1);

/// `PyVectorcall_NARGS`.
#[inline(always)]
pub fn nargs(nargsf: usize) -> usize {
    nargsf & !ARGUMENTS_OFFSET
}

/// `PyVectorcall_Function`: the object's vectorcall, if its type has it.
#[inline(always)]
pub fn vectorcall_function(callable: &Object) -> vectorcallfunc {
    // SAFETY: layout: a type with the flag says where its instances' function is.
    unsafe {
        let ty = callable.ty();
        if (*ty).tp_flags & Py_TPFLAGS_HAVE_VECTORCALL == 0 {
            return None;
        }
        callable.as_ptr().byte_offset((*ty).tp_vectorcall_offset).cast::<vectorcallfunc>().read()
    }
}

/// `PyObject_Vectorcall`.
///
/// # Safety
/// `args` has the positional arguments and those that `kwnames` (a tuple or NULL) names; `nargsf` is as in C.
#[inline]
pub unsafe fn vectorcall(
    callable: &Object,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> Result<Owned> {
    match vectorcall_function(callable) {
        // SAFETY: the caller's word; slot.
        Some(function) => unsafe { check(callable, function(callable.as_ptr(), args, nargsf, kwnames)) },
        None => {
            // SAFETY: the caller's word.
            let (args, kwargs) = unsafe { collect(args, nargs(nargsf), kwnames)? };
            tp_call(callable, &args, kwargs.as_deref())
        }
    }
}

/// Calls through `tp_call` with a tuple and a dict.
pub fn tp_call(callable: &Object, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    // SAFETY: a live object's type is alive.
    let Some(call) = (unsafe { (*callable.ty()).tp_call }) else {
        return Err(not_callable(callable));
    };
    lifecycle::enter_recursive_call(" while calling a Python object")?;
    // SAFETY: slot.
    let result = unsafe { call(callable.as_ptr(), args.as_ptr(), kwargs.map_or(ptr::null_mut(), Object::as_ptr)) };
    lifecycle::leave_recursive_call();
    // SAFETY: a slot's result.
    unsafe { check(callable, result) }
}

#[cold]
fn not_callable(callable: &Object) -> Raised {
    // A module whose attribute of its own name can be called: most likely that one was meant.
    if callable.is_a(&raw mut super::slots::PyModule_Type) {
        let hint = || -> Result<Option<Owned>> {
            let Some(name) = callable.getattr_optional(crate::name!(__name__))? else { return Ok(None) };
            if !unicode::check(&name) {
                return Ok(None);
            }
            let found = callable.getattr_optional(&name)?;
            Ok(found.filter(|f| f.is_callable()).map(|_| name))
        };
        match hint() {
            Ok(Some(name)) => {
                return raise!(
                    TypeError,
                    "'{}' object is not callable. Did you mean: '{}.{}(...)'?",
                    typeobject::tp_name(callable.ty()),
                    error::Text(&name),
                    error::Text(&name)
                );
            }
            Ok(None) => {}
            Err(raised) => drop(error::caught(raised)),
        }
    }
    raise!(TypeError, "'{}' object is not callable", typeobject::tp_name(callable.ty()))
}

/// `_Py_CheckFunctionResult`: a function returns NULL exactly if it has set an exception.
///
/// # Safety
/// `result` is NULL or a new reference.
#[inline(always)]
pub unsafe fn check(callable: &Object, result: *mut PyObject) -> Result<Owned> {
    if result.is_null() == error::occurred() {
        // SAFETY: result and indicator agree.
        return unsafe { Owned::from_c(result) };
    }
    // SAFETY: the caller's word.
    Err(unsafe { bad_result(callable, result) })
}

/// # Safety
/// `result` is NULL or a new reference.
#[cold]
unsafe fn bad_result(callable: &Object, result: *mut PyObject) -> Raised {
    if result.is_null() {
        return raise_repr(callable, "returned NULL without setting an exception");
    }
    // SAFETY: the caller's word.
    drop(unsafe { Owned::from_raw(result) });
    let cause = error::take();
    let raised = raise_repr(callable, "returned a result with an exception set");
    exceptions::chain_cause(raised, cause)
}

/// As [`check`] for a function of the runtime or of a type's slot, named `place`.
///
/// # Safety
/// `result` is NULL or a new reference.
pub unsafe fn check_place(place: &str, result: *mut PyObject) -> Result<Owned> {
    if result.is_null() == error::occurred() {
        // SAFETY: result and indicator agree.
        return unsafe { Owned::from_c(result) };
    }
    if result.is_null() {
        return Err(raise!(SystemError, "{place} returned NULL without setting an exception"));
    }
    // SAFETY: the caller's word.
    drop(unsafe { Owned::from_raw(result) });
    let cause = error::take();
    let raised = raise!(SystemError, "{place} returned a result with an exception set");
    Err(exceptions::chain_cause(raised, cause))
}

fn raise_repr(callable: &Object, tail: &str) -> Raised {
    match callable.repr() {
        Ok(repr) => raise!(SystemError, "{} {tail}", error::Text(&repr)),
        Err(raised) => raised,
    }
}

/// A tuple and a dict (or `None`) of a vectorcall's arguments.
///
/// # Safety
/// As [`vectorcall`].
pub unsafe fn collect(
    args: *const *mut PyObject,
    nargs: usize,
    kwnames: *mut PyObject,
) -> Result<(Owned, Option<Owned>)> {
    // SAFETY: the caller's word: all arguments are live objects.
    unsafe {
        let positional = if nargs == 0 { &[] } else { std::slice::from_raw_parts(args.cast::<&Object>(), nargs) };
        let names = match Object::optional(kwnames) {
            Some(names) => tuple::items(names),
            None => &[],
        };
        let kwargs = if names.is_empty() { None } else { Some(stack_as_dict(args.add(nargs), names)?) };
        Ok((tuple::from_slice(positional)?, kwargs))
    }
}

/// `_PyStack_AsDict`.
///
/// # Safety
/// `values` has as many objects as there are names.
pub unsafe fn stack_as_dict(values: *const *mut PyObject, names: &[&Object]) -> Result<Owned> {
    let kwargs = dict::new()?;
    for (i, name) in names.iter().enumerate() {
        // SAFETY: the caller's word.
        dict::set(&kwargs, name, unsafe { Object::from_ptr(*values.add(i)) })?;
    }
    Ok(kwargs)
}

/// Room for a call's arguments with a free place before the first: on the stack for the usual few.
const SMALL: usize = 6;

/// Lays `first`, `args` and the values of `kwargs` side by side and hands them to `body` with the tuple of names.
fn with_stack<R>(
    args: &[&Object],
    kwargs: Option<&Object>,
    body: impl FnOnce(*const *mut PyObject, *mut PyObject) -> Result<R>,
) -> Result<R> {
    let Some(kwargs) = kwargs.filter(|k| dict::len(k) > 0) else {
        let mut small = [ptr::null_mut(); SMALL + 1];
        let mut large;
        let stack: &mut [*mut PyObject] = if args.len() <= SMALL {
            &mut small
        } else {
            large = vec![ptr::null_mut(); args.len() + 1];
            &mut large
        };
        for (place, arg) in stack[1..].iter_mut().zip(args) {
            *place = arg.as_ptr();
        }
        return body(stack[1..].as_ptr(), ptr::null_mut());
    };
    // The values are owned: what is called may change the dict.
    let mut owned = Vec::new();
    let mut names = Vec::new();
    let mut pos = 0;
    let mut all_str = true;
    while let Some((key, value)) = dict::next(kwargs, &mut pos) {
        all_str &= unicode::check(key);
        names.push(key.to_owned());
        owned.push(value.to_owned());
    }
    if !all_str {
        return Err(raise!(TypeError, "keywords must be strings"));
    }
    let names = tuple::from_owned(names)?;
    let mut stack = Vec::with_capacity(args.len() + owned.len() + 1);
    stack.push(ptr::null_mut());
    stack.extend(args.iter().map(|a| a.as_ptr()));
    stack.extend(owned.iter().map(|a| a.as_ptr()));
    body(stack[1..].as_ptr(), names.as_ptr())
}

impl Object {
    /// Calls with positional arguments.
    #[inline]
    pub fn call(&self, args: &[&Object]) -> Result<Owned> {
        // SAFETY: borrowed objects are pointers to live objects.
        unsafe { vectorcall(self, args.as_ptr().cast(), args.len(), ptr::null_mut()) }
    }

    /// Calls with positional arguments followed by those that the tuple `kwnames` names.
    pub fn call_keywords(&self, args: &[&Object], kwnames: Option<&Object>) -> Result<Owned> {
        let names = kwnames.map_or(ptr::null_mut(), Object::as_ptr);
        let count = args.len() - kwnames.map_or(0, |n| tuple::items(n).len());
        // SAFETY: borrowed objects are pointers to live objects.
        unsafe { vectorcall(self, args.as_ptr().cast(), count, names) }
    }

    /// `PyObject_VectorcallDict`: positional arguments and a dict.
    pub fn call_dict(&self, args: &[&Object], kwargs: Option<&Object>) -> Result<Owned> {
        match vectorcall_function(self) {
            Some(function) => with_stack(args, kwargs, |stack, names| {
                // SAFETY: the place before the stack is free; slot.
                unsafe { check(self, function(self.as_ptr(), stack, args.len() | ARGUMENTS_OFFSET, names)) }
            }),
            None => tp_call(self, &*tuple::from_slice(args)?, kwargs),
        }
    }

    /// `PyObject_Call`: a tuple and a dict or nothing.
    pub fn call_tuple(&self, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
        if vectorcall_function(self).is_some() {
            return vectorcall_call(self, args, kwargs);
        }
        tp_call(self, args, kwargs)
    }

    /// Calls with `first` before `args`.
    pub fn call_with_self(&self, first: &Object, args: &[&Object]) -> Result<Owned> {
        let mut small = [first; SMALL + 1];
        if args.len() <= SMALL {
            small[1..=args.len()].copy_from_slice(args);
            return self.call(&small[..=args.len()]);
        }
        let mut all = Vec::with_capacity(args.len() + 1);
        all.push(first);
        all.extend_from_slice(args);
        self.call(&all)
    }

    /// Calls the method `name` without making a bound method where the type allows it.
    pub fn call_method(&self, name: &Object, args: &[&Object]) -> Result<Owned> {
        match self.method(name)? {
            Method::Unbound(function) => function.call_with_self(self, args),
            Method::Bound(function) => function.call(args),
        }
    }

    /// As [`Object::call_method`], of a name that is not looked up often enough to be one of `name!`'s.
    #[inline]
    pub fn call_method_str(&self, name: &str, args: &[&Object]) -> Result<Owned> {
        self.call_method(&*crate::types::unicode::intern_str(name)?, args)
    }

    /// `PyCallable_Check`.
    #[inline]
    pub fn is_callable(&self) -> bool {
        // SAFETY: a live object's type is alive.
        unsafe { (*self.ty()).tp_call.is_some() }
    }
}

/// `PyVectorcall_Call`: what `tp_call` is for a type with vectorcall.
pub fn vectorcall_call(callable: &Object, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    // SAFETY: layout: the offset says where the function is; 0 says that there is none.
    let function = unsafe {
        let offset = (*callable.ty()).tp_vectorcall_offset;
        if offset <= 0 {
            return Err(raise!(
                TypeError,
                "'{}' object does not support vectorcall",
                typeobject::tp_name(callable.ty())
            ));
        }
        callable.as_ptr().byte_offset(offset).cast::<vectorcallfunc>().read()
    };
    let Some(function) = function else {
        return Err(raise!(TypeError, "'{}' object does not support vectorcall", typeobject::tp_name(callable.ty())));
    };
    let items = tuple::items(args);
    if kwargs.is_none_or(|k| dict::len(k) == 0) {
        // CPython does not check the result here: who calls with a tuple only sees what the function did.
        // SAFETY: borrowed objects are pointers to live objects; slot.
        return unsafe {
            Owned::from_c(function(callable.as_ptr(), items.as_ptr().cast(), items.len(), ptr::null_mut()))
        };
    }
    with_stack(items, kwargs, |stack, names| {
        // SAFETY: the place before the stack is free; slot.
        unsafe { check(callable, function(callable.as_ptr(), stack, items.len() | ARGUMENTS_OFFSET, names)) }
    })
}

/// `PyObject_VectorcallMethod`: the method `name` of the first argument.
///
/// # Safety
/// As [`vectorcall`], and there is at least one positional argument.
pub unsafe fn vectorcall_method(
    name: &Object,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> Result<Owned> {
    // SAFETY: the caller's word.
    unsafe {
        let this = Object::from_ptr(*args);
        match this.method(name)? {
            // The place before the arguments is the caller's affair: it stays as it was announced for them all.
            Method::Unbound(function) => vectorcall(&function, args, nargsf & !ARGUMENTS_OFFSET, kwnames),
            Method::Bound(function) => vectorcall(&function, args.add(1), nargsf - 1, kwnames),
        }
    }
}
