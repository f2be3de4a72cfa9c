//! `_frozen_importlib_external`: modules in files.

use super::*;
use crate::import::spec_from::{self, Locations};
use crate::import::{bytecode, cache_paths, dynload, file_finder, source_text};
use crate::types::{bytes, exceptions, long, tuple};

static METHODS: [PyMethodDef; 6] = [
    PyMethodDef::fast_keywords(
        c"spec_from_file_location",
        fast_keywords!(spec_from_file_location),
        c"spec_from_file_location(name, location=None, *, loader=None, \
        submodule_search_locations=<unrepresentable>)\n--\n\nThe spec of a module in a file.",
    ),
    PyMethodDef::fast_keywords(
        c"cache_from_source",
        fast_keywords!(cache_from_source),
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

const FROM_FILE: Signature<4> =
    Signature::python("spec_from_file_location", ["name", "location", "loader", "submodule_search_locations"], 0)
        .required(1)
        .positional(2);

fn spec_from_file_location(_: &Object, args: Arguments) -> Result<Option<Owned>> {
    let [name, location, loader, locations] = args.bind(&FROM_FILE)?;
    let given = |o: Option<&'_ Object>| o.filter(|o| !o.is_none()).map(Object::to_owned);
    let (location, loader) = (given(location), given(loader));
    let locations = locations.map_or(Locations::Ask, Locations::Given);
    spec_from::file(name.unwrap_or(none::none_ref()), location.as_deref(), loader.as_deref(), locations)
}
