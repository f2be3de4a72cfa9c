//! `collections.abc`: abstract base classes of containers and callables, natively. They answer `isinstance` and
//! `issubclass`, by methods or by what was registered, can be derived from and indexed, and refuse to be instantiated
//! while methods are missing. What the classes bring along stands in `collections_abc_methods`.

use super::native::{self, INTERNAL, Slots, described, get, getset, module, refs, state, stateful, tp_call, value};
use super::{collections_abc_methods, set};
use crate::abi::*;
use crate::name;
use crate::object::{Object, Owned, Result, error};
use crate::types::{
    boolobject, bytearray, bytes, cfunction, dict, funcobject, genericalias, long, none, tuple, unicode,
};
use crate::types::{item_iter, mappingproxy, memoryview, range};

static NO_METHODS: [PyMethodDef; 1] = [PyMethodDef::END];

struct State {
    abstract_method: Option<Owned>,
}

refs!(State, abstract_method);

module!(stateful::<State>(described(c"_collections_abc", c"Abstract base classes of containers.", &NO_METHODS)), exec);

/// A class: its bases, the methods it leaves abstract, those that make a class count as a subclass, and whether it
/// can be indexed.
struct Abc {
    name: &'static str,
    bases: &'static [&'static str],
    abstracts: &'static [&'static str],
    hook: &'static [&'static str],
    generic: bool,
    flags: c_ulong,
}

macro_rules! abcs {
    ($($name:ident($($base:ident)*) [$($abstract:ident)*] [$($hook:ident)*] $generic:literal $flags:expr;)*) => {
        &[$(Abc {
            name: stringify!($name),
            bases: &[$(stringify!($base)),*],
            abstracts: &[$(stringify!($abstract)),*],
            hook: &[$(stringify!($hook)),*],
            generic: $generic,
            flags: $flags,
        }),*]
    };
}

static ABCS: &[Abc] = abcs! {
    Awaitable() [__await__] [__await__] true 0;
    Coroutine(Awaitable) [send throw] [__await__ send throw close] false 0;
    AsyncIterable() [__aiter__] [__aiter__] true 0;
    AsyncIterator(AsyncIterable) [__anext__] [__anext__ __aiter__] false 0;
    AsyncGenerator(AsyncIterator) [asend athrow] [__aiter__ __anext__ asend athrow aclose] false 0;
    Hashable() [__hash__] [__hash__] false 0;
    Iterable() [__iter__] [__iter__] true 0;
    Iterator(Iterable) [__next__] [__iter__ __next__] false 0;
    Generator(Iterator) [send throw] [__iter__ __next__ send throw close] false 0;
    Reversible(Iterable) [__reversed__] [__reversed__ __iter__] false 0;
    Sized() [__len__] [__len__] false 0;
    Container() [__contains__] [__contains__] true 0;
    Callable() [__call__] [__call__] true 0;
    Collection(Sized Iterable Container) [] [__len__ __iter__ __contains__] false 0;
    Set(Collection) [] [] false 0;
    MutableSet(Set) [add discard] [] false 0;
    Mapping(Collection) [__getitem__] [] false Py_TPFLAGS_MAPPING;
    MutableMapping(Mapping) [__setitem__ __delitem__] [] false 0;
    MappingView(Sized) [] [] true 0;
    KeysView(MappingView Set) [] [] false 0;
    ItemsView(MappingView Set) [] [] false 0;
    ValuesView(MappingView Collection) [] [] false 0;
    Sequence(Reversible Collection) [__getitem__] [] false Py_TPFLAGS_SEQUENCE;
    MutableSequence(Sequence) [__setitem__ __delitem__ insert] [] false 0;
    ByteString(Sequence) [] [] false 0;
    Buffer() [__buffer__] [__buffer__] false 0;
};

/// Builtin classes that count as subclasses.
fn registered() -> [(&'static str, *mut PyTypeObject); 32] {
    use crate::types::dict::{iter as dict_iter, views};
    [
        ("Coroutine", &raw mut crate::types::genobject::PyCoro_Type),
        ("AsyncGenerator", &raw mut crate::types::genobject::PyAsyncGen_Type),
        ("Iterator", &raw mut item_iter::PyBytesIter_Type),
        ("Iterator", &raw mut item_iter::PyByteArrayIter_Type),
        ("Iterator", &raw mut dict_iter::PyDictIterKey_Type),
        ("Iterator", &raw mut dict_iter::PyDictIterValue_Type),
        ("Iterator", &raw mut dict_iter::PyDictIterItem_Type),
        ("Iterator", &raw mut crate::types::list::iter::PyListIter_Type),
        ("Iterator", &raw mut crate::types::list::iter::PyListRevIter_Type),
        ("Iterator", &raw mut range::PyRangeIter_Type),
        ("Iterator", &raw mut range::PyLongRangeIter_Type),
        ("Iterator", &raw mut crate::types::set::iter::PySetIter_Type),
        ("Iterator", &raw mut unicode::iter::PyUnicodeIter_Type),
        ("Iterator", &raw mut item_iter::PyTupleIter_Type),
        ("Iterator", &raw mut crate::types::builtin_iterators::PyZip_Type),
        ("Generator", &raw mut crate::types::genobject::PyGen_Type),
        ("Set", &raw mut crate::types::set::PyFrozenSet_Type),
        ("MutableSet", &raw mut crate::types::set::PySet_Type),
        ("Mapping", &raw mut mappingproxy::PyDictProxy_Type),
        ("MutableMapping", &raw mut dict::PyDict_Type),
        ("KeysView", &raw mut views::PyDictKeys_Type),
        ("ItemsView", &raw mut views::PyDictItems_Type),
        ("ValuesView", &raw mut views::PyDictValues_Type),
        ("Sequence", &raw mut tuple::PyTuple_Type),
        ("Sequence", &raw mut unicode::PyUnicode_Type),
        ("Sequence", &raw mut bytes::PyBytes_Type),
        ("Sequence", &raw mut range::PyRange_Type),
        ("Sequence", &raw mut memoryview::PyMemoryView_Type),
        ("MutableSequence", &raw mut bytearray::PyByteArray_Type),
        ("MutableSequence", &raw mut crate::types::list::PyList_Type),
        ("ByteString", &raw mut bytes::PyBytes_Type),
        ("ByteString", &raw mut bytearray::PyByteArray_Type),
    ]
}

fn exec(module: &Object) -> Result<()> {
    set(module, "__name__", &*unicode::from_str("collections.abc")?)?;
    state::<State>(module).abstract_method =
        Some(native::class::<Owned>(module, c"collections.abc.abstract_method", INTERNAL, &ABSTRACT_SLOTS)?);
    let abc = crate::import::import(&*unicode::from_str("abc")?)?;
    let meta = abc.getattr(&*unicode::from_str("ABCMeta")?)?;
    let attributes = crate::module::object::dict(module);
    for abc in ABCS {
        let class = make(module, attributes, &meta, abc)?;
        set(module, abc.name, &class)?;
    }
    let register = unicode::intern_str("register")?;
    for (name, ty) in registered() {
        if let Some(class) = dict::get_str(attributes, name)? {
            // SAFETY: static.
            class.call_method(&register, &[unsafe { Object::from_ptr(ty.cast()) }])?;
        }
    }
    let names = ABCS.iter().map(|abc| unicode::intern_str(abc.name)).collect::<Result<_>>()?;
    set(module, "__all__", &*crate::types::list::from_owned(names)?)
}

fn make(module: &Object, attributes: &Object, meta: &Object, abc: &Abc) -> Result<Owned> {
    let names = dict::new()?;
    dict::set(&names, name!(__module__), &*unicode::from_str("collections.abc")?)?;
    dict::set(&names, name!(__slots__), tuple::empty_ref())?;
    let Some(method_class) = state::<State>(module).abstract_method.clone() else { return Ok(meta.to_owned()) };
    for method in abc.abstracts {
        let method = unicode::intern_str(method)?;
        dict::set(&names, &method, &*native::make(method_class.cast(), method.clone())?)?;
    }
    for &(class, methods) in collections_abc_methods::ALL {
        if class == abc.name {
            for method in methods {
                let function =
                    cfunction::new(std::ptr::from_ref(method).cast_mut(), Some(module), None, std::ptr::null_mut())?;
                // SAFETY: static. It makes methods of functions that are none.
                let binding =
                    unsafe { Object::from_ptr((&raw mut crate::types::classobject::PyInstanceMethod_Type).cast()) };
                let name = unicode::intern(function.getattr(name!(__name__))?);
                dict::set(&names, &name, &*binding.call(&[&function])?)?;
            }
        }
    }
    if !abc.hook.is_empty() {
        let methods = abc.hook.iter().map(|name| unicode::intern_str(name)).collect::<Result<_>>()?;
        let methods = tuple::from_owned(methods)?;
        let hook = cfunction::new((&raw const HOOK).cast_mut(), Some(&methods), None, std::ptr::null_mut())?;
        dict::set(&names, name!(__subclasshook__), &*class_method(&hook)?)?;
    }
    if abc.generic {
        // SAFETY: static.
        let alias = unsafe { Object::from_ptr((&raw mut genericalias::Py_GenericAliasType).cast()) };
        dict::set(&names, name!(__class_getitem__), &*class_method(alias)?)?;
    }
    if abc.flags != 0 {
        dict::set_str(&names, "__abc_tpflags__", &*long::from_u64(abc.flags)?)?;
    }
    let mut bases = Vec::new();
    for base in abc.bases {
        bases.extend(dict::get_str(attributes, base)?);
    }
    meta.call(&[&*unicode::intern_str(abc.name)?, &*tuple::from_owned(bases)?, &names])
}

fn class_method(function: &Object) -> Result<Owned> {
    // SAFETY: static.
    unsafe { Object::from_ptr((&raw mut funcobject::PyClassMethod_Type).cast()) }.call(&[function])
}

static HOOK: PyMethodDef = PyMethodDef::fast(c"__subclasshook__", native::fast!(subclass_hook), c"");

/// `__subclasshook__(cls, C)`, bound to the methods that `C` must have. A class that inherited it does not answer.
fn subclass_hook(methods: &Object, args: &[&Object]) -> Result<Owned> {
    crate::object::args::check_positional("__subclasshook__", args.len(), 2, 2)?;
    let own = args[0].getattr(name!(__dict__))?;
    if !crate::object::sequence::contains(&own, name!(__subclasshook__))? {
        return Ok(none::not_implemented());
    }
    let mro = args[1].getattr(name!(__mro__))?;
    for method in tuple::items(methods) {
        let mut found = false;
        let classes = mro.iter()?;
        while let Some(class) = classes.next()? {
            let names = class.getattr(name!(__dict__))?;
            if let Some(value) = crate::object::mapping::get_optional(&names, method)? {
                if value.is_none() {
                    return Ok(none::not_implemented());
                }
                found = true;
                break;
            }
        }
        if !found {
            return Ok(none::not_implemented());
        }
    }
    Ok(boolobject::from_bool(true))
}

// A method that subclasses have to bring, by its name.

static ABSTRACT_GETSET: [PyGetSetDef; 3] = [
    PyGetSetDef::new(c"__isabstractmethod__", get!(|_this: &Object| Ok(true)), None, std::ptr::null()),
    PyGetSetDef::new(c"__name__", get!(name_of), None, std::ptr::null()),
    PyGetSetDef::END,
];

static ABSTRACT_SLOTS: Slots = Slots(&[getset(&ABSTRACT_GETSET), (Py_tp_call, tp_call!(call_abstract))]);

fn name_of(this: &Object) -> Result<Owned> {
    // SAFETY: layout.
    Ok(unsafe { (*value::<Owned>(this)).clone() })
}

fn call_abstract(this: &Object, _args: &Object, _kwargs: Option<&Object>) -> Result<Owned> {
    Err(error::no_evaluator(unicode::as_str(&*name_of(this)?)?))
}
