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
use crate::types::{float, long, tuple, unicode};
use std::cmp::Ordering;
use std::ptr;

/// A run shorter than this is made longer by inserting what follows. A list of less than two such runs is one run: there
/// even the order of what has none, such as NaNs, is CPython's.
const MIN_RUN: usize = 32;

/// One place to sort: what is compared, and the item that goes with it.
#[derive(Clone, Copy)]
struct Place {
    key: *mut PyObject,
    item: *mut PyObject,
}

/// What all keys are, as far as that makes comparing faster.
enum Keys {
    Latin1,
    Int,
    Any,
}

impl Keys {
    fn of(places: &[Place]) -> Keys {
        // SAFETY: keys are alive.
        let all = |test: fn(&Object) -> bool| places.iter().all(|place| test(unsafe { Object::from_ptr(place.key) }));
        match () {
            () if all(|key| unicode::check_exact(key) && unicode::layout::kind(key) == PyUnicode_1BYTE_KIND) => {
                Keys::Latin1
            }
            () if all(|key| long::check_exact(key) && long::compact_value(key).is_some()) => Keys::Int,
            () => Keys::Any,
        }
    }
}

/// `a < b`.
#[inline]
fn less(a: Place, b: Place) -> Result<bool> {
    // SAFETY: keys are alive: the array owns them.
    unsafe { less_objects(Object::from_ptr(a.key), Object::from_ptr(b.key)) }
}

/// As `a.compare_bool(b, Py_LT)`, without the way through the slots for the types that are sorted most.
#[inline]
fn less_objects(a: &Object, b: &Object) -> Result<bool> {
    if a.ty() == b.ty() {
        if tuple::check_exact(a) {
            return less_tuples(tuple::items(a), tuple::items(b));
        }
        if let Some(less) = less_exact(a, b) {
            return Ok(less);
        }
    }
    a.compare_bool(b, Py_LT)
}

/// Two objects of one type, if it is str, float or int.
#[inline]
fn less_exact(a: &Object, b: &Object) -> Option<bool> {
    if long::check_exact(a) {
        return long::compact_values(a, b).map(|(a, b)| a < b);
    }
    if unicode::check_exact(a) {
        return Some(unicode::compare::order(a, b).is_lt());
    }
    if a.is_exact(&raw mut float::PyFloat_Type) {
        // SAFETY: floats.
        return Some(unsafe { (*a.cast::<PyFloatObject>()).ob_fval < (*b.cast::<PyFloatObject>()).ob_fval });
    }
    None
}

fn less_tuples(a: &[&Object], b: &[&Object]) -> Result<bool> {
    for (x, y) in a.iter().zip(b) {
        if x.is(y) {
            continue;
        }
        if x.ty() == y.ty()
            && long::check_exact(x)
            && let Some((x, y)) = long::compact_values(x, y)
        {
            if x == y {
                continue;
            }
            return Ok(x < y);
        }
        if !x.equals(y)? {
            return less_objects(x, y);
        }
    }
    Ok(a.len() < b.len())
}

/// Sorts by what is computed of each place once. The order is total and runs nothing foreign, so the library's stable
/// sort will do.
fn sort_cached<K: Copy>(
    places: &mut [Place],
    cache: impl Fn(&Object) -> K,
    order: impl Fn(&(K, Place), &(K, Place)) -> Ordering,
) -> Result<()> {
    let mut cached = Vec::new();
    if cached.try_reserve_exact(places.len()).is_err() {
        return Err(error::no_memory());
    }
    // SAFETY: keys are alive.
    cached.extend(places.iter().map(|place| (cache(unsafe { Object::from_ptr(place.key) }), *place)));
    cached.sort_by(order);
    for (place, (_, sorted)) in places.iter_mut().zip(cached) {
        *place = sorted;
    }
    Ok(())
}

/// The first eight bytes of a text in one number that sorts like them.
fn prefix(text: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    let n = text.len().min(8);
    bytes[..n].copy_from_slice(&text[..n]);
    u64::from_be_bytes(bytes)
}

/// `list.sort(key=..., reverse=...)`.
pub fn sort(list: &Object, key: Option<&Object>, reverse: bool) -> Result<()> {
    // SAFETY: the array is ours while the list is empty.
    unsafe {
        let n = (&raw mut (*this(list)).ob_base.ob_size).replace(0) as usize;
        let array = (&raw mut (*this(list)).ob_item).replace(ptr::null_mut());
        let room = (&raw mut (*this(list)).allocated).replace(-1);
        let result = sort_array(array, n, key, reverse);
        let other_room = (*this(list)).allocated;
        let modified = other_room != -1;
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
            super::free_array(other, other_n, other_room as usize);
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
    // SAFETY: keys are alive, here and in the next line.
    let int = |place: &Place| long::compact_value(unsafe { Object::from_ptr(place.key) });
    // SAFETY: as above.
    let text = |place: &Place| unicode::layout::chars(unsafe { Object::from_ptr(place.key) }).bytes();
    match Keys::of(places) {
        // Sorted already: nothing to cache.
        Keys::Int if places.is_sorted_by_key(int) => return Ok(()),
        Keys::Latin1 if places.is_sorted_by(|a, b| text(a) <= text(b)) => return Ok(()),
        Keys::Int => return sort_cached(places, |key| long::compact_value(key).unwrap_or(0), |a, b| a.0.cmp(&b.0)),
        Keys::Latin1 => {
            return sort_cached(
                places,
                |key| prefix(unicode::layout::chars(key).bytes()),
                |a, b| a.0.cmp(&b.0).then_with(|| text(&a.1).cmp(text(&b.1))),
            );
        }
        Keys::Any => {}
    }
    let n = places.len();
    // Runs that wait to be merged: where each begins. They double in length from the end to the start.
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < n {
        let mut end = run(places, at)?;
        let least = if n < 2 * MIN_RUN { n } else { (at + MIN_RUN).min(n) };
        if end < least {
            insert(places, at, end, least)?;
            end = least;
        }
        starts.push(at);
        at = end;
        while let [.., a, b] = starts[..] {
            if b - a > 2 * (at - b) {
                break;
            }
            merge(places, a, b, at, spare)?;
            starts.pop();
        }
    }
    while let [.., a, b] = starts[..] {
        merge(places, a, b, n, spare)?;
        starts.pop();
    }
    Ok(())
}

/// The end of the run that begins at `start`. A descending one is turned round; equal items in it keep their order,
/// because each group of them is turned round twice.
fn run(places: &mut [Place], start: usize) -> Result<usize> {
    let places = &mut places[start..];
    let mut end = ascend(places, 1)?;
    if end == places.len() {
        return Ok(start + end);
    }
    if end > 1 {
        if less(places[0], places[end - 1])? {
            return Ok(start + end);
        }
        // All equal, and the next one is smaller.
        places[..end].reverse();
    }
    end += 1;
    let mut equal = 0;
    while end < places.len() {
        if less(places[end], places[end - 1])? {
            if equal > 0 {
                places[end - equal - 1..end].reverse();
                equal = 0;
            }
        } else if less(places[end - 1], places[end])? {
            break;
        } else {
            equal += 1;
        }
        end += 1;
    }
    if equal > 0 {
        places[end - equal - 1..end].reverse();
    }
    places[..end].reverse();
    Ok(start + ascend(places, end)?)
}

/// Goes on from `end` while no item is smaller than the one before it.
fn ascend(places: &[Place], mut end: usize) -> Result<usize> {
    while end < places.len() && !less(places[end], places[end - 1])? {
        end += 1;
    }
    Ok(end)
}

/// Makes the run `start..end` one of `start..to`, by binary insertion.
fn insert(places: &mut [Place], start: usize, end: usize, to: usize) -> Result<()> {
    for i in end..to {
        let place = places[i];
        let (mut low, mut high) = (start, i);
        while low < high {
            let middle = low + (high - low) / 2;
            if less(place, places[middle])? {
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
fn merge(places: &mut [Place], a: usize, b: usize, end: usize, spare: &mut Vec<Place>) -> Result<()> {
    // Runs that are in order already, as of sorted input, cost one comparison.
    if !less(places[b], places[b - 1])? {
        return Ok(());
    }
    spare.clear();
    spare.extend_from_slice(&places[a..b]);
    let (mut left, mut right, mut out) = (0, b, a);
    let mut result = Ok(());
    while left < spare.len() && right < end {
        match less(places[right], spare[left]) {
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
