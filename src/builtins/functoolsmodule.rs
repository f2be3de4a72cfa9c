//! `_functools`, and `functools` with `partial`, `reduce`, `cmp_to_key` and `lru_cache`; `partial` and the wrapper of
//! `lru_cache` have rooms beside. Left out of `functools` are the decorators about functions written in Python
//! (`wraps`, `singledispatch`, `total_ordering`, `cached_property`).

use super::functools_lru_cache::{LRU_SLOTS, Lru};
use super::functools_partial::{PARTIAL_SLOTS, Partial};
use super::native::{
    self, Arguments, BASE, INTERNAL, PLAIN, Slots, class, compare, described, doc, fast, fast_keywords, get, getset,
    make, methods, module, new, noargs, one, publish, refs, state, stateful, tp_call, unary, value,
};
use super::set;
use crate::abi::*;
use crate::object::args::Signature;
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::types::{boolobject, dict, exceptions, long, none, tuple, unicode};

pub(super) struct State {
    pub(super) placeholder: Option<Owned>,
    pub(super) partial: Option<Owned>,
    key: Option<Owned>,
    lru_cache: Option<Owned>,
}

refs!(State, placeholder, partial, key, lru_cache);

static METHODS: [PyMethodDef; 3] = [
    PyMethodDef::fast_keywords(
        c"cmp_to_key",
        fast_keywords!(cmp_to_key),
        c"cmp_to_key($module, /, mycmp)\n--\n\nA key function for sorting, from a comparison function.",
    ),
    PyMethodDef::fast_keywords(
        c"reduce",
        fast_keywords!(reduce),
        c"reduce($module, function, iterable, /, initial=<unrepresentable>)\n--\n\nApply a function of two arguments \
        to the items, from left to right, to one value.",
    ),
    PyMethodDef::END,
];

module!(stateful::<State>(described(c"_functools", c"Functions that work on functions.", &METHODS)), exec);

fn exec(module: &Object) -> Result<()> {
    let state = state::<State>(module);
    let placeholder = publish(module, class::<()>(module, c"functools._PlaceholderType", PLAIN, &PLACEHOLDER_SLOTS)?)?;
    let placeholder = make(placeholder.cast(), ())?;
    set(module, "Placeholder", &placeholder)?;
    state.placeholder = Some(placeholder);
    let partial = class::<Partial>(module, c"functools.partial", BASE.weak().with_dict(), &PARTIAL_SLOTS)?;
    state.partial = Some(publish(module, partial)?);
    state.key = Some(class::<Key>(module, c"functools.KeyWrapper", INTERNAL, &KEY_SLOTS)?);
    let kind = BASE.weak().with_dict().with(Py_TPFLAGS_METHOD_DESCRIPTOR);
    let lru = class::<Lru>(module, c"functools._lru_cache_wrapper", kind, &LRU_SLOTS)?;
    state.lru_cache = Some(publish(module, lru)?);
    Ok(())
}

/// The state of the module that a class of it belongs to.
pub(super) fn state_of<'a>(ty: *mut PyTypeObject) -> Result<&'a mut State> {
    native::state_of(ty, &raw mut DEF)
}

static PLACEHOLDER_METHODS: [PyMethodDef; 2] =
    [PyMethodDef::noargs(c"__reduce__", noargs!(|_this: &Object| Ok("Placeholder")), c""), PyMethodDef::END];

static PLACEHOLDER_SLOTS: Slots = Slots(&[
    methods(&PLACEHOLDER_METHODS),
    (Py_tp_new, new!(placeholder_itself)),
    (Py_tp_repr, unary!(|_this: &Object| unicode::from_str("Placeholder"))),
    doc(c"What Placeholder is: it keeps a place free among the arguments of a partial."),
]);

/// Calling the class gives the one instance.
fn placeholder_itself(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    if tuple::len(args) != 0 || kwargs.is_some_and(|kwargs| dict::len(kwargs) != 0) {
        return Err(raise!(TypeError, "PlaceholderType takes no arguments"));
    }
    match &state_of(ty)?.placeholder {
        Some(placeholder) => Ok(placeholder.clone()),
        None => Err(raise!(SystemError, "_functools was cleared")),
    }
}

const REDUCE: Signature<3> = Signature::new("reduce", ["", "", "initial"]).required(2);

fn reduce(_: &Object, args: Arguments) -> Result<Owned> {
    let [function, iterable, initial] = args.bind(&REDUCE)?;
    let (function, iterable) = (function.expect("bind checked it"), iterable.expect("bind checked it"));
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
        c"What the key was made of.".as_ptr(),
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

/// The module `functools`.
pub mod python {
    use super::*;
    use crate::types::cfunction;

    static METHODS: [PyMethodDef; 3] = [
        PyMethodDef::fast_keywords(
            c"lru_cache",
            fast_keywords!(lru_cache),
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
