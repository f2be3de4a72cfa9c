//! Capsules: a C pointer as an object, with a name that says what it points to.

use super::{typeobject, unicode};
use crate::abi::*;
use crate::mem::gc;
use crate::object::{Owned, Result, above, api, lifecycle};
use crate::raise;
use std::ffi::CStr;
use std::ptr;

/// The struct is ours; its size is CPython's.
#[repr(C)]
pub struct Capsule {
    ob_base: PyObject,
    pub pointer: *mut c_void,
    pub name: *const c_char,
    pub context: *mut c_void,
    pub destructor: PyCapsule_Destructor,
    /// The module that made it has the collector look into it.
    traverse: traverseproc,
    clear: inquiry,
}

#[unsafe(no_mangle)]
pub static mut PyCapsule_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"PyCapsule".as_ptr(),
    tp_basicsize: size_of::<Capsule>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: Some(repr),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    tp_doc: c"A C pointer as an object: how extension modules give each other functions and data.".as_ptr(),
    tp_traverse: Some(traverse),
    tp_clear: Some(clear),
    ..PyTypeObject::EMPTY
};

const _: () = assert!(size_of::<Capsule>() == 64);

/// `PyCapsule_New`. `name` must outlive the capsule.
pub fn new(pointer: *mut c_void, name: *const c_char, destructor: PyCapsule_Destructor) -> Result<Owned> {
    if pointer.is_null() {
        return Err(raise!(ValueError, "PyCapsule_New called with null pointer"));
    }
    let capsule = lifecycle::gc_new::<Capsule>(&raw mut PyCapsule_Type)?;
    // SAFETY: fresh. Not tracked until somebody gives it a `traverse`.
    unsafe {
        (*capsule).pointer = pointer;
        (*capsule).name = name;
        (*capsule).context = ptr::null_mut();
        (*capsule).destructor = destructor;
        (*capsule).traverse = None;
        (*capsule).clear = None;
        Ok(Owned::from_raw(capsule.cast()))
    }
}

/// The capsule behind an argument; `ValueError` naming `function` if it is none.
///
/// # Safety
/// `op` is NULL or alive.
pub unsafe fn of<'a>(op: *mut PyObject, function: &str) -> Result<&'a mut Capsule> {
    // SAFETY: the caller's word; layout.
    unsafe {
        if is_capsule(op) {
            return Ok(&mut *op.cast());
        }
    }
    Err(raise!(ValueError, "{function} called with invalid PyCapsule object"))
}

/// # Safety
/// `op` is NULL or alive.
unsafe fn is_capsule(op: *mut PyObject) -> bool {
    // SAFETY: the caller's word; layout. One whose pointer is NULL is not valid.
    unsafe { !op.is_null() && (*op).ob_type == &raw mut PyCapsule_Type && !(*op.cast::<Capsule>()).pointer.is_null() }
}

/// Both NULL, or both the same text.
fn same_name(a: *const c_char, b: *const c_char) -> bool {
    if a.is_null() || b.is_null() {
        return a == b;
    }
    // SAFETY: names are C strings.
    unsafe { CStr::from_ptr(a) == CStr::from_ptr(b) }
}

/// `PyCapsule_IsValid`. Never raises.
///
/// # Safety
/// `op` is NULL or alive.
pub unsafe fn is_valid(op: *mut PyObject, name: *const c_char) -> bool {
    // SAFETY: the caller's word; layout.
    unsafe { is_capsule(op) && same_name((*op.cast::<Capsule>()).name, name) }
}

/// `PyCapsule_GetPointer`.
///
/// # Safety
/// `op` is NULL or alive.
pub unsafe fn pointer(op: *mut PyObject, name: *const c_char) -> Result<*mut c_void> {
    // SAFETY: the caller's word.
    let capsule = unsafe { of(op, "PyCapsule_GetPointer") }?;
    if !same_name(capsule.name, name) {
        return Err(raise!(ValueError, "PyCapsule_GetPointer called with incorrect name"));
    }
    Ok(capsule.pointer)
}

/// `_PyCapsule_SetTraverse`: what the capsule points to holds objects.
///
/// # Safety
/// `op` is NULL or alive.
pub unsafe fn set_traverse(op: *mut PyObject, traverse: traverseproc, clear: inquiry) -> Result<()> {
    // SAFETY: the caller's word.
    let capsule = unsafe { of(op, "_PyCapsule_SetTraverse") }?;
    if traverse.is_none() || clear.is_none() {
        return Err(raise!(ValueError, "_PyCapsule_SetTraverse() called with NULL callback"));
    }
    capsule.traverse = traverse;
    capsule.clear = clear;
    // SAFETY: its fields are valid.
    unsafe {
        if !gc::is_tracked(op) {
            gc::track(op);
        }
    }
    Ok(())
}

/// `PyCapsule_Import`: the pointer of the capsule `module.attribute...`, whose name must be just that.
pub fn import(name: &CStr) -> Result<*mut c_void> {
    let text = name.to_string_lossy();
    let mut parts = text.split('.');
    let mut object: Option<Owned> = None;
    // The first part is a module; each next one an attribute.
    for part in &mut parts {
        object = Some(match object {
            None => match unicode::from_str(part).and_then(|name| above::import(&name)) {
                Ok(module) => module,
                Err(_) => {
                    return Err(raise!(ImportError, "PyCapsule_Import could not import module \"{part}\""));
                }
            },
            Some(object) => {
                let name = unicode::from_str(part)?;
                object.getattr(&name)?
            }
        });
    }
    if let Some(object) = &object {
        // SAFETY: owned; the pointer is the module's.
        unsafe {
            if is_valid(object.as_ptr(), name.as_ptr()) {
                return pointer(object.as_ptr(), name.as_ptr());
            }
        }
    }
    Err(raise!(AttributeError, "PyCapsule_Import \"{text}\" is not valid"))
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; layout. The destructor sees a whole capsule.
    unsafe {
        gc::untrack(op);
        if let Some(destructor) = (*op.cast::<Capsule>()).destructor {
            destructor(op);
        }
        lifecycle::gc_free(op);
    }
}

unsafe extern "C" fn traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot; layout.
    unsafe { (*op.cast::<Capsule>()).traverse.map_or(0, |traverse| traverse(op, visit, arg)) }
}

unsafe extern "C" fn clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot; layout.
    unsafe { (*op.cast::<Capsule>()).clear.map_or(0, |clear| clear(op)) }
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot; layout.
        let name = unsafe { (*op.cast::<Capsule>()).name };
        if name.is_null() {
            return unicode::from_str(&format!("<capsule object NULL at {op:p}>"));
        }
        // SAFETY: names are C strings.
        let name = unsafe { CStr::from_ptr(name) }.to_string_lossy();
        unicode::from_str(&format!("<capsule object \"{name}\" at {op:p}>"))
    })
}
