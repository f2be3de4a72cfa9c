//! The doors: names of CPython's that are not provided. The build makes one for each name of `abi/symbols-3.14.tsv`
//! that no other file defines, so that modules linked BIND_NOW load; a call of one stops the program and says its name.

use crate::abi::*;
use std::io::Write;

/// Ends the program: `name` was called and is not provided.
#[cold]
fn not_provided(name: &str) -> ! {
    let _ = writeln!(std::io::stderr(), "pyshim: {name} is not provided");
    std::process::abort()
}

include!(concat!(env!("OUT_DIR"), "/doors.rs"));

/// 1 if the function or data `name` is provided, 0 if it is a door only, -1 if CPython 3.14 has no such name.
/// `name` is a C string. No thread state is needed.
///
/// # Safety
/// `name` is a C string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pyshim_is_provided(name: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    let name = unsafe { std::ffi::CStr::from_ptr(name) }.to_bytes();
    if DOORS.binary_search_by(|door| door.as_bytes().cmp(name)).is_ok() {
        0
    } else if PROVIDED.binary_search_by(|provided| provided.as_bytes().cmp(name)).is_ok() {
        1
    } else {
        -1
    }
}
