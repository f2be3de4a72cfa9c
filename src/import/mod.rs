//! Imports, without an evaluator: builtin modules, extension files along a path, folders as packages, and whatever the
//! finders of `sys.meta_path` bring.
//!
//! `load` imports; `finders` asks the finders of `sys.meta_path` for a spec, and `loader` makes the module. The finders
//! and loaders that are there from the start are classes with CPython's names, which `classes` makes: `importers`
//! (builtin and frozen modules), `path_finder` (`sys.path`) with `file_finder`, `file_loaders` and `source_loaders`
//! (with `bytecode`, `source_text`), `namespace_package`. `spec` is the object that describes a module to be,
//! `spec_from` makes one of a loader or a file. `modules` is `sys.modules`; `inittab` knows the builtin modules;
//! `extension` runs `PyInit_*` and remembers single-phase modules; `dynload` opens files. `errors` is what they raise, and
//! `verbose` what they say.

pub mod bytecode;
pub mod cache_paths;
pub mod classes;
pub mod dynload;
mod elf;
pub mod errors;
pub mod extension;
pub mod file_finder;
pub mod file_loaders;
pub mod finders;
pub mod frozen;
pub mod importers;
pub mod inittab;
pub mod load;
pub mod loader;
pub mod lock;
#[cfg(test)]
mod model;
pub mod modlock;
pub mod module_table;
pub mod modules;
pub mod namespace_package;
pub mod path_finder;
pub mod paths;
pub mod recursive;
pub mod resolve;
pub mod source_loaders;
pub mod source_text;
pub mod spec;
pub mod spec_from;
pub mod verbose;

use crate::runtime::sync;

pub use load::{import, import_checked, import_level};
pub use loader::{reload, reload_module};
pub use path_finder::importer;
