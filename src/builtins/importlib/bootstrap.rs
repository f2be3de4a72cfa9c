//! `_frozen_importlib`: specs, builtin and frozen modules, and imports themselves.

use super::*;
use crate::import::{finders, load, loader, modules, paths, resolve, spec_from};
use crate::object::sequence;
use crate::types::{dict, exceptions, long};

static METHODS: [PyMethodDef; 9] = [
    PyMethodDef::fast_keywords(
        c"__import__",
        fast_keywords!(import),
        c"__import__(name, globals=None, locals=None, fromlist=(), level=0)\n--\n\nWhat an import statement gets.",
    ),
    PyMethodDef::fast_keywords(
        c"_gcd_import",
        fast_keywords!(gcd_import),
        c"_gcd_import(name, package=None, level=0)\n--\n\nThe module of the name, relative to the package at a \
        level.",
    ),
    PyMethodDef::fast_keywords(
        c"_find_spec",
        fast_keywords!(find_spec),
        c"_find_spec(name, path, target=None)\n--\n\nThe spec that the finders of sys.meta_path know.",
    ),
    PyMethodDef::fast_keywords(
        c"_load",
        function!("_load", ["spec"], |_: &Object, spec: &Object| loader::load_locked(spec)),
        c"_load(spec)\n--\n\nThe module of a spec: made, entered into sys.modules and executed.",
    ),
    PyMethodDef::fast_keywords(
        c"_exec",
        fast_keywords!(exec_spec),
        c"_exec(spec, module)\n--\n\nExecute a spec in a module that is there.",
    ),
    PyMethodDef::fast_keywords(
        c"_resolve_name",
        fast_keywords!(resolve_name),
        c"_resolve_name(name, package, level)\n--\n\nThe absolute name of a relative one.",
    ),
    PyMethodDef::fast_keywords(
        c"spec_from_loader",
        fast_keywords!(spec_from_loader),
        c"spec_from_loader(name, loader, *, origin=None, is_package=None)\n--\n\nThe spec of what a loader loads.",
    ),
    PyMethodDef::fast_keywords(
        c"module_from_spec",
        function!("module_from_spec", ["spec"], |_: &Object, spec: &Object| loader::module_from_spec(spec)),
        c"module_from_spec(spec)\n--\n\nThe module of a spec, not executed.",
    ),
    PyMethodDef::END,
];

module!(described(c"_frozen_importlib", c"Imports: specs, builtin and frozen modules.", &METHODS), exec);

fn exec(module: &Object) -> Result<()> {
    set_classes(module, &CLASSES)?;
    // What its code has as globals.
    for name in ["sys", "_imp"] {
        set(module, name, &*crate::import::import(&*unicode::intern_str(name)?)?)?;
    }
    Ok(())
}

const GCD_IMPORT: Signature<3> = Signature::python("_gcd_import", ["name", "package", "level"], 0).required(1);
const FIND_SPEC: Signature<3> = Signature::python("_find_spec", ["name", "path", "target"], 0).required(2);
const EXEC: Signature<2> = Signature::python("_exec", ["spec", "module"], 0).required(2);
const RESOLVE: Signature<3> = Signature::python("_resolve_name", ["name", "package", "level"], 0).required(3);

fn gcd_import(_: &Object, args: Arguments) -> Result<Owned> {
    let [name, package, level] = args.bind(&GCD_IMPORT)?;
    let level = level.map_or(Ok(0), long::as_i32)?;
    import_at(name.unwrap_or(none::none_ref()), package, level)
}

/// The module of the name, relative to the package at a level.
fn import_at(name: &Object, package: Option<&Object>, level: i32) -> Result<Owned> {
    if !unicode::check(name) {
        let got = name.type_object().repr()?;
        return Err(raise!(TypeError, "module name must be str, not {}", unicode::as_str(&got)?));
    }
    if level < 0 {
        return Err(raise!(ValueError, "level must be >= 0"));
    }
    if level == 0 {
        if unicode::len(name) == 0 {
            return Err(raise!(ValueError, "Empty module name"));
        }
        return crate::import::import(name);
    }
    let package = package.filter(|package| unicode::check(package));
    let Some(package) = package else { return Err(raise!(TypeError, "__package__ not set to a string")) };
    if unicode::len(package) == 0 {
        return Err(raise!(ImportError, "attempted relative import with no known parent package"));
    }
    crate::import::import(&*at_level(name, package, level)?)
}

fn at_level(name: &Object, package: &Object, level: i32) -> Result<Owned> {
    let dots = ".".repeat(usize::try_from(level).unwrap_or(0));
    resolve::against(&format!("{dots}{}", paths::text(name, "startswith")?), package)
}

const IMPORT: Signature<5> =
    Signature::python("__import__", ["name", "globals", "locals", "fromlist", "level"], 0).required(1);

/// `__import__` as importlib has it, which says other things of wrong arguments than that of `builtins`.
fn import(_: &Object, args: Arguments) -> Result<Owned> {
    let [name, globals, _, names, level] = args.bind(&IMPORT)?;
    let name = name.unwrap_or(none::none_ref());
    let level = level.map_or(Ok(0), long::as_i32)?;
    let module = if level == 0 {
        import_at(name, None, 0)?
    } else {
        let empty = dict::new()?;
        let globals = globals.filter(|globals| !globals.is_none()).unwrap_or(&empty);
        import_at(name, Some(&*package_of(globals)?), level)?
    };
    let names = match names {
        Some(names) if names.is_true()? => names,
        _ => return top_package(name, module, level),
    };
    if module.getattr_optional(name!(__path__))?.is_some() {
        load::import_names(&module, names, false)?;
    }
    Ok(module)
}

/// What stands before the first dot, of a relative name what it adds left out.
fn top_package(name: &Object, module: Owned, level: i32) -> Result<Owned> {
    let text = unicode::as_str(name)?;
    let front = text.split('.').next().unwrap_or_default();
    if level == 0 {
        return crate::import::import(&*unicode::from_str(front)?);
    }
    if text.is_empty() {
        return Ok(module);
    }
    let full = module.getattr(name!(__name__))?;
    let full = paths::text(&full, "__getitem__")?;
    let kept = unicode::from_str(&full[..full.len() - (text.len() - front.len())])?;
    modules::find(&kept)?.ok_or_else(|| loader::key_error(&kept))
}

/// The package that the globals of an importing module tell (`_calc___package__`).
fn package_of(globals: &Object) -> Result<Owned> {
    let get = |name: &Object| globals.call_method(name!(get), &[name]);
    let (package, spec) = (get(name!(__package__))?, get(name!(__spec__))?);
    if !package.is_none() {
        if !spec.is_none() {
            let parent = spec.getattr(name!(parent))?;
            if !package.equals(&parent)? {
                let (given, parent) = (package.repr()?, parent.repr()?);
                let text = format!(
                    "__package__ != __spec__.parent ({} != {})",
                    unicode::as_str(&given)?,
                    unicode::as_str(&parent)?
                );
                exceptions::warn(&raw mut exceptions::DeprecationWarning, 3, &text)?;
            }
        }
        return Ok(package);
    }
    if !spec.is_none() {
        return spec.getattr(name!(parent));
    }
    exceptions::warn(
        &raw mut exceptions::ImportWarning,
        3,
        "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__",
    )?;
    let name = globals.getitem(name!(__name__))?;
    if sequence::contains(globals, name!(__path__))? {
        return Ok(name);
    }
    let text = paths::text(&name, "rpartition")?;
    unicode::from_str(text.rsplit_once('.').map_or("", |(parent, _)| parent))
}

fn find_spec(_: &Object, args: Arguments) -> Result<Option<Owned>> {
    let [name, path, target] = args.bind(&FIND_SPEC)?;
    finders::find_spec(name.unwrap_or(none::none_ref()), path.filter(|path| !path.is_none()), target)
}

fn exec_spec(_: &Object, args: Arguments) -> Result<Owned> {
    let [spec, module] = args.bind_required(&EXEC)?;
    loader::exec_spec(spec, module)
}

fn resolve_name(_: &Object, args: Arguments) -> Result<Owned> {
    let [name, package, level] = args.bind_required(&RESOLVE)?;
    at_level(name, package, long::as_i32(level)?)
}

pub const CLASSES: [(&str, Class); 3] = [
    ("ModuleSpec", Class::ModuleSpec),
    ("BuiltinImporter", Class::BuiltinImporter),
    ("FrozenImporter", Class::FrozenImporter),
];

const FROM_LOADER: Signature<4> =
    Signature::python("spec_from_loader", ["name", "loader", "origin", "is_package"], 0).required(2).positional(2);

fn spec_from_loader(_: &Object, args: Arguments) -> Result<Owned> {
    let [name, loader, origin, package] = args.bind(&FROM_LOADER)?;
    let none = none::none_ref();
    let package = match package.filter(|package| !package.is_none()) {
        Some(package) => Some(package.is_true()?),
        None => None,
    };
    let origin = origin.filter(|origin| !origin.is_none());
    spec_from::loader(name.unwrap_or(none), loader.unwrap_or(none), origin, package)
}
