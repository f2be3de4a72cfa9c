//! Attributes of classes: looking one up in the metaclass and in the class itself, and setting one, which may change
//! slots.

use super::{cache, check, has_flag, names, update};
use crate::abi::*;
use crate::object::error::Text;
use crate::object::{Object, Owned, Raised, Result, api, attr};
use crate::raise;
use crate::types::{descr, unicode};

type O = *mut PyObject;

/// `type.__getattribute__`.
pub unsafe extern "C" fn type_getattro(class: O, name: O) -> O {
    // SAFETY: slot.
    unsafe {
        let (class, name) = (Object::from_ptr(class), Object::from_ptr(name));
        api(|| match getattr_optional(class, name)? {
            Some(value) => Ok(value),
            None => {
                let raised = raise!(
                    AttributeError,
                    "type object '{}' has no attribute '{}'",
                    names::cut(names::full_tp_name(class.cast()), 100),
                    Text(name)
                );
                attr::error_context(class, name);
                Err(raised)
            }
        })
    }
}

/// The attribute, or `None` if there is no such; descriptors' own errors come through.
pub fn getattr_optional(class: &Object, name: &Object) -> Result<Option<Owned>> {
    if !unicode::check(name) {
        return Err(wrong_name(name));
    }
    // SAFETY: a live class; descriptors are held while their slots run.
    unsafe {
        let meta = class.ty();
        let Some(of_meta) = cache::lookup(meta, name) else { return own(class, name) };
        let of_meta = of_meta.to_owned();
        let get = (*of_meta.ty()).tp_descr_get;
        if let Some(get) = get
            && descr::is_data(&of_meta)
        {
            return Owned::from_c(get(of_meta.as_ptr(), class.as_ptr(), meta.cast())).map(Some);
        }
        if let Some(own) = own(class, name)? {
            return Ok(Some(own));
        }
        match get {
            Some(get) => Owned::from_c(get(of_meta.as_ptr(), class.as_ptr(), meta.cast())).map(Some),
            None => Ok(Some(of_meta)),
        }
    }
}

/// What the class itself or its bases have, bound to no instance.
#[inline]
fn own(class: &Object, name: &Object) -> Result<Option<Owned>> {
    let Some(found) = cache::lookup(class.cast(), name) else { return Ok(None) };
    // SAFETY: the value is held while its slot runs.
    unsafe {
        match (*found.ty()).tp_descr_get {
            Some(get) => {
                let found = found.to_owned();
                Owned::from_c(get(found.as_ptr(), std::ptr::null_mut(), class.as_ptr())).map(Some)
            }
            None => Ok(Some(found.to_owned())),
        }
    }
}

#[cold]
fn wrong_name(name: &Object) -> Raised {
    raise!(TypeError, "attribute name must be string, not '{}'", names::tp_name(name.ty()))
}

/// `type.__setattr__` and `type.__delattr__`.
pub unsafe extern "C" fn type_setattro(class: O, name: O, value: O) -> c_int {
    // SAFETY: slot.
    unsafe {
        let (class, name, value) = (Object::from_ptr(class), Object::from_ptr(name), Object::optional(value));
        api(|| setattr(class, name, value))
    }
}

fn setattr(class: &Object, name: &Object, value: Option<&Object>) -> Result<()> {
    debug_assert!(check(class));
    let ty = class.cast::<PyTypeObject>();
    if has_flag(ty, Py_TPFLAGS_IMMUTABLETYPE) {
        return Err(immutable(ty, name)?);
    }
    if !unicode::check(name) {
        return Err(wrong_name(name));
    }
    let name = if name.is_exact(&raw mut unicode::PyUnicode_Type) {
        unicode::intern(name.to_owned())
    } else {
        name.to_owned()
    };
    cache::modified(ty);
    attr::generic_setattr(class, &name, value)?;
    // Reading a value back while it was set may have remembered the old one.
    cache::modified(ty);
    if is_dunder(&name) {
        update::update_slot(ty, &name)?;
    }
    Ok(())
}

#[cold]
pub fn immutable(ty: *mut PyTypeObject, name: &Object) -> Result<Raised> {
    let name = name.repr()?;
    Ok(raise!(TypeError, "cannot set {} attribute of immutable type '{}'", Text(&name), names::full_tp_name(ty)))
}

fn is_dunder(name: &Object) -> bool {
    unicode::as_str(name).is_ok_and(|name| name.len() > 4 && name.starts_with("__") && name.ends_with("__"))
}
