//! Filling a dict from another mapping, from a sequence of pairs, or from keys with one value.

use super::{contains_hashed, copy, fill_from, iter, keys, keys_of, len, next_hashed, watch};
use crate::abi::*;
use crate::name;
use crate::object::{Object, Owned, Raised, Result, error, sequence};
use crate::raise;
use crate::types::{exceptions, list, set, tuple, typeobject};

/// What happens to a key that is in both.
#[derive(Clone, Copy, PartialEq)]
pub enum Existing {
    Keep,
    Replace,
    /// `KeyError` with the key (`_PyDict_MergeEx`): a keyword argument given twice.
    Refuse,
}

/// A dict whose iteration has not been overridden: its table may be read in place of calling its methods.
fn is_plain(o: &Object) -> bool {
    // SAFETY: a live object's type.
    super::check(o) && unsafe { (*o.ty()).tp_iter.is_some_and(|f| f as usize == iter::iter_slot as *const () as usize) }
}

/// From a dict, or anything with `keys` and subscripts.
pub fn merge(dict: &Object, other: &Object, existing: Existing) -> Result<()> {
    if is_plain(other) { merge_dict(dict, other, existing) } else { merge_mapping(dict, other, existing) }
}

fn merge_dict(dict: &Object, other: &Object, existing: Existing) -> Result<()> {
    if other.is(dict) || len(other) == 0 {
        return Ok(());
    }
    let used = len(other);
    // SAFETY: tables of dicts.
    let compact = unsafe { (*keys_of(other)).filled == used };
    if keys_of(dict) == keys::empty() && compact {
        if watch::watched(dict) {
            watch::send(dict, PyDict_EVENT_CLONED, Some(other), None);
        }
        if keys_of(dict) == keys::empty() {
            return fill_from(dict, other);
        }
    }
    super::reserve(dict, (len(dict) + used) as usize)?;
    let mut pos = 0;
    // SAFETY: tables of dicts.
    let filled = unsafe { (*keys_of(other)).filled };
    while let Some((key, value, hash)) = next_hashed(other, &mut pos) {
        let (key, value) = (key.to_owned(), value.to_owned());
        match existing {
            Existing::Replace => super::set_hashed(dict, &key, hash, &value)?,
            _ if contains_hashed(dict, &key, hash)? => {
                if existing == Existing::Refuse {
                    return Err(super::key_error(&key));
                }
            }
            _ => super::set_hashed(dict, &key, hash, &value)?,
        }
        // SAFETY: tables of dicts.
        if unsafe { (*keys_of(other)).filled } != filled {
            return Err(raise!(RuntimeError, "dict mutated during update"));
        }
    }
    Ok(())
}

fn merge_mapping(dict: &Object, other: &Object, existing: Existing) -> Result<()> {
    let names = other.call_method(name!(keys), &[])?;
    let iterator = names.iter().map_err(|raised| not_iterable(other, &names, raised))?;
    while let Some(key) = iterator.next()? {
        if existing != Existing::Replace && super::contains(dict, &key)? {
            if existing == Existing::Refuse {
                return Err(super::key_error(&key));
            }
            continue;
        }
        let value = other.getitem(&key)?;
        super::set(dict, &key, &value)?;
    }
    Ok(())
}

#[cold]
fn not_iterable(other: &Object, names: &Object, raised: Raised) -> Raised {
    if !error::matches(&raw mut exceptions::TypeError) {
        return raised;
    }
    raise!(
        TypeError,
        "{}.keys() returned a non-iterable (type {})",
        typeobject::tp_name(other.ty()),
        typeobject::tp_name(names.ty())
    )
}

/// From an iterable of pairs (`PyDict_MergeFromSeq2`).
pub fn merge_pairs(dict: &Object, pairs: &Object, override_existing: bool) -> Result<()> {
    let iterator = pairs.iter()?;
    let mut i = 0;
    while let Some(item) = iterator.next()? {
        let pair = match sequence::fast(&item, "object is not iterable") {
            Ok(pair) => pair,
            Err(raised) => return Err(not_a_pair(raised, i)),
        };
        let items: Vec<Owned> = sequence_items(&pair);
        let [key, value] = &items[..] else {
            return Err(raise!(
                ValueError,
                "dictionary update sequence element #{i} has length {}; 2 is required",
                items.len()
            ));
        };
        if override_existing {
            super::set(dict, key, value)?;
        } else {
            super::set_default(dict, key, value)?;
        }
        i += 1;
    }
    Ok(())
}

/// The items of a list or tuple, owned.
fn sequence_items(o: &Object) -> Vec<Owned> {
    let items = if list::check(o) { list::items(o) } else { tuple::items(o) };
    items.iter().copied().map(Object::to_owned).collect()
}

/// `TypeError`s get a note of which element it was.
#[cold]
fn not_a_pair(raised: Raised, i: isize) -> Raised {
    if !error::matches(&raw mut exceptions::TypeError) {
        return raised;
    }
    let exception = error::caught(raised);
    let note = crate::types::unicode::from_str(&format!(
        "Cannot convert dictionary update sequence element #{i} to a sequence"
    ));
    if note.and_then(|note| exception.call_method(name!(add_note), &[&note])).is_err() {
        error::clear();
    }
    error::restore(exception)
}

/// What `dict.update(other)` and `dict(other)` do with their one argument: a mapping has `keys`.
pub fn update_from(dict: &Object, other: &Object) -> Result<()> {
    if super::check_exact(other) {
        return merge(dict, other, Existing::Replace);
    }
    if other.getattr_optional(name!(keys))?.is_some() {
        return merge(dict, other, Existing::Replace);
    }
    merge_pairs(dict, other, true)
}

/// `dict.fromkeys`: made by calling `class`.
pub fn from_keys(class: &Object, iterable: &Object, value: &Object) -> Result<Owned> {
    let new = class.call(&[])?;
    if super::check_exact(&new) && len(&new) == 0 {
        if super::check_exact(iterable) {
            super::reserve(&new, len(iterable) as usize)?;
            let mut pos = 0;
            while let Some((key, _, hash)) = next_hashed(iterable, &mut pos) {
                super::set_hashed(&new, &key.to_owned(), hash, value)?;
            }
            return Ok(new);
        }
        if set::check_any_exact(iterable) {
            super::reserve(&new, set::len(iterable) as usize)?;
            let mut pos = 0;
            while let Some((key, hash)) = set::next(iterable, &mut pos) {
                super::set_hashed(&new, &key.to_owned(), hash, value)?;
            }
            return Ok(new);
        }
    }
    let iterator = iterable.iter()?;
    let exact = super::check_exact(&new);
    while let Some(key) = iterator.next()? {
        if exact {
            super::set(&new, &key, value)?;
        } else {
            new.setitem(&key, value)?;
        }
    }
    Ok(new)
}

/// `a | b` of two dicts.
pub fn union(a: &Object, b: &Object) -> Result<Owned> {
    let new = copy(a)?;
    update_from(&new, b)?;
    Ok(new)
}

/// A new dict of pairs in two strided arrays (`_PyDict_FromItems`).
///
/// # Safety
/// Each array has `n` objects, `stride` pointers apart.
pub unsafe fn from_items(
    keys: *const *mut PyObject,
    key_stride: isize,
    values: *const *mut PyObject,
    value_stride: isize,
    n: isize,
) -> Result<Owned> {
    let new = super::with_room(n as usize)?;
    for i in 0..n {
        // SAFETY: the caller's word.
        let (key, value) = unsafe {
            (Object::from_ptr(*keys.offset(i * key_stride)), Object::from_ptr(*values.offset(i * value_stride)))
        };
        super::set(&new, key, value)?;
    }
    Ok(new)
}
