//! Types that signatures name and whose inside is nobody's business: structs without a layout in the C headers, and
//! enumerations, which C passes as an `int`. Signatures use these names, so that the generated prototypes do.

use super::*;

macro_rules! opaque {
    ($($name:ident)*) => { $(
        #[repr(C)]
        pub struct $name {
            _inside: [u8; 0],
        }
    )* };
}

opaque! {
    PyFrameObject PyGenObject PyInitConfig PyLongWriter PyUnicodeWriter PyCriticalSection PyCriticalSection2
    PyEvent _PyRWMutex _PyRecursiveMutex _Py_Identifier _PyInterpreterFrame
}

pub type PyThread_type_lock = *mut c_void;
pub type FILE = libc::FILE;
pub type PyTime_t = i64;
pub type _PyTime_round_t = c_int;

pub type PyGILState_STATE = c_int;
pub type PyLockStatus = c_int;
pub type PySendResult = c_int;
pub type PyMemAllocatorDomain = c_int;
