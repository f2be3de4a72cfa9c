//! `sys.modules`: the dict that an interpreter's imports look into first.

use super::paths;
use crate::abi::c_int;
use crate::module;
use crate::name;
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::runtime::{self, imports::ImportState};
use crate::types::{dict, list, unicode};
use std::ffi::CStr;

/// The interpreter's import state.
pub fn state<'a>() -> &'a mut ImportState {
    // SAFETY: attached: this thread alone is in the interpreter, and no reference outlives a use of one field.
    unsafe { &mut (*runtime::interp()).imports }
}

/// The dict itself (`PyImport_GetModuleDict`); there is one from the interpreter's start to its end.
pub fn modules<'a>() -> Result<&'a Object> {
    // SAFETY: attached; the interpreter keeps the dict until it ends.
    unsafe { Object::optional((*runtime::interp()).modules) }
        .ok_or_else(|| raise!(RuntimeError, "unable to get sys.modules"))
}

/// The module `name` if it is there (`PyImport_GetModule`). `sys.modules` may have been replaced by another mapping.
pub fn get(name: &Object) -> Result<Option<Owned>> {
    let modules = modules()?;
    if dict::check(modules) {
        return dict::get(modules, name);
    }
    crate::object::mapping::get_optional(modules, name)
}

/// What stands in `sys.modules` as the program left it: the finding and loading of modules works with that, as
/// importlib does, while the interpreter looks into the dict that it began with.
fn of_sys() -> Result<Owned> {
    paths::of_sys(name!(modules))
}

/// `sys.modules.get(name)`
pub fn find(name: &Object) -> Result<Option<Owned>> {
    let all = of_sys()?;
    if dict::check_exact(&all) {
        return dict::get(&all, name);
    }
    let missing = list::new()?;
    let found = all.call_method(name!(get), &[name, &missing])?;
    Ok(Some(found).filter(|found| !found.is(&missing)))
}

/// `sys.modules[name] = module`
pub fn enter(name: &Object, module: &Object) -> Result<()> {
    of_sys()?.setitem(name, module)
}

/// `sys.modules.pop(name)`
pub fn leave(name: &Object) -> Result<Owned> {
    let all = of_sys()?;
    if dict::check_exact(&all) {
        return dict::pop(&all, name)?.ok_or_else(|| dict::key_error(name));
    }
    all.call_method(name!(pop), &[name])
}

/// Puts `module` under `name` (`_PyImport_SetModule`).
pub fn set(name: &Object, module: &Object) -> Result<()> {
    modules()?.setitem(name, module)
}

/// Takes `name` away, if it is there.
pub fn remove(name: &Object) -> Result<()> {
    dict::pop(modules()?, name).map(drop)
}

/// The module `name`, made empty if it was not there (`PyImport_AddModuleRef`). New reference.
pub fn add(name: &Object) -> Result<Owned> {
    if let Some(found) = get(name)?
        && module::check(&found)
    {
        return Ok(found);
    }
    let module = module::new(name)?;
    set(name, &module)?;
    Ok(module)
}

/// As [`add`], with the name in UTF-8.
pub fn add_str(name: &CStr) -> Result<Owned> {
    add(&*unicode::from_utf8(name.to_bytes())?)
}

/// A module would be made by executing code (`PyImport_ExecCodeModule` and its kin), which needs an evaluator. As after
/// any code that fails, `name` is no module then.
pub fn execute(name: &Object, function: &str) -> Result<Owned> {
    if get(name)?.is_some() {
        remove(name)?;
    }
    Err(error::no_evaluator(function))
}

/// The flags that extension files are opened with.
pub fn dlopen_flags() -> c_int {
    match state().dlopen_flags {
        0 => libc::RTLD_NOW,
        flags => flags,
    }
}
