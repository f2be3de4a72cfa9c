//! `builtins`: the functions and types that every program finds without importing. The functions stand in rooms by
//! what they work on; here is the module.

use super::{bltin_evaluator, bltin_iteration, bltin_numbers, bltin_objects, bltin_print, definition, make};
use crate::abi::*;
use crate::module::{add, object::dict as dict_of};
use crate::name;
use crate::object::{Object, Owned, Result};
use crate::types::unicode::names::{self, named, same};
use crate::types::{self, boolobject, dict, exceptions, none};
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
                if same(unsafe { CStr::from_ptr(rooms[room][method].ml_name) }.to_bytes(), FUNCTIONS[i].to_bytes()) {
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
    named(methods)
};

/// The module for a new interpreter.
pub fn create() -> Result<Owned> {
    // SAFETY: static.
    let module = unsafe { make(&raw mut DEF) }?;
    dict::reserve(dict_of(&module), ENTRIES)?;
    // SAFETY: a static table.
    unsafe { add::functions(&module, name!(builtins), table(&METHODS)) }?;
    let put = |name: &Object, value: &Object| dict::set(dict_of(&module), name, value);
    put(name!(None), none::none_ref())?;
    put(name!(Ellipsis), none::ellipsis_ref())?;
    put(name!(NotImplemented), none::not_implemented_ref())?;
    put(name!(False), &boolobject::from_bool(false))?;
    put(name!(True), &boolobject::from_bool(true))?;
    // SAFETY: static types.
    let class = |ty| unsafe { types::typeobject::as_object(ty) };
    for (name, ty) in builtin_types() {
        put(name, class(ty))?;
    }
    put(name!(__debug__), &boolobject::from_bool(true))?;
    for (name, ty) in exceptions::named() {
        // Two belong to `concurrent.interpreters`.
        if ty != &raw mut exceptions::InterpreterError && ty != &raw mut exceptions::InterpreterNotFoundError {
            put(name, class(ty))?;
        }
    }
    put(name!(ExceptionGroup), exceptions::exception_group_class()?)?;
    for alias in [name!(EnvironmentError), name!(IOError)] {
        put(alias, class(&raw mut exceptions::OSError))?;
    }
    // SAFETY: a static table.
    unsafe { add::functions(&module, name!(builtins), table(&bltin_evaluator::OPEN)) }?;
    super::describe(&module, "builtins")?;
    Ok(module)
}

/// The types with a name in `builtins`.
fn builtin_types() -> [(&'static Object, *mut PyTypeObject); 26] {
    [
        (name!(bool), &raw mut types::boolobject::PyBool_Type),
        (name!(memoryview), &raw mut types::memoryview::PyMemoryView_Type),
        (name!(bytearray), &raw mut types::bytearray::PyByteArray_Type),
        (name!(bytes), &raw mut types::bytes::PyBytes_Type),
        (name!(classmethod), &raw mut types::funcobject::PyClassMethod_Type),
        (name!(complex), &raw mut types::complex::PyComplex_Type),
        (name!(dict), &raw mut types::dict::PyDict_Type),
        (name!(enumerate), &raw mut types::enumobject::PyEnum_Type),
        (name!(filter), &raw mut types::builtin_iterators::PyFilter_Type),
        (name!(float), &raw mut types::float::PyFloat_Type),
        (name!(frozenset), &raw mut types::set::PyFrozenSet_Type),
        (name!(property), &raw mut types::property::PyProperty_Type),
        (name!(int), &raw mut types::long::PyLong_Type),
        (name!(list), &raw mut types::list::PyList_Type),
        (name!(map), &raw mut types::builtin_iterators::PyMap_Type),
        (name!(object), &raw mut types::typeobject::PyBaseObject_Type),
        (name!(range), &raw mut types::range::PyRange_Type),
        (name!(reversed), &raw mut types::enumobject::PyReversed_Type),
        (name!(set), &raw mut types::set::PySet_Type),
        (name!(slice), &raw mut types::slice::PySlice_Type),
        (name!(staticmethod), &raw mut types::funcobject::PyStaticMethod_Type),
        (name!(str), &raw mut types::unicode::PyUnicode_Type),
        (names::get(names::table::super_), &raw mut types::superobject::PySuper_Type),
        (name!(tuple), &raw mut types::tuple::PyTuple_Type),
        (names::get(names::table::type_), &raw mut types::typeobject::PyType_Type),
        (name!(zip), &raw mut types::builtin_iterators::PyZip_Type),
    ]
}
