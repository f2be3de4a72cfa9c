//! `pystrcmp.h`.

use crate::abi::*;

/// Orders two C strings without regard to ASCII letter case, looking at no more than `size` characters.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyOS_mystrnicmp(s1: *const c_char, s2: *const c_char, size: Py_ssize_t) -> c_int {
    for i in 0..size.max(0) as usize {
        // SAFETY: the caller's contract; neither text has ended before.
        let (a, b) = unsafe { (*s1.add(i) as u8, *s2.add(i) as u8) };
        let order = a.to_ascii_lowercase() as c_int - b.to_ascii_lowercase() as c_int;
        if order != 0 || a == 0 {
            return order;
        }
    }
    0
}

/// Orders two C strings without regard to ASCII letter case.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyOS_mystricmp(s1: *const c_char, s2: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { PyOS_mystrnicmp(s1, s2, Py_ssize_t::MAX) }
}
