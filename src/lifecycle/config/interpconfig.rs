//! The configuration of an interpreter as a dict, and read back from an interpreter (`PyInterpreterConfig`).

use crate::abi::*;
use crate::object::error::Text;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::runtime::{Interpreter, process};
use crate::types::{boolobject, dict, unicode};
use std::mem::offset_of;

/// The settings that are on or off, in CPython's order, and the feature that an interpreter has of each.
const SWITCHES: [(&str, usize, c_ulong); 6] = [
    ("use_main_obmalloc", offset_of!(PyInterpreterConfig, use_main_obmalloc), process::FEATURE_USE_MAIN_OBMALLOC),
    ("allow_fork", offset_of!(PyInterpreterConfig, allow_fork), process::FEATURE_FORK),
    ("allow_exec", offset_of!(PyInterpreterConfig, allow_exec), process::FEATURE_EXEC),
    ("allow_threads", offset_of!(PyInterpreterConfig, allow_threads), process::FEATURE_THREADS),
    ("allow_daemon_threads", offset_of!(PyInterpreterConfig, allow_daemon_threads), process::FEATURE_DAEMON_THREADS),
    (
        "check_multi_interp_extensions",
        offset_of!(PyInterpreterConfig, check_multi_interp_extensions),
        process::FEATURE_CHECK_EXTENSIONS,
    ),
];

/// By the value of `gil`.
const GILS: [&str; 3] = ["default", "shared", "own"];
/// CPython copies the name into a field of this size.
const GIL_SIZE: usize = 20;

fn switch(config: &mut PyInterpreterConfig, offset: usize) -> &mut c_int {
    // SAFETY: the offset of a field of this type.
    unsafe { &mut *(&raw mut *config).byte_add(offset).cast::<c_int>() }
}

/// `_PyInterpreterConfig_AsDict`. `SystemError` for a GIL that there is not.
pub fn as_dict(config: &PyInterpreterConfig) -> Result<Owned> {
    let result = dict::new()?;
    for (name, offset, _) in SWITCHES {
        // SAFETY: the offset of a field of this type.
        let on = unsafe { *(&raw const *config).byte_add(offset).cast::<c_int>() } != 0;
        dict::set_str(&result, name, &boolobject::from_bool(on))?;
    }
    let gil = usize::try_from(config.gil).ok().and_then(|gil| GILS.get(gil));
    let Some(gil) = gil else { return Err(raise!(SystemError, "invalid interpreter config 'gil' value")) };
    dict::set_str(&result, "gil", &*unicode::from_str(gil)?)?;
    Ok(result)
}

/// Sets what the dict says: all of it, or with `partly` what there is. `TypeError`, `ValueError`; then what came before
/// the fault is set.
pub fn from_dict(config: &mut PyInterpreterConfig, from: &Object, partly: bool) -> Result<()> {
    if !dict::check(from) {
        return Err(raise!(TypeError, "dict expected"));
    }
    let rest = dict::new()?;
    dict::merge(&rest, from, true)?;
    let take = |name: &str| -> Result<Option<Owned>> {
        match dict::pop(&rest, &*unicode::intern_str(name)?)? {
            None if !partly => Err(raise!(ValueError, "missing config key: {name}")),
            found => Ok(found),
        }
    };
    let wrong_type = |name: &str| raise!(TypeError, "invalid config type: {name}");
    for (name, offset, _) in SWITCHES {
        if let Some(value) = take(name)? {
            if !value.is_a(&raw mut boolobject::PyBool_Type) {
                return Err(wrong_type(name));
            }
            *switch(config, offset) = c_int::from(value.is_ptr((&raw mut boolobject::_Py_TrueStruct).cast()));
        }
    }
    if let Some(value) = take("gil")? {
        if !unicode::check(&value) {
            return Err(wrong_type("gil"));
        }
        let text = unicode::as_str(&value)?;
        let Some(gil) = GILS.iter().position(|gil| *gil == text) else {
            let cut = crate::object::error::cut(text, GIL_SIZE - 1);
            return Err(raise!(ValueError, "unsupported interpreter config .gil value '{cut}'"));
        };
        config.gil = gil as c_int;
    }
    match dict::len(&rest) {
        0 => Ok(()),
        1 => Err(raise!(ValueError, "config dict has 1 extra item ({})", Text(&*rest.repr()?))),
        n => Err(raise!(ValueError, "config dict has {n} extra items ({})", Text(&*rest.repr()?))),
    }
}

/// What an interpreter is like: the features as CPython has them, each as its own bit.
///
/// # Safety
/// `interp` is alive.
pub unsafe fn of_interpreter(interp: *mut Interpreter) -> PyInterpreterConfig {
    // SAFETY: all zero is a configuration; the caller's word.
    unsafe {
        let mut config: PyInterpreterConfig = std::mem::zeroed();
        for (_, offset, feature) in SWITCHES {
            *switch(&mut config, offset) = ((*interp).features & feature) as c_int;
        }
        config.gil = if (*interp).owns_gil { PyInterpreterConfig_OWN_GIL } else { PyInterpreterConfig_SHARED_GIL };
        config
    }
}
