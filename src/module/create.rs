//! From a definition to a module object: the first half of multi-phase initialisation (PEP 489), and the single phase
//! of `PyModule_Create2`.

use super::{add, def, object};
use crate::abi::*;
use crate::mem::domains;
use crate::name;
use crate::object::{Object, Owned, Result, error, until};
use crate::raise;
use crate::runtime::imports::ImportState;
use crate::runtime::{self, Interpreter, process};
use crate::types::{exceptions, none, unicode};
use std::ffi::CStr;
use std::fmt;
use std::ptr;

/// A module's name in messages, which take it as C text: up to a NUL.
#[derive(Clone, Copy)]
struct Name<'a>(&'a str);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.split('\0').next().unwrap_or_default())
    }
}

/// What the slots of a definition ask of its creation.
struct Wishes {
    create: Option<unsafe extern "C" fn(*mut PyObject, *mut PyModuleDef) -> *mut PyObject>,
    multiple_interpreters: usize,
    has_exec: bool,
}

/// `PyModule_FromDefAndSpec2`: a module of `spec.name`, not executed yet. New reference. What each error is about
/// stands in its text; the slots are read before anything is made.
///
/// # Safety
/// `def` is a definition that lives as long as the process.
pub unsafe fn from_def_and_spec(definition: *mut PyModuleDef, spec: &Object, api_version: c_int) -> Result<Owned> {
    // SAFETY: the caller's word.
    unsafe { def::init(definition) };
    let name = spec.getattr(name!(name))?;
    if !unicode::check(&name) {
        return Err(error::bad_argument());
    }
    let text = Name(unicode::as_str(&name)?);
    check_api_version(text, api_version)?;
    // SAFETY: the caller's word: its fields may be read.
    let (m_size, has_state_hooks, methods, doc) = unsafe {
        let d = &*definition;
        let hooks = d.m_traverse.is_some() || d.m_clear.is_some() || d.m_free.is_some();
        (d.m_size, hooks, d.m_methods, d.m_doc)
    };
    if m_size < 0 {
        return Err(raise!(SystemError, "module {text}: m_size may not be negative for multi-phase initialization"));
    }
    // SAFETY: the caller's word.
    let wishes = read_slots(unsafe { def::slots(definition) }, text)?;
    check_multiple_interpreters(text, wishes.multiple_interpreters)?;

    let mut early_doc = None;
    let module = match wishes.create {
        // SAFETY: the extension's own function, with the arguments that it is declared for.
        Some(create) => created(unsafe { create(spec.as_ptr(), definition) }, text)?,
        // SAFETY: the caller's word.
        None => unsafe {
            early_doc = add::early_doc(doc);
            let doc = early_doc.as_deref().unwrap_or(none::none_ref());
            object::with_room(&name, doc, names_in(methods, definition))?
        },
    };
    if object::check(&module) {
        // SAFETY: layout. The state is allocated when the module is executed.
        unsafe {
            let module = module.cast::<PyModuleObject>();
            (*module).md_state = ptr::null_mut();
            (*module).md_def = definition;
        }
    } else {
        if m_size > 0 || has_state_hooks {
            return Err(raise!(SystemError, "module {text} is not a module object, but requests module state"));
        }
        if wishes.has_exec {
            return Err(raise!(
                SystemError,
                "module {text} specifies execution slots, but did not create a ModuleType instance"
            ));
        }
    }
    // SAFETY: the caller's word: a table of functions and a doc string, or NULL.
    unsafe {
        add::functions(&module, &name, methods)?;
        if early_doc.is_none() {
            add::doc(&module, doc)?;
        }
    }
    Ok(module)
}

/// `PyModule_Create2`: a module of the definition's name, its state allocated at once. New reference.
///
/// # Safety
/// As [`from_def_and_spec`].
pub unsafe fn create(definition: *mut PyModuleDef, api_version: c_int) -> Result<Owned> {
    // SAFETY: the caller's word.
    unsafe { def::init(definition) };
    // SAFETY: the caller's word.
    let d = unsafe { &*definition };
    // SAFETY: a definition has a name.
    let c_name = unsafe { CStr::from_ptr(d.m_name) };
    if api_version != PYTHON_API_VERSION {
        check_api_version(Name(&c_name.to_string_lossy()), api_version)?;
    }
    if !d.m_slots.is_null() {
        let text = c_name.to_string_lossy();
        return Err(raise!(SystemError, "module {text}: PyModule_Create is incompatible with m_slots"));
    }
    // A submodule's init function only knows its own name: the import gives it the full one.
    let name = match package_context(c_name) {
        Some(full) => full,
        None => unicode::from_utf8(c_name.to_bytes())?,
    };
    // SAFETY: the caller's word.
    let doc = unsafe { add::early_doc(d.m_doc) };
    // SAFETY: the caller's word.
    let n = unsafe { names_in(d.m_methods, definition) };
    let module = object::with_room(&name, doc.as_deref().unwrap_or(none::none_ref()), n)?;
    // SAFETY: layout; the module is fresh.
    unsafe {
        let raw = module.cast::<PyModuleObject>();
        if d.m_size > 0 {
            (*raw).md_state = allocate_state(d.m_size)?;
        }
        add::functions(&module, &name, d.m_methods)?;
        if doc.is_none() {
            add::doc(&module, d.m_doc)?;
        }
        (*raw).md_def = definition;
    }
    Ok(module)
}

/// About how many names a module of this definition will have: its functions, and what its `Py_mod_exec` adds.
unsafe fn names_in(methods: *mut PyMethodDef, definition: *mut PyModuleDef) -> usize {
    const OF_EXEC: usize = 3;
    // SAFETY: the caller's word: NULL, or a table that ends with a NULL name.
    unsafe {
        let n = until(methods, |entry| entry.ml_name.is_null()).len();
        if (*definition).m_slots.is_null() { n } else { n + OF_EXEC }
    }
}

/// Zeroed memory for a module's state; freed with the module.
pub fn allocate_state(size: isize) -> Result<*mut c_void> {
    let state = domains::mem_calloc(1, size as usize);
    if state.is_null() {
        return Err(error::no_memory());
    }
    Ok(state)
}

#[inline(always)]
fn check_api_version(name: Name, version: c_int) -> Result<()> {
    if version == PYTHON_API_VERSION || version == PYTHON_ABI_VERSION {
        Ok(())
    } else {
        other_api_version(name, version)
    }
}

#[cold]
fn other_api_version(name: Name, version: c_int) -> Result<()> {
    let message = format!(
        "Python C API version mismatch for module {name}: This Python has API version {PYTHON_API_VERSION}, \
         module {name} has version {version}."
    );
    exceptions::warn(&raw mut exceptions::RuntimeWarning, 1, &message)
}

fn read_slots(slots: &[PyModuleDef_Slot], name: Name) -> Result<Wishes> {
    let mut wishes = Wishes {
        create: None,
        // Said by nobody: fine in every interpreter that shares the main one's GIL.
        multiple_interpreters: Py_MOD_MULTIPLE_INTERPRETERS_SUPPORTED,
        has_exec: false,
    };
    let (mut has_interpreters, mut has_gil) = (false, false);
    for slot in slots {
        match slot.slot {
            Py_mod_create => {
                if wishes.create.is_some() {
                    return Err(raise!(SystemError, "module {name} has multiple create slots"));
                }
                // SAFETY: what the slot is declared to hold.
                wishes.create = unsafe { std::mem::transmute::<*mut c_void, Option<_>>(slot.value) };
            }
            Py_mod_exec => wishes.has_exec = true,
            Py_mod_multiple_interpreters => {
                if has_interpreters {
                    return Err(raise!(SystemError, "module {name} has more than one 'multiple interpreters' slots"));
                }
                has_interpreters = true;
                wishes.multiple_interpreters = slot.value as usize;
            }
            Py_mod_gil => {
                if has_gil {
                    return Err(raise!(SystemError, "module {name} has more than one 'gil' slot"));
                }
                has_gil = true;
            }
            other => return Err(raise!(SystemError, "module {name} uses unknown slot ID {other}")),
        }
    }
    Ok(wishes)
}

/// The result of a `Py_mod_create` function: NULL without an exception and a value with one are the module's bugs.
fn created(result: *mut PyObject, name: Name) -> Result<Owned> {
    // SAFETY: a new reference or NULL.
    match unsafe { Owned::optional(result) } {
        None if !error::occurred() => {
            Err(raise!(SystemError, "creation of module {name} failed without setting an exception"))
        }
        // SAFETY: an exception is set: this was just looked at.
        None => Err(unsafe { error::Raised::already() }),
        Some(module) if error::occurred() => {
            drop(module);
            Err(exceptions::raise_from(
                &raw mut exceptions::SystemError,
                &format!("creation of module {name} raised unreported exception"),
            ))
        }
        Some(module) => Ok(module),
    }
}

fn imports<'a>() -> &'a ImportState {
    // SAFETY: attached; no reference outlives a use of one field.
    unsafe { &(*runtime::interp()).imports }
}

/// The full name for a module whose init function only knows its last part. Only the first module of the name gets it.
fn package_context(name: &CStr) -> Option<Owned> {
    let tstate = crate::state::thread();
    // SAFETY: attached.
    let context = unsafe { (*tstate).package_context };
    if context.is_null() {
        return None;
    }
    // SAFETY: set for as long as the init function runs.
    let full = unsafe { CStr::from_ptr(context) }.to_str().ok()?;
    let (_, last) = full.rsplit_once('.')?;
    if last.as_bytes() != name.to_bytes() {
        return None;
    }
    // SAFETY: attached.
    unsafe { (*tstate).package_context = std::ptr::null() };
    unicode::from_str(full).map_err(|_raised| error::clear()).ok()
}

/// A module's `Py_mod_multiple_interpreters` against the interpreter: `ImportError` where it can't be loaded.
fn check_multiple_interpreters(name: Name, supported: usize) -> Result<()> {
    let refused = match supported {
        Py_MOD_PER_INTERPRETER_GIL_SUPPORTED => false,
        Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED => checks_extensions(),
        // SAFETY: attached.
        _ => (unsafe { (*runtime::interp()).owns_gil }) && checks_extensions(),
    };
    if refused { Err(unsupported(name)) } else { Ok(()) }
}

/// The same for a module that is made by its init function alone.
pub fn check_single_phase(name: &str) -> Result<()> {
    if checks_extensions() { Err(unsupported(Name(name))) } else { Ok(()) }
}

/// This interpreter refuses modules that do not say they are fine in it. The main one takes all.
fn checks_extensions() -> bool {
    let interp = runtime::interp();
    if Interpreter::is_main(interp) {
        return false;
    }
    match imports().override_multi_interp_check {
        // SAFETY: attached.
        0 => unsafe { (*interp).features & process::FEATURE_CHECK_EXTENSIONS != 0 },
        n => n > 0,
    }
}

#[cold]
fn unsupported(name: Name) -> error::Raised {
    raise!(ImportError, "module {name} does not support loading in subinterpreters")
}
