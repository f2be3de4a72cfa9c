//! Configuration: `PyPreConfig`, `PyConfig` and what is read into them. The options stand in a table (`options`). Those
//! that mean something here are looked at by the rooms that they are about; the rest is kept and reported.

pub mod again;
pub mod command_line;
pub mod encodings;
pub mod init_config;
pub mod interpconfig;
pub mod options;
pub mod paths;
pub mod read;
pub mod runtime;
pub mod stdio;
pub mod wide;

use crate::abi::*;
use options::{Kind, OPTIONS};
pub use read::read;
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
    }
    Ok(())
}

/// `PyConfig_SetBytesArgv` and the like want the process preinitialised first.
pub fn text_of(value: &CStr) -> Vec<wchar_t> {
    wide::decode(value.to_bytes())
}
