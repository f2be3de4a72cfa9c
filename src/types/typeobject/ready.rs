//! `PyType_Ready`: from a filled-in struct to a working class.

use super::exports::PyObject_HashNotImplemented;
use super::instance_dict::MANAGED_WEAKREF_OFFSET;
use super::{as_object, cache, exports, fill, has_flag, inherit, is_heap, mro, names, shared_dict, spec, subclasses};
use crate::abi::*;
use crate::mem::forever::Life;
use crate::mem::refcount;
use crate::name;
use crate::object::{Object, Result};
use crate::raise;
use crate::types::{dict, none, tuple};

/// `PyType_Ready`. A static type that an extension brings becomes immutable and immortal.
pub fn ready(ty: *mut PyTypeObject) -> Result<()> {
    // SAFETY: the caller's contract: a type whose fields are NULL or right.
    unsafe {
        if (*ty).tp_flags & Py_TPFLAGS_READY != 0 {
            return Ok(());
        }
        if (*ty).tp_flags & Py_TPFLAGS_READYING != 0 {
            return Ok(());
        }
        if !is_heap(ty) {
            (*ty).tp_flags |= Py_TPFLAGS_IMMUTABLETYPE;
            refcount::make_immortal(ty.cast());
        }
        make_ready(ty, false)
    }
}

/// There are fewer static types of the runtime.
const MOST_TYPES: usize = 256;

/// The static types of the runtime, bases first. Their bases and resolution orders are the process's; a dict is made
/// when somebody asks for it (`shared_dict`). Each type has one base, or none.
pub fn ready_static(types: &[*mut PyTypeObject]) -> Result<()> {
    // Types with the same base have the same tuple of bases.
    let mut tuples = [None; MOST_TYPES];
    let version = cache::static_versions(types.len() as u32);
    for (index, &ty) in types.iter().enumerate() {
        // SAFETY: static; only the first start-up in a process comes here, and nobody uses the type yet.
        unsafe {
            (*ty).tp_flags |= Py_TPFLAGS_IMMUTABLETYPE | _Py_TPFLAGS_STATIC_BUILTIN;
            subclasses::set_number(ty, index);
            if (*ty).tp_base.is_null() && index > 0 {
                (*ty).tp_base = &raw mut super::PyBaseObject_Type;
            }
            let base = (*ty).tp_base;
            if base.is_null() {
                (*ty).tp_bases = tuple::empty_ref().as_ptr();
                (*ty).tp_mro = tuple::shared_from(as_object(ty), &[]).as_ptr();
            } else {
                debug_assert!(has_flag(base, Py_TPFLAGS_READY), "bases come first");
                if (*ty).ob_base.ob_base.ob_type.is_null() {
                    (*ty).ob_base.ob_base.ob_type = (*base).ob_base.ob_base.ob_type;
                }
                let bases = &mut tuples[subclasses::number(base) - 1];
                (*ty).tp_bases = bases.get_or_insert_with(|| tuple::shared_from(as_object(base), &[])).as_ptr();
                (*ty).tp_mro = tuple::shared_from(as_object(ty), mro::items(base)).as_ptr();
            }
            set_new(ty, base)?;
            inherit::inherit_static(ty, base)?;
            preheader(ty)?;
            set_hash(ty)?;
            if cfg!(debug_assertions) {
                check_free(ty)?;
                managed_dict(ty)?;
                check_result(ty)?;
            }
            (*ty).tp_version_tag = version + index as u32;
            (*ty).tp_flags |= Py_TPFLAGS_READY;
        }
    }
    Ok(())
}

/// `later`: its dict is made when somebody asks for it (`native`).
pub(super) fn make_ready(ty: *mut PyTypeObject, later: bool) -> Result<()> {
    // SAFETY: a type that nobody uses yet.
    unsafe {
        (*ty).tp_flags |= Py_TPFLAGS_READYING;
        let result = steps(ty, later);
        (*ty).tp_flags &= !Py_TPFLAGS_READYING;
        if result.is_ok() {
            (*ty).tp_flags |= Py_TPFLAGS_READY;
        }
        result
    }
}

unsafe fn steps(ty: *mut PyTypeObject, later: bool) -> Result<()> {
    // SAFETY: as `make_ready`.
    unsafe {
        if (*ty).tp_name.is_null() {
            return Err(raise!(SystemError, "Type does not define the tp_name field."));
        }
        if (*ty).tp_dict.is_null() && !later {
            (*ty).tp_dict = dict::with_room(fill::count(ty))?.into_raw();
        }
        if (*ty).tp_base.is_null() && ty != &raw mut super::PyBaseObject_Type {
            (*ty).tp_base = &raw mut super::PyBaseObject_Type;
        }
        let base = (*ty).tp_base;
        if !base.is_null() {
            if !has_flag(base, Py_TPFLAGS_READY) {
                ready(base)?;
            }
            if (*ty).ob_base.ob_base.ob_type.is_null() {
                (*ty).ob_base.ob_base.ob_type = (*base).ob_base.ob_base.ob_type;
            }
        }
        if (*ty).tp_bases.is_null() {
            let bases = if base.is_null() { tuple::empty() } else { tuple::from_slice(&[as_object(base)])? };
            (*ty).tp_bases = bases.into_raw();
        }
        if (*ty).tp_mro.is_null() {
            if has_flag(ty, Py_TPFLAGS_IMMUTABLETYPE) {
                let bases = tuple::items(Object::from_ptr((*ty).tp_bases));
                spec::check_immutable_bases(names::full_tp_name(ty), bases)?;
            }
            mro::set(ty)?;
        }
        set_new(ty, base)?;
        if !later {
            fill::fill(ty, ty, Object::from_ptr((*ty).tp_dict), Life::Counted)?;
        }
        inherit::inherit(ty)?;
        check_free(ty)?;
        preheader(ty)?;
        set_hash(ty)?;
        managed_dict(ty)?;
        for base in tuple::items(Object::from_ptr((*ty).tp_bases)) {
            subclasses::add(base.cast(), ty);
        }
        check_result(ty)
    }
}

unsafe fn set_new(ty: *mut PyTypeObject, base: *mut PyTypeObject) -> Result<()> {
    // SAFETY: as `make_ready`.
    unsafe {
        // `object.__new__` is not inherited by static types: they would be instances that nobody initialised.
        if (*ty).tp_new.is_none() && base == &raw mut super::PyBaseObject_Type && !is_heap(ty) {
            (*ty).tp_flags |= Py_TPFLAGS_DISALLOW_INSTANTIATION;
        }
        if has_flag(ty, Py_TPFLAGS_DISALLOW_INSTANTIATION) {
            (*ty).tp_new = None;
        } else if (*ty).tp_new.is_some() {
            if shared_dict::is_shared(ty) {
                subclasses::note(ty, shared_dict::OWN_NEW);
            } else {
                fill::add_new_wrapper(ty, Object::from_ptr((*ty).tp_dict), Life::Counted)?;
            }
        } else if !base.is_null() {
            (*ty).tp_new = (*base).tp_new;
        }
    }
    Ok(())
}

/// A class whose instances the collector tracks must free them as such, if others derive from it.
unsafe fn check_free(ty: *mut PyTypeObject) -> Result<()> {
    // SAFETY: as `make_ready`.
    let free = unsafe { (*ty).tp_free };
    let plain = free.is_none() || exports::same(free, exports::PyObject_Free as *const ());
    if plain && has_flag(ty, Py_TPFLAGS_HAVE_GC) && has_flag(ty, Py_TPFLAGS_BASETYPE) {
        return Err(raise!(
            TypeError,
            "type '{}' participates in gc and is a base type but has inappropriate tp_free slot",
            names::cut(names::full_tp_name(ty), 100)
        ));
    }
    Ok(())
}

/// Managed parts stand at fixed places before the object.
unsafe fn preheader(ty: *mut PyTypeObject) -> Result<()> {
    // SAFETY: as `make_ready`.
    unsafe {
        if has_flag(ty, Py_TPFLAGS_MANAGED_DICT) {
            if (*ty).tp_dictoffset > 0 || (*ty).tp_dictoffset < -1 {
                return Err(raise!(
                    TypeError,
                    "type {} has the Py_TPFLAGS_MANAGED_DICT flag but tp_dictoffset is set",
                    names::full_tp_name(ty)
                ));
            }
            (*ty).tp_dictoffset = -1;
        }
        if has_flag(ty, Py_TPFLAGS_MANAGED_WEAKREF) {
            if (*ty).tp_weaklistoffset != 0 && (*ty).tp_weaklistoffset != MANAGED_WEAKREF_OFFSET {
                return Err(raise!(
                    TypeError,
                    "type {} has the Py_TPFLAGS_MANAGED_WEAKREF flag but tp_weaklistoffset is set",
                    names::full_tp_name(ty)
                ));
            }
            (*ty).tp_weaklistoffset = MANAGED_WEAKREF_OFFSET;
        }
    }
    Ok(())
}

/// Only classes on the heap can have a managed dict. CPython keeps its values in the instance where instances are of
/// one size, and a flag says so; here they are in the dict always, and the flag is there for who reads `__flags__`.
unsafe fn managed_dict(ty: *mut PyTypeObject) -> Result<()> {
    // SAFETY: as `make_ready`.
    unsafe {
        if !has_flag(ty, Py_TPFLAGS_MANAGED_DICT) {
            return Ok(());
        }
        if !is_heap(ty) {
            return Err(raise!(
                SystemError,
                "type {} has the Py_TPFLAGS_MANAGED_DICT flag but not Py_TPFLAGS_HEAPTYPE flag",
                names::full_tp_name(ty)
            ));
        }
        if (*ty).tp_itemsize == 0 {
            (*ty).tp_flags |= Py_TPFLAGS_INLINE_VALUES;
        }
    }
    Ok(())
}

/// A class that defines equality but no hash has none.
unsafe fn set_hash(ty: *mut PyTypeObject) -> Result<()> {
    // SAFETY: as `make_ready`.
    unsafe {
        if (*ty).tp_hash.is_some() {
            return Ok(());
        }
        if shared_dict::is_shared(ty) {
            subclasses::note(ty, shared_dict::NO_HASH);
            (*ty).tp_hash = Some(PyObject_HashNotImplemented);
            return Ok(());
        }
        let dict = Object::from_ptr((*ty).tp_dict);
        if !dict::contains(dict, name!(__hash__))? {
            dict::set(dict, name!(__hash__), none::none_ref())?;
            (*ty).tp_hash = Some(PyObject_HashNotImplemented);
        }
    }
    Ok(())
}

unsafe fn check_result(ty: *mut PyTypeObject) -> Result<()> {
    // SAFETY: as `make_ready`.
    unsafe {
        if has_flag(ty, Py_TPFLAGS_HAVE_GC) && (*ty).tp_traverse.is_none() {
            return Err(raise!(
                SystemError,
                "type {} has the Py_TPFLAGS_HAVE_GC flag but has no traverse function",
                names::full_tp_name(ty)
            ));
        }
        if has_flag(ty, Py_TPFLAGS_MANAGED_DICT) {
            if (*ty).tp_dictoffset != -1 {
                return Err(raise!(
                    SystemError,
                    "type {} has the Py_TPFLAGS_MANAGED_DICT flag but tp_dictoffset is set to incompatible value",
                    names::full_tp_name(ty)
                ));
            }
        } else if (*ty).tp_dictoffset < size_of::<PyObject>() as isize && (*ty).tp_dictoffset + (*ty).tp_basicsize <= 0
        {
            return Err(raise!(SystemError, "type {} has a tp_dictoffset that is too small", names::full_tp_name(ty)));
        }
    }
    Ok(())
}
