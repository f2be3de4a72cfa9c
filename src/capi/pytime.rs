//! pytime.h: clocks.

use crate::abi::*;
use crate::object::{Result, api};
use crate::runtime::time::{self, Clock};

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
