//! What a type is called: `tp_name` is "module.name" for static types, and just the name for classes made in Python.

use super::{as_object, is_heap, shared_dict};
use crate::abi::*;
use crate::message;
use crate::name;
use crate::object::error::Text;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::{dict, unicode};
use std::ffi::CStr;

/// All of `tp_name`, as far as it is UTF-8.
pub fn full_tp_name<'a>(ty: *mut PyTypeObject) -> &'a str {
    // SAFETY: a ready type's name is a C string that lives as long as the type.
    let bytes = unsafe {
        let name = (*ty).tp_name;
        if name.is_null() { c"(null)" } else { CStr::from_ptr(name) }
    };
    utf8_prefix(bytes.to_bytes())
}

/// The longest prefix that is UTF-8: what is left when a text was cut at a number of bytes.
fn utf8_prefix(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // SAFETY: the error says how far the bytes are valid.
        Err(error) => unsafe { std::str::from_utf8_unchecked(&bytes[..error.valid_up_to()]) },
    }
}

/// `text` cut at `limit` bytes, as "%.200s" does.
pub fn cut(text: &str, limit: usize) -> &str {
    utf8_prefix(&text.as_bytes()[..text.len().min(limit)])
}

/// The part of `tp_name` behind the last dot (`_PyType_Name`).
pub fn name<'a>(ty: *mut PyTypeObject) -> &'a str {
    let full = full_tp_name(ty);
    full.rsplit('.').next().unwrap_or(full)
}

/// `tp_name` as it is, the "%.200s" of many messages: cut at 200 bytes.
pub fn tp_name<'a>(ty: *mut PyTypeObject) -> &'a str {
    cut(full_tp_name(ty), 200)
}

/// `type.__name__` (`PyType_GetName`).
pub fn get_name(ty: *mut PyTypeObject) -> Result<Owned> {
    if is_heap(ty) {
        // SAFETY: layout: a heap type has its name as a str.
        return Ok(unsafe { Object::from_ptr((*ty.cast::<PyHeapTypeObject>()).ht_name) }.to_owned());
    }
    unicode::intern_str(name(ty))
}

/// `type.__qualname__` (`PyType_GetQualName`).
pub fn get_qualname(ty: *mut PyTypeObject) -> Result<Owned> {
    if is_heap(ty) {
        // SAFETY: layout: a heap type has its qualified name as a str.
        return Ok(unsafe { Object::from_ptr((*ty.cast::<PyHeapTypeObject>()).ht_qualname) }.to_owned());
    }
    get_name(ty)
}

/// `type.__module__` (`PyType_GetModuleName`): `AttributeError` for a class that has none.
pub fn get_module_name(ty: *mut PyTypeObject) -> Result<Owned> {
    if is_heap(ty) {
        // SAFETY: a ready type has a dict, or gets one.
        let dict = unsafe { shared_dict::dict_of_ready(ty) };
        return match dict::get(dict, name!(__module__))? {
            Some(module) => Ok(module),
            None => Err(raise!(AttributeError, "__module__")),
        };
    }
    match full_tp_name(ty).rsplit_once('.') {
        Some((module, _)) => unicode::intern_str(module),
        None => Ok(module_in_dict(ty)?.unwrap_or_else(|| name!(builtins).to_owned())),
    }
}

/// The module of a static type that is named as a class made in Python is.
fn module_in_dict(ty: *mut PyTypeObject) -> Result<Option<Owned>> {
    let Some(dict) = shared_dict::dict_to_ask(ty, name!(__module__)) else { return Ok(None) };
    Ok(dict::get(dict, name!(__module__))?.filter(|module| unicode::check(module)))
}

/// `PyType_GetFullyQualifiedName`: the "%T" of newer messages.
pub fn fully_qualified_name(ty: *mut PyTypeObject) -> Result<Owned> {
    joined_name(ty, ".")
}

/// The module's name and the qualified name with `separator` between them; the qualified name alone for classes of
/// `builtins` and `__main__`, and `tp_name` for static types.
pub fn joined_name(ty: *mut PyTypeObject, separator: &str) -> Result<Owned> {
    if !is_heap(ty) && module_in_dict(ty)?.is_none() {
        return unicode::from_str(full_tp_name(ty));
    }
    let qualname = get_qualname(ty)?;
    let module = get_module_name(ty)?;
    if unicode::check(&module) && !unicode::equal_str(&module, "builtins") && !unicode::equal_str(&module, "__main__") {
        return message!("{}{separator}{}", Text(&module), Text(&qualname));
    }
    Ok(qualname)
}

/// `repr` of a class.
pub fn repr(ty: *mut PyTypeObject) -> Result<Owned> {
    let module = match get_module_name(ty) {
        Ok(module) => unicode::check(&module).then_some(module),
        Err(_) => {
            crate::object::error::clear();
            None
        }
    };
    let qualname = get_qualname(ty)?;
    match module {
        Some(module) if !unicode::equal_str(&module, "builtins") => {
            message!("<class '{}.{}'>", Text(&module), Text(&qualname))
        }
        // SAFETY: a live type.
        _ => unicode::from_str(&format!("<class '{}'>", full_tp_name(unsafe { as_object(ty) }.cast()))),
    }
}
