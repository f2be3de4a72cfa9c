//! Warnings: a filter decides by category, text, module and line whether a warning is shown, becomes an error, or is
//! dropped; a registry remembers what was shown, so that it is shown once.
//!
//! The filters are a list of 5-tuples (action, text, category, module, line), as `warnings.filters` has them. When the
//! module `warnings` is loaded its attributes win; until then the interpreter keeps its own.

use crate::abi::*;
use crate::name;
use crate::object::{Object, Owned, Result, above, error, message};
use crate::raise;
use crate::state;
use crate::types::{boolobject, dict, exceptions, list, long, none, traceback, tuple, typeobject, unicode};

/// What is kept in the interpreter, made when it is first wanted.
macro_rules! kept {
    ($($(#[$doc:meta])* $name:ident = $make:expr;)*) => { $(
        $(#[$doc])*
        pub fn $name() -> Result<Owned> {
            // SAFETY: attached; the interpreter owns what the place holds.
            unsafe {
                if (*state::interp()).exceptions.warnings.$name.is_null() {
                    let made: Owned = $make?;
                    let place = &raw mut (*state::interp()).exceptions.warnings.$name;
                    drop(Owned::optional(place.replace(made.into_raw())));
                }
                Ok(Object::from_ptr((*state::interp()).exceptions.warnings.$name).to_owned())
            }
        }
    )* };
}

kept! {
    /// `_warnings.filters`.
    filters = default_filters();
    /// `_warnings._onceregistry`.
    once_registry = dict::new();
    /// `_warnings._defaultaction`.
    default_action = unicode::from_str("default");
}

fn default_filters() -> Result<Owned> {
    let filter = |action: &str, category: *mut PyTypeObject, module: Option<&str>| -> Result<Owned> {
        let module = match module {
            Some(module) => unicode::intern_str(module)?,
            None => none::none(),
        };
        tuple::from_owned(vec![
            unicode::intern_str(action)?,
            none::none(),
            exceptions::object(category).to_owned(),
            module,
            long::from_i64(0)?,
        ])
    };
    list::from_owned(vec![
        filter("default", &raw mut exceptions::DeprecationWarning, Some("__main__"))?,
        filter("ignore", &raw mut exceptions::DeprecationWarning, None)?,
        filter("ignore", &raw mut exceptions::PendingDeprecationWarning, None)?,
        filter("ignore", &raw mut exceptions::ImportWarning, None)?,
        filter("ignore", &raw mut exceptions::ResourceWarning, None)?,
    ])
}

/// `_warnings._filters_mutated`: what registries remember is out of date.
pub fn filters_changed() {
    // SAFETY: attached.
    unsafe { (*state::interp()).exceptions.warnings.filters_version += 1 };
}

/// An attribute of the module `warnings`, if that is loaded.
fn module_attribute(name: &Object) -> Result<Option<Owned>> {
    let module = unicode::intern_str("warnings")?;
    match above::imported(&module)? {
        Some(module) if !module.is_none() => module.getattr_optional(name),
        _ => Ok(None),
    }
}

/// The attribute of `warnings`, or what the interpreter keeps.
fn setting(name: &str, kept: fn() -> Result<Owned>, right: fn(&Object) -> bool, what: &str) -> Result<Owned> {
    let Some(value) = module_attribute(&*unicode::intern_str(name)?)? else { return kept() };
    if !right(&value) {
        return Err(raise!(TypeError, "warnings.{name} must be a {what}, not '{}'", typeobject::tp_name(value.ty())));
    }
    Ok(value)
}

/// A filter's pattern fits: nothing fits all, a str itself, anything else is asked with `match`.
fn fits(pattern: &Object, text: &Object) -> Result<bool> {
    if pattern.is_none() {
        return Ok(true);
    }
    if pattern.is_exact(&raw mut unicode::PyUnicode_Type) {
        return pattern.compare_bool(text, Py_EQ);
    }
    let name = unicode::intern_str("match")?;
    pattern.call_method(&name, &[text])?.is_true()
}

/// The action for a warning, and the filter that says so.
fn action_for(category: &Object, text: &Object, line: c_int, module: &Object) -> Result<(Owned, Owned)> {
    let filters = setting("filters", filters, list::check, "list")?;
    let mut i = 0;
    while let Some(item) = list::get(&filters, i) {
        let [action, pattern, class, module_pattern, at] =
            *(if tuple::check(&item) { tuple::items(&item) } else { &[] })
        else {
            return Err(raise!(ValueError, "warnings.filters item {i} isn't a 5-tuple"));
        };
        if !unicode::check(action) {
            return Err(raise!(TypeError, "action must be a string, not '{}'", typeobject::tp_name(action.ty())));
        }
        let fits = fits(pattern, text)? && fits(module_pattern, module)? && category.is_subclass(class)? && {
            let at = long::as_isize(at)?;
            at == 0 || at == line as isize
        };
        if fits {
            return Ok((action.to_owned(), item));
        }
        i += 1;
    }
    let default = setting("defaultaction", default_action, unicode::check, "string")?;
    Ok((default, none::none()))
}

/// The registry knows `key` already; else, if wanted, from now on.
fn already_warned(registry: &Object, key: &Object, remember: bool) -> Result<bool> {
    // SAFETY: attached.
    let version = unsafe { (*state::interp()).exceptions.warnings.filters_version };
    let known = match dict::get_str(registry, "version")? {
        Some(known) => long::check(&known) && long::to_i64(&known) == Some(version),
        None => false,
    };
    if !known {
        dict::clear(registry);
        dict::set_str(registry, "version", &*long::from_i64(version)?)?;
    } else if let Some(warned) = dict::get(registry, key)?
        && warned.is_true()?
    {
        return Ok(true);
    }
    if remember {
        dict::set(registry, key, &boolobject::from_bool(true))?;
    }
    Ok(false)
}

/// The module's name for a file's: without ".py".
fn module_of(filename: &Object) -> Result<Owned> {
    let name = unicode::as_str(filename)?;
    match name.strip_suffix(".py").unwrap_or(name) {
        "" => unicode::from_str("<unknown>"),
        stem => unicode::from_str(stem),
    }
}

/// Warns of something at a place that the caller names (`warnings.warn_explicit`). `message` is a text or a warning;
/// `source` is the object that a `ResourceWarning` is about.
pub fn warn_explicit(
    category: &Object,
    message: &Object,
    filename: &Object,
    line: c_int,
    module: Option<&Object>,
    registry: Option<&Object>,
    source: Option<&Object>,
) -> Result<()> {
    // At the very end of an interpreter there is no module to be asked or told.
    if module.is_some_and(|m| m.is_none()) {
        return Ok(());
    }
    let registry = registry.filter(|r| !r.is_none());
    if let Some(registry) = registry
        && !dict::check(registry)
    {
        return Err(raise!(TypeError, "'registry' must be a dict or None"));
    }
    let module = match module {
        Some(module) => module.to_owned(),
        None => module_of(filename)?,
    };
    let (category, text, message) = if message.is_instance(exceptions::object(&raw mut exceptions::Warning))? {
        (message.type_object().to_owned(), message.str()?, message.to_owned())
    } else {
        (category.to_owned(), message.to_owned(), category.call(&[message])?)
    };
    let key = tuple::from_owned(vec![text.clone(), category.clone(), long::from_i64(line as i64)?])?;
    if let Some(registry) = registry
        && already_warned(registry, &key, false)?
    {
        return Ok(());
    }
    let (action, filter) = action_for(&category, &text, line, &module)?;
    let action_name = unicode::as_str(&action)?;
    match action_name {
        "error" => return Err(exceptions::raise(&category, Some(&message))),
        "ignore" => return Ok(()),
        "always" | "all" => {}
        _ => {
            if let Some(registry) = registry {
                dict::set(registry, &key, &boolobject::from_bool(true))?;
            }
            let without_line = tuple::from_owned(vec![text.clone(), category.clone()])?;
            let warned = match action_name {
                "once" => match registry {
                    Some(registry) => already_warned(registry, &without_line, true)?,
                    None => {
                        let registry = setting("onceregistry", once_registry, dict::check, "dict")?;
                        already_warned(&registry, &without_line, true)?
                    }
                },
                "module" => match registry {
                    Some(registry) => already_warned(registry, &without_line, true)?,
                    None => false,
                },
                "default" => false,
                _ => {
                    return Err(raise!(
                        RuntimeError,
                        "Unrecognized action ({}) in warnings.filters:\n {}",
                        error::Text(&*action.repr()?),
                        error::Text(&*filter.repr()?)
                    ));
                }
            };
            if warned {
                return Ok(());
            }
        }
    }
    show(&category, &text, &message, filename, line, source)
}

/// Shows a warning: through `warnings._showwarnmsg` if that module is loaded, else on `sys.stderr`.
fn show(
    category: &Object,
    text: &Object,
    message: &Object,
    filename: &Object,
    line: c_int,
    source: Option<&Object>,
) -> Result<()> {
    if let Some(shower) = module_attribute(&*unicode::intern_str("_showwarnmsg")?)? {
        if !shower.is_callable() {
            return Err(raise!(TypeError, "warnings._showwarnmsg() must be set to a callable"));
        }
        let Some(class) = module_attribute(&*unicode::intern_str("WarningMessage")?)? else {
            return Err(raise!(RuntimeError, "unable to get warnings.WarningMessage"));
        };
        let line = long::from_i64(line as i64)?;
        let nothing = none::none_ref();
        let told = class.call(&[message, category, filename, &line, nothing, nothing, source.unwrap_or(nothing)])?;
        shower.call(&[&told])?;
        return Ok(());
    }
    let Some(stderr) = above::sys(c"stderr").filter(|f| !f.is_none()) else { return Ok(()) };
    let name = category.getattr(name!(__name__))?;
    let file = error::Text(filename).to_string();
    let mut shown = format!("{file}:{line}: {}: {}\n", error::Text(&*name.str()?), error::Text(&*text.str()?));
    if let Some(code) = traceback::source_line(&file, line) {
        shown += &format!("  {code}\n");
    }
    let shown = message::decoded(&shown)?;
    // A stream that can't be written to is no reason to fail.
    if let Err(raised) = stderr.call_method(name!(write), &[&shown]) {
        drop(error::caught(raised));
    }
    Ok(())
}

/// Warns where the caller is (`PyErr_WarnEx`, `warnings.warn`). Nothing here runs frames, so that is always `sys`.
pub fn warn(category: &Object, message: &Object, _stack_level: isize, source: Option<&Object>) -> Result<()> {
    const REGISTRY: &std::ffi::CStr = c"__warningregistry__";
    let registry = match above::sys(REGISTRY) {
        Some(registry) => registry,
        None => {
            let registry = dict::new()?;
            above::set_sys(REGISTRY, &registry)?;
            registry
        }
    };
    let (filename, module) = (unicode::from_str("<sys>")?, unicode::from_str("sys")?);
    warn_explicit(category, message, &filename, 0, Some(&module), Some(&registry), source)
}

/// [`warn`] with a text.
pub fn warn_text(category: &Object, text: &str, stack_level: isize, source: Option<&Object>) -> Result<()> {
    warn(category, &*unicode::from_str(text)?, stack_level, source)
}
