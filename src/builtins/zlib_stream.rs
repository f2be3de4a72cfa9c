//! A stream of zlib's, of either direction: feeding it input and taking what comes out.

use super::native::Refs;
use crate::abi::*;
use crate::object::{Object, Owned, Raised, Result};
use crate::types::bytesmethods::view::View;
use crate::types::{bytes, exceptions, unicode};
use libz_rs_sys as z;
use std::ffi::CStr;
use std::ptr;

pub(super) const DEF_BUF_SIZE: usize = 16 * 1024;

/// A stream of either direction, and what an object with it remembers.
pub(super) struct Stream {
    pub(super) z: Box<z::z_stream>,
    pub(super) inflates: bool,
    /// `deflateInit` or `inflateInit` was called, and not yet the end.
    pub(super) open: bool,
    pub(super) eof: bool,
    pub(super) needs_input: bool,
    pub(super) zdict: Option<Owned>,
    /// What came behind the end: bytes.
    pub(super) unused_data: Owned,
    /// What a limit on the output left of the input: bytes.
    pub(super) unconsumed_tail: Owned,
}

impl Refs for Stream {
    fn each(&self, visit: &mut dyn FnMut(*mut PyObject) -> c_int) -> c_int {
        self.zdict.each(visit)
    }
    fn clear(&mut self) {
        self.zdict.clear();
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.end();
    }
}

/// What a step of a stream made of its input.
pub(super) struct Step {
    pub(super) status: c_int,
    pub(super) output: Vec<u8>,
    /// How much of the input was used.
    pub(super) used: usize,
    /// The status is what the library said to the dictionary.
    pub(super) refused_dictionary: bool,
}

impl Stream {
    pub(super) fn new(inflates: bool) -> Stream {
        Stream {
            z: Box::default(),
            inflates,
            open: false,
            eof: false,
            needs_input: true,
            zdict: None,
            unused_data: bytes::empty(),
            unconsumed_tail: bytes::empty(),
        }
    }

    pub(super) fn inflater(wbits: c_int) -> (Stream, c_int) {
        let mut stream = Stream::new(true);
        // SAFETY: a fresh stream and the library's own version.
        let status =
            unsafe { z::inflateInit2_(&raw mut *stream.z, wbits, z::zlibVersion(), size_of::<z::z_stream>() as c_int) };
        stream.open = status == z::Z_OK;
        (stream, status)
    }

    pub(super) fn deflater(
        level: c_int,
        method: c_int,
        wbits: c_int,
        mem_level: c_int,
        strategy: c_int,
    ) -> (Stream, c_int) {
        let mut stream = Stream::new(false);
        // SAFETY: a fresh stream and the library's own version.
        let status = unsafe {
            z::deflateInit2_(
                &raw mut *stream.z,
                level,
                method,
                wbits,
                mem_level,
                strategy,
                z::zlibVersion(),
                size_of::<z::z_stream>() as c_int,
            )
        };
        stream.open = status == z::Z_OK;
        (stream, status)
    }

    /// Frees the library's part.
    pub(super) fn end(&mut self) -> c_int {
        if !std::mem::take(&mut self.open) {
            return z::Z_OK;
        }
        // SAFETY: it was opened.
        unsafe { if self.inflates { z::inflateEnd(&raw mut *self.z) } else { z::deflateEnd(&raw mut *self.z) } }
    }

    /// Feeds `input` through, until it is used up, the stream ends, something is wrong, or `limit` bytes are there.
    pub(super) fn run(&mut self, input: &[u8], flush: c_int, limit: Option<usize>) -> Result<Step> {
        let mut step = Step { status: z::Z_OK, output: Vec::new(), used: 0, refused_dictionary: false };
        let mut room = DEF_BUF_SIZE.min(input.len().max(256));
        loop {
            // The library counts in 32 bits.
            let piece = &input[step.used..];
            let piece = &piece[..piece.len().min(u32::MAX as usize)];
            let last = step.used + piece.len() == input.len();
            let start = step.output.len();
            let size = limit.map_or(room, |limit| room.min(limit - start));
            step.output.resize(start + size, 0);
            self.z.next_in = piece.as_ptr().cast_mut();
            self.z.avail_in = piece.len() as u32;
            self.z.next_out = step.output[start..].as_mut_ptr();
            self.z.avail_out = size as u32;
            let how = if last { flush } else { z::Z_NO_FLUSH };
            // SAFETY: both buffers with their sizes; a closed stream has no state, which the library looks at first.
            step.status = unsafe {
                if self.inflates { z::inflate(&raw mut *self.z, how) } else { z::deflate(&raw mut *self.z, how) }
            };
            let filled = size - self.z.avail_out as usize;
            step.used += piece.len() - self.z.avail_in as usize;
            step.output.truncate(start + filled);
            self.z.next_in = ptr::null_mut();
            self.z.next_out = ptr::null_mut();
            if step.status == z::Z_NEED_DICT
                && let Some(zdict) = &self.zdict
            {
                step.status = set_dictionary(&mut self.z, zdict)?;
                if step.status == z::Z_OK {
                    continue;
                }
                step.refused_dictionary = true;
                return Ok(step);
            }
            if step.status != z::Z_OK && step.status != z::Z_BUF_ERROR {
                return Ok(step);
            }
            let full = filled == size;
            if limit.is_some_and(|limit| step.output.len() >= limit) || (!full && step.used == input.len()) {
                return Ok(step);
            }
            if step.status == z::Z_BUF_ERROR && !full {
                return Ok(step);
            }
            room = (room * 2).min(1 << 26);
        }
    }
}

/// Gives a stream the dictionary that it asks for, and says what the library thinks of it.
pub(super) fn set_dictionary(stream: &mut z::z_stream, zdict: &Object) -> Result<c_int> {
    let buffer = View::of(zdict)?;
    // SAFETY: an open stream and a slice.
    Ok(unsafe { z::inflateSetDictionary(stream, buffer.as_ptr(), buffer.len() as u32) })
}

/// `zlib.error("Error NUMBER WHAT: WHY")`.
#[cold]
pub(super) fn failure(class: &Object, stream: &Stream, status: c_int, what: &str) -> Raised {
    let why = if stream.z.msg.is_null() {
        match status {
            z::Z_BUF_ERROR => Some("incomplete or truncated stream".into()),
            z::Z_STREAM_ERROR => Some("inconsistent stream state".into()),
            z::Z_DATA_ERROR => Some("invalid input data".into()),
            _ => None,
        }
    } else {
        // SAFETY: a static C string of the library.
        Some(unsafe { CStr::from_ptr(stream.z.msg) }.to_string_lossy())
    };
    let text = match why {
        Some(why) => format!("Error {status} {what}: {why}"),
        None => format!("Error {status} {what}"),
    };
    raise_text(class, &text)
}

pub(super) fn raise_text(class: &Object, text: &str) -> Raised {
    match unicode::from_str(text) {
        Ok(text) => exceptions::raise(class, Some(&text)),
        Err(raised) => raised,
    }
}
