//! `tuple`: a head, the cached hash, and the items behind them. What Python sees is in `methods`, its iterator in
//! `item_iter`.

pub mod methods;

use crate::abi::*;
use crate::mem::{forever, gc, refcount};
use crate::object::{Object, Owned, Result, error, lifecycle};
use crate::state;
use crate::types::item_iter;
use std::mem::offset_of;

#[unsafe(no_mangle)]
pub static mut PyTuple_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"tuple".as_ptr(),
    tp_basicsize: offset_of!(PyTupleObject, ob_item) as isize,
    tp_itemsize: size_of::<*mut PyObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(methods::repr),
    tp_as_sequence: suite(&methods::AS_SEQUENCE),
    tp_as_mapping: suite(&methods::AS_MAPPING),
    tp_hash: Some(methods::hash),
    tp_flags: Py_TPFLAGS_DEFAULT
        | Py_TPFLAGS_HAVE_GC
        | Py_TPFLAGS_BASETYPE
        | Py_TPFLAGS_TUPLE_SUBCLASS
        | _Py_TPFLAGS_MATCH_SELF
        | Py_TPFLAGS_SEQUENCE,
    tp_doc: methods::DOC.as_ptr(),
    tp_traverse: Some(traverse),
    tp_richcompare: Some(methods::richcompare),
    tp_iter: Some(item_iter::iter_slot::<item_iter::Tuple>),
    tp_methods: table(&methods::METHODS),
    tp_new: Some(methods::new_slot),
    tp_vectorcall: Some(methods::vectorcall),
    ..PyTypeObject::EMPTY
};

#[repr(C)]
struct EmptyTuple {
    gc: state::GcHead,
    tuple: PyTupleObject,
}

// SAFETY: immortal, and nothing of it ever changes.
unsafe impl Sync for EmptyTuple {}

static mut EMPTY: EmptyTuple = EmptyTuple {
    gc: state::GcHead { next: 0, prev: 0 },
    tuple: PyTupleObject {
        ob_base: PyVarObject::immortal(&raw mut PyTuple_Type, 0),
        // Known beforehand: interpreters share the object, so nothing is ever written to it.
        ob_hash: methods::EMPTY_HASH,
        ob_item: [std::ptr::null_mut()],
    },
};

/// How many dead tuples of each small size an interpreter keeps.
const MAX_FREE: usize = 2000;

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.has_flag(Py_TPFLAGS_TUPLE_SUBCLASS)
}

#[inline(always)]
pub fn check_exact(o: &Object) -> bool {
    o.is_exact(&raw mut PyTuple_Type)
}

/// The argument of an export that wants a tuple: `SystemError` for anything else, NULL included.
///
/// # Safety
/// `op` is NULL or alive for `'a`.
#[inline(always)]
#[track_caller]
pub unsafe fn checked<'a>(op: *mut PyObject) -> Result<&'a Object> {
    // SAFETY: the caller's word.
    unsafe { Object::checked(op, check) }
}

#[inline(always)]
pub fn empty_ref() -> &'static Object {
    // SAFETY: static.
    unsafe { Object::from_ptr((&raw mut EMPTY.tuple).cast()) }
}

/// The empty tuple: one immortal object.
#[inline(always)]
pub fn empty() -> Owned {
    empty_ref().to_owned()
}

#[inline(always)]
pub fn items_ptr(tuple: *mut PyObject) -> *mut *mut PyObject {
    tuple.wrapping_byte_add(offset_of!(PyTupleObject, ob_item)).cast()
}

/// The items of a tuple or a subclass's instance.
#[inline(always)]
pub fn items(tuple: &Object) -> &[&Object] {
    // SAFETY: a tuple's items stand behind its head, none of them NULL once others see it.
    unsafe { std::slice::from_raw_parts(items_ptr(tuple.as_ptr()).cast::<&Object>(), len(tuple)) }
}

#[inline(always)]
pub fn len(tuple: &Object) -> usize {
    // SAFETY: a tuple.
    unsafe { (*tuple.cast::<PyVarObject>()).ob_size as usize }
}

/// The item at `i`, which C code may have left NULL.
#[inline(always)]
pub fn item_or_null(tuple: &Object, i: usize) -> Option<&Object> {
    debug_assert!(i < len(tuple));
    // SAFETY: the place is there.
    unsafe { Object::optional(*items_ptr(tuple.as_ptr()).add(i)) }
}

/// The item at `i`, which must not be NULL: `SystemError`.
#[inline(always)]
pub fn filled(tuple: &Object, i: usize) -> Result<&Object> {
    match item_or_null(tuple, i) {
        Some(item) => Ok(item),
        None => Err(error::bad_internal_call()),
    }
}

/// A tuple of `n` items that are not written yet and that the collector does not know of; `n` is not 0.
#[inline(always)]
unsafe fn alloc(n: usize) -> Result<*mut PyTupleObject> {
    // SAFETY: attached; the head is written before anyone sees it.
    unsafe {
        let lists = &mut (*state::interp()).freelists.tuples;
        if n <= lists.len() {
            let this = lists[n - 1].pop().cast::<PyTupleObject>();
            if !this.is_null() {
                (*this).ob_base.ob_base.ob_type = &raw mut PyTuple_Type;
                (*this).ob_base.ob_size = n as isize;
                (*this).ob_hash = -1;
                lifecycle::new_reference(this.cast());
                return Ok(this);
            }
        }
        let this = lifecycle::gc_new_var::<PyTupleObject>(&raw mut PyTuple_Type, n as isize)?;
        (*this).ob_hash = -1;
        Ok(this)
    }
}

#[inline(always)]
unsafe fn finish(this: *mut PyTupleObject, track: bool) -> Owned {
    // SAFETY: fresh, and all items are written.
    unsafe {
        if track {
            gc::track(this.cast());
        }
        Owned::from_raw(this.cast())
    }
}

/// A tuple of items of which none can be part of a cycle need not be looked at by the collector: it does not change.
///
/// # Safety
/// `item` is alive.
#[inline(always)]
unsafe fn may_be_in_cycle(item: *mut PyObject) -> bool {
    // SAFETY: the caller's word.
    unsafe { gc::is_gc(item) && ((*item).ob_type != &raw mut PyTuple_Type || gc::is_tracked(item)) }
}

/// A tuple whose items are NULL, for C code that fills it in (`PyTuple_New`).
pub fn with_nulls(n: usize) -> Result<Owned> {
    if n == 0 {
        return Ok(empty());
    }
    // SAFETY: fresh.
    unsafe {
        let this = alloc(n)?;
        items_ptr(this.cast()).write_bytes(0, n);
        Ok(finish(this, true))
    }
}

/// A tuple that all interpreters share, of immortal items.
pub fn shared<'a>(items: impl ExactSizeIterator<Item = &'a Object>) -> &'static Object {
    let n = items.len();
    if n == 0 {
        return empty_ref();
    }
    // SAFETY: fresh, with room for the items.
    unsafe {
        let this = forever::object(&raw mut PyTuple_Type, offset_of!(PyTupleObject, ob_item) + n * size_of::<usize>());
        (*this.cast::<PyVarObject>()).ob_size = n as isize;
        (*this.cast::<PyTupleObject>()).ob_hash = -1;
        for (i, item) in items.enumerate() {
            debug_assert!(refcount::is_immortal(item.as_ptr()));
            items_ptr(this).add(i).write(item.as_ptr());
        }
        Object::from_ptr(this)
    }
}

/// As [`shared`]: one item, and others behind it.
#[inline]
pub fn shared_from(first: &Object, rest: &[&Object]) -> &'static Object {
    let size = offset_of!(PyTupleObject, ob_item) + (1 + rest.len()) * size_of::<usize>();
    // SAFETY: fresh, with room for the items.
    unsafe {
        let this = forever::object(&raw mut PyTuple_Type, size);
        (*this.cast::<PyVarObject>()).ob_size = 1 + rest.len() as isize;
        (*this.cast::<PyTupleObject>()).ob_hash = -1;
        let place = items_ptr(this);
        place.write(first.as_ptr());
        for (i, item) in rest.iter().enumerate() {
            place.add(1 + i).write(item.as_ptr());
        }
        Object::from_ptr(this)
    }
}

#[inline]
pub fn from_slice(items: &[&Object]) -> Result<Owned> {
    if items.is_empty() {
        return Ok(empty());
    }
    // SAFETY: fresh, with room for the items.
    unsafe {
        let this = alloc(items.len())?;
        let place = items_ptr(this.cast());
        let mut track = false;
        for (i, item) in items.iter().enumerate() {
            refcount::incref(item.as_ptr());
            track |= gc::is_gc(item.as_ptr());
            place.add(i).write(item.as_ptr());
        }
        Ok(finish(this, track))
    }
}

/// A tuple of `n` objects that an array of references gives up, whether or not it succeeds.
///
/// # Safety
/// The array holds `n` references that nobody else uses.
#[inline]
pub unsafe fn from_stolen(items: *const *mut PyObject, n: usize) -> Result<Owned> {
    if n == 0 {
        return Ok(empty());
    }
    // SAFETY: the caller's word; the tuple is fresh.
    unsafe {
        match alloc(n) {
            Ok(this) => {
                items_ptr(this.cast()).copy_from_nonoverlapping(items, n);
                let track = (0..n).any(|i| gc::is_gc(*items.add(i)));
                Ok(finish(this, track))
            }
            Err(raised) => {
                for i in 0..n {
                    refcount::decref(*items.add(i));
                }
                Err(raised)
            }
        }
    }
}

pub fn from_owned(items: Vec<Owned>) -> Result<Owned> {
    let mut items = std::mem::ManuallyDrop::new(items);
    // SAFETY: the references move; the vector's block is freed without them.
    unsafe {
        let result = from_stolen(items.as_ptr().cast(), items.len());
        items.set_len(0);
        drop(std::mem::ManuallyDrop::into_inner(items));
        result
    }
}

/// The items of any iterable (`PySequence_Tuple`).
pub fn from_iterable(iterable: &Object) -> Result<Owned> {
    if check_exact(iterable) {
        return Ok(iterable.to_owned());
    }
    if super::list::check_exact(iterable) {
        return super::list::as_tuple(iterable);
    }
    let iterator = iterable.iter()?;
    let mut items = Vec::new();
    while let Some(item) = iterator.next()? {
        if items.try_reserve(1).is_err() {
            return Err(error::no_memory());
        }
        items.push(item);
    }
    from_owned(items)
}

/// The items from `low` up to `high`, both cut to the tuple's length (`PyTuple_GetSlice`).
pub fn slice(tuple: &Object, low: isize, high: isize) -> Result<Owned> {
    let n = len(tuple) as isize;
    let low = low.max(0);
    let high = high.min(n).max(low);
    if low == 0 && high == n && check_exact(tuple) {
        return Ok(tuple.to_owned());
    }
    if low >= n {
        return Ok(empty());
    }
    from_slice(&items(tuple)[low as usize..high as usize])
}

/// A tuple with another number of items, in place of one that only the caller knows (`_PyTuple_Resize`); the
/// reference moves to the result, and is gone with an error.
pub fn resize(tuple: Owned, n: usize) -> Result<Owned> {
    let old = len(&tuple);
    if old == n {
        return Ok(tuple);
    }
    if n == 0 {
        return Ok(empty());
    }
    // SAFETY: items may be NULL; those that stay move to the new tuple, the others go with the old one.
    unsafe {
        let new = with_nulls(n)?;
        let (from, to) = (items_ptr(tuple.as_ptr()), items_ptr(new.as_ptr()));
        for i in 0..old.min(n) {
            to.add(i).write(from.add(i).replace(std::ptr::null_mut()));
        }
        Ok(new)
    }
}

/// An exact tuple whose items can't be part of a cycle: the collector need not look at it again, as they don't change.
///
/// # Safety
/// `op` is alive.
#[inline]
pub unsafe fn is_plain(op: *mut PyObject) -> bool {
    // SAFETY: the caller's word; items are NULL or alive.
    unsafe {
        if (*op).ob_type != &raw mut PyTuple_Type {
            return false;
        }
        let n = (*op.cast::<PyVarObject>()).ob_size as usize;
        (0..n).map(|i| *items_ptr(op).add(i)).all(|item| !item.is_null() && !may_be_in_cycle(item))
    }
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot: nobody else refers to the tuple. The empty tuple is immortal.
    unsafe {
        let n = (*op.cast::<PyVarObject>()).ob_size as usize;
        gc::untrack(op);
        let place = items_ptr(op);
        let mut i = n;
        while i > 0 {
            i -= 1;
            refcount::xdecref(*place.add(i));
        }
        let ty = (*op).ob_type;
        if ty == &raw mut PyTuple_Type {
            let lists = &mut (*state::interp()).freelists.tuples;
            if n == 0 || n > lists.len() || !lists[n - 1].push(op.cast(), MAX_FREE) {
                lifecycle::gc_free(op);
            }
        } else {
            (*ty).tp_free.unwrap_unchecked()(op.cast());
        }
    }
}

unsafe extern "C" fn traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let place = items_ptr(op);
        let mut i = (*op.cast::<PyVarObject>()).ob_size as usize;
        while i > 0 {
            i -= 1;
            let done = super::traverse::visit(*place.add(i), visit, arg);
            if done != 0 {
                return done;
            }
        }
    }
    0
}
