//! `sys`: what the interpreter tells of itself. Here is the module; its functions stand in rooms by what they are
//! about, and what never changes in `sys_constants`.

use super::{definition, make, sys_constants, sys_hooks, sys_limits, sys_objects};
use crate::abi::*;
use crate::import::{inittab, modules, path_finder};
use crate::module::{add, object::dict as dict_of};
use crate::name;
use crate::object::{Object, Owned, Result};
use crate::runtime::sys::{say, verbosity};
use crate::runtime::{Interpreter, interp, preconfig};
use crate::types::{boolobject, dict, list, long, namespace, none, stdprinter, unicode};

static mut DEF: PyModuleDef = PyModuleDef {
    m_doc: c"Objects used or maintained by the interpreter, and functions that work on it.".as_ptr(),
    m_size: -1,
    ..definition(c"sys")
};

/// About so many names the module has.
const ENTRIES: usize = 110;

/// The module for a new interpreter, whose `sys.modules` is there already. `path` is the list that imports search.
pub fn create(path: Vec<String>) -> Result<Owned> {
    // SAFETY: static.
    let module = unsafe { make(&raw mut DEF) }?;
    let attributes = dict_of(&module);
    dict::reserve(attributes, ENTRIES)?;
    for methods in [table(&sys_hooks::METHODS), table(&sys_limits::METHODS), table(&sys_objects::METHODS)] {
        // SAFETY: static tables.
        unsafe { add::functions(&module, name!(sys), methods) }?;
    }
    let put = |name: &Object, value: &Object| dict::set(attributes, name, value);
    // What a `sys` gets that is made again.
    interpreter().sysdict_copy = dict::copy(attributes)?.into_raw();
    sys_constants::fill(attributes)?;
    for (hook, original) in [
        (name!(displayhook), name!(__displayhook__)),
        (name!(excepthook), name!(__excepthook__)),
        (name!(breakpointhook), name!(__breakpointhook__)),
        (name!(unraisablehook), name!(__unraisablehook__)),
    ] {
        if let Some(function) = dict::get(attributes, hook)? {
            put(original, &function)?;
        }
    }
    put(name!(modules), modules::modules()?)?;
    let path = path.iter().map(|entry| unicode::from_str(entry)).collect::<Result<_>>()?;
    put(name!(path), &*list::from_owned(path)?)?;
    put(name!(meta_path), &*path_finder::finders()?)?;
    put(name!(path_hooks), &*path_finder::hooks()?)?;
    put(name!(path_importer_cache), &*dict::new()?)?;
    put(name!(builtin_module_names), &*inittab::names()?)?;
    put(name!(implementation), &*implementation()?)?;
    // SAFETY: attached; the configuration was read.
    let config = unsafe { &(*interp()).config };
    put(name!(flags), &*flags(config)?)?;
    put(name!(dont_write_bytecode), &*boolobject::from_bool(config.write_bytecode == 0))?;
    for (name, original, fd) in [
        (name!(stdin), name!(__stdin__), 0),
        (name!(stdout), name!(__stdout__), 1),
        (name!(stderr), name!(__stderr__), 2),
    ] {
        // Reading needs the module io.
        let file = if fd == 0 { none::none() } else { stdprinter::new(fd)? };
        put(name, &file)?;
        put(original, &file)?;
    }
    super::describe(&module, "sys")?;
    Ok(module)
}

fn implementation() -> Result<Owned> {
    let fields = dict::new()?;
    dict::set(&fields, name!(name), &*unicode::from_str("cpython")?)?;
    dict::set(&fields, name!(cache_tag), &*unicode::from_str("cpython-314")?)?;
    if let Some(version) = sys_constants::version_info()? {
        dict::set(&fields, name!(version), &version)?;
    }
    dict::set(&fields, name!(hexversion), &*long::from_i64(PY_VERSION_HEX.into())?)?;
    let multiarch = format!("{}-linux-gnu", std::env::consts::ARCH);
    dict::set(&fields, name!(_multiarch), &*unicode::from_str(&multiarch)?)?;
    dict::set(&fields, name!(supports_isolated_interpreters), &*boolobject::from_bool(true))?;
    namespace::new(Some(&fields))
}

/// `sys.flags` as the configuration says.
pub fn flags(config: &PyConfig) -> Result<Owned> {
    let number = |n: c_int| long::from_i64(n.into());
    let truth = |n: c_int| boolobject::from_bool(n != 0);
    sys_constants::FLAGS.make(vec![
        number((config.parser_debug != 0).into())?,
        number((config.inspect != 0).into())?,
        number((config.interactive != 0).into())?,
        number(config.optimization_level)?,
        number((config.write_bytecode == 0).into())?,
        number((config.user_site_directory == 0).into())?,
        number((config.site_import == 0).into())?,
        number((config.use_environment == 0).into())?,
        number(config.verbose)?,
        number(config.bytes_warning)?,
        number((config.quiet != 0).into())?,
        number((config.use_hash_seed == 0 || config.hash_seed != 0).into())?,
        number((config.isolated != 0).into())?,
        truth(config.dev_mode),
        number(preconfig::settled().map_or(0, |pre| pre.utf8_mode))?,
        number(config.warn_default_encoding)?,
        truth(config.safe_path),
        number(config.int_max_str_digits)?,
        number(1)?,
        number(config.thread_inherit_context)?,
        number(config.context_aware_warnings)?,
    ])
}

/// Sets names of `sys` to None when the interpreter ends.
fn give_up(sys: &Object, names: &[&str]) -> Result<()> {
    for name in names {
        if verbosity() > 0 {
            say(&format!("# clear sys.{name}\n"));
        }
        dict::set_str(sys, name, none::none_ref())?;
    }
    Ok(())
}

/// What `sys` gives up first: hooks for the entries of paths.
pub fn finish_hooks(sys: &Object) -> Result<()> {
    give_up(sys, &["path_importer_cache", "path_hooks"])
}

/// Gives up what `sys` shows when the interpreter ends: names of the last exception and finders, then the standard
/// streams become what they were at the start (the order of CPython's `finalize_modules`).
pub fn finish(sys: &Object) -> Result<()> {
    give_up(
        sys,
        &[
            "path",
            "argv",
            "ps1",
            "ps2",
            "last_exc",
            "last_type",
            "last_value",
            "last_traceback",
            "__interactivehook__",
            "meta_path",
        ],
    )?;
    for (name, original) in [("stdin", "__stdin__"), ("stdout", "__stdout__"), ("stderr", "__stderr__")] {
        if verbosity() > 0 {
            say(&format!("# restore sys.{name}\n"));
        }
        let file = dict::get_str(sys, original)?.unwrap_or_else(none::none);
        dict::set_str(sys, name, &file)?;
    }
    Ok(())
}

/// The interpreter, for the rooms of `sys`.
pub fn interpreter<'a>() -> &'a mut Interpreter {
    // SAFETY: attached: this thread alone is in the interpreter, and no reference outlives a use of one field.
    unsafe { &mut *interp() }
}
