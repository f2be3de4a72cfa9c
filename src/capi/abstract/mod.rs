//! `abstract.h`: calls in `calls`, then the protocols: `objects` (items, iteration, classes), `numbers`, `sequences`
//! and `mappings`; the old functions for buffers in `old_buffers`.

mod calls;
mod mappings;
mod numbers;
mod objects;
mod old_buffers;
mod sequences;

use crate::abi::*;
use crate::object::{Owned, Result, error};
use crate::types::unicode;
use std::ffi::CStr;

/// The argument of an export that is a C string, as a str.
///
/// # Safety
/// `text` is a C string.
pub(super) unsafe fn key(text: *const c_char) -> Result<Owned> {
    if text.is_null() {
        return Err(error::null_argument());
    }
    // SAFETY: the caller's contract.
    unicode::from_utf8(unsafe { CStr::from_ptr(text) }.to_bytes())
}

/// An answer of functions that can't fail: an error is reported as unraisable and means no.
pub(super) fn yes_or_unraisable(result: Result<bool>, place: &str) -> c_int {
    match result {
        Ok(answer) => answer as c_int,
        Err(_raised) => {
            crate::runtime::unraisable::report(place);
            0
        }
    }
}
