//! What an interpreter keeps for imports and modules; `import` and `module` work on it.

use crate::object::Owned;

/// One interpreter's imports. Reached by the thread that is attached to it only.
#[derive(Default)]
pub struct ImportState {
    /// The dict behind `sys.modules`: it stays the same when a program binds `sys.modules` anew.
    pub modules: Option<Owned>,
    /// Single-phase modules by the index of their definition (`PyState_FindModule`).
    pub modules_by_index: Vec<Option<Owned>>,
    /// The full name of the extension module whose init function runs: a submodule only knows its last part.
    pub package_context: Option<std::ffi::CString>,
    /// `_imp._override_multi_interp_extensions_check`: 1 checks, -1 does not, 0 leaves it to the interpreter's config.
    pub override_multi_interp_check: i32,
    /// `sys.setdlopenflags`.
    pub dlopen_flags: i32,
}
