//! Names and what they stand for, on the way from one interpreter to another.

use super::failure::{NO_ERROR, NOT_SHAREABLE, UNCAUGHT_EXCEPTION};
use super::{_PyXIData_t, data, error as not_shareable, excinfo};
use crate::abi::*;
use crate::mem::domains;
use crate::object::{Object, Result, error};
use crate::types::{dict, unicode};
use std::ffi::CStr;

/// The items of a dict, out of any interpreter.
pub struct SharedNamespace(Vec<Item>);

struct Item {
    name: *mut c_char,
    /// NULL until the value is shared.
    data: *mut _PyXIData_t,
}

impl Drop for SharedNamespace {
    /// The values' data is released, in their own interpreter or by a pending call of it.
    fn drop(&mut self) {
        for item in &self.0 {
            // SAFETY: ours; nobody else knows them. Nothing may be released with an exception set.
            unsafe {
                domains::raw_free(item.name.cast());
                if !item.data.is_null() {
                    let before = error::take();
                    if data::release(item.data, true).is_err() {
                        error::clear();
                    }
                    if let Some(before) = before {
                        let _raised = error::restore(before);
                    }
                }
            }
        }
    }
}

impl SharedNamespace {
    /// The names of a dict. `TypeError` for one that is no str.
    pub fn names(of: &Object) -> Result<SharedNamespace> {
        let mut names = SharedNamespace(Vec::with_capacity(dict::len(of) as usize));
        for (name, _) in dict::entries(of) {
            names.0.push(Item { name: excinfo::copied(&name)?, data: std::ptr::null_mut() });
        }
        Ok(names)
    }

    /// Shares the values of the names in `of`. Beside an exception stands the code that says what failed.
    pub fn fill(&mut self, of: &Object, fallback: c_int) -> std::result::Result<(), (crate::object::Raised, c_int)> {
        for item in &mut self.0 {
            // SAFETY: our own C strings.
            let value = unsafe { value_of(of, item.name) }.map_err(|raised| (raised, UNCAUGHT_EXCEPTION))?;
            let Some(value) = value else { continue };
            item.data = data::new();
            if item.data.is_null() {
                return Err((error::no_memory(), UNCAUGHT_EXCEPTION));
            }
            // SAFETY: fresh.
            unsafe { data::get(&value, fallback, item.data) }.map_err(|raised| (raised, failure_code()))?;
        }
        Ok(())
    }

    /// Makes the values in the attached interpreter and puts them into `dict`.
    pub fn apply(&self, dict: &Object) -> Result<()> {
        for item in self.0.iter().filter(|item| !item.data.is_null()) {
            // SAFETY: filled by `fill`.
            unsafe {
                let value = data::new_object(item.data)?;
                dict::set(dict, &*name_object(item.name)?, &value)?;
            }
        }
        Ok(())
    }
}

/// What sharing failed with: something that is not shareable, or a mishap.
fn failure_code() -> c_int {
    let Some(exception) = error::current() else { return NO_ERROR };
    match not_shareable::class() {
        Ok(class) if crate::types::exceptions::given_matches(exception, class) => NOT_SHAREABLE,
        _ => UNCAUGHT_EXCEPTION,
    }
}

unsafe fn name_object(name: *const c_char) -> Result<crate::object::Owned> {
    // SAFETY: the caller's word.
    unicode::from_utf8(unsafe { CStr::from_ptr(name) }.to_bytes())
}

unsafe fn value_of(dict: &Object, name: *const c_char) -> Result<Option<crate::object::Owned>> {
    // SAFETY: the caller's word.
    dict::get(dict, &*unsafe { name_object(name) }?)
}
