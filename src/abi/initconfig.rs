//! Configuration structs and the status they return.

use super::*;
use std::mem::offset_of;

/// CPython's `PyStatus`.
#[repr(C)]
pub struct PyStatus {
    pub _type: c_int,
    pub func: *const c_char,
    pub err_msg: *const c_char,
    pub exitcode: c_int,
}

/// CPython's `PyWideStringList`.
#[repr(C)]
pub struct PyWideStringList {
    pub length: Py_ssize_t,
    pub items: *mut *mut wchar_t,
}

/// CPython's `PyPreConfig`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct PyPreConfig {
    pub _config_init: c_int,
    pub parse_argv: c_int,
    pub isolated: c_int,
    pub use_environment: c_int,
    pub configure_locale: c_int,
    pub coerce_c_locale: c_int,
    pub coerce_c_locale_warn: c_int,
    pub utf8_mode: c_int,
    pub dev_mode: c_int,
    pub allocator: c_int,
}

/// CPython's `PyConfig`.
#[repr(C)]
pub struct PyConfig {
    pub _config_init: c_int,
    pub isolated: c_int,
    pub use_environment: c_int,
    pub dev_mode: c_int,
    pub install_signal_handlers: c_int,
    pub use_hash_seed: c_int,
    pub hash_seed: c_ulong,
    pub faulthandler: c_int,
    pub tracemalloc: c_int,
    pub perf_profiling: c_int,
    pub remote_debug: c_int,
    pub import_time: c_int,
    pub code_debug_ranges: c_int,
    pub show_ref_count: c_int,
    pub dump_refs: c_int,
    pub dump_refs_file: *mut wchar_t,
    pub malloc_stats: c_int,
    pub filesystem_encoding: *mut wchar_t,
    pub filesystem_errors: *mut wchar_t,
    pub pycache_prefix: *mut wchar_t,
    pub parse_argv: c_int,
    pub orig_argv: PyWideStringList,
    pub argv: PyWideStringList,
    pub xoptions: PyWideStringList,
    pub warnoptions: PyWideStringList,
    pub site_import: c_int,
    pub bytes_warning: c_int,
    pub warn_default_encoding: c_int,
    pub inspect: c_int,
    pub interactive: c_int,
    pub optimization_level: c_int,
    pub parser_debug: c_int,
    pub write_bytecode: c_int,
    pub verbose: c_int,
    pub quiet: c_int,
    pub user_site_directory: c_int,
    pub configure_c_stdio: c_int,
    pub buffered_stdio: c_int,
    pub stdio_encoding: *mut wchar_t,
    pub stdio_errors: *mut wchar_t,
    pub check_hash_pycs_mode: *mut wchar_t,
    pub use_frozen_modules: c_int,
    pub safe_path: c_int,
    pub int_max_str_digits: c_int,
    pub thread_inherit_context: c_int,
    pub context_aware_warnings: c_int,
    pub cpu_count: c_int,
    pub pathconfig_warnings: c_int,
    pub program_name: *mut wchar_t,
    pub pythonpath_env: *mut wchar_t,
    pub home: *mut wchar_t,
    pub platlibdir: *mut wchar_t,
    pub module_search_paths_set: c_int,
    pub module_search_paths: PyWideStringList,
    pub stdlib_dir: *mut wchar_t,
    pub executable: *mut wchar_t,
    pub base_executable: *mut wchar_t,
    pub prefix: *mut wchar_t,
    pub base_prefix: *mut wchar_t,
    pub exec_prefix: *mut wchar_t,
    pub base_exec_prefix: *mut wchar_t,
    pub skip_source_first_line: c_int,
    pub run_command: *mut wchar_t,
    pub run_module: *mut wchar_t,
    pub run_filename: *mut wchar_t,
    pub sys_path_0: *mut wchar_t,
    pub _install_importlib: c_int,
    pub _init_main: c_int,
    pub _is_python_build: c_int,
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<PyStatus>() == 32);
    assert!(offset_of!(PyStatus, _type) == 0);
    assert!(offset_of!(PyStatus, func) == 8);
    assert!(offset_of!(PyStatus, err_msg) == 16);
    assert!(offset_of!(PyStatus, exitcode) == 24);
    assert!(size_of::<PyWideStringList>() == 16);
    assert!(offset_of!(PyWideStringList, length) == 0);
    assert!(offset_of!(PyWideStringList, items) == 8);
    assert!(size_of::<PyPreConfig>() == 40);
    assert!(offset_of!(PyPreConfig, _config_init) == 0);
    assert!(offset_of!(PyPreConfig, parse_argv) == 4);
    assert!(offset_of!(PyPreConfig, isolated) == 8);
    assert!(offset_of!(PyPreConfig, use_environment) == 12);
    assert!(offset_of!(PyPreConfig, configure_locale) == 16);
    assert!(offset_of!(PyPreConfig, coerce_c_locale) == 20);
    assert!(offset_of!(PyPreConfig, coerce_c_locale_warn) == 24);
    assert!(offset_of!(PyPreConfig, utf8_mode) == 28);
    assert!(offset_of!(PyPreConfig, dev_mode) == 32);
    assert!(offset_of!(PyPreConfig, allocator) == 36);
    assert!(size_of::<PyConfig>() == 456);
    assert!(offset_of!(PyConfig, _config_init) == 0);
    assert!(offset_of!(PyConfig, isolated) == 4);
    assert!(offset_of!(PyConfig, use_environment) == 8);
    assert!(offset_of!(PyConfig, dev_mode) == 12);
    assert!(offset_of!(PyConfig, install_signal_handlers) == 16);
    assert!(offset_of!(PyConfig, use_hash_seed) == 20);
    assert!(offset_of!(PyConfig, hash_seed) == 24);
    assert!(offset_of!(PyConfig, faulthandler) == 32);
    assert!(offset_of!(PyConfig, tracemalloc) == 36);
    assert!(offset_of!(PyConfig, perf_profiling) == 40);
    assert!(offset_of!(PyConfig, remote_debug) == 44);
    assert!(offset_of!(PyConfig, import_time) == 48);
    assert!(offset_of!(PyConfig, code_debug_ranges) == 52);
    assert!(offset_of!(PyConfig, show_ref_count) == 56);
    assert!(offset_of!(PyConfig, dump_refs) == 60);
    assert!(offset_of!(PyConfig, dump_refs_file) == 64);
    assert!(offset_of!(PyConfig, malloc_stats) == 72);
    assert!(offset_of!(PyConfig, filesystem_encoding) == 80);
    assert!(offset_of!(PyConfig, filesystem_errors) == 88);
    assert!(offset_of!(PyConfig, pycache_prefix) == 96);
    assert!(offset_of!(PyConfig, parse_argv) == 104);
    assert!(offset_of!(PyConfig, orig_argv) == 112);
    assert!(offset_of!(PyConfig, argv) == 128);
    assert!(offset_of!(PyConfig, xoptions) == 144);
    assert!(offset_of!(PyConfig, warnoptions) == 160);
    assert!(offset_of!(PyConfig, site_import) == 176);
    assert!(offset_of!(PyConfig, bytes_warning) == 180);
    assert!(offset_of!(PyConfig, warn_default_encoding) == 184);
    assert!(offset_of!(PyConfig, inspect) == 188);
    assert!(offset_of!(PyConfig, interactive) == 192);
    assert!(offset_of!(PyConfig, optimization_level) == 196);
    assert!(offset_of!(PyConfig, parser_debug) == 200);
    assert!(offset_of!(PyConfig, write_bytecode) == 204);
    assert!(offset_of!(PyConfig, verbose) == 208);
    assert!(offset_of!(PyConfig, quiet) == 212);
    assert!(offset_of!(PyConfig, user_site_directory) == 216);
    assert!(offset_of!(PyConfig, configure_c_stdio) == 220);
    assert!(offset_of!(PyConfig, buffered_stdio) == 224);
    assert!(offset_of!(PyConfig, stdio_encoding) == 232);
    assert!(offset_of!(PyConfig, stdio_errors) == 240);
    assert!(offset_of!(PyConfig, check_hash_pycs_mode) == 248);
    assert!(offset_of!(PyConfig, use_frozen_modules) == 256);
    assert!(offset_of!(PyConfig, safe_path) == 260);
    assert!(offset_of!(PyConfig, int_max_str_digits) == 264);
    assert!(offset_of!(PyConfig, thread_inherit_context) == 268);
    assert!(offset_of!(PyConfig, context_aware_warnings) == 272);
    assert!(offset_of!(PyConfig, cpu_count) == 276);
    assert!(offset_of!(PyConfig, pathconfig_warnings) == 280);
    assert!(offset_of!(PyConfig, program_name) == 288);
    assert!(offset_of!(PyConfig, pythonpath_env) == 296);
    assert!(offset_of!(PyConfig, home) == 304);
    assert!(offset_of!(PyConfig, platlibdir) == 312);
    assert!(offset_of!(PyConfig, module_search_paths_set) == 320);
    assert!(offset_of!(PyConfig, module_search_paths) == 328);
    assert!(offset_of!(PyConfig, stdlib_dir) == 344);
    assert!(offset_of!(PyConfig, executable) == 352);
    assert!(offset_of!(PyConfig, base_executable) == 360);
    assert!(offset_of!(PyConfig, prefix) == 368);
    assert!(offset_of!(PyConfig, base_prefix) == 376);
    assert!(offset_of!(PyConfig, exec_prefix) == 384);
    assert!(offset_of!(PyConfig, base_exec_prefix) == 392);
    assert!(offset_of!(PyConfig, skip_source_first_line) == 400);
    assert!(offset_of!(PyConfig, run_command) == 408);
    assert!(offset_of!(PyConfig, run_module) == 416);
    assert!(offset_of!(PyConfig, run_filename) == 424);
    assert!(offset_of!(PyConfig, sys_path_0) == 432);
    assert!(offset_of!(PyConfig, _install_importlib) == 440);
    assert!(offset_of!(PyConfig, _init_main) == 444);
    assert!(offset_of!(PyConfig, _is_python_build) == 448);
};
