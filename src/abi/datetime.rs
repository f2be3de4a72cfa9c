//! The datetime C API's objects and capsule.

use super::*;
use std::mem::offset_of;

/// CPython's `PyDateTime_Delta`.
#[repr(C)]
pub struct PyDateTime_Delta {
    pub ob_base: PyObject,
    pub hashcode: Py_hash_t,
    pub days: c_int,
    pub seconds: c_int,
    pub microseconds: c_int,
}

/// CPython's `PyDateTime_TZInfo`.
#[repr(C)]
pub struct PyDateTime_TZInfo {
    pub ob_base: PyObject,
}

/// CPython's `PyDateTime_Date`.
#[repr(C)]
pub struct PyDateTime_Date {
    pub ob_base: PyObject,
    pub hashcode: Py_hash_t,
    pub hastzinfo: c_char,
    pub data: [u8; 4],
}

/// CPython's `PyDateTime_Time`.
#[repr(C)]
pub struct PyDateTime_Time {
    pub ob_base: PyObject,
    pub hashcode: Py_hash_t,
    pub hastzinfo: c_char,
    pub data: [u8; 6],
    pub fold: u8,
    pub tzinfo: *mut PyObject,
}

/// CPython's `PyDateTime_DateTime`.
#[repr(C)]
pub struct PyDateTime_DateTime {
    pub ob_base: PyObject,
    pub hashcode: Py_hash_t,
    pub hastzinfo: c_char,
    pub data: [u8; 10],
    pub fold: u8,
    pub tzinfo: *mut PyObject,
}

/// CPython's `PyDateTime_CAPI`.
#[repr(C)]
pub struct PyDateTime_CAPI {
    pub DateType: *mut PyTypeObject,
    pub DateTimeType: *mut PyTypeObject,
    pub TimeType: *mut PyTypeObject,
    pub DeltaType: *mut PyTypeObject,
    pub TZInfoType: *mut PyTypeObject,
    pub TimeZone_UTC: *mut PyObject,
    pub Date_FromDate: *mut c_void,
    pub DateTime_FromDateAndTime: *mut c_void,
    pub Time_FromTime: *mut c_void,
    pub Delta_FromDelta: *mut c_void,
    pub TimeZone_FromTimeZone: *mut c_void,
    pub DateTime_FromTimestamp: *mut c_void,
    pub Date_FromTimestamp: *mut c_void,
    pub DateTime_FromDateAndTimeAndFold: *mut c_void,
    pub Time_FromTimeAndFold: *mut c_void,
}

/// CPython's `_PyDateTime_BaseTZInfo`.
#[repr(C)]
pub struct _PyDateTime_BaseTZInfo {
    pub ob_base: PyObject,
    pub hashcode: Py_hash_t,
    pub hastzinfo: c_char,
}

/// CPython's `_PyDateTime_BaseTime`.
#[repr(C)]
pub struct _PyDateTime_BaseTime {
    pub ob_base: PyObject,
    pub hashcode: Py_hash_t,
    pub hastzinfo: c_char,
    pub data: [u8; 6],
}

/// CPython's `_PyDateTime_BaseDateTime`.
#[repr(C)]
pub struct _PyDateTime_BaseDateTime {
    pub ob_base: PyObject,
    pub hashcode: Py_hash_t,
    pub hastzinfo: c_char,
    pub data: [u8; 10],
}

// The layout is CPython 3.14's: abi/layout-3.14.tsv.
const _: () = {
    assert!(size_of::<PyDateTime_Delta>() == 40);
    assert!(offset_of!(PyDateTime_Delta, ob_base) == 0);
    assert!(offset_of!(PyDateTime_Delta, hashcode) == 16);
    assert!(offset_of!(PyDateTime_Delta, days) == 24);
    assert!(offset_of!(PyDateTime_Delta, seconds) == 28);
    assert!(offset_of!(PyDateTime_Delta, microseconds) == 32);
    assert!(size_of::<PyDateTime_TZInfo>() == 16);
    assert!(offset_of!(PyDateTime_TZInfo, ob_base) == 0);
    assert!(size_of::<PyDateTime_Date>() == 32);
    assert!(offset_of!(PyDateTime_Date, ob_base) == 0);
    assert!(offset_of!(PyDateTime_Date, hashcode) == 16);
    assert!(offset_of!(PyDateTime_Date, hastzinfo) == 24);
    assert!(offset_of!(PyDateTime_Date, data) == 25);
    assert!(size_of::<PyDateTime_Time>() == 40);
    assert!(offset_of!(PyDateTime_Time, ob_base) == 0);
    assert!(offset_of!(PyDateTime_Time, hashcode) == 16);
    assert!(offset_of!(PyDateTime_Time, hastzinfo) == 24);
    assert!(offset_of!(PyDateTime_Time, data) == 25);
    assert!(offset_of!(PyDateTime_Time, fold) == 31);
    assert!(offset_of!(PyDateTime_Time, tzinfo) == 32);
    assert!(size_of::<PyDateTime_DateTime>() == 48);
    assert!(offset_of!(PyDateTime_DateTime, ob_base) == 0);
    assert!(offset_of!(PyDateTime_DateTime, hashcode) == 16);
    assert!(offset_of!(PyDateTime_DateTime, hastzinfo) == 24);
    assert!(offset_of!(PyDateTime_DateTime, data) == 25);
    assert!(offset_of!(PyDateTime_DateTime, fold) == 35);
    assert!(offset_of!(PyDateTime_DateTime, tzinfo) == 40);
    assert!(size_of::<PyDateTime_CAPI>() == 120);
    assert!(offset_of!(PyDateTime_CAPI, DateType) == 0);
    assert!(offset_of!(PyDateTime_CAPI, DateTimeType) == 8);
    assert!(offset_of!(PyDateTime_CAPI, TimeType) == 16);
    assert!(offset_of!(PyDateTime_CAPI, DeltaType) == 24);
    assert!(offset_of!(PyDateTime_CAPI, TZInfoType) == 32);
    assert!(offset_of!(PyDateTime_CAPI, TimeZone_UTC) == 40);
    assert!(offset_of!(PyDateTime_CAPI, Date_FromDate) == 48);
    assert!(offset_of!(PyDateTime_CAPI, DateTime_FromDateAndTime) == 56);
    assert!(offset_of!(PyDateTime_CAPI, Time_FromTime) == 64);
    assert!(offset_of!(PyDateTime_CAPI, Delta_FromDelta) == 72);
    assert!(offset_of!(PyDateTime_CAPI, TimeZone_FromTimeZone) == 80);
    assert!(offset_of!(PyDateTime_CAPI, DateTime_FromTimestamp) == 88);
    assert!(offset_of!(PyDateTime_CAPI, Date_FromTimestamp) == 96);
    assert!(offset_of!(PyDateTime_CAPI, DateTime_FromDateAndTimeAndFold) == 104);
    assert!(offset_of!(PyDateTime_CAPI, Time_FromTimeAndFold) == 112);
    assert!(size_of::<_PyDateTime_BaseTZInfo>() == 32);
    assert!(offset_of!(_PyDateTime_BaseTZInfo, ob_base) == 0);
    assert!(offset_of!(_PyDateTime_BaseTZInfo, hashcode) == 16);
    assert!(offset_of!(_PyDateTime_BaseTZInfo, hastzinfo) == 24);
    assert!(size_of::<_PyDateTime_BaseTime>() == 32);
    assert!(offset_of!(_PyDateTime_BaseTime, ob_base) == 0);
    assert!(offset_of!(_PyDateTime_BaseTime, hashcode) == 16);
    assert!(offset_of!(_PyDateTime_BaseTime, hastzinfo) == 24);
    assert!(offset_of!(_PyDateTime_BaseTime, data) == 25);
    assert!(size_of::<_PyDateTime_BaseDateTime>() == 40);
    assert!(offset_of!(_PyDateTime_BaseDateTime, ob_base) == 0);
    assert!(offset_of!(_PyDateTime_BaseDateTime, hashcode) == 16);
    assert!(offset_of!(_PyDateTime_BaseDateTime, hastzinfo) == 24);
    assert!(offset_of!(_PyDateTime_BaseDateTime, data) == 25);
};
