//! The error indicator: the exception that is being raised in this thread, if any.
//!
//! `Raised` is the witness that it is set; a function that can fail returns `Result`, and `?` passes the witness on.

pub use super::message::Text;
use super::{Object, Owned, message};
use crate::abi::*;
use crate::mem::refcount;
use crate::state;
use crate::types;
use std::fmt;
use std::ptr;

/// An exception is set in this thread. It has no size: the exception itself waits in the thread state.
#[derive(Debug)]
#[must_use]
pub struct Raised(());

pub type Result<T = Owned> = std::result::Result<T, Raised>;

impl Raised {
    /// # Safety
    /// The error indicator is set (a C function said so by its result).
    #[inline(always)]
    pub unsafe fn already() -> Raised {
        Raised(())
    }
}

/// What a C function that gives 0 or more, or -1 with an error set, said.
#[inline(always)]
pub fn status(result: c_int) -> Result<()> {
    if result < 0 { Err(Raised(())) } else { Ok(()) }
}

/// The first `n` bytes of a name (C's `%.100s`).
pub fn cut(text: &str, n: usize) -> &str {
    if text.len() <= n { text } else { &text[..text.floor_char_boundary(n)] }
}

/// Raises an exception of a builtin class with a formatted message: `return Err(raise!(TypeError, "no {}", x))`.
/// Gives [`Raised`]. The class is a name in `types::exceptions`.
#[macro_export]
macro_rules! raise {
    ($class:ident, $($format:tt)+) => {
        $crate::object::error::raise_format(&raw mut $crate::types::exceptions::$class, format_args!($($format)+))
    };
}

/// The exception that is set, borrowed; `None` if there is none.
#[inline(always)]
pub fn current<'a>() -> Option<&'a Object> {
    // SAFETY: attached; the thread state owns the exception.
    unsafe { Object::optional((*state::thread()).base.current_exception) }
}

#[inline(always)]
pub fn occurred() -> bool {
    // SAFETY: attached.
    unsafe { !(*state::thread()).base.current_exception.is_null() }
}

/// Sets an exception instance as it is, in place of the one that was set.
pub fn restore(exception: Owned) -> Raised {
    // SAFETY: attached; the thread state takes the reference and gives up the old one.
    unsafe {
        let place = &raw mut (*state::thread()).base.current_exception;
        let old = place.replace(exception.into_raw());
        refcount::xdecref(old);
        Raised(())
    }
}

/// Takes the exception away (`PyErr_GetRaisedException`).
pub fn take() -> Option<Owned> {
    // SAFETY: attached; the reference moves to the caller.
    unsafe {
        let place = &raw mut (*state::thread()).base.current_exception;
        Owned::optional(place.replace(ptr::null_mut()))
    }
}

/// Takes the exception that `raised` stands for.
pub fn caught(_raised: Raised) -> Owned {
    take().expect("Raised is only made when an exception is set")
}

/// The value of a result; its exception, if that is what it is, is dropped.
pub fn forget<T>(result: Result<T>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(raised) => {
            drop(caught(raised));
            None
        }
    }
}

pub fn clear() {
    drop(take());
}

/// Runs something that must not find an exception set. The one that is set is so again afterwards, whatever else was
/// raised meanwhile.
pub fn aside<T>(f: impl FnOnce() -> T) -> T {
    let before = take();
    let result = f();
    if let Some(before) = before {
        let _ = restore(before);
    }
    result
}

/// The exception that is set is an instance of the builtin class `class` (a name in `types::exceptions`).
pub fn matches(class: *mut PyTypeObject) -> bool {
    current().is_some_and(|e| e.is_a(class))
}

/// Swallows an exception of class `class`; anything else goes on.
pub fn ignore(raised: Raised, class: *mut PyTypeObject) -> Result<()> {
    if matches(class) {
        drop(caught(raised));
        return Ok(());
    }
    Err(raised)
}

/// Raises `class(message)`; chained to the exception being handled, as `PyErr_SetString` does. [`raise!`] is the way
/// to call it.
#[cold]
#[inline(never)]
pub fn raise_format(class: *mut PyTypeObject, text: fmt::Arguments) -> Raised {
    let text = match text.as_str() {
        Some(text) => types::unicode::from_str(text),
        None => message::decoded(&text.to_string()),
    };
    match text {
        // SAFETY: builtin exception classes are static.
        Ok(text) => types::exceptions::raise(unsafe { Object::from_ptr(class.cast()) }, Some(&text)),
        Err(raised) => raised,
    }
}

/// `MemoryError`, without allocating.
#[cold]
pub fn no_memory() -> Raised {
    types::exceptions::raise_memory_error()
}

/// What an export says of a NULL where an object must be: an error that is set already stays.
#[cold]
#[inline(never)]
pub fn null_argument() -> Raised {
    if occurred() {
        return Raised(());
    }
    raise!(SystemError, "null argument to internal routine")
}

/// `PyErr_BadInternalCall`: an export was called with an object of the wrong type.
#[cold]
#[track_caller]
pub fn bad_internal_call() -> Raised {
    let place = std::panic::Location::caller();
    raise!(SystemError, "{}:{}: bad argument to internal function", place.file(), place.line())
}

/// `PyErr_BadArgument`.
#[cold]
pub fn bad_argument() -> Raised {
    raise!(TypeError, "bad argument type for built-in operation")
}

/// `NotImplementedError` of a function that would have to execute Python code.
#[cold]
pub fn no_evaluator(function: &str) -> Raised {
    raise!(NotImplementedError, "{function}: this runtime has no bytecode evaluator")
}
