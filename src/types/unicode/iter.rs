//! Iterators over the characters of a str: `str_iterator`, and `str_ascii_iterator` for ASCII, where each character's
//! str is at hand.

use super::{layout, new};
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::{Object, Owned, Result, above, api, lifecycle};
use crate::raise;
use crate::types::typeobject::PyType_Type;
use crate::types::{long, tuple};
use std::ptr;

#[repr(C)]
struct StrIterator {
    ob_base: PyObject,
    index: isize,
    /// NULL when it is exhausted.
    text: *mut PyObject,
}

static METHODS: [PyMethodDef; 4] = [
    PyMethodDef::noargs(c"__length_hint__", length_hint, c"About how many items are left."),
    PyMethodDef::noargs(c"__reduce__", reduce, c"What the object is pickled as."),
    PyMethodDef::one(c"__setstate__", setstate, c"Put back what __reduce__ gave."),
    PyMethodDef::END,
];

const ITERATOR: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut PyType_Type, 0),
    tp_basicsize: size_of::<StrIterator>() as isize,
    tp_dealloc: Some(dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    tp_traverse: Some(traverse),
    tp_iter: Some(itself),
    tp_methods: table(&METHODS),
    ..PyTypeObject::EMPTY
};

#[unsafe(no_mangle)]
pub static mut PyUnicodeIter_Type: PyTypeObject =
    PyTypeObject { tp_name: c"str_iterator".as_ptr(), tp_iternext: Some(next), ..ITERATOR };

pub static mut PyUnicodeASCIIIter_Type: PyTypeObject =
    PyTypeObject { tp_name: c"str_ascii_iterator".as_ptr(), tp_iternext: Some(next_ascii), ..ITERATOR };

/// `iter(s)`.
pub fn new(s: &Object) -> Result<Owned> {
    let ty = if layout::is_compact_ascii(s) { &raw mut PyUnicodeASCIIIter_Type } else { &raw mut PyUnicodeIter_Type };
    let it = lifecycle::gc_new::<StrIterator>(ty)?;
    // SAFETY: fresh.
    unsafe {
        (*it).index = 0;
        (*it).text = s.to_owned().into_raw();
        gc::track(it.cast());
        Ok(Owned::from_raw(it.cast()))
    }
}

crate::dealloc_fields!(final dealloc, StrIterator, text);

crate::traverse_fields!(traverse, StrIterator, text);

unsafe extern "C" fn itself(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    unsafe { Object::from_ptr(op) }.to_owned().into_raw()
}

/// The character to give next.
unsafe fn advance(op: *mut PyObject) -> Option<u32> {
    // SAFETY: slot.
    unsafe {
        let it = op.cast::<StrIterator>();
        let text = Object::optional((*it).text)?;
        if (*it).index as usize >= layout::len(text) {
            refcount::clear(&raw mut (*it).text);
            return None;
        }
        let ch = layout::chars(text).get((*it).index as usize);
        (*it).index += 1;
        Some(ch)
    }
}

unsafe extern "C" fn next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    match unsafe { advance(op) } {
        Some(ch) => api(|| new::from_char(ch)),
        None => ptr::null_mut(),
    }
}

unsafe extern "C" fn next_ascii(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; the text is ASCII.
    match unsafe { advance(op) } {
        Some(ch) => new::latin1_char(ch as u8).into_raw(),
        None => ptr::null_mut(),
    }
}

unsafe extern "C" fn length_hint(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let left = unsafe {
            let it = op.cast::<StrIterator>();
            Object::optional((*it).text).map_or(0, |text| layout::len(text) as isize - (*it).index)
        };
        long::from_i64(left as i64)
    })
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        let iter = above::builtin("iter")?;
        // SAFETY: slot.
        unsafe {
            let it = op.cast::<StrIterator>();
            match Object::optional((*it).text) {
                Some(text) => {
                    let args = tuple::from_slice(&[text])?;
                    let index = long::from_i64((*it).index as i64)?;
                    tuple::from_slice(&[&iter, &args, &index])
                }
                None => {
                    let args = tuple::from_slice(&[new::empty_ref()])?;
                    tuple::from_slice(&[&iter, &args])
                }
            }
        }
    })
}

unsafe extern "C" fn setstate(op: *mut PyObject, state: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let state = Object::from_ptr(state);
            if !long::check(state) {
                return Err(raise!(TypeError, "an integer is required"));
            }
            let index = long::as_isize(state)?;
            let it = op.cast::<StrIterator>();
            if let Some(text) = Object::optional((*it).text) {
                (*it).index = index.clamp(0, layout::len(text) as isize);
            }
        }
        Ok(crate::types::none::none())
    })
}
