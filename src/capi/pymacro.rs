//! `pymacro.h`.

/// A version number of its parts, as `PY_VERSION_HEX` has it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_PACK_FULL_VERSION(major: i32, minor: i32, micro: i32, level: i32, serial: i32) -> u32 {
    let part = |value: i32, bits: u32, shift: u32| (value as u32 & ((1 << bits) - 1)) << shift;
    part(major, 8, 24) | part(minor, 8, 16) | part(micro, 8, 8) | part(level, 4, 4) | part(serial, 4, 0)
}

/// As [`Py_PACK_FULL_VERSION`] of two parts.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Py_PACK_VERSION(major: i32, minor: i32) -> u32 {
    // SAFETY: plain numbers.
    unsafe { Py_PACK_FULL_VERSION(major, minor, 0, 0, 0) }
}
