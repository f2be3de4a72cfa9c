//! Functions: `one!`, `noargs!`, `fast!`, `call!` make the C function of a method table of a plain Rust one, and others
//! the functions in slots and getters.

use super::args::Signature;
use super::{Object, Owned, Result};
use crate::abi::*;
use crate::types::{boolobject, float, long, none, unicode};

/// What a function written in Rust gives back, as an object.
pub trait Reply {
    fn reply(self) -> Result<Owned>;
}

macro_rules! replies {
    ($($ty:ty: |$value:ident| $body:expr;)*) => {
        $(impl Reply for $ty {
            #[inline]
            fn reply(self) -> Result<Owned> {
                let $value = self;
                $body
            }
        })*
    };
}

replies! {
    Owned: |value| Ok(value);
    (): |_nothing| Ok(none::none());
    Option<Owned>: |value| Ok(value.unwrap_or_else(none::none));
    bool: |value| Ok(boolobject::from_bool(value));
    i32: |value| long::from_i64(value.into());
    i64: |value| long::from_i64(value);
    isize: |value| long::from_i64(value as i64);
    u32: |value| long::from_i64(value.into());
    u64: |value| long::from_u64(value);
    usize: |value| long::from_u64(value as u64);
    f64: |value| float::from_f64(value);
    &str: |value| unicode::from_str(value);
    String: |value| unicode::from_str(&value);
}

/// The arguments of a call, by position and by name.
#[derive(Clone, Copy)]
pub struct Arguments<'a> {
    start: *const *mut PyObject,
    n: isize,
    names: *mut PyObject,
    pub positional: &'a [&'a Object],
}

impl<'a> Arguments<'a> {
    /// # Safety
    /// As a `METH_FASTCALL | METH_KEYWORDS` function is called.
    pub unsafe fn new(start: *const *mut PyObject, n: isize, names: *mut PyObject) -> Arguments<'a> {
        // SAFETY: the caller's word.
        let positional = unsafe { crate::object::args::slice(start, n) };
        Arguments { start, n, names, positional }
    }

    pub fn bind<const N: usize>(&self, signature: &Signature<N>) -> Result<[Option<&'a Object>; N]> {
        // SAFETY: as `new` was promised.
        unsafe { signature.bind_fast(self.start, self.n, self.names) }
    }

    /// The names of the keyword arguments.
    pub fn names(&self) -> Option<&'a Object> {
        // SAFETY: as `new` was promised.
        unsafe { Object::optional(self.names) }
    }

    /// All values: those by position, then those by name.
    pub fn all(&self) -> &'a [&'a Object] {
        let named = self.names().map_or(0, crate::types::tuple::len);
        // SAFETY: as `new` was promised.
        unsafe { crate::object::args::slice(self.start, self.n + named as isize) }
    }
}

/// `METH_NOARGS` of `fn(&Object) -> Result<impl Reply>`.
macro_rules! noargs {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
            $crate::object::api(|| {
                // SAFETY: slot.
                let this = unsafe { $crate::object::Object::from_ptr(this) };
                $crate::object::native::Reply::reply($f(this)?)
            })
        }
        function
    }};
}

/// `METH_O` of `fn(&Object, &Object) -> Result<impl Reply>`.
macro_rules! one {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
            $crate::object::api(|| {
                // SAFETY: slot.
                let this = unsafe { $crate::object::Object::from_ptr(this) };
                // SAFETY: slot.
                let arg = unsafe { $crate::object::Object::from_ptr(arg) };
                $crate::object::native::Reply::reply($f(this, arg)?)
            })
        }
        function
    }};
}

/// `METH_NOARGS | METH_STATIC` of `fn() -> Result<impl Reply>`.
macro_rules! static_noargs {
    ($f:expr) => {{
        unsafe extern "C" fn function(_this: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
            $crate::object::api(|| $crate::object::native::Reply::reply($f()?))
        }
        function
    }};
}

/// `METH_O | METH_STATIC` of `fn(&Object) -> Result<impl Reply>`.
macro_rules! static_one {
    ($f:expr) => {{
        unsafe extern "C" fn function(_this: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
            $crate::object::api(|| {
                // SAFETY: slot.
                let arg = unsafe { $crate::object::Object::from_ptr(arg) };
                $crate::object::native::Reply::reply($f(arg)?)
            })
        }
        function
    }};
}

/// `METH_VARARGS` of `fn(&Object, &[&Object]) -> Result<impl Reply>`, for what CPython has as that: a keyword gets
/// another message than from `METH_FASTCALL`.
macro_rules! varargs {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
            $crate::object::api(|| {
                // SAFETY: slot.
                let this = unsafe { $crate::object::Object::from_ptr(this) };
                // SAFETY: slot.
                let args = $crate::types::tuple::items(unsafe { $crate::object::Object::from_ptr(args) });
                $crate::object::native::Reply::reply($f(this, args)?)
            })
        }
        function
    }};
}

/// `METH_FASTCALL` of `fn(&Object, &[&Object]) -> Result<impl Reply>`.
macro_rules! fast {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
            $crate::object::api(|| {
                // SAFETY: slot.
                let this = unsafe { $crate::object::Object::from_ptr(this) };
                // SAFETY: slot.
                let args = unsafe { $crate::object::args::slice(args, n) };
                $crate::object::native::Reply::reply($f(this, args)?)
            })
        }
        function
    }};
}

/// `METH_FASTCALL | METH_KEYWORDS` of `fn(&Object, Arguments) -> Result<impl Reply>`.
macro_rules! call {
    ($f:expr) => {{
        unsafe extern "C" fn function(
            this: *mut PyObject,
            args: *const *mut PyObject,
            n: Py_ssize_t,
            names: *mut PyObject,
        ) -> *mut PyObject {
            $crate::object::api(|| {
                // SAFETY: slot.
                let this = unsafe { $crate::object::Object::from_ptr(this) };
                // SAFETY: slot.
                let args = unsafe { $crate::object::native::Arguments::new(args, n, names) };
                $crate::object::native::Reply::reply($f(this, args)?)
            })
        }
        function
    }};
}

/// A slot that takes the object and gives one, or for `Option` nothing (`tp_iternext`), of `fn(&Object) -> Result<_>`.
macro_rules! unary {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject) -> *mut PyObject {
            // SAFETY: slot.
            $crate::object::api(|| $f(unsafe { $crate::object::Object::from_ptr(this) }))
        }
        function as *mut c_void
    }};
}

/// A slot that takes two objects and gives one.
macro_rules! binary {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject, other: *mut PyObject) -> *mut PyObject {
            // SAFETY: slot.
            $crate::object::api(|| unsafe {
                $f($crate::object::Object::from_ptr(this), $crate::object::Object::from_ptr(other))
            })
        }
        function as *mut c_void
    }};
}

/// A slot that takes the object and gives a size or hash.
macro_rules! size {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject) -> isize {
            // SAFETY: slot.
            $crate::object::api(|| $f(unsafe { $crate::object::Object::from_ptr(this) }))
        }
        function as *mut c_void
    }};
}

/// `tp_new` of `fn(*mut PyTypeObject, &Object, Option<&Object>) -> Result<Owned>`.
macro_rules! new {
    ($f:expr) => {{
        unsafe extern "C" fn function(
            ty: *mut PyTypeObject,
            args: *mut PyObject,
            kwargs: *mut PyObject,
        ) -> *mut PyObject {
            // SAFETY: slot.
            $crate::object::api(|| unsafe {
                $f(ty, $crate::object::Object::from_ptr(args), $crate::object::Object::optional(kwargs))
            })
        }
        function as *mut c_void
    }};
}

/// `tp_init` of `fn(&Object, &Object, Option<&Object>) -> Result<()>`.
macro_rules! init {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> c_int {
            // SAFETY: slot.
            $crate::object::api(|| unsafe {
                $f(
                    $crate::object::Object::from_ptr(this),
                    $crate::object::Object::from_ptr(args),
                    $crate::object::Object::optional(kwargs),
                )
            })
        }
        function as *mut c_void
    }};
}

/// `tp_call` of `fn(&Object, &Object, Option<&Object>) -> Result<Owned>`.
macro_rules! tp_call {
    ($f:expr) => {{
        unsafe extern "C" fn function(
            this: *mut PyObject,
            args: *mut PyObject,
            kwargs: *mut PyObject,
        ) -> *mut PyObject {
            // SAFETY: slot.
            $crate::object::api(|| unsafe {
                $f(
                    $crate::object::Object::from_ptr(this),
                    $crate::object::Object::from_ptr(args),
                    $crate::object::Object::optional(kwargs),
                )
            })
        }
        function as *mut c_void
    }};
}

/// `tp_richcompare` of `fn(&Object, &Object, c_int) -> Result<Owned>`.
macro_rules! compare {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject, other: *mut PyObject, op: c_int) -> *mut PyObject {
            // SAFETY: slot.
            $crate::object::api(|| unsafe {
                $f($crate::object::Object::from_ptr(this), $crate::object::Object::from_ptr(other), op)
            })
        }
        function as *mut c_void
    }};
}

/// A getter of `fn(&Object) -> Result<impl Reply>`.
macro_rules! get {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject, _closure: *mut c_void) -> *mut PyObject {
            $crate::object::api(|| {
                // SAFETY: slot.
                let this = unsafe { $crate::object::Object::from_ptr(this) };
                $crate::object::native::Reply::reply($f(this)?)
            })
        }
        Some(function)
    }};
}

/// A setter of `fn(&Object, Option<&Object>) -> Result<()>`; `None` deletes.
macro_rules! put {
    ($f:expr) => {{
        unsafe extern "C" fn function(this: *mut PyObject, value: *mut PyObject, _closure: *mut c_void) -> c_int {
            // SAFETY: slot.
            $crate::object::api(|| unsafe {
                $f($crate::object::Object::from_ptr(this), $crate::object::Object::optional(value))
            })
        }
        Some(function)
    }};
}

pub(crate) use {
    binary, call, compare, fast, get, init, new, noargs, one, put, size, static_noargs, static_one, tp_call, unary,
    varargs,
};
