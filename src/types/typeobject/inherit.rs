//! What a class takes over from its bases: flags and sizes from the first, each slot from the nearest class of the
//! resolution order that defines it.

use super::exports::{PyObject_Free, PyObject_GC_Del, same, same_slot};
use super::{check, has_flag, mro, shared_dict};
use crate::abi::*;
use crate::name;
use crate::object::Result;
use crate::types::dict;

/// All of it, for a type on its way to being ready.
pub fn inherit(ty: *mut PyTypeObject) -> Result<()> {
    // SAFETY: a type that nobody uses yet, its bases ready.
    unsafe {
        let base = (*ty).tp_base;
        if !base.is_null() {
            inherit_special(ty, base);
        }
        for base in mro::items(ty).iter().skip(1) {
            if check(base) {
                inherit_slots::<true>(ty, base.cast())?;
            }
        }
        if !base.is_null() {
            inherit_suites(ty, base);
        }
        for base in mro::items(ty).iter().skip(1) {
            // Of matching sequences or mappings the first in the order decides.
            if has_flag(ty, Py_TPFLAGS_SEQUENCE | Py_TPFLAGS_MAPPING) {
                break;
            }
            (*ty).tp_flags |= (*base.cast::<PyTypeObject>()).tp_flags & (Py_TPFLAGS_SEQUENCE | Py_TPFLAGS_MAPPING);
        }
    }
    Ok(())
}

/// All of it, for a static type of the runtime, which has one base or none. What the base has is all that there is.
///
/// # Safety
/// Nobody uses the type yet; its base is ready.
pub unsafe fn inherit_static(ty: *mut PyTypeObject, base: *mut PyTypeObject) -> Result<()> {
    if base.is_null() {
        return Ok(());
    }
    // SAFETY: the caller's word.
    unsafe {
        inherit_special(ty, base);
        inherit_slots::<false>(ty, base)?;
        inherit_suites(ty, base);
        if !has_flag(ty, Py_TPFLAGS_SEQUENCE | Py_TPFLAGS_MAPPING) {
            (*ty).tp_flags |= (*base).tp_flags & (Py_TPFLAGS_SEQUENCE | Py_TPFLAGS_MAPPING);
        }
    }
    Ok(())
}

/// Flags and sizes.
#[inline(always)]
unsafe fn inherit_special(ty: *mut PyTypeObject, base: *mut PyTypeObject) {
    // SAFETY: as `inherit`.
    unsafe {
        if !has_flag(ty, Py_TPFLAGS_HAVE_GC)
            && has_flag(base, Py_TPFLAGS_HAVE_GC)
            && (*ty).tp_traverse.is_none()
            && (*ty).tp_clear.is_none()
        {
            (*ty).tp_flags |= Py_TPFLAGS_HAVE_GC;
            (*ty).tp_traverse = (*base).tp_traverse;
            (*ty).tp_clear = (*base).tp_clear;
        }
        (*ty).tp_flags |= (*base).tp_flags & Py_TPFLAGS_PREHEADER;
        if (*ty).tp_basicsize == 0 {
            (*ty).tp_basicsize = (*base).tp_basicsize;
        }
        if (*ty).tp_itemsize == 0 {
            (*ty).tp_itemsize = (*base).tp_itemsize;
        }
        if (*ty).tp_weaklistoffset == 0 {
            (*ty).tp_weaklistoffset = (*base).tp_weaklistoffset;
        }
        if (*ty).tp_dictoffset == 0 {
            (*ty).tp_dictoffset = (*base).tp_dictoffset;
        }
        const KINDS: c_ulong = Py_TPFLAGS_TYPE_SUBCLASS
            | Py_TPFLAGS_LONG_SUBCLASS
            | Py_TPFLAGS_BYTES_SUBCLASS
            | Py_TPFLAGS_UNICODE_SUBCLASS
            | Py_TPFLAGS_TUPLE_SUBCLASS
            | Py_TPFLAGS_LIST_SUBCLASS
            | Py_TPFLAGS_DICT_SUBCLASS;
        (*ty).tp_flags |= (*base).tp_flags
            & (KINDS | Py_TPFLAGS_BASE_EXC_SUBCLASS | _Py_TPFLAGS_MATCH_SELF | Py_TPFLAGS_ITEMS_AT_END);
    }
}

/// A slot is taken over if the base defines it, which means that it did not just inherit it from its own first base:
/// then that base, further on in the order, gives it.
macro_rules! copy {
    ($ty:expr, $base:expr, $basebase:expr, $($slot:ident)*) => { $(
        if !OWN {
            // Which slots a type has is hard to foresee for the processor: so there is no jump.
            (*$ty).$slot = (*$ty).$slot.or((*$base).$slot);
        } else if (*$ty).$slot.is_none()
            && (*$base).$slot.is_some()
            && ($basebase.is_null() || !same_slot((*$base).$slot, (*$basebase).$slot))
        {
            (*$ty).$slot = (*$base).$slot;
        }
    )* };
}

macro_rules! copy_suite {
    ($ty:expr, $base:expr, $basebase:expr, $suite:ident, $($slot:ident)*) => {
        if !(*$ty).$suite.is_null() && !(*$base).$suite.is_null() {
            let basebase = $basebase;
            let basebase = if basebase.is_null() { std::ptr::null_mut() } else { (*basebase).$suite };
            let lacks = $(((*(*$ty).$suite).$slot.is_none() && (*(*$base).$suite).$slot.is_some()))||*;
            if lacks && has_flag($ty, _Py_TPFLAGS_STATIC_BUILTIN) {
                // The runtime's own suites are constants: what has to change is copied, for the life of the process.
                (*$ty).$suite = Box::into_raw(Box::new(std::ptr::read((*$ty).$suite)));
            }
            if lacks {
                copy!((*$ty).$suite, (*$base).$suite, basebase, $($slot)*);
            }
        }
    };
}

/// The slots of one base; with `OWN` those that it defines itself.
#[inline(always)]
unsafe fn inherit_slots<const OWN: bool>(ty: *mut PyTypeObject, base: *mut PyTypeObject) -> Result<()> {
    // SAFETY: as `inherit`.
    unsafe {
        let basebase = if OWN { (*base).tp_base } else { std::ptr::null_mut() };
        copy_suite!(ty, base, basebase, tp_as_number,
            nb_add nb_subtract nb_multiply nb_remainder nb_divmod nb_power nb_negative nb_positive nb_absolute nb_bool
            nb_invert nb_lshift nb_rshift nb_and nb_xor nb_or nb_int nb_float nb_inplace_add nb_inplace_subtract
            nb_inplace_multiply nb_inplace_remainder nb_inplace_power nb_inplace_lshift nb_inplace_rshift nb_inplace_and
            nb_inplace_xor nb_inplace_or nb_true_divide nb_floor_divide nb_inplace_true_divide nb_inplace_floor_divide
            nb_index nb_matrix_multiply nb_inplace_matrix_multiply);
        copy_suite!(ty, base, basebase, tp_as_async, am_await am_aiter am_anext am_send);
        copy_suite!(ty, base, basebase, tp_as_sequence,
            sq_length sq_concat sq_repeat sq_item sq_ass_item sq_contains sq_inplace_concat sq_inplace_repeat);
        copy_suite!(ty, base, basebase, tp_as_mapping, mp_length mp_subscript mp_ass_subscript);
        copy_suite!(ty, base, basebase, tp_as_buffer, bf_getbuffer bf_releasebuffer);

        copy!(ty, base, basebase, tp_dealloc);
        if (*ty).tp_getattr.is_none() && (*ty).tp_getattro.is_none() {
            (*ty).tp_getattr = (*base).tp_getattr;
            (*ty).tp_getattro = (*base).tp_getattro;
        }
        if (*ty).tp_setattr.is_none() && (*ty).tp_setattro.is_none() {
            (*ty).tp_setattr = (*base).tp_setattr;
            (*ty).tp_setattro = (*base).tp_setattro;
        }
        copy!(ty, base, basebase, tp_repr);
        if (*ty).tp_vectorcall_offset == 0
            && (*base).tp_vectorcall_offset != 0
            && (basebase.is_null() || (*base).tp_vectorcall_offset != (*basebase).tp_vectorcall_offset)
        {
            (*ty).tp_vectorcall_offset = (*base).tp_vectorcall_offset;
        }
        if (*ty).tp_call.is_none() && has_flag(base, Py_TPFLAGS_HAVE_VECTORCALL) {
            (*ty).tp_flags |= Py_TPFLAGS_HAVE_VECTORCALL;
        }
        copy!(ty, base, basebase, tp_call tp_str);
        if (*ty).tp_richcompare.is_none() && (*ty).tp_hash.is_none() && !(OWN && overrides_hash(ty)?) {
            (*ty).tp_richcompare = (*base).tp_richcompare;
            (*ty).tp_hash = (*base).tp_hash;
        }
        copy!(ty, base, basebase, tp_iter tp_iternext tp_descr_get);
        if (*base).tp_descr_get.is_some()
            && same_slot((*ty).tp_descr_get, (*base).tp_descr_get)
            && has_flag(ty, Py_TPFLAGS_IMMUTABLETYPE)
        {
            (*ty).tp_flags |= (*base).tp_flags & Py_TPFLAGS_METHOD_DESCRIPTOR;
        }
        copy!(ty, base, basebase, tp_descr_set tp_init tp_alloc tp_is_gc tp_finalize);
        if (*ty).tp_dictoffset == 0
            && (*base).tp_dictoffset != 0
            && (basebase.is_null() || (*base).tp_dictoffset != (*basebase).tp_dictoffset)
        {
            (*ty).tp_dictoffset = (*base).tp_dictoffset;
        }
        if has_flag(ty, Py_TPFLAGS_HAVE_GC) == has_flag(base, Py_TPFLAGS_HAVE_GC) {
            copy!(ty, base, basebase, tp_free);
        } else if has_flag(ty, Py_TPFLAGS_HAVE_GC)
            && (*ty).tp_free.is_none()
            && same((*base).tp_free, PyObject_Free as *const ())
        {
            (*ty).tp_free = Some(PyObject_GC_Del);
        }
    }
    Ok(())
}

/// The class itself says something about equality or hashing. (A static type of the runtime, which has no dict yet,
/// does so by its slots.)
fn overrides_hash(ty: *mut PyTypeObject) -> Result<bool> {
    let Some(dict) = shared_dict::dict_of(ty) else { return Ok(false) };
    Ok(dict::contains(dict, name!(__eq__))? || dict::contains(dict, name!(__hash__))?)
}

/// A class without a suite of its own shares its first base's.
unsafe fn inherit_suites(ty: *mut PyTypeObject, base: *mut PyTypeObject) {
    // SAFETY: as `inherit`.
    unsafe {
        if (*ty).tp_as_async.is_null() {
            (*ty).tp_as_async = (*base).tp_as_async;
        }
        if (*ty).tp_as_number.is_null() {
            (*ty).tp_as_number = (*base).tp_as_number;
        }
        if (*ty).tp_as_sequence.is_null() {
            (*ty).tp_as_sequence = (*base).tp_as_sequence;
        }
        if (*ty).tp_as_mapping.is_null() {
            (*ty).tp_as_mapping = (*base).tp_as_mapping;
        }
        if (*ty).tp_as_buffer.is_null() {
            (*ty).tp_as_buffer = (*base).tp_as_buffer;
        }
    }
}
