//! Changing what exists: `__bases__` of a class, `__class__` of an object. Both want instances to be laid out alike.

use super::alloc::subtype_clear;
use super::{
    as_object, cache, check, exports, is_heap, is_subtype, metatype, mro, names, subclasses, type_attrs, update,
};
use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, Owned, Result, api};
use crate::raise;
use crate::types::tuple;

type O = *mut PyObject;

/// Instances of both classes can be taken for each other: same memory, same fields. `attribute` is what is being set.
pub fn check_compatible(old: *mut PyTypeObject, new: *mut PyTypeObject, attribute: &str) -> Result<()> {
    // SAFETY: live classes.
    unsafe {
        let (old_name, new_name) = (names::full_tp_name(old), names::full_tp_name(new));
        if !exports::same_slot((*new).tp_free, (*old).tp_free) {
            return Err(raise!(
                TypeError,
                "{attribute} assignment: '{new_name}' deallocator differs from '{old_name}'"
            ));
        }
        let (mut a, mut b) = (new, old);
        while laid_out_as_base(a) {
            a = (*a).tp_base;
        }
        while laid_out_as_base(b) {
            b = (*b).tp_base;
        }
        if a != b && ((*a).tp_base != (*b).tp_base || !same_slots_added(a, b)) {
            return Err(raise!(
                TypeError,
                "{attribute} assignment: '{new_name}' object layout differs from '{old_name}'"
            ));
        }
    }
    Ok(())
}

/// The class adds nothing to its base's instances.
unsafe fn laid_out_as_base(ty: *mut PyTypeObject) -> bool {
    // SAFETY: live classes.
    unsafe {
        let base = (*ty).tp_base;
        !base.is_null()
            && (*ty).tp_basicsize == (*base).tp_basicsize
            && (*ty).tp_itemsize == (*base).tp_itemsize
            && (*ty).tp_dictoffset == (*base).tp_dictoffset
            && (*ty).tp_weaklistoffset == (*base).tp_weaklistoffset
            && (*ty).tp_flags & Py_TPFLAGS_HAVE_GC == (*base).tp_flags & Py_TPFLAGS_HAVE_GC
            && (exports::same((*ty).tp_clear, subtype_clear as *const ())
                || exports::same_slot((*ty).tp_clear, (*base).tp_clear))
    }
}

/// Two classes with the same base add the same: slots of the same names, and equal managed parts.
unsafe fn same_slots_added(a: *mut PyTypeObject, b: *mut PyTypeObject) -> bool {
    // SAFETY: live classes.
    unsafe {
        if (*a).tp_flags & Py_TPFLAGS_PREHEADER != (*b).tp_flags & Py_TPFLAGS_PREHEADER {
            return false;
        }
        let word = size_of::<*mut PyObject>() as isize;
        let mut size = (*(*a).tp_base).tp_basicsize;
        if (*a).tp_dictoffset == size && (*b).tp_dictoffset == size {
            size += word;
        }
        if (*a).tp_weaklistoffset == size && (*b).tp_weaklistoffset == size {
            size += word;
        }
        if let (Some(a), Some(b)) = (slots(a), slots(b)) {
            match a.equals(b) {
                Ok(true) => {}
                Ok(false) => return false,
                Err(raised) => {
                    drop(crate::object::error::caught(raised));
                    return false;
                }
            }
            size += word * tuple::items(a).len() as isize;
        }
        size == (*a).tp_basicsize && size == (*b).tp_basicsize
    }
}

unsafe fn slots<'a>(ty: *mut PyTypeObject) -> Option<&'a Object> {
    if !is_heap(ty) {
        return None;
    }
    // SAFETY: layout: a class on the heap.
    unsafe { Object::optional((*ty.cast::<PyHeapTypeObject>()).ht_slots) }
}

/// `__bases__ = ...`: the new order of every subclass is computed before anything changes for good.
pub unsafe extern "C" fn set_bases(class: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let (ty, value) = (class.cast::<PyTypeObject>(), Object::optional(value));
        api(|| -> Result<()> {
            type_attrs::check_set_special(ty, value, "__bases__")?;
            replace_bases(ty, value.expect("checked"))
        })
    }
}

fn replace_bases(ty: *mut PyTypeObject, bases: &Object) -> Result<()> {
    let of = names::full_tp_name(ty);
    if !tuple::check(bases) {
        let found = names::full_tp_name(bases.ty());
        return Err(raise!(TypeError, "can only assign tuple to {of}.__bases__, not {found}"));
    }
    if tuple::items(bases).is_empty() {
        return Err(raise!(TypeError, "can only assign non-empty tuple to {of}.__bases__, not ()"));
    }
    for base in tuple::items(bases) {
        if !check(base) {
            let found = names::full_tp_name(base.ty());
            return Err(raise!(TypeError, "{of}.__bases__ must be tuple of classes, not '{found}'"));
        }
        if is_subtype(base.cast(), ty) {
            return Err(raise!(TypeError, "a __bases__ item causes an inheritance cycle"));
        }
    }
    let new_base = metatype::best_base(bases)?;
    // SAFETY: a live class on the heap; what it owned before is given up at the end.
    unsafe {
        check_compatible((*ty).tp_base, new_base, "__bases__")?;
        let old_bases = Owned::from_raw((*ty).tp_bases);
        let old_base = (*ty).tp_base;
        (*ty).tp_bases = bases.to_owned().into_raw();
        (*ty).tp_base = metatype::own(new_base);
        let mut changed = Vec::new();
        if let Err(raised) = renew_orders(ty, &mut changed) {
            let raised = crate::object::error::caught(raised);
            for (class, order) in changed {
                let class = class.cast::<PyTypeObject>();
                let new = std::mem::replace(&mut (*class).tp_mro, order.into_raw());
                cache::modified(class);
                refcount::xdecref(new);
            }
            if (*ty).tp_bases == bases.as_ptr() {
                refcount::decref((*ty).tp_bases);
                refcount::decref((*ty).tp_base.cast());
                (*ty).tp_bases = old_bases.into_raw();
                (*ty).tp_base = old_base;
            }
            return Err(crate::object::error::restore(raised));
        }
        for base in tuple::items(&old_bases) {
            subclasses::remove(base.cast(), ty);
        }
        for base in tuple::items(bases) {
            subclasses::add(base.cast(), ty);
        }
        update_slots_below(ty);
        refcount::decref(old_base.cast());
    }
    Ok(())
}

/// New orders for the class and all below it; `changed` remembers the old ones.
fn renew_orders(ty: *mut PyTypeObject, changed: &mut Vec<(Owned, Owned)>) -> Result<()> {
    // SAFETY: live classes.
    unsafe {
        let old = Object::from_ptr((*ty).tp_mro).to_owned();
        if !mro::set(ty)? {
            return Ok(());
        }
        changed.push((as_object(ty).to_owned(), old));
    }
    for subclass in subclasses::heap_subclasses(ty) {
        renew_orders(subclass.cast(), changed)?;
    }
    Ok(())
}

fn update_slots_below(ty: *mut PyTypeObject) {
    cache::modified(ty);
    update::update_all(ty);
    for subclass in subclasses::heap_subclasses(ty) {
        update_slots_below(subclass.cast());
    }
}
