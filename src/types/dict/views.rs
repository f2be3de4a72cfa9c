//! The views of a dict: `keys()`, `values()`, `items()`. Key and item views are sets in what they can do.

use super::iter::{self, Kind};
use super::len;
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::name;
use crate::object::{Object, Owned, Result, api, lifecycle, repr};
use crate::traverse_fields;
use crate::types::unicode::Writer;
use crate::types::{dict, list, mappingproxy, none, set, tuple, typeobject};
use std::ffi::CStr;

/// CPython's `_PyDictViewObject`.
#[repr(C)]
pub struct DictView {
    pub ob_base: PyObject,
    pub dv_dict: *mut PyObject,
}

const MAPPING_DOC: &CStr = c"dictionary that this view refers to";

static GETSET: [PyGetSetDef; 2] =
    [PyGetSetDef::new(c"mapping", Some(mapping), None, MAPPING_DOC.as_ptr()), PyGetSetDef::END];

const REVERSED_DOC: &CStr =
    c"__reversed__($self, /)\n--\n\nReturn a reverse iterator over the dict that this view shows.";

static SET_METHODS: [PyMethodDef; 3] = [
    PyMethodDef::one(
        c"isdisjoint",
        isdisjoint_method,
        c"isdisjoint($self, object, /)\n--\n\nReturn True if the view and the given iterable have a null intersection.",
    ),
    PyMethodDef::noargs(c"__reversed__", reversed, REVERSED_DOC),
    PyMethodDef::END,
];

static VALUE_METHODS: [PyMethodDef; 2] =
    [PyMethodDef::noargs(c"__reversed__", reversed, REVERSED_DOC), PyMethodDef::END];

static AS_NUMBER: PyNumberMethods = PyNumberMethods {
    nb_subtract: Some(subtract),
    nb_and: Some(and),
    nb_xor: Some(xor),
    nb_or: Some(or),
    ..PyNumberMethods::EMPTY
};

static KEYS_AS_SEQUENCE: PySequenceMethods =
    PySequenceMethods { sq_length: Some(length), sq_contains: Some(keys_contains), ..PySequenceMethods::EMPTY };
static ITEMS_AS_SEQUENCE: PySequenceMethods =
    PySequenceMethods { sq_length: Some(length), sq_contains: Some(items_contains), ..PySequenceMethods::EMPTY };
static VALUES_AS_SEQUENCE: PySequenceMethods =
    PySequenceMethods { sq_length: Some(length), ..PySequenceMethods::EMPTY };

const FLAGS: c_ulong = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION;

const VIEW: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_basicsize: size_of::<DictView>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr_slot),
    tp_flags: FLAGS,
    tp_traverse: Some(traverse),
    tp_iter: Some(iter_slot),
    tp_getset: table(&GETSET),
    ..PyTypeObject::EMPTY
};

#[unsafe(no_mangle)]
pub static mut PyDictKeys_Type: PyTypeObject = PyTypeObject {
    tp_name: c"dict_keys".as_ptr(),
    tp_as_number: suite(&AS_NUMBER),
    tp_as_sequence: suite(&KEYS_AS_SEQUENCE),
    tp_richcompare: Some(richcompare),
    tp_methods: table(&SET_METHODS),
    ..VIEW
};

#[unsafe(no_mangle)]
pub static mut PyDictItems_Type: PyTypeObject = PyTypeObject {
    tp_name: c"dict_items".as_ptr(),
    tp_as_number: suite(&AS_NUMBER),
    tp_as_sequence: suite(&ITEMS_AS_SEQUENCE),
    tp_richcompare: Some(richcompare),
    tp_methods: table(&SET_METHODS),
    ..VIEW
};

#[unsafe(no_mangle)]
pub static mut PyDictValues_Type: PyTypeObject = PyTypeObject {
    tp_name: c"dict_values".as_ptr(),
    tp_as_sequence: suite(&VALUES_AS_SEQUENCE),
    tp_methods: table(&VALUE_METHODS),
    ..VIEW
};

pub fn new(dict: &Object, kind: Kind) -> Result<Owned> {
    let ty = match kind {
        Kind::Keys => &raw mut PyDictKeys_Type,
        Kind::Values => &raw mut PyDictValues_Type,
        Kind::Items => &raw mut PyDictItems_Type,
    };
    let this = lifecycle::gc_new::<DictView>(ty)?;
    // SAFETY: fresh.
    unsafe {
        (*this).dv_dict = dict.to_owned().into_raw();
        gc::track(this.cast());
        Ok(Owned::from_raw(this.cast()))
    }
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot.
    unsafe {
        gc::untrack(op);
        refcount::decref((*op.cast::<DictView>()).dv_dict);
        lifecycle::gc_free(op);
    }
}

traverse_fields!(traverse, DictView, dv_dict);

fn is_keys(o: &Object) -> bool {
    o.is_a(&raw mut PyDictKeys_Type)
}

fn is_items(o: &Object) -> bool {
    o.is_a(&raw mut PyDictItems_Type)
}

/// A view that can be taken for a set.
fn is_view_set(o: &Object) -> bool {
    is_keys(o) || is_items(o)
}

fn kind_of(view: &Object) -> Kind {
    match () {
        () if is_keys(view) => Kind::Keys,
        () if is_items(view) => Kind::Items,
        () => Kind::Values,
    }
}

fn dict_of(view: &Object) -> &Object {
    // SAFETY: a view owns a reference to its dict.
    unsafe { Object::from_ptr((*view.cast::<DictView>()).dv_dict) }
}

unsafe extern "C" fn mapping(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    api(|| mappingproxy::new(dict_of(unsafe { Object::from_ptr(op) })))
}

unsafe extern "C" fn length(op: *mut PyObject) -> isize {
    // SAFETY: slot.
    len(dict_of(unsafe { Object::from_ptr(op) }))
}

unsafe extern "C" fn iter_slot(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let view = unsafe { Object::from_ptr(op) };
        iter::new(dict_of(view), kind_of(view), false)
    })
}

unsafe extern "C" fn reversed(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let view = unsafe { Object::from_ptr(op) };
        iter::new(dict_of(view), kind_of(view), true)
    })
}

unsafe extern "C" fn repr_slot(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let view = unsafe { Object::from_ptr(op) };
        repr::guarded(view, "...", || {
            (|| {
                let items = list::from_iterable(view)?;
                let text = items.repr()?;
                let mut writer = Writer::new();
                writer.push_str(typeobject::tp_name(view.ty()))?;
                writer.push_str("(")?;
                writer.push_object(&text)?;
                writer.push_str(")")?;
                writer.finish()
            })()
        })
    })
}

/// `item` is in the key or item view.
fn has(view: &Object, item: &Object) -> Result<bool> {
    let dict = dict_of(view);
    if is_keys(view) {
        return dict::contains(dict, item);
    }
    if !tuple::check(item) {
        return Ok(false);
    }
    let [key, value] = tuple::items(item) else { return Ok(false) };
    match dict::get(dict, key)? {
        Some(found) => found.equals(value),
        None => Ok(false),
    }
}

unsafe extern "C" fn keys_contains(op: *mut PyObject, item: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe { has(Object::from_ptr(op), Object::from_ptr(item)) })
}

unsafe extern "C" fn items_contains(op: *mut PyObject, item: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe { has(Object::from_ptr(op), Object::from_ptr(item)) })
}

/// Every item of `a` is in `b`.
fn all_in(a: &Object, b: &Object) -> Result<bool> {
    let iterator = a.iter()?;
    while let Some(item) = iterator.next()? {
        if !crate::object::sequence::contains(b, &item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (a, b) = unsafe { (Object::from_ptr(a), Object::from_ptr(b)) };
        if !set::check_any(b) && !is_view_set(b) {
            return Ok(none::not_implemented());
        }
        let (left, right) = (a.size()?, b.size()?);
        let result = match op {
            Py_EQ => left == right && all_in(a, b)?,
            Py_NE => !(left == right && all_in(a, b)?),
            Py_LT => left < right && all_in(a, b)?,
            Py_LE => left <= right && all_in(a, b)?,
            Py_GT => left > right && all_in(b, a)?,
            _ => left >= right && all_in(b, a)?,
        };
        Ok(crate::types::boolobject::from_bool(result))
    })
}

/// A set of the items of the left operand, which need not be a view.
fn to_set(left: &Object) -> Result<Owned> {
    set::from_iterable(if left.is_exact(&raw mut PyDictKeys_Type) { dict_of(left) } else { left })
}

unsafe extern "C" fn subtract(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (a, b) = unsafe { (Object::from_ptr(a), Object::from_ptr(b)) };
        let result = to_set(a)?;
        set::operations::difference_update(&result, b)?;
        Ok(result)
    })
}

unsafe extern "C" fn or(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (a, b) = unsafe { (Object::from_ptr(a), Object::from_ptr(b)) };
        let result = to_set(a)?;
        set::update(&result, b)?;
        Ok(result)
    })
}

unsafe extern "C" fn and(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { intersect(Object::from_ptr(a), Object::from_ptr(b)) })
}

/// The items that both have: the shorter one is walked.
fn intersect(a: &Object, b: &Object) -> Result<Owned> {
    let (mut a, mut b) = (a, b);
    if is_view_set(b) && (!is_view_set(a) || len(dict_of(b)) > len(dict_of(a))) {
        (a, b) = (b, a);
    }
    if b.is_exact(&raw mut set::PySet_Type) && len(dict_of(a)) <= set::len(b) {
        return b.call_method(name!(intersection), &[a]);
    }
    let result = set::new()?;
    let iterator = b.iter()?;
    while let Some(item) = iterator.next()? {
        if has(a, &item)? {
            set::add(&result, &item)?;
        }
    }
    Ok(result)
}

unsafe extern "C" fn xor(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (a, b) = unsafe { (Object::from_ptr(a), Object::from_ptr(b)) };
        if is_items(a) && is_items(b) {
            return items_xor(dict_of(a), dict_of(b));
        }
        let result = to_set(a)?;
        set::operations::symmetric_difference_update(&result, b)?;
        Ok(result)
    })
}

/// The pairs that only one of two dicts has. A key in both with equal values needs no hash of the value.
fn items_xor(a: &Object, b: &Object) -> Result<Owned> {
    let (a, b) = if len(a) > len(b) { (b, a) } else { (a, b) };
    let rest = dict::copy(a)?;
    let result = set::new()?;
    let mut pos = 0;
    while let Some((key, value, hash)) = dict::next_hashed(b, &mut pos) {
        let (key, value) = (key.to_owned(), value.to_owned());
        if let Some(other) = dict::get_hashed(&rest, &key, hash)?
            && other.equals(&value)?
        {
            dict::del_hashed(&rest, &key, hash)?;
            continue;
        }
        set::add(&result, &*tuple::from_slice(&[&key, &value])?)?;
    }
    set::update(&result, &*new(&rest, Kind::Items)?)?;
    Ok(result)
}

unsafe extern "C" fn isdisjoint_method(op: *mut PyObject, other: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        isdisjoint(Object::from_ptr(op), Object::from_ptr(other)).map(crate::types::boolobject::from_bool)
    })
}

fn isdisjoint(view: &Object, other: &Object) -> Result<bool> {
    let (mut view, mut other) = (view, other);
    if view.is(other) {
        return Ok(len(dict_of(view)) == 0);
    }
    if (set::check_any_exact(other) || is_view_set(other)) && other.size()? > len(dict_of(view)) {
        (view, other) = (other, view);
    }
    let iterator = other.iter()?;
    while let Some(item) = iterator.next()? {
        if crate::object::sequence::contains(view, &item)? {
            return Ok(false);
        }
    }
    Ok(true)
}
