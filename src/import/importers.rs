//! `BuiltinImporter` and `FrozenImporter`: finders and loaders in one, which stand in `sys.meta_path` as classes.
//!
//! As long as a program leaves the classes as they are, the import machinery calls the functions here without going
//! through the attributes.

use super::classes::{Class, method, pattern, python, static_method};
use super::errors::{import_error, shown};
use super::frozen::{self, Missing};
use super::{extension, inittab, loader, paths, spec, spec_from};
use crate::abi::*;
use crate::name;
use crate::object::args::Signature;
use crate::object::native::Arguments;
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::runtime;
use crate::types::{dict, list, namespace, none, typeobject, unicode};

pub static mut BUILTIN_IMPORTER: PyTypeObject = PyTypeObject {
    tp_methods: table(&BUILTIN_METHODS),
    ..pattern(c"BuiltinImporter", c"Finds and loads the modules of the table of builtin modules.")
};

pub static mut FROZEN_IMPORTER: PyTypeObject = PyTypeObject {
    tp_methods: table(&FROZEN_METHODS),
    ..pattern(c"FrozenImporter", c"Finds frozen modules. Executing one needs an evaluator.")
};

static BUILTIN_METHODS: [PyMethodDef; 8] = [
    PyMethodDef::fast_keywords(
        c"find_spec",
        python!(find_builtin),
        c"find_spec($type, fullname, path=None, target=None)\n--\n\nThe spec of a builtin module, or None.",
    )
    .with(METH_CLASS),
    PyMethodDef::fast_keywords(
        c"create_module",
        static_method!("BuiltinImporter.create_module", ["spec"], create_builtin),
        c"create_module(spec)\n--\n\nThe builtin module of a spec, not executed.",
    )
    .with(METH_STATIC),
    PyMethodDef::fast_keywords(
        c"exec_module",
        static_method!("BuiltinImporter.exec_module", ["module"], extension::exec),
        c"exec_module(module)\n--\n\nExecute a builtin module.",
    )
    .with(METH_STATIC),
    PyMethodDef::fast_keywords(
        c"get_code",
        method!("BuiltinImporter.get_code", ["fullname"], |_: &Object, name: &Object| require_builtin(name)),
        c"get_code($type, fullname)\n--\n\nNone: a builtin module has no code object.",
    )
    .with(METH_CLASS),
    PyMethodDef::fast_keywords(
        c"get_source",
        method!("BuiltinImporter.get_source", ["fullname"], |_: &Object, name: &Object| require_builtin(name)),
        c"get_source($type, fullname)\n--\n\nNone: a builtin module has no source.",
    )
    .with(METH_CLASS),
    PyMethodDef::fast_keywords(
        c"is_package",
        method!("BuiltinImporter.is_package", ["fullname"], |_: &Object, name: &Object| require_builtin(name)
            .map(|()| false)),
        c"is_package($type, fullname)\n--\n\nFalse: a builtin module is no package.",
    )
    .with(METH_CLASS),
    PyMethodDef::fast_keywords(
        c"load_module",
        method!("_load_module_shim", ["fullname"], loader::load_module),
        c"load_module($type, fullname)\n--\n\nLoad a module the old way.",
    )
    .with(METH_CLASS),
    PyMethodDef::END,
];

static FROZEN_METHODS: [PyMethodDef; 8] = [
    PyMethodDef::fast_keywords(
        c"find_spec",
        python!(find_frozen),
        c"find_spec($type, fullname, path=None, target=None)\n--\n\nThe spec of a frozen module, or None.",
    )
    .with(METH_CLASS),
    PyMethodDef::fast_keywords(
        c"create_module",
        static_method!("FrozenImporter.create_module", ["spec"], create_frozen),
        c"create_module(spec)\n--\n\nAn empty module for a spec.",
    )
    .with(METH_STATIC),
    PyMethodDef::fast_keywords(
        c"exec_module",
        static_method!("FrozenImporter.exec_module", ["module"], exec_frozen),
        c"exec_module(module)\n--\n\nExecute a frozen module: needs an evaluator.",
    )
    .with(METH_STATIC),
    PyMethodDef::fast_keywords(
        c"get_code",
        method!("FrozenImporter.get_code", ["fullname"], |_: &Object, name: &Object| code(name)),
        c"get_code($type, fullname)\n--\n\nThe code object of a frozen module.",
    )
    .with(METH_CLASS),
    PyMethodDef::fast_keywords(
        c"get_source",
        method!("FrozenImporter.get_source", ["fullname"], |_: &Object, name: &Object| require_frozen(name)),
        c"get_source($type, fullname)\n--\n\nNone: a frozen module has no source.",
    )
    .with(METH_CLASS),
    PyMethodDef::fast_keywords(
        c"is_package",
        method!("FrozenImporter.is_package", ["fullname"], |_: &Object, name: &Object| is_package(name)),
        c"is_package($type, fullname)\n--\n\nWhether the frozen module is a package.",
    )
    .with(METH_CLASS),
    PyMethodDef::fast_keywords(
        c"load_module",
        method!("_load_module_shim", ["fullname"], loader::load_module),
        c"load_module($type, fullname)\n--\n\nLoad a module the old way: needs an evaluator.",
    )
    .with(METH_CLASS),
    PyMethodDef::END,
];

const FIND_BUILTIN: Signature<3> =
    Signature::python("BuiltinImporter.find_spec", ["fullname", "path", "target"], 1).required(1);

fn find_builtin(class: &Object, args: Arguments) -> Result<Option<Owned>> {
    let [name, _, _] = args.bind(&FIND_BUILTIN)?;
    builtin_spec(class, name.unwrap_or(none::none_ref()))
}

/// "is_builtin() argument must be str, not int"
fn a_str(function: &str, name: &Object) -> Result<()> {
    if unicode::check(name) {
        return Ok(());
    }
    let got = if name.is_none() { "None" } else { typeobject::tp_name(name.ty()) };
    Err(raise!(TypeError, "{function} must be str, not {got}"))
}

/// The spec of a builtin module; `loader` is the class that was asked.
pub fn builtin_spec(loader: &Object, name: &Object) -> Result<Option<Owned>> {
    a_str("is_builtin() argument", name)?;
    if inittab::find(name).is_none() {
        return Ok(None);
    }
    if !Class::BuiltinImporter.is(loader) {
        let origin = loader.getattr_str("_ORIGIN")?;
        return spec_from::loader(name, loader, Some(&origin).filter(|origin| !origin.is_none()).map(|o| &**o), None)
            .map(Some);
    }
    spec::new(name, loader, Some(&*unicode::from_str("built-in")?), false).map(Some)
}

fn is_builtin(name: &Object) -> bool {
    unicode::check(name) && inittab::find(name).is_some()
}

fn require_builtin(name: &Object) -> Result<()> {
    if is_builtin(name) {
        return Ok(());
    }
    let text = format!("{} is not a built-in module", shown(name)?);
    Err(import_error(&text, name, none::none_ref()))
}

/// The module of a builtin module's spec, not executed.
pub fn create_builtin(spec: &Object) -> Result<Owned> {
    require_builtin(&*spec.getattr(name!(name))?)?;
    Ok(extension::create_builtin(spec)?.unwrap_or_else(none::none))
}

const FIND_FROZEN: Signature<3> =
    Signature::python("FrozenImporter.find_spec", ["fullname", "path", "target"], 1).required(1);

fn find_frozen(class: &Object, args: Arguments) -> Result<Option<Owned>> {
    let [name, _, _] = args.bind(&FIND_FROZEN)?;
    frozen_spec(class, name.unwrap_or(none::none_ref()))
}

/// The spec of a frozen module; an entry that is excluded or nonsense is an error.
pub fn frozen_spec(loader: &Object, name: &Object) -> Result<Option<Owned>> {
    a_str("find_frozen() argument 1", name)?;
    let found = match frozen::find(name) {
        Ok(found) => found,
        Err(Missing::NotFound | Missing::Disabled | Missing::BadName) => return Ok(None),
        Err(missing) => return Err(frozen::raise(missing, name)),
    };
    let spec = spec::new(name, loader, Some(&*unicode::from_str("frozen")?), false)?;
    let (file, folder) = places(unicode::as_str(name)?, found.is_package)?;
    let state = dict::new()?;
    dict::set_str(&state, "filename", file.as_deref().unwrap_or(none::none_ref()))?;
    dict::set_str(&state, "origname", name)?;
    spec.setattr(name!(loader_state), &*namespace::new(Some(&state))?)?;
    if found.is_package {
        let locations = list::from_owned(folder.into_iter().collect())?;
        spec.setattr(name!(submodule_search_locations), &locations)?;
    }
    Ok(Some(spec))
}

/// Where a frozen module of the standard library would be as a file, and the folder of a package.
fn places(name: &str, package: bool) -> Result<(Option<Owned>, Option<Owned>)> {
    let root = runtime::sys_attribute(&*unicode::intern_str("_stdlib_dir")?)?;
    let Some(root) = root.filter(|root| unicode::check(root) && unicode::len(root) != 0) else {
        return Ok((None, None));
    };
    if name.is_empty() {
        return Ok((None, None));
    }
    let base = paths::join(&root, &*unicode::from_str(&name.replace('.', "/"))?)?;
    if package {
        let file = paths::join(&base, &*unicode::from_str("__init__.py")?)?;
        return Ok((Some(file), Some(base)));
    }
    let file = unicode::concat(&base, &*unicode::from_str(".py")?)?;
    Ok((Some(file), None))
}

/// A module for a frozen module's spec, with the file that it would be of.
pub fn create_frozen(spec: &Object) -> Result<Owned> {
    let module = crate::module::new(&*spec.getattr(name!(name))?)?;
    let state = spec.getattr_optional(name!(loader_state))?;
    let file = match state {
        Some(state) => state.getattr_optional(name!(filename))?,
        None => None,
    };
    if let Some(file) = file
        && file.is_true()?
    {
        module.setattr(name!(__file__), &file)?;
    }
    Ok(module)
}

/// Code can be found and read, not executed.
pub fn exec_frozen(module: &Object) -> Result<()> {
    let name = module.getattr(name!(__spec__))?.getattr(name!(name))?;
    a_str("get_frozen_object() argument 1", &name)?;
    match frozen::find(&name) {
        Ok(found) => drop(frozen::code(&name, found.code)?),
        Err(missing) => return Err(frozen::raise(missing, &name)),
    }
    Err(error::no_evaluator("FrozenImporter.exec_module"))
}

fn require_frozen(name: &Object) -> Result<()> {
    a_str("is_frozen() argument", name)?;
    if frozen::find(name).is_ok() {
        return Ok(());
    }
    let text = format!("{} is not a frozen module", shown(name)?);
    Err(import_error(&text, name, none::none_ref()))
}

fn code(name: &Object) -> Result<Owned> {
    require_frozen(name)?;
    match frozen::find(name) {
        Ok(found) => frozen::code(name, found.code),
        Err(missing) => Err(frozen::raise(missing, name)),
    }
}

fn is_package(name: &Object) -> Result<bool> {
    require_frozen(name)?;
    frozen::find(name).map(|found| found.is_package).map_err(|missing| frozen::raise(missing, name))
}
