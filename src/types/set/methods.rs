//! What Python sees of `set` and `frozenset`: their slots and methods.

use super::operations::{self as ops, make};
use super::{PyFrozenSet_Type, PySet_Type, add, check_any, clear, each, len, merge, pop, this as raw, update};
use crate::abi::*;
use crate::name;
use crate::object::args::{self, check_positional};
use crate::object::{Object, Owned, Result, api, repr as text, this};
use crate::types::unicode::{self, Writer};
use crate::types::{boolobject, dict, genericalias, list, long, none, set, tuple, typeobject};
use std::ffi::CStr;

pub const SET_DOC: &CStr =
    c"set(iterable=(), /)\n--\n\nAn unordered collection of unique elements that can be changed.";
pub const FROZENSET_DOC: &CStr =
    c"frozenset(iterable=(), /)\n--\n\nAn unordered collection of unique elements that can't be changed.";

/// A table of methods: those that both types have, and the type's own.
macro_rules! methods {
    ($($own:expr),* $(,)?) => {
        [
            PyMethodDef::one(
                c"__contains__",
                contains_method,
                c"__contains__($self, object, /)\n--\n\nWhether the element is in the set.",
            )
            .with(METH_COEXIST),
            PyMethodDef::noargs(
                c"__sizeof__",
                sizeof,
                c"__sizeof__($self, /)\n--\n\nHow many bytes the set takes in memory.",
            ),
            PyMethodDef::noargs(c"__reduce__", reduce,
                c"__reduce__($self, /)\n--\n\nWhat the object is pickled as."),
            genericalias::CLASS_GETITEM,
            PyMethodDef::fast(
                c"difference",
                difference,
                c"difference($self, /, *others)\n--\n\nA new set of the elements that none of the others has.",
            ),
            PyMethodDef::fast(
                c"intersection",
                intersection,
                c"intersection($self, /, *others)\n--\n\nA new set of the elements that all of the others have too.",
            ),
            PyMethodDef::fast(
                c"union",
                union,
                c"union($self, /, *others)\n--\n\nA new set of the elements of all.",
            ),
            PyMethodDef::one(
                c"isdisjoint",
                isdisjoint,
                c"isdisjoint($self, other, /)\n--\n\nWhether the two have no element in common.",
            ),
            PyMethodDef::one(
                c"issubset",
                issubset,
                c"issubset($self, other, /)\n--\n\nWhether the other set has every element of this one.",
            ),
            PyMethodDef::one(
                c"issuperset",
                issuperset,
                c"issuperset($self, other, /)\n--\n\nWhether this set has every element of the other one.",
            ),
            PyMethodDef::one(
                c"symmetric_difference",
                symmetric_difference,
                c"symmetric_difference($self, other, /)\n--\n\nA new set of the elements that just one of the two has.",
            ),
            $($own,)*
            PyMethodDef::END,
        ]
    };
}

pub static SET_METHODS: [PyMethodDef; 22] = methods![
    PyMethodDef::one(c"add", add_method, c"add($self, object, /)\n--\n\nPut an element in, if it is not there yet."),
    PyMethodDef::noargs(c"clear", clear_method, c"clear($self, /)\n--\n\nTake all elements out."),
    PyMethodDef::noargs(c"copy", copy_method, c"copy($self, /)\n--\n\nA set of the same elements."),
    PyMethodDef::one(
        c"discard",
        discard_method,
        c"discard($self, object, /)\n--\n\nTake an element out, if it is there.",
    ),
    PyMethodDef::fast(
        c"difference_update",
        difference_update,
        c"difference_update($self, /, *others)\n--\n\nTake out the elements that one of the others has.",
    ),
    PyMethodDef::fast(
        c"intersection_update",
        intersection_update,
        c"intersection_update($self, /, *others)\n--\n\nTake out the elements that one of the others has not.",
    ),
    PyMethodDef::noargs(c"pop", pop_method, c"pop($self, /)\n--\n\nTake some element out; KeyError if there is none."),
    PyMethodDef::one(
        c"remove",
        remove,
        c"remove($self, object, /)\n--\n\nTake an element out; KeyError if it is not there.",
    ),
    PyMethodDef::one(
        c"symmetric_difference_update",
        symmetric_difference_update,
        c"symmetric_difference_update($self, other, /)\n--\n\nTake out the elements that both have, and put in those \
        that only the other has.",
    ),
    PyMethodDef::fast(c"update", update_method, c"update($self, /, *others)\n--\n\nPut the elements of all others in."),
];

pub static FROZENSET_METHODS: [PyMethodDef; 13] =
    methods![PyMethodDef::noargs(c"copy", copy_frozen, c"copy($self, /)\n--\n\nA set of the same elements."),];

pub static FROZENSET_AS_NUMBER: PyNumberMethods = PyNumberMethods {
    nb_subtract: Some(subtract),
    nb_and: Some(and),
    nb_xor: Some(xor),
    nb_or: Some(or),
    ..PyNumberMethods::EMPTY
};

pub static SET_AS_NUMBER: PyNumberMethods = PyNumberMethods {
    nb_subtract: Some(subtract),
    nb_and: Some(and),
    nb_xor: Some(xor),
    nb_or: Some(or),
    nb_inplace_subtract: Some(inplace_subtract),
    nb_inplace_and: Some(inplace_and),
    nb_inplace_xor: Some(inplace_xor),
    nb_inplace_or: Some(inplace_or),
    ..PyNumberMethods::EMPTY
};

pub static AS_SEQUENCE: PySequenceMethods =
    PySequenceMethods { sq_length: Some(length), sq_contains: Some(contains_slot), ..PySequenceMethods::EMPTY };

unsafe extern "C" fn length(op: *mut PyObject) -> isize {
    // SAFETY: slot.
    len(unsafe { this(op) })
}

unsafe extern "C" fn contains_slot(op: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe { ops::contains_or_frozen(this(op), this(key)) })
}

unsafe extern "C" fn contains_method(op: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { ops::contains_or_frozen(this(op), this(key)).map(boolobject::from_bool) })
}

pub unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let set = unsafe { this(op) };
    api(|| {
        let name = typeobject::tp_name(set.ty());
        text::guarded(set, &format!("{name}(...)"), || write_repr(set, name))
    })
}

fn write_repr(set: &Object, name: &str) -> Result<Owned> {
    if len(set) == 0 {
        return unicode::from_str(&format!("{name}()"));
    }
    let plain = set.is_exact(&raw mut PySet_Type);
    // Printing a key may change the set.
    let keys: Vec<Owned> = each(set).map(|(key, _)| key).collect();
    let mut writer = Writer::new();
    if !plain {
        writer.push_str(name)?;
        writer.push_str("(")?;
    }
    writer.push_str("{")?;
    for (i, key) in keys.iter().enumerate() {
        if i > 0 {
            writer.push_str(", ")?;
        }
        writer.push_repr(key)?;
    }
    writer.push_str(if plain { "}" } else { "})" })?;
    writer.finish()
}

/// The hash of a frozenset does not depend on the order: the scattered hashes of all entries are xored, then mixed.
pub unsafe extern "C" fn frozenset_hash(op: *mut PyObject) -> Py_hash_t {
    // SAFETY: slot: a frozenset, whose hash is cached.
    unsafe {
        let this = op.cast::<PySetObject>();
        if (*this).hash == -1 {
            (*this).hash = hash_of(Object::from_ptr(op));
        }
        (*this).hash
    }
}

fn hash_of(set: &Object) -> Py_hash_t {
    let scatter = |hash: usize| ((hash ^ 89869747) ^ (hash << 16)).wrapping_mul(3644798167);
    let mut hash = 0;
    let mut pos = 0;
    while let Some((_, own)) = set::next(set, &mut pos) {
        hash ^= scatter(own as usize);
    }
    hash ^= (len(set) as usize + 1).wrapping_mul(1927868237);
    hash ^= (hash >> 11) ^ (hash >> 25);
    hash = hash.wrapping_mul(69069).wrapping_add(907133923);
    if hash == usize::MAX { 590923713 } else { hash as Py_hash_t }
}

pub unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: slot.
    let (a, b) = unsafe { (this(a), this(b)) };
    api(|| {
        if !check_any(b) {
            return Ok(none::not_implemented());
        }
        let result = match op {
            Py_EQ => equal(a, b)?,
            Py_NE => !equal(a, b)?,
            Py_LE => ops::is_subset(a, b)?,
            Py_GE => ops::is_superset(a, b)?,
            Py_LT => len(a) < len(b) && ops::is_subset(a, b)?,
            _ => len(a) > len(b) && ops::is_superset(a, b)?,
        };
        Ok(boolobject::from_bool(result))
    })
}

fn equal(a: &Object, b: &Object) -> Result<bool> {
    if len(a) != len(b) {
        return Ok(false);
    }
    // SAFETY: two sets, whose hashes may be known.
    let (x, y) = unsafe { ((*raw(a)).hash, (*raw(b)).hash) };
    if x != -1 && y != -1 && x != y {
        return Ok(false);
    }
    ops::is_subset(a, b)
}

pub unsafe extern "C" fn new_set_slot(ty: *mut PyTypeObject, _: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| make(ty, None))
}

pub unsafe extern "C" fn init(op: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        let set = this(op);
        args::no_keywords("set", Object::optional(kwargs))?;
        let args = tuple::items(this(args));
        check_positional("set", args.len(), 0, 1)?;
        clear(set);
        (*raw(set)).hash = -1;
        match args.first() {
            Some(iterable) => update(set, iterable),
            None => Ok(()),
        }
    })
}

pub unsafe extern "C" fn set_vectorcall(
    ty: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let args = args::positional("set", args, nargsf, kwnames, 0, 1)?;
        make(ty.cast(), args.first().copied())
    })
}

/// A frozenset is its own copy.
fn make_frozen(ty: *mut PyTypeObject, iterable: Option<&Object>) -> Result<Owned> {
    match iterable {
        Some(set) if ty == &raw mut PyFrozenSet_Type && set.is_exact(ty) => Ok(set.to_owned()),
        _ => make(ty, iterable),
    }
}

pub unsafe extern "C" fn new_frozenset_slot(
    ty: *mut PyTypeObject,
    args: *mut PyObject,
    kwargs: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        // A subclass with an __init__ of its own may take keywords.
        if ty == &raw mut PyFrozenSet_Type
            || (*ty).tp_init.map(|f| f as usize) == PyFrozenSet_Type.tp_init.map(|f| f as usize)
        {
            args::no_keywords("frozenset", Object::optional(kwargs))?;
        }
        let args = tuple::items(this(args));
        check_positional(typeobject::tp_name(ty), args.len(), 0, 1)?;
        make_frozen(ty, args.first().copied())
    })
}

pub unsafe extern "C" fn frozenset_vectorcall(
    ty: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let args = args::positional("frozenset", args, nargsf, kwnames, 0, 1)?;
        make_frozen(ty.cast(), args.first().copied())
    })
}

/// Defines `a OP b` for two sets; anything else is NotImplemented.
macro_rules! operators {
    ($($name:ident = |$a:ident, $b:ident| $body:expr;)*) => { $(
        unsafe extern "C" fn $name(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
            // SAFETY: slot.
            let ($a, $b) = unsafe { (this(a), this(b)) };
            api(|| {
                if !check_any($a) || !check_any($b) {
                    return Ok(none::not_implemented());
                }
                $body
            })
        }
    )* };
}

operators! {
    subtract = |a, b| ops::difference(a, b);
    and = |a, b| ops::intersection(a, b);
    xor = |a, b| ops::symmetric_difference(a, b);
    or = |a, b| ops::union(a, &[b]);
    inplace_subtract = |a, b| ops::difference_update(a, b).map(|()| a.to_owned());
    inplace_and = |a, b| ops::intersection_update(a, &[b]).map(|()| a.to_owned());
    inplace_xor = |a, b| ops::symmetric_difference_update(a, b).map(|()| a.to_owned());
    inplace_or = |a, b| merge(a, b).map(|()| a.to_owned());
}

/// Defines a method with one argument.
macro_rules! methods {
    ($($name:ident = |$set:ident, $other:ident| $body:expr;)*) => { $(
        unsafe extern "C" fn $name(op: *mut PyObject, other: *mut PyObject) -> *mut PyObject {
            // SAFETY: slot.
            let ($set, $other) = unsafe { (this(op), this(other)) };
            api(|| $body)
        }
    )* };
}

methods! {
    isdisjoint = |set, other| ops::is_disjoint(set, other).map(boolobject::from_bool);
    issubset = |set, other| ops::is_subset(set, other).map(boolobject::from_bool);
    issuperset = |set, other| ops::is_superset(set, other).map(boolobject::from_bool);
    symmetric_difference = |set, other| ops::symmetric_difference(set, other);
    symmetric_difference_update = |set, other| ops::symmetric_difference_update(set, other).map(|()| none::none());
    add_method = |set, key| add(set, key).map(|()| none::none());
    discard_method = |set, key| ops::discard_or_frozen(set, key).map(|_| none::none());
    remove = |set, key| {
        if !ops::discard_or_frozen(set, key)? {
            return Err(dict::key_error(key));
        }
        Ok(none::none())
    };
}

/// Defines a method with any number of arguments.
macro_rules! methods_of_many {
    ($($name:ident = |$set:ident, $others:ident| $body:expr;)*) => { $(
        unsafe extern "C" fn $name(op: *mut PyObject, args: *const *mut PyObject, n: isize) -> *mut PyObject {
            // SAFETY: slot.
            let ($set, $others) = unsafe { (this(op), args::slice(args, n)) };
            api(|| $body)
        }
    )* };
}

methods_of_many! {
    union = |set, others| ops::union(set, others);
    intersection = |set, others| ops::intersection_of_all(set, others);
    difference = |set, others| ops::difference_of_all(set, others);
    intersection_update = |set, others| ops::intersection_update(set, others).map(|()| none::none());
    difference_update = |set, others| {
        for other in others {
            ops::difference_update(set, other)?;
        }
        Ok(none::none())
    };
    update_method = |set, others| {
        for other in others {
            update(set, other)?;
        }
        Ok(none::none())
    };
}

unsafe extern "C" fn clear_method(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    clear(unsafe { this(op) });
    none::none().into_raw()
}

unsafe extern "C" fn copy_method(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| ops::copy(unsafe { this(op) }))
}

unsafe extern "C" fn copy_frozen(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let set = unsafe { this(op) };
    api(|| if set.is_exact(&raw mut PyFrozenSet_Type) { Ok(set.to_owned()) } else { ops::copy(set) })
}

unsafe extern "C" fn pop_method(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| pop(unsafe { this(op) }))
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let set = unsafe { this(op) };
    api(|| {
        let keys = list::from_iterable(set)?;
        let state = set.call_method(name!(__getstate__), &[])?;
        tuple::from_slice(&[set.type_object(), &*tuple::from_slice(&[&keys])?, &state])
    })
}

unsafe extern "C" fn sizeof(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let this = op.cast::<PySetObject>();
        let mut size = (*(*op).ob_type).tp_basicsize as usize;
        if (*this).table != (&raw mut (*this).smalltable).cast() {
            size += ((*this).mask as usize + 1) * size_of::<setentry>();
        }
        long::from_u64(size as u64)
    })
}
