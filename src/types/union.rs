//! Unions of types: `int | str` (PEP 604).

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::error::Text;
use crate::object::{Object, Owned, Result, api, slots};
use crate::raise;
use crate::traverse_fields;
use crate::types::{boolobject, genericalias, none, set, tuple, typeobject, unicode, weakref};
use std::mem::offset_of;
use std::ptr;

#[repr(C)]
struct Union {
    ob_base: PyObject,
    args: *mut PyObject,
    /// The arguments as a frozenset: order does not count for equality.
    unordered: *mut PyObject,
    /// Found when first asked for.
    parameters: *mut PyObject,
    weakreflist: *mut PyObject,
}

#[unsafe(no_mangle)]
pub static mut _PyUnion_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"typing.Union".as_ptr(),
    tp_basicsize: size_of::<Union>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_as_number: suite(&NUMBER),
    tp_as_mapping: suite(&MAPPING),
    tp_hash: Some(hash),
    tp_getattro: Some(slots::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_doc: c"One of several types: int | str.".as_ptr(),
    tp_traverse: Some(traverse),
    tp_richcompare: Some(richcompare),
    tp_weaklistoffset: offset_of!(Union, weakreflist) as isize,
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    tp_getset: table(&GETSET),
    ..PyTypeObject::EMPTY
};

static NUMBER: PyNumberMethods = PyNumberMethods { nb_or: Some(or_slot), ..PyNumberMethods::EMPTY };
static MAPPING: PyMappingMethods = PyMappingMethods { mp_subscript: Some(getitem), ..PyMappingMethods::EMPTY };

static METHODS: [PyMethodDef; 3] = [
    PyMethodDef::one(c"__mro_entries__", mro_entries, c"__mro_entries__($self, object, /)\n--\n\n"),
    PyMethodDef::one(c"__class_getitem__", class_getitem, c"__class_getitem__($type, object, /)\n--\n\n")
        .with(METH_CLASS),
    PyMethodDef::END,
];

static MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::new(c"__args__", _Py_T_OBJECT, offset_of!(Union, args), Py_READONLY), PyMemberDef::END];

static GETSET: [PyGetSetDef; 5] = [
    PyGetSetDef::new(c"__name__", Some(get_name), None, ptr::null()),
    PyGetSetDef::new(c"__qualname__", Some(get_name), None, ptr::null()),
    PyGetSetDef::new(c"__origin__", Some(get_origin), None, ptr::null()),
    PyGetSetDef::new(c"__parameters__", Some(get_parameters), None, c"The type variables that stand in it.".as_ptr()),
    PyGetSetDef::END,
];

traverse_fields!(traverse, Union, args, unordered, parameters);

fn raw(o: &Object) -> *mut Union {
    o.cast()
}

pub fn check(o: &Object) -> bool {
    o.is_exact(&raw mut _PyUnion_Type)
}

/// The members, a tuple.
pub fn args(o: &Object) -> &Object {
    // SAFETY: layout; set at birth.
    unsafe { Object::from_ptr((*raw(o)).args) }
}

/// What may stand beside `|`: a class, `None`, an alias, a union.
fn is_unionable(o: &Object) -> bool {
    o.is_none() || o.has_flag(Py_TPFLAGS_TYPE_SUBCLASS) || genericalias::check(o) || check(o)
}

/// `a | b` of types (`_Py_union_type_or`); `NotImplemented` for anything else.
pub fn or(a: &Object, b: &Object) -> Result<Owned> {
    let fits = if check(a) || check(b) { true } else { is_unionable(a) && is_unionable(b) };
    if !fits {
        return Ok(none::not_implemented());
    }
    from_items(&[a, b])
}

/// `nb_or` of every type that unions are made of.
pub unsafe extern "C" fn or_slot(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { or(Object::from_ptr(a), Object::from_ptr(b)) })
}

/// The union of items, flat and each once; of one item the item itself.
fn from_items(items: &[&Object]) -> Result<Owned> {
    let mut members: Vec<Owned> = Vec::new();
    let mut add = |item: &Object| -> Result<()> {
        // `None` stands for its type.
        let item = match item.is_none() {
            true => none::none_ref().type_object().to_owned(),
            false => Object::to_owned(item),
        };
        for known in &members {
            if known.equals(&item)? {
                return Ok(());
            }
        }
        members.push(item);
        Ok(())
    };
    for item in items {
        if check(item) {
            for inner in tuple::items(args(item)) {
                add(inner)?;
            }
        } else {
            add(item)?;
        }
    }
    if members.len() == 1 {
        return Ok(members.remove(0));
    }
    let args = tuple::from_owned(members)?;
    let unordered = frozen(&args)?;
    let union = typeobject::generic_alloc(&raw mut _PyUnion_Type, 0)?;
    // SAFETY: layout; fresh, zeroed.
    unsafe {
        (*raw(&union)).args = args.into_raw();
        (*raw(&union)).unordered = unordered.into_raw();
    }
    Ok(union)
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero.
    unsafe {
        gc::untrack(op);
        let u = op.cast::<Union>();
        if !(*u).weakreflist.is_null() {
            weakref::clear_refs(Object::from_ptr(op));
        }
        refcount::xdecref((*u).args);
        refcount::xdecref((*u).unordered);
        refcount::xdecref((*u).parameters);
        crate::object::lifecycle::gc_free(op);
    }
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let o = unsafe { Object::from_ptr(op) };
        let mut parts = Vec::new();
        for item in tuple::items(args(o)) {
            if item.is(none::none_ref().type_object()) {
                parts.push("None".to_owned());
            } else {
                parts.push(unicode::as_str(&*genericalias::argument_text(item)?)?.to_owned());
            }
        }
        unicode::from_str(&parts.join(" | "))
    })
}

unsafe extern "C" fn hash(op: *mut PyObject) -> Py_hash_t {
    // SAFETY: slot; layout.
    api(|| unsafe { Object::from_ptr((*op.cast::<Union>()).unordered) }.hash())
}

unsafe extern "C" fn richcompare(op: *mut PyObject, other: *mut PyObject, how: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (a, b) = unsafe { (Object::from_ptr(op), Object::from_ptr(other)) };
        if !check(b) || (how != Py_EQ && how != Py_NE) {
            return Ok(none::not_implemented());
        }
        // SAFETY: layout.
        let equal = unsafe { Object::from_ptr((*raw(a)).unordered).equals(Object::from_ptr((*raw(b)).unordered)) }?;
        Ok(boolobject::from_bool(equal == (how == Py_EQ)))
    })
}

fn parameters(o: &Object) -> Result<Owned> {
    // SAFETY: layout; set once.
    unsafe {
        if (*raw(o)).parameters.is_null() {
            (*raw(o)).parameters = genericalias::parameters_of(args(o))?.into_raw();
        }
        Ok(Object::from_ptr((*raw(o)).parameters).to_owned())
    }
}

unsafe extern "C" fn getitem(op: *mut PyObject, item: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (o, item) = unsafe { (Object::from_ptr(op), Object::from_ptr(item)) };
        let new_args = genericalias::substitute(o, args(o), &*parameters(o)?, item)?;
        from_items(tuple::items(&new_args))
    })
}

unsafe extern "C" fn get_name(_op: *mut PyObject, _closure: *mut c_void) -> *mut PyObject {
    api(|| unicode::from_str("Union"))
}

unsafe extern "C" fn get_origin(op: *mut PyObject, _closure: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { Object::from_ptr(op) }.type_object().to_owned())
}

unsafe extern "C" fn get_parameters(op: *mut PyObject, _closure: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    api(|| parameters(unsafe { Object::from_ptr(op) }))
}

unsafe extern "C" fn mro_entries(op: *mut PyObject, _bases: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let text = unsafe { Object::from_ptr(op) }.repr()?;
        Err::<Owned, _>(raise!(TypeError, "Cannot subclass {}", Text(&text)))
    })
}

/// `typing.Union[int, str]`.
unsafe extern "C" fn class_getitem(_class: *mut PyObject, item: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let item = unsafe { Object::from_ptr(item) };
        if !tuple::check(item) {
            return from_items(&[item]);
        }
        if tuple::items(item).is_empty() {
            return Err(raise!(TypeError, "Cannot take a Union of no types."));
        }
        from_items(tuple::items(item))
    })
}

fn frozen(items: &Object) -> Result<Owned> {
    let frozen = set::new_frozen()?;
    for item in tuple::items(items) {
        set::add(&frozen, item)?;
    }
    Ok(frozen)
}
