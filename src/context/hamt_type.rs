//! The map of a context as an object of its own: what `_PyContext_NewHamtForTests` gives. Its keys are any objects, and
//! it never changes: `set` and `delete` give another map, which shares most of the nodes.

use super::hamt::{self, Any, Hamt};
use super::iter;
use crate::abi::*;
use crate::mem::gc;
use crate::object::slots::{PyObject_GenericGetAttr, PyObject_HashNotImplemented};
use crate::object::{Object, Owned, Result, api, lifecycle};
use crate::raise;
use crate::types::{boolobject, exceptions, none, typeobject, weakref};
use std::mem::offset_of;

static METHODS: [PyMethodDef; 7] = [
    PyMethodDef::fast(c"set", set, c"Another map, in which the key has this value."),
    PyMethodDef::fast(c"get", get, c"The value of the key, or the default, or None."),
    PyMethodDef::one(c"delete", delete, c"Another map, without the key; the map itself if it has no such key."),
    PyMethodDef::noargs(c"items", items, c"Keys with their values."),
    PyMethodDef::noargs(c"keys", keys, c"The keys."),
    PyMethodDef::noargs(c"values", values, c"The values."),
    PyMethodDef::END,
];

static SEQUENCE: PySequenceMethods = PySequenceMethods { sq_contains: Some(contains), ..PySequenceMethods::EMPTY };

static MAPPING: PyMappingMethods =
    PyMappingMethods { mp_length: Some(length), mp_subscript: Some(subscript), ..PyMappingMethods::EMPTY };

pub static mut _PyHamt_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"hamt".as_ptr(),
    tp_basicsize: size_of::<Hamt>() as isize,
    tp_dealloc: Some(dealloc),
    tp_as_sequence: suite(&SEQUENCE),
    tp_as_mapping: suite(&MAPPING),
    tp_hash: Some(PyObject_HashNotImplemented),
    tp_getattro: Some(PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    tp_traverse: Some(hamt::traverse),
    tp_clear: Some(clear),
    tp_richcompare: Some(richcompare),
    tp_weaklistoffset: offset_of!(Hamt, weak) as isize,
    tp_iter: Some(keys_iter),
    tp_methods: table(&METHODS),
    tp_new: Some(new_slot),
    ..PyTypeObject::EMPTY
};

/// An empty map. (The one that new contexts have belongs to all interpreters: nobody may refer to it weakly.)
pub fn new() -> Result<Owned> {
    // SAFETY: fresh.
    unsafe {
        let map = lifecycle::gc_new_builtin::<Hamt>(&raw mut _PyHamt_Type)?;
        hamt::init(map);
        gc::track(map.cast());
        Ok(Owned::from_raw(map.cast()))
    }
}

unsafe extern "C" fn new_slot(_: *mut PyTypeObject, _: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(new)
}

/// The value of a key, borrowed from the map that the caller holds.
unsafe fn value_of<'a>(op: *mut PyObject, key: &Object) -> Result<Option<&'a Object>> {
    // SAFETY: slot; layout.
    unsafe { Ok(Object::optional(hamt::lookup::<Any>(op.cast(), key)?)) }
}

unsafe extern "C" fn set(op: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    // SAFETY: slot; layout. The nodes are shared with `op`, so all that changes is copied.
    api(|| unsafe {
        if n != 2 {
            return Err(raise!(TypeError, "set expected 2 arguments, got {n}"));
        }
        let (key, value) = (Object::from_ptr(*args), Object::from_ptr(*args.add(1)));
        let this = Object::from_ptr(op);
        if value_of(op, key)?.is_some_and(|old| old.is(value)) {
            return Ok(this.to_owned());
        }
        changed(this, |place| hamt::set::<Any>(place, key, value).map(drop))
    })
}

unsafe extern "C" fn delete(op: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; layout. As `set`.
    api(|| unsafe {
        let (this, key) = (Object::from_ptr(op), Object::from_ptr(key));
        key.hash()?;
        changed(this, |place| hamt::remove::<Any>(place, key).map(drop))
    })
}

/// `map` after `change`.
unsafe fn changed(map: &Object, change: impl FnOnce(*mut *mut Hamt) -> Result<()>) -> Result<Owned> {
    let mut place: *mut Hamt = map.to_owned().into_raw().cast();
    let result = change(&raw mut place);
    // SAFETY: the place owns its map, whichever that is now.
    let map = unsafe { Owned::from_raw(place.cast()) };
    result.map(|()| map)
}

#[cold]
fn missing(key: &Object) -> crate::object::Raised {
    exceptions::raise(exceptions::object(&raw mut exceptions::KeyError), Some(key))
}

unsafe extern "C" fn get(op: *mut PyObject, args: *const *mut PyObject, n: Py_ssize_t) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| unsafe {
        if n < 1 {
            return Err(raise!(TypeError, "get expected at least 1 argument, got {n}"));
        }
        if n > 2 {
            return Err(raise!(TypeError, "get expected at most 2 arguments, got {n}"));
        }
        if let Some(value) = value_of(op, Object::from_ptr(*args))? {
            return Ok(value.to_owned());
        }
        Ok(if n == 2 { Object::from_ptr(*args.add(1)).to_owned() } else { none::none() })
    })
}

unsafe extern "C" fn contains(op: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: slot; layout.
    api(|| unsafe { Ok(value_of(op, Object::from_ptr(key))?.is_some()) })
}

unsafe extern "C" fn subscript(op: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; layout.
    api(|| unsafe {
        let key = Object::from_ptr(key);
        value_of(op, key)?.map(Object::to_owned).ok_or_else(|| missing(key))
    })
}

unsafe extern "C" fn length(op: *mut PyObject) -> Py_ssize_t {
    // SAFETY: slot; layout.
    unsafe { (*op.cast::<Hamt>()).count }
}

unsafe fn iterate(op: *mut PyObject, kind: iter::Kind) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { iter::new(Object::from_ptr(op).to_owned(), kind) })
}

unsafe extern "C" fn keys_iter(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    unsafe { iterate(op, iter::Kind::Keys) }
}

unsafe extern "C" fn keys(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    unsafe { iterate(op, iter::Kind::Keys) }
}

unsafe extern "C" fn values(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    unsafe { iterate(op, iter::Kind::Values) }
}

unsafe extern "C" fn items(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    unsafe { iterate(op, iter::Kind::Items) }
}

unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: slot; the caller holds both.
    api(|| unsafe {
        let ty = &raw mut _PyHamt_Type;
        if !Object::from_ptr(a).is_exact(ty) || !Object::from_ptr(b).is_exact(ty) || (op != Py_EQ && op != Py_NE) {
            return Ok(none::not_implemented());
        }
        let equal = hamt::equal::<Any>(a.cast(), b.cast())?;
        Ok(boolobject::from_bool(equal == (op == Py_EQ)))
    })
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; layout.
    unsafe {
        gc::untrack(op);
        if !(*op.cast::<Hamt>()).weak.is_null() {
            weakref::clear_refs(Object::from_ptr(op));
        }
        hamt::clear(op.cast());
        lifecycle::gc_free_builtin(op);
    }
}

unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot; layout.
    unsafe { hamt::clear(op.cast()) };
    0
}
