//! Who finds a module: the finders of `sys.meta_path` first, then builtin modules, then files along the path.
//!
//! CPython's own finders stand in `sys.meta_path` themselves. The two here are no objects: they come after all that a
//! program put there, so a fresh `sys.meta_path` is empty.

use super::find::{self, Found};
use super::{inittab, lock, modules, spec};
use crate::name;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::runtime;
use crate::types::{exceptions, list, none, tuple, unicode};

/// What loads the module of a spec.
#[derive(Clone, Copy, PartialEq)]
pub enum Loader {
    Builtin,
    Extension,
    /// A folder that is a package, with nothing to run.
    Folder,
    /// The object that a finder put into the spec.
    Foreign,
}

/// The spec of the module `name` (`_find_spec` of importlib). `path`: its package's `__path__`; `target`: the module
/// that is loaded again.
pub fn find_spec(name: &Object, path: Option<&Object>, target: Option<&Object>) -> Result<Option<(Owned, Loader)>> {
    if let Some(spec) = ask_meta_path(name, path, target)? {
        return Ok(Some((spec, Loader::Foreign)));
    }
    if path.is_none() && inittab::find(name).is_some() {
        let origin = unicode::from_str("built-in")?;
        let spec = spec::new(name, none::none_ref(), Some(&origin), false)?;
        return Ok(Some((spec, Loader::Builtin)));
    }
    let text = unicode::as_str(name)?;
    let last = text.rsplit('.').next().unwrap_or(text);
    let sys_path;
    let path = match path {
        Some(path) => path,
        None => match runtime::sys_attribute(name!(path))? {
            Some(found) => {
                sys_path = found;
                &sys_path
            }
            None => return Ok(None),
        },
    };
    let (origin, folder) = match find::find(last, path)? {
        None => return Ok(None),
        Some(Found::Extension { file, package }) => (Some(unicode::from_str(&file)?), package),
        Some(Found::Folder(folder)) => (None, Some(folder)),
    };
    let spec = spec::new(name, none::none_ref(), origin.as_deref(), origin.is_some())?;
    if let Some(folder) = folder {
        let locations = list::from_owned(vec![unicode::from_str(&folder)?])?;
        spec.setattr(name!(submodule_search_locations), &locations)?;
    }
    Ok(Some((spec, if origin.is_some() { Loader::Extension } else { Loader::Folder })))
}

fn ask_meta_path(name: &Object, path: Option<&Object>, target: Option<&Object>) -> Result<Option<Owned>> {
    let Some(finders) = runtime::sys_attribute(name!(meta_path))? else {
        return Err(raise!(AttributeError, "module 'sys' has no attribute 'meta_path'"));
    };
    if finders.is_none() {
        return Err(raise!(ImportError, "sys.meta_path is None, Python is likely shutting down"));
    }
    if list::check(&finders) && list::len(&finders) == 0 {
        return Ok(None);
    }
    // A finder may change the list.
    let finders = crate::object::sequence::tuple(&finders)?;
    let was_there = modules::get(name)?.is_some();
    let none = none::none_ref();
    for finder in tuple::items(&finders) {
        let held = lock::Guard::new();
        let Some(find_spec) = finder.getattr_optional(name!(find_spec))? else { continue };
        let spec = find_spec.call(&[name, path.unwrap_or(none), target.unwrap_or(none)])?;
        drop(held);
        if spec.is_none() {
            continue;
        }
        // The finder may have imported the module itself.
        if !was_there && let Some(module) = modules::get(name)? {
            let own = module.getattr_optional(name!(__spec__))?.filter(|own| !own.is_none());
            return Ok(Some(own.unwrap_or(spec)));
        }
        return Ok(Some(spec));
    }
    Ok(None)
}

/// `PyImport_GetImporter`: the finder of a path entry, from `sys.path_importer_cache`, else from the first of
/// `sys.path_hooks` that takes it; `None` if none does.
pub fn importer(entry: &Object) -> Result<Owned> {
    let Some(cache) = runtime::sys_attribute(&*unicode::intern_str("path_importer_cache")?)? else {
        return Err(raise!(RuntimeError, "lost sys.path_importer_cache"));
    };
    let Some(hooks) = runtime::sys_attribute(&*unicode::intern_str("path_hooks")?)? else {
        return Err(raise!(RuntimeError, "lost sys.path_hooks"));
    };
    if !list::check(&hooks) {
        return Err(raise!(RuntimeError, "sys.path_hooks is not a list"));
    }
    if !crate::types::dict::check(&cache) {
        return Err(raise!(RuntimeError, "sys.path_importer_cache is not a dict"));
    }
    if let Some(known) = crate::types::dict::get(&cache, entry)? {
        return Ok(known);
    }
    // Asked for again meanwhile, it has no finder.
    crate::types::dict::set(&cache, entry, none::none_ref())?;
    let mut i = 0;
    while let Some(hook) = list::get(&hooks, i) {
        match hook.call(&[entry]) {
            Ok(importer) => {
                crate::types::dict::set(&cache, entry, &importer)?;
                return Ok(importer);
            }
            Err(raised) => crate::object::error::ignore(raised, &raw mut exceptions::ImportError)?,
        }
        i += 1;
    }
    Ok(none::none())
}
