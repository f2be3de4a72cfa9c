//! Loading what was found: a module is created from its spec, gets its attributes, is entered into `sys.modules` and
//! executed; and the same once more for a module that is there (`importlib.reload`). The order of the steps, and what
//! each failure leaves behind, are importlib's.

use super::dynload::import_error;
use super::finders::{self, Loader};
use super::{extension, modlock, modules, spec};
use crate::name;
use crate::object::{Object, Owned, Raised, Result, error};
use crate::raise;
use crate::runtime;
use crate::types::{exceptions, none, typeobject, unicode};
use std::sync::Mutex;

/// The module of a spec; a failing execution takes it out of `sys.modules` again.
pub fn load(spec: &Object, loader: Loader) -> Result<Owned> {
    let foreign = foreign_loader(spec, loader)?;
    if let Some(foreign) = &foreign
        && !has(foreign, name!(exec_module))?
    {
        warn_of_load_module(foreign)?;
        return load_by_name(spec, foreign);
    }
    let module = create(spec, loader, foreign.as_deref())?;
    set_attributes(&module, spec, false)?;
    spec::set_initializing(spec, true)?;
    let result = enter_and_execute(&module, spec, loader, foreign.as_deref());
    let done = spec::set_initializing(spec, false);
    let module = result?;
    done?;
    Ok(module)
}

/// What `sys.modules` holds after the execution: the module may have put another object in its place, or gone.
fn enter_and_execute(module: &Object, spec: &Object, loader: Loader, foreign: Option<&Object>) -> Result<Owned> {
    modules::set(&*spec.getattr(name!(name))?, module)?;
    if let Err(raised) = execute(module, spec, loader, foreign) {
        let exception = error::caught(raised);
        let name = spec.getattr(name!(name))?;
        if modules::remove(&name).is_err() {
            error::clear();
        }
        return Err(error::restore(exception));
    }
    moved_to_end(&*spec.getattr(name!(name))?)
}

/// The module that was loaded stands last in `sys.modules`.
fn moved_to_end(name: &Object) -> Result<Owned> {
    let Some(module) = modules::get(name)? else { return Err(key_error(name)) };
    modules::remove(name)?;
    modules::set(name, &module)?;
    Ok(module)
}

fn create(spec: &Object, loader: Loader, foreign: Option<&Object>) -> Result<Owned> {
    match loader {
        Loader::Builtin => match extension::create_builtin(spec)? {
            Some(module) => return Ok(module),
            None => {
                let name = spec.getattr(name!(name))?;
                let text = format!("{} is not a built-in module", unicode::as_str(&*name.repr()?)?);
                return Err(import_error(&text, &name, none::none_ref()));
            }
        },
        Loader::Extension => return extension::create_dynamic(spec),
        Loader::Folder => {}
        Loader::Foreign => {
            if let Some(foreign) = foreign {
                if !has(foreign, name!(create_module))? {
                    return Err(raise!(
                        ImportError,
                        "loaders that define exec_module() must also define create_module()"
                    ));
                }
                let module = foreign.call_method(name!(create_module), &[spec])?;
                if !module.is_none() {
                    return Ok(module);
                }
            }
        }
    }
    crate::module::new(&*spec.getattr(name!(name))?)
}

fn execute(module: &Object, spec: &Object, loader: Loader, foreign: Option<&Object>) -> Result<()> {
    match (loader, foreign) {
        (Loader::Builtin | Loader::Extension, _) => extension::exec(module),
        (Loader::Folder, _) => Ok(()),
        (Loader::Foreign, Some(foreign)) => foreign.call_method(name!(exec_module), &[module]).map(drop),
        (Loader::Foreign, None) => needs_locations(spec),
    }
}

/// A spec without a loader is one of a namespace package, which has places to look in.
fn needs_locations(spec: &Object) -> Result<()> {
    if !spec.getattr(name!(submodule_search_locations))?.is_none() {
        return Ok(());
    }
    let name = spec.getattr(name!(name))?;
    Err(import_error("missing loader", &name, none::none_ref()))
}

/// The loader that a finder brought. The ones here are no objects.
fn foreign_loader(spec: &Object, loader: Loader) -> Result<Option<Owned>> {
    if loader != Loader::Foreign {
        return Ok(None);
    }
    Ok(Some(spec.getattr(name!(loader))?).filter(|loader| !loader.is_none()))
}

fn has(object: &Object, name: &Object) -> Result<bool> {
    Ok(object.getattr_optional(name)?.is_some())
}

fn warn_of_load_module(loader: &Object) -> Result<()> {
    let name = match loader.getattr_optional(name!(__qualname__))? {
        Some(name) => name,
        None => unicode::from_str(typeobject::tp_name(loader.ty()).rsplit('.').next().unwrap_or(""))?,
    };
    let text = format!("{}.exec_module() not found; falling back to load_module()", unicode::as_str(&*name.str()?)?);
    exceptions::warn(&raw mut exceptions::ImportWarning, 1, &text)
}

/// A loader of the old kind does all by itself.
fn load_by_name(spec: &Object, loader: &Object) -> Result<Owned> {
    let name = spec.getattr(name!(name))?;
    loader.getattr(&*unicode::intern_str("load_module")?)?.call(&[&name])?;
    let module = moved_to_end(&name)?;
    if missing(&module, name!(__loader__))? {
        set(&module, name!(__loader__), loader)?;
    }
    if missing(&module, name!(__package__))? {
        let own = module.getattr_optional(name!(__name__))?;
        if let Some(own) = own {
            set(&module, name!(__package__), &own)?;
            if !has(&module, name!(__path__))? {
                let text = unicode::as_str(&name)?;
                let parent = unicode::from_str(text.rsplit_once('.').map_or("", |(parent, _)| parent))?;
                set(&module, name!(__package__), &parent)?;
            }
        }
    }
    if missing(&module, name!(__spec__))? {
        set(&module, name!(__spec__), spec)?;
    }
    Ok(module)
}

/// The attribute is not there, or `None`.
fn missing(module: &Object, name: &Object) -> Result<bool> {
    Ok(module.getattr_optional(name)?.is_none_or(|value| value.is_none()))
}

/// An object that refuses an attribute goes without.
fn set(module: &Object, name: &Object, value: &Object) -> Result<()> {
    match module.setattr(name, value) {
        Ok(()) => Ok(()),
        Err(raised) => error::ignore(raised, &raw mut exceptions::AttributeError),
    }
}

/// What a module gets before it is executed; what it has already stays, unless it is loaded again.
fn set_attributes(module: &Object, spec: &Object, again: bool) -> Result<()> {
    // A spec of another class may have neither name, parent nor origin.
    let copy = |to: &Object, from: &Object| -> Result<()> {
        match spec.getattr_optional(from)? {
            Some(value) => set(module, to, &value),
            None => Ok(()),
        }
    };
    let wanted = |name: &Object| -> Result<bool> { Ok(again || missing(module, name)?) };
    if wanted(name!(__name__))? {
        copy(name!(__name__), name!(name))?;
    }
    if wanted(name!(__loader__))? {
        set(module, name!(__loader__), &*spec.getattr(name!(loader))?)?;
    }
    if wanted(name!(__package__))? {
        copy(name!(__package__), name!(parent))?;
    }
    set(module, name!(__spec__), spec)?;
    if wanted(name!(__path__))? {
        let locations = spec.getattr(name!(submodule_search_locations))?;
        if !locations.is_none() {
            set(module, name!(__path__), &locations)?;
        }
    }
    if spec.getattr(name!(has_location))?.is_true()? {
        if wanted(name!(__file__))? {
            copy(name!(__file__), name!(origin))?;
        }
        let cached = unicode::intern_str("__cached__")?;
        if wanted(&cached)? {
            let value = spec.getattr(&*unicode::intern_str("cached")?)?;
            if !value.is_none() {
                set(module, &cached, &value)?;
            }
        }
    }
    Ok(())
}

/// `KeyError(name)`: an import took its module out of `sys.modules`.
pub fn key_error(name: &Object) -> Raised {
    exceptions::raise(exceptions::object(&raw mut exceptions::KeyError), Some(name))
}

/// The modules that are being loaded again, each with its interpreter: one that reloads itself gets itself.
static RELOADING: Mutex<Vec<(usize, usize)>> = Mutex::new(Vec::new());

struct Reloading((usize, usize));

impl Reloading {
    fn begin(module: &Object) -> Option<Reloading> {
        let this = (runtime::interp() as usize, module.as_ptr() as usize);
        let mut all = RELOADING.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if all.contains(&this) {
            return None;
        }
        all.push(this);
        Some(Reloading(this))
    }
}

impl Drop for Reloading {
    fn drop(&mut self) {
        let mut all = RELOADING.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        all.retain(|one| *one != self.0);
    }
}

/// `PyImport_ReloadModule`: a module of `sys.modules` is found anew and executed again in the same object. The exec
/// functions of extension modules do not run twice, as on CPython.
pub fn reload(module: &Object) -> Result<Owned> {
    let by_spec = match module.getattr_optional(name!(__spec__))? {
        Some(spec) => spec.getattr_optional(name!(name))?,
        None => None,
    };
    let name = match by_spec {
        Some(name) => name,
        None => module
            .getattr_optional(name!(__name__))?
            .ok_or_else(|| raise!(TypeError, "reload() argument must be a module"))?,
    };
    if !modules::get(&name)?.is_some_and(|found| found.is(module)) {
        let text = format!("module {} not in sys.modules", unicode::as_str(&*name.str()?)?);
        return Err(import_error(&text, &name, none::none_ref()));
    }
    let Some(_reloading) = Reloading::begin(module) else { return Ok(module.to_owned()) };
    let path = match unicode::as_str(&name)?.rsplit_once('.') {
        None => None,
        Some((parent, _)) => {
            let parent = unicode::from_str(parent)?;
            match modules::get(&parent)? {
                Some(package) => Some(package.getattr(name!(__path__))?),
                None => {
                    let text = format!("parent {} not in sys.modules", unicode::as_str(&*parent.repr()?)?);
                    return Err(import_error(&text, &parent, none::none_ref()));
                }
            }
        }
    };
    let found = finders::find_spec(&name, path.as_deref(), Some(module))?;
    module.setattr(name!(__spec__), found.as_ref().map_or(none::none_ref(), |(spec, _)| spec))?;
    let Some((spec, loader)) = found else {
        let text = format!("spec not found for the module {}", unicode::as_str(&*name.repr()?)?);
        let text = unicode::from_str(&text)?;
        return Err(exceptions::raise_import_error(&raw mut exceptions::ModuleNotFoundError, &text, Some(&name), None));
    };
    execute_again(&spec, module, loader)?;
    modules::get(&name)?.map_or_else(|| Err(key_error(&name)), Ok)
}

/// Executes a spec in a module that is there (`_exec` of importlib).
fn execute_again(spec: &Object, module: &Object, loader: Loader) -> Result<()> {
    let name = spec.getattr(name!(name))?;
    let held = modlock::acquire(&name)?;
    if !modules::get(&name)?.is_some_and(|found| found.is(module)) {
        let text = format!("module {} not in sys.modules", unicode::as_str(&*name.repr()?)?);
        return Err(import_error(&text, &name, none::none_ref()));
    }
    let result = (|| {
        let foreign = foreign_loader(spec, loader)?;
        if loader == Loader::Foreign && foreign.is_none() {
            needs_locations(spec)?;
        }
        set_attributes(module, spec, true)?;
        match &foreign {
            Some(foreign) if !has(foreign, name!(exec_module))? => {
                warn_of_load_module(foreign)?;
                foreign.getattr(&*unicode::intern_str("load_module")?)?.call(&[&name]).map(drop)
            }
            _ => execute(module, spec, loader, foreign.as_deref()),
        }
    })();
    let exception = result.map_err(error::caught).err();
    let moved = moved_to_end(&name);
    drop(held);
    match exception {
        None => moved.map(drop),
        Some(exception) => {
            if moved.is_err() {
                error::clear();
            }
            Err(error::restore(exception))
        }
    }
}
