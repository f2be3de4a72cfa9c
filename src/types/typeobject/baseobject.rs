//! `object`: the static type, and the methods that every object has unless its type says otherwise.

use super::{as_object, bases, exports, has_flag, metatype, names, reduce};
use crate::abi::*;
use crate::mem::refcount;
use crate::message;
use crate::name;
use crate::object::{Object, Owned, Raised, Result, api, error};
use crate::raise;
use crate::types::{boolobject, dict, long, none, tuple, unicode};

type O = *mut PyObject;

#[unsafe(no_mangle)]
pub static mut PyBaseObject_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut metatype::PyType_Type, 0),
    tp_name: c"object".as_ptr(),
    tp_basicsize: size_of::<PyObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(object_repr),
    tp_hash: Some(crate::object::slots::PyObject_GenericHash),
    tp_str: Some(object_str),
    tp_getattro: Some(exports::PyObject_GenericGetAttr),
    tp_setattro: Some(exports::PyObject_GenericSetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    tp_doc: c"object()\n--\n\nThe base class of all classes. Its instances have no attributes of their own.".as_ptr(),
    tp_richcompare: Some(richcompare),
    tp_methods: table(&METHODS),
    tp_getset: table(&GETSET),
    tp_init: Some(object_init),
    tp_alloc: Some(exports::PyType_GenericAlloc),
    tp_new: Some(object_new),
    tp_free: Some(exports::PyObject_Free),
    ..PyTypeObject::EMPTY
};

static GETSET: [PyGetSetDef; 2] = [
    PyGetSetDef::new(
        c"__class__",
        Some(get_class),
        Some(set_class),
        c"The class that the object is an instance of.".as_ptr(),
    ),
    PyGetSetDef::END,
];

static METHODS: [PyMethodDef; 9] = [
    PyMethodDef::one(
        c"__reduce_ex__",
        reduce::object_reduce_ex,
        c"__reduce_ex__($self, protocol, /)\n--\n\nWhat pickle and copy ask for.",
    ),
    PyMethodDef::noargs(
        c"__reduce__",
        reduce::object_reduce,
        c"__reduce__($self, /)\n--\n\nWhat pickle and copy ask for.",
    ),
    PyMethodDef::noargs(
        c"__getstate__",
        reduce::object_getstate,
        c"__getstate__($self, /)\n--\n\nWhat pickle and copy ask for.",
    ),
    PyMethodDef::one(
        c"__subclasshook__",
        subclasshook,
        c"Abstract base classes override it to say what counts as their subclass; here it says nothing.",
    )
    .with(METH_CLASS),
    PyMethodDef::noargs(
        c"__init_subclass__",
        init_subclass,
        c"Called when a class is subclassed; here it does nothing.",
    )
    .with(METH_CLASS),
    PyMethodDef::one(
        c"__format__",
        format,
        c"__format__($self, format_spec, /)\n--\n\nReturn str(self) for an empty format_spec; any other is an error.",
    ),
    PyMethodDef::noargs(c"__sizeof__", sizeof, c"__sizeof__($self, /)\n--\n\nHow many bytes the object takes."),
    PyMethodDef::noargs(c"__dir__", dir, c"__dir__($self, /)\n--\n\nReturn the names of the object's attributes."),
    PyMethodDef::END,
];

unsafe extern "C" fn dealloc(op: O) {
    // SAFETY: slot: nothing is left of the object but its memory.
    unsafe {
        if let Some(free) = (*(*op).ob_type).tp_free {
            free(op.cast());
        }
    }
}

fn has_arguments(args: &Object, kwargs: Option<&Object>) -> bool {
    !tuple::items(args).is_empty() || kwargs.is_some_and(|kwargs| dict::len(kwargs) != 0)
}

/// Whoever overrides one of `__new__` and `__init__` may leave the other to ignore the arguments; who overrides neither
/// has no use for them.
pub unsafe extern "C" fn object_init(this: O, args: O, kwargs: O) -> c_int {
    // SAFETY: slot.
    unsafe {
        let ty = (*this).ob_type;
        api(|| -> Result<()> {
            if !has_arguments(Object::from_ptr(args), Object::optional(kwargs)) {
                return Ok(());
            }
            if !exports::same((*ty).tp_init, object_init as *const ()) {
                return Err(raise!(
                    TypeError,
                    "object.__init__() takes exactly one argument (the instance to initialize)"
                ));
            }
            if exports::same((*ty).tp_new, object_new as *const ()) {
                return Err(raise!(
                    TypeError,
                    "{}.__init__() takes exactly one argument (the instance to initialize)",
                    names::tp_name(ty)
                ));
            }
            Ok(())
        })
    }
}

pub unsafe extern "C" fn object_new(ty: *mut PyTypeObject, args: O, kwargs: O) -> O {
    // SAFETY: slot.
    unsafe {
        api(|| {
            if has_arguments(Object::from_ptr(args), Object::optional(kwargs)) {
                if !exports::same((*ty).tp_new, object_new as *const ()) {
                    return Err(raise!(
                        TypeError,
                        "object.__new__() takes exactly one argument (the type to instantiate)"
                    ));
                }
                if exports::same((*ty).tp_init, object_init as *const ()) {
                    return Err(raise!(TypeError, "{}() takes no arguments", names::tp_name(ty)));
                }
            }
            if has_flag(ty, Py_TPFLAGS_IS_ABSTRACT) {
                return Err(abstract_class(ty)?);
            }
            super::generic_new(ty)
        })
    }
}

#[cold]
fn abstract_class(ty: *mut PyTypeObject) -> Result<Raised> {
    // SAFETY: a live class.
    let methods = unsafe { as_object(ty) }.getattr(name!(__abstractmethods__))?;
    let methods = crate::object::sequence::list(&methods)?;
    methods.call_method(name!(sort), &[])?;
    let mut joined = String::new();
    let n = crate::types::list::len(&methods);
    for i in 0..n {
        let Some(method) = crate::types::list::get(&methods, i) else { break };
        if !unicode::check(&method) {
            return Err(raise!(
                TypeError,
                "sequence item {i}: expected str instance, {} found",
                names::tp_name(method.ty())
            ));
        }
        if i > 0 {
            joined.push_str("', '");
        }
        joined.push_str(unicode::as_str(&method)?);
    }
    Ok(raise!(
        TypeError,
        "Can't instantiate abstract class {} without an implementation for abstract method{} '{joined}'",
        names::full_tp_name(ty),
        if n > 1 { "s" } else { "" }
    ))
}

pub unsafe extern "C" fn object_repr(this: O) -> O {
    // SAFETY: slot.
    let this = unsafe { Object::from_ptr(this) };
    api(|| {
        let ty = this.ty();
        let module = match names::get_module_name(ty) {
            Ok(module) => unicode::check(&module).then_some(module),
            Err(raised) => {
                drop(error::caught(raised));
                None
            }
        };
        match module {
            Some(module) if !unicode::equal_str(&module, "builtins") => {
                let qualname = names::get_qualname(ty)?;
                message!("<{}.{} object at {:p}>", error::Text(&module), error::Text(&qualname), this.as_ptr())
            }
            _ => unicode::from_str(&format!("<{} object at {:p}>", names::full_tp_name(ty), this.as_ptr())),
        }
    })
}

unsafe extern "C" fn object_str(this: O) -> O {
    // SAFETY: slot.
    unsafe {
        match (*(*this).ob_type).tp_repr {
            Some(repr) => repr(this),
            None => object_repr(this),
        }
    }
}

unsafe extern "C" fn richcompare(this: O, other: O, op: c_int) -> O {
    // SAFETY: slot.
    unsafe {
        api(|| match op {
            Py_EQ if this == other => Ok(boolobject::from_bool(true)),
            Py_NE => {
                // The type may say what equal is.
                let Some(compare) = (*(*this).ob_type).tp_richcompare else { return Ok(none::not_implemented()) };
                let equal = Owned::from_c(compare(this, other, Py_EQ))?;
                if none::is_not_implemented(&equal) {
                    return Ok(equal);
                }
                Ok(boolobject::from_bool(!equal.is_true()?))
            }
            _ => Ok(none::not_implemented()),
        })
    }
}

unsafe extern "C" fn get_class(this: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe { Object::from_ptr(this) }.type_object().to_owned())
}

unsafe extern "C" fn set_class(this: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        api(|| -> Result<()> {
            let Some(value) = Object::optional(value) else {
                return Err(raise!(TypeError, "can't delete __class__ attribute"));
            };
            if !super::check(value) {
                let found = names::full_tp_name(value.ty());
                return Err(raise!(TypeError, "__class__ must be set to a class, not '{found}' object"));
            }
            crate::object::audit::changing(Object::from_ptr(this), "__class__", Some(value))?;
            let (old, new) = ((*this).ob_type, value.cast::<PyTypeObject>());
            let module = &raw mut crate::object::slots::PyModule_Type;
            let of_modules = super::is_subtype(old, module) && super::is_subtype(new, module);
            if !of_modules && (has_flag(old, Py_TPFLAGS_IMMUTABLETYPE) || has_flag(new, Py_TPFLAGS_IMMUTABLETYPE)) {
                return Err(raise!(
                    TypeError,
                    "__class__ assignment only supported for mutable types or ModuleType subclasses"
                ));
            }
            bases::check_compatible(old, new, "__class__")?;
            if super::is_heap(new) {
                refcount::incref(new.cast());
            }
            (*this).ob_type = new;
            if super::is_heap(old) {
                refcount::decref(old.cast());
            }
            Ok(())
        })
    }
}

unsafe extern "C" fn subclasshook(_class: O, _other: O) -> O {
    api(none::not_implemented)
}

unsafe extern "C" fn init_subclass(_class: O, _unused: O) -> O {
    api(none::none)
}

unsafe extern "C" fn format(this: O, spec: O) -> O {
    // SAFETY: slot.
    let (this, spec) = unsafe { (Object::from_ptr(this), Object::from_ptr(spec)) };
    api(|| {
        if !unicode::check(spec) {
            let found = if spec.is_none() { "None" } else { names::full_tp_name(spec.ty()) };
            return Err(raise!(TypeError, "__format__() argument must be str, not {found}"));
        }
        if unicode::len(spec) > 0 {
            let of = names::tp_name(this.ty());
            return Err(raise!(TypeError, "unsupported format string passed to {of}.__format__"));
        }
        this.str()
    })
}

unsafe extern "C" fn sizeof(this: O, _unused: O) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        let ty = (*this).ob_type;
        let mut size = (*ty).tp_basicsize;
        if (*ty).tp_itemsize > 0 {
            let n = if has_flag(ty, Py_TPFLAGS_LONG_SUBCLASS) {
                long::digits(Object::from_ptr(this)).len() as isize
            } else {
                (*this.cast::<PyVarObject>()).ob_size
            };
            size += n * (*ty).tp_itemsize;
        }
        long::from_i64(size as i64)
    })
}

/// Names of the instance's dict, its class and the class's bases.
unsafe extern "C" fn dir(this: O, _unused: O) -> O {
    // SAFETY: slot.
    let this = unsafe { Object::from_ptr(this) };
    api(|| {
        let names = match this.getattr_optional(name!(__dict__))? {
            Some(own) if dict::check(&own) => dict::copy(&own)?,
            _ => dict::new()?,
        };
        if let Some(class) = this.getattr_optional(name!(__class__))? {
            super::type_attrs::merge_class_dict(&names, &class)?;
        }
        crate::object::sequence::list(&names)
    })
}
