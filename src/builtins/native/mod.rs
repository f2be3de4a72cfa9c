//! What the modules here are made of: functions and classes written as plain Rust, and the tables around them.
//!
//! A function is `fn(&Object, ...) -> Result<impl Reply>`; `one!`, `noargs!`, `fast!`, `fast_keywords!` make the C
//! function of a method table of it. A class is a Rust struct that says which objects it refers to (`refs!`);
//! [`class()`] makes a heap class of the module whose instances hold such a struct behind their head. Modules keep their
//! classes in their state.

mod class;

pub use class::{
    BASE, INTERNAL, Instance, Kind, PLAIN, Refs, Slot, Slots, class, doc, getset, make, members, methods, value,
};
pub(super) use class::{field, refs};

pub use crate::object::native::Arguments;
pub(super) use crate::object::native::{
    binary, compare, fast, fast_keywords, get, init, new, noargs, one, put, size, tp_call, unary, varargs,
};

use crate::abi::*;
use crate::object::{Object, Owned, Result};
use crate::types::{typeobject, unicode};
use std::ffi::CStr;

/// A module whose state is a `T`, for which zeroed memory is good: references that are `None`, and numbers.
pub const fn stateful<T: Refs>(mut definition: PyModuleDef) -> PyModuleDef {
    definition.m_size = size_of::<T>() as isize;
    definition.m_traverse = Some(state_traverse::<T>);
    definition.m_clear = Some(state_clear::<T>);
    definition.m_free = Some(state_free::<T>);
    definition
}

/// The state of a module made from a [`stateful`] definition.
pub fn state<'a, T>(module: &Object) -> &'a mut T {
    // SAFETY: layout: the module has its state from its execution on.
    unsafe { &mut *(*module.cast::<PyModuleObject>()).md_state.cast::<T>() }
}

/// The state of the module `definition` that a class or one of its bases belongs to.
pub fn state_of<'a, T>(ty: *mut PyTypeObject, definition: *mut PyModuleDef) -> Result<&'a mut T> {
    Ok(state(typeobject::spec::module_by_def(ty, definition)?))
}

unsafe extern "C" fn state_traverse<T: Refs>(module: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: slot.
    unsafe {
        let state = (*module.cast::<PyModuleObject>()).md_state.cast::<T>();
        if state.is_null() { 0 } else { (*state).each(&mut |inner| crate::types::traverse::visit(inner, visit, arg)) }
    }
}

unsafe extern "C" fn state_clear<T: Refs>(module: *mut PyObject) -> c_int {
    // SAFETY: slot.
    unsafe {
        let state = (*module.cast::<PyModuleObject>()).md_state.cast::<T>();
        if !state.is_null() {
            (*state).clear();
        }
    }
    0
}

unsafe extern "C" fn state_free<T: Refs>(module: *mut c_void) {
    // SAFETY: slot.
    unsafe { state_clear::<T>(module.cast()) };
}

/// Defines `init`, the function in the table of builtin modules, of a module with an `exec` function
/// `fn(&Object) -> Result<()>`.
macro_rules! module {
    ($definition:expr, $exec:path) => {
        static SLOTS: [PyModuleDef_Slot; 4] = $crate::builtins::slots(run_exec);

        static mut DEF: PyModuleDef = {
            let mut definition = $definition;
            definition.m_slots = table(&SLOTS);
            definition
        };

        pub unsafe extern "C" fn init() -> *mut PyObject {
            // SAFETY: static.
            unsafe { $crate::module::def::init(&raw mut DEF) };
            (&raw mut DEF).cast()
        }

        unsafe extern "C" fn run_exec(module: *mut PyObject) -> c_int {
            // SAFETY: slot.
            unsafe { $crate::builtins::exec(module, $exec) }
        }
    };
}
pub(super) use module;

/// A definition with a doc string and functions.
pub const fn described<const N: usize>(
    name: &'static CStr,
    doc: &'static CStr,
    methods: &'static [PyMethodDef; N],
) -> PyModuleDef {
    PyModuleDef { m_doc: doc.as_ptr(), m_methods: table(methods), ..super::definition(name) }
}

/// Puts a new class into the module under the last part of its name, and gives it.
pub fn publish(module: &Object, class: Owned) -> Result<Owned> {
    super::set(module, typeobject::name(class.cast()), &class)?;
    Ok(class)
}

/// Takes the attributes of another builtin module over: all but those whose names begin with an underscore.
pub fn take_from(module: &Object, source: &str) -> Result<Owned> {
    let other = crate::import::import(&*unicode::from_str(source)?)?;
    for (key, value) in crate::types::dict::entries(crate::module::object::dict(&other)) {
        if !unicode::as_str(&key)?.starts_with('_') {
            crate::types::dict::set(crate::module::object::dict(module), &key, &value)?;
        }
    }
    Ok(other)
}

/// The two arguments of a function.
pub fn check_two<'a>(function: &str, args: &[&'a Object]) -> Result<(&'a Object, &'a Object)> {
    crate::object::args::check_positional(function, args.len(), 2, 2)?;
    Ok((args[0], args[1]))
}
