//! What has to be settled before anything is allocated and any text is decoded: allocators, the locale, UTF-8 mode
//! (`PyPreConfig`). Once in a life of the runtime; what comes later is not asked any more.
//!
//! Options are read with the locale in force that they are to be read with, and may change it: the C locale gives way
//! to another one, or UTF-8 mode goes on. Then all is read once more. Where something is refused the program's locale
//! is back.

use super::config::command_line::{Early, early};
use super::exit::status_error;
use super::{config, ctype, legacy};
use crate::abi::*;
use crate::mem::domains;
use crate::runtime::{preconfig, process};
use crate::state::fatal::{self, Phase};
use crate::types::unicode::locale::Py_UTF8Mode;
use std::sync::atomic::{AtomicBool, Ordering};

type Status<T = ()> = Result<T, PyStatus>;

/// `PYMEM_ALLOCATOR_DEBUG`, and the last of its kind.
const DEBUG: c_int = 2;
const LAST_ALLOCATOR: c_int = 8;

/// Settles what `wanted` leaves open, and puts it into force. Does nothing if that was done. `arguments` are those of a
/// command line, which count if `wanted` has `parse_argv`.
pub fn run(wanted: &PyPreConfig, arguments: impl FnOnce() -> Vec<Vec<u8>>) -> Status {
    if preconfig::settled().is_some() {
        return Ok(());
    }
    // The last life is over for good.
    process::set_finalizing(std::ptr::null_mut());
    fatal::set_phase(Phase::Preinitializing);
    let mut pre = *wanted;
    let arguments = if pre.parse_argv != 0 { arguments() } else { Vec::new() };
    let Some(locale) = ctype::current() else {
        return Err(status_error(c"_PyPreConfig_Read", c"failed to LC_CTYPE locale"));
    };
    if let Err(status) = read(&mut pre, &arguments).and_then(|()| write(&mut pre)) {
        ctype::set(&locale);
        return Err(status);
    }
    preconfig::settle(pre);
    fatal::set_phase(Phase::Preinitialized);
    Ok(())
}

/// As [`run`], for a program that comes with a `PyConfig` and nothing before it.
pub fn run_for(config: &PyConfig, arguments: impl FnOnce() -> Vec<Vec<u8>>) -> Status {
    let mut pre = config::new_pre(config._config_init);
    overrule(&mut pre, config);
    run(&pre, arguments)
}

/// What both kinds of configuration have, where `config` says something (`_PyPreConfig_GetConfig`).
pub fn overrule(pre: &mut PyPreConfig, config: &PyConfig) {
    for (place, value) in [
        (&mut pre.parse_argv, config.parse_argv),
        (&mut pre.isolated, config.isolated),
        (&mut pre.use_environment, config.use_environment),
        (&mut pre.dev_mode, config.dev_mode),
    ] {
        if value != -1 {
            *place = value;
        }
    }
}

/// `_PyPreConfig_Read`.
fn read(pre: &mut PyPreConfig, arguments: &[Vec<u8>]) -> Status {
    legacy::flags_into_pre(pre);
    if pre.configure_locale != 0 {
        ctype::set_from_environment();
    }
    // SAFETY: a plain number; no other thread starts the runtime.
    unsafe {
        let flag = Py_UTF8Mode;
        let settled = settle(pre, arguments);
        Py_UTF8Mode = flag;
        settled
    }
}

fn settle(pre: &mut PyPreConfig, arguments: &[Vec<u8>]) -> Status {
    let before = *pre;
    let mut coerced = false;
    for _ in 0..2 {
        let utf8_mode = pre.utf8_mode;
        // SAFETY: as in `read`.
        unsafe { Py_UTF8Mode = utf8_mode };
        read_options(pre, arguments)?;
        let mut changed = if utf8_mode == -1 { pre.utf8_mode == 1 } else { pre.utf8_mode != utf8_mode };
        if pre.coerce_c_locale != 0 && !coerced {
            coerced = true;
            ctype::coerce(false);
            changed = true;
        }
        if !changed {
            return Ok(());
        }
        *pre = PyPreConfig { utf8_mode: pre.utf8_mode, coerce_c_locale: pre.coerce_c_locale, ..before };
    }
    Err(status_error(c"_PyPreConfig_Read", c"Encoding changed twice while reading the configuration"))
}

/// A variable of the environment, if it counts and is not empty.
fn environment(pre: &PyPreConfig, name: &str) -> Option<Vec<u8>> {
    if pre.use_environment == 0 { None } else { config::read::variable(name.as_bytes()) }
}

fn read_options(pre: &mut PyPreConfig, arguments: &[Vec<u8>]) -> Status {
    let said = if pre.parse_argv != 0 { early(arguments) } else { Early::default() };
    if said.isolated {
        pre.isolated = 1;
    }
    pre.isolated = pre.isolated.max(0);
    if said.ignores_environment || pre.isolated > 0 {
        pre.use_environment = 0;
    }
    pre.use_environment = pre.use_environment.max(0);
    if pre.dev_mode < 0 {
        pre.dev_mode = c_int::from(said.dev_mode || environment(pre, "PYTHONDEVMODE").is_some());
    }
    read_coercion(pre);
    read_utf8_mode(pre, &said)?;
    read_allocator(pre)
}

fn read_coercion(pre: &mut PyPreConfig) {
    if pre.configure_locale == 0 {
        pre.coerce_c_locale = 0;
        pre.coerce_c_locale_warn = 0;
        return;
    }
    if let Some(value) = environment(pre, "PYTHONCOERCECLOCALE") {
        let (place, wanted) = match value.as_slice() {
            b"0" => (&mut pre.coerce_c_locale, 0),
            b"warn" => (&mut pre.coerce_c_locale_warn, 1),
            _ => (&mut pre.coerce_c_locale, 1),
        };
        if *place < 0 {
            *place = wanted;
        }
    }
    // Asked for or not: only the C locale gives way.
    if pre.coerce_c_locale < 0 || pre.coerce_c_locale == 1 {
        pre.coerce_c_locale = if ctype::is_legacy(false) { 2 } else { 0 };
    }
    pre.coerce_c_locale_warn = pre.coerce_c_locale_warn.max(0);
}

fn read_utf8_mode(pre: &mut PyPreConfig, said: &Early) -> Status {
    const FUNCTION: &std::ffi::CStr = c"preconfig_init_utf8_mode";
    let switch = |value: &[u8]| match value {
        b"0" => Some(0),
        b"1" => Some(1),
        _ => None,
    };
    if pre.utf8_mode >= 0 {
        return Ok(());
    }
    pre.utf8_mode = if let Some(value) = &said.utf8 {
        match value {
            None => 1,
            Some(value) => switch(value).ok_or(status_error(FUNCTION, c"invalid -X utf8 option value"))?,
        }
    } else if let Some(value) = environment(pre, "PYTHONUTF8") {
        switch(&value).ok_or(status_error(FUNCTION, c"invalid PYTHONUTF8 environment variable value"))?
    } else {
        c_int::from(ctype::current().is_some_and(|name| [c"C", c"POSIX"].contains(&name.as_c_str())))
    };
    Ok(())
}

fn read_allocator(pre: &mut PyPreConfig) -> Status {
    if pre.allocator != 0 {
        return Ok(());
    }
    if let Some(name) = environment(pre, "PYTHONMALLOC") {
        pre.allocator = domains::by_name(&name)
            .ok_or(status_error(c"preconfig_init_allocator", c"PYTHONMALLOC: unknown allocator"))?;
    } else if pre.dev_mode != 0 {
        pre.allocator = DEBUG;
    }
    Ok(())
}

/// Set once allocators were chosen: what is immortal came from them, so later lives keep them.
static CHOSEN: AtomicBool = AtomicBool::new(false);

/// `_PyPreConfig_Write`.
fn write(pre: &mut PyPreConfig) -> Status {
    if !(0..=LAST_ALLOCATOR).contains(&pre.allocator) {
        return Err(status_error(c"_PyPreConfig_Write", c"Unknown PYTHONMALLOC allocator"));
    }
    if !CHOSEN.swap(true, Ordering::AcqRel) && pre.allocator != 0 {
        // SAFETY: the caller of initialisation promises that nobody else is at work.
        unsafe { domains::choose(pre.allocator) };
    }
    legacy::flags_from_pre(pre);
    if pre.configure_locale != 0 {
        if pre.coerce_c_locale != 0 && !ctype::coerce(pre.coerce_c_locale_warn != 0) {
            pre.coerce_c_locale = 0;
        }
        ctype::set_from_environment();
    }
    Ok(())
}

/// An option of `PyPreConfig`, as it was settled.
pub fn option(name: &str) -> c_int {
    let Some(pre) = preconfig::settled() else { return 0 };
    match name {
        "allocator" => pre.allocator,
        "coerce_c_locale" => pre.coerce_c_locale,
        "coerce_c_locale_warn" => pre.coerce_c_locale_warn,
        "configure_locale" => pre.configure_locale,
        _ => pre.utf8_mode,
    }
}
