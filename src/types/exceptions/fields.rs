//! What exceptions hold: the fields of each layout that own a reference, and the slots that free and visit them.

use crate::abi::*;
use crate::mem::{gc, refcount};
use std::mem::offset_of;

/// The fields behind those of `BaseException` that own a reference, by offset.
pub trait Fields {
    const OFFSETS: &'static [usize];
}

pub struct Base;

impl Fields for Base {
    const OFFSETS: &'static [usize] = &[];
}

const COMMON: [usize; 6] = [
    offset_of!(PyBaseExceptionObject, dict),
    offset_of!(PyBaseExceptionObject, args),
    offset_of!(PyBaseExceptionObject, notes),
    offset_of!(PyBaseExceptionObject, traceback),
    offset_of!(PyBaseExceptionObject, cause),
    offset_of!(PyBaseExceptionObject, context),
];

fn places<F: Fields>(op: *mut PyObject) -> impl Iterator<Item = *mut *mut PyObject> {
    // The offsets lie within the object's struct.
    F::OFFSETS.iter().chain(&COMMON).map(move |&offset| op.wrapping_byte_add(offset).cast())
}

pub unsafe extern "C" fn clear<F: Fields>(op: *mut PyObject) -> c_int {
    // SAFETY: slot; the places own what they hold.
    unsafe {
        for place in places::<F>(op) {
            refcount::clear(place);
        }
    }
    0
}

pub unsafe extern "C" fn traverse<F: Fields>(op: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let visit = visit.unwrap_unchecked();
        for place in places::<F>(op) {
            if !(*place).is_null() {
                let status = visit(*place, arg);
                if status != 0 {
                    return status;
                }
            }
        }
    }
    0
}

pub unsafe extern "C" fn dealloc<F: Fields>(op: *mut PyObject) {
    // SAFETY: slot; the count is zero.
    unsafe {
        gc::untrack(op);
        clear::<F>(op);
        (*(*op).ob_type).tp_free.unwrap_unchecked()(op.cast());
    }
}
