//! `pickle.PickleBuffer`: a buffer on its way out of band.

use crate::abi::*;
use crate::mem::gc;
use crate::object::args::{check_positional, no_keywords};
use crate::object::{Object, Owned, Result, api, buffers, lifecycle, slots};
use crate::raise;
use crate::types::memoryview::{self, strided};
use crate::types::{none, tuple, typeobject, weakref};
use std::mem::offset_of;

#[repr(C)]
struct PickleBuffer {
    ob_base: PyObject,
    /// Its exporter is NULL once it was released.
    view: Py_buffer,
    weakreflist: *mut PyObject,
}

#[unsafe(no_mangle)]
pub static mut PyPickleBuffer_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"pickle.PickleBuffer".as_ptr(),
    tp_basicsize: size_of::<PickleBuffer>() as isize,
    tp_dealloc: Some(dealloc),
    tp_getattro: Some(slots::PyObject_GenericGetAttr),
    tp_as_buffer: suite(&BUFFER),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    tp_doc: c"A wrapper for potentially out-of-band buffers.".as_ptr(),
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    tp_weaklistoffset: offset_of!(PickleBuffer, weakreflist) as isize,
    tp_methods: table(&METHODS),
    tp_new: Some(new_slot),
    ..PyTypeObject::EMPTY
};

static BUFFER: PyBufferProcs = PyBufferProcs { bf_getbuffer: Some(get_buffer), bf_releasebuffer: Some(release_buffer) };

static METHODS: [PyMethodDef; 3] = [
    PyMethodDef::noargs(c"raw", raw_view, c"raw($self, /)\n--\n\nA memoryview of the bytes, which stand side by side."),
    PyMethodDef::noargs(c"release", release_slot, c"release($self, /)\n--\n\nLet go of the buffer."),
    PyMethodDef::END,
];

fn raw(o: &Object) -> *mut PickleBuffer {
    o.cast()
}

/// `TypeError` for anything else.
pub fn checked(o: &Object) -> Result<&Object> {
    if o.is_a(&raw mut PyPickleBuffer_Type) {
        return Ok(o);
    }
    Err(raise!(TypeError, "expected PickleBuffer, {} found", typeobject::tp_name(o.ty())))
}

/// New reference. `TypeError` if `base` exports no buffer.
pub fn new(base: &Object) -> Result<Owned> {
    let o: *mut PickleBuffer = lifecycle::gc_new(&raw mut PyPickleBuffer_Type)?;
    // SAFETY: fresh; a failed request leaves the view empty.
    unsafe {
        (*o).view = std::mem::zeroed();
        (*o).weakreflist = std::ptr::null_mut();
        let owned = Owned::from_raw(o.cast());
        gc::track(o.cast());
        if let Err(raised) = buffers::get(base, &raw mut (*o).view, PyBUF_FULL_RO) {
            (*o).view.obj = std::ptr::null_mut();
            return Err(raised);
        }
        Ok(owned)
    }
}

/// The view. `ValueError` once it was released.
pub fn view(o: &Object) -> Result<*const Py_buffer> {
    let o = checked(o)?;
    // SAFETY: layout.
    unsafe {
        if (*raw(o)).view.obj.is_null() {
            return Err(raise!(ValueError, "operation forbidden on released PickleBuffer object"));
        }
        Ok(&raw const (*raw(o)).view)
    }
}

pub fn release(o: &Object) -> Result<()> {
    let o = checked(o)?;
    // SAFETY: layout.
    unsafe { buffers::release(&raw mut (*raw(o)).view) };
    Ok(())
}

unsafe extern "C" fn new_slot(_ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (args, kwargs) = unsafe { (Object::from_ptr(args), Object::optional(kwargs)) };
        no_keywords("PickleBuffer", kwargs)?;
        check_positional("PickleBuffer", tuple::items(args).len(), 1, 1)?;
        new(tuple::items(args)[0])
    })
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero.
    unsafe {
        gc::untrack(op);
        let o = op.cast::<PickleBuffer>();
        if !(*o).weakreflist.is_null() {
            weakref::clear_refs(Object::from_ptr(op));
        }
        buffers::release(&raw mut (*o).view);
        lifecycle::gc_free(op);
    }
}

unsafe extern "C" fn traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe { crate::types::traverse::visit((*op.cast::<PickleBuffer>()).view.obj, visit, arg) }
}

unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe { buffers::release(&raw mut (*op.cast::<PickleBuffer>()).view) };
    0
}

unsafe extern "C" fn get_buffer(op: *mut PyObject, out: *mut Py_buffer, flags: c_int) -> c_int {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let view = view(Object::from_ptr(op))?;
            buffers::get(Object::from_ptr((*view).obj), out, flags)
        }
    })
}

/// What the view's own exporter must do is done by its own release: the view that was handed out is the exporter's.
unsafe extern "C" fn release_buffer(_op: *mut PyObject, _view: *mut Py_buffer) {}

unsafe extern "C" fn raw_view(op: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot; the buffer stays while the memoryview's exporter, this object, lives.
        unsafe {
            let o = Object::from_ptr(op);
            let view = &*view(o)?;
            if !view.suboffsets.is_null() || !strided::is_contiguous(view, b'A') {
                return Err(raise!(BufferError, "cannot extract raw buffer from non-contiguous buffer"));
            }
            let whole = memoryview::from_object(Object::from_ptr(view.obj), PyBUF_FULL_RO)?;
            memoryview::as_bytes(&whole, view.len)
        }
    })
}

unsafe extern "C" fn release_slot(op: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        release(unsafe { Object::from_ptr(op) })?;
        Ok(none::none())
    })
}
