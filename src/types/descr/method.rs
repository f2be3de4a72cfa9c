//! `method_descriptor` and `classmethod_descriptor`: a C function in a type's dict.

use super::*;
use crate::object::attr;
use crate::object::call;
use crate::types::methodcall::{self, FASTCALL_KEYWORDS, METHOD, VARARGS_KEYWORDS};
use crate::types::{cfunction, tuple};
use std::mem::offset_of;
use std::ptr;

#[unsafe(no_mangle)]
pub static mut PyMethodDescr_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::metatype::PyType_Type, 0),
    tp_name: c"method_descriptor".as_ptr(),
    tp_basicsize: size_of::<PyMethodDescrObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_vectorcall_offset: offset_of!(PyMethodDescrObject, vectorcall) as isize,
    tp_repr: Some(method_repr),
    tp_call: Some(typeobject::exports::PyVectorcall_Call),
    tp_getattro: Some(typeobject::exports::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT
        | Py_TPFLAGS_HAVE_GC
        | Py_TPFLAGS_HAVE_VECTORCALL
        | Py_TPFLAGS_METHOD_DESCRIPTOR
        | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: Some(traverse),
    tp_methods: table(&super::METHODS),
    tp_members: table(&MEMBERS),
    tp_getset: table(&GETSET),
    tp_descr_get: Some(method_get),
    ..PyTypeObject::EMPTY
};

#[unsafe(no_mangle)]
pub static mut PyClassMethodDescr_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::metatype::PyType_Type, 0),
    tp_name: c"classmethod_descriptor".as_ptr(),
    tp_basicsize: size_of::<PyMethodDescrObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(method_repr),
    tp_call: Some(class_method_call),
    tp_getattro: Some(typeobject::exports::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: Some(traverse),
    tp_members: table(&MEMBERS),
    tp_getset: table(&GETSET),
    tp_descr_get: Some(class_method_get),
    ..PyTypeObject::EMPTY
};

static GETSET: [PyGetSetDef; 4] = [
    PyGetSetDef::new(c"__doc__", Some(get_doc), None, ptr::null()),
    PyGetSetDef::new(c"__qualname__", Some(get_qualname), None, ptr::null()),
    PyGetSetDef::new(c"__text_signature__", Some(get_text_signature), None, ptr::null()),
    PyGetSetDef::END,
];

/// `PyDescr_NewMethod`: `SystemError` for flags that name no convention.
pub fn new(ty: *mut PyTypeObject, def: *mut PyMethodDef, life: Life) -> Result<Owned> {
    // SAFETY: a table entry; fresh.
    unsafe {
        let vectorcall: vectorcallfunc = match (*def).ml_flags & methodcall::CONVENTION {
            METH_VARARGS => Some(vectorcall::<METH_VARARGS>),
            VARARGS_KEYWORDS => Some(vectorcall::<VARARGS_KEYWORDS>),
            METH_FASTCALL => Some(vectorcall::<METH_FASTCALL>),
            FASTCALL_KEYWORDS => Some(vectorcall::<FASTCALL_KEYWORDS>),
            METH_NOARGS => Some(vectorcall::<METH_NOARGS>),
            METH_O => Some(vectorcall::<METH_O>),
            METHOD => Some(vectorcall::<METHOD>),
            _ => {
                let name = std::ffi::CStr::from_ptr((*def).ml_name).to_string_lossy();
                return Err(raise!(SystemError, "{name}() method: bad call flags"));
            }
        };
        let name = intern_c_name((*def).ml_name, life)?;
        let descr = super::new::<PyMethodDescrObject>(&raw mut PyMethodDescr_Type, ty, name, life)?;
        (*descr).d_method = def;
        (*descr).vectorcall = vectorcall;
        Ok(finish(descr, life))
    }
}

/// `PyDescr_NewClassMethod`.
pub fn new_class_method(ty: *mut PyTypeObject, def: *mut PyMethodDef, life: Life) -> Result<Owned> {
    // SAFETY: a table entry; fresh.
    unsafe {
        let name = intern_c_name((*def).ml_name, life)?;
        let descr = super::new::<PyMethodDescrObject>(&raw mut PyClassMethodDescr_Type, ty, name, life)?;
        (*descr).d_method = def;
        (*descr).vectorcall = None;
        Ok(finish(descr, life))
    }
}

unsafe fn entry(descr: &Object) -> *mut PyMethodDef {
    // SAFETY: layout: slots are called with a method descriptor; its entry outlives it.
    unsafe { (*descr.cast::<PyMethodDescrObject>()).d_method }
}

/// The first argument is the instance.
unsafe extern "C" fn vectorcall<const FLAGS: c_int>(descr: O, args: *const O, nargsf: usize, kwnames: O) -> O {
    // SAFETY: slot: vectorcall's contract.
    unsafe {
        let function = Object::from_ptr(descr);
        let nargs = call::nargs(nargsf);
        if nargs < 1 {
            return needs_argument(function);
        }
        let this = *args;
        let def = (*descr.cast::<PyMethodDescrObject>()).d_method;
        let ty = (*descr.cast::<PyDescrObject>()).d_type;
        if (*this).ob_type != ty && check(function, Object::from_ptr(this)).is_err() {
            return ptr::null_mut();
        }
        methodcall::call_as::<FLAGS>(function, &*def, this, ty, args.add(1), nargs - 1, kwnames)
    }
}

#[cold]
#[inline(never)]
fn needs_argument(function: &Object) -> O {
    if let Ok(text) = attr::function_str(function)
        && let Ok(text) = unicode::as_str(&text)
    {
        let _ = raise!(TypeError, "unbound method {text} needs an argument");
    }
    ptr::null_mut()
}

unsafe extern "C" fn method_get(descr: O, instance: O, owner: O) -> O {
    // SAFETY: slot.
    unsafe {
        let descr = Object::from_ptr(descr);
        api(|| {
            let Some(instance) = Object::optional(instance) else { return Ok(descr.to_owned()) };
            check(descr, instance)?;
            let def = entry(descr);
            if (*def).ml_flags & METH_METHOD == 0 {
                return cfunction::new(def, Some(instance), None, ptr::null_mut());
            }
            match Object::optional(owner) {
                Some(owner) if !typeobject::check(owner) => Err(raise!(
                    TypeError,
                    "descriptor '{}' needs a type, not '{}', as arg 2",
                    name_text(descr),
                    names::full_tp_name(owner.ty())
                )),
                _ => cfunction::new(def, Some(instance), None, common(descr).d_type),
            }
        })
    }
}

/// The function bound to a class, which `instance` or `owner` says.
fn bind_class(descr: &Object, instance: Option<&Object>, owner: Option<&Object>) -> Result<Owned> {
    let of = names::cut(names::full_tp_name(common(descr).d_type), 100);
    let class = match (owner, instance) {
        (Some(owner), _) => owner,
        (None, Some(instance)) => instance.type_object(),
        (None, None) => {
            return Err(raise!(
                TypeError,
                "descriptor '{}' for type '{of}' needs either an object or a type",
                name_text(descr)
            ));
        }
    };
    if !typeobject::check(class) {
        return Err(raise!(
            TypeError,
            "descriptor '{}' for type '{of}' needs a type, not a '{}' as arg 2",
            name_text(descr),
            names::cut(names::full_tp_name(class.ty()), 100)
        ));
    }
    if !typeobject::is_subtype(class.cast(), common(descr).d_type) {
        return Err(raise!(
            TypeError,
            "descriptor '{}' requires a subtype of '{of}' but received '{}'",
            name_text(descr),
            names::cut(names::full_tp_name(class.cast()), 100)
        ));
    }
    // SAFETY: layout: a class method descriptor.
    unsafe {
        let def = entry(descr);
        let defining = if (*def).ml_flags & METH_METHOD != 0 { common(descr).d_type } else { ptr::null_mut() };
        cfunction::new(def, Some(class), None, defining)
    }
}

unsafe extern "C" fn class_method_get(descr: O, instance: O, owner: O) -> O {
    // SAFETY: slot.
    api(|| unsafe { bind_class(Object::from_ptr(descr), Object::optional(instance), Object::optional(owner)) })
}

unsafe extern "C" fn class_method_call(descr: O, args: O, kwargs: O) -> O {
    // SAFETY: slot.
    let (descr, args, kwargs) = unsafe { (Object::from_ptr(descr), Object::from_ptr(args), Object::optional(kwargs)) };
    api(|| {
        let [class, rest @ ..] = tuple::items(args) else {
            return Err(raise!(
                TypeError,
                "descriptor '{}' of '{}' object needs an argument",
                name_text(descr),
                names::cut(names::full_tp_name(common(descr).d_type), 100)
            ));
        };
        bind_class(descr, None, Some(class))?.call_tuple(&*tuple::from_slice(rest)?, kwargs)
    })
}

unsafe extern "C" fn method_repr(descr: O) -> O {
    // SAFETY: slot.
    api(|| repr(unsafe { Object::from_ptr(descr) }, "method"))
}

unsafe extern "C" fn get_doc(descr: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        let def = entry(Object::from_ptr(descr));
        doc_of((*def).ml_name, (*def).ml_doc)
    })
}

unsafe extern "C" fn get_text_signature(descr: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        let def = entry(Object::from_ptr(descr));
        typeobject::doc::method_signature((*def).ml_name, (*def).ml_doc, (*def).ml_flags)
    })
}
