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
use std::mem::MaybeUninit;
use std::ptr;

/// A run shorter than this is made longer by inserting what follows. A list of less than two such runs is one run:
/// there even the order of what has none, such as NaNs, is CPython's.
const MIN_RUN: usize = 32;

/// So many items at most are put into a short run, whatever else could be done.
const FEW_INSERTED: usize = 12;

/// With more than one short run in so many places, they are in no order that merging makes use of.
const LONG_RUN: usize = 128;

/// So many places need no memory but the stack's.
const FEW: usize = 64;

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

/// `a < b`, of any objects.
#[inline]
fn less(a: Place, b: Place) -> Result<bool> {
    // SAFETY: keys are alive: the array owns them.
    unsafe { less_objects(Object::from_ptr(a.key), Object::from_ptr(b.key)) }
}

/// As [`less`] of [`Keys::Latin1`].
#[inline]
fn less_text(a: Place, b: Place) -> Result<bool> {
    let (a, b) = (text(&a), text(&b));
    // Most often the first bytes tell.
    match (a.first_chunk::<8>(), b.first_chunk::<8>()) {
        (Some(x), Some(y)) if x != y => Ok(u64::from_be_bytes(*x) < u64::from_be_bytes(*y)),
        _ => Ok(a < b),
    }
}

/// As [`less`] of [`Keys::Int`].
#[inline]
fn less_int(a: Place, b: Place) -> Result<bool> {
    Ok(int(&a) < int(&b))
}

#[inline]
fn text<'a>(place: &Place) -> &'a [u8] {
    // SAFETY: a key is alive while it is sorted, and its characters are bytes.
    unsafe {
        let key = Object::from_ptr(place.key);
        std::slice::from_raw_parts(unicode::layout::data(key), unicode::layout::len(key))
    }
}

#[inline]
fn int(place: &Place) -> i64 {
    // SAFETY: a key is alive while it is sorted.
    long::compact_value(unsafe { Object::from_ptr(place.key) }).unwrap_or(0)
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
    cache: impl Fn(&Place) -> K,
    order: impl Fn(&(K, Place), &(K, Place)) -> Ordering,
) -> Result<()> {
    let mut cached = Vec::new();
    if cached.try_reserve_exact(places.len()).is_err() {
        return Err(error::no_memory());
    }
    cached.extend(places.iter().map(|place| (cache(place), *place)));
    cached.sort_by(order);
    for (place, (_, sorted)) in places.iter_mut().zip(cached) {
        *place = sorted;
    }
    Ok(())
}

/// Sorts texts by eight of their bytes each, those behind what all begin with; where these are equal, by the rest.
fn sort_texts(places: &mut [Place]) -> Result<()> {
    let common = common_start(places);
    sort_cached(
        places,
        |place| first_bytes(&text(place)[common..]),
        |a, b| a.0.cmp(&b.0).then_with(|| text(&a.1).cmp(text(&b.1))),
    )
}

/// How many bytes all texts begin with.
fn common_start(places: &[Place]) -> usize {
    let Some((first, rest)) = places.split_first() else { return 0 };
    let mut common = text(first);
    for place in rest {
        let text = text(place);
        if !text.starts_with(common) {
            let n = common.iter().zip(text).take_while(|(a, b)| a == b).count();
            common = &common[..n];
        }
        if common.is_empty() {
            break;
        }
    }
    common.len()
}

/// The first eight bytes of a text in one number that sorts like them.
#[inline]
fn first_bytes(text: &[u8]) -> u64 {
    if let Some(bytes) = text.first_chunk() {
        return u64::from_be_bytes(*bytes);
    }
    let mut bytes = [0; 8];
    // SAFETY: a text of less than eight bytes.
    unsafe { unicode::layout::copy_bytes(text.as_ptr(), bytes.as_mut_ptr(), text.len()) };
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
    let mut few = [const { MaybeUninit::<Place>::uninit() }; FEW];
    let mut many = Vec::new();
    let room = if n <= FEW {
        &mut few[..]
    } else if many.try_reserve_exact(n).is_ok() {
        many.spare_capacity_mut()
    } else {
        return Err(error::no_memory());
    };
    // SAFETY: `array` holds `n` objects that it owns; of `room`, `filled` places are.
    unsafe {
        let (mut failed, mut filled) = (None, 0);
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
            room[i].write(Place { key, item });
            filled += 1;
        }
        let places = std::slice::from_raw_parts_mut(room.as_mut_ptr().cast::<Place>(), filled);
        let result = match failed {
            Some(raised) => Err(raised),
            None if n < 2 => Ok(()),
            None => {
                // Equal items keep their order in a reversed sort too: it is sorted from behind.
                if reverse {
                    places.reverse();
                }
                let result = merge_sort(places);
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
            for place in places {
                refcount::decref(place.key);
            }
        }
        result
    }
}

fn merge_sort(places: &mut [Place]) -> Result<()> {
    match Keys::of(places) {
        Keys::Any => merge_runs(places, less, false).map(drop),
        Keys::Int if merge_runs(places, less_int, true)? => Ok(()),
        Keys::Int => sort_cached(places, int, |a, b| a.0.cmp(&b.0)),
        Keys::Latin1 if merge_runs(places, less_text, true)? => Ok(()),
        Keys::Latin1 => sort_texts(places),
    }
}

/// Sorts by merging runs. If the caller knows something better for places that are in no order, this stops when it
/// finds that they are, and gives false: some runs are merged then, and equal items are in their order still.
fn merge_runs(places: &mut [Place], less: impl Fn(Place, Place) -> Result<bool>, may_stop: bool) -> Result<bool> {
    let n = places.len();
    let mut spare = Vec::new();
    // Runs that wait to be merged: where each begins. They double in length from the end to the start.
    let mut starts: Vec<usize> = Vec::new();
    let (mut at, mut short) = (0, 0);
    while at < n {
        let mut end = run(places, at, &less)?;
        let least = if n < 2 * MIN_RUN { n } else { (at + MIN_RUN).min(n) };
        if end < least {
            if may_stop && least - end > FEW_INSERTED && short >= at / LONG_RUN {
                return Ok(false);
            }
            short += 1;
            insert(places, at, end, least, &less)?;
            end = least;
        }
        if at == 0 && end == n {
            return Ok(true);
        }
        starts.push(at);
        at = end;
        while let [.., a, b] = starts[..] {
            if b - a > 2 * (at - b) {
                break;
            }
            merge(places, a, b, at, &mut spare, &less)?;
            starts.pop();
        }
    }
    while let [.., a, b] = starts[..] {
        merge(places, a, b, n, &mut spare, &less)?;
        starts.pop();
    }
    Ok(true)
}

/// The end of the run that begins at `start`. A descending one is turned round; equal items in it keep their order,
/// because each group of them is turned round twice.
fn run(places: &mut [Place], start: usize, less: &impl Fn(Place, Place) -> Result<bool>) -> Result<usize> {
    let places = &mut places[start..];
    let mut end = ascend(places, 1, less)?;
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
    Ok(start + ascend(places, end, less)?)
}

/// Goes on from `end` while no item is smaller than the one before it.
#[inline]
fn ascend(places: &[Place], mut end: usize, less: &impl Fn(Place, Place) -> Result<bool>) -> Result<usize> {
    while end < places.len() && !less(places[end], places[end - 1])? {
        end += 1;
    }
    Ok(end)
}

/// Makes the run `start..end` one of `start..to`, by binary insertion.
fn insert(
    places: &mut [Place],
    start: usize,
    end: usize,
    to: usize,
    less: &impl Fn(Place, Place) -> Result<bool>,
) -> Result<()> {
    for i in end..to {
        let place = places[i];
        let low = partition(places, start, i, |other| Ok(!less(place, other)?))?;
        places.copy_within(low..i, low + 1);
        places[low] = place;
    }
    Ok(())
}

/// The first of the places from `low` to `high` of which `before` does not hold; it holds of all that stand before one
/// of which it does.
#[inline]
fn partition(
    places: &[Place],
    mut low: usize,
    mut high: usize,
    before: impl Fn(Place) -> Result<bool>,
) -> Result<usize> {
    while low < high {
        let middle = low + (high - low) / 2;
        if before(places[middle])? {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

/// Merges the neighbouring runs `a..b` and `b..end`.
fn merge(
    places: &mut [Place],
    a: usize,
    b: usize,
    end: usize,
    spare: &mut Vec<Place>,
    less: &impl Fn(Place, Place) -> Result<bool>,
) -> Result<()> {
    // Runs that are in order already, as of sorted input, cost one comparison.
    if !less(places[b], places[b - 1])? {
        return Ok(());
    }
    // What the first run begins with and what the second ends with may stay where it is.
    let (first, last) = (places[b], places[b - 1]);
    let a = partition(places, a, b - 1, |place| Ok(!less(first, place)?))?;
    let end = partition(places, b + 1, end, |place| less(place, last))?;
    spare.clear();
    if spare.try_reserve(b - a).is_err() {
        return Err(error::no_memory());
    }
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
