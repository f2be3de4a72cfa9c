//! `NotShareableError`: a `TypeError` of which each interpreter has its own class.

use crate::object::{Object, Owned, Raised, Result, error};
use crate::raise;
use crate::runtime::{self, Interpreter};
use crate::types::{exceptions, unicode};

/// The interpreter's class, made when it is first asked for; borrowed.
pub fn class() -> Result<&'static Object> {
    let interp: *mut Interpreter = runtime::interp();
    // SAFETY: attached; the interpreter keeps the class until it ends.
    unsafe {
        if (*interp).not_shareable_error.is_null() {
            let base = exceptions::object(&raw mut exceptions::TypeError);
            // Whoever asks may be about to look at an exception.
            let class = error::aside(|| {
                exceptions::new_class("concurrent.interpreters.NotShareableError", None, Some(base), None)
            })?;
            (*interp).not_shareable_error = class.into_raw();
        }
        Ok(Object::from_ptr((*interp).not_shareable_error))
    }
}

/// Raises it with this text. What is set becomes its context.
pub fn raise_text(text: &str) -> Raised {
    match unicode::from_str(text) {
        Ok(text) => raise_object(&text),
        Err(raised) => raised,
    }
}

/// As [`raise_text`], of a str.
pub fn raise_object(text: &Object) -> Raised {
    let before = error::take();
    let raised = match class() {
        Ok(class) => exceptions::raise(class, Some(text)),
        Err(raised) => raised,
    };
    match before {
        Some(before) => {
            exceptions::chain_context(before);
            raised
        }
        None => raised,
    }
}

/// Raises it with this text and a cause.
pub fn raise_from(text: &str, cause: Option<Owned>) -> Raised {
    exceptions::with_cause(raise_text(text), cause)
}

/// Raises it with this text for what was raised.
pub fn because(raised: Raised, text: &str) -> Raised {
    let cause = error::caught(raised);
    raise_from(text, Some(cause))
}

/// "<repr> does not support cross-interpreter data", with what went wrong as its cause. What repr() raises goes first.
pub fn not_shareable(o: &Object, cause: Option<Raised>) -> Raised {
    let cause = cause.map(error::caught);
    let repr = match o.repr() {
        Ok(repr) => repr,
        Err(raised) => return raised,
    };
    match unicode::as_str(&repr) {
        Ok(text) => raise_from(&format!("{text} does not support cross-interpreter data"), cause),
        Err(raised) => raised,
    }
}

/// Takes the class away from an interpreter that ends.
///
/// # Safety
/// This thread is attached to `interp`, which makes no more data.
pub unsafe fn clear(interp: *mut Interpreter) {
    // SAFETY: the interpreter owns it.
    unsafe { Interpreter::clear_field(&raw mut (*interp).not_shareable_error) };
}

/// `SystemError`: a type's function filled in too little.
pub fn incomplete(what: &str) -> Raised {
    raise!(SystemError, "missing {what}")
}
