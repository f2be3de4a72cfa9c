//! The iterator of views.

use super::{access, ensure_alive, format, strided, view};
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::{Object, Owned, api, lifecycle};
use crate::raise;
use crate::types::typeobject;
use crate::{dealloc_fields, traverse_fields};

#[repr(C)]
struct MemoryIter {
    ob_base: PyObject,
    index: isize,
    /// NULL once the end was reached.
    view: *mut PyObject,
    length: isize,
}

pub static mut ITER_TYPE: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"memory_iterator".as_ptr(),
    tp_basicsize: size_of::<MemoryIter>() as isize,
    tp_dealloc: Some(dealloc),
    tp_getattro: Some(crate::object::slots::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    tp_traverse: Some(traverse),
    tp_iter: Some(crate::object::slots::PyObject_SelfIter),
    tp_iternext: Some(next),
    ..PyTypeObject::EMPTY
};

traverse_fields!(traverse, MemoryIter, view);

pub unsafe extern "C" fn iter(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let o = unsafe { Object::from_ptr(op) };
        ensure_alive(o)?;
        let v = view(o);
        match v.ndim {
            0 => return Err(raise!(TypeError, "invalid indexing of 0-dim memory")),
            1 => {}
            _ => return Err(raise!(NotImplementedError, "multi-dimensional sub-views are not implemented")),
        }
        if format::native(v.format).is_none() {
            return Err(format::unsupported(v.format));
        }
        let it: *mut MemoryIter = lifecycle::gc_new(&raw mut ITER_TYPE)?;
        // SAFETY: fresh.
        unsafe {
            (*it).index = 0;
            (*it).view = o.to_owned().into_raw();
            (*it).length = strided::shape(v)[0];
            gc::track(it.cast());
            Ok(Owned::from_raw(it.cast()))
        }
    })
}

unsafe extern "C" fn next(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let it = op.cast::<MemoryIter>();
            let Some(o) = Object::optional((*it).view) else { return Ok(None) };
            if (*it).index < (*it).length {
                (*it).index += 1;
                return access::item_at(o, (*it).index - 1).map(Some);
            }
            refcount::clear(&raw mut (*it).view);
            Ok(None)
        }
    })
}

dealloc_fields!(final dealloc, MemoryIter, view);
