//! `importlib`, a package: imports as functions.

use super::*;
use crate::import::{paths, reload, resolve};

static METHODS: [PyMethodDef; 4] = [
    PyMethodDef::fast_keywords(
        c"import_module",
        fast_keywords!(import_module),
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

fn invalidate_caches() -> Result<()> {
    let finders = crate::object::sequence::tuple(&*paths::of_sys(name!(meta_path))?)?;
    for finder in crate::types::tuple::items(&finders) {
        if let Some(forget) = finder.getattr_optional_str("invalidate_caches")? {
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
