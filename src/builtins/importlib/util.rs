//! `importlib.util`: specs, and modules of them.

use super::*;
use crate::import::{finders, paths, resolve};

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
            &["spec_from_file_location", "cache_from_source", "source_from_cache", "decode_source", "MAGIC_NUMBER"][..],
        ),
    ] {
        let from = crate::import::import(&*unicode::from_str(source)?)?;
        for name in names {
            set(module, name, &*from.getattr(&*unicode::intern_str(name)?)?)?;
        }
    }
    Ok(())
}
