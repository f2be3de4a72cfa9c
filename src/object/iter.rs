//! Iteration.

use super::slots::_PyObject_NextNotImplemented;
use super::{Object, Owned, Result, error, sequence};
use crate::abi::*;
use crate::raise;
use crate::types::{exceptions, iterobject, none, typeobject};
use std::ptr;

/// `PyIter_Send`'s three outcomes.
pub enum Sent {
    Next(Owned),
    Return(Owned),
}

impl Object {
    /// `PyObject_GetIter`.
    pub fn iter(&self) -> Result<Owned> {
        // SAFETY: slot.
        unsafe {
            let ty = self.ty();
            let Some(iter) = (*ty).tp_iter else {
                if sequence::check(self) {
                    return iterobject::new_sequence_iterator(self);
                }
                return Err(raise!(TypeError, "'{}' object is not iterable", typeobject::tp_name(ty)));
            };
            let result = Owned::from_c(iter(self.as_ptr()))?;
            if !result.is_iterator() {
                return Err(raise!(
                    TypeError,
                    "iter() returned non-iterator of type '{}'",
                    error::cut(typeobject::tp_name(result.ty()), 100)
                ));
            }
            Ok(result)
        }
    }

    /// The next item of an iterator; `None` at its end.
    #[inline]
    pub fn next(&self) -> Result<Option<Owned>> {
        // SAFETY: slot; only iterators get here.
        unsafe {
            let item = (*self.ty()).tp_iternext.unwrap_unchecked()(self.as_ptr());
            if !item.is_null() {
                return Ok(Some(Owned::from_raw(item)));
            }
        }
        end_of_iteration()
    }

    /// `PyIter_Check`.
    #[inline]
    pub fn is_iterator(&self) -> bool {
        // SAFETY: a live object's type is alive.
        unsafe {
            (*self.ty()).tp_iternext.is_some_and(|f| f as usize != _PyObject_NextNotImplemented as *const () as usize)
        }
    }

    /// `PyAIter_Check`.
    pub fn is_async_iterator(&self) -> bool {
        // SAFETY: a live object's type is alive.
        unsafe {
            let methods = (*self.ty()).tp_as_async;
            !methods.is_null()
                && (*methods).am_anext.is_some_and(|f| f as usize != _PyObject_NextNotImplemented as *const () as usize)
        }
    }

    /// `PyObject_GetAIter`.
    pub fn async_iter(&self) -> Result<Owned> {
        // SAFETY: slot.
        unsafe {
            let ty = self.ty();
            let methods = (*ty).tp_as_async;
            let Some(aiter) = (if methods.is_null() { None } else { (*methods).am_aiter }) else {
                return Err(raise!(TypeError, "'{}' object is not an async iterable", typeobject::tp_name(ty)));
            };
            let result = Owned::from_c(aiter(self.as_ptr()))?;
            if !result.is_async_iterator() {
                return Err(raise!(
                    TypeError,
                    "aiter() returned not an async iterator of type '{}'",
                    error::cut(typeobject::tp_name(result.ty()), 100)
                ));
            }
            Ok(result)
        }
    }

    /// `PyIter_Send`: sends a value to a generator-like object, or advances an iterator.
    pub fn send(&self, arg: &Object) -> Result<Sent> {
        // SAFETY: slot.
        unsafe {
            let methods = (*self.ty()).tp_as_async;
            if !methods.is_null()
                && let Some(send) = (*methods).am_send
            {
                let mut result = ptr::null_mut();
                return match send(self.as_ptr(), arg.as_ptr(), &mut result) {
                    status if status == PYGEN_RETURN => Ok(Sent::Return(Owned::from_raw(result))),
                    status if status == PYGEN_ERROR => Err(error::Raised::already()),
                    _ => Ok(Sent::Next(Owned::from_raw(result))),
                };
            }
            let result = if arg.is_none() && self.is_iterator() {
                Owned::optional((*self.ty()).tp_iternext.unwrap_unchecked()(self.as_ptr()))
            } else {
                self.call_method(crate::name!(send), &[arg]).ok()
            };
            if let Some(value) = result {
                return Ok(Sent::Next(value));
            }
            stop_iteration_value().map(Sent::Return)
        }
    }
}

pub const PYGEN_RETURN: c_int = 0;
pub const PYGEN_ERROR: c_int = -1;
pub const PYGEN_NEXT: c_int = 1;

/// An iterator gave NULL: the end, said with `StopIteration` or without, or an error.
fn end_of_iteration() -> Result<Option<Owned>> {
    if error::occurred() {
        // SAFETY: it is set.
        error::ignore(unsafe { error::Raised::already() }, &raw mut exceptions::StopIteration)?;
    }
    Ok(None)
}

/// `_PyGen_FetchStopIterationValue`: the value of the `StopIteration` that is set, or `None` if nothing is set.
pub fn stop_iteration_value() -> Result<Owned> {
    if !error::occurred() {
        return Ok(none::none());
    }
    // SAFETY: it is set.
    let raised = unsafe { error::Raised::already() };
    if !error::matches(&raw mut exceptions::StopIteration) {
        return Err(raised);
    }
    let exception = error::caught(raised);
    Ok(exceptions::stop_iteration_value(&exception))
}
