//! `builtins`: functions that go through an iterable.

use crate::abi::*;
use crate::name;
use crate::object::args::{Signature, check_positional};
use crate::object::native::{Arguments, fast, fast_keywords, one};
use crate::object::number;
use crate::object::{Object, Owned, Result, error, sequence};
use crate::raise;
use crate::types::{boolobject, bytearray, bytes, exceptions, float, iterobject, long, tuple, typeobject, unicode};

pub const METHODS: [PyMethodDef; 9] = [
    PyMethodDef::one(c"all", one!(all), c"all($module, iterable, /)\n--\n\nWhether every item is true."),
    PyMethodDef::one(c"any", one!(any), c"any($module, iterable, /)\n--\n\nWhether an item is true."),
    PyMethodDef::fast(c"iter", fast!(iter), c"iter(iterable) -> iterator\niter(callable, sentinel) -> iterator"),
    PyMethodDef::fast_keywords(
        c"max",
        fast_keywords!(|_: &Object, args: Arguments| extreme("max", Py_GT, args)),
        c"max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value",
    ),
    PyMethodDef::fast_keywords(
        c"min",
        fast_keywords!(|_: &Object, args: Arguments| extreme("min", Py_LT, args)),
        c"min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value",
    ),
    PyMethodDef::fast(c"next", fast!(next), c"next(iterator[, default])\n\nThe next item; the default at the end."),
    PyMethodDef::fast_keywords(
        c"sorted",
        fast_keywords!(sorted),
        c"sorted($module, iterable, /, *, key=None, reverse=False)\n--\n\nA new list of the items in ascending order.",
    ),
    PyMethodDef::fast_keywords(
        c"sum",
        fast_keywords!(sum),
        c"sum($module, iterable, /, start=0)\n--\n\nThe sum of the start and the items.",
    ),
    PyMethodDef::END,
];

/// Whether an item whose truth is `wanted` comes.
fn finds(iterable: &Object, wanted: bool) -> Result<bool> {
    let iterator = iterable.iter()?;
    while let Some(item) = iterator.next()? {
        if item.is_true()? == wanted {
            return Ok(true);
        }
    }
    Ok(false)
}

fn all(_module: &Object, iterable: &Object) -> Result<bool> {
    finds(iterable, false).map(|found| !found)
}

fn any(_module: &Object, iterable: &Object) -> Result<bool> {
    finds(iterable, true)
}

fn iter(_module: &Object, args: &[&Object]) -> Result<Owned> {
    check_positional("iter", args.len(), 1, 2)?;
    if args.len() == 1 {
        return args[0].iter();
    }
    if !args[0].is_callable() {
        return Err(raise!(TypeError, "iter(v, w): v must be callable"));
    }
    iterobject::new_call_iterator(args[0], args[1])
}

fn next(_module: &Object, args: &[&Object]) -> Result<Owned> {
    check_positional("next", args.len(), 1, 2)?;
    if !args[0].is_iterator() {
        let name = error::cut(typeobject::tp_name(args[0].ty()), 200);
        return Err(raise!(TypeError, "'{name}' object is not an iterator"));
    }
    // The slot itself: an iterator's own StopIteration keeps its value.
    // SAFETY: an iterator's type has the slot.
    let item = unsafe { (*args[0].ty()).tp_iternext.expect("is_iterator")(args[0].as_ptr()) };
    // SAFETY: a new reference or NULL.
    if let Some(item) = unsafe { Owned::optional(item) } {
        return Ok(item);
    }
    match args.get(1) {
        Some(default) => {
            if error::occurred() {
                // SAFETY: an exception is set: this was just looked at.
                error::ignore(unsafe { error::Raised::already() }, &raw mut exceptions::StopIteration)?;
            }
            Ok(Object::to_owned(default))
        }
        // SAFETY: an exception is set: this was just looked at.
        None if error::occurred() => Err(unsafe { error::Raised::already() }),
        None => Err(exceptions::raise_bare(&raw mut exceptions::StopIteration)),
    }
}

const MAX: Signature<2> = Signature::new("max", ["key", "default"]).positional(0);
const MIN: Signature<2> = Signature::new("min", ["key", "default"]).positional(0);

/// The first item that no other one beats.
fn extreme(function: &str, op: c_int, args: Arguments) -> Result<Owned> {
    let positional = args.positional;
    if positional.is_empty() {
        return Err(raise!(TypeError, "{function} expected at least 1 argument, got 0"));
    }
    let [key, default] = args.bind_named(if op == Py_GT { &MAX } else { &MIN })?;
    if positional.len() > 1 && default.is_some() {
        return Err(raise!(TypeError, "Cannot specify a default for {function}() with multiple positional arguments"));
    }
    let key = key.filter(|key| !key.is_none());
    let several;
    let iterable = if positional.len() > 1 {
        several = tuple::from_slice(positional)?;
        &*several
    } else {
        positional[0]
    };
    let iterator = iterable.iter()?;
    // The best item and what it is compared by.
    let mut best: Option<(Owned, Owned)> = None;
    while let Some(item) = iterator.next()? {
        let value = match key {
            Some(key) => key.call(&[&item])?,
            None => item.clone(),
        };
        if match &best {
            Some((_, most)) => value.compare_bool(most, op)?,
            None => true,
        } {
            best = Some((item, value));
        }
    }
    match (best, default) {
        (Some((item, _)), _) => Ok(item),
        (None, Some(default)) => Ok(default.to_owned()),
        (None, None) => Err(raise!(ValueError, "{function}() iterable argument is empty")),
    }
}

fn sorted(_module: &Object, args: Arguments) -> Result<Owned> {
    let &[iterable] = args.positional else {
        return Err(raise!(TypeError, "sorted expected 1 argument, got {}", args.positional.len()));
    };
    let list = sequence::list(iterable)?;
    list.getattr(name!(sort))?.call_keywords(&args.all()[1..], args.names())?;
    Ok(list)
}

const SUM: Signature<2> = Signature::new("sum", ["", "start"]).required(1);

fn sum(_module: &Object, args: Arguments) -> Result<Owned> {
    let [iterable, start] = args.bind(&SUM)?;
    let iterator = iterable.expect("bind checked it").iter()?;
    let refused =
        |kind: &str, instead: &str| Err(raise!(TypeError, "sum() can't sum {kind} [use {instead}.join(seq) instead]"));
    let total = match start {
        None => long::from_i64(0)?,
        Some(start) if unicode::check(start) => return refused("strings", "''"),
        Some(start) if bytes::check(start) => return refused("bytes", "b''"),
        Some(start) if bytearray::check(start) => return refused("bytearray", "b''"),
        Some(start) => start.to_owned(),
    };
    add_up(&iterator, total)
}

/// Adds in machine integers while they last, then in doubles with the error carried along (Neumaier), else by `+`.
fn add_up(iterator: &Object, start: Owned) -> Result<Owned> {
    let mut total = start;
    if long::check_exact(&total)
        && let Some(mut sum) = long::to_i64(&total)
    {
        loop {
            let Some(item) = iterator.next()? else { return long::from_i64(sum) };
            let exact = long::check_exact(&item) || item.is_exact(&raw mut boolobject::PyBool_Type);
            match exact.then(|| long::to_i64(&item)).flatten().and_then(|value| sum.checked_add(value)) {
                Some(next) => sum = next,
                None => {
                    total = number::binary(&*long::from_i64(sum)?, &item, number::ADD)?;
                    break;
                }
            }
        }
    }
    if total.is_exact(&raw mut float::PyFloat_Type) {
        let (mut sum, mut carried) = (float::value(&total), 0.0);
        let result = |sum: f64, carried: f64| {
            float::from_f64(if carried != 0.0 && f64::is_finite(carried) { sum + carried } else { sum })
        };
        loop {
            let Some(item) = iterator.next()? else { return result(sum, carried) };
            if item.is_exact(&raw mut float::PyFloat_Type) {
                let x = float::value(&item);
                let next = sum + x;
                carried += if sum.abs() >= x.abs() { (sum - next) + x } else { (x - next) + sum };
                sum = next;
            } else if long::check(&item)
                && let Some(value) = long::to_i64(&item)
            {
                sum += value as f64;
            } else {
                total = number::binary(&*result(sum, carried)?, &item, number::ADD)?;
                break;
            }
        }
    }
    while let Some(item) = iterator.next()? {
        total = number::binary(&total, &item, number::ADD)?;
    }
    Ok(total)
}
