//! The table of options: `PyConfig`'s fields, with what the functions that work by name know of them.

use crate::abi::*;
use std::mem::offset_of;

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Kind {
    /// Below zero stands for "not said".
    Int,
    Uint,
    Bool,
    Ulong,
    Text,
    OptionalText,
    List,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Access {
    /// Not among `PyConfig_Names`.
    Private,
    ReadOnly,
    Public,
}

pub struct Opt {
    pub name: &'static str,
    pub kind: Kind,
    pub access: Access,
    /// The attribute of `sys` that has the value at run time.
    pub sys: Option<&'static str>,
    offset: usize,
}

impl Opt {
    /// # Safety
    /// These want an option of that kind and a whole configuration.
    pub unsafe fn int(&self, config: *mut PyConfig) -> *mut c_int {
        // SAFETY: the table's offset.
        unsafe { config.cast::<u8>().add(self.offset).cast() }
    }

    /// # Safety
    /// As `int`.
    pub unsafe fn ulong(&self, config: *mut PyConfig) -> *mut c_ulong {
        // SAFETY: the table's offset.
        unsafe { config.cast::<u8>().add(self.offset).cast() }
    }

    /// # Safety
    /// As `int`.
    pub unsafe fn text(&self, config: *mut PyConfig) -> *mut *mut wchar_t {
        // SAFETY: the table's offset.
        unsafe { config.cast::<u8>().add(self.offset).cast() }
    }

    /// # Safety
    /// As `int`.
    pub unsafe fn list(&self, config: *mut PyConfig) -> *mut PyWideStringList {
        // SAFETY: the table's offset.
        unsafe { config.cast::<u8>().add(self.offset).cast() }
    }
}

/// The option called `name`.
pub fn find(name: &str) -> Option<&'static Opt> {
    OPTIONS.iter().find(|option| option.name == name)
}

/// The fields of `PyPreConfig` that are options too, with their kinds.
pub const PRE: [(&str, Kind); 5] = [
    ("allocator", Kind::Int),
    ("coerce_c_locale", Kind::Bool),
    ("coerce_c_locale_warn", Kind::Bool),
    ("configure_locale", Kind::Bool),
    ("utf8_mode", Kind::Bool),
];

macro_rules! options {
    ($($name:ident $kind:ident $access:ident $($sys:literal)?;)*) => {
        &[$(Opt {
            name: stringify!($name),
            kind: Kind::$kind,
            access: Access::$access,
            sys: options!(@ $($sys)?),
            offset: offset_of!(PyConfig, $name),
        }),*]
    };
    (@ $sys:literal) => { Some($sys) };
    (@) => { None };
}

pub static OPTIONS: &[Opt] = options! {
    _config_init Uint Private;
    isolated Bool ReadOnly;
    use_environment Bool Public;
    dev_mode Bool ReadOnly;
    install_signal_handlers Bool ReadOnly;
    use_hash_seed Bool ReadOnly;
    hash_seed Ulong ReadOnly;
    faulthandler Bool ReadOnly;
    tracemalloc Uint ReadOnly;
    perf_profiling Uint ReadOnly;
    remote_debug Bool ReadOnly;
    import_time Uint ReadOnly;
    code_debug_ranges Bool ReadOnly;
    show_ref_count Bool ReadOnly;
    dump_refs Bool ReadOnly;
    dump_refs_file OptionalText ReadOnly;
    malloc_stats Bool ReadOnly;
    filesystem_encoding Text ReadOnly;
    filesystem_errors Text ReadOnly;
    pycache_prefix OptionalText Public "pycache_prefix";
    parse_argv Bool ReadOnly;
    orig_argv List ReadOnly;
    argv List Public "argv";
    xoptions List Public "_xoptions";
    warnoptions List Public "warnoptions";
    site_import Bool ReadOnly;
    bytes_warning Uint Public;
    warn_default_encoding Bool ReadOnly;
    inspect Bool Public;
    interactive Bool Public;
    optimization_level Uint Public;
    parser_debug Bool Public;
    write_bytecode Bool Public;
    verbose Uint Public;
    quiet Bool Public;
    user_site_directory Bool ReadOnly;
    configure_c_stdio Bool ReadOnly;
    buffered_stdio Bool ReadOnly;
    stdio_encoding Text ReadOnly;
    stdio_errors Text ReadOnly;
    check_hash_pycs_mode Text ReadOnly;
    use_frozen_modules Bool ReadOnly;
    safe_path Bool ReadOnly;
    int_max_str_digits Uint Public;
    thread_inherit_context Int ReadOnly;
    context_aware_warnings Int ReadOnly;
    cpu_count Int Public;
    pathconfig_warnings Bool ReadOnly;
    program_name Text ReadOnly;
    pythonpath_env OptionalText Private;
    home OptionalText ReadOnly;
    platlibdir Text Public "platlibdir";
    module_search_paths_set Uint Private;
    module_search_paths List Public "path";
    stdlib_dir OptionalText Public "_stdlib_dir";
    executable OptionalText Public "executable";
    base_executable OptionalText Public "_base_executable";
    prefix OptionalText Public "prefix";
    base_prefix OptionalText Public "base_prefix";
    exec_prefix OptionalText Public "exec_prefix";
    base_exec_prefix OptionalText Public "base_exec_prefix";
    skip_source_first_line Bool ReadOnly;
    run_command OptionalText ReadOnly;
    run_module OptionalText ReadOnly;
    run_filename OptionalText ReadOnly;
    sys_path_0 OptionalText Private;
    _install_importlib Uint Private;
    _init_main Uint Private;
    _is_python_build Uint Private;
};
