//! `pybuffer.h`.

use crate::abi::*;
use crate::crossinterp::call_in_interpreter;
use crate::mem::domains;
use crate::object::{Object, Result, api, buffers};
use crate::raise;
use crate::types::memoryview::strided;
use std::mem::MaybeUninit;

/// 1 if the object exports a buffer, else 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_CheckBuffer(obj: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    buffers::supported(unsafe { Object::from_ptr(obj) }).into()
}

/// Fills `view`, which is to be released with `PyBuffer_Release`. 0, or -1 with `TypeError`, `BufferError` or what the
/// exporter raises.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_GetBuffer(obj: *mut PyObject, view: *mut Py_buffer, flags: c_int) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { buffers::get(Object::from_ptr(obj), view, flags) })
}

/// Gives a view back. One that was released already, or that no object exported, is left as it is.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBuffer_Release(view: *mut Py_buffer) {
    // SAFETY: the caller's contract.
    unsafe { buffers::release(view) }
}

/// Fills `view` for an exporter of plain bytes; the view gets its own reference to `exporter`, which may be NULL.
/// 0, or -1 with `BufferError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBuffer_FillInfo(
    view: *mut Py_buffer,
    exporter: *mut PyObject,
    buf: *mut c_void,
    len: Py_ssize_t,
    readonly: c_int,
    flags: c_int,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { buffers::fill(view, Object::optional(exporter), buf.cast(), len as usize, readonly != 0, flags) })
}

/// 1 if the items stand side by side in `order` (`C`, `F`, or `A` for either), else 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBuffer_IsContiguous(view: *const Py_buffer, order: c_char) -> c_int {
    // SAFETY: the caller's contract.
    strided::is_contiguous(unsafe { &*view }, order as u8).into()
}

/// Where the item at `indices` stands.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBuffer_GetPointer(view: *const Py_buffer, indices: *const Py_ssize_t) -> *mut c_void {
    // SAFETY: the caller's contract: an index in range for each dimension.
    unsafe {
        let n = (*view).ndim as usize;
        strided::item_pointer(&*view, std::slice::from_raw_parts(indices, n)).cast()
    }
}

/// Copies the items into `buf`, side by side in `order`. 0, or -1 with `ValueError` or `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBuffer_ToContiguous(
    buf: *mut c_void,
    view: *const Py_buffer,
    len: Py_ssize_t,
    order: c_char,
) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        let view = unsafe { &*view };
        if len != view.len {
            return Err(raise!(ValueError, "PyBuffer_ToContiguous: len != view->len"));
        }
        let data = strided::to_vec(view, order as u8)?;
        // SAFETY: the caller's contract: room for `len` bytes.
        unsafe { std::ptr::copy_nonoverlapping(data.as_ptr(), buf.cast(), data.len()) };
        Ok(())
    })
}

/// Copies `len` bytes, items side by side in `order`, into the buffer. 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBuffer_FromContiguous(
    view: *const Py_buffer,
    buf: *const c_void,
    len: Py_ssize_t,
    order: c_char,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let view = &*view;
        let order = if order as u8 == b'A' { b'C' } else { order as u8 };
        strided::fill(view, buf.cast(), len.min(view.len) as usize, order);
    }
    0
}

/// Copies the memory of one object into that of another, which must not be smaller. 0, or -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyObject_CopyData(dest: *mut PyObject, src: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { copy_data(Object::from_ptr(dest), Object::from_ptr(src)) })
}

fn copy_data(dest: &Object, src: &Object) -> Result<()> {
    if !buffers::supported(dest) || !buffers::supported(src) {
        return Err(raise!(TypeError, "both destination and source must be bytes-like objects"));
    }
    let (mut to, mut from) = (MaybeUninit::<Py_buffer>::uninit(), MaybeUninit::<Py_buffer>::uninit());
    // SAFETY: filled on success, and released.
    unsafe {
        buffers::get(dest, to.as_mut_ptr(), PyBUF_FULL)?;
        if let Err(raised) = buffers::get(src, from.as_mut_ptr(), PyBUF_FULL_RO) {
            buffers::release(to.as_mut_ptr());
            return Err(raised);
        }
        let (d, s) = (&*to.as_ptr(), &*from.as_ptr());
        let result = if d.len < s.len {
            Err(raise!(BufferError, "destination is too small to receive data from source"))
        } else {
            strided::to_vec(s, b'C').map(|data| strided::fill(d, data.as_ptr(), data.len(), b'C'))
        };
        buffers::release(to.as_mut_ptr());
        buffers::release(from.as_mut_ptr());
        result
    }
}

/// The strides of a contiguous array into `strides`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBuffer_FillContiguousStrides(
    nd: c_int,
    shape: *mut Py_ssize_t,
    strides: *mut Py_ssize_t,
    itemsize: c_int,
    fort: c_char,
) {
    // SAFETY: the caller's contract: arrays of `nd`.
    unsafe {
        let shape = std::slice::from_raw_parts(shape, nd as usize);
        let order = if fort as u8 == b'F' { b'F' } else { b'C' };
        let computed = strided::strides_of(shape, itemsize as isize, order);
        std::ptr::copy_nonoverlapping(computed.as_ptr(), strides, computed.len());
    }
}

/// The size of an item of that format: 1 for NULL, else as the module `struct` says, which is written in Python on
/// CPython: here formats of native single items and repetitions of bytes are known. -1 with an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBuffer_SizeFromFormat(format: *const c_char) -> Py_ssize_t {
    api(|| {
        if format.is_null() {
            return Ok(1);
        }
        // SAFETY: the caller's contract.
        let text = unsafe { std::ffi::CStr::from_ptr(format) }.to_bytes();
        struct_size(text).ok_or_else(|| raise!(ValueError, "bad char in struct format"))
    })
}

/// `struct.calcsize`: aligned in native mode (no prefix or `@`), packed with `=`, `<`, `>` or `!`.
fn struct_size(text: &[u8]) -> Option<isize> {
    let (native, mut rest) = match text.first() {
        Some(b'@') => (true, &text[1..]),
        Some(b'=' | b'<' | b'>' | b'!') => (false, &text[1..]),
        _ => (true, text),
    };
    let mut size = 0usize;
    while let Some((&c, tail)) = rest.split_first() {
        rest = tail;
        let mut c = c;
        let mut count = 1usize;
        if c.is_ascii_whitespace() {
            continue;
        }
        if c.is_ascii_digit() {
            count = (c - b'0').into();
            loop {
                let (&next, tail) = rest.split_first()?;
                rest = tail;
                if !next.is_ascii_digit() {
                    c = next;
                    break;
                }
                count = count.checked_mul(10)?.checked_add((next - b'0').into())?;
            }
        }
        let item = match c {
            b'x' | b's' | b'p' => 1,
            b'l' | b'L' if !native => 4,
            b'n' | b'N' | b'P' if !native => return None,
            _ => crate::types::memoryview::format::size(c)?,
        };
        if native {
            size = size.next_multiple_of(item);
        }
        size = size.checked_add(item.checked_mul(count)?)?;
    }
    isize::try_from(size).ok()
}

unsafe extern "C" fn release_view(view: *mut c_void) -> c_int {
    // SAFETY: the view of one of the two functions below.
    unsafe { buffers::release(view.cast()) };
    0
}

unsafe extern "C" fn release_and_free_view(view: *mut c_void) -> c_int {
    // SAFETY: as above; its memory too is given away.
    unsafe {
        buffers::release(view.cast());
        domains::raw_free(view);
    }
    0
}

/// Gives a view back in the interpreter that its object is of, by a pending call if that is not attached. 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBuffer_ReleaseInInterpreter(
    interp: *mut PyInterpreterState,
    view: *mut Py_buffer,
) -> c_int {
    // SAFETY: the caller's contract; the view stays until the call is made.
    unsafe { call_in_interpreter(interp.cast(), release_view, view.cast()) };
    0
}

/// As `_PyBuffer_ReleaseInInterpreter`; the view's own memory goes to `PyMem_RawFree`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyBuffer_ReleaseInInterpreterAndRawFree(
    interp: *mut PyInterpreterState,
    view: *mut Py_buffer,
) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { call_in_interpreter(interp.cast(), release_and_free_view, view.cast()) };
    0
}
