//! Sorting a list: a stable merge sort that looks for runs first.
//!
//! Comparing runs foreign code, so nothing about it can be relied on: it may raise, contradict itself, or change the
//! list. While the sort runs the list is empty, and the sort works on an array of its own, which at every comparison
//! holds each item once. An error ends the sort and leaves the items in some order. A list that was changed meanwhile
//! gives `ValueError` and loses the changes.

use super::this;
use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, Result, error};
use crate::raise;
use crate::types::{float, long, unicode};
use std::ptr;

/// A run shorter than this is made longer by inserting what follows.
const MIN_RUN: usize = 32;

/// One place to sort: what is compared, and the item that goes with it.
#[derive(Clone, Copy)]
struct Place {
    key: *mut PyObject,
    item: *mut PyObject,
}

/// What all keys are, as far as that makes comparing faster.
#[derive(Clone, Copy)]
enum Keys {
    Str,
    Int,
    Float,
    Any,
}

impl Keys {
    fn of(places: &[Place]) -> Keys {
        let all = |ty: *mut PyTypeObject| {
            // SAFETY: keys are alive.
            places.iter().all(|place| unsafe { (*place.key).ob_type == ty })
        };
        match () {
            () if all(&raw mut unicode::PyUnicode_Type) => Keys::Str,
            () if all(&raw mut float::PyFloat_Type) => Keys::Float,
            // SAFETY: keys are alive.
            () if all(&raw mut long::PyLong_Type)
                && places.iter().all(|place| long::compact_value(unsafe { Object::from_ptr(place.key) }).is_some()) =>
            {
                Keys::Int
            }
            () => Keys::Any,
        }
    }

    /// `a < b`.
    #[inline]
    fn less(self, a: Place, b: Place) -> Result<bool> {
        // SAFETY: keys are alive: the array owns them.
        let (a, b) = unsafe { (Object::from_ptr(a.key), Object::from_ptr(b.key)) };
        match self {
            // SAFETY: floats.
            Keys::Float => Ok(unsafe { (*a.cast::<PyFloatObject>()).ob_fval < (*b.cast::<PyFloatObject>()).ob_fval }),
            _ => a.compare_bool(b, Py_LT),
        }
    }
}

/// `list.sort(key=..., reverse=...)`.
pub fn sort(list: &Object, key: Option<&Object>, reverse: bool) -> Result<()> {
    // SAFETY: the array is ours while the list is empty.
    unsafe {
        let n = (&raw mut (*this(list)).ob_base.ob_size).replace(0) as usize;
        let array = (&raw mut (*this(list)).ob_item).replace(ptr::null_mut());
        let room = (&raw mut (*this(list)).allocated).replace(-1);
        let result = sort_array(array, n, key, reverse);
        let modified = (*this(list)).allocated != -1;
        let other = (*this(list)).ob_item;
        let other_n = (*this(list)).ob_base.ob_size as usize;
        (*this(list)).ob_item = array;
        (*this(list)).allocated = room;
        (*this(list)).ob_base.ob_size = n as isize;
        let result = match result {
            Ok(()) if modified => Err(raise!(ValueError, "list modified during sort")),
            result => result,
        };
        // What the list was changed to, if anything.
        if !other.is_null() {
            super::free_array(other, other_n);
        }
        result
    }
}

unsafe fn sort_array(array: *mut *mut PyObject, n: usize, key: Option<&Object>, reverse: bool) -> Result<()> {
    if n == 0 {
        return Ok(());
    }
    let mut places = Vec::new();
    let mut spare = Vec::new();
    if places.try_reserve_exact(n).is_err() || spare.try_reserve_exact(n).is_err() {
        return Err(error::no_memory());
    }
    // SAFETY: `array` holds `n` objects that it owns.
    unsafe {
        let mut failed = None;
        for i in 0..n {
            let item = *array.add(i);
            let key = match key {
                Some(key) => match key.call(&[Object::from_ptr(item)]) {
                    Ok(key) => key.into_raw(),
                    Err(raised) => {
                        failed = Some(raised);
                        break;
                    }
                },
                None => item,
            };
            places.push(Place { key, item });
        }
        let result = match failed {
            Some(raised) => Err(raised),
            None if n < 2 => Ok(()),
            None => {
                // Equal items keep their order in a reversed sort too: it is sorted from behind.
                if reverse {
                    places.reverse();
                }
                let result = merge_sort(&mut places, &mut spare);
                if reverse {
                    places.reverse();
                }
                for (i, place) in places.iter().enumerate() {
                    array.add(i).write(place.item);
                }
                result
            }
        };
        if key.is_some() {
            for place in &places {
                refcount::decref(place.key);
            }
        }
        result
    }
}

fn merge_sort(places: &mut [Place], spare: &mut Vec<Place>) -> Result<()> {
    let keys = Keys::of(places);
    // SAFETY: keys are alive, and of the type that `keys` says.
    let key = |place: &Place| unsafe { Object::from_ptr(place.key) };
    match keys {
        // These orders are total and run nothing foreign, so the library's stable sort will do.
        Keys::Int => {
            places.sort_by_key(|place| long::compact_value(key(place)));
            return Ok(());
        }
        Keys::Str => {
            places.sort_by(|a, b| unicode::compare::order(key(a), key(b)));
            return Ok(());
        }
        Keys::Float | Keys::Any => {}
    }
    let n = places.len();
    // Runs that wait to be merged: where each begins. They double in length from the end to the start.
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < n {
        let mut end = run(places, at, keys)?;
        let least = (at + MIN_RUN).min(n);
        if end < least {
            insert(places, at, end, least, keys)?;
            end = least;
        }
        starts.push(at);
        at = end;
        while let [.., a, b] = starts[..] {
            if b - a > 2 * (at - b) {
                break;
            }
            merge(places, a, b, at, spare, keys)?;
            starts.pop();
        }
    }
    while let [.., a, b] = starts[..] {
        merge(places, a, b, n, spare, keys)?;
        starts.pop();
    }
    Ok(())
}

/// The end of the run that begins at `start`; a strictly descending one is turned round.
fn run(places: &mut [Place], start: usize, keys: Keys) -> Result<usize> {
    let n = places.len();
    let mut end = start + 1;
    if end == n {
        return Ok(end);
    }
    let descending = keys.less(places[end], places[start])?;
    end += 1;
    while end < n && keys.less(places[end], places[end - 1])? == descending {
        end += 1;
    }
    if descending {
        places[start..end].reverse();
    }
    Ok(end)
}

/// Makes the run `start..end` one of `start..to`, by binary insertion.
fn insert(places: &mut [Place], start: usize, end: usize, to: usize, keys: Keys) -> Result<()> {
    for i in end..to {
        let place = places[i];
        let (mut low, mut high) = (start, i);
        while low < high {
            let middle = low + (high - low) / 2;
            if keys.less(place, places[middle])? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        places.copy_within(low..i, low + 1);
        places[low] = place;
    }
    Ok(())
}

/// Merges the neighbouring runs `a..b` and `b..end`.
fn merge(places: &mut [Place], a: usize, b: usize, end: usize, spare: &mut Vec<Place>, keys: Keys) -> Result<()> {
    // Runs that are in order already, as of sorted input, cost one comparison.
    if !keys.less(places[b], places[b - 1])? {
        return Ok(());
    }
    spare.clear();
    spare.extend_from_slice(&places[a..b]);
    let (mut left, mut right, mut out) = (0, b, a);
    let mut result = Ok(());
    while left < spare.len() && right < end {
        match keys.less(places[right], spare[left]) {
            Ok(true) => {
                places[out] = places[right];
                right += 1;
            }
            Ok(false) => {
                places[out] = spare[left];
                left += 1;
            }
            Err(raised) => {
                result = Err(raised);
                break;
            }
        }
        out += 1;
    }
    // What is left of the first run fits just before what is left of the second.
    places[out..right].copy_from_slice(&spare[left..]);
    result
}
