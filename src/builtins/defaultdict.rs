//! `collections.defaultdict`: a dict that makes what it has not.

use super::native::{Slots, get, init, methods, noargs, one, put, unary};
use crate::abi::*;
use crate::mem::refcount;
use crate::message;
use crate::object::error::Text;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::{dict, exceptions, genericalias, none, tuple, typeobject, unicode};
use std::ptr;

#[repr(C)]
struct DefaultDict {
    dict: PyDictObject,
    factory: *mut PyObject,
}

static METHODS: [PyMethodDef; 6] = [
    PyMethodDef::one(
        c"__missing__",
        one!(missing),
        c"__missing__(key) # Called by __getitem__ for missing key; the result of default_factory().",
    ),
    PyMethodDef::noargs(c"copy", noargs!(copy), c"A new defaultdict with the same factory, keys and values."),
    PyMethodDef::noargs(c"__copy__", noargs!(copy), c"A new defaultdict with the same factory, keys and values."),
    PyMethodDef::noargs(c"__reduce__", noargs!(reduce), c"What the object is pickled as."),
    genericalias::CLASS_GETITEM_UNSIGNED,
    PyMethodDef::END,
];

static GETSET: [PyGetSetDef; 2] = [
    PyGetSetDef::new(
        c"default_factory",
        get!(|this: &Object| Ok(factory(this))),
        put!(put_factory),
        c"What __missing__() calls for a value.".as_ptr(),
    ),
    PyGetSetDef::END,
];

static SLOTS: Slots = Slots(&[
    methods(&METHODS),
    super::native::getset(&GETSET),
    (Py_tp_init, init!(init_dict)),
    (Py_tp_repr, unary!(repr)),
    (Py_nb_or, super::native::binary!(or)),
    (Py_tp_dealloc, dealloc as *mut c_void),
    (Py_tp_traverse, traverse as *mut c_void),
    (Py_tp_clear, clear as *mut c_void),
    super::native::doc(c"defaultdict(default_factory=None, /, [...]) --> dict with default factory"),
    (0, ptr::null_mut()),
]);

/// The class, for the module.
pub fn class(module: &Object) -> Result<Owned> {
    let mut table: Vec<PyType_Slot> = SLOTS.0.iter().map(|&(slot, pfunc)| PyType_Slot { slot, pfunc }).collect();
    let mut spec = PyType_Spec {
        name: c"collections.defaultdict".as_ptr(),
        basicsize: size_of::<DefaultDict>() as c_int,
        itemsize: 0,
        flags: (Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE) as c_uint,
        slots: table.as_mut_ptr(),
    };
    // SAFETY: a whole spec; the tables that the class keeps are static.
    unsafe {
        let base = Object::from_ptr((&raw mut dict::PyDict_Type).cast());
        typeobject::spec::from_metaclass(ptr::null_mut(), Some(module), &raw mut spec, Some(base))
    }
}

fn place(this: &Object) -> *mut *mut PyObject {
    // SAFETY: layout; the field's address only.
    unsafe { &raw mut (*this.cast::<DefaultDict>()).factory }
}

fn factory(this: &Object) -> Option<Owned> {
    // SAFETY: layout.
    unsafe { Object::optional(*place(this)) }.map(Object::to_owned)
}

fn put_factory(this: &Object, value: Option<&Object>) -> Result<()> {
    // SAFETY: layout.
    unsafe { refcount::xdecref(place(this).replace(value.map_or(ptr::null_mut(), |v| v.to_owned().into_raw()))) };
    Ok(())
}

fn init_dict(this: &Object, args: &Object, kwargs: Option<&Object>) -> Result<()> {
    let items = tuple::items(args);
    let (default, rest) = match items.split_first() {
        Some((default, rest)) => (Some(*default), tuple::from_slice(rest)?),
        None => (None, tuple::empty()),
    };
    if let Some(default) = default
        && !default.is_none()
        && !default.is_callable()
    {
        return Err(raise!(TypeError, "first argument must be callable or None"));
    }
    put_factory(this, default)?;
    let kwargs = kwargs.map_or(ptr::null_mut(), Object::as_ptr);
    // SAFETY: the initialiser of the base, with its arguments.
    crate::object::error::status(unsafe { dict::methods::init(this.as_ptr(), rest.as_ptr(), kwargs) })
}

fn missing(this: &Object, key: &Object) -> Result<Owned> {
    match factory(this).filter(|factory| !factory.is_none()) {
        Some(factory) => {
            let value = factory.call(&[])?;
            this.setitem(key, &value)?;
            Ok(value)
        }
        None => Err(exceptions::raise_key_error(key)),
    }
}

fn copy(this: &Object) -> Result<Owned> {
    let factory = factory(this).unwrap_or_else(none::none);
    this.type_object().call(&[&factory, this])
}

fn reduce(this: &Object) -> Result<Owned> {
    let args = match factory(this).filter(|factory| !factory.is_none()) {
        Some(factory) => tuple::from_slice(&[&factory])?,
        None => tuple::empty(),
    };
    let items = this.call_method(crate::name!(items), &[])?.iter()?;
    tuple::from_slice(&[this.type_object(), &args, none::none_ref(), none::none_ref(), &items])
}

fn repr(this: &Object) -> Result<Owned> {
    // SAFETY: the base's own.
    let base = unsafe { Owned::from_c((*&raw const dict::PyDict_Type).tp_repr.unwrap_unchecked()(this.as_ptr()))? };
    let shown = match factory(this) {
        None => "None".to_owned(),
        Some(factory) => {
            if !crate::object::repr::enter(&factory)? {
                let text = factory.repr();
                crate::object::repr::leave(&factory);
                unicode::as_str(&*text?)?.to_owned()
            } else {
                "...".to_owned()
            }
        }
    };
    let name = typeobject::name(this.ty());
    message!("{name}({shown}, {})", Text(&base))
}

fn or(a: &Object, b: &Object) -> Result<Owned> {
    if !dict::check(a) || !dict::check(b) {
        return Ok(none::not_implemented());
    }
    // SAFETY: the operand that has our slot has our layout; other dicts are plain.
    let is_large = |o: &Object| unsafe { (*o.ty()).tp_basicsize } >= size_of::<DefaultDict>() as isize;
    let is_ours = |o: &Object| is_large(o) && typeobject::is_heap(o.ty()) && has_our_repr(o);
    let ours = if is_ours(a) { a } else { b };
    let factory = factory(ours).unwrap_or_else(none::none);
    let new = ours.type_object().call(&[&factory, a])?;
    dict::merge(&new, b, true)?;
    Ok(new)
}

/// A class that this room made stands among the classes of `o`.
fn has_our_repr(o: &Object) -> bool {
    typeobject::mro::items(o.ty()).iter().any(|class| {
        // SAFETY: live classes.
        unsafe {
            (*class.cast::<PyTypeObject>())
                .tp_traverse
                .is_some_and(|f| std::ptr::fn_addr_eq(f, traverse as unsafe extern "C" fn(_, _, _) -> _))
        }
    })
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot: the count is zero. The base frees the memory; the reference to the class is ours to give up.
    unsafe {
        crate::mem::gc::untrack(op);
        let ty = (*op).ob_type;
        refcount::clear(place(Object::from_ptr(op)));
        (*&raw const dict::PyDict_Type).tp_dealloc.unwrap_unchecked()(op);
        refcount::decref(ty.cast());
    }
}

unsafe extern "C" fn traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        for inner in [(*op).ob_type.cast(), *place(Object::from_ptr(op))] {
            let done = crate::types::traverse::visit(inner, visit, arg);
            if done != 0 {
                return done;
            }
        }
        (*&raw const dict::PyDict_Type).tp_traverse.unwrap_unchecked()(op, visit, arg)
    }
}

unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe {
        refcount::clear(place(Object::from_ptr(op)));
        (*&raw const dict::PyDict_Type).tp_clear.unwrap_unchecked()(op)
    }
}
