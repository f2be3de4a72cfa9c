//! `boolobject.h`.

use crate::abi::*;
use crate::object::api;
use crate::types::boolobject;

/// `True` or `False`. New reference.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyBool_FromLong(value: c_long) -> *mut PyObject {
    api(|| boolobject::from_bool(value != 0))
}
