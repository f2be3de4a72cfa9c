//! The methods that `bytes` and `bytearray` share. They work on slices; [`Kind`] says where the bytes of `self` are and
//! what kind of object a result is.
//!
//! Arguments are converted before `self` is looked at: their `__index__` or `__buffer__` may run code that resizes a
//! bytearray. While more foreign code can run, a [`view::View`] keeps it from being resized.

pub mod args;
pub mod case;
pub mod decode;
pub mod find;
pub mod hex;
pub mod join;
pub mod pad;
pub mod place;
pub mod replace;
pub mod split;
pub mod strip;
pub mod translate;
pub mod view;

use crate::object::{Object, Owned, Result, error};
use crate::types::{bytearray, bytes};
use place::Place;

/// Bytes or bytearray.
pub trait Kind: 'static {
    /// A result is always another object than `self`.
    const MUTABLE: bool;
    fn slice(o: &Object) -> &[u8];
    fn make(bytes: &[u8]) -> Result<Owned>;
    /// An object of `n` bytes, all of which `write` writes.
    fn build(n: usize, write: impl FnOnce(&mut Place)) -> Result<Owned>;
    /// `self` where nothing changes: itself if that is exact bytes, else a copy.
    fn same(o: &Object) -> Result<Owned>;
}

pub struct Bytes;
pub struct ByteArray;

impl Kind for Bytes {
    const MUTABLE: bool = false;

    #[inline(always)]
    fn slice(o: &Object) -> &[u8] {
        bytes::as_slice(o)
    }

    #[inline]
    fn make(slice: &[u8]) -> Result<Owned> {
        bytes::from_slice(slice)
    }

    #[inline]
    fn build(n: usize, write: impl FnOnce(&mut Place)) -> Result<Owned> {
        bytes::build(n, write)
    }

    #[inline]
    fn same(o: &Object) -> Result<Owned> {
        bytes::slots::exact(o)
    }
}

impl Kind for ByteArray {
    const MUTABLE: bool = true;

    #[inline(always)]
    fn slice(o: &Object) -> &[u8] {
        bytearray::as_slice(o)
    }

    #[inline]
    fn make(slice: &[u8]) -> Result<Owned> {
        bytearray::from_slice(slice)
    }

    #[inline]
    fn build(n: usize, write: impl FnOnce(&mut Place)) -> Result<Owned> {
        bytearray::build(n, write)
    }

    fn same(o: &Object) -> Result<Owned> {
        bytearray::from_slice(bytearray::as_slice(o))
    }
}

/// A vector with room for `n` bytes, or `MemoryError`.
pub fn room(n: usize) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    if n > isize::MAX as usize || out.try_reserve_exact(n).is_err() {
        return Err(error::no_memory());
    }
    Ok(out)
}

/// The table of the shared methods for one kind, and the entries that only it has.
macro_rules! shared_methods {
    ($kind:ident; $($extra:expr,)*) => {{
        use $crate::abi::{METH_CLASS, METH_STATIC, PyMethodDef};
        use $crate::object::native::{fast_keywords, fast, noargs, one, static_fast};
        use $crate::types::bytesmethods::*;
        [
            PyMethodDef::noargs(
                c"capitalize",
                noargs!(case::capitalize::<$kind>),
                c"capitalize($self, /)\n--\n\nReturn a copy with the first byte in upper case and the rest in lower \
                case.",
            ),
            PyMethodDef::fast(
                c"center",
                fast!(pad::center::<$kind>),
                c"center($self, width, fillchar=b' ', /)\n--\n\nReturn a copy in the middle of width bytes.",
            ),
            PyMethodDef::fast(
                c"count",
                fast!(find::count::<$kind>),
                c"count($self, sub[, start[, end]], /)\n--\n\nReturn how often sub, bytes or an int, stands in the \
                bytes, not overlapping.",
            ),
            PyMethodDef::fast_keywords(
                c"decode",
                fast_keywords!(decode::decode::<$kind>),
                c"decode($self, /, encoding='utf-8', errors='strict')\n--\n\nDecode the bytes with the codec \
                registered for encoding.",
            ),
            PyMethodDef::fast(
                c"endswith",
                fast!(find::endswith::<$kind>),
                c"endswith($self, suffix[, start[, end]], /)\n--\n\nTell whether the bytes end with suffix, or with \
                one of a tuple.",
            ),
            PyMethodDef::fast_keywords(
                c"expandtabs",
                fast_keywords!(pad::expandtabs::<$kind>),
                c"expandtabs($self, /, tabsize=8)\n--\n\nReturn a copy with spaces for tabs.",
            ),
            PyMethodDef::fast(
                c"find",
                fast!(find::find::<$kind>),
                c"find($self, sub[, start[, end]], /)\n--\n\nReturn the first place of sub, bytes or an int, or -1.",
            ),
            PyMethodDef::one(
                c"fromhex",
                one!(hex::fromhex::<$kind>),
                c"fromhex($type, string, /)\n--\n\nMake an object of hexadecimal digits, two for each byte, with \
                spaces between bytes if you like.",
            ).with(METH_CLASS),
            PyMethodDef::fast_keywords(
                c"hex",
                fast_keywords!(hex::hex::<$kind>),
                c"hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)\n--\n\nReturn a str of hexadecimal digits, \
                with sep between groups of bytes_per_sep bytes.\n\nGroups are counted from the right, with a negative \
                number from the left.",
            ),
            PyMethodDef::fast(
                c"index",
                fast!(find::index::<$kind>),
                c"index($self, sub[, start[, end]], /)\n--\n\nReturn the first place of sub, bytes or an int. \
                ValueError if there is none.",
            ),
            PyMethodDef::noargs(
                c"isalnum",
                noargs!(case::isalnum::<$kind>),
                c"isalnum($self, /)\n--\n\nTell whether all bytes are ASCII letters or digits, and there is one.",
            ),
            PyMethodDef::noargs(
                c"isalpha",
                noargs!(case::isalpha::<$kind>),
                c"isalpha($self, /)\n--\n\nTell whether all bytes are ASCII letters, and there is one.",
            ),
            PyMethodDef::noargs(
                c"isascii",
                noargs!(case::isascii::<$kind>),
                c"isascii($self, /)\n--\n\nTell whether all bytes are below 128.",
            ),
            PyMethodDef::noargs(
                c"isdigit",
                noargs!(case::isdigit::<$kind>),
                c"isdigit($self, /)\n--\n\nTell whether all bytes are ASCII digits, and there is one.",
            ),
            PyMethodDef::noargs(
                c"islower",
                noargs!(case::islower::<$kind>),
                c"islower($self, /)\n--\n\nTell whether all ASCII letters are lower case, and there is one.",
            ),
            PyMethodDef::noargs(
                c"isspace",
                noargs!(case::isspace::<$kind>),
                c"isspace($self, /)\n--\n\nTell whether all bytes are ASCII white space, and there is one.",
            ),
            PyMethodDef::noargs(
                c"istitle",
                noargs!(case::istitle::<$kind>),
                c"istitle($self, /)\n--\n\nTell whether every word begins in upper case and goes on in lower case, and \
                there is one.",
            ),
            PyMethodDef::noargs(
                c"isupper",
                noargs!(case::isupper::<$kind>),
                c"isupper($self, /)\n--\n\nTell whether all ASCII letters are upper case, and there is one.",
            ),
            PyMethodDef::one(
                c"join",
                one!(join::join_method::<$kind>),
                c"join($self, iterable_of_bytes, /)\n--\n\nConcatenate objects that have bytes, with these between \
                them.",
            ),
            PyMethodDef::fast(
                c"ljust",
                fast!(pad::ljust::<$kind>),
                c"ljust($self, width, fillchar=b' ', /)\n--\n\nReturn a copy at the left of width bytes.",
            ),
            PyMethodDef::noargs(
                c"lower",
                noargs!(case::lower::<$kind>),
                c"lower($self, /)\n--\n\nReturn a copy with ASCII letters in lower case.",
            ),
            PyMethodDef::fast(
                c"lstrip",
                fast!(strip::lstrip::<$kind>),
                c"lstrip($self, bytes=None, /)\n--\n\nReturn a copy without white space, or the given bytes, at the \
                start.",
            ),
            PyMethodDef::fast(
                c"maketrans",
                static_fast!(translate::maketrans),
                c"maketrans(frm, to, /)\n--\n\nReturn a table for translate() that takes each byte of frm to the one \
                at its place in to.",
            ).with(METH_STATIC),
            PyMethodDef::one(
                c"partition",
                one!(split::partition::<$kind>),
                c"partition($self, sep, /)\n--\n\nReturn what is before the first sep, sep, and what is behind it.",
            ),
            PyMethodDef::one(
                c"removeprefix",
                one!(find::removeprefix::<$kind>),
                c"removeprefix($self, prefix, /)\n--\n\nReturn a copy without prefix at the start.",
            ),
            PyMethodDef::one(
                c"removesuffix",
                one!(find::removesuffix::<$kind>),
                c"removesuffix($self, suffix, /)\n--\n\nReturn a copy without suffix at the end.",
            ),
            PyMethodDef::fast(
                c"replace",
                fast!(replace::replace::<$kind>),
                c"replace($self, old, new, count=-1, /)\n--\n\nReturn a copy with count occurrences of old replaced by \
                new, -1 meaning all.",
            ),
            PyMethodDef::fast(
                c"rfind",
                fast!(find::rfind::<$kind>),
                c"rfind($self, sub[, start[, end]], /)\n--\n\nReturn the last place of sub, bytes or an int, or -1.",
            ),
            PyMethodDef::fast(
                c"rindex",
                fast!(find::rindex::<$kind>),
                c"rindex($self, sub[, start[, end]], /)\n--\n\nReturn the last place of sub, bytes or an int. \
                ValueError if there is none.",
            ),
            PyMethodDef::fast(
                c"rjust",
                fast!(pad::rjust::<$kind>),
                c"rjust($self, width, fillchar=b' ', /)\n--\n\nReturn a copy at the right of width bytes.",
            ),
            PyMethodDef::one(
                c"rpartition",
                one!(split::rpartition::<$kind>),
                c"rpartition($self, sep, /)\n--\n\nReturn what is before the last sep, sep, and what is behind it.",
            ),
            PyMethodDef::fast_keywords(
                c"rsplit",
                fast_keywords!(split::rsplit::<$kind>),
                c"rsplit($self, /, sep=None, maxsplit=-1)\n--\n\nReturn a list of the parts between separators, at \
                most maxsplit splits from the right.",
            ),
            PyMethodDef::fast(
                c"rstrip",
                fast!(strip::rstrip::<$kind>),
                c"rstrip($self, bytes=None, /)\n--\n\nReturn a copy without white space, or the given bytes, at the \
                end.",
            ),
            PyMethodDef::fast_keywords(
                c"split",
                fast_keywords!(split::split::<$kind>),
                c"split($self, /, sep=None, maxsplit=-1)\n--\n\nReturn a list of the parts between separators, at most \
                maxsplit splits from the left.",
            ),
            PyMethodDef::fast_keywords(
                c"splitlines",
                fast_keywords!(split::splitlines::<$kind>),
                c"splitlines($self, /, keepends=False)\n--\n\nReturn a list of the lines.",
            ),
            PyMethodDef::fast(
                c"startswith",
                fast!(find::startswith::<$kind>),
                c"startswith($self, prefix[, start[, end]], /)\n--\n\nTell whether the bytes begin with prefix, or \
                with one of a tuple.",
            ),
            PyMethodDef::fast(
                c"strip",
                fast!(strip::strip::<$kind>),
                c"strip($self, bytes=None, /)\n--\n\nReturn a copy without white space, or the given bytes, at both \
                ends.",
            ),
            PyMethodDef::noargs(
                c"swapcase",
                noargs!(case::swapcase::<$kind>),
                c"swapcase($self, /)\n--\n\nReturn a copy with upper and lower case of ASCII letters swapped.",
            ),
            PyMethodDef::noargs(
                c"title",
                noargs!(case::title::<$kind>),
                c"title($self, /)\n--\n\nReturn a copy where each word begins in upper case and goes on in lower \
                case.",
            ),
            PyMethodDef::fast_keywords(
                c"translate",
                fast_keywords!(translate::translate::<$kind>),
                c"translate($self, table, /, delete=b'')\n--\n\nReturn a copy without the bytes of delete, the others \
                taken through a table of 256 bytes, or as they are if it is None.",
            ),
            PyMethodDef::noargs(
                c"upper",
                noargs!(case::upper::<$kind>),
                c"upper($self, /)\n--\n\nReturn a copy with ASCII letters in upper case.",
            ),
            PyMethodDef::one(
                c"zfill",
                one!(pad::zfill::<$kind>),
                c"zfill($self, width, /)\n--\n\nReturn a copy with zeros at the left, behind a sign.",
            ),
            $($extra,)*
            PyMethodDef::END,
        ]
    }};
}
pub(crate) use shared_methods;

/// How many entries [`shared_methods`] makes, the one at the end included.
pub const SHARED: usize = 43;
