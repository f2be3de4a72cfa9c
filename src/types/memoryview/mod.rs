//! `memoryview`: an object's memory, seen as an array of items of any shape.
//!
//! A *managed buffer* holds the one buffer that was asked of the exporter and counts the views on it; each memoryview
//! has a `Py_buffer` of its own, whose shape, strides and suboffsets stand behind its head. Releasing a view lets go of
//! the managed buffer, and the last one releases the exporter's.
//!
//! `strided` walks memory by shape and strides, `format` reads and writes single items, `access` is subscription,
//! `cast` changes the shape, `compare` and `methods` say what they are.

mod access;
mod attributes;
mod cast;
mod compare;
pub mod format;
pub mod iter;
mod methods;
pub mod strided;

use crate::abi::*;
use crate::mem::{domains, gc, refcount};
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, api, buffers, error, lifecycle};
use crate::raise;
use crate::types::{tuple, typeobject, unicode, weakref};
use std::mem::offset_of;
use std::ptr;

#[unsafe(no_mangle)]
pub static mut PyMemoryView_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"memoryview".as_ptr(),
    tp_basicsize: offset_of!(PyMemoryViewObject, ob_array) as isize,
    tp_itemsize: size_of::<isize>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_as_sequence: suite(&SEQUENCE),
    tp_as_mapping: suite(&MAPPING),
    tp_hash: Some(compare::hash),
    tp_getattro: Some(crate::object::slots::PyObject_GenericGetAttr),
    tp_as_buffer: suite(&BUFFER),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_SEQUENCE,
    tp_doc: c"memoryview(object)\n--\n\nThe memory of an object that exports a buffer.".as_ptr(),
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    tp_richcompare: Some(compare::richcompare),
    tp_weaklistoffset: offset_of!(PyMemoryViewObject, weakreflist) as isize,
    tp_iter: Some(iter::iter),
    tp_methods: table(&methods::METHODS),
    tp_getset: table(&attributes::GETSET),
    tp_new: Some(new),
    ..PyTypeObject::EMPTY
};

static SEQUENCE: PySequenceMethods =
    PySequenceMethods { sq_length: Some(access::length), sq_item: Some(access::item), ..PySequenceMethods::EMPTY };

static MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: Some(access::length),
    mp_subscript: Some(access::subscript),
    mp_ass_subscript: Some(access::assign),
};

static BUFFER: PyBufferProcs =
    PyBufferProcs { bf_getbuffer: Some(access::get_buffer), bf_releasebuffer: Some(access::release_buffer) };

/// The object between an exporter and the views on it.
pub static mut MANAGED_TYPE: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"managedbuffer".as_ptr(),
    tp_basicsize: size_of::<_PyManagedBufferObject>() as isize,
    tp_dealloc: Some(managed_dealloc),
    tp_getattro: Some(crate::object::slots::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    tp_traverse: Some(managed_traverse),
    tp_clear: Some(managed_clear),
    ..PyTypeObject::EMPTY
};

pub fn check(o: &Object) -> bool {
    o.is_exact(&raw mut PyMemoryView_Type)
}

/// The object's struct.
pub fn raw(o: &Object) -> *mut PyMemoryViewObject {
    o.cast()
}

/// A view's own description of its memory. Only what is not released may be looked at.
pub fn view(o: &Object) -> &Py_buffer {
    // SAFETY: layout; the object is borrowed.
    unsafe { &(*raw(o)).view }
}

/// A view that was released, or whose exporter's buffer was: nothing can be done with it any more.
pub fn is_released(o: &Object) -> bool {
    // SAFETY: layout; a view owns its managed buffer.
    unsafe {
        (*raw(o)).flags & _Py_MEMORYVIEW_RELEASED != 0 || (*(*raw(o)).mbuf).flags & _Py_MANAGED_BUFFER_RELEASED != 0
    }
}

/// `ValueError` for a released view.
pub fn ensure_alive(o: &Object) -> Result<()> {
    if is_released(o) {
        return Err(raise!(ValueError, "operation forbidden on released memoryview object"));
    }
    Ok(())
}

/// A managed buffer of what `exporter` exports.
fn manage(exporter: &Object, flags: c_int) -> Result<Owned> {
    let managed = new_managed()?;
    // SAFETY: layout; fresh. A failed request leaves the buffer empty.
    unsafe {
        let raw = managed.cast::<_PyManagedBufferObject>();
        if let Err(raised) = buffers::get(exporter, &raw mut (*raw).master, flags) {
            (*raw).master.obj = ptr::null_mut();
            return Err(raised);
        }
    }
    Ok(managed)
}

fn new_managed() -> Result<Owned> {
    let raw: *mut _PyManagedBufferObject = lifecycle::gc_new(&raw mut MANAGED_TYPE)?;
    // SAFETY: fresh.
    unsafe {
        (*raw).flags = 0;
        (*raw).exports = 0;
        (*raw).master = std::mem::zeroed();
        gc::track(raw.cast());
        Ok(Owned::from_raw(raw.cast()))
    }
}

/// A memoryview on the managed buffer, described as `source` is; without shape or strides they are made up, as long as
/// they say the same. New reference.
fn add_view(managed: &Object, source: &Py_buffer) -> Result<Owned> {
    let ndim = source.ndim;
    if ndim > PyBUF_MAX_NDIM {
        return Err(raise!(ValueError, "memoryview: number of dimensions must not exceed {PyBUF_MAX_NDIM}"));
    }
    let o = allocate(ndim as usize)?;
    // SAFETY: layout; fresh, with room for three arrays of `ndim`.
    unsafe {
        let v = &mut (*raw(&o)).view;
        v.obj = source.obj;
        v.buf = source.buf;
        v.len = source.len;
        v.itemsize = source.itemsize;
        v.readonly = source.readonly;
        v.format = if source.format.is_null() { c"B".as_ptr().cast_mut() } else { source.format };
        v.internal = source.internal;
        v.ndim = ndim;
        strided::copy_shape(v, source);
        strided::copy_strides(v, source);
        strided::copy_suboffsets(v, source);
        update_flags(raw(&o));
        attach(&o, managed);
    }
    Ok(o)
}

/// A memoryview without managed buffer, its arrays where they belong. Its managed buffer comes with [`attach`].
fn allocate(ndim: usize) -> Result<Owned> {
    let raw: *mut PyMemoryViewObject = lifecycle::gc_new_var(&raw mut PyMemoryView_Type, 3 * ndim as isize)?;
    // SAFETY: fresh, with room for three arrays of `ndim`.
    unsafe {
        (*raw).mbuf = ptr::null_mut();
        (*raw).hash = -1;
        (*raw).flags = 0;
        (*raw).exports = 0;
        (*raw).view = std::mem::zeroed();
        (*raw).weakreflist = ptr::null_mut();
        let arrays: *mut isize = (&raw mut (*raw).ob_array).cast();
        (*raw).view.ndim = ndim as c_int;
        (*raw).view.shape = arrays;
        (*raw).view.strides = arrays.add(ndim);
        (*raw).view.suboffsets = arrays.add(2 * ndim);
        Ok(Owned::from_raw(raw.cast()))
    }
}

/// Gives a fresh view its managed buffer; from here on it is tracked.
unsafe fn attach(o: &Object, managed: &Object) {
    // SAFETY: layout; the view owns the reference and is counted.
    unsafe {
        (*raw(o)).mbuf = managed.to_owned().into_raw().cast();
        (*(*raw(o)).mbuf).exports += 1;
        gc::track(o.as_ptr());
    }
}

/// Another view on the same managed buffer, described as `o` is.
pub fn duplicate(o: &Object) -> Result<Owned> {
    // SAFETY: layout; a view owns its managed buffer.
    add_view(unsafe { Object::from_ptr((*raw(o)).mbuf.cast()) }, view(o))
}

/// A view of the same memory as `len` plain bytes, for memory whose items stand side by side.
pub fn as_bytes(o: &Object, len: isize) -> Result<Owned> {
    let bytes = allocate(1)?;
    // SAFETY: layout; fresh, with room for one dimension.
    unsafe {
        let (source, v) = (view(o), &mut (*raw(&bytes)).view);
        v.obj = source.obj;
        v.buf = source.buf;
        v.len = len;
        v.itemsize = 1;
        v.readonly = source.readonly;
        v.format = c"B".as_ptr().cast_mut();
        *v.shape = len;
        *v.strides = 1;
        v.suboffsets = ptr::null_mut();
        update_flags(raw(&bytes));
        attach(&bytes, Object::from_ptr((*raw(o)).mbuf.cast()));
    }
    Ok(bytes)
}

/// What the view's shape and strides make of it, kept as flags.
unsafe fn update_flags(o: *mut PyMemoryViewObject) {
    // SAFETY: layout; the view is described in full.
    unsafe {
        let v = &(*o).view;
        let mut flags = 0;
        match v.ndim {
            0 => flags |= _Py_MEMORYVIEW_SCALAR | _Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN,
            1 if *v.shape == 1 || *v.strides == v.itemsize => flags |= _Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN,
            1 => {}
            _ => {
                if strided::is_contiguous(v, b'C') {
                    flags |= _Py_MEMORYVIEW_C;
                }
                if strided::is_contiguous(v, b'F') {
                    flags |= _Py_MEMORYVIEW_FORTRAN;
                }
            }
        }
        if !v.suboffsets.is_null() {
            flags |= _Py_MEMORYVIEW_PIL;
            flags &= !(_Py_MEMORYVIEW_C | _Py_MEMORYVIEW_FORTRAN);
        }
        (*o).flags = flags;
    }
}

/// `PyMemoryView_FromObject`, with a request other than the full one. New reference.
pub fn from_object(o: &Object, flags: c_int) -> Result<Owned> {
    if check(o) {
        ensure_alive(o)?;
        return duplicate(o);
    }
    if !buffers::supported(o) {
        let name = error::cut(typeobject::tp_name(o.ty()), 200);
        return Err(raise!(TypeError, "memoryview: a bytes-like object is required, not '{name}'"));
    }
    let managed = manage(o, flags)?;
    // SAFETY: layout: the buffer was filled.
    add_view(&managed, unsafe { &(*managed.cast::<_PyManagedBufferObject>()).master })
}

/// `PyMemoryView_FromBuffer`: a view on memory that the caller looks after. New reference.
///
/// # Safety
/// The memory and its description stay while the view lives.
pub unsafe fn from_buffer(info: &Py_buffer) -> Result<Owned> {
    if info.buf.is_null() {
        return Err(raise!(ValueError, "PyMemoryView_FromBuffer(): info->buf must not be NULL"));
    }
    let managed = new_managed()?;
    // SAFETY: layout; the caller's memory has no exporter to release.
    unsafe {
        let master = &raw mut (*managed.cast::<_PyManagedBufferObject>()).master;
        master.copy_from_nonoverlapping(info, 1);
        (*master).obj = ptr::null_mut();
        add_view(&managed, &*master)
    }
}

/// A view of memory that nobody owns (`PyMemoryView_FromMemory`), to be read, or with `PyBUF_WRITE` also written.
///
/// # Safety
/// The memory is there for as long as the view is.
pub unsafe fn from_memory(memory: *mut u8, size: isize, flags: c_int) -> Result<Owned> {
    let mut size = size;
    let info = Py_buffer {
        buf: memory.cast(),
        obj: std::ptr::null_mut(),
        len: size,
        itemsize: 1,
        readonly: (flags != PyBUF_WRITE).into(),
        ndim: 1,
        format: std::ptr::null_mut(),
        shape: &raw mut size,
        strides: std::ptr::null_mut(),
        suboffsets: std::ptr::null_mut(),
        internal: std::ptr::null_mut(),
    };
    // SAFETY: the caller's word; the description is copied.
    unsafe { from_buffer(&info) }
}

/// `PyMemoryView_GetContiguous`: a view on the object's memory if it is contiguous in that order, else on a copy.
pub fn contiguous(o: &Object, buffer_type: c_int, order: u8) -> Result<Owned> {
    let result = from_object(o, PyBUF_FULL_RO)?;
    let v = view(&result);
    if buffer_type == PyBUF_WRITE && v.readonly != 0 {
        return Err(raise!(BufferError, "underlying buffer is not writable"));
    }
    if strided::is_contiguous(v, order) {
        return Ok(result);
    }
    if buffer_type == PyBUF_WRITE {
        return Err(raise!(BufferError, "writable contiguous buffer requested for a non-contiguous object."));
    }
    let bytes = crate::types::bytes::from_slice(&strided::to_vec(v, order)?)?;
    let managed = manage(&bytes, PyBUF_FULL_RO)?;
    let copy = allocate(v.ndim as usize)?;
    // SAFETY: layout; fresh. The items stand in the new bytes in the order that was asked for.
    unsafe {
        let master = &(*managed.cast::<_PyManagedBufferObject>()).master;
        let c = &mut (*raw(&copy)).view;
        c.obj = master.obj;
        c.buf = master.buf;
        c.len = v.len;
        c.itemsize = v.itemsize;
        c.readonly = 1;
        c.format = v.format;
        if !v.format.is_null() && v.obj.is_null() {
            c.format = c"B".as_ptr().cast_mut();
        }
        strided::copy_shape(c, v);
        strided::fill_strides(c, if order == b'A' { b'C' } else { order });
        c.suboffsets = ptr::null_mut();
        update_flags(raw(&copy));
        attach(&copy, &managed);
    }
    keep_format(&copy, v)?;
    Ok(copy)
}

/// A copy must not point into the exporter's format string: it is kept with the managed buffer.
fn keep_format(copy: &Object, source: &Py_buffer) -> Result<()> {
    if source.format.is_null() {
        return Ok(());
    }
    // SAFETY: a C string; the copy's managed buffer frees it.
    unsafe {
        let text = std::ffi::CStr::from_ptr(source.format).to_bytes_with_nul();
        let block = domains::mem_malloc(text.len()).cast::<c_char>();
        if block.is_null() {
            return Err(error::no_memory());
        }
        ptr::copy_nonoverlapping(text.as_ptr().cast(), block, text.len());
        let managed = (*raw(copy)).mbuf;
        (*managed).master.format = block;
        (*managed).flags |= _Py_MANAGED_BUFFER_FREE_FORMAT;
        (*raw(copy)).view.format = block;
    }
    Ok(())
}

/// `release()`: lets go of the memory. `BufferError` while others hold views that this one exported.
pub fn release(o: &Object) -> Result<()> {
    // SAFETY: layout.
    unsafe {
        if (*raw(o)).flags & _Py_MEMORYVIEW_RELEASED != 0 {
            return Ok(());
        }
        let exports = (*raw(o)).exports;
        if exports > 0 {
            let s = if exports == 1 { "" } else { "s" };
            return Err(raise!(BufferError, "memoryview has {exports} exported buffer{s}"));
        }
        if exports < 0 {
            return Err(raise!(SystemError, "memoryview: negative export count"));
        }
        let_go(raw(o));
    }
    Ok(())
}

/// Marks the view released; the last view on a managed buffer releases the exporter's.
unsafe fn let_go(o: *mut PyMemoryViewObject) {
    // SAFETY: layout; a view that is not released is counted by its managed buffer.
    unsafe {
        if (*o).flags & _Py_MEMORYVIEW_RELEASED != 0 {
            return;
        }
        (*o).flags |= _Py_MEMORYVIEW_RELEASED;
        let managed = (*o).mbuf;
        if !managed.is_null() {
            (*managed).exports -= 1;
            if (*managed).exports == 0 {
                release_managed(managed);
            }
        }
    }
}

unsafe fn release_managed(managed: *mut _PyManagedBufferObject) {
    // SAFETY: layout; released once.
    unsafe {
        if (*managed).flags & _Py_MANAGED_BUFFER_RELEASED != 0 {
            return;
        }
        (*managed).flags |= _Py_MANAGED_BUFFER_RELEASED;
        if (*managed).flags & _Py_MANAGED_BUFFER_FREE_FORMAT != 0 {
            domains::mem_free((*managed).master.format.cast());
        }
        buffers::release(&raw mut (*managed).master);
    }
}

const NEW: Signature<1> = Signature::new("memoryview", ["object"]).required(1);

unsafe extern "C" fn new(_ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let [object] = unsafe { NEW.bind(Object::from_ptr(args), Object::optional(kwargs)) }?;
        from_object(object.expect("bind checked it"), PyBUF_FULL_RO)
    })
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero.
    unsafe {
        gc::untrack(op);
        let o = op.cast::<PyMemoryViewObject>();
        let_go(o);
        refcount::clear((&raw mut (*o).mbuf).cast());
        if !(*o).weakreflist.is_null() {
            weakref::clear_refs(Object::from_ptr(op));
        }
        lifecycle::gc_free(op);
    }
}

crate::traverse_fields!(traverse, PyMemoryViewObject, mbuf);

unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot. Views that others hold keep the buffer.
    unsafe {
        let o = op.cast::<PyMemoryViewObject>();
        if (*o).exports == 0 {
            let_go(o);
            refcount::clear((&raw mut (*o).mbuf).cast());
        }
    }
    0
}

unsafe extern "C" fn managed_dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero.
    unsafe {
        gc::untrack(op);
        release_managed(op.cast());
        lifecycle::gc_free(op);
    }
}

unsafe extern "C" fn managed_traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe { crate::types::traverse::visit((*op.cast::<_PyManagedBufferObject>()).master.obj, visit, arg) }
}

unsafe extern "C" fn managed_clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot. While views are out the memory must stay.
    unsafe {
        if (*op.cast::<_PyManagedBufferObject>()).exports == 0 {
            release_managed(op.cast());
        }
    }
    0
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let o = unsafe { Object::from_ptr(op) };
        let word = if is_released(o) { "released memory" } else { "memory" };
        unicode::from_str(&format!("<{word} at {op:p}>"))
    })
}

/// A tuple of `n` sizes; empty for NULL.
pub fn sizes(array: *const isize, n: usize) -> Result<Owned> {
    if array.is_null() {
        return Ok(tuple::empty());
    }
    // SAFETY: the view's array of `n`.
    let items = unsafe { std::slice::from_raw_parts(array, n) };
    tuple::from_owned(items.iter().map(|&n| crate::types::long::from_i64(n as i64)).collect::<Result<_>>()?)
}
