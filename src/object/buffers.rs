//! The buffer protocol: asking an object for its memory, and giving it back.

use super::{Object, Owned, Result, error};
use crate::abi::*;
use crate::mem::refcount;
use crate::raise;
use crate::types::{bytes, typeobject};
use std::mem::MaybeUninit;
use std::ptr;

/// `PyObject_CheckBuffer`.
pub fn supported(o: &Object) -> bool {
    // SAFETY: a live object's type is alive.
    unsafe {
        let procs = (*o.ty()).tp_as_buffer;
        !procs.is_null() && (*procs).bf_getbuffer.is_some()
    }
}

/// The bytes of an object that exports a simple buffer, as a bytes object.
pub fn copy(o: &Object) -> Result<Owned> {
    let mut view = MaybeUninit::<Py_buffer>::uninit();
    // SAFETY: the view is filled in on success, and released.
    unsafe {
        get(o, view.as_mut_ptr(), PyBUF_SIMPLE)?;
        let view = view.as_mut_ptr();
        let result = bytes::from_slice(std::slice::from_raw_parts((*view).buf.cast(), (*view).len as usize));
        release(view);
        result
    }
}

/// `PyObject_GetBuffer`: fills `view`, which is to be released. `TypeError` if the object exports no buffer; what else
/// it refuses is its own affair.
///
/// # Safety
/// `view` points to memory for a view.
pub unsafe fn get(o: &Object, view: *mut Py_buffer, flags: c_int) -> Result<()> {
    if flags == PyBUF_READ || flags == PyBUF_WRITE {
        return Err(error::bad_internal_call());
    }
    // SAFETY: layout: a type's buffer suite is NULL or valid.
    unsafe {
        let procs = (*o.ty()).tp_as_buffer;
        match if procs.is_null() { None } else { (*procs).bf_getbuffer } {
            Some(get) => error::status(get(o.as_ptr(), view, flags)),
            None => {
                let name = error::cut(typeobject::tp_name(o.ty()), 100);
                Err(raise!(TypeError, "a bytes-like object is required, not '{name}'"))
            }
        }
    }
}

/// `PyBuffer_Release`. A view that was released already is left as it is.
///
/// # Safety
/// `view` was filled.
pub unsafe fn release(view: *mut Py_buffer) {
    // SAFETY: the caller's word; the view owns a reference to its exporter.
    unsafe {
        let exporter = (*view).obj;
        if exporter.is_null() {
            return;
        }
        let procs = (*(*exporter).ob_type).tp_as_buffer;
        if !procs.is_null()
            && let Some(release) = (*procs).bf_releasebuffer
        {
            release(exporter, view);
        }
        (*view).obj = ptr::null_mut();
        refcount::decref(exporter);
    }
}

/// `PyBuffer_FillInfo`: a view of `len` bytes at `data`, as an exporter without more to say makes it.
///
/// # Safety
/// `view` points to memory for a view, and `data` stays while the exporter is exported.
pub unsafe fn fill(
    view: *mut Py_buffer,
    exporter: Option<&Object>,
    data: *mut u8,
    len: usize,
    readonly: bool,
    flags: c_int,
) -> Result<()> {
    if view.is_null() {
        return Err(raise!(BufferError, "PyBuffer_FillInfo: view==NULL argument is obsolete"));
    }
    if flags == PyBUF_READ || flags == PyBUF_WRITE {
        return Err(error::bad_internal_call());
    }
    if flags & PyBUF_WRITABLE == PyBUF_WRITABLE && readonly {
        return Err(raise!(BufferError, "Object is not writable."));
    }
    // SAFETY: the caller's word.
    unsafe {
        let v = &mut *view;
        v.obj = exporter.map_or(ptr::null_mut(), |exporter| exporter.to_owned().into_raw());
        v.buf = data.cast();
        v.len = len as isize;
        v.readonly = readonly.into();
        v.itemsize = 1;
        v.format = if flags & PyBUF_FORMAT == PyBUF_FORMAT { c"B".as_ptr().cast_mut() } else { ptr::null_mut() };
        v.ndim = 1;
        v.shape = if flags & PyBUF_ND == PyBUF_ND { &raw mut v.len } else { ptr::null_mut() };
        v.strides = if flags & PyBUF_STRIDES == PyBUF_STRIDES { &raw mut v.itemsize } else { ptr::null_mut() };
        v.suboffsets = ptr::null_mut();
        v.internal = ptr::null_mut();
    }
    Ok(())
}
