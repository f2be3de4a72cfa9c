//! `_PyBytesWriter`: bytes that grow on the caller's stack first, then in a bytes object or bytearray.

use super::{data, with_len};
use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, Owned, Result, error};
use crate::types::{bytearray, bytes};
use std::ptr;

/// CPython's `_PyBytesWriter`.
#[repr(C)]
pub struct Writer {
    pub buffer: *mut PyObject,
    pub allocated: Py_ssize_t,
    pub min_size: Py_ssize_t,
    pub use_bytearray: c_int,
    pub overallocate: c_int,
    pub use_small_buffer: c_int,
    pub small_buffer: [u8; 512],
}

impl Writer {
    pub fn init(&mut self) {
        self.buffer = ptr::null_mut();
        self.allocated = 0;
        self.min_size = 0;
        self.use_bytearray = 0;
        self.overallocate = 0;
        self.use_small_buffer = 0;
    }

    pub fn dealloc(&mut self) {
        // SAFETY: owned, or NULL.
        unsafe { refcount::clear(&raw mut self.buffer) };
    }

    /// Where the bytes stand.
    fn start(&mut self) -> *mut u8 {
        if self.use_small_buffer != 0 {
            return self.small_buffer.as_mut_ptr();
        }
        // SAFETY: owned.
        let buffer = unsafe { Object::from_ptr(self.buffer) };
        if self.use_bytearray != 0 { bytearray::data(buffer) } else { data(buffer) }
    }

    fn offset(&mut self, at: *mut u8) -> usize {
        at.addr() - self.start().addr()
    }

    /// Room for `size` bytes in all; `at` moves with the bytes.
    pub fn resize(&mut self, at: *mut u8, size: isize) -> Result<*mut u8> {
        let mut total = size as usize;
        if self.overallocate != 0 {
            if total > isize::MAX as usize - total / 4 {
                self.dealloc();
                return Err(error::no_memory());
            }
            total += total / 4;
        }
        let used = self.offset(at);
        if self.use_small_buffer != 0 {
            let new = if self.use_bytearray != 0 { bytearray::with_len(total)? } else { with_len(total)? };
            self.buffer = new.into_raw();
            self.use_small_buffer = 0;
            let small = self.small_buffer.as_ptr();
            // SAFETY: fresh, and larger than what is used.
            unsafe { self.start().copy_from_nonoverlapping(small, used) };
        } else if self.use_bytearray != 0 {
            // SAFETY: owned.
            if let Err(raised) = bytearray::resize(unsafe { Object::from_ptr(self.buffer) }, total as isize) {
                self.dealloc();
                return Err(raised);
            }
        } else {
            // SAFETY: owned.
            let buffer = unsafe { Owned::from_raw(std::mem::replace(&mut self.buffer, ptr::null_mut())) };
            self.buffer = bytes::resize(buffer, total)?.into_raw();
        }
        self.allocated = total as isize;
        Ok(self.start().wrapping_add(used))
    }

    /// Room for `size` more bytes than were asked for so far.
    pub fn prepare(&mut self, at: *mut u8, size: isize) -> Result<*mut u8> {
        if size == 0 {
            return Ok(at);
        }
        if self.min_size > isize::MAX - size {
            self.dealloc();
            return Err(error::no_memory());
        }
        let needed = self.min_size + size;
        let at = if needed > self.allocated { self.resize(at, needed)? } else { at };
        self.min_size = needed;
        Ok(at)
    }

    pub fn alloc(&mut self, size: isize) -> Result<*mut u8> {
        self.use_small_buffer = 1;
        self.allocated = self.small_buffer.len() as isize;
        let start = self.start();
        self.prepare(start, size)
    }

    /// The object of what stands before `at`.
    pub fn finish(&mut self, at: *mut u8) -> Result<Owned> {
        let size = self.offset(at);
        if self.use_small_buffer != 0 {
            let slice = &self.small_buffer[..size];
            return if self.use_bytearray != 0 { bytearray::from_slice(slice) } else { bytes::from_slice(slice) };
        }
        // SAFETY: owned.
        let buffer = unsafe { Owned::from_raw(std::mem::replace(&mut self.buffer, ptr::null_mut())) };
        if self.use_bytearray != 0 {
            bytearray::resize(&buffer, size as isize)?;
            return Ok(buffer);
        }
        if size == 0 { Ok(bytes::empty()) } else { bytes::resize(buffer, size) }
    }
}
