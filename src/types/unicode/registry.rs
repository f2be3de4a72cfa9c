//! The codec registry: search functions, what they found, error handlers by name.

use crate::object::{Object, Owned, Result};
use crate::types::dict;
use crate::{raise, state};
use std::ffi::CStr;

/// The error handler registered under `name`; "strict" for `None`. `LookupError` if there is none.
pub fn lookup_error(name: Option<&CStr>) -> Result<Owned> {
    let name = name.unwrap_or(c"strict").to_string_lossy();
    // SAFETY: attached.
    if let Some(errors) = unsafe { Object::optional((*state::interp()).unicode.codec_errors) }
        && let Some(handler) = dict::get_str(errors, &name)?
    {
        return Ok(handler);
    }
    Err(raise!(LookupError, "unknown error handler name '{name}'"))
}
