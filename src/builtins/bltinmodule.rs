//! `builtins`: the functions and types that every program finds without importing.

use super::{definition, make, set, set_type};
use crate::abi::*;
use crate::object::{Owned, Result};
use crate::types::{self, boolobject, none};

static mut DEF: PyModuleDef = PyModuleDef {
    m_doc: c"Built-in functions, types, exceptions, and other objects.".as_ptr(),
    m_size: -1,
    ..definition(c"builtins")
};

/// The module for a new interpreter.
pub fn create() -> Result<Owned> {
    // SAFETY: static.
    let module = unsafe { make(&raw mut DEF) }?;
    set(&module, "None", none::none_ref())?;
    set(&module, "True", &boolobject::from_bool(true))?;
    set(&module, "False", &boolobject::from_bool(false))?;
    set(&module, "__debug__", &boolobject::from_bool(true))?;
    set_type(&module, "bool", &raw mut types::boolobject::PyBool_Type)?;
    set_type(&module, "dict", &raw mut types::dict::PyDict_Type)?;
    set_type(&module, "float", &raw mut types::float::PyFloat_Type)?;
    set_type(&module, "int", &raw mut types::long::PyLong_Type)?;
    set_type(&module, "list", &raw mut types::list::PyList_Type)?;
    set_type(&module, "object", &raw mut types::typeobject::PyBaseObject_Type)?;
    set_type(&module, "str", &raw mut types::unicode::PyUnicode_Type)?;
    set_type(&module, "tuple", &raw mut types::tuple::PyTuple_Type)?;
    set_type(&module, "type", &raw mut types::typeobject::PyType_Type)?;
    Ok(module)
}
