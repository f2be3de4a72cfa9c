//! Making exceptions and setting them: from a class and what may become its argument, chained to what is being handled.

use super::base;
use super::object;
use crate::abi::*;
use crate::mem::refcount;
use crate::object::{Object, Owned, Raised, Result, error, message};
use crate::raise as raise_text;
use crate::state;
use crate::types::{tuple, typeobject, unicode};

/// Raises `class(message)`, or `class()`; chained to the exception being handled (`PyErr_SetObject`).
///
/// `value` may be an instance of the class, which is raised as it is, or a tuple of arguments.
pub fn raise(class: &Object, value: Option<&Object>) -> Raised {
    if !base::is_class(class) {
        return match class.repr() {
            Ok(repr) => raise_text!(
                SystemError,
                "_PyErr_SetObject: exception {} is not a BaseException subclass",
                error::Text(&repr)
            ),
            Err(raised) => raised,
        };
    }
    match prepared(class, value) {
        Ok(exception) => raise_instance(exception),
        Err(raised) => raised,
    }
}

/// The instance to raise: `value` if it is one, else a new one.
fn prepared(class: &Object, value: Option<&Object>) -> Result<Owned> {
    if let Some(value) = value
        && base::is_instance(value)
        && (value.ty() == class.cast() || value.type_object().is_subclass(class)?)
    {
        return Ok(value.to_owned());
    }
    // Nothing may be called with an exception set.
    error::clear();
    create(class, value).map_err(|raised| noted_failure(raised, class, value))
}

/// Sets an instance, its context being what is handled in this thread.
#[inline]
fn raise_instance(exception: Owned) -> Raised {
    if let Some(handled) = topmost() {
        link_context(&exception, handled);
    }
    error::restore(exception)
}

/// Notes on the exception that making another failed with.
#[cold]
fn noted_failure(raised: Raised, class: &Object, value: Option<&Object>) -> Raised {
    let exception = error::caught(raised);
    let note = || -> Result<()> {
        let args = match value {
            Some(value) => value.repr()?,
            None => return Ok(()),
        };
        let text =
            format!("Normalization failed: type={} args={}", typeobject::tp_name(class.cast()), error::Text(&args));
        base::add_note(&exception, &*message::decoded(&text)?)
    };
    if let Err(raised) = note() {
        drop(error::caught(raised));
    }
    error::restore(exception)
}

/// `class(value)`: without argument for nothing and `None`, with a tuple's items for a tuple.
#[inline]
pub fn create(class: &Object, value: Option<&Object>) -> Result<Owned> {
    let ty = class.cast::<PyTypeObject>();
    // SAFETY: layout: a type. Builtin classes that share `BaseException`'s constructor need no call.
    let direct = unsafe { (*ty).tp_vectorcall.is_some_and(|f| f as usize == base::vectorcall as *const () as usize) };
    if direct {
        let args = match value {
            None => tuple::empty(),
            Some(value) if value.is_none() => tuple::empty(),
            Some(value) if tuple::check(value) => {
                if value.is_exact(&raw mut tuple::PyTuple_Type) {
                    value.to_owned()
                } else {
                    tuple::from_slice(tuple::items(value))?
                }
            }
            Some(value) => tuple::from_slice(&[value])?,
        };
        return base::make(ty, args);
    }
    let exception = match value {
        None => class.call(&[])?,
        Some(value) if value.is_none() => class.call(&[])?,
        Some(value) if tuple::check(value) => class.call_tuple(value, None)?,
        Some(value) => class.call(&[value])?,
    };
    if !base::is_instance(&exception) {
        return Err(match class.repr() {
            Ok(repr) => raise_text!(
                TypeError,
                "calling {} should have returned an instance of BaseException, not {}",
                error::Text(&repr),
                typeobject::tp_name(exception.ty())
            ),
            Err(raised) => raised,
        });
    }
    Ok(exception)
}

/// Raises `class(text)`.
#[cold]
pub fn raise_str(class: &Object, text: &str) -> Raised {
    match unicode::from_str(text) {
        Ok(text) => raise(class, Some(&text)),
        Err(raised) => raised,
    }
}

/// The exception that is being handled in this thread: the innermost that is none of "nothing".
#[inline]
pub fn topmost<'a>() -> Option<&'a Object> {
    // SAFETY: attached; the stack of handled exceptions is the thread's own.
    unsafe {
        let mut item = (*state::thread()).base.exc_info;
        while let Some(current) = item.as_ref() {
            if let Some(value) = Object::optional(current.exc_value)
                && !value.is_none()
            {
                return Some(value);
            }
            item = current.previous_item;
        }
        None
    }
}

/// [`topmost`] as a reference of our own (`PyErr_GetHandledException`).
pub fn handled() -> Option<Owned> {
    topmost().map(Object::to_owned)
}

/// Makes `handled` the context of `exception`, and breaks the cycle that this would close.
#[cold]
fn link_context(exception: &Object, handled: &Object) {
    if exception.is(handled) {
        return;
    }
    let mut o = handled.to_owned();
    let mut slow = o.clone();
    let mut advance = false;
    while let Some(context) = base::context(&o) {
        if context.is(exception) {
            base::set_context(&o, None);
            break;
        }
        o = context;
        if o.is(&slow) {
            // A cycle that was there before: nothing to break.
            break;
        }
        if advance && let Some(next) = base::context(&slow) {
            slow = next;
        }
        advance = !advance;
    }
    base::set_context(exception, Some(handled.to_owned()));
}

/// Raises an exception of a builtin class that says nothing more: `KeyError()`.
#[cold]
pub fn raise_bare(class: *mut PyTypeObject) -> Raised {
    raise(super::object(class), None)
}

/// The exception just raised gets `cause` as its cause and context (`_PyErr_FormatFromCause`).
pub fn chain_cause(raised: Raised, cause: Option<Owned>) -> Raised {
    let Some(cause) = cause else { return raised };
    let exception = error::caught(raised);
    base::set_cause(&exception, Some(cause.clone()));
    base::set_context(&exception, Some(cause));
    error::restore(exception)
}

/// The exception just raised gets `cause` as its cause alone (`PyException_SetCause`).
pub fn with_cause(raised: Raised, cause: Option<Owned>) -> Raised {
    let Some(cause) = cause else { return raised };
    let exception = error::caught(raised);
    base::set_cause(&exception, Some(cause));
    error::restore(exception)
}

/// Raises `class(text)` with the exception that is set as its cause and context.
pub fn raise_from(class: *mut PyTypeObject, text: &str) -> Raised {
    let cause = error::take();
    chain_cause(raise_str(super::object(class), text), cause)
}

/// `_PyErr_ChainExceptions1`: `first` becomes the context of what is set now, or is set again.
pub fn chain_context(first: Owned) {
    match error::take() {
        Some(second) => {
            base::set_context(&second, Some(first));
            let _ = error::restore(second);
        }
        None => {
            let _ = error::restore(first);
        }
    }
}

/// `PyErr_GivenExceptionMatches`: `err` is a class or an instance, `what` a class or a tuple.
pub fn given_matches(err: &Object, what: &Object) -> bool {
    if tuple::check(what) {
        return tuple::items(what).iter().any(|w| given_matches(err, w));
    }
    let err = if base::is_instance(err) { err.type_object() } else { err };
    if base::is_class(err) && base::is_class(what) {
        return typeobject::is_subtype(err.cast(), what.cast());
    }
    err.is(what)
}

/// `PyErr_NormalizeException`: a class and its argument become class, instance and traceback. Failures are normalized
/// in their place.
pub fn normalize(
    mut class: Option<Owned>,
    mut value: Option<Owned>,
    traceback: Option<Owned>,
) -> (Option<Owned>, Option<Owned>, Option<Owned>) {
    let mut tries = 0;
    loop {
        let Some(given) = class.clone() else { return (None, value, traceback) };
        if value.is_none() {
            value = Some(crate::types::none::none());
        }
        if !base::is_class(&given) {
            return (class, value, traceback);
        }
        let current = value.clone().expect("set above");
        let instance_of = if base::is_instance(&current) {
            current.type_object().is_subclass(&given).map(|yes| yes.then(|| current.type_object().to_owned()))
        } else {
            Ok(None)
        };
        let outcome = match instance_of {
            Ok(Some(actual)) => {
                // An instance of a subclass: that one is the class.
                class = Some(actual);
                return (class, value, traceback);
            }
            Ok(None) => create(&given, Some(&current)),
            Err(raised) => Err(raised),
        };
        match outcome {
            Ok(instance) => return (class, Some(instance), traceback),
            Err(raised) => {
                let failure = error::caught(raised);
                tries += 1;
                if tries >= 32 {
                    crate::state::fatal::fatal_error(
                        "_PyErr_NormalizeException",
                        "Cannot recover from the recursive normalization of an exception.",
                    );
                }
                class = Some(failure.type_object().to_owned());
                value = Some(failure);
            }
        }
    }
}

/// Raises `class(text, name=name, path=path)`, where `class` is `ImportError` or derives from it.
pub fn raise_import_error(
    class: *mut PyTypeObject,
    text: &Object,
    name: Option<&Object>,
    path: Option<&Object>,
) -> Raised {
    match create(object(class), Some(text)) {
        Ok(exception) => {
            let fields = exception.cast::<PyImportErrorObject>();
            let own = |value: Option<&Object>| value.map_or(std::ptr::null_mut(), |value| value.to_owned().into_raw());
            // SAFETY: layout: an ImportError, made here; it owns its fields.
            unsafe {
                refcount::xdecref((&raw mut (*fields).name).replace(own(name)));
                refcount::xdecref((&raw mut (*fields).path).replace(own(path)));
            }
            error::restore(exception)
        }
        Err(raised) => raised,
    }
}
