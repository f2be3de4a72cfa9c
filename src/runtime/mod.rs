//! Process, interpreters, thread states, the GIL: who may touch what, and when.
//!
//! Three lifetimes. The *process* has the list of interpreters and what never ends. An *interpreter* has everything
//! that Python calls global. A *thread state* has what belongs to one thread in one interpreter; a thread is attached
//! to at most one of them, and then holds that interpreter's GIL.

pub mod attach;
pub mod audit;
pub mod dump;
pub mod fileutils;
pub mod gil;
pub mod gilstate;
pub mod ids;
pub mod imports;
pub mod interpreter;
pub mod lock;
#[cfg(test)]
pub mod model;
pub mod open_code;
pub mod os_thread;
pub mod pending;
pub mod perf_map;
pub mod preconfig;
pub mod process;
pub mod readline;
pub mod safe_point;
pub mod signals;
pub mod sync;
pub mod sys;
pub mod thread;
pub mod time;
pub mod unraisable;

pub use interpreter::{Interpreter, interp};
pub use sys::{find_sys_attribute, replaced_import, sys_attribute};

/// What `Py_GetVersion` says.
pub const VERSION: &std::ffi::CStr = c"3.14.10 (pyshim) [Rust]";

/// What `Py_GetCopyright` says.
pub const COPYRIGHT: &std::ffi::CStr = c"Copyright (c) the pyshim authors.\nAll Rights Reserved.";
