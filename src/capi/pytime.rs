//! `pytime.h`: clocks.

use crate::abi::*;
use crate::object::{Object, Result, api};
use crate::runtime::time::{self, Clock, Round};
use crate::types::long;

fn read(clock: Clock, result: *mut PyTime_t) -> c_int {
    api(|| -> Result<()> {
        let now = time::now(clock);
        // SAFETY: the caller's contract.
        unsafe { *result = now.as_ref().copied().unwrap_or(0) };
        now.map(|_| ())
    })
}

fn read_raw(clock: Clock, result: *mut PyTime_t) -> c_int {
    let now = time::now_raw(clock);
    // SAFETY: the caller's contract.
    unsafe { *result = now.unwrap_or(0) };
    if now.is_some() { 0 } else { -1 }
}

/// Nanoseconds since 1970. 0, or -1 with `OSError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyTime_Time(result: *mut PyTime_t) -> c_int {
    read(Clock::Time, result)
}

/// As `PyTime_Time`, without a thread state and without an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyTime_TimeRaw(result: *mut PyTime_t) -> c_int {
    read_raw(Clock::Time, result)
}

/// Nanoseconds of a clock that never goes back. 0, or -1 with `OSError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyTime_Monotonic(result: *mut PyTime_t) -> c_int {
    read(Clock::Monotonic, result)
}

/// As `PyTime_Monotonic`, without a thread state and without an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyTime_MonotonicRaw(result: *mut PyTime_t) -> c_int {
    read_raw(Clock::Monotonic, result)
}

/// Nanoseconds of the clock for measuring. 0, or -1 with `OSError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyTime_PerfCounter(result: *mut PyTime_t) -> c_int {
    read(Clock::Monotonic, result)
}

/// As `PyTime_PerfCounter`, without a thread state and without an exception.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyTime_PerfCounterRaw(result: *mut PyTime_t) -> c_int {
    read_raw(Clock::Monotonic, result)
}

/// Nanoseconds as seconds. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyTime_AsSecondsDouble(t: PyTime_t) -> c_double {
    time::as_seconds(t)
}

// internal/pycore_time.h, which CPython's own extension modules use.

/// The whole seconds that `obj` stands for. 0, or -1 with `OverflowError`, `ValueError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTime_ObjectToTime_t(
    obj: *mut PyObject,
    sec: *mut libc::time_t,
    round: _PyTime_round_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        *sec = time::seconds_of(Object::new(obj)?, 1.0, Round::from_c(round))?.0;
        Ok(())
    })
}

/// As `_PyTime_ObjectToTime_t`, with microseconds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTime_ObjectToTimeval(
    obj: *mut PyObject,
    sec: *mut libc::time_t,
    usec: *mut c_long,
    round: _PyTime_round_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        (*sec, *usec) = time::seconds_of(Object::new(obj)?, 1e6, Round::from_c(round))?;
        Ok(())
    })
}

/// As `_PyTime_ObjectToTime_t`, with nanoseconds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTime_ObjectToTimespec(
    obj: *mut PyObject,
    sec: *mut libc::time_t,
    nsec: *mut c_long,
    round: _PyTime_round_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        (*sec, *nsec) = time::seconds_of(Object::new(obj)?, 1e9, Round::from_c(round))?;
        Ok(())
    })
}

/// A new int.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_FromTime_t(sec: libc::time_t) -> *mut PyObject {
    api(|| long::from_i64(sec))
}

/// The value of an int, or -1 with `OverflowError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyLong_AsTime_t(obj: *mut PyObject) -> libc::time_t {
    // SAFETY: the caller's contract.
    unsafe { Object::new(obj) }.and_then(time::time_t_of_int).unwrap_or(-1)
}

/// Seconds as nanoseconds. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTime_FromSeconds(seconds: c_int) -> PyTime_t {
    PyTime_t::from(seconds) * time::SECOND
}

/// Nanoseconds of an int. 0, or -1 with `TypeError` or `OverflowError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTime_FromLong(t: *mut PyTime_t, obj: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        *t = time::from_long(Object::new(obj)?)?;
        Ok(())
    })
}

/// Seconds, a float or an int, as nanoseconds. 0, or -1 with `OverflowError`, `ValueError` or `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTime_FromSecondsObject(
    t: *mut PyTime_t,
    obj: *mut PyObject,
    round: _PyTime_round_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        *t = time::from_object(Object::new(obj)?, Round::from_c(round), time::SECOND)?;
        Ok(())
    })
}

/// As `_PyTime_FromSecondsObject`, of milliseconds.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTime_FromMillisecondsObject(
    t: *mut PyTime_t,
    obj: *mut PyObject,
    round: _PyTime_round_t,
) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        *t = time::from_object(Object::new(obj)?, Round::from_c(round), 1_000_000)?;
        Ok(())
    })
}

/// Nanoseconds as milliseconds. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTime_AsMilliseconds(t: PyTime_t, round: _PyTime_round_t) -> PyTime_t {
    time::divide(t, 1_000_000, Round::from_c(round))
}

/// Nanoseconds as microseconds. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTime_AsMicroseconds(t: PyTime_t, round: _PyTime_round_t) -> PyTime_t {
    time::divide(t, 1000, Round::from_c(round))
}

/// Nanoseconds as a new int.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTime_AsLong(t: PyTime_t) -> *mut PyObject {
    api(|| long::from_i64(t))
}

/// Nanoseconds as seconds and microseconds. Always 0: no such time is out of range.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTime_AsTimeval(t: PyTime_t, tv: *mut libc::timeval, round: _PyTime_round_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { _PyTime_AsTimeval_clamp(t, tv, round) };
    0
}

/// As `_PyTime_AsTimeval`. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTime_AsTimeval_clamp(t: PyTime_t, tv: *mut libc::timeval, round: _PyTime_round_t) {
    let (tv_sec, tv_usec) = time::split(t, 1000, Round::from_c(round));
    // SAFETY: the caller's contract.
    unsafe { tv.write(libc::timeval { tv_sec, tv_usec }) }
}

/// As `_PyTime_AsTimeval`, in two places.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTime_AsTimevalTime_t(
    t: PyTime_t,
    secs: *mut libc::time_t,
    us: *mut c_int,
    round: _PyTime_round_t,
) -> c_int {
    let (seconds, micros) = time::split(t, 1000, Round::from_c(round));
    // SAFETY: the caller's contract.
    unsafe {
        *secs = seconds;
        *us = micros as c_int;
    }
    0
}

/// Nanoseconds as seconds and nanoseconds. Always 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTime_AsTimespec(t: PyTime_t, ts: *mut libc::timespec) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { _PyTime_AsTimespec_clamp(t, ts) };
    0
}

/// As `_PyTime_AsTimespec`. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTime_AsTimespec_clamp(t: PyTime_t, ts: *mut libc::timespec) {
    let (tv_sec, tv_nsec) = time::split(t, 1, Round::Floor);
    // SAFETY: the caller's contract.
    unsafe { ts.write(libc::timespec { tv_sec, tv_nsec }) }
}

/// Local time. 0, or -1 with `OSError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTime_localtime(t: libc::time_t, tm: *mut libc::tm) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        tm.write(time::broken_down(t, true)?);
        Ok(())
    })
}

/// Universal time. 0, or -1 with `OSError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyTime_gmtime(t: libc::time_t, tm: *mut libc::tm) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe {
        tm.write(time::broken_down(t, false)?);
        Ok(())
    })
}

/// The moment that is `timeout` from now on. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDeadline_Init(timeout: PyTime_t) -> PyTime_t {
    time::now_raw(Clock::Monotonic).unwrap_or(0).saturating_add(timeout)
}

/// How long it is until that moment. No thread state is needed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyDeadline_Get(deadline: PyTime_t) -> PyTime_t {
    deadline.saturating_sub(time::now_raw(Clock::Monotonic).unwrap_or(0))
}

// not provided: _PyTime_MonotonicWithInfo, which serves the module `time`.
