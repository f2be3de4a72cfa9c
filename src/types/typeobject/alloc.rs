//! The life of instances: the allocation that every type uses unless it says otherwise, and the destruction, traversal
//! and clearing of instances of classes on the heap, which add slots, a dict and weak references to what their base
//! has.

use super::exports::same;
use super::{has_flag, instance_dict, is_heap};
use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::object::{Object, Owned, Result, error, lifecycle};
use crate::types::weakref;

/// `PyType_GenericAlloc`: zeroed memory for an instance with `n` items, tracked if collectable. As in CPython there is
/// room for one item more, so that a sentinel can stand behind the last.
pub fn generic_alloc(ty: *mut PyTypeObject, n: isize) -> Result<Owned> {
    let op = alloc_untracked(ty, n)?;
    // SAFETY: fresh, and zeroed, so that traversal finds nothing yet.
    unsafe {
        if has_flag(ty, Py_TPFLAGS_HAVE_GC) {
            gc::track(op);
        }
        Ok(Owned::from_raw(op))
    }
}

/// As [`generic_alloc`], not tracked (`_PyType_AllocNoTrack`).
pub fn alloc_untracked(ty: *mut PyTypeObject, n: isize) -> Result<*mut PyObject> {
    // SAFETY: a live type; fresh.
    unsafe {
        if (*ty).tp_itemsize == 0 {
            return lifecycle::alloc_zeroed(ty, ((*ty).tp_basicsize as usize + 7) & !7);
        }
        let Some(size) = n.checked_add(1).and_then(|n| lifecycle::var_size(ty, n)) else {
            return Err(error::no_memory());
        };
        let op = lifecycle::alloc_zeroed(ty, size)?;
        (*op.cast::<PyVarObject>()).ob_size = n;
        Ok(op)
    }
}

/// `PyType_GenericNew`: an instance without items through the type's `tp_alloc`.
pub fn generic_new(ty: *mut PyTypeObject) -> Result<Owned> {
    // SAFETY: a ready type has tp_alloc.
    unsafe {
        match (*ty).tp_alloc {
            Some(alloc) => Owned::from_c(alloc(ty, 0)),
            None => generic_alloc(ty, 0),
        }
    }
}

/// The entries that `__slots__` (or a spec's members) made: they stand behind the class.
///
/// # Safety
/// `ty` is a live class on the heap.
pub unsafe fn slot_members<'a>(ty: *mut PyTypeObject) -> &'a [PyMemberDef] {
    // SAFETY: layout: a class has `ob_size` members at its metaclass's basic size.
    unsafe {
        let n = (*ty).ob_base.ob_size;
        if n <= 0 {
            return &[];
        }
        let meta = (*ty).ob_base.ob_base.ob_type;
        let members = ty.cast::<u8>().add((*meta).tp_basicsize as usize).cast::<PyMemberDef>();
        std::slice::from_raw_parts(members, n as usize)
    }
}

unsafe fn slot_place(op: *mut PyObject, member: &PyMemberDef) -> *mut *mut PyObject {
    op.cast::<u8>().wrapping_offset(member.offset).cast()
}

fn is_dealloc(f: destructor) -> bool {
    same(f, subtype_dealloc as *const ())
}

/// `tp_dealloc` of classes on the heap that bring none.
pub unsafe extern "C" fn subtype_dealloc(op: *mut PyObject) {
    // SAFETY: slot: the count is zero, and the object is whole until the base's destructor has it.
    unsafe {
        let ty = (*op).ob_type;
        let mut base = ty;
        while is_dealloc((*base).tp_dealloc) {
            base = (*base).tp_base;
        }
        let collectable = has_flag(ty, Py_TPFLAGS_HAVE_GC);
        if !collectable {
            if (*ty).tp_finalize.is_some() && !lifecycle::call_finalizer_from_dealloc(op) {
                return;
            }
            if let Some(del) = (*ty).tp_del {
                del(op);
                if (*op).ob_refcnt > 0 {
                    return;
                }
            }
            if adds_weaklist(ty, base) {
                weakref::clear_refs(Object::from_ptr(op));
            }
            return base_dealloc(op, base);
        }
        gc::untrack(op);
        if (*ty).tp_finalize.is_some() {
            gc::track(op);
            if !lifecycle::call_finalizer_from_dealloc(op) {
                return;
            }
            gc::untrack(op);
        }
        if adds_weaklist(ty, base) {
            weakref::clear_refs(Object::from_ptr(op));
        }
        if let Some(del) = (*ty).tp_del {
            gc::track(op);
            del(op);
            if (*op).ob_refcnt > 0 {
                return;
            }
            gc::untrack(op);
        }
        clear_own_parts(op, ty, base);
        // The base's destructor untracks what it knows to be collectable.
        if has_flag(base, Py_TPFLAGS_HAVE_GC) {
            gc::track(op);
        }
        base_dealloc(op, base);
    }
}

unsafe fn adds_weaklist(ty: *mut PyTypeObject, base: *mut PyTypeObject) -> bool {
    // SAFETY: live types.
    unsafe { (*ty).tp_weaklistoffset != 0 && (*base).tp_weaklistoffset == 0 }
}

/// Ends the object with the destructor of `base`, and gives up the reference to its type if that destructor does not.
unsafe fn base_dealloc(op: *mut PyObject, base: *mut PyTypeObject) {
    // SAFETY: the finalizer may have changed the type, so it is read again; it is alive until its reference goes.
    unsafe {
        let ty = (*op).ob_type;
        let drop_type = is_heap(ty) && !is_heap(base);
        if let Some(dealloc) = (*base).tp_dealloc {
            dealloc(op);
        }
        if drop_type {
            refcount::decref(ty.cast());
        }
    }
}

/// Gives up the slots and the dict that the classes below `base` added.
unsafe fn clear_own_parts(op: *mut PyObject, ty: *mut PyTypeObject, base: *mut PyTypeObject) {
    // SAFETY: a whole object of `ty`.
    unsafe {
        let mut class = ty;
        while class != base {
            clear_slots(op, class);
            class = (*class).tp_base;
        }
        if has_flag(ty, Py_TPFLAGS_MANAGED_DICT) {
            instance_dict::clear_managed_dict(op);
        } else if (*ty).tp_dictoffset != 0 && (*base).tp_dictoffset == 0 {
            let place = instance_dict::computed_place(op);
            if !place.is_null() {
                refcount::clear(place);
            }
        }
    }
}

unsafe fn clear_slots(op: *mut PyObject, class: *mut PyTypeObject) {
    // SAFETY: a class between an instance's type and its first static base is on the heap.
    unsafe {
        for member in slot_members(class) {
            if member.r#type == Py_T_OBJECT_EX && member.flags & Py_READONLY == 0 {
                refcount::clear(slot_place(op, member));
            }
        }
    }
}

/// `tp_traverse` of classes made by calling `type`.
pub unsafe extern "C" fn subtype_traverse(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let visitor = visit.unwrap_unchecked();
        let ty = (*op).ob_type;
        let mut base = ty;
        while same((*base).tp_traverse, subtype_traverse as *const ()) {
            for member in slot_members(base) {
                if member.r#type == Py_T_OBJECT_EX {
                    let value = *slot_place(op, member);
                    if !value.is_null() {
                        let stop = visitor(value, arg);
                        if stop != 0 {
                            return stop;
                        }
                    }
                }
            }
            base = (*base).tp_base;
        }
        // A dict that the base has too is the base's to visit: twice would be once too often.
        if (*ty).tp_dictoffset != (*base).tp_dictoffset {
            let stop = visit_dict(op, visit, arg);
            if stop != 0 {
                return stop;
            }
        }
        // An instance refers to its class; a base on the heap tells so itself.
        if is_heap(ty) && ((*base).tp_traverse.is_none() || !is_heap(base)) {
            let stop = visitor(ty.cast(), arg);
            if stop != 0 {
                return stop;
            }
        }
        match (*base).tp_traverse {
            Some(traverse) => traverse(op, visit, arg),
            None => 0,
        }
    }
}

/// Visits the dict of an instance, wherever it is kept.
unsafe fn visit_dict(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        if has_flag((*op).ob_type, Py_TPFLAGS_MANAGED_DICT) {
            return instance_dict::visit_managed_dict(op, visit, arg);
        }
        let place = instance_dict::computed_place(op);
        match visit {
            Some(visit) if !place.is_null() && !(*place).is_null() => visit(*place, arg),
            _ => 0,
        }
    }
}

/// `tp_clear` of classes made by calling `type`.
pub unsafe extern "C" fn subtype_clear(op: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe {
        let ty = (*op).ob_type;
        let mut base = ty;
        while same((*base).tp_clear, subtype_clear as *const ()) {
            clear_slots(op, base);
            base = (*base).tp_base;
        }
        if has_flag(ty, Py_TPFLAGS_MANAGED_DICT) {
            if !has_flag(base, Py_TPFLAGS_MANAGED_DICT) {
                instance_dict::clear_managed_dict(op);
            }
        } else if (*ty).tp_dictoffset != (*base).tp_dictoffset {
            let place = instance_dict::computed_place(op);
            if !place.is_null() && !(*place).is_null() {
                refcount::clear(place);
            }
        }
        match (*base).tp_clear {
            Some(clear) => clear(op),
            None => 0,
        }
    }
}
