//! `copy`: shallow and deep copies. CPython's is Python code; this one does the same in the same order, natively.

use super::native::{Arguments, described, fast_keywords, module, one};
use super::set;
use crate::abi::*;
use crate::message;
use crate::name;
use crate::object::args::Signature;
use crate::object::error::Text;
use crate::object::{Object, Owned, Raised, Result};
use crate::raise;
use crate::types::{
    bytearray, bytes, cfunction, classobject, complex, dict, exceptions, float, function, list, long, none, property,
    range, set as sets, slice, tuple, typeobject, unicode, weakref,
};

static METHODS: [PyMethodDef; 4] = [
    PyMethodDef::one(c"copy", one!(copy), c"copy(x)\n--\n\nA copy of x that refers to the same objects."),
    PyMethodDef::fast_keywords(
        c"deepcopy",
        fast_keywords!(deepcopy),
        c"deepcopy(x, memo=None)\n--\n\nA copy of x and of all that it refers to.",
    ),
    PyMethodDef::fast_keywords(
        c"replace",
        fast_keywords!(replace),
        c"replace(obj, /, **changes)\n--\n\nA copy of obj, made by its __replace__(), with these fields changed.",
    ),
    PyMethodDef::END,
];

module!(described(c"copy", c"Shallow and deep copies of objects.", &METHODS), exec);

fn exec(module: &Object) -> Result<()> {
    let error = exceptions::new_class("copy.Error", None, None, None)?;
    set(module, "Error", &error)?;
    set(module, "error", &error)?;
    set(module, "dispatch_table", &*dispatch_table()?)?;
    let names: Result<Vec<Owned>> =
        ["Error", "copy", "deepcopy", "replace"].iter().map(|name| unicode::intern_str(name)).collect();
    set(module, "__all__", &*list::from_owned(names?)?)
}

/// `copyreg.dispatch_table`.
fn dispatch_table() -> Result<Owned> {
    crate::import::import(name!(copyreg))?.getattr_str("dispatch_table")
}

/// Immutable, or taken as themselves: the copy is the object.
fn is_atomic(o: &Object) -> bool {
    let ty = o.ty();
    [
        &raw mut none::_PyNone_Type,
        &raw mut long::PyLong_Type,
        &raw mut float::PyFloat_Type,
        &raw mut crate::types::boolobject::PyBool_Type,
        &raw mut complex::PyComplex_Type,
        &raw mut bytes::PyBytes_Type,
        &raw mut unicode::PyUnicode_Type,
        &raw mut crate::types::code::PyCode_Type,
        &raw mut typeobject::PyType_Type,
        &raw mut range::PyRange_Type,
        &raw mut property::PyProperty_Type,
        &raw mut cfunction::PyCFunction_Type,
        &raw mut none::PyEllipsis_Type,
        &raw mut none::_PyNotImplemented_Type,
        &raw mut function::PyFunction_Type,
        &raw mut weakref::_PyWeakref_RefType,
    ]
    .contains(&ty)
}

fn copy(module: &Object, o: &Object) -> Result<Owned> {
    let ty = o.ty();
    let also = [
        &raw mut tuple::PyTuple_Type,
        &raw mut sets::PyFrozenSet_Type,
        &raw mut slice::PySlice_Type,
        &raw mut crate::types::superobject::PySuper_Type,
    ];
    if is_atomic(o) || also.contains(&ty) {
        return Ok(o.to_owned());
    }
    let containers = [
        &raw mut list::PyList_Type,
        &raw mut dict::PyDict_Type,
        &raw mut sets::PySet_Type,
        &raw mut bytearray::PyByteArray_Type,
    ];
    if containers.contains(&ty) {
        return o.type_object().getattr(name!(copy))?.call(&[o]);
    }
    if typeobject::check(o) {
        return Ok(o.to_owned());
    }
    if let Some(copier) = o.type_object().getattr_optional(name!(__copy__))?.filter(|copier| !copier.is_none()) {
        return copier.call(&[o]);
    }
    let taken = take_apart(module, o, "shallow")?;
    if unicode::check(&taken) { Ok(o.to_owned()) } else { put_together(module, o, None, &taken) }
}

/// What the dispatch table, `__reduce_ex__` or `__reduce__` says of an object.
fn take_apart(module: &Object, o: &Object, what: &str) -> Result<Owned> {
    let class = o.type_object();
    let table = module.getattr_str("dispatch_table")?;
    if let Some(reduce) = dict::get(&table, class)? {
        return reduce.call(&[o]);
    }
    if let Some(reduce) = o.getattr_optional(name!(__reduce_ex__))?.filter(|reduce| !reduce.is_none()) {
        return reduce.call(&[&*long::from_i64(4)?]);
    }
    if let Some(reduce) = o.getattr_optional(name!(__reduce__))?.filter(|reduce| !reduce.is_none()) {
        return reduce.call(&[]);
    }
    let text = class.repr()?;
    let message = message!("un({what})copyable object of type {}", Text(&text))?;
    Err(raise_own(module, &message))
}

fn raise_own(module: &Object, message: &Object) -> Raised {
    match module.getattr(&unicode::intern_str("Error").unwrap_or_else(|_| none::none())) {
        Ok(class) => exceptions::raise(&class, Some(message)),
        Err(raised) => raised,
    }
}

/// Makes an object of what `__reduce_ex__` returned: function, arguments, state, list items, dict items.
fn put_together(module: &Object, o: &Object, memo: Option<&Object>, taken: &Object) -> Result<Owned> {
    if !tuple::check(taken) {
        let found = typeobject::tp_name(taken.ty());
        return Err(raise!(TypeError, "_reconstruct() argument after * must be an iterable, not {found}"));
    }
    let parts = tuple::items(taken);
    let [function, args, rest @ ..] = parts else {
        return Err(raise!(TypeError, "_reconstruct() missing 1 required positional argument: 'args'"));
    };
    let part = |i: usize| rest.get(i).copied().filter(|part| !part.is_none());
    let deep = |o: &Object| match memo {
        Some(memo) => deep(module, o, memo),
        None => Ok(o.to_owned()),
    };
    let args = crate::object::sequence::tuple(args)?;
    let args: Result<Vec<Owned>> = tuple::items(&args).iter().map(|arg| deep(arg)).collect();
    let made = function.call_tuple(&*tuple::from_owned(args?)?, None)?;
    if let Some(memo) = memo {
        remember(memo, o, &made)?;
    }
    if let Some(state) = part(0) {
        let state = deep(state)?;
        if let Some(setstate) = made.getattr_optional(name!(__setstate__))? {
            setstate.call(&[&state])?;
        } else {
            set_state(&made, &state)?;
        }
    }
    if let Some(items) = part(1) {
        let items = items.iter()?;
        while let Some(item) = items.next()? {
            made.call_method(name!(append), &[&*deep(&item)?])?;
        }
    }
    if let Some(items) = part(2) {
        let items = items.iter()?;
        while let Some(pair) = items.next()? {
            let pair = crate::object::sequence::tuple(&pair)?;
            let [key, value] = tuple::items(&pair) else {
                return Err(raise!(ValueError, "not a pair of key and value"));
            };
            made.setitem(&*deep(key)?, &*deep(value)?)?;
        }
    }
    Ok(made)
}

/// A dict for the instance's own, or a pair of that and the values of slots.
fn set_state(made: &Object, state: &Object) -> Result<()> {
    let (own, slots) = match tuple::check(state).then(|| tuple::items(state)) {
        Some([own, slots]) => (*own, Some(*slots)),
        _ => (state, None),
    };
    if !own.is_none() {
        made.getattr(name!(__dict__))?.call_method(name!(update), &[own])?;
    }
    if let Some(slots) = slots.filter(|slots| !slots.is_none()) {
        for (name, value) in dict::entries(slots) {
            made.setattr(&name, &value)?;
        }
    }
    Ok(())
}

const DEEPCOPY: Signature<2> = Signature::new("deepcopy", ["x", "memo"]).required(1);

fn deepcopy(module: &Object, args: Arguments) -> Result<Owned> {
    let [o, memo] = args.bind(&DEEPCOPY)?;
    match memo.filter(|memo| !memo.is_none()) {
        Some(memo) => deep(module, o.expect("bind checked it"), memo),
        None => deep(module, o.expect("bind checked it"), &*dict::new()?),
    }
}

fn key_of(o: &Object) -> Result<Owned> {
    long::from_u64(o.as_ptr() as u64)
}

fn remember(memo: &Object, o: &Object, copy: &Object) -> Result<()> {
    memo.setitem(&*key_of(o)?, copy)
}

/// The copy that `memo` has already.
fn remembered(memo: &Object, o: &Object) -> Result<Option<Owned>> {
    if dict::check(memo) {
        return dict::get(memo, &*key_of(o)?);
    }
    let found = memo.call_method(name!(get), &[&*key_of(o)?])?;
    Ok((!found.is_none()).then_some(found))
}

fn deep(module: &Object, o: &Object, memo: &Object) -> Result<Owned> {
    if is_atomic(o) {
        return Ok(o.to_owned());
    }
    if let Some(copy) = remembered(memo, o)? {
        return Ok(copy);
    }
    crate::object::lifecycle::enter_recursive_call(" while copying an object")?;
    let copy = deep_new(module, o, memo)?;
    if !copy.is(o) {
        remember(memo, o, &copy)?;
        keep_alive(memo, o)?;
    }
    Ok(copy)
}

fn deep_new(module: &Object, o: &Object, memo: &Object) -> Result<Owned> {
    let ty = o.ty();
    if ty == &raw mut list::PyList_Type {
        let copy = list::new()?;
        remember(memo, o, &copy)?;
        let mut i = 0;
        while let Some(item) = list::get(o, i) {
            list::append(&copy, &*deep(module, &item, memo)?)?;
            i += 1;
        }
        return Ok(copy);
    }
    if ty == &raw mut tuple::PyTuple_Type {
        let items: Result<Vec<Owned>> = tuple::items(o).iter().map(|item| deep(module, item, memo)).collect();
        let items = items?;
        // A tuple that contains itself was copied meanwhile.
        if let Some(copy) = remembered(memo, o)? {
            return Ok(copy);
        }
        let same = items.iter().zip(tuple::items(o)).all(|(copy, item)| copy.is(item));
        return if same { Ok(o.to_owned()) } else { tuple::from_owned(items) };
    }
    if ty == &raw mut dict::PyDict_Type {
        let copy = dict::new()?;
        remember(memo, o, &copy)?;
        for (key, value) in dict::entries(o) {
            dict::set(&copy, &*deep(module, &key, memo)?, &*deep(module, &value, memo)?)?;
        }
        return Ok(copy);
    }
    if ty == &raw mut classobject::PyMethod_Type {
        let this = deep(module, &*o.getattr(name!(__self__))?, memo)?;
        let function = o.getattr_str("__func__")?;
        return o.type_object().call(&[&function, &this]);
    }
    if typeobject::check(o) {
        return Ok(o.to_owned());
    }
    if let Some(copier) = o.getattr_optional(name!(__deepcopy__))?.filter(|copier| !copier.is_none()) {
        return copier.call(&[memo]);
    }
    let taken = take_apart(module, o, "deep")?;
    if unicode::check(&taken) { Ok(o.to_owned()) } else { put_together(module, o, Some(memo), &taken) }
}

/// The originals live as long as the memo, so that their addresses stay theirs: they stand in a list under its own.
fn keep_alive(memo: &Object, o: &Object) -> Result<()> {
    let key = key_of(memo)?;
    match remembered(memo, memo)? {
        Some(list) => list.call_method(name!(append), &[o]).map(drop),
        None => memo.setitem(&key, &*list::from_owned(vec![o.to_owned()])?),
    }
}

fn replace(_module: &Object, args: Arguments) -> Result<Owned> {
    let [o] = args.positional else {
        return Err(raise!(
            TypeError,
            "replace() takes 1 positional argument but {} were given",
            args.positional.len()
        ));
    };
    let Some(method) = o.type_object().getattr_optional_str("__replace__")? else {
        let name = typeobject::names::get_name(o.ty())?;
        return Err(raise!(TypeError, "replace() does not support {} objects", Text(&name)));
    };
    method.call_keywords(args.all(), args.names())
}
