//! What the classes of this room have in common that CPython writes in Python: an instance is nothing but its dict,
//! and may be referred to weakly. They are static here, so their attributes can't be set.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::name;
use crate::object::slots::{
    PyObject_GenericGetAttr, PyObject_GenericGetDict, PyObject_GenericSetAttr, PyObject_GenericSetDict,
};
use crate::object::{Object, Owned, Result};
use crate::types::typeobject::shared_dict::More;
use crate::types::{dict, typeobject, unicode, weakref};
use std::ffi::CStr;
use std::mem::offset_of;

#[repr(C)]
struct Instance {
    ob_base: PyObject,
    dict: *mut PyObject,
    weakrefs: *mut PyObject,
}

/// A slot of a static class, of what the macros of `object::native` make.
macro_rules! slot {
    ($slot:ty, $function:expr) => {{
        // SAFETY: made of a function with the slot's own signature.
        unsafe { std::mem::transmute::<*mut std::ffi::c_void, $slot>($function) }
    }};
}
pub(super) use slot;

/// A class with such instances.
pub const fn class(name: &'static CStr, doc: &'static CStr) -> PyTypeObject {
    PyTypeObject {
        ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
        tp_name: name.as_ptr(),
        tp_basicsize: size_of::<Instance>() as isize,
        tp_dealloc: Some(dealloc),
        tp_getattro: Some(PyObject_GenericGetAttr),
        tp_setattro: Some(PyObject_GenericSetAttr),
        tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
        tp_doc: doc.as_ptr(),
        tp_traverse: Some(traverse),
        tp_clear: Some(clear),
        tp_weaklistoffset: offset_of!(Instance, weakrefs) as isize,
        tp_dictoffset: offset_of!(Instance, dict) as isize,
        tp_new: Some(typeobject::baseobject::object_new),
        ..PyTypeObject::EMPTY
    }
}

/// `__dict__`, for the tables of such classes.
pub const DICT: PyGetSetDef =
    PyGetSetDef::new(c"__dict__", Some(PyObject_GenericGetDict), Some(PyObject_GenericSetDict), std::ptr::null());

/// The table of a class with no other attributes.
pub static PLAIN: [PyGetSetDef; 2] = [DICT, PyGetSetDef::END];

/// The name of the module that some of these classes are of. Their dicts say it; their names are without it, as those
/// of classes made in Python are.
pub struct Module(&'static str);

impl More for Module {
    fn count(&self) -> usize {
        1
    }

    fn add(&self, dict: &Object) -> Result<()> {
        dict::set(dict, name!(__module__), unicode::intern::shared(self.0.as_bytes()))
    }
}

/// The module of a class of this room.
pub fn module_of(ty: *mut PyTypeObject) -> Option<&'static Module> {
    use super::{file_finder, file_loaders, importers, namespace_package, path_finder, spec};
    let bootstrap =
        [&raw mut spec::SPEC_TYPE, &raw mut importers::BUILTIN_IMPORTER, &raw mut importers::FROZEN_IMPORTER];
    let external = [
        &raw mut path_finder::PATH_FINDER,
        &raw mut file_finder::FILE_FINDER,
        &raw mut file_loaders::FILE_LOADER,
        &raw mut file_loaders::EXTENSION_LOADER,
        &raw mut file_loaders::SOURCE_LOADER,
        &raw mut namespace_package::NAMESPACE_LOADER,
        &raw mut namespace_package::NAMESPACE_PATH,
    ];
    if bootstrap.contains(&ty) {
        return Some(&Module("_frozen_importlib"));
    }
    external.contains(&ty).then_some(&Module("_frozen_importlib_external"))
}

/// A new instance of `ty`, whose dict is empty.
pub fn make(ty: *mut PyTypeObject) -> Result<Owned> {
    typeobject::generic_alloc(ty, 0)
}

/// Gives an instance that has no dict yet this one.
pub fn set_dict(instance: &Object, dict: Owned) {
    // SAFETY: layout: an instance of a class of this room, whose place for the dict is empty.
    unsafe { (*instance.cast::<Instance>()).dict = dict.into_raw() };
}

/// A class as an object.
pub fn object<'a>(ty: *mut PyTypeObject) -> &'a Object {
    // SAFETY: static.
    unsafe { Object::from_ptr(ty.cast()) }
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero.
    unsafe {
        gc::untrack(op);
        let instance = op.cast::<Instance>();
        if !(*instance).weakrefs.is_null() {
            weakref::clear_refs(Object::from_ptr(op));
        }
        refcount::clear(&raw mut (*instance).dict);
        if let Some(free) = (*(*op).ob_type).tp_free {
            free(op.cast());
        }
    }
}

crate::traverse_fields!(traverse, Instance, dict);

unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe { refcount::clear(&raw mut (*op.cast::<Instance>()).dict) };
    0
}
