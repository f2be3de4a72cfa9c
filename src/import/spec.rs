//! `ModuleSpec`: what is known of a module before it exists. CPython's is a Python class of `_frozen_importlib`; this
//! one has the same attributes and `repr`, in an ordinary instance dict.

use crate::abi::*;
use crate::mem::refcount;
use crate::name;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, api};
use crate::types::{boolobject, list, none, typeobject, unicode};
use std::mem::offset_of;
use std::ptr;

/// An instance is nothing but its dict.
#[repr(C)]
struct SpecObject {
    ob_base: PyObject,
    dict: *mut PyObject,
}

pub static mut SPEC_TYPE: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"_frozen_importlib.ModuleSpec".as_ptr(),
    tp_basicsize: size_of::<SpecObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_getattro: Some(crate::object::slots::PyObject_GenericGetAttr),
    tp_setattro: Some(crate::object::slots::PyObject_GenericSetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    tp_doc: c"The specification of a module: where it comes from and who loads it.".as_ptr(),
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    tp_getset: table(&GETSET),
    tp_dictoffset: offset_of!(SpecObject, dict) as isize,
    tp_init: Some(init),
    tp_new: Some(new_slot),
    ..PyTypeObject::EMPTY
};

static GETSET: [PyGetSetDef; 4] = [
    PyGetSetDef::new(c"parent", Some(parent), None, c"The name of the module's parent.".as_ptr()),
    PyGetSetDef::new(c"has_location", Some(has_location), Some(set_has_location), ptr::null()),
    PyGetSetDef::new(c"cached", Some(cached), Some(set_cached), ptr::null()),
    PyGetSetDef::END,
];

/// `ModuleSpec(name, loader, origin=origin)`, as the importers here make it. `location`: the origin is a file.
pub fn new(name: &Object, loader: &Object, origin: Option<&Object>, location: bool) -> Result<Owned> {
    let spec = typeobject::generic_alloc(&raw mut SPEC_TYPE, 0)?;
    fill(&spec, name, loader, origin.unwrap_or(none::none_ref()), none::none_ref())?;
    if location {
        spec.setattr(name!(has_location), &boolobject::from_bool(true))?;
    }
    Ok(spec)
}

fn fill(spec: &Object, name: &Object, loader: &Object, origin: &Object, state: &Object) -> Result<()> {
    spec.setattr(name!(name), name)?;
    spec.setattr(name!(loader), loader)?;
    spec.setattr(name!(origin), origin)?;
    spec.setattr(name!(loader_state), state)?;
    spec.setattr(name!(submodule_search_locations), none::none_ref())?;
    spec.setattr(name!(_uninitialized_submodules), &*list::new()?)?;
    spec.setattr(name!(_set_fileattr), &boolobject::from_bool(false))?;
    spec.setattr(name!(_cached), none::none_ref())
}

unsafe extern "C" fn new_slot(ty: *mut PyTypeObject, _args: *mut PyObject, _kwargs: *mut PyObject) -> *mut PyObject {
    api(|| typeobject::generic_alloc(ty, 0))
}

const INIT: Signature<5> =
    Signature::new("ModuleSpec", ["name", "loader", "origin", "loader_state", "is_package"]).required(2).positional(2);

unsafe extern "C" fn init(op: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: slot.
        let (spec, args, kwargs) = unsafe { (Object::from_ptr(op), Object::from_ptr(args), Object::optional(kwargs)) };
        let [name, loader, origin, state, is_package] = INIT.bind(args, kwargs)?;
        let none = none::none_ref();
        let or_none = |o: Option<&'_ Object>| o.map_or(none.as_ptr(), Object::as_ptr);
        // SAFETY: the call's arguments, alive until it ends.
        let given = |p: *mut PyObject| unsafe { Object::from_ptr(p) };
        fill(spec, given(or_none(name)), given(or_none(loader)), given(or_none(origin)), given(or_none(state)))?;
        if is_package.map_or(Ok(false), |p| p.is_true())? {
            spec.setattr(name!(submodule_search_locations), &*list::new()?)?;
        }
        Ok(())
    })
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero.
    unsafe {
        crate::mem::gc::untrack(op);
        refcount::clear(&raw mut (*op.cast::<SpecObject>()).dict);
        if let Some(free) = (*(*op).ob_type).tp_free {
            free(op.cast());
        }
    }
}

unsafe extern "C" fn traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe { crate::types::traverse::visit((*op.cast::<SpecObject>()).dict, visit, arg) }
}

unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe { refcount::clear(&raw mut (*op.cast::<SpecObject>()).dict) };
    0
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let spec = unsafe { Object::from_ptr(op) };
        let mut text = String::from("ModuleSpec(name=");
        let mut push = |prefix: &str, value: &Object| -> Result<()> {
            text += prefix;
            text += unicode::as_str(&*value.repr()?)?;
            Ok(())
        };
        push("", &*spec.getattr(name!(name))?)?;
        push(", loader=", &*spec.getattr(name!(loader))?)?;
        let origin = spec.getattr(name!(origin))?;
        if !origin.is_none() {
            push(", origin=", &origin)?;
        }
        let locations = spec.getattr(name!(submodule_search_locations))?;
        if !locations.is_none() {
            push(", submodule_search_locations=", &locations)?;
        }
        text.push(')');
        unicode::from_str(&text)
    })
}

unsafe extern "C" fn parent(op: *mut PyObject, _closure: *mut c_void) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let spec = unsafe { Object::from_ptr(op) };
        let name = spec.getattr(name!(name))?;
        if !spec.getattr(name!(submodule_search_locations))?.is_none() {
            return Ok(name);
        }
        let text = unicode::as_str(&name)?;
        unicode::from_str(text.rsplit_once('.').map_or("", |(parent, _)| parent))
    })
}

unsafe extern "C" fn has_location(op: *mut PyObject, _closure: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { Object::from_ptr(op) }.getattr(name!(_set_fileattr)))
}

unsafe extern "C" fn set_has_location(op: *mut PyObject, value: *mut PyObject, _closure: *mut c_void) -> c_int {
    api(|| {
        // SAFETY: slot; NULL deletes.
        let (spec, value) = unsafe { (Object::from_ptr(op), Object::new(value)?) };
        spec.setattr(name!(_set_fileattr), &boolobject::from_bool(value.is_true()?))
    })
}

/// Bytecode is never cached here, so this is what a program set.
unsafe extern "C" fn cached(op: *mut PyObject, _closure: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { Object::from_ptr(op) }.getattr(name!(_cached)))
}

unsafe extern "C" fn set_cached(op: *mut PyObject, value: *mut PyObject, _closure: *mut c_void) -> c_int {
    // SAFETY: slot; NULL deletes.
    api(|| unsafe { Object::from_ptr(op).setattr(name!(_cached), Object::new(value)?) })
}

/// `name` in a spec's dict without attribute access: `_initializing` is looked at on every import.
pub fn is_initializing(module: &Object) -> Result<bool> {
    let Some(spec) = module.getattr_optional(name!(__spec__))? else { return Ok(false) };
    if spec.is_none() {
        return Ok(false);
    }
    match spec.getattr_optional(name!(_initializing))? {
        Some(flag) => flag.is_true(),
        None => Ok(false),
    }
}

/// Marks a spec as being loaded, or not any more.
pub fn set_initializing(spec: &Object, on: bool) -> Result<()> {
    spec.setattr(name!(_initializing), &boolobject::from_bool(on))
}
