//! `cpython/longintrepr.h`: ints by their digits.

use super::{not_an_int, or};
use crate::abi::*;
use crate::object::{Object, Owned, api};
use crate::raise;
use crate::types::long::{self, argument};
use std::ptr;

/// An int of `size` digits that the caller writes. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_New(size: Py_ssize_t) -> *mut PyLongObject {
    or(long::Fresh::new(size as usize).map(long::Fresh::into_raw), ptr::null_mut())
}

/// An exact copy of an int. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_Copy(src: *mut PyLongObject) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract.
        let src = unsafe { Object::from_ptr(src.cast()) };
        long::from_digits(long::is_negative(src), long::digits(src))
    })
}

/// An int of sign and digits. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_FromDigits(
    negative: c_int,
    digit_count: Py_ssize_t,
    digits: *mut digit,
) -> *mut PyLongObject {
    api(|| {
        if digit_count <= 0 {
            return Ok(long::zero().to_owned());
        }
        // SAFETY: the caller's contract.
        let digits = unsafe { std::slice::from_raw_parts(digits, digit_count as usize) };
        long::from_digits(negative != 0, digits)
    })
    .cast()
}

static LAYOUT: PyLongLayout = PyLongLayout {
    bits_per_digit: PyLong_SHIFT as u8,
    digit_size: size_of::<digit>() as u8,
    digits_order: -1,
    digit_endianness: if cfg!(target_endian = "little") { -1 } else { 1 },
};

/// How [`PyLong_Export`] and [`PyLongWriter_Create`] lay digits out. Static.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_GetNativeLayout() -> *const PyLongLayout {
    &LAYOUT
}

/// Tells an int's value if it fits into 64 bits, else lends its digits until [`PyLong_FreeExport`]. 0, or -1 with
/// `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_Export(obj: *mut PyObject, export_long: *mut PyLongExport) -> c_int {
    // SAFETY: the caller's contract.
    let export = unsafe {
        ptr::write_bytes(export_long, 0, 1);
        &mut *export_long
    };
    api(|| {
        // SAFETY: the caller's contract.
        let o = unsafe { argument(obj) }?;
        if !long::check(o) {
            return Err(not_an_int("expect", o));
        }
        match long::to_i64(o) {
            Some(value) => export.value = value,
            None => {
                let digits = long::digits(o);
                export.negative = long::is_negative(o) as u8;
                export.ndigits = digits.len() as isize;
                export.digits = digits.as_ptr().cast();
                export._reserved = o.to_owned().into_raw() as usize;
            }
        }
        Ok(())
    })
}

/// Gives back what [`PyLong_Export`] lent.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLong_FreeExport(export_long: *mut PyLongExport) {
    // SAFETY: the caller's contract.
    unsafe {
        drop(Owned::optional((*export_long)._reserved as *mut PyObject));
        (*export_long)._reserved = 0;
    }
}

/// An int of `ndigits` digits, whose place is put into `digits`, for the caller to write all of them. NULL with
/// `ValueError`, `OverflowError` or `MemoryError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLongWriter_Create(
    negative: c_int,
    ndigits: Py_ssize_t,
    digits: *mut *mut c_void,
) -> *mut PyLongWriter {
    let made = if ndigits <= 0 {
        Err(raise!(ValueError, "ndigits must be positive"))
    } else {
        long::Fresh::new(ndigits as usize)
    };
    // SAFETY: the caller's contract.
    unsafe {
        match made {
            Ok(mut fresh) => {
                *digits = fresh.digits().as_mut_ptr().cast();
                let long = fresh.into_raw();
                (*long).long_value.lv_tag = long::tag_of(negative != 0, ndigits as usize);
                long.cast()
            }
            Err(_) => {
                *digits = ptr::null_mut();
                ptr::null_mut()
            }
        }
    }
}

/// The int that a writer made; the writer is gone. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLongWriter_Finish(writer: *mut PyLongWriter) -> *mut PyObject {
    api(|| {
        // SAFETY: the caller's contract: the int is still ours alone.
        unsafe {
            let negative = long::is_negative(Object::from_ptr(writer.cast()));
            long::Fresh::from_raw(writer.cast()).finish(negative)
        }
    })
}

/// Throws a writer away; NULL is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyLongWriter_Discard(writer: *mut PyLongWriter) {
    // SAFETY: the caller's contract.
    drop(unsafe { Owned::optional(writer.cast()) });
}
