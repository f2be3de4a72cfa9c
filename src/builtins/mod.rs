//! The modules that the runtime brings. `builtins` and `sys` are made with each interpreter; the others are entries of
//! the table of builtin modules and made when they are imported.

mod abcmodule;
mod atexitmodule;
mod bltin_evaluator;
mod bltin_iteration;
mod bltin_numbers;
mod bltin_objects;
mod bltin_print;
mod bltinmodule;
mod collections_abc;
mod collections_abc_methods;
mod collectionsmodule;
mod contextvarsmodule;
mod copymodule;
mod copyregmodule;
mod defaultdict;
mod deque;
mod errnomodule;
mod functools_lru_cache;
mod functools_partial;
mod functoolsmodule;
mod gcmodule;
mod imp;
mod importlib;
pub mod inittab;
mod itertools_combinatoric;
mod itertools_infinite;
mod itertools_shared;
mod itertoolsmodule;
mod marshalmodule;
pub mod native;
mod operatormodule;
mod signalmodule;
mod sys_constants;
mod sys_hooks;
mod sys_limits;
mod sys_objects;
mod sys_stdlib_names;
mod sysmodule;
mod thread_handle;
mod thread_local;
mod thread_lock;
mod threadmodule;
mod timemodule;
mod tuplegetter;
mod typesmodule;
mod warnings_options;
mod warnings_python;
mod warningsmodule;
mod weakrefmodule;
mod zlib_stream;
mod zlibmodule;

pub use atexitmodule::call_all as call_exit_functions;
pub use bltinmodule::create as create_builtins;
pub use sys_constants::thread_info;
pub use sys_constants::{start as start_sys, static_type as sys_type, static_types as sys_types};
pub use sys_objects::size_of_object;
pub use sysmodule::{create as create_sys, finish as finish_sys, finish_hooks as finish_sys_hooks, flags};
pub use threadmodule::wait_for_threads;

use crate::abi::*;
use crate::module;
use crate::name;
use crate::object::{Object, Owned, Result, api};
use crate::types::dict;
use std::ffi::CStr;

/// The head of a static module definition.
pub const HEAD: PyModuleDef_Base = PyModuleDef_Base {
    ob_base: PyObject::immortal(std::ptr::null_mut()),
    m_init: None,
    m_index: 0,
    m_copy: std::ptr::null_mut(),
};

/// A definition with everything but its name left out.
pub const fn definition(name: &'static CStr) -> PyModuleDef {
    PyModuleDef {
        m_base: HEAD,
        m_name: name.as_ptr(),
        m_doc: std::ptr::null(),
        m_size: 0,
        m_methods: std::ptr::null_mut(),
        m_slots: std::ptr::null_mut(),
        m_traverse: None,
        m_clear: None,
        m_free: None,
    }
}

/// The slots of a builtin module that runs `exec` and is fine in every interpreter.
pub const fn slots(exec: unsafe extern "C" fn(*mut PyObject) -> c_int) -> [PyModuleDef_Slot; 4] {
    [
        PyModuleDef_Slot { slot: Py_mod_exec, value: exec as *mut c_void },
        PyModuleDef_Slot {
            slot: Py_mod_multiple_interpreters,
            value: std::ptr::without_provenance_mut(Py_MOD_PER_INTERPRETER_GIL_SUPPORTED),
        },
        PyModuleDef_Slot { slot: Py_mod_gil, value: std::ptr::without_provenance_mut(Py_MOD_GIL_NOT_USED) },
        PyModuleDef_Slot { slot: 0, value: std::ptr::null_mut() },
    ]
}

/// The body of an exec slot.
///
/// # Safety
/// `module` is a live module.
pub unsafe fn exec(module: *mut PyObject, body: impl FnOnce(&Object) -> Result<()>) -> c_int {
    // SAFETY: the caller's word.
    api(|| body(unsafe { Object::from_ptr(module) }))
}

/// Puts `value` into the module's dict.
pub fn set(module: &Object, name: &str, value: &Object) -> Result<()> {
    dict::set_str(module::object::dict(module), name, value)
}

/// Puts a static type into the module's dict.
pub fn set_type(module: &Object, name: &str, ty: *mut PyTypeObject) -> Result<()> {
    // SAFETY: static.
    set(module, name, unsafe { Object::from_ptr(ty.cast()) })
}

/// A module object of a static definition, its functions and doc string in place, outside of `import`.
///
/// # Safety
/// `definition` is a static definition.
pub unsafe fn make(definition: *mut PyModuleDef) -> Result<Owned> {
    // SAFETY: the caller's word.
    unsafe { module::create(definition, PYTHON_API_VERSION) }
}

/// What an import would set on a module that is there from the start.
fn describe(module: &Object, name: &str) -> Result<()> {
    let name = crate::types::unicode::from_str(name)?;
    let loader = crate::import::classes::Class::BuiltinImporter.get()?;
    let origin = crate::types::unicode::from_str("built-in")?;
    let spec = crate::import::spec::new(&name, loader, Some(&origin), false)?;
    let attributes = module::object::dict(module);
    dict::set(attributes, name!(__spec__), &spec)?;
    dict::set(attributes, name!(__loader__), loader)?;
    dict::set(attributes, name!(__package__), &*crate::types::unicode::from_str("")?)
}
