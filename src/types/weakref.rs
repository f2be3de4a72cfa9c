//! Weak references: `weakref.ref`, and what objects keep of the references to them. (Proxies are `weakproxy`.)
//!
//! All weak references to one object hang in a list whose head stands in the object (or before it, or in the
//! interpreter, for static types that interpreters share). A reference without callback and of exact type is made once
//! and stands first; the proxy that is alike stands next; references with callbacks follow, newest first. A reference
//! whose object died refers to `None`.

use super::{none, typeobject};
use crate::abi::*;
use crate::mem::gc;
use crate::object::slots::{PyObject_GC_Del, PyObject_GenericGetAttr, PyType_GenericAlloc, PyVectorcall_Call};
use crate::object::{Object, Owned, Result, above, api, args, error, lifecycle};
use crate::raise;
use crate::types::{boolobject, genericalias, tuple, unicode};
use std::mem::offset_of;
use std::ptr;

static METHODS: [PyMethodDef; 2] = [genericalias::CLASS_GETITEM, PyMethodDef::END];

static MEMBERS: [PyMemberDef; 2] = [
    PyMemberDef::new(c"__callback__", _Py_T_OBJECT, offset_of!(PyWeakReference, wr_callback), Py_READONLY),
    PyMemberDef::END,
];

#[unsafe(no_mangle)]
pub static mut _PyWeakref_RefType: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"weakref.ReferenceType".as_ptr(),
    tp_basicsize: size_of::<PyWeakReference>() as isize,
    tp_dealloc: Some(dealloc),
    tp_vectorcall_offset: offset_of!(PyWeakReference, vectorcall) as isize,
    tp_repr: Some(repr),
    tp_hash: Some(hash),
    tp_call: Some(PyVectorcall_Call),
    tp_getattro: Some(PyObject_GenericGetAttr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_BASETYPE,
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    tp_richcompare: Some(richcompare),
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    tp_init: Some(init),
    tp_alloc: Some(PyType_GenericAlloc),
    tp_new: Some(new_slot),
    tp_free: Some(PyObject_GC_Del),
    ..PyTypeObject::EMPTY
};

/// A `weakref.ref` or an instance of a subclass.
#[inline]
pub fn is_ref(o: &Object) -> bool {
    // SAFETY: a live object's type is alive. No other builtin type is derived from this one.
    let builtin = unsafe { (*o.ty()).tp_flags & _Py_TPFLAGS_STATIC_BUILTIN != 0 };
    if builtin { o.is_exact(&raw mut _PyWeakref_RefType) } else { o.is_a(&raw mut _PyWeakref_RefType) }
}

/// A reference or a proxy (`PyWeakref_Check`).
pub fn check(o: &Object) -> bool {
    is_ref(o) || super::weakproxy::check(o)
}

/// Where the list of weak references to an object of a type that has them begins.
///
/// # Safety
/// `op` is an object whose type has `tp_weaklistoffset`.
#[inline]
pub unsafe fn place(op: *mut PyObject) -> *mut *mut PyWeakReference {
    // SAFETY: the caller's word.
    unsafe {
        let ty = (*op).ob_type;
        if (*ty).tp_flags & Py_TPFLAGS_TYPE_SUBCLASS != 0
            && (*op.cast::<PyTypeObject>()).tp_flags & _Py_TPFLAGS_STATIC_BUILTIN != 0
        {
            return typeobject::static_weaklist(op.cast()).cast();
        }
        op.cast::<u8>().offset((*ty).tp_weaklistoffset).cast()
    }
}

/// Instances of the object's type can have weak references.
#[inline]
pub fn supported(o: &Object) -> bool {
    // SAFETY: a live object's type is alive.
    unsafe { (*o.ty()).tp_weaklistoffset != 0 }
}

/// There are weak references to the object.
///
/// # Safety
/// `op` is alive.
#[inline]
pub unsafe fn has_any(op: *mut PyObject) -> bool {
    // SAFETY: the caller's word.
    unsafe { supported(Object::from_ptr(op)) && !(*place(op)).is_null() }
}

fn struct_of(o: &Object) -> *mut PyWeakReference {
    o.cast()
}

/// The object that a reference or proxy refers to; `None` (Rust's) if it is gone, or going.
pub fn get(reference: &Object) -> Option<Owned> {
    // SAFETY: layout; an object whose destructor has begun has no references and gets none.
    unsafe {
        let o = (*struct_of(reference)).wr_object;
        if none::none_ref().is_ptr(o) || (*o).ob_refcnt == 0 {
            return None;
        }
        Some(Object::from_ptr(o).to_owned())
    }
}

/// The reference without callback that is made once, and the proxy alike, if the list has them.
unsafe fn basic(head: *mut PyWeakReference) -> (*mut PyWeakReference, *mut PyWeakReference) {
    // SAFETY: the list's members are alive.
    unsafe {
        let (mut reference, mut proxy, mut at) = (ptr::null_mut(), ptr::null_mut(), head);
        if !at.is_null() && (*at).wr_callback.is_null() && (*at).ob_base.ob_type == &raw mut _PyWeakref_RefType {
            reference = at;
            at = (*at).wr_next;
        }
        if !at.is_null() && (*at).wr_callback.is_null() && super::weakproxy::check(Object::from_ptr(at.cast())) {
            proxy = at;
        }
        (reference, proxy)
    }
}

/// Puts `new` into the list at `place`, behind `before` or first.
unsafe fn insert(place: *mut *mut PyWeakReference, new: *mut PyWeakReference, before: *mut PyWeakReference) {
    // SAFETY: the list's members are alive.
    unsafe {
        let next = if before.is_null() { *place } else { (*before).wr_next };
        (*new).wr_prev = before;
        (*new).wr_next = next;
        if !next.is_null() {
            (*next).wr_prev = new;
        }
        if before.is_null() {
            *place = new;
        } else {
            (*before).wr_next = new;
        }
    }
}

/// A reference or proxy of type `ty` to `o`: the one that is there, if it does as well. A callback of `None` is none.
/// `TypeError` if `o` can't have weak references.
pub fn make(ty: *mut PyTypeObject, o: &Object, callback: Option<&Object>) -> Result<Owned> {
    if !supported(o) {
        return Err(raise!(TypeError, "cannot create weak reference to '{}' object", typeobject::tp_name(o.ty())));
    }
    let callback = callback.filter(|callback| !callback.is_none());
    let exact_ref = ty == &raw mut _PyWeakref_RefType;
    let exact = exact_ref || super::weakproxy::is_type(ty);
    // SAFETY: attached: the list is ours. Allocating can run a destructor, so the list is read after it.
    unsafe {
        let place = place(o.as_ptr());
        let reuse = |place: *mut *mut PyWeakReference| {
            if callback.is_some() || !exact {
                return None;
            }
            let (reference, proxy) = basic(*place);
            let found = if exact_ref { reference } else { proxy };
            (!found.is_null() && (*found).ob_base.ob_refcnt > 0).then(|| Object::from_ptr(found.cast()).to_owned())
        };
        if let Some(found) = reuse(place) {
            return Ok(found);
        }
        let op = if exact {
            let op = lifecycle::gc_new::<PyObject>(ty)?;
            Owned::from_raw(op)
        } else {
            let alloc = (*ty).tp_alloc.expect("a ready type has it");
            Owned::from_c(alloc(ty, 0))?
        };
        let new = op.cast::<PyWeakReference>();
        (*new).hash = -1;
        (*new).wr_object = o.as_ptr();
        (*new).wr_prev = ptr::null_mut();
        (*new).wr_next = ptr::null_mut();
        (*new).wr_callback = callback.map_or(ptr::null_mut(), |callback| callback.to_owned().into_raw());
        (*new).vectorcall = Some(vectorcall);
        let (reference, proxy) = basic(*place);
        let before = match (callback.is_none(), exact_ref, exact) {
            (true, true, _) => ptr::null_mut(),
            (true, false, true) => reference,
            _ if proxy.is_null() => reference,
            _ => proxy,
        };
        insert(place, new, before);
        if !gc::is_tracked(op.as_ptr()) {
            gc::track(op.as_ptr());
        }
        Ok(op)
    }
}

/// `PyWeakref_NewRef`.
pub fn new_ref(o: &Object, callback: Option<&Object>) -> Result<Owned> {
    make(&raw mut _PyWeakref_RefType, o, callback)
}

/// Ends a reference: it refers to nothing, hangs in no list, and will call nothing. Gives back the callback.
///
/// # Safety
/// `reference` is alive, as a struct.
pub unsafe fn detach(reference: *mut PyWeakReference) -> Option<Owned> {
    // SAFETY: the caller's word; a live reference's object is alive, or its destructor has just begun.
    unsafe {
        unlink(reference);
        Owned::optional((*reference).wr_callback.replace_null())
    }
}

/// Takes a reference out of its object's list (`_PyWeakref_ClearRef`): the callback stays.
///
/// # Safety
/// As [`detach`].
pub unsafe fn unlink(reference: *mut PyWeakReference) {
    // SAFETY: the caller's word.
    unsafe {
        let o = (*reference).wr_object;
        if o.is_null() || none::none_ref().is_ptr(o) {
            return;
        }
        let place = place(o);
        if *place == reference {
            *place = (*reference).wr_next;
        }
        if !(*reference).wr_prev.is_null() {
            (*(*reference).wr_prev).wr_next = (*reference).wr_next;
        }
        if !(*reference).wr_next.is_null() {
            (*(*reference).wr_next).wr_prev = (*reference).wr_prev;
        }
        (*reference).wr_prev = ptr::null_mut();
        (*reference).wr_next = ptr::null_mut();
        (*reference).wr_object = none::none_ref().as_ptr();
    }
}

trait ReplaceNull {
    fn replace_null(&mut self) -> Self;
}

impl ReplaceNull for *mut PyObject {
    fn replace_null(&mut self) -> *mut PyObject {
        std::mem::replace(self, ptr::null_mut())
    }
}

/// Ends all weak references to a dying object and calls their callbacks (`PyObject_ClearWeakRefs`). An exception that
/// is set stays; those of callbacks are reported and forgotten.
pub fn clear_refs(o: &Object) {
    if supported(o) {
        // SAFETY: the type has weak references.
        let head = unsafe { *place(o.as_ptr()) };
        if !head.is_null() {
            clear_list(o);
        }
    }
}

#[inline(never)]
fn clear_list(o: &Object) {
    let saved = error::take();
    let mut calls: Vec<(Option<Owned>, Owned)> = Vec::new();
    // SAFETY: attached: the list is ours. Nothing foreign runs before it is empty: callbacks are taken out and owned,
    // and a reference that is being ended itself (its count is zero) is not called back.
    unsafe {
        let place = place(o.as_ptr());
        while !(*place).is_null() {
            let reference = *place;
            let callback = detach(reference);
            if let Some(callback) = callback {
                let alive = (*reference).ob_base.ob_refcnt > 0;
                calls.push((alive.then(|| Object::from_ptr(reference.cast()).to_owned()), callback));
            }
        }
    }
    for (reference, callback) in calls {
        if let Some(reference) = reference {
            call_back(&reference, &callback);
        }
    }
    if let Some(saved) = saved {
        let _raised = error::restore(saved);
    }
}

/// Calls a callback; what it raises is reported and forgotten.
pub fn call_back(reference: &Object, callback: &Object) {
    if callback.call(&[reference]).is_err() {
        above::unraisable("Exception ignored while calling weakref callback %R", Some(callback));
    }
}

/// Ends all weak references to `o`; their callbacks stay and are not called
/// (`PyUnstable_Object_ClearWeakRefsNoCallbacks`).
pub fn clear_without_callbacks(o: &Object) {
    if supported(o) {
        // SAFETY: attached: the list is ours; nothing foreign runs.
        unsafe {
            let place = place(o.as_ptr());
            while !(*place).is_null() {
                unlink(*place);
            }
        }
    }
}

/// How many weak references there are to `o` (`weakref.getweakrefcount`).
pub fn count(o: &Object) -> usize {
    list_of(o).len()
}

/// The weak references to `o`, in their order (`weakref.getweakrefs`).
pub fn list_of(o: &Object) -> Vec<Owned> {
    let mut found = Vec::new();
    if supported(o) {
        // SAFETY: attached: the list is ours.
        unsafe {
            let mut at = *place(o.as_ptr());
            while !at.is_null() {
                if (*at).ob_base.ob_refcnt > 0 {
                    found.push(Object::from_ptr(at.cast()).to_owned());
                }
                at = (*at).wr_next;
            }
        }
    }
    found
}

/// One or two arguments: the object, and a callback.
fn arguments<'a>(function: &str, args: &'a Object) -> Result<(&'a Object, Option<&'a Object>)> {
    match tuple::items(args) {
        [o] => Ok((o, None)),
        [o, callback] => Ok((o, Some(callback))),
        [] => Err(raise!(TypeError, "{function} expected at least 1 argument, got 0")),
        items => Err(raise!(TypeError, "{function} expected at most 2 arguments, got {}", items.len())),
    }
}

unsafe extern "C" fn new_slot(ty: *mut PyTypeObject, args: *mut PyObject, _kwargs: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (o, callback) = arguments("__new__", unsafe { Object::from_ptr(args) })?;
        make(ty, o, callback)
    })
}

unsafe extern "C" fn init(_op: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: slot.
        unsafe {
            if Object::optional(kwargs).is_some_and(|kwargs| super::dict::len(kwargs) != 0) {
                return Err(raise!(TypeError, "ref() takes no keyword arguments"));
            }
            arguments("__init__", Object::from_ptr(args)).map(|_| ())
        }
    })
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; layout.
    unsafe {
        gc::untrack(op);
        drop(detach(op.cast()));
        let free = (*(*op).ob_type).tp_free.expect("a ready type has it");
        free(op.cast());
    }
}

crate::traverse_fields!(pub traverse, PyWeakReference, wr_callback);

pub unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot; layout.
    unsafe { drop(detach(op.cast())) };
    0
}

/// Calling a reference gives its object, or `None`.
unsafe extern "C" fn vectorcall(
    op: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        args::positional("weakref", args, nargsf, kwnames, 0, 0)?;
        Ok(get(Object::from_ptr(op)).unwrap_or_else(none::none))
    })
}

unsafe extern "C" fn hash(op: *mut PyObject) -> Py_hash_t {
    api(|| {
        // SAFETY: slot; layout.
        unsafe {
            let this = op.cast::<PyWeakReference>();
            if (*this).hash != -1 {
                return Ok((*this).hash);
            }
            let Some(o) = get(Object::from_ptr(op)) else {
                return Err(raise!(TypeError, "weak object has gone away"));
            };
            let hash = o.hash()?;
            (*this).hash = hash;
            Ok(hash)
        }
    })
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let this = unsafe { Object::from_ptr(op) };
        let Some(o) = get(this) else {
            return unicode::from_str(&format!("<weakref at {op:p}; dead>"));
        };
        let name = o.lookup_special(crate::name!(__name__))?;
        let (ty, at) = (typeobject::fully_qualified_name(o.ty())?, o.as_ptr());
        let ty = unicode::as_str(&ty)?;
        match name.filter(|name| unicode::check(name)) {
            None => unicode::from_str(&format!("<weakref at {op:p}; to '{ty}' at {at:p}>")),
            Some(name) => {
                let text = unicode::as_str(&name)?;
                unicode::from_str(&format!("<weakref at {op:p}; to '{ty}' at {at:p} ({text})>"))
            }
        }
    })
}

unsafe extern "C" fn richcompare(a: *mut PyObject, b: *mut PyObject, op: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (a, b) = unsafe { (Object::from_ptr(a), Object::from_ptr(b)) };
        if (op != Py_EQ && op != Py_NE) || !is_ref(a) || !is_ref(b) {
            return Ok(none::not_implemented());
        }
        match (get(a), get(b)) {
            (Some(x), Some(y)) => x.compare(&y, op),
            _ => Ok(boolobject::from_bool(a.is(b) == (op == Py_EQ))),
        }
    })
}

/// `PyWeakref_GetObject`: borrowed, `None` if it is gone.
///
/// # Safety
/// `reference` is a reference or proxy.
pub unsafe fn get_borrowed(reference: &Object) -> *mut PyObject {
    // SAFETY: the caller's word.
    unsafe {
        let o = (*struct_of(reference)).wr_object;
        if !none::none_ref().is_ptr(o) && (*o).ob_refcnt == 0 { none::none_ref().as_ptr() } else { o }
    }
}
