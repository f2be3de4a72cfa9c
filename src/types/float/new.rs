//! `float(x=0, /)`.

use super::*;
use crate::object::api;
use crate::object::args::{self, check_positional, no_keywords};
use crate::types::{dict, tuple};

/// Slot.
pub fn new(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result {
    // A subclass may take keywords of its own, as long as it has its own __init__ or __new__ for them.
    // SAFETY: a type is alive while it is called.
    if ty == &raw mut PyFloat_Type || unsafe { same((*ty).tp_init, PyFloat_Type.tp_init) } {
        no_keywords("float", kwargs.filter(|kwargs| dict::len(kwargs) != 0))?;
    }
    let args = tuple::items(args);
    check_positional("float", args.len(), 0, 1)?;
    let value = from_argument(args.first().copied())?;
    if ty == &raw mut PyFloat_Type { Ok(value) } else { of_subtype(ty, super::value(&value)) }
}

/// `float(...)` called by its type: no tuple, no dict.
pub unsafe extern "C" fn vectorcall(
    _ty: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: slot.
    api(|| unsafe {
        let args = args::positional("float", args, nargsf, kwnames, 0, 1)?;
        from_argument(args.first().copied())
    })
}

fn from_argument(x: Option<&Object>) -> Result {
    match x {
        None => from_f64(0.0),
        Some(x) if unicode::check_exact(x) => parse::from_object(x),
        Some(x) => number::float(x),
    }
}

/// An instance of a subclass.
pub fn of_subtype(ty: *mut PyTypeObject, x: f64) -> Result<Owned> {
    // SAFETY: a subclass of float has float's layout.
    unsafe {
        let alloc = (*ty).tp_alloc.expect("a ready type has tp_alloc");
        let object = Owned::from_c(alloc(ty, 0))?;
        (*object.cast::<PyFloatObject>()).ob_fval = x;
        Ok(object)
    }
}

/// The same function, or none both.
fn same(a: initproc, b: initproc) -> bool {
    a.map(|f| f as usize) == b.map(|f| f as usize)
}
