//! `classmethod` and `staticmethod`. (Python functions are `function`.)

use crate::abi::*;
use crate::mem::{forever, gc, refcount};
use crate::message;
use crate::name;
use crate::object::{Object, Owned, Result, api, error};
use crate::raise;
use crate::types::typeobject::{self, exports, names};
use crate::types::{boolobject, classobject, dict, genericalias, tuple, unicode};
use std::mem::offset_of;
use std::ptr;

type O = *mut PyObject;

/// A callable and the wrapper's own attributes.
#[repr(C)]
struct Wrapper {
    ob_base: PyObject,
    callable: O,
    dict: O,
}

#[unsafe(no_mangle)]
pub static mut PyClassMethod_Type: PyTypeObject = PyTypeObject {
    tp_name: c"classmethod".as_ptr(),
    tp_repr: Some(class_method_repr),
    tp_doc:
        c"classmethod(function, /)\n--\n\nMake a function a class method: it gets the class as its first argument, as \
        an instance method gets the instance."
            .as_ptr(),
    tp_methods: table(&METHODS),
    tp_descr_get: Some(class_method_get),
    tp_init: Some(class_method_init),
    ..WRAPPER
};

#[unsafe(no_mangle)]
pub static mut PyStaticMethod_Type: PyTypeObject = PyTypeObject {
    tp_name: c"staticmethod".as_ptr(),
    tp_repr: Some(static_method_repr),
    tp_call: Some(static_method_call),
    tp_doc:
        c"staticmethod(function, /)\n--\n\nMake a function a static method: neither instance nor class is passed to it."
            .as_ptr(),
    tp_methods: table(&METHODS),
    tp_descr_get: Some(static_method_get),
    tp_init: Some(static_method_init),
    ..WRAPPER
};

/// What both have.
const WRAPPER: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::metatype::PyType_Type, 0),
    tp_basicsize: size_of::<Wrapper>() as isize,
    tp_dealloc: Some(dealloc),
    tp_getattro: Some(exports::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    tp_members: table(&MEMBERS),
    tp_getset: table(&GETSET),
    tp_dictoffset: offset_of!(Wrapper, dict) as isize,
    tp_alloc: Some(exports::PyType_GenericAlloc),
    tp_new: Some(exports::PyType_GenericNew),
    tp_free: Some(exports::PyObject_GC_Del),
    ..PyTypeObject::EMPTY
};

static MEMBERS: [PyMemberDef; 3] = [
    PyMemberDef::new(c"__func__", _Py_T_OBJECT, offset_of!(Wrapper, callable), Py_READONLY),
    PyMemberDef::new(c"__wrapped__", _Py_T_OBJECT, offset_of!(Wrapper, callable), Py_READONLY),
    PyMemberDef::END,
];

static GETSET: [PyGetSetDef; 5] = [
    PyGetSetDef::new(c"__isabstractmethod__", Some(is_abstract), None, ptr::null()),
    PyGetSetDef::new(
        c"__dict__",
        Some(exports::PyObject_GenericGetDict),
        Some(exports::PyObject_GenericSetDict),
        ptr::null(),
    ),
    PyGetSetDef::new(c"__annotations__", Some(get_annotations), Some(set_annotations), ptr::null()),
    PyGetSetDef::new(c"__annotate__", Some(get_annotate), Some(set_annotate), ptr::null()),
    PyGetSetDef::END,
];

static METHODS: [PyMethodDef; 2] = [genericalias::CLASS_GETITEM_UNSIGNED, PyMethodDef::END];

fn new(ty: *mut PyTypeObject, callable: &Object) -> Result<Owned> {
    let wrapper = typeobject::generic_alloc(ty, 0)?;
    // SAFETY: fresh; layout.
    unsafe { (*wrapper.cast::<Wrapper>()).callable = callable.to_owned().into_raw() };
    Ok(wrapper)
}

/// `PyClassMethod_New`.
pub fn new_class_method(callable: &Object) -> Result<Owned> {
    new(&raw mut PyClassMethod_Type, callable)
}

/// `PyStaticMethod_New`.
pub fn new_static_method(callable: &Object) -> Result<Owned> {
    new(&raw mut PyStaticMethod_Type, callable)
}

/// A static method that all interpreters share, of a function that they share.
pub fn shared_static_method(function: &Object) -> &'static Object {
    // SAFETY: fresh; the layout is of fixed size.
    unsafe {
        let op = forever::object(&raw mut PyStaticMethod_Type, size_of::<Wrapper>());
        (*op.cast::<Wrapper>()).callable = function.as_ptr();
        Object::from_ptr(op)
    }
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

unsafe extern "C" fn clear(op: O) -> c_int {
    // SAFETY: slot.
    unsafe {
        refcount::clear(&raw mut (*op.cast::<Wrapper>()).callable);
        refcount::clear(&raw mut (*op.cast::<Wrapper>()).dict);
    }
    0
}

crate::traverse_fields!(traverse, Wrapper, callable, dict);

/// The one argument; the wrapper takes the attributes over that tell what function it is.
fn init(op: O, args: O, kwargs: O, function: &str) -> Result<()> {
    // SAFETY: slot.
    unsafe {
        if Object::optional(kwargs).is_some_and(|kwargs| dict::len(kwargs) != 0) {
            return Err(raise!(TypeError, "{function}() takes no keyword arguments"));
        }
        let args = tuple::items(Object::from_ptr(args));
        let [callable] = args else {
            return Err(raise!(TypeError, "{function} expected 1 argument, got {}", args.len()));
        };
        let wrapper = op.cast::<Wrapper>();
        let old = std::mem::replace(&mut (*wrapper).callable, Object::to_owned(callable).into_raw());
        refcount::xdecref(old);
        for name in [name!(__module__), name!(__name__), name!(__qualname__), name!(__doc__)] {
            if let Some(value) = callable.getattr_optional(name)? {
                Object::from_ptr(op).setattr(name, &value)?;
            }
        }
    }
    Ok(())
}

unsafe extern "C" fn class_method_init(op: O, args: O, kwargs: O) -> c_int {
    api(|| init(op, args, kwargs, "classmethod"))
}

unsafe extern "C" fn static_method_init(op: O, args: O, kwargs: O) -> c_int {
    api(|| init(op, args, kwargs, "staticmethod"))
}

unsafe fn callable<'a>(op: O, kind: &str) -> Result<&'a Object> {
    // SAFETY: slot.
    match unsafe { Object::optional((*op.cast::<Wrapper>()).callable) } {
        Some(callable) => Ok(callable),
        None => Err(raise!(RuntimeError, "uninitialized {kind} object")),
    }
}

unsafe extern "C" fn class_method_get(op: O, instance: O, owner: O) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        let callable = callable(op, "classmethod")?;
        let class = if owner.is_null() { (*instance).ob_type.cast() } else { owner };
        classobject::new(callable, Object::from_ptr(class))
    })
}

unsafe extern "C" fn static_method_get(op: O, _instance: O, _owner: O) -> O {
    // SAFETY: slot.
    api(|| unsafe { callable(op, "staticmethod") }.map(Object::to_owned))
}

unsafe extern "C" fn static_method_call(op: O, args: O, kwargs: O) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        callable(op, "staticmethod")?.to_owned().call_tuple(Object::from_ptr(args), Object::optional(kwargs))
    })
}

fn repr(op: O, kind: &str) -> Result<Owned> {
    // SAFETY: slot.
    let callable = unsafe { Object::optional((*op.cast::<Wrapper>()).callable) };
    let text = match callable {
        Some(callable) => callable.repr()?,
        None => unicode::from_str("<NULL>")?,
    };
    message!("<{kind}({})>", error::Text(&text))
}

unsafe extern "C" fn class_method_repr(op: O) -> O {
    api(|| repr(op, "classmethod"))
}

unsafe extern "C" fn static_method_repr(op: O) -> O {
    api(|| repr(op, "staticmethod"))
}

/// The object says that it is abstract (`_PyObject_IsAbstract`).
pub fn says_abstract(o: &Object) -> Result<bool> {
    match o.getattr_optional(name!(__isabstractmethod__))? {
        Some(value) => value.is_true(),
        None => Ok(false),
    }
}

unsafe extern "C" fn is_abstract(op: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        Ok(boolobject::from_bool(match Object::optional((*op.cast::<Wrapper>()).callable) {
            Some(callable) => says_abstract(callable)?,
            None => false,
        }))
    })
}

/// Read from the wrapped callable once, then kept in the wrapper's dict.
fn from_wrapped(op: O, name: &Object) -> Result<Owned> {
    // SAFETY: slot.
    unsafe {
        let dict = typeobject::dict_or_create(Object::from_ptr(op))?.expect("wrappers have a dict").to_owned();
        if let Some(known) = dict::get(&dict, name)? {
            return Ok(known);
        }
        let value = callable(op, "wrapper")?.to_owned().getattr(name)?;
        dict::set(&dict, name, &value)?;
        Ok(value)
    }
}

fn set_own(op: O, name: &Object, value: O) -> Result<()> {
    // SAFETY: slot.
    unsafe {
        let this = Object::from_ptr(op);
        let dict = typeobject::dict_or_create(this)?.expect("wrappers have a dict").to_owned();
        match Object::optional(value) {
            Some(value) => dict::set(&dict, name, value),
            None if dict::pop(&dict, name)?.is_some() => Ok(()),
            None => Err(raise!(
                AttributeError,
                "'{}' object has no attribute '{}'",
                names::tp_name(this.ty()),
                error::Text(name)
            )),
        }
    }
}

unsafe extern "C" fn get_annotations(op: O, _closure: *mut c_void) -> O {
    api(|| from_wrapped(op, name!(__annotations__)))
}

unsafe extern "C" fn set_annotations(op: O, value: O, _closure: *mut c_void) -> c_int {
    api(|| set_own(op, name!(__annotations__), value))
}

unsafe extern "C" fn get_annotate(op: O, _closure: *mut c_void) -> O {
    api(|| from_wrapped(op, name!(__annotate__)))
}

unsafe extern "C" fn set_annotate(op: O, value: O, _closure: *mut c_void) -> c_int {
    api(|| set_own(op, name!(__annotate__), value))
}
