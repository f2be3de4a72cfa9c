//! What an interpreter keeps for imports besides `sys.modules`; `import` works on it.

use crate::abi::*;
use std::time::Duration;

/// One interpreter's imports. Zero is a good start for every field.
#[repr(C)]
pub struct ImportState {
    /// `_imp._override_multi_interp_extensions_check`: 1 checks, -1 does not, 0 leaves it to the configuration.
    pub override_multi_interp_check: c_int,
    /// What `sys.setdlopenflags` set; 0 stands for `RTLD_NOW`.
    pub dlopen_flags: c_int,
    /// The import lock (`import::lock`), or NULL.
    pub lock: *mut c_void,
    /// The locks of modules that are being loaded (`import::modlock`), or NULL.
    pub module_locks: *mut c_void,
    /// `_imp._override_frozen_modules_for_tests`: above 0 they are on, below off, 0 leaves it to the configuration.
    pub override_frozen_modules: c_int,
    /// The importers' classes (`import::classes`), or NULL.
    pub classes: *mut c_void,
    /// The one of them that `repr` of a module knows; borrowed, or NULL.
    pub namespace_loader: *mut PyObject,
    /// The interpreter ends and has emptied its modules: nothing is found any more.
    pub taken_apart: bool,
    /// See `import::verbose`.
    pub timing: ImportTiming,
}

/// Where imports are that are timed.
pub struct ImportTiming {
    /// How many imports are under way, each within the one before.
    pub level: c_int,
    /// What imports within the present one took.
    pub inner: Duration,
    pub header_said: bool,
}
