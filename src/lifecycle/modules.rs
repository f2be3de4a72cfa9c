//! The modules that every interpreter begins with: `sys.modules`, `sys`, `builtins`, `__main__`.

use super::config::wide;
use crate::abi::*;
use crate::builtins;
use crate::collect;
use crate::import::classes::Class;
use crate::import::extension;
use crate::import::modules;
use crate::module::object;
use crate::module::object::dict as dict_of;
use crate::name;
use crate::object::{Object, Owned, Result, error};
use crate::runtime::{Interpreter, find_sys_attribute, sys, unraisable};
use crate::state::GENERATIONS;
use crate::types::weakref;
use crate::types::{dict, none, stdprinter, unicode};

/// Makes them in a new interpreter, to which this thread is attached.
///
/// # Safety
/// `interp` is new.
pub unsafe fn start(interp: *mut Interpreter, path: Vec<String>) -> Result<()> {
    let table = dict::new()?;
    // SAFETY: new; from here on the interpreter owns these references.
    unsafe {
        (*interp).modules = table.into_raw();
        let sys = builtins::create_sys(path)?;
        (*interp).sysdict = keep(dict_of(&sys));
        enter("sys", &sys)?;
        let bltin = builtins::create_builtins()?;
        (*interp).builtins = keep(dict_of(&bltin));
        enter("builtins", &bltin)?;
        if let Some(import) = dict::get(dict_of(&bltin), name!(__import__))? {
            (*interp).import_func = import.into_raw();
        }
        (*interp).builtins_copy = dict::copy(dict_of(&bltin))?.into_raw();
        let main = modules::add(&*unicode::from_str("__main__")?)?;
        dict::set(dict_of(&main), name!(__builtins__), &bltin)?;
        dict::set(dict_of(&main), name!(__loader__), Class::BuiltinImporter.get()?)
    }
}

fn keep(o: &Object) -> *mut PyObject {
    Owned::into_raw(o.to_owned())
}

fn enter(name: &str, module: &Object) -> Result<()> {
    modules::set(&*unicode::from_str(name)?, module)
}

/// The folders that imports search.
///
/// # Safety
/// `interp` is alive, its configuration read.
pub unsafe fn search_path(interp: *mut Interpreter) -> Vec<String> {
    // SAFETY: the caller's word.
    let items = unsafe { wide::items(&raw mut (*interp).config.module_search_paths) };
    items.iter().map(|path| String::from_utf8_lossy(&wide::pack(path)).into_owned()).collect()
}

/// Imports `warnings`, if it can be: it reads the options for warnings.
pub fn import_warnings() -> Result<()> {
    match crate::import::import_checked(&*unicode::from_str("warnings")?) {
        Ok(_) => Ok(()),
        Err(raised) => error::ignore(raised, &raw mut crate::types::exceptions::ImportError),
    }
}

/// Takes the modules away when the interpreter ends, in CPython's order: `sys` lets go of what others left in it; each
/// name in `sys.modules` becomes `None`, and the modules go that nobody else holds; `builtins` gets back what it began
/// with; those that are held are emptied, the newest first, then `sys` and `builtins`; modules of a single phase are
/// held until then. What destructors raise is reported and forgotten.
///
/// # Safety
/// This thread is attached to `interp` and ends it.
pub unsafe fn end(interp: *mut Interpreter) {
    // SAFETY: the caller's word; the fields hold references of the interpreter's.
    unsafe {
        let Some(table) = Object::optional((*interp).modules).map(Object::to_owned) else {
            return;
        };
        let sys_dict = Object::optional((*interp).sysdict).map(Object::to_owned);
        let bltin = Object::optional((*interp).builtins).map(Object::to_owned);
        let says = sys::verbosity() > 0;
        if let Some(sys) = &sys_dict {
            forget(builtins::finish_sys_hooks(sys));
        }
        if says {
            sys::say("# clear builtins._\n");
        }
        if let Some(bltin) = &bltin {
            forget(dict::set_str(bltin, "_", none::none_ref()));
        }
        if let Some(sys) = &sys_dict {
            forget(builtins::finish_sys(sys));
        }

        let held = take_out(&table);
        drop(table);
        if let (Some(bltin), Some(first)) = (&bltin, Object::optional((*interp).builtins_copy)) {
            forget(begin_again(bltin, &first.to_owned()));
        }
        collect::collect(GENERATIONS - 1, collect::Reason::Shutdown);

        for (name, reference) in held.iter().rev() {
            let Some(module) = weakref::get(reference) else { continue };
            let is_kept = |dict: &Option<Owned>| dict.as_ref().is_some_and(|dict| dict_of(&module).is(dict));
            if !is_kept(&sys_dict) && !is_kept(&bltin) {
                say("wiping", 3, name);
                object::clear_dict(&module);
            }
        }
        drop(held);
        (*interp).imports.taken_apart = true;
        for (name, dict) in [("sys", sys_dict), ("builtins", bltin)] {
            let Some(dict) = dict else { continue };
            if says {
                sys::say(&format!("# cleanup[3] wiping {name}\n"));
            }
            object::clear_names(&dict);
        }
        Interpreter::clear_field(&raw mut (*interp).modules_by_index);
        if says {
            sys::say("# clear sys.meta_path\n# clear sys.modules\n");
        }
        Interpreter::clear_field(&raw mut (*interp).modules);
        if Interpreter::is_main(interp) {
            extension::forget_dicts();
        }
        collect::collect(GENERATIONS - 1, collect::Reason::Shutdown);
        error::clear();
    }
}

/// Takes the modules out of `sys.modules`. Those that somebody holds can be reached through the weak references.
fn take_out(table: &Object) -> Vec<(Owned, Owned)> {
    let mut held = Vec::new();
    if !dict::check(table) {
        return held;
    }
    for (name, module) in dict::entries(table).collect::<Vec<_>>() {
        // What is no module goes with the table.
        if object::check(&module) {
            say("removing", 2, &name);
            if let Ok(reference) = weakref::new_ref(&module, None) {
                held.push((name.clone(), reference));
            }
            error::clear();
            forget(dict::set(table, &name, none::none_ref()));
        }
    }
    dict::clear(table);
    held
}

/// What `-v` says of a module that goes.
fn say(what: &str, step: u8, name: &Object) {
    if sys::verbosity() > 0
        && let Ok(name) = unicode::as_str(name)
    {
        sys::say(&format!("# cleanup[{step}] {what} {name}\n"));
    }
}

/// Makes a dict equal to what it was `first`. What it held until now goes last. There is nothing to do where all is as it
/// was, but for names that are `None`.
fn begin_again(dict: &Object, first: &Object) -> Result<()> {
    let (mut at, mut at_first) = (0, 0);
    let same = std::iter::from_fn(|| dict::next(dict, &mut at)).all(|(name, value)| {
        let before = dict::next(first, &mut at_first);
        before.map_or(value.is_none(), |(first_name, first)| name.is(first_name) && value.is(first))
    });
    if same && dict::next(first, &mut at_first).is_none() {
        return Ok(());
    }
    let _until_the_end = dict::copy(dict)?;
    dict::clear(dict);
    dict::merge(dict, first, true)
}

fn forget(result: Result<()>) {
    if result.is_err() {
        error::clear();
    }
}

/// Flushes `sys.stdout` and `sys.stderr`; false if what was printed is lost.
pub fn flush() -> bool {
    let mut good = true;
    for name in ["stdout", "stderr"] {
        let Some(file) = find_sys_attribute(name) else { continue };
        // What is there from the start keeps nothing back; `None` is there once `sys` was emptied.
        if stdprinter::check_exact(&file) || file.is_none() {
            continue;
        }
        let closed = match file.getattr_optional(name!(closed)) {
            Ok(Some(closed)) => closed.is_true().unwrap_or(true),
            _ => false,
        };
        error::clear();
        if closed {
            continue;
        }
        if file.call_method(name!(flush), &[]).is_err() {
            if name == "stdout" {
                unraisable::report("Exception ignored while flushing sys.stdout");
            }
            error::clear();
            good = false;
        }
    }
    good
}
