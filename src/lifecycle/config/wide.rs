//! Wide texts and lists of them, in memory of the raw domain, as `PyConfig` holds them.
//!
//! Text from outside comes in by the locale ([`decode`]). Within, where bytes are easier to work with, it is UTF-8 that
//! has surrogates too ([`pack`]), whatever the locale is.

use crate::abi::*;
use crate::mem::domains;
use crate::object::until;
use crate::types::unicode::errors::Handler;
use crate::types::unicode::locale;
use std::ptr;

/// Bytes of the environment or the command line as wide characters (`Py_DecodeLocale`).
pub fn decode(bytes: &[u8]) -> Vec<wchar_t> {
    let chars = locale::decode_outside(bytes, Handler::SurrogateEscape).unwrap_or_default();
    chars.into_iter().map(|c| c as wchar_t).collect()
}

/// The reverse of [`decode`]; none if a character can't be encoded.
pub fn encode(text: &[wchar_t]) -> Option<Vec<u8>> {
    let chars: Vec<u32> = text.iter().map(|&c| c as u32).collect();
    locale::encode_outside(&chars, Handler::SurrogateEscape).ok()
}

/// What [`pack`] packed, or plain UTF-8.
pub fn unpack(bytes: &[u8]) -> Vec<wchar_t> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(chunk) = rest.utf8_chunks().next() {
        out.extend(chunk.valid().chars().map(|c| c as wchar_t));
        rest = &rest[chunk.valid().len()..];
        match *rest {
            [0xed, second @ 0xa0..=0xbf, third @ 0x80..=0xbf, ..] => {
                out.push(0xd000 | wchar_t::from(second & 0x3f) << 6 | wchar_t::from(third & 0x3f));
                rest = &rest[3..];
            }
            [byte, ..] => {
                out.push(0xdc00 + wchar_t::from(byte));
                rest = &rest[1..];
            }
            [] => break,
        }
    }
    out
}

/// A wide text as bytes to work with: UTF-8, and surrogates as it would write them.
pub fn pack(text: &[wchar_t]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for &c in text {
        match char::from_u32(c as u32) {
            Some(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            None => out.extend([0xe0 | (c >> 12 & 0xf) as u8, 0x80 | (c >> 6 & 0x3f) as u8, 0x80 | (c & 0x3f) as u8]),
        }
    }
    out
}

/// The characters of a wide C string; `None` for NULL.
///
/// # Safety
/// `text` is NULL or a wide C string.
pub unsafe fn get(text: *const wchar_t) -> Option<Vec<wchar_t>> {
    if text.is_null() {
        return None;
    }
    // SAFETY: the caller's word.
    Some(unsafe { until(text, |&c| c == 0) }.to_vec())
}

/// A wide C string in raw memory; NULL if there is none.
pub fn new(text: &[wchar_t]) -> *mut wchar_t {
    let place = domains::raw_malloc((text.len() + 1) * size_of::<wchar_t>()).cast::<wchar_t>();
    if !place.is_null() {
        // SAFETY: fresh, with room for the end.
        unsafe {
            ptr::copy_nonoverlapping(text.as_ptr(), place, text.len());
            *place.add(text.len()) = 0;
        }
    }
    place
}

/// Replaces a text; false if there is no memory.
///
/// # Safety
/// `place` holds NULL or a text in raw memory that is its own.
pub unsafe fn set(place: *mut *mut wchar_t, text: Option<&[wchar_t]>) -> bool {
    let value = text.map_or(ptr::null_mut(), new);
    if text.is_some() && value.is_null() {
        return false;
    }
    // SAFETY: the caller's word.
    unsafe { domains::raw_free(place.replace(value).cast()) };
    true
}

/// # Safety
/// `list` is valid, and its texts are its own.
pub unsafe fn clear_list(list: *mut PyWideStringList) -> bool {
    // SAFETY: the caller's word.
    unsafe {
        for i in 0..(*list).length {
            domains::raw_free((*(*list).items.offset(i)).cast());
        }
        domains::raw_free((*list).items.cast());
        (*list).length = 0;
        (*list).items = ptr::null_mut();
    }
    true
}

/// Puts a copy of `text` before item `at`; false if there is no memory.
///
/// # Safety
/// As [`clear_list`]; `at` is within the list or its length.
pub unsafe fn insert(list: *mut PyWideStringList, at: isize, text: &[wchar_t]) -> bool {
    // SAFETY: the caller's word.
    unsafe {
        let value = new(text);
        let n = (*list).length;
        let size = (n as usize + 1) * size_of::<*mut wchar_t>();
        let items = domains::raw_realloc((*list).items.cast(), size).cast::<*mut wchar_t>();
        if value.is_null() || items.is_null() {
            domains::raw_free(value.cast());
            return false;
        }
        (*list).items = items;
        ptr::copy(items.offset(at), items.offset(at + 1), (n - at) as usize);
        *items.offset(at) = value;
        (*list).length = n + 1;
    }
    true
}

/// # Safety
/// As [`clear_list`].
pub unsafe fn append(list: *mut PyWideStringList, text: &[wchar_t]) -> bool {
    // SAFETY: the caller's word.
    unsafe { insert(list, (*list).length, text) }
}

/// # Safety
/// As [`clear_list`].
pub unsafe fn items(list: *mut PyWideStringList) -> Vec<Vec<wchar_t>> {
    // SAFETY: the caller's word.
    unsafe { (0..(*list).length).map(|i| get(*(*list).items.offset(i)).unwrap_or_default()).collect() }
}

/// # Safety
/// As [`clear_list`], of both.
pub unsafe fn copy_list(from: *mut PyWideStringList, to: *mut PyWideStringList) -> bool {
    // SAFETY: the caller's word.
    unsafe {
        clear_list(to);
        items(from).iter().all(|text| append(to, text))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn packed() {
        for text in [
            &[][..],
            &[97, 0xe9, 0x20ac, 0x1f40d],
            &[0xdcc3, 0xdca9],
            &[97, 0xd800, 0xdfff, 98],
            &[0xdced, 0xdcb2, 0xdc80],
        ] {
            assert_eq!(super::unpack(&super::pack(text)), text);
        }
        assert_eq!(super::unpack(b"a\xffb\xe2\x82"), [97, 0xdcff, 98, 0xdce2, 0xdc82]);
    }
}
