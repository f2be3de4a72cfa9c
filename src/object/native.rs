//! Functions: `one!`, `noargs!`, `fast!`, `fast_keywords!` make the C function of a method table of a plain Rust one,
//! as the constructor of `PyMethodDef` with the same name wants it; others make the functions in slots and getters. All
//! are a line for [`c_function!`], where it stands once how a call gets from C to Rust.

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

    /// As [`Arguments::bind`], of a signature whose parameters are all required.
    pub fn bind_required<const N: usize>(&self, signature: &Signature<N>) -> Result<[&'a Object; N]> {
        Ok(self.bind(signature)?.map(|given| given.expect("bind checked it")))
    }

    /// As [`Arguments::bind`], of the keyword arguments alone.
    pub fn bind_named<const N: usize>(&self, signature: &Signature<N>) -> Result<[Option<&'a Object>; N]> {
        // SAFETY: as `new` was promised: the keywords' values stand behind the positional arguments.
        unsafe { signature.bind_fast(self.start.add(self.n as usize), 0, self.names) }
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

/// What C gives to a method or slot function, as functions written in Rust take it.
///
/// # Safety
/// Of all: the arguments of such a function.
pub mod given {
    use super::Arguments;
    use crate::abi::PyObject;
    use crate::object::Object;
    pub use crate::object::args::slice;
    use crate::types::tuple;

    #[inline(always)]
    pub unsafe fn object<'a>(op: *mut PyObject) -> &'a Object {
        // SAFETY: the caller's word.
        unsafe { Object::from_ptr(op) }
    }

    #[inline(always)]
    pub unsafe fn optional<'a>(op: *mut PyObject) -> Option<&'a Object> {
        // SAFETY: the caller's word.
        unsafe { Object::optional(op) }
    }

    #[inline(always)]
    pub unsafe fn items<'a>(args: *mut PyObject) -> &'a [&'a Object] {
        // SAFETY: the caller's word.
        tuple::items(unsafe { Object::from_ptr(args) })
    }

    #[inline(always)]
    pub unsafe fn arguments<'a>(args: *const *mut PyObject, n: isize, names: *mut PyObject) -> Arguments<'a> {
        // SAFETY: the caller's word.
        unsafe { Arguments::new(args, n, names) }
    }

    /// Classes and numbers are passed on.
    #[inline(always)]
    pub unsafe fn same<T>(value: T) -> T {
        value
    }
}

/// `(what C gives) -> what C gets { $f(how each argument comes of it) }`, the C function around a function `$f` written
/// in Rust. With `.reply()` behind it C gets an object of whatever `$f` returns.
macro_rules! c_function {
    (($($parameter:ident: $ty:ty),*) -> $c:ty { $f:tt($($how:ident($($from:ident),+)),*) $(.$reply:ident())? }) => {{
        unsafe extern "C" fn function($($parameter: $ty),*) -> $c {
            // SAFETY: slot.
            $crate::object::api(|| $f($(unsafe { $crate::object::native::given::$how($($from),+) }),*)
                $(.and_then($crate::object::native::Reply::$reply))?)
        }
        function
    }};
}

/// `METH_NOARGS` of `fn(&Object) -> Result<impl Reply>`.
macro_rules! noargs {
    ($f:expr) => {
        $crate::object::native::c_function!((this: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
            $f(object(this)).reply()
        })
    };
}

/// `METH_O` of `fn(&Object, &Object) -> Result<impl Reply>`.
macro_rules! one {
    ($f:expr) => {
        $crate::object::native::c_function!((this: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
            $f(object(this), object(arg)).reply()
        })
    };
}

/// `METH_VARARGS` of `fn(&Object, &[&Object]) -> Result<impl Reply>`, for what CPython has as that: a keyword gets
/// another message than from `METH_FASTCALL`.
macro_rules! varargs {
    ($f:expr) => {
        $crate::object::native::c_function!((this: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
            $f(object(this), items(args)).reply()
        })
    };
}

/// `METH_FASTCALL` of `fn(&Object, &[&Object]) -> Result<impl Reply>`.
macro_rules! fast {
    ($f:expr) => {
        $crate::object::native::c_function!(
            (this: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
                $f(object(this), slice(args, n)).reply()
            }
        )
    };
}

/// `METH_FASTCALL | METH_STATIC` of `fn(&[&Object]) -> Result<impl Reply>`.
macro_rules! static_fast {
    ($f:expr) => {
        $crate::object::native::c_function!(
            (_this: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
                $f(slice(args, n)).reply()
            }
        )
    };
}

/// `METH_FASTCALL | METH_KEYWORDS` of `fn(&Object, Arguments) -> Result<impl Reply>`.
macro_rules! fast_keywords {
    ($f:expr) => {
        $crate::object::native::c_function!(
            (this: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t, names: *mut PyObject) -> *mut PyObject {
                $f(object(this), arguments(args, n, names)).reply()
            }
        )
    };
}

/// A slot that takes the object and gives one, or for `Option` nothing (`tp_iternext`), of `fn(&Object) -> Result<_>`.
macro_rules! unary {
    ($f:expr) => {
        $crate::object::native::c_function!((this: *mut PyObject) -> *mut PyObject {
            $f(object(this))
        }) as *mut c_void
    };
}

/// A slot that takes two objects and gives one.
macro_rules! binary {
    ($f:expr) => {
        $crate::object::native::c_function!((this: *mut PyObject, other: *mut PyObject) -> *mut PyObject {
            $f(object(this), object(other))
        }) as *mut c_void
    };
}

/// A slot that takes the object and gives a size or hash.
macro_rules! size {
    ($f:expr) => {
        $crate::object::native::c_function!((this: *mut PyObject) -> isize {
            $f(object(this))
        }) as *mut c_void
    };
}

/// `tp_new` of `fn(*mut PyTypeObject, &Object, Option<&Object>) -> Result<Owned>`.
macro_rules! new {
    ($f:expr) => {
        $crate::object::native::c_function!(
            (ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
                $f(same(ty), object(args), optional(kwargs))
            }
        ) as *mut c_void
    };
}

/// `tp_init` of `fn(&Object, &Object, Option<&Object>) -> Result<()>`.
macro_rules! init {
    ($f:expr) => {
        $crate::object::native::c_function!((this: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> c_int {
            $f(object(this), object(args), optional(kwargs))
        }) as *mut c_void
    };
}

/// `tp_call` of `fn(&Object, &Object, Option<&Object>) -> Result<Owned>`.
macro_rules! tp_call {
    ($f:expr) => {
        $crate::object::native::c_function!(
            (this: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
                $f(object(this), object(args), optional(kwargs))
            }
        ) as *mut c_void
    };
}

/// `tp_richcompare` of `fn(&Object, &Object, c_int) -> Result<Owned>`.
macro_rules! compare {
    ($f:expr) => {
        $crate::object::native::c_function!((this: *mut PyObject, other: *mut PyObject, op: c_int) -> *mut PyObject {
            $f(object(this), object(other), same(op))
        }) as *mut c_void
    };
}

/// A getter of `fn(&Object) -> Result<impl Reply>`.
macro_rules! get {
    ($f:expr) => {
        Some($crate::object::native::c_function!((this: *mut PyObject, _closure: *mut c_void) -> *mut PyObject {
            $f(object(this)).reply()
        }))
    };
}

/// A setter of `fn(&Object, Option<&Object>) -> Result<()>`; `None` deletes.
macro_rules! put {
    ($f:expr) => {
        Some($crate::object::native::c_function!(
            (this: *mut PyObject, value: *mut PyObject, _closure: *mut c_void) -> c_int {
                $f(object(this), optional(value))
            }
        ))
    };
}

pub(crate) use {
    binary, c_function, compare, fast, fast_keywords, get, init, new, noargs, one, put, size, static_fast, tp_call,
    unary, varargs,
};
