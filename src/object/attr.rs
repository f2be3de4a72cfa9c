//! Attributes: looking up, setting and deleting through the type's slots.

use super::{Object, Owned, Result};

impl Object {
    /// `PyObject_GetAttr`.
    pub fn getattr(&self, _name: &Object) -> Result<Owned> {
        todo!()
    }

    /// `PyObject_GetOptionalAttr`: `None` instead of `AttributeError`.
    pub fn getattr_optional(&self, _name: &Object) -> Result<Option<Owned>> {
        todo!()
    }

    /// `PyObject_SetAttr`.
    pub fn setattr(&self, _name: &Object, _value: &Object) -> Result<()> {
        todo!()
    }

    /// `PyObject_DelAttr`.
    pub fn delattr(&self, _name: &Object) -> Result<()> {
        todo!()
    }

    /// A special method of the object's type, bound to the object; never looks into the instance
    /// (`_PyObject_LookupSpecial`). `None` if there is none.
    pub fn lookup_special(&self, _name: &Object) -> Result<Option<Owned>> {
        todo!()
    }
}

/// `PyObject_GenericGetAttr`.
pub fn generic_getattr(_obj: &Object, _name: &Object) -> Result<Owned> {
    todo!()
}

/// `PyObject_GenericSetAttr`; `None` deletes.
pub fn generic_setattr(_obj: &Object, _name: &Object, _value: Option<&Object>) -> Result<()> {
    todo!()
}
