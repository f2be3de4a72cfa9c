//! The C library's standard streams: whether they keep anything back (`configure_c_stdio`).

use crate::abi::*;

unsafe extern "C" {
    static stdin: *mut libc::FILE;
    static stdout: *mut libc::FILE;
    static stderr: *mut libc::FILE;
}

pub fn configure(config: &PyConfig) {
    let set = |stream: *mut libc::FILE, mode: c_int| {
        // SAFETY: the streams of the process; without a buffer of the caller's.
        unsafe { libc::setvbuf(stream, std::ptr::null_mut(), mode, libc::BUFSIZ as usize) };
    };
    // SAFETY: the C library's, set before the program starts.
    let (input, output, errors) = unsafe { (stdin, stdout, stderr) };
    if config.buffered_stdio == 0 {
        for stream in [input, output, errors] {
            set(stream, libc::_IONBF);
        }
    } else if config.interactive != 0 {
        set(input, libc::_IOLBF);
        set(output, libc::_IOLBF);
    }
}
