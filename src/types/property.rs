//! `property`: an attribute made of a getter, a setter and a deleter.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::name;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, api, error};
use crate::raise;
use crate::types::funcobject::says_abstract;
use crate::types::typeobject::{self, exports, names};
use crate::types::{boolobject, none, tuple};
use std::mem::offset_of;
use std::ptr;

type O = *mut PyObject;

#[repr(C)]
struct Property {
    ob_base: PyObject,
    get: O,
    set: O,
    del: O,
    doc: O,
    name: O,
    /// The doc is the getter's.
    getter_doc: c_int,
}

#[unsafe(no_mangle)]
pub static mut PyProperty_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::metatype::PyType_Type, 0),
    tp_name: c"property".as_ptr(),
    tp_basicsize: size_of::<Property>() as isize,
    tp_dealloc: Some(dealloc),
    tp_getattro: Some(exports::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    tp_doc:
        c"property(fget=None, fset=None, fdel=None, doc=None)\n--\n\nAn attribute whose value is computed: fget reads \
        it, fset sets it, fdel deletes it."
            .as_ptr(),
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    tp_getset: table(&GETSET),
    tp_descr_get: Some(get),
    tp_descr_set: Some(set),
    tp_init: Some(init),
    tp_alloc: Some(exports::PyType_GenericAlloc),
    tp_new: Some(exports::PyType_GenericNew),
    tp_free: Some(exports::PyObject_GC_Del),
    ..PyTypeObject::EMPTY
};

static MEMBERS: [PyMemberDef; 5] = [
    PyMemberDef::new(c"fget", _Py_T_OBJECT, offset_of!(Property, get), Py_READONLY),
    PyMemberDef::new(c"fset", _Py_T_OBJECT, offset_of!(Property, set), Py_READONLY),
    PyMemberDef::new(c"fdel", _Py_T_OBJECT, offset_of!(Property, del), Py_READONLY),
    PyMemberDef::new(c"__doc__", _Py_T_OBJECT, offset_of!(Property, doc), 0),
    PyMemberDef::END,
];

static METHODS: [PyMethodDef; 5] = [
    PyMethodDef::one(c"getter", getter, c"A copy of the property with another function that gets."),
    PyMethodDef::one(c"setter", setter, c"A copy of the property with another function that sets."),
    PyMethodDef::one(c"deleter", deleter, c"A copy of the property with another function that deletes."),
    PyMethodDef::varargs(
        c"__set_name__",
        set_name,
        c"__set_name__($self, owner, name, /)\n--\n\nLearn the name that the property has in its class.",
    ),
    PyMethodDef::END,
];

static GETSET: [PyGetSetDef; 3] = [
    PyGetSetDef::new(c"__name__", Some(get_name), Some(assign_name), ptr::null()),
    PyGetSetDef::new(c"__isabstractmethod__", Some(is_abstract), None, ptr::null()),
    PyGetSetDef::END,
];

crate::traverse_fields!(traverse, Property, get, set, del, doc, name);

unsafe extern "C" fn clear(op: O) -> c_int {
    // SAFETY: slot.
    unsafe {
        let this = op.cast::<Property>();
        for place in [
            &raw mut (*this).get,
            &raw mut (*this).set,
            &raw mut (*this).del,
            &raw mut (*this).doc,
            &raw mut (*this).name,
        ] {
            refcount::clear(place);
        }
    }
    0
}

unsafe extern "C" fn dealloc(op: O) {
    // SAFETY: slot.
    unsafe {
        gc::untrack(op);
        clear(op);
        if let Some(free) = (*(*op).ob_type).tp_free {
            free(op.cast());
        }
    }
}

/// Puts a value, or nothing, into a field.
unsafe fn put(place: *mut O, value: Option<&Object>) {
    // SAFETY: the field owns what it holds.
    unsafe {
        let old = place.replace(value.map_or(ptr::null_mut(), |value| value.to_owned().into_raw()));
        refcount::xdecref(old);
    }
}

const INIT: Signature<4> = Signature::new("property", ["fget", "fset", "fdel", "doc"]);

unsafe extern "C" fn init(op: O, args: O, kwargs: O) -> c_int {
    // SAFETY: slot.
    unsafe {
        api(|| -> Result<()> {
            let bound = INIT.bind(Object::from_ptr(args), Object::optional(kwargs))?;
            let [get, set, del, doc] = bound.map(|o| o.filter(|o| !o.is_none()));
            let this = op.cast::<Property>();
            put(&raw mut (*this).get, get);
            put(&raw mut (*this).set, set);
            put(&raw mut (*this).del, del);
            put(&raw mut (*this).doc, None);
            put(&raw mut (*this).name, None);
            (*this).getter_doc = 0;
            let doc = match (doc, get) {
                (Some(doc), _) => Some(doc.to_owned()),
                (None, Some(get)) => {
                    let doc = get.getattr_optional(name!(__doc__))?.filter(|doc| !doc.is_none());
                    (*this).getter_doc = c_int::from(doc.is_some());
                    doc
                }
                (None, None) => None,
            };
            let property = Object::from_ptr(op);
            if property.is_exact(&raw mut PyProperty_Type) {
                put(&raw mut (*this).doc, doc.as_deref());
                return Ok(());
            }
            // A subclass's own `__doc__` would hide the field, so the text goes where the instance finds it.
            let doc = doc.unwrap_or_else(none::none);
            match property.setattr(name!(__doc__), &doc) {
                Err(raised) if (*this).getter_doc == 0 => {
                    error::ignore(raised, &raw mut crate::types::exceptions::AttributeError)
                }
                result => result,
            }
        })
    }
}

/// The name that `__set_name__` told, or the getter's.
fn name_of(op: O) -> Result<Option<Owned>> {
    // SAFETY: slot.
    unsafe {
        let this = op.cast::<Property>();
        if let Some(name) = Object::optional((*this).name) {
            return Ok(Some(name.to_owned()));
        }
        match Object::optional((*this).get) {
            Some(get) => get.to_owned().getattr_optional(name!(__name__)),
            None => Ok(None),
        }
    }
}

#[cold]
fn without(op: O, instance: &Object, what: &str) -> crate::object::Raised {
    let text = || -> Result<String> {
        let name = match name_of(op)? {
            Some(name) => Some(name.repr()?),
            None => None,
        };
        let owner = names::get_qualname(instance.ty())?.repr()?;
        Ok(match name {
            Some(name) => format!("property {} of {} object has no {what}", error::Text(&name), error::Text(&owner)),
            None => format!("property of {} object has no {what}", error::Text(&owner)),
        })
    };
    match text() {
        Ok(text) => raise!(AttributeError, "{text}"),
        Err(raised) => raised,
    }
}

unsafe extern "C" fn get(op: O, instance: O, _owner: O) -> O {
    // SAFETY: slot.
    unsafe {
        api(|| {
            let instance = match Object::optional(instance) {
                Some(instance) if !instance.is_none() => instance,
                _ => return Ok(Object::from_ptr(op).to_owned()),
            };
            match Object::optional((*op.cast::<Property>()).get) {
                Some(get) => get.to_owned().call(&[instance]),
                None => Err(without(op, instance, "getter")),
            }
        })
    }
}

unsafe extern "C" fn set(op: O, instance: O, value: O) -> c_int {
    // SAFETY: slot.
    unsafe {
        api(|| -> Result<()> {
            let this = op.cast::<Property>();
            let instance = Object::from_ptr(instance);
            match Object::optional(value) {
                Some(value) => match Object::optional((*this).set) {
                    Some(set) => set.to_owned().call(&[instance, value])?,
                    None => return Err(without(op, instance, "setter")),
                },
                None => match Object::optional((*this).del) {
                    Some(del) => del.to_owned().call(&[instance])?,
                    None => return Err(without(op, instance, "deleter")),
                },
            };
            Ok(())
        })
    }
}

/// A copy with one function changed, made by calling the property's class.
fn copy(op: O, get: Option<O>, set: Option<O>, del: Option<O>) -> Result<Owned> {
    // SAFETY: slot.
    unsafe {
        let this = op.cast::<Property>();
        let pick = |new: Option<O>, old: O| {
            let new = new.map(|new| Object::from_ptr(new)).filter(|new| !new.is_none());
            new.or(Object::optional(old)).unwrap_or(none::none_ref()).to_owned()
        };
        let (get, set, del) = (pick(get, (*this).get), pick(set, (*this).set), pick(del, (*this).del));
        let doc = if (*this).getter_doc != 0 && !get.is_none() {
            none::none()
        } else {
            Object::optional((*this).doc).unwrap_or(none::none_ref()).to_owned()
        };
        let new = Object::from_ptr(op).type_object().call(&[&get, &set, &del, &doc])?;
        if new.is_a(&raw mut PyProperty_Type) {
            put(&raw mut (*new.cast::<Property>()).name, Object::optional((*this).name));
        }
        Ok(new)
    }
}

unsafe extern "C" fn getter(op: O, function: O) -> O {
    api(|| copy(op, Some(function), None, None))
}

unsafe extern "C" fn setter(op: O, function: O) -> O {
    api(|| copy(op, None, Some(function), None))
}

unsafe extern "C" fn deleter(op: O, function: O) -> O {
    api(|| copy(op, None, None, Some(function)))
}

unsafe extern "C" fn set_name(op: O, args: O) -> O {
    // SAFETY: slot.
    unsafe {
        api(|| {
            let args = tuple::items(Object::from_ptr(args));
            let [_, name] = args else {
                return Err(raise!(
                    TypeError,
                    "__set_name__() takes 2 positional arguments but {} were given",
                    args.len()
                ));
            };
            put(&raw mut (*op.cast::<Property>()).name, Some(name));
            Ok(none::none())
        })
    }
}

unsafe extern "C" fn get_name(op: O, _closure: *mut c_void) -> O {
    api(|| match name_of(op)? {
        Some(name) => Ok(name),
        None => Err(raise!(AttributeError, "'property' object has no attribute '__name__'")),
    })
}

unsafe extern "C" fn assign_name(op: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe { put(&raw mut (*op.cast::<Property>()).name, Object::optional(value)) };
    0
}

unsafe extern "C" fn is_abstract(op: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    unsafe {
        api(|| {
            let this = op.cast::<Property>();
            for function in [(*this).get, (*this).set, (*this).del] {
                if let Some(function) = Object::optional(function)
                    && says_abstract(function)?
                {
                    return Ok(boolobject::from_bool(true));
                }
            }
            Ok(boolobject::from_bool(false))
        })
    }
}
