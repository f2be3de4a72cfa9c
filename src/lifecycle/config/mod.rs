//! Configuration: `PyPreConfig`, `PyConfig` and what is read into them. The options stand in a table (`options`). Those
//! that mean something here are looked at by the rooms that they are about; the rest is kept and reported.

pub mod init_config;
pub mod options;
pub mod paths;
pub mod runtime;
pub mod wide;

use super::exit::status_error;
use crate::abi::*;
use crate::types::long;
use options::{Kind, OPTIONS};
use std::ffi::CStr;

/// `PyConfig._config_init`: which of the three kinds it began as.
pub const COMPAT: c_int = 1;
pub const PYTHON: c_int = 2;
pub const ISOLATED: c_int = 3;

pub fn no_memory() -> PyStatus {
    PyStatus { _type: 1, func: std::ptr::null(), err_msg: c"memory allocation failed".as_ptr(), exitcode: 0 }
}

/// What the legacy functions (`Py_Initialize`) begin with.
fn compat() -> PyConfig {
    // SAFETY: numbers and pointers: zero is a value of each.
    let mut config: PyConfig = unsafe { std::mem::zeroed() };
    config._config_init = COMPAT;
    config.isolated = -1;
    config.use_environment = -1;
    config.dev_mode = -1;
    config.install_signal_handlers = 1;
    config.use_hash_seed = -1;
    config.faulthandler = -1;
    config.tracemalloc = -1;
    config.perf_profiling = -1;
    config.remote_debug = -1;
    config.import_time = -1;
    config.code_debug_ranges = 1;
    config.site_import = -1;
    config.bytes_warning = -1;
    config.inspect = -1;
    config.interactive = -1;
    config.optimization_level = -1;
    config.parser_debug = -1;
    config.write_bytecode = -1;
    config.verbose = -1;
    config.quiet = -1;
    config.user_site_directory = -1;
    config.buffered_stdio = -1;
    config.use_frozen_modules = 1;
    config.int_max_str_digits = -1;
    config.cpu_count = -1;
    config.pathconfig_warnings = -1;
    config._install_importlib = 1;
    config._init_main = 1;
    config
}

fn defaults() -> PyConfig {
    let mut config = compat();
    config.isolated = 0;
    config.use_environment = 1;
    config.site_import = 1;
    config.bytes_warning = 0;
    config.inspect = 0;
    config.interactive = 0;
    config.optimization_level = 0;
    config.parser_debug = 0;
    config.write_bytecode = 1;
    config.verbose = 0;
    config.quiet = 0;
    config.user_site_directory = 1;
    config.buffered_stdio = 1;
    config.pathconfig_warnings = 1;
    config
}

/// `_PyConfig_InitCompatConfig`, `PyConfig_InitPythonConfig`, `PyConfig_InitIsolatedConfig`.
pub fn new(kind: c_int) -> PyConfig {
    match kind {
        COMPAT => compat(),
        PYTHON => {
            let mut config = defaults();
            config._config_init = PYTHON;
            config.configure_c_stdio = 1;
            config.parse_argv = 1;
            config
        }
        _ => {
            let mut config = defaults();
            config._config_init = ISOLATED;
            config.isolated = 1;
            config.use_environment = 0;
            config.user_site_directory = 0;
            config.dev_mode = 0;
            config.install_signal_handlers = 0;
            config.use_hash_seed = 0;
            config.tracemalloc = 0;
            config.perf_profiling = 0;
            config.int_max_str_digits = 4300;
            config.safe_path = 1;
            config.pathconfig_warnings = 0;
            config
        }
    }
}

/// `PyPreConfig_Init*Config`.
pub fn new_pre(kind: c_int) -> PyPreConfig {
    let mut pre = PyPreConfig {
        _config_init: kind,
        parse_argv: 0,
        isolated: -1,
        use_environment: -1,
        configure_locale: 1,
        coerce_c_locale: 0,
        coerce_c_locale_warn: 0,
        utf8_mode: 0,
        dev_mode: -1,
        allocator: 0,
    };
    match kind {
        PYTHON => {
            pre.isolated = 0;
            pre.parse_argv = 1;
            pre.use_environment = 1;
            pre.coerce_c_locale = -1;
            pre.coerce_c_locale_warn = -1;
            pre.utf8_mode = -1;
        }
        ISOLATED => {
            pre.configure_locale = 0;
            pre.isolated = 1;
            pre.use_environment = 0;
            pre.dev_mode = 0;
        }
        _ => {}
    }
    pre
}

/// Frees the texts and lists of a configuration.
///
/// # Safety
/// They are the configuration's own.
pub unsafe fn clear(config: &mut PyConfig) {
    for option in OPTIONS {
        // SAFETY: the caller's word; the table's offsets.
        unsafe {
            match option.kind {
                Kind::Text | Kind::OptionalText => wide::set(option.text(config), None),
                Kind::List => wide::clear_list(option.list(config)),
                _ => continue,
            };
        }
    }
}

/// A copy with texts of its own.
///
/// # Safety
/// `from` is a whole configuration, `to` one whose texts are its own.
pub unsafe fn copy(from: &PyConfig, to: &mut PyConfig) -> Result<(), PyStatus> {
    // SAFETY: the caller's word; the table's offsets. `from` is only read.
    unsafe {
        clear(to);
        let source = (&raw const *from).cast_mut();
        for option in OPTIONS {
            match option.kind {
                Kind::Text | Kind::OptionalText => {
                    if !wide::set(option.text(to), wide::get(*option.text(source)).as_deref()) {
                        return Err(no_memory());
                    }
                }
                Kind::List => {
                    if !wide::copy_list(option.list(source), option.list(to)) {
                        return Err(no_memory());
                    }
                }
                Kind::Ulong => *option.ulong(to) = *option.ulong(source),
                _ => *option.int(to) = *option.int(source),
            }
        }
        to._config_init = from._config_init;
    }
    Ok(())
}

pub(super) fn environment(config: &PyConfig, name: &str) -> Option<Vec<u8>> {
    if config.use_environment == 0 {
        return None;
    }
    let value = std::env::var_os(name)?.into_encoded_bytes();
    (!value.is_empty()).then_some(value)
}

/// `PyConfig_Read`: every option gets a value, from the environment where that counts.
///
/// # Safety
/// The configuration's texts are its own.
pub unsafe fn read(config: &mut PyConfig) -> Result<(), PyStatus> {
    fn default(place: &mut c_int, value: c_int) {
        if *place < 0 {
            *place = value;
        }
    }
    if config.isolated > 0 {
        config.use_environment = 0;
        config.user_site_directory = 0;
        config.safe_path = 1;
    }
    default(&mut config.isolated, 0);
    default(&mut config.use_environment, 1);
    for (place, name) in [
        (&raw mut config.optimization_level, "PYTHONOPTIMIZE"),
        (&raw mut config.verbose, "PYTHONVERBOSE"),
        (&raw mut config.inspect, "PYTHONINSPECT"),
        (&raw mut config.parser_debug, "PYTHONDEBUG"),
    ] {
        if let Some(value) = environment(config, name) {
            let number = std::str::from_utf8(&value).ok().and_then(|text| text.parse::<c_int>().ok());
            // SAFETY: fields of the configuration.
            unsafe { *place = (*place).max(number.filter(|&n| n > 0).unwrap_or(1)) };
        }
    }
    if environment(config, "PYTHONDONTWRITEBYTECODE").is_some() {
        config.write_bytecode = 0;
    }
    if environment(config, "PYTHONNOUSERSITE").is_some() {
        config.user_site_directory = 0;
    }
    if environment(config, "PYTHONUNBUFFERED").is_some() {
        config.buffered_stdio = 0;
    }
    if environment(config, "PYTHONSAFEPATH").is_some() {
        config.safe_path = 1;
    }
    if config.dev_mode < 0 {
        config.dev_mode = c_int::from(environment(config, "PYTHONDEVMODE").is_some());
    }
    read_hash_seed(config)?;
    read_int_limit(config)?;
    // SAFETY: the caller's word.
    unsafe { read_context_flags(config)? };
    default(&mut config.faulthandler, config.dev_mode);
    default(&mut config.tracemalloc, 0);
    default(&mut config.perf_profiling, 0);
    default(&mut config.remote_debug, 1);
    default(&mut config.import_time, 0);
    default(&mut config.site_import, 1);
    default(&mut config.bytes_warning, 0);
    default(&mut config.inspect, 0);
    default(&mut config.interactive, 0);
    default(&mut config.optimization_level, 0);
    default(&mut config.parser_debug, 0);
    default(&mut config.write_bytecode, 1);
    default(&mut config.verbose, 0);
    default(&mut config.quiet, 0);
    default(&mut config.user_site_directory, 1);
    default(&mut config.buffered_stdio, 1);
    default(&mut config.pathconfig_warnings, 1);
    default(&mut config.int_max_str_digits, 4300);
    // SAFETY: the caller's word.
    unsafe {
        let pythonpath = environment(config, "PYTHONPATH");
        let texts: [(*mut *mut wchar_t, Option<Vec<u8>>); 6] = [
            (&raw mut config.filesystem_encoding, Some(b"utf-8".into())),
            (&raw mut config.filesystem_errors, Some(b"surrogateescape".into())),
            (&raw mut config.stdio_encoding, Some(b"utf-8".into())),
            (&raw mut config.stdio_errors, Some(b"strict".into())),
            (&raw mut config.check_hash_pycs_mode, Some(b"default".into())),
            (&raw mut config.pythonpath_env, pythonpath),
        ];
        for (place, value) in texts {
            if (*place).is_null()
                && let Some(value) = value
                && !wide::set(place, Some(&wide::decode(&value)))
            {
                return Err(no_memory());
            }
        }
        let said = |argv: *mut PyWideStringList| wide::items(argv).as_slice() != [Vec::new()];
        if config.orig_argv.length == 0
            && said(&raw mut config.argv)
            && !wide::copy_list(&raw mut config.argv, &raw mut config.orig_argv)
        {
            return Err(no_memory());
        }
        if config.argv.length == 0 && !wide::append(&raw mut config.argv, &[]) {
            return Err(no_memory());
        }
        if config.parse_argv == 1 {
            config.parse_argv = 2;
        }
    }
    Ok(())
}

fn read_int_limit(config: &mut PyConfig) -> Result<(), PyStatus> {
    if config.int_max_str_digits < 0
        && let Some(value) = environment(config, "PYTHONINTMAXSTRDIGITS")
    {
        match std::str::from_utf8(&value).ok().and_then(|text| text.trim_start().parse::<c_int>().ok()) {
            Some(limit) if long::text::is_limit(limit) => config.int_max_str_digits = limit,
            _ => {
                return Err(status_error(
                    c"config_init_int_max_str_digits",
                    c"PYTHONINTMAXSTRDIGITS: invalid limit; must be >= 640 or 0 for unlimited.",
                ));
            }
        }
    }
    Ok(())
}

/// Whether threads begin with their starter's context, and warnings look for filters in theirs: 0 or 1, `-X` before the
/// environment.
///
/// # Safety
/// As [`read`].
unsafe fn read_context_flags(config: &mut PyConfig) -> Result<(), PyStatus> {
    let invalid = |value: &[u8]| !matches!(flag(value), Some(0 | 1));
    // SAFETY: the caller's word.
    let options: Vec<Vec<u8>> =
        unsafe { wide::items(&raw mut config.xoptions) }.iter().map(|item| wide::encode(item)).collect();
    for (place, option, variable, function, bad_option, bad_variable) in [
        (
            &raw mut config.thread_inherit_context,
            "thread_inherit_context",
            "PYTHON_THREAD_INHERIT_CONTEXT",
            c"config_init_thread_inherit_context",
            c"-X thread_inherit_context=n: n is missing or invalid",
            c"PYTHON_THREAD_INHERIT_CONTEXT=N: N is missing or invalid",
        ),
        (
            &raw mut config.context_aware_warnings,
            "context_aware_warnings",
            "PYTHON_CONTEXT_AWARE_WARNINGS",
            c"config_init_context_aware_warnings",
            c"-X context_aware_warnings=n: n is missing or invalid",
            c"PYTHON_CONTEXT_AWARE_WARNINGS=N: N is missing or invalid",
        ),
    ] {
        let given = options.iter().find_map(|item| match item.strip_prefix(option.as_bytes())? {
            [] => Some(&b"missing"[..]),
            // No digits are 0 for `strtol`.
            b"=" => Some(b"0"),
            [b'=', value @ ..] => Some(value),
            _ => None,
        });
        let variable = environment(config, variable);
        for (value, complaint) in [(variable.as_deref(), bad_variable), (given, bad_option)] {
            let Some(value) = value else { continue };
            if invalid(value) {
                return Err(status_error(function, complaint));
            }
            // SAFETY: a field of the configuration.
            unsafe { *place = flag(value).unwrap_or(0) };
        }
    }
    Ok(())
}

/// A decimal number as C's `strtol` reads it, with nothing behind it.
fn flag(value: &[u8]) -> Option<c_int> {
    std::str::from_utf8(value).ok()?.trim_start_matches([' ', '\t', '\n', '\r', '\x0b', '\x0c']).parse().ok()
}

fn read_hash_seed(config: &mut PyConfig) -> Result<(), PyStatus> {
    if config.use_hash_seed >= 0 {
        return Ok(());
    }
    config.use_hash_seed = 0;
    config.hash_seed = 0;
    if let Some(value) = environment(config, "PYTHONHASHSEED")
        && value != b"random"
    {
        match std::str::from_utf8(&value).ok().and_then(|text| text.parse::<u32>().ok()) {
            Some(seed) => {
                config.use_hash_seed = 1;
                config.hash_seed = c_ulong::from(seed);
            }
            None => {
                return Err(status_error(
                    c"config_init_hash_seed",
                    c"PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]",
                ));
            }
        }
    }
    Ok(())
}

/// `PyConfig_SetBytesArgv` and the like want the process preinitialised first.
pub fn text_of(value: &CStr) -> Vec<wchar_t> {
    wide::decode(value.to_bytes())
}
