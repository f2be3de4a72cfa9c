//! Data of code: code objects, functions without state, and scripts, which take and give nothing.

use super::exports::{_PyCode_FromXIData, _PyFunction_FromXIData};
use super::{_PyXIData_t, error as not_shareable, session, wrapped};
use crate::abi::*;
use crate::name;
use crate::object::{Object, Owned, Raised, Result, buffers, error};
use crate::raise;
use crate::types::{bytes, code, dict, function, memoryview, unicode};

fn expected(what: &str, o: &Object) -> Raised {
    match o.repr() {
        Ok(repr) => not_shareable::raise_text(&format!("expected {what}, got {}", error::Text(&repr))),
        Err(raised) => raised,
    }
}

/// Data of a code object. `NotShareableError` for anything else.
///
/// # Safety
/// As `data::init_with_size`.
pub unsafe fn code_data(o: &Object, out: *mut _PyXIData_t) -> Result<()> {
    if !code::check(o) {
        return Err(expected("code", o));
    }
    // SAFETY: the caller's word.
    unsafe {
        wrapped::marshal(o, out)?;
        (*out).new_object = Some(_PyCode_FromXIData);
    }
    Ok(())
}

/// Data of a function by its code: of one that has no state.
///
/// # Safety
/// As `data::init_with_size`.
pub unsafe fn function_data(o: &Object, out: *mut _PyXIData_t) -> Result<()> {
    if !function::check(o) {
        return Err(expected("a function", o));
    }
    function::stateless::verify(o)
        .map_err(|raised| not_shareable::because(raised, "only stateless functions are shareable"))?;
    // SAFETY: the caller's word.
    unsafe {
        code_data(function::code_of(o), out)?;
        (*out).new_object = Some(_PyFunction_FromXIData);
    }
    Ok(())
}

/// A function of data of [`function_data`]. Its globals are those of `__main__` if that is running, as for `exec()`, or
/// an empty dict.
///
/// # Safety
/// It is such data.
pub unsafe fn to_function(xidata: *mut _PyXIData_t) -> Result<Owned> {
    // SAFETY: the caller's word.
    let code = unsafe { wrapped::unmarshal(xidata) }?;
    let globals = match session::running_main() {
        Some(main) => main?,
        None => dict::new()?,
    };
    if !dict::contains(&globals, name!(__builtins__))? {
        dict::set(&globals, name!(__builtins__), crate::object::above::builtins()?)?;
    }
    function::new(&code, &globals, None)
}

/// Data of a script: source text, code that takes no arguments and returns nothing, or a function of such code. A pure
/// one has no globals either.
///
/// # Safety
/// As `data::init_with_size`.
pub unsafe fn script_data(o: &Object, pure: bool, out: *mut _PyXIData_t) -> Result<()> {
    let code = script(o, pure).map_err(|raised| not_shareable::because(raised, "object not a valid script"))?;
    // SAFETY: the caller's word.
    unsafe { code_data(&code, out) }
}

fn script(o: &Object, pure: bool) -> Result<Owned> {
    let found = if code::check(o) {
        o
    } else if function::check(o) {
        if pure {
            function::stateless::verify(o)?;
        }
        function::code_of(o)
    } else {
        source(o)?;
        return Err(error::no_evaluator("Py_CompileStringExFlags"));
    };
    let builtins = crate::object::above::builtins()?;
    code::stateless::verify(found, None, None, pure.then_some(builtins))?;
    // SAFETY: layout: a code object.
    let parts = unsafe { &*found.cast::<PyCodeObject>() };
    if parts.co_argcount > 0
        || parts.co_posonlyargcount > 0
        || parts.co_kwonlyargcount > 0
        || parts.co_flags & (CO_VARARGS | CO_VARKEYWORDS) != 0
    {
        return Err(raise!(ValueError, "code with args not supported"));
    }
    if !code::stateless::returns_only_none(found) {
        return Err(raise!(ValueError, "code that returns a value is not a script"));
    }
    Ok(found.to_owned())
}

/// Whether the compiler would take the object for source text.
fn source(o: &Object) -> Result<()> {
    let has_nul = if unicode::check(o) {
        unicode::as_str(o)?.contains('\0')
    } else if bytes::check(o) {
        bytes::as_slice(o).contains(&0)
    } else if buffers::supported(o) {
        let view = memoryview::from_object(o, PyBUF_SIMPLE)?;
        bytes::as_slice(&*memoryview::as_bytes(&view, memoryview::view(&view).len)?).contains(&0)
    } else {
        let repr = o.repr()?;
        return Err(raise!(TypeError, "unsupported script {}", error::Text(&repr)));
    };
    if has_nul {
        return Err(raise!(SyntaxError, "source code string cannot contain null bytes"));
    }
    Ok(())
}
