//! The configuration of a running interpreter: `PyConfig_Get`, `PyConfig_Set`, `PyConfig_Names`.

use super::options::{Access, Kind, OPTIONS, Opt, PRE, find};
use super::wide;
use crate::abi::*;
use crate::lifecycle::{legacy, preinit};
use crate::object::{Object, Owned, Raised, Result};
use crate::raise;
use crate::runtime::{audit, interp};
use crate::types::unicode::layout::Chars;
use crate::types::{boolobject, dict, exceptions, list, long, none, set, tuple, typeobject, unicode};

/// A wide text as a str.
pub fn str_of(text: &[wchar_t]) -> Result<Owned> {
    if text.is_empty() {
        return Ok(unicode::new::empty());
    }
    // SAFETY: a wide character has four bytes here.
    let chars = unsafe { std::slice::from_raw_parts(text.as_ptr().cast(), text.len()) };
    unicode::new::from_ucs(Chars::Ucs4(chars))
}

/// The list of strs, or for `xoptions` the dict of what stands before and behind `=`.
///
/// # Safety
/// `items` is valid.
pub unsafe fn list_object(name: &str, items: *mut PyWideStringList) -> Result<Owned> {
    // SAFETY: the caller's word.
    let items = unsafe { wide::items(items) };
    if name != "xoptions" {
        return list::from_owned(items.iter().map(|text| str_of(text)).collect::<Result<Vec<_>>>()?);
    }
    let options = dict::new()?;
    for item in items {
        match item.iter().position(|&c| c == '=' as wchar_t) {
            Some(at) => dict::set(&options, &*str_of(&item[..at])?, &*str_of(&item[at + 1..])?)?,
            None => dict::set(&options, &*str_of(&item)?, &boolobject::from_bool(true))?,
        }
    }
    Ok(options)
}

/// The value of an option in a configuration.
///
/// # Safety
/// `config` is whole.
pub unsafe fn value(option: &Opt, config: *mut PyConfig) -> Result<Owned> {
    // SAFETY: the caller's word.
    unsafe {
        match option.kind {
            Kind::Int | Kind::Uint => long::from_i64(i64::from(*option.int(config))),
            Kind::Bool => Ok(boolobject::from_bool(*option.int(config) != 0)),
            Kind::Ulong => long::from_u64(*option.ulong(config)),
            Kind::Text | Kind::OptionalText => match wide::get(*option.text(config)) {
                Some(text) => str_of(&text),
                None => Ok(none::none()),
            },
            Kind::List => list_object(option.name, option.list(config)),
        }
    }
}

fn unknown(name: &str) -> Raised {
    raise!(ValueError, "unknown config option name: {name}")
}

fn public(name: &str) -> Result<&'static Opt> {
    find(name).filter(|option| option.access != Access::Private).ok_or_else(|| unknown(name))
}

/// `PyConfig_Get`. `ValueError` for a name that is none.
pub fn get(name: &str) -> Result<Owned> {
    if let Some((_, kind)) = PRE.iter().find(|(pre, _)| *pre == name) {
        let value = preinit::option(name);
        return if *kind == Kind::Bool { Ok(boolobject::from_bool(value != 0)) } else { long::from_i64(value.into()) };
    }
    let option = public(name)?;
    // SAFETY: attached.
    unsafe {
        let interp = interp();
        if let Some(attribute) = option.sys
            && let Some(sys) = Object::optional((*interp).sysdict)
        {
            return match dict::get_str(sys, attribute)? {
                Some(value) => Ok(value),
                None => Err(raise!(RuntimeError, "lost sys.{attribute}")),
            };
        }
        value(option, &raw mut (*interp).config)
    }
}

/// `PyConfig_GetInt`. `TypeError` if the option is no number, `OverflowError`.
pub fn get_int(name: &str) -> Result<c_int> {
    let value = get(name)?;
    if !long::check(&value) {
        return Err(raise!(TypeError, "config option {name} is not an int"));
    }
    let overflow = || raise!(OverflowError, "config option {name} value does not fit into a C int");
    match long::as_i64(&value) {
        Ok(value) => c_int::try_from(value).map_err(|_| overflow()),
        Err(raised) => {
            crate::object::error::ignore(raised, &raw mut exceptions::OverflowError)?;
            Err(overflow())
        }
    }
}

/// `PyConfig_Names`: a frozenset of strs.
pub fn names() -> Result<Owned> {
    let names = list::new()?;
    let public = OPTIONS.iter().filter(|option| option.access != Access::Private).map(|option| option.name);
    for name in public.chain(PRE.iter().map(|(name, _)| *name)) {
        list::append(&names, &*unicode::from_str(name)?)?;
    }
    set::operations::make(&raw mut set::PyFrozenSet_Type, Some(&names))
}

fn expected(what: &str, got: &Object) -> Raised {
    raise!(TypeError, "expected {what}, got {}", typeobject::tp_name(got.ty()))
}

fn check_list(list: &Object) -> Result<()> {
    for (i, item) in list::each(list).enumerate() {
        if !unicode::check(&item) {
            return Err(raise!(TypeError, "expected str, list item {i} has type {}", typeobject::tp_name(item.ty())));
        }
    }
    Ok(())
}

fn check_xoptions(options: &Object) -> Result<()> {
    for (key, value) in dict::entries(options) {
        let of_key = typeobject::tp_name(key.ty());
        if !unicode::check(&key) {
            return Err(raise!(TypeError, "expected str, got dict key type {of_key}"));
        }
        // CPython says the key's type here, too.
        if !unicode::check(&value) && !boolobject::check(&value) {
            return Err(raise!(TypeError, "expected str or bool, got dict value type {of_key}"));
        }
    }
    Ok(())
}

/// What else says the value of a number: `sys.flags`, and the global flags of old.
fn show_flags(config: &PyConfig, name: &str) -> Result<()> {
    legacy::flags_from(config);
    // SAFETY: attached; the interpreter keeps its dict.
    let Some(sys) = (unsafe { Object::optional((*interp()).sysdict) }) else { return Ok(()) };
    dict::set_str(sys, "flags", &*crate::builtins::flags(config)?)?;
    match name {
        "write_bytecode" => {
            dict::set_str(sys, "dont_write_bytecode", &*long::from_i64((config.write_bytecode == 0).into())?)
        }
        _ => Ok(()),
    }
}

/// `PyConfig_Set`. `ValueError` for a name that is none or may only be read, `TypeError`; hooks may refuse.
pub fn assign(name: &str, value: &Object) -> Result<()> {
    audit::audit_with(c"cpython.PyConfig_Set", || tuple::from_slice(&[&*unicode::from_str(name)?, value]))?;
    if PRE.iter().any(|(pre, _)| *pre == name) {
        return Err(raise!(ValueError, "cannot set read-only option {name}"));
    }
    let option = public(name)?;
    if option.access != Access::Public {
        return Err(raise!(ValueError, "cannot set read-only option {name}"));
    }
    // SAFETY: attached.
    let config = unsafe { &raw mut (*interp()).config };
    match option.kind {
        Kind::Int | Kind::Uint | Kind::Bool | Kind::Ulong => {
            if !long::check(value) {
                return Err(expected("int or bool", value));
            }
            let number = long::as_i32(value)?;
            if number < 0 && option.kind != Kind::Int {
                return Err(raise!(ValueError, "value must be >= 0"));
            }
            if name == "int_max_str_digits" {
                long::text::change_max_str_digits(number)?;
            }
            // SAFETY: a number's place.
            unsafe { *option.int(config) = number };
            // SAFETY: attached.
            return show_flags(unsafe { &*config }, name);
        }
        Kind::Text if !unicode::check(value) => return Err(expected("str", value)),
        Kind::OptionalText if !unicode::check(value) && !value.is_none() => return Err(expected("str or None", value)),
        Kind::List if name == "xoptions" && !dict::check(value) => {
            return Err(expected("dict[str, str | bool]", value));
        }
        Kind::List if name == "xoptions" => check_xoptions(value)?,
        Kind::List if !list::check(value) => return Err(expected("list[str]", value)),
        Kind::List => check_list(value)?,
        _ => {}
    }
    // SAFETY: attached.
    match (option.sys, unsafe { Object::optional((*interp()).sysdict) }) {
        (Some(attribute), Some(sys)) => dict::set_str(sys, attribute, value),
        _ => Ok(()),
    }
}

/// What `sys` has of the configuration.
pub fn fill_sys() -> Result<()> {
    // SAFETY: attached; `sys` was made.
    let paths_set = unsafe { (*interp()).config.module_search_paths_set != 0 };
    show(|option| option.name != "module_search_paths" || paths_set)
}

/// What `sys` has of a configuration that came later: folders only where it has them.
pub fn update_sys() -> Result<()> {
    // SAFETY: attached; `sys` was made.
    let config = unsafe { &raw mut (*interp()).config };
    // SAFETY: the table's offsets; the configuration is whole.
    show(|option| unsafe {
        match option.name {
            "module_search_paths" => (*config).module_search_paths_set != 0,
            "pycache_prefix" => true,
            _ => option.kind == Kind::List || !(*option.text(config)).is_null(),
        }
    })?;
    // SAFETY: attached.
    show_flags(unsafe { &*config }, "")?;
    // SAFETY: attached; `sys` was made.
    let (sys, no_bytecode) = unsafe { (Object::from_ptr((*interp()).sysdict), (*config).write_bytecode == 0) };
    dict::set_str(sys, "dont_write_bytecode", &*boolobject::from_bool(no_bytecode))
}

/// Sets the attributes of `sys` for the options that count.
fn show(counts: impl Fn(&Opt) -> bool) -> Result<()> {
    // SAFETY: attached; `sys` was made.
    unsafe {
        let interp = interp();
        let sys = Object::from_ptr((*interp).sysdict);
        for option in OPTIONS {
            if let Some(attribute) = option.sys.filter(|_| counts(option)) {
                dict::set_str(sys, attribute, &*value(option, &raw mut (*interp).config)?)?;
            }
        }
        let orig_argv = list_object("orig_argv", &raw mut (*interp).config.orig_argv)?;
        dict::set_str(sys, "orig_argv", &orig_argv)?;
    }
    Ok(())
}
