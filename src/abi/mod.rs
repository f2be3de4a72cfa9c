//! Layouts, constants and function types of CPython 3.14's C ABI: names, sizes and offsets as every extension binary
//! was compiled against them. Facts only; each file asserts its offsets at compile time.
//!
//! Names are C's own, so that a reader finds them in CPython's documentation and cbindgen prints them unchanged.
#![allow(non_camel_case_types, non_snake_case, non_upper_case_globals, reason = "the names are C's")]

mod buffer;
mod bytesobject;
mod code;
pub mod constants;
mod containers;
mod context;
mod datetime;
mod descrobject;
mod floatobject;
mod functypes;
mod initconfig;
mod longintrepr;
mod methodobject;
mod modsupport;
mod moduleobject;
mod object;
mod opaque;
mod pyerrors;
mod pyhash;
mod pymem;
mod pystate;
mod statics;
mod structseq;
mod typeobject;
mod unicodeobject;
pub mod va_list;
mod weakrefobject;

pub use buffer::*;
pub use bytesobject::*;
pub use code::*;
pub use constants::*;
pub use containers::*;
pub use context::*;
pub use datetime::*;
pub use descrobject::*;
pub use floatobject::*;
pub use functypes::*;
pub use initconfig::*;
pub use longintrepr::*;
pub use methodobject::*;
pub use modsupport::*;
pub use moduleobject::*;
pub use object::*;
pub use opaque::*;
pub use pyerrors::*;
pub use pyhash::*;
pub use pymem::*;
pub use pystate::*;
pub use statics::*;
pub use structseq::*;
pub use typeobject::*;
pub use unicodeobject::*;
pub use weakrefobject::*;

pub use std::ffi::{c_char, c_double, c_int, c_long, c_longlong, c_uint, c_ulong, c_ulonglong, c_void};

pub type Py_ssize_t = isize;
pub type Py_hash_t = isize;
pub type Py_uhash_t = usize;
pub type Py_UCS1 = u8;
pub type Py_UCS2 = u16;
pub type Py_UCS4 = u32;
pub type wchar_t = libc::wchar_t;
pub type digit = u32;
