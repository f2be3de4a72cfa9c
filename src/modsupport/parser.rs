//! `_PyArg_Parser`: what argument clinic's functions describe their parameters with, and binding by it.
//!
//! The description is static in the extension and shared by all interpreters that load it, so the tuple of names that
//! it keeps is immortal. It is filled in once, under a lock that is held for that only.

use super::getargs::{Tail, plural};
use crate::abi::*;
use crate::mem::refcount;
use crate::object::args::{invalid_keyword, unexpected_keyword};
use crate::object::{Object, Owned, Raised, Result, error};
use crate::raise;
use crate::types::{dict, tuple, unicode};
use parking_lot::Mutex;
use std::ffi::CStr;
use std::sync::atomic::{AtomicU8, Ordering};

static FILLING: Mutex<()> = Mutex::new(());
/// `once` of a description that is filled in.
const FILLED: u8 = 4;

/// Fills in what the description leaves out: the function's name, the names as a tuple, how many are positional only.
///
/// # Safety
/// `parser` is a description that lives as long as the process.
unsafe fn fill_in(parser: *mut _PyArg_Parser) -> Result<()> {
    // SAFETY: the caller's word.
    unsafe {
        let once = AtomicU8::from_ptr(&raw mut (*parser).once.v);
        if once.load(Ordering::Acquire) == FILLED {
            return Ok(());
        }
        // Made before the lock is taken: making objects may run a collection.
        let names = if (*parser).kwtuple.is_null() { Some(name_tuple((*parser).keywords)?) } else { None };
        let _guard = FILLING.lock();
        if once.load(Ordering::Acquire) == FILLED {
            return Ok(());
        }
        let mut positional_only = 0;
        while !(*(*parser).keywords.add(positional_only)).is_null() && *(*(*parser).keywords.add(positional_only)) == 0
        {
            positional_only += 1;
        }
        (*parser).pos = positional_only as c_int;
        if let Some(names) = names {
            refcount::make_immortal(names.as_ptr());
            (*parser).kwtuple = names.into_raw();
        }
        once.store(FILLED, Ordering::Release);
        Ok(())
    }
}

/// The names that are not empty, interned and immortal.
///
/// # Safety
/// `keywords` is an array of C strings that ends with NULL.
unsafe fn name_tuple(keywords: *const *const c_char) -> Result<Owned> {
    let mut names = Vec::new();
    let mut place = keywords;
    // SAFETY: the caller's word.
    unsafe {
        while !(*place).is_null() {
            let text = CStr::from_ptr(*place).to_bytes();
            if !text.is_empty() {
                let name = unicode::intern::intern_immortal(unicode::from_utf8(text)?);
                refcount::make_immortal(name.as_ptr());
                names.push(name);
            }
            place = place.add(1);
        }
    }
    tuple::from_owned(names)
}

/// "f()", or "function".
///
/// # Safety
/// As [`fill_in`].
unsafe fn call_of(parser: *const _PyArg_Parser) -> String {
    // SAFETY: the caller's word.
    unsafe {
        if !(*parser).fname.is_null() {
            return format!("{:.200}()", CStr::from_ptr((*parser).fname).to_string_lossy());
        }
        if (*parser).format.is_null() {
            "function".into()
        } else {
            Tail::of(CStr::from_ptr((*parser).format).to_bytes()).call()
        }
    }
}

/// The keyword arguments of a call in either form.
struct Given<'a> {
    dict: Option<&'a Object>,
    names: &'a [&'a Object],
    values: &'a [&'a Object],
}

impl<'a> Given<'a> {
    fn len(&self) -> usize {
        self.dict.map_or(self.names.len(), |dict| dict::len(dict) as usize)
    }

    fn get(&self, name: &Object) -> Result<Option<&'a Object>> {
        match self.dict {
            // SAFETY: the caller's dict keeps the value alive.
            Some(dict) => Ok(dict::get(dict, name)?.map(|value| unsafe { Object::from_ptr(value.as_ptr()) })),
            None => Ok(self
                .names
                .iter()
                .position(|given| given.is(name) || (unicode::check(given) && unicode::equal(given, name)))
                .map(|i| self.values[i])),
        }
    }

    fn each_name(&self) -> Vec<Owned> {
        match self.dict {
            Some(dict) => dict::entries(dict).map(|(key, _)| key).collect(),
            None => self.names.iter().copied().map(Object::to_owned).collect(),
        }
    }
}

/// How many arguments of each kind a function takes, as argument clinic says it.
pub struct Limits {
    pub min_positional: usize,
    pub max_positional: usize,
    pub min_keyword: usize,
    /// `*args`: more positional arguments are fine, and are left where they are.
    pub rest: bool,
}

/// `_PyArg_UnpackKeywords`: the arguments in the order of the parameters, NULL where one was left out. What comes back
/// is `args` itself if there is nothing to move, else `buf`.
///
/// # Safety
/// `args` has `nargs` objects and behind them a value for each of `kwnames`; `buf` has room for every parameter;
/// `parser` is as [`fill_in`] wants it.
pub unsafe fn unpack(
    args: *const *mut PyObject,
    nargs: isize,
    kwargs: Option<&Object>,
    kwnames: Option<&Object>,
    parser: *mut _PyArg_Parser,
    limits: &Limits,
    buf: *mut *mut PyObject,
) -> Result<*const *mut PyObject> {
    if kwargs.is_some_and(|kwargs| !dict::check(kwargs)) {
        return Err(error::bad_internal_call());
    }
    // SAFETY: the caller's word; `&Object` is one pointer.
    unsafe {
        let args = if args.is_null() && nargs == 0 { buf.cast_const() } else { args };
        fill_in(parser)?;
        let names = tuple::items(Object::from_ptr((*parser).kwtuple));
        let positional_only = (*parser).pos as usize;
        let (n, len) = (nargs as usize, positional_only + names.len());
        let given_names = kwnames.map_or(&[][..], tuple::items);
        let given = Given {
            dict: kwargs,
            names: given_names,
            values: if given_names.is_empty() {
                &[]
            } else {
                std::slice::from_raw_parts(args.add(n).cast(), given_names.len())
            },
        };
        let mut left = given.len();
        let Limits { min_positional: min, max_positional: max, min_keyword, rest } = *limits;
        if left == 0 && min_keyword == 0 && min <= n && (rest || n <= max) {
            return Ok(args);
        }
        check_counts(parser, n, left, len, limits)?;
        let copied = n.min(max);
        for i in 0..copied {
            *buf.add(i) = *args.add(i);
        }
        let required = if min_keyword > 0 { max + min_keyword } else { min };
        for i in copied.max(positional_only)..len {
            let name = names[i - positional_only];
            let value = if left > 0 { given.get(name)? } else { None };
            *buf.add(i) = value.map_or(std::ptr::null_mut(), Object::as_ptr);
            if value.is_some() {
                left -= 1;
            } else if i < min || (max <= i && i < required) {
                let name = unicode::as_str(name)?;
                return Err(raise!(
                    TypeError,
                    "{} missing required argument '{name}' (pos {})",
                    call_of(parser),
                    i + 1
                ));
            }
        }
        // Positional-only parameters that were left out.
        for i in copied..positional_only {
            *buf.add(i) = std::ptr::null_mut();
        }
        if left > 0 {
            return Err(unexpected(parser, &given, names, positional_only, copied)?);
        }
        Ok(buf)
    }
}

/// # Safety
/// As [`fill_in`].
unsafe fn check_counts(
    parser: *const _PyArg_Parser,
    n: usize,
    keywords: usize,
    len: usize,
    limits: &Limits,
) -> Result<()> {
    let Limits { min_positional: min, max_positional: max, rest, .. } = *limits;
    // SAFETY: the caller's word.
    let call = || unsafe { call_of(parser) };
    if !rest && n + keywords > len {
        let kind = if n == 0 { "keyword " } else { "" };
        let given = n + keywords;
        return Err(raise!(TypeError, "{} takes at most {len} {kind}argument{} ({given} given)", call(), plural(len)));
    }
    if !rest && n > max {
        if max == 0 {
            return Err(raise!(TypeError, "{} takes no positional arguments", call()));
        }
        let word = if min < max { "at most" } else { "exactly" };
        return Err(raise!(TypeError, "{} takes {word} {max} positional argument{} ({n} given)", call(), plural(max)));
    }
    // SAFETY: the caller's word.
    let positional_only = unsafe { (*parser).pos } as usize;
    let least = positional_only.min(min);
    if n < least {
        let word = if rest || least < max { "at least" } else { "exactly" };
        return Err(raise!(
            TypeError,
            "{} takes {word} {least} positional argument{} ({n} given)",
            call(),
            plural(least)
        ));
    }
    Ok(())
}

/// The error for keywords that no parameter took.
///
/// # Safety
/// As [`fill_in`].
#[cold]
unsafe fn unexpected(
    parser: *const _PyArg_Parser,
    given: &Given,
    names: &[&Object],
    positional_only: usize,
    bound: usize,
) -> Result<Raised> {
    // SAFETY: the caller's word.
    let call = unsafe { call_of(parser) };
    for i in positional_only..bound {
        if given.get(names[i - positional_only])?.is_some() {
            let name = unicode::as_str(names[i - positional_only])?;
            return Ok(raise!(TypeError, "argument for {call} given by name ('{name}') and position ({})", i + 1));
        }
    }
    let known = names.iter().map(|name| unicode::as_str(name)).collect::<Result<Vec<_>>>()?;
    for name in given.each_name() {
        if !unicode::check(&name) {
            return Ok(raise!(TypeError, "keywords must be strings"));
        }
        if !known.iter().any(|known| unicode::equal_str(&name, known)) {
            return Ok(unexpected_keyword(&call, &name, known.iter().copied()));
        }
    }
    Ok(invalid_keyword(&call))
}
