//! `unicodeobject.h`: joining, splitting, searching, comparing and formatting text.

use super::unicodeobject::c_bytes;
use crate::abi::*;
use crate::object::{Object, Owned, Result, api, error, raw_bytes};
use crate::raise;
use crate::types::unicode::{self, check, compare, concat, ensure, find, layout, new, split};
use std::ptr;

/// A str argument as `ensure_unicode` wants it.
///
/// # Safety
/// `op` is NULL or alive.
unsafe fn ensured<'a>(op: *mut PyObject) -> Result<&'a Object> {
    // SAFETY: the caller's word.
    let o = unsafe { Object::new(op) }?;
    ensure(o)?;
    Ok(o)
}

/// `a + b`. New reference; `TypeError` unless both are str.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Concat(a: *mut PyObject, b: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { concat::concat(ensured(a)?, Object::new(b)?) })
}

/// Appends `right` to the str in `place`, which is NULL afterwards if that fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Append(place: *mut *mut PyObject, right: *mut PyObject) {
    // SAFETY: the caller's contract: the place owns its reference.
    unsafe {
        if place.is_null() {
            if !error::occurred() {
                _ = error::bad_internal_call();
            }
            return;
        }
        let left = Owned::optional((*place).replace_with_null());
        let right = Object::optional(right);
        let (Some(left), Some(right)) = (left, right) else {
            if !error::occurred() {
                _ = error::bad_internal_call();
            }
            return;
        };
        if !check(&left) || !check(right) {
            if !error::occurred() {
                _ = error::bad_internal_call();
            }
            return;
        }
        if let Ok(joined) = concat::append(left, right) {
            *place = joined.into_raw();
        }
    }
}

/// Takes a pointer out of its place.
trait Take {
    fn replace_with_null(&mut self) -> *mut PyObject;
}

impl Take for *mut PyObject {
    fn replace_with_null(&mut self) -> *mut PyObject {
        std::mem::replace(self, ptr::null_mut())
    }
}

/// As `PyUnicode_Append`, stealing `right`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_AppendAndDel(place: *mut *mut PyObject, right: *mut PyObject) {
    // SAFETY: the caller's contract.
    unsafe {
        PyUnicode_Append(place, right);
        drop(Owned::optional(right));
    }
}

/// Splits at `sep`, or at white space if it is NULL. New list; `TypeError`, `ValueError` for an empty separator.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Split(s: *mut PyObject, sep: *mut PyObject, maxsplit: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { split::split(ensured(s)?, separator(sep)?, maxsplit) })
}

/// # Safety
/// `sep` is NULL or alive.
unsafe fn separator<'a>(sep: *mut PyObject) -> Result<Option<&'a Object>> {
    // SAFETY: the caller's word.
    if sep.is_null() { Ok(None) } else { unsafe { ensured(sep) }.map(Some) }
}

/// As `PyUnicode_Split`, counting from the right.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_RSplit(s: *mut PyObject, sep: *mut PyObject, maxsplit: Py_ssize_t) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { split::rsplit(ensured(s)?, separator(sep)?, maxsplit) })
}

/// The lines. New list; `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Splitlines(s: *mut PyObject, keepends: c_int) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { split::splitlines(ensured(s)?, keepends != 0) })
}

/// What is before `sep`, `sep`, and what is behind it. New tuple; `TypeError`, `ValueError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Partition(s: *mut PyObject, sep: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { split::partition(ensured(s)?, ensured(sep)?, false) })
}

/// As `PyUnicode_Partition`, from the right.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_RPartition(s: *mut PyObject, sep: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { split::partition(ensured(s)?, ensured(sep)?, true) })
}

/// Joins the items of `seq` with `separator`, or with a space if it is NULL. New reference; `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Join(separator: *mut PyObject, seq: *mut PyObject) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { concat::join(Object::optional(separator), Object::new(seq)?) })
}

/// As `PyUnicode_Join` with an array.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicode_JoinArray(
    separator: *mut PyObject,
    items: *const *mut PyObject,
    seqlen: Py_ssize_t,
) -> *mut PyObject {
    api(|| {
        if seqlen <= 0 {
            return Ok(new::empty());
        }
        // SAFETY: the caller's contract; `&Object` is one pointer.
        unsafe {
            let items = std::slice::from_raw_parts(items.cast::<&Object>(), seqlen as usize);
            concat::join_items(Object::optional(separator), items)
        }
    })
}

/// 1 if `s[start:end]` begins (direction -1) or ends (1) with `substr`, else 0; -1 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Tailmatch(
    s: *mut PyObject,
    substr: *mut PyObject,
    start: Py_ssize_t,
    end: Py_ssize_t,
    direction: c_int,
) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { Ok(isize::from(find::tail_match(ensured(s)?, ensured(substr)?, start, end, direction > 0))) })
}

/// The first (direction 1) or last (-1) place of `substr` in `s[start:end]`; -1 if there is none, -2 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Find(
    s: *mut PyObject,
    substr: *mut PyObject,
    start: Py_ssize_t,
    end: Py_ssize_t,
    direction: c_int,
) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    let found = unsafe { ensured(s).and_then(|s| Ok(find::find(s, ensured(substr)?, start, end, direction > 0))) };
    found.map_or(-2, |found| found.map_or(-1, |i| i as isize))
}

/// As `PyUnicode_Find` for one character.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_FindChar(
    s: *mut PyObject,
    ch: Py_UCS4,
    start: Py_ssize_t,
    end: Py_ssize_t,
    direction: c_int,
) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    let s = unsafe { Object::from_ptr(s) };
    find::find_char_in(s, ch, start, end, direction > 0).map_or(-1, |i| i as isize)
}

/// How often `substr` stands in `s[start:end]`; -1 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Count(
    s: *mut PyObject,
    substr: *mut PyObject,
    start: Py_ssize_t,
    end: Py_ssize_t,
) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    api(|| unsafe { Ok(find::count_in(ensured(s)?, ensured(substr)?, start, end) as isize) })
}

/// Replaces at most `maxcount` places, all if it is -1. New reference; `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Replace(
    s: *mut PyObject,
    substr: *mut PyObject,
    replstr: *mut PyObject,
    maxcount: Py_ssize_t,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { split::replace(ensured(s)?, ensured(substr)?, ensured(replstr)?, maxcount) })
}

/// -1, 0 or 1; -1 with `TypeError` too.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Compare(left: *mut PyObject, right: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { Ok(compare::compare(Object::new(left)?, Object::new(right)?)? as c_int) })
}

/// -1, 0 or 1: the order of a str and Latin-1 characters. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_CompareWithASCIIString(left: *mut PyObject, right: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { compare::compare_latin1(Object::from_ptr(left), c_bytes(right)) as c_int }
}

/// 1 if both are the same text, else 0; -1 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Equal(str1: *mut PyObject, str2: *mut PyObject) -> c_int {
    api(|| {
        // SAFETY: the caller's contract.
        let (a, b) = unsafe { (Object::new(str1)?, Object::new(str2)?) };
        if check(a) && check(b) {
            return Ok(unicode::equal(a, b));
        }
        let (o, place) = if check(a) { (b, "second") } else { (a, "first") };
        let name = crate::types::typeobject::fully_qualified_name(o.ty())?;
        Err(raise!(TypeError, "{place} argument must be str, not {}", error::Text(&name)))
    })
}

/// 1 if both, which are str, are the same text, else 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicode_Equal(str1: *mut PyObject, str2: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { unicode::equal(Object::from_ptr(str1), Object::from_ptr(str2)) }.into()
}

/// 1 if `s`, which is a str, is the text that is UTF-8 in `str`, else 0. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_EqualToUTF8AndSize(s: *mut PyObject, str: *const c_char, size: Py_ssize_t) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { compare::equal_utf8(Object::from_ptr(s), raw_bytes(str, size)) }.into()
}

/// As `PyUnicode_EqualToUTF8AndSize` with a C string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_EqualToUTF8(s: *mut PyObject, str: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    unsafe { compare::equal_utf8(Object::from_ptr(s), c_bytes(str)) }.into()
}

/// 1 if `s`, which is a str, is this ASCII text, else 0. Never fails.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicode_EqualToASCIIString(s: *mut PyObject, str: *const c_char) -> c_int {
    // SAFETY: the caller's contract.
    unsafe {
        let s = Object::from_ptr(s);
        layout::is_ascii(s) && layout::chars(s).bytes() == c_bytes(str)
    }
    .into()
}

/// `True`, `False` or `NotImplemented`. New reference; `TypeError` for a bad `op`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_RichCompare(left: *mut PyObject, right: *mut PyObject, op: c_int) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { compare::rich_compare(Object::new(left)?, Object::new(right)?, op) })
}

/// 1 if `substr` stands in `s`, else 0; -1 with `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Contains(s: *mut PyObject, substr: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    api(|| unsafe { find::contains(Object::new(s)?, Object::new(substr)?) })
}

/// 1 if the str is an identifier, else 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_IsIdentifier(s: *mut PyObject) -> c_int {
    // SAFETY: the caller's contract.
    unicode::predicates::is_identifier(unsafe { Object::from_ptr(s) }).into()
}

/// How many characters at the start make an identifier.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn _PyUnicode_ScanIdentifier(s: *mut PyObject) -> Py_ssize_t {
    // SAFETY: the caller's contract.
    unicode::predicates::scan_identifier(layout::chars(unsafe { Object::from_ptr(s) })) as isize
}

/// `format % args`. New reference; `TypeError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Format(format: *mut PyObject, args: *mut PyObject) -> *mut PyObject {
    api(|| {
        if format.is_null() || args.is_null() {
            return Err(error::bad_internal_call());
        }
        // SAFETY: the caller's contract.
        unsafe { unicode::percent::format(ensured(format)?, Object::new(args)?) }
    })
}

/// Maps each character by `table`. New reference; `TypeError`, `ValueError`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn PyUnicode_Translate(
    s: *mut PyObject,
    table: *mut PyObject,
    errors: *const c_char,
) -> *mut PyObject {
    // SAFETY: the caller's contract.
    api(|| unsafe { unicode::translate::translate(ensured(s)?, Object::new(table)?, super::codecs::optional(errors)) })
}
