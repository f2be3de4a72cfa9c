//! What Python sees of `dict`: its slots and methods.

use super::iter::{self, Kind};
use super::{clear, contains, copy, del, find, get, keys, keys_of, len, merge, pop, pop_last, set, set_default, views};
use crate::abi::*;
use crate::name;
use crate::object::args::{self, check_positional};
use crate::object::{Object, Owned, Result, api, repr as text, this};
use crate::raise;
use crate::types::unicode::{self, Writer};
use crate::types::{boolobject, dict, genericalias, long, none, tuple};
use std::ffi::CStr;

pub const DOC: &CStr = c"dict() -> a dict without entries
dict(mapping) -> a dict with the entries of mapping
dict(iterable) -> a dict of the pairs that iterable gives
dict(**kwargs) -> a dict of the names and values in the call";

pub static METHODS: [PyMethodDef; 17] = [
    PyMethodDef::one(
        c"__contains__",
        contains_method,
        c"__contains__($self, key, /)\n--\n\nTrue if the dict has the key, else False.",
    )
    .with(METH_COEXIST),
    PyMethodDef::one(c"__getitem__", subscript, c"__getitem__($self, key, /)\n--\n\nReturn self[key].")
        .with(METH_COEXIST),
    PyMethodDef::noargs(c"__sizeof__", sizeof, c"__sizeof__($self, /)\n--\n\nHow many bytes of memory the dict takes."),
    PyMethodDef::fast(
        c"get",
        get_method,
        c"get($self, key, default=None, /)\n--\n\nReturn the value of the key, or default if there is none.",
    ),
    PyMethodDef::fast(
        c"setdefault",
        setdefault,
        c"setdefault($self, key, default=None, /)\n--\n\nReturn the value of the key; a missing key is added with \
        default.",
    ),
    PyMethodDef::fast(
        c"pop",
        pop_method,
        c"pop($self, key, default=<unrepresentable>, /)\n--\n\nD.pop(k[,d]) -> v, remove the key and return its \
        value.\n\nA missing key gives default if there is one, else KeyError.",
    ),
    PyMethodDef::noargs(
        c"popitem",
        popitem,
        c"popitem($self, /)\n--\n\nTake away the key that was added last, and return it with its value.\n\n\
        Raises KeyError if the dict is empty.",
    ),
    PyMethodDef::noargs(c"keys", keys_method, c"keys($self, /)\n--\n\nReturn a view of the keys."),
    PyMethodDef::noargs(c"items", items_method, c"items($self, /)\n--\n\nReturn a view of the (key, value) pairs."),
    PyMethodDef::noargs(c"values", values_method, c"values($self, /)\n--\n\nReturn a view of the values."),
    PyMethodDef::keywords(
        c"update",
        update_method,
        c"D.update([E, ]**F) -> None.  Take over entries: from E, a mapping or an iterable of pairs, then from F.",
    ),
    PyMethodDef::fast(
        c"fromkeys",
        fromkeys,
        c"fromkeys($type, iterable, value=None, /)\n--\n\nReturn a new dict with the keys of iterable, each with the \
        same value.",
    )
    .with(METH_CLASS),
    PyMethodDef::noargs(c"clear", clear_method, c"clear($self, /)\n--\n\nRemove all entries."),
    PyMethodDef::noargs(c"copy", copy_method, c"copy($self, /)\n--\n\nA new dict with the same keys and values."),
    PyMethodDef::noargs(
        c"__reversed__",
        reversed,
        c"__reversed__($self, /)\n--\n\nAn iterator over the keys from the last to the first.",
    ),
    genericalias::CLASS_GETITEM,
    PyMethodDef::END,
];

pub static AS_NUMBER: PyNumberMethods =
    PyNumberMethods { nb_or: Some(or), nb_inplace_or: Some(inplace_or), ..PyNumberMethods::EMPTY };

pub static AS_SEQUENCE: PySequenceMethods =
    PySequenceMethods { sq_contains: Some(contains_slot), ..PySequenceMethods::EMPTY };

pub static AS_MAPPING: PyMappingMethods = PyMappingMethods {
    mp_length: Some(length),
    mp_subscript: Some(subscript),
    mp_ass_subscript: Some(assign_subscript),
};

unsafe extern "C" fn length(op: *mut PyObject) -> isize {
    // SAFETY: slot.
    len(unsafe { this(op) })
}

unsafe extern "C" fn subscript(op: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let (dict, key) = (this(op), this(key));
        match get(dict, key)? {
            Some(value) => Ok(value),
            None => missing(dict, key),
        }
    })
}

/// A subclass may say what a missing key stands for.
#[cold]
fn missing(dict: &Object, key: &Object) -> Result<Owned> {
    if !super::check_exact(dict)
        && let Some(method) = dict.lookup_special(name!(__missing__))?
    {
        return method.call(&[key]);
    }
    Err(super::key_error(key))
}

unsafe extern "C" fn assign_subscript(op: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        let (dict, key) = (this(op), this(key));
        match Object::optional(value) {
            Some(value) => set(dict, key, value),
            None => del(dict, key),
        }
    })
}

unsafe extern "C" fn contains_slot(op: *mut PyObject, key: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe { contains(this(op), this(key)) })
}

unsafe extern "C" fn contains_method(op: *mut PyObject, key: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { contains(this(op), this(key)).map(boolobject::from_bool) })
}

pub unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let dict = unsafe { this(op) };
    api(|| {
        if len(dict) == 0 {
            return unicode::from_str("{}");
        }
        text::guarded(dict, "{...}", || write_repr(dict))
    })
}

fn write_repr(dict: &Object) -> Result<Owned> {
    let mut writer = Writer::new();
    writer.push_str("{")?;
    for (i, (key, value)) in super::entries(dict).enumerate() {
        if i > 0 {
            writer.push_str(", ")?;
        }
        writer.push_repr(&key)?;
        writer.push_str(": ")?;
        writer.push_repr(&value)?;
    }
    writer.push_str("}")?;
    writer.finish()
}

pub unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: slot.
    let (a, b) = unsafe { (this(a), this(b)) };
    api(|| {
        if !super::check(a) || !super::check(b) || (op != Py_EQ && op != Py_NE) {
            return Ok(none::not_implemented());
        }
        Ok(boolobject::from_bool(equal(a, b)? == (op == Py_EQ)))
    })
}

fn equal(a: &Object, b: &Object) -> Result<bool> {
    if len(a) != len(b) {
        return Ok(false);
    }
    let mut pos = 0;
    while let Some((key, value, hash)) = super::next_hashed(a, &mut pos) {
        // SAFETY: b's table, and an entry that is used at once.
        match unsafe { find::find(keys_of(b), key, hash, None) } {
            // SAFETY: b's table, and an entry that is used at once.
            find::Found::Entry(entry) if value.is_ptr(unsafe { (*entry).value }) => continue,
            find::Found::Nothing => return Ok(false),
            _ => {}
        }
        let (key, value) = (key.to_owned(), value.to_owned());
        match super::get_hashed(b, &key, hash)? {
            Some(other) if value.equals(&other)? => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}

/// `dict(...)` and `dict.update(...)`: at most one positional argument, then the keywords.
fn update(dict: &Object, function: &str, args: &Object, kwargs: Option<&Object>) -> Result<()> {
    let args = tuple::items(args);
    check_positional(function, args.len(), 0, 1)?;
    if let [other] = args {
        merge::update_from(dict, other)?;
    }
    match kwargs {
        Some(kwargs) => merge::merge(dict, kwargs, merge::Existing::Replace),
        None => Ok(()),
    }
}

pub unsafe extern "C" fn init(op: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe { update(this(op), "dict", this(args), Object::optional(kwargs)) })
}

unsafe extern "C" fn update_method(op: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        update(this(op), "update", this(args), Object::optional(kwargs))?;
        Ok(none::none())
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
        let (args, named, names) = args::vectorcall(args, nargsf, kwnames);
        check_positional("dict", args.len(), 0, 1)?;
        let ty = ty.cast::<PyTypeObject>();
        let new = if ty == &raw mut dict::PyDict_Type {
            super::new()?
        } else {
            Owned::from_c(super::new_slot(ty, std::ptr::null_mut(), std::ptr::null_mut()))?
        };
        if let [other] = args {
            merge::update_from(&new, other)?;
        }
        if let Some(names) = names {
            for (name, value) in tuple::items(names).iter().zip(named) {
                set(&new, name, value)?;
            }
        }
        Ok(new)
    })
}

unsafe extern "C" fn get_method(op: *mut PyObject, args: *const *mut PyObject, n: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let args = args::slice(args, n);
        check_positional("get", args.len(), 1, 2)?;
        match get(this(op), args[0])? {
            Some(value) => Ok(value),
            None => Ok(default(args)),
        }
    })
}

/// The second argument, or `None`.
fn default(args: &[&Object]) -> Owned {
    args.get(1).map_or_else(none::none, |default| Object::to_owned(default))
}

unsafe extern "C" fn setdefault(op: *mut PyObject, args: *const *mut PyObject, n: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let args = args::slice(args, n);
        check_positional("setdefault", args.len(), 1, 2)?;
        Ok(set_default(this(op), args[0], &default(args))?.0)
    })
}

unsafe extern "C" fn pop_method(op: *mut PyObject, args: *const *mut PyObject, n: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let args = args::slice(args, n);
        check_positional("pop", args.len(), 1, 2)?;
        match (pop(this(op), args[0])?, args.get(1)) {
            (Some(value), _) => Ok(value),
            (None, Some(default)) => Ok(Object::to_owned(default)),
            (None, None) => Err(super::key_error(args[0])),
        }
    })
}

unsafe extern "C" fn popitem(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let Some((key, value)) = pop_last(this(op)) else {
            return Err(raise!(KeyError, "popitem(): dictionary is empty"));
        };
        tuple::from_slice(&[&key, &value])
    })
}

unsafe extern "C" fn keys_method(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| views::new(unsafe { this(op) }, Kind::Keys))
}

unsafe extern "C" fn items_method(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| views::new(unsafe { this(op) }, Kind::Items))
}

unsafe extern "C" fn values_method(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| views::new(unsafe { this(op) }, Kind::Values))
}

unsafe extern "C" fn fromkeys(class: *mut PyObject, args: *const *mut PyObject, n: isize) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let args = args::slice(args, n);
        check_positional("fromkeys", args.len(), 1, 2)?;
        merge::from_keys(this(class), args[0], &default(args))
    })
}

unsafe extern "C" fn clear_method(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    clear(unsafe { this(op) });
    none::none().into_raw()
}

unsafe extern "C" fn copy_method(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| copy(unsafe { this(op) }))
}

unsafe extern "C" fn reversed(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| iter::new(unsafe { this(op) }, Kind::Keys, true))
}

/// The bytes of the object and its table (`_PyDict_SizeOf`).
pub fn size_of_dict(dict: &Object) -> usize {
    let table = keys_of(dict);
    // SAFETY: a live object's type, a dict's table.
    unsafe { (*dict.ty()).tp_basicsize as usize + if table == keys::empty() { 0 } else { keys::size(table) } }
}

unsafe extern "C" fn sizeof(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| long::from_u64(size_of_dict(unsafe { this(op) }) as u64))
}

unsafe extern "C" fn or(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let (a, b) = unsafe { (this(a), this(b)) };
    api(|| {
        if !super::check(a) || !super::check(b) {
            return Ok(none::not_implemented());
        }
        merge::union(a, b)
    })
}

unsafe extern "C" fn inplace_or(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let (a, b) = unsafe { (this(a), this(b)) };
    api(|| {
        merge::update_from(a, b)?;
        Ok(a.to_owned())
    })
}
