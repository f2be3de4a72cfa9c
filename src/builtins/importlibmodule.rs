//! `_frozen_importlib` and `_frozen_importlib_external`, the modules of the importers' classes; `importlib` with
//! `importlib.machinery` and `importlib.util` over them, as far as there is something behind it.

use super::native::{Arguments, call, described, module, noargs, one};
use super::{set, set_type};
use crate::abi::*;
use crate::import::spec_from::{self, Locations};
use crate::import::{
    dynload, file_finder, file_loaders, importers, loader, namespace_package, path_finder, paths, reload, resolve, spec,
};
use crate::name;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::{bytes, list, none, unicode};

const FROM_LOADER: Signature<4> =
    Signature::python("spec_from_loader", ["name", "loader", "origin", "is_package"], 0).required(2).positional(2);
const FROM_FILE: Signature<4> =
    Signature::python("spec_from_file_location", ["name", "location", "loader", "submodule_search_locations"], 0)
        .required(1)
        .positional(2);

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

fn spec_from_file_location(_: &Object, args: Arguments) -> Result<Option<Owned>> {
    let [name, location, loader, locations] = args.bind(&FROM_FILE)?;
    let given = |o: Option<&'_ Object>| o.filter(|o| !o.is_none()).map(Object::to_owned);
    let (location, loader) = (given(location), given(loader));
    let locations = locations.map_or(Locations::Ask, Locations::Given);
    spec_from::file(name.unwrap_or(none::none_ref()), location.as_deref(), loader.as_deref(), locations)
}

fn module_from_spec(_: &Object, spec: &Object) -> Result<Owned> {
    loader::module_from_spec(spec)
}

/// `_frozen_importlib`.
pub mod bootstrap {
    use super::*;

    static METHODS: [PyMethodDef; 3] = [
        PyMethodDef::fast_keywords(
            c"spec_from_loader",
            call!(spec_from_loader),
            c"spec_from_loader(name, loader, *, origin=None, is_package=None)\n--\n\nThe spec of what a loader loads.",
        ),
        PyMethodDef::one(
            c"module_from_spec",
            one!(module_from_spec),
            c"module_from_spec(spec)\n--\n\nThe module of a spec, not executed.",
        ),
        PyMethodDef::END,
    ];

    module!(described(c"_frozen_importlib", c"Imports: specs, builtin and frozen modules.", &METHODS), exec);

    fn exec(module: &Object) -> Result<()> {
        set_type(module, "ModuleSpec", &raw mut spec::SPEC_TYPE)?;
        set_type(module, "BuiltinImporter", &raw mut importers::BUILTIN_IMPORTER)?;
        set_type(module, "FrozenImporter", &raw mut importers::FROZEN_IMPORTER)
    }
}

/// `_frozen_importlib_external`.
pub mod external {
    use super::*;

    static METHODS: [PyMethodDef; 3] = [
        PyMethodDef::fast_keywords(
            c"spec_from_file_location",
            call!(spec_from_file_location),
            c"spec_from_file_location(name, location=None, *, loader=None, \
            submodule_search_locations=<unrepresentable>)\n--\n\nThe spec of a module in a file.",
        ),
        PyMethodDef::fast_keywords(
            c"cache_from_source",
            call!(cache_from_source),
            c"cache_from_source(path)\n--\n\nWhere the bytecode of a file of source is kept.",
        ),
        PyMethodDef::END,
    ];

    module!(described(c"_frozen_importlib_external", c"Imports: modules in files.", &METHODS), exec);

    const CACHE: Signature<1> = Signature::python("cache_from_source", ["path"], 0).required(1);

    fn cache_from_source(_: &Object, args: Arguments) -> Result<Owned> {
        let [path] = args.bind(&CACHE)?;
        let path = unicode::paths::fspath(path.unwrap_or(none::none_ref()))?;
        match paths::cache_of(paths::text(&path, "rpartition")?)? {
            Some(file) => Ok(file),
            None => Err(raise!(NotImplementedError, "sys.implementation.cache_tag is None")),
        }
    }

    fn exec(module: &Object) -> Result<()> {
        set_classes(module)?;
        set_type(module, "FileLoader", &raw mut file_loaders::FILE_LOADER)?;
        set_type(module, "_NamespacePath", &raw mut namespace_package::NAMESPACE_PATH)?;
        set_suffixes(module)?;
        set(module, "MAGIC_NUMBER", &*magic_number()?)
    }
}

fn set_classes(module: &Object) -> Result<()> {
    set_type(module, "PathFinder", &raw mut path_finder::PATH_FINDER)?;
    set_type(module, "FileFinder", &raw mut file_finder::FILE_FINDER)?;
    set_type(module, "ExtensionFileLoader", &raw mut file_loaders::EXTENSION_LOADER)?;
    set_type(module, "SourceFileLoader", &raw mut file_loaders::SOURCE_LOADER)?;
    set_type(module, "NamespaceLoader", &raw mut namespace_package::NAMESPACE_LOADER)
}

fn set_suffixes(module: &Object) -> Result<()> {
    set(module, "SOURCE_SUFFIXES", &*static_list(&[".py"])?)?;
    set(module, "BYTECODE_SUFFIXES", &*static_list(&[".pyc"])?)?;
    set(module, "EXTENSION_SUFFIXES", &*static_list(&dynload::SUFFIXES)?)
}

/// A list of texts.
fn static_list(texts: &[&str]) -> Result<Owned> {
    list::from_owned(texts.iter().map(|text| unicode::from_str(text)).collect::<Result<_>>()?)
}

fn magic_number() -> Result<Owned> {
    bytes::from_slice(&(PYC_MAGIC_NUMBER_TOKEN as u32).to_le_bytes())
}

/// `importlib`, a package.
pub mod package {
    use super::*;

    static METHODS: [PyMethodDef; 4] = [
        PyMethodDef::fast_keywords(
            c"import_module",
            call!(import_module),
            c"import_module(name, package=None)\n--\n\nThe module of the name, relative to the package if it begins \
            with dots.",
        ),
        PyMethodDef::one(
            c"reload",
            one!(|_: &Object, module: &Object| reload(module)),
            c"reload(module)\n--\n\nFind a module anew and execute it in the same object.",
        ),
        PyMethodDef::noargs(
            c"invalidate_caches",
            noargs!(|_: &Object| invalidate_caches()),
            c"invalidate_caches()\n--\n\nTell all finders to forget what they know.",
        ),
        PyMethodDef::END,
    ];

    module!(described(c"importlib", c"Imports, as functions.", &METHODS), exec);

    const IMPORT_MODULE: Signature<2> = Signature::python("import_module", ["name", "package"], 0).required(1);

    fn import_module(_: &Object, args: Arguments) -> Result<Owned> {
        let [name, package] = args.bind(&IMPORT_MODULE)?;
        let name = name.unwrap_or(none::none_ref());
        let text = paths::text(name, "startswith")?;
        if !text.starts_with('.') {
            if text.is_empty() {
                return Err(raise!(ValueError, "Empty module name"));
            }
            return crate::import::import(name);
        }
        let package = match package {
            Some(package) if package.is_true()? => package,
            _ => {
                return Err(raise!(
                    TypeError,
                    "the 'package' argument is required to perform a relative import for {}",
                    unicode::as_str(&*name.repr()?)?
                ));
            }
        };
        crate::import::import(&*resolve::against(text, package)?)
    }

    fn invalidate_caches() -> Result<()> {
        let finders = crate::object::sequence::tuple(&*paths::of_sys(name!(meta_path))?)?;
        for finder in crate::types::tuple::items(&finders) {
            if let Some(forget) = finder.getattr_optional(&*unicode::intern_str("invalidate_caches")?)? {
                forget.call(&[])?;
            }
        }
        Ok(())
    }

    fn exec(module: &Object) -> Result<()> {
        set(module, "__path__", &*list::new()?)?;
        set(module, "__all__", &*static_list(&["__import__", "import_module", "invalidate_caches", "reload"])?)?;
        let builtins = crate::import::import(&*unicode::from_str("builtins")?)?;
        set(module, "__import__", &*builtins.getattr(name!(__import__))?)
    }
}

/// `importlib.machinery`.
pub mod machinery {
    use super::*;

    static METHODS: [PyMethodDef; 2] = [
        PyMethodDef::noargs(
            c"all_suffixes",
            noargs!(|_: &Object| {
                let mut all = vec![".py", ".pyc"];
                all.extend(dynload::SUFFIXES);
                static_list(&all)
            }),
            c"all_suffixes()\n--\n\nThe endings of all files that are modules.",
        ),
        PyMethodDef::END,
    ];

    module!(described(c"importlib.machinery", c"The importers, and the endings of files.", &METHODS), exec);

    fn exec(module: &Object) -> Result<()> {
        bootstrap_classes(module)?;
        set_classes(module)?;
        set_suffixes(module)
    }

    fn bootstrap_classes(module: &Object) -> Result<()> {
        set_type(module, "ModuleSpec", &raw mut spec::SPEC_TYPE)?;
        set_type(module, "BuiltinImporter", &raw mut importers::BUILTIN_IMPORTER)?;
        set_type(module, "FrozenImporter", &raw mut importers::FROZEN_IMPORTER)
    }
}

/// `importlib.util`.
pub mod util {
    use super::*;

    static METHODS: [PyMethodDef; 3] = [
        PyMethodDef::fast_keywords(
            c"find_spec",
            call!(find_spec),
            c"find_spec(name, package=None)\n--\n\nThe spec of a module, which is not imported; its parents are.",
        ),
        PyMethodDef::fast_keywords(
            c"resolve_name",
            call!(resolve_name),
            c"resolve_name(name, package)\n--\n\nThe absolute name of a relative one.",
        ),
        PyMethodDef::END,
    ];

    module!(described(c"importlib.util", c"Specs, and modules of them.", &METHODS), exec);

    const FIND_SPEC: Signature<2> = Signature::python("find_spec", ["name", "package"], 0).required(1);
    const RESOLVE: Signature<2> = Signature::python("resolve_name", ["name", "package"], 0).required(2);

    fn resolve_name(_: &Object, args: Arguments) -> Result<Owned> {
        let [name, package] = args.bind(&RESOLVE)?;
        absolute(name.unwrap_or(none::none_ref()), package)
    }

    fn absolute(name: &Object, package: Option<&Object>) -> Result<Owned> {
        let text = paths::text(name, "startswith")?;
        if !text.starts_with('.') {
            return Ok(name.to_owned());
        }
        match package {
            Some(package) if package.is_true()? => resolve::against(text, package),
            _ => Err(raise!(
                ImportError,
                "no package specified for {} (required for relative module names)",
                unicode::as_str(&*name.repr()?)?
            )),
        }
    }

    fn find_spec(_: &Object, args: Arguments) -> Result<Owned> {
        let [name, package] = args.bind(&FIND_SPEC)?;
        let name = absolute(name.unwrap_or(none::none_ref()), package)?;
        let Some(known) = crate::import::modules::find(&name)? else {
            let parent_path = match unicode::as_str(&name)?.rsplit_once('.') {
                None => None,
                Some((parent, _)) => {
                    let parent = unicode::from_str(parent)?;
                    let package = crate::import::import(&parent)?;
                    match package.getattr_optional(name!(__path__))? {
                        Some(path) => Some(path),
                        None => return Err(no_path(&name, &parent)),
                    }
                }
            };
            let spec = crate::import::finders::find_spec(&name, parent_path.as_deref(), None)?;
            return Ok(spec.unwrap_or_else(none::none));
        };
        if known.is_none() {
            return Ok(none::none());
        }
        let shown = unicode::as_str(&name)?;
        match known.getattr_optional(name!(__spec__))? {
            None => Err(raise!(ValueError, "{shown}.__spec__ is not set")),
            Some(spec) if spec.is_none() => Err(raise!(ValueError, "{shown}.__spec__ is None")),
            Some(spec) => Ok(spec),
        }
    }

    #[cold]
    fn no_path(name: &Object, parent: &Object) -> crate::object::Raised {
        let text = || -> Result<Owned> {
            let (shown, of) = (name.repr()?, parent.repr()?);
            let text = format!(
                "__path__ attribute not found on {} while trying to find {}",
                unicode::as_str(&of)?,
                unicode::as_str(&shown)?
            );
            unicode::from_str(&text)
        };
        match text() {
            Ok(text) => crate::types::exceptions::raise_import_error(
                &raw mut crate::types::exceptions::ModuleNotFoundError,
                &text,
                Some(name),
                None,
            ),
            Err(raised) => raised,
        }
    }

    fn exec(module: &Object) -> Result<()> {
        for (source, names) in [
            ("_frozen_importlib", &["module_from_spec", "spec_from_loader"][..]),
            ("_frozen_importlib_external", &["spec_from_file_location", "cache_from_source", "MAGIC_NUMBER"][..]),
            ("_imp", &["source_hash"][..]),
        ] {
            let from = crate::import::import(&*unicode::from_str(source)?)?;
            for name in names {
                set(module, name, &*from.getattr(&*unicode::intern_str(name)?)?)?;
            }
        }
        Ok(())
    }
}
