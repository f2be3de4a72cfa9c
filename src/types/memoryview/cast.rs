//! `cast()`: the same bytes as items of another format, or in another shape.

use super::{allocate, attach, ensure_alive, format, raw, strided, update_flags, view};
use crate::abi::*;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::{list, long, tuple, unicode};
use std::ffi::CStr;
use std::ptr;

/// A format of one native character, maybe behind `@`, as a string that outlives every view.
fn static_format(text: &[u8]) -> Option<(&'static CStr, u8)> {
    const PLAIN: [&CStr; 16] =
        [c"c", c"b", c"B", c"?", c"h", c"H", c"e", c"i", c"I", c"f", c"l", c"L", c"q", c"Q", c"n", c"N"];
    const MORE: [&CStr; 2] = [c"d", c"P"];
    const AT: [&CStr; 18] = [
        c"@c", c"@b", c"@B", c"@?", c"@h", c"@H", c"@e", c"@i", c"@I", c"@f", c"@l", c"@L", c"@q", c"@Q", c"@n", c"@N",
        c"@d", c"@P",
    ];
    let found = PLAIN.iter().chain(&MORE).chain(&AT).find(|known| known.to_bytes() == text)?;
    Some((found, *text.last()?))
}

/// New reference. Between bytes and another format only, and of memory whose items stand side by side.
pub fn cast(o: &Object, to: &Object, shape: Option<&Object>) -> Result<Owned> {
    ensure_alive(o)?;
    if !unicode::check(to) {
        return Err(crate::object::args::bad_argument("cast", "argument 'format'", "str", to));
    }
    // SAFETY: layout.
    if unsafe { (*raw(o)).flags } & _Py_MEMORYVIEW_C == 0 {
        return Err(raise!(TypeError, "memoryview: casts are restricted to C-contiguous views"));
    }
    let v = view(o);
    let shape = match shape {
        None => None,
        Some(shape) if list::check(shape) => Some(list::as_tuple(shape)?),
        Some(shape) if tuple::check(shape) => Some(shape.to_owned()),
        Some(_) => return Err(raise!(TypeError, "shape must be a list or a tuple")),
    };
    if let Some(shape) = &shape {
        let n = tuple::items(shape).len();
        if n > PyBUF_MAX_NDIM as usize {
            return Err(raise!(ValueError, "memoryview: number of dimensions must not exceed {PyBUF_MAX_NDIM}"));
        }
        if v.ndim != 1 && n != 1 {
            return Err(raise!(TypeError, "memoryview: cast must be 1D -> ND or ND -> 1D"));
        }
    }
    let to = unicode::latin1::encode_ascii(to, None)?;
    let Some((target, c)) = static_format(crate::types::bytes::as_slice(&to)) else {
        return Err(raise!(
            ValueError,
            "memoryview: destination format must be a native single character format prefixed with an optional '@'"
        ));
    };
    let Some(source) = format::native(v.format) else {
        return Err(raise!(
            ValueError,
            "memoryview: source format must be a native single character format prefixed with an optional '@'"
        ));
    };
    let is_bytes = |c: u8| matches!(c, b'b' | b'B' | b'c');
    if !is_bytes(source) && !is_bytes(c) {
        return Err(raise!(TypeError, "memoryview: cannot cast between two non-byte formats"));
    }
    let itemsize = format::size(c).expect("a native format has a size") as isize;
    if v.len % itemsize != 0 {
        return Err(raise!(TypeError, "memoryview: length is not a multiple of itemsize"));
    }
    let sizes = match &shape {
        None => vec![v.len / itemsize],
        Some(shape) => parse_shape(shape, itemsize, v.len)?,
    };
    build(o, v, target, itemsize, &sizes)
}

/// The sizes of a shape whose items fill `len` bytes.
fn parse_shape(shape: &Object, itemsize: isize, len: isize) -> Result<Vec<isize>> {
    let mut sizes = Vec::new();
    let mut product = itemsize;
    for item in tuple::items(shape) {
        if !long::check(item) {
            return Err(raise!(TypeError, "memoryview.cast(): elements of shape must be integers"));
        }
        let n = long::as_isize(item)?;
        if n <= 0 {
            return Err(raise!(ValueError, "memoryview.cast(): elements of shape must be integers > 0"));
        }
        product = product
            .checked_mul(n)
            .ok_or_else(|| raise!(ValueError, "memoryview.cast(): product(shape) > SSIZE_MAX"))?;
        sizes.push(n);
    }
    if product != len {
        return Err(raise!(TypeError, "memoryview: product(shape) * itemsize != buffer size"));
    }
    Ok(sizes)
}

fn build(o: &Object, v: &Py_buffer, format: &'static CStr, itemsize: isize, sizes: &[isize]) -> Result<Owned> {
    let result = allocate(sizes.len())?;
    // SAFETY: layout; fresh, with room for the sizes.
    unsafe {
        let r = &mut (*raw(&result)).view;
        r.obj = v.obj;
        r.buf = v.buf;
        r.len = v.len;
        r.itemsize = itemsize;
        r.readonly = v.readonly;
        r.format = format.as_ptr().cast_mut();
        r.internal = v.internal;
        ptr::copy_nonoverlapping(sizes.as_ptr(), r.shape, sizes.len());
        strided::fill_strides(r, b'C');
        r.suboffsets = ptr::null_mut();
        update_flags(raw(&result));
        let managed = (*raw(o)).mbuf;
        attach(&result, Object::from_ptr(managed.cast()));
    }
    Ok(result)
}
