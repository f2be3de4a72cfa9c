//! Generic aliases: `list[int]` (PEP 585). The alias answers most attributes from its origin, and calling it calls the
//! origin; it only remembers the arguments.

use crate::abi::*;
use crate::mem::{gc, refcount};
use crate::message;
use crate::name;
use crate::object::args::{check_positional, no_keywords};
use crate::object::native::one;
use crate::object::{Object, Owned, Raised, Result, api, attr, error, lifecycle, message, slots};
use crate::raise;
use crate::traverse_fields;
use crate::types::{boolobject, dict, exceptions, list, none, tuple, typeobject, unicode, union, weakref};
use std::fmt::Write;
use std::mem::offset_of;
use std::ptr;

#[repr(C)]
struct GenericAlias {
    ob_base: PyObject,
    origin: *mut PyObject,
    args: *mut PyObject,
    /// Found when first asked for.
    parameters: *mut PyObject,
    weakreflist: *mut PyObject,
    /// `*list[int]`: what iterating over the alias gives.
    starred: c_char,
    vectorcall: vectorcallfunc,
}

#[unsafe(no_mangle)]
pub static mut Py_GenericAliasType: PyTypeObject = PyTypeObject {
    ob_base: PyVarObject::immortal(&raw mut typeobject::PyType_Type, 0),
    tp_name: c"types.GenericAlias".as_ptr(),
    tp_basicsize: size_of::<GenericAlias>() as isize,
    tp_dealloc: Some(dealloc),
    tp_vectorcall_offset: offset_of!(GenericAlias, vectorcall) as isize,
    tp_repr: Some(repr),
    tp_as_number: suite(&NUMBER),
    tp_as_mapping: suite(&MAPPING),
    tp_hash: Some(hash),
    tp_call: Some(slots::PyVectorcall_Call),
    tp_getattro: Some(getattro),
    tp_flags: Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_VECTORCALL,
    tp_doc: c"GenericAlias(origin, args, /)\n--\n\nA generic class with its arguments: list[int].".as_ptr(),
    tp_traverse: Some(traverse),
    tp_richcompare: Some(richcompare),
    tp_weaklistoffset: offset_of!(GenericAlias, weakreflist) as isize,
    tp_iter: Some(iter),
    tp_methods: table(&METHODS),
    tp_members: table(&MEMBERS),
    tp_getset: table(&GETSET),
    tp_new: Some(new_slot),
    ..PyTypeObject::EMPTY
};

static NUMBER: PyNumberMethods = PyNumberMethods { nb_or: Some(union::or_slot), ..PyNumberMethods::EMPTY };
static MAPPING: PyMappingMethods = PyMappingMethods { mp_subscript: Some(getitem), ..PyMappingMethods::EMPTY };

static METHODS: [PyMethodDef; 6] = [
    PyMethodDef::one(c"__mro_entries__", mro_entries, c"__mro_entries__($self, object, /)\n--\n\n"),
    PyMethodDef::one(c"__instancecheck__", instancecheck, c"__instancecheck__($self, object, /)\n--\n\n"),
    PyMethodDef::one(c"__subclasscheck__", subclasscheck, c"__subclasscheck__($self, object, /)\n--\n\n"),
    PyMethodDef::noargs(c"__reduce__", reduce, c"__reduce__($self, /)\n--\n\n"),
    PyMethodDef::noargs(c"__dir__", dir, c"__dir__($self, /)\n--\n\n"),
    PyMethodDef::END,
];

static MEMBERS: [PyMemberDef; 4] = [
    PyMemberDef::new(c"__origin__", _Py_T_OBJECT, offset_of!(GenericAlias, origin), Py_READONLY),
    PyMemberDef::new(c"__args__", _Py_T_OBJECT, offset_of!(GenericAlias, args), Py_READONLY),
    PyMemberDef::new(c"__unpacked__", Py_T_BOOL, offset_of!(GenericAlias, starred), Py_READONLY),
    PyMemberDef::END,
];

static GETSET: [PyGetSetDef; 3] = [
    PyGetSetDef::new(c"__parameters__", Some(get_parameters), None, c"Type variables in the alias.".as_ptr()),
    PyGetSetDef::new(c"__typing_unpacked_tuple_args__", Some(get_unpacked), None, ptr::null()),
    PyGetSetDef::END,
];

traverse_fields!(traverse, GenericAlias, origin, args, parameters);

fn raw(o: &Object) -> *mut GenericAlias {
    o.cast()
}

pub fn check(o: &Object) -> bool {
    o.is_a(&raw mut Py_GenericAliasType)
}

fn origin(o: &Object) -> &Object {
    // SAFETY: layout; set at birth.
    unsafe { Object::from_ptr((*raw(o)).origin) }
}

fn args(o: &Object) -> &Object {
    // SAFETY: layout; set at birth.
    unsafe { Object::from_ptr((*raw(o)).args) }
}

/// `origin[args]` (`Py_GenericAlias`); `args` is a tuple or the one argument. New reference.
pub fn new(origin: &Object, args: &Object) -> Result<Owned> {
    make(&raw mut Py_GenericAliasType, origin, args, false)
}

fn make(ty: *mut PyTypeObject, origin: &Object, args: &Object, starred: bool) -> Result<Owned> {
    let args = if tuple::check(args) { args.to_owned() } else { tuple::from_slice(&[args])? };
    let alias = typeobject::generic_alloc(ty, 0)?;
    // SAFETY: layout; fresh, zeroed.
    unsafe {
        let a = raw(&alias);
        (*a).origin = origin.to_owned().into_raw();
        (*a).args = args.into_raw();
        (*a).starred = starred.into();
        (*a).vectorcall = Some(vectorcall);
    }
    Ok(alias)
}

/// `__class_getitem__` in the method tables of generic classes.
pub const CLASS_GETITEM: PyMethodDef = PyMethodDef::one(
    c"__class_getitem__",
    one!(new),
    c"__class_getitem__($type, object, /)\n--\n\nFor annotations (PEP 585).",
)
.with(METH_CLASS);

/// The same where CPython gives no signature.
pub const CLASS_GETITEM_UNSIGNED: PyMethodDef =
    PyMethodDef::one(c"__class_getitem__", one!(new), c"For annotations (PEP 585).").with(METH_CLASS);

unsafe extern "C" fn new_slot(ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (args, kwargs) = unsafe { (Object::from_ptr(args), Object::optional(kwargs)) };
        no_keywords("GenericAlias", kwargs)?;
        let items = tuple::items(args);
        check_positional("GenericAlias", items.len(), 2, 2)?;
        make(ty, items[0], items[1], false)
    })
}

unsafe extern "C" fn dealloc(op: *mut PyObject) {
    // SAFETY: slot; the count is zero.
    unsafe {
        gc::untrack(op);
        let a = op.cast::<GenericAlias>();
        if !(*a).weakreflist.is_null() {
            weakref::clear_refs(Object::from_ptr(op));
        }
        refcount::xdecref((*a).origin);
        refcount::xdecref((*a).args);
        refcount::xdecref((*a).parameters);
        match (*(*op).ob_type).tp_free {
            Some(free) => free(op.cast()),
            None => lifecycle::gc_free(op),
        }
    }
}

/// How an argument reads: classes by their names, `...`, lists of arguments item by item.
pub fn argument_text(o: &Object) -> Result<Owned> {
    if o.is(none::ellipsis_ref()) {
        return unicode::from_str("...");
    }
    if o.getattr_optional(name!(__origin__))?.is_some() && o.getattr_optional(name!(__args__))?.is_some() {
        return o.repr();
    }
    let (Some(qualname), Some(module)) =
        (o.getattr_optional(name!(__qualname__))?, o.getattr_optional(name!(__module__))?)
    else {
        return o.repr();
    };
    if module.is_none() {
        return o.repr();
    }
    if unicode::check(&module) && unicode::equal_str(&module, "builtins") {
        return qualname.str();
    }
    message!("{}.{}", error::Text(&*module.str()?), error::Text(&*qualname.str()?))
}

unsafe extern "C" fn repr(op: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| text(unsafe { Object::from_ptr(op) }))
}

fn text(o: &Object) -> Result<Owned> {
    // SAFETY: layout.
    let mut out = String::from(if unsafe { (*raw(o)).starred } != 0 { "*" } else { "" });
    let mut push = |part: &Object| -> Result<()> {
        let _ = write!(out, "{}", error::Text(part));
        Ok(())
    };
    push(&*argument_text(origin(o))?)?;
    push(&*unicode::from_str("[")?)?;
    let items = tuple::items(args(o));
    let comma = unicode::from_str(", ")?;
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            push(&comma)?;
        }
        if list::check_exact(item) {
            push(&*list_text(item)?)?;
        } else {
            push(&*argument_text(item)?)?;
        }
    }
    if items.is_empty() {
        push(&*unicode::from_str("()")?)?;
    }
    push(&*unicode::from_str("]")?)?;
    message::decoded(&out)
}

fn list_text(items: &Object) -> Result<Owned> {
    let mut parts = Vec::new();
    for item in list::each(items) {
        parts.push(error::Text(&*argument_text(&item)?).to_string());
    }
    message!("[{}]", parts.join(", "))
}

unsafe extern "C" fn hash(op: *mut PyObject) -> Py_hash_t {
    api(|| {
        // SAFETY: slot.
        let o = unsafe { Object::from_ptr(op) };
        Ok(origin(o).hash()? ^ args(o).hash()?)
    })
}

unsafe extern "C" fn richcompare(op: *mut PyObject, other: *mut PyObject, how: c_int) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (a, b) = unsafe { (Object::from_ptr(op), Object::from_ptr(other)) };
        if !check(a) || !check(b) || (how != Py_EQ && how != Py_NE) {
            return Ok(none::not_implemented());
        }
        // SAFETY: layout.
        let same_star = unsafe { (*raw(a)).starred == (*raw(b)).starred };
        let equal = same_star && origin(a).equals(origin(b))? && args(a).equals(args(b))?;
        Ok(boolobject::from_bool(equal == (how == Py_EQ)))
    })
}

/// Attributes that the alias answers itself; the others are its origin's.
const OWN: [&str; 10] = [
    "__class__",
    "__origin__",
    "__args__",
    "__unpacked__",
    "__parameters__",
    "__typing_unpacked_tuple_args__",
    "__mro_entries__",
    "__reduce_ex__",
    "__reduce__",
    "__copy__",
];

unsafe extern "C" fn getattro(op: *mut PyObject, name: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (o, name) = unsafe { (Object::from_ptr(op), Object::from_ptr(name)) };
        if unicode::check_exact(name) {
            let text = unicode::as_str(name)?;
            if text != "__deepcopy__" && !OWN.contains(&text) {
                return origin(o).getattr(name);
            }
        }
        attr::generic_getattr(o, name)
    })
}

/// Calls the origin, and tells the result what it was made by, if it can be told.
unsafe extern "C" fn vectorcall(
    op: *mut PyObject,
    args: *const *mut PyObject,
    nargsf: usize,
    kwnames: *mut PyObject,
) -> *mut PyObject {
    api(|| {
        // SAFETY: vectorcall's contract.
        let (o, result) = unsafe {
            let o = Object::from_ptr(op);
            (o, crate::object::call::vectorcall(origin(o), args, nargsf, kwnames)?)
        };
        if let Err(raised) = result.setattr(name!(__orig_class__), o) {
            let expected =
                error::matches(&raw mut exceptions::AttributeError) || error::matches(&raw mut exceptions::TypeError);
            if !expected {
                return Err(raised);
            }
            drop(error::caught(raised));
        }
        Ok(result)
    })
}

unsafe extern "C" fn getitem(op: *mut PyObject, item: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let (o, item) = unsafe { (Object::from_ptr(op), Object::from_ptr(item)) };
        let parameters = parameters(o)?;
        let new_args = substitute(o, args(o), &parameters, item)?;
        // SAFETY: layout.
        make(&raw mut Py_GenericAliasType, origin(o), &new_args, unsafe { (*raw(o)).starred } != 0)
    })
}

/// The type variables of an alias, each once, in order of appearance.
fn parameters(o: &Object) -> Result<Owned> {
    // SAFETY: layout; set once.
    unsafe {
        if (*raw(o)).parameters.is_null() {
            (*raw(o)).parameters = parameters_of(args(o))?.into_raw();
        }
        Ok(Object::from_ptr((*raw(o)).parameters).to_owned())
    }
}

/// The type variables among arguments: what has `__typing_subst__`, and the parameters of what has some.
pub fn parameters_of(args: &Object) -> Result<Owned> {
    let mut found: Vec<Owned> = Vec::new();
    let mut add = |parameter: &Object| {
        if !found.iter().any(|known| known.is(parameter)) {
            found.push(Object::to_owned(parameter));
        }
    };
    for arg in tuple::items(args) {
        // A class's own attributes are about its instances.
        if arg.has_flag(Py_TPFLAGS_TYPE_SUBCLASS) {
            continue;
        }
        if tuple::check(arg) || list::check(arg) {
            let items = crate::object::sequence::tuple(arg)?;
            for parameter in tuple::items(&*parameters_of(&items)?) {
                add(parameter);
            }
        } else if arg.getattr_optional(name!(__typing_subst__))?.is_some() {
            add(arg);
        } else if let Some(inner) = arg.getattr_optional(name!(__parameters__))?
            && tuple::check(&inner)
        {
            for parameter in tuple::items(&inner) {
                add(parameter);
            }
        }
    }
    tuple::from_owned(found)
}

/// The arguments with `item` in the place of the parameters.
pub fn substitute(o: &Object, args: &Object, parameters: &Object, item: &Object) -> Result<Owned> {
    let wanted = tuple::items(parameters);
    if wanted.is_empty() {
        return Err(raise!(TypeError, "{} is not a generic class", error::Text(&*o.repr()?)));
    }
    let mut item = if tuple::check(item) { item.to_owned() } else { tuple::from_slice(&[item])? };
    // Type variables with defaults or of many arguments prepare the whole list.
    for parameter in wanted {
        if let Some(prepare) = parameter.getattr_optional(name!(__typing_prepare_subst__))?
            && !prepare.is_none()
        {
            let prepared = prepare.call(&[o, &item])?;
            item = if tuple::check(&prepared) { prepared } else { tuple::from_slice(&[&prepared])? };
        }
    }
    let given = tuple::items(&item);
    if given.len() != wanted.len() {
        let word = if given.len() > wanted.len() { "many" } else { "few" };
        return Err(raise!(
            TypeError,
            "Too {word} arguments for {}; actual {}, expected {}",
            error::Text(&*o.repr()?),
            given.len(),
            wanted.len()
        ));
    }
    let value_of = |parameter: &Object| wanted.iter().position(|known| known.is(parameter)).map(|i| given[i]);
    let mut result = Vec::new();
    for arg in tuple::items(args) {
        if arg.has_flag(Py_TPFLAGS_TYPE_SUBCLASS) {
            result.push(Object::to_owned(arg));
            continue;
        }
        if let Some(subst) = arg.getattr_optional(name!(__typing_subst__))? {
            let value = value_of(arg).expect("parameters_of found it");
            result.push(subst.call(&[value])?);
            continue;
        }
        match arg.getattr_optional(name!(__parameters__))? {
            Some(inner) if tuple::check(&inner) && !tuple::items(&inner).is_empty() => {
                let values = tuple::items(&inner)
                    .iter()
                    .map(|parameter| value_of(parameter).map_or(Object::to_owned(parameter), Object::to_owned))
                    .collect();
                result.push(arg.getitem(&*tuple::from_owned(values)?)?);
            }
            _ => result.push(Object::to_owned(arg)),
        }
    }
    tuple::from_owned(result)
}

unsafe extern "C" fn get_parameters(op: *mut PyObject, _closure: *mut c_void) -> *mut PyObject {
    // SAFETY: slot.
    api(|| parameters(unsafe { Object::from_ptr(op) }))
}

unsafe extern "C" fn get_unpacked(op: *mut PyObject, _closure: *mut c_void) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let o = unsafe { Object::from_ptr(op) };
        // SAFETY: layout.
        let starred = unsafe { (*raw(o)).starred } != 0;
        if starred && origin(o).is_ptr((&raw mut tuple::PyTuple_Type).cast()) {
            return Ok(args(o).to_owned());
        }
        Ok(none::none())
    })
}

unsafe extern "C" fn mro_entries(op: *mut PyObject, _bases: *mut PyObject) -> *mut PyObject {
    // SAFETY: slot.
    api(|| tuple::from_slice(&[origin(unsafe { Object::from_ptr(op) })]))
}

fn no_check(function: &str) -> Raised {
    raise!(TypeError, "{function}() argument 2 cannot be a parameterized generic")
}

unsafe extern "C" fn instancecheck(_op: *mut PyObject, _o: *mut PyObject) -> *mut PyObject {
    api(|| Err::<Owned, _>(no_check("isinstance")))
}

unsafe extern "C" fn subclasscheck(_op: *mut PyObject, _class: *mut PyObject) -> *mut PyObject {
    api(|| Err::<Owned, _>(no_check("issubclass")))
}

unsafe extern "C" fn reduce(op: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot; static.
        let (o, class) = unsafe { (Object::from_ptr(op), Object::from_ptr((&raw mut Py_GenericAliasType).cast())) };
        tuple::from_slice(&[class, &*tuple::from_slice(&[origin(o), args(o)])?])
    })
}

unsafe extern "C" fn dir(op: *mut PyObject, _unused: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let names = crate::object::dir::dir(origin(unsafe { Object::from_ptr(op) }))?;
        let known = dict::new()?;
        for name in list::each(&names) {
            dict::set(&known, &name, none::none_ref())?;
        }
        for name in OWN.iter().filter(|name| !matches!(**name, "__copy__")) {
            let name = unicode::intern_str(name)?;
            if !dict::contains(&known, &name)? {
                list::append(&names, &name)?;
            }
        }
        Ok(names)
    })
}

/// One item: the alias with a star.
unsafe extern "C" fn iter(op: *mut PyObject) -> *mut PyObject {
    api(|| {
        // SAFETY: slot.
        let o = unsafe { Object::from_ptr(op) };
        let starred = make(&raw mut Py_GenericAliasType, origin(o), args(o), true)?;
        tuple::from_slice(&[&starred])?.iter()
    })
}
