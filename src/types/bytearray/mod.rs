//! `bytearray`: bytes that change. While a buffer of it is exported its size is fixed.
//!
//! The block may begin before the bytes do: taking bytes off the front moves `ob_start`. What Python sees is in `slots`
//! and `methods`, slices that change in `assign`, the constructor in `new`.

mod assign;
mod methods;
mod new;
mod repr;
mod slots;

use crate::abi::*;
use crate::mem::domains;
use crate::object::{Object, Owned, Result, error, lifecycle};
use crate::raise;
use crate::types::bytesmethods::place::Place;
use std::ptr;

pub use slots::{PyByteArray_Type, concat};

/// What `PyByteArray_AS_STRING` gives for an empty bytearray.
#[unsafe(no_mangle)]
pub static mut _PyByteArray_empty_string: [c_char; 1] = [0];

#[inline]
pub fn check(o: &Object) -> bool {
    o.is_a(&raw mut PyByteArray_Type)
}

#[inline(always)]
pub fn len(o: &Object) -> usize {
    // SAFETY: layout.
    unsafe { (*o.cast::<PyVarObject>()).ob_size as usize }
}

/// Where the bytes begin; never NULL.
#[inline(always)]
pub fn data(o: &Object) -> *mut u8 {
    // SAFETY: layout.
    unsafe {
        if len(o) == 0 {
            return (&raw mut _PyByteArray_empty_string).cast();
        }
        (*o.cast::<PyByteArrayObject>()).ob_start.cast()
    }
}

/// The bytes of a bytearray or a subclass's instance, as they are now.
#[inline]
pub fn as_slice(o: &Object) -> &[u8] {
    // SAFETY: layout: `ob_size` bytes at `ob_start`.
    unsafe { std::slice::from_raw_parts(data(o), len(o)) }
}

/// A bytearray of `n` bytes that are not written yet (`PyByteArray_FromStringAndSize` of NULL).
pub fn with_len(n: usize) -> Result<Owned> {
    let block = match n {
        0 => ptr::null_mut(),
        _ => domains::mem_malloc(n.saturating_add(1)),
    };
    if n > 0 && (block.is_null() || n >= isize::MAX as usize) {
        return Err(error::no_memory());
    }
    match lifecycle::new::<PyByteArrayObject>(&raw mut PyByteArray_Type) {
        // SAFETY: fresh.
        Ok(this) => unsafe {
            (*this).ob_base.ob_size = n as isize;
            (*this).ob_alloc = if n == 0 { 0 } else { n as isize + 1 };
            (*this).ob_bytes = block.cast();
            (*this).ob_start = block.cast();
            (*this).ob_exports = 0;
            if n > 0 {
                block.cast::<u8>().add(n).write(0);
            }
            Ok(Owned::from_raw(this.cast()))
        },
        Err(raised) => {
            // SAFETY: allocated here, and nobody else has it.
            unsafe { domains::mem_free(block) };
            Err(raised)
        }
    }
}

pub fn from_slice(bytes: &[u8]) -> Result<Owned> {
    let new = with_len(bytes.len())?;
    // SAFETY: fresh.
    unsafe { data(&new).copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
    Ok(new)
}

/// A bytearray of `n` bytes, all of which `write` writes.
pub fn build(n: usize, write: impl FnOnce(&mut Place)) -> Result<Owned> {
    let new = with_len(n)?;
    // SAFETY: fresh.
    let mut place = unsafe { Place::new(data(&new), n) };
    write(&mut place);
    place.finish();
    Ok(new)
}

/// `PyByteArray_FromObject`: what calling the type with it gives.
pub fn from_object(o: &Object) -> Result<Owned> {
    // SAFETY: static.
    unsafe { Object::from_ptr((&raw mut PyByteArray_Type).cast()) }.call(&[o])
}

/// `BufferError` while a buffer is exported.
pub fn may_resize(o: &Object) -> Result<()> {
    // SAFETY: layout.
    if unsafe { (*o.cast::<PyByteArrayObject>()).ob_exports } > 0 {
        return Err(raise!(BufferError, "Existing exports of data: object cannot be re-sized"));
    }
    Ok(())
}

/// Another number of bytes (`PyByteArray_Resize`); new ones are not written.
pub fn resize(o: &Object, n: isize) -> Result<()> {
    let Ok(size) = usize::try_from(n) else {
        return Err(raise!(ValueError, "Can only resize to positive sizes, got {n}"));
    };
    if size == len(o) {
        return Ok(());
    }
    may_resize(o)?;
    // SAFETY: layout: the block has `ob_alloc` bytes, of which those from `ob_start` are in use.
    unsafe {
        let this = o.cast::<PyByteArrayObject>();
        let offset = (*this).ob_start.addr() - (*this).ob_bytes.addr();
        let had = (*this).ob_alloc as usize;
        let mut alloc = had;
        if size.saturating_add(offset + 1) <= alloc {
            if size >= alloc / 2 {
                (*this).ob_base.ob_size = n;
                (*this).ob_start.add(size).write(0);
                return Ok(());
            }
            // So much smaller that the block shrinks to fit.
            alloc = size + 1;
        } else if size <= alloc + alloc / 8 {
            // Grown a little: more of it will come.
            alloc = size + (size >> 3) + if size < 9 { 3 } else { 6 };
        } else {
            alloc = size.saturating_add(1);
        }
        if alloc > isize::MAX as usize {
            return Err(error::no_memory());
        }
        let block = if offset > 0 {
            let block = domains::mem_malloc(alloc).cast::<u8>();
            if block.is_null() {
                return Err(error::no_memory());
            }
            block.copy_from_nonoverlapping((*this).ob_start.cast(), size.min(len(o)));
            domains::mem_free((*this).ob_bytes.cast());
            block
        } else {
            let block = domains::mem_realloc((*this).ob_bytes.cast(), alloc).cast::<u8>();
            if block.is_null() {
                return Err(error::no_memory());
            }
            block
        };
        (*this).ob_bytes = block.cast();
        (*this).ob_start = block.cast();
        (*this).ob_alloc = alloc as isize;
        (*this).ob_base.ob_size = n;
        block.add(size).write(0);
    }
    Ok(())
}
