//! `pydebug.h`: the environment. The flags stand in `lifecycle::legacy`.

use crate::abi::*;
use crate::lifecycle::legacy;

/// A variable of the environment, or NULL, also when the environment is to be ignored.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_GETENV(name: *const c_char) -> *mut c_char {
    // SAFETY: the caller's contract.
    unsafe {
        if legacy::Py_IgnoreEnvironmentFlag != 0 {
            return std::ptr::null_mut();
        }
        libc::getenv(name)
    }
}
