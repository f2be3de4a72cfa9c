//! Loading what was found: a module is created from its spec, gets its attributes, is entered into `sys.modules` and
//! executed; and the same once more for a module that is there (`importlib.reload`). The order of the steps, and what
//! each failure leaves behind, are importlib's.

use super::classes::Class;
use super::errors::{import_error, not_found, shown};
use super::verbose;
use super::{extension, finders, importers, modlock, modules, namespace_package, source_loaders, spec, spec_from};
use crate::name;
use crate::object::{Object, Owned, Raised, Result, error};
use crate::raise;
use crate::runtime;
use crate::types::{exceptions, none, typeobject, unicode};
use parking_lot::Mutex;

/// What the machinery does itself for a loader: for those that are there from the start, unless a class derives from
/// theirs or a program has changed them.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Builtin,
    Frozen,
    Extension,
    Source,
    Namespace,
    /// A spec without a loader.
    None,
    Foreign,
}

impl Kind {
    fn of(loader: &Object) -> Kind {
        if Class::ExtensionFileLoader.made(loader) {
            Kind::Extension
        } else if Class::BuiltinImporter.is(loader) {
            Kind::Builtin
        } else if loader.is_none() {
            Kind::None
        } else if Class::FrozenImporter.is(loader) {
            Kind::Frozen
        } else if Class::SourceFileLoader.made(loader) || Class::SourcelessFileLoader.made(loader) {
            Kind::Source
        } else if Class::NamespaceLoader.made(loader) {
            Kind::Namespace
        } else {
            Kind::Foreign
        }
    }
}

/// The module of a spec; a failing execution takes it out of `sys.modules` again.
pub fn load(spec: &Object) -> Result<Owned> {
    let loader = spec.getattr(name!(loader))?;
    if Kind::of(&loader) == Kind::Foreign && !has(&loader, name!(exec_module))? {
        warn_of_load_module(&loader)?;
        return load_by_name(spec, &loader);
    }
    let module = create(spec, &loader)?;
    spec::set_initializing(spec, true)?;
    let result = enter_and_execute(&module, spec);
    let done = spec::set_initializing(spec, false);
    let module = result?;
    done?;
    verbose::message(1, || {
        Ok(format!("import {} # {}", shown(&*spec.getattr(name!(name))?)?, shown(&*spec.getattr(name!(loader))?)?))
    });
    Ok(module)
}

/// What `sys.modules` holds after the execution: the module may have put another object in its place, or gone.
fn enter_and_execute(module: &Object, spec: &Object) -> Result<Owned> {
    modules::enter(&*spec.getattr(name!(name))?, module)?;
    if let Err(raised) = execute(module, spec, &*spec.getattr(name!(loader))?) {
        let exception = error::caught(raised);
        let name = spec.getattr(name!(name))?;
        if modules::leave(&name).is_err() {
            error::clear();
        }
        return Err(error::restore(exception));
    }
    moved_to_end(&*spec.getattr(name!(name))?)
}

/// The module that was loaded stands last in `sys.modules`.
fn moved_to_end(name: &Object) -> Result<Owned> {
    let module = modules::leave(name)?;
    modules::enter(name, &module)?;
    Ok(module)
}

/// As [`load`], under the module's lock (`_load` of importlib).
pub fn load_locked(spec: &Object) -> Result<Owned> {
    let _held = modlock::acquire(&*spec.getattr(name!(name))?)?;
    load(spec)
}

/// `_exec` of importlib: what `sys.modules` holds when the spec was executed in the module.
pub fn exec_spec(spec: &Object, module: &Object) -> Result<Owned> {
    execute_again(spec, module)?;
    let name = spec.getattr(name!(name))?;
    modules::find(&name)?.map_or_else(|| Err(key_error(&name)), Ok)
}

/// The module of a spec with its attributes, neither entered into `sys.modules` nor executed (`module_from_spec`).
pub fn module_from_spec(spec: &Object) -> Result<Owned> {
    create(spec, &*spec.getattr(name!(loader))?)
}

fn create(spec: &Object, loader: &Object) -> Result<Owned> {
    let made = match Kind::of(loader) {
        Kind::Builtin => importers::create_builtin(spec)?,
        Kind::Extension => {
            let module = extension::create_dynamic(spec, None)?;
            say_extension("loaded", spec, loader);
            module
        }
        Kind::Frozen => importers::create_frozen(spec)?,
        Kind::Source | Kind::Namespace | Kind::None => none::none(),
        Kind::Foreign if has(loader, name!(create_module))? => loader.call_method(name!(create_module), &[spec])?,
        Kind::Foreign if has(loader, name!(exec_module))? => {
            return Err(raise!(ImportError, "loaders that define exec_module() must also define create_module()"));
        }
        Kind::Foreign => none::none(),
    };
    let module = if made.is_none() {
        let name = spec.getattr(name!(name))?;
        if !unicode::check(&name) {
            let got = if name.is_none() { "None" } else { typeobject::tp_name(name.ty()) };
            return Err(raise!(TypeError, "module() argument 'name' must be str, not {got}"));
        }
        crate::module::new(&name)?
    } else {
        made
    };
    set_attributes(&module, spec, false)?;
    Ok(module)
}

fn execute(module: &Object, spec: &Object, loader: &Object) -> Result<()> {
    match Kind::of(loader) {
        Kind::Builtin => extension::exec(module),
        Kind::Extension => {
            extension::exec(module)?;
            say_extension("executed", spec, loader);
            Ok(())
        }
        Kind::Frozen => importers::exec_frozen(module),
        Kind::Source => source_loaders::exec(loader, module),
        Kind::Namespace => Ok(()),
        Kind::None => needs_locations(spec),
        Kind::Foreign => loader.call_method(name!(exec_module), &[module]).map(drop),
    }
}

/// What `-v` says of an extension module.
fn say_extension(what: &str, spec: &Object, loader: &Object) {
    verbose::message(1, || {
        let (name, path) = (spec.getattr(name!(name))?, loader.getattr(name!(path))?);
        Ok(format!("extension module {} {what} from {}", shown(&name)?, shown(&path)?))
    });
}

/// A spec without a loader is one of a namespace package, which has places to look in.
fn needs_locations(spec: &Object) -> Result<()> {
    if !spec.getattr(name!(submodule_search_locations))?.is_none() {
        return Ok(());
    }
    let name = spec.getattr(name!(name))?;
    Err(import_error("missing loader", &name, none::none_ref()))
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
    loader.getattr_str("load_module")?.call(&[&name])?;
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
        let mut loader = spec.getattr(name!(loader))?;
        if loader.is_none() {
            // A namespace package.
            let locations = spec.getattr(name!(submodule_search_locations))?;
            if !locations.is_none() {
                loader = namespace_package::loader_of(&locations)?;
                spec.setattr(name!(loader), &loader)?;
                module.setattr(name!(__file__), none::none_ref())?;
            }
        }
        set(module, name!(__loader__), &loader)?;
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
            let value = spec.getattr_str("cached")?;
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
        let mut all = RELOADING.lock();
        if all.contains(&this) {
            return None;
        }
        all.push(this);
        Some(Reloading(this))
    }
}

impl Drop for Reloading {
    fn drop(&mut self) {
        let mut all = RELOADING.lock();
        all.retain(|one| *one != self.0);
    }
}

/// `PyImport_ReloadModule`: what `importlib.reload` does, which a program may have replaced.
pub fn reload_module(module: &Object) -> Result<Owned> {
    match modules::get(&*unicode::intern_str("importlib")?)? {
        Some(importlib) => importlib.getattr_str("reload")?.call(&[module]),
        None => reload(module),
    }
}

/// `importlib.reload`: a module of `sys.modules` is found anew and executed again in the same object. The exec
/// functions of extension modules do not run twice, as on CPython.
pub fn reload(module: &Object) -> Result<Owned> {
    let by_spec = match module.getattr_optional(name!(__spec__))? {
        Some(spec) => spec.getattr_optional(name!(name))?,
        None => None,
    };
    let name = match by_spec {
        Some(name) => name,
        None => match module.getattr(name!(__name__)) {
            Ok(name) => name,
            Err(raised) => {
                let missing = error::caught(raised);
                if !missing.is_a(&raw mut exceptions::AttributeError) {
                    return Err(error::restore(missing));
                }
                let raised = raise!(TypeError, "reload() argument must be a module");
                exceptions::chain_context(missing);
                return Err(raised);
            }
        },
    };
    if !modules::find(&name)?.is_some_and(|found| found.is(module)) {
        let text = format!("module {} not in sys.modules", unicode::as_str(&*name.str()?)?);
        return Err(import_error(&text, &name, none::none_ref()));
    }
    let Some(_reloading) = Reloading::begin(module) else { return Ok(module.to_owned()) };
    let path = match unicode::as_str(&name)?.rsplit_once('.') {
        None => None,
        Some((parent, _)) => {
            let parent = unicode::from_str(parent)?;
            match modules::find(&parent)? {
                Some(package) => Some(package.getattr(name!(__path__))?),
                None => {
                    let text = format!("parent {} not in sys.modules", shown(&parent)?);
                    return Err(import_error(&text, &parent, none::none_ref()));
                }
            }
        }
    };
    let found = finders::find_spec(&name, path.as_deref(), Some(module))?;
    module.setattr(name!(__spec__), found.as_deref().unwrap_or(none::none_ref()))?;
    let Some(spec) = found else {
        let text = format!("spec not found for the module {}", shown(&name)?);
        return Err(not_found(&text, &name));
    };
    execute_again(&spec, module)?;
    modules::find(&name)?.map_or_else(|| Err(key_error(&name)), Ok)
}

/// Executes a spec in a module that is there (`_exec` of importlib).
fn execute_again(spec: &Object, module: &Object) -> Result<()> {
    let name = spec.getattr(name!(name))?;
    let held = modlock::acquire(&name)?;
    if !modules::find(&name)?.is_some_and(|found| found.is(module)) {
        let text = format!("module {} not in sys.modules", shown(&name)?);
        return Err(import_error(&text, &name, none::none_ref()));
    }
    let result = (|| {
        let loader = spec.getattr(name!(loader))?;
        if loader.is_none() {
            needs_locations(spec)?;
            return set_attributes(module, spec, true);
        }
        set_attributes(module, spec, true)?;
        let loader = spec.getattr(name!(loader))?;
        if Kind::of(&loader) == Kind::Foreign && !has(&loader, name!(exec_module))? {
            warn_of_load_module(&loader)?;
            return loader.getattr_str("load_module")?.call(&[&name]).map(drop);
        }
        execute(module, spec, &loader)
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

/// `load_module` of the loaders that are there from the start.
pub fn load_module(loader: &Object, name: &Object) -> Result<Owned> {
    exceptions::warn(
        &raw mut exceptions::DeprecationWarning,
        1,
        "the load_module() method is deprecated and slated for removal in Python 3.15; use exec_module() instead",
    )?;
    let spec = spec_from::loader(name, loader, None, None)?;
    if let Some(module) = modules::find(name)? {
        execute_again(&spec, &module)?;
        return modules::find(name)?.map_or_else(|| Err(key_error(name)), Ok);
    }
    let _held = modlock::acquire(&*spec.getattr(name!(name))?)?;
    load(&spec)
}
