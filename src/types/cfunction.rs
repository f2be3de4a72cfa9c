//! `builtin_function_or_method`: C functions as objects, in every calling convention.

use super::methodcall;
use crate::abi::*;
use crate::mem::forever::{self, Life};
use crate::mem::{gc, refcount};
use crate::message;
use crate::name;
use crate::object::{Object, Owned, Result, above, api, call, error, hash, lifecycle, slots};
use crate::raise;
use crate::types::{dict, none, typeobject, unicode, weakref};
use std::ffi::CStr;
use std::mem::offset_of;
use std::ptr;

#[unsafe(no_mangle)]
pub static mut PyCFunction_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"builtin_function_or_method".as_ptr(),
    tp_basicsize: size_of::<PyCFunctionObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_vectorcall_offset: offset_of!(PyCFunctionObject, vectorcall) as isize,
    tp_repr: Some(repr),
    tp_hash: Some(hash_slot),
    tp_call: Some(call_slot),
    tp_getattro: Some(slots::PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
    tp_traverse: Some(traverse),
    tp_richcompare: Some(richcompare),
    tp_weaklistoffset: offset_of!(PyCFunctionObject, m_weakreflist) as isize,
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    tp_getset: table(&GETSET),
    ..PyTypeObject::EMPTY
};

#[unsafe(no_mangle)]
pub static mut PyCMethod_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"builtin_method".as_ptr(),
    tp_basicsize: size_of::<PyCMethodObject>() as isize,
    tp_base: &raw mut PyCFunction_Type,
    ..PyTypeObject::EMPTY
};

static METHODS: [PyMethodDef; 2] =
    [PyMethodDef::noargs(c"__reduce__", reduce, c"__reduce__($self, /)\n--\n\n"), PyMethodDef::END];

static MEMBERS: [PyMemberDef; 2] =
    [PyMemberDef::new(c"__module__", _Py_T_OBJECT, offset_of!(PyCFunctionObject, m_module), 0), PyMemberDef::END];

static GETSET: [PyGetSetDef; 6] = [
    PyGetSetDef::new(c"__doc__", Some(get_doc), None, ptr::null()),
    PyGetSetDef::new(c"__name__", Some(get_name), None, ptr::null()),
    PyGetSetDef::new(c"__qualname__", Some(get_qualname), None, ptr::null()),
    PyGetSetDef::new(c"__self__", Some(get_self), None, ptr::null()),
    PyGetSetDef::new(c"__text_signature__", Some(get_text_signature), None, ptr::null()),
    PyGetSetDef::END,
];

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.is_a(&raw mut PyCFunction_Type)
}

fn this(o: &Object) -> *mut PyCFunctionObject {
    o.cast()
}

/// The table entry of a builtin function.
fn def(o: &Object) -> &PyMethodDef {
    // SAFETY: layout: the entry outlives the function.
    unsafe { &*(*this(o)).m_ml }
}

/// The function's name, as its table entry has it.
pub fn raw_name(o: &Object) -> &CStr {
    // SAFETY: a table entry's name is a C string.
    unsafe { CStr::from_ptr(def(o).ml_name) }
}

pub fn is_named(o: &Object, name: &str) -> bool {
    raw_name(o).to_bytes() == name.as_bytes()
}

/// The object a function is called on: none for static methods (`PyCFunction_GET_SELF`).
pub fn self_of(o: &Object) -> *mut PyObject {
    // SAFETY: layout.
    unsafe { if def(o).ml_flags & METH_STATIC != 0 { ptr::null_mut() } else { (*this(o)).m_self } }
}

/// The class that defines a `METH_METHOD` function, or NULL.
pub fn class_of(o: &Object) -> *mut PyTypeObject {
    // SAFETY: layout: the flag says that the longer struct stands there.
    unsafe {
        if def(o).ml_flags & METH_METHOD != 0 { (*o.cast::<PyCMethodObject>()).mm_class } else { ptr::null_mut() }
    }
}

/// `PyCMethod_New`: a function object for a table entry, which it keeps no copy of.
pub fn new(
    def: *mut PyMethodDef,
    self_: Option<&Object>,
    module: Option<&Object>,
    class: *mut PyTypeObject,
) -> Result<Owned> {
    let function = unbound(def, class, Life::Counted)?;
    // SAFETY: fresh.
    unsafe {
        (*function).m_self = self_.map_or(ptr::null_mut(), |o| o.to_owned().into_raw());
        (*function).m_module = module.map_or(ptr::null_mut(), |o| o.to_owned().into_raw());
        gc::track(function.cast());
        Ok(Owned::from_raw(function.cast()))
    }
}

/// A function bound to an immortal object that all interpreters share.
pub fn shared(def: *mut PyMethodDef, self_: &Object) -> Result<Owned> {
    let function = unbound(def, ptr::null_mut(), Life::Shared)?;
    // SAFETY: fresh.
    unsafe {
        (*function).m_self = self_.as_ptr();
        Ok(Owned::from_raw(function.cast()))
    }
}

/// A function with neither `self` nor module yet.
#[inline(always)]
fn unbound(def: *mut PyMethodDef, class: *mut PyTypeObject, life: Life) -> Result<*mut PyCFunctionObject> {
    // SAFETY: the caller's entry; fresh.
    unsafe {
        let flags = (*def).ml_flags & methodcall::CONVENTION;
        const FAST_KEYWORDS: c_int = METH_FASTCALL | METH_KEYWORDS;
        const METHOD: c_int = METH_METHOD | METH_FASTCALL | METH_KEYWORDS;
        const VARARGS_KEYWORDS: c_int = METH_VARARGS | METH_KEYWORDS;
        let is_static = (*def).ml_flags & METH_STATIC != 0;
        let vectorcall: vectorcallfunc = match flags {
            // The tuple that these want is what `tp_call` brings.
            METH_VARARGS | VARARGS_KEYWORDS => None,
            // The common conventions have entries of their own; static functions have another `self`.
            METH_NOARGS if !is_static => Some(vectorcall_noargs),
            METH_O if !is_static => Some(vectorcall_o),
            METH_FASTCALL if !is_static => Some(vectorcall_fast),
            FAST_KEYWORDS if !is_static => Some(vectorcall_fast_keywords),
            METHOD if !is_static => Some(vectorcall_method),
            METH_FASTCALL | FAST_KEYWORDS | METH_NOARGS | METH_O | METHOD => Some(vectorcall),
            _ => {
                let name = CStr::from_ptr((*def).ml_name).to_string_lossy();
                return Err(raise!(SystemError, "{name}() method: bad call flags"));
            }
        };
        let op = if flags == METHOD {
            if class.is_null() {
                return Err(raise!(SystemError, "attempting to create PyCMethod with a METH_METHOD flag but no class"));
            }
            let op = lifecycle::gc_new_builtin::<PyCMethodObject>(&raw mut PyCMethod_Type)?;
            (*op).mm_class = Object::from_ptr(class.cast()).to_owned().into_raw().cast();
            op.cast()
        } else {
            if !class.is_null() {
                return Err(raise!(SystemError, "attempting to create PyCFunction with class but no METH_METHOD flag"));
            }
            match life {
                Life::Counted => lifecycle::gc_new_builtin::<PyCFunctionObject>(&raw mut PyCFunction_Type)?,
                Life::Shared => forever::object(&raw mut PyCFunction_Type, size_of::<PyCFunctionObject>()).cast(),
            }
        };
        (*op).m_ml = def;
        (*op).m_self = ptr::null_mut();
        (*op).m_module = ptr::null_mut();
        (*op).m_weakreflist = ptr::null_mut();
        (*op).vectorcall = vectorcall;
        Ok(op)
    }
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero.
    unsafe {
        gc::untrack(op);
        let this = op.cast::<PyCFunctionObject>();
        if !(*this).m_weakreflist.is_null() {
            weakref::clear_refs(Object::from_ptr(op));
        }
        if (*(*this).m_ml).ml_flags & METH_METHOD != 0 {
            refcount::xdecref((*op.cast::<PyCMethodObject>()).mm_class.cast());
        }
        refcount::xdecref((*this).m_self);
        refcount::xdecref((*this).m_module);
        lifecycle::gc_free_builtin(op);
    }
}

/// What a function of exactly this type refers to; NULL where it has nothing.
///
/// # Safety
/// It is one, and alive.
#[inline(always)]
pub unsafe fn held(op: *mut PyObject) -> [*mut PyObject; 2] {
    let this = op.cast::<PyCFunctionObject>();
    // SAFETY: the caller's word.
    unsafe { [(*this).m_self, (*this).m_module] }
}

unsafe extern "C" fn traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let visit = visit.unwrap_unchecked();
        let this = op.cast::<PyCFunctionObject>();
        let class = class_of(Object::from_ptr(op)).cast::<PyObject>();
        for held in [class, (*this).m_self, (*this).m_module] {
            if !held.is_null() {
                let status = visit(held, arg);
                if status != 0 {
                    return status;
                }
            }
        }
    }
    0
}

unsafe extern "C" fn vectorcall(
    op: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot; layout.
    unsafe {
        let function = Object::from_ptr(op);
        let def = &*(*op.cast::<PyCFunctionObject>()).m_ml;
        let (this, class) = if def.ml_flags & (METH_STATIC | METH_METHOD) == 0 {
            ((*op.cast::<PyCFunctionObject>()).m_self, ptr::null_mut())
        } else {
            (self_of(function), class_of(function))
        };
        methodcall::call(function, def, this, class, args, call::nargs(nargsf), kwnames)
    }
}

macro_rules! entries {
    ($($name:ident = $convention:expr;)*) => { $(
        unsafe extern "C" fn $name(
            op: *mut PyObject,
            args: *const *mut PyObject,
            nargsf: usize,
            kwnames: *mut PyObject,
        ) -> *mut PyObject {
            // SAFETY: slot; layout. `new` chose the entry by the flags.
            unsafe {
                let this = op.cast::<PyCFunctionObject>();
                let (function, def, on) = (Object::from_ptr(op), &*(*this).m_ml, (*this).m_self);
                let n = call::nargs(nargsf);
                methodcall::call_as::<{ $convention }>(function, def, on, ptr::null_mut(), args, n, kwnames)
            }
        }
    )* };
}

entries! {
    vectorcall_noargs = METH_NOARGS;
    vectorcall_o = METH_O;
    vectorcall_fast = METH_FASTCALL;
    vectorcall_fast_keywords = METH_FASTCALL | METH_KEYWORDS;
}

/// `METH_METHOD` tells the function the class that defines it.
unsafe extern "C" fn vectorcall_method(
    op: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    const FLAGS: c_int = METH_METHOD | METH_FASTCALL | METH_KEYWORDS;
    // SAFETY: slot; layout. `new` chose the entry by the flags, so the longer struct stands here.
    unsafe {
        let this = op.cast::<PyCMethodObject>();
        let (def, on, class) = (&*(*this).func.m_ml, (*this).func.m_self, (*this).mm_class);
        methodcall::call_as::<FLAGS>(Object::from_ptr(op), def, on, class, args, call::nargs(nargsf), kwnames)
    }
}

/// What is called with a tuple anyway; everything else goes through vectorcall.
unsafe extern "C" fn call_slot(op: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    unsafe {
        let function = Object::from_ptr(op);
        let def = def(function);
        if def.ml_flags & METH_VARARGS == 0 {
            return api(|| call::vectorcall_call(function, Object::from_ptr(args), Object::optional(kwargs)));
        }
        let kwargs = Object::optional(kwargs);
        if def.ml_flags & METH_KEYWORDS == 0 && kwargs.is_some_and(|k| dict::len(k) > 0) {
            let _ = raise!(
                TypeError,
                "{}() takes no keyword arguments",
                error::cut(&raw_name(function).to_string_lossy(), 200)
            );
            return ptr::null_mut();
        }
        let this = self_of(function);
        let f = def.ml_meth;
        let result = if def.ml_flags & METH_KEYWORDS != 0 {
            std::mem::transmute::<PyCFunction, PyCFunctionWithKeywords>(f).unwrap_unchecked()(
                this,
                args,
                kwargs.map_or(ptr::null_mut(), Object::as_ptr),
            )
        } else {
            f.unwrap_unchecked()(this, args)
        };
        api(|| call::check(function, result))
    }
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let function = Object::from_ptr(op);
            let name = raw_name(function).to_string_lossy();
            let on = (*this(function)).m_self;
            if on.is_null() || (*on).ob_type == &raw mut slots::PyModule_Type || is_module(on) {
                return unicode::from_str(&format!("<built-in function {name}>"));
            }
            let of = typeobject::tp_name((*on).ob_type);
            unicode::from_str(&format!("<built-in method {name} of {of} object at {on:p}>"))
        }
    })
}

unsafe fn is_module(op: *mut PyObject) -> bool {
    // SAFETY: the caller's live object.
    unsafe { Object::from_ptr(op).is_a(&raw mut slots::PyModule_Type) }
}

unsafe extern "C" fn hash_slot(op: *mut PyObject) -> Py_hash_t {
    // SAFETY: slot.
    unsafe {
        let this = op.cast::<PyCFunctionObject>();
        let f = std::mem::transmute::<PyCFunction, *const c_void>((*(*this).m_ml).ml_meth);
        match hash::of_address((*this).m_self) ^ hash::of_address(f) {
            -1 => -2,
            hash => hash,
        }
    }
}

unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: slot.
    unsafe {
        if (op != Py_EQ && op != Py_NE) || !check(Object::from_ptr(a)) || !check(Object::from_ptr(b)) {
            return none::not_implemented().into_raw();
        }
        let (x, y) = (a.cast::<PyCFunctionObject>(), b.cast::<PyCFunctionObject>());
        let address = |def: *mut PyMethodDef| std::mem::transmute::<PyCFunction, *const c_void>((*def).ml_meth);
        let equal = (*x).m_self == (*y).m_self && address((*x).m_ml) == address((*y).m_ml);
        super::boolobject::from_bool(equal == (op == Py_EQ)).into_raw()
    }
}

/// What pickling keeps: the name, or how to get the method from its object.
unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let function = Object::from_ptr(op);
            let name = unicode::from_utf8(raw_name(function).to_bytes())?;
            let on = (*this(function)).m_self;
            if on.is_null() || is_module(on) {
                return Ok(name);
            }
            let getattr = above::builtin("getattr")?;
            let args = super::tuple::from_slice(&[Object::from_ptr(on), &name])?;
            super::tuple::from_slice(&[&getattr, &args])
        }
    })
}

unsafe extern "C" fn get_doc(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let function = unsafe { Object::from_ptr(op) };
        // SAFETY: a table entry's name and doc are C strings.
        unsafe { typeobject::doc::doc(raw_name(function).as_ptr(), def(function).ml_doc) }
    })
}

unsafe extern "C" fn get_text_signature(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let function = unsafe { Object::from_ptr(op) };
        // SAFETY: slot.
        unsafe {
            let def = def(function);
            typeobject::doc::method_signature(def.ml_name, def.ml_doc, def.ml_flags)
        }
    })
}

unsafe extern "C" fn get_name(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unicode::from_utf8(raw_name(unsafe { Object::from_ptr(op) }).to_bytes()))
}

/// The name; for a method of an object, behind the qualified name of its type.
unsafe extern "C" fn get_qualname(op: *mut PyObject, unused: *mut c_void) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        unsafe {
            let on = (*op.cast::<PyCFunctionObject>()).m_self;
            if on.is_null() || is_module(on) {
                return Owned::from_c(get_name(op, unused));
            }
            let on = Object::from_ptr(on);
            let class = if on.has_flag(Py_TPFLAGS_TYPE_SUBCLASS) { on } else { on.type_object() };
            let qualname = class.getattr(name!(__qualname__))?;
            if !unicode::check(&qualname) {
                return Err(raise!(TypeError, "<method>.__class__.__qualname__ is not a unicode object"));
            }
            message!("{}.{}", error::Text(&qualname), raw_name(Object::from_ptr(op)).to_string_lossy())
        }
    })
}

unsafe extern "C" fn get_self(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    unsafe {
        match Object::optional(self_of(Object::from_ptr(op))) {
            Some(on) => on.to_owned().into_raw(),
            None => none::none().into_raw(),
        }
    }
}
