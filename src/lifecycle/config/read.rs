//! `PyConfig_Read`: every option gets a value, from the command line, from `-X` and from the environment where they
//! count.

use super::{command_line, encodings, no_memory, wide};
use crate::abi::*;
use crate::lifecycle::exit::status_error;
use crate::lifecycle::{legacy, path_config};
use crate::runtime::preconfig;
use crate::types::long;
use std::ffi::CStr;
use std::os::unix::ffi::OsStrExt;

/// A variable of the environment, if it counts and is not empty.
pub fn environment(config: &PyConfig, name: &str) -> Option<Vec<u8>> {
    if config.use_environment == 0 {
        return None;
    }
    variable(name.as_bytes())
}

/// A variable of the environment that is not empty. As in C, who changes the environment meanwhile does it at his own
/// risk: a start asks for thirty of them, and a copy of each name and a lock for each question would show.
pub fn variable(name: &[u8]) -> Option<Vec<u8>> {
    unsafe extern "C" {
        static environ: *const *const c_char;
    }
    // SAFETY: the C library's: a list of C strings that a NULL ends, or NULL.
    unsafe {
        let mut entry = environ;
        while !entry.is_null() && !(*entry).is_null() {
            let text = (*entry).cast::<u8>();
            // Next to nothing begins as ours do: this jump is foreseen.
            let may_be = *text == name[0] && *text.add(1) == name[1];
            if may_be
                && libc::strncmp(text.cast(), name.as_ptr().cast(), name.len()) == 0
                && *text.add(name.len()) == b'='
            {
                let value = CStr::from_ptr((*entry).add(name.len() + 1)).to_bytes();
                return (!value.is_empty()).then(|| value.to_vec());
            }
            entry = entry.add(1);
        }
    }
    None
}

/// An option of `-X`: its value behind the `=`, if it has one.
fn xoption(config: &mut PyConfig, name: &str) -> Option<Option<Vec<u8>>> {
    // SAFETY: the caller of `read` gave a whole configuration.
    let options = unsafe { wide::items(&raw mut config.xoptions) };
    options.iter().map(|option| wide::pack(option)).find_map(|option| {
        let mut parts = option.splitn(2, |&c| c == b'=');
        (parts.next() == Some(name.as_bytes())).then(|| parts.next().map(<[u8]>::to_vec))
    })
}

/// A whole decimal number, as `strtol` reads it: nothing at all is 0.
fn number(text: &[u8]) -> Option<c_int> {
    if text.is_empty() {
        return Some(0);
    }
    std::str::from_utf8(text).ok()?.trim_ascii_start().parse().ok()
}

/// As `strtoul` reads it: what is below 0 counts from the top.
fn unsigned(text: &[u8]) -> Option<c_ulong> {
    let text = std::str::from_utf8(text).ok()?.trim_start_matches([' ', '\t', '\n', '\x0b', '\x0c', '\r']);
    match text.strip_prefix('-') {
        Some(text) if text.starts_with(|c: char| c.is_ascii_digit()) => text.parse().ok().map(c_ulong::wrapping_neg),
        Some(_) => None,
        None => text.parse().ok(),
    }
}

/// A flag of the environment: its number, or 1 if it is none or below 0.
fn flag(config: &PyConfig, name: &str) -> c_int {
    environment(config, name).map_or(0, |value| number(&value).filter(|&n| n >= 0).unwrap_or(1))
}

fn default(place: &mut c_int, value: c_int) {
    if *place < 0 {
        *place = value;
    }
}

fn error(function: &'static CStr, message: &'static CStr) -> Result<(), PyStatus> {
    Err(status_error(function, message))
}

/// A failure of which CPython does not say where it was.
pub fn error_without_function(message: &'static CStr) -> PyStatus {
    PyStatus {
        _type: crate::lifecycle::exit::STATUS_ERROR,
        func: std::ptr::null(),
        err_msg: message.as_ptr(),
        exitcode: 0,
    }
}

/// # Safety
/// The configuration's texts are its own.
pub unsafe fn read(config: &mut PyConfig) -> Result<(), PyStatus> {
    legacy::flags_into(config);
    // SAFETY: the caller's word.
    unsafe {
        if config.orig_argv.length == 0
            && wide::items(&raw mut config.argv).as_slice() != [Vec::new()]
            && !wide::copy_list(&raw mut config.argv, &raw mut config.orig_argv)
        {
            return Err(no_memory());
        }
        path_config::read_into(config)?;
        default(&mut config.parse_argv, 1);
        let warnings = match config.parse_argv {
            1 => command_line::parse(config)?,
            _ => Vec::new(),
        };
        read_flags(config);
        script_path(config)?;
        read_numbers(config)?;
        read_texts(config)?;
        read_warnings(config, &warnings)?;
        if config.argv.length == 0 && !wide::append(&raw mut config.argv, &[]) {
            return Err(no_memory());
        }
        if config.parse_argv == 1 {
            config.parse_argv = 2;
        }
    }
    Ok(())
}

/// What is on or off, or counted.
fn read_flags(config: &mut PyConfig) {
    default(&mut config.isolated, 0);
    if config.isolated > 0 {
        config.use_environment = 0;
        config.user_site_directory = 0;
        config.safe_path = 1;
    }
    default(&mut config.use_environment, 0);
    for (place, name) in [
        (&raw mut config.optimization_level, "PYTHONOPTIMIZE"),
        (&raw mut config.verbose, "PYTHONVERBOSE"),
        (&raw mut config.parser_debug, "PYTHONDEBUG"),
    ] {
        // SAFETY: fields of the configuration.
        unsafe {
            if environment(config, name).is_some() {
                *place = (*place).max(flag(config, name));
            }
        }
    }
    if environment(config, "PYTHONINSPECT").is_some() {
        config.inspect = config.inspect.max(1);
    }
    if flag(config, "PYTHONDONTWRITEBYTECODE") != 0 {
        config.write_bytecode = 0;
    }
    if flag(config, "PYTHONNOUSERSITE") != 0 {
        config.user_site_directory = 0;
    }
    if flag(config, "PYTHONUNBUFFERED") != 0 {
        config.buffered_stdio = 0;
    }
    if environment(config, "PYTHONSAFEPATH").is_some() {
        config.safe_path = 1;
    }
    let mut on = |option: Option<&str>, variable: Option<&str>| {
        let said = option.is_some_and(|option| xoption(config, option).is_some());
        said || variable.is_some_and(|variable| environment(config, variable).is_some())
    };
    let faults = on(Some("faulthandler"), Some("PYTHONFAULTHANDLER"));
    let no_debugger = on(Some("disable-remote-debug"), None);
    let no_ranges = on(Some("no_debug_ranges"), Some("PYTHONNODEBUGRANGES"));
    let counted = on(Some("showrefcount"), None);
    let encodings = on(Some("warn_default_encoding"), Some("PYTHONWARNDEFAULTENCODING"));
    let dumps = on(None, Some("PYTHONDUMPREFS"));
    let statistics = on(None, Some("PYTHONMALLOCSTATS"));
    default(&mut config.dev_mode, preconfig::settled().map_or(0, |pre| pre.dev_mode));
    if faults {
        default(&mut config.faulthandler, 1);
    }
    // This variable counts when it is empty, too.
    let variable = config.use_environment != 0 && std::env::var_os("PYTHON_DISABLE_REMOTE_DEBUG").is_some();
    if no_debugger || variable {
        default(&mut config.remote_debug, 0);
    }
    if no_ranges {
        config.code_debug_ranges = 0;
    }
    config.show_ref_count |= c_int::from(counted);
    // What the field says does not count.
    config.warn_default_encoding = c_int::from(encodings);
    config.dump_refs |= c_int::from(dumps);
    config.malloc_stats |= c_int::from(statistics);
    default(&mut config.faulthandler, config.dev_mode);
    default(&mut config.remote_debug, 1);
    default(&mut config.configure_c_stdio, 1);
}

/// What has a number that may be wrong.
fn read_numbers(config: &mut PyConfig) -> Result<(), PyStatus> {
    read_hash_seed(config)?;
    read_gil(config)?;
    read_int_limit(config)?;
    read_cpu_count(config)?;
    config.thread_inherit_context = read_switch(
        config,
        "PYTHON_THREAD_INHERIT_CONTEXT",
        "thread_inherit_context",
        config.thread_inherit_context,
        status_error(
            c"config_init_thread_inherit_context",
            c"PYTHON_THREAD_INHERIT_CONTEXT=N: N is missing or invalid",
        ),
        status_error(c"config_init_thread_inherit_context", c"-X thread_inherit_context=n: n is missing or invalid"),
    )?;
    config.context_aware_warnings = read_switch(
        config,
        "PYTHON_CONTEXT_AWARE_WARNINGS",
        "context_aware_warnings",
        config.context_aware_warnings,
        status_error(
            c"config_init_context_aware_warnings",
            c"PYTHON_CONTEXT_AWARE_WARNINGS=N: N is missing or invalid",
        ),
        status_error(c"config_init_context_aware_warnings", c"-X context_aware_warnings=n: n is missing or invalid"),
    )?;
    read_tracemalloc(config)?;
    read_import_time(config)?;
    read_perf(config)?;
    read_frozen_modules(config)
}

fn read_int_limit(config: &mut PyConfig) -> Result<(), PyStatus> {
    const FUNCTION: &CStr = c"config_init_int_max_str_digits";
    let fits = |value: Option<Vec<u8>>| value.and_then(|value| number(&value)).filter(|&n| long::text::is_limit(n));
    if config.int_max_str_digits >= 0 {
        return Ok(());
    }
    if let Some(value) = environment(config, "PYTHONINTMAXSTRDIGITS") {
        match fits(Some(value)) {
            Some(limit) => config.int_max_str_digits = limit,
            None => {
                return error(FUNCTION, c"PYTHONINTMAXSTRDIGITS: invalid limit; must be >= 640 or 0 for unlimited.");
            }
        }
    }
    if let Some(value) = xoption(config, "int_max_str_digits") {
        match fits(value) {
            Some(limit) => config.int_max_str_digits = limit,
            None => {
                return error(FUNCTION, c"-X int_max_str_digits: invalid limit; must be >= 640 or 0 for unlimited.");
            }
        }
    }
    default(&mut config.int_max_str_digits, 4300);
    Ok(())
}

fn read_hash_seed(config: &mut PyConfig) -> Result<(), PyStatus> {
    if config.use_hash_seed >= 0 {
        return Ok(());
    }
    if let Some(value) = environment(config, "PYTHONHASHSEED")
        && value != b"random"
    {
        match unsigned(&value).filter(|&seed| seed <= c_ulong::from(u32::MAX)) {
            Some(seed) => {
                config.use_hash_seed = 1;
                config.hash_seed = seed;
            }
            None => {
                return error(
                    c"config_init_hash_seed",
                    c"PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]",
                );
            }
        }
    } else {
        config.use_hash_seed = 0;
        config.hash_seed = 0;
    }
    Ok(())
}

/// Each interpreter has a GIL here, and it cannot be done without.
fn read_gil(config: &mut PyConfig) -> Result<(), PyStatus> {
    for said in [environment(config, "PYTHON_GIL").map(Some), xoption(config, "gil")] {
        match said.as_ref().map(Option::as_deref) {
            None | Some(Some(b"1")) => {}
            Some(Some(b"0")) => return error(c"config_read_gil", c"Disabling the GIL is not supported by this build"),
            _ => return error(c"config_read_gil", c"PYTHON_GIL / -X gil must be \"0\" or \"1\""),
        }
    }
    Ok(())
}

fn read_cpu_count(config: &mut PyConfig) -> Result<(), PyStatus> {
    if config.cpu_count >= 0 {
        return Ok(());
    }
    for value in [environment(config, "PYTHON_CPU_COUNT").map(Some), xoption(config, "cpu_count")].into_iter().flatten()
    {
        config.cpu_count = match value.as_deref() {
            Some(b"default") => -1,
            value => match value.and_then(number).filter(|&n| n >= 1) {
                Some(n) => n,
                None => {
                    return error(
                        c"config_init_cpu_count",
                        c"-X cpu_count=n option: n is missing or an invalid number, n must be greater than 0",
                    );
                }
            },
        };
    }
    Ok(())
}

/// 0 or 1, where `-X` counts more than the environment.
fn read_switch(
    config: &mut PyConfig,
    variable: &str,
    option: &str,
    before: c_int,
    bad_variable: PyStatus,
    bad_option: PyStatus,
) -> Result<c_int, PyStatus> {
    let switch = |value: Option<&[u8]>| value.and_then(number).filter(|n| (0..=1).contains(n));
    let mut on = before;
    if let Some(value) = environment(config, variable) {
        on = switch(Some(&value)).ok_or(bad_variable)?;
    }
    if let Some(value) = xoption(config, option) {
        on = switch(value.as_deref()).ok_or(bad_option)?;
    }
    Ok(on)
}

fn read_tracemalloc(config: &mut PyConfig) -> Result<(), PyStatus> {
    const FUNCTION: &CStr = c"config_init_tracemalloc";
    if config.tracemalloc >= 0 {
        return Ok(());
    }
    if let Some(value) = environment(config, "PYTHONTRACEMALLOC") {
        match number(&value).filter(|&n| n >= 0) {
            Some(frames) => config.tracemalloc = frames,
            None => return error(FUNCTION, c"PYTHONTRACEMALLOC: invalid number of frames"),
        }
    }
    match xoption(config, "tracemalloc") {
        Some(None) => config.tracemalloc = 1,
        Some(Some(value)) => match number(&value).filter(|&n| n >= 0) {
            Some(frames) => config.tracemalloc = frames,
            None => return error(FUNCTION, c"-X tracemalloc=NFRAME: invalid number of frames"),
        },
        None => {}
    }
    default(&mut config.tracemalloc, 0);
    Ok(())
}

fn read_import_time(config: &mut PyConfig) -> Result<(), PyStatus> {
    const FUNCTION: &CStr = c"config_init_import_time";
    if config.import_time >= 0 {
        return Ok(());
    }
    if let Some(value) = environment(config, "PYTHONPROFILEIMPORTTIME") {
        let time = number(&value).unwrap_or(1);
        if !(0..=2).contains(&time) {
            return error(
                FUNCTION,
                c"PYTHONPROFILEIMPORTTIME: numeric values other than 1 and 2 are reserved for future use.",
            );
        }
        config.import_time = time;
    }
    if let Some(value) = xoption(config, "importtime") {
        config.import_time = value.filter(|value| !value.is_empty()).and_then(|value| number(&value)).unwrap_or(1);
        if !(0..=2).contains(&config.import_time) {
            return error(FUNCTION, c"-X importtime: values other than 1 and 2 are reserved for future use.");
        }
    }
    default(&mut config.import_time, 0);
    Ok(())
}

fn read_perf(config: &mut PyConfig) -> Result<(), PyStatus> {
    if config.perf_profiling >= 0 {
        return Ok(());
    }
    for (variable, option, kind) in [("PYTHONPERFSUPPORT", "perf", 1), ("PYTHON_PERF_JIT_SUPPORT", "perf_jit", 2)] {
        let wanted = environment(config, variable).and_then(|value| number(&value)).is_some_and(|n| n != 0);
        if wanted || xoption(config, option).is_some() {
            config.perf_profiling = kind;
        }
    }
    default(&mut config.perf_profiling, 0);
    Ok(())
}

fn read_frozen_modules(config: &mut PyConfig) -> Result<(), PyStatus> {
    let switch = |value: &[u8]| match value {
        b"" | b"on" => Some(1),
        b"off" => Some(0),
        _ => None,
    };
    let bad = error_without_function;
    if let Some(value) = environment(config, "PYTHON_FROZEN_MODULES") {
        config.use_frozen_modules =
            switch(&value).ok_or_else(|| bad(c"bad value for PYTHON_FROZEN_MODULES (expected \"on\" or \"off\")"))?;
    }
    if let Some(value) = xoption(config, "frozen_modules") {
        config.use_frozen_modules = switch(&value.unwrap_or_default())
            .ok_or_else(|| bad(c"bad value for option -X frozen_modules (expected \"on\" or \"off\")"))?;
    }
    Ok(())
}

/// A script is named by its whole path.
unsafe fn script_path(config: &mut PyConfig) -> Result<(), PyStatus> {
    // SAFETY: the caller's word.
    unsafe {
        let Some(script) = wide::get(config.run_filename) else { return Ok(()) };
        if script.first() == Some(&('/' as wchar_t)) {
            return Ok(());
        }
        let Ok(here) = std::env::current_dir() else { return Ok(()) };
        let mut whole = wide::decode(here.as_os_str().as_bytes());
        if !matches!(script.as_slice(), [] | [46]) {
            whole.push('/' as wchar_t);
            whole.extend(script);
        }
        match wide::set(&raw mut config.run_filename, Some(&whole)) {
            true => Ok(()),
            false => Err(no_memory()),
        }
    }
}

unsafe fn read_texts(config: &mut PyConfig) -> Result<(), PyStatus> {
    // SAFETY: the caller's word.
    unsafe {
        let stdio = environment(config, "PYTHONIOENCODING").unwrap_or_default();
        let (encoding, errors) = match stdio.iter().position(|&c| c == b':') {
            Some(at) => (&stdio[..at], &stdio[at + 1..]),
            None => (stdio.as_slice(), b"".as_slice()),
        };
        // An encoding without errors is strict.
        let errors = match (encoding, errors) {
            ([], []) => encodings::stdio_errors(),
            (_, []) => b"strict",
            (_, errors) => errors,
        };
        let locale = encodings::of_locale();
        let cache = match xoption(config, "pycache_prefix") {
            Some(folder) => folder.filter(|folder| !folder.is_empty()).map(|folder| wide::unpack(&folder)),
            None => environment(config, "PYTHONPYCACHEPREFIX").map(|folder| wide::decode(&folder)),
        };
        let [path, libraries, dump] = ["PYTHONPATH", "PYTHONPLATLIBDIR", "PYTHONDUMPREFSFILE"]
            .map(|name| environment(config, name).map(|value| wide::decode(&value)));
        let texts: [(*mut *mut wchar_t, Option<Vec<wchar_t>>); 9] = [
            (&raw mut config.filesystem_encoding, Some(wide::decode(&locale))),
            (&raw mut config.filesystem_errors, Some(wide::unpack(b"surrogateescape"))),
            (&raw mut config.stdio_encoding, Some(wide::decode(if encoding.is_empty() { &locale } else { encoding }))),
            (&raw mut config.stdio_errors, Some(wide::decode(errors))),
            (&raw mut config.check_hash_pycs_mode, Some(wide::unpack(b"default"))),
            (&raw mut config.pythonpath_env, path),
            (&raw mut config.platlibdir, libraries),
            (&raw mut config.dump_refs_file, dump),
            (&raw mut config.pycache_prefix, cache),
        ];
        for (place, value) in texts {
            if (*place).is_null()
                && let Some(value) = value
                && !wide::set(place, Some(&value))
            {
                return Err(no_memory());
            }
        }
    }
    Ok(())
}

/// `sys.warnoptions`: what counts most comes last. First that of the development mode, then the environment, `-W`,
/// `-b`, and what the program put there. Nothing comes twice.
unsafe fn read_warnings(config: &mut PyConfig, said: &[Vec<wchar_t>]) -> Result<(), PyStatus> {
    // SAFETY: the caller's word.
    unsafe {
        let given = wide::items(&raw mut config.warnoptions);
        let mut all: Vec<Vec<wchar_t>> = Vec::new();
        let mut add = |option: Vec<wchar_t>| {
            if !given.contains(&option) && !all.contains(&option) {
                all.push(option);
            }
        };
        if config.dev_mode != 0 {
            add(wide::unpack(b"default"));
        }
        for option in environment(config, "PYTHONWARNINGS").unwrap_or_default().split(|&c| c == b',') {
            if !option.is_empty() {
                add(wide::decode(option));
            }
        }
        said.iter().cloned().for_each(&mut add);
        match config.bytes_warning {
            0 => {}
            1 => add(wide::unpack(b"default::BytesWarning")),
            _ => add(wide::unpack(b"error::BytesWarning")),
        }
        wide::clear_list(&raw mut config.warnoptions);
        for option in all.iter().chain(&given) {
            if !wide::append(&raw mut config.warnoptions, option) {
                return Err(no_memory());
            }
        }
    }
    Ok(())
}
