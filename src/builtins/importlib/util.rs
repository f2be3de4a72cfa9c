//! `importlib.util`: specs, and modules of them.

use super::*;
use crate::import::classes::{add_functions, method, python};
use crate::import::errors::{not_found, shown};
use crate::import::{finders, paths, resolve};
use crate::types::{boolobject, dict, tuple};

static METHODS: [PyMethodDef; 4] = [
    PyMethodDef::fast_keywords(
        c"source_hash",
        function!("source_hash", ["source_bytes"], source_hash),
        c"source_hash(source_bytes)\n--\n\nThe hash of source that bytecode files keep.",
    ),
    PyMethodDef::fast_keywords(
        c"find_spec",
        fast_keywords!(find_spec),
        c"find_spec(name, package=None)\n--\n\nThe spec of a module, which is not imported; its parents are.",
    ),
    PyMethodDef::fast_keywords(
        c"resolve_name",
        fast_keywords!(resolve_name),
        c"resolve_name(name, package)\n--\n\nThe absolute name of a relative one.",
    ),
    PyMethodDef::END,
];

module!(described(c"importlib.util", c"Specs, and modules of them.", &METHODS), exec);

/// The hash of source that bytecode files of this version keep.
fn source_hash(_: &Object, source: &Object) -> Result<Owned> {
    let imp = crate::import::import(&*unicode::from_str("_imp")?)?;
    let key = imp.getattr_str("pyc_magic_number_token")?;
    imp.getattr_str("source_hash")?.call(&[&key, source])
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
    let text = || -> Result<String> {
        Ok(format!("__path__ attribute not found on {} while trying to find {}", shown(parent)?, shown(name)?))
    };
    match text() {
        Ok(text) => not_found(&text, name),
        Err(raised) => raised,
    }
}

/// `_incompatible_extension_module_restrictions`: a context manager that overrides whether extensions are checked for
/// more than one interpreter.
static RESTRICTIONS: [PyMethodDef; 5] = [
    PyMethodDef::fast_keywords(
        c"__init__",
        python!(|this: &Object, args: Arguments| {
            const NAME: &str = "_incompatible_extension_module_restrictions.__init__";
            const INIT: Signature<1> = Signature::python(NAME, ["disable_check"], 1).positional(0);
            let [Some(disable)] = args.bind(&INIT)? else {
                return Err(raise!(TypeError, "{NAME}() missing 1 required keyword-only argument: 'disable_check'"));
            };
            let disable = disable.is_true()?;
            this.setattr_str("disable_check", &boolobject::from_bool(disable))
        }),
        c"__init__($self, *, disable_check)\n--\n\nSay whether there is to be a check.",
    ),
    PyMethodDef::fast_keywords(
        c"__enter__",
        method!("_incompatible_extension_module_restrictions.__enter__", [], |this: &Object| {
            let old = override_check(&*this.getattr_str("override")?)?;
            this.setattr_str("old", &old)?;
            Ok(this.to_owned())
        }),
        c"__enter__($self)\n--\n\nOverride the check.",
    ),
    PyMethodDef::fast_keywords(
        c"__exit__",
        python!(|this: &Object, _: Arguments| {
            let name = unicode::intern_str("old")?;
            let old = this.getattr(&name)?;
            this.delattr(&name)?;
            override_check(&old).map(drop)
        }),
        c"__exit__($self, *args)\n--\n\nGo back to what was before.",
    ),
    PyMethodDef::fast_keywords(
        c"override",
        method!("_incompatible_extension_module_restrictions.override", [], |this: &Object| {
            let disabled = this.getattr_str("disable_check")?.is_true()?;
            Ok(if disabled { -1 } else { 1 })
        }),
        c"override($self)\n--\n\nWhat _imp is told.",
    ),
    PyMethodDef::END,
];

fn override_check(to: &Object) -> Result<Owned> {
    let imp = crate::import::import(&*unicode::from_str("_imp")?)?;
    imp.call_method_str("_override_multi_interp_extensions_check", &[to])
}

fn restrictions() -> Result<Owned> {
    let class = "_incompatible_extension_module_restrictions";
    let module = unicode::intern_str("importlib.util")?;
    let names = dict::new()?;
    dict::set(&names, name!(__module__), &module)?;
    // SAFETY: the table is whole.
    unsafe { add_functions(&names, table(&RESTRICTIONS), class, &module, c"<importlib.util>") }?;
    // SAFETY: static.
    let (property, meta) = unsafe {
        (
            Object::from_ptr((&raw mut crate::types::property::PyProperty_Type).cast()),
            Object::from_ptr((&raw mut crate::types::typeobject::PyType_Type).cast()),
        )
    };
    if let Some(getter) = dict::get_str(&names, "override")? {
        dict::set_str(&names, "override", &*property.call(&[&getter])?)?;
    }
    meta.call(&[&*unicode::intern_str(class)?, tuple::empty_ref(), &names])
}

fn exec(module: &Object) -> Result<()> {
    set(module, "_incompatible_extension_module_restrictions", &*restrictions()?)?;
    for (source, names) in [
        ("_frozen_importlib", &["module_from_spec", "spec_from_loader"][..]),
        (
            "_frozen_importlib_external",
            &["spec_from_file_location", "cache_from_source", "source_from_cache", "decode_source", "MAGIC_NUMBER"][..],
        ),
    ] {
        let from = crate::import::import(&*unicode::from_str(source)?)?;
        for name in names {
            set(module, name, &*from.getattr_str(name)?)?;
        }
    }
    Ok(())
}
