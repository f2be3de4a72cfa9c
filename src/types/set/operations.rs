//! What sets do with each other and with other iterables. The order in which keys are added is CPython's, because it
//! shows in the order of the result.

use super::{
    PyFrozenSet_Type, PySet_Type, add_hashed, check, check_any, check_any_exact, clear, contains, contains_hashed,
    discard, discard_hashed, each, grow, len, new_of, swap, this, update,
};
use crate::abi::*;
use crate::object::{Object, Owned, Result, error};
use crate::types::{dict, exceptions};

/// `set` or `frozenset`, whichever the set's type derives from: the type of results.
pub fn base_type(set: &Object) -> *mut PyTypeObject {
    if check(set) { &raw mut PySet_Type } else { &raw mut PyFrozenSet_Type }
}

/// A set of type `ty` with the keys of an iterable.
pub fn make(ty: *mut PyTypeObject, iterable: Option<&Object>) -> Result<Owned> {
    let new = new_of(ty)?;
    if let Some(iterable) = iterable {
        update(&new, iterable)?;
    }
    Ok(new)
}

pub fn copy(set: &Object) -> Result<Owned> {
    make(base_type(set), Some(set))
}

/// As [`contains`], where a set stands for the frozenset with the same keys.
pub fn contains_or_frozen(set: &Object, key: &Object) -> Result<bool> {
    with_frozen(key, |key| contains(set, key))
}

/// As [`discard`], where a set stands for the frozenset with the same keys.
pub fn discard_or_frozen(set: &Object, key: &Object) -> Result<bool> {
    with_frozen(key, |key| discard(set, key))
}

fn with_frozen(key: &Object, ask: impl Fn(&Object) -> Result<bool>) -> Result<bool> {
    match ask(key) {
        Err(raised) if check(key) => {
            error::ignore(raised, &raw mut exceptions::TypeError)?;
            ask(&*make(&raw mut PyFrozenSet_Type, Some(key))?)
        }
        result => result,
    }
}

pub fn union(set: &Object, others: &[&Object]) -> Result<Owned> {
    let result = copy(set)?;
    for other in others {
        if !set.is(other) {
            update(&result, other)?;
        }
    }
    Ok(result)
}

pub fn intersection(set: &Object, other: &Object) -> Result<Owned> {
    if set.is(other) {
        return copy(set);
    }
    let result = new_of(base_type(set))?;
    if check_any(other) {
        let (large, small) = if len(other) > len(set) { (other, set) } else { (set, other) };
        for (key, hash) in each(small) {
            if contains_hashed(large, &key, hash)? {
                add_hashed(&result, &key, hash)?;
            }
        }
        return Ok(result);
    }
    let iterator = other.iter()?;
    while let Some(key) = iterator.next()? {
        let hash = key.hash()?;
        if contains_hashed(set, &key, hash)? {
            add_hashed(&result, &key, hash)?;
        }
    }
    Ok(result)
}

pub fn intersection_of_all(set: &Object, others: &[&Object]) -> Result<Owned> {
    let Some((first, rest)) = others.split_first() else { return copy(set) };
    let mut result = intersection(set, first)?;
    for other in rest {
        result = intersection(&result, other)?;
    }
    Ok(result)
}

pub fn intersection_update(set: &Object, others: &[&Object]) -> Result<()> {
    let result = intersection_of_all(set, others)?;
    swap(set, &result);
    Ok(())
}

pub fn difference(set: &Object, other: &Object) -> Result<Owned> {
    let other_len = match () {
        () if check_any(other) => Some(len(other)),
        () if dict::check_exact(other) => Some(dict::len(other)),
        () => None,
    };
    match other_len {
        Some(n) if len(set) >> 2 <= n => {}
        _ => {
            let result = copy(set)?;
            difference_update(&result, other)?;
            return Ok(result);
        }
    }
    let result = new_of(base_type(set))?;
    for (key, hash) in each(set) {
        let there = if check_any(other) {
            contains_hashed(other, &key, hash)?
        } else {
            dict::contains_hashed(other, &key, hash)?
        };
        if !there {
            add_hashed(&result, &key, hash)?;
        }
    }
    Ok(result)
}

pub fn difference_of_all(set: &Object, others: &[&Object]) -> Result<Owned> {
    let Some((first, rest)) = others.split_first() else { return copy(set) };
    let result = difference(set, first)?;
    for other in rest {
        difference_update(&result, other)?;
    }
    Ok(result)
}

pub fn difference_update(set: &Object, other: &Object) -> Result<()> {
    if set.is(other) {
        clear(set);
        return Ok(());
    }
    if check_any(other) {
        // A much larger one: only what both have matters.
        let smaller = if len(other) >> 3 > len(set) { Some(intersection(set, other)?) } else { None };
        for (key, hash) in each(smaller.as_deref().unwrap_or(other)) {
            discard_hashed(set, &key, hash)?;
        }
    } else {
        let iterator = other.iter()?;
        while let Some(key) = iterator.next()? {
            discard(set, &key)?;
        }
    }
    // SAFETY: a set. Many dummies: the table is built anew without them.
    unsafe {
        if ((*this(set)).fill - (*this(set)).used) as usize > (*this(set)).mask as usize / 4 {
            grow(set)?;
        }
    }
    Ok(())
}

pub fn symmetric_difference(set: &Object, other: &Object) -> Result<Owned> {
    let result = make(base_type(set), Some(other))?;
    toggle(&result, set)?;
    Ok(result)
}

pub fn symmetric_difference_update(set: &Object, other: &Object) -> Result<()> {
    if set.is(other) {
        clear(set);
        return Ok(());
    }
    if dict::check_exact(other) {
        let mut pos = 0;
        while let Some((key, _, hash)) = dict::next_hashed(other, &mut pos) {
            let key = key.to_owned();
            if !discard_hashed(set, &key, hash)? {
                add_hashed(set, &key, hash)?;
            }
        }
        return Ok(());
    }
    if check_any(other) {
        return toggle(set, other);
    }
    let other = make(base_type(set), Some(other))?;
    toggle(set, &other)
}

/// Takes out the keys of `other` that are there and adds those that are not.
fn toggle(set: &Object, other: &Object) -> Result<()> {
    for (key, hash) in each(other) {
        if !discard_hashed(set, &key, hash)? {
            add_hashed(set, &key, hash)?;
        }
    }
    Ok(())
}

pub fn is_disjoint(set: &Object, other: &Object) -> Result<bool> {
    if set.is(other) {
        return Ok(len(set) == 0);
    }
    if check_any_exact(other) {
        let (large, small) = if len(other) > len(set) { (other, set) } else { (set, other) };
        for (key, hash) in each(small) {
            if contains_hashed(large, &key, hash)? {
                return Ok(false);
            }
        }
        return Ok(true);
    }
    let iterator = other.iter()?;
    while let Some(key) = iterator.next()? {
        if contains(set, &key)? {
            return Ok(false);
        }
    }
    Ok(true)
}

pub fn is_subset(set: &Object, other: &Object) -> Result<bool> {
    if !check_any(other) {
        let both = intersection(set, other)?;
        return Ok(len(&both) == len(set));
    }
    if len(set) > len(other) {
        return Ok(false);
    }
    for (key, hash) in each(set) {
        if !contains_hashed(other, &key, hash)? {
            return Ok(false);
        }
    }
    Ok(true)
}

pub fn is_superset(set: &Object, other: &Object) -> Result<bool> {
    if check_any(other) {
        return is_subset(other, set);
    }
    let iterator = other.iter()?;
    while let Some(key) = iterator.next()? {
        if !contains(set, &key)? {
            return Ok(false);
        }
    }
    Ok(true)
}
