//! `_functools`, and `functools` with `partial`, `reduce`, `cmp_to_key` and `lru_cache`. Left out of `functools` are
//! the decorators about functions written in Python (`wraps`, `singledispatch`, `total_ordering`, `cached_property`).

use super::native::{
    self, Arguments, BASE, INTERNAL, PLAIN, Slots, call, class, compare, described, doc, fast, get, getset, make,
    methods, module, new, noargs, one, publish, refs, state, state_of, stateful, tp_call, unary, value,
};
use super::set;
use crate::abi::*;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::types::unicode::Writer;
use crate::types::{boolobject, dict, exceptions, genericalias, long, none, tuple, typeobject, unicode};

struct State {
    placeholder: Option<Owned>,
    partial: Option<Owned>,
    key: Option<Owned>,
    lru_cache: Option<Owned>,
}

refs!(State, placeholder, partial, key, lru_cache);

static METHODS: [PyMethodDef; 3] = [
    PyMethodDef::fast_keywords(
        c"cmp_to_key",
        call!(cmp_to_key),
        c"cmp_to_key($module, /, mycmp)\n--\n\nA key function for sorting, from a comparison function.",
    ),
    PyMethodDef::fast_keywords(
        c"reduce",
        call!(reduce),
        c"reduce($module, function, iterable, /, initial=<unrepresentable>)\n--\n\nApply a function of two arguments to the items, from left to right, to one value.",
    ),
    PyMethodDef::END,
];

module!(stateful::<State>(described(c"_functools", c"Functions that work on functions.", &METHODS)), exec);

fn exec(module: &Object) -> Result<()> {
    let state = state::<State>(module);
    let placeholder =
        publish(module, class::<()>(module, c"functools._PlaceholderType", INTERNAL, &PLACEHOLDER_SLOTS)?)?;
    let placeholder = make(placeholder.cast(), ())?;
    set(module, "Placeholder", &placeholder)?;
    state.placeholder = Some(placeholder);
    let partial = class::<Partial>(module, c"functools.partial", BASE.weak().with_dict(), &PARTIAL_SLOTS)?;
    state.partial = Some(publish(module, partial)?);
    state.key = Some(class::<Key>(module, c"functools.KeyWrapper", PLAIN, &KEY_SLOTS)?);
    let kind = BASE.weak().with_dict().with(Py_TPFLAGS_METHOD_DESCRIPTOR);
    let lru = class::<Lru>(module, c"functools._lru_cache_wrapper", kind, &LRU_SLOTS)?;
    state.lru_cache = Some(publish(module, lru)?);
    Ok(())
}

static PLACEHOLDER_SLOTS: Slots = Slots(&[
    (Py_tp_repr, unary!(|_this: &Object| unicode::from_str("Placeholder"))),
    doc(c"The type of the Placeholder singleton.\n\nUsed as a placeholder for partial arguments."),
]);

const REDUCE: Signature<3> = Signature::new("reduce", ["", "", "initial"]).required(2);

fn reduce(_: &Object, args: Arguments) -> Result<Owned> {
    let [function, iterable, initial] = args.bind(&REDUCE)?;
    let (Some(function), Some(iterable)) = (function, iterable) else { return Err(error::bad_argument()) };
    let iter = match iterable.iter() {
        Ok(iter) => iter,
        Err(raised) => {
            error::ignore(raised, &raw mut exceptions::TypeError)?;
            return Err(raise!(TypeError, "reduce() arg 2 must support iteration"));
        }
    };
    let mut result = initial.map(Object::to_owned);
    while let Some(item) = iter.next()? {
        result = Some(match result {
            None => item,
            Some(so_far) => function.call(&[&so_far, &item])?,
        });
    }
    result.ok_or_else(|| raise!(TypeError, "reduce() of empty iterable with no initial value"))
}

// cmp_to_key.

struct Key {
    cmp: Option<Owned>,
    object: Option<Owned>,
}

refs!(Key, cmp, object);

static KEY_GETSET: [PyGetSetDef; 2] = [
    PyGetSetDef::new(
        c"obj",
        get!(|this: &Object| Ok(key_parts(this).1)),
        native::put!(put_key_object),
        c"Value wrapped by a key function.".as_ptr(),
    ),
    PyGetSetDef::END,
];

static KEY_SLOTS: Slots =
    Slots(&[getset(&KEY_GETSET), (Py_tp_call, tp_call!(call_key)), (Py_tp_richcompare, compare!(compare_keys))]);

fn key_parts(this: &Object) -> (Option<Owned>, Option<Owned>) {
    // SAFETY: layout.
    unsafe { ((*value::<Key>(this)).cmp.clone(), (*value::<Key>(this)).object.clone()) }
}

fn put_key_object(this: &Object, object: Option<&Object>) -> Result<()> {
    // SAFETY: layout.
    let old = unsafe { std::mem::replace(&mut (*value::<Key>(this)).object, object.map(Object::to_owned)) };
    drop(old);
    Ok(())
}

const CMP_TO_KEY: Signature<1> = Signature::new("cmp_to_key", ["mycmp"]).required(1);

fn cmp_to_key(module: &Object, args: Arguments) -> Result<Owned> {
    let cmp = args.bind(&CMP_TO_KEY)?[0].map(Object::to_owned);
    match state::<State>(module).key.clone() {
        Some(class) => make(class.cast(), Key { cmp, object: None }),
        None => Err(raise!(SystemError, "_functools was cleared")),
    }
}

const K: Signature<1> = Signature::new("K", ["obj"]).required(1);

fn call_key(this: &Object, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let object = K.bind(args, kwargs)?[0].map(Object::to_owned);
    make(this.ty(), Key { cmp: key_parts(this).0, object })
}

fn compare_keys(this: &Object, other: &Object, op: c_int) -> Result<Owned> {
    if other.ty() != this.ty() {
        return Err(raise!(TypeError, "other argument must be K instance"));
    }
    let ((Some(cmp), Some(x)), (_, Some(y))) = (key_parts(this), key_parts(other)) else {
        return Err(raise!(AttributeError, "object"));
    };
    let order = cmp.call(&[&x, &y])?;
    order.compare(long::zero(), op)
}

// partial.

struct Partial {
    function: Option<Owned>,
    args: Option<Owned>,
    keywords: Option<Owned>,
    placeholders: usize,
}

refs!(Partial, function, args, keywords);

struct PartialParts {
    function: Owned,
    args: Owned,
    keywords: Owned,
    placeholders: usize,
}

fn partial_parts(this: &Object) -> Result<PartialParts> {
    // SAFETY: layout.
    let partial = unsafe { &*value::<Partial>(this) };
    match (&partial.function, &partial.args, &partial.keywords) {
        (Some(function), Some(args), Some(keywords)) => Ok(PartialParts {
            function: function.clone(),
            args: args.clone(),
            keywords: keywords.clone(),
            placeholders: partial.placeholders,
        }),
        _ => Err(raise!(SystemError, "partial was cleared")),
    }
}

static PARTIAL_METHODS: [PyMethodDef; 4] = [
    PyMethodDef::noargs(c"__reduce__", noargs!(partial_reduce), c""),
    PyMethodDef::one(c"__setstate__", one!(partial_setstate), c""),
    PyMethodDef::one(c"__class_getitem__", one!(class_getitem), c"See PEP 585").with(METH_CLASS),
    PyMethodDef::END,
];

static PARTIAL_GETSET: [PyGetSetDef; 5] = [
    PyGetSetDef::new(
        c"func",
        get!(|this: &Object| Ok(partial_parts(this)?.function)),
        None,
        c"function object to use in future partial calls".as_ptr(),
    ),
    PyGetSetDef::new(
        c"args",
        get!(|this: &Object| Ok(partial_parts(this)?.args)),
        None,
        c"tuple of arguments to future partial calls".as_ptr(),
    ),
    PyGetSetDef::new(
        c"keywords",
        get!(|this: &Object| Ok(partial_parts(this)?.keywords)),
        None,
        c"dictionary of keyword arguments to future partial calls".as_ptr(),
    ),
    PyGetSetDef::new(
        c"__dict__",
        Some(crate::object::slots::PyObject_GenericGetDict),
        Some(crate::object::slots::PyObject_GenericSetDict),
        std::ptr::null(),
    ),
    PyGetSetDef::END,
];

static PARTIAL_SLOTS: Slots = Slots(&[
    methods(&PARTIAL_METHODS),
    getset(&PARTIAL_GETSET),
    (Py_tp_new, new!(new_partial)),
    (Py_tp_call, tp_call!(call_partial)),
    (Py_tp_repr, unary!(partial_repr)),
    (Py_tp_descr_get, partial_get as *mut c_void),
    doc(c"partial(func, /, *args, **keywords)\n--\n\nA function with some of its arguments given already."),
]);

fn class_getitem(class: &Object, args: &Object) -> Result<Owned> {
    genericalias::new(class, args)
}

fn new_partial(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let state: &State = state_of(ty, &raw mut DEF)?;
    let Some((function, given)) = tuple::items(args).split_first() else {
        return Err(raise!(TypeError, "type 'partial' takes at least one argument"));
    };
    if !function.is_callable() {
        return Err(raise!(TypeError, "the first argument must be callable"));
    }
    let is_placeholder = |o: &Object| state.placeholder.as_ref().is_some_and(|p| p.is(o));
    if given.last().is_some_and(|last| is_placeholder(last)) {
        return Err(raise!(TypeError, "trailing Placeholders are not allowed"));
    }
    let keywords = dict::new()?;
    let mut function = Object::to_owned(function);
    let mut all: Vec<Owned> = given.iter().copied().map(Object::to_owned).collect();
    // A partial of a partial becomes one.
    let inner_is_partial = state.partial.as_ref().is_some_and(|class| function.is_a(class.cast()));
    if inner_is_partial && crate::object::attr::instance_dict(&function).is_none() {
        let inner = partial_parts(&function)?;
        let mut merged: Vec<Owned> = tuple::items(&inner.args).iter().copied().map(Object::to_owned).collect();
        let mut rest = all.into_iter();
        for place in merged.iter_mut().filter(|item| is_placeholder(item)) {
            match rest.next() {
                Some(value) => *place = value,
                None => break,
            }
        }
        merged.extend(rest);
        all = merged;
        dict::merge(&keywords, &inner.keywords, true)?;
        function = inner.function;
    }
    if let Some(kwargs) = kwargs {
        for (_, value) in dict::entries(kwargs) {
            if is_placeholder(&value) {
                return Err(raise!(TypeError, "Placeholder cannot be passed as a keyword argument"));
            }
        }
        dict::merge(&keywords, kwargs, true)?;
    }
    let placeholders = all.iter().filter(|item| is_placeholder(item)).count();
    make(
        ty,
        Partial {
            function: Some(function),
            args: Some(tuple::from_owned(all)?),
            keywords: Some(keywords),
            placeholders,
        },
    )
}

fn call_partial(this: &Object, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let parts = partial_parts(this)?;
    let given = tuple::items(args);
    if given.len() < parts.placeholders {
        return Err(raise!(
            TypeError,
            "missing positional arguments in 'partial' call; expected at least {}, got {}",
            parts.placeholders,
            given.len()
        ));
    }
    let mut all: Vec<&Object> = tuple::items(&parts.args).to_vec();
    let mut rest = given.iter().copied();
    if parts.placeholders > 0 {
        let state: &State = state_of(this.ty(), &raw mut DEF)?;
        for place in all.iter_mut() {
            if state.placeholder.as_ref().is_some_and(|p| p.is(place))
                && let Some(value) = rest.next()
            {
                *place = value;
            }
        }
    }
    all.extend(rest);
    let merged;
    let keywords = match kwargs {
        Some(kwargs) if dict::len(kwargs) > 0 => {
            merged = dict::copy(&parts.keywords)?;
            dict::merge(&merged, kwargs, true)?;
            Some(&*merged)
        }
        _ => Some(&*parts.keywords).filter(|keywords| dict::len(keywords) > 0),
    };
    parts.function.call_dict(&all, keywords)
}

fn partial_repr(this: &Object) -> Result<Owned> {
    if crate::object::repr::enter(this)? {
        return unicode::from_str("...");
    }
    let write = || -> Result<Owned> {
        let parts = partial_parts(this)?;
        let mut writer = Writer::new();
        let name = typeobject::fully_qualified_name(this.ty())?;
        writer.push_object(&name)?;
        writer.push_str("(")?;
        writer.push_repr(&parts.function)?;
        for arg in tuple::items(&parts.args) {
            writer.push_str(", ")?;
            writer.push_repr(arg)?;
        }
        for (key, value) in dict::entries(&parts.keywords) {
            writer.push_str(", ")?;
            writer.push_object(&*key.str()?)?;
            writer.push_str("=")?;
            writer.push_repr(&value)?;
        }
        writer.push_str(")")?;
        writer.finish()
    };
    let result = write();
    crate::object::repr::leave(this);
    result
}

/// As a method: the instance comes behind the arguments that are there.
unsafe extern "C" fn partial_get(this: *mut PyObject, o: *mut PyObject, _ty: *mut PyObject) -> *mut PyObject {
    crate::object::api(|| {
        // SAFETY: slot.
        let (this, o) = unsafe { (Object::from_ptr(this), Object::optional(o)) };
        match o {
            Some(o) if !o.is_none() => crate::types::classobject::new(this, o),
            _ => Ok(this.to_owned()),
        }
    })
}

fn partial_reduce(this: &Object) -> Result<Owned> {
    let parts = partial_parts(this)?;
    let dict = crate::object::attr::instance_dict(this).unwrap_or_else(none::none);
    let state = tuple::from_slice(&[&parts.function, &parts.args, &parts.keywords, &dict])?;
    tuple::from_slice(&[this.type_object(), &*tuple::from_slice(&[&parts.function])?, &state])
}

fn partial_setstate(this: &Object, saved: &Object) -> Result<()> {
    let invalid = || raise!(TypeError, "invalid partial state");
    let &[function, args, keywords, own] = (if tuple::check(saved) { tuple::items(saved) } else { &[] }) else {
        return Err(invalid());
    };
    if !function.is_callable() || !tuple::check(args) || !(keywords.is_none() || dict::check(keywords)) {
        return Err(invalid());
    }
    let state: &State = state_of(this.ty(), &raw mut DEF)?;
    let is_placeholder = |o: &Object| state.placeholder.as_ref().is_some_and(|p| p.is(o));
    if tuple::items(args).last().is_some_and(|last| is_placeholder(last)) {
        return Err(raise!(TypeError, "trailing Placeholders are not allowed"));
    }
    let new = Partial {
        function: Some(function.to_owned()),
        args: Some(sequence_exact(args)?),
        keywords: Some(if keywords.is_none() { dict::new()? } else { dict::copy(keywords)? }),
        placeholders: tuple::items(args).iter().filter(|o| is_placeholder(o)).count(),
    };
    if !own.is_none() {
        crate::object::attr::set_generic_dict(this, Some(own))?;
    }
    // SAFETY: layout.
    drop(unsafe { std::mem::replace(&mut *value::<Partial>(this), new) });
    Ok(())
}

fn sequence_exact(args: &Object) -> Result<Owned> {
    if tuple::check_exact(args) { Ok(args.to_owned()) } else { tuple::from_slice(tuple::items(args)) }
}

// lru_cache.

struct Lru {
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
    PyMethodDef::noargs(c"cache_info", noargs!(cache_info), c"cache_info($self, /)\n--\n\nReport cache statistics"),
    PyMethodDef::noargs(
        c"cache_clear",
        noargs!(cache_clear),
        c"cache_clear($self, /)\n--\n\nClear the cache and cache statistics",
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

static LRU_SLOTS: Slots = Slots(&[
    methods(&LRU_METHODS),
    getset(&LRU_GETSET),
    (Py_tp_new, new!(new_lru)),
    (Py_tp_call, tp_call!(call_lru)),
    (Py_tp_descr_get, partial_get as *mut c_void),
    doc(c"Create a cached callable that wraps another function."),
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

/// The module `functools`.
pub mod python {
    use super::*;
    use crate::types::cfunction;

    static METHODS: [PyMethodDef; 3] = [
        PyMethodDef::fast_keywords(
            c"lru_cache",
            call!(lru_cache),
            c"lru_cache($module, /, maxsize=128, typed=False)\n--\n\nA decorator that keeps the results of a function.",
        ),
        PyMethodDef::one(
            c"cache",
            one!(|_module: &Object, function: &Object| wrap(function, none::none_ref(), &boolobject::from_bool(false))),
            c"cache($module, user_function, /)\n--\n\nKeep all results of a function.",
        ),
        PyMethodDef::END,
    ];

    module!(described(c"functools", c"Functions that work on functions.", &METHODS), exec);

    fn exec(module: &Object) -> Result<()> {
        native::take_from(module, "_functools").map(drop)
    }

    const LRU_CACHE: Signature<2> = Signature::new("lru_cache", ["maxsize", "typed"]);

    static DECORATE: PyMethodDef = PyMethodDef::one(c"decorating_function", one!(decorate), c"");

    fn lru_cache(_module: &Object, args: Arguments) -> Result<Owned> {
        let [maxsize, typed] = args.bind(&LRU_CACHE)?;
        let typed = boolobject::from_bool(typed.map_or(Ok(false), Object::is_true)?);
        let default = long::from_i64(128)?;
        match maxsize {
            Some(function) if function.is_callable() => wrap(function, &default, &typed),
            Some(wrong) if !wrong.is_none() && !long::check(wrong) => {
                Err(raise!(TypeError, "Expected first argument to be an integer, a callable, or None"))
            }
            maxsize => {
                let settings = tuple::from_slice(&[maxsize.unwrap_or(&default), &typed])?;
                cfunction::new((&raw const DECORATE).cast_mut(), Some(&settings), None, std::ptr::null_mut())
            }
        }
    }

    fn decorate(settings: &Object, function: &Object) -> Result<Owned> {
        let &[maxsize, typed] = tuple::items(settings) else { return Err(error::bad_argument()) };
        wrap(function, maxsize, typed)
    }

    fn wrap(function: &Object, maxsize: &Object, typed: &Object) -> Result<Owned> {
        let native = crate::import::import(&*unicode::from_str("_functools")?)?;
        let class = native.getattr(&*unicode::from_str("_lru_cache_wrapper")?)?;
        // The figures are a plain tuple: (hits, misses, maxsize, currsize).
        let info = cfunction::new((&raw const INFO).cast_mut(), None, None, std::ptr::null_mut())?;
        let wrapper = class.call(&[function, maxsize, typed, &info])?;
        for name in ["__module__", "__name__", "__qualname__", "__doc__"] {
            let name = unicode::intern_str(name)?;
            if let Some(value) = function.getattr_optional(&name)? {
                wrapper.setattr(&name, &value)?;
            }
        }
        wrapper.setattr(crate::name!(__wrapped__), function)?;
        Ok(wrapper)
    }

    static INFO: PyMethodDef =
        PyMethodDef::fast(c"CacheInfo", fast!(|_: &Object, args: &[&Object]| tuple::from_slice(args)), c"");
}
