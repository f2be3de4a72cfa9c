//! The table of builtin modules: `PyImport_Inittab`, which a program may extend before it initialises the runtime.

use crate::abi::*;
use crate::object::{Object, Owned, Result, above, error, until};
use crate::types::{tuple, unicode};
use parking_lot::Mutex;
use std::ffi::CStr;
use std::ptr;

/// The array that [`extend`] made, kept so that it can grow. The lock is for two threads that extend at once.
static EXTENDED: Mutex<Vec<Entry>> = Mutex::new(Vec::new());

#[repr(transparent)]
struct Entry(_inittab);

// SAFETY: names and functions that live as long as the process.
unsafe impl Send for Entry {}

const END: _inittab = _inittab { name: ptr::null(), initfunc: None };

fn entries<'a>() -> &'a [_inittab] {
    // SAFETY: the table ends with a NULL name.
    unsafe { until(*above::inittab(), |entry| entry.name.is_null()) }
}

/// Adds the entries of `table`, which ends with a NULL name (`PyImport_ExtendInittab`). False without memory.
///
/// # Safety
/// As the table is declared: its names and functions live as long as the process.
pub unsafe fn extend(table: *const _inittab) -> bool {
    let mut all = EXTENDED.lock();
    let mut grown = Vec::new();
    let copy = |e: &_inittab| Entry(_inittab { name: e.name, initfunc: e.initfunc });
    // SAFETY: the caller's word.
    unsafe {
        let more = until(table, |entry| entry.name.is_null());
        if grown.try_reserve(entries().len() + more.len() + 1).is_err() {
            return false;
        }
        grown.extend(entries().iter().map(copy));
        grown.extend(more.iter().map(copy));
        grown.push(Entry(END));
        *above::inittab() = grown.as_mut_ptr().cast();
    }
    *all = grown;
    true
}

/// The init function of the builtin module `name`; `None` if there is no such module, `Some(None)` if its entry has no
/// function (a module that is there from the start).
pub fn find(name: &Object) -> Option<PyModInitFunction> {
    entries()
        .iter()
        // SAFETY: the table's names are C strings.
        .find(|entry| unsafe { CStr::from_ptr(entry.name) }.to_str().is_ok_and(|text| unicode::equal_str(name, text)))
        .map(|entry| entry.initfunc)
}

/// `sys.builtin_module_names`: sorted.
pub fn names() -> Result<Owned> {
    let mut texts: Vec<&str> = Vec::with_capacity(64);
    for entry in entries() {
        // SAFETY: the table's names are C strings.
        match unsafe { CStr::from_ptr(entry.name) }.to_str() {
            // Ours is almost in order.
            Ok(text) if texts.last().is_none_or(|last| *last <= text) => texts.push(text),
            Ok(text) => texts.insert(texts.partition_point(|other| *other <= text), text),
            Err(_) => return Err(error::bad_argument()),
        }
    }
    let names = texts.into_iter().map(unicode::from_str).collect::<Result<Vec<_>>>()?;
    tuple::from_owned(names)
}
