//! The bytes of an argument for as long as it is needed: `PyBUF_SIMPLE` of anything with a buffer, without the cost of
//! the protocol for exact bytes and bytearrays.

use super::Kind;
use crate::abi::*;
use crate::object::{Object, Owned, Raised, Result, buffers, error};
use crate::raise;
use crate::types::{bytearray, bytes, typeobject};
use std::mem::MaybeUninit;

pub enum View<'a> {
    Bytes(&'a Object),
    /// Its count of exports is one higher, which keeps its bytes where they are.
    Array(&'a Object),
    /// In a box: a view may hold pointers into itself.
    Buffer(Box<Py_buffer>),
}

impl<'a> View<'a> {
    /// `TypeError` "a bytes-like object is required, not ..." for what has no buffer.
    #[inline]
    pub fn of(o: &'a Object) -> Result<View<'a>> {
        if bytes::check_exact(o) {
            return Ok(View::Bytes(o));
        }
        if o.is_exact(&raw mut bytearray::PyByteArray_Type) {
            return Ok(View::array(o));
        }
        let mut view = Box::new(MaybeUninit::<Py_buffer>::uninit());
        // SAFETY: the view is filled in on success.
        unsafe {
            buffers::get(o, view.as_mut_ptr(), PyBUF_SIMPLE)?;
            Ok(View::Buffer(view.assume_init()))
        }
    }

    /// A bytearray, or a subclass's instance, as it is: without asking a `__buffer__` of the subclass.
    #[inline]
    pub fn array(o: &'a Object) -> View<'a> {
        // SAFETY: layout.
        unsafe { (*o.cast::<PyByteArrayObject>()).ob_exports += 1 };
        View::Array(o)
    }

    /// `None` for what gives no such view, for whatever reason.
    pub fn if_any(o: &'a Object) -> Option<View<'a>> {
        if !buffers::supported(o) {
            return None;
        }
        match View::of(o) {
            Ok(view) => Some(view),
            Err(raised) => {
                drop(error::caught(raised));
                None
            }
        }
    }

    #[inline]
    pub fn slice(&self) -> &[u8] {
        match self {
            View::Bytes(o) => bytes::as_slice(o),
            View::Array(o) => bytearray::as_slice(o),
            // SAFETY: a filled view; NULL only where there is nothing.
            View::Buffer(view) => unsafe {
                if view.len == 0 { &[] } else { std::slice::from_raw_parts(view.buf.cast(), view.len as usize) }
            },
        }
    }
}

impl std::ops::Deref for View<'_> {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        self.slice()
    }
}

/// The bytes of both operands, `None` if one has none; whatever was raised is swallowed.
pub fn of_both<'a>(a: &'a Object, b: &'a Object) -> Option<(View<'a>, View<'a>)> {
    let of = |o| error::forget(View::of(o));
    Some((of(a)?, of(b)?))
}

/// The bytes of both, one behind the other. `MemoryError` if that is too much.
pub fn joined<K: Kind>(a: &[u8], b: &[u8]) -> Result<Owned> {
    if a.len() > isize::MAX as usize - b.len() {
        return Err(error::no_memory());
    }
    K::build(a.len() + b.len(), |place| {
        place.put(a);
        place.put(b);
    })
}

/// What concatenation says when one has no bytes.
#[cold]
pub fn cannot_concat(a: &Object, b: &Object) -> Raised {
    let name = |o: &Object| error::cut(typeobject::tp_name(o.ty()), 100).to_owned();
    raise!(TypeError, "can't concat {} to {}", name(b), name(a))
}

impl Drop for View<'_> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: filled, or counted, when it was made.
        unsafe {
            match self {
                View::Bytes(_) => {}
                View::Array(o) => (*o.cast::<PyByteArrayObject>()).ob_exports -= 1,
                View::Buffer(view) => buffers::release(&raw mut **view),
            }
        }
    }
}
