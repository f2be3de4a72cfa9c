//! `float`: a C double.

pub mod arith;
mod compare;
mod hex;
pub mod info;
pub mod math;
mod methods;
mod new;
pub mod pack;
pub mod parse;

pub use arith::{hash_double, of_int};
pub use compare::equals_int;

use crate::abi::*;
use crate::mem::domains;
use crate::object::{Object, Owned, Result, error, lifecycle, number};
use crate::types::{adapt, exceptions, long, strtod, typeobject, unicode};
use crate::{raise, state};

/// How many dead floats wait for the next one, as in CPython.
const FREE_LIMIT: usize = 100;

#[unsafe(no_mangle)]
pub static mut PyFloat_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"float".as_ptr(),
    tp_basicsize: size_of::<PyFloatObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_repr: adapt::unary(repr),
    tp_as_number: suite(&arith::NUMBER),
    tp_hash: adapt::hash(hash),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | _Py_TPFLAGS_MATCH_SELF,
    tp_doc: c"float(x=0, /)\n--\n\nA number or text as a floating-point number.".as_ptr(),
    tp_richcompare: adapt::richcompare(compare::compare),
    tp_methods: table(&methods::METHODS),
    tp_getset: table(&methods::GETSET),
    tp_new: adapt::new(new::new),
    tp_vectorcall: Some(new::vectorcall),
    ..PyTypeObject::EMPTY
};

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.is_a(&raw mut PyFloat_Type)
}

#[inline(always)]
pub fn check_exact(o: &Object) -> bool {
    o.is_exact(&raw mut PyFloat_Type)
}

/// A new reference; `MemoryError`.
#[inline]
pub fn from_f64(value: f64) -> Result<Owned> {
    // SAFETY: attached.
    let block = unsafe { (*state::interp()).freelists.floats.pop() };
    let block = if block.is_null() { domains::object_malloc(size_of::<PyFloatObject>()) } else { block };
    let float = block.cast::<PyFloatObject>();
    if float.is_null() {
        return Err(error::no_memory());
    }
    // SAFETY: fresh; the type is static, so there is no reference to it to count.
    unsafe {
        (*float).ob_base.ob_type = &raw mut PyFloat_Type;
        lifecycle::new_reference(float.cast());
        (*float).ob_fval = value;
        Ok(Owned::from_raw(float.cast()))
    }
}

/// The value of a float or a subclass's instance.
#[inline(always)]
pub fn value(o: &Object) -> f64 {
    // SAFETY: layout.
    unsafe { (*o.cast::<PyFloatObject>()).ob_fval }
}

/// `PyFloat_AsDouble`: a float, or `__float__`, or `__index__`.
#[inline]
pub fn as_f64(o: &Object) -> Result<f64> {
    if check_exact(o) { Ok(value(o)) } else { convert(o) }
}

#[inline(never)]
fn convert(o: &Object) -> Result<f64> {
    if check(o) {
        return Ok(value(o));
    }
    // SAFETY: a live object's type is alive.
    let f = unsafe { (*o.ty()).tp_as_number.as_ref() }.and_then(|suite| suite.nb_float);
    let Some(f) = f else {
        if number::is_index(o) {
            return long::to_f64(&*number::index(o)?);
        }
        return Err(raise!(TypeError, "must be real number, not {:.50}", typeobject::tp_name(o.ty())));
    };
    // SAFETY: slot.
    let result = unsafe { Owned::from_c(f(o.as_ptr())) }?;
    if !check_exact(&result) {
        let (of, given) = (typeobject::tp_name(o.ty()), typeobject::tp_name(result.ty()));
        if !check(&result) {
            return Err(raise!(TypeError, "{of:.50}.__float__ returned non-float (type {given:.50})"));
        }
        exceptions::warn(
            &raw mut exceptions::DeprecationWarning,
            1,
            &format!(
                "{of:.50}.__float__ returned non-float (type {given:.50}).  The ability to return an instance of a \
                 strict subclass of float is deprecated, and may not be supported in a future version of Python."
            ),
        )?;
    }
    Ok(value(&result))
}

fn repr(o: &Object) -> Result {
    unicode::new::from_ascii(strtod::repr(value(o)).as_bytes())
}

fn hash(o: &Object) -> isize {
    hash_double(o.as_ptr(), value(o))
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero. Only blocks of exact floats go to the free list: they have its size.
    unsafe {
        if (*op).ob_type == &raw mut PyFloat_Type {
            exact_dealloc(op);
        } else if let Some(free) = (*(*op).ob_type).tp_free {
            free(op.cast());
        }
    }
}

/// The end of an exact float.
///
/// # Safety
/// `op` is an exact float with a count of zero.
#[inline]
pub unsafe fn exact_dealloc(op: *mut PyObject) {
    // SAFETY: the caller's word.
    unsafe {
        if !(*state::interp()).freelists.floats.push(op.cast(), FREE_LIMIT) {
            lifecycle::free(op);
        }
    }
}
