//! Importing: from `sys.modules`, or found, created, entered into `sys.modules` and executed.

use super::dynload::import_error;
use super::find::{self, Found};
use super::{extension, inittab, lock, modlock, modules, resolve, spec};
use crate::name;
use crate::object::{Object, Owned, Raised, Result, error};
use crate::raise;
use crate::runtime;
use crate::types::{exceptions, list, long, none, tuple, unicode};

/// The module `name` itself, whose parents are imported first (`PyImport_ImportModule`). New reference.
pub fn import(name: &Object) -> Result<Owned> {
    if let Some(module) = ready(name)? {
        // Another thread may still be loading it.
        if spec::is_initializing(&module)? {
            modlock::wait_until_loaded(name)?;
            return ready(name)?.map_or_else(|| import(name), Ok);
        }
        return Ok(module);
    }
    // Without a lock there would be a deadlock; what the other threads load is then taken as it is.
    let held = modlock::acquire(name)?;
    let module = match ready(name)? {
        Some(module) => module,
        None => find_and_load(name)?,
    };
    drop(held);
    Ok(module)
}

/// `PyImport_ImportModuleLevelObject`: what an import statement gets. Without `fromlist` that is the top package.
pub fn import_level(name: &Object, globals: Option<&Object>, fromlist: Option<&Object>, level: i32) -> Result<Owned> {
    if !unicode::check(name) {
        return Err(raise!(TypeError, "module name must be a string"));
    }
    if level < 0 {
        return Err(raise!(ValueError, "level must be >= 0"));
    }
    let absolute = if level > 0 {
        resolve::absolute(name, globals, level)?
    } else {
        if unicode::as_str(name)?.is_empty() {
            return Err(raise!(ValueError, "Empty module name"));
        }
        name.to_owned()
    };
    let module = import(&absolute)?;
    let names = match fromlist {
        Some(names) if !names.is_none() && names.is_true()? => names,
        _ => return top_package(name, &absolute, &module, level),
    };
    if module.getattr_optional(name!(__path__))?.is_some() {
        import_names(&module, names, false)?;
    }
    Ok(module)
}

/// What `import a.b.c` binds: `a`; for a relative one as much of the absolute name as stands before the dots of `name`.
fn top_package(name: &Object, absolute: &Object, module: &Object, level: i32) -> Result<Owned> {
    let text = unicode::as_str(name)?;
    let Some((front, _)) = text.split_once('.') else {
        return if level == 0 || !text.is_empty() { Ok(module.to_owned()) } else { Ok(module.to_owned()) };
    };
    if level == 0 {
        return import(&*unicode::from_str(front)?);
    }
    let absolute = unicode::as_str(absolute)?;
    let cut = &absolute[..absolute.len() - (text.len() - front.len())];
    match modules::get(&*unicode::from_str(cut)?)? {
        Some(module) => Ok(module),
        None => Err(raise!(KeyError, "'{cut}' not in sys.modules as expected")),
    }
}

/// `from package import names`: names that are no attributes may be submodules. `*` means `__all__`.
fn import_names(package: &Object, names: &Object, from_all: bool) -> Result<()> {
    let iter = names.iter()?;
    while let Some(item) = iter.next()? {
        if !unicode::check(&item) {
            let place = match from_all {
                true => format!("{}.__all__", unicode::as_str(&*package.getattr(name!(__name__))?)?),
                false => "``from list''".to_owned(),
            };
            let got = crate::types::typeobject::tp_name(item.ty());
            return Err(raise!(TypeError, "Item in {place} must be str, not {got}"));
        }
        if unicode::equal_str(&item, "*") {
            if !from_all && let Some(all) = package.getattr_optional(name!(__all__))? {
                import_names(package, &all, true)?;
            }
            continue;
        }
        if package.getattr_optional(&item)?.is_some() {
            continue;
        }
        let full = format!("{}.{}", unicode::as_str(&*package.getattr(name!(__name__))?)?, unicode::as_str(&item)?);
        let full = unicode::from_str(&full)?;
        if let Err(raised) = import(&full) {
            // A name that is neither attribute nor submodule is the import statement's affair.
            let ours = error::current().is_some_and(|e| {
                e.is_a(&raw mut exceptions::ModuleNotFoundError)
                    && e.getattr(name!(name)).is_ok_and(|name| unicode::check(&name) && unicode::equal(&name, &full))
            });
            if !ours {
                return Err(raised);
            }
            drop(error::caught(raised));
        }
    }
    Ok(())
}

/// The module in `sys.modules`. `None` there stops the import.
fn ready(name: &Object) -> Result<Option<Owned>> {
    match modules::get(name)? {
        Some(module) if module.is_none() => {
            let text = unicode::as_str(name)?;
            Err(not_found(&format!("import of {text} halted; None in sys.modules"), name))
        }
        found => Ok(found),
    }
}

/// `ModuleNotFoundError(text, name=name)`.
fn not_found(text: &str, name: &Object) -> Raised {
    match unicode::from_str(text) {
        Ok(text) => exceptions::raise_import_error(&raw mut exceptions::ModuleNotFoundError, &text, Some(name), None),
        Err(raised) => raised,
    }
}

fn find_and_load(name: &Object) -> Result<Owned> {
    let text = unicode::as_str(name)?;
    let parent = match text.rsplit_once('.') {
        Some((parent_name, _)) => {
            let parent = import(&*unicode::from_str(parent_name)?)?;
            // Loading the parent may have loaded the child.
            if let Some(module) = ready(name)? {
                return Ok(module);
            }
            Some((parent_name, parent))
        }
        None => None,
    };
    let path = match &parent {
        None => None,
        Some((parent_name, parent)) => match parent.getattr_optional(name!(__path__))? {
            Some(path) => Some(path),
            None => {
                let text = format!("No module named '{text}'; '{parent_name}' is not a package");
                return Err(not_found(&text, name));
            }
        },
    };
    let Some(spec) = find_spec(name, text, path.as_deref())? else {
        return Err(not_found(&format!("No module named '{text}'"), name));
    };
    let module = load(&spec, name)?;
    if let Some((_, parent)) = parent {
        let child = text.rsplit('.').next().unwrap_or(text);
        parent.setattr(&*unicode::intern_str(child)?, &module)?;
    }
    Ok(module)
}

/// The finders of `sys.meta_path` first, then builtin modules, then files along the path.
fn find_spec(name: &Object, text: &str, path: Option<&Object>) -> Result<Option<Owned>> {
    if let Some(spec) = ask_meta_path(name, path)? {
        return Ok(Some(spec));
    }
    if path.is_none() && inittab::find(name).is_some() {
        let origin = unicode::from_str("built-in")?;
        return spec::new(name, none::none_ref(), Some(&origin), false).map(Some);
    }
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
    Ok(Some(spec))
}

fn ask_meta_path(name: &Object, path: Option<&Object>) -> Result<Option<Owned>> {
    let Some(finders) = runtime::sys_attribute(name!(meta_path))? else { return Ok(None) };
    if !list::check(&finders) || list::len(&finders) == 0 {
        return Ok(None);
    }
    let finders = list::as_tuple(&finders)?;
    for finder in tuple::items(&finders) {
        let Some(find_spec) = finder.getattr_optional(name!(find_spec))? else { continue };
        let held = lock::Guard::new();
        let spec = find_spec.call(&[name, path.unwrap_or(none::none_ref()), none::none_ref()])?;
        drop(held);
        if !spec.is_none() {
            return Ok(Some(spec));
        }
    }
    Ok(None)
}

/// Creates the module of a spec, enters it, executes it; a failing execution takes it out again.
fn load(spec: &Object, name: &Object) -> Result<Owned> {
    let module = create(spec, name)?;
    set_attributes(&module, spec)?;
    spec::set_initializing(spec, true)?;
    let result = execute(&module, spec, name);
    let done = spec::set_initializing(spec, false);
    if let Err(raised) = result {
        let exception = error::caught(raised);
        if modules::remove(name).is_err() {
            error::clear();
        }
        return Err(error::restore(exception));
    }
    done?;
    // The module may have put another object in its place, or taken itself away.
    match modules::get(name)? {
        Some(module) => Ok(module),
        None => Err(key_error(name)),
    }
}

fn create(spec: &Object, name: &Object) -> Result<Owned> {
    if let Some(loader) = foreign_loader(spec)? {
        if let Some(create) = loader.getattr_optional(name!(create_module))? {
            let module = create.call(&[spec])?;
            if !module.is_none() {
                return Ok(module);
            }
        }
        return crate::module::new(name);
    }
    let origin = spec.getattr(name!(origin))?;
    if origin.is_none() {
        return crate::module::new(name);
    }
    if spec.getattr(name!(has_location))?.is_true()? {
        return extension::create_dynamic(spec);
    }
    match extension::create_builtin(spec)? {
        Some(module) => Ok(module),
        None => {
            let text = format!("{} is not a built-in module", unicode::as_str(&*name.repr()?)?);
            Err(import_error(&text, name, none::none_ref()))
        }
    }
}

fn execute(module: &Object, spec: &Object, name: &Object) -> Result<()> {
    modules::set(name, module)?;
    match foreign_loader(spec)? {
        Some(loader) => loader.getattr(name!(exec_module))?.call(&[module]).map(drop),
        None => extension::exec(module),
    }
}

/// A loader that a finder brought; the importers here have none.
fn foreign_loader(spec: &Object) -> Result<Option<Owned>> {
    Ok(spec.getattr_optional(name!(loader))?.filter(|loader| !loader.is_none()))
}

/// What importlib sets on a module before it is executed. An object that refuses an attribute goes without.
fn set_attributes(module: &Object, spec: &Object) -> Result<()> {
    let set = |name: &Object, value: &Object| match module.setattr(name, value) {
        Ok(()) => Ok(()),
        Err(raised) => error::ignore(raised, &raw mut exceptions::AttributeError),
    };
    set(name!(__name__), &*spec.getattr(name!(name))?)?;
    set(name!(__loader__), &*spec.getattr(name!(loader))?)?;
    set(name!(__package__), &*spec.getattr(name!(parent))?)?;
    set(name!(__spec__), spec)?;
    let locations = spec.getattr(name!(submodule_search_locations))?;
    if !locations.is_none() {
        set(name!(__path__), &locations)?;
    }
    if spec.getattr(name!(has_location))?.is_true()? {
        set(name!(__file__), &*spec.getattr(name!(origin))?)?;
    }
    Ok(())
}

/// `PyImport_Import`: what `builtins.__import__` does, which a program may have replaced, and then the module itself. The
/// top package is imported too, even if the module is there already.
pub fn import_checked(name: &Object) -> Result<Owned> {
    if !unicode::check(name) {
        return Err(raise!(TypeError, "module name must be a string"));
    }
    let replaced = runtime::replaced_import()?;
    match &replaced {
        Some(function) => {
            let (none, empty) = (none::none_ref(), list::new()?);
            function.call(&[name, none, none, &empty, long::zero()])?;
        }
        None => {
            let text = unicode::as_str(name)?;
            if text.is_empty() {
                return Err(raise!(ValueError, "Empty module name"));
            }
            let module = import(name)?;
            let Some((front, _)) = text.split_once('.') else { return Ok(module) };
            import(&*unicode::from_str(front)?)?;
        }
    }
    modules::get(name)?.map_or_else(|| Err(key_error(name)), Ok)
}

/// `KeyError(name)`: an import took its module out of `sys.modules`.
fn key_error(name: &Object) -> Raised {
    exceptions::raise(exceptions::object(&raw mut exceptions::KeyError), Some(name))
}

/// `PyImport_ReloadModule`: a module of `sys.modules` is found and loaded anew into the same object. Extension modules
/// are not executed twice, as on CPython.
pub fn reload(module: &Object) -> Result<Owned> {
    if !crate::module::check(module) {
        return Err(raise!(TypeError, "reload() argument must be a module"));
    }
    let name = match module.getattr_optional(name!(__spec__))?.filter(|spec| !spec.is_none()) {
        Some(spec) => spec.getattr(name!(name))?,
        None => module.getattr(name!(__name__))?,
    };
    let known = modules::get(&name)?.is_some_and(|found| found.is(module));
    if !known {
        let text = format!("module {} not in sys.modules", unicode::as_str(&name)?);
        return Err(import_error(&text, &name, none::none_ref()));
    }
    extension::exec(module)?;
    Ok(module.to_owned())
}
