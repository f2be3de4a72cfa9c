//! The methods that the classes of `collections.abc` bring along for those that derive from them. Left out are the
//! views of `Mapping` (`keys`, `items`, `values`) and the operators of `Set`.

use super::native::fast;
use crate::abi::*;
use crate::name;
use crate::object::args::check_positional;
use crate::object::{Object, Owned, Result, error, sequence};
use crate::raise;
use crate::types::{dict, exceptions, iterobject, list, long, none, tuple};

pub static ALL: &[(&str, &[PyMethodDef])] = &[
    ("AsyncIterator", &[PyMethodDef::fast(c"__aiter__", fast!(itself), c"")]),
    ("Iterator", &[PyMethodDef::fast(c"__iter__", fast!(itself), c"")]),
    ("Generator", &[PyMethodDef::fast(c"__next__", fast!(send_none), c"")]),
    (
        "Mapping",
        &[
            PyMethodDef::fast(c"get", fast!(mapping_get), c"The value of a key, or the default."),
            PyMethodDef::fast(c"__contains__", fast!(mapping_contains), c""),
        ],
    ),
    (
        "MutableMapping",
        &[
            PyMethodDef::fast(c"pop", fast!(mapping_pop), c"Remove a key and return its value."),
            PyMethodDef::fast(c"popitem", fast!(mapping_popitem), c"Remove and return some (key, value) pair."),
            PyMethodDef::fast(c"clear", fast!(mapping_clear), c"Remove all items."),
            PyMethodDef::fast_keywords(
                c"update",
                super::native::fast_keywords!(mapping_update),
                c"Take the items of others over.",
            ),
            PyMethodDef::fast(c"setdefault", fast!(mapping_setdefault), c"The value of a key, set if it was missing."),
        ],
    ),
    (
        "Sequence",
        &[
            PyMethodDef::fast(c"__iter__", fast!(sequence_iter), c""),
            PyMethodDef::fast(c"__contains__", fast!(sequence_contains), c""),
            PyMethodDef::fast(c"__reversed__", fast!(sequence_reversed), c""),
            PyMethodDef::fast(c"index", fast!(sequence_index), c"The first index of a value."),
            PyMethodDef::fast(c"count", fast!(sequence_count), c"How often a value occurs."),
        ],
    ),
    (
        "MutableSequence",
        &[
            PyMethodDef::fast(c"append", fast!(sequence_append), c"Add a value to the end."),
            PyMethodDef::fast(c"clear", fast!(sequence_clear), c"Remove all items."),
            PyMethodDef::fast(c"reverse", fast!(sequence_reverse), c"Reverse in place."),
            PyMethodDef::fast(c"extend", fast!(sequence_extend), c"Add values to the end."),
            PyMethodDef::fast(c"pop", fast!(sequence_pop), c"Remove and return an item, the last by default."),
            PyMethodDef::fast(c"remove", fast!(sequence_remove), c"Remove the first occurrence of a value."),
            PyMethodDef::fast(c"__iadd__", fast!(sequence_iadd), c""),
        ],
    ),
    (
        "MutableSet",
        &[
            PyMethodDef::fast(c"remove", fast!(set_remove), c"Remove an element that is there."),
            PyMethodDef::fast(c"pop", fast!(set_pop), c"Remove and return some element."),
            PyMethodDef::fast(c"clear", fast!(set_clear), c"Remove all elements."),
        ],
    ),
];

/// The arguments, `this` among them.
fn between(name: &str, args: &[&Object], min: usize, max: usize) -> Result<()> {
    match args.len().checked_sub(1) {
        Some(n) => check_positional(name, n, min, max),
        None => Err(raise!(TypeError, "{name}() needs an argument")),
    }
}

fn itself(_: &Object, args: &[&Object]) -> Result<Owned> {
    between("__iter__", args, 0, 0)?;
    Ok(Object::to_owned(args[0]))
}

fn send_none(_: &Object, args: &[&Object]) -> Result<Owned> {
    between("__next__", args, 0, 0)?;
    args[0].call_method(name!(send), &[none::none_ref()])
}

/// `this[key]`, `None` for a `KeyError`.
fn lookup(this: &Object, key: &Object) -> Result<Option<Owned>> {
    match this.getitem(key) {
        Ok(value) => Ok(Some(value)),
        Err(raised) => error::ignore(raised, &raw mut exceptions::KeyError).map(|()| None),
    }
}

fn mapping_get(_: &Object, args: &[&Object]) -> Result<Owned> {
    between("get", args, 1, 2)?;
    Ok(lookup(args[0], args[1])?.unwrap_or_else(|| args.get(2).copied().unwrap_or(none::none_ref()).to_owned()))
}

fn mapping_contains(_: &Object, args: &[&Object]) -> Result<bool> {
    between("__contains__", args, 1, 1)?;
    Ok(lookup(args[0], args[1])?.is_some())
}

fn mapping_pop(_: &Object, args: &[&Object]) -> Result<Owned> {
    between("pop", args, 1, 2)?;
    match args[0].getitem(args[1]) {
        Ok(value) => {
            args[0].delitem(args[1])?;
            Ok(value)
        }
        Err(raised) => match args.get(2) {
            Some(default) => {
                error::ignore(raised, &raw mut exceptions::KeyError)?;
                Ok(Object::to_owned(default))
            }
            None => Err(raised),
        },
    }
}

fn mapping_popitem(_: &Object, args: &[&Object]) -> Result<Owned> {
    between("popitem", args, 0, 0)?;
    let Some(key) = args[0].iter()?.next()? else {
        return Err(exceptions::raise_bare(&raw mut exceptions::KeyError));
    };
    let value = args[0].getitem(&key)?;
    args[0].delitem(&key)?;
    tuple::from_owned(vec![key, value])
}

fn mapping_clear(_: &Object, args: &[&Object]) -> Result<()> {
    between("clear", args, 0, 0)?;
    while let Some(key) = args[0].iter()?.next()? {
        args[0].delitem(&key)?;
    }
    Ok(())
}

fn mapping_update(_: &Object, args: super::native::Arguments) -> Result<()> {
    between("update", args.positional, 0, 1)?;
    let this = args.positional[0];
    // Taken over through a dict, which knows every form that the argument may have.
    let new = dict::new()?;
    if let Some(other) = args.positional.get(1) {
        new.call_method(name!(update), &[*other])?;
    }
    if let Some(names) = args.names() {
        for (name, value) in tuple::items(names).iter().zip(&args.all()[args.positional.len()..]) {
            dict::set(&new, name, value)?;
        }
    }
    for (key, value) in dict::entries(&new) {
        this.setitem(&key, &value)?;
    }
    Ok(())
}

fn mapping_setdefault(_: &Object, args: &[&Object]) -> Result<Owned> {
    between("setdefault", args, 1, 2)?;
    if let Some(value) = lookup(args[0], args[1])? {
        return Ok(value);
    }
    let default = args.get(2).copied().unwrap_or(none::none_ref());
    args[0].setitem(args[1], default)?;
    Ok(default.to_owned())
}

fn sequence_iter(_: &Object, args: &[&Object]) -> Result<Owned> {
    between("__iter__", args, 0, 0)?;
    iterobject::new_sequence_iterator(args[0])
}

fn sequence_contains(_: &Object, args: &[&Object]) -> Result<bool> {
    between("__contains__", args, 1, 1)?;
    let iter = args[0].iter()?;
    while let Some(item) = iter.next()? {
        if item.is(args[1]) || item.equals(args[1])? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn sequence_reversed(_: &Object, args: &[&Object]) -> Result<Owned> {
    between("__reversed__", args, 0, 0)?;
    let mut items = Vec::new();
    for i in (0..args[0].size()?).rev() {
        items.push(args[0].getitem(&*long::from_i64(i as i64)?)?);
    }
    list::from_owned(items)?.iter()
}

fn sequence_index(_: &Object, args: &[&Object]) -> Result<usize> {
    between("index", args, 1, 3)?;
    let len = args[0].size()?;
    let bound = |i: usize, default: isize| -> Result<isize> {
        let Some(given) = args.get(i).filter(|given| !given.is_none()) else { return Ok(default) };
        let n = crate::object::number::as_ssize(given, None)?;
        Ok(if n < 0 { (n + len).max(0) } else { n })
    };
    let (start, stop) = (bound(2, 0)?, bound(3, isize::MAX)?);
    let mut i = start;
    while i < stop {
        let item = match args[0].getitem(&*long::from_i64(i as i64)?) {
            Ok(item) => item,
            Err(raised) => {
                error::ignore(raised, &raw mut exceptions::IndexError)?;
                break;
            }
        };
        if item.is(args[1]) || item.equals(args[1])? {
            return Ok(i as usize);
        }
        i += 1;
    }
    Err(exceptions::raise_bare(&raw mut exceptions::ValueError))
}

fn sequence_count(_: &Object, args: &[&Object]) -> Result<usize> {
    between("count", args, 1, 1)?;
    let iter = args[0].iter()?;
    let mut n = 0;
    while let Some(item) = iter.next()? {
        if item.is(args[1]) || item.equals(args[1])? {
            n += 1;
        }
    }
    Ok(n)
}

fn insert(this: &Object, i: isize, value: &Object) -> Result<()> {
    this.call_method(name!(insert), &[&*long::from_i64(i as i64)?, value]).map(drop)
}

fn sequence_append(_: &Object, args: &[&Object]) -> Result<()> {
    between("append", args, 1, 1)?;
    insert(args[0], args[0].size()?, args[1])
}

fn sequence_clear(_: &Object, args: &[&Object]) -> Result<()> {
    between("clear", args, 0, 0)?;
    while let n @ 1.. = args[0].size()? {
        args[0].delitem(&*long::from_i64(n as i64 - 1)?)?;
    }
    Ok(())
}

fn sequence_reverse(_: &Object, args: &[&Object]) -> Result<()> {
    between("reverse", args, 0, 0)?;
    let n = args[0].size()?;
    for i in 0..n / 2 {
        let (front, back) = (long::from_i64(i as i64)?, long::from_i64((n - i - 1) as i64)?);
        let (first, last) = (args[0].getitem(&front)?, args[0].getitem(&back)?);
        args[0].setitem(&front, &last)?;
        args[0].setitem(&back, &first)?;
    }
    Ok(())
}

fn sequence_extend(_: &Object, args: &[&Object]) -> Result<()> {
    between("extend", args, 1, 1)?;
    let values = sequence::list(args[1])?;
    for value in list::each(&values) {
        args[0].call_method(name!(append), &[&value])?;
    }
    Ok(())
}

fn sequence_pop(_: &Object, args: &[&Object]) -> Result<Owned> {
    between("pop", args, 0, 1)?;
    let last = long::from_i64(-1)?;
    let index = args.get(1).copied().unwrap_or(&last);
    let value = args[0].getitem(index)?;
    args[0].delitem(index)?;
    Ok(value)
}

fn sequence_remove(_: &Object, args: &[&Object]) -> Result<()> {
    between("remove", args, 1, 1)?;
    let index = args[0].call_method(name!(index), &[args[1]])?;
    args[0].delitem(&index)
}

fn sequence_iadd(_: &Object, args: &[&Object]) -> Result<Owned> {
    between("__iadd__", args, 1, 1)?;
    args[0].call_method(name!(extend), &[args[1]])?;
    Ok(Object::to_owned(args[0]))
}

fn set_remove(_: &Object, args: &[&Object]) -> Result<()> {
    between("remove", args, 1, 1)?;
    if !sequence::contains(args[0], args[1])? {
        return Err(exceptions::raise_key_error(args[1]));
    }
    discard(args[0], args[1])
}

fn discard(this: &Object, value: &Object) -> Result<()> {
    this.call_method_str("discard", &[value]).map(drop)
}

fn set_pop(_: &Object, args: &[&Object]) -> Result<Owned> {
    between("pop", args, 0, 0)?;
    let Some(value) = args[0].iter()?.next()? else {
        return Err(exceptions::raise_bare(&raw mut exceptions::KeyError));
    };
    discard(args[0], &value)?;
    Ok(value)
}

fn set_clear(_: &Object, args: &[&Object]) -> Result<()> {
    between("clear", args, 0, 0)?;
    while let Some(value) = args[0].iter()?.next()? {
        discard(args[0], &value)?;
    }
    Ok(())
}
