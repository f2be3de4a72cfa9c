//! `bytearray(...)`: filling a bytearray from what it is called with.

use super::{data, len, resize};
use crate::abi::*;
use crate::object::args::Signature;
use crate::object::{Object, Result, api, buffers, error};
use crate::raise;
use crate::types::bytes::new::{byte, count, encode, no_codec};
use crate::types::bytesmethods::args::codec_name;
use crate::types::memoryview::strided;
use crate::types::{exceptions, typeobject, unicode};
use std::mem::MaybeUninit;

const INIT: Signature<3> = Signature::new("bytearray", ["source", "encoding", "errors"]);

pub unsafe extern "C" fn init(op: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        let [source, encoding, errors] = INIT.bind(Object::from_ptr(args), Object::optional(kwargs))?;
        let encoding = encoding.map(|o| codec_name("bytearray", "encoding", o)).transpose()?;
        let errors = errors.map(|o| codec_name("bytearray", "errors", o)).transpose()?;
        let o = Object::from_ptr(op);
        // What was there goes first, whatever comes.
        resize(o, 0)?;
        no_codec(encoding.is_some(), errors.is_some(), source)?;
        let Some(source) = source else { return Ok(()) };
        if unicode::check(source) {
            if encoding.is_none() {
                return Err(raise!(TypeError, "string argument without an encoding"));
            }
            let encoded = encode(source, encoding.as_deref(), errors.as_deref())?;
            return super::assign::append(o, crate::types::bytes::as_slice(&encoded));
        }
        if let Some(n) = count(source)? {
            resize(o, n as isize)?;
            data(o).write_bytes(0, n);
            return Ok(());
        }
        if buffers::supported(source) {
            return fill_from_buffer(o, source);
        }
        fill_from_iterable(o, source)
    })
}

fn fill_from_buffer(o: &Object, source: &Object) -> Result<()> {
    let mut view = MaybeUninit::<Py_buffer>::uninit();
    // SAFETY: the view is filled in on success, and released.
    unsafe {
        buffers::get(source, view.as_mut_ptr(), PyBUF_FULL_RO)?;
        let view = view.as_mut_ptr();
        let result = resize(o, (*view).len).and_then(|()| {
            strided::to_vec(&*view, b'C').map(|bytes| data(o).copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()))
        });
        buffers::release(view);
        result
    }
}

fn fill_from_iterable(o: &Object, source: &Object) -> Result<()> {
    let iterator = source.iter().or_else(|raised| {
        error::ignore(raised, &raw mut exceptions::TypeError)?;
        let name = error::cut(typeobject::tp_name(source.ty()), 200);
        Err(raise!(TypeError, "cannot convert '{name}' object to bytearray"))
    })?;
    while let Some(item) = iterator.next()? {
        let value = byte_value(&item)?;
        push(o, value)?;
    }
    Ok(())
}

/// The byte that an item stands for.
pub fn byte_value(item: &Object) -> Result<u8> {
    byte(item, "byte must be in range(0, 256)")
}

/// One more byte at the end.
pub fn push(o: &Object, value: u8) -> Result<()> {
    let n = len(o);
    if n == isize::MAX as usize {
        return Err(raise!(OverflowError, "cannot add more objects to bytearray"));
    }
    resize(o, n as isize + 1)?;
    // SAFETY: there is room now.
    unsafe { data(o).add(n).write(value) };
    Ok(())
}
