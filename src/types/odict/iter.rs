//! The iterator and the views of an OrderedDict.

use super::{state, this};
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::slots::PyObject_SelfIter;
use crate::object::{Object, Owned, Result, above, api, lifecycle};
use crate::raise;
use crate::types::dict::{self, views::DictView};
use crate::types::{iterobject, list, tuple, typeobject};
use crate::{dealloc_fields, traverse_fields};
use std::ffi::CStr;

const KEYS: c_int = 1;
const VALUES: c_int = 2;
const REVERSED: c_int = 4;

/// The iterator. CPython's is as large.
#[repr(C)]
struct ODictIter {
    ob_base: PyObject,
    kind: c_int,
    /// NULL once the iterator is exhausted.
    odict: *mut PyObject,
    size: isize,
    state: usize,
    pos: isize,
    _unused: usize,
}

static ITER_METHODS: [PyMethodDef; 2] =
    [PyMethodDef::noargs(c"__reduce__", iter_reduce, iterobject::REDUCE_DOC), PyMethodDef::END];

#[unsafe(no_mangle)]
pub static mut PyODictIter_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"odict_iterator".as_ptr(),
    tp_basicsize: size_of::<ODictIter>() as isize,
    tp_dealloc: Some(iter_dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: Some(iter_traverse),
    tp_iter: Some(PyObject_SelfIter),
    tp_iternext: Some(iter_next),
    tp_methods: table(&ITER_METHODS),
    ..PyTypeObject::EMPTY
};

fn new_iterator(odict: &Object, kind: c_int) -> Result<Owned> {
    let iterator = lifecycle::gc_new::<ODictIter>(&raw mut PyODictIter_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*iterator).kind = kind;
        (*iterator).odict = odict.to_owned().into_raw();
        (*iterator).size = dict::len(odict);
        (*iterator).state = state(odict);
        (*iterator).pos = if kind & REVERSED != 0 { dict::end(odict) } else { 0 };
        gc::track(iterator.cast());
        Ok(Owned::from_raw(iterator.cast()))
    }
}

pub unsafe extern "C" fn iter_slot(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| new_iterator(unsafe { this(op) }, KEYS))
}

pub unsafe extern "C" fn reversed(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| new_iterator(unsafe { this(op) }, KEYS | REVERSED))
}

dealloc_fields!(final iter_dealloc, ODictIter, odict);

traverse_fields!(iter_traverse, ODictIter, odict);

unsafe extern "C" fn iter_next(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { step(op.cast()) })
}

unsafe fn step(iterator: *mut ODictIter) -> Result<Option<Owned>> {
    // SAFETY: the iterator owns the dict.
    unsafe {
        let Some(odict) = Object::optional((*iterator).odict) else { return Ok(None) };
        let fault = match () {
            () if (*iterator).state != state(odict) => Some("mutated"),
            () if (*iterator).size != dict::len(odict) => Some("changed size"),
            () => None,
        };
        let mut entry = None;
        if fault.is_none() {
            let pos = &mut (*iterator).pos;
            let found =
                if (*iterator).kind & REVERSED != 0 { dict::previous(odict, pos) } else { dict::next(odict, pos) };
            entry = found.map(|(key, value)| (key.to_owned(), value.to_owned()));
        }
        let Some((key, value)) = entry else {
            refcount::clear(&raw mut (*iterator).odict);
            return match fault {
                Some(fault) => Err(raise!(RuntimeError, "OrderedDict {fault} during iteration")),
                None => Ok(None),
            };
        };
        Ok(Some(match (*iterator).kind & (KEYS | VALUES) {
            KEYS => key,
            VALUES => value,
            _ => tuple::from_slice(&[&key, &value])?,
        }))
    }
}

unsafe extern "C" fn iter_reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot; a copy of the iterator is walked, so that the iterator itself stays where it is.
    api(|| unsafe {
        let iterator = op.cast::<ODictIter>();
        let rest = list::new()?;
        if let Some(odict) = Object::optional((*iterator).odict) {
            let copy = new_iterator(odict, (*iterator).kind)?;
            let other = copy.cast::<ODictIter>();
            (*other).state = (*iterator).state;
            (*other).size = (*iterator).size;
            (*other).pos = (*iterator).pos;
            while let Some(item) = step(other)? {
                list::push(&rest, item)?;
            }
        }
        let iter = above::builtin("iter")?;
        tuple::from_slice(&[&iter, &*tuple::from_slice(&[&rest])?])
    })
}

/// Defines a view: its method, its type and its iterators.
macro_rules! views {
    ($(
        export $symbol:ident $method:ident $base:ident $name:literal
        $methods:ident $iter:ident $reversed:ident $kind:expr;
    )*) => { $(
        pub unsafe extern "C" fn $method(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
            // SAFETY: slot.
            api(|| new_view(&raw mut $symbol, unsafe { this(op) }))
        }

        unsafe extern "C" fn $iter(op: *mut PyObject) -> *mut PyObject {
            // SAFETY: slot.
            api(|| unsafe { view_iterator(op, $kind) })
        }

        unsafe extern "C" fn $reversed(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
            // SAFETY: slot.
            api(|| unsafe { view_iterator(op, $kind | REVERSED) })
        }

        static $methods: [PyMethodDef; 2] =
            [PyMethodDef::noargs(c"__reversed__", $reversed, REVERSED_DOC), PyMethodDef::END];

        #[unsafe(no_mangle)]
        pub static mut $symbol: PyTypeObject = PyTypeObject {
            ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
            tp_name: $name.as_ptr(),
            tp_basicsize: size_of::<DictView>() as isize,
            tp_iter: Some($iter),
            tp_methods: table(&$methods),
            tp_base: &raw mut dict::views::$base,
            ..PyTypeObject::EMPTY
        };
    )* };
}

const REVERSED_DOC: &CStr = c"__reversed__($self, /)\n--\n\n";

views! {
    export PyODictKeys_Type keys PyDictKeys_Type c"odict_keys"
        KEYS_METHODS keys_iter keys_reversed KEYS;
    export PyODictValues_Type values PyDictValues_Type c"odict_values"
        VALUES_METHODS values_iter values_reversed VALUES;
    export PyODictItems_Type items PyDictItems_Type c"odict_items"
        ITEMS_METHODS items_iter items_reversed KEYS | VALUES;
}

fn new_view(ty: *mut PyTypeObject, odict: &Object) -> Result<Owned> {
    let view = lifecycle::gc_new::<DictView>(ty)?;
    // SAFETY: fresh.
    unsafe {
        (*view).dv_dict = odict.to_owned().into_raw();
        gc::track(view.cast());
        Ok(Owned::from_raw(view.cast()))
    }
}

/// # Safety
/// `op` is a view of an OrderedDict.
unsafe fn view_iterator(op: *mut PyObject, kind: c_int) -> Result<Owned> {
    // SAFETY: a view owns its dict.
    new_iterator(unsafe { Object::from_ptr((*op.cast::<DictView>()).dv_dict) }, kind)
}
