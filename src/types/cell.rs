//! Cells: one place for a value that several functions share.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::compare::relates;
use crate::object::{Object, Owned, Result, api, args, error, lifecycle, ptr::raw_or_null, slots};
use crate::raise;
use crate::types::{boolobject, none, tuple, typeobject, unicode};
use std::ptr;

#[unsafe(no_mangle)]
pub static mut PyCell_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"cell".as_ptr(),
    tp_basicsize: size_of::<PyCellObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_getattro: Some(slots::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    tp_doc: c"cell([contents])\n--\n\nA place for one value, empty without an argument.".as_ptr(),
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    tp_richcompare: Some(richcompare),
    tp_getset: table(&GETSET),
    tp_new: Some(new_slot),
    ..PyTypeObject::EMPTY
};

static GETSET: [PyGetSetDef; 2] =
    [PyGetSetDef::new(c"cell_contents", Some(get_contents), Some(set_contents), ptr::null()), PyGetSetDef::END];

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.is_exact(&raw mut PyCell_Type)
}

/// A cell with a value, or empty (`PyCell_New`).
pub fn new(value: Option<&Object>) -> Result<Owned> {
    let cell = lifecycle::gc_new::<PyCellObject>(&raw mut PyCell_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*cell).ob_ref = raw_or_null(value.map(Object::to_owned));
        gc::track(cell.cast());
        Ok(Owned::from_raw(cell.cast()))
    }
}

/// The value in a cell.
pub fn get(cell: &Object) -> Option<Owned> {
    // SAFETY: layout: a cell owns what it holds.
    unsafe { Object::optional((*cell.cast::<PyCellObject>()).ob_ref).map(Object::to_owned) }
}

pub fn set(cell: &Object, value: Option<&Object>) {
    // SAFETY: layout: a cell owns what it holds.
    unsafe {
        let place = &raw mut (*cell.cast::<PyCellObject>()).ob_ref;
        refcount::xdecref(place.replace(raw_or_null(value.map(Object::to_owned))));
    }
}

crate::dealloc_fields!(final dealloc, PyCellObject, ob_ref);

crate::traverse_fields!(traverse, PyCellObject, ob_ref);

unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe { refcount::clear(&raw mut (*op.cast::<PyCellObject>()).ob_ref) };
    0
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        match get(unsafe { Object::from_ptr(op) }) {
            None => unicode::from_str(&format!("<cell at {op:p}: empty>")),
            Some(value) => {
                let name = error::cut(typeobject::tp_name(value.ty()), 80);
                unicode::from_str(&format!("<cell at {op:p}: {name} object at {:p}>", value.as_ptr()))
            }
        }
    })
}

/// Cells compare by what they hold; an empty one is less than any other.
unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (a, b) = unsafe { (Object::from_ptr(a), Object::from_ptr(b)) };
        if !check(a) || !check(b) {
            return Ok(none::not_implemented());
        }
        match (get(a), get(b)) {
            (Some(a), Some(b)) => a.compare(&b, op),
            (a, b) => {
                let (a, b) = (a.is_some() as u8, b.is_some() as u8);
                Ok(boolobject::from_bool(relates(&a, op, &b)))
            }
        }
    })
}

unsafe extern "C" fn new_slot(_ty: *mut PyTypeObject, args: *mut PyObject, kwds: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (args, kwds) = unsafe { (Object::from_ptr(args), Object::optional(kwds)) };
        args::no_keywords("cell", kwds)?;
        let items = tuple::items(args);
        args::check_positional("cell", items.len(), 0, 1)?;
        new(items.first().copied())
    })
}

unsafe extern "C" fn get_contents(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    api(|| match get(unsafe { Object::from_ptr(op) }) {
        Some(value) => Ok(value),
        None => Err(raise!(ValueError, "Cell is empty")),
    })
}

unsafe extern "C" fn set_contents(op: *mut PyObject, value: *mut PyObject, _: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe { set(Object::from_ptr(op), Object::optional(value)) };
    0
}
