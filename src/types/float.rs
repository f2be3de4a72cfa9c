//! `float`.

use crate::abi::*;
use crate::object::{Object, Owned, Result, lifecycle};
use crate::state;

/// How many dead floats wait for the next one, as in CPython.
const FREE_LIMIT: usize = 100;

#[unsafe(no_mangle)]
pub static mut PyFloat_Type: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut super::typeobject::PyType_Type, 0),
    tp_name: c"float".as_ptr(),
    tp_basicsize: size_of::<PyFloatObject>() as isize,
    tp_dealloc: Some(dealloc),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    ..PyTypeObject::EMPTY
};

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.is_a(&raw mut PyFloat_Type)
}

/// A new reference; `MemoryError`.
#[inline]
pub fn from_f64(value: f64) -> Result<Owned> {
    // SAFETY: attached.
    let block = unsafe { (*state::interp()).freelists.floats.pop() }.cast::<PyFloatObject>();
    let float = if block.is_null() {
        lifecycle::new::<PyFloatObject>(&raw mut PyFloat_Type)?
    } else {
        // SAFETY: a block of a float's size; its head is set anew.
        unsafe { lifecycle::init_object(block.cast(), &raw mut PyFloat_Type) };
        block
    };
    // SAFETY: fresh.
    unsafe {
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
pub fn as_f64(_o: &Object) -> Result<f64> {
    todo!()
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero. Only blocks of exact floats go to the free list: they have its size.
    unsafe {
        if (*op).ob_type == &raw mut PyFloat_Type {
            if !(*state::interp()).freelists.floats.push(op.cast(), FREE_LIMIT) {
                lifecycle::free(op);
            }
        } else if let Some(free) = (*(*op).ob_type).tp_free {
            free(op.cast());
        }
    }
}
