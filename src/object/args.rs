//! Arguments of builtin functions and constructors: binding positional and keyword arguments to parameters, with the
//! messages of CPython's argument clinic. (`PyArg_ParseTuple` and its family are `modsupport`.)

use super::{Object, Result, error};
use crate::abi::*;
use crate::raise;
use crate::types::{dict, tuple, unicode};

/// The parameters of a function: `SIGNATURE.bind(args, kwargs)?` gives one `Option<&Object>` each.
///
/// ```ignore
/// // module(name, doc=None)
/// const NEW: Signature<2> = Signature::new("module", ["name", "doc"]).required(1);
/// // sorted(iterable, /, *, key=None, reverse=False)
/// const SORTED: Signature<3> = Signature::new("sorted", ["", "key", "reverse"]).required(1).positional(1);
/// ```
pub struct Signature<const N: usize> {
    function: &'static str,
    /// The parameters' names; positional-only ones, which come first, are empty.
    names: [&'static str; N],
    required: usize,
    positional: usize,
    /// How many of the parameters behind the positional ones must be there: they come first among them.
    required_keywords: usize,
    /// CPython has the function in Python: its messages, and how many arguments a call of it has besides these.
    python: Option<usize>,
}

/// What a call may bring: positional arguments, and keyword arguments in one of two forms.
#[derive(Clone, Copy)]
enum Keywords<'a> {
    None,
    Dict(&'a Object),
    /// Names, and the values that stand behind the positional arguments.
    Fast(&'a Object, &'a [&'a Object]),
}

impl<const N: usize> Signature<N> {
    /// All parameters optional, by position or by name.
    pub const fn new(function: &'static str, names: [&'static str; N]) -> Signature<N> {
        Signature { function, names, required: 0, positional: N, required_keywords: 0, python: None }
    }

    /// As [`Signature::new`] for what CPython has in Python, by its qualified name; `bound` is 1 for a method.
    pub const fn python(function: &'static str, names: [&'static str; N], bound: usize) -> Signature<N> {
        Signature { python: Some(bound), ..Signature::new(function, names) }
    }

    /// The first `n` must be there.
    pub const fn required(mut self, n: usize) -> Signature<N> {
        self.required = n;
        self
    }

    /// Only the first `n` may be given by position.
    pub const fn positional(mut self, n: usize) -> Signature<N> {
        self.positional = n;
        self
    }

    /// Binds a tuple and a dict (`tp_new`, `tp_init`, `METH_VARARGS | METH_KEYWORDS`).
    pub fn bind<'a>(&self, args: &'a Object, kwargs: Option<&'a Object>) -> Result<[Option<&'a Object>; N]> {
        let keywords = match kwargs {
            Some(kwargs) if dict::len(kwargs) != 0 => Keywords::Dict(kwargs),
            _ => Keywords::None,
        };
        self.bind_all(tuple::items(args), keywords)
    }

    /// Binds an array (`METH_FASTCALL | METH_KEYWORDS`, vectorcall without its flag bits).
    ///
    /// # Safety
    /// `args` has `nargs` live objects and behind them as many as the tuple `kwnames`, if it is not NULL, has names.
    pub unsafe fn bind_fast<'a>(
        &self,
        args: *const *mut PyObject,
        nargs: isize,
        kwnames: *mut PyObject,
    ) -> Result<[Option<&'a Object>; N]> {
        // SAFETY: the caller's word; `&Object` is one pointer.
        unsafe {
            let nargs = nargs as usize;
            match Object::optional(kwnames) {
                Some(names) if !tuple::items(names).is_empty() => {
                    let n = tuple::items(names).len();
                    let all = std::slice::from_raw_parts(args.cast::<&'a Object>(), nargs + n);
                    self.bind_all(&all[..nargs], Keywords::Fast(names, &all[nargs..]))
                }
                _ if nargs == 0 => self.bind_all(&[], Keywords::None),
                _ => self.bind_all(std::slice::from_raw_parts(args.cast::<&'a Object>(), nargs), Keywords::None),
            }
        }
    }

    #[inline]
    fn bind_all<'a>(&self, args: &[&'a Object], keywords: Keywords<'a>) -> Result<[Option<&'a Object>; N]> {
        let mut bound = [None; N];
        if matches!(keywords, Keywords::None)
            && args.len() <= self.positional
            && args.len() >= self.required
            && self.required_keywords == 0
        {
            for (place, arg) in bound.iter_mut().zip(args) {
                *place = Some(*arg);
            }
            return Ok(bound);
        }
        if let Some(implied) = self.python {
            return self.bind_python(args, keywords, implied);
        }
        self.check_counts(args.len(), keywords.len())?;
        for (place, arg) in bound.iter_mut().zip(args) {
            *place = Some(*arg);
        }
        let mut used = 0;
        let needed =
            |i: usize| i < self.required || (i >= self.positional && i < self.positional + self.required_keywords);
        for i in args.len()..N {
            let name = self.names[i];
            if !name.is_empty() && used < keywords.len() {
                bound[i] = keywords.get(name)?;
                used += bound[i].is_some() as usize;
            }
            if bound[i].is_none() && needed(i) {
                return Err(raise!(TypeError, "{} missing required argument '{name}' (pos {})", self.call(), i + 1));
            }
        }
        if used < keywords.len() {
            return Err(self.bad_keyword(args.len(), keywords));
        }
        Ok(bound)
    }

    /// As a function written in Python binds its arguments: keywords first, then what is too much, then what is
    /// missing.
    fn bind_python<'a>(
        &self,
        args: &[&'a Object],
        keywords: Keywords<'a>,
        implied: usize,
    ) -> Result<[Option<&'a Object>; N]> {
        let call = self.call();
        let mut bound = [None; N];
        for (place, arg) in bound.iter_mut().zip(args.iter().take(self.positional)) {
            *place = Some(*arg);
        }
        let mut only_by_name = 0;
        for key in keywords.names() {
            if !unicode::check(&key) {
                return Err(raise!(TypeError, "{call} keywords must be strings"));
            }
            let Some((i, name)) = self.names.iter().enumerate().find(|(_, name)| unicode::equal_str(&key, name)) else {
                return Err(unexpected_keyword(&call, &key, self.names.iter().copied()));
            };
            if bound[i].is_some() {
                return Err(raise!(TypeError, "{call} got multiple values for argument '{name}'"));
            }
            bound[i] = keywords.get(name)?;
            only_by_name += usize::from(i >= self.positional);
        }
        let s = |n: usize| if n == 1 { "" } else { "s" };
        if args.len() > self.positional {
            let (least, most, given) = (self.required + implied, self.positional + implied, args.len() + implied);
            let takes = match least == most {
                true => format!("{most} positional argument{}", s(most)),
                false => format!("from {least} to {most} positional arguments"),
            };
            let given = match only_by_name {
                0 => format!("{given} {}", if given == 1 { "was" } else { "were" }),
                n => format!("{given} positional argument{} (and {n} keyword-only argument{}) were", s(given), s(n)),
            };
            return Err(raise!(TypeError, "{call} takes {takes} but {given} given"));
        }
        let missing: Vec<String> =
            (0..self.required).filter(|&i| bound[i].is_none()).map(|i| format!("'{}'", self.names[i])).collect();
        let names = match &missing[..] {
            [] => return Ok(bound),
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [first @ .., last] => format!("{}, and {last}", first.join(", ")),
        };
        let n = missing.len();
        Err(raise!(TypeError, "{call} missing {n} required positional argument{}: {names}", s(n)))
    }

    fn call(&self) -> String {
        if self.function.is_empty() { "function".into() } else { format!("{}()", self.function) }
    }

    #[cold]
    fn check_counts(&self, positional: usize, keywords: usize) -> Result<()> {
        let call = self.call();
        let s = |n: usize| if n == 1 { "" } else { "s" };
        let given = positional + keywords;
        if given > N {
            let kind = if positional == 0 { "keyword " } else { "" };
            return Err(raise!(TypeError, "{call} takes at most {N} {kind}argument{} ({given} given)", s(N)));
        }
        if positional > self.positional {
            let max = self.positional;
            if max == 0 {
                return Err(raise!(TypeError, "{call} takes no positional arguments"));
            }
            let word = if self.required < max { "at most" } else { "exactly" };
            return Err(raise!(
                TypeError,
                "{call} takes {word} {max} positional argument{} ({positional} given)",
                s(max)
            ));
        }
        let only = self.names.iter().take_while(|name| name.is_empty()).count().min(self.required);
        if positional < only {
            let word = if only < self.positional { "at least" } else { "exactly" };
            return Err(raise!(
                TypeError,
                "{call} takes {word} {only} positional argument{} ({positional} given)",
                s(only)
            ));
        }
        Ok(())
    }

    /// A keyword that fits no parameter, or one that is bound already.
    #[cold]
    fn bad_keyword(&self, positional: usize, keywords: Keywords) -> super::Raised {
        let call = self.call();
        for (i, name) in self.names.iter().enumerate().take(positional) {
            match keywords.get(name) {
                Ok(Some(_)) if !name.is_empty() => {
                    return raise!(TypeError, "argument for {call} given by name ('{name}') and position ({})", i + 1);
                }
                Err(raised) => return raised,
                _ => {}
            }
        }
        for key in keywords.names() {
            if !unicode::check(&key) {
                return raise!(TypeError, "keywords must be strings");
            }
            if !self.names.iter().any(|name| !name.is_empty() && unicode::equal_str(&key, name)) {
                return unexpected_keyword(&call, &key, self.names.iter().copied());
            }
        }
        raise!(SystemError, "invalid keyword arguments of {call}")
    }
}

impl<'a> Keywords<'a> {
    fn len(&self) -> usize {
        match self {
            Keywords::None => 0,
            Keywords::Dict(dict) => dict::len(dict) as usize,
            Keywords::Fast(names, _) => tuple::items(names).len(),
        }
    }

    /// The value of a keyword; borrowed, as the caller's arguments are.
    fn get(&self, name: &str) -> Result<Option<&'a Object>> {
        Ok(match self {
            Keywords::None => None,
            Keywords::Dict(dict) => dict::get_str(dict, name)?
                // SAFETY: the dict keeps the value alive while the call's arguments live.
                .map(|value| unsafe { Object::from_ptr(value.as_ptr()) }),
            Keywords::Fast(names, values) => tuple::items(names)
                .iter()
                .position(|key| unicode::check(key) && unicode::equal_str(key, name))
                .map(|i| values[i]),
        })
    }

    fn names(&self) -> Vec<super::Owned> {
        match self {
            Keywords::None => Vec::new(),
            Keywords::Dict(dict) => {
                let mut position = 0;
                let mut names = Vec::new();
                while let Some((key, _)) = dict::next(dict, &mut position) {
                    names.push(key.to_owned());
                }
                names
            }
            Keywords::Fast(names, _) => tuple::items(names).iter().copied().map(Object::to_owned).collect(),
        }
    }
}

/// CPython says "function", but "this function" of keywords that it does not know.
fn this(call: &str) -> &str {
    if call == "function" { "this function" } else { call }
}

/// "invalid keyword argument for f()": a key that no parameter took, though it has the text of one's name.
#[cold]
pub fn invalid_keyword(call: &str) -> super::Raised {
    raise!(TypeError, "invalid keyword argument for {}", this(call))
}

/// "f() got an unexpected keyword argument 'x'", with the name that may have been meant.
#[cold]
pub fn unexpected_keyword<'a>(
    call: &str,
    name: &Object,
    known: impl ExactSizeIterator<Item = &'a str>,
) -> super::Raised {
    let (call, shown) = (this(call), error::Text(name));
    let near = match unicode::as_str(name) {
        Ok(text) => super::suggestions::nearest(text, known),
        Err(raised) => {
            drop(error::caught(raised));
            None
        }
    };
    match near {
        Some(near) => {
            raise!(TypeError, "{call} got an unexpected keyword argument '{shown}'. Did you mean '{near}'?")
        }
        None => raise!(TypeError, "{call} got an unexpected keyword argument '{shown}'"),
    }
}

/// No keyword arguments: `TypeError` "f() takes no keyword arguments".
pub fn no_keywords(function: &str, kwargs: Option<&Object>) -> Result<()> {
    match kwargs {
        Some(kwargs) if dict::len(kwargs) != 0 => Err(raise!(TypeError, "{function}() takes no keyword arguments")),
        _ => Ok(()),
    }
}

/// Between `min` and `max` positional arguments (`PyArg_UnpackTuple`, `_PyArg_CheckPositional`).
pub fn check_positional(function: &str, n: usize, min: usize, max: usize) -> Result<()> {
    let s = |n: usize| if n == 1 { "" } else { "s" };
    if n < min {
        let word = if min == max { "" } else { "at least " };
        return Err(raise!(TypeError, "{function} expected {word}{min} argument{}, got {n}", s(min)));
    }
    if n > max {
        let word = if min == max { "" } else { "at most " };
        return Err(raise!(TypeError, "{function} expected {word}{max} argument{}, got {n}", s(max)));
    }
    Ok(())
}

/// The argument `name` of a clinic function has the wrong type: "f() argument 'name' must be str, not int".
#[cold]
pub fn bad_argument(function: &str, name: &str, expected: &str, got: &Object) -> super::Raised {
    let got = if got.is_none() { "None" } else { crate::types::typeobject::tp_name(got.ty()) };
    raise!(TypeError, "{function:.200}() {name:.200} must be {expected:.50}, not {got:.50}")
}

/// The arguments of a `METH_FASTCALL` function as a slice.
///
/// # Safety
/// `args` has `n` live objects for as long as `'a`, or `n` is 0.
#[inline(always)]
pub unsafe fn slice<'a>(args: *const *mut PyObject, n: isize) -> &'a [&'a Object] {
    if n == 0 {
        return &[];
    }
    // SAFETY: the caller's word; `&Object` is one pointer that is not NULL.
    unsafe { std::slice::from_raw_parts(args.cast(), n as usize) }
}

/// The arguments of a vectorcall: the positional ones, those with names behind them, and the tuple of names.
///
/// # Safety
/// As a `vectorcallfunc` is called.
#[inline(always)]
pub unsafe fn vectorcall<'a>(
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> (&'a [&'a Object], &'a [&'a Object], Option<&'a Object>) {
    let n = nargsf & !(1 << (usize::BITS - 1));
    // SAFETY: the caller's word.
    unsafe {
        let names = Object::optional(kwnames);
        let named = names.map_or(0, |names| tuple::items(names).len());
        let behind = if named == 0 { args } else { args.add(n) };
        (slice(args, n as isize), slice(behind, named as isize), names)
    }
}

/// The arguments of a vectorcall that takes `min` to `max` of them by position and none by name.
///
/// # Safety
/// As a `vectorcallfunc` is called.
#[inline(always)]
pub unsafe fn positional<'a>(
    function: &str,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
    min: usize,
    max: usize,
) -> Result<&'a [&'a Object]> {
    // SAFETY: the caller's word.
    let (args, _, names) = unsafe { vectorcall(args, nargsf, kwnames) };
    no_kwnames(function, names)?;
    check_positional(function, args.len(), min, max)?;
    Ok(args)
}

/// As [`no_keywords`] for a tuple of names (`_PyArg_NoKwnames`).
#[inline]
pub fn no_kwnames(function: &str, kwnames: Option<&Object>) -> Result<()> {
    match kwnames {
        Some(names) if !tuple::items(names).is_empty() => {
            Err(raise!(TypeError, "{function}() takes no keyword arguments"))
        }
        _ => Ok(()),
    }
}

/// No positional arguments: `TypeError` "f() takes no positional arguments".
pub fn no_positional(function: &str, args: &Object) -> Result<()> {
    if tuple::len(args) == 0 {
        return Ok(());
    }
    Err(raise!(TypeError, "{function}() takes no positional arguments"))
}
