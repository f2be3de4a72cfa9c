//! Calls: vectorcall first, `tp_call` else, and the check that a result and the error indicator agree.

use super::{Object, Owned, Result};

impl Object {
    /// Calls with positional arguments.
    pub fn call(&self, _args: &[&Object]) -> Result<Owned> {
        todo!()
    }

    /// Calls with positional arguments followed by those that the tuple `kwnames` names.
    pub fn call_keywords(&self, _args: &[&Object], _kwnames: Option<&Object>) -> Result<Owned> {
        todo!()
    }

    /// `PyObject_Call`: a tuple and a dict or nothing.
    pub fn call_tuple(&self, _args: &Object, _kwargs: Option<&Object>) -> Result<Owned> {
        todo!()
    }

    /// Calls the method `name` without making a bound method where the type allows it.
    pub fn call_method(&self, _name: &Object, _args: &[&Object]) -> Result<Owned> {
        todo!()
    }

    /// `PyCallable_Check`.
    pub fn is_callable(&self) -> bool {
        todo!()
    }
}
