//! `_warnings`: the native side of warnings, with the filters that the C API looks at.

use super::native::{Arguments, described, fast_keywords, module, noargs};
use super::set;
use crate::abi::*;
use crate::context::var;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, error, number};
use crate::raise;
use crate::state;
use crate::types::{dict, exceptions, long, none, tuple, typeobject, unicode, warnings};

static METHODS: [PyMethodDef; 6] = [
    PyMethodDef::fast_keywords(
        c"warn",
        fast_keywords!(warn),
        c"warn($module, /, message, category=None, stacklevel=1, source=None, *,\n     skip_file_prefixes=())\n--\n\n\
        Issue a warning, or an exception if the filters say so.",
    ),
    PyMethodDef::fast_keywords(
        c"warn_explicit",
        fast_keywords!(warn_explicit),
        c"warn_explicit($module, /, message, category, filename, lineno,\n              module=<unrepresentable>, \
        registry=None,\n              module_globals=None, source=None)\n--\n\nIssue a warning for a place that the \
        arguments name.",
    ),
    PyMethodDef::noargs(
        c"_filters_mutated_lock_held",
        noargs!(filters_mutated),
        c"_filters_mutated_lock_held($module, /)\n--\n\n",
    ),
    PyMethodDef::noargs(c"_acquire_lock", noargs!(acquire), c"_acquire_lock($module, /)\n--\n\n"),
    PyMethodDef::noargs(c"_release_lock", noargs!(release), c"_release_lock($module, /)\n--\n\n"),
    PyMethodDef::END,
];

module!(described(c"_warnings", c"Warnings and their filters.", &METHODS), exec);

fn exec(module: &Object) -> Result<()> {
    set(module, "filters", &*warnings::filters()?)?;
    set(module, "_onceregistry", &*warnings::once_registry()?)?;
    set(module, "_defaultaction", &*warnings::default_action()?)?;
    let context = var::new(&*unicode::from_str("_warnings_context")?, None)?;
    set(module, "_warnings_context", &context)
}

/// The category of a warning: that of an instance, or what was given, or `UserWarning`.
fn category_of(message: &Object, given: Option<&Object>) -> Result<Owned> {
    let warning = exceptions::object(&raw mut exceptions::Warning);
    if message.is_instance(warning)? {
        return Ok(message.type_object().to_owned());
    }
    let Some(given) = given.filter(|given| !given.is_none()) else {
        return Ok(exceptions::object(&raw mut exceptions::UserWarning).to_owned());
    };
    let right = given.has_flag(Py_TPFLAGS_TYPE_SUBCLASS) && given.is_subclass(warning)?;
    if !right {
        return Err(raise!(
            TypeError,
            "category must be a Warning subclass, not '{}'",
            typeobject::tp_name(given.ty())
        ));
    }
    Ok(given.to_owned())
}

fn warn(_module: &Object, args: Arguments) -> Result<()> {
    const PARAMETERS: Signature<5> =
        Signature::new("warn", ["message", "category", "stacklevel", "source", "skip_file_prefixes"])
            .required(1)
            .positional(4);
    let [message, category, level, source, prefixes] = args.bind(&PARAMETERS)?;
    let message = message.expect("bind checked it");
    let level = match level {
        Some(level) => long::as_isize(&*number::index(level)?)?,
        None => 1,
    };
    if let Some(prefixes) = prefixes {
        if !tuple::check(prefixes) {
            return Err(raise!(
                TypeError,
                "warn() argument 'skip_file_prefixes' must be tuple, not {}",
                error::cut(typeobject::tp_name(prefixes.ty()), 50)
            ));
        }
        if let Some(odd) = tuple::items(prefixes).iter().find(|p| !unicode::check(p)) {
            return Err(raise!(TypeError, "Found non-str '{}' in skip_file_prefixes.", typeobject::tp_name(odd.ty())));
        }
    }
    warnings::warn(&*category_of(message, category)?, message, level, source.filter(|s| !s.is_none()))
}

fn warn_explicit(_module: &Object, args: Arguments) -> Result<()> {
    const PARAMETERS: Signature<8> = Signature::new(
        "warn_explicit",
        ["message", "category", "filename", "lineno", "module", "registry", "module_globals", "source"],
    )
    .required(4);
    let [message, category, filename, line, module, registry, globals, source] = args.bind(&PARAMETERS)?;
    let [message, category, filename, line] =
        [message, category, filename, line].map(|argument| argument.expect("bind checked it"));
    if !unicode::check(filename) {
        let got = if filename.is_none() { "None" } else { typeobject::tp_name(filename.ty()) };
        return Err(raise!(TypeError, "warn_explicit() argument 'filename' must be str, not {}", error::cut(got, 50)));
    }
    let line = long::as_i32(line)?;
    if let Some(globals) = globals.filter(|g| !g.is_none())
        && !dict::check(globals)
    {
        return Err(raise!(TypeError, "module_globals must be a dict, not '{}'", typeobject::tp_name(globals.ty())));
    }
    warnings::warn_explicit(category, message, filename, line, module, registry, source.filter(|s| !s.is_none()))
}

/// The lock on the filters: a count is enough, because only one thread of an interpreter runs at a time.
fn lock() -> *mut c_int {
    // SAFETY: attached.
    unsafe { &raw mut (*state::interp()).exceptions.warnings.locked }
}

fn acquire(_module: &Object) -> Result<Owned> {
    // SAFETY: attached.
    unsafe { *lock() += 1 };
    Ok(none::none())
}

fn release(_module: &Object) -> Result<Owned> {
    // SAFETY: attached.
    unsafe {
        if *lock() == 0 {
            return Err(raise!(RuntimeError, "cannot release un-acquired lock"));
        }
        *lock() -= 1;
    }
    Ok(none::none())
}

fn filters_mutated(_module: &Object) -> Result<Owned> {
    // SAFETY: attached.
    if unsafe { *lock() } == 0 {
        return Err(raise!(RuntimeError, "warnings lock is not held"));
    }
    warnings::filters_changed();
    Ok(none::none())
}
