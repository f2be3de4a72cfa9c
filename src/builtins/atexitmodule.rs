//! `atexit`: functions to call when the interpreter ends, newest first. The interpreter keeps them in a list of
//! `(function, args, kwargs)`; what was unregistered leaves `None` in its place.

use super::native::{Arguments, described, fast_keywords, module, noargs, one};
use crate::abi::*;
use crate::object::{Object, Owned, Result, above};
use crate::raise;
use crate::runtime::interp;
use crate::types::{dict, list, none, tuple};

static METHODS: [PyMethodDef; 6] = [
    PyMethodDef::fast_keywords(
        c"register",
        fast_keywords!(register),
        c"register($module, func, /, *args, **kwargs)\n--\n\nCall func(*args, **kwargs) when the interpreter ends. \
        Returns func.",
    ),
    PyMethodDef::noargs(c"_clear", noargs!(clear), c"_clear($module, /)\n--\n\nForget all functions."),
    PyMethodDef::one(
        c"unregister",
        one!(unregister),
        c"unregister($module, func, /)\n--\n\nForget a function, however often it was registered.",
    ),
    PyMethodDef::noargs(
        c"_run_exitfuncs",
        noargs!(run_exit_functions),
        c"_run_exitfuncs($module, /)\n--\n\nCall all functions now, and forget them.",
    ),
    PyMethodDef::noargs(
        c"_ncallbacks",
        noargs!(count),
        c"_ncallbacks($module, /)\n--\n\nHow many functions are registered.",
    ),
    PyMethodDef::END,
];

module!(described(c"atexit", c"Functions that are called when the interpreter ends.", &METHODS), exec);

fn exec(_module: &Object) -> Result<()> {
    callbacks().map(drop)
}

/// The interpreter's list, made when first wanted.
fn callbacks<'a>() -> Result<&'a Object> {
    // SAFETY: attached; the interpreter owns the list until it ends.
    unsafe {
        let place = &raw mut (*interp()).atexit_callbacks;
        if (*place).is_null() {
            *place = list::new()?.into_raw();
        }
        Ok(Object::from_ptr(*place))
    }
}

fn register(_module: &Object, args: Arguments) -> Result<Owned> {
    let Some((function, rest)) = args.positional.split_first() else {
        return Err(raise!(TypeError, "register() takes at least 1 argument (0 given)"));
    };
    if !function.is_callable() {
        return Err(raise!(TypeError, "the first argument must be callable"));
    }
    let keywords = dict::new()?;
    if let Some(names) = args.names() {
        for (name, value) in tuple::items(names).iter().zip(&args.all()[args.positional.len()..]) {
            dict::set(&keywords, name, value)?;
        }
    }
    let entry = tuple::from_owned(vec![Object::to_owned(function), tuple::from_slice(rest)?, keywords])?;
    list::append(callbacks()?, &entry)?;
    Ok(Object::to_owned(function))
}

fn clear(_module: &Object) -> Result<()> {
    list::clear(callbacks()?);
    Ok(())
}

fn count(_module: &Object) -> Result<usize> {
    Ok(list::items(callbacks()?).iter().filter(|entry| !entry.is_none()).count())
}

fn unregister(_module: &Object, function: &Object) -> Result<()> {
    let callbacks = callbacks()?;
    let mut i = list::len(callbacks);
    while i > 0 {
        i -= 1;
        // Comparing runs foreign code: the list may be shorter afterwards.
        let Some(entry) = list::get(callbacks, i) else { continue };
        if entry.is_none() || !tuple::items(&entry)[0].equals(function)? {
            continue;
        }
        if list::get(callbacks, i).is_some_and(|now| now.is(&entry)) {
            list::set(callbacks, i as isize, none::none_ref())?;
        }
    }
    Ok(())
}

fn run_exit_functions(_module: &Object) -> Result<()> {
    call_all();
    Ok(())
}

/// Calls what is registered, newest first, each once: what a function registers or forgets meanwhile changes nothing.
/// Then all is forgotten. Exceptions go to `sys.unraisablehook`.
pub fn call_all() {
    // SAFETY: attached.
    let Some(callbacks) = (unsafe { Object::optional((*interp()).atexit_callbacks) }) else { return };
    let callbacks = callbacks.to_owned();
    let Ok(copy) = list::slice(&callbacks, 0, isize::MAX) else {
        return above::unraisable("Exception ignored while copying atexit callbacks", None);
    };
    for at in (0..list::len(&copy)).rev() {
        let Some(entry) = list::get(&copy, at).filter(|entry| !entry.is_none()) else { continue };
        let parts = tuple::items(&entry);
        if parts[0].call_tuple(parts[1], Some(parts[2])).is_err() {
            above::unraisable("Exception ignored in atexit callback %R", Some(parts[0]));
        }
    }
    list::clear(&callbacks);
}
