//! Text of objects: `repr`, `str`, `ascii`, `format`, `bytes`, and the guard against containers that contain
//! themselves.

use super::{Object, Owned, Result, error, lifecycle};
use crate::abi::*;
use crate::mem::refcount;
use crate::name;
use crate::raise;
use crate::state;
use crate::types::{bytes, dict, list, typeobject, unicode};

impl Object {
    /// `PyObject_Repr`.
    pub fn repr(&self) -> Result<Owned> {
        // SAFETY: slot.
        let result = unsafe {
            let Some(repr) = (*self.ty()).tp_repr else {
                return unicode::from_str(&format!(
                    "<{} object at {:p}>",
                    typeobject::tp_name(self.ty()),
                    self.as_ptr()
                ));
            };
            lifecycle::enter_recursive_call(" while getting the repr of an object")?;
            let result = repr(self.as_ptr());
            lifecycle::leave_recursive_call();
            Owned::from_c(result)?
        };
        if !unicode::check(&result) {
            return Err(raise!(TypeError, "__repr__ returned non-string (type {})", typeobject::tp_name(result.ty())));
        }
        Ok(result)
    }

    /// `PyObject_Str`.
    pub fn str(&self) -> Result<Owned> {
        if self.is_exact(&raw mut unicode::PyUnicode_Type) {
            return Ok(self.to_owned());
        }
        // SAFETY: slot.
        let result = unsafe {
            let Some(str) = (*self.ty()).tp_str else {
                return self.repr();
            };
            lifecycle::enter_recursive_call(" while getting the str of an object")?;
            let result = str(self.as_ptr());
            lifecycle::leave_recursive_call();
            Owned::from_c(result)?
        };
        if !unicode::check(&result) {
            return Err(raise!(TypeError, "__str__ returned non-string (type {})", typeobject::tp_name(result.ty())));
        }
        Ok(result)
    }

    /// `PyObject_ASCII`.
    pub fn ascii(&self) -> Result<Owned> {
        let repr = self.repr()?;
        // SAFETY: a str.
        if unsafe { (*repr.cast::<PyASCIIObject>()).state >> 6 & 1 != 0 } {
            return Ok(repr);
        }
        let text = unicode::registry::encode_str(&repr, Some(c"ascii"), Some(c"backslashreplace"))?;
        unicode::new::from_ascii(bytes::as_slice(&text))
    }

    /// `PyObject_Format`; `None` is the empty specification.
    pub fn format(&self, spec: Option<&Object>) -> Result<Owned> {
        if let Some(spec) = spec
            && !unicode::check(spec)
        {
            return Err(raise!(
                SystemError,
                "Format specifier must be a string, not {}",
                typeobject::tp_name(spec.ty())
            ));
        }
        if spec.is_none_or(|s| unicode::equal_str(s, "")) {
            if self.is_exact(&raw mut unicode::PyUnicode_Type) {
                return Ok(self.to_owned());
            }
            if self.is_exact(&raw mut crate::types::long::PyLong_Type) {
                return self.str();
            }
        }
        let empty;
        let spec = match spec {
            Some(spec) => spec,
            None => {
                empty = unicode::from_str("")?;
                &empty
            }
        };
        let Some(method) = self.lookup_special(name!(__format__))? else {
            return Err(raise!(
                TypeError,
                "Type {} doesn't define __format__",
                error::cut(typeobject::tp_name(self.ty()), 100)
            ));
        };
        let result = method.call(&[spec])?;
        if !unicode::check(&result) {
            return Err(raise!(TypeError, "__format__ must return a str, not {}", typeobject::tp_name(result.ty())));
        }
        Ok(result)
    }

    /// `PyObject_Bytes`.
    pub fn bytes(&self) -> Result<Owned> {
        if self.is_exact(&raw mut bytes::PyBytes_Type) {
            return Ok(self.to_owned());
        }
        if let Some(method) = self.lookup_special(name!(__bytes__))? {
            let result = method.call(&[])?;
            if !bytes::check(&result) {
                return Err(raise!(
                    TypeError,
                    "__bytes__ returned non-bytes (type {})",
                    typeobject::tp_name(result.ty())
                ));
            }
            return Ok(result);
        }
        bytes::new::from_object(self)
    }
}

/// `Py_ReprEnter`: true if `o` is being printed in this thread already. The thread's dict keeps the list of what is.
pub fn enter(o: &Object) -> Result<bool> {
    let threads_dict = thread_dict()?;
    let running = match dict::get(&threads_dict, name!(Py_Repr))? {
        Some(list) => list,
        None => {
            let list = list::new()?;
            dict::set(&threads_dict, name!(Py_Repr), &list)?;
            list
        }
    };
    for i in (0..list::len(&running)).rev() {
        if list::get(&running, i).is_some_and(|other| other.is(o)) {
            return Ok(true);
        }
    }
    list::append(&running, o)?;
    Ok(false)
}

/// The text that `write` makes of a container, or `again` if it is being printed in this thread already.
pub fn guarded(o: &Object, again: &str, write: impl FnOnce() -> Result<Owned>) -> Result<Owned> {
    if enter(o)? {
        return unicode::from_str(again);
    }
    let result = write();
    leave(o);
    result
}

/// `Py_ReprLeave`. An error that is set stays.
pub fn leave(o: &Object) {
    let take_out = || -> Result<()> {
        let threads_dict = thread_dict()?;
        let Some(running) = dict::get(&threads_dict, name!(Py_Repr))? else { return Ok(()) };
        for i in (0..list::len(&running)).rev() {
            if list::get(&running, i).is_some_and(|other| other.is(o)) {
                return running.delitem(&*crate::types::long::from_i64(i as i64)?);
            }
        }
        Ok(())
    };
    error::aside(|| error::forget(take_out()));
}

/// The dict of the attached thread (`PyThreadState_GetDict`), made when first asked for.
fn thread_dict() -> Result<Owned> {
    // SAFETY: attached; the thread state owns its dict.
    unsafe {
        let place = &raw mut (*state::thread()).base.dict;
        if (*place).is_null() {
            let dict = dict::new()?;
            refcount::xdecref(place.replace(dict.into_raw()));
        }
        Ok(Object::from_ptr(*place).to_owned())
    }
}
