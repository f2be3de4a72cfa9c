//! The modules that every interpreter begins with: `sys.modules`, `sys`, `builtins`, `__main__`.

use super::config::wide;
use crate::abi::*;
use crate::builtins;
use crate::import::{modules, spec};
use crate::module::object::dict as dict_of;
use crate::name;
use crate::object::{Object, Owned, Result};
use crate::runtime::Interpreter;
use crate::types::{dict, none, unicode};

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
        (*interp).sysdict_copy = dict::copy(dict_of(&sys))?.into_raw();
        (*interp).builtins_copy = dict::copy(dict_of(&bltin))?.into_raw();
        let main = modules::add(&*unicode::from_str("__main__")?)?;
        dict::set(dict_of(&main), name!(__builtins__), &bltin)
    }
}

fn keep(o: &Object) -> *mut PyObject {
    Owned::into_raw(o.to_owned())
}

/// Enters a builtin module with the spec that an import would have given it.
fn enter(name: &str, module: &Object) -> Result<()> {
    let name = unicode::from_str(name)?;
    let origin = unicode::from_str("built-in")?;
    let spec = spec::new(&name, none::none_ref(), Some(&origin), false)?;
    dict::set(dict_of(module), name!(__spec__), &spec)?;
    modules::set(&name, module)
}

/// The folders that imports search.
///
/// # Safety
/// `interp` is alive, its configuration read.
pub unsafe fn search_path(interp: *mut Interpreter) -> Vec<String> {
    // SAFETY: the caller's word.
    let items = unsafe { wide::items(&raw mut (*interp).config.module_search_paths) };
    items.iter().map(|path| String::from_utf8_lossy(&wide::encode(path)).into_owned()).collect()
}
