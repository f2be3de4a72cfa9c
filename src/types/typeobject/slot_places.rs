//! Where the slots of a `PyType_Spec` go, by their numbers.

use super::is_heap;
use crate::abi::*;
use crate::object::{Result, error};
use std::mem::offset_of;
use std::ptr;

/// Where a slot of a spec goes: an offset in the class, and for slots of suites one in the suite.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Type(usize),
    Suite(usize, usize),
}

macro_rules! in_type {
    ($field:ident) => {
        Place::Type(offset_of!(PyTypeObject, $field))
    };
}

macro_rules! in_suite {
    ($suite:ident, $ty:ident, $field:ident) => {
        Place::Suite(offset_of!(PyTypeObject, $suite), offset_of!($ty, $field))
    };
}

/// The place of slot number `slot`; none for numbers that no slot has.
pub(super) fn place(slot: c_int) -> Option<Place> {
    Some(match slot {
        Py_bf_getbuffer => in_suite!(tp_as_buffer, PyBufferProcs, bf_getbuffer),
        Py_bf_releasebuffer => in_suite!(tp_as_buffer, PyBufferProcs, bf_releasebuffer),
        Py_mp_ass_subscript => in_suite!(tp_as_mapping, PyMappingMethods, mp_ass_subscript),
        Py_mp_length => in_suite!(tp_as_mapping, PyMappingMethods, mp_length),
        Py_mp_subscript => in_suite!(tp_as_mapping, PyMappingMethods, mp_subscript),
        Py_nb_absolute => in_suite!(tp_as_number, PyNumberMethods, nb_absolute),
        Py_nb_add => in_suite!(tp_as_number, PyNumberMethods, nb_add),
        Py_nb_and => in_suite!(tp_as_number, PyNumberMethods, nb_and),
        Py_nb_bool => in_suite!(tp_as_number, PyNumberMethods, nb_bool),
        Py_nb_divmod => in_suite!(tp_as_number, PyNumberMethods, nb_divmod),
        Py_nb_float => in_suite!(tp_as_number, PyNumberMethods, nb_float),
        Py_nb_floor_divide => in_suite!(tp_as_number, PyNumberMethods, nb_floor_divide),
        Py_nb_index => in_suite!(tp_as_number, PyNumberMethods, nb_index),
        Py_nb_inplace_add => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_add),
        Py_nb_inplace_and => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_and),
        Py_nb_inplace_floor_divide => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_floor_divide),
        Py_nb_inplace_lshift => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_lshift),
        Py_nb_inplace_multiply => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_multiply),
        Py_nb_inplace_or => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_or),
        Py_nb_inplace_power => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_power),
        Py_nb_inplace_remainder => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_remainder),
        Py_nb_inplace_rshift => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_rshift),
        Py_nb_inplace_subtract => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_subtract),
        Py_nb_inplace_true_divide => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_true_divide),
        Py_nb_inplace_xor => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_xor),
        Py_nb_int => in_suite!(tp_as_number, PyNumberMethods, nb_int),
        Py_nb_invert => in_suite!(tp_as_number, PyNumberMethods, nb_invert),
        Py_nb_lshift => in_suite!(tp_as_number, PyNumberMethods, nb_lshift),
        Py_nb_multiply => in_suite!(tp_as_number, PyNumberMethods, nb_multiply),
        Py_nb_negative => in_suite!(tp_as_number, PyNumberMethods, nb_negative),
        Py_nb_or => in_suite!(tp_as_number, PyNumberMethods, nb_or),
        Py_nb_positive => in_suite!(tp_as_number, PyNumberMethods, nb_positive),
        Py_nb_power => in_suite!(tp_as_number, PyNumberMethods, nb_power),
        Py_nb_remainder => in_suite!(tp_as_number, PyNumberMethods, nb_remainder),
        Py_nb_rshift => in_suite!(tp_as_number, PyNumberMethods, nb_rshift),
        Py_nb_subtract => in_suite!(tp_as_number, PyNumberMethods, nb_subtract),
        Py_nb_true_divide => in_suite!(tp_as_number, PyNumberMethods, nb_true_divide),
        Py_nb_xor => in_suite!(tp_as_number, PyNumberMethods, nb_xor),
        Py_nb_matrix_multiply => in_suite!(tp_as_number, PyNumberMethods, nb_matrix_multiply),
        Py_nb_inplace_matrix_multiply => in_suite!(tp_as_number, PyNumberMethods, nb_inplace_matrix_multiply),
        Py_sq_ass_item => in_suite!(tp_as_sequence, PySequenceMethods, sq_ass_item),
        Py_sq_concat => in_suite!(tp_as_sequence, PySequenceMethods, sq_concat),
        Py_sq_contains => in_suite!(tp_as_sequence, PySequenceMethods, sq_contains),
        Py_sq_inplace_concat => in_suite!(tp_as_sequence, PySequenceMethods, sq_inplace_concat),
        Py_sq_inplace_repeat => in_suite!(tp_as_sequence, PySequenceMethods, sq_inplace_repeat),
        Py_sq_item => in_suite!(tp_as_sequence, PySequenceMethods, sq_item),
        Py_sq_length => in_suite!(tp_as_sequence, PySequenceMethods, sq_length),
        Py_sq_repeat => in_suite!(tp_as_sequence, PySequenceMethods, sq_repeat),
        Py_am_await => in_suite!(tp_as_async, PyAsyncMethods, am_await),
        Py_am_aiter => in_suite!(tp_as_async, PyAsyncMethods, am_aiter),
        Py_am_anext => in_suite!(tp_as_async, PyAsyncMethods, am_anext),
        Py_am_send => in_suite!(tp_as_async, PyAsyncMethods, am_send),
        Py_tp_alloc => in_type!(tp_alloc),
        Py_tp_base => in_type!(tp_base),
        Py_tp_bases => in_type!(tp_bases),
        Py_tp_call => in_type!(tp_call),
        Py_tp_clear => in_type!(tp_clear),
        Py_tp_dealloc => in_type!(tp_dealloc),
        Py_tp_del => in_type!(tp_del),
        Py_tp_descr_get => in_type!(tp_descr_get),
        Py_tp_descr_set => in_type!(tp_descr_set),
        Py_tp_doc => in_type!(tp_doc),
        Py_tp_finalize => in_type!(tp_finalize),
        Py_tp_free => in_type!(tp_free),
        Py_tp_getattr => in_type!(tp_getattr),
        Py_tp_getattro => in_type!(tp_getattro),
        Py_tp_getset => in_type!(tp_getset),
        Py_tp_hash => in_type!(tp_hash),
        Py_tp_init => in_type!(tp_init),
        Py_tp_is_gc => in_type!(tp_is_gc),
        Py_tp_iter => in_type!(tp_iter),
        Py_tp_iternext => in_type!(tp_iternext),
        Py_tp_members => in_type!(tp_members),
        Py_tp_methods => in_type!(tp_methods),
        Py_tp_new => in_type!(tp_new),
        Py_tp_repr => in_type!(tp_repr),
        Py_tp_richcompare => in_type!(tp_richcompare),
        Py_tp_setattr => in_type!(tp_setattr),
        Py_tp_setattro => in_type!(tp_setattro),
        Py_tp_str => in_type!(tp_str),
        Py_tp_traverse => in_type!(tp_traverse),
        Py_tp_vectorcall => in_type!(tp_vectorcall),
        Py_tp_token => Place::Type(offset_of!(PyHeapTypeObject, ht_token)),
        _ => return None,
    })
}

/// `PyType_GetSlot`: the slot, or NULL if it is empty; `SystemError` for a number that no slot has.
pub fn get_slot(ty: *mut PyTypeObject, slot: c_int) -> Result<*mut c_void> {
    let Some(place) = place(slot) else { return Err(error::bad_internal_call()) };
    // SAFETY: a live class; what a class on the heap has more is asked of those only.
    unsafe {
        match place {
            Place::Type(offset) if offset >= size_of::<PyTypeObject>() && !is_heap(ty) => Ok(ptr::null_mut()),
            Place::Type(offset) => Ok(*ty.cast::<u8>().add(offset).cast()),
            Place::Suite(suite, offset) => {
                let suite: *mut u8 = *ty.cast::<u8>().add(suite).cast();
                Ok(if suite.is_null() { ptr::null_mut() } else { *suite.add(offset).cast() })
            }
        }
    }
}
