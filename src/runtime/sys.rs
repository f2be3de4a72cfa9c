//! `sys` as the runtime itself reads it: the dict of the interpreter's `sys` module.

use super::interp;
use crate::name;
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::types::{dict, unicode};

/// Says a line of `-v` on `sys.stderr`, or where C's is while that can't be written to. An exception that is set stays.
pub fn say(text: &str) {
    let set = error::take();
    let written = find_sys_attribute("stderr").is_some_and(|file| {
        let text = unicode::from_str(text);
        let written = text.and_then(|text| file.call_method(name!(write), &[&text]));
        error::forget(written).is_some()
    });
    if !written {
        eprint!("{text}");
    }
    if let Some(set) = set {
        let _raised = error::restore(set);
    }
}

/// `-v` as often as it was given (`PyConfig.verbose`).
pub fn verbosity() -> std::ffi::c_int {
    // SAFETY: attached.
    unsafe { (*interp()).config.verbose }
}

/// The attribute `name` of `sys`, if the program left it there.
pub fn sys_attribute(name: &Object) -> Result<Option<Owned>> {
    // SAFETY: attached; the interpreter keeps its dict until it ends.
    match unsafe { Object::optional((*interp()).sysdict) } {
        Some(sys) => dict::get(sys, name),
        None => Ok(None),
    }
}

/// As [`sys_attribute`], for who has nobody to tell of an error: the attribute, or nothing.
pub fn find_sys_attribute(name: &str) -> Option<Owned> {
    let found = unicode::from_str(name).and_then(|name| sys_attribute(&name));
    found.unwrap_or_else(|raised| {
        drop(error::caught(raised));
        None
    })
}

/// `builtins.__import__`, if the program put another function in its place.
pub fn replaced_import() -> Result<Option<Owned>> {
    // SAFETY: attached; the interpreter keeps both until it ends.
    unsafe {
        let Some(builtins) = Object::optional((*interp()).builtins) else { return Ok(None) };
        match dict::get_borrowed(builtins, name!(__import__))? {
            Some(function) if !function.is_ptr((*interp()).import_func) => Ok(Some(function.to_owned())),
            Some(_) => Ok(None),
            None => Err(raise!(AttributeError, "module 'builtins' has no attribute '__import__'")),
        }
    }
}
