//! `functools._lru_cache_wrapper`: a function that remembers its results.

use super::functools_partial::partial_get;
use super::native::{Slots, doc, getset, make, methods, new, noargs, one, refs, tp_call, value};
use crate::abi::*;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::types::{dict, long, none, tuple, unicode};

pub(super) struct Lru {
    function: Option<Owned>,
    /// In the order of use: the last used comes last.
    cache: Option<Owned>,
    info: Option<Owned>,
    /// `None` does not limit.
    maxsize: Option<usize>,
    typed: bool,
    hits: usize,
    misses: usize,
}

refs!(Lru, function, cache, info);

static LRU_METHODS: [PyMethodDef; 6] = [
    PyMethodDef::noargs(
        c"cache_info",
        noargs!(cache_info),
        c"cache_info($self, /)\n--\n\nHow often a result was there and was not, and how many there are and may be.",
    ),
    PyMethodDef::noargs(
        c"cache_clear",
        noargs!(cache_clear),
        c"cache_clear($self, /)\n--\n\nForget all results and counts.",
    ),
    PyMethodDef::noargs(c"__reduce__", noargs!(|this: &Object| this.getattr(crate::name!(__qualname__))), c""),
    PyMethodDef::noargs(c"__copy__", noargs!(|this: &Object| Ok(this.to_owned())), c""),
    PyMethodDef::one(c"__deepcopy__", one!(|this: &Object, _memo: &Object| Ok(this.to_owned())), c""),
    PyMethodDef::END,
];

static LRU_GETSET: [PyGetSetDef; 2] = [
    PyGetSetDef::new(
        c"__dict__",
        Some(crate::object::slots::PyObject_GenericGetDict),
        Some(crate::object::slots::PyObject_GenericSetDict),
        std::ptr::null(),
    ),
    PyGetSetDef::END,
];

pub(super) static LRU_SLOTS: Slots = Slots(&[
    methods(&LRU_METHODS),
    getset(&LRU_GETSET),
    (Py_tp_new, new!(new_lru)),
    (Py_tp_call, tp_call!(call_lru)),
    (Py_tp_descr_get, partial_get as *mut c_void),
    doc(c"A function that remembers what another one returned."),
]);

const LRU: Signature<4> =
    Signature::new("lru_cache", ["user_function", "maxsize", "typed", "cache_info_type"]).required(4);

fn new_lru(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let [function, maxsize, typed, info] = LRU.bind(args, kwargs)?;
    let (Some(function), Some(maxsize), Some(typed), Some(info)) = (function, maxsize, typed, info) else {
        return Err(error::bad_argument());
    };
    if !function.is_callable() {
        return Err(raise!(TypeError, "the first argument must be callable"));
    }
    let maxsize = if maxsize.is_none() {
        None
    } else if crate::object::number::is_index(maxsize) {
        Some(crate::object::number::as_ssize(maxsize, None)?.max(0) as usize)
    } else {
        return Err(raise!(TypeError, "maxsize should be integer or None"));
    };
    make(
        ty,
        Lru {
            function: Some(function.to_owned()),
            cache: Some(dict::new()?),
            info: Some(info.to_owned()),
            maxsize,
            typed: typed.is_true()?,
            hits: 0,
            misses: 0,
        },
    )
}

fn lru<'a>(this: &Object) -> &'a mut Lru {
    // SAFETY: layout; one field is used at a time.
    unsafe { &mut *value::<Lru>(this) }
}

/// One object for a call's arguments, and with `typed` their types.
fn call_key_of(args: &Object, kwargs: Option<&Object>, typed: bool) -> Result<Owned> {
    let kwargs = kwargs.filter(|kwargs| dict::len(kwargs) > 0);
    let items = tuple::items(args);
    if !typed
        && kwargs.is_none()
        && let &[one] = items
        && (unicode::check_exact(one) || long::check_exact(one))
    {
        return Ok(one.to_owned());
    }
    let mut key: Vec<Owned> = items.iter().copied().map(Object::to_owned).collect();
    if let Some(kwargs) = kwargs {
        key.push(none::ellipsis_ref().to_owned());
        for (name, value) in dict::entries(kwargs) {
            key.push(name);
            key.push(value);
        }
    }
    if typed {
        key.extend(items.iter().map(|item| item.type_object().to_owned()));
        for (_, value) in kwargs.into_iter().flat_map(dict::entries) {
            key.push(value.type_object().to_owned());
        }
    }
    tuple::from_owned(key)
}

fn call_lru(this: &Object, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let (Some(function), Some(cache)) = (lru(this).function.clone(), lru(this).cache.clone()) else {
        return Err(raise!(SystemError, "lru_cache was cleared"));
    };
    if lru(this).maxsize == Some(0) {
        lru(this).misses += 1;
        return function.call_tuple(args, kwargs);
    }
    let key = call_key_of(args, kwargs, lru(this).typed)?;
    let hash = key.hash()?;
    if let Some(result) = dict::get_hashed(&cache, &key, hash)? {
        lru(this).hits += 1;
        if lru(this).maxsize.is_some() {
            dict::move_to_end(&cache, &key, hash, true)?;
        }
        return Ok(result);
    }
    lru(this).misses += 1;
    let result = function.call_tuple(args, kwargs)?;
    if let Some(maxsize) = lru(this).maxsize
        && dict::len(&cache) as usize >= maxsize
        && dict::get_hashed(&cache, &key, hash)?.is_none()
    {
        let mut first = 0;
        if let Some(oldest) = dict::next(&cache, &mut first).map(|(key, _)| key.to_owned()) {
            dict::pop(&cache, &oldest)?;
        }
    }
    dict::set_hashed(&cache, &key, hash, &result)?;
    Ok(result)
}

fn cache_info(this: &Object) -> Result<Owned> {
    let (Some(info), Some(cache)) = (lru(this).info.clone(), lru(this).cache.clone()) else {
        return Err(raise!(SystemError, "lru_cache was cleared"));
    };
    let number = |n: usize| long::from_u64(n as u64);
    let maxsize = match lru(this).maxsize {
        Some(maxsize) => number(maxsize)?,
        None => none::none(),
    };
    info.call(&[
        &*number(lru(this).hits)?,
        &*number(lru(this).misses)?,
        &maxsize,
        &*number(dict::len(&cache) as usize)?,
    ])
}

fn cache_clear(this: &Object) -> Result<()> {
    lru(this).hits = 0;
    lru(this).misses = 0;
    if let Some(cache) = lru(this).cache.clone() {
        dict::clear(&cache);
    }
    Ok(())
}
