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
use crate::module::{self, create, def, index, object};
use crate::name;
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::runtime::{self, Interpreter, audit, fileutils, process, thread};
use crate::types::{dict, exceptions, none, tuple, unicode};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::ffi::{CStr, CString};

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
    let mut guard = KNOWN.lock();
    use_it(guard.get_or_insert_with(HashMap::new))
}

fn key(path: &Object, name: &Object) -> Result<(String, String)> {
    Ok((unicode::as_str(path)?.to_owned(), unicode::as_str(name)?.to_owned()))
}

/// `_imp.create_dynamic(spec)`: the module of an extension file, not executed if it is a multi-phase one.
///
/// `file`, if it is given, is opened first: what can't be opened is an error of the system.
pub fn create_dynamic(spec: &Object, file: Option<&Object>) -> Result<Owned> {
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
    let none = none::none_ref();
    audit::audit_with(c"import", || tuple::from_slice(&[&*name, &*path, none, none, none]))?;
    if file.is_some() {
        let opened = fileutils::fopen(&path, c"r")?;
        // SAFETY: open, and closed once.
        unsafe { libc::fclose(opened) };
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
        Some(None) => from_the_start(&name, text).map(Some),
        Some(function) => run(spec, &name, &name, text, function, false).map(Some),
    }
}

/// `sys` and `builtins`, which are there from the start: what the module had before it was filled in is put into the
/// one in `sys.modules`, or into a new one. For interpreters that check, they are single-phase modules.
fn from_the_start(name: &Object, text: &str) -> Result<Owned> {
    create::check_single_phase(text)?;
    let module = modules::add(name)?;
    // SAFETY: attached; the interpreter keeps its copies.
    let saved = unsafe {
        let interp = runtime::interp();
        Object::optional(if text == "sys" { (*interp).sysdict_copy } else { (*interp).builtins_copy })
    };
    if let Some(saved) = saved {
        dict::merge(object::dict(&module), saved, true)?;
    }
    for later in [name!(__spec__), name!(__loader__), name!(__package__)] {
        dict::set(object::dict(&module), later, none::none_ref())?;
    }
    Ok(module)
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

/// What an init function returned.
enum Made {
    Definition(*mut PyModuleDef),
    Module(Owned),
}

/// What is wrong with an init function.
enum Fault {
    Raised(error::Raised),
    Silent,
    /// It returned something with an exception set.
    Unreported,
    Uninitialized,
    NoModule,
}

impl Fault {
    #[cold]
    fn raise(self, short: &str) -> error::Raised {
        match self {
            Fault::Raised(raised) => raised,
            Fault::Silent => raise!(SystemError, "initialization of {short} failed without raising an exception"),
            Fault::Unreported => exceptions::raise_from(
                &raw mut exceptions::SystemError,
                &format!("initialization of {short} raised unreported exception"),
            ),
            Fault::Uninitialized => raise!(SystemError, "init function of {short} returned uninitialized object"),
            Fault::NoModule => raise!(SystemError, "initialization of {short} did not return an extension module"),
        }
    }
}

/// Calls an init function and looks at what it returned. `full`: the name of the module in a file, which may be in a
/// package. CPython tells none to a builtin module.
fn call(full: Option<&CStr>, function: unsafe extern "C" fn() -> *mut PyObject) -> std::result::Result<Made, Fault> {
    let tstate = crate::state::thread();
    let context = full.map_or(std::ptr::null(), CStr::as_ptr);
    // SAFETY: attached; the function is the extension's own. The thread comes back with the state it left with.
    let result = unsafe {
        let outer = std::mem::replace(&mut (*tstate).package_context, context);
        let result = function();
        (*tstate).package_context = outer;
        result
    };
    // SAFETY: a new reference (a borrowed one for a definition, which is immortal) or NULL.
    let Some(result) = (unsafe { Owned::optional(result) }) else {
        if error::occurred() {
            // SAFETY: an exception is set: this was just looked at.
            return Err(Fault::Raised(unsafe { error::Raised::already() }));
        }
        return Err(Fault::Silent);
    };
    if error::occurred() {
        std::mem::forget(result);
        return Err(Fault::Unreported);
    }
    if result.ty().is_null() {
        // A definition that was returned without PyModuleDef_Init: no object, so nothing to give up.
        std::mem::forget(result);
        return Err(Fault::Uninitialized);
    }
    if def::check(&result) {
        return Ok(Made::Definition(result.into_raw().cast()));
    }
    if !object::check(&result) || object::definition(&result).is_null() {
        return Err(Fault::NoModule);
    }
    Ok(Made::Module(result))
}

/// A visit to the main interpreter: what a single-phase module makes must outlive the interpreter that asked first.
struct InMain {
    back: *mut crate::state::ThreadState,
    here: *mut crate::state::ThreadState,
}

impl InMain {
    /// Nothing in the main interpreter itself.
    fn enter() -> Option<InMain> {
        if Interpreter::is_main(runtime::interp()) {
            return None;
        }
        // SAFETY: attached; the main interpreter outlives all others, and the new state is this thread's.
        unsafe {
            let here = thread::new(process::main(), _PyThreadState_WHENCE_EXEC);
            Some(InMain { back: thread::swap(here), here })
        }
    }

    fn leave(self) {
        // SAFETY: both are this thread's; the one to be deleted is cleared while it is attached.
        unsafe {
            thread::clear(self.here);
            thread::swap(self.back);
            thread::delete(self.here);
        }
    }
}

/// Runs an init function, for a single-phase module in the main interpreter, and makes the module for this one.
fn run(
    spec: &Object,
    name: &Object,
    path: &Object,
    short: &str,
    function: PyModInitFunction,
    dynamic: bool,
) -> Result<Owned> {
    let init = function.expect("an init function is never NULL");
    let text = unicode::as_str(name)?;
    let full = CString::new(text).map_err(|_| raise!(ValueError, "embedded null character"))?;
    let key = key(path, name)?;
    let away = InMain::enter();
    let mut made = call(dynamic.then_some(&*full), init);
    if let Ok(Made::Module(module)) = &made {
        let finished = unicode::from_str(&key.0).and_then(|file| {
            if dynamic && dict::set(object::dict(module), name!(__file__), &file).is_err() {
                error::clear();
            }
            cache(key, module, function)
        });
        if let Err(raised) = finished {
            made = Err(Fault::Raised(raised));
        }
    }
    let Some(away) = away else {
        return match made.map_err(|fault| fault.raise(short))? {
            // SAFETY: the definition lives as long as the process.
            Made::Definition(definition) => unsafe { module::from_def_and_spec(definition, spec, PYTHON_API_VERSION) },
            Made::Module(module) => {
                // SAFETY: the definition lives as long as the process.
                unsafe { index::set(&module, object::definition(&module))? };
                modules::set(name, &module)?;
                Ok(module)
            }
        };
    };
    // Objects stay in their interpreter: the module is made again there, and an exception is told and replaced.
    let made = match made {
        Ok(Made::Definition(definition)) => Ok(Some(definition)),
        Ok(Made::Module(module)) => {
            drop(module);
            Ok(None)
        }
        Err(fault) => {
            let raised = fault.raise(short);
            runtime::unraisable::unraisable(
                unicode::from_str("Exception while importing from subinterpreter").ok(),
                None,
            );
            Err(raised)
        }
    };
    away.leave();
    match made {
        // SAFETY: the definition lives as long as the process.
        Ok(Some(definition)) => unsafe { module::from_def_and_spec(definition, spec, PYTHON_API_VERSION) },
        Ok(None) => match reload(path, name)? {
            Some(module) => Ok(module),
            None => Err(Fault::NoModule.raise(short)),
        },
        Err(_) => Err(raise!(ImportError, "failed to import from subinterpreter due to exception")),
    }
}

/// Keeps what later imports of a single-phase module need. In the main interpreter.
fn cache(key: (String, String), module: &Object, init: PyModInitFunction) -> Result<()> {
    let definition = object::definition(module);
    // SAFETY: a module's definition lives as long as the process.
    let saved = if unsafe { (*definition).m_size } == -1 {
        dict::copy(object::dict(module))?.into_raw()
    } else {
        std::ptr::null_mut()
    };
    // SAFETY: a module's definition lives as long as the process.
    unsafe { (*definition).m_base.m_init = init };
    let old = known(|map| map.insert(key, Known { definition, init, saved }));
    // SAFETY: the cache owned it.
    drop(old.and_then(|old| unsafe { Owned::optional(old.saved) }));
    Ok(())
}

/// Keeps a single-phase module that a program made by itself, and enters it into the interpreter's tables.
pub fn remember(path: &Object, name: &Object, module: &Object, init: PyModInitFunction) -> Result<()> {
    cache(key(path, name)?, module, init)?;
    // SAFETY: a module's definition lives as long as the process.
    unsafe { index::set(module, object::definition(module))? };
    modules::set(name, module)
}

/// A single-phase module that was loaded before: made again by its rule. `None` if it was not.
pub fn reload(path: &Object, name: &Object) -> Result<Option<Owned>> {
    let key = key(path, name)?;
    let Some(found) = known(|map| map.get(&key).copied()) else { return Ok(None) };
    create::check_single_phase(unicode::as_str(name)?)?;
    let module = if !found.saved.is_null() {
        let module = modules::add(name)?;
        // SAFETY: the cache keeps the saved dict alive while the GIL is held.
        dict::merge(object::dict(&module), unsafe { Object::from_ptr(found.saved) }, true)?;
        module
    } else {
        let Some(init) = found.init else { return Ok(None) };
        let short = unicode::as_str(name)?.rsplit('.').next().unwrap_or("");
        let full = CString::new(unicode::as_str(name)?).map_err(|_| raise!(ValueError, "embedded null character"))?;
        let module = match call((!path.is(name)).then_some(&*full), init).map_err(|fault| fault.raise(short))? {
            Made::Module(module) => module,
            Made::Definition(_) => return Err(Fault::NoModule.raise(short)),
        };
        // A builtin module has its name for a path.
        if !path.is(name) && dict::set(object::dict(&module), name!(__file__), path).is_err() {
            error::clear();
        }
        modules::set(name, &module)?;
        module
    };
    // SAFETY: the definition lives as long as the process.
    unsafe { index::set(&module, found.definition)? };
    Ok(Some(module))
}

/// Forgets a single-phase module: the next import runs its init function again, and its definition begins anew. Nothing
/// if it is not known. `TypeError` if the names are no strs.
pub fn forget(path: &Object, name: &Object) -> Result<()> {
    if !unicode::check(path) || !unicode::check(name) {
        return Err(error::bad_argument());
    }
    let key = key(path, name)?;
    let Some(found) = known(|map| map.remove(&key)) else { return Ok(()) };
    // SAFETY: the definition lives as long as the process; the cache owned the dict.
    unsafe {
        index::forget(found.definition)?;
        (*found.definition).m_base.m_init = None;
        (*found.definition).m_base.m_index = 0;
        drop(Owned::optional(found.saved));
    }
    Ok(())
}

/// Gives up the saved dicts, at the end of the main interpreter: the next one runs the init functions again.
pub fn forget_dicts() {
    let all = KNOWN.lock().take();
    for entry in all.into_iter().flat_map(HashMap::into_values) {
        // SAFETY: the cache owned it.
        drop(unsafe { Owned::optional(entry.saved) });
    }
}
