//! `copyreg`: how objects are taken apart and put together again, for `object.__reduce_ex__`, `copy` and `pickle`.
//! CPython's is Python code; this one has its functions, natively.

use super::native::{described, module, one};
use super::{native, set, set_type};
use crate::abi::*;
use crate::name;
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::types::{cfunction, complex, dict, list, long, none, superobject, tuple, typeobject, unicode, union};

static METHODS: [PyMethodDef; 14] = [
    PyMethodDef::fast(
        c"pickle",
        fast!(pickle),
        c"pickle(ob_type, pickle_function, constructor_ob=None)\n--\n\nSay how instances of a class are reduced.",
    ),
    PyMethodDef::one(
        c"constructor",
        one!(constructor),
        c"constructor(object)\n--\n\nCheck that a constructor can be called.",
    ),
    PyMethodDef::one(c"pickle_complex", one!(pickle_complex), c"pickle_complex(c)\n--\n\n"),
    PyMethodDef::one(c"pickle_union", one!(pickle_union), c"pickle_union(obj)\n--\n\n"),
    PyMethodDef::one(c"pickle_super", one!(pickle_super), c"pickle_super(obj)\n--\n\n"),
    PyMethodDef::fast(c"_reconstructor", fast!(reconstructor), c"_reconstructor(cls, base, state)\n--\n\n"),
    PyMethodDef::fast(c"_reduce_ex", fast!(reduce_ex), c"_reduce_ex(self, proto)\n--\n\n"),
    PyMethodDef::fast(c"__newobj__", fast!(newobj), c"__newobj__(cls, *args)\n--\n\n"),
    PyMethodDef::fast(
        c"__newobj_ex__",
        fast!(newobj_ex),
        c"__newobj_ex__(cls, args, kwargs)\n--\n\nAs __newobj__, with keyword arguments.",
    ),
    PyMethodDef::one(
        c"_slotnames",
        one!(slotnames),
        c"_slotnames(cls)\n--\n\nReturn the names of slots of a class and its bases.",
    ),
    PyMethodDef::fast(
        c"add_extension",
        fast!(add_extension),
        c"add_extension(module, name, code)\n--\n\nGive (module, name) a number, by which it is pickled.",
    ),
    PyMethodDef::fast(
        c"remove_extension",
        fast!(remove_extension),
        c"remove_extension(module, name, code)\n--\n\nUnregister an extension code.",
    ),
    PyMethodDef::noargs(
        c"clear_extension_cache",
        native::noargs!(clear_extension_cache),
        c"clear_extension_cache()\n--\n\n",
    ),
    PyMethodDef::END,
];

use native::fast;

module!(described(c"copyreg", c"Helpers for taking objects apart and putting them together again.", &METHODS), exec);

/// The public names, in CPython's order.
const ALL: [&str; 5] = ["pickle", "constructor", "add_extension", "remove_extension", "clear_extension_cache"];

fn exec(module: &Object) -> Result<()> {
    for name in ["dispatch_table", "_extension_registry", "_inverted_registry", "_extension_cache"] {
        set(module, name, &*dict::new()?)?;
    }
    set(module, "_HEAPTYPE", &*long::from_i64(1 << 9)?)?;
    set_type(module, "_new_type", &raw mut cfunction::PyCFunction_Type)?;
    let names: Result<Vec<Owned>> = ALL.iter().map(|name| unicode::intern_str(name)).collect();
    set(module, "__all__", &*list::from_owned(names?)?)?;
    let table = table_of(module, "dispatch_table")?;
    for (ty, name) in [
        (&raw mut complex::PyComplex_Type, "pickle_complex"),
        (&raw mut union::_PyUnion_Type, "pickle_union"),
        (&raw mut superobject::PySuper_Type, "pickle_super"),
    ] {
        let reduce = module.getattr_str(name)?;
        // SAFETY: static.
        dict::set(&table, unsafe { typeobject::as_object(ty) }, &reduce)?;
    }
    Ok(())
}

/// One of the module's dicts.
fn table_of(module: &Object, name: &str) -> Result<Owned> {
    module.getattr_str(name)
}

/// As many arguments as there must be.
fn exactly<'a, const N: usize>(function: &str, args: &[&'a Object]) -> Result<[&'a Object; N]> {
    args.try_into()
        .map_err(|_| raise!(TypeError, "{function}() takes {N} positional arguments but {} were given", args.len()))
}

fn pickle(module: &Object, args: &[&Object]) -> Result<()> {
    let (class, function) = match args {
        [class, function] => (class, function),
        [class, function, constructor_ob] => {
            check_reduction(function)?;
            if !constructor_ob.is_none() {
                constructor(module, constructor_ob)?;
            }
            (class, function)
        }
        _ => {
            return Err(raise!(
                TypeError,
                "pickle() takes from 2 to 3 positional arguments but {} were given",
                args.len()
            ));
        }
    };
    check_reduction(function)?;
    dict::set(&*table_of(module, "dispatch_table")?, class, function)
}

fn check_reduction(function: &Object) -> Result<()> {
    if function.is_callable() { Ok(()) } else { Err(raise!(TypeError, "reduction functions must be callable")) }
}

fn constructor(_module: &Object, function: &Object) -> Result<()> {
    if function.is_callable() { Ok(()) } else { Err(raise!(TypeError, "constructors must be callable")) }
}

/// `(class, args)`.
fn reduced(class: *mut PyTypeObject, args: &[&Object]) -> Result<Owned> {
    // SAFETY: static.
    tuple::from_slice(&[unsafe { typeobject::as_object(class) }, &*tuple::from_slice(args)?])
}

fn pickle_complex(_module: &Object, o: &Object) -> Result<Owned> {
    let (real, imag) = (o.getattr(name!(real))?, o.getattr(name!(imag))?);
    reduced(&raw mut complex::PyComplex_Type, &[&real, &imag])
}

fn pickle_super(_module: &Object, o: &Object) -> Result<Owned> {
    let class = o.getattr_str("__thisclass__")?;
    reduced(&raw mut superobject::PySuper_Type, &[&class, &*o.getattr(name!(__self__))?])
}

fn pickle_union(_module: &Object, o: &Object) -> Result<Owned> {
    let attribute = |module: &str, name: &str| -> Result<Owned> {
        crate::import::import(&*unicode::intern_str(module)?)?.getattr_str(name)
    };
    let (reduce, or) = (attribute("functools", "reduce")?, attribute("operator", "or_")?);
    tuple::from_slice(&[&reduce, &*tuple::from_slice(&[&or, &*o.getattr(name!(__args__))?])?])
}

/// `object`.
fn object() -> &'static Object {
    // SAFETY: static.
    unsafe { typeobject::as_object(&raw mut typeobject::PyBaseObject_Type) }
}

/// What protocols 0 and 1 call to make the object again.
fn reconstructor(_module: &Object, args: &[&Object]) -> Result<Owned> {
    let [class, base, state] = exactly("_reconstructor", args)?;
    if base.is(object()) {
        return object().call_method(name!(__new__), &[class]);
    }
    let made = base.call_method(name!(__new__), &[class, state])?;
    if !base.getattr(name!(__init__))?.equals(&*object().getattr(name!(__init__))?)? {
        base.call_method(name!(__init__), &[&made, state])?;
    }
    Ok(made)
}

/// The nearest class of `class` whose instances C makes.
fn c_base(class: &Object) -> Result<Owned> {
    let mro = class.getattr(name!(__mro__))?;
    for base in tuple::items(&mro) {
        if typeobject::check(base) && !typeobject::is_heap(base.cast()) {
            return Ok((*base).to_owned());
        }
        let new = base.getattr(name!(__new__))?;
        if new.is_a(&raw mut cfunction::PyCFunction_Type) && new.getattr(name!(__self__))?.is(base) {
            return Ok((*base).to_owned());
        }
    }
    Ok(object().to_owned())
}

/// Protocols 0 and 1.
fn reduce_ex(module: &Object, args: &[&Object]) -> Result<Owned> {
    let [this, _protocol] = exactly("_reduce_ex", args)?;
    let class = this.getattr(name!(__class__))?;
    let base = c_base(&class)?;
    let state = if base.is(object()) {
        none::none()
    } else if base.is(&class) {
        let name = class.getattr(name!(__name__))?.repr()?;
        return Err(raise!(TypeError, "cannot pickle {} object", error::Text(&name)));
    } else {
        base.call(&[this])?
    };
    let args = tuple::from_slice(&[&class, &base, &state])?;
    let own = this.type_object().getattr(name!(__getstate__))?;
    if own.is(&*object().getattr(name!(__getstate__))?)
        && this.getattr_optional(name!(__slots__))?.is_some_and(|slots| slots.is_true().unwrap_or(true))
    {
        return Err(raise!(
            TypeError,
            "a class that defines __slots__ without defining __getstate__ cannot be pickled"
        ));
    }
    let rest = this.getattr(name!(__getstate__))?.call(&[])?;
    let function = module.getattr_str("_reconstructor")?;
    if rest.is_true()? { tuple::from_slice(&[&function, &args, &rest]) } else { tuple::from_slice(&[&function, &args]) }
}

fn newobj(_module: &Object, args: &[&Object]) -> Result<Owned> {
    let Some(class) = args.first() else {
        return Err(raise!(TypeError, "__newobj__() missing 1 required positional argument: 'cls'"));
    };
    class.call_method(name!(__new__), args)
}

fn newobj_ex(_module: &Object, args: &[&Object]) -> Result<Owned> {
    let [class, args, kwargs] = exactly("__newobj_ex__", args)?;
    let args = crate::object::sequence::tuple(args)?;
    let all: Vec<&Object> = std::iter::once(class).chain(tuple::items(&args).iter().copied()).collect();
    class.getattr(name!(__new__))?.call_tuple(&*tuple::from_slice(&all)?, Some(kwargs))
}

fn slotnames(_module: &Object, class: &Object) -> Result<Owned> {
    if !typeobject::check(class) {
        return list::new();
    }
    list::from_owned(typeobject::reduce::slot_names(class)?)
}

/// Module and name as a key, and the code as a number.
fn extension(function: &str, args: &[&Object]) -> Result<(Owned, Owned)> {
    let [module, name, code] = exactly(function, args)?;
    let code = crate::object::number::index(code)?;
    Ok((tuple::from_slice(&[module, name])?, code))
}

fn add_extension(this: &Object, args: &[&Object]) -> Result<()> {
    let (key, code) = extension("add_extension", args)?;
    let number = long::as_i64(&code)?;
    if !(1..=0x7fff_ffff).contains(&number) {
        return Err(raise!(ValueError, "code out of range"));
    }
    let (registry, inverted) = (table_of(this, "_extension_registry")?, table_of(this, "_inverted_registry")?);
    let (known_code, known_key) = (dict::get(&registry, &key)?, dict::get(&inverted, &code)?);
    if let (Some(known_code), Some(known_key)) = (&known_code, &known_key)
        && known_code.equals(&code)?
        && known_key.equals(&key)?
    {
        return Ok(());
    }
    let text = key.repr()?;
    if let Some(known) = known_code {
        let known = known.str()?;
        return Err(raise!(
            ValueError,
            "key {} is already registered with code {}",
            error::Text(&text),
            error::Text(&known)
        ));
    }
    if let Some(known) = known_key {
        let known = known.repr()?;
        return Err(raise!(ValueError, "code {number} is already in use for key {}", error::Text(&known)));
    }
    dict::set(&registry, &key, &code)?;
    dict::set(&inverted, &code, &key)
}

fn remove_extension(this: &Object, args: &[&Object]) -> Result<()> {
    let (key, code) = extension("remove_extension", args)?;
    let (registry, inverted) = (table_of(this, "_extension_registry")?, table_of(this, "_inverted_registry")?);
    let matching = match (dict::get(&registry, &key)?, dict::get(&inverted, &code)?) {
        (Some(known_code), Some(known_key)) => known_code.equals(&code)? && known_key.equals(&key)?,
        _ => false,
    };
    if !matching {
        let (key, code) = (key.repr()?, code.repr()?);
        return Err(raise!(ValueError, "key {} is not registered with code {}", error::Text(&key), error::Text(&code)));
    }
    dict::del(&registry, &key)?;
    dict::del(&inverted, &code)?;
    dict::pop(&*table_of(this, "_extension_cache")?, &code).map(drop)
}

fn clear_extension_cache(this: &Object) -> Result<()> {
    dict::clear(&*table_of(this, "_extension_cache")?);
    Ok(())
}
