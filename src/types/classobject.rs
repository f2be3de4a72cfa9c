//! `method`: a function bound to an object; and `instancemethod`, which lets any callable be bound that way.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::message;
use crate::name;
use crate::object::call::{self, ARGUMENTS_OFFSET, nargs};
use crate::object::{Object, Owned, Result, above, api, args, error, hash, lifecycle, slots};
use crate::raise;
use crate::state;
use crate::types::{boolobject, none, tuple, typeobject, unicode, weakref};
use std::mem::offset_of;
use std::ptr;

/// How many dead methods wait for the next one.
const FREE_LIMIT: usize = 20;

#[unsafe(no_mangle)]
pub static mut PyMethod_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"method".as_ptr(),
    tp_basicsize: size_of::<PyMethodObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_vectorcall_offset: offset_of!(PyMethodObject, vectorcall) as isize,
    tp_repr: Some(repr),
    tp_hash: Some(hash_slot),
    tp_call: Some(slots::PyVectorcall_Call),
    tp_getattro: Some(getattro),
    tp_setattro: Some(slots::PyObject_GenericSetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL,
    tp_doc: c"method(function, instance, /)\n--\n\nA function bound to an object, which becomes its first argument."
        .as_ptr(),
    tp_traverse: Some(traverse),
    tp_richcompare: Some(richcompare),
    tp_weaklistoffset: offset_of!(PyMethodObject, im_weakreflist) as isize,
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    tp_getset: table(&GETSET),
    tp_descr_get: Some(descr_get),
    tp_new: Some(new_slot),
    ..PyTypeObject::EMPTY
};

static METHODS: [PyMethodDef; 2] =
    [PyMethodDef::noargs(c"__reduce__", reduce, c"__reduce__($self, /)\n--\n\n"), PyMethodDef::END];

static MEMBERS: [PyMemberDef; 3] = [
    PyMemberDef::new(c"__func__", _Py_T_OBJECT, offset_of!(PyMethodObject, im_func), Py_READONLY),
    PyMemberDef::new(c"__self__", _Py_T_OBJECT, offset_of!(PyMethodObject, im_self), Py_READONLY),
    PyMemberDef::END,
];

static GETSET: [PyGetSetDef; 2] = [PyGetSetDef::new(c"__doc__", Some(get_doc), None, ptr::null()), PyGetSetDef::END];

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.is_exact(&raw mut PyMethod_Type)
}

fn this(o: &Object) -> *mut PyMethodObject {
    o.cast()
}

pub fn function(o: &Object) -> &Object {
    // SAFETY: layout: a method owns its function.
    unsafe { Object::from_ptr((*this(o)).im_func) }
}

pub fn on(o: &Object) -> &Object {
    // SAFETY: layout: a method owns its object.
    unsafe { Object::from_ptr((*this(o)).im_self) }
}

/// `PyMethod_New`.
pub fn new(function: &Object, on: &Object) -> Result<Owned> {
    // SAFETY: attached; fresh.
    unsafe {
        let mut op = (*state::interp()).freelists.methods.pop().cast::<PyMethodObject>();
        if op.is_null() {
            op = lifecycle::gc_new::<PyMethodObject>(&raw mut PyMethod_Type)?;
        } else {
            // The collector's header before it was left as that of an object that is not tracked.
            lifecycle::init(op.cast(), &raw mut PyMethod_Type);
        }
        (*op).im_weakreflist = ptr::null_mut();
        (*op).im_func = function.to_owned().into_raw();
        (*op).im_self = on.to_owned().into_raw();
        (*op).vectorcall = Some(vectorcall);
        gc::track(op.cast());
        Ok(Owned::from_raw(op.cast()))
    }
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero.
    unsafe {
        gc::untrack(op);
        let method = op.cast::<PyMethodObject>();
        if !(*method).im_weakreflist.is_null() {
            weakref::clear_refs(Object::from_ptr(op));
        }
        refcount::decref((*method).im_func);
        refcount::xdecref((*method).im_self);
        if !(*state::interp()).freelists.methods.push(op.cast(), FREE_LIMIT) {
            lifecycle::gc_free(op);
        }
    }
}

crate::traverse_fields!(traverse, PyMethodObject, im_func, im_self);

/// The object becomes the first argument: in the free place before the others, if the caller says that there is one.
unsafe extern "C" fn vectorcall(
    op: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    unsafe {
        let method = op.cast::<PyMethodObject>();
        let (func, on) = (Object::from_ptr((*method).im_func), (*method).im_self);
        let n = nargs(nargsf);
        if nargsf & ARGUMENTS_OFFSET != 0 {
            let stack = args.sub(1).cast_mut();
            let before = stack.replace(on);
            let result = call::vectorcall(func, stack, n + 1, kwnames);
            *stack = before;
            return api(|| result);
        }
        let names = Object::optional(kwnames).map_or(0, |names| tuple::items(names).len());
        let total = n + names;
        const SMALL: usize = 6;
        let mut small = [on; SMALL + 1];
        if total <= SMALL {
            ptr::copy_nonoverlapping(args, small.as_mut_ptr().add(1), total);
            return api(|| call::vectorcall(func, small.as_ptr(), n + 1, kwnames));
        }
        let mut all = Vec::with_capacity(total + 1);
        all.push(on);
        all.extend_from_slice(std::slice::from_raw_parts(args, total));
        api(|| call::vectorcall(func, all.as_ptr(), n + 1, kwnames))
    }
}

/// An attribute that the method's type has, else one of the function.
fn attribute(method: &Object, function: &Object, name: &Object) -> Result<Owned> {
    let Some(descr) = typeobject::lookup(method.ty(), name) else { return function.getattr(name) };
    let descr = descr.to_owned();
    // SAFETY: slot.
    unsafe {
        match (*descr.ty()).tp_descr_get {
            Some(get) => Owned::from_c(get(descr.as_ptr(), method.as_ptr(), method.ty().cast())),
            None => Ok(descr),
        }
    }
}

unsafe extern "C" fn getattro(op: *mut PyObject, name: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (method, name) = unsafe { (Object::from_ptr(op), Object::from_ptr(name)) };
        attribute(method, function(method), name)
    })
}

unsafe extern "C" fn get_doc(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    api(|| function(unsafe { Object::from_ptr(op) }).getattr(name!(__doc__)))
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let method = unsafe { Object::from_ptr(op) };
        let func = function(method);
        let mut shown = func.getattr_optional(name!(__qualname__))?;
        if shown.is_none() {
            shown = func.getattr_optional(name!(__name__))?;
        }
        let shown = shown.filter(|s| unicode::check(s));
        let name = shown.map_or_else(|| "?".to_string(), |s| error::Text(&s).to_string());
        let on = on(method).repr()?;
        message!("<bound method {name} of {}>", error::Text(&on))
    })
}

unsafe extern "C" fn hash_slot(op: *mut PyObject) -> Py_hash_t {
    api(|| {
        // SAFETY: slot.
        let method = unsafe { Object::from_ptr(op) };
        let hash = hash::of_address(on(method).as_ptr()) ^ function(method).hash()?;
        Ok(if hash == -1 { -2 } else { hash })
    })
}

unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (a, b) = unsafe { (Object::from_ptr(a), Object::from_ptr(b)) };
        if (op != Py_EQ && op != Py_NE) || !check(a) || !check(b) {
            return Ok(none::not_implemented());
        }
        let equal = function(a).equals(function(b))? && on(a).is(on(b));
        Ok(boolobject::from_bool(equal == (op == Py_EQ)))
    })
}

/// A bound method stays bound to what it is.
unsafe extern "C" fn descr_get(op: *mut PyObject, _obj: *mut PyObject, _ty: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    unsafe { Object::from_ptr(op) }.to_owned().into_raw()
}

unsafe extern "C" fn reduce(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let method = unsafe { Object::from_ptr(op) };
        let name = function(method).getattr(name!(__name__))?;
        let getattr = above::builtin("getattr")?;
        let args = tuple::from_slice(&[on(method), &name])?;
        tuple::from_slice(&[&getattr, &args])
    })
}

unsafe extern "C" fn new_slot(_ty: *mut PyTypeObject, args: *mut PyObject, kwds: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (args, kwds) = unsafe { (Object::from_ptr(args), Object::optional(kwds)) };
        args::no_keywords("method", kwds)?;
        let items = tuple::items(args);
        args::check_positional("method", items.len(), 2, 2)?;
        if !items[0].is_callable() {
            return Err(raise!(TypeError, "first argument must be callable"));
        }
        if items[1].is_none() {
            return Err(raise!(TypeError, "instance must not be None"));
        }
        new(items[0], items[1])
    })
}

#[unsafe(no_mangle)]
pub static mut PyInstanceMethod_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"instancemethod".as_ptr(),
    tp_basicsize: size_of::<PyInstanceMethodObject>() as isize,
    tp_dealloc: Some(instance_dealloc),
    tp_repr: Some(instance_repr),
    tp_call: Some(instance_call),
    tp_getattro: Some(instance_getattro),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    tp_doc: c"instancemethod(function, /)\n--\n\nA callable that is bound to instances as functions are.".as_ptr(),
    tp_traverse: Some(instance_traverse),
    tp_richcompare: Some(instance_richcompare),
    tp_members: table(&INSTANCE_MEMBERS),
    tp_getset: table(&INSTANCE_GETSET),
    tp_descr_get: Some(instance_descr_get),
    tp_new: Some(instance_new),
    ..PyTypeObject::EMPTY
};

static INSTANCE_MEMBERS: [PyMemberDef; 2] = [
    PyMemberDef::new(c"__func__", _Py_T_OBJECT, offset_of!(PyInstanceMethodObject, func), Py_READONLY),
    PyMemberDef::END,
];

static INSTANCE_GETSET: [PyGetSetDef; 2] =
    [PyGetSetDef::new(c"__doc__", Some(instance_get_doc), None, ptr::null()), PyGetSetDef::END];

fn wrapped(o: &Object) -> &Object {
    // SAFETY: layout: the object owns its callable.
    unsafe { Object::from_ptr((*o.cast::<PyInstanceMethodObject>()).func) }
}

/// `PyInstanceMethod_New`.
pub fn new_instance_method(function: &Object) -> Result<Owned> {
    let op = lifecycle::gc_new::<PyInstanceMethodObject>(&raw mut PyInstanceMethod_Type)?;
    // SAFETY: fresh.
    unsafe {
        (*op).func = function.to_owned().into_raw();
        gc::track(op.cast());
        Ok(Owned::from_raw(op.cast()))
    }
}

unsafe extern "C" fn instance_dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero.
    unsafe {
        gc::untrack(op);
        refcount::decref((*op.cast::<PyInstanceMethodObject>()).func);
        lifecycle::gc_free(op);
    }
}

crate::traverse_fields!(instance_traverse, PyInstanceMethodObject, func);

unsafe extern "C" fn instance_call(op: *mut PyObject, args: *mut PyObject, kwds: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe { wrapped(Object::from_ptr(op)).call_tuple(Object::from_ptr(args), Object::optional(kwds)) })
}

unsafe extern "C" fn instance_getattro(op: *mut PyObject, name: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (method, name) = unsafe { (Object::from_ptr(op), Object::from_ptr(name)) };
        attribute(method, wrapped(method), name)
    })
}

unsafe extern "C" fn instance_get_doc(op: *mut PyObject, _: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    api(|| wrapped(unsafe { Object::from_ptr(op) }).getattr(name!(__doc__)))
}

unsafe extern "C" fn instance_descr_get(op: *mut PyObject, obj: *mut PyObject, _ty: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (method, obj) = unsafe { (Object::from_ptr(op), Object::optional(obj)) };
        match obj {
            Some(obj) => new(wrapped(method), obj),
            None => Ok(wrapped(method).to_owned()),
        }
    })
}

unsafe extern "C" fn instance_richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (a, b) = unsafe { (Object::from_ptr(a), Object::from_ptr(b)) };
        let is = |o: &Object| o.is_exact(&raw mut PyInstanceMethod_Type);
        if (op != Py_EQ && op != Py_NE) || !is(a) || !is(b) {
            return Ok(none::not_implemented());
        }
        Ok(boolobject::from_bool(wrapped(a).equals(wrapped(b))? == (op == Py_EQ)))
    })
}

unsafe extern "C" fn instance_repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let func = wrapped(unsafe { Object::from_ptr(op) });
        let shown = func.getattr_optional(name!(__name__))?.filter(|n| unicode::check(n));
        let name = shown.map_or_else(|| "?".to_string(), |s| error::Text(&s).to_string());
        unicode::from_str(&format!("<instancemethod {name} at {op:p}>"))
    })
}

unsafe extern "C" fn instance_new(_ty: *mut PyTypeObject, args: *mut PyObject, kwds: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (args, kwds) = unsafe { (Object::from_ptr(args), Object::optional(kwds)) };
        args::no_keywords("instancemethod", kwds)?;
        let items = tuple::items(args);
        args::check_positional("instancemethod", items.len(), 1, 1)?;
        if !items[0].is_callable() {
            return Err(raise!(TypeError, "first argument must be callable"));
        }
        new_instance_method(items[0])
    })
}
