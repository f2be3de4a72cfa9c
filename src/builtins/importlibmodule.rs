//! `_frozen_importlib` and `_frozen_importlib_external`, the modules of the importers' classes; `importlib` with
//! `importlib.machinery` and `importlib.util` over them, as far as there is something behind it.

use super::native::{Arguments, call, described, module};
use super::set;
use crate::abi::*;
use crate::import::classes::Class;
use crate::import::spec_from::{self, Locations};
use crate::import::{
    bytecode, cache_paths, dynload, file_finder, finders, loader, paths, reload, resolve, source_text,
};
use crate::name;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::{bytes, exceptions, list, long, none, tuple, typeobject, unicode};

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

/// A function as CPython has it in Python: its one argument by position or by name, and what is said of wrong ones.
macro_rules! function {
    ($name:literal, [], $f:expr) => {
        call!(|module: &Object, args: Arguments| {
            const NONE: Signature<0> = Signature::python($name, [], 0);
            args.bind(&NONE)?;
            $f(module)
        })
    };
    ($name:literal, [$param:literal], $f:expr) => {
        call!(|module: &Object, args: Arguments| {
            const ONE: Signature<1> = Signature::python($name, [$param], 0).required(1);
            let [given] = args.bind(&ONE)?;
            $f(module, given.unwrap_or(none::none_ref()))
        })
    };
}

fn module_from_spec(_: &Object, spec: &Object) -> Result<Owned> {
    loader::module_from_spec(spec)
}

/// `_frozen_importlib`.
pub mod bootstrap {
    use super::*;

    static METHODS: [PyMethodDef; 9] = [
        PyMethodDef::fast_keywords(
            c"__import__",
            call!(package::import),
            c"__import__(name, globals=None, locals=None, fromlist=(), level=0)\n--\n\nWhat an import statement gets.",
        ),
        PyMethodDef::fast_keywords(
            c"_gcd_import",
            call!(gcd_import),
            c"_gcd_import(name, package=None, level=0)\n--\n\nThe module of the name, relative to the package at a \
            level.",
        ),
        PyMethodDef::fast_keywords(
            c"_find_spec",
            call!(find_spec),
            c"_find_spec(name, path, target=None)\n--\n\nThe spec that the finders of sys.meta_path know.",
        ),
        PyMethodDef::fast_keywords(
            c"_load",
            function!("_load", ["spec"], |_: &Object, spec: &Object| loader::load_locked(spec)),
            c"_load(spec)\n--\n\nThe module of a spec: made, entered into sys.modules and executed.",
        ),
        PyMethodDef::fast_keywords(
            c"_exec",
            call!(exec_spec),
            c"_exec(spec, module)\n--\n\nExecute a spec in a module that is there.",
        ),
        PyMethodDef::fast_keywords(
            c"_resolve_name",
            call!(resolve_name),
            c"_resolve_name(name, package, level)\n--\n\nThe absolute name of a relative one.",
        ),
        PyMethodDef::fast_keywords(
            c"spec_from_loader",
            call!(spec_from_loader),
            c"spec_from_loader(name, loader, *, origin=None, is_package=None)\n--\n\nThe spec of what a loader loads.",
        ),
        PyMethodDef::fast_keywords(
            c"module_from_spec",
            function!("module_from_spec", ["spec"], module_from_spec),
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
        let name = name.unwrap_or(none::none_ref());
        let level = level.map_or(Ok(0), long::as_i32)?;
        if !unicode::check(name) {
            return Err(raise!(TypeError, "module name must be str, not {}", typeobject::tp_name(name.ty())));
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

    fn find_spec(_: &Object, args: Arguments) -> Result<Option<Owned>> {
        let [name, path, target] = args.bind(&FIND_SPEC)?;
        finders::find_spec(name.unwrap_or(none::none_ref()), path.filter(|path| !path.is_none()), target)
    }

    fn exec_spec(_: &Object, args: Arguments) -> Result<Owned> {
        let [spec, module] = args.bind(&EXEC)?.map(|given| given.unwrap_or(none::none_ref()));
        loader::exec_spec(spec, module)
    }

    fn resolve_name(_: &Object, args: Arguments) -> Result<Owned> {
        let [name, package, level] = args.bind(&RESOLVE)?.map(|given| given.unwrap_or(none::none_ref()));
        at_level(name, package, long::as_i32(level)?)
    }

    pub const CLASSES: [(&str, Class); 3] = [
        ("ModuleSpec", Class::ModuleSpec),
        ("BuiltinImporter", Class::BuiltinImporter),
        ("FrozenImporter", Class::FrozenImporter),
    ];
}

fn set_classes(module: &Object, classes: &[(&str, Class)]) -> Result<()> {
    classes.iter().try_for_each(|(name, class)| set(module, name, class.get()?))
}

/// `_frozen_importlib_external`.
pub mod external {
    use super::*;

    static METHODS: [PyMethodDef; 6] = [
        PyMethodDef::fast_keywords(
            c"spec_from_file_location",
            call!(spec_from_file_location),
            c"spec_from_file_location(name, location=None, *, loader=None, \
            submodule_search_locations=<unrepresentable>)\n--\n\nThe spec of a module in a file.",
        ),
        PyMethodDef::fast_keywords(
            c"cache_from_source",
            call!(cache_from_source),
            c"cache_from_source(path, debug_override=None, *, optimization=None)\n--\n\nWhere the bytecode of a file of \
            source is kept.",
        ),
        PyMethodDef::fast_keywords(
            c"source_from_cache",
            function!("source_from_cache", ["path"], source_from_cache),
            c"source_from_cache(path)\n--\n\nThe file of source that a file of bytecode is of.",
        ),
        PyMethodDef::fast_keywords(
            c"decode_source",
            function!("decode_source", ["source_bytes"], |_: &Object, source: &Object| source_text::decode(source)),
            c"decode_source(source_bytes)\n--\n\nThe text of a file of source.",
        ),
        PyMethodDef::fast_keywords(
            c"_get_supported_file_loaders",
            function!("_get_supported_file_loaders", [], supported_file_loaders),
            c"_get_supported_file_loaders()\n--\n\nThe loaders of files, each with the endings of its files.",
        ),
        PyMethodDef::END,
    ];

    module!(described(c"_frozen_importlib_external", c"Imports: modules in files.", &METHODS), exec);

    const CACHE: Signature<3> =
        Signature::python("cache_from_source", ["path", "debug_override", "optimization"], 0).required(1).positional(2);

    fn cache_from_source(_: &Object, args: Arguments) -> Result<Owned> {
        let [path, debug, optimization] = args.bind(&CACHE)?;
        let given = |o: Option<&'_ Object>| o.filter(|o| !o.is_none()).map(Object::to_owned);
        let (debug, mut optimization) = (given(debug), given(optimization));
        if let Some(debug) = debug {
            exceptions::warn(
                &raw mut exceptions::DeprecationWarning,
                1,
                "the debug_override parameter is deprecated; use 'optimization' instead",
            )?;
            if optimization.is_some() {
                return Err(raise!(TypeError, "debug_override or optimization must be set to None"));
            }
            optimization = Some(if debug.is_true()? { unicode::from_str("")? } else { long::from_i64(1)? });
        }
        let path = unicode::paths::fspath(path.unwrap_or(none::none_ref()))?;
        if bytes::check(&path) {
            return Err(raise!(TypeError, "argument should be integer or bytes-like object, not 'str'"));
        }
        let optimization = optimization.map(|o| o.str()).transpose()?;
        let optimization = optimization.as_deref().map(unicode::as_str).transpose()?;
        cache_paths::of_source(&path, optimization)?.ok_or_else(cache_paths::no_tag)
    }

    fn source_from_cache(_: &Object, path: &Object) -> Result<Owned> {
        cache_paths::source_of(&*unicode::paths::fspath(path)?)
    }

    /// A list of a class and the endings of its files for each kind of file.
    fn supported_file_loaders(_: &Object) -> Result<Owned> {
        let pair = |(class, suffixes): (Class, &[&str])| tuple::from_slice(&[class.get()?, &*static_list(suffixes)?]);
        list::from_owned(file_finder::supported().into_iter().map(pair).collect::<Result<_>>()?)
    }

    fn exec(module: &Object) -> Result<()> {
        set_classes(module, &CLASSES)?;
        set_classes(module, &OTHER_CLASSES)?;
        set(module, "SOURCE_SUFFIXES", &*static_list(&[".py"])?)?;
        let bytecode = static_list(&[".pyc"])?;
        for name in ["BYTECODE_SUFFIXES", "DEBUG_BYTECODE_SUFFIXES", "OPTIMIZED_BYTECODE_SUFFIXES"] {
            set(module, name, &bytecode)?;
        }
        set(module, "EXTENSION_SUFFIXES", &*static_list(&dynload::SUFFIXES)?)?;
        set(module, "MAGIC_NUMBER", &*bytes::from_slice(&bytecode::magic())?)?;
        set(module, "path_separators", &*unicode::from_str("/")?)?;
        set(module, "path_sep", &*unicode::from_str("/")?)?;
        set(module, "path_sep_tuple", &*tuple::from_owned(vec![unicode::from_str("/")?])?)?;
        set(module, "_bootstrap", &*crate::import::import(&*unicode::from_str("_frozen_importlib")?)?)
    }

    /// Those that `importlib.machinery` shows too.
    pub const CLASSES: [(&str, Class); 8] = [
        ("WindowsRegistryFinder", Class::WindowsRegistryFinder),
        ("PathFinder", Class::PathFinder),
        ("FileFinder", Class::FileFinder),
        ("SourceFileLoader", Class::SourceFileLoader),
        ("SourcelessFileLoader", Class::SourcelessFileLoader),
        ("ExtensionFileLoader", Class::ExtensionFileLoader),
        ("AppleFrameworkLoader", Class::AppleFrameworkLoader),
        ("NamespaceLoader", Class::NamespaceLoader),
    ];
    const OTHER_CLASSES: [(&str, Class); 5] = [
        ("_LoaderBasics", Class::LoaderBasics),
        ("SourceLoader", Class::SourceLoader),
        ("FileLoader", Class::FileLoader),
        ("_NamespacePath", Class::NamespacePath),
        ("_NamespaceLoader", Class::NamespaceLoader),
    ];
}

/// A list of texts.
fn static_list(texts: &[&str]) -> Result<Owned> {
    list::from_owned(texts.iter().map(|text| unicode::from_str(text)).collect::<Result<_>>()?)
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
        PyMethodDef::fast_keywords(
            c"reload",
            function!("reload", ["module"], |_: &Object, module: &Object| reload(module)),
            c"reload(module)\n--\n\nFind a module anew and execute it in the same object.",
        ),
        PyMethodDef::fast_keywords(
            c"invalidate_caches",
            function!("invalidate_caches", [], |_: &Object| invalidate_caches()),
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
        if !unicode::check(package) {
            return Err(raise!(TypeError, "__package__ not set to a string"));
        }
        crate::import::import(&*resolve::against(text, package)?)
    }

    const IMPORT: Signature<5> =
        Signature::python("__import__", ["name", "globals", "locals", "fromlist", "level"], 0).required(1);

    /// `__import__`, which is another function than that of `builtins`.
    pub fn import(_: &Object, args: Arguments) -> Result<Owned> {
        let [name, globals, _, names, level] = args.bind(&IMPORT)?;
        let level = level.map_or(Ok(0), long::as_i32)?;
        let globals = globals.filter(|globals| !globals.is_none());
        crate::import::import_level(name.unwrap_or(none::none_ref()), globals, names, level)
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
        // CPython's are of the one module under two names.
        for (name, module_name, full) in [
            ("_bootstrap", "_frozen_importlib", "importlib._bootstrap"),
            ("_bootstrap_external", "_frozen_importlib_external", "importlib._bootstrap_external"),
        ] {
            let part = crate::import::import(&*unicode::from_str(module_name)?)?;
            if name == "_bootstrap" {
                set(module, "__import__", &*part.getattr(name!(__import__))?)?;
            }
            set(module, name, &part)?;
            crate::import::modules::enter(&*unicode::intern_str(full)?, &part)?;
        }
        Ok(())
    }
}

/// `importlib.machinery`.
pub mod machinery {
    use super::*;

    static METHODS: [PyMethodDef; 3] = [
        PyMethodDef::fast_keywords(
            c"all_suffixes",
            function!("all_suffixes", [], all_suffixes),
            c"all_suffixes()\n--\n\nThe endings of all files that are modules.",
        ),
        PyMethodDef::fast_keywords(
            c"__getattr__",
            function!("__getattr__", ["name"], old_name),
            c"__getattr__(name)\n--\n\nOld names, with a warning.",
        ),
        PyMethodDef::END,
    ];

    module!(described(c"importlib.machinery", c"The importers, and the endings of files.", &METHODS), exec);

    const SUFFIXES: [&str; 3] = ["SOURCE_SUFFIXES", "BYTECODE_SUFFIXES", "EXTENSION_SUFFIXES"];

    /// Of the lists as they are now.
    fn all_suffixes(module: &Object) -> Result<Owned> {
        let all = list::new()?;
        for name in SUFFIXES {
            list::extend(&all, &*module.getattr(&*unicode::intern_str(name)?)?)?;
        }
        Ok(all)
    }

    fn exec(module: &Object) -> Result<()> {
        set_classes(module, &bootstrap::CLASSES)?;
        set_classes(module, &external::CLASSES)?;
        let external = crate::import::import(&*unicode::from_str("_frozen_importlib_external")?)?;
        for name in SUFFIXES {
            set(module, name, &*external.getattr(&*unicode::intern_str(name)?)?)?;
        }
        for name in OLD {
            set(module, &format!("_{name}"), &*external.getattr(&*unicode::intern_str(name)?)?)?;
        }
        Ok(())
    }

    const OLD: [&str; 2] = ["DEBUG_BYTECODE_SUFFIXES", "OPTIMIZED_BYTECODE_SUFFIXES"];

    fn old_name(module: &Object, name: &Object) -> Result<Owned> {
        let shown = name.str()?;
        let shown = unicode::as_str(&shown)?;
        if !OLD.contains(&shown) {
            return Err(raise!(AttributeError, "module 'importlib.machinery' has no attribute '{shown}'"));
        }
        exceptions::warn(
            &raw mut exceptions::DeprecationWarning,
            2,
            &format!("importlib.machinery.{shown} is deprecated; use importlib.machinery.BYTECODE_SUFFIXES instead."),
        )?;
        module.getattr(&*unicode::intern_str(&format!("_{shown}"))?)
    }
}

/// `importlib.util`.
pub mod util {
    use super::*;

    static METHODS: [PyMethodDef; 4] = [
        PyMethodDef::fast_keywords(
            c"source_hash",
            function!("source_hash", ["source_bytes"], source_hash),
            c"source_hash(source_bytes)\n--\n\nThe hash of source that bytecode files keep.",
        ),
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

    /// The hash of source that bytecode files of this version keep.
    fn source_hash(_: &Object, source: &Object) -> Result<Owned> {
        let imp = crate::import::import(&*unicode::from_str("_imp")?)?;
        let key = imp.getattr(&*unicode::intern_str("pyc_magic_number_token")?)?;
        imp.getattr(&*unicode::intern_str("source_hash")?)?.call(&[&key, source])
    }

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
            let spec = finders::find_spec(&name, parent_path.as_deref(), None)?;
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
            (
                "_frozen_importlib_external",
                &["spec_from_file_location", "cache_from_source", "source_from_cache", "decode_source", "MAGIC_NUMBER"]
                    [..],
            ),
        ] {
            let from = crate::import::import(&*unicode::from_str(source)?)?;
            for name in names {
                set(module, name, &*from.getattr(&*unicode::intern_str(name)?)?)?;
            }
        }
        Ok(())
    }
}
