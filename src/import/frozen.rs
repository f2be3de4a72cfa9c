//! Frozen modules: code that is part of a program. The library brings none; a program may point
//! `PyImport_FrozenModules` to its own. They are found, described and read, but not executed: that needs an evaluator.

use super::errors;
use super::modules::state;
use crate::abi::*;
use crate::marshal::read;
use crate::object::{Object, Owned, Raised, Result, error};
use crate::raise;
use crate::runtime::interp;
use crate::types::{code, exceptions, unicode};
use std::ffi::CStr;
use std::ptr;

static mut NOTHING: [_frozen; 1] = [_frozen { name: ptr::null(), code: ptr::null(), size: 0, is_package: 0 }];

/// A program's own table, which ends with a NULL name; or NULL.
#[unsafe(no_mangle)]
pub static mut PyImport_FrozenModules: *const _frozen = ptr::null();
#[unsafe(no_mangle)]
pub static mut _PyImport_FrozenBootstrap: *const _frozen = (&raw const NOTHING).cast();
#[unsafe(no_mangle)]
pub static mut _PyImport_FrozenStdlib: *const _frozen = (&raw const NOTHING).cast();
#[unsafe(no_mangle)]
pub static mut _PyImport_FrozenTest: *const _frozen = (&raw const NOTHING).cast();

/// Why there is no frozen module.
#[derive(Clone, Copy, PartialEq)]
pub enum Missing {
    BadName,
    NotFound,
    Disabled,
    /// There without code; and whether it is a package.
    Excluded(bool),
    Invalid,
}

/// A frozen module that was found.
pub struct Found {
    pub code: &'static [u8],
    pub is_package: bool,
}

/// The tables in the order of the search, and whether frozen modules must be enabled for them.
fn tables() -> [(*const _frozen, bool); 4] {
    // SAFETY: a program sets them before the runtime is up.
    unsafe {
        [
            (_PyImport_FrozenBootstrap, false),
            (PyImport_FrozenModules, false),
            (_PyImport_FrozenStdlib, true),
            (_PyImport_FrozenTest, true),
        ]
    }
}

fn enabled() -> bool {
    match state().override_frozen_modules {
        // SAFETY: attached.
        0 => unsafe { (*interp()).config.use_frozen_modules != 0 },
        wanted => wanted > 0,
    }
}

/// The entries of a table.
fn entries(table: *const _frozen) -> impl Iterator<Item = &'static _frozen> {
    let mut next = table;
    std::iter::from_fn(move || {
        // SAFETY: NULL, or a table that ends with a NULL name and lives as long as the process.
        let entry = unsafe { next.as_ref() }.filter(|entry| !entry.name.is_null())?;
        next = std::ptr::from_ref(entry).wrapping_add(1);
        Some(entry)
    })
}

fn name_of(entry: &_frozen) -> &CStr {
    // SAFETY: a table's names are C strings.
    unsafe { CStr::from_ptr(entry.name) }
}

/// The names of all frozen modules.
pub fn names() -> Vec<&'static CStr> {
    let on = enabled();
    let mut names: Vec<&'static CStr> = Vec::new();
    for (table, needs_enabling) in tables() {
        if needs_enabling && !on {
            continue;
        }
        for entry in entries(table) {
            let entry: &'static _frozen = entry;
            if !names.contains(&name_of(entry)) {
                names.push(name_of(entry));
            }
        }
    }
    names
}

pub fn find(name: &Object) -> std::result::Result<Found, Missing> {
    if name.is_none() {
        return Err(Missing::BadName);
    }
    let Ok(text) = unicode::as_str(name) else {
        error::clear();
        return Err(Missing::BadName);
    };
    let on = enabled();
    let mut missing = Missing::NotFound;
    for (table, needs_enabling) in tables() {
        let Some(entry) = entries(table).find(|entry| name_of(entry).to_bytes() == text.as_bytes()) else { continue };
        if needs_enabling && !on {
            missing = Missing::Disabled;
            continue;
        }
        if entry.code.is_null() {
            return Err(Missing::Excluded(entry.is_package != 0));
        }
        // SAFETY: a table's code has a byte at least, which is looked at before the size says so.
        if entry.size == 0 || unsafe { *entry.code } == 0 {
            return Err(Missing::Invalid);
        }
        // SAFETY: a table's code has its size; packages were once marked by a negative one.
        let code = unsafe { std::slice::from_raw_parts(entry.code, entry.size.unsigned_abs() as usize) };
        return Ok(Found { code, is_package: entry.is_package != 0 || entry.size < 0 });
    }
    Err(missing)
}

/// The `ImportError` for it.
#[cold]
pub fn raise(missing: Missing, name: &Object) -> Raised {
    let text = || -> Result<_> {
        let shown = errors::shown(name)?;
        unicode::from_str(&match missing {
            Missing::BadName | Missing::NotFound => format!("No such frozen object named {shown}"),
            Missing::Disabled => {
                format!("Frozen modules are disabled and the frozen object named {shown} is not essential")
            }
            Missing::Excluded(_) => format!("Excluded frozen object named {shown}"),
            Missing::Invalid => format!("Frozen object named {shown} is invalid"),
        })
    };
    match text() {
        Ok(text) => exceptions::raise_import_error(&raw mut exceptions::ImportError, &text, Some(name), None),
        Err(raised) => raised,
    }
}

/// The code object behind a frozen module's bytes.
pub fn code(name: &Object, mut bytes: &[u8]) -> Result<Owned> {
    let value = match read::load(&mut bytes, true) {
        Ok(value) => value,
        Err(raised) => {
            drop(error::caught(raised));
            return Err(self::raise(Missing::Invalid, name));
        }
    };
    if !value.is_exact(&raw mut code::PyCode_Type) {
        return Err(raise!(TypeError, "frozen object {} is not a code object", error::Text(&*name.repr()?)));
    }
    Ok(value)
}

/// Executes the frozen module `name`; false if there is none. Executing needs an evaluator, so the error tells of the
/// first thing that is wrong before that.
pub fn import(name: &Object, function: &str) -> Result<bool> {
    match find(name) {
        Ok(found) => {
            drop(code(name, found.code)?);
            Err(error::no_evaluator(function))
        }
        Err(Missing::NotFound | Missing::Disabled | Missing::BadName) => Ok(false),
        Err(missing) => Err(self::raise(missing, name)),
    }
}
