//! `_abc`, and `abc` with `ABCMeta` natively: classes that say of others, after the fact, that they derive from them.
//!
//! Each such class has an `_abc_impl`, with weak references to the classes that were registered and to those known to
//! be subclasses or not to be. A registration anywhere makes what is known in the negative out of date: a counter
//! tells. Left out of `abc`: `abstractclassmethod`, `abstractstaticmethod` and `abstractproperty`, long out of use.

use super::native::{
    self, INTERNAL, Slots, described, doc, make, module, new, noargs, one, refs, state, state_of, stateful, value,
};
use super::set;
use crate::abi::*;
use crate::name;
use crate::object::{Object, Owned, Result, error};
use crate::raise;
use crate::types::{
    boolobject, cfunction, dict, exceptions, list, none, set as sets, tuple, typeobject, unicode, weakref,
};

struct State {
    data_class: Option<Owned>,
    counter: u64,
}

refs!(State, data_class);

/// What an abstract base class knows. The sets hold weak references.
struct Data {
    registry: Option<Owned>,
    cache: Option<Owned>,
    negative: Option<Owned>,
    negative_version: u64,
}

refs!(Data, registry, cache, negative);

static METHODS: [PyMethodDef; 9] = [
    PyMethodDef::noargs(
        c"get_cache_token",
        noargs!(get_cache_token),
        c"get_cache_token($module, /)\n--\n\nA number that changes with every registration.",
    ),
    PyMethodDef::one(c"_abc_init", one!(abc_init), c"_abc_init($module, self, /)\n--\n\nSet a class up."),
    PyMethodDef::one(
        c"_reset_registry",
        one!(reset_registry),
        c"_reset_registry($module, self, /)\n--\n\nForget what was registered.",
    ),
    PyMethodDef::one(
        c"_reset_caches",
        one!(reset_caches),
        c"_reset_caches($module, self, /)\n--\n\nForget what was found out.",
    ),
    PyMethodDef::one(
        c"_get_dump",
        one!(get_dump),
        c"_get_dump($module, self, /)\n--\n\nRegistry, cache, negative cache and its version.",
    ),
    PyMethodDef::fast(
        c"_abc_register",
        native::fast!(|module: &Object, args: &[&Object]| two("_abc_register", args)
            .and_then(|(this, subclass)| register(state(module), this, subclass))),
        c"_abc_register($module, self, subclass, /)\n--\n\nRegister a class.",
    ),
    PyMethodDef::fast(
        c"_abc_instancecheck",
        native::fast!(|module: &Object, args: &[&Object]| two("_abc_instancecheck", args)
            .and_then(|(this, instance)| instance_check(state(module), this, instance))),
        c"_abc_instancecheck($module, self, instance, /)\n--\n\nisinstance().",
    ),
    PyMethodDef::fast(
        c"_abc_subclasscheck",
        native::fast!(|module: &Object, args: &[&Object]| two("_abc_subclasscheck", args)
            .and_then(|(this, subclass)| subclass_check(state(module), this, subclass))),
        c"_abc_subclasscheck($module, self, subclass, /)\n--\n\nissubclass().",
    ),
    PyMethodDef::END,
];

module!(stateful::<State>(described(c"_abc", c"What abstract base classes know of others.", &METHODS)), exec);

static DATA_SLOTS: Slots = Slots(&[doc(c"What an abstract base class knows.")]);

fn exec(module: &Object) -> Result<()> {
    state::<State>(module).data_class = Some(native::class::<Data>(module, c"_abc._abc_data", INTERNAL, &DATA_SLOTS)?);
    Ok(())
}

fn two<'a>(function: &str, args: &[&'a Object]) -> Result<(&'a Object, &'a Object)> {
    crate::object::args::check_positional(function, args.len(), 2, 2)?;
    Ok((args[0], args[1]))
}

fn impl_name() -> Result<Owned> {
    unicode::intern_str("_abc_impl")
}

/// The knowledge of a class, kept alive.
fn data_of(state: &State, class: &Object) -> Result<Owned> {
    let data = class.getattr(&*impl_name()?)?;
    if !state.data_class.as_ref().is_some_and(|class| data.is_exact(class.cast())) {
        return Err(raise!(TypeError, "_abc_impl is set to a wrong type"));
    }
    Ok(data)
}

fn data<'a>(o: &Object) -> &'a mut Data {
    // SAFETY: layout: `data_of` checked it. One field is used at a time.
    unsafe { &mut *value::<Data>(o) }
}

fn is_abstract(o: &Object) -> Result<bool> {
    match o.getattr_optional(name!(__isabstractmethod__))? {
        Some(flag) => flag.is_true(),
        None => Ok(false),
    }
}

/// `__abstractmethods__`: names that the class itself or a base leaves abstract.
fn compute_abstract_methods(class: &Object) -> Result<()> {
    let abstracts = sets::new_frozen()?;
    let names = class.getattr(name!(__dict__))?;
    let items = crate::object::mapping::method_list(&names, name!(items))?;
    for item in list::each(&items) {
        let &[key, value] = (if tuple::check(&item) { tuple::items(&item) } else { &[] }) else {
            return Err(raise!(TypeError, "cannot iterate over items of __dict__"));
        };
        if is_abstract(value)? {
            sets::add(&abstracts, key)?;
        }
    }
    let bases = class.getattr(name!(__bases__))?;
    if !tuple::check(&bases) {
        return Err(raise!(TypeError, "__bases__ is not tuple"));
    }
    for base in tuple::items(&bases) {
        let Some(inherited) = base.getattr_optional(name!(__abstractmethods__))? else { continue };
        let iter = inherited.iter()?;
        while let Some(key) = iter.next()? {
            if let Some(value) = class.getattr_optional(&key)?
                && is_abstract(&value)?
            {
                sets::add(&abstracts, &key)?;
            }
        }
    }
    class.setattr(name!(__abstractmethods__), &abstracts)
}

const COLLECTION: c_ulong = Py_TPFLAGS_SEQUENCE | Py_TPFLAGS_MAPPING;

fn abc_init(module: &Object, class: &Object) -> Result<()> {
    init_class(state(module), class)
}

fn init_class(state: &State, class: &Object) -> Result<()> {
    compute_abstract_methods(class)?;
    let Some(data_class) = state.data_class.clone() else { return Err(raise!(SystemError, "_abc was cleared")) };
    let data =
        make(data_class.cast(), Data { registry: None, cache: None, negative: None, negative_version: state.counter })?;
    class.setattr(&*impl_name()?, &data)?;
    if !typeobject::check(class) {
        return Ok(());
    }
    let ty = class.cast::<PyTypeObject>();
    let flags_name = unicode::intern_str("__abc_tpflags__")?;
    // SAFETY: a live class has its dict.
    let names = unsafe { typeobject::dict_of_ready(ty) };
    if let Some(flags) = dict::get(names, &flags_name)? {
        let flags = crate::types::long::as_i64(&flags)? as c_ulong & COLLECTION;
        if flags == COLLECTION {
            return Err(raise!(TypeError, "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING"));
        }
        // SAFETY: a class that was just made.
        unsafe { (*ty).tp_flags |= flags };
        class.delattr(&flags_name)?;
    }
    Ok(())
}

/// A weak reference to `class` is in the set.
fn in_weak_set(set: Option<&Owned>, class: &Object) -> Result<bool> {
    let Some(set) = set.filter(|set| sets::len(set) > 0).cloned() else { return Ok(false) };
    match weakref::new_ref(class, None) {
        Ok(reference) => sets::contains(&set, &reference),
        Err(raised) => error::ignore(raised, &raw mut exceptions::TypeError).map(|()| false),
    }
}

static DISCARD: PyMethodDef = PyMethodDef::one(c"_destroy", one!(discard_dead), c"");

/// The callback of a weak reference in a set, itself bound to a weak reference to the set.
fn discard_dead(set: &Object, reference: &Object) -> Result<()> {
    if let Some(set) = weakref::get(set) {
        sets::discard(&set, reference)?;
    }
    Ok(())
}

fn add_to_weak_set(set: &mut Option<Owned>, class: &Object) -> Result<()> {
    let set = match set {
        Some(set) => set.clone(),
        None => set.insert(sets::new()?).clone(),
    };
    let to_set = weakref::new_ref(&set, None)?;
    let callback = cfunction::new((&raw const DISCARD).cast_mut(), Some(&to_set), None, std::ptr::null_mut())?;
    sets::add(&set, &*weakref::new_ref(class, Some(&callback))?)
}

fn register(state: &mut State, this: &Object, subclass: &Object) -> Result<Owned> {
    if !typeobject::check(subclass) {
        return Err(raise!(TypeError, "Can only register classes"));
    }
    if subclass.is_subclass(this)? {
        return Ok(subclass.to_owned());
    }
    if this.is_subclass(subclass)? {
        return Err(raise!(RuntimeError, "Refusing to create an inheritance cycle"));
    }
    let own = data_of(state, this)?;
    add_to_weak_set(&mut data(&own).registry, subclass)?;
    state.counter += 1;
    if typeobject::check(this) {
        // SAFETY: live classes.
        let flag = unsafe { (*this.cast::<PyTypeObject>()).tp_flags } & COLLECTION;
        if flag != 0 {
            set_collection_flag(subclass.cast(), flag);
        }
    }
    Ok(subclass.to_owned())
}

/// Classes that count as sequences or mappings for pattern matching pass it on; immutable ones know it already.
fn set_collection_flag(ty: *mut PyTypeObject, flag: c_ulong) {
    // SAFETY: live classes.
    unsafe {
        if typeobject::has_flag(ty, Py_TPFLAGS_IMMUTABLETYPE) || (*ty).tp_flags & COLLECTION == flag {
            return;
        }
        (*ty).tp_flags = ((*ty).tp_flags & !COLLECTION) | flag;
        for subclass in typeobject::subclasses::heap_subclasses(ty) {
            set_collection_flag(subclass.cast(), flag);
        }
    }
}

fn instance_check(state: &mut State, this: &Object, instance: &Object) -> Result<Owned> {
    let own = data_of(state, this)?;
    let subclass = instance.getattr(name!(__class__))?;
    if in_weak_set(data(&own).cache.as_ref(), &subclass)? {
        return Ok(boolobject::from_bool(true));
    }
    let subtype = instance.type_object();
    if subtype.is(&subclass) {
        if data(&own).negative_version == state.counter && in_weak_set(data(&own).negative.as_ref(), &subclass)? {
            return Ok(boolobject::from_bool(false));
        }
        return this.call_method(name!(__subclasscheck__), &[&subclass]);
    }
    let result = this.call_method(name!(__subclasscheck__), &[&subclass])?;
    if result.is_true()? {
        return Ok(result);
    }
    this.call_method(name!(__subclasscheck__), &[subtype])
}

fn subclass_check(state: &mut State, this: &Object, subclass: &Object) -> Result<bool> {
    if !typeobject::check(subclass) {
        return Err(raise!(TypeError, "issubclass() arg 1 must be a class"));
    }
    let own = data_of(state, this)?;
    if in_weak_set(data(&own).cache.as_ref(), subclass)? {
        return Ok(true);
    }
    if data(&own).negative_version < state.counter {
        if let Some(negative) = data(&own).negative.clone() {
            sets::clear(&negative);
        }
        data(&own).negative_version = state.counter;
    } else if in_weak_set(data(&own).negative.as_ref(), subclass)? {
        return Ok(false);
    }
    let known = |yes: bool| -> Result<bool> {
        let place = if yes { &mut data(&own).cache } else { &mut data(&own).negative };
        add_to_weak_set(place, subclass)?;
        Ok(yes)
    };
    let hook = this.call_method(name!(__subclasshook__), &[subclass])?;
    if !none::is_not_implemented(&hook) {
        if !hook.is_exact(&raw mut boolobject::PyBool_Type) {
            return Err(raise!(AssertionError, "__subclasshook__ must return either False, True, or NotImplemented"));
        }
        return known(hook.is_true()?);
    }
    if typeobject::check(this) && typeobject::is_subtype(subclass.cast(), this.cast()) {
        return known(true);
    }
    if in_weak_set(data(&own).registry.as_ref(), subclass)? {
        return Ok(true);
    }
    // Asking runs foreign code, so the set is copied first.
    let mut registered = Vec::new();
    if let Some(registry) = &data(&own).registry {
        registered.extend(sets::each(registry).filter_map(|(reference, _)| weakref::get(&reference)));
    }
    for class in registered {
        if subclass.is_subclass(&class)? {
            return known(true);
        }
    }
    let subclasses = this.call_method_str("__subclasses__", &[])?;
    if !list::check(&subclasses) {
        return Err(raise!(TypeError, "__subclasses__() must return a list"));
    }
    for class in list::each(&subclasses) {
        if subclass.is_subclass(&class)? {
            return known(true);
        }
    }
    known(false)
}

fn get_cache_token(module: &Object) -> Result<u64> {
    Ok(state::<State>(module).counter)
}

fn reset_registry(module: &Object, class: &Object) -> Result<()> {
    let own = data_of(state(module), class)?;
    if let Some(registry) = data(&own).registry.clone() {
        sets::clear(&registry);
    }
    Ok(())
}

fn reset_caches(module: &Object, class: &Object) -> Result<()> {
    let own = data_of(state(module), class)?;
    for cache in [data(&own).cache.clone(), data(&own).negative.clone()].into_iter().flatten() {
        sets::clear(&cache);
    }
    data(&own).negative_version = 0;
    Ok(())
}

fn get_dump(module: &Object, class: &Object) -> Result<Owned> {
    let own = data_of(state(module), class)?;
    let copy = |set: &Option<Owned>| match set {
        Some(set) => sets::from_iterable(set),
        None => sets::new(),
    };
    let (registry, cache, negative) =
        (copy(&data(&own).registry)?, copy(&data(&own).cache)?, copy(&data(&own).negative)?);
    tuple::from_owned(vec![registry, cache, negative, crate::types::long::from_u64(data(&own).negative_version)?])
}

/// The module `abc`.
pub mod python {
    use super::*;

    /// `_abc`, whose state the methods of `ABCMeta` work with; and `ABCMeta` for those who make classes natively.
    struct Python {
        native: Option<Owned>,
        meta: Option<Owned>,
    }

    refs!(Python, native, meta);

    static METHODS: [PyMethodDef; 4] = [
        PyMethodDef::one(
            c"abstractmethod",
            one!(abstractmethod),
            c"abstractmethod($module, funcobj, /)\n--\n\nMark a method as one that subclasses have to bring.",
        ),
        PyMethodDef::one(
            c"update_abstractmethods",
            one!(update_abstractmethods),
            c"update_abstractmethods($module, cls, /)\n--\n\nCompute the abstract methods of a class again.",
        ),
        PyMethodDef::noargs(
            c"get_cache_token",
            noargs!(|module: &Object| Ok(native_state(module)?.counter)),
            c"get_cache_token($module, /)\n--\n\nA number that changes with every registration.",
        ),
        PyMethodDef::END,
    ];

    module!(stateful::<Python>(described(c"abc", c"Abstract base classes.", &METHODS)), exec);

    static META_METHODS: [PyMethodDef; 6] = [
        PyMethodDef::one(
            c"register",
            one!(|class: &Object, subclass: &Object| register(state_for(class)?, class, subclass)),
            c"register($self, subclass, /)\n--\n\nCount a class among the subclasses from now on. Returns it.",
        ),
        PyMethodDef::one(
            c"__instancecheck__",
            one!(|class: &Object, instance: &Object| instance_check(state_for(class)?, class, instance)),
            c"__instancecheck__($self, instance, /)\n--\n\nisinstance().",
        ),
        PyMethodDef::one(
            c"__subclasscheck__",
            one!(|class: &Object, subclass: &Object| subclass_check(state_for(class)?, class, subclass)),
            c"__subclasscheck__($self, subclass, /)\n--\n\nissubclass().",
        ),
        PyMethodDef::noargs(
            c"_abc_registry_clear",
            noargs!(|class: &Object| reset_registry(&*native_of(class)?, class)),
            c"_abc_registry_clear($self, /)\n--\n\nForget what was registered.",
        ),
        PyMethodDef::noargs(
            c"_abc_caches_clear",
            noargs!(|class: &Object| reset_caches(&*native_of(class)?, class)),
            c"_abc_caches_clear($self, /)\n--\n\nForget what was found out.",
        ),
        PyMethodDef::END,
    ];

    fn exec(module: &Object) -> Result<()> {
        let native = crate::import::import(&*unicode::from_str("_abc")?)?;
        state::<Python>(module).native = Some(native);
        let mut slots = [
            PyType_Slot { slot: Py_tp_methods, pfunc: table(&META_METHODS).cast() },
            PyType_Slot { slot: Py_tp_new, pfunc: new!(new_class) },
            PyType_Slot { slot: Py_tp_traverse, pfunc: traverse as *mut c_void },
            PyType_Slot { slot: Py_tp_clear, pfunc: clear as *mut c_void },
            PyType_Slot {
                slot: Py_tp_doc,
                pfunc: c"The metaclass of classes that others can be registered with.".as_ptr().cast_mut().cast(),
            },
            PyType_Slot { slot: 0, pfunc: std::ptr::null_mut() },
        ];
        let mut spec = PyType_Spec {
            name: c"abc.ABCMeta".as_ptr(),
            basicsize: 0,
            itemsize: 0,
            flags: (Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC) as c_uint,
            slots: slots.as_mut_ptr(),
        };
        // SAFETY: static; a whole spec, whose methods are static.
        let meta = unsafe {
            let base = Object::from_ptr((&raw mut typeobject::PyType_Type).cast());
            typeobject::spec::from_metaclass(std::ptr::null_mut(), Some(module), &raw mut spec, Some(base))?
        };
        set(module, "ABCMeta", &meta)?;
        state::<Python>(module).meta = Some(meta.clone());
        let names = dict::new()?;
        dict::set(&names, name!(__module__), &*unicode::from_str("abc")?)?;
        dict::set(&names, name!(__slots__), tuple::empty_ref())?;
        set(module, "ABC", &*meta.call(&[&*unicode::from_str("ABC")?, tuple::empty_ref(), &names])?)
    }

    /// As of `type`; and a class owns a reference to its metaclass, which is on the heap.
    unsafe extern "C" fn traverse(class: *mut PyObject, visit: visitproc, arg: *mut c_void) -> c_int {
        // SAFETY: slot.
        unsafe {
            match crate::types::traverse::visit((*class).ob_type.cast(), visit, arg) {
                0 => (*&raw const typeobject::PyType_Type).tp_traverse.unwrap_unchecked()(class, visit, arg),
                done => done,
            }
        }
    }

    unsafe extern "C" fn clear(class: *mut PyObject) -> c_int {
        // SAFETY: slot.
        unsafe { (*&raw const typeobject::PyType_Type).tp_clear.unwrap_unchecked()(class) }
    }

    fn native_of(class: &Object) -> Result<Owned> {
        let python: &Python = state_of(class.ty(), &raw mut DEF)?;
        python.native.clone().ok_or_else(|| raise!(SystemError, "abc was cleared"))
    }

    fn native_state<'a>(module: &Object) -> Result<&'a mut State> {
        match &state::<Python>(module).native {
            Some(native) => Ok(state(native)),
            None => Err(raise!(SystemError, "abc was cleared")),
        }
    }

    fn state_for<'a>(class: &Object) -> Result<&'a mut State> {
        Ok(state(&*native_of(class)?))
    }

    fn new_class(meta: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
        // SAFETY: what `type` itself is made with.
        let class = unsafe {
            let new = (*&raw const typeobject::PyType_Type).tp_new.unwrap_unchecked();
            let kwargs = kwargs.map_or(std::ptr::null_mut(), Object::as_ptr);
            Owned::from_c(new(meta, args.as_ptr(), kwargs))?
        };
        init_class(state_for(&class)?, &class)?;
        Ok(class)
    }

    fn abstractmethod(_: &Object, function: &Object) -> Result<Owned> {
        function.setattr(name!(__isabstractmethod__), &*boolobject::from_bool(true))?;
        Ok(function.to_owned())
    }

    fn update_abstractmethods(_: &Object, class: &Object) -> Result<Owned> {
        if class.getattr_optional(name!(__abstractmethods__))?.is_some() {
            compute_abstract_methods(class)?;
        }
        Ok(class.to_owned())
    }
}
