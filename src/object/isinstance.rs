//! `isinstance` and `issubclass`: through `__instancecheck__` and `__subclasscheck__` of the class's metaclass, over
//! tuples of classes, and for objects that are no types but have `__bases__`.

use super::{Object, Owned, Result, lifecycle};
use crate::abi::*;
use crate::name;
use crate::raise;
use crate::types::{tuple, typeobject, union};

const INSTANCE: &str = "isinstance() arg 2 must be a type, a tuple of types, or a union";
const SUBCLASS_1: &str = "issubclass() arg 1 must be a class";
const SUBCLASS_2: &str = "issubclass() arg 2 must be a class, a tuple of classes, or a union";

fn is_type(o: &Object) -> bool {
    o.has_flag(Py_TPFLAGS_TYPE_SUBCLASS)
}

/// `__bases__`, if it is a tuple.
fn bases(class: &Object) -> Result<Option<Owned>> {
    Ok(class.getattr_optional(name!(__bases__))?.filter(|b| tuple::check(b)))
}

/// Follows `__bases__` from `derived` to `class`.
fn abstract_is_subclass(derived: &Object, class: &Object) -> Result<bool> {
    let mut derived = derived.to_owned();
    loop {
        if derived.is(class) {
            return Ok(true);
        }
        let Some(all) = bases(&derived)? else { return Ok(false) };
        match tuple::items(&all) {
            [] => return Ok(false),
            // Long chains of single inheritance need no recursion.
            [only] => derived = (*only).to_owned(),
            several => {
                for base in several {
                    lifecycle::enter_recursive_call(" in __issubclass__")?;
                    let found = abstract_is_subclass(base, class);
                    lifecycle::leave_recursive_call();
                    if found? {
                        return Ok(true);
                    }
                }
                return Ok(false);
            }
        }
    }
}

fn check_class(class: &Object, message: &str) -> Result<()> {
    if bases(class)?.is_none() {
        return Err(raise!(TypeError, "{message}"));
    }
    Ok(())
}

/// `_PyObject_RealIsInstance`: without asking the metaclass.
pub fn real_is_instance(o: &Object, class: &Object) -> Result<bool> {
    if is_type(class) {
        if o.is_a(class.cast()) {
            return Ok(true);
        }
        // A proxy says of what class it stands for an instance.
        return Ok(match o.getattr_optional(name!(__class__))? {
            Some(given) if given.as_ptr() != o.ty().cast() && is_type(&given) => {
                typeobject::is_subtype(given.cast(), class.cast())
            }
            _ => false,
        });
    }
    check_class(class, INSTANCE)?;
    match o.getattr_optional(name!(__class__))? {
        Some(given) => abstract_is_subclass(&given, class),
        None => Ok(false),
    }
}

/// `_PyObject_RealIsSubclass`.
pub fn real_is_subclass(derived: &Object, class: &Object) -> Result<bool> {
    if is_type(class) && is_type(derived) {
        return Ok(typeobject::is_subtype(derived.cast(), class.cast()));
    }
    check_class(derived, SUBCLASS_1)?;
    // The attribute stands in for the union's own check: a union has no bases.
    check_class(class, SUBCLASS_2)?;
    abstract_is_subclass(derived, class)
}

/// The members of a union are looked at as a tuple.
fn members(class: &Object) -> Result<Option<Owned>> {
    if class.is_exact(&raw mut union::_PyUnion_Type) {
        return class.getattr(name!(__args__)).map(Some);
    }
    Ok(tuple::check(class).then(|| class.to_owned()))
}

impl Object {
    /// `PyObject_IsInstance`.
    #[inline(always)]
    pub fn is_instance(&self, class: &Object) -> Result<bool> {
        if self.ty().cast() == class.as_ptr() { Ok(true) } else { self.is_instance_slow(class) }
    }

    #[inline(never)]
    fn is_instance_slow(&self, class: &Object) -> Result<bool> {
        if class.is_exact(&raw mut typeobject::PyType_Type) {
            return real_is_instance(self, class);
        }
        if let Some(classes) = members(class)? {
            for class in tuple::items(&classes) {
                lifecycle::enter_recursive_call(" in __instancecheck__")?;
                let found = self.is_instance(class);
                lifecycle::leave_recursive_call();
                if found? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        if let Some(checker) = class.lookup_special(name!(__instancecheck__))? {
            lifecycle::enter_recursive_call(" in __instancecheck__")?;
            let result = checker.call(&[self]);
            lifecycle::leave_recursive_call();
            return result?.is_true();
        }
        real_is_instance(self, class)
    }

    /// `PyObject_IsSubclass`.
    pub fn is_subclass(&self, class: &Object) -> Result<bool> {
        if class.is_exact(&raw mut typeobject::PyType_Type) {
            return Ok(self.is(class) || real_is_subclass(self, class)?);
        }
        if let Some(classes) = members(class)? {
            for class in tuple::items(&classes) {
                lifecycle::enter_recursive_call(" in __subclasscheck__")?;
                let found = self.is_subclass(class);
                lifecycle::leave_recursive_call();
                if found? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        if let Some(checker) = class.lookup_special(name!(__subclasscheck__))? {
            lifecycle::enter_recursive_call(" in __subclasscheck__")?;
            let result = checker.call(&[self]);
            lifecycle::leave_recursive_call();
            return result?.is_true();
        }
        real_is_subclass(self, class)
    }
}
