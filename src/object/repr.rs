//! Text of objects: `repr`, `str`, `ascii`, `format`, and the guard against containers that contain themselves.

use super::{Object, Owned, Result};

impl Object {
    /// `PyObject_Repr`.
    pub fn repr(&self) -> Result<Owned> {
        todo!()
    }

    /// `PyObject_Str`.
    pub fn str(&self) -> Result<Owned> {
        todo!()
    }

    /// `PyObject_ASCII`.
    pub fn ascii(&self) -> Result<Owned> {
        todo!()
    }

    /// `PyObject_Format`; `None` is the empty specification.
    pub fn format(&self, _spec: Option<&Object>) -> Result<Owned> {
        todo!()
    }
}

/// `Py_ReprEnter`: true if `o` is being printed in this thread already.
pub fn enter(_o: &Object) -> Result<bool> {
    todo!()
}

/// `Py_ReprLeave`.
pub fn leave(_o: &Object) {
    todo!()
}
