//! `collections.OrderedDict`: a dict that can move its entries to either end, and whose order counts in comparisons.
//!
//! A dict keeps the order of insertion anyway, so there is no second structure for it: moving an entry to the end takes
//! it out and adds it again, moving it to the front builds the table anew. `state` counts the changes, so that an
//! iterator sees them.

mod iter;

use super::dict;
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::name;
use crate::object::args::Signature;
use crate::object::slots::{PyObject_GenericGetDict, PyObject_GenericSetDict};
use crate::object::{Object, Owned, Raised, Result, api, repr as text, this};
use crate::raise;
use crate::types::unicode::{self, Writer};
use crate::types::{boolobject, exceptions, long, none, tuple, typeobject, weakref};
pub use iter::{PyODictItems_Type, PyODictIter_Type, PyODictKeys_Type, PyODictValues_Type};
use iter::{items, iter_slot, keys, reversed, values};
use std::mem::offset_of;
use std::ptr;

/// CPython's `PyODictObject` in size and in the places of its last two fields.
#[repr(C)]
struct ODict {
    dict: PyDictObject,
    /// Counts changes of keys and of their order.
    state: usize,
    _unused: [usize; 5],
    inst_dict: *mut PyObject,
    weakreflist: *mut PyObject,
}

const _: () = assert!(size_of::<ODict>() == 112 && offset_of!(ODict, inst_dict) == 96);

static METHODS: [PyMethodDef; 15] = [
    PyMethodDef::fast_keywords(
        c"fromkeys",
        fromkeys,
        c"fromkeys($type, /, iterable, value=None)\n--\n\nAn ordered dictionary of these keys, all with this value.",
    )
    .with(METH_CLASS),
    PyMethodDef::noargs(c"__sizeof__", sizeof, c"__sizeof__($self, /)\n--\n\n"),
    PyMethodDef::noargs(
        c"__reduce__",
        reduce,
        c"__reduce__($self, /)\n--\n\nWhat the object is pickled as.",
    ),
    PyMethodDef::fast_keywords(
        c"setdefault",
        setdefault,
        c"setdefault($self, /, key, default=None)\n--\n\nReturn the value of the key; a missing key is added with \
        default.",
    ),
    PyMethodDef::fast_keywords(
        c"pop",
        pop,
        c"pop($self, /, key, default=<unrepresentable>)\n--\n\nRemove the key and return its value.\n\nA missing key \
        gives default if there is one, else KeyError.",
    ),
    PyMethodDef::fast_keywords(
        c"popitem",
        popitem,
        c"popitem($self, /, last=True)\n--\n\nRemove and return a (key, value) pair: the last, or the first if last is \
        false.",
    ),
    PyMethodDef::noargs(c"keys", keys, c"keys($self, /)\n--\n\n"),
    PyMethodDef::noargs(c"values", values, c"values($self, /)\n--\n\n"),
    PyMethodDef::noargs(c"items", items, c"items($self, /)\n--\n\n"),
    PyMethodDef::keywords(
        c"update",
        update_method,
        c"D.update([E, ]**F) -> None.  Take over entries: from E, a mapping or an iterable of pairs, then from F.",
    ),
    PyMethodDef::noargs(c"clear", clear_method, c"clear($self, /)\n--\n\nTake everything out."),
    PyMethodDef::noargs(c"copy", copy, c"copy($self, /)\n--\n\nA new dict of the same items, in the same order."),
    PyMethodDef::noargs(
        c"__reversed__",
        reversed,
        c"__reversed__($self, /)\n--\n\nReturn a reverse iterator over the keys.",
    ),
    PyMethodDef::fast_keywords(
        c"move_to_end",
        move_to_end,
        c"move_to_end($self, /, key, last=True)\n--\n\nMake a key the last one, or if last is false the first; \
        KeyError if it is not there.",
    ),
    PyMethodDef::END,
];

static GETSET: [PyGetSetDef; 2] = [
    PyGetSetDef::new(c"__dict__", Some(PyObject_GenericGetDict), Some(PyObject_GenericSetDict), ptr::null()),
    PyGetSetDef::END,
];

static AS_NUMBER: PyNumberMethods =
    PyNumberMethods { nb_or: Some(or), nb_inplace_or: Some(inplace_or), ..PyNumberMethods::EMPTY };
static AS_MAPPING: PyMappingMethods =
    PyMappingMethods { mp_ass_subscript: Some(assign_subscript), ..PyMappingMethods::EMPTY };

#[unsafe(no_mangle)]
pub static mut PyODict_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"collections.OrderedDict".as_ptr(),
    tp_basicsize: size_of::<ODict>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_as_number: suite(&AS_NUMBER),
    tp_as_mapping: suite(&AS_MAPPING),
    tp_flags: Py_TPFLAGS_DEFAULT
        | Py_TPFLAGS_BASETYPE
        | Py_TPFLAGS_HAVE_GC
        | Py_TPFLAGS_DICT_SUBCLASS
        | Py_TPFLAGS_MAPPING,
    tp_doc: c"A dict whose keys can be moved to its ends, and whose order counts when it is compared.".as_ptr(),
    tp_traverse: Some(traverse),
    tp_clear: Some(clear_slot),
    tp_richcompare: Some(richcompare),
    tp_weaklistoffset: offset_of!(ODict, weakreflist) as isize,
    tp_iter: Some(iter_slot),
    tp_methods: table(&METHODS),
    tp_getset: table(&GETSET),
    tp_base: &raw mut dict::PyDict_Type,
    tp_dictoffset: offset_of!(ODict, inst_dict) as isize,
    tp_init: Some(init),
    ..PyTypeObject::EMPTY
};

pub fn check(o: &Object) -> bool {
    o.is_a(&raw mut PyODict_Type)
}

fn state(odict: &Object) -> usize {
    // SAFETY: an OrderedDict.
    unsafe { (*odict.cast::<ODict>()).state }
}

fn changed(odict: &Object) {
    // SAFETY: an OrderedDict.
    unsafe { (*odict.cast::<ODict>()).state = state(odict).wrapping_add(1) }
}

/// A new empty OrderedDict.
pub fn new() -> Result<Owned> {
    // SAFETY: the type is static, and dict's tp_new needs no arguments.
    unsafe {
        let ty = &raw mut PyODict_Type;
        Owned::from_c((*ty).tp_new.unwrap_unchecked()(ty, ptr::null_mut(), ptr::null_mut()))
    }
}

/// `PyODict_SetItem`.
pub fn set(odict: &Object, key: &Object, value: &Object) -> Result<()> {
    let hash = key.hash()?;
    let before = dict::len(odict);
    dict::set_hashed(odict, key, hash, value)?;
    if dict::len(odict) != before {
        changed(odict);
    }
    Ok(())
}

/// `PyODict_DelItem`.
pub fn del(odict: &Object, key: &Object) -> Result<()> {
    let hash = key.hash()?;
    dict::del_hashed(odict, key, hash)?;
    changed(odict);
    Ok(())
}

unsafe extern "C" fn assign_subscript(op: *mut PyObject, key: *mut PyObject, value: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        match Object::optional(value) {
            Some(value) => set(this(op), this(key), value),
            None => del(this(op), this(key)),
        }
    })
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot: nobody else refers to it; dict's own destructor does the rest.
    unsafe {
        gc::untrack(op);
        let odict = op.cast::<ODict>();
        refcount::clear(&raw mut (*odict).inst_dict);
        if !(*odict).weakreflist.is_null() {
            weakref::clear_refs(this(op));
        }
        dict::PyDict_Type.tp_dealloc.unwrap_unchecked()(op);
    }
}

unsafe extern "C" fn traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let done = super::traverse::visit((*op.cast::<ODict>()).inst_dict, visit, arg);
        if done != 0 {
            return done;
        }
        dict::PyDict_Type.tp_traverse.unwrap_unchecked()(op, visit, arg)
    }
}

unsafe extern "C" fn clear_slot(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe {
        refcount::clear(&raw mut (*op.cast::<ODict>()).inst_dict);
        clear(this(op));
    }
    0
}

fn clear(odict: &Object) {
    dict::clear(odict);
    changed(odict);
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let odict = unsafe { this(op) };
    api(|| {
        let name = typeobject::name(odict.ty());
        if dict::len(odict) == 0 {
            return unicode::from_str(&format!("{name}()"));
        }
        text::guarded(odict, "...", || write_repr(odict, name))
    })
}

fn write_repr(odict: &Object, name: &str) -> Result<Owned> {
    let plain = if odict.is_exact(&raw mut PyODict_Type) {
        dict::copy(odict)?
    } else {
        let pairs = odict.call_method(name!(items), &[])?;
        let plain = dict::new()?;
        dict::merge::merge_pairs(&plain, &pairs, true)?;
        plain
    };
    let mut writer = Writer::new();
    writer.push_str(name)?;
    writer.push_str("(")?;
    writer.push_repr(&plain)?;
    writer.push_str(")")?;
    writer.finish()
}

unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: slot.
    let (x, y) = unsafe { (this(a), this(b)) };
    api(|| {
        if !check(x) || !dict::check(y) || (op != Py_EQ && op != Py_NE) {
            return Ok(none::not_implemented());
        }
        // SAFETY: dict's own comparison.
        let equal = unsafe { Owned::from_c(dict::methods::richcompare(a, b, Py_EQ))? }.is_true()?;
        let equal = equal && (!check(y) || same_order(x, y)?);
        Ok(boolobject::from_bool(equal == (op == Py_EQ)))
    })
}

fn same_order(a: &Object, b: &Object) -> Result<bool> {
    let (before_a, before_b) = (state(a), state(b));
    let (mut i, mut j) = (0, 0);
    while let (Some((x, _)), Some((y, _))) = (dict::next(a, &mut i), dict::next(b, &mut j)) {
        let (x, y) = (x.to_owned(), y.to_owned());
        let equal = x.equals(&y)?;
        if state(a) != before_a || state(b) != before_b {
            return Err(raise!(RuntimeError, "OrderedDict mutated during iteration"));
        }
        if !equal {
            return Ok(false);
        }
    }
    Ok(true)
}

unsafe extern "C" fn init(op: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        let n = tuple::len(this(args));
        if n > 1 {
            return Err(raise!(TypeError, "expected at most 1 argument, got {n}"));
        }
        update(this(op), this(args), Object::optional(kwargs))
    })
}

fn update(odict: &Object, args: &Object, kwargs: Option<&Object>) -> Result<()> {
    let args = tuple::items(args);
    if args.len() > 1 {
        return Err(raise!(TypeError, "update() takes at most 1 positional argument ({} given)", args.len()));
    }
    if let [other] = args {
        update_from(odict, other)?;
    }
    match kwargs {
        Some(kwargs) => add_entries(odict, kwargs),
        None => Ok(()),
    }
}

fn add_entries(odict: &Object, other: &Object) -> Result<()> {
    let pairs: Vec<(Owned, Owned)> = dict::entries(other).collect();
    for (key, value) in pairs {
        odict.setitem(&key, &value)?;
    }
    Ok(())
}

fn update_from(odict: &Object, other: &Object) -> Result<()> {
    if dict::check_exact(other) {
        return add_entries(odict, other);
    }
    if let Some(keys) = other.getattr_optional(name!(keys))? {
        let iterator = keys.call(&[])?.iter()?;
        while let Some(key) = iterator.next()? {
            let value = other.getitem(&key)?;
            odict.setitem(&key, &value)?;
        }
        return Ok(());
    }
    match other.getattr_optional(name!(items))? {
        Some(items) => add_pairs(odict, &*items.call(&[])?),
        None => add_pairs(odict, other),
    }
}

fn add_pairs(odict: &Object, pairs: &Object) -> Result<()> {
    let iterator = pairs.iter()?;
    while let Some(pair) = iterator.next()? {
        let parts = pair.iter()?;
        let Some(key) = parts.next()? else {
            return Err(raise!(ValueError, "need more than 0 values to unpack"));
        };
        let Some(value) = parts.next()? else {
            return Err(raise!(ValueError, "need more than 1 value to unpack"));
        };
        if parts.next()?.is_some() {
            return Err(raise!(ValueError, "too many values to unpack (expected 2)"));
        }
        odict.setitem(&key, &value)?;
    }
    Ok(())
}

unsafe extern "C" fn update_method(op: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        update(this(op), this(args), Object::optional(kwargs))?;
        Ok(none::none())
    })
}

const FROMKEYS: Signature<2> = Signature::new("fromkeys", ["iterable", "value"]).required(1);
const SETDEFAULT: Signature<2> = Signature::new("setdefault", ["key", "default"]).required(1);
const POP: Signature<2> = Signature::new("pop", ["key", "default"]).required(1);
const POPITEM: Signature<1> = Signature::new("popitem", ["last"]);
/// Unlike with a dict the key is the error's value, not its argument: a tuple's items are the arguments.
#[cold]
fn no_such_key(key: &Object) -> Raised {
    exceptions::raise(exceptions::object(&raw mut exceptions::KeyError), Some(key))
}

const MOVE_TO_END: Signature<2> = Signature::new("move_to_end", ["key", "last"]).required(1);

/// Defines a method with arguments by position or name; the first is required where the signature says so.
macro_rules! methods {
    ($($name:ident: $signature:ident = |$this:ident, $args:pat_param| $body:expr;)*) => { $(
        unsafe extern "C" fn $name(
            op: *mut PyObject,
            args: *const *mut PyObject,
            n: isize,
            kwnames: *mut PyObject,
        ) -> *mut PyObject {
            // SAFETY: slot.
            let $this = unsafe { this(op) };
            api(|| {
                // SAFETY: slot.
                let $args = unsafe { $signature.bind_fast(args, n, kwnames)? };
                $body
            })
        }
    )* };
}

/// A parameter that the signature requires.
fn bound(arg: Option<&Object>) -> &Object {
    arg.expect("bound as required")
}

fn flag(arg: Option<&Object>, default: bool) -> Result<bool> {
    arg.map_or(Ok(default), Object::is_true)
}

methods! {
    fromkeys: FROMKEYS = |class, [iterable, value]| {
        dict::merge::from_keys(class, bound(iterable), value.unwrap_or_else(none::none_ref))
    };
    setdefault: SETDEFAULT = |odict, [key, default]| {
        let (key, default) = (bound(key), default.unwrap_or_else(none::none_ref));
        if odict.is_exact(&raw mut PyODict_Type) {
            let hash = dict::hash_key(key)?;
            if let Some(value) = dict::get_hashed(odict, key, hash)? {
                return Ok(value);
            }
            set(odict, key, default)?;
            return Ok(default.to_owned());
        }
        if crate::object::sequence::contains(odict, key)? {
            return odict.getitem(key);
        }
        odict.setitem(key, default)?;
        Ok(default.to_owned())
    };
    pop: POP = |odict, [key, default]| {
        let key = bound(key);
        let hash = key.hash()?;
        match (dict::pop_hashed(odict, key, hash)?, default) {
            (Some(value), _) => {
                changed(odict);
                Ok(value)
            }
            (None, Some(default)) => Ok(default.to_owned()),
            (None, None) => Err(no_such_key(key)),
        }
    };
    popitem: POPITEM = |odict, [last]| {
        let pair = if flag(last, true)? {
            dict::pop_last(odict)
        } else {
            match dict::next_hashed(odict, &mut 0) {
                Some((key, _, hash)) => {
                    let key = key.to_owned();
                    dict::pop_hashed(odict, &key, hash)?.map(|value| (key, value))
                }
                None => None,
            }
        };
        let Some((key, value)) = pair else { return Err(raise!(KeyError, "dictionary is empty")) };
        changed(odict);
        tuple::from_slice(&[&key, &value])
    };
    move_to_end: MOVE_TO_END = |odict, [key, last]| {
        let key = bound(key);
        let last = flag(last, true)?;
        let hash = key.hash()?;
        if !dict::move_to_end(odict, key, hash, last)? {
            return Err(no_such_key(key));
        }
        changed(odict);
        Ok(none::none())
    };
}

unsafe extern "C" fn sizeof(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| long::from_u64(dict::methods::size_of_dict(unsafe { this(op) }) as u64))
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let odict = unsafe { this(op) };
    api(|| {
        let attributes = odict.call_method(name!(__getstate__), &[])?;
        let items = odict.call_method(name!(items), &[])?.iter()?;
        tuple::from_slice(&[odict.type_object(), tuple::empty_ref(), &attributes, none::none_ref(), &items])
    })
}

unsafe extern "C" fn clear_method(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    clear(unsafe { this(op) });
    none::none().into_raw()
}

unsafe extern "C" fn copy(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let odict = unsafe { this(op) };
    api(|| {
        if odict.is_exact(&raw mut PyODict_Type) {
            let new = new()?;
            for (key, value) in dict::entries(odict) {
                set(&new, &key, &value)?;
            }
            return Ok(new);
        }
        let new = odict.type_object().call(&[])?;
        let keys: Vec<Owned> = dict::entries(odict).map(|(key, _)| key).collect();
        for key in keys {
            let value = odict.getitem(&key)?;
            new.setitem(&key, &value)?;
        }
        Ok(new)
    })
}

unsafe extern "C" fn or(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let (a, b) = unsafe { (this(a), this(b)) };
    api(|| {
        let ty = if check(a) { a.type_object() } else { b.type_object() };
        if !dict::check(a) || !dict::check(b) {
            return Ok(none::not_implemented());
        }
        let new = ty.call(&[a])?;
        update_from(&new, b)?;
        Ok(new)
    })
}

unsafe extern "C" fn inplace_or(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    let (a, b) = unsafe { (this(a), this(b)) };
    api(|| {
        update_from(a, b)?;
        Ok(a.to_owned())
    })
}
