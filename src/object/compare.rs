//! Comparison.

use super::{Object, Owned, Result};
use crate::abi::*;

impl Object {
    /// `PyObject_RichCompare`; `op` is `Py_LT` and so on.
    pub fn compare(&self, _other: &Object, _op: c_int) -> Result<Owned> {
        todo!()
    }

    /// `PyObject_RichCompareBool`: identity counts as equal.
    pub fn compare_bool(&self, _other: &Object, _op: c_int) -> Result<bool> {
        todo!()
    }

    /// Equal, or the same object.
    pub fn equals(&self, other: &Object) -> Result<bool> {
        self.compare_bool(other, Py_EQ)
    }

    /// `PyObject_IsTrue`.
    pub fn is_true(&self) -> Result<bool> {
        todo!()
    }

    /// `PyObject_IsInstance`.
    pub fn is_instance(&self, _class: &Object) -> Result<bool> {
        todo!()
    }

    /// `PyObject_IsSubclass`.
    pub fn is_subclass(&self, _class: &Object) -> Result<bool> {
        todo!()
    }
}
