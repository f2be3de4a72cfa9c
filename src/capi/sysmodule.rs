//! `sysmodule.h`.

use crate::abi::*;
use crate::object::BorrowedReturn;
use crate::object::{api, error};
use crate::runtime::sys_attribute;
use crate::types::unicode;
use std::ffi::CStr;

/// An attribute of `sys`, borrowed; NULL without an error if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PySys_GetObject(name: *const c_char) -> *mut PyObject {
    // SAFETY: the caller's contract.
    let name = unsafe { CStr::from_ptr(name) }.to_bytes();
    // Errors that are set already stay; one of the look-up's own is no answer.
    let outer = error::take();
    let found = unicode::from_utf8(name).and_then(|name| sys_attribute(&name));
    error::clear();
    if let Some(outer) = outer {
        let _raised = error::restore(outer);
    }
    match found {
        Ok(Some(value)) => api(|| BorrowedReturn::new(&value)),
        _ => std::ptr::null_mut(),
    }
}
