//! Subscription of views: items by index or tuple of indices, slices of the first dimension, assignment, and exporting
//! the view's own memory.

use super::{check, ensure_alive, format, raw, strided, update_flags, view};
use crate::abi::*;
use crate::object::{Object, Owned, Result, api, buffers, number};
use crate::raise;
use crate::types::{slice, tuple};
use std::mem::MaybeUninit;

pub unsafe extern "C" fn length(op: *mut PyObject) -> Py_ssize_t {
    api(|| {
        // SAFETY: slot.
        let o = unsafe { Object::from_ptr(op) };
        ensure_alive(o)?;
        match strided::shape(view(o)).first() {
            Some(&n) => Ok(n),
            None => Err(raise!(TypeError, "0-dim memory has no length")),
        }
    })
}

pub unsafe extern "C" fn item(op: *mut PyObject, i: Py_ssize_t) -> *mut PyObject {
    // SAFETY: slot.
    api(|| item_at(unsafe { Object::from_ptr(op) }, i))
}

/// The item at `i` of a one-dimensional view. New reference.
pub fn item_at(o: &Object, i: isize) -> Result<Owned> {
    ensure_alive(o)?;
    let v = view(o);
    let c = format::native(v.format).ok_or_else(|| format::unsupported(v.format))?;
    match v.ndim {
        0 => Err(raise!(TypeError, "invalid indexing of 0-dim memory")),
        // SAFETY: the place was checked.
        1 => unsafe { format::unpack(c, place(v, &[i])?) },
        _ => Err(raise!(NotImplementedError, "multi-dimensional sub-views are not implemented")),
    }
}

/// Where the item at `indices` stands; negative ones count from the end.
fn place(v: &Py_buffer, indices: &[isize]) -> Result<*mut u8> {
    let shape = strided::shape(v);
    let mut absolute = Vec::with_capacity(indices.len());
    for (i, (&index, &n)) in indices.iter().zip(&shape).enumerate() {
        let index = if index < 0 { index + n } else { index };
        if index < 0 || index >= n {
            return Err(raise!(IndexError, "index out of bounds on dimension {}", i + 1));
        }
        absolute.push(index);
    }
    // SAFETY: in range.
    Ok(unsafe { strided::item_pointer(v, &absolute) })
}

/// The place that a key of indices names: an index, or a tuple of as many as there are dimensions.
fn place_of_tuple(v: &Py_buffer, key: &Object) -> Result<*mut u8> {
    let keys = tuple::items(key);
    let n = keys.len() as c_int;
    if n < v.ndim {
        return Err(raise!(NotImplementedError, "sub-views are not implemented"));
    }
    if n > v.ndim {
        return Err(raise!(TypeError, "cannot index {}-dimension view with {n}-element tuple", v.ndim));
    }
    let indices = keys.iter().map(|key| as_index(key)).collect::<Result<Vec<_>>>()?;
    place(v, &indices)
}

fn as_index(key: &Object) -> Result<isize> {
    let overflow = crate::types::exceptions::object(&raw mut crate::types::exceptions::IndexError);
    number::as_ssize(key, Some(overflow))
}

/// A tuple of nothing but indices.
fn is_multi_index(key: &Object) -> bool {
    tuple::check(key) && tuple::items(key).iter().all(|key| number::is_index(key))
}

fn is_multi_slice(key: &Object) -> bool {
    tuple::check(key)
        && !tuple::items(key).is_empty()
        && tuple::items(key).iter().all(|key| key.is_exact(&raw mut slice::PySlice_Type))
}

fn is_ellipsis(key: &Object) -> bool {
    key.is(crate::types::none::ellipsis_ref())
}

pub unsafe extern "C" fn subscript(op: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| get(unsafe { Object::from_ptr(op) }, unsafe { Object::from_ptr(key) }))
}

fn get(o: &Object, key: &Object) -> Result<Owned> {
    ensure_alive(o)?;
    let v = view(o);
    if v.ndim == 0 {
        if tuple::check(key) && tuple::items(key).is_empty() {
            let c = format::native(v.format).ok_or_else(|| format::unsupported(v.format))?;
            // SAFETY: a scalar's item stands at the start.
            return unsafe { format::unpack(c, v.buf.cast()) };
        }
        if is_ellipsis(key) {
            return Ok(o.to_owned());
        }
        return Err(raise!(TypeError, "invalid indexing of 0-dim memory"));
    }
    if number::is_index(key) {
        return item_at(o, as_index(key)?);
    }
    if key.is_exact(&raw mut slice::PySlice_Type) {
        return sliced(o, key);
    }
    if is_multi_index(key) {
        let c = format::native(v.format).ok_or_else(|| format::unsupported(v.format))?;
        // SAFETY: the place was checked.
        return unsafe { format::unpack(c, place_of_tuple(v, key)?) };
    }
    if is_multi_slice(key) {
        return Err(raise!(NotImplementedError, "multi-dimensional slicing is not implemented"));
    }
    Err(raise!(TypeError, "memoryview: invalid slice key"))
}

/// A view of a slice of the first dimension.
fn sliced(o: &Object, key: &Object) -> Result<Owned> {
    let result = super::duplicate(o)?;
    // SAFETY: layout; fresh, and a view with a dimension has a shape and strides.
    unsafe {
        let r = raw(&result);
        slice_view(&mut (*r).view, key)?;
        update_flags(r);
    }
    Ok(result)
}

/// # Safety
/// The view's arrays are its own.
unsafe fn slice_view(v: &mut Py_buffer, key: &Object) -> Result<()> {
    // SAFETY: the caller's word.
    unsafe {
        let n = *v.shape;
        let slice::Picked { start, step, len, .. } = slice::unpack(key)?.adjust(n as usize);
        let first = v.suboffsets.is_null() || *v.suboffsets < 0;
        if first {
            v.buf = v.buf.cast::<u8>().offset(*v.strides * start).cast();
        } else {
            // Behind the pointer of this dimension: the offset is added there.
            *v.suboffsets += *v.strides * start;
        }
        *v.shape = len as isize;
        *v.strides *= step;
        let shape = std::slice::from_raw_parts(v.shape, v.ndim as usize);
        v.len = shape.iter().product::<isize>() * v.itemsize;
    }
    Ok(())
}

pub unsafe extern "C" fn assign(op: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: slot; NULL deletes.
    api(|| unsafe { set(Object::from_ptr(op), Object::from_ptr(key), Object::optional(value)) })
}

fn set(o: &Object, key: &Object, value: Option<&Object>) -> Result<()> {
    ensure_alive(o)?;
    let v = view(o);
    if v.readonly != 0 {
        return Err(raise!(TypeError, "cannot modify read-only memory"));
    }
    let Some(value) = value else { return Err(raise!(TypeError, "cannot delete memory")) };
    let native = || format::native(v.format).ok_or_else(|| format::unsupported(v.format));
    // Converting the value may run code that releases the view, so it is looked at again before the write.
    let store = |c: u8, place: *mut u8| -> Result<()> {
        let mut item = [0u8; 8];
        // SAFETY: no item of a native format has more bytes; the place was checked.
        unsafe {
            format::pack(c, item.as_mut_ptr(), value)?;
            ensure_alive(o)?;
            std::ptr::copy_nonoverlapping(item.as_ptr(), place, v.itemsize as usize);
        }
        Ok(())
    };
    if v.ndim == 0 {
        if is_ellipsis(key) || (tuple::check(key) && tuple::items(key).is_empty()) {
            return store(native()?, v.buf.cast());
        }
        return Err(raise!(TypeError, "invalid indexing of 0-dim memory"));
    }
    if number::is_index(key) {
        if v.ndim > 1 {
            return Err(raise!(NotImplementedError, "sub-views are not implemented"));
        }
        let c = native()?;
        return store(c, place(v, &[as_index(key)?])?);
    }
    if key.is_exact(&raw mut slice::PySlice_Type) && v.ndim == 1 {
        return set_slice(o, key, value);
    }
    if is_multi_index(key) {
        let c = native()?;
        return store(c, place_of_tuple(v, key)?);
    }
    if key.is_exact(&raw mut slice::PySlice_Type) || is_multi_slice(key) {
        return Err(raise!(NotImplementedError, "memoryview slice assignments are currently restricted to ndim = 1"));
    }
    Err(raise!(TypeError, "memoryview: invalid slice key"))
}

fn set_slice(o: &Object, key: &Object, value: &Object) -> Result<()> {
    let mut source = MaybeUninit::<Py_buffer>::uninit();
    // SAFETY: filled on success and released; the view's first dimension is copied aside.
    unsafe {
        buffers::get(value, source.as_mut_ptr(), PyBUF_FULL_RO)?;
        let v = view(o);
        let (mut shape, mut step) = (*v.shape, *v.strides);
        let mut suboffset = if v.suboffsets.is_null() { -1 } else { *v.suboffsets };
        let mut part: Py_buffer = std::ptr::read(v);
        part.shape = &raw mut shape;
        part.strides = &raw mut step;
        part.suboffsets = if v.suboffsets.is_null() { std::ptr::null_mut() } else { &raw mut suboffset };
        let result = slice_view(&mut part, key).and_then(|()| strided::copy(&part, &*source.as_ptr()));
        buffers::release(source.as_mut_ptr());
        result
    }
}

pub unsafe extern "C" fn get_buffer(op: *mut PyObject, out: *mut Py_buffer, flags: c_int) -> c_int {
    api(|| {
        // SAFETY: slot.
        let o = unsafe { Object::from_ptr(op) };
        ensure_alive(o)?;
        // SAFETY: layout; `out` is the caller's.
        unsafe {
            let r = raw(o);
            let contiguous = (*r).flags;
            let asks = |what: c_int| flags & what == what;
            out.copy_from_nonoverlapping(&raw const (*r).view, 1);
            (*out).obj = std::ptr::null_mut();
            if asks(PyBUF_WRITABLE) && (*out).readonly != 0 {
                return Err(raise!(BufferError, "memoryview: underlying buffer is not writable"));
            }
            if !asks(PyBUF_FORMAT) {
                // Without a format the items are unsigned bytes, whatever they were.
                (*out).format = std::ptr::null_mut();
            }
            if asks(PyBUF_C_CONTIGUOUS) && contiguous & _Py_MEMORYVIEW_C == 0 {
                return Err(raise!(BufferError, "memoryview: underlying buffer is not C-contiguous"));
            }
            if asks(PyBUF_F_CONTIGUOUS) && contiguous & _Py_MEMORYVIEW_FORTRAN == 0 {
                return Err(raise!(BufferError, "memoryview: underlying buffer is not Fortran contiguous"));
            }
            if asks(PyBUF_ANY_CONTIGUOUS) && contiguous & (_Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN) == 0 {
                return Err(raise!(BufferError, "memoryview: underlying buffer is not contiguous"));
            }
            if !asks(PyBUF_INDIRECT) && contiguous & _Py_MEMORYVIEW_PIL != 0 {
                return Err(raise!(BufferError, "memoryview: underlying buffer requires suboffsets"));
            }
            if !asks(PyBUF_STRIDES) {
                if contiguous & _Py_MEMORYVIEW_C == 0 {
                    return Err(raise!(BufferError, "memoryview: underlying buffer is not C-contiguous"));
                }
                (*out).strides = std::ptr::null_mut();
            }
            if !asks(PyBUF_ND) {
                if !(*out).format.is_null() {
                    return Err(raise!(
                        BufferError,
                        "memoryview: cannot cast to unsigned bytes if the format flag is present"
                    ));
                }
                (*out).ndim = 1;
                (*out).shape = std::ptr::null_mut();
            }
            (*out).obj = o.to_owned().into_raw();
            (*r).exports += 1;
        }
        Ok(())
    })
}

pub unsafe extern "C" fn release_buffer(op: *mut PyObject, _view: *mut Py_buffer) {
    // SAFETY: slot.
    unsafe { (*op.cast::<PyMemoryViewObject>()).exports -= 1 };
}

/// The buffer of a view that is one, or a fresh one of another object, for the time of `use_it`.
pub fn with_buffer<R>(o: &Object, use_it: impl FnOnce(&Py_buffer) -> R) -> Result<R> {
    if check(o) {
        ensure_alive(o)?;
        return Ok(use_it(view(o)));
    }
    let mut buffer = MaybeUninit::<Py_buffer>::uninit();
    // SAFETY: filled on success and released.
    unsafe {
        buffers::get(o, buffer.as_mut_ptr(), PyBUF_FULL_RO)?;
        let result = use_it(&*buffer.as_ptr());
        buffers::release(buffer.as_mut_ptr());
        Ok(result)
    }
}
