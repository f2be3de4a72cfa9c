//! `builtins`: the functions and types that every program finds without importing. The functions stand in rooms by
//! what they work on; here is the module.

use super::{
    bltin_evaluator, bltin_iteration, bltin_numbers, bltin_objects, bltin_print, definition, make, set, set_type,
};
use crate::abi::*;
use crate::module::{add, object::dict as dict_of};
use crate::name;
use crate::object::{Owned, Result};
use crate::types::{self, boolobject, dict, exceptions, none, unicode};
use std::ffi::CStr;

static mut DEF: PyModuleDef = PyModuleDef {
    m_doc: c"Built-in functions, types, exceptions, and other objects.".as_ptr(),
    m_size: -1,
    ..definition(c"builtins")
};

/// About so many names the module has.
const ENTRIES: usize = 160;

/// The module for a new interpreter.
pub fn create() -> Result<Owned> {
    // SAFETY: static.
    let module = unsafe { make(&raw mut DEF) }?;
    dict::reserve(dict_of(&module), ENTRIES)?;
    for methods in [
        table(&bltin_objects::METHODS),
        table(&bltin_numbers::METHODS),
        table(&bltin_iteration::METHODS),
        table(&bltin_print::METHODS),
        table(&bltin_evaluator::METHODS),
    ] {
        // SAFETY: static tables.
        unsafe { add::functions(&module, name!(builtins), methods) }?;
    }
    set(&module, "None", none::none_ref())?;
    set(&module, "Ellipsis", none::ellipsis_ref())?;
    set(&module, "NotImplemented", none::not_implemented_ref())?;
    set(&module, "True", &boolobject::from_bool(true))?;
    set(&module, "False", &boolobject::from_bool(false))?;
    set(&module, "__debug__", &boolobject::from_bool(true))?;
    for (name, ty) in builtin_types() {
        set_type(&module, name, ty)?;
    }
    for class in exceptions::all() {
        // SAFETY: a static type's name is a C string.
        let name = unsafe { CStr::from_ptr((*class).tp_name) }.to_bytes();
        // Two belong to `concurrent.interpreters`.
        if !name.contains(&b'.') {
            // SAFETY: static.
            let class = unsafe { types::typeobject::as_object(class) };
            dict::set(dict_of(&module), &*unicode::intern::intern_utf8(name)?, class)?;
        }
    }
    for alias in ["EnvironmentError", "IOError"] {
        set_type(&module, alias, &raw mut exceptions::OSError)?;
    }
    set(&module, "ExceptionGroup", exceptions::exception_group_class()?)?;
    super::describe(&module, "builtins")?;
    Ok(module)
}

/// The types with a name in `builtins`.
fn builtin_types() -> [(&'static str, *mut PyTypeObject); 26] {
    [
        ("bool", &raw mut types::boolobject::PyBool_Type),
        ("bytearray", &raw mut types::bytearray::PyByteArray_Type),
        ("bytes", &raw mut types::bytes::PyBytes_Type),
        ("classmethod", &raw mut types::funcobject::PyClassMethod_Type),
        ("complex", &raw mut types::complex::PyComplex_Type),
        ("dict", &raw mut types::dict::PyDict_Type),
        ("enumerate", &raw mut types::enumobject::PyEnum_Type),
        ("filter", &raw mut types::builtin_iterators::PyFilter_Type),
        ("float", &raw mut types::float::PyFloat_Type),
        ("frozenset", &raw mut types::set::PyFrozenSet_Type),
        ("int", &raw mut types::long::PyLong_Type),
        ("list", &raw mut types::list::PyList_Type),
        ("map", &raw mut types::builtin_iterators::PyMap_Type),
        ("memoryview", &raw mut types::memoryview::PyMemoryView_Type),
        ("object", &raw mut types::typeobject::PyBaseObject_Type),
        ("property", &raw mut types::property::PyProperty_Type),
        ("range", &raw mut types::range::PyRange_Type),
        ("reversed", &raw mut types::enumobject::PyReversed_Type),
        ("set", &raw mut types::set::PySet_Type),
        ("slice", &raw mut types::slice::PySlice_Type),
        ("staticmethod", &raw mut types::funcobject::PyStaticMethod_Type),
        ("str", &raw mut types::unicode::PyUnicode_Type),
        ("super", &raw mut types::superobject::PySuper_Type),
        ("tuple", &raw mut types::tuple::PyTuple_Type),
        ("type", &raw mut types::typeobject::PyType_Type),
        ("zip", &raw mut types::builtin_iterators::PyZip_Type),
    ]
}
