//! Who finds a module: the finders of `sys.meta_path`, in their order. Those that stand there from the start are called
//! without going through their attributes, unless a program changed these.

use super::classes::Class;
use super::{importers, lock, modules, path_finder, paths};
use crate::name;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::{exceptions, none, tuple};

/// The spec of the module `name` (`_find_spec` of importlib). `path`: its package's `__path__`; `target`: the module
/// that is loaded again.
pub fn find_spec(name: &Object, path: Option<&Object>, target: Option<&Object>) -> Result<Option<Owned>> {
    let finders = paths::of_sys(name!(meta_path))?;
    if finders.is_none() {
        return Err(raise!(ImportError, "sys.meta_path is None, Python is likely shutting down"));
    }
    // A finder may change the list.
    let finders = crate::object::sequence::tuple(&finders)?;
    if tuple::len(&finders) == 0 {
        exceptions::warn(&raw mut exceptions::ImportWarning, 1, "sys.meta_path is empty")?;
    }
    let was_there = modules::find(name)?.is_some();
    for finder in tuple::items(&finders) {
        let Some(spec) = ask(finder, name, path, target)? else { continue };
        // The finder may have imported the module itself.
        if !was_there && let Some(module) = modules::find(name)? {
            let own = module.getattr_optional(name!(__spec__))?.filter(|own| !own.is_none());
            return Ok(Some(own.unwrap_or(spec)));
        }
        return Ok(Some(spec));
    }
    Ok(None)
}

fn ask(finder: &Object, name: &Object, path: Option<&Object>, target: Option<&Object>) -> Result<Option<Owned>> {
    let _held = lock::Guard::new();
    if Class::BuiltinImporter.is(finder) {
        return importers::builtin_spec(finder, name);
    }
    if Class::FrozenImporter.is(finder) {
        return importers::frozen_spec(finder, name);
    }
    if Class::PathFinder.is(finder) {
        return path_finder::find(finder, name, path.filter(|path| !path.is_none()), target);
    }
    let none = none::none_ref();
    let Some(find_spec) = finder.getattr_optional(name!(find_spec))? else { return Ok(None) };
    let spec = find_spec.call(&[name, path.unwrap_or(none), target.unwrap_or(none)])?;
    Ok(Some(spec).filter(|spec| !spec.is_none()))
}
