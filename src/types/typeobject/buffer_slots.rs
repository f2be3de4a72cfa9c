//! The buffer protocol of classes that define `__buffer__` and `__release_buffer__` as methods: the memoryview that the
//! first returns lends its buffer, and a wrapper of both waits for its release, to tell the object of it.

use super::slots::Special;
use super::{metatype, names};
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::name;
use crate::object::{Object, Owned, Result, above, api, buffers, error, lifecycle};
use crate::raise;
use crate::types::{long, memoryview};

type O = *mut PyObject;

/// The memoryview that `__buffer__` gave, and the object that gave it.
#[repr(C)]
struct BufferWrapper {
    ob_base: PyObject,
    view: O,
    exporter: O,
}

pub static mut BUFFER_WRAPPER: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut metatype::PyType_Type, 0),
    tp_name: c"_buffer_wrapper".as_ptr(),
    tp_basicsize: size_of::<BufferWrapper>() as isize,
    tp_dealloc: Some(dealloc),
    tp_as_buffer: suite(&BUFFER),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    tp_traverse: Some(traverse),
    ..PyTypeObject::EMPTY
};

static BUFFER: PyBufferProcs = PyBufferProcs { bf_getbuffer: None, bf_releasebuffer: Some(wrapper_release) };

crate::traverse_fields!(traverse, BufferWrapper, view, exporter);

crate::dealloc_fields!(final dealloc, BufferWrapper, view, exporter);

/// Gives the buffer back to the memoryview, and tells the exporter if it has a method for that.
unsafe extern "C" fn wrapper_release(op: O, buffer: *mut Py_buffer) {
    // SAFETY: slot.
    unsafe {
        let this = op.cast::<BufferWrapper>();
        let (Some(view), Some(exporter)) = (Object::optional((*this).view), Object::optional((*this).exporter)) else {
            return;
        };
        let (view, exporter) = (view.to_owned(), exporter.to_owned());
        let suite = (*view.ty()).tp_as_buffer;
        if !suite.is_null()
            && let Some(release) = (*suite).bf_releasebuffer
        {
            release(view.as_ptr(), buffer);
        }
        let suite = (*exporter.ty()).tp_as_buffer;
        if !suite.is_null() && super::exports::same((*suite).bf_releasebuffer, slot_bf_releasebuffer as *const ()) {
            release_by_method(&exporter, buffer);
        }
        refcount::clear(&raw mut (*this).view);
        refcount::clear(&raw mut (*this).exporter);
    }
}

/// Calls `__release_buffer__` with a memoryview of the buffer; what it raises can only be reported.
unsafe fn release_by_method(exporter: &Object, buffer: *mut Py_buffer) {
    let call = || -> Result<()> {
        let Some(method) = Special::find(exporter, name!(__release_buffer__))? else { return Ok(()) };
        // SAFETY: the buffer is alive until its release is done; the view is released before.
        let view = unsafe { memoryview::from_buffer(&*buffer) }?;
        method.call(exporter, &[&view])?;
        view.call_method(name!(release), &[])?;
        Ok(())
    };
    error::aside(|| {
        if call().is_err() {
            above::unraisable_in(Some(exporter));
        }
    });
}

pub unsafe extern "C" fn slot_bf_getbuffer(op: O, buffer: *mut Py_buffer, flags: c_int) -> c_int {
    // SAFETY: slot.
    unsafe {
        let exporter = Object::from_ptr(op);
        api(|| -> Result<()> {
            let Some(method) = Special::find(exporter, name!(__buffer__))? else {
                return Err(raise!(AttributeError, "__buffer__"));
            };
            let view = method.call(exporter, &[&*long::from_i64(i64::from(flags))?])?;
            if !view.is_a(&raw mut memoryview::PyMemoryView_Type) {
                return Err(raise!(TypeError, "__buffer__ returned non-memoryview object"));
            }
            let wrapper = lifecycle::gc_new::<BufferWrapper>(&raw mut BUFFER_WRAPPER)?;
            (*wrapper).view = std::ptr::null_mut();
            (*wrapper).exporter = std::ptr::null_mut();
            let owner = Owned::from_raw(wrapper.cast());
            buffers::get(&view, buffer, flags)?;
            // The buffer now belongs to the wrapper, which keeps the memoryview.
            refcount::decref((*buffer).obj);
            (*wrapper).view = view.into_raw();
            (*wrapper).exporter = exporter.to_owned().into_raw();
            gc::track(wrapper.cast());
            (*buffer).obj = owner.into_raw();
            Ok(())
        })
    }
}

pub unsafe extern "C" fn slot_bf_releasebuffer(op: O, buffer: *mut Py_buffer) {
    // SAFETY: slot.
    unsafe { release_by_method(Object::from_ptr(op), buffer) }
}

/// `o.__buffer__(flags)` of a type that fills the slot.
pub fn view_of_buffer(o: &Object, flags: c_int) -> Result<Owned> {
    if flags & PyBUF_WRITABLE != 0 || flags == PyBUF_READ || flags == PyBUF_WRITE {
        // The memoryview asks for what the exporter has; what refuses these flags has to do so here.
        // SAFETY: zeroes are an empty view.
        let mut probe: Py_buffer = unsafe { std::mem::zeroed() };
        // SAFETY: a borrow is alive.
        unsafe {
            buffers::get(o, &raw mut probe, flags)?;
            buffers::release(&raw mut probe);
        }
    }
    memoryview::from_object(o, PyBUF_FULL_RO)
}

/// `o.__release_buffer__(view)`.
pub fn release_view(o: &Object, view: &Object) -> Result<()> {
    if !view.is_a(&raw mut memoryview::PyMemoryView_Type) {
        return Err(raise!(TypeError, "expected a memoryview object"));
    }
    // SAFETY: layout: checked just now.
    unsafe {
        let memory = view.cast::<PyMemoryViewObject>();
        if (*memory).view.obj.is_null() {
            // Released already.
            return Ok(());
        }
        if (*memory).view.obj != o.as_ptr() {
            return Err(raise!(ValueError, "memoryview's buffer is not this object"));
        }
        if (*memory).flags & _Py_MEMORYVIEW_RELEASED != 0 {
            return Err(raise!(ValueError, "memoryview's buffer has already been released"));
        }
        let _ = names::tp_name(o.ty());
        view.call_method(name!(release), &[])?;
    }
    Ok(())
}
