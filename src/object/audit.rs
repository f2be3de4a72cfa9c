//! Audit events of objects: what is told before a class, a function or a code object is changed or looked into. Who
//! listens is the affair of `runtime::audit`, which is above this floor and raises the flag.

use super::{Object, Owned, Result, above};
use crate::state;
use crate::types::{tuple, unicode};
use std::ffi::CStr;

/// Tells the hooks of an event, with arguments that are made only if somebody may be listening. What a hook raises is
/// raised.
#[inline]
pub fn audit_with(event: &'static CStr, args: impl FnOnce() -> Result<Owned>) -> Result<()> {
    if !state::is_audited() {
        return Ok(());
    }
    above::audit(event, &*args()?)
}

/// `object.__getattr__(o, name)`, of attributes that show how code is made.
#[inline]
pub fn reading(o: &Object, name: &str) -> Result<()> {
    audit_with(c"object.__getattr__", || tuple::from_slice(&[o, &*unicode::from_str(name)?]))
}

/// `object.__setattr__(o, name, value)`, or `object.__delattr__(o, name)` without a value.
#[inline]
pub fn changing(o: &Object, name: &str, value: Option<&Object>) -> Result<()> {
    match value {
        Some(value) => audit_with(c"object.__setattr__", || tuple::from_slice(&[o, &*unicode::from_str(name)?, value])),
        None => audit_with(c"object.__delattr__", || tuple::from_slice(&[o, &*unicode::from_str(name)?])),
    }
}
