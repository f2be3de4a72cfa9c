//! `marshal.h`.

use crate::abi::*;
use crate::marshal::read::{self, Source};
use crate::marshal::write;
use crate::object::{Object, Result, api, error, raw_bytes};
use crate::types::bytes;
use libc::FILE;

/// A C stream. It is read byte by byte as the value needs, so that what follows the value is left in it.
struct Stream(*mut FILE);

impl Source for Stream {
    fn take(&mut self, n: usize, out: &mut Vec<u8>) -> Result<()> {
        // A length that lies costs no more memory than the stream has bytes.
        let mut chunk = [0u8; 4096];
        let mut left = n;
        while left > 0 {
            let wanted = left.min(chunk.len());
            // SAFETY: the caller's stream, and a chunk with room for what is asked.
            let got = unsafe { libc::fread(chunk.as_mut_ptr().cast(), 1, wanted, self.0) };
            if got == 0 {
                return Err(read::ended());
            }
            out.extend(&chunk[..got]);
            left -= got;
        }
        Ok(())
    }

    fn next(&mut self) -> Result<Option<u8>> {
        // SAFETY: the caller's stream.
        Ok(u8::try_from(unsafe { libc::fgetc(self.0) }).ok())
    }
}

/// New reference: the value in the format of `version`, as bytes. `ValueError` for what has no form.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMarshal_WriteObjectToString(value: *mut PyObject, version: c_int) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| bytes::from_slice(&write::dumps(unsafe { Object::from_ptr(value) }, version, true)?))
}

/// Writes the value to a stream. It reports nothing: what has no form ends the output with a `?`, and the stream keeps
/// its own errors.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMarshal_WriteObjectToFile(value: *mut PyObject, file: *mut FILE, version: c_int) {
    // SAFETY: the caller's contract.
    let value = unsafe { Object::from_ptr(value) };
    // The caller looks for an exception.
    if write::audited(value, version).is_err() {
        return;
    }
    let (bytes, result) = write::dump(value, version, true);
    if result.is_err() {
        error::clear();
    }
    // SAFETY: the caller's stream, and as many bytes as said.
    unsafe { libc::fwrite(bytes.as_ptr().cast(), 1, bytes.len(), file) };
}

/// Writes the low four bytes of a number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMarshal_WriteLongToFile(value: c_long, file: *mut FILE, _version: c_int) {
    let bytes = (value as i32).to_le_bytes();
    // SAFETY: the caller's stream, and as many bytes as said.
    unsafe { libc::fwrite(bytes.as_ptr().cast(), 1, bytes.len(), file) };
}

/// New reference: the first value in these bytes. `EOFError`, `ValueError` or `TypeError` if there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMarshal_ReadObjectFromString(data: *const c_char, len: Py_ssize_t) -> *mut PyObject {
    api(|| {
        if len < 0 {
            return Err(error::bad_internal_call());
        }
        // SAFETY: the caller's contract.
        read::load(&mut unsafe { raw_bytes(data, len) }, true)
    })
}

/// New reference: the next value of a stream, which is left behind it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMarshal_ReadObjectFromFile(file: *mut FILE) -> *mut PyObject {
    api(|| read::load(&mut Stream(file), true))
}

/// New reference: the next value of a stream. A small file is read to its end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMarshal_ReadLastObjectFromFile(file: *mut FILE) -> *mut PyObject {
    const SMALL: i64 = 1 << 18;
    // SAFETY: the caller's stream; `stat` is filled in or not looked at.
    let size = unsafe {
        let mut stat: libc::stat = std::mem::zeroed();
        if libc::fstat(libc::fileno(file), &raw mut stat) == 0 { stat.st_size } else { -1 }
    };
    if size > 0 && size <= SMALL {
        let mut bytes = vec![0u8; size as usize];
        // SAFETY: the caller's stream, and as much room as said.
        let got = unsafe { libc::fread(bytes.as_mut_ptr().cast(), 1, bytes.len(), file) };
        return api(|| read::load(&mut &bytes[..got], true));
    }
    // SAFETY: the caller's contract.
    unsafe { PyMarshal_ReadObjectFromFile(file) }
}

/// The next two bytes of a stream as a number; -1 with `EOFError` if there are none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMarshal_ReadShortFromFile(file: *mut FILE) -> c_int {
    api(|| read::short(&mut Stream(file)).map(c_int::from))
}

/// The next four bytes of a stream as a number; -1 with `EOFError` if there are none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyMarshal_ReadLongFromFile(file: *mut FILE) -> c_long {
    api(|| read::int(&mut Stream(file)).map(|value| value as isize)) as c_long
}
