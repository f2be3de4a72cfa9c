//! `wrapper_descriptor` and `method-wrapper`: a slot of a type as an attribute (`int.__add__`), and bound
//! (`(1).__add__`).

use super::*;
use crate::types::{boolobject, tuple};
use std::ptr;

#[unsafe(no_mangle)]
pub static mut PyWrapperDescr_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::metatype::PyType_Type, 0),
    tp_name: c"wrapper_descriptor".as_ptr(),
    tp_basicsize: size_of::<PyWrapperDescrObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(descr_repr),
    tp_call: Some(descr_call),
    tp_getattro: Some(typeobject::exports::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT
        | Py_TPFLAGS_HAVE_GC
        | Py_TPFLAGS_METHOD_DESCRIPTOR
        | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: Some(traverse),
    tp_methods: table(&super::METHODS),
    tp_members: table(&MEMBERS),
    tp_getset: table(&GETSET),
    tp_descr_get: Some(descr_get),
    ..PyTypeObject::EMPTY
};

static GETSET: [PyGetSetDef; 4] = [
    PyGetSetDef::new(c"__doc__", Some(get_doc), None, ptr::null()),
    PyGetSetDef::new(c"__qualname__", Some(get_qualname), None, ptr::null()),
    PyGetSetDef::new(c"__text_signature__", Some(get_text_signature), None, ptr::null()),
    PyGetSetDef::END,
];

/// `PyDescr_NewWrapper`: `wrapped` is the function in the slot.
pub fn new(ty: *mut PyTypeObject, base: &wrapperbase, wrapped: *mut c_void, life: Life) -> Result<Owned> {
    // SAFETY: a row of a table that outlives the descriptor; fresh.
    unsafe {
        let name = match Object::optional(base.name_strobj) {
            Some(name) => name.to_owned(),
            None => intern_c_name(base.name, life)?,
        };
        let descr = super::new::<PyWrapperDescrObject>(&raw mut PyWrapperDescr_Type, ty, name, life)?;
        (*descr).d_base = (&raw const *base).cast_mut();
        (*descr).d_wrapped = wrapped;
        Ok(finish(descr, life))
    }
}

unsafe fn row<'a>(descr: &Object) -> &'a wrapperbase {
    // SAFETY: layout: a wrapper descriptor; its row outlives it.
    unsafe { &*(*descr.cast::<PyWrapperDescrObject>()).d_base }
}

/// Calls the wrapper for the instance `this`.
unsafe fn call_wrapper(descr: &Object, this: &Object, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    // SAFETY: layout: as `row`.
    unsafe {
        let row = row(descr);
        let wrapped = (*descr.cast::<PyWrapperDescrObject>()).d_wrapped;
        let Some(wrapper) = row.wrapper else {
            return Err(raise!(SystemError, "slot wrapper without a function"));
        };
        if row.flags & PyWrapperFlag_KEYWORDS != 0 {
            let wrapper = std::mem::transmute::<wrapperfunc, wrapperfunc_kwds>(Some(wrapper)).unwrap_unchecked();
            let kwargs = kwargs.map_or(ptr::null_mut(), Object::as_ptr);
            return Owned::from_c(wrapper(this.as_ptr(), args.as_ptr(), wrapped, kwargs));
        }
        if kwargs.is_some_and(|kwargs| crate::types::dict::len(kwargs) != 0) {
            return Err(raise!(TypeError, "wrapper {}() takes no keyword arguments", name_text(descr)));
        }
        Owned::from_c(wrapper(this.as_ptr(), args.as_ptr(), wrapped))
    }
}

unsafe extern "C" fn descr_call(descr: O, args: O, kwargs: O) -> O {
    // SAFETY: slot.
    let (descr, args, kwargs) = unsafe { (Object::from_ptr(descr), Object::from_ptr(args), Object::optional(kwargs)) };
    api(|| {
        let of = names::cut(names::full_tp_name(common(descr).d_type), 100);
        let [this, rest @ ..] = tuple::items(args) else {
            return Err(raise!(TypeError, "descriptor '{}' of '{of}' object needs an argument", name_text(descr)));
        };
        if !this.is_a(common(descr).d_type) {
            return Err(raise!(
                TypeError,
                "descriptor '{}' requires a '{of}' object but received a '{}'",
                name_text(descr),
                names::cut(names::full_tp_name(this.ty()), 100)
            ));
        }
        // SAFETY: slot.
        unsafe { call_wrapper(descr, this, &*tuple::from_slice(rest)?, kwargs) }
    })
}

unsafe extern "C" fn descr_get(descr: O, instance: O, _owner: O) -> O {
    // SAFETY: slot.
    unsafe {
        let descr = Object::from_ptr(descr);
        api(|| {
            let Some(instance) = Object::optional(instance) else { return Ok(descr.to_owned()) };
            check(descr, instance)?;
            bind(descr, instance)
        })
    }
}

unsafe extern "C" fn descr_repr(descr: O) -> O {
    // SAFETY: slot.
    api(|| repr(unsafe { Object::from_ptr(descr) }, "slot wrapper"))
}

unsafe extern "C" fn get_doc(descr: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        let row = row(Object::from_ptr(descr));
        doc_of(row.name, row.doc)
    })
}

unsafe extern "C" fn get_text_signature(descr: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe {
        let row = row(Object::from_ptr(descr));
        signature_of(row.name, row.doc)
    })
}

/// A wrapper descriptor and the instance it is bound to.
#[repr(C)]
struct MethodWrapper {
    ob_base: PyObject,
    descr: O,
    this: O,
}

pub static mut _PyMethodWrapper_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::metatype::PyType_Type, 0),
    tp_name: c"method-wrapper".as_ptr(),
    tp_basicsize: size_of::<MethodWrapper>() as isize,
    tp_dealloc: Some(wrapper_dealloc),
    tp_repr: Some(wrapper_repr),
    tp_hash: Some(wrapper_hash),
    tp_call: Some(wrapper_call),
    tp_getattro: Some(typeobject::exports::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_traverse: Some(wrapper_traverse),
    tp_richcompare: Some(wrapper_compare),
    tp_methods: table(&WRAPPER_METHODS),
    tp_members: table(&WRAPPER_MEMBERS),
    tp_getset: table(&WRAPPER_GETSET),
    ..PyTypeObject::EMPTY
};

static WRAPPER_METHODS: [PyMethodDef; 2] = [
    PyMethodDef {
        ml_name: c"__reduce__".as_ptr(),
        ml_meth: Some(wrapper_reduce),
        ml_flags: METH_NOARGS,
        ml_doc: ptr::null(),
    },
    PyMethodDef::END,
];

static WRAPPER_MEMBERS: [PyMemberDef; 2] = [
    PyMemberDef::new(c"__self__", _Py_T_OBJECT, std::mem::offset_of!(MethodWrapper, this), Py_READONLY),
    PyMemberDef::END,
];

static WRAPPER_GETSET: [PyGetSetDef; 6] = [
    PyGetSetDef::new(c"__objclass__", Some(wrapper_objclass), None, ptr::null()),
    PyGetSetDef::new(c"__name__", Some(wrapper_name), None, ptr::null()),
    PyGetSetDef::new(c"__qualname__", Some(wrapper_qualname), None, ptr::null()),
    PyGetSetDef::new(c"__doc__", Some(wrapper_doc), None, ptr::null()),
    PyGetSetDef::new(c"__text_signature__", Some(wrapper_text_signature), None, ptr::null()),
    PyGetSetDef::END,
];

/// `PyWrapper_New`: the wrapper descriptor `descr` bound to `this`.
pub fn bind(descr: &Object, this: &Object) -> Result<Owned> {
    let wrapper = lifecycle::gc_new::<MethodWrapper>(&raw mut _PyMethodWrapper_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*wrapper).descr = descr.to_owned().into_raw();
        (*wrapper).this = this.to_owned().into_raw();
        Ok(finish(wrapper, Life::Counted))
    }
}

unsafe fn parts<'a>(wrapper: O) -> (&'a Object, &'a Object) {
    // SAFETY: layout: slots are called with a method wrapper.
    unsafe {
        let wrapper = wrapper.cast::<MethodWrapper>();
        (Object::from_ptr((*wrapper).descr), Object::from_ptr((*wrapper).this))
    }
}

unsafe extern "C" fn wrapper_dealloc(wrapper: O) {
    // SAFETY: slot.
    unsafe {
        gc::untrack(wrapper);
        refcount::decref((*wrapper.cast::<MethodWrapper>()).descr);
        refcount::decref((*wrapper.cast::<MethodWrapper>()).this);
        lifecycle::gc_free(wrapper);
    }
}

unsafe extern "C" fn wrapper_traverse(wrapper: O, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let (descr, this) = parts(wrapper);
        let stop = visit.unwrap_unchecked()(descr.as_ptr(), arg);
        if stop != 0 { stop } else { visit.unwrap_unchecked()(this.as_ptr(), arg) }
    }
}

unsafe extern "C" fn wrapper_call(wrapper: O, args: O, kwargs: O) -> O {
    // SAFETY: slot.
    unsafe {
        let (descr, this) = parts(wrapper);
        api(|| call_wrapper(descr, this, Object::from_ptr(args), Object::optional(kwargs)))
    }
}

unsafe extern "C" fn wrapper_repr(wrapper: O) -> O {
    // SAFETY: slot.
    unsafe {
        let (descr, this) = parts(wrapper);
        api(|| {
            unicode::from_str(&format!(
                "<method-wrapper '{}' of {} object at {:p}>",
                name_text(descr),
                names::full_tp_name(this.ty()),
                this.as_ptr()
            ))
        })
    }
}

fn address_hash(p: *const PyObject) -> usize {
    (p as usize).rotate_right(4)
}

unsafe extern "C" fn wrapper_hash(wrapper: O) -> Py_hash_t {
    // SAFETY: slot.
    let (descr, this) = unsafe { parts(wrapper) };
    let hash = (address_hash(this.as_ptr()) ^ address_hash(descr.as_ptr())) as isize;
    if hash == -1 { -2 } else { hash }
}

unsafe extern "C" fn wrapper_compare(a: O, b: O, op: c_int) -> O {
    // SAFETY: slot.
    unsafe {
        let both = Object::from_ptr(a).is_exact(&raw mut _PyMethodWrapper_Type)
            && Object::from_ptr(b).is_exact(&raw mut _PyMethodWrapper_Type);
        api(|| {
            if !both || (op != Py_EQ && op != Py_NE) {
                return none::not_implemented();
            }
            let (a, b) = (parts(a), parts(b));
            let equal = a.0.is(b.0) && a.1.is(b.1);
            boolobject::from_bool(equal == (op == Py_EQ))
        })
    }
}

unsafe extern "C" fn wrapper_reduce(wrapper: O, _unused: O) -> O {
    // SAFETY: slot.
    unsafe {
        let (descr, this) = parts(wrapper);
        api(|| {
            let getattr = above::builtin("getattr")?;
            let args = tuple::from_slice(&[this, Object::from_ptr(common(descr).d_name)])?;
            tuple::from_slice(&[&getattr, &args])
        })
    }
}

unsafe extern "C" fn wrapper_objclass(wrapper: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe { typeobject::as_object(common(parts(wrapper).0).d_type) }.to_owned())
}

unsafe extern "C" fn wrapper_name(wrapper: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe { Object::from_ptr(common(parts(wrapper).0).d_name) }.to_owned())
}

unsafe extern "C" fn wrapper_qualname(wrapper: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    api(|| unsafe { qualname(parts(wrapper).0) })
}

unsafe extern "C" fn wrapper_doc(wrapper: O, closure: *mut c_void) -> O {
    // SAFETY: slot.
    unsafe { get_doc(parts(wrapper).0.as_ptr(), closure) }
}

unsafe extern "C" fn wrapper_text_signature(wrapper: O, closure: *mut c_void) -> O {
    // SAFETY: slot.
    unsafe { get_text_signature(parts(wrapper).0.as_ptr(), closure) }
}
