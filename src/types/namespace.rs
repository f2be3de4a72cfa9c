//! `types.SimpleNamespace`: an object with nothing but attributes.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::args::check_positional;
use crate::object::{Object, Owned, Result, api, repr as text};
use crate::raise;
use crate::types::unicode::{self, Writer};
use crate::types::{dict, none, tuple, typeobject};
use std::mem::offset_of;

/// CPython's `_PyNamespaceObject`.
#[repr(C)]
struct Namespace {
    ob_base: PyObject,
    dict: *mut PyObject,
}

static MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::new(c"__dict__", _Py_T_OBJECT, offset_of!(Namespace, dict), Py_READONLY), PyMemberDef::END];

static METHODS: [PyMethodDef; 3] = [
    PyMethodDef::noargs(c"__reduce__", reduce, c"__reduce__($self, /)\n--\n\nWhat the object is pickled as."),
    PyMethodDef::keywords(
        c"__replace__",
        replace,
        c"__replace__($self, /, **changes)\n--\n\nA copy in which these attributes have other values.",
    ),
    PyMethodDef::END,
];

#[allow(non_upper_case_globals, reason = "CPython's name")]
pub static mut _PyNamespace_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"types.SimpleNamespace".as_ptr(),
    tp_basicsize: size_of::<Namespace>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    tp_doc:
        c"SimpleNamespace(mapping_or_iterable=(), /, **kwargs)\n--\n\nAn object with the attributes that it is given."
            .as_ptr(),
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    tp_richcompare: Some(richcompare),
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    tp_dictoffset: offset_of!(Namespace, dict) as isize,
    tp_init: Some(init),
    tp_new: Some(new_slot),
    ..PyTypeObject::EMPTY
};

/// A namespace of type `ty` with an empty dict.
fn empty(ty: *mut PyTypeObject) -> Result<Owned> {
    // SAFETY: a type that is SimpleNamespace or derives from it; tp_alloc gives zeroed memory.
    unsafe {
        let new = Owned::from_c((*ty).tp_alloc.unwrap_unchecked()(ty, 0))?;
        (*new.cast::<Namespace>()).dict = dict::new()?.into_raw();
        Ok(new)
    }
}

/// A namespace with the attributes that a dict names, or with none (`_PyNamespace_New`).
pub fn new(attributes: Option<&Object>) -> Result<Owned> {
    let new = empty(&raw mut _PyNamespace_Type)?;
    if let Some(attributes) = attributes {
        dict::merge(dict_of(&new), attributes, true)?;
    }
    Ok(new)
}

fn dict_of(namespace: &Object) -> &Object {
    // SAFETY: a namespace owns its dict until it is cleared.
    unsafe { Object::from_ptr((*namespace.cast::<Namespace>()).dict) }
}

unsafe extern "C" fn new_slot(ty: *mut PyTypeObject, _: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| empty(ty))
}

unsafe extern "C" fn init(op: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        let (namespace, args) = (Object::from_ptr(op), tuple::items(Object::from_ptr(args)));
        check_positional(typeobject::name(namespace.ty()), args.len(), 0, 1)?;
        if let [first] = args {
            let pairs = if dict::check_exact(first) {
                Object::to_owned(first)
            } else {
                // What `dict(first)` would be.
                let pairs = dict::new()?;
                dict::merge::update_from(&pairs, first)?;
                pairs
            };
            check_keys(&pairs)?;
            dict::merge(dict_of(namespace), &pairs, true)?;
        }
        if let Some(kwargs) = Object::optional(kwargs) {
            check_keys(kwargs)?;
            dict::merge(dict_of(namespace), kwargs, true)?;
        }
        Ok(())
    })
}

fn check_keys(dict: &Object) -> Result<()> {
    let mut pos = 0;
    while let Some((key, _)) = dict::next(dict, &mut pos) {
        if !unicode::check(key) {
            return Err(raise!(TypeError, "keywords must be strings"));
        }
    }
    Ok(())
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot.
    unsafe {
        gc::untrack(op);
        refcount::clear(&raw mut (*op.cast::<Namespace>()).dict);
        (*(*op).ob_type).tp_free.unwrap_unchecked()(op.cast());
    }
}

crate::traverse_fields!(traverse, Namespace, dict);

unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe { refcount::clear(&raw mut (*op.cast::<Namespace>()).dict) };
    0
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let namespace = unsafe { Object::from_ptr(op) };
        let name = if namespace.is_exact(&raw mut _PyNamespace_Type) {
            "namespace"
        } else {
            typeobject::tp_name(namespace.ty())
        };
        text::guarded(namespace, &format!("{name}(...)"), || write_repr(namespace, name))
    })
}

fn write_repr(namespace: &Object, name: &str) -> Result<Owned> {
    let mut writer = Writer::new();
    writer.push_str(name)?;
    writer.push_str("(")?;
    let mut first = true;
    for (key, value) in dict::entries(&dict_of(namespace).to_owned()) {
        if !unicode::check(&key) || unicode::len(&key) == 0 {
            continue;
        }
        if !first {
            writer.push_str(", ")?;
        }
        first = false;
        writer.push_object(&key)?;
        writer.push_str("=")?;
        writer.push_repr(&value)?;
    }
    writer.push_str(")")?;
    writer.finish()
}

unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (a, b) = unsafe { (Object::from_ptr(a), Object::from_ptr(b)) };
        if !a.is_a(&raw mut _PyNamespace_Type) || !b.is_a(&raw mut _PyNamespace_Type) {
            return Ok(none::not_implemented());
        }
        dict_of(a).compare(dict_of(b), op)
    })
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let namespace = Object::from_ptr(op);
        tuple::from_slice(&[namespace.type_object(), tuple::empty_ref(), dict_of(namespace)])
    })
}

unsafe extern "C" fn replace(op: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let (namespace, args) = (Object::from_ptr(op), Object::from_ptr(args));
        if tuple::len(args) != 0 {
            return Err(raise!(TypeError, "__replace__() takes no positional arguments"));
        }
        let copy = namespace.type_object().call(&[])?;
        if !copy.is_a(&raw mut _PyNamespace_Type) {
            return Err(raise!(
                TypeError,
                "expect types.SimpleNamespace type, but {}() returned '{}' object",
                typeobject::tp_name(namespace.ty()),
                typeobject::tp_name(copy.ty())
            ));
        }
        dict::merge(dict_of(&copy), dict_of(namespace), true)?;
        if let Some(kwargs) = Object::optional(kwargs) {
            dict::merge(dict_of(&copy), kwargs, true)?;
        }
        Ok(copy)
    })
}
