//! `mappingproxy`: a view of a mapping that can't be written to; what `type.__dict__` gives.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::message;
use crate::name;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, api, error, lifecycle, number, sequence};
use crate::raise;
use crate::types::typeobject::{self, exports, names};
use crate::types::{dict, genericalias, list, none, tuple};

type O = *mut PyObject;

#[repr(C)]
struct Proxy {
    ob_base: PyObject,
    mapping: O,
}

#[unsafe(no_mangle)]
pub static mut PyDictProxy_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::metatype::PyType_Type, 0),
    tp_name: c"mappingproxy".as_ptr(),
    tp_basicsize: size_of::<Proxy>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_as_number: suite(&NUMBER),
    tp_as_sequence: suite(&SEQUENCE),
    tp_as_mapping: suite(&MAPPING),
    tp_hash: Some(hash),
    tp_str: Some(str),
    tp_getattro: Some(exports::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_MAPPING,
    tp_doc: c"mappingproxy(mapping)\n--\n\nRead-only proxy of a mapping.".as_ptr(),
    tp_traverse: Some(traverse),
    tp_richcompare: Some(compare),
    tp_iter: Some(iter),
    tp_methods: table(&METHODS),
    tp_new: Some(construct),
    ..PyTypeObject::EMPTY
};

static NUMBER: PyNumberMethods =
    PyNumberMethods { nb_or: Some(or), nb_inplace_or: Some(inplace_or), ..PyNumberMethods::EMPTY };
static SEQUENCE: PySequenceMethods = PySequenceMethods { sq_contains: Some(contains), ..PySequenceMethods::EMPTY };
static MAPPING: PyMappingMethods =
    PyMappingMethods { mp_length: Some(length), mp_subscript: Some(getitem), ..PyMappingMethods::EMPTY };

static METHODS: [PyMethodDef; 8] = [
    PyMethodDef::fast(
        c"get",
        get,
        c"get($self, key, default=None, /)\n--\n\nThe value of the key, or the default if it has none.",
    ),
    PyMethodDef::noargs(c"keys", keys, c"keys($self, /)\n--\n\nReturn what the mapping's keys() gives."),
    PyMethodDef::noargs(c"values", values, c"values($self, /)\n--\n\nReturn what the mapping's values() gives."),
    PyMethodDef::noargs(c"items", items, c"items($self, /)\n--\n\nReturn what the mapping's items() gives."),
    PyMethodDef::noargs(c"copy", copy, c"copy($self, /)\n--\n\nReturn what the mapping's copy() gives."),
    genericalias::CLASS_GETITEM_UNSIGNED,
    PyMethodDef::noargs(
        c"__reversed__",
        reversed,
        c"__reversed__($self, /)\n--\n\nReturn a reverse iterator over the keys.",
    ),
    PyMethodDef::END,
];

crate::traverse_fields!(traverse, Proxy, mapping);

unsafe extern "C" fn dealloc(op: O) {
    // SAFETY: slot.
    unsafe {
        gc::untrack(op);
        refcount::decref((*op.cast::<Proxy>()).mapping);
        lifecycle::gc_free(op);
    }
}

/// What the proxy shows. It is held, since the proxy may die while the mapping's code runs.
unsafe fn mapping(op: O) -> Owned {
    // SAFETY: slot.
    unsafe { Object::from_ptr((*op.cast::<Proxy>()).mapping) }.to_owned()
}

fn is_proxy(o: &Object) -> bool {
    o.is_exact(&raw mut PyDictProxy_Type)
}

/// `PyDictProxy_New`: `TypeError` for what is no mapping, and for lists and tuples, which have subscripts too.
pub fn new(mapping: &Object) -> Result<Owned> {
    if !crate::object::mapping::check(mapping) || list::check(mapping) || tuple::check(mapping) {
        let found = names::full_tp_name(mapping.ty());
        return Err(raise!(TypeError, "mappingproxy() argument must be a mapping, not {found}"));
    }
    let proxy = lifecycle::gc_new::<Proxy>(&raw mut PyDictProxy_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*proxy).mapping = mapping.to_owned().into_raw();
        gc::track(proxy.cast());
        Ok(Owned::from_raw(proxy.cast()))
    }
}

const NEW: Signature<1> = Signature::new("mappingproxy", ["mapping"]).required(1);

unsafe extern "C" fn construct(_ty: *mut PyTypeObject, args: O, kwargs: O) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        let [mapping] = NEW.bind(Object::from_ptr(args), Object::optional(kwargs))?;
        new(mapping.expect("bind checked it"))
    })
}

unsafe extern "C" fn repr(op: O) -> O {
    api(|| {
        // SAFETY: slot.
        let text = unsafe { mapping(op) }.repr()?;
        message!("mappingproxy({})", error::Text(&text))
    })
}

unsafe extern "C" fn str(op: O) -> O {
    // SAFETY: slot.
    api(|| unsafe { mapping(op) }.str())
}

unsafe extern "C" fn hash(op: O) -> Py_hash_t {
    // SAFETY: slot.
    api(|| unsafe { mapping(op) }.hash())
}

unsafe extern "C" fn iter(op: O) -> O {
    // SAFETY: slot.
    api(|| unsafe { mapping(op) }.iter())
}

unsafe extern "C" fn compare(op: O, other: O, operator: c_int) -> O {
    // SAFETY: slot.
    api(|| unsafe { mapping(op).compare(Object::from_ptr(other), operator) })
}

unsafe extern "C" fn length(op: O) -> Py_ssize_t {
    // SAFETY: slot.
    api(|| unsafe { mapping(op) }.size())
}

unsafe extern "C" fn getitem(op: O, key: O) -> O {
    // SAFETY: slot.
    api(|| unsafe { mapping(op).getitem(Object::from_ptr(key)) })
}

unsafe extern "C" fn contains(op: O, key: O) -> c_int {
    // SAFETY: slot.
    api(|| unsafe {
        let mapping = mapping(op);
        let key = Object::from_ptr(key);
        if mapping.is_exact(&raw mut dict::PyDict_Type) {
            dict::contains(&mapping, key)
        } else {
            sequence::contains(&mapping, key)
        }
    })
}

unsafe extern "C" fn or(a: O, b: O) -> O {
    // SAFETY: slot: one of the two is a proxy.
    api(|| unsafe {
        let open = |o: O| if is_proxy(Object::from_ptr(o)) { mapping(o) } else { Object::from_ptr(o).to_owned() };
        let (a, b) = (open(a), open(b));
        number::binary(&a, &b, number::OR)
    })
}

unsafe extern "C" fn inplace_or(op: O, _other: O) -> O {
    api(|| -> Result<Owned> {
        // SAFETY: slot.
        let of = names::full_tp_name(unsafe { Object::from_ptr(op) }.ty());
        Err(raise!(TypeError, "'|=' is not supported by {of}; use '|' instead"))
    })
}

unsafe extern "C" fn get(op: O, args: *const O, nargs: Py_ssize_t) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        if nargs < 1 {
            return Err(raise!(TypeError, "get expected at least 1 argument, got {nargs}"));
        }
        if nargs > 2 {
            return Err(raise!(TypeError, "get expected at most 2 arguments, got {nargs}"));
        }
        let default = if nargs == 2 { Object::from_ptr(*args.add(1)) } else { none::none_ref() };
        mapping(op).call_method(name!(get), &[Object::from_ptr(*args), default])
    })
}

unsafe extern "C" fn keys(op: O, _unused: O) -> O {
    // SAFETY: slot.
    api(|| unsafe { mapping(op) }.call_method(name!(keys), &[]))
}

unsafe extern "C" fn values(op: O, _unused: O) -> O {
    // SAFETY: slot.
    api(|| unsafe { mapping(op) }.call_method(name!(values), &[]))
}

unsafe extern "C" fn items(op: O, _unused: O) -> O {
    // SAFETY: slot.
    api(|| unsafe { mapping(op) }.call_method(name!(items), &[]))
}

unsafe extern "C" fn copy(op: O, _unused: O) -> O {
    // SAFETY: slot.
    api(|| unsafe { mapping(op) }.call_method(name!(copy), &[]))
}

unsafe extern "C" fn reversed(op: O, _unused: O) -> O {
    // SAFETY: slot.
    api(|| unsafe { mapping(op) }.call_method(name!(__reversed__), &[]))
}
