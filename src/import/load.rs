//! Importing: from `sys.modules`, or found, created, entered into `sys.modules` and executed.

use super::errors::{not_found, shown};
use super::{finders, loader, modlock, modules, resolve, spec, verbose};
use crate::module;
use crate::name;
use crate::object::{Object, Owned, Raised, Result, error};
use crate::raise;
use crate::runtime::{self, audit};
use crate::types::{dict, exceptions, list, long, none, tuple, unicode};

/// The module `name` itself, whose parents are imported first (`PyImport_ImportModule`). New reference.
pub fn import(name: &Object) -> Result<Owned> {
    if let Some(module) = modules::get(name)?.filter(|module| !module.is_none()) {
        // Another thread may still be loading it.
        if spec::is_initializing(&module)? {
            modlock::wait_until_loaded(name)?;
            return modules::get(name)?.filter(|module| !module.is_none()).map_or_else(|| import(name), Ok);
        }
        verbose::cached(name);
        return Ok(module);
    }
    audit::audit_with(c"import", || event_of(name))?;
    // SAFETY: attached.
    if unsafe { (*runtime::interp()).imports.taken_apart } {
        // The functions of CPython's importlib are None then, and are called all the same.
        return Err(raise!(TypeError, "'NoneType' object is not callable"));
    }
    verbose::timed(name, || load(name))
}

fn load(name: &Object) -> Result<Owned> {
    if let Some(module) = ready(name)?
        && !spec::is_initializing(&module)?
    {
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

/// What the event `import` says: the name, no file, and where `sys` lets it be looked for.
fn event_of(name: &Object) -> Result<Owned> {
    let of_sys = |key: &str| runtime::find_sys_attribute(key).unwrap_or_else(none::none);
    let (path, meta_path, hooks) = (of_sys("path"), of_sys("meta_path"), of_sys("path_hooks"));
    tuple::from_slice(&[name, none::none_ref(), &*path, &*meta_path, &*hooks])
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
        if unicode::len(name) == 0 {
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
    let text = text_of(name);
    let Some((front, _)) = text.split_once('.') else {
        return Ok(module.to_owned());
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
pub fn import_names(package: &Object, names: &Object, from_all: bool) -> Result<()> {
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
    match modules::find(name)? {
        Some(module) if module.is_none() => {
            let text = unicode::as_str(name)?;
            Err(not_found(&format!("import of {text} halted; None in sys.modules"), name))
        }
        found => Ok(found),
    }
}

/// The name as text. A name that is no valid text has no dots that we see: no module is found by it.
fn text_of(name: &Object) -> &str {
    unicode::as_str(name).unwrap_or_else(|_| {
        error::clear();
        ""
    })
}

fn find_and_load(name: &Object) -> Result<Owned> {
    let text = text_of(name);
    let Some((parent_name, child)) = text.rsplit_once('.').filter(|(parent, _)| !parent.is_empty()) else {
        let Some(spec) = finders::find_spec(name, None, None)? else { return Err(no_module(name)) };
        return loader::load(&spec);
    };
    let parent_key = unicode::from_str(parent_name)?;
    // A None in the place of the parent is found out below: it is no package.
    if modules::find(&parent_key)?.is_none() {
        import(&parent_key)?;
    }
    // Loading the parent may have loaded the child.
    if let Some(module) = modules::find(name)?.filter(|module| !module.is_none()) {
        return Ok(module);
    }
    let parent = modules::find(&parent_key)?.ok_or_else(|| loader::key_error(&parent_key))?;
    let path = match parent.getattr(name!(__path__)) {
        Ok(path) => path,
        Err(raised) => {
            let missing = error::caught(raised);
            if !missing.is_a(&raw mut exceptions::AttributeError) {
                return Err(error::restore(missing));
            }
            let text = format!("No module named {}; {} is not a package", shown(name)?, shown(&parent_key)?);
            let raised = not_found(&text, name);
            exceptions::chain_context(missing);
            return Err(raised);
        }
    };
    let parent_spec = parent.getattr(name!(__spec__))?;
    let Some(spec) = finders::find_spec(name, Some(&path), None)? else { return Err(no_module(name)) };
    // Who looks at the child meanwhile is told that it is not ready (`module::object`).
    let unready = match parent_spec.is_true()? {
        true => Some(parent_spec.getattr(name!(_uninitialized_submodules))?),
        false => None,
    };
    let child = unicode::intern_str(child)?;
    if let Some(unready) = &unready {
        unready.call_method_str("append", &[&child])?;
    }
    let loaded = loader::load(&spec);
    if let Some(unready) = &unready {
        let exception = error::take();
        let popped = unicode::intern_str("pop").and_then(|pop| unready.call_method(&pop, &[]));
        if let Some(exception) = exception {
            if popped.is_err() {
                error::clear();
            }
            return Err(error::restore(exception));
        }
        popped?;
    }
    let module = loaded?;
    let parent = modules::find(&parent_key)?.ok_or_else(|| loader::key_error(&parent_key))?;
    if let Err(raised) = parent.setattr(&child, &module) {
        error::ignore(raised, &raw mut exceptions::AttributeError)?;
        let text = format!("Cannot set an attribute on {} for child module {}", shown(&parent_key)?, shown(&child)?);
        exceptions::warn(&raw mut exceptions::ImportWarning, 1, &text)?;
    }
    Ok(module)
}

fn no_module(name: &Object) -> Raised {
    match shown(name) {
        Ok(shown) => not_found(&format!("No module named {shown}"), name),
        Err(raised) => raised,
    }
}

/// The module has the dict that the interpreter began with.
fn is_the_first(builtins: &Object) -> bool {
    // SAFETY: attached.
    module::check(builtins) && module::object::dict(builtins).is_ptr(unsafe { (*runtime::interp()).builtins })
}

/// `PyImport_Import`: what `builtins.__import__` does, which a program may have replaced, and then the module itself.
/// The top package is imported too, even if the module is there already.
pub fn import_checked(name: &Object) -> Result<Owned> {
    if !unicode::check(name) {
        return Err(raise!(TypeError, "module name must be a string"));
    }
    let builtins = match modules::get(name!(builtins))?.filter(|builtins| !builtins.is_none()) {
        Some(builtins) => {
            verbose::cached(name!(builtins));
            builtins
        }
        None => import(name!(builtins))?,
    };
    let replaced = match is_the_first(&builtins) {
        true => runtime::replaced_import()?,
        false => Some(builtins.getattr(name!(__import__))?),
    };
    match &replaced {
        Some(function) => {
            let (globals, names) = (dict::new()?, list::new()?);
            dict::set(&globals, name!(__builtins__), &builtins)?;
            function.call(&[name, &globals, &globals, &names, long::zero()])?;
        }
        None => {
            let text = text_of(name);
            if unicode::len(name) == 0 {
                return Err(raise!(ValueError, "Empty module name"));
            }

            drop(import(name)?);
            if let Some((front, _)) = text.split_once('.') {
                import(&*unicode::from_str(front)?)?;
            }
        }
    }
    modules::get(name)?.map_or_else(|| Err(loader::key_error(name)), Ok)
}
