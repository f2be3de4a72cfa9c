//! `PyArg_ParseTupleAndKeywords`: a format over positional and keyword arguments.

use super::convert::{self, Cleanup};
use super::getargs::{self, Levels, Tail, plural};
use crate::abi::va_list::VaList;
use crate::abi::*;
use crate::object::args::{invalid_keyword, unexpected_keyword};
use crate::object::{Object, Owned, Raised, Result, error};
use crate::raise;
use crate::types::{dict, tuple, unicode};
use std::ffi::CStr;

/// The caller's list of names, which ends with NULL: positional-only parameters first, with empty names.
struct Names {
    first: *const *const c_char,
    len: usize,
    positional_only: usize,
}

impl Names {
    fn bytes(&self, i: usize) -> &[u8] {
        debug_assert!(i < self.len);
        // SAFETY: the caller's list, which has `len` C strings.
        unsafe { CStr::from_ptr(*self.first.add(i)).to_bytes() }
    }

    /// For messages.
    fn text(&self, i: usize) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(self.bytes(i))
    }
}

/// # Safety
/// `list` is an array of C strings that ends with NULL, and stays while the result is used.
unsafe fn names(list: *const *const c_char) -> Result<Names> {
    let (mut len, mut positional_only) = (0, 0);
    // SAFETY: the caller's word.
    unsafe {
        while !(*list.add(len)).is_null() {
            if **list.add(len) == 0 {
                if positional_only != len {
                    return Err(raise!(SystemError, "Empty keyword parameter name"));
                }
                positional_only += 1;
            }
            len += 1;
        }
    }
    Ok(Names { first: list, len, positional_only })
}

/// # Safety
/// `format` is a C string, `keywords` an array of C strings that ends with NULL, and `va` has what the format says.
pub unsafe fn parse(
    args: &Object,
    kwargs: Option<&Object>,
    format: *const c_char,
    keywords: *const *const c_char,
    va: &mut VaList,
) -> Result<()> {
    if !tuple::check(args) || kwargs.is_some_and(|kwargs| !dict::check(kwargs)) {
        return Err(error::bad_internal_call());
    }
    // SAFETY: the caller's word.
    let (format, names) = unsafe { (CStr::from_ptr(format).to_bytes(), names(keywords)?) };
    let positional = tuple::items(args);
    // SAFETY: the caller's word.
    unsafe { parse_bound(positional, kwargs, format, &names, va) }
}

/// `_PyArg_ParseStackAndKeywords`: the arguments of a fastcall, by a clinic description's format and names.
///
/// # Safety
/// As [`parse`]; `args` has `nargs` objects and behind them a value for each of `kwnames`.
pub unsafe fn parse_stack(
    args: *const *mut PyObject,
    nargs: isize,
    kwnames: Option<&Object>,
    parser: *const _PyArg_Parser,
    va: &mut VaList,
) -> Result<()> {
    // SAFETY: the caller's word; `&Object` is one pointer.
    unsafe {
        let names = names((*parser).keywords)?;
        let format = CStr::from_ptr((*parser).format).to_bytes();
        let items = |from: usize, n: usize| match n {
            0 => &[][..],
            n => std::slice::from_raw_parts(args.add(from).cast::<&Object>(), n),
        };
        let n = nargs as usize;
        let kwargs = dict::new()?;
        if let Some(given) = kwnames {
            let given = tuple::items(given);
            for (name, value) in given.iter().zip(items(n, given.len())) {
                dict::set(&kwargs, name, value)?;
            }
        }
        parse_bound(items(0, n), Some(&kwargs), format, &names, va)
    }
}

unsafe fn parse_bound(
    positional: &[&Object],
    kwargs: Option<&Object>,
    format: &[u8],
    names: &Names,
    va: &mut VaList,
) -> Result<()> {
    let call = || Tail::of(format).call();
    let (len, given) = (names.len, positional.len());
    let mut keywords_left = kwargs.map_or(0, |kwargs| dict::len(kwargs) as usize);
    if given + keywords_left > len {
        let kind = if given == 0 { "keyword " } else { "" };
        let total = given + keywords_left;
        let call = call();
        return Err(raise!(TypeError, "{call} takes at most {len} {kind}argument{} ({total} given)", plural(len)));
    }
    let mut marks = Marks::default();
    let mut cleanup = Cleanup::default();
    let mut rest = format;
    // A positional-only argument is missing; how many there must be is known at `|`, `$` or the end.
    let mut skip = false;
    let mut i = 0;
    while i < len {
        if marks.take(&mut rest, i, names.positional_only)? {
            if skip {
                break;
            }
            if i < given {
                return Err(too_many_positional(&call(), i, given, marks.min.is_some()));
            }
        }
        if ends(rest) {
            return Err(raise!(SystemError, "More keyword list entries ({len}) than format specifiers ({i})"));
        }
        if !skip {
            let by_name: Option<Owned>;
            let current = if i < given {
                Some(positional[i])
            } else if keywords_left > 0 && i >= names.positional_only {
                by_name = find(kwargs, names.bytes(i))?;
                keywords_left -= by_name.is_some() as usize;
                by_name.as_deref()
            } else {
                None
            };
            if let Some(current) = current {
                let mut levels = Levels::default();
                // SAFETY: the caller's word; the caller's dict keeps a keyword's value alive.
                if let Err(fault) = unsafe { getargs::convert_item(current, &mut rest, va, &mut levels, &mut cleanup) }
                {
                    return Err(getargs::report(i + 1, fault, &levels, Tail::of(format)));
                }
                i += 1;
                continue;
            }
            if marks.min.is_none_or(|min| i < min) {
                if i < names.positional_only {
                    skip = true;
                } else {
                    let (name, call) = (names.text(i), call());
                    return Err(raise!(TypeError, "{call} missing required argument '{name}' (pos {})", i + 1));
                }
            }
            if keywords_left == 0 && !skip {
                cleanup.keep();
                return Ok(());
            }
        }
        // SAFETY: the caller's word.
        if let Err(text) = unsafe { convert::skip(&mut rest, va) } {
            return Err(raise!(SystemError, "{text}: '{}'", String::from_utf8_lossy(rest)));
        }
        i += 1;
    }
    if skip {
        let least = names.positional_only.min(marks.min.unwrap_or(usize::MAX));
        return Err(too_few_positional(&call(), least, given, least < i));
    }
    if !ends(rest) && !matches!(rest[0], b'|' | b'$') {
        return Err(raise!(
            SystemError,
            "more argument specifiers than keyword list entries (remaining format:'{}')",
            String::from_utf8_lossy(rest)
        ));
    }
    if keywords_left > 0 {
        return Err(unexpected(kwargs, names, given, &call())?);
    }
    cleanup.keep();
    Ok(())
}

/// Before which parameters the format has `|` and `$`.
#[derive(Default)]
struct Marks {
    /// So many arguments are required.
    min: Option<usize>,
    /// So many may be positional.
    max: Option<usize>,
}

impl Marks {
    /// Takes the marks before parameter `i` off the format. Whether there is a `$`.
    fn take(&mut self, rest: &mut &[u8], i: usize, positional_only: usize) -> Result<bool> {
        if rest.first() == Some(&b'|') {
            if self.min.is_some() {
                return Err(raise!(SystemError, "Invalid format string (| specified twice)"));
            }
            self.min = Some(i);
            *rest = &rest[1..];
            if self.max.is_some() {
                return Err(raise!(SystemError, "Invalid format string ($ before |)"));
            }
        }
        if rest.first() != Some(&b'$') {
            return Ok(false);
        }
        if self.max.is_some() {
            return Err(raise!(SystemError, "Invalid format string ($ specified twice)"));
        }
        self.max = Some(i);
        *rest = &rest[1..];
        if i < positional_only {
            return Err(raise!(SystemError, "Empty parameter name after $"));
        }
        Ok(true)
    }
}

#[cold]
fn too_many_positional(call: &str, most: usize, given: usize, optional: bool) -> Raised {
    if most == 0 {
        return raise!(TypeError, "{call} takes no positional arguments");
    }
    let word = if optional { "at most" } else { "exactly" };
    raise!(TypeError, "{call} takes {word} {most} positional argument{} ({given} given)", plural(most))
}

#[cold]
fn too_few_positional(call: &str, least: usize, given: usize, more: bool) -> Raised {
    let word = if more { "at least" } else { "exactly" };
    raise!(TypeError, "{call} takes {word} {least} positional argument{} ({given} given)", plural(least))
}

fn ends(format: &[u8]) -> bool {
    format.is_empty() || matches!(format[0], b':' | b';')
}

fn find(kwargs: Option<&Object>, name: &[u8]) -> Result<Option<Owned>> {
    match kwargs {
        Some(kwargs) => dict::get(kwargs, &*unicode::intern::intern_utf8(name)?),
        None => Ok(None),
    }
}

/// The error for keywords that no parameter took.
#[cold]
fn unexpected(kwargs: Option<&Object>, names: &Names, given: usize, call: &str) -> Result<Raised> {
    for i in names.positional_only..given.min(names.len) {
        if find(kwargs, names.bytes(i))?.is_some() {
            let name = names.text(i);
            return Ok(raise!(TypeError, "argument for {call} given by name ('{name}') and position ({})", i + 1));
        }
    }
    let mut position = 0;
    while let Some((key, _)) = kwargs.and_then(|kwargs| dict::next(kwargs, &mut position)) {
        if !unicode::check(key) {
            return Ok(raise!(TypeError, "keywords must be strings"));
        }
        let known: Vec<_> = (names.positional_only..names.len).map(|i| names.text(i)).collect();
        if !known.iter().any(|name| unicode::equal_str(key, name)) {
            return Ok(unexpected_keyword(call, key, known.iter().map(|name| &**name)));
        }
    }
    Ok(invalid_keyword(call))
}
