//! Mappings and subscripts: `PyObject_GetItem` and the `PyMapping_*` family.

use super::{Object, Owned, Raised, Result, api, error, number, sequence};
use crate::abi::*;
use crate::name;
use crate::raise;
use crate::types::{dict, exceptions, genericalias, list, long, none, typeobject};
use std::ptr;

impl Object {
    /// `PyObject_GetItem`.
    pub fn getitem(&self, key: &Object) -> Result<Owned> {
        // SAFETY: slot.
        unsafe {
            let ty = self.ty();
            let (mapping, seq) = ((*ty).tp_as_mapping, (*ty).tp_as_sequence);
            if !mapping.is_null()
                && let Some(subscript) = (*mapping).mp_subscript
            {
                return Owned::from_c(subscript(self.as_ptr(), key.as_ptr()));
            }
            if !seq.is_null()
                && let Some(item) = (*seq).sq_item
            {
                if number::is_index(key) {
                    let i = number::as_ssize(key, Some(exceptions::object(&raw mut exceptions::IndexError)))?;
                    return sequence::item(self, i);
                }
                let _ = item;
                return Err(raise!(
                    TypeError,
                    "sequence index must be integer, not '{}'",
                    typeobject::tp_name(key.ty())
                ));
            }
            if self.has_flag(Py_TPFLAGS_TYPE_SUBCLASS) {
                // `type[int]`, but for no other class.
                if self.is_ptr((&raw mut typeobject::PyType_Type).cast()) {
                    return genericalias::new(self, key);
                }
                if let Some(method) = self.getattr_optional(name!(__class_getitem__))?
                    && !method.is_none()
                {
                    return method.call(&[key]);
                }
                return Err(raise!(TypeError, "type '{}' is not subscriptable", typeobject::tp_name(self.cast())));
            }
            Err(not_subscriptable(self))
        }
    }

    /// `PyObject_SetItem`.
    pub fn setitem(&self, key: &Object, value: &Object) -> Result<()> {
        assign(self, key, Some(value))
    }

    /// `PyObject_DelItem`.
    pub fn delitem(&self, key: &Object) -> Result<()> {
        assign(self, key, None)
    }

    /// `PyObject_Size`.
    #[inline]
    pub fn size(&self) -> Result<isize> {
        checked_length(self.size_unchecked()?)
    }

    /// What the object's slot says, be it negative: then an error should be set.
    #[inline(always)]
    pub fn size_unchecked(&self) -> Result<isize> {
        // SAFETY: slot.
        unsafe {
            let seq = (*self.ty()).tp_as_sequence;
            if !seq.is_null()
                && let Some(length) = (*seq).sq_length
            {
                return Ok(length(self.as_ptr()));
            }
        }
        size_unchecked(self)
    }

    /// The object says how long it is (`_PyObject_HasLen`).
    pub fn has_size(&self) -> bool {
        // SAFETY: a live object's type is alive.
        unsafe {
            let (seq, mapping) = ((*self.ty()).tp_as_sequence, (*self.ty()).tp_as_mapping);
            (!seq.is_null() && (*seq).sq_length.is_some()) || (!mapping.is_null() && (*mapping).mp_length.is_some())
        }
    }

    /// `PyObject_LengthHint`.
    pub fn length_hint(&self, default: isize) -> Result<isize> {
        if self.has_size() {
            match self.size() {
                Ok(n) => return Ok(n),
                Err(raised) => error::ignore(raised, &raw mut exceptions::TypeError)?,
            }
        }
        let Some(hint) = self.lookup_special(name!(__length_hint__))? else {
            return Ok(default);
        };
        let result = match hint.call(&[]) {
            Ok(result) => result,
            Err(raised) => {
                error::ignore(raised, &raw mut exceptions::TypeError)?;
                return Ok(default);
            }
        };
        if result.is(none::not_implemented_ref()) {
            return Ok(default);
        }
        if !long::check(&result) {
            return Err(raise!(
                TypeError,
                "__length_hint__ must be an integer, not {}",
                error::cut(typeobject::tp_name(result.ty()), 100)
            ));
        }
        let n = long::as_isize(&result)?;
        if n < 0 {
            return Err(raise!(ValueError, "__length_hint__() should return >= 0"));
        }
        Ok(n)
    }
}

/// What `sq_length` or `mp_length` said.
#[inline(always)]
pub(super) fn checked_length(n: isize) -> Result<isize> {
    // SAFETY: a negative length says that an error is set.
    if n < 0 { Err(unsafe { Raised::already() }) } else { Ok(n) }
}

#[cold]
fn not_subscriptable(o: &Object) -> Raised {
    raise!(TypeError, "'{}' object is not subscriptable", typeobject::tp_name(o.ty()))
}

/// `PyMapping_Size`: what the slot says, as [`Object::size_unchecked`].
pub fn size_unchecked(o: &Object) -> Result<isize> {
    // SAFETY: slot.
    unsafe {
        let ty = o.ty();
        let (mapping, seq) = ((*ty).tp_as_mapping, (*ty).tp_as_sequence);
        if !mapping.is_null()
            && let Some(length) = (*mapping).mp_length
        {
            return Ok(length(o.as_ptr()));
        }
        if !seq.is_null() && (*seq).sq_length.is_some() {
            return Err(raise!(TypeError, "{} is not a mapping", typeobject::tp_name(ty)));
        }
        Err(raise!(TypeError, "object of type '{}' has no len()", typeobject::tp_name(ty)))
    }
}

/// `PyObject_Size`: the slot's answer is the answer, so a slot that is there is jumped to.
///
/// # Safety
/// `o` is NULL or alive.
#[inline(always)]
pub unsafe fn size_in_c(o: *mut PyObject) -> isize {
    // SAFETY: slot.
    unsafe {
        if !o.is_null() {
            let (seq, mapping) = ((*(*o).ob_type).tp_as_sequence, (*(*o).ob_type).tp_as_mapping);
            if !seq.is_null()
                && let Some(length) = (*seq).sq_length
            {
                return length(o);
            }
            if !mapping.is_null()
                && let Some(length) = (*mapping).mp_length
            {
                return length(o);
            }
        }
        no_size(o)
    }
}

#[cold]
#[inline(never)]
unsafe fn no_size(o: *mut PyObject) -> isize {
    // SAFETY: the caller's word.
    api(|| unsafe { Object::new(o)?.size_unchecked() })
}

fn assign(o: &Object, key: &Object, value: Option<&Object>) -> Result<()> {
    let raw = value.map_or(ptr::null_mut(), Object::as_ptr);
    // SAFETY: slot.
    unsafe {
        let ty = o.ty();
        let (mapping, seq) = ((*ty).tp_as_mapping, (*ty).tp_as_sequence);
        if !mapping.is_null()
            && let Some(set) = (*mapping).mp_ass_subscript
        {
            return error::status(set(o.as_ptr(), key.as_ptr(), raw));
        }
        if !seq.is_null() {
            if number::is_index(key) {
                let i = number::as_ssize(key, Some(exceptions::object(&raw mut exceptions::IndexError)))?;
                return match value {
                    Some(value) => sequence::set_item(o, i, value),
                    None => sequence::del_item(o, i),
                };
            }
            if (*seq).sq_ass_item.is_some() {
                return Err(raise!(
                    TypeError,
                    "sequence index must be integer, not '{}'",
                    typeobject::tp_name(key.ty())
                ));
            }
        }
        Err(match value {
            Some(_) => {
                raise!(TypeError, "'{}' object does not support item assignment", typeobject::tp_name(ty))
            }
            None => raise!(TypeError, "'{}' object does not support item deletion", typeobject::tp_name(ty)),
        })
    }
}

/// `PyMapping_Check`.
pub fn check(o: &Object) -> bool {
    // SAFETY: a live object's type is alive.
    unsafe {
        let mapping = (*o.ty()).tp_as_mapping;
        !mapping.is_null() && (*mapping).mp_subscript.is_some()
    }
}

/// `PyMapping_GetOptionalItem`: `None` instead of `KeyError`.
pub fn get_optional(o: &Object, key: &Object) -> Result<Option<Owned>> {
    if o.is_exact(&raw mut dict::PyDict_Type) {
        return dict::get(o, key);
    }
    match o.getitem(key) {
        Ok(value) => Ok(Some(value)),
        Err(raised) => {
            error::ignore(raised, &raw mut exceptions::KeyError)?;
            Ok(None)
        }
    }
}

/// `PyMapping_Keys` and its like: the items that the method `name` gives, as a list.
pub fn method_list(o: &Object, name: &Object) -> Result<Owned> {
    let output = o.call_method(name, &[])?;
    if output.is_exact(&raw mut list::PyList_Type) {
        return Ok(output);
    }
    let it = match output.iter() {
        Ok(it) => it,
        Err(raised) => {
            if error::matches(&raw mut exceptions::TypeError) {
                drop(error::caught(raised));
                return Err(raise!(
                    TypeError,
                    "{}.{}() returned a non-iterable (type {})",
                    typeobject::tp_name(o.ty()),
                    error::Text(name),
                    typeobject::tp_name(output.ty())
                ));
            }
            return Err(raised);
        }
    };
    sequence::list(&it)
}
