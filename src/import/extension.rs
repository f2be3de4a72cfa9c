//! Making an extension module: running its init function, and what is remembered of single-phase modules.
//!
//! A multi-phase module's init function returns a definition, and each import makes a new module from it. A
//! single-phase one returns the module. What later imports get is then decided by the definition's size:
//!
//! ```text
//! m_size == -1   a copy of the dict that the module had after its first init, in a new module
//! m_size >=  0   the init function runs again
//! ```
//!
//! The cache is the process's, keyed by path and name, as its keys and definitions outlive interpreters; its lock is
//! held for look-ups only, never while an init function runs. A saved dict belongs to the interpreter that made it and
//! is given up when the main interpreter ends ([`forget_dicts`]).

use super::dynload::{self, InitName};
use super::{inittab, modules};
use crate::abi::*;
use crate::module::{self, def, index, object};
use crate::name;
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::runtime::{self, Interpreter, process};
use crate::types::{dict, exceptions, unicode};
use std::collections::HashMap;
use std::ffi::{CStr, CString};
use std::sync::Mutex;

/// What is known of a single-phase module.
#[derive(Clone, Copy)]
struct Known {
    definition: *mut PyModuleDef,
    init: PyModInitFunction,
    /// A dict that the cache owns, or NULL.
    saved: *mut PyObject,
}

// SAFETY: definitions and init functions live as long as the process; the saved dict is used by threads that hold the
// GIL that the interpreters with single-phase modules share.
unsafe impl Send for Known {}

static KNOWN: Mutex<Option<HashMap<(String, String), Known>>> = Mutex::new(None);

fn known<R>(use_it: impl FnOnce(&mut HashMap<(String, String), Known>) -> R) -> R {
    let mut guard = KNOWN.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    use_it(guard.get_or_insert_with(HashMap::new))
}

fn key(path: &Object, name: &Object) -> Result<(String, String)> {
    Ok((unicode::as_str(path)?.to_owned(), unicode::as_str(name)?.to_owned()))
}

/// `_imp.create_dynamic(spec)`: the module of an extension file, not executed if it is a multi-phase one.
pub fn create_dynamic(spec: &Object) -> Result<Owned> {
    let name = spec.getattr(name!(name))?;
    let path = spec.getattr(name!(origin))?;
    if !unicode::check(&name) {
        return Err(raise!(TypeError, "module name must be a string"));
    }
    if !unicode::check(&path) {
        return Err(raise!(TypeError, "module filename must be a string"));
    }
    if let Some(module) = reload(&path, &name)? {
        return Ok(module);
    }
    let init = InitName::of(&name)?;
    let function = dynload::init_function(&name, &init, &path)?;
    run(spec, &name, &path, &init.short, function, true)
}

/// `_imp.create_builtin(spec)`; `None` if there is no such module.
pub fn create_builtin(spec: &Object) -> Result<Option<Owned>> {
    let name = spec.getattr(name!(name))?;
    if !unicode::check(&name) {
        return Err(raise!(TypeError, "name must be string, not {}", crate::types::typeobject::tp_name(name.ty())));
    }
    if let Some(module) = reload(&name, &name)? {
        return Ok(Some(module));
    }
    let text = unicode::as_str(&name)?;
    match inittab::find(&name) {
        None => Ok(None),
        // There from the start; a second import finds it in sys.modules.
        Some(None) => modules::add(&name).map(Some),
        Some(function) => run(spec, &name, &name, text, function, false).map(Some),
    }
}

/// `_imp.exec_dynamic(module)` and `_imp.exec_builtin(module)`: runs the exec slots, unless that was done before.
pub fn exec(module: &Object) -> Result<()> {
    if !object::check(module) {
        return Ok(());
    }
    let definition = object::definition(module);
    if definition.is_null() || !object::state(module).is_null() {
        return Ok(());
    }
    // SAFETY: a module's definition lives as long as the process.
    unsafe { module::exec(module, definition) }
}

/// Runs an init function and looks at what it returned.
fn run(
    spec: &Object,
    name: &Object,
    path: &Object,
    short: &str,
    function: PyModInitFunction,
    dynamic: bool,
) -> Result<Owned> {
    let function_ptr = function.expect("an init function is never NULL");
    let full = CString::new(unicode::as_str(name)?).map_err(|_| raise!(ValueError, "embedded null character"))?;
    let outer = std::mem::replace(&mut modules::state().package_context, full.as_ptr());
    // SAFETY: the extension's own function.
    let result = unsafe { function_ptr() };
    modules::state().package_context = outer;
    drop(full);
    // SAFETY: a new reference (a borrowed one for a definition, which is immortal) or NULL.
    let Some(result) = (unsafe { Owned::optional(result) }) else {
        if error::occurred() {
            // SAFETY: just looked.
            return Err(unsafe { error::Raised::already() });
        }
        return Err(raise!(SystemError, "initialization of {short} failed without raising an exception"));
    };
    if error::occurred() {
        std::mem::forget(result);
        return Err(exceptions::raise_from(
            &raw mut exceptions::SystemError,
            &format!("initialization of {short} raised unreported exception"),
        ));
    }
    if result.ty().is_null() {
        // A definition that was returned without PyModuleDef_Init: no object, so nothing to give up.
        std::mem::forget(result);
        return Err(raise!(SystemError, "init function of {short} returned uninitialized object"));
    }
    if def::check(&result) {
        // SAFETY: the check; the definition lives as long as the process.
        return unsafe { module::from_def_and_spec(result.cast(), spec, PYTHON_API_VERSION) };
    }
    check_single_phase(unicode::as_str(name)?)?;
    if !object::check(&result) || object::definition(&result).is_null() {
        return Err(raise!(SystemError, "initialization of {short} did not return an extension module"));
    }
    if dynamic && dict::set(object::dict(&result), name!(__file__), path).is_err() {
        error::clear();
    }
    remember(path, name, &result, function)?;
    Ok(result)
}

/// Keeps what later imports of a single-phase module need, and enters it into the interpreter's tables.
pub fn remember(path: &Object, name: &Object, module: &Object, init: PyModInitFunction) -> Result<()> {
    let definition = object::definition(module);
    // SAFETY: a module's definition lives as long as the process.
    let saved = if unsafe { (*definition).m_size } == -1 {
        dict::copy(object::dict(module))?.into_raw()
    } else {
        std::ptr::null_mut()
    };
    // SAFETY: as above.
    unsafe { (*definition).m_base.m_init = init };
    let key = key(path, name)?;
    let old = known(|map| map.insert(key, Known { definition, init, saved }));
    // SAFETY: the cache owned it.
    drop(old.and_then(|old| unsafe { Owned::optional(old.saved) }));
    // SAFETY: as above.
    unsafe { index::set(module, definition)? };
    modules::set(name, module)
}

/// A single-phase module that was loaded before: made again by its rule. `None` if it was not.
pub fn reload(path: &Object, name: &Object) -> Result<Option<Owned>> {
    let key = key(path, name)?;
    let Some(found) = known(|map| map.get(&key).copied()) else { return Ok(None) };
    check_single_phase(unicode::as_str(name)?)?;
    let module = if !found.saved.is_null() {
        let module = modules::add(name)?;
        // SAFETY: the cache keeps the saved dict alive while the GIL is held.
        dict::merge(object::dict(&module), unsafe { Object::from_ptr(found.saved) }, true)?;
        module
    } else {
        let Some(init) = found.init else { return Ok(None) };
        // SAFETY: the extension's own function.
        let module = unsafe { Owned::from_c(init()) }?;
        if object::check(&module) {
            modules::set(name, &module)?;
        }
        module
    };
    // SAFETY: the definition lives as long as the process.
    unsafe { index::set(&module, found.definition)? };
    Ok(Some(module))
}

/// Gives up the saved dicts, at the end of the main interpreter: the next one runs the init functions again.
pub fn forget_dicts() {
    let all = known(std::mem::take);
    for entry in all.into_values() {
        // SAFETY: the cache owned it.
        drop(unsafe { Owned::optional(entry.saved) });
    }
}

/// The full name for a module whose init function only knows its last part.
pub fn package_context(name: &CStr) -> Option<Owned> {
    let context = modules::state().package_context;
    if context.is_null() {
        return None;
    }
    // SAFETY: set for as long as the init function runs.
    let full = unsafe { CStr::from_ptr(context) }.to_str().ok()?;
    let (_, last) = full.rsplit_once('.')?;
    if last.as_bytes() != name.to_bytes() {
        return None;
    }
    unicode::from_str(full).map_err(|_raised| error::clear()).ok()
}

/// A module's `Py_mod_multiple_interpreters` against the interpreter: `ImportError` where it can't be loaded.
pub fn check_multiple_interpreters(name: &str, supported: usize) -> Result<()> {
    let refused = match supported {
        Py_MOD_PER_INTERPRETER_GIL_SUPPORTED => false,
        Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED => checks_extensions(),
        // SAFETY: attached.
        _ => (unsafe { (*runtime::interp()).owns_gil }) && checks_extensions(),
    };
    if refused { Err(unsupported(name)) } else { Ok(()) }
}

fn check_single_phase(name: &str) -> Result<()> {
    if checks_extensions() { Err(unsupported(name)) } else { Ok(()) }
}

/// This interpreter refuses modules that do not say they are fine in it. The main one takes all.
fn checks_extensions() -> bool {
    let interp = runtime::interp();
    if Interpreter::is_main(interp) {
        return false;
    }
    match modules::state().override_multi_interp_check {
        // SAFETY: attached.
        0 => unsafe { (*interp).features & process::FEATURE_CHECK_EXTENSIONS != 0 },
        n => n > 0,
    }
}

#[cold]
fn unsupported(name: &str) -> error::Raised {
    raise!(ImportError, "module {name} does not support loading in subinterpreters")
}
