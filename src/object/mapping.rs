//! Mappings and subscripts: `PyObject_GetItem` and the `PyMapping_*` family.

use super::{Object, Owned, Result};

impl Object {
    /// `PyObject_GetItem`.
    pub fn getitem(&self, _key: &Object) -> Result<Owned> {
        todo!()
    }

    /// `PyObject_SetItem`.
    pub fn setitem(&self, _key: &Object, _value: &Object) -> Result<()> {
        todo!()
    }

    /// `PyObject_DelItem`.
    pub fn delitem(&self, _key: &Object) -> Result<()> {
        todo!()
    }

    /// `PyObject_Size`.
    pub fn size(&self) -> Result<isize> {
        todo!()
    }

    /// `PyObject_LengthHint`.
    pub fn length_hint(&self, _default: isize) -> Result<isize> {
        todo!()
    }
}
