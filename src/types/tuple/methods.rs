//! What Python sees of `tuple`: its slots and methods.

use super::{check, check_exact, empty, filled, from_iterable, from_slice, items, len};
use crate::abi::*;
use crate::object::args::{self, check_positional};
use crate::object::compare::relates;
use crate::object::{Object, Owned, Result, api, error, number, repr as text, this};
use crate::raise;
use crate::types::slice;
use crate::types::unicode::{self, Writer};
use crate::types::{boolobject, dict, exceptions, genericalias, long, none, tuple, typeobject};
use std::ffi::CStr;

pub const DOC: &CStr = c"tuple(iterable=(), /)
--

An immutable sequence.

Without an argument it is empty, else it has the items of the iterable. A tuple is returned as it is.";

pub static METHODS: [PyMethodDef; 5] = [
    PyMethodDef::noargs(c"__getnewargs__", getnewargs, c"__getnewargs__($self, /)\n--\n\n"),
    PyMethodDef::fast(
        c"index",
        index,
        c"index($self, value, start=0, stop=sys.maxsize, /)\n--\n\nThe index of the first item that equals value; \
        ValueError if there is none.",
    ),
    PyMethodDef::one(c"count", count, c"count($self, value, /)\n--\n\nHow many items equal value."),
    genericalias::CLASS_GETITEM,
    PyMethodDef::END,
];

pub static AS_SEQUENCE: PySequenceMethods = PySequenceMethods {
    sq_length: Some(length),
    sq_concat: Some(concat_slot),
    sq_repeat: Some(repeat_slot),
    sq_item: Some(item),
    sq_contains: Some(contains),
    ..PySequenceMethods::EMPTY
};

pub static AS_MAPPING: PyMappingMethods =
    PyMappingMethods { mp_length: Some(length), mp_subscript: Some(subscript), ..PyMappingMethods::EMPTY };

unsafe extern "C" fn length(op: *mut PyObject) -> isize {
    // SAFETY: slot.
    len(unsafe { this(op) }) as isize
}

unsafe extern "C" fn item(op: *mut PyObject, i: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| at(unsafe { this(op) }, i))
}

fn at(tuple: &Object, i: isize) -> Result<Owned> {
    match usize::try_from(i).ok().and_then(|i| items(tuple).get(i)) {
        Some(item) => Ok(Object::to_owned(item)),
        None => Err(raise!(IndexError, "tuple index out of range")),
    }
}

unsafe extern "C" fn subscript(op: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let (tuple, key) = unsafe { (this(op), this(key)) };
    api(|| {
        if number::is_index(key) {
            let mut i = match long::compact_value_exact(key) {
                Some(i) => i as isize,
                None => number::as_ssize(key, Some(exceptions::object(&raw mut exceptions::IndexError)))?,
            };
            if i < 0 {
                i += len(tuple) as isize;
            }
            return at(tuple, i);
        }
        if slice::check(key) {
            let range = slice::unpack(key)?.adjust(len(tuple));
            if range.len == len(tuple) && range.step == 1 && check_exact(tuple) {
                return Ok(tuple.to_owned());
            }
            let all = items(tuple);
            let picked: Vec<&Object> = range.indices().map(|i| all[i]).collect();
            return from_slice(&picked);
        }
        Err(raise!(TypeError, "tuple indices must be integers or slices, not {:.200}", typeobject::tp_name(key.ty())))
    })
}

unsafe extern "C" fn contains(op: *mut PyObject, item: *mut PyObject) -> c_int {
    // SAFETY: slot.
    let (tuple, item) = unsafe { (this(op), this(item)) };
    api(|| {
        for i in 0..len(tuple) {
            if filled(tuple, i)?.equals(item)? {
                return Ok(true);
            }
        }
        Ok(false)
    })
}

pub fn concat(a: &Object, b: &Object) -> Result<Owned> {
    if len(a) == 0 && check_exact(b) {
        return Ok(b.to_owned());
    }
    if !check(b) {
        return Err(raise!(
            TypeError,
            "can only concatenate tuple (not \"{:.200}\") to tuple",
            typeobject::tp_name(b.ty())
        ));
    }
    if len(b) == 0 && check_exact(a) {
        return Ok(a.to_owned());
    }
    from_slice(&[items(a), items(b)].concat())
}

unsafe extern "C" fn concat_slot(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { concat(this(a), this(b)) })
}

pub fn repeat(tuple: &Object, n: isize) -> Result<Owned> {
    let size = len(tuple);
    if (size == 0 || n == 1) && check_exact(tuple) {
        return Ok(tuple.to_owned());
    }
    if size == 0 || n <= 0 {
        return Ok(empty());
    }
    let total = size.checked_mul(n as usize).filter(|n| *n <= isize::MAX as usize / 8);
    let mut all = Vec::new();
    match total {
        Some(total) if all.try_reserve_exact(total).is_ok() => {}
        _ => return Err(error::no_memory()),
    }
    for _ in 0..n {
        all.extend_from_slice(items(tuple));
    }
    from_slice(&all)
}

unsafe extern "C" fn repeat_slot(op: *mut PyObject, n: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| repeat(unsafe { this(op) }, n))
}

pub unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let tuple = unsafe { this(op) };
    api(|| {
        if len(tuple) == 0 {
            return unicode::from_str("()");
        }
        text::guarded(tuple, "(...)", || write_repr(tuple))
    })
}

fn write_repr(tuple: &Object) -> Result<Owned> {
    let mut writer = Writer::new();
    writer.push_str("(")?;
    for i in 0..len(tuple) {
        if i > 0 {
            writer.push_str(", ")?;
        }
        match super::item_or_null(tuple, i) {
            Some(item) => writer.push_repr(item)?,
            None => writer.push_str("<NULL>")?,
        }
    }
    writer.push_str(if len(tuple) == 1 { ",)" } else { ")" })?;
    writer.finish()
}

/// xxHash's mixing of the items' hashes, as CPython does it.
pub struct Mixer(u64);

const PRIME_1: u64 = 11400714785074694791;
const PRIME_2: u64 = 14029467366897019727;
const PRIME_5: u64 = 2870177450012600261;

impl Mixer {
    pub const START: Mixer = Mixer(PRIME_5);

    #[inline]
    pub fn add(&mut self, hash: Py_hash_t) {
        let lane = self.0.wrapping_add((hash as u64).wrapping_mul(PRIME_2));
        self.0 = lane.rotate_left(31).wrapping_mul(PRIME_1);
    }

    #[inline]
    pub fn mix_length(&mut self, n: usize) {
        self.0 = self.0.wrapping_add(n as u64 ^ (PRIME_5 ^ 3527539));
    }

    #[inline]
    pub fn finish(self) -> Py_hash_t {
        if self.0 == u64::MAX { 1546275796 } else { self.0 as Py_hash_t }
    }
}

/// The hash of the empty tuple.
pub const EMPTY_HASH: Py_hash_t = PRIME_5.wrapping_add(PRIME_5 ^ 3527539) as Py_hash_t;

/// The hash of a sequence of hashes, as a tuple of such items has it.
pub fn hash_items(items: &[&Object]) -> Result<Py_hash_t> {
    let mut mixer = Mixer::START;
    for item in items {
        mixer.add(match dict::known_hash(item) {
            Some(hash) => hash,
            None => item.hash()?,
        });
    }
    mixer.mix_length(items.len());
    Ok(mixer.finish())
}

pub unsafe extern "C" fn hash(op: *mut PyObject) -> Py_hash_t {
    // SAFETY: slot: a tuple, whose hash is cached.
    unsafe {
        let cache = &raw mut (*op.cast::<PyTupleObject>()).ob_hash;
        if *cache != -1 {
            return *cache;
        }
        hash_and_keep(op)
    }
}

#[inline(never)]
unsafe fn hash_and_keep(op: *mut PyObject) -> Py_hash_t {
    // SAFETY: as `hash`.
    unsafe {
        match hash_items(items(this(op))) {
            Ok(hash) => {
                (*op.cast::<PyTupleObject>()).ob_hash = hash;
                hash
            }
            Err(_) => -1,
        }
    }
}

pub unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: slot.
    let (a, b) = unsafe { (this(a), this(b)) };
    api(|| {
        if !check(a) || !check(b) {
            return Ok(none::not_implemented());
        }
        for i in 0..len(a).min(len(b)) {
            let (x, y) = (filled(a, i)?, filled(b, i)?);
            if x.equals(y)? {
                continue;
            }
            return match op {
                Py_EQ => Ok(boolobject::from_bool(false)),
                Py_NE => Ok(boolobject::from_bool(true)),
                _ => x.compare(y, op),
            };
        }
        Ok(boolobject::from_bool(relates(&len(a), op, &len(b))))
    })
}

/// `tuple(...)` for the type itself and for subclasses, whose tuples are made by their `tp_alloc`.
fn make(ty: *mut PyTypeObject, iterable: Option<&Object>) -> Result<Owned> {
    let exact = match iterable {
        Some(iterable) => from_iterable(iterable)?,
        None => empty(),
    };
    if ty == &raw mut tuple::PyTuple_Type {
        return Ok(exact);
    }
    // SAFETY: a type that derives from tuple; its instance is fresh, zeroed and has room for the items.
    unsafe {
        let new = Owned::from_c((*ty).tp_alloc.unwrap_unchecked()(ty, len(&exact) as isize))?;
        (*new.cast::<PyTupleObject>()).ob_hash = -1;
        let place = super::items_ptr(new.as_ptr());
        for (i, item) in items(&exact).iter().enumerate() {
            place.add(i).write(Object::to_owned(item).into_raw());
        }
        Ok(new)
    }
}

pub unsafe extern "C" fn new_slot(ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        // A subclass with an __init__ of its own may take keywords.
        if ty == &raw mut tuple::PyTuple_Type
            || (*ty).tp_init.map(|f| f as usize) == tuple::PyTuple_Type.tp_init.map(|f| f as usize)
        {
            args::no_keywords("tuple", Object::optional(kwargs))?;
        }
        let args = items(this(args));
        check_positional("tuple", args.len(), 0, 1)?;
        make(ty, args.first().copied())
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
        let args = args::positional("tuple", args, nargsf, kwnames, 0, 1)?;
        make(ty.cast(), args.first().copied())
    })
}

unsafe extern "C" fn getnewargs(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| from_slice(&[&*from_slice(items(unsafe { this(op) }))?]))
}

/// The bounds of `index(value, start, stop)` in a sequence of `n` items.
pub fn search_bounds(args: &[&Object], n: usize) -> Result<(usize, usize)> {
    let bound = |i: usize, default: isize| -> Result<usize> {
        let mut bound = match args.get(i) {
            Some(arg) => slice::index_not_none(arg)?,
            None => default,
        };
        if bound < 0 {
            bound = (bound + n as isize).max(0);
        }
        Ok(bound as usize)
    };
    Ok((bound(1, 0)?, bound(2, isize::MAX)?))
}

unsafe extern "C" fn index(op: *mut PyObject, args: *const *mut PyObject, n: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let (tuple, args) = (this(op), args::slice(args, n));
        check_positional("index", args.len(), 1, 3)?;
        let (start, stop) = search_bounds(args, len(tuple))?;
        for i in start..stop.min(len(tuple)) {
            if filled(tuple, i)?.equals(args[0])? {
                return long::from_i64(i as i64);
            }
        }
        Err(raise!(ValueError, "tuple.index(x): x not in tuple"))
    })
}

unsafe extern "C" fn count(op: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let mut count = 0;
        let tuple = this(op);
        for i in 0..len(tuple) {
            count += filled(tuple, i)?.equals(this(value))? as i64;
        }
        long::from_i64(count)
    })
}
