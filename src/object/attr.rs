//! Attributes: looking up, setting and deleting through the type's slots, and the generic way that most types take:
//! data descriptor, instance dict, other descriptor.

use super::{Object, Owned, Result, error, slots};
use crate::abi::*;
use crate::message;
use crate::name;
use crate::raise;
use crate::types::{dict, exceptions, typeobject, unicode};
use std::ptr;

/// What [`Object::method`] found.
pub enum Method {
    /// A function that wants the object as its first argument.
    Unbound(Owned),
    /// An attribute that is called as it is.
    Bound(Owned),
}

#[cold]
fn name_not_str(name: &Object) -> error::Raised {
    raise!(TypeError, "attribute name must be string, not '{}'", typeobject::tp_name(name.ty()))
}

#[cold]
pub fn no_attribute(obj: &Object, name: &Object) -> error::Raised {
    let raised = raise!(
        AttributeError,
        "'{}' object has no attribute '{}'",
        error::cut(typeobject::tp_name(obj.ty()), 100),
        error::Text(name)
    );
    error_context(obj, name);
    raised
}

/// Gives an `AttributeError` that is set its `obj` and `name`, unless it has one of them.
#[cold]
pub fn error_context(obj: &Object, name: &Object) {
    if let Some(current) = error::current()
        && current.is_a(&raw mut exceptions::AttributeError)
    {
        exceptions::set_attribute_context(current, obj, name);
    }
}

impl Object {
    /// `PyObject_GetAttr`.
    #[inline]
    pub fn getattr(&self, name: &Object) -> Result<Owned> {
        if !unicode::check(name) {
            return Err(name_not_str(name));
        }
        // SAFETY: slot.
        let result = unsafe {
            let ty = self.ty();
            if let Some(getattro) = (*ty).tp_getattro {
                getattro(self.as_ptr(), name.as_ptr())
            } else if let Some(getattr) = (*ty).tp_getattr {
                let text = unicode::as_str(name)?.as_ptr().cast::<c_char>();
                getattr(self.as_ptr(), text.cast_mut())
            } else {
                return Err(no_attribute(self, name));
            }
        };
        if result.is_null() {
            error_context(self, name);
        }
        // SAFETY: a slot's result.
        unsafe { Owned::from_c(result) }
    }

    /// `PyObject_GetOptionalAttr`: `None` instead of `AttributeError`.
    pub fn getattr_optional(&self, name: &Object) -> Result<Option<Owned>> {
        if !unicode::check(name) {
            return Err(name_not_str(name));
        }
        // SAFETY: a live object's type is alive.
        if unsafe { is_generic((*self.ty()).tp_getattro) } {
            return generic_lookup(self, name, None, true);
        }
        match self.getattr(name) {
            Ok(value) => Ok(Some(value)),
            Err(raised) => {
                error::ignore(raised, &raw mut exceptions::AttributeError)?;
                Ok(None)
            }
        }
    }

    /// `PyObject_SetAttr`.
    pub fn setattr(&self, name: &Object, value: &Object) -> Result<()> {
        self.assign(name, Some(value))
    }

    /// As [`Object::getattr`], of a name that is not looked up often enough to be one of `name!`'s.
    #[inline]
    pub fn getattr_str(&self, name: &str) -> Result<Owned> {
        self.getattr(&*unicode::intern_str(name)?)
    }

    /// As [`Object::getattr_optional`], of such a name.
    #[inline]
    pub fn getattr_optional_str(&self, name: &str) -> Result<Option<Owned>> {
        self.getattr_optional(&*unicode::intern_str(name)?)
    }

    /// As [`Object::setattr`], of such a name.
    #[inline]
    pub fn setattr_str(&self, name: &str, value: &Object) -> Result<()> {
        self.setattr(&*unicode::intern_str(name)?, value)
    }

    /// `PyObject_DelAttr`.
    pub fn delattr(&self, name: &Object) -> Result<()> {
        self.assign(name, None)
    }

    /// `PyObject_SetAttr` with a NULL for deletion.
    pub fn assign(&self, name: &Object, value: Option<&Object>) -> Result<()> {
        if !unicode::check(name) {
            return Err(name_not_str(name));
        }
        let name = unicode::intern(name.to_owned());
        let raw = value.map_or(ptr::null_mut(), Object::as_ptr);
        // SAFETY: slot.
        let status = unsafe {
            let ty = self.ty();
            if let Some(setattro) = (*ty).tp_setattro {
                setattro(self.as_ptr(), name.as_ptr(), raw)
            } else if let Some(setattr) = (*ty).tp_setattr {
                let text = unicode::as_str(&name)?.as_ptr().cast::<c_char>();
                setattr(self.as_ptr(), text.cast_mut(), raw)
            } else {
                let what = if (*ty).tp_getattr.is_none() && (*ty).tp_getattro.is_none() {
                    "has no attributes"
                } else {
                    "has only read-only attributes"
                };
                let verb = if value.is_none() { "del" } else { "assign to" };
                return Err(raise!(
                    TypeError,
                    "'{}' object {what} ({verb} .{})",
                    error::cut(typeobject::tp_name(ty), 100),
                    error::Text(&name)
                ));
            }
        };
        error::status(status)
    }

    /// A special method of the object's type, bound to the object; never looks into the instance
    /// (`_PyObject_LookupSpecial`). `None` if there is none.
    pub fn lookup_special(&self, name: &Object) -> Result<Option<Owned>> {
        let Some(found) = typeobject::lookup(self.ty(), name) else {
            return Ok(None);
        };
        let found = found.to_owned();
        // SAFETY: slot.
        unsafe {
            match (*found.ty()).tp_descr_get {
                None => Ok(Some(found)),
                Some(get) => Owned::from_c(get(found.as_ptr(), self.as_ptr(), self.ty().cast())).map(Some),
            }
        }
    }

    /// Calls a special method of the type, if it has it, without making a bound method.
    pub fn call_special(&self, name: &Object, args: &[&Object]) -> Result<Option<Owned>> {
        let Some(found) = typeobject::lookup(self.ty(), name) else {
            return Ok(None);
        };
        let found = found.to_owned();
        if found.has_flag(Py_TPFLAGS_METHOD_DESCRIPTOR) {
            return found.call_with_self(self, args).map(Some);
        }
        // SAFETY: slot.
        let bound = unsafe {
            match (*found.ty()).tp_descr_get {
                None => found,
                Some(get) => Owned::from_c(get(found.as_ptr(), self.as_ptr(), self.ty().cast()))?,
            }
        };
        bound.call(args).map(Some)
    }

    /// The method `name`, not bound where the type allows it (`_PyObject_GetMethod`).
    pub fn method(&self, name: &Object) -> Result<Method> {
        let ty = self.ty();
        // SAFETY: a live object's type is alive.
        if unsafe { !is_generic((*ty).tp_getattro) } || !name.is_exact(&raw mut unicode::PyUnicode_Type) {
            return self.getattr(name).map(Method::Bound);
        }
        let descr = typeobject::lookup(ty, name).map(Object::to_owned);
        let mut unbound = false;
        let mut get = None;
        if let Some(descr) = &descr {
            if descr.has_flag(Py_TPFLAGS_METHOD_DESCRIPTOR) {
                unbound = true;
            } else {
                // SAFETY: slot.
                unsafe {
                    get = (*descr.ty()).tp_descr_get;
                    if let Some(get) = get
                        && (*descr.ty()).tp_descr_set.is_some()
                    {
                        return Owned::from_c(get(descr.as_ptr(), self.as_ptr(), ty.cast())).map(Method::Bound);
                    }
                }
            }
        }
        if let Some(dict) = instance_dict(self)
            && let Some(value) = dict::get(&dict, name)?
        {
            return Ok(Method::Bound(value));
        }
        match (descr, get) {
            (Some(descr), _) if unbound => Ok(Method::Unbound(descr)),
            // SAFETY: slot.
            (Some(descr), Some(get)) => unsafe {
                Owned::from_c(get(descr.as_ptr(), self.as_ptr(), ty.cast())).map(Method::Bound)
            },
            (Some(descr), None) => Ok(Method::Bound(descr)),
            (None, _) => Err(no_attribute(self, name)),
        }
    }
}

/// The slot is the generic look-up.
#[inline(always)]
pub fn is_generic(getattro: getattrofunc) -> bool {
    getattro.is_some_and(|f| f as usize == slots::PyObject_GenericGetAttr as *const () as usize)
}

/// Where the object keeps its dict: NULL if its type gives it none (`_PyObject_GetDictPtr`, and the managed dict of
/// classes, which stands three words before the object).
#[inline]
pub fn dict_place(obj: &Object) -> *mut *mut PyObject {
    // SAFETY: layout: the type says where its instances' dict is.
    unsafe {
        let ty = obj.ty();
        if (*ty).tp_flags & (Py_TPFLAGS_MANAGED_DICT | Py_TPFLAGS_TYPE_SUBCLASS) != 0 {
            if (*ty).tp_flags & Py_TPFLAGS_MANAGED_DICT != 0 {
                return obj.cast::<*mut PyObject>().sub(3);
            }
            // A static type's dict is made when it is asked for.
            typeobject::dict_of(obj.cast());
        }
        let mut offset = (*ty).tp_dictoffset;
        if offset == 0 {
            return ptr::null_mut();
        }
        if offset < 0 {
            // Counted from the end of an object with items.
            let items = if (*ty).tp_itemsize == 0 { 0 } else { (*obj.cast::<PyVarObject>()).ob_size.unsigned_abs() };
            let size = (*ty).tp_basicsize as usize + items * (*ty).tp_itemsize as usize;
            offset += ((size + 7) & !7) as isize;
        }
        obj.as_ptr().byte_offset(offset).cast()
    }
}

/// The object's dict, if it has one by now. It is owned, because what is looked up in it may replace it.
#[inline]
pub fn instance_dict(obj: &Object) -> Option<Owned> {
    let place = dict_place(obj);
    if place.is_null() {
        return None;
    }
    // SAFETY: layout.
    unsafe { Object::optional(*place).map(Object::to_owned) }
}

/// The object's dict, made if it has none yet. `AttributeError` if its type gives it none.
pub fn generic_dict(obj: &Object) -> Result<Owned> {
    let place = dict_place(obj);
    if place.is_null() {
        return Err(raise!(AttributeError, "This object has no __dict__"));
    }
    // SAFETY: layout; the place owns what it holds.
    unsafe {
        if (*place).is_null() {
            *place = dict::new()?.into_raw();
        }
        Ok(Object::from_ptr(*place).to_owned())
    }
}

/// `PyObject_GenericGetAttr`.
#[inline]
pub fn generic_getattr(obj: &Object, name: &Object) -> Result<Owned> {
    // An attribute that only the instance has.
    if name.is_exact(&raw mut unicode::PyUnicode_Type)
        && typeobject::lookup(obj.ty(), name).is_none()
        && let Some(dict) = instance_dict(obj)
    {
        return match dict::get(&dict, name)? {
            Some(value) => Ok(value),
            None => Err(no_attribute(obj, name)),
        };
    }
    match generic_lookup(obj, name, None, false)? {
        Some(value) => Ok(value),
        None => Err(no_attribute(obj, name)),
    }
}

/// The generic look-up, with `dict` in place of the instance's own. `None` if there is no such attribute; with
/// `suppress`, also if a descriptor raised `AttributeError`.
pub fn generic_lookup(obj: &Object, name: &Object, dict: Option<&Object>, suppress: bool) -> Result<Option<Owned>> {
    if !unicode::check(name) {
        return Err(name_not_str(name));
    }
    let ty = obj.ty();
    let get_from = |descr: &Object, get: descrgetfunc| -> Result<Option<Owned>> {
        // SAFETY: slot.
        let result = unsafe { Owned::from_c(get.unwrap_unchecked()(descr.as_ptr(), obj.as_ptr(), ty.cast())) };
        match result {
            Ok(value) => Ok(Some(value)),
            Err(raised) if suppress => {
                error::ignore(raised, &raw mut exceptions::AttributeError)?;
                Ok(None)
            }
            Err(raised) => Err(raised),
        }
    };
    let descr = typeobject::lookup(ty, name);
    let mut get = None;
    if let Some(descr) = descr {
        // SAFETY: a live object's type is alive.
        unsafe {
            get = (*descr.ty()).tp_descr_get;
            if get.is_some() && (*descr.ty()).tp_descr_set.is_some() {
                return get_from(&descr.to_owned(), get);
            }
        }
    }
    // The class may change while the instance's dict is asked, so the descriptor is owned from here on.
    let place;
    let in_dict = match dict {
        Some(dict) => Some(dict),
        None => {
            place = instance_dict(obj);
            place.as_deref()
        }
    };
    match (descr, in_dict) {
        (None, None) => Ok(None),
        (None, Some(dict)) => dict::get(dict, name),
        (Some(descr), in_dict) => {
            let descr = descr.to_owned();
            if let Some(dict) = in_dict
                && let Some(value) = dict::get(dict, name)?
            {
                return Ok(Some(value));
            }
            if get.is_some() { get_from(&descr, get) } else { Ok(Some(descr)) }
        }
    }
}

/// `PyObject_GenericSetAttr`; `None` deletes.
pub fn generic_setattr(obj: &Object, name: &Object, value: Option<&Object>) -> Result<()> {
    generic_assign(obj, name, value, None)
}

/// The same with `dict` in place of the instance's own (`_PyObject_GenericSetAttrWithDict`).
pub fn generic_assign(obj: &Object, name: &Object, value: Option<&Object>, dict: Option<&Object>) -> Result<()> {
    if !unicode::check(name) {
        return Err(name_not_str(name));
    }
    let ty = obj.ty();
    let descr = typeobject::lookup(ty, name).map(Object::to_owned);
    if let Some(descr) = &descr {
        // SAFETY: slot.
        unsafe {
            if let Some(set) = (*descr.ty()).tp_descr_set {
                let raw = value.map_or(ptr::null_mut(), Object::as_ptr);
                return error::status(set(descr.as_ptr(), obj.as_ptr(), raw));
            }
        }
    }
    let own;
    let dict = match dict {
        Some(dict) => dict,
        None => {
            let place = dict_place(obj);
            if place.is_null() {
                return Err(not_assignable(obj, name, descr.is_some()));
            }
            // SAFETY: layout; the place owns what it holds.
            unsafe {
                if (*place).is_null() {
                    if value.is_none() {
                        return Err(nothing_to_delete(obj, name));
                    }
                    *place = dict::new()?.into_raw();
                }
                own = Object::from_ptr(*place).to_owned();
            }
            &own
        }
    };
    match value {
        Some(value) => dict::set(dict, name, value),
        None => dict::del(dict, name).map_err(|raised| {
            if error::matches(&raw mut exceptions::KeyError) {
                drop(error::caught(raised));
                return nothing_to_delete(obj, name);
            }
            raised
        }),
    }
}

/// A class is named itself, other objects by their type.
#[cold]
fn nothing_to_delete(obj: &Object, name: &Object) -> error::Raised {
    if !typeobject::check(obj) {
        return no_attribute(obj, name);
    }
    let class = error::cut(typeobject::tp_name(obj.cast()), 50);
    let raised = raise!(AttributeError, "type object '{class}' has no attribute '{}'", error::Text(name));
    error_context(obj, name);
    raised
}

#[cold]
fn not_assignable(obj: &Object, name: &Object, has_descr: bool) -> error::Raised {
    let type_name = error::cut(typeobject::tp_name(obj.ty()), 100);
    let raised = if has_descr {
        raise!(AttributeError, "'{type_name}' object attribute '{}' is read-only", error::Text(name))
    // SAFETY: a live object's type is alive.
    } else if unsafe {
        (*obj.ty()).tp_setattro.is_some_and(|f| f as usize == slots::PyObject_GenericSetAttr as *const () as usize)
    } {
        raise!(
            AttributeError,
            "'{type_name}' object has no attribute '{}' and no __dict__ for setting new attributes",
            error::Text(name)
        )
    } else {
        raise!(AttributeError, "'{type_name}' object has no attribute '{}'", error::Text(name))
    };
    error_context(obj, name);
    raised
}

/// `_PyObject_FunctionStr`: "module.qualname()" of a function, for messages; `str(f)` of what has no `__qualname__`.
pub fn function_str(f: &Object) -> Result<Owned> {
    let Some(qualname) = f.getattr_optional(name!(__qualname__))? else {
        return f.str();
    };
    let module = f.getattr_optional(name!(__module__))?;
    if let Some(module) = module
        && !module.is_none()
        && !(unicode::check(&module) && unicode::equal_str(&module, "builtins"))
    {
        let (module, qualname) = (module.str()?, qualname.str()?);
        return message!("{}.{}()", error::Text(&module), error::Text(&qualname));
    }
    let qualname = qualname.str()?;
    message!("{}()", error::Text(&qualname))
}
