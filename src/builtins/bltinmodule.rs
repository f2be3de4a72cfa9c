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
    m_doc: c"What is there without an import: functions, classes, exceptions, constants.".as_ptr(),
    m_size: -1,
    ..definition(c"builtins")
};

/// About so many names the module has.
const ENTRIES: usize = 160;

/// The functions in the order of CPython's table: programs see it in the module's dict.
const FUNCTIONS: [&CStr; 44] = [
    c"__build_class__",
    c"__import__",
    c"abs",
    c"all",
    c"any",
    c"ascii",
    c"bin",
    c"breakpoint",
    c"callable",
    c"chr",
    c"compile",
    c"delattr",
    c"dir",
    c"divmod",
    c"eval",
    c"exec",
    c"format",
    c"getattr",
    c"globals",
    c"hasattr",
    c"hash",
    c"hex",
    c"id",
    c"input",
    c"isinstance",
    c"issubclass",
    c"iter",
    c"aiter",
    c"len",
    c"locals",
    c"max",
    c"min",
    c"next",
    c"anext",
    c"oct",
    c"ord",
    c"pow",
    c"print",
    c"repr",
    c"round",
    c"setattr",
    c"sorted",
    c"sum",
    c"vars",
];

static METHODS: [PyMethodDef; FUNCTIONS.len() + 1] = {
    let rooms: [&[PyMethodDef]; 5] = [
        &bltin_objects::METHODS,
        &bltin_numbers::METHODS,
        &bltin_iteration::METHODS,
        &bltin_print::METHODS,
        &bltin_evaluator::METHODS,
    ];
    let mut methods = [PyMethodDef::END; FUNCTIONS.len() + 1];
    let mut found = 0;
    let mut i = 0;
    while i < FUNCTIONS.len() {
        let mut room = 0;
        while room < rooms.len() {
            let mut method = 0;
            while !rooms[room][method].ml_name.is_null() {
                // SAFETY: static C strings.
                if same(unsafe { CStr::from_ptr(rooms[room][method].ml_name) }, FUNCTIONS[i]) {
                    methods[i] = rooms[room][method];
                    found += 1;
                }
                method += 1;
            }
            room += 1;
        }
        i += 1;
    }
    assert!(found == FUNCTIONS.len());
    methods
};

const fn same(a: &CStr, b: &CStr) -> bool {
    let (a, b) = (a.to_bytes(), b.to_bytes());
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}

/// The module for a new interpreter.
pub fn create() -> Result<Owned> {
    // SAFETY: static.
    let module = unsafe { make(&raw mut DEF) }?;
    dict::reserve(dict_of(&module), ENTRIES)?;
    // SAFETY: a static table.
    unsafe { add::functions(&module, name!(builtins), table(&METHODS)) }?;
    set(&module, "None", none::none_ref())?;
    set(&module, "Ellipsis", none::ellipsis_ref())?;
    set(&module, "NotImplemented", none::not_implemented_ref())?;
    set(&module, "False", &boolobject::from_bool(false))?;
    set(&module, "True", &boolobject::from_bool(true))?;
    for (name, ty) in builtin_types() {
        set_type(&module, name, ty)?;
    }
    set(&module, "__debug__", &boolobject::from_bool(true))?;
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
    set(&module, "ExceptionGroup", exceptions::exception_group_class()?)?;
    for alias in ["EnvironmentError", "IOError"] {
        set_type(&module, alias, &raw mut exceptions::OSError)?;
    }
    // SAFETY: a static table.
    unsafe { add::functions(&module, name!(builtins), table(&bltin_evaluator::OPEN)) }?;
    super::describe(&module, "builtins")?;
    Ok(module)
}

/// The types with a name in `builtins`.
fn builtin_types() -> [(&'static str, *mut PyTypeObject); 26] {
    [
        ("bool", &raw mut types::boolobject::PyBool_Type),
        ("memoryview", &raw mut types::memoryview::PyMemoryView_Type),
        ("bytearray", &raw mut types::bytearray::PyByteArray_Type),
        ("bytes", &raw mut types::bytes::PyBytes_Type),
        ("classmethod", &raw mut types::funcobject::PyClassMethod_Type),
        ("complex", &raw mut types::complex::PyComplex_Type),
        ("dict", &raw mut types::dict::PyDict_Type),
        ("enumerate", &raw mut types::enumobject::PyEnum_Type),
        ("filter", &raw mut types::builtin_iterators::PyFilter_Type),
        ("float", &raw mut types::float::PyFloat_Type),
        ("frozenset", &raw mut types::set::PyFrozenSet_Type),
        ("property", &raw mut types::property::PyProperty_Type),
        ("int", &raw mut types::long::PyLong_Type),
        ("list", &raw mut types::list::PyList_Type),
        ("map", &raw mut types::builtin_iterators::PyMap_Type),
        ("object", &raw mut types::typeobject::PyBaseObject_Type),
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
