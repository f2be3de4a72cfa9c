//! `str(...)`: from any object, or decoded from bytes; and the instances of subclasses, whose characters are in a
//! block of their own.

use super::layout::{self, apart_state};
use super::{PyUnicode_Type, hash, new, registry};
use crate::abi::*;
use crate::mem::domains;
use crate::object::args::{Signature, bad_argument, check_positional};
use crate::object::{Object, Owned, Result, api, error};
use crate::raise;
use crate::types::typeobject::fully_qualified_name;
use std::ffi::CString;

const NEW: Signature<3> = Signature::new("str", ["object", "encoding", "errors"]);

/// An argument that names a codec or its error handler. Unlike other methods, a call of `str` itself, without
/// keywords, shows the module of a wrong class.
fn name_of_codec(o: &Object, argument: &str, by_new: bool) -> Result<CString> {
    if !super::check(o) {
        if by_new {
            return Err(bad_argument("str", &format!("argument '{argument}'"), "str", o));
        }
        let got = fully_qualified_name(o.ty())?;
        return Err(raise!(TypeError, "str() argument '{argument}' must be str, not {}", error::Text(&got)));
    }
    CString::new(super::utf8::cached(o)?).map_err(|_| raise!(ValueError, "embedded null character"))
}

/// `str(object, encoding, errors)` as a str of exact type.
fn make(bound: [Option<&Object>; 3], by_new: bool) -> Result<Owned> {
    let [object, encoding, errors] = bound;
    let encoding = encoding.map(|o| name_of_codec(o, "encoding", by_new)).transpose()?;
    let errors = errors.map(|o| name_of_codec(o, "errors", by_new)).transpose()?;
    match object {
        None => Ok(new::empty()),
        Some(object) if encoding.is_none() && errors.is_none() => object.str(),
        Some(object) => registry::from_encoded_object(object, encoding.as_deref(), errors.as_deref()),
    }
}

pub unsafe extern "C" fn tp_new(ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let bound = unsafe { NEW.bind(Object::from_ptr(args), Object::optional(kwargs)) }?;
        let text = make(bound, true)?;
        if ty == &raw mut PyUnicode_Type { Ok(text) } else { instance(ty, &text) }
    })
}

/// Calls of `str` itself.
pub unsafe extern "C" fn vectorcall(
    ty: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    api(|| {
        // SAFETY: slot: a vectorcall's array; `&Object` is one pointer.
        unsafe {
            debug_assert!(ty == (&raw mut PyUnicode_Type).cast());
            let n = nargsf & !PY_VECTORCALL_ARGUMENTS_OFFSET;
            let given: &[&Object] = if n == 0 { &[] } else { std::slice::from_raw_parts(args.cast(), n) };
            let bound = match Object::optional(kwnames) {
                Some(names) if !crate::types::tuple::items(names).is_empty() => {
                    return make(NEW.bind_fast(args, n as isize, kwnames)?, true);
                }
                _ => {
                    check_positional("str", n, 0, 3)?;
                    [given.first().copied(), given.get(1).copied(), given.get(2).copied()]
                }
            };
            make(bound, false)
        }
    })
}

/// An instance of a subclass with the text of a str.
fn instance(ty: *mut PyTypeObject, text: &Object) -> Result<Owned> {
    let chars = layout::chars(text);
    let (kind, len) = (chars.kind(), chars.len());
    let Some(size) = (len + 1).checked_mul(kind as usize) else { return Err(error::no_memory()) };
    // SAFETY: the type allocates instances that begin with the longest form of a str; the block has room for all.
    unsafe {
        let alloc = (*ty).tp_alloc.expect("a ready type");
        let new = Owned::from_c(alloc(ty, 0))?;
        let whole = new.cast::<PyUnicodeObject>();
        let head = &mut (*whole)._base._base;
        head.length = 0;
        head.hash = -1;
        head.state = apart_state(kind, layout::is_ascii(text));
        (*whole)._base.utf8 = std::ptr::null_mut();
        (*whole)._base.utf8_length = 0;
        (*whole).data = std::ptr::null_mut();
        let data = domains::mem_malloc(size).cast::<u8>();
        if data.is_null() {
            return Err(error::no_memory());
        }
        layout::copy(kind, data, 0, chars);
        layout::write(kind, data, len, 0);
        (*whole).data = data.cast();
        (*whole)._base._base.length = len as isize;
        if layout::is_ascii(text) {
            (*whole)._base.utf8 = data.cast();
            (*whole)._base.utf8_length = len as isize;
        }
        (*whole)._base._base.hash = hash::hash(text);
        Ok(new)
    }
}
