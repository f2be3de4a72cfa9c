//! Memory by shape, strides and suboffsets: where an item stands, whether items stand side by side, copying between
//! layouts. On plain `Py_buffer`s, so that the `PyBuffer_*` functions use it too.

use crate::abi::*;
use crate::object::{Result, error};
use crate::raise;
use std::ptr;

/// The shape; of a buffer without one, its number of bytes in items.
pub fn shape(v: &Py_buffer) -> Vec<isize> {
    match v.ndim {
        0 => Vec::new(),
        _ if v.shape.is_null() => vec![if v.itemsize > 0 { v.len / v.itemsize } else { v.len }],
        // SAFETY: a buffer's shape has `ndim` entries.
        n => unsafe { std::slice::from_raw_parts(v.shape, n as usize) }.to_vec(),
    }
}

/// The strides; of a buffer without them, those of C order.
pub fn strides(v: &Py_buffer) -> Vec<isize> {
    if v.ndim != 0 && !v.strides.is_null() {
        // SAFETY: a buffer's strides have `ndim` entries.
        return unsafe { std::slice::from_raw_parts(v.strides, v.ndim as usize) }.to_vec();
    }
    strides_of(&shape(v), v.itemsize, b'C')
}

/// The strides of an array whose items stand side by side, in C or Fortran order.
pub fn strides_of(shape: &[isize], itemsize: isize, order: u8) -> Vec<isize> {
    let mut strides = vec![0; shape.len()];
    let mut step = itemsize;
    let mut place = |i: usize| {
        strides[i] = step;
        step *= shape[i];
    };
    if order == b'F' {
        (0..shape.len()).for_each(&mut place);
    } else {
        (0..shape.len()).rev().for_each(&mut place);
    }
    strides
}

/// # Safety
/// `to` has room for `source.ndim` entries.
pub unsafe fn copy_shape(to: &mut Py_buffer, source: &Py_buffer) {
    // SAFETY: the caller's word.
    unsafe { ptr::copy_nonoverlapping(shape(source).as_ptr(), to.shape, source.ndim as usize) }
}

/// # Safety
/// As [`copy_shape`].
pub unsafe fn copy_strides(to: &mut Py_buffer, source: &Py_buffer) {
    // SAFETY: the caller's word.
    unsafe { ptr::copy_nonoverlapping(strides(source).as_ptr(), to.strides, source.ndim as usize) }
}

/// Suboffsets, or NULL if no dimension has any.
///
/// # Safety
/// As [`copy_shape`].
pub unsafe fn copy_suboffsets(to: &mut Py_buffer, source: &Py_buffer) {
    // SAFETY: the caller's word; a buffer's suboffsets have `ndim` entries.
    unsafe {
        if source.ndim == 0 || source.suboffsets.is_null() {
            to.suboffsets = ptr::null_mut();
        } else {
            ptr::copy_nonoverlapping(source.suboffsets, to.suboffsets, source.ndim as usize);
        }
    }
}

/// Strides for the shape that is there already.
///
/// # Safety
/// As [`copy_shape`].
pub unsafe fn fill_strides(to: &mut Py_buffer, order: u8) {
    let strides = strides_of(&shape(to), to.itemsize, order);
    // SAFETY: the caller's word.
    unsafe { ptr::copy_nonoverlapping(strides.as_ptr(), to.strides, strides.len()) }
}

/// `PyBuffer_IsContiguous`: in order `C`, `F`, or `A` for either.
pub fn is_contiguous(v: &Py_buffer, order: u8) -> bool {
    if !v.suboffsets.is_null() {
        return false;
    }
    let (shape, strides) = (shape(v), strides(v));
    let in_order = |order: u8| {
        if v.len == 0 {
            return true;
        }
        if v.strides.is_null() && (order == b'C' || v.ndim <= 1) {
            return true;
        }
        let expected = strides_of(&shape, v.itemsize, order);
        (0..shape.len()).all(|i| shape[i] <= 1 || strides[i] == expected[i])
    };
    match order {
        b'C' => in_order(b'C'),
        b'F' => in_order(b'F'),
        b'A' => in_order(b'C') || in_order(b'F'),
        _ => false,
    }
}

/// Where the item at `indices` stands (`PyBuffer_GetPointer`).
///
/// # Safety
/// The indices are in range.
pub unsafe fn item_pointer(v: &Py_buffer, indices: &[isize]) -> *mut u8 {
    let mut place: *mut u8 = v.buf.cast();
    let strides = strides(v);
    for (i, &index) in indices.iter().enumerate() {
        // SAFETY: the caller's word.
        unsafe { place = step(v, place, i, strides[i] * index) };
    }
    place
}

/// `offset` bytes on in dimension `i`, and through the pointer that stands there if the dimension has a suboffset.
///
/// # Safety
/// The place is inside the buffer.
pub unsafe fn step(v: &Py_buffer, place: *mut u8, i: usize, offset: isize) -> *mut u8 {
    // SAFETY: the caller's word.
    unsafe {
        let place = place.offset(offset);
        if v.suboffsets.is_null() || *v.suboffsets.add(i) < 0 {
            return place;
        }
        place.cast::<*mut u8>().read_unaligned().offset(*v.suboffsets.add(i))
    }
}

/// Calls `each` with the place of every item, in C order (the last index first) or Fortran order.
///
/// # Safety
/// The buffer's description fits its memory.
pub unsafe fn for_each(v: &Py_buffer, order: u8, mut each: impl FnMut(*mut u8)) {
    let shape = shape(v);
    if shape.contains(&0) {
        return;
    }
    let mut indices = vec![0isize; shape.len()];
    loop {
        // SAFETY: the indices are in range.
        each(unsafe { item_pointer(v, &indices) });
        let mut axes: Vec<usize> = (0..shape.len()).collect();
        if order != b'F' {
            axes.reverse();
        }
        let mut done = true;
        for axis in axes {
            indices[axis] += 1;
            if indices[axis] < shape[axis] {
                done = false;
                break;
            }
            indices[axis] = 0;
        }
        if done {
            return;
        }
    }
}

/// The items side by side in that order; `A` keeps Fortran order where the buffer has it.
pub fn to_vec(v: &Py_buffer, order: u8) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    if out.try_reserve_exact(v.len as usize).is_err() {
        return Err(error::no_memory());
    }
    let order = match order {
        b'A' if is_contiguous(v, b'F') && !is_contiguous(v, b'C') => b'F',
        b'F' => b'F',
        _ => b'C',
    };
    // SAFETY: the buffer's description fits its memory.
    unsafe {
        if is_contiguous(v, order) {
            out.extend_from_slice(std::slice::from_raw_parts(v.buf.cast::<u8>(), v.len as usize));
        } else {
            let n = v.itemsize as usize;
            for_each(v, order, |place| out.extend_from_slice(std::slice::from_raw_parts(place, n)));
        }
    }
    Ok(out)
}

/// Writes items that stand side by side in that order into the buffer (`PyBuffer_FromContiguous`).
///
/// # Safety
/// `data` has `len` bytes, no more than the buffer.
pub unsafe fn fill(v: &Py_buffer, data: *const u8, len: usize, order: u8) {
    // SAFETY: the caller's word; the buffer's description fits its memory.
    unsafe {
        if is_contiguous(v, order) {
            ptr::copy(data, v.buf.cast(), len);
            return;
        }
        let n = v.itemsize as usize;
        let mut at = 0;
        for_each(v, order, |place| {
            if at + n <= len {
                ptr::copy(data.add(at), place, n);
                at += n;
            }
        });
    }
}

/// Copies between buffers of equal format and shape; they may overlap.
pub fn copy(to: &Py_buffer, from: &Py_buffer) -> Result<()> {
    if !same_structure(to, from) {
        return Err(raise!(ValueError, "memoryview assignment: lvalue and rvalue have different structures"));
    }
    let data = to_vec(from, b'C')?;
    // SAFETY: as many bytes as `to` has items for.
    unsafe { fill(to, data.as_ptr(), data.len(), b'C') };
    Ok(())
}

/// Equal format, item size and shape; a dimension of size 0 ends the comparison.
fn same_structure(a: &Py_buffer, b: &Py_buffer) -> bool {
    let format = |v: &Py_buffer| -> Vec<u8> {
        if v.format.is_null() {
            return b"B".to_vec();
        }
        // SAFETY: a C string.
        let text = unsafe { std::ffi::CStr::from_ptr(v.format) }.to_bytes();
        text.strip_prefix(b"@").unwrap_or(text).to_vec()
    };
    if format(a) != format(b) || a.itemsize != b.itemsize || a.ndim != b.ndim {
        return false;
    }
    for (x, y) in shape(a).into_iter().zip(shape(b)) {
        if x != y {
            return false;
        }
        if x == 0 {
            break;
        }
    }
    true
}
