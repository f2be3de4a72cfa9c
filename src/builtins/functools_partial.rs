//! `functools.partial`.

use super::functoolsmodule::{self, State};
use super::native::{Slots, doc, field, getset, make, members, methods, new, noargs, one, refs, tp_call, unary, value};
use crate::abi::*;
use crate::object::repr::guarded;
use crate::object::{Object, Owned, Result};
use crate::raise;
use crate::types::unicode::Writer;
use crate::types::{dict, genericalias, none, tuple, typeobject};

pub(super) struct Partial {
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
    genericalias::CLASS_GETITEM_UNSIGNED,
    PyMethodDef::END,
];

static PARTIAL_MEMBERS: [PyMemberDef; 4] = [
    PyMemberDef::new(c"func", _Py_T_OBJECT, field!(Partial, function), Py_READONLY)
        .documented(c"The function that is called."),
    PyMemberDef::new(c"args", _Py_T_OBJECT, field!(Partial, args), Py_READONLY)
        .documented(c"The first positional arguments of each call."),
    PyMemberDef::new(c"keywords", _Py_T_OBJECT, field!(Partial, keywords), Py_READONLY)
        .documented(c"The arguments by name that each call gets."),
    PyMemberDef::END,
];

static PARTIAL_GETSET: [PyGetSetDef; 2] = [
    PyGetSetDef::new(
        c"__dict__",
        Some(crate::object::slots::PyObject_GenericGetDict),
        Some(crate::object::slots::PyObject_GenericSetDict),
        std::ptr::null(),
    ),
    PyGetSetDef::END,
];

pub(super) static PARTIAL_SLOTS: Slots = Slots(&[
    methods(&PARTIAL_METHODS),
    members(&PARTIAL_MEMBERS),
    getset(&PARTIAL_GETSET),
    (Py_tp_new, new!(new_partial)),
    (Py_tp_call, tp_call!(call_partial)),
    (Py_tp_repr, unary!(partial_repr)),
    (Py_tp_descr_get, partial_get as *mut c_void),
    doc(c"partial(func, /, *args, **keywords)\n--\n\nA function with some of its arguments given already."),
]);

fn new_partial(ty: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let state: &State = functoolsmodule::state_of(ty)?;
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
        let state: &State = functoolsmodule::state_of(this.ty())?;
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
    guarded(this, "...", || {
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
    })
}

/// As a method: the instance comes behind the arguments that are there.
pub(super) unsafe extern "C" fn partial_get(
    this: *mut PyObject,
    o: *mut PyObject,
    _ty: *mut PyObject,
) -> *mut PyObject {
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
    let state: &State = functoolsmodule::state_of(this.ty())?;
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
        crate::types::typeobject::instance_dict::generic_set(this, Some(own))?;
    }
    // SAFETY: layout.
    drop(unsafe { std::mem::replace(&mut *value::<Partial>(this), new) });
    Ok(())
}

fn sequence_exact(args: &Object) -> Result<Owned> {
    if tuple::check_exact(args) { Ok(args.to_owned()) } else { tuple::from_slice(tuple::items(args)) }
}
