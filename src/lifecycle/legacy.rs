//! The oldest way to configure: global flags (`Py_VerboseFlag`).

use crate::abi::*;
use crate::state::FileSystemCodec;
use crate::types::unicode::locale::Py_UTF8Mode;

macro_rules! flags {
    ($(export $flag:ident = $value:literal;)*) => { $(
        /// A flag of old, read by `Py_Initialize` and set by every way to initialise.
        #[unsafe(no_mangle)]
        pub static mut $flag: c_int = $value;
    )* };
}

flags! {
    export Py_BytesWarningFlag = 0;
    export Py_DebugFlag = 0;
    export Py_DontWriteBytecodeFlag = 0;
    export Py_FrozenFlag = 0;
    export Py_HashRandomizationFlag = 0;
    export Py_IgnoreEnvironmentFlag = 0;
    export Py_InspectFlag = 0;
    export Py_InteractiveFlag = 0;
    export Py_IsolatedFlag = 0;
    export Py_NoSiteFlag = 0;
    export Py_NoUserSiteDirectory = 0;
    export Py_OptimizeFlag = 0;
    export Py_QuietFlag = 0;
    export Py_UnbufferedStdioFlag = 0;
    export Py_VerboseFlag = 0;
    export Py_HasFileSystemDefaultEncoding = 0;
}

/// How file names are encoded, while the runtime is up.
#[unsafe(no_mangle)]
pub static mut Py_FileSystemDefaultEncoding: *const c_char = std::ptr::null();

/// What becomes of file names that are no text, while the runtime is up.
#[unsafe(no_mangle)]
pub static mut Py_FileSystemDefaultEncodeErrors: *const c_char = std::ptr::null();

/// Sets both, or takes them away.
pub fn set_file_names(codec: Option<&FileSystemCodec>) {
    // SAFETY: written when the runtime starts and ends.
    unsafe {
        Py_FileSystemDefaultEncoding = codec.map_or(std::ptr::null(), |codec| codec.encoding);
        Py_FileSystemDefaultEncodeErrors = codec.map_or(std::ptr::null(), |codec| codec.errors);
    }
}

/// Flags become options of a `PyPreConfig` that nobody set, if it is that of `Py_Initialize`.
pub fn flags_into_pre(pre: &mut PyPreConfig) {
    if pre._config_init != super::config::COMPAT {
        return;
    }
    // SAFETY: plain numbers, read before initialisation.
    unsafe {
        if pre.isolated < 0 {
            pre.isolated = Py_IsolatedFlag;
        }
        if pre.use_environment < 0 {
            pre.use_environment = c_int::from(Py_IgnoreEnvironmentFlag == 0);
        }
        if Py_UTF8Mode > 0 {
            pre.utf8_mode = Py_UTF8Mode;
        }
    }
}

/// And settled options become flags.
pub fn flags_from_pre(pre: &PyPreConfig) {
    // SAFETY: plain numbers, written at initialisation.
    unsafe {
        Py_IsolatedFlag = pre.isolated;
        Py_IgnoreEnvironmentFlag = c_int::from(pre.use_environment == 0);
        Py_UTF8Mode = pre.utf8_mode;
    }
}

/// Flags become options that nobody set, if the configuration is that of `Py_Initialize`.
pub fn flags_into(config: &mut PyConfig) {
    if config._config_init != super::config::COMPAT {
        return;
    }
    // SAFETY: plain numbers, read before initialisation.
    unsafe {
        for (place, flag) in [
            (&mut config.isolated, Py_IsolatedFlag),
            (&mut config.use_environment, c_int::from(Py_IgnoreEnvironmentFlag == 0)),
            (&mut config.bytes_warning, Py_BytesWarningFlag),
            (&mut config.inspect, Py_InspectFlag),
            (&mut config.interactive, Py_InteractiveFlag),
            (&mut config.optimization_level, Py_OptimizeFlag),
            (&mut config.parser_debug, Py_DebugFlag),
            (&mut config.verbose, Py_VerboseFlag),
            (&mut config.quiet, Py_QuietFlag),
            (&mut config.pathconfig_warnings, c_int::from(Py_FrozenFlag == 0)),
            (&mut config.buffered_stdio, c_int::from(Py_UnbufferedStdioFlag == 0)),
            (&mut config.site_import, c_int::from(Py_NoSiteFlag == 0)),
            (&mut config.write_bytecode, c_int::from(Py_DontWriteBytecodeFlag == 0)),
            (&mut config.user_site_directory, c_int::from(Py_NoUserSiteDirectory == 0)),
        ] {
            if *place < 0 {
                *place = flag;
            }
        }
    }
}

/// And options become flags.
pub fn flags_from(config: &PyConfig) {
    // SAFETY: plain numbers, written at initialisation.
    unsafe {
        Py_IsolatedFlag = config.isolated;
        Py_IgnoreEnvironmentFlag = c_int::from(config.use_environment == 0);
        Py_BytesWarningFlag = config.bytes_warning;
        Py_InspectFlag = config.inspect;
        Py_InteractiveFlag = config.interactive;
        Py_OptimizeFlag = config.optimization_level;
        Py_DebugFlag = config.parser_debug;
        Py_VerboseFlag = config.verbose;
        Py_QuietFlag = config.quiet;
        Py_FrozenFlag = c_int::from(config.pathconfig_warnings == 0);
        Py_UnbufferedStdioFlag = c_int::from(config.buffered_stdio == 0);
        Py_NoSiteFlag = c_int::from(config.site_import == 0);
        Py_DontWriteBytecodeFlag = c_int::from(config.write_bytecode == 0);
        Py_NoUserSiteDirectory = c_int::from(config.user_site_directory == 0);
        Py_HashRandomizationFlag = c_int::from(config.use_hash_seed == 0 || config.hash_seed != 0);
    }
}
