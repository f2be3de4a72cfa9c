//! Sequences: `PySequence_*`.

use super::{Object, Owned, Result, api, error, mapping, number};
use crate::abi::*;
use crate::raise;
use crate::types::{exceptions, list as list_type, long, none, slice, tuple as tuple_type, typeobject};
use std::ptr;

/// The type's suite of sequence functions, if it has one.
#[inline(always)]
fn suite(o: &Object) -> Option<&PySequenceMethods> {
    // SAFETY: a live object's type is alive, and its suites with it.
    unsafe { (*o.ty()).tp_as_sequence.as_ref() }
}

#[inline(always)]
fn mapping_suite(o: &Object) -> Option<&PyMappingMethods> {
    // SAFETY: a live object's type is alive, and its suites with it.
    unsafe { (*o.ty()).tp_as_mapping.as_ref() }
}

/// `PySequence_Check`: items by index, and no dict.
#[inline]
pub fn check(o: &Object) -> bool {
    !o.has_flag(Py_TPFLAGS_DICT_SUBCLASS) && suite(o).is_some_and(|s| s.sq_item.is_some())
}

/// `PySequence_Size`.
pub fn size(o: &Object) -> Result<isize> {
    mapping::checked_length(size_unchecked(o)?)
}

/// `PySequence_Size`: what the slot says, be it negative, is the answer.
///
/// # Safety
/// `o` is NULL or alive.
#[inline(always)]
pub unsafe fn size_in_c(o: *mut PyObject) -> isize {
    // SAFETY: slot.
    unsafe {
        match Object::optional(o).and_then(suite).and_then(|s| s.sq_length) {
            Some(length) => length(o),
            None => no_size(o),
        }
    }
}

#[cold]
#[inline(never)]
unsafe fn no_size(o: *mut PyObject) -> isize {
    // SAFETY: the caller's word.
    api(|| unsafe { size_unchecked(Object::new(o)?) })
}

fn size_unchecked(o: &Object) -> Result<isize> {
    if let Some(length) = suite(o).and_then(|s| s.sq_length) {
        // SAFETY: slot.
        return Ok(unsafe { length(o.as_ptr()) });
    }
    if mapping_suite(o).is_some_and(|m| m.mp_length.is_some()) {
        return Err(raise!(TypeError, "{} is not a sequence", typeobject::tp_name(o.ty())));
    }
    Err(raise!(TypeError, "object of type '{}' has no len()", typeobject::tp_name(o.ty())))
}

/// A negative index counts from the end, if the sequence says how long it is.
fn from_end(o: &Object, i: isize) -> Result<isize> {
    if i < 0
        && let Some(length) = suite(o).and_then(|s| s.sq_length)
    {
        // SAFETY: slot.
        return Ok(i + mapping::checked_length(unsafe { length(o.as_ptr()) })?);
    }
    Ok(i)
}

/// `PySequence_GetItem`.
#[inline(always)]
pub fn item(o: &Object, i: isize) -> Result<Owned> {
    match suite(o).and_then(|s| s.sq_item) {
        // SAFETY: slot.
        Some(f) if i >= 0 => unsafe { Owned::from_c(f(o.as_ptr(), i)) },
        f => item_from_end(o, i, f),
    }
}

#[inline(never)]
fn item_from_end(o: &Object, i: isize, f: ssizeargfunc) -> Result<Owned> {
    if let Some(f) = f {
        let i = from_end(o, i)?;
        // SAFETY: slot.
        return unsafe { Owned::from_c(f(o.as_ptr(), i)) };
    }
    if mapping_suite(o).is_some_and(|m| m.mp_subscript.is_some()) {
        return Err(raise!(TypeError, "{} is not a sequence", typeobject::tp_name(o.ty())));
    }
    Err(raise!(TypeError, "'{}' object does not support indexing", typeobject::tp_name(o.ty())))
}

/// `PySequence_SetItem`, and with NULL for `value` `PySequence_DelItem`: the slot's answer is the answer.
///
/// # Safety
/// Each is NULL or alive.
#[inline(always)]
pub unsafe fn assign_in_c(o: *mut PyObject, i: isize, value: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe {
        match Object::optional(o).and_then(suite).and_then(|s| s.sq_ass_item) {
            Some(f) if i >= 0 => f(o, i, value),
            _ => assign_anyway(o, i, value),
        }
    }
}

#[inline(never)]
unsafe fn assign_anyway(o: *mut PyObject, i: isize, value: *mut PyObject) -> c_int {
    // SAFETY: the caller's word.
    api(|| unsafe {
        let o = Object::new(o)?;
        match Object::optional(value) {
            Some(value) => set_item(o, i, value),
            None => del_item(o, i),
        }
    })
}

/// `PySequence_SetItem`.
pub fn set_item(o: &Object, i: isize, value: &Object) -> Result<()> {
    assign(o, i, value.as_ptr(), "assignment")
}

/// `PySequence_DelItem`.
pub fn del_item(o: &Object, i: isize) -> Result<()> {
    assign(o, i, ptr::null_mut(), "deletion")
}

fn assign(o: &Object, i: isize, value: *mut PyObject, what: &str) -> Result<()> {
    if let Some(f) = suite(o).and_then(|s| s.sq_ass_item) {
        let i = from_end(o, i)?;
        // SAFETY: slot.
        return error::status(unsafe { f(o.as_ptr(), i, value) });
    }
    if mapping_suite(o).is_some_and(|m| m.mp_ass_subscript.is_some()) {
        return Err(raise!(TypeError, "{} is not a sequence", typeobject::tp_name(o.ty())));
    }
    let verb = if what == "deletion" { "doesn't" } else { "does not" };
    Err(raise!(TypeError, "'{}' object {verb} support item {what}", typeobject::tp_name(o.ty())))
}

/// `low:high` as a slice object.
fn slice_of(low: isize, high: isize) -> Result<Owned> {
    let (low, high) = (long::from_i64(low as i64)?, long::from_i64(high as i64)?);
    slice::new(&low, &high, none::none_ref())
}

/// `PySequence_GetSlice`.
pub fn get_slice(o: &Object, low: isize, high: isize) -> Result<Owned> {
    if let Some(f) = mapping_suite(o).and_then(|m| m.mp_subscript) {
        let key = slice_of(low, high)?;
        // SAFETY: slot.
        return unsafe { Owned::from_c(f(o.as_ptr(), key.as_ptr())) };
    }
    Err(raise!(TypeError, "'{}' object is unsliceable", typeobject::tp_name(o.ty())))
}

/// `PySequence_SetSlice`, and `PySequence_DelSlice` with `None`.
pub fn set_slice(o: &Object, low: isize, high: isize, value: Option<&Object>) -> Result<()> {
    if let Some(f) = mapping_suite(o).and_then(|m| m.mp_ass_subscript) {
        let key = slice_of(low, high)?;
        // SAFETY: slot.
        let status = unsafe { f(o.as_ptr(), key.as_ptr(), value.map_or(ptr::null_mut(), Object::as_ptr)) };
        return error::status(status);
    }
    Err(match value {
        Some(_) => raise!(TypeError, "'{}' object doesn't support slice assignment", typeobject::tp_name(o.ty())),
        None => {
            raise!(TypeError, "'{}' object doesn't support slice deletion", typeobject::tp_name(o.ty()))
        }
    })
}

/// `PySequence_Concat`, and `PySequence_InPlaceConcat`.
pub fn concat(a: &Object, b: &Object, inplace: bool) -> Result<Owned> {
    if let Some(s) = suite(a)
        && let Some(f) = if inplace { s.sq_inplace_concat.or(s.sq_concat) } else { s.sq_concat }
    {
        // SAFETY: slot.
        return unsafe { Owned::from_c(f(a.as_ptr(), b.as_ptr())) };
    }
    // Classes define `__add__` only; both sides should look like sequences.
    if check(a)
        && check(b)
        && let Some(result) = number::by_operator(a, b, number::ADD, inplace)?
    {
        return Ok(result);
    }
    Err(raise!(TypeError, "'{}' object can't be concatenated", typeobject::tp_name(a.ty())))
}

/// `PySequence_Repeat`, and `PySequence_InPlaceRepeat`.
pub fn repeat(o: &Object, count: isize, inplace: bool) -> Result<Owned> {
    if let Some(s) = suite(o)
        && let Some(f) = if inplace { s.sq_inplace_repeat.or(s.sq_repeat) } else { s.sq_repeat }
    {
        // SAFETY: slot.
        return unsafe { Owned::from_c(f(o.as_ptr(), count)) };
    }
    if check(o) {
        let n = long::from_i64(count as i64)?;
        if let Some(result) = number::by_operator(o, &n, number::MULTIPLY, inplace)? {
            return Ok(result);
        }
    }
    Err(raise!(TypeError, "'{}' object can't be repeated", typeobject::tp_name(o.ty())))
}

/// `PySequence_Contains`.
pub fn contains(o: &Object, item: &Object) -> Result<bool> {
    if let Some(f) = suite(o).and_then(|s| s.sq_contains) {
        // SAFETY: slot.
        let status = unsafe { f(o.as_ptr(), item.as_ptr()) };
        error::status(status)?;
        return Ok(status > 0);
    }
    search(o, item, Search::Contains).map(|n| n > 0)
}

/// What [`search`] looks for.
#[derive(Clone, Copy, PartialEq)]
pub enum Search {
    Count,
    Index,
    Contains,
}

/// `_PySequence_IterSearch`: goes through the items and compares.
pub fn search(o: &Object, item: &Object, what: Search) -> Result<isize> {
    let it = match o.iter() {
        Ok(it) => it,
        Err(raised) => {
            if error::matches(&raw mut exceptions::TypeError) {
                drop(error::caught(raised));
                let name = typeobject::tp_name(o.ty());
                return Err(if what == Search::Contains {
                    raise!(TypeError, "argument of type '{name}' is not a container or iterable")
                } else {
                    raise!(TypeError, "argument of type '{name}' is not iterable")
                });
            }
            return Err(raised);
        }
    };
    let mut n = 0isize;
    let mut wrapped = false;
    while let Some(candidate) = it.next()? {
        if candidate.equals(item)? {
            match what {
                Search::Count => {
                    if n == isize::MAX {
                        return Err(raise!(OverflowError, "count exceeds C integer size"));
                    }
                    n += 1;
                }
                Search::Index => {
                    if wrapped {
                        return Err(raise!(OverflowError, "index exceeds C integer size"));
                    }
                    return Ok(n);
                }
                Search::Contains => return Ok(1),
            }
        }
        if what == Search::Index {
            if n == isize::MAX {
                wrapped = true;
            }
            n = n.wrapping_add(1);
        }
    }
    match what {
        Search::Index => Err(raise!(ValueError, "sequence.index(x): x not in sequence")),
        _ => Ok(n),
    }
}

/// `PySequence_List`: a new list of the items of an iterable.
pub fn list(o: &Object) -> Result<Owned> {
    list_type::from_owned(collect(o, 8)?)
}

/// `PySequence_Tuple`.
pub fn tuple(o: &Object) -> Result<Owned> {
    if o.is_exact(&raw mut tuple_type::PyTuple_Type) {
        return Ok(o.to_owned());
    }
    if o.is_exact(&raw mut list_type::PyList_Type) {
        return list_type::as_tuple(o);
    }
    tuple_type::from_iterable(o)
}

/// The items of an iterable; room is made for as many as it promises.
fn collect(o: &Object, default: isize) -> Result<Vec<Owned>> {
    if o.is_exact(&raw mut tuple_type::PyTuple_Type) {
        return Ok(tuple_type::items(o).iter().map(|i| (*i).to_owned()).collect());
    }
    let it = o.iter()?;
    let mut items = Vec::with_capacity(o.length_hint(default)?.clamp(0, 1 << 16) as usize);
    while let Some(item) = it.next()? {
        items.push(item);
    }
    Ok(items)
}

/// `PySequence_Fast`: the object itself if it is a list or tuple, else a list of its items; `message` is the
/// `TypeError` for what can't be iterated.
#[inline]
pub fn fast(o: &Object, message: &str) -> Result<Owned> {
    if is_fast(o) { Ok(o.to_owned()) } else { listed(o, message) }
}

/// Exactly a list or a tuple.
#[inline(always)]
pub fn is_fast(o: &Object) -> bool {
    o.is_exact(&raw mut list_type::PyList_Type) || o.is_exact(&raw mut tuple_type::PyTuple_Type)
}

fn listed(o: &Object, message: &str) -> Result<Owned> {
    let it = match o.iter() {
        Ok(it) => it,
        Err(raised) => {
            if error::matches(&raw mut exceptions::TypeError) {
                drop(error::caught(raised));
                return Err(raise!(TypeError, "{message}"));
            }
            return Err(raised);
        }
    };
    list(&it)
}

/// `_Py_convert_optional_to_ssize_t`: `None` leaves the value as it is.
pub fn optional_ssize(o: &Object) -> Result<Option<isize>> {
    if o.is(none::none_ref()) {
        return Ok(None);
    }
    if !number::is_index(o) {
        return Err(raise!(
            TypeError,
            "argument should be integer or None, not '{:.200}'",
            typeobject::tp_name(o.ty())
        ));
    }
    number::as_ssize(o, Some(exceptions::object(&raw mut exceptions::OverflowError))).map(Some)
}
