//! Exported functions that stand in data, to make an object of it or to free it. What stands there must be the exported
//! address: modules compare with it.

use super::_PyXIData_t;
use crate::abi::*;

unsafe extern "C" {
    pub fn PyMem_RawFree(block: *mut c_void);
    pub fn _PyBytes_FromXIData(xidata: *mut _PyXIData_t) -> *mut PyObject;
    pub fn _PyMarshal_ReadObjectFromXIData(xidata: *mut _PyXIData_t) -> *mut PyObject;
    pub fn _PyPickle_LoadFromXIData(xidata: *mut _PyXIData_t) -> *mut PyObject;
    pub fn _PyCode_FromXIData(xidata: *mut _PyXIData_t) -> *mut PyObject;
    pub fn _PyFunction_FromXIData(xidata: *mut _PyXIData_t) -> *mut PyObject;
}
