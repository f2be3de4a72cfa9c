//! Modules: their objects, and how a `PyModuleDef` becomes one, in one phase or in two.

pub mod add;
pub mod create;
pub mod def;
pub mod exec;
pub mod index;
pub mod object;

pub use create::{create, from_def_and_spec};
pub use exec::exec;
pub use object::{PyModule_Type, check, new};
