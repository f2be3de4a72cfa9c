//! `bytes`: a head, the cached hash, and the bytes behind them with a zero at the end.
//!
//! The empty one and those of one byte are immortal statics. What Python sees is in `slots` and `methods`, the
//! constructor's rules in `new`; what `bytearray` can do too stands in `bytesmethods`.

pub mod escape;
pub mod format;
pub mod format_c;
mod methods;
pub mod new;
pub mod repr;
pub mod slots;
pub mod writer;

use crate::abi::*;
use crate::mem::{domains, refcount, tracer};
use crate::object::{Object, Owned, Result, error, lifecycle};
use crate::raise;
use crate::types::bytesmethods::place::Place;
use std::mem::offset_of;

pub use slots::PyBytes_Type;

/// An empty or one-byte object; the bytes behind the first are the zero at the end.
#[repr(C)]
struct Small {
    ob_base: PyVarObject,
    ob_shash: Py_hash_t,
    ob_sval: [u8; 8],
}

impl Small {
    const fn new(bytes: u8, size: isize) -> Small {
        Small {
            ob_base: PyVarObject::immortal(&raw mut PyBytes_Type, size),
            ob_shash: -1,
            ob_sval: [bytes, 0, 0, 0, 0, 0, 0, 0],
        }
    }
}

static mut EMPTY: Small = Small::new(0, 0);

static mut CHARACTERS: [Small; 256] = {
    let mut all = [const { Small::new(0, 1) }; 256];
    let mut c = 0;
    while c < 256 {
        all[c].ob_sval[0] = c as u8;
        c += 1;
    }
    all
};

const HEAD: usize = offset_of!(PyBytesObject, ob_sval);

/// The most bytes that an object can have.
pub const MAX_LEN: usize = isize::MAX as usize - (HEAD + 1);

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.has_flag(Py_TPFLAGS_BYTES_SUBCLASS)
}

#[inline(always)]
pub fn check_exact(o: &Object) -> bool {
    o.is_exact(&raw mut PyBytes_Type)
}

#[inline(always)]
pub fn empty_ref() -> &'static Object {
    // SAFETY: static.
    unsafe { Object::from_ptr((&raw mut EMPTY).cast()) }
}

#[inline(always)]
pub fn empty() -> Owned {
    empty_ref().to_owned()
}

/// The object of one byte: an immortal static.
#[inline(always)]
pub fn from_byte(byte: u8) -> Owned {
    // SAFETY: static.
    unsafe { Object::from_ptr((&raw mut CHARACTERS[byte as usize]).cast()) }.to_owned()
}

#[inline(always)]
pub fn len(o: &Object) -> usize {
    // SAFETY: layout.
    unsafe { (*o.cast::<PyVarObject>()).ob_size as usize }
}

#[inline(always)]
pub fn data(o: &Object) -> *mut u8 {
    o.cast::<u8>().wrapping_add(HEAD)
}

/// The bytes of a bytes object or a subclass's instance.
#[inline(always)]
pub fn as_slice(o: &Object) -> &[u8] {
    // SAFETY: a bytes object's data stand behind its head.
    unsafe { std::slice::from_raw_parts(data(o), len(o)) }
}

/// An object of `n` bytes that are not written yet, and the zero behind them. For none it is the empty one.
#[inline]
pub fn with_len(n: usize) -> Result<Owned> {
    if n == 0 {
        return Ok(empty());
    }
    if n > MAX_LEN {
        return Err(raise!(OverflowError, "byte string is too large"));
    }
    let this = lifecycle::new_var::<PyBytesObject>(&raw mut PyBytes_Type, n as isize)?;
    // SAFETY: fresh, with room for one more than `n`.
    unsafe {
        (&raw mut (*this).ob_shash).write(-1);
        this.cast::<u8>().add(HEAD + n).write(0);
        Ok(Owned::from_raw(this.cast()))
    }
}

/// An object of `n` bytes, all of which `write` writes.
#[inline]
pub fn build(n: usize, write: impl FnOnce(&mut Place)) -> Result<Owned> {
    let new = with_len(n)?;
    // SAFETY: fresh; of the empty one nothing is written.
    let mut place = unsafe { Place::new(data(&new), n) };
    write(&mut place);
    place.finish();
    Ok(new)
}

#[inline]
pub fn from_slice(bytes: &[u8]) -> Result<Owned> {
    if let [byte] = bytes {
        return Ok(from_byte(*byte));
    }
    let new = with_len(bytes.len())?;
    // SAFETY: fresh; the empty one has nothing to write.
    unsafe { data(&new).copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
    Ok(new)
}

/// `n` zeros.
pub fn zeros(n: usize) -> Result<Owned> {
    build(n, |out| out.fill(0, n))
}

/// An object with another number of bytes in place of one that the caller makes (`_PyBytes_Resize`); new bytes are not
/// written. The reference moves to the result, and is gone with an error.
pub fn resize(bytes: Owned, n: usize) -> Result<Owned> {
    let old = len(&bytes);
    if old == n {
        return Ok(bytes);
    }
    if n == 0 {
        return Ok(empty());
    }
    // SAFETY: layout; memory moves only where nobody else has a reference.
    unsafe {
        if old == 0 || bytes.refcount() != 1 || refcount::is_immortal(bytes.as_ptr()) {
            let new = with_len(n)?;
            data(&new).copy_from_nonoverlapping(data(&bytes), old.min(n));
            return Ok(new);
        }
        let size = match lifecycle::var_size(bytes.ty(), n as isize) {
            Some(size) if n <= MAX_LEN => size,
            _ => return Err(error::no_memory()),
        };
        if tracer::active() {
            tracer::report_end(bytes.as_ptr());
        }
        let op = bytes.into_raw();
        let block = domains::object_realloc(op.cast(), size).cast::<PyBytesObject>();
        if block.is_null() {
            if tracer::active() {
                tracer::report_birth(op);
            }
            drop(Owned::from_raw(op));
            return Err(error::no_memory());
        }
        (*block).ob_base.ob_size = n as isize;
        (*block).ob_shash = -1;
        block.cast::<u8>().add(HEAD + n).write(0);
        if tracer::active() {
            tracer::report_birth(block.cast());
        }
        Ok(Owned::from_raw(block.cast()))
    }
}
