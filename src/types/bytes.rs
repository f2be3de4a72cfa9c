//! `bytes`.

use crate::abi::*;
use crate::object::{Object, Owned, Result};

#[inline(always)]
pub fn check(o: &Object) -> bool {
    o.has_flag(Py_TPFLAGS_BYTES_SUBCLASS)
}

pub fn from_slice(_bytes: &[u8]) -> Result<Owned> {
    todo!()
}

/// The bytes of a bytes object or a subclass's instance.
#[inline(always)]
pub fn as_slice(o: &Object) -> &[u8] {
    let bytes = o.cast::<PyBytesObject>();
    // SAFETY: a bytes object's data stand behind its head.
    unsafe { std::slice::from_raw_parts((&raw const (*bytes).ob_sval).cast(), (*bytes).ob_base.ob_size as usize) }
}
