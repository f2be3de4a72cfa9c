//! Comparison and truth.

use super::{Object, Owned, Result, lifecycle};
use crate::abi::*;
use crate::raise;
use crate::types::{boolobject, none, typeobject};
use std::cmp::Ordering;

/// The operator with its sides exchanged (`_Py_SwappedOp`).
pub const SWAPPED: [c_int; 6] = [Py_GT, Py_GE, Py_EQ, Py_NE, Py_LT, Py_LE];
const SIGNS: [&str; 6] = ["<", "<=", "==", "!=", ">", ">="];

/// Whether a comparison `op` (`Py_LT` and so on) holds between `a` and `b`.
#[inline(always)]
pub fn relates<T: PartialOrd + ?Sized>(a: &T, op: c_int, b: &T) -> bool {
    match op {
        Py_LT => a < b,
        Py_LE => a <= b,
        Py_EQ => a == b,
        Py_NE => a != b,
        Py_GT => a > b,
        _ => a >= b,
    }
}

/// The same for things in this order.
#[inline(always)]
pub fn holds(order: Ordering, op: c_int) -> bool {
    relates(&order, op, &Ordering::Equal)
}

impl Object {
    /// `PyObject_RichCompare`; `op` is `Py_LT` and so on.
    pub fn compare(&self, other: &Object, op: c_int) -> Result<Owned> {
        lifecycle::enter_recursive_call(" in comparison")?;
        let result = rich_compare(self, other, op);
        lifecycle::leave_recursive_call();
        result
    }

    /// `PyObject_RichCompareBool`: identity counts as equal.
    pub fn compare_bool(&self, other: &Object, op: c_int) -> Result<bool> {
        if self.is(other) {
            if op == Py_EQ {
                return Ok(true);
            }
            if op == Py_NE {
                return Ok(false);
            }
        }
        self.compare(other, op)?.is_true()
    }

    /// Equal, or the same object.
    pub fn equals(&self, other: &Object) -> Result<bool> {
        self.compare_bool(other, Py_EQ)
    }

    /// `PyObject_IsTrue`.
    pub fn is_true(&self) -> Result<bool> {
        if self.is_ptr((&raw mut boolobject::_Py_TrueStruct).cast()) {
            return Ok(true);
        }
        if self.is_ptr((&raw mut boolobject::_Py_FalseStruct).cast()) || self.is_none() {
            return Ok(false);
        }
        // SAFETY: slot.
        let answer = unsafe {
            let ty = self.ty();
            let (number, mapping, sequence) = ((*ty).tp_as_number, (*ty).tp_as_mapping, (*ty).tp_as_sequence);
            if !number.is_null()
                && let Some(f) = (*number).nb_bool
            {
                f(self.as_ptr()) as isize
            } else if !mapping.is_null()
                && let Some(f) = (*mapping).mp_length
            {
                f(self.as_ptr())
            } else if !sequence.is_null()
                && let Some(f) = (*sequence).sq_length
            {
                f(self.as_ptr())
            } else {
                return Ok(true);
            }
        };
        super::error::status(answer.signum() as c_int)?;
        Ok(answer > 0)
    }
}

/// The type's own answer; `None` for `NotImplemented`.
fn ask(a: &Object, b: &Object, op: c_int) -> Result<Option<Owned>> {
    // SAFETY: slot.
    unsafe {
        let Some(compare) = (*a.ty()).tp_richcompare else {
            return Ok(None);
        };
        let result = Owned::from_c(compare(a.as_ptr(), b.as_ptr(), op))?;
        Ok(if result.is(none::not_implemented_ref()) { None } else { Some(result) })
    }
}

fn rich_compare(a: &Object, b: &Object, op: c_int) -> Result<Owned> {
    let swapped = SWAPPED[op as usize];
    let mut asked_b = false;
    // SAFETY: a live object's type is alive.
    if a.ty() != b.ty() && typeobject::is_subtype(b.ty(), a.ty()) && unsafe { (*b.ty()).tp_richcompare.is_some() } {
        asked_b = true;
        if let Some(result) = ask(b, a, swapped)? {
            return Ok(result);
        }
    }
    if let Some(result) = ask(a, b, op)? {
        return Ok(result);
    }
    if !asked_b && let Some(result) = ask(b, a, swapped)? {
        return Ok(result);
    }
    match op {
        Py_EQ => Ok(boolobject::from_bool(a.is(b))),
        Py_NE => Ok(boolobject::from_bool(!a.is(b))),
        _ => Err(raise!(
            TypeError,
            "'{}' not supported between instances of '{}' and '{}'",
            SIGNS[op as usize],
            super::error::cut(typeobject::tp_name(a.ty()), 100),
            super::error::cut(typeobject::tp_name(b.ty()), 100)
        )),
    }
}
