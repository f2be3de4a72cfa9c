//! What Python sees of `list`: its slots and methods.

use super::{
    append, as_tuple, check, check_exact, clear, each_filled, extend, filled, from_slice, get, insert, items, iter,
    len, remove_at, replace, reverse, sort,
};
use crate::abi::*;
use crate::object::args::{self, Signature, check_positional};
use crate::object::compare::relates;
use crate::object::{Object, Owned, Result, api, error, number, repr as text, sequence, this};
use crate::raise;
use crate::types::tuple::methods::search_bounds;
use crate::types::unicode::{self, Writer};
use crate::types::{boolobject, exceptions, genericalias, list, long, none, slice, tuple, typeobject};
use std::ffi::CStr;

pub const DOC: &CStr = c"list(iterable=(), /)
--

A sequence that can be changed.

Without an argument it is empty, else it has the items of the iterable.";

pub static METHODS: [PyMethodDef; 16] = [
    PyMethodDef::one(
        c"__getitem__",
        subscript,
        c"__getitem__($self, index, /)\n--\n\nThe item at an index, or a list of those in a slice.",
    )
    .with(METH_COEXIST),
    PyMethodDef::noargs(
        c"__reversed__",
        reversed,
        c"__reversed__($self, /)\n--\n\nAn iterator over the items from the last to the first.",
    ),
    PyMethodDef::noargs(c"__sizeof__", sizeof, c"__sizeof__($self, /)\n--\n\nHow many bytes the list takes in memory."),
    PyMethodDef::noargs(c"clear", clear_method, c"clear($self, /)\n--\n\nTake all items out."),
    PyMethodDef::noargs(c"copy", copy, c"copy($self, /)\n--\n\nA new list of the same items."),
    PyMethodDef::one(c"append", append_method, c"append($self, object, /)\n--\n\nAdd an item at the end."),
    PyMethodDef::fast(
        c"insert",
        insert_method,
        c"insert($self, index, object, /)\n--\n\nPut an item in front of the one at index.",
    ),
    PyMethodDef::one(c"extend", extend_method, c"extend($self, iterable, /)\n--\n\nAppend all items of the iterable."),
    PyMethodDef::fast(
        c"pop",
        pop,
        c"pop($self, index=-1, /)\n--\n\nTake out the item at the index, by default the last one; IndexError if it is \
        not there.",
    ),
    PyMethodDef::one(
        c"remove",
        remove,
        c"remove($self, value, /)\n--\n\nTake the first item out that equals value; ValueError if there is none.",
    ),
    PyMethodDef::fast(
        c"index",
        index,
        c"index($self, value, start=0, stop=sys.maxsize, /)\n--\n\nThe index of the first item that equals value; \
        ValueError if there is none.",
    ),
    PyMethodDef::one(c"count", count, c"count($self, value, /)\n--\n\nHow many items equal value."),
    PyMethodDef::noargs(c"reverse", reverse_method, c"reverse($self, /)\n--\n\nTurn the order of the items round."),
    PyMethodDef::fast_keywords(
        c"sort",
        sort_method,
        c"sort($self, /, *, key=None, reverse=False)\n--\n\nPut the items in ascending order. Returns None.\n\nThe \
        sort is in place and stable. With a key function items are ordered by what it gives for them.",
    ),
    genericalias::CLASS_GETITEM,
    PyMethodDef::END,
];

pub static AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: Some(length),
    sq_concat: Some(concat_slot),
    sq_repeat: Some(repeat_slot),
    sq_item: Some(item),
    sq_ass_item: Some(assign_item),
    sq_contains: Some(contains),
    sq_inplace_concat: Some(inplace_concat),
    sq_inplace_repeat: Some(inplace_repeat),
    ..PySequenceMethods::EMPTY
};

pub static AS_MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: Some(length),
    mp_subscript: Some(subscript),
    mp_ass_subscript: Some(assign_subscript),
};

fn index_error() -> &'static Object {
    exceptions::object(&raw mut exceptions::IndexError)
}

unsafe extern "C" fn length(op: *mut PyObject) -> isize {
    // SAFETY: slot.
    len(unsafe { this(op) }) as isize
}

unsafe extern "C" fn item(op: *mut PyObject, i: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| at(unsafe { this(op) }, i))
}

#[inline]
fn at(list: &Object, i: isize) -> Result<Owned> {
    // A negative index is larger than any size.
    get(list, i as usize).ok_or_else(|| raise!(IndexError, "list index out of range"))
}

/// An index given as an object; negative counts from the end.
#[inline]
fn own_index(list: &Object, key: &Object) -> Result<isize> {
    let i = match long::compact_value_exact(key) {
        Some(i) => i as isize,
        None => number::as_ssize(key, Some(index_error()))?,
    };
    Ok(if i < 0 { i + len(list) as isize } else { i })
}

unsafe extern "C" fn subscript(op: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let (list, key) = unsafe { (this(op), this(key)) };
    api(|| {
        if number::is_index(key) {
            let i = own_index(list, key)?;
            return at(list, i);
        }
        if slice::check(key) {
            return subscript_slice(list, key);
        }
        Err(bad_index(key))
    })
}

#[cold]
fn bad_index(key: &Object) -> crate::object::Raised {
    raise!(TypeError, "list indices must be integers or slices, not {:.200}", typeobject::tp_name(key.ty()))
}

/// `list[slice]` (`_PyList_SliceSubscript`).
pub fn subscript_slice(list: &Object, key: &Object) -> Result<Owned> {
    let picked = slice::unpack(key)?.adjust(len(list));
    if picked.step == 1 {
        return list::slice(list, picked.start, picked.stop);
    }
    let all = items(list);
    let chosen: Vec<&Object> = picked.indices().map(|i| all[i]).collect();
    from_slice(&chosen)
}

unsafe extern "C" fn assign_item(op: *mut PyObject, i: isize, value: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe { assign(this(op), i, Object::optional(value)) })
}

fn assign(list: &Object, i: isize, value: Option<&Object>) -> Result<()> {
    if i < 0 || i as usize >= len(list) {
        return Err(raise!(IndexError, "list assignment index out of range"));
    }
    match value {
        Some(value) => list::set(list, i, value),
        None => replace(list, i, i + 1, None),
    }
}

unsafe extern "C" fn assign_subscript(op: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: slot.
    let (list, key, value) = unsafe { (this(op), this(key), Object::optional(value)) };
    api(|| {
        if number::is_index(key) {
            let i = own_index(list, key)?;
            return assign(list, i, value);
        }
        if !slice::check(key) {
            return Err(bad_index(key));
        }
        let bounds = slice::unpack(key)?;
        match value {
            Some(value) => assign_slice(list, bounds, value),
            None => delete_slice(list, bounds),
        }
    })
}

fn assign_slice(list: &Object, bounds: slice::Bounds, value: &Object) -> Result<()> {
    if bounds.step == 1 {
        let picked = bounds.adjust(len(list));
        let value = if value.is(list) {
            list::slice(value, 0, isize::MAX)?
        } else {
            sequence::fast(value, "must assign iterable to extended slice")?
        };
        // Iterating the value may have changed the list.
        let _ = picked;
        let picked = bounds.adjust(len(list));
        return replace(list, picked.start, picked.stop.max(picked.start), Some(&value));
    }
    let value = if value.is(list) {
        list::slice(value, 0, isize::MAX)?
    } else {
        sequence::fast(value, "must assign iterable to extended slice")?
    };
    let picked = bounds.adjust(len(list));
    let new: Vec<Owned> =
        if check(&value) { items(&value) } else { tuple::items(&value) }.iter().map(|o| Object::to_owned(o)).collect();
    if new.len() != picked.len {
        return Err(raise!(
            ValueError,
            "attempt to assign sequence of size {} to extended slice of size {}",
            new.len(),
            picked.len
        ));
    }
    let mut old = Vec::with_capacity(new.len());
    // SAFETY: the places are in the list, and each reference moves out before another moves in.
    unsafe {
        for (i, item) in picked.indices().zip(new) {
            let place = (*list.cast::<PyListObject>()).ob_item.add(i);
            old.push(Owned::from_raw(place.replace(item.into_raw())));
        }
    }
    drop(old);
    Ok(())
}

fn delete_slice(list: &Object, bounds: slice::Bounds) -> Result<()> {
    let picked = bounds.adjust(len(list));
    if picked.len == 0 {
        return Ok(());
    }
    if picked.step == 1 {
        return replace(list, picked.start, picked.stop, None);
    }
    let mut gone: Vec<bool> = vec![false; len(list)];
    for i in picked.indices() {
        gone[i] = true;
    }
    let keep: Vec<Owned> =
        items(list).iter().zip(&gone).filter(|(_, gone)| !**gone).map(|(item, _)| Object::to_owned(item)).collect();
    let rest = list::from_owned(keep)?;
    replace(list, 0, isize::MAX, Some(&rest))
}

unsafe extern "C" fn contains(op: *mut PyObject, item: *mut PyObject) -> c_int {
    // SAFETY: slot.
    let (list, item) = unsafe { (this(op), this(item)) };
    api(|| {
        let mut i = 0;
        while i < len(list) {
            // SAFETY: the place is there.
            let same = unsafe { *(*op.cast::<PyListObject>()).ob_item.add(i) } == item.as_ptr();
            if same {
                return Ok(true);
            }
            if let Some(own) = filled(list, i)?
                && own.equals(item)?
            {
                return Ok(true);
            }
            i += 1;
        }
        Ok(false)
    })
}

unsafe extern "C" fn concat_slot(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let (a, b) = unsafe { (this(a), this(b)) };
    api(|| {
        if !check(b) {
            return Err(raise!(
                TypeError,
                "can only concatenate list (not \"{:.200}\") to list",
                typeobject::tp_name(b.ty())
            ));
        }
        from_slice(&[items(a), items(b)].concat())
    })
}

/// The items of a list `n` times over.
fn repeated(list: &Object, n: isize) -> Result<Vec<&Object>> {
    let size = len(list);
    let n = n.max(0) as usize;
    let total = size.checked_mul(n).filter(|total| *total <= isize::MAX as usize / 8);
    let mut all = Vec::new();
    match total {
        Some(total) if all.try_reserve_exact(total).is_ok() => {}
        _ => return Err(error::no_memory()),
    }
    if size > 0 {
        for _ in 0..n {
            all.extend_from_slice(items(list));
        }
    }
    Ok(all)
}

unsafe extern "C" fn repeat_slot(op: *mut PyObject, n: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| from_slice(&repeated(unsafe { this(op) }, n)?))
}

unsafe extern "C" fn inplace_repeat(op: *mut PyObject, n: isize) -> *mut PyObject {
    // SAFETY: slot.
    let list = unsafe { this(op) };
    api(|| {
        if n < 1 {
            clear(list);
        } else if n > 1 && len(list) > 0 {
            let all = from_slice(&repeated(list, n - 1)?)?;
            extend(list, &all)?;
        }
        Ok(list.to_owned())
    })
}

unsafe extern "C" fn inplace_concat(op: *mut PyObject, other: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        extend(this(op), this(other))?;
        Ok(this(op).to_owned())
    })
}

pub unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let list = unsafe { this(op) };
    api(|| {
        if len(list) == 0 {
            return unicode::from_str("[]");
        }
        text::guarded(list, "[...]", || write_repr(list))
    })
}

fn write_repr(list: &Object) -> Result<Owned> {
    let mut writer = Writer::new();
    writer.push_str("[")?;
    let mut i = 0;
    while i < len(list) {
        if i > 0 {
            writer.push_str(", ")?;
        }
        match get(list, i) {
            Some(item) => writer.push_repr(&item)?,
            None => writer.push_str("<NULL>")?,
        }
        i += 1;
    }
    writer.push_str("]")?;
    writer.finish()
}

pub unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: slot.
    let (a, b) = unsafe { (this(a), this(b)) };
    api(|| {
        if !check(a) || !check(b) {
            return Ok(none::not_implemented());
        }
        if len(a) != len(b) && (op == Py_EQ || op == Py_NE) {
            return Ok(boolobject::from_bool(op == Py_NE));
        }
        let mut i = 0;
        while let (Some(x), Some(y)) = (filled(a, i)?, filled(b, i)?) {
            if !x.equals(&y)? {
                return match op {
                    Py_EQ => Ok(boolobject::from_bool(false)),
                    Py_NE => Ok(boolobject::from_bool(true)),
                    _ => x.compare(&y, op),
                };
            }
            i += 1;
        }
        Ok(boolobject::from_bool(relates(&len(a), op, &len(b))))
    })
}

pub unsafe extern "C" fn init(op: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        let list = this(op);
        // A subclass with a __new__ or __init__ of its own may take keywords.
        if check_exact(list) || (*list.ty()).tp_new.map(|f| f as usize) == list::PyList_Type.tp_new.map(|f| f as usize)
        {
            args::no_keywords("list", Object::optional(kwargs))?;
        }
        let args = tuple::items(this(args));
        check_positional("list", args.len(), 0, 1)?;
        clear(list);
        match args.first() {
            Some(iterable) => extend(list, iterable),
            None => Ok(()),
        }
    })
}

pub unsafe extern "C" fn vectorcall(
    ty: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let args = args::positional("list", args, nargsf, kwnames, 0, 1)?;
        let ty = ty.cast::<PyTypeObject>();
        let new = if ty == &raw mut list::PyList_Type {
            list::new()?
        } else {
            Owned::from_c((*ty).tp_alloc.unwrap_unchecked()(ty, 0))?
        };
        if let Some(iterable) = args.first() {
            extend(&new, iterable)?;
        }
        Ok(new)
    })
}

unsafe extern "C" fn reversed(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| iter::reversed(unsafe { this(op) }))
}

unsafe extern "C" fn sizeof(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let list = this(op);
        let array = (*list.cast::<PyListObject>()).allocated.max(0) as usize * size_of::<*mut PyObject>();
        long::from_u64(((*list.ty()).tp_basicsize as usize + array) as u64)
    })
}

unsafe extern "C" fn clear_method(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    clear(unsafe { this(op) });
    none::none().into_raw()
}

unsafe extern "C" fn copy(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| from_slice(items(unsafe { this(op) })))
}

unsafe extern "C" fn append_method(op: *mut PyObject, item: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        append(this(op), this(item))?;
        Ok(none::none())
    })
}

unsafe extern "C" fn insert_method(op: *mut PyObject, args: *const *mut PyObject, n: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let args = args::slice(args, n);
        check_positional("insert", args.len(), 2, 2)?;
        let i = index_argument(args[0])?;
        insert(this(op), i, args[1])?;
        Ok(none::none())
    })
}

/// An index as argument clinic takes one: no clipping.
fn index_argument(o: &Object) -> Result<isize> {
    long::as_isize(&*number::index(o)?)
}

unsafe extern "C" fn extend_method(op: *mut PyObject, iterable: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        extend(this(op), this(iterable))?;
        Ok(none::none())
    })
}

unsafe extern "C" fn pop(op: *mut PyObject, args: *const *mut PyObject, n: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let (list, args) = (this(op), args::slice(args, n));
        check_positional("pop", args.len(), 0, 1)?;
        let i = match args.first() {
            Some(i) => index_argument(i)?,
            None => -1,
        };
        if len(list) == 0 {
            return Err(raise!(IndexError, "pop from empty list"));
        }
        let i = if i < 0 { i + len(list) as isize } else { i };
        if i < 0 || i as usize >= len(list) {
            return Err(raise!(IndexError, "pop index out of range"));
        }
        remove_at(list, i as usize)
    })
}

unsafe extern "C" fn remove(op: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let (list, value) = unsafe { (this(op), this(value)) };
    api(|| {
        for (i, item) in each_filled(list).enumerate() {
            if item?.equals(value)? {
                // The comparison may have changed the list.
                replace(list, i as isize, i as isize + 1, None)?;
                return Ok(none::none());
            }
        }
        Err(raise!(ValueError, "list.remove(x): x not in list"))
    })
}

unsafe extern "C" fn index(op: *mut PyObject, args: *const *mut PyObject, n: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let (list, args) = (this(op), args::slice(args, n));
        check_positional("index", args.len(), 1, 3)?;
        let (start, stop) = search_bounds(args, len(list))?;
        let mut i = start;
        while i < stop {
            let Some(item) = filled(list, i)? else { break };
            if item.equals(args[0])? {
                return long::from_i64(i as i64);
            }
            i += 1;
        }
        Err(raise!(ValueError, "list.index(x): x not in list"))
    })
}

unsafe extern "C" fn count(op: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let (list, value) = unsafe { (this(op), this(value)) };
    api(|| {
        let mut count = 0;
        for item in each_filled(list) {
            count += item?.equals(value)? as i64;
        }
        long::from_i64(count)
    })
}

unsafe extern "C" fn reverse_method(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    reverse(unsafe { this(op) });
    none::none().into_raw()
}

/// sort(*, key=None, reverse=False)
const SORT: Signature<2> = Signature::new("sort", ["key", "reverse"]).positional(0);

unsafe extern "C" fn sort_method(
    op: *mut PyObject,
    args: *const *mut PyObject,
    n: isize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let [key, reverse] = SORT.bind_fast(args, n, kwnames)?;
        let reverse = match reverse {
            Some(reverse) => reverse.is_true()?,
            None => false,
        };
        sort::sort(this(op), key.filter(|key| !key.is_none()), reverse)?;
        Ok(none::none())
    })
}

/// The items as a tuple, and the list empty (`_PyList_AsTupleAndClear`).
pub fn as_tuple_and_clear(list: &Object) -> Result<Owned> {
    let tuple = as_tuple(list)?;
    clear(list);
    Ok(tuple)
}
