//! `pythread.h`.

use crate::abi::*;

/// The longest time to wait for a lock, in microseconds: what fits in nanoseconds.
#[unsafe(no_mangle)]
pub static PY_TIMEOUT_MAX: c_longlong = c_longlong::MAX / 1000;
