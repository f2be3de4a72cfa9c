//! Imports, without an evaluator: builtin modules, extension files along a path, folders as packages, and whatever the
//! finders of `sys.meta_path` bring.
//!
//! `load` imports; `finders` find a module and `loader` makes it; `modules` is `sys.modules`; `inittab` knows the builtin modules; `extension` runs
//! `PyInit_*` and remembers single-phase modules; `dynload` opens files; `find` looks along `sys.path`; `spec` is the
//! object that describes a module to be.

pub mod dynload;
pub mod extension;
pub mod find;
pub mod finders;
pub mod frozen;
pub mod inittab;
pub mod load;
pub mod loader;
pub mod lock;
#[cfg(test)]
mod model;
pub mod modlock;
pub mod module_table;
pub mod modules;
pub mod recursive;
pub mod resolve;
pub mod spec;

use crate::runtime::sync;

pub use extension::{check_multiple_interpreters, package_context};
pub use finders::importer;
pub use load::{import, import_checked, import_level};
pub use loader::reload;
