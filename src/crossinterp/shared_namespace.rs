//! Names and what they stand for, on the way from one interpreter to another.

use super::failure::{Coded, NO_ERROR, NOT_SHAREABLE, UNCAUGHT_EXCEPTION};
use super::{_PyXIData_t, call_in_interpreter, data, error as not_shareable, excinfo};
use crate::abi::*;
use crate::mem::domains;
use crate::object::{Object, Owned, Result, error};
use crate::runtime::{self, interpreter};
use crate::types::{dict, unicode};
use std::ffi::CStr;
use std::ptr;

/// The items of a dict, out of any interpreter.
pub struct SharedNamespace(Vec<Item>);

struct Item {
    name: *mut c_char,
    /// NULL until the value is shared.
    data: *mut _PyXIData_t,
}

impl Item {
    /// Whether there is anything to give back in the interpreter that the value is of.
    fn holds(&self) -> bool {
        // SAFETY: NULL, or data of ours.
        unsafe { self.data.as_ref() }.is_some_and(data::holds)
    }
}

impl Drop for SharedNamespace {
    /// The values' data is released in their own interpreter: by one pending call of it, however many there are.
    fn drop(&mut self) {
        let (items, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut self.0).into_iter().partition(Item::holds);
        // What holds nothing can go anywhere.
        release(rest);
        // SAFETY: data of ours.
        let owner = items.first().map(|item| unsafe { (*item.data).interpid });
        let owner = owner.map_or(ptr::null_mut(), interpreter::find);
        if owner.is_null() || owner == runtime::interp() {
            release(items);
            return;
        }
        let job = Box::into_raw(Box::new(items));
        // SAFETY: the owner is alive; the call takes the job.
        if !unsafe { call_in_interpreter(owner, release_job, job.cast()) } {
            // SAFETY: nobody took it.
            release(*unsafe { Box::from_raw(job) });
        }
    }
}

unsafe extern "C" fn release_job(job: *mut c_void) -> c_int {
    // SAFETY: from `drop`.
    release(*unsafe { Box::from_raw(job.cast::<Vec<Item>>()) });
    0
}

/// Frees items. Nothing may be released with an exception set.
fn release(items: Vec<Item>) {
    error::aside(|| {
        for item in items {
            // SAFETY: ours; nobody else knows them.
            unsafe {
                domains::raw_free(item.name.cast());
                if !item.data.is_null() && data::release(item.data, true).is_err() {
                    error::clear();
                }
            }
        }
    });
}

impl SharedNamespace {
    /// The names of a dict. `TypeError` for one that is no str.
    pub fn names(of: &Object) -> Result<SharedNamespace> {
        let mut names = SharedNamespace(Vec::with_capacity(dict::len(of) as usize));
        for (name, _) in dict::entries(of) {
            names.0.push(Item { name: excinfo::copied(&name)?, data: ptr::null_mut() });
        }
        Ok(names)
    }

    /// Shares the values of the names in `of`.
    pub fn fill(&mut self, of: &Object, fallback: c_int) -> Coded {
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

unsafe fn name_object(name: *const c_char) -> Result<Owned> {
    // SAFETY: the caller's word.
    unicode::from_utf8(unsafe { CStr::from_ptr(name) }.to_bytes())
}

unsafe fn value_of(dict: &Object, name: *const c_char) -> Result<Option<Owned>> {
    // SAFETY: the caller's word.
    dict::get(dict, &*unsafe { name_object(name) }?)
}
