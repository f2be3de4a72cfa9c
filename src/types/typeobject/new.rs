//! `type.__new__`: a class made from a name, bases and a dict, as a `class` statement makes it.

use super::alloc::{subtype_clear, subtype_dealloc, subtype_traverse};
use super::instance_dict::MANAGED_WEAKREF_OFFSET;
use super::{as_object, cache, check, exports, instance_dict, metatype, names, ready, slots, type_attrs, update};
use crate::abi::*;
use crate::message;
use crate::name;
use crate::object::{Object, Owned, Raised, Result, api, error, sequence};
use crate::raise;
use crate::types::{cell, dict, exceptions, funcobject, function, superobject, tuple, unicode};
use std::ptr;

type O = *mut PyObject;

/// What the new class is made of.
struct Parts<'a> {
    meta: *mut PyTypeObject,
    name: &'a Object,
    bases: Owned,
    base: *mut PyTypeObject,
    dict: Owned,
    /// The names in `__slots__`, sorted, without those that ask for a dict or weak references.
    slots: Option<Owned>,
    add_dict: bool,
    add_weak: bool,
}

/// `type.__new__(meta, name, bases, dict, **kwargs)`.
pub fn type_new(meta: *mut PyTypeObject, args: &Object, kwargs: Option<&Object>) -> Result<Owned> {
    let (name, bases, namespace) = arguments(args)?;
    let winner = winner(meta, bases)?;
    if winner != meta {
        // SAFETY: a ready metaclass.
        unsafe {
            let new = (*winner).tp_new;
            if !exports::same(new, super::call::type_new as *const ())
                && let Some(new) = new
            {
                let kwargs = kwargs.map_or(ptr::null_mut(), Object::as_ptr);
                return Owned::from_c(new(winner, args.as_ptr(), kwargs));
            }
        }
    }
    // SAFETY: static and immortal.
    let object = unsafe { as_object(&raw mut super::PyBaseObject_Type) };
    let bases = if tuple::items(bases).is_empty() { tuple::from_slice(&[object])? } else { bases.to_owned() };
    let base = metatype::best_base(&bases)?;
    let mut parts = Parts {
        meta: winner,
        name,
        bases,
        base,
        dict: dict::copy(namespace)?,
        slots: None,
        add_dict: false,
        add_weak: false,
    };
    parts.choose_slots()?;
    let class = parts.make(update::update_all)?;
    set_names(&class)?;
    init_subclass(&class, kwargs)?;
    Ok(class)
}

/// `type(name, bases, namespace)` for a class of exceptions that the runtime makes itself: with exceptions of the
/// runtime as bases, and a namespace that holds no special method and nothing that wants to know its name.
pub fn exception_class(name: &Object, bases: &Object, namespace: &Object) -> Result<Owned> {
    let mut parts = Parts {
        meta: &raw mut metatype::PyType_Type,
        name,
        bases: bases.to_owned(),
        base: metatype::best_base(bases)?,
        dict: dict::copy(namespace)?,
        slots: None,
        add_dict: false,
        add_weak: false,
    };
    parts.choose_slots()?;
    parts.make(update::keep_inherited)
}

fn arguments(args: &Object) -> Result<(&Object, &Object, &Object)> {
    let [name, bases, namespace] = tuple::items(args) else {
        return Err(raise!(TypeError, "type.__new__() takes exactly 3 arguments ({} given)", tuple::items(args).len()));
    };
    let wrong = |n: usize, expected: &str, found: &Object| {
        let found = if found.is_none() { "None" } else { names::cut(names::full_tp_name(found.ty()), 50) };
        raise!(TypeError, "type.__new__() argument {n} must be {expected}, not {found}")
    };
    if !unicode::check(name) {
        return Err(wrong(1, "str", name));
    }
    if !tuple::check(bases) {
        return Err(wrong(2, "tuple", bases));
    }
    if !dict::check(namespace) {
        return Err(wrong(3, "dict", namespace));
    }
    Ok((name, bases, namespace))
}

/// The metaclass; what is no class among the bases may be something that a `class` statement would have resolved.
fn winner(meta: *mut PyTypeObject, bases: &Object) -> Result<*mut PyTypeObject> {
    for base in tuple::items(bases) {
        if !check(base) && base.getattr_optional(name!(__mro_entries__))?.is_some() {
            return Err(raise!(TypeError, "type() doesn't support MRO entry resolution; use types.new_class()"));
        }
    }
    metatype::calculate_metaclass(meta, bases)
}

impl Parts<'_> {
    /// Looks at `__slots__`; without it instances get a dict and weak references unless the base has them.
    fn choose_slots(&mut self) -> Result<()> {
        // SAFETY: a ready class.
        let (may_add_dict, may_add_weak, itemsize) = unsafe {
            let base = self.base;
            (
                (*base).tp_dictoffset == 0,
                (*base).tp_weaklistoffset == 0 && (*base).tp_itemsize == 0,
                (*base).tp_itemsize,
            )
        };
        let Some(slots) = dict::get(&self.dict, name!(__slots__))? else {
            self.add_dict = may_add_dict;
            self.add_weak = may_add_weak;
            return Ok(());
        };
        let slots = if unicode::check(&slots) { tuple::from_slice(&[&slots])? } else { sequence::tuple(&slots)? };
        let items = tuple::items(&slots);
        if !items.is_empty() && itemsize != 0 {
            return Err(raise!(
                TypeError,
                "nonempty __slots__ not supported for subtype of '{}'",
                names::full_tp_name(self.base)
            ));
        }
        let mut names = Vec::new();
        for slot in items {
            if !unicode::check(slot) {
                let found = names::tp_name(slot.ty());
                return Err(raise!(TypeError, "__slots__ items must be strings, not '{found}'"));
            }
            if !unicode::predicates::is_identifier(slot) {
                return Err(raise!(TypeError, "__slots__ must be identifiers"));
            }
            if unicode::equal_str(slot, "__dict__") {
                if !may_add_dict || self.add_dict {
                    return Err(raise!(TypeError, "__dict__ slot disallowed: we already got one"));
                }
                self.add_dict = true;
            } else if unicode::equal_str(slot, "__weakref__") {
                if !may_add_weak || self.add_weak {
                    return Err(raise!(TypeError, "__weakref__ slot disallowed: we already got one"));
                }
                self.add_weak = true;
            } else {
                let mangled = mangle(self.name, slot)?;
                if dict::contains(&self.dict, &mangled)? && !is_compilers_own(&mangled) {
                    let text = mangled.repr()?;
                    let text = unicode::as_str(&text)?;
                    return Err(raise!(ValueError, "{text} in __slots__ conflicts with class variable"));
                }
                names.push(mangled);
            }
        }
        names.sort_by(|a, b| unicode::as_str(a).unwrap_or("").chars().cmp(unicode::as_str(b).unwrap_or("").chars()));
        self.slots = Some(tuple::from_owned(names)?);
        // Another base may bring a dict or weak references along.
        for other in tuple::items(&self.bases) {
            let other = other.cast::<PyTypeObject>();
            if other != self.base {
                // SAFETY: bases are ready classes.
                unsafe {
                    self.add_dict |= may_add_dict && (*other).tp_dictoffset != 0;
                    self.add_weak |= may_add_weak && (*other).tp_weaklistoffset != 0;
                }
            }
        }
        Ok(())
    }

    /// The class, ready and with its slots filled.
    fn make(&self, set_slots: fn(*mut PyTypeObject)) -> Result<Owned> {
        let slots = self.slots.as_ref().map_or(&[][..], |slots| tuple::items(slots));
        let name_text = unicode::as_str(self.name)?;
        if name_text.contains('\0') {
            return Err(raise!(ValueError, "type name must not contain null characters"));
        }
        // SAFETY: a ready metaclass; fresh: until it is ready only we see the class, and dropping it frees what it has.
        unsafe {
            let Some(alloc) = (*self.meta).tp_alloc else {
                return Err(raise!(TypeError, "cannot create '{}' instances", names::full_tp_name(self.meta)));
            };
            let class = Owned::from_c(alloc(self.meta, slots.len() as isize))?;
            let heap = class.cast::<PyHeapTypeObject>();
            let ty = class.cast::<PyTypeObject>();
            (*ty).tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HEAPTYPE | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC;
            metatype::use_own_suites(heap);
            (*ty).tp_bases = self.bases.clone().into_raw();
            (*ty).tp_base = metatype::own(self.base);
            (*ty).tp_dict = self.dict.clone().into_raw();
            (*heap).ht_name = self.name.to_owned().into_raw();
            (*heap).ht_qualname = self.qualname()?.into_raw();
            (*heap).ht_slots = self.slots.as_ref().map_or(ptr::null_mut(), |slots| slots.clone().into_raw());
            // The name is a str of our own, so its text lives as long as the class.
            (*heap)._ht_tpname = metatype::copy_c_string(name_text.as_bytes());
            (*ty).tp_name = (*heap)._ht_tpname;
            if (*ty).tp_name.is_null() {
                return Err(error::no_memory());
            }
            self.set_doc(ty)?;
            self.wrap_functions()?;
            self.lay_out(ty, slots)?;
            (*ty).tp_dealloc = Some(subtype_dealloc);
            (*ty).tp_traverse = Some(subtype_traverse);
            (*ty).tp_clear = Some(subtype_clear);
            (*ty).tp_alloc = Some(exports::PyType_GenericAlloc);
            (*ty).tp_free = Some(exports::PyObject_GC_Del);
            self.set_cell(name!(__classcell__), &class)?;
            self.set_cell(name!(__classdictcell__), &self.dict)?;
            ready::ready(ty)?;
            set_slots(ty);
            check_keys(ty, &self.dict)?;
            Ok(class)
        }
    }

    fn qualname(&self) -> Result<Owned> {
        let Some(qualname) = dict::get(&self.dict, name!(__qualname__))? else { return Ok(self.name.to_owned()) };
        if !unicode::check(&qualname) {
            let found = names::full_tp_name(qualname.ty());
            return Err(raise!(TypeError, "type __qualname__ must be a str, not {found}"));
        }
        dict::del(&self.dict, name!(__qualname__))?;
        Ok(qualname)
    }

    unsafe fn set_doc(&self, ty: *mut PyTypeObject) -> Result<()> {
        let Some(doc) = dict::get(&self.dict, name!(__doc__))? else { return Ok(()) };
        if unicode::check(&doc) {
            let copy = metatype::copy_c_string(unicode::as_str(&doc)?.as_bytes());
            if copy.is_null() {
                return Err(error::no_memory());
            }
            // SAFETY: fresh.
            unsafe { (*ty).tp_doc = copy };
        }
        Ok(())
    }

    /// `__new__` is a static method, `__init_subclass__` and `__class_getitem__` are class methods, without saying so.
    fn wrap_functions(&self) -> Result<()> {
        let is_function = |o: &Object| o.is_exact(&raw mut function::PyFunction_Type);
        if let Some(new) = dict::get(&self.dict, name!(__new__))?
            && is_function(&new)
        {
            dict::set(&self.dict, name!(__new__), &*funcobject::new_static_method(&new)?)?;
        }
        for name in [name!(__init_subclass__), name!(__class_getitem__)] {
            if let Some(method) = dict::get(&self.dict, name)?
                && is_function(&method)
            {
                dict::set(&self.dict, name, &*funcobject::new_class_method(&method)?)?;
            }
        }
        Ok(())
    }

    /// Places for the slots, the dict and the weak references, and the attributes that show them.
    unsafe fn lay_out(&self, ty: *mut PyTypeObject, slots: &[&Object]) -> Result<()> {
        // SAFETY: fresh; the members stand behind the class, with room for one more that ends them.
        unsafe {
            let members = ty.cast::<u8>().add((*self.meta).tp_basicsize as usize).cast::<PyMemberDef>();
            let word = size_of::<*mut PyObject>() as isize;
            let mut offset = (*self.base).tp_basicsize;
            for (i, slot) in slots.iter().enumerate() {
                *members.add(i) = PyMemberDef {
                    // The class's tuple of names keeps the text alive.
                    name: unicode::as_str(slot)?.as_ptr().cast(),
                    r#type: Py_T_OBJECT_EX,
                    offset,
                    flags: 0,
                    doc: ptr::null(),
                };
                offset += word;
            }
            if self.add_dict {
                (*ty).tp_flags |= Py_TPFLAGS_MANAGED_DICT;
                (*ty).tp_dictoffset = -1;
            }
            if self.add_weak {
                (*ty).tp_flags |= Py_TPFLAGS_MANAGED_WEAKREF;
                (*ty).tp_weaklistoffset = MANAGED_WEAKREF_OFFSET;
            }
            (*ty).tp_basicsize = offset;
            (*ty).tp_itemsize = (*self.base).tp_itemsize;
            (*ty).tp_members = members;
            (*ty).tp_getset = type_attrs::instance_getset(self.add_dict, self.add_weak);
        }
        Ok(())
    }

    /// The compiler's cells for `__class__` and for the class's namespace.
    fn set_cell(&self, name: &Object, value: &Object) -> Result<()> {
        let Some(found) = dict::get(&self.dict, name)? else { return Ok(()) };
        if !cell::check(&found) {
            let found = found.type_object().repr()?;
            return Err(raise!(
                TypeError,
                "{} must be a nonlocal cell, not {}",
                error::Text(name),
                names::cut(&error::Text(&found).to_string(), 200)
            ));
        }
        cell::set(&found, Some(value));
        dict::del(&self.dict, name)
    }
}

/// Names that the compiler puts into a class's namespace and that do not stay there.
fn is_compilers_own(name: &Object) -> bool {
    ["__qualname__", "__classcell__", "__classdictcell__"].iter().any(|own| unicode::equal_str(name, own))
}

/// `__private` names get the class's name in front, as the compiler does it.
fn mangle(class: &Object, name: &Object) -> Result<Owned> {
    let (text, class_text) = (unicode::as_str(name)?, unicode::as_str(class)?);
    let stripped = class_text.trim_start_matches('_');
    if !text.starts_with("__") || text.ends_with("__") || text.contains('.') || stripped.is_empty() {
        return Ok(unicode::intern(name.to_owned()));
    }
    unicode::intern_str(&format!("_{stripped}{text}"))
}

/// A namespace with keys that are no strings works, but nothing finds them: a warning.
fn check_keys(ty: *mut PyTypeObject, dict: &Object) -> Result<()> {
    let mut at = 0;
    while let Some((key, _)) = dict::next(dict, &mut at) {
        if unicode::check(key) {
            continue;
        }
        let text = format!("non-string key in the __dict__ of class {}", names::tp_name(ty));
        exceptions::warn(&raw mut exceptions::RuntimeWarning, 1, &text)?;
        break;
    }
    Ok(())
}

/// Tells every attribute that wants to know (`__set_name__`) its class and name.
fn set_names(class: &Object) -> Result<()> {
    // SAFETY: a ready class has a dict.
    let attributes = dict::copy(unsafe { super::dict_of_ready(class.cast()) })?;
    let mut at = 0;
    while let Some((key, value)) = dict::next(&attributes, &mut at) {
        let Some(method) = slots::Special::find(value, name!(__set_name__))? else { continue };
        if let Err(raised) = method.call(value, &[class, key]) {
            let exception = error::caught(raised);
            let key = key.repr()?;
            let note = message!(
                "Error calling __set_name__ on '{}' instance {} in '{}'",
                names::cut(names::full_tp_name(value.ty()), 100),
                error::Text(&key),
                names::cut(names::full_tp_name(class.cast()), 100)
            )?;
            exception.call_method(name!(add_note), &[&note])?;
            return Err(error::restore(exception));
        }
    }
    Ok(())
}

/// `super(class, class).__init_subclass__(**kwargs)`.
fn init_subclass(class: &Object, kwargs: Option<&Object>) -> Result<()> {
    // `object`'s does nothing.
    if kwargs.is_none_or(|kwargs| dict::len(kwargs) == 0) && !inherits(class.cast(), name!(__init_subclass__))? {
        return Ok(());
    }
    let method = superobject::lookup(class, class, name!(__init_subclass__), None)?;
    method.call_tuple(&tuple::empty(), kwargs)?;
    Ok(())
}

/// A base other than `object` defines `name`.
fn inherits(ty: *mut PyTypeObject, name: &Object) -> Result<bool> {
    for base in super::mro::items(ty).iter().skip(1) {
        let base = base.cast::<PyTypeObject>();
        if base != &raw mut super::PyBaseObject_Type
            && let Some(dict) = super::shared_dict::dict_to_ask(base, name)
            && dict::contains(dict, name)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The type among `ty` and its bases that brings a dict of its own in C, and so its own `__dict__`.
fn builtin_base_with_dict(ty: *mut PyTypeObject) -> Option<*mut PyTypeObject> {
    let mut ty = ty;
    // SAFETY: live classes.
    unsafe {
        while !(*ty).tp_base.is_null() {
            if (*ty).tp_dictoffset != 0 && !super::is_heap(ty) {
                return Some(ty);
            }
            ty = (*ty).tp_base;
        }
    }
    None
}

/// `__dict__` of instances of classes made here.
pub unsafe extern "C" fn subtype_dict(this: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    let this = unsafe { Object::from_ptr(this) };
    api(|| match builtin_base_with_dict(this.ty()) {
        None => instance_dict::generic_get(this),
        Some(base) => {
            let descr = dict_descriptor(base, this)?;
            // SAFETY: a live descriptor's slot.
            unsafe {
                match (*descr.ty()).tp_descr_get {
                    Some(get) => Owned::from_c(get(descr.as_ptr(), this.as_ptr(), this.ty().cast())),
                    None => Err(no_dict_support(this)),
                }
            }
        }
    })
}

pub unsafe extern "C" fn subtype_setdict(this: O, value: O, _closure: *mut c_void) -> c_int {
    // SAFETY: slot.
    let (this, value) = unsafe { (Object::from_ptr(this), Object::optional(value)) };
    api(|| -> Result<()> {
        match builtin_base_with_dict(this.ty()) {
            // Unlike `PyObject_GenericSetDict` this one deletes as well.
            None if value.is_none() && !instance_dict::dict_place(this).is_null() => {
                // SAFETY: the place owns what it holds.
                unsafe { crate::mem::refcount::clear(instance_dict::dict_place(this)) };
                Ok(())
            }
            None => instance_dict::generic_set(this, value),
            Some(base) => {
                let descr = dict_descriptor(base, this)?;
                let value = value.map_or(ptr::null_mut(), Object::as_ptr);
                // SAFETY: a live descriptor's slot.
                unsafe {
                    match (*descr.ty()).tp_descr_set {
                        Some(set) if set(descr.as_ptr(), this.as_ptr(), value) < 0 => Err(Raised::already()),
                        Some(_) => Ok(()),
                        None => Err(no_dict_support(this)),
                    }
                }
            }
        }
    })
}

fn dict_descriptor(base: *mut PyTypeObject, this: &Object) -> Result<Owned> {
    match cache::lookup(base, name!(__dict__)) {
        Some(descr) if crate::types::descr::is_data(descr) => Ok(descr.to_owned()),
        _ => Err(no_dict_support(this)),
    }
}

fn no_dict_support(this: &Object) -> Raised {
    raise!(TypeError, "this __dict__ descriptor does not support '{}' objects", names::tp_name(this.ty()))
}

/// `__weakref__` of instances of classes made here: the first weak reference, or None.
pub unsafe extern "C" fn subtype_weakref(this: O, _closure: *mut c_void) -> O {
    // SAFETY: slot.
    unsafe {
        let offset = (*(*this).ob_type).tp_weaklistoffset;
        api(|| {
            if offset == 0 {
                return Err(raise!(AttributeError, "This object has no __weakref__"));
            }
            let first = *this.cast::<u8>().offset(offset).cast::<O>();
            let first = Object::optional(first).unwrap_or(crate::types::none::none_ref());
            Ok(first.to_owned())
        })
    }
}
