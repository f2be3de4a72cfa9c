//! Iterators over a dict: keys, values, items, and the same three backwards.
//!
//! An iterator remembers the place in the table and how many entries it has not given yet. A dict that has another
//! size than at the start gives `RuntimeError`, once and for all later calls.

use super::{keys, keys_of, len};
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::slots::PyObject_SelfIter;
use crate::object::{Object, Owned, Result, above, api, lifecycle};
use crate::raise;
use crate::types::{iterobject, list, long, tuple};
use crate::{dealloc_fields, traverse_fields};
use std::ptr;

#[repr(C)]
struct DictIter {
    ob_base: PyObject,
    /// NULL once the iterator is exhausted.
    dict: *mut PyObject,
    /// The dict's size at the start; -1 once it was seen to change.
    used: isize,
    pos: isize,
    /// Where CPython keeps a pair for reuse.
    _result: *mut PyObject,
    left: isize,
}

static METHODS: [PyMethodDef; 3] = [
    PyMethodDef::noargs(c"__length_hint__", length_hint, iterobject::LENGTH_HINT_DOC),
    PyMethodDef::noargs(c"__reduce__", reduce, iterobject::REDUCE_DOC),
    PyMethodDef::END,
];

macro_rules! iterator_type {
    ($symbol:ident, $name:literal, $next:ident, $kind:literal) => {
        #[unsafe(no_mangle)]
        pub static mut $symbol: PyTypeObject = PyTypeObject {
            ob_base: PyVarObject::immortal(&raw mut crate::types::typeobject::PyType_Type, 0),
            tp_name: $name.as_ptr(),
            tp_basicsize: size_of::<DictIter>() as isize,
            tp_dealloc: Some(dealloc),
            tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
            tp_traverse: Some(traverse),
            tp_iter: Some(PyObject_SelfIter),
            tp_iternext: Some($next),
            tp_methods: table(&METHODS),
            ..PyTypeObject::EMPTY
        };

        unsafe extern "C" fn $next(op: *mut PyObject) -> *mut PyObject {
            // SAFETY: slot.
            unsafe { next::<$kind>(op) }
        }
    };
}

iterator_type!(PyDictIterKey_Type, c"dict_keyiterator", next_key, 0);
iterator_type!(PyDictIterValue_Type, c"dict_valueiterator", next_value, 1);
iterator_type!(PyDictIterItem_Type, c"dict_itemiterator", next_item, 2);
iterator_type!(PyDictRevIterKey_Type, c"dict_reversekeyiterator", next_key_back, 2);
iterator_type!(PyDictRevIterValue_Type, c"dict_reversevalueiterator", next_value_back, 2);
iterator_type!(PyDictRevIterItem_Type, c"dict_reverseitemiterator", next_item_back, 2);

/// What an iterator gives.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Keys,
    Values,
    Items,
}

impl Kind {
    fn ty(self, reversed: bool) -> *mut PyTypeObject {
        match (self, reversed) {
            (Kind::Keys, false) => &raw mut PyDictIterKey_Type,
            (Kind::Values, false) => &raw mut PyDictIterValue_Type,
            (Kind::Items, false) => &raw mut PyDictIterItem_Type,
            (Kind::Keys, true) => &raw mut PyDictRevIterKey_Type,
            (Kind::Values, true) => &raw mut PyDictRevIterValue_Type,
            (Kind::Items, true) => &raw mut PyDictRevIterItem_Type,
        }
    }

    fn of(ty: *mut PyTypeObject) -> (Kind, bool) {
        let all = [Kind::Keys, Kind::Values, Kind::Items];
        for kind in all {
            for reversed in [false, true] {
                if kind.ty(reversed) == ty {
                    return (kind, reversed);
                }
            }
        }
        unreachable!("the slot function of a dict iterator")
    }
}

pub fn new(dict: &Object, kind: Kind, reversed: bool) -> Result<Owned> {
    let this = lifecycle::gc_new::<DictIter>(kind.ty(reversed))?;
    // SAFETY: fresh.
    unsafe {
        (*this).dict = dict.to_owned().into_raw();
        (*this).used = len(dict);
        (*this).pos = if reversed { (*keys_of(dict)).filled - 1 } else { 0 };
        (*this)._result = ptr::null_mut();
        (*this).left = len(dict);
        gc::track(this.cast());
        Ok(Owned::from_raw(this.cast()))
    }
}

/// `iter(dict)`. A dict subclass that overrides `__iter__` has another function in its slot.
pub unsafe extern "C" fn iter_slot(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| new(unsafe { Object::from_ptr(op) }, Kind::Keys, false))
}

dealloc_fields!(final dealloc, DictIter, dict);

traverse_fields!(traverse, DictIter, dict);

/// The next key, if `KIND` is 0, or value, if it is 1, as far as it stands at the iterator's place; anything else is
/// left to [`step`].
#[inline(always)]
unsafe fn next<const KIND: u8>(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot: an iterator of ours, whose dict is alive.
    unsafe {
        let this = op.cast::<DictIter>();
        if KIND < 2
            && let Some(dict) = Object::optional((*this).dict)
            && (*this).used == len(dict)
            && (*this).left > 0
        {
            let (table, pos) = (keys_of(dict), (*this).pos);
            if pos < (*table).filled {
                let entry = keys::entries(table).offset(pos);
                if !(*entry).key.is_null() {
                    (*this).pos = pos + 1;
                    (*this).left -= 1;
                    let result = if KIND == 0 { (*entry).key } else { (*entry).value };
                    refcount::incref(result);
                    return result;
                }
            }
        }
        any_step(op)
    }
}

#[inline(never)]
unsafe fn any_step(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's word.
    api(|| unsafe { step(op) })
}

unsafe fn step(op: *mut PyObject) -> Result<Option<Owned>> {
    // SAFETY: slot: an iterator of ours, whose dict is alive.
    unsafe {
        let this = op.cast::<DictIter>();
        let Some(dict) = Object::optional((*this).dict) else { return Ok(None) };
        if (*this).used != len(dict) {
            (*this).used = -1;
            return Err(raise!(RuntimeError, "dictionary changed size during iteration"));
        }
        let (kind, reversed) = Kind::of((*op).ob_type);
        let table = keys_of(dict);
        let mut pos = (*this).pos;
        let mut found = None;
        while pos >= 0 && pos < (*table).filled {
            let entry = keys::entries(table).offset(pos);
            pos += if reversed { -1 } else { 1 };
            if !(*entry).key.is_null() {
                found = Some(*entry);
                break;
            }
        }
        (*this).pos = pos;
        let Some(entry) = found else {
            (*this).dict = ptr::null_mut();
            refcount::decref(dict.as_ptr());
            return Ok(None);
        };
        // More entries than there were: keys were deleted and others added.
        if (*this).left == 0 && !reversed {
            (*this).dict = ptr::null_mut();
            let raised = raise!(RuntimeError, "dictionary keys changed during iteration");
            refcount::decref(dict.as_ptr());
            return Err(raised);
        }
        (*this).left -= 1;
        let (key, value) = (Object::from_ptr(entry.key), Object::from_ptr(entry.value));
        match kind {
            Kind::Keys => Ok(Some(key.to_owned())),
            Kind::Values => Ok(Some(value.to_owned())),
            Kind::Items => tuple::from_slice(&[key, value]).map(Some),
        }
    }
}

unsafe extern "C" fn length_hint(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<DictIter>();
        let left = match Object::optional((*this).dict) {
            Some(dict) if (*this).used == len(dict) => (*this).left,
            _ => 0,
        };
        long::from_i64(left as i64)
    })
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; a copy of the iterator is walked, so that the iterator itself stays where it is.
    api(|| unsafe {
        let this = op.cast::<DictIter>();
        let rest = list::new()?;
        if let Some(dict) = Object::optional((*this).dict) {
            let (kind, reversed) = Kind::of((*op).ob_type);
            let copy = new(dict, kind, reversed)?;
            let other = copy.cast::<DictIter>();
            (*other).used = (*this).used;
            (*other).pos = (*this).pos;
            (*other).left = (*this).left;
            while let Some(item) = step(copy.as_ptr())? {
                list::append(&rest, &item)?;
            }
        }
        let iter = above::builtin("iter")?;
        tuple::from_slice(&[&iter, &*tuple::from_slice(&[&rest])?])
    })
}
