//! C values from objects and back: `PyArg_Parse*` and `Py_BuildValue`, their format languages.
//!
//! `getargs` walks a format over a tuple, `keywords` over a tuple and a dict; `convert` does one unit. `build` makes
//! objects from a format. The C functions with variable arguments hand a `VaList` to these.

pub mod build;
pub mod convert;
pub mod getargs;
pub mod keywords;
pub mod parser;
