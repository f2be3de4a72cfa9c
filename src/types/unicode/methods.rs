//! The methods of `str`: arguments in, the rooms around do the work.

use super::layout;
use super::{case, check, concat, ensure, find, new, predicates, registry, split, translate};
use crate::abi::*;
use crate::object::args::{self, Signature};
use crate::object::{Object, Owned, Result, api, number};
use crate::raise;
use crate::types::boolobject::from_bool;
use crate::types::formatter::{self, field};
use crate::types::typeobject::tp_name;
use crate::types::{long, slice, tuple};

pub static METHODS: [PyMethodDef; 51] = [
    PyMethodDef::fast_keywords(
        c"encode",
        encode,
        c"encode($self, /, encoding='utf-8', errors='strict')\n--\n\nEncode the string with the codec registered for \
        encoding.",
    ),
    PyMethodDef::fast_keywords(
        c"replace",
        replace,
        c"replace($self, old, new, /, count=-1)\n--\n\nReturn a copy with count occurrences of old replaced by new, -1 \
        meaning all.",
    ),
    PyMethodDef::fast_keywords(
        c"split",
        do_split,
        c"split($self, /, sep=None, maxsplit=-1)\n--\n\nReturn a list of the parts between separators, at most \
        maxsplit splits from the left.",
    ),
    PyMethodDef::fast_keywords(
        c"rsplit",
        rsplit,
        c"rsplit($self, /, sep=None, maxsplit=-1)\n--\n\nReturn a list of the parts between separators, at most \
        maxsplit splits from the right.",
    ),
    PyMethodDef::one(c"join", join,
        c"join($self, iterable, /)\n--\n\nConcatenate strings, with this one between them."),
    PyMethodDef::noargs(
        c"capitalize",
        capitalize,
        c"capitalize($self, /)\n--\n\nReturn a copy with the first character in title case and the rest in lower case.",
    ),
    PyMethodDef::noargs(c"casefold", casefold, c"casefold($self, /)\n--\n\nReturn a copy for caseless comparisons."),
    PyMethodDef::noargs(c"title", title, c"title($self, /)\n--\n\nReturn a copy where each word begins in title case."),
    PyMethodDef::fast(
        c"center",
        center,
        c"center($self, width, fillchar=' ', /)\n--\n\nReturn a copy in the middle of width characters.",
    ),
    PyMethodDef::fast(
        c"count",
        count,
        c"count($self, sub[, start[, end]], /)\n--\n\nReturn how often sub stands in the string, not overlapping.",
    ),
    PyMethodDef::fast_keywords(
        c"expandtabs",
        expandtabs,
        c"expandtabs($self, /, tabsize=8)\n--\n\nReturn a copy with spaces for tabs.",
    ),
    PyMethodDef::fast(
        c"find",
        do_find,
        c"find($self, sub[, start[, end]], /)\n--\n\nReturn the first place of sub, or -1.",
    ),
    PyMethodDef::one(
        c"partition",
        partition,
        c"partition($self, sep, /)\n--\n\nReturn what is before the first sep, sep, and what is behind it.",
    ),
    PyMethodDef::fast(
        c"index",
        index,
        c"index($self, sub[, start[, end]], /)\n--\n\nReturn the first place of sub. ValueError if there is none.",
    ),
    PyMethodDef::fast(
        c"ljust",
        ljust,
        c"ljust($self, width, fillchar=' ', /)\n--\n\nReturn a copy at the left of width characters.",
    ),
    PyMethodDef::noargs(c"lower", lower, c"lower($self, /)\n--\n\nReturn a copy in lower case."),
    PyMethodDef::fast(
        c"lstrip",
        lstrip,
        c"lstrip($self, chars=None, /)\n--\n\nReturn a copy without white space, or chars, at the start.",
    ),
    PyMethodDef::fast(
        c"rfind",
        rfind,
        c"rfind($self, sub[, start[, end]], /)\n--\n\nReturn the last place of sub, or -1.",
    ),
    PyMethodDef::fast(
        c"rindex",
        rindex,
        c"rindex($self, sub[, start[, end]], /)\n--\n\nReturn the last place of sub. ValueError if there is none.",
    ),
    PyMethodDef::fast(
        c"rjust",
        rjust,
        c"rjust($self, width, fillchar=' ', /)\n--\n\nReturn a copy at the right of width characters.",
    ),
    PyMethodDef::fast(
        c"rstrip",
        rstrip,
        c"rstrip($self, chars=None, /)\n--\n\nReturn a copy without white space, or chars, at the end.",
    ),
    PyMethodDef::one(
        c"rpartition",
        rpartition,
        c"rpartition($self, sep, /)\n--\n\nReturn what is before the last sep, sep, and what is behind it.",
    ),
    PyMethodDef::fast_keywords(
        c"splitlines",
        splitlines,
        c"splitlines($self, /, keepends=False)\n--\n\nReturn a list of the lines.",
    ),
    PyMethodDef::fast(
        c"strip",
        strip,
        c"strip($self, chars=None, /)\n--\n\nReturn a copy without white space, or chars, at both ends.",
    ),
    PyMethodDef::noargs(c"swapcase", swapcase,
        c"swapcase($self, /)\n--\n\nReturn a copy with upper and lower case swapped."),
    PyMethodDef::one(
        c"translate",
        do_translate,
        c"translate($self, table, /)\n--\n\nReplace each character through a table of ordinals.",
    ),
    PyMethodDef::noargs(c"upper", upper, c"upper($self, /)\n--\n\nReturn a copy in upper case."),
    PyMethodDef::fast(
        c"startswith",
        startswith,
        c"startswith($self, prefix[, start[, end]], /)\n--\n\nTell whether the string begins with prefix, or with one \
        of a tuple.",
    ),
    PyMethodDef::fast(
        c"endswith",
        endswith,
        c"endswith($self, suffix[, start[, end]], /)\n--\n\nTell whether the string ends with suffix, or with one of a \
        tuple.",
    ),
    PyMethodDef::one(
        c"removeprefix",
        removeprefix,
        c"removeprefix($self, prefix, /)\n--\n\nReturn a copy without prefix at the start.",
    ),
    PyMethodDef::one(
        c"removesuffix",
        removesuffix,
        c"removesuffix($self, suffix, /)\n--\n\nReturn a copy without suffix at the end.",
    ),
    PyMethodDef::noargs(c"isascii", isascii, c"isascii($self, /)\n--\n\nTell whether all characters are ASCII."),
    PyMethodDef::noargs(c"islower", islower,
        c"islower($self, /)\n--\n\nTell whether all cased characters are lower case."),
    PyMethodDef::noargs(c"isupper", isupper,
        c"isupper($self, /)\n--\n\nTell whether all cased characters are upper case."),
    PyMethodDef::noargs(c"istitle", istitle, c"istitle($self, /)\n--\n\nTell whether every word begins in title case."),
    PyMethodDef::noargs(c"isspace", isspace, c"isspace($self, /)\n--\n\nTell whether all characters are white space."),
    PyMethodDef::noargs(c"isdecimal", isdecimal,
        c"isdecimal($self, /)\n--\n\nTell whether all characters are decimal digits."),
    PyMethodDef::noargs(c"isdigit", isdigit, c"isdigit($self, /)\n--\n\nTell whether all characters are digits."),
    PyMethodDef::noargs(c"isnumeric", isnumeric,
        c"isnumeric($self, /)\n--\n\nTell whether all characters are numeric."),
    PyMethodDef::noargs(c"isalpha", isalpha, c"isalpha($self, /)\n--\n\nTell whether all characters are letters."),
    PyMethodDef::noargs(c"isalnum", isalnum,
        c"isalnum($self, /)\n--\n\nTell whether all characters are letters or numeric."),
    PyMethodDef::noargs(
        c"isidentifier",
        isidentifier,
        c"isidentifier($self, /)\n--\n\nTell whether the string is a valid identifier.",
    ),
    PyMethodDef::noargs(
        c"isprintable",
        isprintable,
        c"isprintable($self, /)\n--\n\nTell whether repr() shows all characters as they are.",
    ),
    PyMethodDef::one(
        c"zfill",
        zfill,
        c"zfill($self, width, /)\n--\n\nReturn a copy with zeros at the left, behind a sign.",
    ),
    PyMethodDef::fast(c"maketrans", maketrans, c"Return a table for translate().").with(METH_STATIC),
    PyMethodDef::keywords(
        c"format",
        field::format_method,
        c"format($self, /, *args, **kwargs)\n--\n\nReturn a copy with the values of the arguments in place of {}.",
    ),
    PyMethodDef::one(
        c"format_map",
        field::format_map_method,
        c"format_map($self, mapping, /)\n--\n\nReturn a copy with values from a mapping in place of {}.",
    ),
    PyMethodDef::one(
        c"__format__",
        formatter::format_method,
        c"__format__($self, format_spec, /)\n--\n\nThe string as the specification says.",
    ),
    PyMethodDef::noargs(c"__getnewargs__", getnewargs, c"__getnewargs__($self, /)\n--\n\n"),
    PyMethodDef::noargs(
        c"__sizeof__",
        size_of_str,
        c"__sizeof__($self, /)\n--\n\nHow many bytes the string takes in memory.",
    ),
    PyMethodDef::END,
];

/// The positional arguments of a `METH_FASTCALL` method.
unsafe fn array<'a>(args: *const *mut PyObject, nargs: isize) -> &'a [&'a Object] {
    if nargs == 0 {
        return &[];
    }
    // SAFETY: slot; `&Object` is one pointer.
    unsafe { std::slice::from_raw_parts(args.cast(), nargs as usize) }
}

macro_rules! no_arguments {
    ($($name:ident => $work:expr;)*) => { $(
        unsafe extern "C" fn $name(op: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
            // SAFETY: slot.
            api(|| $work(unsafe { Object::from_ptr(op) }))
        }
    )* };
}

no_arguments! {
    capitalize => case::capitalize;
    casefold => case::casefold;
    title => case::title;
    lower => case::lower;
    swapcase => case::swapcase;
    upper => case::upper;
    isascii => |s| answer(layout::is_ascii(s));
    islower => |s| answer(predicates::is_lower(s));
    isupper => |s| answer(predicates::is_upper(s));
    istitle => |s| answer(predicates::is_title(s));
    isspace => |s| answer(predicates::is_space(s));
    isdecimal => |s| answer(predicates::is_decimal(s));
    isdigit => |s| answer(predicates::is_digit(s));
    isnumeric => |s| answer(predicates::is_numeric(s));
    isalpha => |s| answer(predicates::is_alpha(s));
    isalnum => |s| answer(predicates::is_alnum(s));
    isidentifier => |s| answer(predicates::is_identifier(s));
    isprintable => |s| answer(predicates::is_printable(s));
    getnewargs => |s| tuple::from_owned(vec![new::copy(s).and_then(new::finish)?]);
    size_of_str => |s| long::from_i64(memory(s) as i64);
}

fn answer(is: bool) -> Result<Owned> {
    Ok(from_bool(is))
}

/// The bytes that a str takes, with its UTF-8 form.
fn memory(s: &Object) -> usize {
    let state = layout::state(s);
    let units = (layout::len(s) + 1) * layout::kind(s) as usize;
    let mut size = if layout::is_compact_ascii(s) {
        size_of::<PyASCIIObject>() + units
    } else if state & layout::COMPACT != 0 {
        size_of::<PyCompactUnicodeObject>() + units
    } else {
        size_of::<PyUnicodeObject>() + units
    };
    if !layout::is_compact_ascii(s) {
        // SAFETY: layout.
        let compact = unsafe { &*s.cast::<PyCompactUnicodeObject>() };
        if !compact.utf8.is_null() && compact.utf8.cast() != layout::data(s) {
            size += compact.utf8_length as usize + 1;
        }
    }
    size
}

macro_rules! one_argument {
    ($($name:ident => $work:expr;)*) => { $(
        unsafe extern "C" fn $name(op: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
            // SAFETY: slot.
            api(|| $work(unsafe { Object::from_ptr(op) }, unsafe { Object::from_ptr(arg) }))
        }
    )* };
}

one_argument! {
    join => |s, iterable| concat::join(Some(s), iterable);
    partition => |s, sep| { ensure(sep)?; split::partition(s, sep, false) };
    rpartition => |s, sep| { ensure(sep)?; split::partition(s, sep, true) };
    do_translate => |s, table| translate::translate(s, table, Some(c"ignore"));
    removeprefix => |s, prefix| removed(s, "removeprefix", prefix, false);
    removesuffix => |s, suffix| removed(s, "removesuffix", suffix, true);
    zfill => |s, width| case::zfill(s, size(width)?);
}

/// A number of characters: an int, or an object with `__index__`.
fn size(o: &Object) -> Result<isize> {
    long::as_isize(&*number::index(o)?)
}

fn removed(s: &Object, function: &str, part: &Object, at_end: bool) -> Result<Owned> {
    if !check(part) {
        return Err(args::bad_argument(function, "argument", "str", part));
    }
    if !find::tail_match(s, part, 0, isize::MAX, at_end) {
        return new::exact(s);
    }
    let (n, m) = (layout::len(s), layout::len(part));
    if at_end { concat::slice(s, 0, n - m) } else { concat::slice(s, m, n) }
}

macro_rules! array_arguments {
    ($($name:ident => $work:expr;)*) => { $(
        unsafe extern "C" fn $name(op: *mut PyObject, args: *const *mut PyObject, nargs: isize) -> *mut PyObject {
            // SAFETY: slot.
            api(|| $work(unsafe { Object::from_ptr(op) }, unsafe { array(args, nargs) }))
        }
    )* };
}

array_arguments! {
    center => |s, given| padded(s, "center", given, |s, fill, by| {
        let width = layout::len(s) + by;
        let left = by / 2 + (by & width & 1);
        concat::pad(s, left, by - left, fill)
    });
    ljust => |s, given| padded(s, "ljust", given, |s, fill, by| concat::pad(s, 0, by, fill));
    rjust => |s, given| padded(s, "rjust", given, |s, fill, by| concat::pad(s, by, 0, fill));
    count => |s, given| {
        let (sub, start, end) = search("count", given)?;
        long::from_i64(find::count_in(s, sub, start, end) as i64)
    };
    do_find => |s, given| found(s, "find", given, true);
    rfind => |s, given| found(s, "rfind", given, false);
    index => |s, given| found_or_error(s, "index", given, true);
    rindex => |s, given| found_or_error(s, "rindex", given, false);
    strip => |s, given| stripped(s, "strip", given, true, true);
    lstrip => |s, given| stripped(s, "lstrip", given, true, false);
    rstrip => |s, given| stripped(s, "rstrip", given, false, true);
    startswith => |s, given| tail(s, "startswith", given, false);
    endswith => |s, given| tail(s, "endswith", given, true);
    maketrans_given => |_, given: &[&Object]| {
        args::check_positional("maketrans", given.len(), 1, 3)?;
        translate::maketrans(given[0], given.get(1).copied(), given.get(2).copied())
    };
}

unsafe extern "C" fn maketrans(_: *mut PyObject, args: *const *mut PyObject, nargs: isize) -> *mut PyObject {
    // SAFETY: slot; a static method has no object of its own, and this one looks at none.
    unsafe { maketrans_given(new::empty_ref().as_ptr(), args, nargs) }
}

/// Width and fill character of `center` and its like; `pad` gets how much is missing.
fn padded(
    s: &Object,
    function: &str,
    given: &[&Object],
    pad: impl FnOnce(&Object, u32, usize) -> Result<Owned>,
) -> Result<Owned> {
    args::check_positional(function, given.len(), 1, 2)?;
    let width = size(given[0])?;
    let fill = match given.get(1) {
        None => ' ' as u32,
        Some(fill) if !check(fill) => {
            let name = crate::types::typeobject::tp_name(fill.ty());
            return Err(raise!(TypeError, "The fill character must be a unicode character, not {name:.100}"));
        }
        Some(fill) if layout::len(fill) != 1 => {
            return Err(raise!(TypeError, "The fill character must be exactly one character long"));
        }
        Some(fill) => layout::chars(fill).get(0),
    };
    match usize::try_from(width).ok().and_then(|width| width.checked_sub(layout::len(s))) {
        None | Some(0) => new::exact(s),
        Some(by) => pad(s, fill, by),
    }
}

/// An index that may be None.
fn bound(o: Option<&&Object>, default: isize) -> Result<isize> {
    match o {
        None => Ok(default),
        Some(o) if o.is_none() => Ok(default),
        Some(o) if number::is_index(o) => number::as_ssize(o, None),
        Some(_) => Err(raise!(TypeError, "slice indices must be integers or None or have an __index__ method")),
    }
}

/// `sub[, start[, end]]`.
fn search<'a>(function: &str, given: &[&'a Object]) -> Result<(&'a Object, isize, isize)> {
    args::check_positional(function, given.len(), 1, 3)?;
    if !check(given[0]) {
        return Err(args::bad_argument(function, "argument 1", "str", given[0]));
    }
    Ok((given[0], bound(given.get(1), 0)?, bound(given.get(2), isize::MAX)?))
}

fn found(s: &Object, function: &str, given: &[&Object], forward: bool) -> Result<Owned> {
    let (sub, start, end) = search(function, given)?;
    long::from_i64(find::find(s, sub, start, end, forward).map_or(-1, |i| i as i64))
}

fn found_or_error(s: &Object, function: &str, given: &[&Object], forward: bool) -> Result<Owned> {
    let (sub, start, end) = search(function, given)?;
    match find::find(s, sub, start, end, forward) {
        Some(i) => long::from_i64(i as i64),
        None => Err(raise!(ValueError, "substring not found")),
    }
}

fn stripped(s: &Object, function: &str, given: &[&Object], left: bool, right: bool) -> Result<Owned> {
    args::check_positional(function, given.len(), 0, 1)?;
    match given.first() {
        Some(chars) if check(chars) => translate::strip(s, Some(chars), left, right),
        Some(chars) if !chars.is_none() => Err(raise!(TypeError, "{function} arg must be None or str")),
        _ => translate::strip(s, None, left, right),
    }
}

fn tail(s: &Object, function: &str, given: &[&Object], at_end: bool) -> Result<Owned> {
    args::check_positional(function, given.len(), 1, 3)?;
    let part = given[0];
    let (start, end) = (bound(given.get(1), 0)?, bound(given.get(2), isize::MAX)?);
    if tuple::check(part) {
        for one in tuple::items(part) {
            if !check(one) {
                return Err(raise!(
                    TypeError,
                    "tuple for {function} must only contain str, not {:.100}",
                    tp_name(one.ty())
                ));
            }
            if find::tail_match(s, one, start, end, at_end) {
                return answer(true);
            }
        }
        return answer(false);
    }
    if !check(part) {
        return Err(raise!(
            TypeError,
            "{function} first arg must be str or a tuple of str, not {:.100}",
            tp_name(part.ty())
        ));
    }
    answer(find::tail_match(s, part, start, end, at_end))
}

macro_rules! keyword_arguments {
    ($($name:ident, $signature:expr => $work:expr;)*) => { $(
        unsafe extern "C" fn $name(
            op: *mut PyObject,
            args: *const *mut PyObject,
            nargs: isize,
            kwnames: *mut PyObject,
        ) -> *mut PyObject {
            api(|| {
                // SAFETY: slot.
                let bound = unsafe { $signature.bind_fast(args, nargs, kwnames) }?;
                // SAFETY: slot.
                $work(unsafe { Object::from_ptr(op) }, bound)
            })
        }
    )* };
}

const ENCODE: Signature<2> = Signature::new("encode", ["encoding", "errors"]);
const REPLACE: Signature<3> = Signature::new("replace", ["", "", "count"]).required(2);
const SPLIT: Signature<2> = Signature::new("split", ["sep", "maxsplit"]);
const RSPLIT: Signature<2> = Signature::new("rsplit", ["sep", "maxsplit"]);
const EXPANDTABS: Signature<1> = Signature::new("expandtabs", ["tabsize"]);
const SPLITLINES: Signature<1> = Signature::new("splitlines", ["keepends"]);

keyword_arguments! {
    encode, ENCODE => |s, [encoding, errors]: [Option<&Object>; 2]| {
        let encoding = c_string("encode", "argument 'encoding'", encoding)?;
        let errors = c_string("encode", "argument 'errors'", errors)?;
        registry::encode_str(s, encoding.as_deref(), errors.as_deref())
    };
    replace, REPLACE => |s, [old, with, count]: [Option<&Object>; 3]| {
        let (old, with) = (old.expect("bind checked it"), with.expect("bind checked it"));
        for (o, place) in [(old, "argument 1"), (with, "argument 2")] {
            if !check(o) {
                return Err(args::bad_argument("replace", place, "str", o));
            }
        }
        split::replace(s, old, with, ssize(count, -1)?)
    };
    do_split, SPLIT => |s, [sep, maxsplit]: [Option<&Object>; 2]| {
        let maxsplit = ssize(maxsplit, -1)?;
        split::split(s, separator(sep)?, maxsplit)
    };
    rsplit, RSPLIT => |s, [sep, maxsplit]: [Option<&Object>; 2]| {
        let maxsplit = ssize(maxsplit, -1)?;
        split::rsplit(s, separator(sep)?, maxsplit)
    };
    expandtabs, EXPANDTABS => |s, [tabsize]: [Option<&Object>; 1]| {
        let tabsize = match tabsize {
            None => 8,
            Some(o) => {
                long::as_i32(o)?.max(0) as usize
            }
        };
        case::expandtabs(s, tabsize)
    };
    splitlines, SPLITLINES => |s, [keepends]: [Option<&Object>; 1]| {
        split::splitlines(s, match keepends {
            None => false,
            Some(o) => o.is_true()?,
        })
    };
}

/// A separator: a str, or None.
fn separator(sep: Option<&Object>) -> Result<Option<&Object>> {
    match sep {
        Some(sep) if sep.is_none() => Ok(None),
        Some(sep) if !check(sep) => {
            let got = crate::types::typeobject::tp_name(sep.ty());
            Err(raise!(TypeError, "must be str or None, not {}", crate::object::error::cut(got, 100)))
        }
        sep => Ok(sep),
    }
}

fn ssize(o: Option<&Object>, default: isize) -> Result<isize> {
    o.map_or(Ok(default), size)
}

/// A str argument as a C string: no NUL inside.
pub fn c_string(function: &str, name: &str, o: Option<&Object>) -> Result<Option<std::ffi::CString>> {
    let Some(o) = o else { return Ok(None) };
    if !check(o) {
        return Err(args::bad_argument(function, name, "str", o));
    }
    match std::ffi::CString::new(super::utf8::cached(o)?) {
        Ok(text) => Ok(Some(text)),
        Err(_) => Err(raise!(ValueError, "embedded null character")),
    }
}

/// `s[key]`.
pub fn subscript(s: &Object, key: &Object) -> Result<Owned> {
    if number::is_index(key) {
        let class = crate::types::exceptions::object(&raw mut crate::types::exceptions::IndexError);
        let i = number::as_ssize(key, Some(class))?;
        return concat::item(s, if i < 0 { i + layout::len(s) as isize } else { i });
    }
    if !slice::check(key) {
        return Err(raise!(TypeError, "string indices must be integers, not '{:.200}'", tp_name(key.ty())));
    }
    let picked = slice::unpack(key)?.adjust(layout::len(s));
    if picked.len == 0 {
        return Ok(new::empty());
    }
    if picked.step == 1 {
        return concat::slice(s, picked.start as usize, picked.start as usize + picked.len);
    }
    let chars = layout::chars(s);
    let maxchar = picked.indices().map(|i| chars.get(i)).fold(0, |all, ch| all | ch);
    let part = new::build(picked.len, layout::class_of(maxchar), |kind, data| {
        for (to, from) in picked.indices().enumerate() {
            // SAFETY: fresh, with room for all.
            unsafe { layout::write(kind, data, to, chars.get(from)) };
        }
    })?;
    new::finish(part)
}
