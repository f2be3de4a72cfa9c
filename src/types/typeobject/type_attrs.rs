//! The attributes and methods that classes have as instances of `type`.

use super::{as_object, attribute, cache, doc, has_flag, is_heap, metatype, mro, names, new, subclasses};
use crate::abi::*;
use crate::mem::refcount;
use crate::name;
use crate::object::{Object, Owned, Raised, Result, api, error};
use crate::raise;
use crate::types::{dict, exceptions, long, mappingproxy, none, tuple, unicode};
use std::mem::offset_of;
use std::ptr;

type O = *mut PyObject;

pub static NUMBER: PyNumberMethods =
    PyNumberMethods { nb_or: Some(crate::types::union::or_slot), ..PyNumberMethods::EMPTY };

pub static MEMBERS: [PyMemberDef; 7] = [
    PyMemberDef::new(c"__basicsize__", Py_T_PYSSIZET, offset_of!(PyTypeObject, tp_basicsize), Py_READONLY),
    PyMemberDef::new(c"__itemsize__", Py_T_PYSSIZET, offset_of!(PyTypeObject, tp_itemsize), Py_READONLY),
    PyMemberDef::new(c"__flags__", Py_T_ULONG, offset_of!(PyTypeObject, tp_flags), Py_READONLY),
    PyMemberDef::new(c"__weakrefoffset__", Py_T_PYSSIZET, offset_of!(PyTypeObject, tp_weaklistoffset), Py_READONLY),
    PyMemberDef::new(c"__base__", _Py_T_OBJECT, offset_of!(PyTypeObject, tp_base), Py_READONLY),
    PyMemberDef::new(c"__dictoffset__", Py_T_PYSSIZET, offset_of!(PyTypeObject, tp_dictoffset), Py_READONLY),
    PyMemberDef::END,
];

const fn get_set(name: &'static std::ffi::CStr, get: getter, set: setter) -> PyGetSetDef {
    PyGetSetDef::new(name, get, set, ptr::null())
}

pub static GETSET: [PyGetSetDef; 13] = [
    get_set(c"__name__", Some(get_name), Some(set_name)),
    get_set(c"__qualname__", Some(get_qualname), Some(set_qualname)),
    get_set(c"__bases__", Some(get_bases), Some(super::bases::set_bases)),
    get_set(c"__mro__", Some(get_mro), None),
    get_set(c"__module__", Some(get_module), Some(set_module)),
    get_set(c"__abstractmethods__", Some(get_abstractmethods), Some(set_abstractmethods)),
    get_set(c"__dict__", Some(get_dict), None),
    get_set(c"__doc__", Some(get_doc), Some(set_doc)),
    get_set(c"__text_signature__", Some(get_text_signature), None),
    get_set(c"__annotations__", Some(get_annotations), Some(set_annotations)),
    get_set(c"__annotate__", Some(get_annotate), Some(set_annotate)),
    get_set(c"__type_params__", Some(get_type_params), Some(set_type_params)),
    PyGetSetDef::END,
];

pub static METHODS: [PyMethodDef; 8] = [
    PyMethodDef::noargs(
        c"mro",
        method_mro,
        c"mro($self, /)\n--\n\nReturn the classes in which attributes are looked up, in that order.",
    ),
    PyMethodDef::noargs(
        c"__subclasses__",
        method_subclasses,
        c"__subclasses__($self, /)\n--\n\nThe classes that have this one among their bases.",
    ),
    PyMethodDef::fast_keywords(
        c"__prepare__",
        prepare,
        c"__prepare__($cls, name, bases, /, **kwds)\n--\n\nThe dict in which a class body is executed: a new one.",
    )
    .with(METH_CLASS),
    PyMethodDef::one(
        c"__instancecheck__",
        instancecheck,
        c"__instancecheck__($self, instance, /)\n--\n\nWhat isinstance() asks of the class.",
    ),
    PyMethodDef::one(
        c"__subclasscheck__",
        subclasscheck,
        c"__subclasscheck__($self, subclass, /)\n--\n\nWhat issubclass() asks of the class.",
    ),
    PyMethodDef::noargs(c"__dir__", dir, c"__dir__($self, /)\n--\n\nReturn the names of the class's attributes."),
    PyMethodDef::noargs(
        c"__sizeof__",
        sizeof,
        c"__sizeof__($self, /)\n--\n\nHow many bytes of memory the class takes.",
    ),
    PyMethodDef::END,
];

pub(super) const DICT: PyGetSetDef = PyGetSetDef::new(
    c"__dict__",
    Some(new::subtype_dict),
    Some(new::subtype_setdict),
    c"The attributes that the object has for itself.".as_ptr(),
);
pub(super) const WEAKREF: PyGetSetDef = PyGetSetDef::new(
    c"__weakref__",
    Some(new::subtype_weakref),
    None,
    c"The first of the object's weak references, or None.".as_ptr(),
);
static FULL: [PyGetSetDef; 3] = [DICT, WEAKREF, PyGetSetDef::END];
static DICT_ONLY: [PyGetSetDef; 2] = [DICT, PyGetSetDef::END];
static WEAKREF_ONLY: [PyGetSetDef; 2] = [WEAKREF, PyGetSetDef::END];

/// What instances of a new class show of what the class added.
pub fn instance_getset(dict: bool, weak: bool) -> *mut PyGetSetDef {
    match (dict, weak) {
        (true, true) => table(&FULL),
        (true, false) => table(&DICT_ONLY),
        (false, true) => table(&WEAKREF_ONLY),
        (false, false) => ptr::null_mut(),
    }
}

unsafe fn type_of(op: O) -> *mut PyTypeObject {
    op.cast()
}

unsafe fn dict_of<'a>(ty: *mut PyTypeObject) -> &'a Object {
    // SAFETY: slots and getters are called with a ready type.
    unsafe { super::dict_of_ready(ty) }
}

/// Immutable classes refuse to have a special attribute set; no class gives one up. What passes is told.
pub fn check_set_special(ty: *mut PyTypeObject, value: Option<&Object>, name: &str) -> Result<()> {
    if has_flag(ty, Py_TPFLAGS_IMMUTABLETYPE) {
        let of = names::full_tp_name(ty);
        return Err(raise!(TypeError, "cannot set '{name}' attribute of immutable type '{of}'"));
    }
    if value.is_none() {
        let of = names::full_tp_name(ty);
        return Err(raise!(TypeError, "cannot delete '{name}' attribute of immutable type '{of}'"));
    }
    // SAFETY: a live class.
    crate::object::audit::changing(unsafe { as_object(ty) }, name, value)
}

unsafe extern "C" fn get_name(ty: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe { names::get_name(type_of(ty)) })
}

unsafe extern "C" fn set_name(class: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot; layout: only classes on the heap are mutable.
    unsafe {
        let (ty, value) = (type_of(class), Object::optional(value));
        api(|| -> Result<()> {
            check_set_special(ty, value, "__name__")?;
            let value = value.expect("checked");
            if !unicode::check(value) {
                let (of, found) = (names::full_tp_name(ty), names::full_tp_name(value.ty()));
                return Err(raise!(TypeError, "can only assign string to {of}.__name__, not '{found}'"));
            }
            let text = unicode::as_str(value)?;
            if text.contains('\0') {
                return Err(raise!(ValueError, "type name must not contain null characters"));
            }
            let copy = metatype::copy_c_string(text.as_bytes());
            if copy.is_null() {
                return Err(error::no_memory());
            }
            cache::modified(ty);
            let heap = ty.cast::<PyHeapTypeObject>();
            crate::mem::domains::mem_free((*heap)._ht_tpname.cast());
            (*heap)._ht_tpname = copy;
            (*ty).tp_name = copy;
            let old = std::mem::replace(&mut (*heap).ht_name, value.to_owned().into_raw());
            refcount::decref(old);
            Ok(())
        })
    }
}

unsafe extern "C" fn get_qualname(ty: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe { names::get_qualname(type_of(ty)) })
}

unsafe extern "C" fn set_qualname(class: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot; layout: only classes on the heap are mutable.
    unsafe {
        let (ty, value) = (type_of(class), Object::optional(value));
        api(|| -> Result<()> {
            check_set_special(ty, value, "__qualname__")?;
            let value = value.expect("checked");
            if !unicode::check(value) {
                let (of, found) = (names::full_tp_name(ty), names::full_tp_name(value.ty()));
                return Err(raise!(TypeError, "can only assign string to {of}.__qualname__, not '{found}'"));
            }
            let heap = ty.cast::<PyHeapTypeObject>();
            let old = std::mem::replace(&mut (*heap).ht_qualname, value.to_owned().into_raw());
            refcount::decref(old);
            Ok(())
        })
    }
}

unsafe extern "C" fn get_bases(ty: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe { Object::optional((*type_of(ty)).tp_bases).unwrap_or(none::none_ref()).to_owned() })
}

unsafe extern "C" fn get_mro(ty: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe { Object::optional((*type_of(ty)).tp_mro).unwrap_or(none::none_ref()).to_owned() })
}

unsafe extern "C" fn get_module(ty: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe { names::get_module_name(type_of(ty)) })
}

unsafe extern "C" fn set_module(class: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let (ty, value) = (type_of(class), Object::optional(value));
        api(|| -> Result<()> {
            check_set_special(ty, value, "__module__")?;
            cache::modified(ty);
            dict::set(dict_of(ty), name!(__module__), value.expect("checked"))?;
            dict::pop(dict_of(ty), name!(__firstlineno__)).map(drop)
        })
    }
}

unsafe extern "C" fn get_abstractmethods(class: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    unsafe {
        let ty = type_of(class);
        api(|| {
            // `type` itself has the attribute in its dict, as this very descriptor.
            let found = if ty == &raw mut metatype::PyType_Type {
                None
            } else {
                dict::get(dict_of(ty), name!(__abstractmethods__))?
            };
            found.ok_or_else(|| missing(name!(__abstractmethods__)))
        })
    }
}

fn missing(name: &Object) -> Raised {
    // SAFETY: static.
    exceptions::raise(unsafe { as_object(&raw mut exceptions::AttributeError) }, Some(name))
}

unsafe extern "C" fn set_abstractmethods(class: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let (ty, value) = (type_of(class), Object::optional(value));
        api(|| -> Result<()> {
            if has_flag(ty, _Py_TPFLAGS_STATIC_BUILTIN) {
                return Err(attribute::immutable(ty, name!(__abstractmethods__))?);
            }
            let is_abstract = match value {
                Some(value) => {
                    let is_abstract = value.is_true()?;
                    dict::set(dict_of(ty), name!(__abstractmethods__), value)?;
                    is_abstract
                }
                None => {
                    if dict::pop(dict_of(ty), name!(__abstractmethods__))?.is_none() {
                        return Err(missing(name!(__abstractmethods__)));
                    }
                    false
                }
            };
            cache::modified(ty);
            if is_abstract {
                (*ty).tp_flags |= Py_TPFLAGS_IS_ABSTRACT;
            } else {
                (*ty).tp_flags &= !Py_TPFLAGS_IS_ABSTRACT;
            }
            Ok(())
        })
    }
}

unsafe extern "C" fn get_dict(class: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        match super::dict_of(type_of(class)) {
            Some(dict) => mappingproxy::new(dict),
            None => Ok(none::none()),
        }
    })
}

unsafe extern "C" fn get_doc(class: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    unsafe {
        let ty = type_of(class);
        api(|| {
            if !is_heap(ty) && !(*ty).tp_doc.is_null() {
                return doc::type_doc((*ty).tp_name, (*ty).tp_doc);
            }
            let Some(value) = dict::get(dict_of(ty), name!(__doc__))? else { return Ok(none::none()) };
            match (*value.ty()).tp_descr_get {
                Some(get) => Owned::from_c(get(value.as_ptr(), ptr::null_mut(), class)),
                None => Ok(value),
            }
        })
    }
}

unsafe extern "C" fn set_doc(class: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let (ty, value) = (type_of(class), Object::optional(value));
        api(|| -> Result<()> {
            check_set_special(ty, value, "__doc__")?;
            cache::modified(ty);
            dict::set(dict_of(ty), name!(__doc__), value.expect("checked"))
        })
    }
}

unsafe extern "C" fn get_text_signature(class: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe { doc::text_signature((*type_of(class)).tp_name, (*type_of(class)).tp_doc) })
}

/// Static types have no annotations; classes get an empty dict when first asked, which they keep.
unsafe extern "C" fn get_annotations(class: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    unsafe {
        let ty = type_of(class);
        api(|| {
            if !is_heap(ty) {
                let of = names::full_tp_name(ty);
                return Err(raise!(AttributeError, "type object '{of}' has no attribute '__annotations__'"));
            }
            let dict = dict_of(ty);
            let own = dict::get(dict, name!(__annotations__))?;
            let own = match own {
                Some(own) => Some(own),
                None => dict::get(dict, name!(__annotations_cache__))?,
            };
            if let Some(own) = own {
                return match (*own.ty()).tp_descr_get {
                    Some(get) => Owned::from_c(get(own.as_ptr(), ptr::null_mut(), class)),
                    None => Ok(own),
                };
            }
            let annotate = Object::from_ptr(class).getattr(name!(__annotate__))?;
            let annotations = if annotate.is_callable() {
                let annotations = annotate.call(&[&*long::from_i64(1)?])?;
                if !dict::check(&annotations) {
                    let found = names::full_tp_name(annotations.ty());
                    return Err(raise!(TypeError, "__annotate__() must return a dict, not {found}"));
                }
                annotations
            } else {
                dict::new()?
            };
            dict::set(dict, name!(__annotations_cache__), &annotations)?;
            cache::modified(ty);
            Ok(annotations)
        })
    }
}

unsafe extern "C" fn set_annotations(class: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let (ty, value) = (type_of(class), Object::optional(value));
        api(|| -> Result<()> {
            if has_flag(ty, Py_TPFLAGS_IMMUTABLETYPE) {
                return Err(attribute::immutable(ty, name!(__annotations__))?);
            }
            let dict = dict_of(ty);
            match value {
                Some(value) => {
                    dict::set(dict, name!(__annotations__), value)?;
                    dict::pop(dict, name!(__annotations_cache__))?;
                }
                None => {
                    let explicit = dict::pop(dict, name!(__annotations__))?;
                    let cached = dict::pop(dict, name!(__annotations_cache__))?;
                    if explicit.is_none() && cached.is_none() {
                        return Err(missing(name!(__annotations__)));
                    }
                }
            }
            cache::modified(ty);
            dict::pop(dict, name!(__annotate_func__))?;
            dict::pop(dict, name!(__annotate__)).map(drop)
        })
    }
}

unsafe extern "C" fn get_annotate(class: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    unsafe {
        let ty = type_of(class);
        api(|| {
            if !is_heap(ty) {
                let of = names::full_tp_name(ty);
                return Err(raise!(AttributeError, "type object '{of}' has no attribute '__annotate__'"));
            }
            for name in [name!(__annotate_func__), name!(__annotate__)] {
                if let Some(own) = dict::get(dict_of(ty), name)? {
                    return match (*own.ty()).tp_descr_get {
                        Some(get) => Owned::from_c(get(own.as_ptr(), ptr::null_mut(), class)),
                        None => Ok(own),
                    };
                }
            }
            dict::set(dict_of(ty), name!(__annotate_func__), none::none_ref())?;
            Ok(none::none())
        })
    }
}

unsafe extern "C" fn set_annotate(class: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let (ty, value) = (type_of(class), Object::optional(value));
        api(|| -> Result<()> {
            let Some(value) = value else {
                return Err(raise!(TypeError, "cannot delete __annotate__ attribute"));
            };
            if has_flag(ty, Py_TPFLAGS_IMMUTABLETYPE) {
                return Err(attribute::immutable(ty, name!(__annotate__))?);
            }
            if !value.is_none() && !value.is_callable() {
                return Err(raise!(TypeError, "__annotate__ must be callable or None"));
            }
            dict::set(dict_of(ty), name!(__annotate_func__), value)?;
            if !value.is_none() {
                dict::pop(dict_of(ty), name!(__annotations_cache__))?;
                dict::pop(dict_of(ty), name!(__annotations__))?;
            }
            cache::modified(ty);
            Ok(())
        })
    }
}

unsafe extern "C" fn get_type_params(class: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    unsafe {
        let ty = type_of(class);
        api(|| {
            if ty == &raw mut metatype::PyType_Type {
                return Ok(tuple::empty());
            }
            Ok(dict::get(dict_of(ty), name!(__type_params__))?.unwrap_or_else(tuple::empty))
        })
    }
}

unsafe extern "C" fn set_type_params(class: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let (ty, value) = (type_of(class), Object::optional(value));
        api(|| -> Result<()> {
            check_set_special(ty, value, "__type_params__")?;
            dict::set(dict_of(ty), name!(__type_params__), value.expect("checked"))?;
            cache::modified(ty);
            Ok(())
        })
    }
}

unsafe extern "C" fn method_mro(class: O, _unused: O) -> O {
    // SAFETY: slot.
    api(|| {
        let order = mro::compute(class.cast())?;
        crate::object::sequence::list(&order)
    })
}

unsafe extern "C" fn method_subclasses(class: O, _unused: O) -> O {
    // SAFETY: slot.
    api(|| subclasses::list(class.cast()))
}

unsafe extern "C" fn prepare(_class: O, _args: *const O, _nargs: Py_ssize_t, _kwnames: O) -> O {
    api(dict::new)
}

unsafe extern "C" fn instancecheck(class: O, instance: O) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        let (class, instance) = (Object::from_ptr(class), Object::from_ptr(instance));
        Ok(crate::types::boolobject::from_bool(crate::object::isinstance::real_is_instance(instance, class)?))
    })
}

unsafe extern "C" fn subclasscheck(class: O, derived: O) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        let (class, derived) = (Object::from_ptr(class), Object::from_ptr(derived));
        Ok(crate::types::boolobject::from_bool(crate::object::isinstance::real_is_subclass(derived, class)?))
    })
}

/// The names of a class: those of its dict and its bases'. Attributes of the metaclass are left out.
unsafe extern "C" fn dir(class: O, _unused: O) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        let names = dict::new()?;
        merge_class_dict(&names, Object::from_ptr(class))?;
        crate::object::sequence::list(&names)
    })
}

/// Into `names` goes what is in the dicts of `class` and of its bases, bases of bases first.
pub fn merge_class_dict(names: &Object, class: &Object) -> Result<()> {
    if let Some(own) = class.getattr_optional(name!(__dict__))? {
        dict::merge(names, &own, true)?;
    }
    if let Some(bases) = class.getattr_optional(name!(__bases__))? {
        for i in 0..crate::object::sequence::size(&bases)? {
            merge_class_dict(names, &*crate::object::sequence::item(&bases, i)?)?;
        }
    }
    Ok(())
}

unsafe extern "C" fn sizeof(class: O, _unused: O) -> O {
    // SAFETY: slot.
    api(|| {
        let size = if is_heap(class.cast()) { size_of::<PyHeapTypeObject>() } else { size_of::<PyTypeObject>() };
        long::from_i64(size as i64)
    })
}
