//! `int(x=0, base=10)`.

use super::*;
use crate::object::args::{self, Signature, check_positional};
use crate::object::{Owned, Result, api, number};
use crate::raise;
use crate::types::{bytearray, bytes, unicode};

const NEW: Signature<2> = Signature::new("int", ["", "base"]);

/// Slot.
pub fn new(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result {
    let [x, base] = NEW.bind(args, kwargs)?;
    let value = from_arguments(x, base)?;
    if ty == &raw mut PyLong_Type { Ok(value) } else { of_subtype(ty, &value) }
}

/// `int(...)` called by its type: no tuple, no dict.
pub unsafe extern "C" fn vectorcall(
    ty: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let n = nargsf & !PY_VECTORCALL_ARGUMENTS_OFFSET;
        if !kwnames.is_null() {
            let [x, base] = NEW.bind_fast(args, n as isize, kwnames)?;
            return from_arguments(x, base);
        }
        debug_assert!(ty == (&raw mut PyLong_Type).cast());
        if n == 1 {
            return number::long(Object::from_ptr(*args));
        }
        let args = args::slice(args, n as isize);
        check_positional("int", n, 0, 2)?;
        from_arguments(args.first().copied(), args.get(1).copied())
    })
}

fn from_arguments(x: Option<&Object>, base: Option<&Object>) -> Result {
    let (x, base) = match (x, base) {
        (None, None) => return Ok(zero().to_owned()),
        (None, Some(_)) => return Err(raise!(TypeError, "int() missing string argument")),
        (Some(x), None) => return number::long(x),
        (Some(x), Some(base)) => (x, base),
    };
    let base = number::as_ssize(base, None)?;
    if base != 0 && !(2..=36).contains(&base) {
        return Err(raise!(ValueError, "int() base must be >= 2 and <= 36, or 0"));
    }
    let base = base as c_int;
    if unicode::check(x) {
        return text::from_unicode(x, base);
    }
    if bytes::check(x) {
        return text::from_bytes_text(bytes::as_slice(x), base);
    }
    if x.is_a(&raw mut bytearray::PyByteArray_Type) {
        return text::from_bytes_text(&bytearray_text(x), base);
    }
    Err(raise!(TypeError, "int() can't convert non-string with explicit base"))
}

/// A bytearray's bytes, copied.
fn bytearray_text(x: &Object) -> Vec<u8> {
    let array = x.cast::<PyByteArrayObject>();
    // SAFETY: layout.
    unsafe {
        let n = (*array).ob_base.ob_size as usize;
        if n == 0 { Vec::new() } else { std::slice::from_raw_parts((*array).ob_start.cast::<u8>(), n).to_vec() }
    }
}

/// An instance of a subclass with the value of an exact int.
pub fn of_subtype(ty: *mut PyTypeObject, value: &Object) -> Result<Owned> {
    let digits = digits(value);
    // SAFETY: a subclass of int has int's layout; its tp_alloc gives room for the digits (at least one), zeroed.
    unsafe {
        let alloc = (*ty).tp_alloc.expect("a ready type has tp_alloc");
        let object = Owned::from_c(alloc(ty, digits.len().max(1) as isize))?;
        let long = object.cast::<PyLongObject>();
        (*long).long_value.lv_tag = tag_of(is_negative(value), digits.len());
        std::ptr::copy_nonoverlapping(digits.as_ptr(), (&raw mut (*long).long_value.ob_digit).cast(), digits.len());
        Ok(object)
    }
}
