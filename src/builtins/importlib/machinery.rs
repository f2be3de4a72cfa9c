//! `importlib.machinery`: the importers, and the endings of files.

use super::*;
use super::{bootstrap, external};
use crate::types::exceptions;

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
        list::extend(&all, &*module.getattr_str(name)?)?;
    }
    Ok(all)
}

fn exec(module: &Object) -> Result<()> {
    set_classes(module, &bootstrap::CLASSES)?;
    set_classes(module, &external::CLASSES)?;
    let external = crate::import::import(&*unicode::from_str("_frozen_importlib_external")?)?;
    for name in SUFFIXES {
        set(module, name, &*external.getattr_str(name)?)?;
    }
    for name in OLD {
        set(module, &format!("_{name}"), &*external.getattr_str(name)?)?;
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
