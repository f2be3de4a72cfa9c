//! `complexobject.h`, `cpython/complexobject.h`, `internal/pycore_complexobject.h`.

use crate::abi::*;
use crate::object::{Object, api};
use crate::types::complex::{
    self,
    math::{self, Fault, complex},
};

/// A new reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyComplex_FromDoubles(real: c_double, imag: c_double) -> *mut PyObject {
    api(|| complex::from_c(complex(real, imag)))
}

/// A new reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyComplex_FromCComplex(v: Py_complex) -> *mut PyObject {
    api(|| complex::from_c(v))
}

/// The real part of a complex, or of what `__complex__` gives, or a real number; -1.0 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyComplex_RealAsDouble(op: *mut PyObject) -> c_double {
    // SAFETY: the caller's contract.
    api(|| Ok(complex::as_c(unsafe { Object::new(op) }?)?.real))
}

/// The imaginary part of a complex, or of what `__complex__` gives, or 0 for a real number; -1.0 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyComplex_ImagAsDouble(op: *mut PyObject) -> c_double {
    // SAFETY: the caller's contract.
    api(|| Ok(complex::as_c(unsafe { Object::new(op) }?)?.imag))
}

/// The value of a complex, or of what `__complex__` gives, or a real number; -1.0 as the real part with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyComplex_AsCComplex(op: *mut PyObject) -> Py_complex {
    // SAFETY: the caller's contract.
    match unsafe { Object::new(op) }.and_then(complex::as_c) {
        Ok(value) => value,
        Err(_) => complex(-1.0, 0.0),
    }
}

/// A result, with its fault in `errno`.
fn with_errno<T>((value, fault): (T, Option<Fault>)) -> T {
    if let Some(fault) = fault {
        set_errno(fault.errno());
    }
    value
}

fn set_errno(value: c_int) {
    // SAFETY: each thread has its errno.
    unsafe { *libc::__errno_location() = value }
}

/// `a + b`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_c_sum(a: Py_complex, b: Py_complex) -> Py_complex {
    math::sum(a, b)
}

/// `a - b`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_c_diff(a: Py_complex, b: Py_complex) -> Py_complex {
    math::difference(a, b)
}

/// `-a`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_c_neg(a: Py_complex) -> Py_complex {
    math::negative(a)
}

/// `a * b`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_c_prod(a: Py_complex, b: Py_complex) -> Py_complex {
    math::product(a, b)
}

/// `a / b`; `errno` is EDOM if `b` is zero.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_c_quot(a: Py_complex, b: Py_complex) -> Py_complex {
    with_errno(math::quotient(a, b))
}

/// `a ** b`; `errno` is EDOM for zero to a negative or complex power, ERANGE if the result is too large.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_c_pow(a: Py_complex, b: Py_complex) -> Py_complex {
    with_errno(math::power(a, b))
}

/// The distance from zero; sets `errno` to 0, or to ERANGE if it is too large.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_c_abs(a: Py_complex) -> c_double {
    set_errno(0);
    with_errno(math::absolute(a))
}

/// `a + b` with a real `b`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_cr_sum(a: Py_complex, b: c_double) -> Py_complex {
    complex(a.real + b, a.imag)
}

/// `a - b` with a real `b`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_cr_diff(a: Py_complex, b: c_double) -> Py_complex {
    complex(a.real - b, a.imag)
}

/// `a - b` with a real `a`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_rc_diff(a: c_double, b: Py_complex) -> Py_complex {
    complex(a - b.real, -b.imag)
}

/// `a * b` with a real `b`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_cr_prod(a: Py_complex, b: c_double) -> Py_complex {
    complex(a.real * b, a.imag * b)
}

/// `a / b` with a real `b`; `errno` is EDOM if it is zero.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_cr_quot(a: Py_complex, b: c_double) -> Py_complex {
    with_errno(math::quotient_by_real(a, b))
}

/// `a / b` with a real `a`; `errno` is EDOM if `b` is zero.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _Py_rc_quot(a: c_double, b: Py_complex) -> Py_complex {
    with_errno(math::real_quotient(a, b))
}
