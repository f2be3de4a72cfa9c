//! Equality and hash of views.

use super::{access, check, ensure_alive, format, is_released, raw, strided, view};
use crate::abi::*;
use crate::object::{Object, Owned, Result, api, buffers, error};
use crate::raise;
use crate::types::{boolobject, none, pyhash};

pub unsafe extern "C" fn richcompare(op: *mut PyObject, other: *mut PyObject, how: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (a, b) = unsafe { (Object::from_ptr(op), Object::from_ptr(other)) };
        if how != Py_EQ && how != Py_NE {
            return Ok(none::not_implemented());
        }
        let equal = match equal(a, b)? {
            Some(equal) => equal,
            None => return Ok(none::not_implemented()),
        };
        Ok(boolobject::from_bool(equal == (how == Py_EQ)))
    })
}

/// `None` if `b` exports no buffer. Released views equal themselves only.
fn equal(a: &Object, b: &Object) -> Result<Option<bool>> {
    if is_released(a) {
        return Ok(Some(a.is(b)));
    }
    if check(b) {
        if is_released(b) {
            return Ok(Some(a.is(b)));
        }
        return same_items(view(a), view(b)).map(Some);
    }
    if !buffers::supported(b) {
        return Ok(None);
    }
    match access::with_buffer(b, |other| same_items(view(a), other)) {
        Ok(result) => result.map(Some),
        Err(raised) => {
            drop(error::caught(raised));
            Ok(None)
        }
    }
}

/// Equal shapes, and items that are equal as the objects that their formats make of them. Formats that are not native
/// make no objects here, and are unequal.
fn same_items(a: &Py_buffer, b: &Py_buffer) -> Result<bool> {
    let shape = strided::shape(a);
    if shape != strided::shape(b) {
        return Ok(false);
    }
    let (Some(x), Some(y)) = (format::native(a.format), format::native(b.format)) else { return Ok(false) };
    // Equal integer formats may be compared as bytes; floats not, since a NaN is unequal to itself.
    let plain = x == y && !matches!(x, b'f' | b'd' | b'e' | b'?');
    if plain {
        return Ok(strided::to_vec(a, b'C')? == strided::to_vec(b, b'C')?);
    }
    let mut places = Vec::new();
    // SAFETY: both descriptions fit their memory.
    unsafe {
        strided::for_each(a, b'C', |place| places.push(place));
        let mut others = places.iter();
        let mut result = Ok(true);
        strided::for_each(b, b'C', |other| {
            let place = others.next().expect("the shapes are equal");
            if matches!(result, Ok(true)) {
                result = items_equal(x, *place, y, other);
            }
        });
        result
    }
}

/// # Safety
/// Items of these formats stand there.
unsafe fn items_equal(x: u8, a: *const u8, y: u8, b: *const u8) -> Result<bool> {
    // SAFETY: the caller's word.
    let (a, b): (Owned, Owned) = unsafe { (format::unpack(x, a)?, format::unpack(y, b)?) };
    a.compare(&b, Py_EQ)?.is_true()
}

pub unsafe extern "C" fn hash(op: *mut PyObject) -> Py_hash_t {
    api(|| {
        // SAFETY: slot.
        let o = unsafe { Object::from_ptr(op) };
        // SAFETY: layout.
        let known = unsafe { (*raw(o)).hash };
        if known != -1 {
            return Ok(known);
        }
        ensure_alive(o)?;
        let v = view(o);
        if v.readonly == 0 {
            return Err(raise!(ValueError, "cannot hash writable memoryview object"));
        }
        if !matches!(format::native(v.format), Some(b'B' | b'b' | b'c')) {
            return Err(raise!(ValueError, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
        }
        // SAFETY: the managed buffer keeps the exporter alive; it must be hashable itself.
        if let Some(exporter) = unsafe { Object::optional(v.obj) } {
            exporter.hash()?;
        }
        let hash = pyhash::hash_bytes(&strided::to_vec(v, b'C')?);
        // SAFETY: layout.
        unsafe { (*raw(o)).hash = hash };
        Ok(hash)
    })
}
