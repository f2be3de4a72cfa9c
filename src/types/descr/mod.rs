//! Descriptors: what a type's tables become in its dict. Method, class method, member, getter and slot wrapper share
//! their first fields: the type, the name, and the qualified name once somebody asked for it.

pub mod getset;
pub mod member;
pub mod method;
pub mod structmember;
pub mod wrapper;

use crate::abi::*;
use crate::mem::forever::{self, Life};
use crate::mem::{gc, refcount};
use crate::message;
use crate::name;
use crate::object::error::Text;
use crate::object::{Object, Owned, Raised, Result, above, api, lifecycle};
use crate::raise;
use crate::types::typeobject::{self, names};
use crate::types::{none, unicode};
use std::ffi::CStr;

type O = *mut PyObject;

/// The name of a table entry as an interned str. The names of what is shared are ASCII.
///
/// # Safety
/// `name` is a C string.
pub unsafe fn intern_c_name(name: *const c_char, life: Life) -> Result<Owned> {
    // SAFETY: the caller's word.
    let bytes = unsafe { CStr::from_ptr(name) }.to_bytes();
    if life == Life::Shared {
        return Ok(unicode::intern::shared(bytes).to_owned());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => unicode::intern_str(text),
        Err(_) => unicode::from_utf8(bytes),
    }
}

/// A descriptor of `descr_type` for `ty`, its first fields set; the collector does not know it yet.
fn new<T>(descr_type: *mut PyTypeObject, ty: *mut PyTypeObject, name: Owned, life: Life) -> Result<*mut T> {
    let descr: *mut T = match life {
        Life::Counted => lifecycle::gc_new(descr_type)?,
        // SAFETY: the layouts of descriptors are of fixed size.
        Life::Shared => unsafe { forever::object(descr_type, size_of::<T>()) }.cast(),
    };
    // SAFETY: fresh; a live type.
    unsafe {
        let common = descr.cast::<PyDescrObject>();
        (*common).d_type = typeobject::as_object(ty).to_owned().into_raw().cast();
        (*common).d_name = name.into_raw();
        (*common).d_qualname = std::ptr::null_mut();
    }
    Ok(descr)
}

/// Hands a descriptor over whose fields are all set.
unsafe fn finish<T>(descr: *mut T, life: Life) -> Owned {
    // SAFETY: the caller's word: whole, and nobody else's yet.
    unsafe {
        if life == Life::Counted {
            gc::track(descr.cast());
        }
        Owned::from_raw(descr.cast())
    }
}

/// The common part.
fn common(descr: &Object) -> &PyDescrObject {
    // SAFETY: layout: callers are slots of descriptor types.
    unsafe { &*descr.cast::<PyDescrObject>() }
}

/// The descriptor's own name, "?" if it has none.
pub fn name_text(descr: &Object) -> &str {
    // SAFETY: layout: a str or NULL.
    match unsafe { Object::optional(common(descr).d_name) } {
        Some(name) if unicode::check(name) => unicode::as_str(name).unwrap_or("?"),
        _ => "?",
    }
}

unsafe extern "C" fn dealloc(descr: O) {
    // SAFETY: slot.
    unsafe {
        gc::untrack(descr);
        let common = descr.cast::<PyDescrObject>();
        refcount::xdecref((*common).d_type.cast());
        refcount::xdecref((*common).d_name);
        refcount::xdecref((*common).d_qualname);
        lifecycle::gc_free(descr);
    }
}

unsafe extern "C" fn traverse(descr: O, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let ty = (*descr.cast::<PyDescrObject>()).d_type;
        if ty.is_null() { 0 } else { visit.unwrap_unchecked()(ty.cast(), arg) }
    }
}

/// `<kind 'name' of 'type' objects>`.
fn repr(descr: &Object, kind: &str) -> Result<Owned> {
    let ty = common(descr).d_type;
    unicode::from_str(&format!("<{kind} '{}' of '{}' objects>", name_text(descr), names::full_tp_name(ty)))
}

/// The instance must be one of the descriptor's type: `TypeError` else.
#[inline]
fn check(descr: &Object, instance: &Object) -> Result<()> {
    if instance.is_a(common(descr).d_type) { Ok(()) } else { Err(does_not_apply(descr, instance)) }
}

#[cold]
pub fn does_not_apply(descr: &Object, instance: &Object) -> Raised {
    raise!(
        TypeError,
        "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
        name_text(descr),
        names::cut(names::full_tp_name(common(descr).d_type), 100),
        names::cut(names::full_tp_name(instance.ty()), 100)
    )
}

static MEMBERS: [PyMemberDef; 3] = [
    PyMemberDef::new(c"__objclass__", _Py_T_OBJECT, std::mem::offset_of!(PyDescrObject, d_type), Py_READONLY),
    PyMemberDef::new(c"__name__", _Py_T_OBJECT, std::mem::offset_of!(PyDescrObject, d_name), Py_READONLY),
    PyMemberDef::END,
];

unsafe extern "C" fn get_qualname(descr: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    let descr = unsafe { Object::from_ptr(descr) };
    api(|| qualname(descr))
}

/// "type.name", kept in the descriptor unless interpreters share it.
pub fn qualname(descr: &Object) -> Result<Owned> {
    let place = descr.cast::<PyDescrObject>();
    // SAFETY: layout.
    unsafe {
        if let Some(known) = Object::optional((*place).d_qualname) {
            return Ok(known.to_owned());
        }
        let name = Object::optional((*place).d_name).filter(|name| unicode::check(name));
        let Some(name) = name else {
            return Err(raise!(TypeError, "<descriptor>.__name__ is not a unicode object"));
        };
        let owner = typeobject::as_object((*place).d_type).getattr(name!(__qualname__))?;
        if !unicode::check(&owner) {
            return Err(raise!(TypeError, "<descriptor>.__objclass__.__qualname__ is not a unicode object"));
        }
        let text = message!("{}.{}", Text(&owner), Text(name))?;
        if !refcount::is_immortal(descr.as_ptr()) {
            (*place).d_qualname = text.clone().into_raw();
        }
        Ok(text)
    }
}

/// What the descriptors of members, methods and slots have.
static METHODS: [PyMethodDef; 2] = [
    PyMethodDef {
        ml_name: c"__reduce__".as_ptr(),
        ml_meth: Some(reduce),
        ml_flags: METH_NOARGS,
        ml_doc: std::ptr::null(),
    },
    PyMethodDef::END,
];

/// `__reduce__`: `getattr(type, name)`.
unsafe extern "C" fn reduce(descr: O, _unused: O) -> O {
    // SAFETY: slot.
    let descr = unsafe { Object::from_ptr(descr) };
    api(|| {
        let getattr = above::builtin("getattr")?;
        // SAFETY: layout.
        unsafe {
            let (ty, name) = (common(descr).d_type, common(descr).d_name);
            let args = crate::types::tuple::from_slice(&[typeobject::as_object(ty), Object::from_ptr(name)])?;
            crate::types::tuple::from_slice(&[&getattr, &args])
        }
    })
}

/// `PyDescr_IsData`.
pub fn is_data(o: &Object) -> bool {
    // SAFETY: a live object's type.
    unsafe { (*o.ty()).tp_descr_set.is_some() }
}

/// `__doc__` and `__text_signature__` of a table entry.
fn doc_of(name: *const c_char, doc: *const c_char) -> Result<Owned> {
    // SAFETY: table entries hold C strings.
    unsafe { typeobject::doc::doc(name, doc) }
}

fn signature_of(name: *const c_char, doc: *const c_char) -> Result<Owned> {
    // SAFETY: table entries hold C strings.
    unsafe { typeobject::doc::text_signature(name, doc) }
}

/// `None` if the text is missing, else all of it.
fn plain_doc(doc: *const c_char) -> Result<Owned> {
    if doc.is_null() {
        return Ok(none::none());
    }
    // SAFETY: a table's C string.
    unicode::from_utf8(unsafe { CStr::from_ptr(doc) }.to_bytes())
}
